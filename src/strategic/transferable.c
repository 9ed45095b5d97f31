/* Side payments open to every coalition, also in conflict: prices are equal, everybody gets psi,
 * and payments carry what the joint play does not give. Inside a coalition the totals of the
 * conflicts are divided by Shapley's value of their restriction. */
#include "strategic/condition4.h"
#include "strategic/harsanyi.h"

typedef struct transferable {
    const ent_strategic *m;
    ent_grand *g;
    ent_equilibrium e;
    ent_rat *paid; /* [n] */
    double pay[ENT_PLAYERS_MAX];
} transferable;

static ent_status prepare(ent_ctx *ctx, const ent_strategic *m, const ent_strategic_settings *s,
                          transferable *t)
{
    ent_status st = ENT_OK;
    double price[ENT_COCO_PLAYERS];
    *t = (transferable){.m = m};
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &t->g));
    ent_i_exact_point_init(m->n, &t->e.exact);
    t->paid = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!t->paid) goto done;
    for (int i = 0; i < m->n; i++) {
        t->e.point.price[i] = 1.0 / m->n;
        price[i] = t->g->range[i] / m->n;
        ent_rat_set_ratio(&t->e.exact.price[i], 1, m->n);
    }
    ent_threats_at(t->g->t, price);
    t->e.exact.known = ent_i_can_be_exact(t->g->t, m, s);
    if (t->e.exact.known)
        ENT_TRY(
            ent_i_exact_threats(ctx, t->g->t, &m->payoff, t->e.exact.price, &t->e.exact.threats));
done:
    return st;
}

/* Utilities, the joint play and the payments; doubles follow from payoffs in the model's units. */
static void agree(transferable *t)
{
    const ent_strategic *m = t->m;
    ent_exact_point *x = &t->e.exact;
    ent_point *p = &t->e.point;
    int64_t play = t->g->t->best;
    for (play = x->known ? 0 : play;
         x->known && !ent_rat_equal(&x->threats.total[play], &x->threats.joint);)
        play++;
    p->support = x->support = 1;
    p->profile[0] = x->profile[0] = play;
    p->weight[0] = 1.0;
    ent_rat_set_int(&x->weight[0], 1);
    p->joint = 0.0;
    for (int i = 0; i < m->n; i++) {
        const int64_t at = i * m->profiles + play;
        p->utility[i] = t->g->t->psi[i] * m->n;
        p->utility[i] += t->g->least[i];
        if (x->known) {
            ent_rat_div(&x->utility[i], &x->threats.psi[i], &x->price[i]);
            ent_rat_sub(&t->paid[i], &x->utility[i], &m->payoff.exact[at]);
            p->utility[i] = ent_rat_double(&x->utility[i]);
        }
        t->pay[i] = p->utility[i] - m->payoff.value[at];
        p->joint += p->price[i] * p->utility[i];
    }
}

/* u_i^S after payments: the totals of the conflicts divided by the potential. */
static ent_status divide(ent_ctx *ctx, ent_perfect *p)
{
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << p->n;
    ent_rat *potential = ent_rats_new(ctx, coalitions, &st), part = ENT_RAT_ZERO,
            size = ENT_RAT_ZERO;
    if (!potential) return st;
    for (ent_coal s = 1; s < coalitions; s++) {
        for (int i = 0; i < p->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            ent_rat_addmul(&potential[s], &p->price[i], ent_i_perfect_u(p, s, i));
            ent_rat_add(&potential[s], &potential[s], &potential[s & ~ent_coal_single(i)]);
        }
        ent_rat_set_int(&size, ent_coal_size(s));
        ent_rat_div(&potential[s], &potential[s], &size);
        for (int i = 0; i < p->n; i++) {
            if (!ent_coal_has(s, i)) continue;
            ent_rat_sub(&part, &potential[s], &potential[s & ~ent_coal_single(i)]);
            ent_rat_div(ent_i_perfect_u(p, s, i), &part, &p->price[i]);
        }
    }
    ent_rat_release(&part);
    ent_rat_release(&size);
    ent_rats_free(potential, coalitions);
    return ENT_OK;
}

static ent_status write_notion(ent_ctx *ctx, const transferable *t, ent_transferable notion,
                               ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_perfect *p = NULL;
    if (notion == ENT_TRANSFERABLE_COCO) return ENT_OK;
    ENT_TRY(ent_i_perfect_new(ctx, t->g, t->m, &t->e, &p));
    ENT_TRY(divide(ctx, p));
    if (notion == ENT_TRANSFERABLE_PERFECT) {
        ENT_TRY(ent_i_write_perfect(ctx, out->solution, p));
        ENT_TRY(ent_i_write_condition4(ctx, out->certificate, p));
    } else {
        ENT_TRY(ent_i_write_transferable_harsanyi(ctx, out->solution, p));
    }
done:
    ent_i_perfect_free(p);
    return st;
}

ent_status ent_i_transferable(ent_ctx *ctx, const ent_strategic *m, const ent_strategic_settings *s,
                              ent_transferable notion, ent_solution *out)
{
    ent_status st = ENT_OK;
    transferable t;
    ENT_TRY(prepare(ctx, m, s, &t));
    agree(&t);
    ent_write_array(out->solution, "equilibria", false);
    ent_write_object(out->solution, NULL, false);
    ent_write_array(out->certificate, "equilibria", false);
    ent_write_object(out->certificate, NULL, false);
    ent_i_write_equilibrium(out->solution, m, &t.e, false);
    ent_i_write_vector(out->solution, "payments", m, ent_coal_all(m->n), t.pay,
                       t.e.exact.known ? t.paid : NULL);
    ent_i_write_evidence(out->certificate, m, t.g, &t.e);
    ENT_TRY(write_notion(ctx, &t, notion, out));
    ent_write_end(out->solution);
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
    ent_write_end(out->certificate);
    ent_write_string(out->solution, "coverage", "all");
    out->outcome = ENT_SOLVED;
done:
    ent_i_exact_point_release(&t.e.exact);
    ent_rats_free(t.paid, (size_t)m->n);
    ent_i_grand_free(t.g);
    return st;
}
