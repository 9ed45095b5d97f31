/* [ITA] Props. 2 and 3, eqs. (6) and (7), Corollary 2 to 4. The checker of `commitment`: the level
 * by the newsvendor's condition E(e_k - e*)^+ = c A / 2, investments as the equilibrium of the
 * policy game at e* with floors, welfare within the bounds that they set. */
#include "verify/information_i.h"

#include <string.h>

/* A symmetric level. */
typedef struct level {
    int threshold; /* -1: beyond the first marginal benefit */
    int above;     /* how many states a slightly lower level leaves short */
    ent_rat at, residual;
    ent_rat *investment, *before, *welfare; /* [n] */
} level;

static void level_release(const ent_ivdoc *v, level *l)
{
    ent_rat_release(&l->at);
    ent_rat_release(&l->residual);
    ent_rats_free(l->investment, (size_t)v->n);
    ent_rats_free(l->before, (size_t)v->n);
    ent_rats_free(l->welfare, (size_t)v->n);
}

/* sum of (e_k - e_q) over k > q */
static void shortfall(int n, int q, ent_rat *out)
{
    ent_rat term = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = q + 1; k <= n; k++) {
        ent_rat_set_ratio(&term, k - q, n + 2);
        ent_rat_add(out, out, &term);
    }
    ent_rat_release(&term);
}

/* MB_q = 2 E(e_k - e_q)^+ / A */
static void benefit(const ent_ivdoc *v, int q, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    shortfall(v->n, q, out);
    ent_rat_set_ratio(&factor, 2, v->n + 1);
    ent_rat_mul(out, out, &factor);
    ent_rat_div(out, out, &v->game.a);
    ent_rat_release(&factor);
}

/* The sum of (e_k - e*)^+ is (n+1) c A / 2, and the states above e_q are short: e* = their mean
 * less (n+1) c A / 2 a state. */
static void find_level(const ent_ivdoc *v, const ent_rat *cost, level *l)
{
    const int n = v->n;
    ent_rat term = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    l->threshold = -1;
    for (int q = 0; q <= n; q++) {
        benefit(v, q, &term);
        if (ent_rat_cmp(&term, cost) >= 0) l->threshold = q;
    }
    const int q = l->threshold;
    if (q == n) {
        ent_rat_set_ratio(&l->at, n + 1, n + 2);
    } else {
        for (int k = q + 1; k <= n; k++) {
            ent_rat_set_ratio(&term, k + 1, n + 2);
            ent_rat_add(&sum, &sum, &term);
        }
        ent_rat_set_ratio(&term, n + 1, 2);
        ent_rat_mul(&term, &term, cost);
        ent_rat_submul(&sum, &term, &v->game.a);
        ent_rat_set_int(&term, n - q);
        ent_rat_div(&l->at, &sum, &term);
    }
    ent_rat_set_ratio(&term, q + 1, n + 2);
    ent_rat_sub(&l->residual, &l->at, &term);
    l->above = q < 0 ? n + 1 : n - q + (ent_rat_sign(&l->residual) == 0);
    ent_rat_release(&term);
    ent_rat_release(&sum);
}

/* Policies between 0 and the investments, and what they leave after the cost. */
static void bounded_game(const ent_ivdoc *v, const level *l, const ent_rat *zeros, const bool *all,
                         ent_ivgame *game)
{
    *game = v->game;
    game->low = zeros;
    game->high = l->investment;
    game->has_low = game->has_high = all;
}

static ent_status set_level(const ent_ivdoc *v, const ent_rat *cost, const ent_rat *zeros,
                            const bool *all, level *l, ent_ivstage **stages)
{
    ent_status st = ENT_OK;
    ent_ivgame game = v->game;
    bool *none = NULL;
    find_level(v, cost, l);
    l->investment = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!l->investment) goto done;
    l->before = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!l->before) goto done;
    l->welfare = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!l->welfare) goto done;
    ENT_ALLOC(v->ctx, none, v->n);
    game.low = zeros;
    game.has_low = all;
    game.has_high = none;
    ENT_TRY(ent_iv_common(&game, &l->at, l->investment, l->before));
    bounded_game(v, l, zeros, all, &game);
    ENT_TRY(ent_iv_stages_new(&game, ent_coal_all(v->n), stages));
    for (int i = 0; i < v->n; i++) {
        ent_iv_welfare(&game, *stages, i, &l->welfare[i]);
        ent_rat_submul(&l->welfare[i], &v->m->cost_exact, &l->investment[i]);
    }
done:
    ent_free(none);
    return st;
}

static void check_sum(ent_ivdoc *v, const ent_json *object, const char *key, const ent_rat *terms)
{
    ent_rat sum = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++) ent_rat_add(&sum, &sum, &terms[i]);
    ent_ledger_equal(&v->claims, ent_ledger_member(&v->claims, object, key), &sum);
    ent_rat_release(&sum);
}

/* The members that the solution and its planner share. */
static void check_level(ent_ivdoc *v, const ent_json *object, const level *l)
{
    ent_ledger *c = &v->claims;
    const ent_json *threshold = ent_ledger_member(c, object, "threshold"),
                   *residual = ent_ledger_member(c, object, "residual");
    if (l->threshold >= 0) {
        ent_ledger_int(c, threshold, l->threshold);
        ent_ledger_equal(c, residual, &l->residual);
    } else {
        ent_ledger_null(c, threshold);
        ent_ledger_null(c, residual);
    }
    ent_ledger_equal(c, ent_ledger_member(c, object, "level"), &l->at);
    ent_iv_by_player(v, ent_ledger_member(c, object, "investments"), l->investment);
    check_sum(v, object, "total", l->investment);
    ent_iv_by_player(v, ent_ledger_member(c, object, "welfare"), l->welfare);
    check_sum(v, object, "welfare_total", l->welfare);
}

/* [ITA] Prop. 3, eq. (7) as printed. */
static ent_status check_proposition_3(ent_ivdoc *v, const level *l)
{
    ent_status st = ENT_OK;
    const int64_t n = v->n, rest = n - l->threshold;
    const ent_json *node = ent_ledger_member(&v->claims, v->solution, "proposition_3");
    ent_rat common = ENT_RAT_ZERO, term = ENT_RAT_ZERO, *truth = NULL;
    if (l->threshold < 0) {
        ent_ledger_null(&v->claims, node);
        return ENT_OK;
    }
    truth = ent_rats_new(v->ctx, (size_t)n, &st);
    if (!truth) goto done;
    ent_rat_set_ratio(&common, -1, 6 * (n + 2));
    ent_rat_set_ratio(&term, rest * (rest + 1) * (2 * rest + 1), 6 * (n + 1) * (n + 2) * (n + 2));
    ent_rat_sub(&common, &common, &term);
    ent_rat_set_ratio(&term, rest + 1, n + 2);
    ent_rat_sub(&term, &term, &l->residual);
    ent_rat_mul(&term, &term, &l->residual);
    for (int i = 0; i < n; i++) {
        ent_rat_set_ratio(&truth[i], rest, n + 1);
        ent_rat_mul(&truth[i], &truth[i], &term);
        ent_rat_add(&truth[i], &truth[i], &common);
        ent_rat_submul(&truth[i], &v->m->cost_exact, &l->investment[i]);
    }
    ent_iv_by_player(v, node, truth);
done:
    ent_rats_free(truth, (size_t)n);
    ent_rat_release(&common);
    ent_rat_release(&term);
    return st;
}

static bool check_floors(ent_ivdoc *v, const level *l)
{
    const ent_json *object = ent_ledger_member(&v->claims, v->solution, "at_floor");
    bool any = false;
    if (!ent_ledger_kind(&v->claims, object, ENT_JSON_OBJECT)) return false;
    ent_iv_only_players(v, object, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++) {
        const bool floor = ent_rat_sign(&l->before[i]) < 0;
        ent_ledger_bool(&v->claims, ent_ledger_member(&v->claims, object, v->m->player[i]), floor);
        any = any || floor;
    }
    return any;
}

/* To the right: dE(e_k - e*)^+ = -(how many states are short) / (n+1) de*. And d beta_i / d eta =
 * (n b_i - B) / (1 - eta)^2. */
static ent_status check_statics(ent_ivdoc *v, const level *l, bool floors)
{
    static const char *const known[] = {"level_by_cost", "level_by_interdependence",
                                        "investments_by_interdependence", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    const ent_json *node = ent_ledger_member(c, v->solution, "statics");
    ent_rat slope = ENT_RAT_ZERO, term = ENT_RAT_ZERO, total = ENT_RAT_ZERO,
            *truth = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!truth) goto done;
    ent_ledger_only(c, node, known);
    ent_rat_set_ratio(&term, -(v->n + 1), 2 * l->above);
    ent_rat_mul(&slope, &term, &v->game.a);
    ent_ledger_equal(c, ent_ledger_member(c, node, "level_by_cost"), &slope);
    ent_rat_set_int(&slope, v->n - 1);
    ent_rat_mul(&slope, &slope, &term);
    ent_rat_mul(&slope, &slope, &v->m->cost_exact);
    ent_ledger_equal(c, ent_ledger_member(c, node, "level_by_interdependence"), &slope);
    for (int i = 0; i < v->n; i++) ent_rat_add(&total, &total, &v->game.bias[i]);
    for (int i = 0; i < v->n; i++) {
        ent_rat_set_int(&term, v->n);
        ent_rat_mul(&truth[i], &term, &v->game.bias[i]);
        ent_rat_sub(&truth[i], &truth[i], &total);
        ent_rat_div(&truth[i], &truth[i], &v->game.rest);
        ent_rat_div(&truth[i], &truth[i], &v->game.rest);
        ent_rat_add(&truth[i], &truth[i], &slope);
    }
    if (!floors)
        ent_iv_by_player(v, ent_ledger_member(c, node, "investments_by_interdependence"), truth);
    else if (ent_json_get(node, "investments_by_interdependence"))
        ent_ledger_refuse(c, node, "with somebody at the floor no such derivatives belong here");
done:
    ent_rats_free(truth, (size_t)v->n);
    ent_rat_release(&slope);
    ent_rat_release(&term);
    ent_rat_release(&total);
    return st;
}

static void check_benefits(ent_ivdoc *v)
{
    const ent_json *list = ent_ledger_member(&v->claims, v->solution, "marginal_benefits");
    ent_rat truth = ENT_RAT_ZERO;
    int q = 0;
    if (!ent_ledger_kind(&v->claims, list, ENT_JSON_ARRAY)) return;
    if (list->count != (uint32_t)v->n)
        ent_ledger_refuse(&v->claims, list, "wanted %d numbers, found %u", v->n,
                          (unsigned)list->count);
    for (const ent_json *at = list->first; at && q < v->n; at = at->next) {
        benefit(v, q++, &truth);
        ent_ledger_equal(&v->claims, at, &truth);
    }
    ent_rat_release(&truth);
}

static ent_status check_equilibrium(ent_ivdoc *v, const level *l, const ent_ivgame *game,
                                    const ent_ivstage *stages)
{
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    ent_ledger_begin(c, 1.0);
    check_level(v, v->solution, l);
    check_benefits(v);
    ENT_TRY(check_proposition_3(v, l));
    const bool floors = check_floors(v, l);
    ent_ledger_end(
        c, "/solution/level",
        "E(e_k - e*)^+ = c A / 2, investments and policies by their first-order conditions, welfare within them");
    ent_ledger_begin(c, 1.0);
    ENT_TRY(check_statics(v, l, floors));
    ent_ledger_end(c, "/solution/statics", "from the condition of the level, differentiated");
    ent_iv_check_gains(v, game, stages);
done:
    return st;
}

static ent_status check_planner(ent_ivdoc *v, const ent_rat *zeros, const bool *all)
{
    static const char *const known[] = {"threshold", "residual", "level",         "investments",
                                        "total",     "welfare",  "welfare_total", NULL};
    ent_status st = ENT_OK;
    const ent_json *node = ent_ledger_member(&v->claims, v->solution, "planner");
    ent_rat cost = ENT_RAT_ZERO;
    level l = {.at = ENT_RAT_ZERO, .residual = ENT_RAT_ZERO};
    ent_ivstage *stages = NULL;
    ent_rat_div(&cost, &v->m->cost_exact, &v->game.a);
    ENT_TRY(set_level(v, &cost, zeros, all, &l, &stages));
    ent_ledger_begin(&v->claims, 1.0);
    ent_ledger_only(&v->claims, node, known);
    if (node) check_level(v, node, &l);
    ent_ledger_end(&v->claims, "/solution/planner", "E(e_k - e*)^+ = c / 2, the rest as above");
done:
    ent_iv_stages_free(stages, v->n + 1);
    level_release(v, &l);
    ent_rat_release(&cost);
    return st;
}

ent_status ent_iv_commitment(ent_ivdoc *v)
{
    static const char *const known[] = {
        "threshold",       "residual", "level",         "investments",   "total",
        "at_floor",        "welfare",  "welfare_total", "proposition_3", "marginal_benefits",
        "full_revelation", "gains",    "statics",       "planner",       NULL};
    ent_status st = ENT_OK;
    level l = {.at = ENT_RAT_ZERO, .residual = ENT_RAT_ZERO};
    ent_ivstage *stages = NULL;
    ent_rat *zeros = NULL;
    bool *all = NULL;
    ent_ivgame game;
    if (!v->m->has_commitment)
        return ent_json_fail(v->ctx, v->claims.doc, v->result, ENT_E_MODEL,
                             "wanted a model with a `commitment`");
    zeros = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!zeros) goto done;
    ENT_ALLOC(v->ctx, all, v->n);
    memset(all, true, (size_t)v->n * sizeof *all);
    ent_ledger_only(&v->claims, v->solution, known);
    ENT_TRY(set_level(v, &v->m->cost_exact, zeros, all, &l, &stages));
    bounded_game(v, &l, zeros, all, &game);
    ENT_TRY(check_equilibrium(v, &l, &game, stages));
    ENT_TRY(check_planner(v, zeros, all));
done:
    ent_iv_stages_free(stages, v->n + 1);
    level_release(v, &l);
    ent_rats_free(zeros, (size_t)v->n);
    ent_free(all);
    return st;
}
