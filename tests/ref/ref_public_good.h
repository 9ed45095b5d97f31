/** ref_public_good.h - a slow reference for the public-good game, written from the payoffs and the
 * definitions alone: no slopes, no breakpoints, no square roots. Long double, bisection on
 * multipliers inside bisection on the span.
 */
#ifndef REF_PUBLIC_GOOD_H
#define REF_PUBLIC_GOOD_H

#include "entente/coal.h"

enum { REF_PUBLIC_GOOD_MAX = 16 };

typedef struct ref_public_good {
    int n;
    /* weights sum to 1 */
    double size[REF_PUBLIC_GOOD_MAX], cost[REF_PUBLIC_GOOD_MAX], weight[REF_PUBLIC_GOOD_MAX];
    ent_coal coalition;
    double discount, renegotiation;
} ref_public_good;

typedef struct ref_public_good_answer {
    double span, level, on_path_value, joint, extortion_level;
    double lowest[REF_PUBLIC_GOOD_MAX], highest[REF_PUBLIC_GOOD_MAX], gamma[REF_PUBLIC_GOOD_MAX];
    double payoff[REF_PUBLIC_GOOD_MAX], payment[REF_PUBLIC_GOOD_MAX],
        extortion_payoff[REF_PUBLIC_GOOD_MAX];
    double effort[REF_PUBLIC_GOOD_MAX], extortion_effort[REF_PUBLIC_GOOD_MAX];
    double punishment[REF_PUBLIC_GOOD_MAX][REF_PUBLIC_GOOD_MAX];
} ref_public_good_answer;

/** ref_public_good_solve - Propositions A and B, [MW25] Thm 5 at renegotiation 1. */
void ref_public_good_solve(const ref_public_good *game, ref_public_good_answer *out);

#endif
