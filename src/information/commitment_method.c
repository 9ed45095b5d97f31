/* The method `commitment`, written as a document. */
#include "information/commitment.h"

#include "information/information_losses.h"
#include "report/cells.h"

#include <math.h>

typedef struct writing {
    const ent_information *m; /* with policies >= 0 */
    ent_writer *w;
    const ent_commitment *c;
    ent_rat *welfare; /* [n] costs included */
    ent_rat *gain;    /* [n][2] */
    bool truthful;
} writing;

/* Losses and lies when policies are bounded by the investments. */
static ent_status evaluate(ent_ctx *ctx, const ent_information *m, const ent_commitment *c,
                           ent_rat *welfare, ent_rat *gain)
{
    ent_status st = ENT_OK;
    ent_bayes_exact *stages = NULL;
    ENT_TRY(ent_i_bayes_exact_new(ctx, m, c->investment, ent_coal_all(m->n), &stages));
    ENT_TRY(ent_i_welfare_exact(ctx, m, stages, welfare));
    for (int i = 0; i < m->n; i++) {
        ent_rat_submul(&welfare[i], &m->cost_exact, &c->investment[i]);
        if (gain) ENT_TRY(ent_i_gains_exact(ctx, m, c->investment, stages, i, &gain[2 * i]));
    }
done:
    ent_i_bayes_exact_free(stages, m->n + 1);
    return st;
}

static void numbers_by_player(ent_writer *w, const char *key, const ent_information *m,
                              const ent_rat *value)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < m->n; i++) ent_write_exact(w, m->player[i], &value[i]);
    ent_write_end(w);
}

static void write_total(ent_writer *w, const char *key, const ent_information *m,
                        const ent_rat *value)
{
    ent_rat total = ENT_RAT_ZERO;
    for (int i = 0; i < m->n; i++) ent_rat_add(&total, &total, &value[i]);
    ent_write_exact(w, key, &total);
    ent_rat_release(&total);
}

static void write_level(ent_writer *w, const ent_commitment *c)
{
    if (c->threshold < 0) {
        ent_write_null(w, "threshold");
        ent_write_null(w, "residual");
    } else {
        ent_write_int(w, "threshold", c->threshold);
        ent_write_exact(w, "residual", &c->residual);
    }
    ent_write_exact(w, "level", &c->level);
}

/* [ITA] Prop. 3, as printed: true as long as no policy reaches its lower bound. */
static void proposition_3(const writing *o)
{
    const int64_t n = o->m->n, q = o->c->threshold;
    ent_rat value = ENT_RAT_ZERO, part = ENT_RAT_ZERO, w = ENT_RAT_ZERO;
    if (q < 0) {
        ent_write_null(o->w, "proposition_3");
        return;
    }
    ent_rat_set_ratio(&value, -1, 6 * (n + 2));
    ent_rat_set_ratio(&part, (n - q) * (n - q + 1) * (2 * (n - q) + 1),
                      6 * (n + 1) * (n + 2) * (n + 2));
    ent_rat_sub(&value, &value, &part);
    ent_rat_set_ratio(&part, n - q + 1, n + 2);
    ent_rat_sub(&part, &part, &o->c->residual);
    ent_rat_mul(&part, &part, &o->c->residual);
    ent_rat_set_ratio(&w, n - q, n + 1);
    ent_rat_addmul(&value, &part, &w);
    ent_write_object(o->w, "proposition_3", true);
    for (int i = 0; i < o->m->n; i++) {
        ent_rat_set(&part, &value);
        ent_rat_submul(&part, &o->m->cost_exact, &o->c->investment[i]);
        ent_write_exact(o->w, o->m->player[i], &part);
    }
    ent_write_end(o->w);
    ent_rat_release(&value);
    ent_rat_release(&part);
    ent_rat_release(&w);
}

/* How investments move with interdependence, to the right, as long as nobody is at the floor: the
 * level falls by (n-1) c / A times its slope in c, and d beta_i / d eta = n (b_i - mean) / (1 -
 * eta)^2. */
static void write_statics(const writing *o)
{
    const ent_information *m = o->m;
    ent_rat level = ENT_RAT_ZERO, scale = ENT_RAT_ZERO, rest = ENT_RAT_ZERO, total = ENT_RAT_ZERO,
            one = ENT_RAT_ZERO, w = ENT_RAT_ZERO;
    bool interior = true;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&rest, &one, &m->eta_exact);
    ent_rat_set_int(&w, m->n - 1);
    ent_rat_mul(&scale, &w, &m->eta_exact);
    ent_rat_add(&scale, &scale, &one);
    ent_rat_mul(&level, &o->c->slope, &m->cost_exact);
    ent_rat_mul(&level, &level, &w);
    ent_rat_div(&level, &level, &scale);
    for (int i = 0; i < m->n; i++)
        ent_rat_add(&total, &total, &m->bias.exact[i]), interior = interior && !o->c->at_floor[i];
    ent_write_object(o->w, "statics", false);
    ent_write_exact(o->w, "level_by_cost", &o->c->slope);
    ent_write_exact(o->w, "level_by_interdependence", &level);
    if (interior) {
        ent_write_object(o->w, "investments_by_interdependence", true);
        for (int i = 0; i < m->n; i++) {
            ent_rat_set_int(&w, m->n);
            ent_rat_mul(&w, &w, &m->bias.exact[i]);
            ent_rat_sub(&w, &w, &total);
            ent_rat_div(&w, &w, &rest);
            ent_rat_div(&w, &w, &rest);
            ent_rat_add(&w, &w, &level);
            ent_write_exact(o->w, m->player[i], &w);
        }
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
    ent_rat *const all[] = {&level, &scale, &rest, &total, &one, &w};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) ent_rat_release(all[k]);
}

/* The planner, who counts everybody's losses and costs, invests as if the cost were c / A. */
static ent_status write_planner(ent_ctx *ctx, const writing *o)
{
    ent_status st = ENT_OK;
    const ent_information *m = o->m;
    ent_commitment *c = NULL;
    ent_rat *welfare = NULL, cost = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&cost, m->n - 1);
    ent_rat_mul(&cost, &cost, &m->eta_exact);
    ent_rat_add(&cost, &cost, &one);
    ent_rat_div(&cost, &m->cost_exact, &cost);
    welfare = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!welfare) goto done;
    ENT_TRY(ent_i_commitment_new(ctx, m, &cost, &c));
    ENT_TRY(evaluate(ctx, m, c, welfare, NULL));
    ent_write_object(o->w, "planner", false);
    write_level(o->w, c);
    numbers_by_player(o->w, "investments", m, c->investment);
    write_total(o->w, "total", m, c->investment);
    numbers_by_player(o->w, "welfare", m, welfare);
    write_total(o->w, "welfare_total", m, welfare);
    ent_write_end(o->w);
done:
    ent_i_commitment_free(c);
    ent_rats_free(welfare, (size_t)m->n);
    ent_rat_release(&cost);
    ent_rat_release(&one);
    return st;
}

static ent_status write_solution(ent_ctx *ctx, const writing *o)
{
    const ent_information *m = o->m;
    write_level(o->w, o->c);
    numbers_by_player(o->w, "investments", m, o->c->investment);
    write_total(o->w, "total", m, o->c->investment);
    ent_write_object(o->w, "at_floor", true);
    for (int i = 0; i < m->n; i++) ent_write_bool(o->w, m->player[i], o->c->at_floor[i]);
    ent_write_end(o->w);
    numbers_by_player(o->w, "welfare", m, o->welfare);
    write_total(o->w, "welfare_total", m, o->welfare);
    proposition_3(o);
    ent_write_array(o->w, "marginal_benefits", true);
    for (int q = 0; q < m->n; q++) ent_write_exact(o->w, NULL, &o->c->benefit[q]);
    ent_write_end(o->w);
    ent_write_bool(o->w, "full_revelation", o->truthful);
    ent_write_object(o->w, "gains", false);
    for (int i = 0; i < m->n; i++) {
        ent_write_object(o->w, m->player[i], true);
        ent_write_exact(o->w, "0", &o->gain[2 * i]);
        ent_write_exact(o->w, "1", &o->gain[2 * i + 1]);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
    write_statics(o);
    return write_planner(ctx, o);
}

/* The model with policies >= 0, whatever bounds it states: investments are the upper bounds. */
static ent_status bounded_below(ent_ctx *ctx, const ent_information *model, ent_information *m,
                                ent_rat **zeros)
{
    ent_status st = ENT_OK;
    *m = *model;
    *zeros = ent_rats_new(ctx, (size_t)model->n, &st);
    if (!*zeros) return st;
    double *low = NULL;
    bool *has = NULL;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, has, m->n);
    for (int i = 0; i < m->n; i++) low[i] = 0.0, has[i] = true;
    m->low = (ent_reals){.n = (size_t)m->n, .value = low, .exact = *zeros};
    m->has_low = has;
done:
    return st;
}

static ent_status prepare(ent_ctx *ctx, const ent_information *model, ent_information *m,
                          ent_rat **zeros)
{
    ent_status st = ENT_OK;
    if (!model->has_commitment)
        ENT_FAIL(ctx, ENT_E_MODEL,
                 "the method commitment wants a model with \"commitment\": {\"cost\": ...}");
    ENT_TRY(bounded_below(ctx, model, m, zeros));
done:
    return st;
}

ent_status ent_i_commitment_solve(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    (void)settings;
    ent_information m;
    ent_rat *zeros = NULL;
    ent_commitment *c = NULL;
    const size_t n = (size_t)((const ent_information *)model)->n;
    writing o = {.m = &m, .w = out->solution, .truthful = true};
    ENT_TRY(prepare(ctx, model, &m, &zeros));
    o.welfare = ent_rats_new(ctx, n, &st);
    if (!o.welfare) goto done;
    o.gain = ent_rats_new(ctx, 2 * n, &st);
    if (!o.gain) goto done;
    ENT_TRY(ent_i_commitment_new(ctx, &m, &m.cost_exact, &c));
    o.c = c;
    ENT_TRY(evaluate(ctx, &m, c, o.welfare, o.gain));
    for (size_t k = 0; k < 2 * n; k++) o.truthful = o.truthful && ent_rat_sign(&o.gain[k]) <= 0;
    ENT_TRY(write_solution(ctx, &o));
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_i_commitment_free(c);
    ent_rats_free(o.welfare, n);
    ent_rats_free(o.gain, 2 * n);
    ent_rats_free(zeros, n);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_commitment_columns(ent_ctx *ctx, const void *model, const void *settings,
                                    ent_text *names)
{
    const ent_information *m = model;
    (void)ctx, (void)settings;
    ent_text_puts(names, "threshold\tresidual\tlevel\ttotal\twelfare_total");
    for (int i = 0; i < m->n; i++)
        ent_text_printf(names, "\tinvestments.%s\twelfare.%s", m->player[i], m->player[i]);
    return names->status;
}

ent_status ent_i_commitment_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    (void)settings;
    ent_information m;
    ent_rat *zeros = NULL, *welfare = NULL;
    ent_commitment *c = NULL;
    const size_t n = (size_t)((const ent_information *)model)->n;
    ENT_TRY(prepare(ctx, model, &m, &zeros));
    welfare = ent_rats_new(ctx, n, &st);
    if (!welfare) goto done;
    ENT_TRY(ent_i_commitment_new(ctx, &m, &m.cost_exact, &c));
    ENT_TRY(evaluate(ctx, &m, c, welfare, NULL));
    double *v = out->value, total = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        v[5 + 2 * i] = ent_rat_double(&c->investment[i]);
        v[6 + 2 * i] = ent_rat_double(&welfare[i]);
        total += v[5 + 2 * i], sum += v[6 + 2 * i];
    }
    v[0] = c->threshold < 0 ? (double)NAN : c->threshold;
    v[1] = c->threshold < 0 ? (double)NAN : ent_rat_double(&c->residual);
    v[2] = ent_rat_double(&c->level), v[3] = total, v[4] = sum;
    out->outcome = ENT_SOLVED;
    out->residual = 0.0; /* computed in rationals */
done:
    ent_i_commitment_free(c);
    ent_rats_free(welfare, n);
    ent_rats_free(zeros, n);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_commitment_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_json *own = ent_json_at(result, "/solution/investments"),
                   *best = ent_json_at(result, "/solution/planner/investments");
    double *value = NULL;
    if (!own || !best) ENT_FAIL(ctx, ENT_E_MODEL, "the result has no investments to draw");
    ENT_SCRATCH(ctx, value, own->count);
    ent_plot_title(out, "Who commits how much");
    ent_plot_y(out, "investment (units of policy)", false);
    int n = 0;
    for (const ent_json *p = own->first; p; p = p->next)
        ent_plot_tick_word(out, p->key), value[n++] = ent_number_value(p);
    ent_plot_bars(out, "equilibrium", n, value);
    n = 0;
    for (const ent_json *p = best->first; p; p = p->next) value[n++] = ent_number_value(p);
    ent_plot_bars(out, "planner", n, value);
    ENT_TRY(out->status);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
