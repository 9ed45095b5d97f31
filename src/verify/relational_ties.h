/** relational_ties.h - the on-path ties of a contract: every enforceable play with the most of
 * K. */
#ifndef ENT_RELATIONAL_TIES_H
#define ENT_RELATIONAL_TIES_H

#include "verify/relational_spread.h"

typedef struct ent_ties {
    int n;
    int64_t count;         /* plays listed */
    int *play;             /* [count][n] in row-major order */
    ent_rat *least, *most; /* [n] outsiders: least and most of uhat_j over all ties */
    ent_rat most_total;    /* the most of the sum of outsiders' uhat_j */
    ent_rat spread;        /* tau */
} ent_ties;

/** ent_i_ties_new - when plays up to this G are enforceable (some are), listing at most `at_most`
 * >= 1 of the ties. */
ent_status ent_i_ties_new(ent_ctx *ctx, const ent_spread *spread, const ent_rat *gains,
                          int64_t at_most, ent_ties **out);
/** ent_i_ties_first - the first of the ties alone, [n]: the play on the path. `best`: the most of
 * K. */
ent_status ent_i_ties_first(ent_ctx *ctx, const ent_game *game, ent_coal coalition,
                            const ent_rat *gains, const ent_rat *best, int *action);

void ent_i_ties_free(ent_ties *ties);

#endif
