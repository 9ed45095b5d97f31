#include "bayesian/bargain_build.h"

/* Threats in scaled units; target T_i = sum over j in S\i of U_i^{S\j}, outside c_i = sum over S\i
 * of lambda_j U_j^{S\i}. */
void ent_i_bargain_threaten(ent_bargain *b, const double *threat)
{
    for (int i = 0; i < b->coal->size; i++)
        for (int m = 0; m < b->interims; m++) {
            const int j = b->place[m];
            if (j == i) continue;
            const size_t at = (size_t)i * (size_t)b->interims + (size_t)m;
            b->outside[at] = (threat[at] - b->shift[m]) / b->scale[j];
            b->target[m] += b->outside[at];
        }
}

ent_status ent_i_bargain_plain(ent_ctx *ctx, const ent_bayes_coal *coal, ent_bargain *out)
{
    ent_status st = ENT_OK;
    int *which = NULL, n = 0, type[ENT_BAYESIAN_PLAYERS_MAX];
    ENT_SCRATCH(ctx, which, coal->decisions);
    ENT_TRY(ent_i_distinct(ctx, coal, which, &n));
    ENT_TRY(ent_i_bargain_frame(ctx, coal, coal->profiles, (int64_t)n * coal->profiles,
                                coal->profiles * coal->size, out));
    for (int t = 0; t < coal->profiles; t++) {
        ent_i_bargain_cell(out, coal, t, n, which);
        ent_bayes_types(coal, t, type);
        for (int i = 0; i < coal->size; i++)
            ent_i_bargain_warrant_add(out, coal->first[i] + type[i], 1, 1, false);
    }
    out->own_cells = out->cells;
    out->factor = coal->size;
done:
    return st;
}

ent_status ent_i_bargain_neutral(ent_ctx *ctx, const ent_bayes_coal *coal, const double *threat,
                                 ent_bargain *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_bargain_plain(ctx, coal, out));
    ent_i_bargain_threaten(out, threat);
done:
    return st;
}
