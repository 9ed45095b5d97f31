#include "relational/exact_ladder.h"

#include <math.h>

/* r = whole x. */
static void set_whole(ent_rat *r, double x) { ent_rat_set_int(r, (int64_t)x); }

static void one_less(ent_rat *r, const ent_rat *a)
{
    ent_rat one;
    ent_rat_init(&one);
    ent_rat_set_int(&one, 1);
    ent_rat_sub(r, &one, a);
    ent_rat_release(&one);
}

void ent_i_exact_chance_init(ent_i_exact_chance *c, const ent_rat *discount,
                             const ent_rat *renegotiation, bool lone, bool literal)
{
    ent_rat *const all[] = {&c->delta, &c->now, &c->rho, &c->quiet, &c->later, &c->sooner};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) ent_rat_init(all[k]);
    ent_rat_set(&c->delta, discount);
    one_less(&c->now, discount);
    ent_rat_set(&c->rho, renegotiation);
    one_less(&c->quiet, renegotiation);
    ent_rat_mul(&c->later, &c->delta, &c->quiet);
    one_less(&c->sooner, &c->later);
    c->lone = lone;
    c->literal = literal;
}

void ent_i_exact_chance_release(ent_i_exact_chance *c)
{
    ent_rat *const all[] = {&c->delta, &c->now, &c->rho, &c->quiet, &c->later, &c->sooner};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) ent_rat_release(all[k]);
}

enum { RUNG_NUMBERS = 6, FIRST_ROOM = 16 };

static void rung_numbers(ent_i_exact_rung *rung, ent_rat *number[RUNG_NUMBERS])
{
    ent_rat *const all[RUNG_NUMBERS] = {&rung->gain,  &rung->gamma,     &rung->gamma0,
                                        &rung->value, &rung->extortion, &rung->spread};
    for (int k = 0; k < RUNG_NUMBERS; k++) number[k] = all[k];
}

ent_status ent_i_exact_ladder_add(ent_ctx *ctx, ent_i_exact_ladder *ladder, ent_i_exact_rung **out)
{
    ent_status st = ENT_OK;
    ent_rat *number[RUNG_NUMBERS];
    if (ladder->count == ladder->room) {
        const int64_t room = ladder->room ? 2 * ladder->room : FIRST_ROOM;
        ent_i_exact_rung *bigger =
            ent_i_realloc(ctx, ladder->rung, (size_t)room, sizeof *bigger, &st);
        if (!bigger) return st;
        ladder->rung = bigger;
        ladder->room = room;
    }
    *out = &ladder->rung[ladder->count++];
    rung_numbers(*out, number);
    for (int k = 0; k < RUNG_NUMBERS; k++) ent_rat_init(number[k]);
    return st;
}

ent_status ent_i_exact_ladder_copy(ent_ctx *ctx, const ent_i_ladder *from, ent_i_exact_ladder *out)
{
    ent_status st = ENT_OK;
    ent_rat_init(&out->least);
    set_whole(&out->least, from->least);
    for (int64_t k = 0; k < from->count; k++) {
        const ent_i_rung *rung = &from->rung[k];
        ent_i_exact_rung *to = NULL;
        ENT_TRY(ent_i_exact_ladder_add(ctx, out, &to));
        set_whole(&to->gain, rung->gain);
        ent_rat_set_ratio(&to->gamma, (int64_t)rung->gamma, (int64_t)from->unit);
        set_whole(&to->gamma0, rung->gamma0);
        set_whole(&to->value, rung->value);
        set_whole(&to->extortion, rung->extortion);
        set_whole(&to->spread, rung->spread);
    }
done:
    return st;
}

void ent_i_exact_ladder_release(ent_i_exact_ladder *ladder)
{
    ent_rat *number[RUNG_NUMBERS];
    for (int64_t k = 0; k < ladder->count; k++) {
        rung_numbers(&ladder->rung[k], number);
        for (int r = 0; r < RUNG_NUMBERS; r++) ent_rat_release(number[r]);
    }
    ent_free(ladder->rung);
    if (ladder->least.big) ent_rat_release(&ladder->least);
    *ladder = (ent_i_exact_ladder){0};
}

void ent_i_ladder_exact_mix(ent_rat *r, const ent_rat *w, const ent_rat *a, const ent_rat *b)
{
    ent_rat rest;
    ent_rat_init(&rest);
    one_less(&rest, w);
    ent_rat_mul(r, w, a);
    ent_rat_addmul(r, &rest, b);
    ent_rat_release(&rest);
}

/* T = rho (Gamma + tau) + (1-rho) Gamma_0, as in ent_i_rung_map. */
static void exact_map(const ent_i_exact_ladder *ladder, int64_t k, const ent_i_exact_chance *c,
                      ent_rat *map)
{
    const ent_i_exact_rung *rung = &ladder->rung[k];
    ent_rat bargained, least;
    ent_rat_init(&bargained);
    ent_rat_init(&least);
    ent_rat_add(&bargained, &rung->gamma, &rung->spread);
    ent_rat_mul(map, &bargained, &c->rho);
    ent_rat_addmul(map, &rung->gamma0, &c->quiet);
    ent_rat_set(&least, &ladder->least);
    if (c->lone) ent_rat_mul(&least, &least, &c->quiet);
    ent_rat_sub(map, map, &least);
    ent_rat_release(&bargained);
    ent_rat_release(&least);
}

void ent_i_ladder_exact_span(const ent_i_exact_ladder *ladder, int64_t k,
                             const ent_i_exact_chance *c, ent_rat *span)
{
    exact_map(ladder, k, c, span);
    if (!c->lone) return;
    ent_rat_mul(span, span, &c->now);
    ent_rat_div(span, span, &c->sooner);
}

/* M + delta (1-rho) (E - M) + delta rho tau */
void ent_i_ladder_exact_level(const ent_i_exact_rung *rung, const ent_i_exact_chance *c,
                              const ent_rat *discount, ent_rat *level)
{
    ent_rat factor, more;
    ent_rat_init(&factor);
    ent_rat_init(&more);
    ent_rat_sub(&more, &rung->extortion, &rung->value);
    ent_rat_set(level, &rung->value);
    ent_rat_mul(&factor, discount, &c->quiet);
    if (ent_rat_sign(&factor) != 0) ent_rat_addmul(level, &more, &factor);
    ent_rat_mul(&factor, discount, &c->rho);
    ent_rat_addmul(level, &rung->spread, &factor);
    ent_rat_release(&factor);
    ent_rat_release(&more);
}

/* [MW25] eq. (2) */
bool ent_i_ladder_exact_enforces(const ent_rat *span, const ent_rat *gain,
                                 const ent_i_exact_chance *c)
{
    if (ent_rat_sign(span) < 0) return false;
    ent_rat slack;
    ent_rat_init(&slack);
    ent_rat_mul(&slack, span, &c->delta);
    ent_rat_submul(&slack, gain, &c->now);
    const bool yes = ent_rat_sign(&slack) >= 0;
    ent_rat_release(&slack);
    return yes;
}

/* [MW25] Thm 5: the largest fixed point; see ent_i_ladder_top. */
int64_t ent_i_ladder_exact_top(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c)
{
    int64_t top = -1;
    ent_rat span, most;
    ent_rat_init(&span);
    ent_rat_init(&most);
    for (int64_t k = ladder->count - 1; k >= 0; k--) {
        ent_i_ladder_exact_span(ladder, k, c, &span);
        if (!ent_i_ladder_exact_enforces(&span, &ladder->rung[k].gain, c)) continue;
        if (c->literal && k + 1 < ladder->count &&
            ent_i_ladder_exact_enforces(&span, &ladder->rung[k + 1].gain, c))
            continue;
        if (top < 0 || ent_rat_cmp(&span, &most) > 0) {
            top = k;
            ent_rat_set(&most, &span);
        }
        if (!c->literal) break;
    }
    ent_rat_release(&span);
    ent_rat_release(&most);
    return top;
}

/* As above, for a whole gain. */
static bool enforces_whole(const ent_rat *span, double gain, const ent_i_exact_chance *c)
{
    ent_rat whole = ENT_RAT_ZERO;
    set_whole(&whole, gain);
    return ent_i_ladder_exact_enforces(span, &whole, c);
}

double ent_i_ladder_exact_budget(const ent_i_exact_chance *c, const ent_rat *span)
{
    static const double whole_most = 0x1p53;
    ent_rat budget;
    ent_rat_init(&budget);
    ent_rat_mul(&budget, span, &c->delta);
    ent_rat_div(&budget, &budget, &c->now);
    double gain = floor(ent_rat_double(&budget));
    if (!(gain < whole_most)) gain = whole_most;
    while (gain > 0.0 && !enforces_whole(span, gain, c)) gain -= 1.0;
    while (gain < whole_most && enforces_whole(span, gain + 1.0, c)) gain += 1.0;
    ent_rat_release(&budget);
    return gain;
}

int ent_i_ladder_exact_bounds(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                              ent_rat *bound)
{
    int count = 0;
    int64_t k = ladder->count - 1;
    while (k >= 0) {
        ent_rat *span = &bound[count++];
        ent_i_ladder_exact_span(ladder, k, c, span);
        int64_t next = k;
        while (next >= 0 && !ent_i_ladder_exact_enforces(span, &ladder->rung[next].gain, c)) next--;
        if (next == k) break; /* only where ties are in the map */
        k = next;
    }
    return count;
}

void ent_i_ladder_exact_shortfall(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                                  ent_rat *least)
{
    ent_rat span, by;
    ent_rat_init(&span);
    ent_rat_init(&by);
    for (int64_t k = 0; k < ladder->count; k++) {
        ent_i_ladder_exact_span(ladder, k, c, &span);
        ent_rat_mul(&by, &ladder->rung[k].gain, &c->now);
        ent_rat_submul(&by, &span, &c->delta);
        if (k == 0 || ent_rat_cmp(&by, least) < 0) ent_rat_set(least, &by);
    }
    ent_rat_release(&span);
    ent_rat_release(&by);
}

/* The least discount factor that enforces block k; false when it is not below 1. */
static bool critical(const ent_i_exact_ladder *ladder, int64_t k, const ent_i_exact_chance *c,
                     ent_rat *discount)
{
    const ent_rat *gain = &ladder->rung[k].gain;
    ent_rat map;
    bool below = false;
    ent_rat_init(&map);
    exact_map(ladder, k, c, &map);
    const int sign = ent_rat_sign(&map);
    if (sign >= 0 && ent_rat_sign(gain) <= 0) {
        ent_rat_set_int(discount, 0);
        below = true;
    } else if (sign > 0) {
        if (c->lone) ent_rat_addmul(&map, gain, &c->quiet);
        else ent_rat_add(&map, &map, gain);
        below = ent_rat_cmp(gain, &map) < 0;
        if (below) ent_rat_div(discount, gain, &map);
    }
    ent_rat_release(&map);
    return below;
}

/* The span of a block at another discount factor. */
static void span_at(const ent_i_exact_ladder *ladder, int64_t k, const ent_i_exact_chance *c,
                    const ent_rat *discount, ent_rat *span)
{
    ent_rat factor;
    exact_map(ladder, k, c, span);
    if (!c->lone) return;
    ent_rat_init(&factor);
    one_less(&factor, discount);
    ent_rat_mul(span, span, &factor);
    ent_rat_mul(&factor, discount, &c->quiet);
    one_less(&factor, &factor);
    ent_rat_div(span, span, &factor);
    ent_rat_release(&factor);
}

/* Neither what the span nor what the level is made of differs. */
static bool same(const ent_i_exact_rung *a, const ent_i_exact_rung *b)
{
    return ent_rat_equal(&a->gamma, &b->gamma) && ent_rat_equal(&a->gamma0, &b->gamma0) &&
           ent_rat_equal(&a->value, &b->value) && ent_rat_equal(&a->extortion, &b->extortion);
}

static void reverse(ent_rat *list, int count)
{
    for (int a = 0, b = count - 1; a < b; a++, b--) ent_rat_swap(&list[a], &list[b]);
}

/* As ent_i_ladder_steps. */
int ent_i_ladder_exact_steps(const ent_i_exact_ladder *ladder, const ent_i_exact_chance *c,
                             ent_rat *discount, ent_rat *span, ent_rat *level)
{
    int count = 0;
    const ent_i_exact_rung *last = NULL;
    ent_rat at;
    ent_rat_init(&at);
    for (int64_t k = ladder->count - 1; k >= 0; k--) {
        const ent_i_exact_rung *rung = &ladder->rung[k];
        if (!critical(ladder, k, c, &at)) continue;
        if (count > 0 && ent_rat_cmp(&at, &discount[count - 1]) >= 0) continue;
        if (last && same(last, rung)) count--;
        last = rung;
        ent_rat_set(&discount[count], &at);
        span_at(ladder, k, c, &at, &span[count]);
        ent_i_ladder_exact_level(rung, c, &at, &level[count]);
        count++;
        if (ent_rat_sign(&at) == 0) break;
    }
    ent_rat_release(&at);
    reverse(discount, count);
    reverse(span, count);
    reverse(level, count);
    return count;
}
