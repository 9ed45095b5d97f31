#include "bayesian/s_solution.h"

#include "bayesian/neutral.h"

#include "base/ctx.h"

void ent_i_s_solution_free(ent_s_solution *s)
{
    for (size_t k = 0; s->threat && k < s->masks; k++) {
        ent_s_threat *t = &s->threat[k];
        ent_i_twin_free(&t->utility);
        ent_i_mechanism_free(&t->mechanism);
        ent_rats_free(t->virtual_utility, (size_t)t->values);
        ent_rats_free(t->equal, (size_t)t->values);
        ent_rats_free(t->alpha, (size_t)t->pairs);
        ent_rats_free(t->slack, (size_t)t->pairs);
    }
    ent_free(s->threat);
    ent_i_twin_free(&s->weight);
    ent_i_twin_free(&s->multiplier);
    ent_i_twin_free(&s->claim);
    ent_i_twin_free(&s->utility);
    ent_i_mechanism_free(&s->mechanism);
    ent_rat_release(&s->epsilon);
    *s = (ent_s_solution){0};
}

/* The problem of one coalition at the common scales. */
typedef struct stage {
    const ent_bayesian *model;
    const ent_s_solution *so_far;
    ent_bargain b;
    ent_exact_problem problem;
    ent_rat *lambda, *alpha; /* of this coalition's interims and pairs */
    ent_rat *share;          /* [size][profiles] what v_i(t) exceeds W(t)/|S| by */
} stage;

static void stage_free(stage *s)
{
    if (s->lambda) ent_rats_free(s->lambda, (size_t)s->b.interims);
    if (s->alpha) ent_rats_free(s->alpha, (size_t)s->b.pairs);
    if (s->share) ent_rats_free(s->share, (size_t)s->b.coal->size * (size_t)s->b.own_cells);
    ent_i_bayes_exact_problem_free(&s->problem);
}

/* Pick a part's scales out of the whole coalition's: interims and pairs are listed player by player
 * in both. */
static void restrict_scales(const ent_bayes_coal *all, const ent_rat *lambda, const ent_rat *alpha,
                            const stage *s)
{
    int from_pair = 0, to = 0, to_pair = 0;
    for (int i = 0; i < all->size; i++) {
        const int pairs = all->types[i] * (all->types[i] - 1);
        if (ent_bayes_place(s->b.coal, all->member[i]) >= 0) {
            for (int t = 0; t < all->types[i]; t++)
                ent_rat_set(&s->lambda[to++], &lambda[all->first[i] + t]);
            for (int k = 0; k < pairs; k++)
                ent_rat_set(&s->alpha[to_pair++], &alpha[from_pair + k]);
        }
        from_pair += pairs;
    }
}

/* Profile of a part in profile t of S. */
static int part_profile(const ent_bayes_coal *s, int t, const ent_bayes_coal *part)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX], inside[ENT_BAYESIAN_PLAYERS_MAX];
    ent_bayes_types(s, t, type);
    for (int k = 0; k < part->size; k++) inside[k] = type[ent_bayes_place(s, part->member[k])];
    return ent_bayes_profile(part, inside);
}

/* -W_S\i(t) + sum over j != i of v_i(mu_S\j, t) for one member and profile. */
static void unequal_part(const stage *s, int i, int t, ent_rat *to)
{
    const ent_bayes_coal *c = s->b.coal;
    for (int j = 0; j < c->size; j++) {
        const ent_coal rest = c->members & ~ent_coal_single(c->member[j]);
        const ent_bayes_coal *part = s->model->coalition[rest];
        const ent_rat *v = s->so_far->threat[rest].virtual_utility;
        const size_t u = (size_t)part_profile(c, t, part), profiles = (size_t)part->profiles;
        if (j != i)
            ent_rat_add(to, to, &v[(size_t)ent_bayes_place(part, c->member[i]) * profiles + u]);
        for (int k = 0; j == i && k < part->size; k++)
            ent_rat_sub(to, to, &v[(size_t)k * profiles + u]);
    }
}

/* share_i(t) = (1/|S|) [ -W_S\i(t) + sum over j != i of v_i(mu_S\j, t) ] */
static void set_shares(const stage *s)
{
    const ent_bayes_coal *c = s->b.coal;
    ent_rat size = ENT_RAT_ZERO;
    ent_rat_set_int(&size, c->size);
    for (int i = 0; i < c->size && c->size > 1; i++)
        for (int t = 0; t < c->profiles; t++) {
            ent_rat *to = &s->share[(size_t)i * (size_t)c->profiles + (size_t)t];
            unequal_part(s, i, t, to);
            ent_rat_div(to, to, &size);
        }
    ent_rat_release(&size);
}

static ent_status stage_new(ent_ctx *ctx, const ent_bayesian *model, const ent_s_solution *so_far,
                            ent_coal mask, const ent_rat *lambda, const ent_rat *alpha, stage *out)
{
    ent_status st = ENT_OK;
    *out = (stage){.model = model, .so_far = so_far};
    ENT_TRY(ent_i_bargain_plain(ctx, model->coalition[mask], &out->b));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &out->b, NULL, &out->problem));
    if (!(out->lambda = ent_rats_new(ctx, (size_t)out->b.interims, &st))) goto done;
    if (!(out->alpha = ent_rats_new(ctx, (size_t)out->b.pairs, &st))) goto done;
    if (!(out->share =
              ent_rats_new(ctx, (size_t)out->b.coal->size * (size_t)out->b.own_cells, &st)))
        goto done;
    restrict_scales(model->coalition[so_far->all], lambda, alpha, out);
    set_shares(out);
done:
    return st;
}

/* v_i(d,t) of an option, [Sal] eq. (3.6); place < 0: summed over the members. */
static void option_value(const stage *s, int cell, int o, int place, ent_rat *out)
{
    const ent_bargain *b = &s->b;
    ent_rat_set_int(out, 0);
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *row = &b->row[r];
        if (place >= 0 && b->place[row->interim] != place) continue;
        const ent_rat *y = row->y < b->pairs ? &s->alpha[row->y] : &s->lambda[row->y - b->pairs];
        const ent_rat *a = &s->problem.a[(size_t)o * (size_t)b->interims + (size_t)row->interim];
        if (row->sign > 0.0) ent_rat_addmul(out, y, a);
        else ent_rat_submul(out, y, a);
    }
    ent_rat_div(out, out, &b->coal->prior.exact[cell]);
}

/* The row v_i(mu,t) - W(t)/|S| = share_i(t) of one member and profile. */
static void equality_row(const stage *s, int i, int cell, ent_incentive_lp *lp)
{
    const ent_bargain *b = &s->b;
    ent_rat own = ENT_RAT_ZERO, all = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    const int row = ent_i_incentive_row(lp, i, ENT_LP_EQ,
                                        &s->share[(size_t)i * (size_t)b->own_cells + (size_t)cell]);
    ent_rat_set_int(&size, b->coal->size);
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        option_value(s, cell, o, i, &own);
        option_value(s, cell, o, -1, &all);
        ent_rat_div(&all, &all, &size);
        ent_rat_sub(&own, &own, &all);
        ent_rat_mul(&lp->a[(size_t)row * (size_t)lp->columns + (size_t)o], &own, &lp->factor[row]);
    }
    ent_rat_release(&size);
    ent_rat_release(&all);
    ent_rat_release(&own);
}

/* The equality rows, and the objective sum p(t) W(t). */
static void equality_rows(const stage *s, ent_incentive_lp *lp)
{
    const ent_bargain *b = &s->b;
    for (int i = 0; i < b->coal->size; i++)
        for (int cell = 0; cell < b->own_cells; cell++) equality_row(s, i, cell, lp);
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            option_value(s, cell, o, -1, &lp->c[o]);
            ent_rat_mul(&lp->c[o], &lp->c[o], &b->coal->prior.exact[cell]);
        }
}

static void value_in(const stage *s, const ent_rat *mu, int i, int cell, ent_rat *out)
{
    const ent_bargain *b = &s->b;
    ent_rat v = ENT_RAT_ZERO;
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
        if (ent_rat_sign(&mu[o]) == 0) continue;
        option_value(s, cell, o, i, &v);
        ent_rat_addmul(out, &mu[o], &v);
    }
    ent_rat_release(&v);
}

static void values_of(const stage *s, const ent_rat *mu, ent_rat *out)
{
    const ent_bargain *b = &s->b;
    for (int i = 0; i < b->coal->size; i++)
        for (int cell = 0; cell < b->own_cells; cell++)
            value_in(s, mu, i, cell, &out[(size_t)i * (size_t)b->own_cells + (size_t)cell]);
}

static ent_status threat_of(ent_ctx *ctx, const stage *s, ent_s_threat *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = &s->b;
    const int values = b->coal->size * b->own_cells;
    ent_incentive_lp lp = {0};
    ent_incentive_answer answer = {0};
    out->values = values;
    out->pairs = b->pairs;
    if (!(out->virtual_utility = ent_rats_new(ctx, (size_t)values, &st))) goto done;
    if (!(out->equal = ent_rats_new(ctx, (size_t)values, &st))) goto done;
    if (!(out->alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(out->slack = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ENT_TRY(ent_i_incentive_lp_new(ctx, &s->problem, b->pairs + values, 0, &lp));
    ent_i_incentive_constraints(&lp);
    equality_rows(s, &lp);
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, &answer));
    out->exact = answer.exact;
    out->exists = answer.outcome == ENT_LP_OPTIMAL && answer.exact;
    if (!out->exists) goto done;
    for (int k = 0; k < b->pairs; k++)
        ent_rat_neg(&out->alpha[k], &answer.y_exact[b->own_cells + k]);
    for (int k = 0; k < values; k++)
        ent_rat_neg(&out->equal[k], &answer.y_exact[b->own_cells + b->pairs + k]);
    values_of(s, answer.x_exact, out->virtual_utility);
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &out->utility));
    ent_i_bayes_exact_means(&s->problem, answer.x_exact, out->utility.exact, out->slack);
    ent_i_twin_round(&out->utility);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, answer.x_exact, &out->mechanism));
done:
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_lp_free(&lp);
    return st;
}

/* omega from A_i omega_i(t_i) = sum over t containing t_i of p(t) v_i(t), v_i(t) = W_N(t)/n +
 * share_i(t). */
static ent_status claims(ent_ctx *ctx, const stage *s, ent_rat *omega, bool *unique)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = &s->b;
    ent_exact_system system = {0};
    ent_rat *w = NULL, v = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    double *near = NULL;
    int freedom = 0;
    bool consistent = false;
    ENT_SCRATCH(ctx, near, b->interims);
    if (!(w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    ENT_TRY(ent_i_bayes_exact_system_new(ctx, b->interims, b->interims, &system));
    ent_i_bayes_exact_best(&s->problem, s->alpha, s->lambda, w);
    ent_rat_set_int(&size, b->coal->size);
    for (int i = 0; i < b->coal->size; i++)
        for (int cell = 0; cell < b->own_cells; cell++) {
            const int type = cell / ent_bayes_stride(b->coal, i) % b->coal->types[i];
            ent_rat_mul(&v, &s->share[(size_t)i * (size_t)b->own_cells + (size_t)cell],
                        &b->coal->prior.exact[cell]);
            ent_rat *right = ent_i_bayes_exact_at(&system, b->coal->first[i] + type, b->interims);
            ent_rat_add(right, right, &v);
            ent_rat_div(&v, &w[cell], &size); /* w is p(t) W(t) already */
            ent_rat_add(right, right, &v);
        }
    for (int m = 0; m < b->interims; m++) {
        near[m] = 1.0;
        ent_rat_set(ent_i_bayes_exact_at(&system, m, m), &s->lambda[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        ent_rat *own = ent_i_bayes_exact_at(&system, b->pair_true[k], b->pair_true[k]);
        ent_rat *other = ent_i_bayes_exact_at(&system, b->pair_report[k], b->pair_true[k]);
        ent_rat_add(own, own, &s->alpha[k]);
        ent_rat_sub(other, other, &s->alpha[k]);
    }
    ENT_TRY(ent_i_bayes_exact_solve(ctx, &system, near, 0.0, omega, &consistent, &freedom));
    *unique = consistent && freedom == 0;
done:
    ent_i_bayes_exact_system_free(&system);
    ent_rat_release(&size);
    ent_rat_release(&v);
    ent_rats_free(w, (size_t)b->cells);
    return st;
}

static ent_status one_threat(ent_ctx *ctx, const ent_bayesian *model, ent_coal mask,
                             const ent_rat *lambda, const ent_rat *alpha, ent_s_solution *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    stage now = {0};
    ENT_CHECK_CANCEL(ctx);
    ENT_TRY(stage_new(ctx, model, s, mask, lambda, alpha, &now));
    ENT_TRY(threat_of(ctx, &now, &s->threat[mask]));
    if (!s->threat[mask].exists) {
        s->defined = false;
        s->missing = mask;
    }
done:
    stage_free(&now);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status keep_scales(ent_ctx *ctx, const ent_bayes_coal *all, const ent_rat *lambda,
                              const ent_rat *alpha, ent_s_solution *s)
{
    ent_status st = ENT_OK;
    int pairs = 0;
    ent_rat sum = ENT_RAT_ZERO;
    for (int i = 0; i < all->size; i++) pairs += all->types[i] * (all->types[i] - 1);
    ENT_TRY(ent_i_twin_new(ctx, all->interims, true, &s->weight));
    ENT_TRY(ent_i_twin_new(ctx, pairs, true, &s->multiplier));
    for (int m = 0; m < all->interims; m++) ent_rat_add(&sum, &sum, &lambda[m]);
    for (int m = 0; m < all->interims; m++) ent_rat_div(&s->weight.exact[m], &lambda[m], &sum);
    for (int k = 0; k < pairs; k++) ent_rat_div(&s->multiplier.exact[k], &alpha[k], &sum);
    ent_i_twin_round(&s->weight);
    ent_i_twin_round(&s->multiplier);
done:
    ent_rat_release(&sum);
    return st;
}

ent_status ent_i_s_threats(ent_ctx *ctx, const ent_bayesian *model, const ent_rat *lambda,
                           const ent_rat *alpha, ent_s_solution *out)
{
    ent_status st = ENT_OK;
    ent_s_solution s = {.all = model->focus,
                        .defined = true,
                        .masks = (size_t)1 << model->n,
                        .epsilon = ENT_RAT_ZERO};
    ent_coal *list = NULL;
    int n = 0;
    ENT_ALLOC(ctx, s.threat, s.masks);
    ENT_TRY(keep_scales(ctx, model->coalition[model->focus], lambda, alpha, &s));
    ENT_TRY(ent_i_bayes_coalitions(ctx, model->focus, 1, &list, &n));
    for (int k = 0; s.defined && k < n; k++)
        if (list[k] != model->focus)
            ENT_TRY(one_threat(ctx, model, list[k], s.weight.exact, s.multiplier.exact, &s));
    *out = s;
    s = (ent_s_solution){0};
done:
    ent_free(list);
    ent_i_s_solution_free(&s);
    return st;
}

ent_status ent_i_s_claims(ent_ctx *ctx, const ent_bayesian *model, bool nearly, ent_s_solution *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    stage now = {0};
    bool unique = false;
    if (!s->defined) return ENT_OK;
    ENT_TRY(stage_new(ctx, model, s, s->all, s->weight.exact, s->multiplier.exact, &now));
    ENT_TRY(ent_i_twin_new(ctx, now.b.interims, true, &s->claim));
    ENT_TRY(claims(ctx, &now, s->claim.exact, &unique));
    ent_i_twin_round(&s->claim);
    s->defined = unique;
    if (unique) ENT_TRY(ent_i_s_support(ctx, &now.problem, nearly, s));
done:
    stage_free(&now);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_s_solution(ent_ctx *ctx, const ent_bayesian *model, const ent_rat *lambda,
                            const ent_rat *alpha, bool nearly, ent_s_solution *out)
{
    ent_status st = ENT_OK;
    ent_s_solution s = {0};
    ENT_TRY(ent_i_s_threats(ctx, model, lambda, alpha, &s));
    ENT_TRY(ent_i_s_claims(ctx, model, nearly, &s));
    *out = s;
    s = (ent_s_solution){0};
done:
    ent_i_s_solution_free(&s);
    return st;
}
