/* Sweeps of the bayesian methods. The column names are the places of the numbers inside "solution",
 * with dots. */
#include "bayesian/bayesian_solve.h"

#include "bayesian/efficient.h"
#include "bayesian/m_solution.h"
#include "bayesian/neutral.h"

#include <math.h>

static void interim_names(ent_text *names, const ent_bayesian *m, const ent_bayes_coal *s,
                          const char *before)
{
    for (int i = 0; i < s->size; i++)
        for (int t = 0; t < s->types[i]; t++) {
            if (names->len) ent_text_putc(names, '\t');
            ent_text_printf(names, "%sutilities.%s", before, m->player[s->member[i]]);
            if (s->types[i] > 1) ent_text_printf(names, ".%s", m->type[s->member[i]][t]);
        }
}

/* Columns coalition by coalition: value and first best where they are wanted, then utilities. */
static ent_status coalition_columns(ent_ctx *ctx, const ent_bayesian *m, bool with_values,
                                    ent_text *names)
{
    ent_status st = ENT_OK;
    ent_coal *list = NULL;
    ent_text before;
    int n = 0;
    ent_text_init(ctx, &before);
    ENT_TRY(ent_i_bayes_coalitions(ctx, m->focus, 2, &list, &n));
    for (int k = 0; k < n; k++) {
        ent_text_reset(&before);
        ent_text_puts(&before, "coalitions.");
        ent_bayesian_coal_name(&before, m, list[k]);
        ent_text_puts(&before, ".");
        ENT_TRY(before.status);
        if (with_values)
            ent_text_printf(names, "%s%svalue\t%sfirst_best", names->len ? "\t" : "", before.data,
                            before.data);
        interim_names(names, m, m->coalition[list[k]], before.data);
    }
    ENT_TRY(names->status);
done:
    ent_text_release(&before);
    ent_free(list);
    return st;
}

ent_status ent_i_neutral_columns(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_text *names)
{
    (void)settings;
    return coalition_columns(ctx, model, false, names);
}

ent_status ent_i_efficient_columns(ent_ctx *ctx, const void *model, const void *settings,
                                   ent_text *names)
{
    (void)settings;
    return coalition_columns(ctx, model, true, names);
}

static void missing(ent_row *out)
{
    for (size_t k = 0; k < out->n; k++) out->value[k] = (double)NAN;
    out->residual = (double)NAN;
}

/* What is proved about an answer: nothing is left of an exact one, epsilon of another. */
static double residual_of(const ent_bayes_answer *a)
{
    return a->exact ? 0.0 : ent_rat_double(&a->epsilon);
}

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

/* Value, first best and utilities of one coalition; *to moves on. */
static ent_status efficient_part(ent_ctx *ctx, const ent_bayesian *m, ent_coal mask, double **to,
                                 bool *exact)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_exact_problem problem = {0};
    ent_efficient e = {0};
    ent_rat *weight = NULL;
    ent_bargain b;
    ENT_TRY(ent_i_bargain_plain(ctx, m->coalition[mask], &b));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
    if (!(weight = ent_rats_new(ctx, (size_t)b.interims, &st))) goto done;
    ent_i_efficient_weights(m, &problem, weight);
    ENT_TRY(ent_i_efficient(ctx, &problem, weight, &e));
    *(*to)++ = e.value.value[0];
    *(*to)++ = e.first_best.value[0];
    for (int k = 0; k < b.interims; k++) *(*to)++ = e.utility.value[k];
    *exact = *exact && e.exact;
done:
    if (weight) ent_rats_free(weight, (size_t)b.interims);
    ent_i_efficient_free(&e);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Doubles of a linear program that no exact basis confirms are known to about this part of the
 * scale. */
static const double unproved = 1e-9;

ent_status ent_i_efficient_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_bayesian *m = model;
    ent_coal *list = NULL;
    double *to = out->value;
    bool exact = true;
    int n = 0;
    (void)settings;
    missing(out);
    ENT_TRY(ent_i_bayes_coalitions(ctx, m->focus, 2, &list, &n));
    for (int k = 0; k < n; k++) ENT_TRY(efficient_part(ctx, m, list[k], &to, &exact));
    out->residual = exact ? 0.0 : unproved;
    out->outcome = ENT_SOLVED;
done:
    ent_free(list);
    return st;
}

ent_status ent_i_m_solution_columns(ent_ctx *ctx, const void *model, const void *settings,
                                    ent_text *names)
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
    for (int m = 0; m < solution.answer.interims; m++)
        out->value[m] = solution.answer.utility.value[m];
    const double scale = ent_i_bayes_scale(model);
    out->residual = residual_of(&solution.answer) / (scale > 0.0 ? scale : 1.0);
    out->outcome = ENT_SOLVED;
done:
    ent_i_m_solution_free(&solution);
    return st;
}
