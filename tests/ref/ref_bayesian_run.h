/** ref_bayesian_run.h - a random game down the whole corridor, solved and recomputed by the
 * independent checker, and counted. */
#ifndef REF_BAYESIAN_RUN_H
#define REF_BAYESIAN_RUN_H

#include "ref/ref_bayesian_games.h"

/** ref_bayesian_count - coalitions of two or more by the kind of proof (neutral-procedural only);
 * those with an epsilon by the larger of epsilon and gap, as a share of the smallest range of
 * utilities that a member has in its coalition. */
typedef struct ref_bayesian_count {
    int games, coalitions;
    int unsolved, refused; /* games: the call failed; the checker found fault */
    int exact, isolated, limit, epsilon, degenerate_epsilon, above_tiny, above_small;
    /* degenerate ones with an epsilon and no proof that the mechanism is efficient */
    int without_efficiency;
    double worst;
} ref_bayesian_count;

/** ref_bayesian_run - game `number` of a class by a method; a failure is printed. */
void ref_bayesian_run(ent_ctx *ctx, uint64_t number, ref_bayesian_class kind, const char *method,
                      ref_bayesian_count *c);

/** ref_bayesian_add - b is added to a. */
void ref_bayesian_add(ref_bayesian_count *a, const ref_bayesian_count *b);

#endif
