/** relational_union.h - what single coalitions achieve, recomputed on demand and remembered: the
 * basis of checking accession. */
#ifndef ENT_RELATIONAL_UNION_H
#define ENT_RELATIONAL_UNION_H

#include "verify/relational_check.h"

/** ent_union_truth - one coalition. Finite and separable games: exactly. Public goods: in doubles
 * at the claimed span, whose error is bounded by its residual (docs/results.md); then `exact` is
 * false. */
typedef struct ent_union_truth {
    ent_coal coalition;
    bool solved, exact;
    ent_rat span, level, *payoff; /* exact; payoff [n], outsiders */
    double span_value, level_value, *payoff_value;
    double residual; /* public goods: bound on the span's error, relative to the scale */
} ent_union_truth;

typedef struct ent_unions {
    ent_rcheck *check;
    ent_game *game; /* NULL for a public good */
    ent_common *common;
    int n, room;
    ent_union_truth **list; /* [n] */
    int *at;                /* [2^players] place in the list + 1, or NULL with many players */
} ent_unions;

ent_status ent_i_unions_new(ent_rcheck *c, ent_unions **out);
void ent_i_unions_free(ent_unions *unions);

/** ent_i_union_of - the truth about a coalition. `claimed_span` (for public goods, else NULL) is
 * where the document says its span lies; without it a public good's span is found by bisection. */
ent_status ent_i_union_of(ent_unions *unions, ent_coal s, const double *claimed_span,
                          const ent_union_truth **out);

#endif
