/* Sweeps of `revelation`: numbers without documents. */
#include "information/information_losses.h"
#include "information/revelation.h"

#include <math.h>

ent_status ent_i_revelation_columns(ent_ctx *ctx, const void *model, const void *settings,
                                    ent_text *names)
{
    const ent_information *m = model;
    (void)ctx, (void)settings;
    ent_text_puts(names, "full_revelation\ttheorem_2\tmargins.theorem_2\tmargins.equation_5");
    for (int i = 0; i < m->n; i++)
        ent_text_printf(names, "\tgains.%s.0\tgains.%s.1", m->player[i], m->player[i]);
    ent_text_puts(
        names,
        "\tlargest_size.equation_5\tlargest_size.theorem_2\tlargest_interdependence.equation_5\tlargest_interdependence.theorem_2");
    return names->status;
}

/* The paper's figures: NAN for "no limit" and for "not even independent policies". */
static void largest(const ent_conditions *c, double *value)
{
    value[0] = c->size_5 < 0 ? (double)NAN : (double)c->size_5;
    value[1] = c->size < 0 ? (double)NAN : (double)c->size;
    value[2] = c->has_eta_5 ? ent_rat_double(&c->eta_5) : (double)NAN;
    value[3] = c->has_eta ? ent_rat_double(&c->eta) : (double)NAN;
}

ent_status ent_i_revelation_row(ent_ctx *ctx, const void *model, const void *settings, ent_row *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_information *m = model;
    const ent_information_settings *set = settings;
    ent_conditions c;
    ent_rat *beta = NULL, *margin = NULL;
    double *low = NULL, *high = NULL;
    ent_bayes_stage *stages = NULL;
    bool truthful = true;
    ent_i_conditions_init(&c);
    beta = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!beta) goto done;
    margin = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!margin) goto done;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, high, m->n);
    ENT_SCRATCH(ctx, stages, m->n + 1);
    const ent_alliance a = ent_i_alliance(m, low, high);
    for (int k = 0; k <= m->n; k++) {
        ENT_SCRATCH(ctx, stages[k].x, m->n);
        ent_i_bayes_stage(&a, ent_coal_all(m->n), k, &stages[k]);
    }
    ent_i_betas(m, beta);
    ENT_TRY(ent_i_conditions(ctx, m, beta, margin, &c));
    for (int i = 0; i < m->n; i++) {
        double gain[2], size[2];
        ent_i_gains(&a, stages, i, gain, size);
        for (int s = 0; s < 2; s++) {
            const bool nothing = fabs(gain[s]) <= set->zero * size[s];
            truthful = truthful && (nothing || gain[s] < 0.0);
            out->value[4 + 2 * i + s] = nothing ? 0.0 : gain[s];
        }
    }
    out->value[0] = truthful, out->value[1] = c.theorem_2;
    out->value[2] = ent_rat_double(&c.margin), out->value[3] = ent_rat_double(&c.margin_5);
    largest(&c, &out->value[4 + 2 * m->n]);
    out->outcome = ENT_SOLVED;
    /* the action stage is solved to rounding by Newton's method on a piecewise linear equation */
    out->residual = 0.0;
done:
    ent_rats_free(beta, (size_t)m->n);
    ent_rats_free(margin, (size_t)m->n);
    ent_i_conditions_release(&c);
    ent_scratch_reset(ctx, mark);
    return st;
}
