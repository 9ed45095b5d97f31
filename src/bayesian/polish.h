/** polish.h - from the end of a path to the solution: guess what vanishes, then solve the equations that remain. */
#ifndef ENT_POLISH_H
#define ENT_POLISH_H

#include "bayesian/homotopy.h"

/** ent_active - which unknowns and which conditions are equations. */
typedef struct ent_active {
    bool *mu;     /* [options] may be positive */
    bool *z;      /* [options] z = 0 is imposed; true where mu is, and at ties */
    bool *alpha;  /* [pairs] */
    bool *s;      /* [pairs] s = 0 is imposed */
    bool *lambda; /* [interims] */
    bool *r;      /* [interims] r = 0 is imposed */
    bool *open;   /* [interims] the claim goes to minus infinity while weight and multipliers vanish */
    double *share; /* [pairs] of an open true type: alpha / (sum of its alphas) at the end of the path, else 0. The products
                     alpha omega stay finite; `omega` then holds their sum, and claims have no condition */
} ent_active;

ent_status ent_i_active_new(ent_ctx *ctx, const ent_bargain *b, ent_active *out);

/** ent_i_classify - by the slopes at the end of a path: nearly 0 positive, nearly full vanishing, in between a tie, where
 * both sides vanish. A weight that vanishes faster than theta has an open claim (outside options that depend on others'
 * types can do that); its entry of point->omega is replaced by the finite product.
 */
void ent_i_classify(const ent_bargain *b, const ent_slopes *slopes, ent_bargain_point *point, ent_active *out);

/** ent_i_polish - Gauss-Newton steps of least norm on the active equations.
 * Given     point     in/out  the end of a path; better on return, or unchanged when not accepted
 *           tolerance in      of equations and of signs, scaled units
 *           reach     in      how far an interim utility may move, scaled units
 * Returned  accepted  out     did all equations and signs come out within the tolerance?
 *           residual  out     the largest violation
 */
ent_status ent_i_polish(ent_ctx *ctx, const ent_bargain *b, const ent_active *active, double tolerance, double reach,
                        ent_bargain_point *point, bool *accepted, double *residual);

/** ent_i_bargain_violation - the largest violation of any condition of bargain.h, scaled units; which interims have a
 * positive weight is judged by `active` (NULL: complementarity lambda r).
 */
double ent_i_bargain_violation(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                               const ent_bargain_point *point, ent_status *st);

#endif
