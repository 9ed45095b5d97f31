#include "relational/lift_source.h"

#include "relational/exact_ladder.h"
#include "relational/source_contract.h"

#include <math.h>

/* A contract being lifted: the solving in whole numbers and the chance in rationals. */
typedef struct lifting {
    const ent_relational *model;
    const ent_i_whole_game *game;
    ent_i_solving s;
    ent_i_exact_chance c;
    ent_rat span, m; /* in units of payoff, not of the game: final */
    ent_contract *out;
    ent_contract_exact *e;
} lifting;

static bool insider(const lifting *l, int i) { return ent_coal_has(l->model->coalition, i); }

/* slot = whole * unit / divisor, known from now on. */
static void put(const lifting *l, ent_rat *slot, double whole, double divisor)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_set_ratio(slot, (int64_t)whole, (int64_t)divisor);
    ent_rat_mul(slot, slot, l->game->unit);
}

static void put_rat(ent_rat *slot, const ent_rat *value)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_set(slot, value);
}

static double most(const lifting *l, int aim) { return ent_i_solving_most(&l->s, aim); }

/* zeta, docs/relational.md 4. */
static void lift_lowest(const lifting *l, const double *reply)
{
    const ent_i_aims *aims = l->s.aims;
    ent_contract_exact *e = l->e;
    ent_rat bargained, quiet, factor;
    ent_rat_init(&bargained);
    ent_rat_init(&quiet);
    ent_rat_init(&factor);
    for (int i = 0; i < l->model->n; i++) {
        put(l, &quiet, aims->reply[i] >= 0 ? -most(l, aims->reply[i]) : 0.0, 1.0);
        if (!insider(l, i)) {
            put(l, &bargained, l->c.literal ? l->s.detail.reply_least[i] : reply[i], 1.0);
        } else if (l->c.lone) {
            put(l, &e->gamma[i], 0.0 - l->s.found.least, 1.0);
            /* M + delta span / (1 - delta): what it is left with when the slack is its own */
            ent_rat_div(&factor, &l->c.delta, &l->c.now);
            ent_rat_set(&bargained, &l->m);
            ent_rat_addmul(&bargained, &factor, &l->span);
        } else {
            put(l, &e->gamma[i], most(l, aims->gamma[i]), aims->unit);
            ent_rat_mul(&bargained, &e->weight[i], &l->m);
            ent_rat_sub(&bargained, &bargained, &e->gamma[i]);
        }
        put_rat(&e->lowest[i], &quiet);
        ent_i_ladder_exact_mix(&factor, &l->c.rho, &bargained, &quiet);
        ent_rat_set(&e->lowest[i], &factor);
    }
    ent_rat_release(&bargained);
    ent_rat_release(&quiet);
    ent_rat_release(&factor);
}

/* slot = payoff + moves (whole - reply) in units. */
static void put_moved(const lifting *l, ent_rat *slot, const ent_rat *payoff, const ent_rat *moves, double by)
{
    ent_rat step;
    ent_rat_init(&step);
    put(l, &step, by, 1.0);
    put_rat(slot, payoff);
    ent_rat_addmul(slot, &step, moves);
    ent_rat_release(&step);
}

static void lift_outsiders(const lifting *l, const double *payoff, const double *reply)
{
    const ent_i_detail *d = &l->s.detail;
    ent_contract_exact *e = l->e;
    ent_rat moves, now;
    ent_rat_init(&moves);
    ent_rat_init(&now);
    ent_rat_set(&moves, l->c.literal ? &l->c.now : &l->c.sooner);
    for (int i = 0; i < l->model->n; i++) {
        if (insider(l, i)) continue;
        put(l, &now, reply[i], 1.0);
        put_rat(&e->payoff[i], &now);
        ent_rat_mul(&e->payoff[i], &l->c.now, &now);
        ent_rat_addmul(&e->payoff[i], &l->c.delta, &e->lowest[i]);
        put_moved(l, &e->payoff_least[i], &e->payoff[i], &moves, d->reply_least[i] - reply[i]);
        put_moved(l, &e->payoff_most[i], &e->payoff[i], &moves, d->reply_most[i] - reply[i]);
        put(l, &e->payment[i], reply[i] - payoff[i], 1.0);
        put_rat(&e->highest[i], &e->payoff[i]);
        put(l, &e->extortion_payoff[i], -most(l, l->s.aims->reply[i]), 1.0);
    }
    ent_rat_release(&moves);
    ent_rat_release(&now);
}

/* What the other insiders lose least when i is treated best: the largest of -f_i - G. */
static void lift_rest(const lifting *l, int i, ent_rat *rest)
{
    const ent_i_aims *aims = l->s.aims;
    if (aims->rest[i] >= 0) put(l, rest, most(l, aims->rest[i]), aims->unit);
    for (int j = 0; aims->members == 2 && j < l->model->n; j++)
        if (j != i && insider(l, j)) ent_rat_set(rest, &l->e->gamma[j]);
}

/* The most over rho B(D) + (1-rho) D; see fill_highest in source_contract.c. */
static void lift_highest(const lifting *l)
{
    ent_contract_exact *e = l->e;
    ent_rat bargained, quiet, next;
    ent_rat_init(&bargained);
    ent_rat_init(&quiet);
    ent_rat_init(&next);
    for (int i = 0; i < l->model->n; i++) {
        if (!insider(l, i)) continue;
        ent_rat_add(&next, &e->lowest[i], &l->span);
        if (l->c.lone) {
            ent_rat_set(&bargained, &e->level);
        } else if (ent_rat_sign(&l->c.rho) > 0) {
            lift_rest(l, i, &quiet);
            ent_rat_addmul(&quiet, &e->weight[i], &l->m);
            ent_i_ladder_exact_mix(&bargained, &l->c.delta, &next, &quiet);
        }
        if (ent_rat_sign(&l->c.quiet) > 0) {
            ent_rat now;
            ent_rat_init(&now);
            put(l, &now, most(l, l->s.aims->quiet[i]), 1.0);
            ent_i_ladder_exact_mix(&quiet, &l->c.delta, &next, &now);
            ent_rat_release(&now);
        }
        ent_i_ladder_exact_mix(&next, &l->c.rho, &bargained, &quiet);
        put_rat(&e->highest[i], &next);
    }
    ent_rat_release(&bargained);
    ent_rat_release(&quiet);
    ent_rat_release(&next);
}

static void lift_margin(const lifting *l)
{
    const double near[] = {l->s.detail.below, l->s.detail.above};
    ent_rat distance;
    ent_rat_init(&distance);
    for (int k = 0; k < 2; k++) {
        if (!(near[k] > 0.0) || isinf(near[k])) continue;
        put(l, &distance, near[k], 1.0);
        ent_rat_mul(&distance, &distance, &l->c.now);
        ent_rat_submul(&distance, &l->span, &l->c.delta);
        if (ent_rat_sign(&distance) < 0) ent_rat_neg(&distance, &distance);
        if (!ent_lift_known(&l->e->margin) || ent_rat_cmp(&distance, &l->e->margin) < 0) put_rat(&l->e->margin, &distance);
    }
    ent_rat_release(&distance);
}

static void lift_levels(const lifting *l, const ent_i_rung *rung, const double *reply)
{
    ent_contract_exact *e = l->e;
    const ent_i_detail *d = &l->s.detail;
    const double total = most(l, l->s.aims->joint);
    double outside = 0.0, least = 0.0, enforceable = 0.0;
    for (int i = 0; i < l->model->n; i++) {
        if (insider(l, i)) continue;
        outside += reply[i];
        least += d->reply_least[i];
        enforceable -= most(l, l->s.aims->reply[i]);
    }
    const bool spread = d->ties > 1 && l->model->coalition != ent_coal_all(l->model->n);
    put(l, &e->tie_spread, spread ? d->reply_total - least : 0.0, 1.0);
    put(l, &e->extortion_level, total - enforceable, 1.0);
    put(l, &e->on_path_value, most(l, l->s.aims->value), 1.0);
    ent_rat bargained, quiet;
    ent_rat_init(&bargained);
    ent_rat_init(&quiet);
    put(l, &bargained, most(l, l->s.aims->value) + (l->c.literal ? d->reply_total : outside), 1.0);
    put(l, &quiet, total, 1.0);
    put_rat(&e->joint, &quiet);
    ent_rat joint;
    ent_rat_init(&joint);
    ent_i_ladder_exact_mix(&joint, &l->c.rho, &bargained, &quiet);
    ent_rat_set(&e->joint, &joint);
    ent_rat_release(&joint);
    ent_i_rung at = *rung;
    at.value = most(l, l->s.aims->value);
    at.extortion = total - enforceable;
    ent_i_ladder_exact_level(&at, &l->c, &l->c.delta, &bargained);
    ent_rat_mul(&bargained, &bargained, l->game->unit);
    put_rat(&e->level, &bargained);
    ent_rat_release(&bargained);
    ent_rat_release(&quiet);
}

/* Corner and size of every listed part. */
static void lift_parts(const lifting *l)
{
    ent_contract_exact *e = l->e;
    const int n = l->model->n;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    ent_rat now, held;
    ent_rat_init(&now);
    ent_rat_init(&held);
    for (int k = 0; k < l->out->simplices; k++) {
        l->s.source->evaluate(l->s.source, l->out->simplex[k].play, payoff, reply);
        double gains = 0.0, value = 0.0;
        for (int i = 0; i < n; i++) {
            gains += reply[i] - payoff[i];
            value += insider(l, i) ? payoff[i] : payoff[i] - reply[i];
        }
        put(l, &now, gains, 1.0);
        ent_rat_mul(&held, &l->c.delta, &l->span);
        ent_rat_submul(&held, &l->c.now, &now);
        put_rat(&e->simplex_size[k], &held);
        for (int i = 0; i < n; i++) {
            ent_rat *corner = &e->corner[k * n + i];
            put(l, corner, 0.0, 1.0);
            if (insider(l, i) && l->c.lone) ent_rat_sub(corner, &e->level, &e->simplex_size[k]);
            if (!insider(l, i) || l->c.lone) continue;
            put(l, &now, value, 1.0);
            ent_rat_sub(&held, &l->m, &now);
            put(l, &now, reply[i], 1.0);
            ent_rat_addmul(&now, &held, &e->weight[i]);
            ent_i_ladder_exact_mix(corner, &l->c.delta, &e->lowest[i], &now);
        }
    }
    ent_rat_release(&now);
    ent_rat_release(&held);
}

static double near_double(const ent_rat *r) { return ent_rat_double(r); }

static void adopt_list(int count, const ent_rat *exact, double *value)
{
    for (int k = 0; k < count; k++)
        if (ent_lift_known(&exact[k])) value[k] = near_double(&exact[k]);
}

/* The contract's doubles are those nearest to the rationals. */
static void adopt(const lifting *l)
{
    ent_contract *c = l->out;
    const ent_contract_exact *e = l->e;
    const int n = c->n;
    c->span = near_double(&e->span);
    c->level = near_double(&e->level);
    c->on_path_value = near_double(&e->on_path_value);
    c->joint = near_double(&e->joint);
    c->extortion_level = near_double(&e->extortion_level);
    c->tie_spread = near_double(&e->tie_spread);
    c->margin = ent_lift_known(&e->margin) ? near_double(&e->margin) : HUGE_VAL;
    adopt_list(n, e->lowest, c->lowest);
    adopt_list(n, e->highest, c->highest);
    adopt_list(n, e->gamma, c->gamma);
    adopt_list(n, e->payoff, c->payoff);
    adopt_list(n, e->payoff_least, c->payoff_least);
    adopt_list(n, e->payoff_most, c->payoff_most);
    adopt_list(n, e->payment, c->payment);
    adopt_list(n, e->extortion_payoff, c->extortion_payoff);
    for (int k = 0; k < c->simplices; k++) {
        adopt_list(n, e->corner + k * n, c->simplex[k].corner);
        c->simplex[k].size = near_double(&e->simplex_size[k]);
    }
}

/* The path, and for "none" the bounds: their counts are known only afterwards, so they are made in rationals of our own. */
static ent_status lift_lists(ent_ctx *ctx, const lifting *l, bool solved)
{
    ent_status st = ENT_OK;
    const ent_i_ladder *ladder = &l->s.ladder;
    const size_t rungs = (size_t)ladder->count;
    ent_rat *work = ent_rats_new(ctx, 4 * rungs, &st);
    ent_rat *const discount = work, *const span = work + rungs, *const level = work + 2 * rungs, *const bound = work + 3 * rungs;
    if (!work) goto done;
    l->out->steps = l->c.literal ? 0 : ent_i_ladder_exact_steps(ladder, &l->c, discount, span, level);
    l->out->bounds = solved ? 0 : ent_i_ladder_exact_bounds(ladder, &l->c, bound);
    ENT_TRY(ent_i_lift_resize(ctx, l->out, l->e));
    for (int k = 0; k < l->out->steps; k++) {
        ent_rat_mul(&span[k], &span[k], l->game->unit);
        ent_rat_mul(&level[k], &level[k], l->game->unit);
        put_rat(&l->e->step_discount[k], &discount[k]);
        put_rat(&l->e->step_span[k], &span[k]);
        put_rat(&l->e->step_level[k], &level[k]);
        l->out->step[k] = (ent_step){.discount = near_double(&discount[k]), .span = near_double(&span[k]),
                                     .level = near_double(&level[k])};
    }
    for (int k = 0; k < l->out->bounds; k++) {
        ent_rat_mul(&bound[k], &bound[k], l->game->unit);
        put_rat(&l->e->bound[k], &bound[k]);
        l->out->bound[k] = near_double(&bound[k]);
    }
done:
    ent_rats_free(work, 4 * rungs);
    return st;
}

static ent_status lift_solved(ent_ctx *ctx, lifting *l, int64_t top)
{
    ent_status st = ENT_OK;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    ent_i_ladder_exact_span(&l->s.ladder, top, &l->c, &l->span);
    l->s.edge = (ent_i_edge){.factor = 1.0, .bound = ent_i_ladder_exact_budget(&l->c, &l->span)};
    ent_rat_mul(&l->span, &l->span, l->game->unit);
    ENT_TRY(ent_i_solving_inquire(ctx, &l->s));
    const ent_contract_room room = ent_i_solving_room(&l->s);
    ENT_TRY(ent_i_contract_reserve(ctx, l->model->n, &room, l->out));
    ENT_TRY(lift_lists(ctx, l, true));
    l->out->outcome = ENT_SOLVED;
    ent_i_solving_plays(&l->s, l->out);
    put_rat(&l->e->span, &l->span);
    put(l, &l->m, most(l, l->s.aims->value), 1.0);
    l->s.source->evaluate(l->s.source, l->out->play, payoff, reply);
    lift_levels(l, &l->s.ladder.rung[top], reply);
    lift_lowest(l, reply);
    lift_outsiders(l, payoff, reply);
    lift_highest(l);
    lift_margin(l);
    lift_parts(l);
    adopt(l);
done:
    return st;
}

static ent_status lift_none(ent_ctx *ctx, lifting *l)
{
    ent_status st = ENT_OK;
    const ent_contract_room room = ent_i_solving_room(&l->s);
    ENT_TRY(ent_i_contract_reserve(ctx, l->model->n, &room, l->out));
    ENT_TRY(lift_lists(ctx, l, false));
    ent_rat least;
    ent_rat_init(&least);
    ent_i_ladder_exact_shortfall(&l->s.ladder, &l->c, &least);
    ent_rat_mul(&least, &least, l->game->unit);
    put_rat(&l->e->margin, &least);
    l->out->margin = near_double(&least);
    ent_rat_release(&least);
done:
    return st;
}

/* The doubles of a solving in whole numbers tell only which aims are needed: never, sometimes or always a negotiation. */
static double kind_of(const ent_rat *renegotiation)
{
    ent_rat one;
    ent_rat_init(&one);
    ent_rat_set_int(&one, 1);
    const bool always = ent_rat_cmp(renegotiation, &one) >= 0;
    ent_rat_release(&one);
    return ent_rat_sign(renegotiation) <= 0 ? 0.0 : always ? 1.0 : 0.5;
}

ent_status ent_i_lift_source(ent_ctx *ctx, const ent_relational *model, const ent_i_whole_game *game,
                             const ent_contract_settings *settings, ent_contract *contract, ent_contract_exact *exact)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const bool lone = ent_coal_size(model->coalition) == 1;
    const double rho = kind_of(&model->renegotiation_exact);
    const ent_terms terms = {.coalition = model->coalition, .discount = model->discount, .renegotiation = rho};
    lifting l = {.model = model, .game = game, .out = contract, .e = exact};
    ent_rat_init(&l.span);
    ent_rat_init(&l.m);
    ent_i_exact_chance_init(&l.c, &model->discount_exact, &model->renegotiation_exact, lone, settings->literal_ties);
    l.s = (ent_i_solving){.source = game->source, .terms = &terms, .settings = settings};
    l.s.chance = (ent_i_chance){.discount = model->discount, .renegotiation = rho, .lone = lone};
    ENT_TRY(ent_i_solving_open(ctx, &l.s, game->plays, game->share, game->sum));
    const int64_t top = ent_i_ladder_exact_top(&l.s.ladder, &l.c);
    if (top >= 0) ENT_TRY(lift_solved(ctx, &l, top));
    else ENT_TRY(lift_none(ctx, &l));
done:
    ent_i_solving_release(&l.s);
    ent_i_exact_chance_release(&l.c);
    ent_rat_release(&l.span);
    ent_rat_release(&l.m);
    ent_scratch_reset(ctx, mark);
    return st;
}
