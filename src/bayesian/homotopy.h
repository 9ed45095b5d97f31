/** homotopy.h - the path that leads from any start to a solution of a bargaining problem.
 *
 *     mu z = theta^2 a,   alpha (s + theta^2) = theta^2 b,   lambda ((1 - theta) r + sigma) = theta
 *                         e,   theta = exp(-q)
 *
 * with the linear equations of bargain.h, from theta = 1, where the solution is known, towards 0.
 * For almost all (a, b, e) the solutions form a smooth curve that reaches theta -> 0
 * (docs/bayesian.md). Weights have the barrier theta, lotteries and multipliers theta^2: a weight
 * that vanishes then still dominates the duality gap, so that the limit is efficient. Compiled for
 * both precisions of num/real.h; pursuit.h leads from one to the other.
 * Source [Sal] Definition 4; theory in docs/bayesian.md
 */
#ifndef ENT_HOMOTOPY_H
#define ENT_HOMOTOPY_H

#include "base/rng.h"
#include "bayesian/bargain.h"

#ifdef ENT_WIDE
#define ent_i_path_new ent_i_path_new_wide
#define ent_i_path_start ent_i_path_start_wide
#define ent_i_path_resume ent_i_path_resume_wide
#define ent_i_path_follow ent_i_path_follow_wide
#define ent_i_path_take ent_i_path_take_wide
#define ent_i_path_save ent_i_path_save_wide
#endif

typedef struct ent_path_settings {
    double theta_end; /* where to stop */
    /* from here on the first small step ends the path: where weights are not unique, systems on it
       get as singular as theta is small */
    double theta_ease;
    /* of points to the path, as a part of what is allowed at most: 1, or less where paths turn
       sharply */
    double closeness;
    int steps; /* at most */
    /* the canonical start e = p_i(t_i)/|S|, b = 1, mu uniform; else a random one */
    bool canonical;
    ent_rng rng; /* of a random start */
} ent_path_settings;

/** ent_path_state - a point on a path, to go on from in either precision. */
typedef struct ent_path_state {
    double *x;       /* [unknowns] */
    double *barrier; /* [options + pairs + interims] a, b, e */
    double step;
    int orientation, steps;
} ent_path_state;

/** ent_slopes - d ln x / dq at the end of the path: 0 where x stays positive, -2 (lotteries,
 * multipliers) or -1 (weights) where it vanishes. */
typedef struct ent_slopes {
    double *mu, *alpha, *lambda;
} ent_slopes;

typedef struct ent_path ent_path;

/** ent_i_path_state_size - how many unknowns a state holds. */
static inline int ent_i_path_state_size(const ent_bargain *b)
{
    return 2 * b->options + 2 * b->pairs + 3 * b->interims + b->cells + 2;
}

/** ent_i_path_new - room for a path, on scratch memory. */
ent_status ent_i_path_new(ent_ctx *ctx, const ent_bargain_numbers *v, ent_path **out);

/** ent_i_path_start - to theta = 1. */
ent_status ent_i_path_start(ent_ctx *ctx, const ent_path_settings *settings, ent_path *path);

/** ent_i_path_resume - to a point that was saved. Returned: whether it could be brought onto the
 * path */
bool ent_i_path_resume(const ent_path_state *from, ent_path *path);

/** ent_i_path_follow - go on as far as the settings say.
 * Returned  arrived  out  whether theta_end was reached, or theta_ease and then a small step
 * Status    ENT_E_CANCEL
 * Cost      13 to 20 steps to theta = 1e-5, of about two dense systems of order pairs + 2 interims
 *           + 2 each
 */
ent_status ent_i_path_follow(ent_ctx *ctx, const ent_path_settings *settings, ent_path *path,
                             bool *arrived);

/** ent_i_path_take - where the path is.
 * Returned  point   out  allocated by the caller (ent_i_bargain_point_new)
 *           slopes  out  allocated by the caller
 * Returned  theta
 */
double ent_i_path_take(const ent_path *path, ent_bargain_point *point, ent_slopes *slopes);
void ent_i_path_save(const ent_path *path, ent_path_state *to);

#endif
