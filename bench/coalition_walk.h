/** coalition_walk.h - every coalition of a game with private information, solved and shown to a
 * visitor. */
#ifndef BENCH_COALITION_WALK_H
#define BENCH_COALITION_WALK_H

#include "bayesian/neutral.h"

/** bench_settings - the defaults of the family, on one thread. */
extern const ent_bayesian_settings bench_settings;

/** bench_solved - a coalition's problem, alike types merged, with what the library makes of it. */
typedef struct bench_solved {
    const ent_bargain *b;
    const ent_bayes_answer *answer;
    /* [interims] scaled utilities of the answer; NULL: no path led anywhere, and there is no
       answer */
    const double *u;
    double seconds; /* for all paths, the polish, and the proof in rationals */
} bench_solved;

typedef ent_status bench_visitor(ent_ctx *ctx, const bench_solved *solved, void *user);

/** bench_walk - the coalitions of two or more of a model's text, smaller ones first, until one has
 * no answer. */
ent_status bench_walk(ent_ctx *ctx, size_t len, const char *text, bench_visitor *visit, void *user);

/** bench_first_path - the first path and its polish, in doubles, and no proof. */
ent_status bench_first_path(ent_ctx *ctx, const ent_bargain *b, ent_bargain_point *point,
                            bool *polished);

#endif
