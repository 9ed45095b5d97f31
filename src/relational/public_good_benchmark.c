/* The benchmark without renegotiation for a public-good game, [MW25] Thm 1: the span solves d = max
 * U - sum of min uhat. */
#include "relational/public_good.h"

#include "relational/contract.h"

#include <math.h>

static void fill(const ent_i_good *good, ent_coal coalition, double budget, ent_benchmark *b)
{
    double slope[ENT_PLAYERS_MAX];
    const int n = b->n;
    const ent_i_point joint = ent_i_curve_at(&good->joint, budget);
    ent_i_rest(good, ent_coal_all(n), slope);
    ent_i_efforts(good, slope, joint.s, b->effort);
    b->joint = b->coalition_value = joint.value;
    for (int i = 0; i < n; i++) {
        double *row = b->punishment_effort + (size_t)i * (size_t)n;
        const ent_i_point quiet = ent_i_curve_at(&good->quiet[i], budget);
        ent_i_slopes_quiet(good, i, slope);
        ent_i_efforts(good, slope, quiet.s, row);
        b->lowest[i] = ent_i_good_reply(good, row, i);
        b->joint += good->base[i];
        b->coalition_value += ent_coal_has(coalition, i) ? good->base[i] : quiet.value;
    }
}

ent_status ent_i_good_spe(ent_ctx *ctx, const ent_i_good *good, const ent_i_deal *deal,
                          ent_benchmark *out)
{
    ent_status st = ENT_OK;
    ent_i_map map = {.kappa = deal->odds->kappa};
    ENT_TRY(ent_i_benchmark_prepare(ctx, good->n, true, out));
    ent_i_map_benchmark(good, 1.0, &map);
    out->span = deal->span ? *deal->span : ent_i_map_span(&map);
    out->outcome = ENT_SOLVED;
    out->margin = INFINITY;
    fill(good, deal->coalition, map.kappa * out->span, out);
done:
    return st;
}

ent_status ent_i_good_benchmark(ent_ctx *ctx, const ent_stage *stage, const ent_terms *terms,
                                const ent_contract_settings *settings, ent_benchmark *out)
{
    const ent_i_odds odds = ent_i_odds_of(terms->discount, 0.0);
    const ent_i_deal deal = {.coalition = terms->coalition, .odds = &odds};
    (void)settings;
    return ent_i_good_spe(ctx, ent_i_good_of(stage), &deal, out);
}
