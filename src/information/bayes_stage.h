/** bayes_stage.h - the action stage: what everybody does once the messages are out.
 * [ITA] Section 3, Definitions 3 and 4, eqs. (1) to (3); docs/information.md 3.
 *
 * After t truthful messages with k ones, and with babblers who each know one signal more, the
 * equilibrium of the policy game within bounds is unique (a strictly concave potential) and has two
 * unknowns:
 *     u_s = A e_s - eta (X_T + (1 - e_s) X_0 + e_s X_1),  s = 0, 1,   e_s = (k + 1 + s) / (t + 3)
 * X_T, X_s being the sums of the truthful players' policies and of the babblers' policies after
 * signal s. Given u, truthful policies are clipped values of ((1 - e) u_0 + e u_1 + A b_i) / (1 -
 * eta), babblers' the solution of a 2 x 2 problem with bounds.
 */
#ifndef ENT_BAYES_STAGE_H
#define ENT_BAYES_STAGE_H

#include "base/memory.h"
#include "model/information_model.h"

/** ent_alliance - the numbers of a model as the stage needs them: also for models that exist only
 * inside a search. Borrowed. */
typedef struct ent_alliance {
    int n;
    double eta, rest;                /* rest = 1 - eta */
    const double *bias, *low, *high; /* [n]; infinite where there is no bound */
} ent_alliance;

/** ent_bayes_stage - one equilibrium, in doubles. */
typedef struct ent_bayes_stage {
    int n, t, k;
    ent_coal truthful;
    double u[2];
    double (*x)[2]; /* [n] policy after signal 0 and 1; the same for truthful players */
    /* Of all players: the truthful policies' sum; the babblers' sum after signal 0, and the sums of
     * x_1 - x_0 and of its square. */
    double told, babbled, spread, spread2;
} ent_bayes_stage;

/** ent_i_bayes_stage - the equilibrium after k ones among the messages of `truthful`.
 * Returned  out  out  x of [n] is the caller's; everything else is set
 * Cost      O(n) a step, a handful of steps
 */
void ent_i_bayes_stage(const ent_alliance *a, ent_coal truthful, int k, ent_bayes_stage *out);

/** ent_bayes_exact - the same in rationals. */
typedef struct ent_bayes_exact {
    int n, t, k;
    ent_coal truthful;
    /* false: the rational steps did not settle (never seen); then x is meaningless */
    bool is_exact;
    ent_rat u[2];
    ent_rat *x; /* [n][2] */
} ent_bayes_exact;

/** ent_i_bayes_exact_new - stages for k = 0..t of a truthful set, all solved; free with
 * ent_i_bayes_exact_free (count = t + 1).
 * Given  high  in  [n] upper bounds in place of the model's (commitment), or NULL
 */
ent_status ent_i_bayes_exact_new(ent_ctx *ctx, const ent_information *m, const ent_rat *high,
                                 ent_coal truthful, ent_bayes_exact **out);
void ent_i_bayes_exact_free(ent_bayes_exact *stages, int count);

/** ent_i_alliance - the doubles of a model; low and high of [n] are filled. */
ent_alliance ent_i_alliance(const ent_information *m, double *low, double *high);

#endif
