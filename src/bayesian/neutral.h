/** neutral.h - the neutral procedural solution: Definition 4, coalition by coalition. */
#ifndef ENT_NEUTRAL_H
#define ENT_NEUTRAL_H

#include "bayesian/answer.h"
#include "bayesian/bayesian_settings.h"
#include "bayesian/value_enclosure.h"

/** ent_bayes_threats - what the others get if a member leaves, by place of that member and interim
 * of S. `exact`: the utilities that the proofs of the smaller coalitions are about (the solutions
 * themselves when those are exact).
 */
typedef struct ent_bayes_threats {
    double *value;  /* [size][interims] */
    ent_rat *exact; /* [size][interims] */
    bool all_exact; /* all of them are solutions known exactly */
} ent_bayes_threats;

/** ent_i_solve_bargain - follow paths until one can be polished, make the point exact or prove an
 * epsilon.
 * Given     start   in   0: the canonical start; k > 0: the k-th random one. Others follow when it
 *                        fails
 *           threat  in   [size][interims] exact threats; NULL: none (then the problem has its own
 *                        warrants)
 * Returned  out     free with ent_i_bayes_answer_free
 */
ent_status ent_i_solve_bargain(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                               bool threats_exact, const ent_bayesian_settings *settings, int start,
                               ent_bayes_answer *out);

/** ent_i_bargain_alone - one start alone, without any proof.
 * Given     warm           in      try first the equations `active`, from `point`: those of a
 *                                  neighbouring problem
 * Returned  active, point  in/out  allocated by the caller; scaled units
 *           raw            out     the end of the path it came from, in doubles; untouched when
 *                                  none was followed
 */
ent_status ent_i_bargain_alone(ent_ctx *ctx, const ent_bargain *b,
                               const ent_bayesian_settings *settings, int start, bool warm,
                               ent_active *active, ent_bargain_point *point, ent_bargain_point *raw,
                               bool *found);

/** ent_bayes_game - all coalitions inside a focus. */
typedef struct ent_bayes_game {
    const ent_bayesian *model;
    /* coalitions with two or more members, by size, then in model order */
    int n;
    ent_coal *coalition;            /* [n] */
    ent_bayes_answer *answer;       /* [2^players] by mask; coal = NULL where there is none */
    int *others;                    /* [2^players] how many more values were found */
    ent_bayes_answer **other;       /* [2^players][others] */
    ent_value_enclosure *enclosure; /* [2^players]; coal = NULL where there is none */
} ent_bayes_game;

/** ent_i_neutral_game - solve all coalitions inside model->focus, smaller ones first, those of one
 * size in parallel.
 * Source [Sal] Def. 4
 */
ent_status ent_i_neutral_game(ent_ctx *ctx, const ent_bayesian *model,
                              const ent_bayesian_settings *settings, ent_bayes_game *out);
void ent_i_bayes_game_free(ent_bayes_game *game);

/** ent_i_enclose_game - enclose the solutions of every coalition, given the threats of this game's
 * smaller ones, in parallel. */
ent_status ent_i_enclose_game(ent_ctx *ctx, const ent_bayesian_settings *settings,
                              ent_bayes_game *game);

/** ent_i_bayes_coalitions - the coalitions with lo or more members inside a focus, by size, then in
 * model order.
 * Returned  list  out  on the heap, NULL when there are none
 */
ent_status ent_i_bayes_coalitions(ent_ctx *ctx, ent_coal focus, int lo, ent_coal **list, int *n);

/** ent_i_alone - what the players get alone, (4.4), as the answers of one-member coalitions. */
ent_status ent_i_alone(ent_ctx *ctx, const ent_bayes_coal *coal, ent_bayes_answer *out);

/** ent_i_threats_of - the threats against the members of S, from the answers of its parts. On
 * scratch and heap. */
ent_status ent_i_threats_of(ent_ctx *ctx, const ent_bayes_coal *coal,
                            const ent_bayes_answer *by_mask, ent_bayes_threats *out);
void ent_i_threats_free(const ent_bayes_coal *coal, ent_bayes_threats *threats);

#endif
