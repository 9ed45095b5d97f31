/** relational_truth.h - what a contract must be, exactly: docs/relational.md 2 to 4 for finite and
 * separable games. */
#ifndef ENT_RELATIONAL_TRUTH_H
#define ENT_RELATIONAL_TRUTH_H

#include "verify/relational_maps.h"
#include "verify/relational_ties.h"

typedef struct ent_truth {
    int n;
    ent_rat span, budget;    /* d*, and the G that it enforces: kappa d* */
    ent_rat level, m, joint; /* L^C, M, L^N */
    ent_rat total;           /* max U over enforceable plays */
    ent_rat extortion;       /* E = total - sum over outsiders of least */
    ent_rat payments;
    ent_rat *gamma, *highest;  /* [n] insiders */
    ent_rat *least, *lowest;   /* [n] min uhat_i over enforceable plays; zeta_i */
    ent_rat *payoff, *payment; /* [n] outsiders */
} ent_truth;

ent_status ent_i_truth_new(ent_ctx *ctx, int n, ent_truth **out);
void ent_i_truth_free(ent_truth *truth);

/** ent_i_truth_of_span - everything that follows from the enforceable plays, given span and budget:
 * M, total, extortion, gamma, least. */
void ent_i_truth_of_span(const ent_maps *maps, ent_truth *truth);

/** ent_i_truth_of_path - everything else, given the on-path play (one that attains M) and, where
 * ties are read literally, the ties (NULL otherwise). `highest` is ent_i_truth_highest's. */
void ent_i_truth_of_path(const ent_maps *maps, const ent_play_truth *path, const ent_ties *ties,
                         ent_truth *truth);

/** ent_i_truth_highest - the most over the exact value set, for each insider; after
 * ent_i_truth_of_path. */
ent_status ent_i_truth_highest(ent_ctx *ctx, const ent_maps *maps, ent_truth *truth);

/** ent_i_truth_level - the level from M, E, the terms and tau (NULL: none). */
void ent_i_truth_level(const ent_rules *rules, const ent_rat *m, const ent_rat *extortion,
                       const ent_rat *tau, ent_rat *level);

#endif
