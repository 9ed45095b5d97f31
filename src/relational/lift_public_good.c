/* Exact numbers of public-good contracts: where a problem is slack its solution is rational; where
 * it binds it is so when the span and the problem's own root are. A number is exact when everything
 * it is made of is. */
#include "relational/public_good_exact.h"

/* A problem counts as slack without a rational span when the double span leaves this relative
 * distance to the edge. */
static const double slack_margin = 1e-9;

/* P of every problem, ENT_RAT_UNKNOWN where it is not rational, and the factors that the numbers
 * are made with. */
typedef struct lifting {
    ent_i_exact *x;
    double near;         /* the span in doubles */
    const ent_rat *span; /* exactly, or NULL */
    ent_rat *memory;     /* [4 n + 2] unknown or not: the next six */
    ent_rat *punishment, *quiet, *highest, *highest_quiet, *on_path, *joint;
    /* 1, -1, delta, rho, 1 - delta, 1 - rho, delta (1 - rho) */
    ent_rat one, minus, delta, rho, now, silent, later;
} lifting;

static void lifting_release(lifting *l)
{
    ent_rat *const mine[] = {&l->one, &l->minus,  &l->delta, &l->rho,
                             &l->now, &l->silent, &l->later};
    for (size_t k = 0; k < sizeof mine / sizeof *mine; k++) ent_rat_release(mine[k]);
    if (l->x) ent_i_lift_drop(l->memory, 4 * l->x->n + 2);
    ent_i_exact_free(l->x);
}

static ent_status lifting_init(ent_ctx *ctx, const ent_relational *model, double near, lifting *l)
{
    ent_status st = ENT_OK;
    const int n = model->n;
    *l = (lifting){.near = near};
    ent_rat *const mine[] = {&l->one, &l->minus,  &l->delta, &l->rho,
                             &l->now, &l->silent, &l->later};
    for (size_t k = 0; k < sizeof mine / sizeof *mine; k++) ent_rat_init(mine[k]);
    ENT_TRY(ent_i_exact_new(ctx, model, &l->x));
    ENT_ALLOC(ctx, l->memory, 4 * n + 2);
    for (int k = 0; k < 4 * n + 2; k++) l->memory[k] = ENT_RAT_UNKNOWN;
    l->punishment = l->memory;
    l->quiet = l->memory + n;
    l->highest = l->memory + 2 * n;
    l->highest_quiet = l->memory + 3 * n;
    l->on_path = l->memory + 4 * n;
    l->joint = l->on_path + 1;
    ent_rat_set_int(&l->one, 1);
    ent_rat_set_int(&l->minus, -1);
    ent_rat_set(&l->delta, &model->discount_exact);
    ent_rat_set(&l->rho, &model->renegotiation_exact);
    ent_rat_sub(&l->now, &l->one, &l->delta);
    ent_rat_sub(&l->silent, &l->one, &l->rho);
    ent_rat_mul(&l->later, &l->delta, &l->silent);
done:
    return st;
}

/* Is the posed problem's multiplier rational at the span? */
static bool find_multiplier(const lifting *l, ent_rat *multiplier, bool *nothing)
{
    ent_rat budget = ENT_RAT_ZERO;
    bool known =
        l->x->curve.slack_cost <= ent_rat_double(&l->x->kappa) * l->near * (1.0 - slack_margin);
    if (l->span) {
        ent_rat_mul(&budget, &l->x->kappa, l->span);
        *nothing = ent_rat_sign(&budget) == 0;
        known = ent_i_exact_multiplier(l->x, &budget, multiplier);
    }
    ent_rat_release(&budget);
    return known;
}

/* Solves a problem. What is rational is kept: P in value, the play in effort[n], the multiplier;
 * NULL where nobody asks. When nothing can be enforced the play is everybody's own best reply, P is
 * 0 and the multiplier, infinite, stays unknown. */
static void solve(const lifting *l, ent_i_problem problem, int i, ent_rat *value, ent_rat *effort,
                  ent_rat *multiplier)
{
    ent_i_exact *x = l->x;
    ent_rat m = ENT_RAT_ZERO, spent = ENT_RAT_ZERO;
    bool nothing = false;
    ent_i_exact_pose(x, problem, i);
    const bool known = find_multiplier(l, &m, &nothing);
    if (!known && !nothing) goto done;
    ent_rat_init(value);
    for (int j = 0; effort && j < x->n; j++) {
        ent_rat_init(&effort[j]);
        ent_rat_add(&effort[j], &x->unit[j], &x->unit[j]); /* theta / (2 psi) */
    }
    if (!known) goto done;
    (void)ent_i_exact_at(x, &m, effort, &spent, value);
    if (!multiplier) goto done;
    ent_rat_init(multiplier);
    ent_rat_set(multiplier, &m);
done:
    ent_rat_release(&m);
    ent_rat_release(&spent);
}

/* A weighted sum, known when all its parts are. */
typedef struct sum {
    bool unknown;
    ent_rat value;
} sum;

#define EMPTY_SUM \
    { \
        false, ENT_RAT_ZERO \
    }

static void plus(sum *s, const ent_rat *factor, const ent_rat *x)
{
    if (ent_rat_sign(factor) == 0) return;
    if (ent_lift_known(x)) ent_rat_addmul(&s->value, factor, x);
    else s->unknown = true;
}

/* Hands the sum over to a number that is unknown so far. */
static void store(sum *s, ent_rat *to)
{
    if (!s->unknown) {
        ent_rat_init(to);
        ent_rat_swap(to, &s->value);
    }
    ent_rat_release(&s->value);
    *s = (sum){false, ENT_RAT_ZERO};
}

static bool member(const lifting *l, int i) { return ent_coal_has(l->x->model->coalition, i); }

/* uhat_i at known efforts: theta_i (sum of the others' theta a + theta_i unit_i). */
static void reply(const ent_i_exact *x, const ent_rat *effort, int i, ent_rat *value)
{
    const ent_rat *size = x->model->size.exact;
    ent_rat_set_int(value, 0);
    for (int j = 0; j < x->n; j++)
        ent_rat_addmul(value, &size[j], j == i ? &x->unit[j] : &effort[j]);
    ent_rat_mul(value, value, &size[i]);
}

/* gain_i = psi theta (a - ahat)^2 at known efforts. */
static void gain(const ent_i_exact *x, const ent_rat *effort, int i, ent_rat *value)
{
    ent_rat move = ENT_RAT_ZERO;
    ent_rat_sub(&move, &effort[i], &x->unit[i]);
    ent_rat_sub(&move, &move, &x->unit[i]);
    ent_rat_mul(value, &move, &move);
    ent_rat_mul(value, value, &x->model->cost.exact[i]);
    ent_rat_mul(value, value, &x->model->size.exact[i]);
    ent_rat_release(&move);
}

/* M, min uhat_i, E, the level and the joint value; docs/results.md has the formulas. */
static void lift_levels(const lifting *l, ent_contract_exact *e)
{
    const ent_i_exact *x = l->x;
    sum path = EMPTY_SUM, extortion = EMPTY_SUM, level = EMPTY_SUM, joint = EMPTY_SUM,
        low = EMPTY_SUM;
    ent_rat part = ENT_RAT_ZERO;
    plus(&path, &l->one, l->on_path);
    plus(&extortion, &l->one, l->joint);
    plus(&joint, &l->silent, l->joint);
    for (int i = 0; i < x->n; i++) {
        plus(&low, &l->one, &x->base[i]);
        plus(&low, &l->minus, &l->quiet[i]);
        store(&low, &e->extortion_payoff[i]);
        if (member(l, i)) plus(&path, &l->one, &x->base[i]);
        plus(&extortion, &l->one, member(l, i) ? &x->base[i] : &l->quiet[i]);
        plus(&joint, &l->silent, &x->base[i]);
        if (!ent_lift_known(l->on_path)) continue;
        reply(x, e->effort, i, &part);
        plus(&joint, &l->rho, &part);
        gain(x, e->effort, i, &part);
        ent_rat_neg(&part, &part);
        plus(&joint, &l->rho, &part);
    }
    if (!ent_lift_known(l->on_path)) plus(&joint, &l->rho, l->on_path);
    store(&path, &e->on_path_value);
    store(&extortion, &e->extortion_level);
    store(&joint, &e->joint);
    ent_rat_sub(&part, &l->one, &l->later);
    plus(&level, &part, &e->on_path_value);
    plus(&level, &l->later, &e->extortion_level);
    store(&level, &e->level);
    ent_rat_release(&part);
}

static void lift_outsider(const lifting *l, int i, ent_contract_exact *e)
{
    sum low = EMPTY_SUM, payoff = EMPTY_SUM, payment = EMPTY_SUM;
    ent_rat here = ENT_RAT_UNKNOWN, paid = ENT_RAT_UNKNOWN;
    if (ent_lift_known(l->on_path)) {
        ent_rat_init(&here);
        ent_rat_init(&paid);
        reply(l->x, e->effort, i, &here);
        gain(l->x, e->effort, i, &paid);
    }
    plus(&low, &l->rho, &here);
    plus(&low, &l->silent, &e->extortion_payoff[i]);
    store(&low, &e->lowest[i]);
    for (int k = 0; k < 4; k++) {
        ent_rat *const to[] = {&e->payoff[i], &e->payoff_least[i], &e->payoff_most[i],
                               &e->highest[i]};
        plus(&payoff, &l->now, &here);
        plus(&payoff, &l->delta, &e->lowest[i]);
        store(&payoff, to[k]);
    }
    plus(&payment, &l->one, &paid);
    store(&payment, &e->payment[i]);
    if (!ent_lift_known(l->on_path)) return;
    ent_rat_release(&here);
    ent_rat_release(&paid);
}

static void lift_lowest(const lifting *l, int i, ent_contract_exact *e)
{
    sum low = EMPTY_SUM;
    ent_rat share = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    if (ent_coal_size(l->x->model->coalition) == 1) { /* Proposition B */
        plus(&low, &l->rho, &e->on_path_value);
        plus(&low, &l->silent, &e->extortion_level);
        plus(&low, &l->minus, &e->span);
    } else {
        ent_rat_mul(&share, &l->rho, &l->x->weight[i]);
        ent_rat_neg(&minus, &l->rho);
        plus(&low, &share, &e->on_path_value);
        plus(&low, &minus, &e->gamma[i]);
        plus(&low, &l->silent, &e->extortion_payoff[i]);
    }
    store(&low, &e->lowest[i]);
    ent_rat_release(&share);
    ent_rat_release(&minus);
}

static void lift_insider(const lifting *l, int i, ent_contract_exact *e)
{
    const ent_i_exact *x = l->x;
    sum gamma = EMPTY_SUM, most = EMPTY_SUM;
    ent_rat often = ENT_RAT_ZERO, seldom = ENT_RAT_ZERO, share = ENT_RAT_ZERO;
    for (int k = 0; k < x->n; k++)
        if (member(l, k)) plus(&gamma, &x->weight[i], &x->base[k]);
    plus(&gamma, &l->minus, &x->base[i]);
    plus(&gamma, &l->one, &l->punishment[i]);
    store(&gamma, &e->gamma[i]);
    lift_lowest(l, i, e);
    ent_rat_mul(&often, &l->now, &l->rho);
    ent_rat_mul(&seldom, &l->now, &l->silent);
    ent_rat_mul(&share, &often, &x->weight[i]);
    plus(&most, &l->delta, &e->lowest[i]);
    plus(&most, &l->delta, &e->span);
    plus(&most, &share, l->on_path);
    plus(&most, &often, &l->highest[i]);
    plus(&most, &seldom, &l->highest_quiet[i]);
    plus(&most, &l->now, &x->base[i]);
    store(&most, &e->highest[i]);
    ent_rat_release(&often);
    ent_rat_release(&seldom);
    ent_rat_release(&share);
}

/* What is known exactly replaces the double, so that a multiplier of exactly 0 is not left at its
 * rounding. */
static void settle(const ent_rat *exact, int n, double *value)
{
    for (int i = 0; i < n; i++)
        if (ent_lift_known(&exact[i])) value[i] = ent_rat_double(&exact[i]);
}

static void settle_contract(const ent_contract_exact *e, ent_contract *c)
{
    const int n = c->n;
    settle(&e->span, 1, &c->span);
    settle(&e->level, 1, &c->level);
    settle(&e->on_path_value, 1, &c->on_path_value);
    settle(&e->joint, 1, &c->joint);
    settle(&e->extortion_level, 1, &c->extortion_level);
    settle(e->lowest, n, c->lowest);
    settle(e->highest, n, c->highest);
    settle(e->gamma, n, c->gamma);
    settle(e->payoff, n, c->payoff);
    settle(e->payoff_least, n, c->payoff_least);
    settle(e->payoff_most, n, c->payoff_most);
    settle(e->payment, n, c->payment);
    settle(e->extortion_payoff, n, c->extortion_payoff);
    settle(e->multiplier, n + 1, c->multiplier);
    settle(e->effort, n, c->effort);
    settle(e->extortion_effort, n, c->extortion_effort);
    settle(e->punishment_effort, n * n, c->punishment_effort);
}

/* The model's odds from its fractions, and the span once more from them; false when both are those
 * of the doubles for which the contract was found. */
static bool sharper(lifting *l, bool benchmark, ent_i_odds *odds)
{
    const ent_relational *m = l->x->model;
    const double near = l->near;
    const ent_i_odds plain = ent_i_odds_of(m->discount, m->renegotiation);
    *odds = (ent_i_odds){m->discount, ent_rat_double(&l->now), m->renegotiation,
                         ent_rat_double(&l->silent), ent_rat_double(&l->x->kappa)};
    l->near = ent_i_exact_polish(l->x, benchmark, near);
    return l->near != near || odds->now != plain.now || odds->silent != plain.silent ||
           odds->kappa != plain.kappa;
}

ent_status ent_i_lift_public_good(ent_ctx *ctx, const ent_relational *model, ent_contract *contract,
                                  ent_contract_exact *e)
{
    ent_status st = ENT_OK;
    const int n = model->n;
    lifting l = {0};
    ent_rat span = ENT_RAT_ZERO;
    ent_i_odds odds;
    ENT_TRY(lifting_init(ctx, model, contract->span, &l));
    const ent_i_deal deal = {
        .coalition = model->coalition, .weight = l.x->real_weight, .odds = &odds, .span = &l.near};
    if (sharper(&l, false, &odds))
        ENT_TRY(ent_i_good_contract(ctx, ent_i_good_of(l.x->stage), &deal, contract));
    for (int i = 0; i < n; i++) {
        ent_rat_init(&e->weight[i]);
        ent_rat_set(&e->weight[i], &l.x->weight[i]);
    }
    if (ent_i_exact_span(l.x, false, contract->span, &span)) {
        ent_rat_init(&e->span);
        ent_rat_set(&e->span, &span);
        l.span = &e->span;
    }
    solve(&l, ENT_I_ON_PATH, 0, l.on_path, e->effort, &e->multiplier[n]);
    solve(&l, ENT_I_JOINT, 0, l.joint, e->extortion_effort, NULL);
    for (int i = 0; i < n; i++) {
        solve(&l, ENT_I_QUIET, i, &l.quiet[i], NULL, NULL);
        if (!member(&l, i)) continue;
        solve(&l, ENT_I_PUNISHMENT, i, &l.punishment[i], e->punishment_effort + i * n,
              &e->multiplier[i]);
        solve(&l, ENT_I_HIGHEST, i, &l.highest[i], NULL, NULL);
        solve(&l, ENT_I_HIGHEST_QUIET, i, &l.highest_quiet[i], NULL, NULL);
    }
    lift_levels(&l, e);
    for (int i = 0; i < n; i++) (member(&l, i) ? lift_insider : lift_outsider)(&l, i, e);
    settle_contract(e, contract);
done:
    ent_rat_release(&span);
    lifting_release(&l);
    return st;
}

ent_status ent_i_lift_benchmark_public_good(ent_ctx *ctx, const ent_relational *model,
                                            ent_benchmark *benchmark, ent_benchmark_exact *e)
{
    ent_status st = ENT_OK;
    const int n = model->n;
    lifting l = {0};
    sum joint = EMPTY_SUM, value = EMPTY_SUM, low = EMPTY_SUM;
    ent_rat span = ENT_RAT_ZERO;
    ent_i_odds odds;
    ENT_TRY(lifting_init(ctx, model, benchmark->span, &l));
    const ent_i_deal deal = {.coalition = model->coalition, .odds = &odds, .span = &l.near};
    if (sharper(&l, true, &odds))
        ENT_TRY(ent_i_good_spe(ctx, ent_i_good_of(l.x->stage), &deal, benchmark));
    if (ent_i_exact_span(l.x, true, benchmark->span, &span)) {
        ent_rat_init(&e->span);
        ent_rat_set(&e->span, &span);
        l.span = &e->span;
    }
    solve(&l, ENT_I_JOINT, 0, l.joint, e->effort, NULL);
    plus(&joint, &l.one, l.joint);
    plus(&value, &l.one, l.joint);
    for (int i = 0; i < n; i++) {
        solve(&l, ENT_I_QUIET, i, &l.quiet[i], e->punishment_effort + i * n, NULL);
        plus(&low, &l.one, &l.x->base[i]);
        plus(&low, &l.minus, &l.quiet[i]);
        store(&low, &e->lowest[i]);
        plus(&joint, &l.one, &l.x->base[i]);
        plus(&value, &l.one, member(&l, i) ? &l.x->base[i] : &l.quiet[i]);
    }
    store(&joint, &e->joint);
    store(&value, &e->coalition_value);
done:
    ent_rat_release(&span);
    lifting_release(&l);
    return st;
}
