/** public_good_exact.h - the problems of a public-good game in rational arithmetic: at a given
 * multiplier everything is rational (docs/relational.md section 5), so that exact answers can be
 * recognised and all others enclosed.
 */
#ifndef ENT_PUBLIC_GOOD_EXACT_H
#define ENT_PUBLIC_GOOD_EXACT_H

#include "io/write.h"
#include "relational/lift.h"
#include "relational/public_good.h"

typedef enum ent_i_problem {
    ENT_I_ON_PATH,
    ENT_I_PUNISHMENT,
    ENT_I_JOINT,
    ENT_I_QUIET,
    ENT_I_HIGHEST,
    ENT_I_HIGHEST_QUIET
} ent_i_problem;

/** ent_i_exact - a model in rationals and in doubles, and the problem that is posed. */
typedef struct ent_i_exact {
    const ent_relational *model;
    int n;
    ent_rat kappa, members, all; /* delta / (1 - delta); sums of sizes */
    ent_rat *rats;               /* memory of the next four */
    ent_rat *weight, *unit;      /* [n] normalised weights; theta / (4 psi) */
    ent_rat *base;               /* [n] u_i at own best replies */
    ent_rat *slope;              /* [n] of the problem posed */
    ent_rat w;
    ent_rat t[4];                     /* temporaries of the functions below */
    ent_stage *stage;                 /* the same in doubles, which know where zero efforts are */
    double *real_weight, *real_slope; /* [n] */
    ent_i_piece *piece;
    ent_i_curve curve;
} ent_i_exact;

ent_status ent_i_exact_new(ent_ctx *ctx, const ent_relational *model, ent_i_exact **out);
void ent_i_exact_free(ent_i_exact *exact);

/** ent_i_exact_pose - pose the problem of player i (ignored by the two that are nobody's). */
void ent_i_exact_pose(ent_i_exact *exact, ent_i_problem problem, int i);

/** ent_i_exact_at - the maximiser of h.e - (w + m) sum g e^2, what it costs, and h.e - w sum g e^2
 * there.
 * Given     m       in   the multiplier, >= 0
 * Returned  effort  out  [n] or NULL
 *           false when the maximum is infinite (w + m = 0 and some h_j > 0)
 */
bool ent_i_exact_at(ent_i_exact *exact, const ent_rat *m, ent_rat *effort, ent_rat *spent,
                    ent_rat *worth);

/** ent_i_exact_multiplier - the multiplier at budget B >= 0, if it is rational: true, and spent = B
 * or multiplier = 0. At B = 0 the multiplier is infinite: false. */
bool ent_i_exact_multiplier(ent_i_exact *exact, const ent_rat *budget, ent_rat *multiplier);

/** ent_i_exact_term - the terms of the map whose fixed point is the span: problem, player and
 * factor of term k.
 * Returned  false after the last. Terms of factor 0 are left out. `benchmark`: the map Gamma_0
 *           itself. */
bool ent_i_exact_term(const ent_i_exact *exact, bool benchmark, int k, ent_i_problem *problem,
                      int *who, ent_rat *factor);

/** ent_i_exact_span - the span, if it is rational and found: `near` is the span in doubles. */
bool ent_i_exact_span(ent_i_exact *exact, bool benchmark, double near, ent_rat *span);

/** ent_i_exact_polish - the span by Newton's method once more, with slopes and factors rounded from
 * the fractions: what the solver in doubles loses to cancellation (sizes that differ by many orders
 * of magnitude, proportional weights, a discount factor near 1) would widen bounds and move
 * multipliers. */
double ent_i_exact_polish(ent_i_exact *exact, bool benchmark, double near);

/** ent_i_enclosure_write - the member "enclosure" of a certificate, docs/results.md.
 * Given  span   in  the span in doubles
 *        exact  in  the same exactly, or NULL
 */
ent_status ent_i_enclosure_write(ent_ctx *ctx, const ent_relational *model, bool benchmark,
                                 double span, const ent_rat *exact, ent_writer *w);

#endif
