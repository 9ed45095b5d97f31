#include "relational/exact_source.h"

ent_status ent_i_exact_answers_new(ent_ctx *ctx, int n, int aims, ent_i_exact_answers *out)
{
    ent_status st = ENT_OK;
    ent_rat *all = ent_rats_new(ctx, (size_t)(aims + 2 * n + 3), &st);
    if (!all) return st;
    *out = (ent_i_exact_answers){.n = n, .aims = aims, .most = all};
    out->reply_least = all + aims;
    out->reply_most = out->reply_least + n;
    out->reply_total = out->reply_most + n;
    out->near = out->reply_total + 1;
    return st;
}

void ent_i_exact_answers_release(ent_i_exact_answers *answers)
{
    ent_rats_free(answers->most, (size_t)(answers->aims + 2 * answers->n + 3));
    *answers = (ent_i_exact_answers){0};
}

ent_status ent_i_exact_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                  ent_i_exact_source **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_whole_source_new(ctx, model, weight, out));
    if (!*out) ENT_TRY(ent_i_big_source_new(ctx, model, weight, out));
done:
    return st;
}

void ent_i_exact_source_free(ent_i_exact_source *source)
{
    if (source) source->free(source);
}

/* unit = 1 / lcm(1/unit, denominators of the numbers). */
static void refine(ent_rat *unit, const ent_reals *reals)
{
    ent_rat pair[2];
    ent_rat_init(&pair[0]);
    ent_rat_init(&pair[1]);
    ent_rat_set(&pair[0], unit);
    ent_rats_common_denominator(reals->n, reals->exact, &pair[1]);
    ent_rats_common_denominator(2, pair, unit);
    ent_rat_release(&pair[0]);
    ent_rat_release(&pair[1]);
}

void ent_i_common_unit(const ent_relational *model, ent_rat *unit)
{
    ent_rat_set_int(unit, 1);
    if (model->stage == ENT_STAGE_FINITE) refine(unit, &model->payoff);
    for (int i = 0; model->stage == ENT_STAGE_SEPARABLE && i < model->n; i++)
        for (int j = 0; j < model->n; j++) refine(unit, &model->part[i][j]);
}
