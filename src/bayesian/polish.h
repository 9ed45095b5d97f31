/** polish.h - from the end of a path to the solution: guess what vanishes, then solve the equations
 * that remain. Compiled for both precisions of num/real.h. */
#ifndef ENT_POLISH_H
#define ENT_POLISH_H

#include "bayesian/homotopy.h"

#ifdef ENT_WIDE
#define ent_i_classify ent_i_classify_wide
#define ent_i_polish ent_i_polish_wide
#define ent_i_bargain_violation ent_i_bargain_violation_wide
#endif

/** ent_active - which unknowns and which conditions are equations. */
typedef struct ent_active {
    bool *mu;     /* [options] may be positive */
    bool *z;      /* [options] z = 0 is imposed; true where mu is, and at ties */
    bool *alpha;  /* [pairs] */
    bool *s;      /* [pairs] s = 0 is imposed */
    bool *lambda; /* [interims] */
    bool *r;      /* [interims] r = 0 is imposed */
    /* [interims] claims that go to minus infinity while products alpha omega with vanishing
       multipliers stay finite: the first type of a set that positive multipliers tie together; -1:
       not such a claim */
    int *open;
    /* [pairs] that product's share in the sum over the set, at the end of the path; 0 elsewhere */
    double *share;
} ent_active;

ent_status ent_i_active_new(ent_ctx *ctx, const ent_bargain *b, ent_active *out);

/** ent_i_classify - by the slopes at the end of a path: within `band` of 0 positive, of the full
 * one vanishing, in between a tie, where both sides vanish. A weight that vanishes faster than
 * theta has a claim that goes to minus infinity (outside options that depend on others' types can
 * do that). Where such claims are open, point->flow gets the sum of the finite products, and
 * point->omega is what claims are beside their infinite part.
 */
void ent_i_classify(const ent_bargain *b, const ent_slopes *slopes, double band,
                    ent_bargain_point *point, ent_active *out);

/** ent_i_polish - Gauss-Newton steps of least norm on the active equations.
 * Given     point     in/out  the end of a path; better on return, or unchanged when not accepted
 *           tolerance in      of equations and of signs, scaled units
 *           reach     in      how far an interim utility may move, scaled units
 * Returned  accepted  out     did all equations and signs come out within the tolerance?
 *           residual  out     the largest violation
 */
ent_status ent_i_polish(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                        double tolerance, double reach, ent_bargain_point *point, bool *accepted,
                        double *residual);

/** ent_i_bargain_violation - the largest violation of any condition of bargain.h, scaled units;
 * which interims have a positive weight is judged by `active` (NULL: complementarity lambda r).
 */
double ent_i_bargain_violation(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                               const ent_bargain_point *point, ent_status *st);

#endif
