/* The method `revelation`: the incentive constraints themselves, beside the paper's conditions. */
#include "information/revelation.h"

#include "base/ctx.h"
#include "information/information_losses.h"

#include <math.h>

ent_status ent_i_is_truthful(ent_ctx *ctx, const ent_alliance *a, ent_coal set, double zero,
                             bool *truthful, bool *close)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int t = ent_coal_size(set);
    ent_bayes_stage *stages = NULL;
    bool all = true, near = false;
    ENT_SCRATCH(ctx, stages, t + 1);
    for (int k = 0; k <= t; k++) {
        ENT_SCRATCH(ctx, stages[k].x, a->n);
        ent_i_bayes_stage(a, set, k, &stages[k]);
    }
    for (int i = 0; i < a->n; i++) {
        double gain[2], size[2];
        if (!ent_coal_has(set, i)) continue;
        ent_i_gains(a, stages, i, gain, size);
        for (int s = 0; s < 2; s++) {
            near = near || fabs(gain[s]) <= zero * size[s];
            all = all && gain[s] <= zero * size[s];
        }
    }
    *truthful = all;
    if (close) *close = near;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* ---- the range of a parameter ---- */

typedef struct range {
    ent_ctx *ctx;
    const ent_information *m;
    double zero;
    double *bias, *low, *high;
} range;

static ent_status holds_at(range *r, double value, bool *holds)
{
    ent_alliance a = ent_i_alliance(r->m, r->low, r->high);
    for (int i = 0; i < r->m->n; i++) r->bias[i] = i == r->m->varied ? value : r->m->bias.value[i];
    a.bias = r->bias;
    if (r->m->varied == ENT_VARY_INTERDEPENDENCE) {
        a.eta = value;
        a.rest = 1.0 - value;
    }
    return ent_i_is_truthful(r->ctx, &a, ent_coal_all(r->m->n), r->zero, holds, NULL);
}

/* Between a point where it holds and one where it does not: the last double where it holds. */
static ent_status edge(range *r, double yes, double no, double *out)
{
    ent_status st = ENT_OK;
    for (;;) {
        bool holds = false;
        const double mid = yes + 0.5 * (no - yes);
        if (mid == yes || mid == no) break;
        ENT_TRY(holds_at(r, mid, &holds));
        if (holds) yes = mid;
        else no = mid;
    }
    *out = yes;
done:
    return st;
}

/* The intervals of the model's varied parameter on which everybody tells
 * the truth. */
static ent_status find_range(ent_ctx *ctx, const ent_information *m, double zero, int points,
                             int *n, ent_interval *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    range r = {.ctx = ctx, .m = m, .zero = zero};
    bool before = false;
    double last = m->from;
    *n = 0;
    ENT_SCRATCH(ctx, r.bias, m->n);
    ENT_SCRATCH(ctx, r.low, m->n);
    ENT_SCRATCH(ctx, r.high, m->n);
    for (int k = 0; k < points; k++) {
        bool holds = false;
        const double value =
            k == points - 1 ? m->to : m->from + (m->to - m->from) * k / (points - 1);
        ENT_CHECK_CANCEL(ctx);
        if (k % 100 == 0) ent_i_progress(ctx, "values of the parameter", k, points);
        ENT_TRY(holds_at(&r, value, &holds));
        if (holds && !before) {
            if (*n == ENT_INTERVALS_MAX)
                ENT_FAIL(
                    ctx, ENT_E_LIMIT,
                    "truth-telling begins more than %d times along the parameter; ask for a shorter range",
                    ENT_INTERVALS_MAX);
            out[*n] = (ent_interval){value, value};
            if (k) ENT_TRY(edge(&r, value, last, &out[*n].from));
            (*n)++;
        }
        if (holds) out[*n - 1].to = value;
        if (!holds && before) ENT_TRY(edge(&r, last, value, &out[*n - 1].to));
        before = holds;
        last = value;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* ---- gains ---- */

/* Gains of everybody, exact when known; lies that pay. */
typedef struct gains {
    double (*value)[2];
    ent_rat *exact; /* [n][2], or NULL */
    bool truthful;
    double zero;
    double (*size)[2];
} gains;

static bool pays(const gains *g, int i, int s)
{
    if (g->exact) return ent_rat_sign(&g->exact[2 * i + s]) > 0;
    return g->value[i][s] > g->zero * g->size[i][s];
}

static ent_status gains_doubles(ent_ctx *ctx, const ent_information *m, gains *g)
{
    ent_status st = ENT_OK;
    double *low = NULL, *high = NULL;
    ent_bayes_stage *stages = NULL;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, high, m->n);
    ENT_SCRATCH(ctx, stages, m->n + 1);
    const ent_alliance a = ent_i_alliance(m, low, high);
    for (int k = 0; k <= m->n; k++) {
        ENT_SCRATCH(ctx, stages[k].x, m->n);
        ent_i_bayes_stage(&a, ent_coal_all(m->n), k, &stages[k]);
    }
    for (int i = 0; i < m->n; i++) ent_i_gains(&a, stages, i, g->value[i], g->size[i]);
done:
    return st;
}

/* In rationals; in doubles should the rational steps not settle. */
static ent_status gains_exact(ent_ctx *ctx, const ent_information *m, gains *g)
{
    ent_status st = ENT_OK;
    ent_bayes_exact *stages = NULL;
    bool known = true;
    g->exact = ent_rats_new(ctx, 2 * (size_t)m->n, &st);
    if (!g->exact) goto done;
    ENT_TRY(ent_i_bayes_exact_new(ctx, m, NULL, ent_coal_all(m->n), &stages));
    for (int k = 0; k <= m->n; k++) known = known && stages[k].is_exact;
    for (int i = 0; i < m->n; i++) {
        ENT_TRY(ent_i_gains_exact(ctx, m, NULL, stages, i, &g->exact[2 * i]));
        for (int s = 0; s < 2; s++) g->value[i][s] = ent_rat_double(&g->exact[2 * i + s]);
    }
    if (known) goto done;
    ent_rats_free(g->exact, 2 * (size_t)m->n), g->exact = NULL;
    ENT_TRY(gains_doubles(ctx, m, g));
done:
    ent_i_bayes_exact_free(stages, m->n + 1);
    return st;
}

static ent_status find_gains(ent_ctx *ctx, const ent_information *m,
                             const ent_information_settings *set, gains *g)
{
    ent_status st = ENT_OK;
    g->zero = set->zero;
    ENT_SCRATCH(ctx, g->value, m->n);
    ENT_SCRATCH(ctx, g->size, m->n);
    ENT_TRY(m->n <= set->exact_players ? gains_exact(ctx, m, g) : gains_doubles(ctx, m, g));
    g->truthful = true;
    for (int i = 0; i < m->n; i++) g->truthful = g->truthful && !pays(g, i, 0) && !pays(g, i, 1);
done:
    return st;
}

/* ---- the document ---- */

static void write_gains(ent_writer *w, const ent_information *m, const gains *g)
{
    ent_write_object(w, "gains", false);
    for (int i = 0; i < m->n; i++) {
        ent_write_object(w, m->player[i], true);
        ent_write_number(w, "0", g->value[i][0], g->exact ? &g->exact[2 * i] : NULL);
        ent_write_number(w, "1", g->value[i][1], g->exact ? &g->exact[2 * i + 1] : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_array(w, "liars", false);
    for (int i = 0; i < m->n; i++)
        for (int s = 0; s < 2; s++) {
            if (!pays(g, i, s)) continue;
            ent_write_object(w, NULL, true);
            ent_write_string(w, "player", m->player[i]);
            ent_write_int(w, "signal", s);
            ent_write_number(w, "gain", g->value[i][s], g->exact ? &g->exact[2 * i + s] : NULL);
            ent_write_end(w);
        }
    ent_write_end(w);
}

static void write_size(ent_writer *w, const char *key, int64_t size)
{
    if (size < 0) ent_write_null(w, key);
    else ent_write_int(w, key, size);
}

static void write_conditions(ent_writer *w, const ent_information *m, const ent_rat *beta,
                             const ent_rat *margin, const ent_conditions *c)
{
    ent_write_bool(w, "theorem_2", c->theorem_2);
    ent_write_bool(w, "equation_5", c->equation_5);
    ent_write_object(w, "margins", false);
    ent_write_exact(w, "theorem_2", &c->margin);
    ent_write_exact(w, "equation_5", &c->margin_5);
    ent_write_object(w, "players", true);
    for (int i = 0; i < m->n; i++)
        if (m->has_low[i] || m->has_high[i]) ent_write_exact(w, m->player[i], &margin[i]);
    ent_write_end(w);
    ent_write_end(w);
    ent_write_object(w, "betas", true);
    for (int i = 0; i < m->n; i++) ent_write_exact(w, m->player[i], &beta[i]);
    ent_write_end(w);
    ent_write_bool(w, "lemma_1", c->lemma_1);
    ent_write_object(w, "largest_size", true);
    write_size(w, "equation_5", c->size_5);
    write_size(w, "theorem_2", c->size);
    ent_write_end(w);
    ent_write_object(w, "largest_interdependence", true);
    if (c->has_eta_5) ent_write_exact(w, "equation_5", &c->eta_5);
    else ent_write_null(w, "equation_5");
    if (c->has_eta) ent_write_exact(w, "theorem_2", &c->eta);
    else ent_write_null(w, "theorem_2");
    ent_write_end(w);
}

static ent_status write_range(ent_ctx *ctx, ent_writer *w, const ent_information *m,
                              const ent_information_settings *set)
{
    ent_status st = ENT_OK;
    ent_interval interval[ENT_INTERVALS_MAX];
    int n = 0;
    if (m->varied == ENT_VARY_NOTHING) return ENT_OK;
    ENT_TRY(find_range(ctx, m, set->zero, (int)set->scan_points, &n, interval));
    ent_write_object(w, "critical", false);
    ent_write_string(w, "parameter", m->varied < 0 ? "interdependence" : m->player[m->varied]);
    ent_write_array(w, "intervals", true);
    for (int k = 0; k < n; k++) {
        ent_write_object(w, NULL, true);
        ent_write_real(w, "from", interval[k].from);
        ent_write_real(w, "to", interval[k].to);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_end(w);
done:
    return st;
}

ent_status ent_i_revelation_solve(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_information *m = model;
    gains g = {0};
    ent_conditions c;
    ent_rat *beta = NULL, *margin = NULL;
    ent_i_conditions_init(&c);
    beta = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!beta) goto done;
    margin = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!margin) goto done;
    ENT_TRY(find_gains(ctx, m, settings, &g));
    ent_i_betas(m, beta);
    ENT_TRY(ent_i_conditions(ctx, m, beta, margin, &c));
    ent_write_bool(out->solution, "full_revelation", g.truthful);
    write_conditions(out->solution, m, beta, margin, &c);
    write_gains(out->solution, m, &g);
    ENT_TRY(write_range(ctx, out->solution, m, settings));
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_rats_free(g.exact, 2 * (size_t)m->n);
    ent_rats_free(beta, (size_t)m->n);
    ent_rats_free(margin, (size_t)m->n);
    ent_i_conditions_release(&c);
    ent_scratch_reset(ctx, mark);
    return st;
}
