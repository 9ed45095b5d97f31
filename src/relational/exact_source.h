/** exact_source.h - a stage game that answers in rationals: what a contract needs to be decided and
 * reported exactly.
 *
 * There are two. Where payoffs and weights scaled to integers are so short that all sums stay below
 * 2^53, the staircases in doubles are exact, and the same code runs again on whole numbers
 * (whole_source.c). Where they are longer, small games are enumerated in big rationals
 * (big_source.c).
 */
#ifndef ENT_EXACT_SOURCE_H
#define ENT_EXACT_SOURCE_H

#include "model/relational_model.h"
#include "relational/exact_ladder.h"
#include "relational/source_contract.h"

/** ent_i_exact_answers - what has to be known about the enforceable plays, payoffs in units of the
 * source. On the heap: start from {0}, release whatever happens. */
typedef struct ent_i_exact_answers {
    int n, aims;
    /* [aims] the largest of each aim, with weights that sum to 1 */
    ent_rat *most;
    ent_rat *reply_least, *reply_most; /* [n] over ties on the path; 0 for a benchmark */
    /* the largest sum of outsiders' best-reply payoffs over ties */
    ent_rat *reply_total;
    ent_rat *near; /* [2] the nearest G > 0 inside and outside */
    bool is_near[2];
} ent_i_exact_answers;

ent_status ent_i_exact_answers_new(ent_ctx *ctx, int n, int aims, ent_i_exact_answers *out);
void ent_i_exact_answers_release(ent_i_exact_answers *answers);

typedef struct ent_i_exact_source ent_i_exact_source;
struct ent_i_exact_source {
    ent_rat unit; /* payoffs are whole multiples of it */
    /* The ladder. terms (NULL for a benchmark), settings and chance of s are set by the caller,
     * whose doubles tell only whether there is a negotiation never, sometimes or always. */
    ent_status (*open)(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                       ent_i_exact_ladder *ladder);
    /* Plays into s, numbers into out, for a span that enforces something. */
    ent_status (*inquire)(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                          const ent_i_exact_chance *c, const ent_rat *span,
                          ent_i_exact_answers *out);
    void (*evaluate)(const ent_i_exact_source *source, const int *play, ent_rat *payoff,
                     ent_rat *reply);
    void (*free)(ent_i_exact_source *source);
};

/** ent_i_exact_source_new - NULL when the game is too large for its digits.
 * Given  weight  in  [n] summing to 1 over the coalition; NULL for a benchmark
 */
ent_status ent_i_exact_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                  ent_i_exact_source **out);
void ent_i_exact_source_free(ent_i_exact_source *source); /* accepts NULL */

/** The two kinds; NULL when the numbers are too long, when the game is too large. */
ent_status ent_i_whole_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                  ent_i_exact_source **out);
ent_status ent_i_big_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                ent_i_exact_source **out);

/** ent_i_common_unit - the smallest unit of all numbers of the game. */
void ent_i_common_unit(const ent_relational *model, ent_rat *unit);

#endif
