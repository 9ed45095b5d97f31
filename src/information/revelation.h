/** revelation.h - is the truth an equilibrium? Gains of every lie, and what the paper's conditions
 * say. */
#ifndef ENT_REVELATION_H
#define ENT_REVELATION_H

#include "information/information_methods.h"

/** ent_i_is_truthful - does nobody in the set gain by a lie, in doubles? Gains within `zero` of
 * what they are differences of count as 0.
 * Returned  close  out  true when rounding could have decided; may be NULL
 */
ent_status ent_i_is_truthful(ent_ctx *ctx, const ent_alliance *a, ent_coal set, double zero,
                             bool *truthful, bool *close);

/** ent_conditions - what the paper says of full revelation in the policy set of the model, exactly.
 * Source [ITA] Theorem 2, eqs. (4), (5), Prop. 1, Lemmas 1 and 2; docs/information.md 2 says what
 * they are worth. */
typedef struct ent_conditions {
    ent_rat margin, margin_5; /* of Theorem 2 (least over players) and of (5); >= 0: it holds */
    bool theorem_2, equation_5;
    /* its premise: nobody can be added without breaking Theorem 2's condition */
    bool lemma_1;
    /* largest alliances with these extreme biases: by (5), by Theorem 2 for some composition; -1:
       no limit, 0: none */
    int64_t size_5, size;
    /* largest interdependence for this size: by (5), by Theorem 2 for these biases */
    ent_rat eta_5, eta;
    bool has_eta_5, has_eta; /* false: even independent policies violate it */
} ent_conditions;

void ent_i_conditions_init(ent_conditions *c);
void ent_i_conditions_release(ent_conditions *c);
ent_status ent_i_conditions(ent_ctx *ctx, const ent_information *m, const ent_rat *beta,
                            ent_rat *margin, ent_conditions *out);

/** ent_interval - a part of a varied parameter's range on which full revelation is an
 * equilibrium. */
typedef struct ent_interval {
    double from, to;
} ent_interval;

enum { ENT_INTERVALS_MAX = 64 };

#endif
