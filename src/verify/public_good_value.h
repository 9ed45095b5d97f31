/** public_good_value.h - P(h, w, B) in doubles, by bisection of its multiplier: for tables whose
 * numbers carry no evidence. */
#ifndef ENT_PUBLIC_GOOD_VALUE_H
#define ENT_PUBLIC_GOOD_VALUE_H

#include "entente/coal.h"
#include "model/relational_model.h"

/** ent_pg_coalition - what a coalition achieves at a span: the map F there, and what results.md
 * derives from it. */
typedef struct ent_pg_coalition {
    double map, level;
    double *payoff; /* [n] of outsiders; the caller's */
} ent_pg_coalition;

/** ent_pg_value_at - evaluate at `span`. `weight` is [n]. `out->payoff` has room for n. */
ent_status ent_pg_value_at(ent_ctx *ctx, const ent_relational *model, ent_coal coalition,
                           const double *weight, double span, ent_pg_coalition *out);

#endif
