/** ref_outside.h - the game with discrete offers by brute force on its tree, in rationals: every
 * offer that could matter is tried in every state, and every answer to it is computed from the
 * definition. Slow and simple by design; no theorem is used. */
#ifndef REF_OUTSIDE_H
#define REF_OUTSIDE_H

#include "exact/rat.h"

enum { REF_OUTSIDE_ATOMS = 8, REF_OUTSIDE_PERIODS = 5 };

typedef struct ref_outside_game {
    int atoms, periods;
    ent_rat fee, cost, discount;
    ent_rat value[REF_OUTSIDE_ATOMS], chance[REF_OUTSIDE_ATOMS]; /* increasing values */
} ref_outside_game;

/** ref_outside_solve - the payoffs and the probability that the ally acts; ties: the sure outcome,
 * the ally, more acceptance. */
void ref_outside_solve(const ref_outside_game *game, ent_rat *proposer, ent_rat *partner,
                       ent_rat *ally);

#endif
