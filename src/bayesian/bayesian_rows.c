/* Sweeps of the bayesian methods. The column names are the places of the numbers inside "solution", with dots. */
#include "bayesian/bayesian_solve.h"

#include "bayesian/m_solution.h"
#include "bayesian/neutral.h"

#include <math.h>

static void interim_names(ent_text *names, const ent_bayesian *m, const ent_bayes_coal *s, const char *before)
{
    for (int i = 0; i < s->size; i++)
        for (int t = 0; t < s->types[i]; t++) {
            if (names->len) ent_text_putc(names, '\t');
            ent_text_printf(names, "%sutilities.%s", before, m->player[s->member[i]]);
            if (s->types[i] > 1) ent_text_printf(names, ".%s", m->type[s->member[i]][t]);
        }
}

ent_status ent_i_neutral_columns(ent_ctx *ctx, const void *model, const void *settings, ent_text *names)
{
    ent_status st = ENT_OK;
    const ent_bayesian *m = model;
    ent_coal *list = NULL;
    ent_text before;
    int n = 0;
    (void)settings;
    ent_text_init(ctx, &before);
    ENT_TRY(ent_i_bayes_coalitions(ctx, m->focus, 2, &list, &n));
    for (int k = 0; k < n; k++) {
        ent_text_reset(&before);
        ent_text_puts(&before, "coalitions.");
        ent_bayesian_coal_name(&before, m, list[k]);
        ent_text_puts(&before, ".");
        ENT_TRY(before.status);
        interim_names(names, m, m->coalition[list[k]], before.data);
    }
    ENT_TRY(names->status);
done:
    ent_text_release(&before);
    ent_free(list);
    return st;
}

static void missing(ent_row *out)
{
    for (size_t k = 0; k < out->n; k++) out->value[k] = (double)NAN;
    out->residual = (double)NAN;
}

/* What is proved about an answer: nothing is left of an exact one, epsilon of another. */
static double residual_of(const ent_bayes_answer *a) { return a->exact ? 0.0 : ent_rat_double(&a->epsilon); }

ent_status ent_i_neutral_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {0};
    ent_bayesian_settings s = *(const ent_bayesian_settings *)settings;
    s.threads = 1;
    s.starts = 1;
    s.enclosure_boxes = 0;
    missing(out);
    st = ent_i_neutral_game(ctx, model, &s, &game);
    if (st == ENT_E_LIMIT) {
        st = ENT_OK; /* a point without an answer, not the end of the sweep */
        out->outcome = ENT_LIMIT;
        goto done;
    }
    ENT_TRY(st);
    double *value = out->value, residual = 0.0;
    for (int k = 0; k < game.n; k++) {
        const ent_bayes_answer *a = &game.answer[game.coalition[k]];
        for (int m = 0; m < a->interims; m++) *value++ = a->utility.value[m];
        residual = fmax(residual, residual_of(a));
    }
    const double scale = ent_i_bayes_scale(model);
    out->residual = residual / (scale > 0.0 ? scale : 1.0);
    out->outcome = ENT_SOLVED;
done:
    ent_i_bayes_game_free(&game);
    return st;
}

ent_status ent_i_m_solution_columns(ent_ctx *ctx, const void *model, const void *settings, ent_text *names)
{
    const ent_bayesian *m = model;
    (void)ctx, (void)settings;
    interim_names(names, m, m->coalition[m->focus], "");
    return names->status;
}

ent_status ent_i_m_solution_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    ent_m_solution solution = {0};
    missing(out);
    st = ent_i_m_solution(ctx, model, settings, &solution);
    if (st == ENT_E_LIMIT) {
        st = ENT_OK;
        out->outcome = ENT_LIMIT;
        goto done;
    }
    ENT_TRY(st);
    for (int m = 0; m < solution.answer.interims; m++) out->value[m] = solution.answer.utility.value[m];
    const double scale = ent_i_bayes_scale(model);
    out->residual = residual_of(&solution.answer) / (scale > 0.0 ? scale : 1.0);
    out->outcome = ENT_SOLVED;
done:
    ent_i_m_solution_free(&solution);
    return st;
}
