/* A small stage game in rationals of any length: every play is enumerated, in the order of its
 * gains. */
#include "relational/exact_source.h"

#include "relational/big_frontier.h"
#include "relational/big_game.h"
#include "relational/grid.h"

#include "base/ctx.h"

#include <stddef.h>

/* Above this many payoffs big rationals take seconds. */
enum { BIG_PAYOFFS_MAX = 1 << 18 };

typedef struct big_source {
    ent_i_exact_source exact; /* first, so that an exact source is one of these */
    /* second: numbers of profiles to plays, and the plays that were found */
    ent_i_source plays;
    ent_i_big_game game;
    const ent_rat *weight; /* [n] */
    bool parts;            /* the value set is looked at play by play */
    ent_rat *start, *best; /* [aims] at the first play of least G; the largest so far */
    int64_t *best_play;    /* [aims] the lowest-numbered play that has it */
    int aims;
} big_source;

static void unpack(const ent_i_source *source, int64_t number, int *play)
{
    const big_source *b =
        (const big_source *)(const void *)((const char *)source - offsetof(big_source, plays));
    for (int i = 0; i < b->game.n; i++) play[i] = ent_i_big_action(&b->game, i, number);
}

static ent_status best_of_aim(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                              int aim, const ent_i_edge *edge, int *play)
{
    const big_source *b =
        (const big_source *)(const void *)((const char *)source - offsetof(big_source, plays));
    (void)ctx, (void)found, (void)edge;
    unpack(source, b->best_play[aim], play);
    return ENT_OK;
}

/* A play becomes enforceable; did an aim rise? */
static bool admit(const big_source *b, const ent_i_aims *aims, int64_t p, bool first)
{
    bool rose = first;
    ent_rat at;
    ent_rat_init(&at);
    for (int k = 0; k < aims->count; k++) {
        ent_i_big_game_aim(&b->game, &aims->aim[k], b->weight, p, &at);
        const int more = first ? 1 : ent_rat_cmp(&at, &b->best[k]);
        if (first) ent_rat_set(&b->start[k], &at);
        if (more > 0) ent_rat_set(&b->best[k], &at);
        if (more > 0 || (more == 0 && p < b->best_play[k])) b->best_play[k] = p;
        rose = rose || more > 0;
    }
    ent_rat_release(&at);
    return rose;
}

/* The outsiders' best-reply payoffs over the ties so far, docs/errata.md E4. */
static void note_tie(const big_source *b, ent_coal coalition, int64_t p, bool first,
                     ent_i_exact_answers *ties)
{
    ent_rat total;
    ent_rat_init(&total);
    for (int i = 0; i < b->game.n; i++) {
        const ent_rat *best = ent_i_big_reply(&b->game, i, p);
        if (first || ent_rat_cmp(best, &ties->reply_least[i]) < 0)
            ent_rat_set(&ties->reply_least[i], best);
        if (first || ent_rat_cmp(best, &ties->reply_most[i]) > 0)
            ent_rat_set(&ties->reply_most[i], best);
        if (!ent_coal_has(coalition, i)) ent_rat_add(&total, &total, best);
    }
    if (first || ent_rat_cmp(&total, ties->reply_total) > 0) ent_rat_set(ties->reply_total, &total);
    ent_rat_release(&total);
}

/* tau */
static void spread_of(const big_source *b, ent_coal coalition, const ent_i_exact_answers *ties,
                      ent_rat *spread)
{
    ent_rat_set(spread, ties->reply_total);
    for (int i = 0; i < b->game.n; i++)
        if (!ent_coal_has(coalition, i)) ent_rat_sub(spread, spread, &ties->reply_least[i]);
}

/* r += how far an aim has risen above the first play of least G. */
static void add_rise(const big_source *b, int aim, ent_rat *r)
{
    ent_rat_add(r, r, &b->best[aim]);
    ent_rat_sub(r, r, &b->start[aim]);
}

/* As in fixed_point.c: Gamma and Gamma_0 without the least gain. */
static void fill_rung(const big_source *b, const ent_i_aims *aims, double rho,
                      ent_i_exact_rung *rung)
{
    const bool bargained = rho > 0.0, quiet = rho < 1.0;
    for (int i = 0; i < b->game.n; i++) {
        if (bargained && aims->gamma[i] >= 0) add_rise(b, aims->gamma[i], &rung->gamma);
        if (quiet) add_rise(b, aims->reply[i], &rung->gamma0);
        if (quiet && !ent_coal_has(aims->coalition, i))
            ent_rat_add(&rung->extortion, &rung->extortion, &b->best[aims->reply[i]]);
    }
    ent_rat_set(&rung->value, &b->best[aims->value >= 0 ? aims->value : aims->joint]);
    if (!quiet) return;
    add_rise(b, aims->joint, &rung->gamma0);
    ent_rat_add(&rung->extortion, &rung->extortion, &b->best[aims->joint]);
}

/* A play joins the ties when it has the most of K; one with more begins them anew. */
static void follow_ties(const big_source *b, const ent_i_aims *aims, int64_t p, int64_t *first,
                        ent_i_exact_answers *ties)
{
    if (!ent_rat_equal(&b->game.value[p], &b->best[aims->value])) return;
    const bool anew = *first < 0 || !ent_rat_equal(&b->game.value[*first], &b->game.value[p]);
    note_tie(b, aims->coalition, p, anew, ties);
    if (anew) *first = p;
}

/* One rung for each block of equal gains at which something changes. */
static ent_status climb(ent_ctx *ctx, const big_source *b, const ent_i_solving *s,
                        ent_i_exact_answers *ties, ent_i_exact_ladder *ladder)
{
    ent_status st = ENT_OK;
    const ent_i_aims *aims = s->aims;
    const bool literal = s->settings->literal_ties && aims->value >= 0 && aims->members < b->game.n;
    int64_t first = -1;
    for (int64_t k = 0; k < b->game.profiles;) {
        const ent_rat *gain = &b->game.gains[b->game.order[k]];
        const int64_t from = k;
        bool rose = false;
        for (; k < b->game.profiles && ent_rat_equal(&b->game.gains[b->game.order[k]], gain); k++)
            rose = admit(b, aims, b->game.order[k], k == 0) || rose;
        for (int64_t t = from; literal && t < k; t++)
            follow_ties(b, aims, b->game.order[t], &first, ties);
        ent_i_exact_rung *rung = NULL;
        if (!rose && !literal) continue;
        ENT_TRY(ent_i_exact_ladder_add(ctx, ladder, &rung));
        ent_rat_set(&rung->gain, gain);
        fill_rung(b, aims, s->chance.renegotiation, rung);
        if (literal) spread_of(b, aims->coalition, ties, &rung->spread);
        ENT_CHECK_CANCEL(ctx);
    }
done:
    return st;
}

static ent_status open(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                       ent_i_exact_ladder *ladder)
{
    ent_status st = ENT_OK;
    big_source *b = (big_source *)(void *)source;
    static const double no_doubles[ENT_PLAYERS_MAX] = {0}; /* weights are rationals here */
    ent_i_exact_answers ties = {0};
    s->source = &b->plays;
    s->n = b->game.n;
    ENT_SCRATCH(ctx, s->aims, 1);
    if (s->terms) ent_i_aims_contract(b->game.n, s->terms, no_doubles, 1.0, s->aims);
    else ent_i_aims_benchmark(b->game.n, 0, s->aims);
    b->aims = s->aims->count;
    s->found = (ent_i_found){.aims = s->aims};
    ENT_SCRATCH(ctx, s->found.start_play, b->game.n);
    b->start = ent_rats_new(ctx, 2 * (size_t)b->aims, &st);
    if (!b->start) goto done;
    b->best = b->start + b->aims;
    ENT_ALLOC(ctx, b->best_play, b->aims);
    ENT_TRY(ent_i_exact_answers_new(ctx, b->game.n, 0, &ties));
    if (s->terms) ent_i_big_game_value(&b->game, s->terms->coalition);
    unpack(s->source, b->game.order[0], s->found.start_play);
    ent_rat_init(&ladder->least);
    ent_rat_set(&ladder->least, &b->game.gains[b->game.order[0]]);
    ENT_TRY(climb(ctx, b, s, &ties, ladder));
    s->ladder.count = ladder->count; /* how long the contract's lists can be */
done:
    ent_i_exact_answers_release(&ties);
    return st;
}

/* How many plays of the order are enforceable. */
static int64_t enforceable(const big_source *b, const ent_i_exact_chance *c, const ent_rat *span)
{
    int64_t low = 0, high = b->game.profiles;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (ent_i_ladder_exact_enforces(span, &b->game.gains[b->game.order[middle]], c))
            low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Ties in the order of their numbers, and what they give outsiders. */
static ent_status find_ties(ent_ctx *ctx, const big_source *b, const bool *is_enforceable,
                            ent_i_solving *s, ent_i_exact_answers *out)
{
    ent_status st = ENT_OK;
    ent_i_detail *d = &s->detail;
    const ent_rat *most = &out->most[s->aims->value];
    const int64_t listed = s->settings->ties_listed + (int64_t)1 < b->game.profiles
                               ? s->settings->ties_listed + (int64_t)1
                               : b->game.profiles;
    *d = (ent_i_detail){.ties_listed = (int)listed};
    ENT_SCRATCH(ctx, d->tie, listed * b->game.n);
    for (int64_t p = 0; p < b->game.profiles; p++) {
        if (!is_enforceable[p] || !ent_rat_equal(&b->game.value[p], most)) continue;
        note_tie(b, s->aims->coalition, p, d->ties == 0, out);
        if (d->ties < listed) unpack(&b->plays, p, d->tie + d->ties * b->game.n);
        d->ties++;
    }
done:
    return st;
}

/* The maximal parts of the value set, as frontier.h has them. */
static ent_status find_parts(ent_ctx *ctx, const big_source *b, const bool *is_enforceable,
                             ent_i_solving *s)
{
    ent_status st = ENT_OK;
    const ent_i_aims *aims = s->aims;
    ent_i_big_frontier frontier = {.width = aims->members};
    ent_rat *vector = NULL;
    const int64_t most = s->settings->simplices_listed;
    if (!b->parts || s->chance.renegotiation < 1.0 || aims->members < 2 || most == 0) return ENT_OK;
    vector = ent_rats_new(ctx, (size_t)aims->members, &st);
    if (!vector) goto done;
    for (int64_t p = 0; p < b->game.profiles; p++) {
        if (!is_enforceable[p]) continue;
        for (int i = 0, w = 0; i < b->game.n; i++)
            if (ent_coal_has(aims->coalition, i))
                ent_i_big_game_aim(&b->game, &aims->aim[aims->gamma[i]], b->weight, p,
                                   &vector[w++]);
        ENT_TRY(ent_i_big_frontier_offer(ctx, &frontier, p, vector));
    }
    s->detail.parts = frontier.count;
    const int64_t listed = frontier.count < most ? frontier.count : most;
    ENT_SCRATCH(ctx, s->detail.part, listed * b->game.n);
    for (int64_t k = 0; k < listed; k++)
        unpack(&b->plays, frontier.play[k], s->detail.part + k * b->game.n);
done:
    ent_i_big_frontier_release(&frontier);
    ent_rats_free(vector, (size_t)aims->members);
    return st;
}

static void find_near(const big_source *b, int64_t count, ent_i_exact_answers *out)
{
    const int64_t at[] = {count - 1, count};
    for (int k = 0; k < 2; k++) {
        out->is_near[k] =
            at[k] < b->game.profiles && ent_rat_sign(&b->game.gains[b->game.order[at[k]]]) > 0;
        if (out->is_near[k]) ent_rat_set(&out->near[k], &b->game.gains[b->game.order[at[k]]]);
    }
}

static ent_status inquire(ent_ctx *ctx, ent_i_exact_source *source, ent_i_solving *s,
                          const ent_i_exact_chance *c, const ent_rat *span,
                          ent_i_exact_answers *out)
{
    ent_status st = ENT_OK;
    const big_source *b = (const big_source *)(const void *)source;
    const int64_t count = enforceable(b, c, span);
    bool *is_enforceable = NULL;
    ENT_ALLOC(ctx, is_enforceable, b->game.profiles);
    for (int64_t k = 0; k < count; k++) {
        is_enforceable[b->game.order[k]] = true;
        admit(b, s->aims, b->game.order[k], k == 0);
    }
    for (int k = 0; k < b->aims; k++) ent_rat_set(&out->most[k], &b->best[k]);
    find_near(b, count, out);
    if (s->aims->value >= 0) ENT_TRY(find_ties(ctx, b, is_enforceable, s, out));
    if (s->aims->value >= 0) ENT_TRY(find_parts(ctx, b, is_enforceable, s));
    ENT_TRY(ent_i_solving_find(ctx, s));
done:
    ent_free(is_enforceable);
    return st;
}

static void evaluate(const ent_i_exact_source *source, const int *play, ent_rat *payoff,
                     ent_rat *reply)
{
    const big_source *b = (const big_source *)(const void *)source;
    int64_t p = 0;
    for (int i = 0; i < b->game.n; i++) p += play[i] * b->game.stride[i];
    for (int i = 0; i < b->game.n; i++) {
        ent_rat_set(&payoff[i], ent_i_big_payoff(&b->game, i, p));
        ent_rat_set(&reply[i], ent_i_big_reply(&b->game, i, p));
    }
}

static void free_big(ent_i_exact_source *source)
{
    big_source *b = (big_source *)(void *)source;
    ent_i_big_game_release(&b->game);
    ent_rats_free(b->start, 2 * (size_t)b->aims);
    ent_free(b->best_play);
    ent_rat_release(&source->unit);
    ent_free(b);
}

ent_status ent_i_big_source_new(ent_ctx *ctx, const ent_relational *model, const ent_rat *weight,
                                ent_i_exact_source **out)
{
    ent_status st = ENT_OK;
    big_source *b = NULL;
    *out = NULL;
    if (model->profiles > BIG_PAYOFFS_MAX / model->n) return ENT_OK;
    ENT_ALLOC(ctx, b, 1);
    b->exact = (ent_i_exact_source){
        .open = open, .inquire = inquire, .evaluate = evaluate, .free = free_big};
    b->plays = (ent_i_source){.n = model->n, .best = best_of_aim, .unpack = unpack};
    b->weight = weight;
    b->parts = model->stage == ENT_STAGE_FINITE && model->profiles <= ENT_I_PARTS_PROFILES;
    ent_rat_init(&b->exact.unit);
    ENT_TRY(ent_i_big_game_open(ctx, model, &b->game));
    ent_rat_set(&b->exact.unit, &b->game.unit);
    *out = &b->exact;
    b = NULL;
done:
    if (b) free_big(&b->exact);
    return st;
}
