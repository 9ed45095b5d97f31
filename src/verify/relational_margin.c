/* "margin": how far the nearest play is from the edge of being enforceable. */
#include "verify/relational_check.h"

#include <stdlib.h>

/* Distinct sums of gains of half of the axes that are looked through; and so few that their author
 * must have done it too. */
enum { SUMS_MAX = 1 << 20, SUMS_MUST = 1 << 14 };

typedef struct sums {
    int64_t n;
    ent_rat *value; /* [n] rising */
} sums;

static void sums_release(sums *s)
{
    ent_rats_free(s->value, (size_t)s->n);
    *s = (sums){0};
}

static int by_value(const void *a, const void *b) { return ent_rat_cmp(a, b); }

/* All distinct sums of a sum so far and an item of the axis; *many when they are too many. */
static ent_status add_axis(ent_ctx *ctx, const ent_axis *x, sums *s, bool *many)
{
    ent_status st = ENT_OK;
    sums made = {0};
    if (s->n > SUMS_MAX / x->items) {
        *many = true;
        return ENT_OK;
    }
    made.value = ent_rats_new(ctx, (size_t)(s->n * x->items), &st);
    if (!made.value) return st;
    made.n = s->n * x->items;
    for (int64_t k = 0; k < made.n; k++)
        ent_rat_add(&made.value[k], &s->value[k / x->items], &x->gains[k % x->items]);
    qsort(made.value, (size_t)made.n, sizeof *made.value, by_value);
    int64_t distinct = 0;
    for (int64_t k = 0; k < made.n; k++)
        if (!distinct || !ent_rat_equal(&made.value[k], &made.value[distinct - 1]))
            ent_rat_swap(&made.value[distinct++], &made.value[k]);
    for (int64_t k = distinct; k < made.n; k++) ent_rat_release(&made.value[k]);
    sums_release(s);
    *s = (sums){distinct, made.value};
    return st;
}

static ent_status half_sums(ent_ctx *ctx, const ent_game *game, int from, int to, sums *s,
                            bool *many)
{
    ent_status st = ENT_OK;
    s->value = ent_rats_new(ctx, 1, &st);
    if (!s->value) return st;
    s->n = 1;
    for (int axis = from; axis < to && !*many && st == ENT_OK; axis++)
        st = add_axis(ctx, &game->axis[axis], s, many);
    return st;
}

/* |delta d - (1-delta) G| for G in units of the game, kept when it is the least so far. */
static void consider(const ent_rcheck *c, const ent_game *game, const ent_rat *span,
                     const ent_rat *gains, bool *some, ent_rat *least)
{
    ent_rat distance = ENT_RAT_ZERO;
    if (ent_rat_sign(gains) == 0) return;
    ent_rat_mul(&distance, gains, &game->unit);
    ent_rat_neg(&distance, &distance);
    ent_i_mix(&distance, c->rules.delta, span, &distance);
    if (ent_rat_sign(&distance) < 0) ent_rat_neg(&distance, &distance);
    if (!*some || ent_rat_cmp(&distance, least) < 0) ent_rat_swap(least, &distance);
    *some = true;
    ent_rat_release(&distance);
}

/* Two rising lists, walked so that their sum stays next to the edge: for each of one, the last of
 * the other below it and the first above. */
static void nearest_pairs(const ent_rcheck *c, const ent_game *game, const ent_rat *span,
                          const sums *a, const sums *b, bool *some, ent_rat *least)
{
    ent_rat edge = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    ent_i_kappa(c->rules.delta, &edge);
    ent_rat_mul(&edge, &edge, span);
    ent_rat_div(&edge, &edge, &game->unit);
    int64_t j = b->n - 1;
    for (int64_t i = 0; i < a->n; i++) {
        for (; j >= 0; j--) {
            ent_rat_add(&sum, &a->value[i], &b->value[j]);
            if (ent_rat_cmp(&sum, &edge) <= 0) break;
        }
        for (int64_t k = j < 0 ? 0 : j; k <= j + 1 && k < b->n; k++) {
            ent_rat_add(&sum, &a->value[i], &b->value[k]);
            consider(c, game, span, &sum, some, least);
        }
    }
    ent_rat_release(&edge);
    ent_rat_release(&sum);
}

/* What the document says against the least distance; `many`: too many sums to look through,
 * `long_list`: enough for its author to have given up. */
static void compare(ent_rcheck *c, const ent_json *node, bool some, bool many, bool long_list,
                    const ent_rat *least)
{
    const bool null = node && node->kind == ENT_JSON_NULL, unknown = null && (many || long_list);
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact;
    if (many && node && !null)
        ent_report_add(c->claims.report, ENT_APPROXIMATE, 0.0, "/solution/margin",
                       "not recomputed: too many sums of gains");
    else if (c->inexact && !unknown && node && some == null)
        ent_ledger_doubt(&c->claims, node, 0.0, "whether a gain is 0 was not decided exactly");
    else if (some && !unknown) ent_ledger_equal(&c->claims, node, least);
    else ent_ledger_null(&c->claims, node);
    ent_ledger_end(&c->claims, "/solution/margin",
                   unknown ? "too many sums of gains to be looked through"
                           : "the least over all plays with gains from deviating");
}

ent_status ent_i_check_margin(ent_rcheck *c, const ent_game *game, const ent_rat *span)
{
    ent_status st = ENT_OK;
    sums a = {0}, b = {0};
    ent_rat least = ENT_RAT_ZERO;
    bool some = false, many = false;
    ent_ledger_begin(&c->claims, c->scale);
    const ent_json *node = ent_ledger_member(&c->claims, c->solution, "margin");
    if (game->model->stage == ENT_STAGE_FINITE) {
        for (int64_t p = 0; p < game->axis[0].items; p++)
            consider(c, game, span, &game->axis[0].gains[p], &some, &least);
    } else {
        ENT_TRY(half_sums(c->ctx, game, 0, game->axes / 2, &a, &many));
        ENT_TRY(half_sums(c->ctx, game, game->axes / 2, game->axes, &b, &many));
        if (!many) nearest_pairs(c, game, span, &a, &b, &some, &least);
    }
    compare(c, node, some, many, a.n > SUMS_MUST || b.n > SUMS_MUST, &least);
done:
    sums_release(&a);
    sums_release(&b);
    ent_rat_release(&least);
    return st;
}
