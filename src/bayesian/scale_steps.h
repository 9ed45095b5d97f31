/** scale_steps.h - steps towards a fixed point of a map of scales (lambda, alpha): the map itself,
 * Broyden's secant steps, means. */
#ifndef ENT_SCALE_STEPS_H
#define ENT_SCALE_STEPS_H

#include "base/memory.h"

typedef struct ent_scale_steps {
    int n, weights;   /* x = (lambda, alpha), `weights` of them lambda, which sum to 1 */
    double *x, *next; /* [n] where we are; where the map leads from there */
    double *best;     /* [n] the image that lay nearest to its x, */
    double size;      /* and how near */
    /* next - x; the latest changes of x and g; of Broyden [n][n]; [2 n] */
    double *g, *dx, *dg, *inverse, *work;
    int step, stale; /* steps so far; the latest of them that brought nothing */
} ent_scale_steps;

/** ent_i_scale_steps_new - on scratch memory. ent_i_scale_steps_begin - forget all but x. */
ent_status ent_i_scale_steps_new(ent_ctx *ctx, int weights, int pairs, ent_scale_steps *out);
void ent_i_scale_steps_begin(ent_scale_steps *s);

/** ent_i_scale_steps_take - note `next`. Returned: |next - x|, the largest of the changes. */
double ent_i_scale_steps_take(ent_scale_steps *s);

/** ent_i_scale_steps_move - the next x; false when there have been enough steps, or too many
 * without progress. */
bool ent_i_scale_steps_move(ent_scale_steps *s);

#endif
