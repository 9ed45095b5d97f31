/** exact_threats.h - all conflicts in rationals at rational prices: what the exact answers of the
 * family rest on. */
#ifndef ENT_EXACT_THREATS_H
#define ENT_EXACT_THREATS_H

#include "concept/matrix_exact.h"
#include "concept/threats.h"
#include "model/reals.h"

typedef struct ent_exact_threats {
    int n, conflicts;
    ent_exact_game *game; /* [conflicts], in the order of the ent_threats it was made from */
    /* [conflicts][n] what everybody gets when both sides play these strategies */
    ent_rat *payoff;
    ent_rat *psi;   /* [n] */
    ent_rat joint;  /* D_N */
    ent_rat *total; /* [profiles] a.u */
    int64_t profiles;
} ent_exact_threats;

/** ent_i_exact_threats - solve every conflict exactly.
 * Given     threats  in  evaluated nearby, so that its kernels are good hints
 *           payoff   in  [n][profiles] with exact values
 *           prices   in  [n] >= 0
 * Returned  out      out initialise with {0}; release with ent_i_exact_threats_release, also after
 *                    a failure
 */
ent_status ent_i_exact_threats(ent_ctx *ctx, const ent_threats *threats, const ent_reals *payoff,
                               const ent_rat *prices, ent_exact_threats *out);
void ent_i_exact_threats_release(ent_exact_threats *exact);

/** ent_i_exact_share - (s-1)!(n-s)!/n!, s from 1 to n. */
void ent_i_exact_share(int n, int s, ent_rat *share);

#endif
