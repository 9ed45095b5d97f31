/** interval.h - closed intervals of rationals: numbers that are known to lie between two
 * fractions. */
#ifndef ENT_INTERVAL_H
#define ENT_INTERVAL_H

#include "exact/rat.h"

typedef struct ent_interval {
    ent_rat lo, hi; /* lo <= hi */
} ent_interval;

/** ENT_INTERVAL_ZERO - the point 0; needs no release until it is assigned to. */
#define ENT_INTERVAL_ZERO ((ent_interval){ENT_RAT_ZERO, ENT_RAT_ZERO})

void ent_interval_release(ent_interval *a);
void ent_interval_set(ent_interval *r, const ent_interval *a);
void ent_interval_point(ent_interval *r, const ent_rat *a);

/** r += f a: a scaled interval added; f may be negative; r may not alias a. */
void ent_interval_add_scaled(ent_interval *r, const ent_rat *f, const ent_interval *a);
/** r += a, r -= a, r += b (a point). */
void ent_interval_add(ent_interval *r, const ent_interval *a);
void ent_interval_sub(ent_interval *r, const ent_interval *a);
void ent_interval_add_point(ent_interval *r, const ent_rat *b);

/** r = w a + (1-w) b for 0 <= w <= 1; r may alias a or b. */
void ent_interval_mix(ent_interval *r, const ent_rat *w, const ent_interval *a,
                      const ent_interval *b);

/** r = f a^2 for f >= 0. */
void ent_interval_square(ent_interval *r, const ent_rat *f, const ent_interval *a);

/** ent_intervals_new - n points 0 on the heap; ent_intervals_free accepts NULL. */
ent_interval *ent_intervals_new(ent_ctx *ctx, int n, ent_status *st);
void ent_intervals_free(ent_interval *list, int n);

#endif
