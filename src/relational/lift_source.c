#include "relational/lift_source.h"

/* A contract being lifted: the solving and the chance in rationals, and what is known about the
 * enforceable plays. */
typedef struct lifting {
    const ent_relational *model;
    ent_i_exact_source *source;
    ent_i_solving s;
    ent_i_exact_ladder ladder;
    ent_i_exact_answers a; /* in units of payoff, not of the source: final; so the following */
    ent_i_exact_chance c;
    ent_rat span, m, least;
    ent_rat *payoff, *reply; /* [n] at the play that was looked at last */
    ent_contract *out;
    ent_contract_exact *e;
} lifting;

static bool insider(const lifting *l, int i) { return ent_coal_has(l->model->coalition, i); }

static const ent_rat *most(const lifting *l, int aim) { return &l->a.most[aim]; }

void ent_i_lift_put(ent_rat *slot, const ent_rat *value)
{
    if (!ent_lift_known(slot)) ent_rat_init(slot);
    ent_rat_set(slot, value);
}

static void put_zero(ent_rat *slot)
{
    const ent_rat zero = ENT_RAT_ZERO;
    ent_i_lift_put(slot, &zero);
}

/* slot = a - b */
static void put_less(ent_rat *slot, const ent_rat *a, const ent_rat *b)
{
    ent_i_lift_put(slot, a);
    ent_rat_sub(slot, slot, b);
}

/* Payoffs and best-reply payoffs at a play. */
static void look_at(const lifting *l, const int *play)
{
    l->source->evaluate(l->source, play, l->payoff, l->reply);
    for (int i = 0; i < l->model->n; i++) {
        ent_rat_mul(&l->payoff[i], &l->payoff[i], &l->source->unit);
        ent_rat_mul(&l->reply[i], &l->reply[i], &l->source->unit);
    }
}

/* zeta, docs/relational.md 4. */
static void lift_lowest(const lifting *l)
{
    const ent_i_aims *aims = l->s.aims;
    ent_contract_exact *e = l->e;
    ent_rat bargained, quiet, factor;
    ent_rat_init(&bargained);
    ent_rat_init(&quiet);
    ent_rat_init(&factor);
    for (int i = 0; i < l->model->n; i++) {
        ent_rat_set_int(&quiet, 0);
        if (aims->reply[i] >= 0) ent_rat_sub(&quiet, &quiet, most(l, aims->reply[i]));
        if (!insider(l, i)) {
            ent_rat_set(&bargained, l->c.literal ? &l->a.reply_least[i] : &l->reply[i]);
        } else if (l->c.lone) {
            put_zero(&e->gamma[i]);
            ent_rat_sub(&e->gamma[i], &e->gamma[i], &l->least);
            /* M + delta span / (1 - delta): what it is left with when the slack is its own */
            ent_rat_div(&factor, &l->c.delta, &l->c.now);
            ent_rat_set(&bargained, &l->m);
            ent_rat_addmul(&bargained, &factor, &l->span);
        } else {
            ent_i_lift_put(&e->gamma[i], most(l, aims->gamma[i]));
            ent_rat_mul(&bargained, &e->weight[i], &l->m);
            ent_rat_sub(&bargained, &bargained, &e->gamma[i]);
        }
        ent_i_ladder_exact_mix(&factor, &l->c.rho, &bargained, &quiet);
        ent_i_lift_put(&e->lowest[i], &factor);
    }
    ent_rat_release(&bargained);
    ent_rat_release(&quiet);
    ent_rat_release(&factor);
}

/* slot = payoff + moves (to - reply). */
static void put_moved(ent_rat *slot, const ent_rat *payoff, const ent_rat *moves, const ent_rat *to,
                      const ent_rat *reply)
{
    ent_i_lift_put(slot, payoff);
    ent_rat_addmul(slot, to, moves);
    ent_rat_submul(slot, reply, moves);
}

static void lift_outsiders(const lifting *l)
{
    ent_contract_exact *e = l->e;
    const ent_rat *moves = l->c.literal ? &l->c.now : &l->c.sooner;
    for (int i = 0; i < l->model->n; i++) {
        if (insider(l, i)) continue;
        const ent_rat *reply = &l->reply[i];
        put_zero(&e->payoff[i]);
        ent_rat_addmul(&e->payoff[i], &l->c.now, reply);
        ent_rat_addmul(&e->payoff[i], &l->c.delta, &e->lowest[i]);
        put_moved(&e->payoff_least[i], &e->payoff[i], moves, &l->a.reply_least[i], reply);
        put_moved(&e->payoff_most[i], &e->payoff[i], moves, &l->a.reply_most[i], reply);
        put_less(&e->payment[i], reply, &l->payoff[i]);
        ent_i_lift_put(&e->highest[i], &e->payoff[i]);
        put_zero(&e->extortion_payoff[i]);
        ent_rat_sub(&e->extortion_payoff[i], &e->extortion_payoff[i], most(l, l->s.aims->reply[i]));
    }
}

/* What the other insiders lose least when i is treated best: the largest of -f_i - G. */
static const ent_rat *rest_of(const lifting *l, int i)
{
    const ent_i_aims *aims = l->s.aims;
    if (aims->rest[i] >= 0) return most(l, aims->rest[i]);
    return &l->e->gamma[ent_coal_first(l->model->coalition & ~ent_coal_single(i))];
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
            ent_rat_set(&quiet, rest_of(l, i));
            ent_rat_addmul(&quiet, &e->weight[i], &l->m);
            ent_i_ladder_exact_mix(&bargained, &l->c.delta, &next, &quiet);
        }
        if (ent_rat_sign(&l->c.quiet) > 0)
            ent_i_ladder_exact_mix(&quiet, &l->c.delta, &next, most(l, l->s.aims->quiet[i]));
        ent_i_ladder_exact_mix(&next, &l->c.rho, &bargained, &quiet);
        ent_i_lift_put(&e->highest[i], &next);
    }
    ent_rat_release(&bargained);
    ent_rat_release(&quiet);
    ent_rat_release(&next);
}

void ent_i_lift_margin(const ent_i_exact_answers *answers, const ent_i_exact_chance *c,
                       const ent_rat *span, ent_rat *margin)
{
    ent_rat distance;
    ent_rat_init(&distance);
    for (int k = 0; k < 2; k++) {
        if (!answers->is_near[k]) continue;
        ent_rat_mul(&distance, &answers->near[k], &c->now);
        ent_rat_submul(&distance, span, &c->delta);
        if (ent_rat_sign(&distance) < 0) ent_rat_neg(&distance, &distance);
        if (!ent_lift_known(margin) || ent_rat_cmp(&distance, margin) < 0)
            ent_i_lift_put(margin, &distance);
    }
    ent_rat_release(&distance);
}

/* The outsiders' best-reply payoffs: on the path, and least over ties. */
static void lift_spread(const lifting *l, ent_rat *outside)
{
    ent_contract_exact *e = l->e;
    put_zero(&e->tie_spread);
    const bool spread = l->s.detail.ties > 1 && l->model->coalition != ent_coal_all(l->model->n);
    if (spread) ent_rat_set(&e->tie_spread, l->a.reply_total);
    for (int i = 0; i < l->model->n; i++) {
        if (insider(l, i)) continue;
        ent_rat_add(outside, outside, &l->reply[i]);
        if (spread) ent_rat_sub(&e->tie_spread, &e->tie_spread, &l->a.reply_least[i]);
    }
}

static void lift_levels(const lifting *l, const ent_i_exact_rung *rung)
{
    ent_contract_exact *e = l->e;
    const ent_rat *total = most(l, l->s.aims->joint);
    ent_rat outside, joint;
    ent_rat_init(&outside);
    ent_rat_init(&joint);
    lift_spread(l, &outside);
    ent_i_lift_put(&e->extortion_level, total);
    for (int i = 0; i < l->model->n; i++)
        if (!insider(l, i))
            ent_rat_add(&e->extortion_level, &e->extortion_level, most(l, l->s.aims->reply[i]));
    ent_i_lift_put(&e->on_path_value, &l->m);
    ent_rat_add(&outside, &l->m, l->c.literal ? l->a.reply_total : &outside);
    ent_i_ladder_exact_mix(&joint, &l->c.rho, &outside, total);
    ent_i_lift_put(&e->joint, &joint);
    /* borrowed */
    const ent_i_exact_rung at = {
        .value = l->m, .extortion = e->extortion_level, .spread = rung->spread};
    put_zero(&e->level);
    ent_i_ladder_exact_level(&at, &l->c, &l->c.delta, &e->level);
    ent_rat_release(&outside);
    ent_rat_release(&joint);
}

/* Corner and size of every listed part. */
static void lift_parts(const lifting *l)
{
    ent_contract_exact *e = l->e;
    const int n = l->model->n;
    ent_rat gains, value, now;
    ent_rat_init(&gains);
    ent_rat_init(&value);
    ent_rat_init(&now);
    for (int k = 0; k < l->out->simplices; k++) {
        look_at(l, l->out->simplex[k].play);
        ent_rat_set_int(&gains, 0);
        ent_rat_set(&value, &l->m); /* M - K */
        for (int i = 0; i < n; i++) {
            ent_rat_add(&gains, &gains, &l->reply[i]);
            ent_rat_sub(&gains, &gains, &l->payoff[i]);
            ent_rat_sub(&value, &value, &l->payoff[i]);
            if (!insider(l, i)) ent_rat_add(&value, &value, &l->reply[i]);
        }
        put_zero(&e->simplex_size[k]);
        ent_rat_addmul(&e->simplex_size[k], &l->c.delta, &l->span);
        ent_rat_submul(&e->simplex_size[k], &l->c.now, &gains);
        for (int i = 0; i < n; i++) {
            ent_rat *corner = &e->corner[k * n + i];
            put_zero(corner);
            if (insider(l, i) && l->c.lone) ent_rat_sub(corner, &e->level, &e->simplex_size[k]);
            if (!insider(l, i) || l->c.lone) continue;
            ent_rat_set(&now, &l->reply[i]);
            ent_rat_addmul(&now, &value, &e->weight[i]);
            ent_i_ladder_exact_mix(corner, &l->c.delta, &e->lowest[i], &now);
        }
    }
    ent_rat_release(&gains);
    ent_rat_release(&value);
    ent_rat_release(&now);
}

/* The path, and for "none" the bounds: their counts are known only afterwards, so they are made in
 * rationals of our own. */
static ent_status lift_lists(ent_ctx *ctx, const lifting *l, bool solved)
{
    ent_status st = ENT_OK;
    const ent_i_exact_ladder *ladder = &l->ladder;
    const size_t rungs = (size_t)ladder->count;
    ent_rat *work = ent_rats_new(ctx, 4 * rungs, &st);
    ent_rat *const discount = work, *const span = work + rungs, *const level = work + 2 * rungs,
                   *const bound = work + 3 * rungs;
    if (!work) goto done;
    l->out->steps =
        l->c.literal ? 0 : ent_i_ladder_exact_steps(ladder, &l->c, discount, span, level);
    l->out->bounds = solved ? 0 : ent_i_ladder_exact_bounds(ladder, &l->c, bound);
    ENT_TRY(ent_i_lift_resize(ctx, l->out, l->e));
    for (int k = 0; k < l->out->steps; k++) {
        ent_rat_mul(&span[k], &span[k], &l->source->unit);
        ent_rat_mul(&level[k], &level[k], &l->source->unit);
        ent_i_lift_put(&l->e->step_discount[k], &discount[k]);
        ent_i_lift_put(&l->e->step_span[k], &span[k]);
        ent_i_lift_put(&l->e->step_level[k], &level[k]);
        l->out->step[k] = (ent_step){.discount = ent_rat_double(&discount[k]),
                                     .span = ent_rat_double(&span[k]),
                                     .level = ent_rat_double(&level[k])};
    }
    for (int k = 0; k < l->out->bounds; k++) {
        ent_rat_mul(&bound[k], &bound[k], &l->source->unit);
        ent_i_lift_put(&l->e->bound[k], &bound[k]);
        l->out->bound[k] = ent_rat_double(&bound[k]);
    }
done:
    ent_rats_free(work, 4 * rungs);
    return st;
}

/* Answers in units of payoff. */
static ent_status ask(ent_ctx *ctx, lifting *l, int64_t top)
{
    ent_status st = ENT_OK;
    const ent_rat *unit = &l->source->unit;
    ent_i_ladder_exact_span(&l->ladder, top, &l->c, &l->span);
    ENT_TRY(ent_i_exact_answers_new(ctx, l->model->n, l->s.aims->count, &l->a));
    ENT_TRY(l->source->inquire(ctx, l->source, &l->s, &l->c, &l->span, &l->a));
    for (int k = 0; k < l->a.aims + 2 * l->a.n + 3; k++)
        ent_rat_mul(&l->a.most[k], &l->a.most[k], unit);
    ent_rat_mul(&l->span, &l->span, unit);
    ent_rat_mul(&l->least, &l->ladder.least, unit);
    ent_rat_mul(&l->ladder.rung[top].spread, &l->ladder.rung[top].spread, unit);
    ent_rat_set(&l->m, most(l, l->s.aims->value));
done:
    return st;
}

static ent_status lift_solved(ent_ctx *ctx, lifting *l, int64_t top)
{
    ent_status st = ENT_OK;
    ENT_TRY(ask(ctx, l, top));
    const ent_contract_room room = ent_i_solving_room(&l->s);
    ENT_TRY(ent_i_contract_reserve(ctx, l->model->n, &room, l->out));
    ENT_TRY(lift_lists(ctx, l, true));
    l->out->outcome = ENT_SOLVED;
    ent_i_solving_plays(&l->s, l->out);
    ent_i_lift_put(&l->e->span, &l->span);
    look_at(l, l->out->play);
    lift_levels(l, &l->ladder.rung[top]);
    lift_lowest(l);
    lift_outsiders(l);
    lift_highest(l);
    ent_i_lift_margin(&l->a, &l->c, &l->span, &l->e->margin);
    lift_parts(l);
    ent_i_lift_adopt(l->e, l->out);
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
    ent_i_ladder_exact_shortfall(&l->ladder, &l->c, &least);
    ent_rat_mul(&least, &least, &l->source->unit);
    ent_i_lift_put(&l->e->margin, &least);
    l->out->margin = ent_rat_double(&least);
    ent_rat_release(&least);
done:
    return st;
}

/* The doubles of a solving in whole numbers tell only which aims are needed: never, sometimes or
 * always a negotiation. */
static double kind_of(const ent_rat *renegotiation)
{
    ent_rat one;
    ent_rat_init(&one);
    ent_rat_set_int(&one, 1);
    const bool always = ent_rat_cmp(renegotiation, &one) >= 0;
    ent_rat_release(&one);
    return ent_rat_sign(renegotiation) <= 0 ? 0.0 : always ? 1.0 : 0.5;
}

ent_status ent_i_lift_source(ent_ctx *ctx, const ent_relational *model, ent_i_exact_source *source,
                             const ent_contract_settings *settings, ent_contract *contract,
                             ent_contract_exact *exact)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t n = (size_t)model->n;
    const bool lone = ent_coal_size(model->coalition) == 1;
    const double rho = kind_of(&model->renegotiation_exact);
    const ent_terms terms = {
        .coalition = model->coalition, .discount = model->discount, .renegotiation = rho};
    lifting l = {.model = model,
                 .source = source,
                 .out = contract,
                 .e = exact,
                 .span = ENT_RAT_ZERO,
                 .m = ENT_RAT_ZERO,
                 .least = ENT_RAT_ZERO};
    ent_i_exact_chance_init(&l.c, &model->discount_exact, &model->renegotiation_exact, lone,
                            settings->literal_ties);
    l.s = (ent_i_solving){.terms = &terms, .settings = settings};
    l.s.chance = (ent_i_chance){.discount = model->discount, .renegotiation = rho, .lone = lone};
    l.payoff = ent_rats_new(ctx, 2 * n, &st);
    if (!l.payoff) goto done;
    l.reply = l.payoff + n;
    ENT_TRY(source->open(ctx, source, &l.s, &l.ladder));
    const int64_t top = ent_i_ladder_exact_top(&l.ladder, &l.c);
    if (top >= 0) ENT_TRY(lift_solved(ctx, &l, top));
    else ENT_TRY(lift_none(ctx, &l));
done:
    ent_i_solving_release(&l.s);
    ent_i_exact_ladder_release(&l.ladder);
    ent_i_exact_answers_release(&l.a);
    ent_i_exact_chance_release(&l.c);
    ent_rats_free(l.payoff, 2 * n);
    ent_rat_release(&l.span);
    ent_rat_release(&l.m);
    ent_rat_release(&l.least);
    ent_scratch_reset(ctx, mark);
    return st;
}
