/* The method `policies`: what everybody does after the messages, without bounds ([ITA] Theorem 1)
 * and within them. */
#include "information/information_losses.h"
#include "information/information_methods.h"

#include <math.h>

/* [ITA] Definition 5. */
void ent_i_betas(const ent_information *m, ent_rat *beta)
{
    ent_rat total = ENT_RAT_ZERO, scale = ENT_RAT_ZERO, rest = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&scale, m->n - 1);
    ent_rat_mul(&scale, &scale, &m->eta_exact);
    ent_rat_add(&scale, &scale, &one);
    ent_rat_sub(&rest, &one, &m->eta_exact);
    for (int i = 0; i < m->n; i++) ent_rat_add(&total, &total, &m->bias.exact[i]);
    ent_rat_mul(&total, &total, &m->eta_exact);
    for (int i = 0; i < m->n; i++) {
        ent_rat_mul(&beta[i], &scale, &m->bias.exact[i]);
        ent_rat_sub(&beta[i], &beta[i], &total);
        ent_rat_div(&beta[i], &beta[i], &rest);
    }
    ent_rat_release(&total);
    ent_rat_release(&scale);
    ent_rat_release(&rest);
    ent_rat_release(&one);
}

void ent_i_write_names(ent_writer *w, const char *key, const ent_information *m, ent_coal s)
{
    ent_write_array(w, key, true);
    for (int i = 0; i < m->n; i++)
        if (ent_coal_has(s, i)) ent_write_string(w, NULL, m->player[i]);
    ent_write_end(w);
}

typedef struct writing {
    const ent_information *m;
    ent_writer *w;
    int t;
    ent_rat h, share; /* [ITA] Theorem 1's h(t), and 1 / (1 + h) */
    ent_rat *beta, temporary, estimate;
} writing;

static void policy_pair(const writing *o, int i, const ent_rat *low, const ent_rat *high,
                        double low_value, double high_value)
{
    if (ent_coal_has(o->m->truthful, i)) {
        ent_write_number(o->w, o->m->player[i], low_value, low);
        return;
    }
    ent_write_array(o->w, o->m->player[i], true);
    ent_write_number(o->w, NULL, low_value, low);
    ent_write_number(o->w, NULL, high_value, high);
    ent_write_end(o->w);
}

/* [ITA] Theorem 1: beta_i + e for the truthful; for babblers e shrinks to e h/(1+h), and a one adds
 * 1/(1+h). */
static void theorem_1(writing *o)
{
    const ent_information *m = o->m;
    ent_rat value[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO};
    ent_write_object(o->w, "unconstrained", false);
    ent_write_exact(o->w, "h", &o->h);
    ent_write_array(o->w, "states", false);
    for (int k = 0; k <= o->t; k++) {
        ent_rat_set_ratio(&o->estimate, k + 1, o->t + 2);
        ent_write_object(o->w, NULL, true);
        ent_write_int(o->w, "ones", k);
        ent_write_exact(o->w, "estimate", &o->estimate);
        ent_write_object(o->w, "actions", true);
        for (int i = 0; i < m->n; i++) {
            ent_rat_add(&value[0], &o->beta[i], &o->estimate);
            if (!ent_coal_has(m->truthful, i)) {
                ent_rat_mul(&o->temporary, &o->share, &o->estimate);
                ent_rat_sub(&value[0], &value[0], &o->temporary);
                ent_rat_add(&value[1], &value[0], &o->share);
            }
            policy_pair(o, i, &value[0], &value[1], ent_rat_double(&value[0]),
                        ent_rat_double(&value[1]));
        }
        ent_write_end(o->w);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
    ent_write_end(o->w);
    ent_rat_release(&value[0]);
    ent_rat_release(&value[1]);
}

static void state_head(writing *o, int k)
{
    ent_write_object(o->w, NULL, true);
    ent_write_int(o->w, "ones", k);
    ent_rat_set_ratio(&o->temporary, 1, o->t + 1);
    ent_write_exact(o->w, "probability", &o->temporary);
    ent_rat_set_ratio(&o->estimate, k + 1, o->t + 2);
    ent_write_exact(o->w, "estimate", &o->estimate);
    ent_write_object(o->w, "actions", true);
}

static ent_status constrained_exact(ent_ctx *ctx, writing *o)
{
    ent_status st = ENT_OK;
    const ent_information *m = o->m;
    ent_bayes_exact *stages = NULL;
    ent_rat *welfare = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!welfare) goto done;
    ENT_TRY(ent_i_bayes_exact_new(ctx, m, NULL, m->truthful, &stages));
    ENT_TRY(ent_i_welfare_exact(ctx, m, stages, welfare));
    ent_write_array(o->w, "states", false);
    for (int k = 0; k <= o->t; k++) {
        state_head(o, k);
        for (int i = 0; i < m->n; i++) {
            const ent_rat *x = &stages[k].x[2 * i];
            policy_pair(o, i, stages[k].is_exact ? &x[0] : NULL, stages[k].is_exact ? &x[1] : NULL,
                        ent_rat_double(&x[0]), ent_rat_double(&x[1]));
        }
        ent_write_end(o->w);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
    ent_write_object(o->w, "welfare", true);
    for (int i = 0; i < m->n; i++) ent_write_exact(o->w, m->player[i], &welfare[i]);
    ent_write_end(o->w);
done:
    ent_i_bayes_exact_free(stages, o->t + 1);
    ent_rats_free(welfare, (size_t)m->n);
    return st;
}

static ent_status constrained_doubles(ent_ctx *ctx, writing *o)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_information *m = o->m;
    double *low = NULL, *high = NULL, *welfare = NULL;
    ent_bayes_stage *stages = NULL;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, high, m->n);
    ENT_SCRATCH(ctx, welfare, m->n);
    ENT_SCRATCH(ctx, stages, o->t + 1);
    const ent_alliance a = ent_i_alliance(m, low, high);
    for (int k = 0; k <= o->t; k++) {
        ENT_SCRATCH(ctx, stages[k].x, m->n);
        ent_i_bayes_stage(&a, m->truthful, k, &stages[k]);
    }
    ent_i_welfare(&a, stages, welfare);
    ent_write_array(o->w, "states", false);
    for (int k = 0; k <= o->t; k++) {
        state_head(o, k);
        for (int i = 0; i < m->n; i++)
            policy_pair(o, i, NULL, NULL, stages[k].x[i][0], stages[k].x[i][1]);
        ent_write_end(o->w);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
    ent_write_object(o->w, "welfare", true);
    for (int i = 0; i < m->n; i++) ent_write_real(o->w, m->player[i], welfare[i]);
    ent_write_end(o->w);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* h(t) = (2 + t (1 - eta)) / A. */
static void find_h(writing *o)
{
    const ent_information *m = o->m;
    ent_rat one = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&scale, m->n - 1);
    ent_rat_mul(&scale, &scale, &m->eta_exact);
    ent_rat_add(&scale, &scale, &one);
    ent_rat_sub(&o->h, &one, &m->eta_exact);
    ent_rat_set_int(&o->temporary, o->t);
    ent_rat_mul(&o->h, &o->h, &o->temporary);
    ent_rat_set_int(&o->temporary, 2);
    ent_rat_add(&o->h, &o->h, &o->temporary);
    ent_rat_div(&o->h, &o->h, &scale);
    ent_rat_add(&o->share, &o->h, &one);
    ent_rat_div(&o->share, &one, &o->share);
    ent_rat_release(&one);
    ent_rat_release(&scale);
}

ent_status ent_i_policies_solve(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_information *m = model;
    const ent_information_settings *set = settings;
    writing o = {.m = m,
                 .w = out->solution,
                 .t = ent_coal_size(m->truthful),
                 .h = ENT_RAT_ZERO,
                 .share = ENT_RAT_ZERO,
                 .temporary = ENT_RAT_ZERO,
                 .estimate = ENT_RAT_ZERO};
    o.beta = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!o.beta) goto done;
    find_h(&o);
    ent_i_betas(m, o.beta);
    ent_i_write_names(o.w, "truthful", m, m->truthful);
    ent_write_object(o.w, "betas", true);
    for (int i = 0; i < m->n; i++) ent_write_exact(o.w, m->player[i], &o.beta[i]);
    ent_write_end(o.w);
    theorem_1(&o);
    ent_write_object(o.w, "constrained", false);
    ENT_TRY(m->n <= set->exact_players ? constrained_exact(ctx, &o) : constrained_doubles(ctx, &o));
    ent_write_end(o.w);
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_rats_free(o.beta, (size_t)m->n);
    ent_rat_release(&o.h);
    ent_rat_release(&o.share);
    ent_rat_release(&o.temporary);
    ent_rat_release(&o.estimate);
    return st;
}
