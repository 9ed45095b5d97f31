#include "outside/outside_panels.h"

#include <math.h>
#include <stdlib.h>

static ent_status grow(ent_ctx *ctx, void **block, int *room, int used, size_t size)
{
    ent_status st = ENT_OK;
    if (used < *room) return ENT_OK;
    const int more = *room ? 2 * *room : 16;
    void *bigger = ent_i_realloc(ctx, *block, (size_t)more, size, &st);
    if (!bigger) return st;
    *block = bigger;
    *room = more;
    return st;
}

static bool same(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

ent_status ent_i_rule_add(ent_ctx *ctx, ent_outside_solution *out, const ent_rule *rule)
{
    ent_rule *last = out->rules ? &out->rule[out->rules - 1] : NULL;
    if (last && last->period == rule->period && last->kind == rule->kind &&
        last->to == rule->from && same(last->offer, rule->offer) &&
        same(last->cutoff, rule->cutoff)) {
        last->to = rule->to;
        return ENT_OK;
    }
    void *block = out->rule;
    const ent_status st = grow(ctx, &block, &out->rules_room, out->rules, sizeof *out->rule);
    out->rule = block;
    if (st == ENT_OK) out->rule[out->rules++] = *rule;
    return st;
}

ent_status ent_i_advance_add(ent_ctx *ctx, ent_outside_solution *out, const ent_advance *advance)
{
    ent_advance *last = out->advances ? &out->advance[out->advances - 1] : NULL;
    if (last && last->period == advance->period && last->to == advance->from) {
        last->to = advance->to;
        return ENT_OK;
    }
    void *block = out->advance;
    const ent_status st =
        grow(ctx, &block, &out->advances_room, out->advances, sizeof *out->advance);
    out->advance = block;
    if (st == ENT_OK) out->advance[out->advances++] = *advance;
    return st;
}

static int by_period(const void *a, const void *b)
{
    const ent_advance *x = a, *y = b;
    if (x->period != y->period) return x->period - y->period;
    return (x->from > y->from) - (x->from < y->from);
}

static int rule_order(const void *a, const void *b)
{
    const ent_rule *x = a, *y = b;
    if (x->period != y->period) return x->period - y->period;
    return (x->from > y->from) - (x->from < y->from);
}

/* Periods were added from the last to the first. */
void ent_i_rules_sort(ent_outside_solution *out)
{
    if (out->rules) qsort(out->rule, (size_t)out->rules, sizeof *out->rule, rule_order);
    if (out->advances) qsort(out->advance, (size_t)out->advances, sizeof *out->advance, by_period);
}

ent_status ent_i_outside_floor(ent_ctx *ctx, const ent_outside *m, double r_star,
                               ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const double none = (double)NAN, k = m->fee - 1.0;
    out->play = (ent_outside_play){.regime = ENT_REGIME_FLOOR,
                                   .offer = k,
                                   .reservation = isinf(r_star) ? none : r_star,
                                   .cutoff = none,
                                   .proposer = 1.0 - k,
                                   .ally = 1.0,
                                   .ally_contribution = k,
                                   .duration_periods = 1.0,
                                   .r_tilde = none,
                                   .r1_star = none,
                                   .x_hat = none,
                                   .top = none,
                                   .delta_under = none};
    out->reach[0] = 1.0;
    for (int t = 1; t <= m->periods; t++) {
        ent_rule rule = {.period = t,
                         .kind = ENT_RULE_FLOOR,
                         .from = 0.0,
                         .to = t == 1 ? 0.0 : k,
                         .offer = k,
                         .cutoff = none};
        ENT_TRY(ent_i_rule_add(ctx, out, &rule));
        if (t == 1) continue;
        rule = (ent_rule){.period = t,
                          .kind = ENT_RULE_MATCH,
                          .from = k,
                          .to = 1.0,
                          .offer = none,
                          .cutoff = none};
        ENT_TRY(ent_i_rule_add(ctx, out, &rule));
    }
done:
    return st;
}

void ent_i_outside_release(ent_outside_solution *s)
{
    ent_free(s->reach);
    ent_free(s->rule);
    ent_free(s->advance);
    ent_i_outside_values_free(s->values);
    ent_rats_free(s->exact, ENT_EXACTS);
    ent_rats_free(s->exact_reach, (size_t)s->periods);
    *s = (ent_outside_solution){0};
}

bool ent_i_outside_is_closed(const ent_outside *m, const ent_outside_choice *choice)
{
    const ent_offers *o = &m->offers;
    return m->periods <= 2 && o->parts == 1 && !o->atoms && o->part[0].is_unit_uniform &&
           choice->takes_at_once;
}

ent_status ent_i_outside_closed(ent_ctx *ctx, const ent_outside *m,
                                const ent_outside_choice *choice, ent_outside_play *play)
{
    const ent_outside_terms terms = {.fee = m->fee,
                                     .search_cost = m->search_cost,
                                     .discount = m->discount,
                                     .periods = m->periods,
                                     .tie = choice->tie,
                                     .is_sure = choice->is_sure};
    return ent_outside_uniform(ctx, &terms, play);
}

/* An offer that settles the game: what follows from it exactly. */
static void settle_exactly(ent_outside_solution *out, const ent_rat *offer, const ent_rat *k)
{
    static const int known[] = {ENT_EXACT_OFFER,
                                ENT_EXACT_PROPOSER,
                                ENT_EXACT_PARTNER,
                                ENT_EXACT_ALLY,
                                ENT_EXACT_NEW,
                                ENT_EXACT_ALLY_CONTRIBUTION,
                                ENT_EXACT_NEW_CONTRIBUTION,
                                ENT_EXACT_DURATION};
    ent_rat *e = out->exact;
    for (size_t j = 0; j < sizeof known / sizeof *known; j++) out->exact_known[known[j]] = true;
    ent_rat_set_int(&e[ENT_EXACT_ALLY], 1);
    ent_rat_set_int(&e[ENT_EXACT_DURATION], 1);
    ent_rat_set(&e[ENT_EXACT_OFFER], offer);
    ent_rat_set(&e[ENT_EXACT_ALLY_CONTRIBUTION], offer);
    ent_rat_sub(&e[ENT_EXACT_PROPOSER], &e[ENT_EXACT_ALLY], offer);
    ent_rat_sub(&e[ENT_EXACT_PARTNER], offer, k);
    ent_rat_set_int(&out->exact_reach[0], 1);
    out->reach_known = true;
}

/* For continuous offers: r* is rational when 2c is a square (uniform), and a settled game has
 * rational payoffs when its offer is. */
static ent_status lift(ent_ctx *ctx, const ent_outside *m, bool is_uniform,
                       ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    ent_rat root = ENT_RAT_ZERO, k = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    out->exact = ent_rats_new(ctx, ENT_EXACTS, &st);
    if (!out->exact) goto done;
    out->exact_reach = ent_rats_new(ctx, (size_t)out->periods, &st);
    if (!out->exact_reach) goto done;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&k, &m->fee_exact, &one);
    ent_rat_add(&root, &m->cost_exact, &m->cost_exact);
    if (is_uniform && !isnan(out->play.reservation) && ent_rat_sqrt(&root, &root)) {
        ent_rat_sub(&out->exact[ENT_EXACT_RESERVATION], &one, &root);
        out->exact_known[ENT_EXACT_RESERVATION] = true;
    }
    if (out->play.regime == ENT_REGIME_FLOOR) settle_exactly(out, &k, &k);
    else if (!out->play.is_search && out->exact_known[ENT_EXACT_RESERVATION])
        settle_exactly(out, &out->exact[ENT_EXACT_RESERVATION], &k);
done:
    ent_rat_release(&root);
    ent_rat_release(&k);
    ent_rat_release(&one);
    return st;
}

/* The closed form knows its marks to the last bit; panels find them as roots. */
static double mark(const ent_outside_play *p, double m0, double y)
{
    const double near = 1e-9;
    if (y == 0.0 || y == 1.0) return y; /* the ends of the range are no roots */
    if (fabs(y - m0) <= near) return m0;
    if (fabs(y - p->r_tilde) <= near) return p->r_tilde;
    if (fabs(y - p->cutoff) <= near) return p->cutoff;
    if (fabs(y - p->r1_star) <= near) return p->r1_star;
    if (fabs(y - p->top) <= near) return p->top;
    return y;
}

static void sharpen(const ent_outside *m, ent_outside_solution *out)
{
    const ent_outside_play *p = &out->play;
    const double m0 = fmax(0.5, m->fee - 1.0);
    for (int k = 0; k < out->rules; k++) {
        ent_rule *r = &out->rule[k];
        r->from = mark(p, m0, r->from);
        r->to = mark(p, m0, r->to);
        if (r->kind != ENT_RULE_HOLD) continue;
        r->cutoff = r->period == m->periods ? m0 : p->cutoff;
        r->offer = r->period == m->periods ? m0 : p->offer;
    }
    for (int k = 0; k < out->advances; k++) {
        out->advance[k].from = mark(p, m0, out->advance[k].from);
        out->advance[k].to = mark(p, m0, out->advance[k].to);
    }
}

/* The closed form knows its own path and thresholds best. */
static ent_status refine(ent_ctx *ctx, const ent_outside *m, const ent_outside_choice *choice,
                         ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    const bool closed = ent_i_outside_is_closed(m, choice);
    if (closed) ENT_TRY(ent_i_outside_closed(ctx, m, choice, &out->play));
    if (closed && m->periods == 2) out->reach[1] = out->play.second_period;
    if (closed) sharpen(m, out);
    ENT_TRY(lift(ctx, m,
                 m->offers.parts == 1 && !m->offers.atoms && m->offers.part[0].is_unit_uniform,
                 out));
done:
    return st;
}

ent_status ent_i_outside_solve(ent_ctx *ctx, const ent_outside *m, const ent_outside_choice *choice,
                               ent_outside_solution *out)
{
    ent_status st = ENT_OK;
    ent_outside_solution s = {.periods = m->periods};
    ENT_ALLOC(ctx, s.reach, m->periods);
    if (choice->keeps_values) {
        ENT_TRY(ent_i_outside_values_new(ctx, m->periods, &s.values));
        ENT_TRY(m->offers.parts ? ent_i_outside_general(ctx, m, choice, &s)
                                : ent_i_outside_discrete(ctx, m, choice, &s));
    } else if (m->offers.parts) {
        ENT_TRY(ent_i_outside_general(ctx, m, choice, &s));
        ENT_TRY(refine(ctx, m, choice, &s));
    } else if ((int64_t)m->offers.atoms * m->periods <= choice->exact_states) {
        ENT_TRY(ent_i_outside_exact(ctx, m, choice, &s));
    } else {
        ENT_TRY(ent_i_outside_discrete(ctx, m, choice, &s));
    }
    *out = s;
    s = (ent_outside_solution){0};
done:
    ent_i_outside_release(&s);
    return st;
}
