/* [ITA] Theorem 2, eqs. (4) and (5), Prop. 1, Lemmas 1 and 2: margins by their definitions; sizes
 * by trying them, and the next ones; the largest interdependence by putting it into the conditions.
 * docs/information.md 2. */
#include "verify/information_i.h"

typedef struct extremes {
    const ent_ivgame *g;
    ent_rat low, high, spread, total; /* of the biases */
} extremes;

static void find_extremes(const ent_ivgame *g, extremes *x)
{
    const ent_rat zero = ENT_RAT_ZERO;
    *x = (extremes){g, zero, zero, zero, zero};
    ent_rat_set(&x->low, &g->bias[0]);
    ent_rat_set(&x->high, &g->bias[0]);
    for (int i = 0; i < g->n; i++) {
        if (ent_rat_cmp(&g->bias[i], &x->low) < 0) ent_rat_set(&x->low, &g->bias[i]);
        if (ent_rat_cmp(&g->bias[i], &x->high) > 0) ent_rat_set(&x->high, &g->bias[i]);
        ent_rat_add(&x->total, &x->total, &g->bias[i]);
    }
    ent_rat_sub(&x->spread, &x->high, &x->low);
}

static void extremes_release(extremes *x)
{
    ent_rat_release(&x->low);
    ent_rat_release(&x->high);
    ent_rat_release(&x->spread);
    ent_rat_release(&x->total);
}

/* [ITA] eq. (5): (1-eta)/A 4/(n+2) - (b_n - b_1), at any size and interdependence. */
static void margin_5(const extremes *x, int64_t n, const ent_rat *eta, ent_rat *out)
{
    ent_rat one = ENT_RAT_ZERO, a = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&a, n - 1);
    ent_rat_mul(&a, &a, eta);
    ent_rat_add(&a, &a, &one);
    ent_rat_sub(&one, &one, eta);
    ent_rat_set_ratio(out, 4, n + 2);
    ent_rat_mul(out, out, &one);
    ent_rat_div(out, out, &a);
    ent_rat_sub(out, out, &x->spread);
    ent_rat_release(&one);
    ent_rat_release(&a);
}

/* Does some alliance of n with these extreme biases satisfy Theorem 2 in [0,1]? beta_n <= 2/(n+2)
 * and beta_1 >= -2/(n+2) bound eta B from below and above, and B lies between (n-1) b_1 + b_n and
 * b_1 + (n-1) b_n. */
static bool fits(const extremes *x, int64_t n)
{
    const ent_ivgame *g = x->g;
    ent_rat a = ENT_RAT_ZERO, bound = ENT_RAT_ZERO, least = ENT_RAT_ZERO, most = ENT_RAT_ZERO,
            from = ENT_RAT_ZERO, to = ENT_RAT_ZERO;
    ent_rat_set_int(&a, n - 1);
    ent_rat_set(&least, &x->high);
    ent_rat_addmul(&least, &a, &x->low);
    ent_rat_set(&most, &x->low);
    ent_rat_addmul(&most, &a, &x->high);
    ent_rat_mul(&least, &least, &g->eta);
    ent_rat_mul(&most, &most, &g->eta); /* eta B in [least, most] */
    ent_rat_mul(&a, &a, &g->eta);
    ent_rat_set_int(&bound, 1);
    ent_rat_add(&a, &a, &bound);
    ent_rat_set_ratio(&bound, 2, n + 2);
    ent_rat_mul(&bound, &bound, &g->rest);
    ent_rat_mul(&from, &a, &x->high);
    ent_rat_sub(&from, &from, &bound);
    ent_rat_mul(&to, &a, &x->low);
    ent_rat_add(&to, &to, &bound); /* and in [from, to] */
    const bool good = ent_rat_cmp(&from, &to) <= 0 && ent_rat_cmp(&from, &most) <= 0 &&
                      ent_rat_cmp(&least, &to) <= 0;
    ent_rat *const owned[] = {&a, &bound, &least, &most, &from, &to};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_rat_release(owned[k]);
    return good;
}

static bool holds_at(const extremes *x, int64_t n, bool equation_5)
{
    ent_rat margin = ENT_RAT_ZERO;
    if (!equation_5) return fits(x, n);
    margin_5(x, n, &x->g->eta, &margin);
    const bool good = ent_rat_sign(&margin) >= 0;
    ent_rat_release(&margin);
    return good;
}

/* Both conditions are harder for larger alliances: the size holds, the next one does not. No limit:
 * equal biases that satisfy it at any size, which are any for (5), and 0 for Theorem 2. */
static void check_size(ent_ivdoc *v, const extremes *x, const ent_json *node, bool equation_5)
{
    ent_ledger *c = &v->claims;
    int64_t n = 0;
    ent_rat number = ENT_RAT_ZERO;
    const bool limitless =
        ent_rat_sign(&x->spread) == 0 && (equation_5 || ent_rat_sign(&x->high) == 0);
    if (!node) return;
    if (limitless) {
        ent_ledger_null(c, node);
        return;
    }
    if (!ent_ledger_kind(c, node, ENT_JSON_NUMBER)) return;
    if (ent_json_int(v->ctx, c->doc, node, 0, (int64_t)1 << 53, &n) != ENT_OK) {
        ent_ledger_refuse(c, node, "wanted a size");
        return;
    }
    const bool good = n == 0
                          ? !holds_at(x, 2, equation_5)
                          : n >= 2 && holds_at(x, n, equation_5) && !holds_at(x, n + 1, equation_5);
    if (good) c->n++;
    else
        ent_ledger_refuse(c, node,
                          "not the largest size: either this one fails, or the next one does not");
    ent_rat_release(&number);
}

/* [ITA] Lemma 2: solves (5) with equality. */
static void check_eta_5(ent_ivdoc *v, const extremes *x, const ent_json *node)
{
    ent_rat four = ENT_RAT_ZERO, per = ENT_RAT_ZERO, eta = ENT_RAT_ZERO, below = ENT_RAT_ZERO;
    ent_rat_set_int(&four, 4);
    ent_rat_set_int(&per, v->n + 2);
    ent_rat_mul(&per, &per, &x->spread);
    ent_rat_sub(&eta, &four, &per);
    if (ent_rat_sign(&eta) < 0) {
        ent_ledger_null(&v->claims, node);
    } else {
        ent_rat_set_int(&below, v->n - 1);
        ent_rat_mul(&below, &below, &per);
        ent_rat_add(&below, &below, &four);
        ent_rat_div(&eta, &eta, &below);
        ent_ledger_equal(&v->claims, node, &eta);
    }
    ent_rat *const owned[] = {&four, &per, &eta, &below};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_rat_release(owned[k]);
}

/* One side of Theorem 2, |beta| <= q, times 1 - eta: own + eta rise <= q. Lowers `eta` to where it
 * ends; false: violated at 0. */
static bool lower_eta(const ent_rat *own, const ent_rat *rise, const ent_rat *q, ent_rat *eta)
{
    ent_rat room = ENT_RAT_ZERO;
    ent_rat_sub(&room, q, own);
    const bool possible = ent_rat_sign(&room) >= 0;
    if (possible && ent_rat_sign(rise) > 0) {
        ent_rat_div(&room, &room, rise);
        if (ent_rat_cmp(&room, eta) < 0) ent_rat_set(eta, &room);
    }
    ent_rat_release(&room);
    return possible;
}

/* The largest interdependence with Theorem 2's |beta_i| <= q: +-(b_i + eta ((n-1) b_i - B)) <= q (1
 * - eta) for everybody. */
static void check_eta(ent_ivdoc *v, const extremes *x, const ent_json *node)
{
    ent_rat q = ENT_RAT_ZERO, eta = ENT_RAT_ZERO, own = ENT_RAT_ZERO, rise = ENT_RAT_ZERO,
            others = ENT_RAT_ZERO;
    bool possible = true;
    ent_rat_set_ratio(&q, 2, v->n + 2);
    ent_rat_set_int(&eta, 1);
    ent_rat_set_int(&others, v->n - 1);
    for (int k = 0; k < 2 * v->n; k++) {
        ent_rat_set(&own, &x->g->bias[k / 2]);
        ent_rat_mul(&rise, &others, &own);
        ent_rat_sub(&rise, &rise, &x->total);
        if (k % 2) {
            ent_rat_neg(&own, &own);
            ent_rat_neg(&rise, &rise);
        }
        ent_rat_add(&rise, &rise, &q);
        possible = lower_eta(&own, &rise, &q, &eta) && possible;
    }
    if (possible) ent_ledger_equal(&v->claims, node, &eta);
    else ent_ledger_null(&v->claims, node);
    ent_rat *const owned[] = {&q, &eta, &own, &rise, &others};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_rat_release(owned[k]);
}

/* beta + 2/(n+2) - low and high - n/(n+2) - beta, the less of those that exist; false: no
 * bounds. */
static bool margin_of(const ent_ivdoc *v, int i, ent_rat *out)
{
    ent_rat far = ENT_RAT_ZERO;
    if (v->game.has_low[i]) {
        ent_rat_set_ratio(out, 2, v->n + 2);
        ent_rat_add(out, out, &v->beta[i]);
        ent_rat_sub(out, out, &v->game.low[i]);
    }
    if (v->game.has_high[i]) {
        ent_rat_set_ratio(&far, -v->n, v->n + 2);
        ent_rat_add(&far, &far, &v->game.high[i]);
        ent_rat_sub(&far, &far, &v->beta[i]);
        if (!v->game.has_low[i] || ent_rat_cmp(&far, out) < 0) ent_rat_set(out, &far);
    }
    ent_rat_release(&far);
    return v->game.has_low[i] || v->game.has_high[i];
}

static void check_margins(ent_ivdoc *v, const extremes *x)
{
    static const char *const known[] = {"theorem_2", "equation_5", "players", NULL};
    ent_ledger *c = &v->claims;
    const ent_json *margins = ent_ledger_member(c, v->solution, "margins"),
                   *players = ent_ledger_member(c, margins, "players");
    ent_rat margin = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    ent_coal bounded = 0;
    ent_ledger_only(c, margins, known);
    for (int i = 0; i < v->n; i++) {
        if (!margin_of(v, i, &margin)) continue;
        ent_ledger_equal(c, ent_ledger_member(c, players, v->m->player[i]), &margin);
        if (!bounded || ent_rat_cmp(&margin, &least) < 0) ent_rat_set(&least, &margin);
        bounded |= ent_coal_single(i);
    }
    ent_iv_only_players(v, players, bounded);
    ent_ledger_equal(c, ent_ledger_member(c, margins, "theorem_2"), &least);
    ent_ledger_bool(c, ent_ledger_member(c, v->solution, "theorem_2"), ent_rat_sign(&least) >= 0);
    margin_5(x, v->n, &v->game.eta, &margin);
    ent_ledger_equal(c, ent_ledger_member(c, margins, "equation_5"), &margin);
    ent_ledger_bool(c, ent_ledger_member(c, v->solution, "equation_5"), ent_rat_sign(&margin) >= 0);
    ent_rat_release(&margin);
    ent_rat_release(&least);
}

/* [ITA] Lemma 1: is some |beta_i| in (2/(n+3), 2/(n+2))? */
static bool lemma_1(const ent_ivdoc *v)
{
    ent_rat size = ENT_RAT_ZERO, bound = ENT_RAT_ZERO;
    bool found = false;
    for (int i = 0; i < v->n && !found; i++) {
        ent_rat_set(&size, &v->beta[i]);
        if (ent_rat_sign(&size) < 0) ent_rat_neg(&size, &size);
        ent_rat_set_ratio(&bound, 2, v->n + 3);
        found = ent_rat_cmp(&size, &bound) > 0;
        ent_rat_set_ratio(&bound, 2, v->n + 2);
        found = found && ent_rat_cmp(&size, &bound) < 0;
    }
    ent_rat_release(&size);
    ent_rat_release(&bound);
    return found;
}

void ent_iv_conditions(ent_ivdoc *v)
{
    static const char *const known[] = {"equation_5", "theorem_2", NULL};
    ent_ledger *c = &v->claims;
    const ent_json *size = ent_json_get(v->solution, "largest_size"),
                   *eta = ent_json_get(v->solution, "largest_interdependence");
    extremes x;
    find_extremes(&v->game, &x);
    ent_ledger_begin(c, 1.0);
    ent_iv_by_player(v, ent_ledger_member(c, v->solution, "betas"), v->beta);
    check_margins(v, &x);
    ent_ledger_bool(c, ent_ledger_member(c, v->solution, "lemma_1"), lemma_1(v));
    ent_ledger_end(c, "/solution/margins",
                   "Theorem 2 and equation (5) from their definitions, and their margins");
    ent_ledger_begin(c, 1.0);
    if (ent_ledger_kind(c, ent_ledger_member(c, v->solution, "largest_size"), ENT_JSON_OBJECT)) {
        ent_ledger_only(c, size, known);
        check_size(v, &x, ent_ledger_member(c, size, "equation_5"), true);
        check_size(v, &x, ent_ledger_member(c, size, "theorem_2"), false);
    }
    if (ent_ledger_kind(c, ent_ledger_member(c, v->solution, "largest_interdependence"),
                        ENT_JSON_OBJECT)) {
        ent_ledger_only(c, eta, known);
        check_eta_5(v, &x, ent_ledger_member(c, eta, "equation_5"));
        check_eta(v, &x, ent_ledger_member(c, eta, "theorem_2"));
    }
    ent_ledger_end(
        c, "/solution/largest_size",
        "the size holds and the next does not; interdependence with every player's condition");
    extremes_release(&x);
}
