/** pursuit.h - follow a path, tell what vanishes at its end, polish: in doubles, and on from there
 * in wide reals. What passes from one precision to the other, and to the rest of the family, is
 * made of doubles and rationals.
 */
#ifndef ENT_PURSUIT_H
#define ENT_PURSUIT_H

#include "bayesian/bayesian_settings.h"
#include "bayesian/polish.h"

typedef struct ent_pursuit_settings {
    ent_path_settings path;
    double tolerance; /* of a polished point, scaled units */
    bool resume;      /* go on from pursuit->state instead of from theta = 1 */
} ent_pursuit_settings;

/** ent_pursuit - the end of a path. Arrays on scratch memory but for the rationals. */
typedef struct ent_pursuit {
    /* as in ent_bargain_point: polished when `found`, else the end of the path */
    double *mu, *alpha, *lambda, *w, *omega, *flow;
    /* the end of the path itself, all digits, scaled units */
    ent_rat *end_alpha, *end_lambda;
    ent_slopes slopes;
    ent_active active;
    ent_path_state state;
    double theta, residual;
    int start; /* as for ent_i_seek, or the retry of it that led here */
    double closeness;
    bool wide;    /* was it followed to its end in wide reals? */
    bool arrived; /* did the path go as far as it was meant to? */
    bool found;   /* do all conditions hold? */
} ent_pursuit;

/** ent_i_active_new - on scratch memory. */
ent_status ent_i_active_new(ent_ctx *ctx, const ent_bargain *b, ent_active *out);

ent_status ent_i_pursuit_new(ent_ctx *ctx, const ent_bargain *b, ent_pursuit *out);
void ent_i_pursuit_free(const ent_bargain *b, ent_pursuit *pursuit);

/** ent_i_seek - follow paths until one arrives: in doubles, where those do not suffice on in wide
 * reals, then from other starts.
 * Given  start, threat  in  as for ent_i_solve_bargain
 * Status ENT_E_MEMORY, ENT_E_CANCEL, ENT_E_LIMIT no path arrived
 */
ent_status ent_i_seek(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                      const ent_bayesian_settings *settings, int start, ent_pursuit *p);

/** ent_i_seek_further - the path of p on in wide reals. */
ent_status ent_i_seek_further(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                              const ent_bayesian_settings *settings, ent_pursuit *p);

/** ent_i_pursue - in doubles; ent_i_pursue_wide - in wide reals (some 50 times slower).
 * Given     threat   in      exact threats, as for ent_i_solve_bargain
 *           pursuit  in/out  state, when it is resumed; else only room
 * Status    ENT_E_MEMORY, ENT_E_CANCEL
 */
ent_status ent_i_pursue(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                        const ent_pursuit_settings *settings, ent_pursuit *pursuit);
ent_status ent_i_pursue_wide(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                             const ent_pursuit_settings *settings, ent_pursuit *pursuit);

#endif
