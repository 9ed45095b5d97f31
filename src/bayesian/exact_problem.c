#include "bayesian/exact_point.h"

void ent_i_bayes_exact_problem_free(ent_exact_problem *p)
{
    if (!p->b) return;
    const size_t k = (size_t)p->b->interims;
    ent_rats_free(p->a, (size_t)p->b->options * k);
    ent_rats_free(p->q, k);
    ent_rats_free(p->target, k);
    ent_rats_free(p->outside, (size_t)p->b->coal->size * k);
    ent_rats_free(p->warrant, (size_t)p->b->first_warrant[p->b->cells]);
    ent_rat_release(&p->factor);
    *p = (ent_exact_problem){0};
}

static void set_prior(ent_exact_problem *p)
{
    const ent_bayes_coal *s = p->b->coal;
    for (int i = 0; i < s->size; i++) {
        const int stride = ent_bayes_stride(s, i);
        for (int t = 0; t < s->profiles; t++) {
            ent_rat *q = &p->q[s->first[i] + t / stride % s->types[i]];
            ent_rat_add(q, q, &s->prior.exact[t]);
        }
    }
}

/* a[o][(i,tau)] = p(t_-i) u_i(d,(tau,t_-i)) for the members i of the cell's coalition. */
static void set_cell(ent_exact_problem *p, int cell)
{
    const ent_bargain *b = p->b;
    const ent_bayes_coal *s = b->cell_coal[cell];
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ent_rat others = ENT_RAT_ZERO;
    const int t = b->cell_profile[cell];
    ent_bayes_types(s, t, type);
    for (int k = 0; k < s->size; k++) {
        const int first = b->coal->first[ent_bayes_place(b->coal, s->member[k])],
                  stride = ent_bayes_stride(s, k);
        ent_rat_div(&others, &s->prior.exact[t], &p->q[first + type[k]]);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            for (int tau = 0; tau < s->types[k]; tau++)
                ent_rat_mul(&p->a[(size_t)o * (size_t)b->interims + (size_t)(first + tau)], &others,
                            &s->utility.exact[ent_bayes_utility(s, k, b->decision[o],
                                                                t + (tau - type[k]) * stride)]);
    }
    ent_rat_release(&others);
}

static void set_warrants(ent_exact_problem *p)
{
    for (int w = 0; w < p->b->first_warrant[p->b->cells]; w++) {
        const ent_bargain_warrant *from = &p->b->warrant[w];
        ent_rat_set_ratio(&p->warrant[w], from->num, from->den);
        if (from->prior) ent_rat_mul(&p->warrant[w], &p->warrant[w], &p->q[from->interim]);
    }
}

static void set_threats(ent_exact_problem *p, const ent_rat *threat)
{
    const int k = p->b->interims;
    for (int i = 0; i < p->b->coal->size; i++)
        for (int m = 0; m < k; m++) {
            if (p->b->place[m] == i) continue;
            const size_t at = (size_t)i * (size_t)k + (size_t)m;
            ent_rat_set(&p->outside[at], &threat[at]);
            ent_rat_add(&p->target[m], &p->target[m], &threat[at]);
        }
}

ent_status ent_i_bayes_exact_problem_new(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat,
                                         ent_exact_problem *out)
{
    ent_status st = ENT_OK;
    const size_t k = (size_t)b->interims;
    *out = (ent_exact_problem){.b = b, .factor = ENT_RAT_ZERO};
    if (!(out->a = ent_rats_new(ctx, (size_t)b->options * k, &st))) goto done;
    if (!(out->q = ent_rats_new(ctx, k, &st))) goto done;
    if (!(out->target = ent_rats_new(ctx, k, &st))) goto done;
    if (!(out->outside = ent_rats_new(ctx, (size_t)b->coal->size * k, &st))) goto done;
    if (!(out->warrant = ent_rats_new(ctx, (size_t)b->first_warrant[b->cells], &st))) goto done;
    ent_rat_set_int(&out->factor, (int64_t)b->factor);
    set_prior(out);
    for (int cell = 0; cell < b->cells; cell++) set_cell(out, cell);
    set_warrants(out);
    if (threat) set_threats(out, threat);
done:
    if (st != ENT_OK) ent_i_bayes_exact_problem_free(out);
    return st;
}
