/* shapley, banzhaf and dividends of worth functions, by their definitions. */
#include "verify/strategic_i.h"

#include "base/ctx.h"

#include <math.h>

/* v(S) exactly; a table of doubles is exact as it is. */
static void worth(const ent_sv *v, ent_coal s, ent_rat *out)
{
    if (v->m->worth.exact) ent_rat_set(out, &v->m->worth.exact[s]);
    else ent_rat_set_double(out, v->m->worth.value[s]);
}

/* Rationals up to this many players; beyond, sums of doubles with the error carried along, and the
 * word is "verified". */
enum { RATIONAL_PLAYERS_MAX = 20 };

/* sum over S of v(S) by size, and by size among those with player i: [n+1][n+1], the last column
 * for all S. */
typedef struct sums {
    ent_rat *exact; /* or NULL */
    double *value, *rest;
} sums;

static void add_double(sums *t, size_t at, double x)
{
    const double sum = t->value[at] + x;
    t->rest[at] +=
        fabs(t->value[at]) >= fabs(x) ? (t->value[at] - sum) + x : (x - sum) + t->value[at];
    t->value[at] = sum;
}

static ent_status fill_sums(ent_sv *v, sums *t)
{
    ent_status st = ENT_OK;
    const int n = v->n;
    ent_rat w = ENT_RAT_ZERO;
    for (ent_coal s = 1; s <= ent_coal_all(n); s++) {
        if (s % 65536 == 0) ENT_CHECK_CANCEL(v->ctx);
        const size_t row = (size_t)ent_coal_size(s) * (size_t)(n + 1);
        if (t->exact) worth(v, s, &w);
        for (int i = 0; i <= n; i++) {
            if (i < n && !ent_coal_has(s, i)) continue;
            if (t->exact) ent_rat_add(&t->exact[row + (size_t)i], &t->exact[row + (size_t)i], &w);
            else add_double(t, row + (size_t)i, v->m->worth.value[s]);
        }
    }
done:
    ent_rat_release(&w);
    return st;
}

/* What i adds to coalitions of s others, summed: S with i of size s+1, less S without i of size
 * s. */
static void added(const sums *t, int n, int s, int i, ent_rat *out)
{
    const size_t with = (size_t)(s + 1) * (size_t)(n + 1), of = (size_t)s * (size_t)(n + 1);
    const size_t place[3] = {with + (size_t)i, of + (size_t)n, of + (size_t)i};
    ent_rat part = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < 3; k++) {
        if (t->exact) ent_rat_set(&part, &t->exact[place[k]]);
        else ent_rat_set_double(&part, t->value[place[k]] + t->rest[place[k]]);
        if (k == 1) ent_rat_sub(out, out, &part);
        else ent_rat_add(out, out, &part);
    }
    ent_rat_release(&part);
}

/* s!(n-s-1)!/n! for the Shapley value, 2^(1-n) for the Banzhaf value. */
static void weight_of(int n, int s, bool banzhaf, ent_rat *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(out, 1, banzhaf ? 1 : n);
    if (banzhaf) {
        ent_rat_set_ratio(&factor, 1, 2);
        for (int k = 1; k < n; k++) ent_rat_mul(out, out, &factor);
    } else {
        for (int k = 1; k <= s; k++) {
            ent_rat_set_ratio(&factor, k, n - k);
            ent_rat_mul(out, out, &factor);
        }
    }
    ent_rat_release(&factor);
}

/* The scale of worths: the largest in size, or 1. */
static void worth_scale(const ent_sv *v, ent_rat *out)
{
    double most = 0.0;
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++)
        if (fabs(v->m->worth.value[s]) > most) most = fabs(v->m->worth.value[s]);
    ent_rat_set_double(out, most > 0.0 ? most : 1.0);
}

static ent_status judge_worth_values(ent_sv *v, bool banzhaf, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    const int n = v->n;
    const size_t cells = (size_t)(n + 1) * (size_t)(n + 1);
    sums t = {0};
    ent_rat want = ENT_RAT_ZERO, weight = ENT_RAT_ZERO, part = ENT_RAT_ZERO;
    if (n <= RATIONAL_PLAYERS_MAX) t.exact = ent_rats_new(v->ctx, cells, &st);
    if (st != ENT_OK) goto done;
    ENT_ALLOC(v->ctx, t.value, cells);
    ENT_ALLOC(v->ctx, t.rest, cells);
    ENT_TRY(fill_sums(v, &t));
    worth_scale(v, &v->scale);
    for (int i = 0; i < n; i++) {
        ent_rat_set_int(&want, 0);
        for (int s = 0; s < n; s++) {
            weight_of(n, s, banzhaf, &weight);
            added(&t, n, s, i, &part);
            ent_rat_addmul(&want, &weight, &part);
        }
        ent_claims_equal(&v->c, &utility[i], &want, t.exact != NULL, &v->scale,
                         "the mean of what the player adds");
    }
done:
    ent_rats_free(t.exact, t.exact ? cells : 0);
    ent_free(t.value);
    ent_free(t.rest);
    ent_rat_release(&want);
    ent_rat_release(&weight);
    ent_rat_release(&part);
    return st;
}

/* total, and normalized = utilities / total. */
static ent_status check_total(ent_sv *v, bool banzhaf, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    const ent_json *object = ent_json_get(v->solution, "normalized");
    bool exact = true;
    ent_rat sum = ENT_RAT_ZERO, want = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim total = {.number = ENT_RAT_ZERO}, *share = ent_claims_new(v->ctx, v->n, &st);
    if (!share) goto done;
    ent_rat_set_int(&one, 1);
    ent_ledger_begin(&v->c, 1.0);
    for (int i = 0; i < v->n; i++) {
        ent_rat_add(&sum, &sum, &utility[i].number);
        exact = exact && utility[i].exact;
    }
    ENT_TRY(ent_claim_member(&v->c, v->solution, "total", &total));
    ent_claims_equal(&v->c, &total, &sum, exact, &v->scale, "the sum of the utilities");
    if (banzhaf && !object && ent_rat_sign(&sum) != 0)
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "normalized", &object));
    if (object) {
        ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n > 64 ? 64 : v->n), share));
        for (int i = 0; i < v->n; i++) {
            if (ent_rat_sign(&sum) != 0) ent_rat_div(&want, &utility[i].number, &sum);
            ent_claims_equal(&v->c, &share[i], &want, exact, &one,
                             "the utility divided by the sum");
        }
    }
    ent_ledger_end(&v->c, "/solution/total", "the sum of the utilities%s",
                   object ? ", and shares in it" : "");
done:
    ent_rat_release(&sum);
    ent_rat_release(&want);
    ent_rat_release(&one);
    ent_rat_release(&total.number);
    ent_claims_free(share, v->n);
    return st;
}

static ent_status check_value(ent_sv *v, bool banzhaf)
{
    static const char *const keys[] = {"utilities", "total", "normalized", NULL};
    ent_status st = ENT_OK;
    const ent_json *object = NULL;
    ent_claim *utility = ent_claims_new(v->ctx, v->n, &st);
    if (!utility) goto done;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "utilities", &object));
    ENT_TRY(ent_sv_by_player(v, object, ent_coal_all(v->n > 64 ? 64 : v->n), utility));
    if (v->m->kind == ENT_STRATEGIC_VOTING) {
        ent_rat_set_int(&v->scale, 1);
        ENT_TRY(ent_sv_votes_value(v, banzhaf, utility));
    } else {
        ENT_TRY(judge_worth_values(v, banzhaf, utility));
    }
    ent_ledger_end(&v->c, "/solution/utilities/*",
                   v->m->kind == ENT_STRATEGIC_VOTING
                       ? "swings counted by votes, modulo enough primes to determine them"
                       : "what each player adds to each coalition, by size");
    ENT_TRY(check_total(v, banzhaf, utility));
done:
    ent_claims_free(utility, v->n);
    return st;
}

ent_status ent_sv_shapley(ent_sv *v) { return check_value(v, false); }
ent_status ent_sv_banzhaf(ent_sv *v) { return check_value(v, true); }

/* Dividends of all coalitions: v, with the part that needs player i taken out, player by player. */
static ent_status find_dividends(ent_sv *v, ent_rat *d)
{
    ent_status st = ENT_OK;
    for (ent_coal s = 0; s <= ent_coal_all(v->n); s++) worth(v, s, &d[s]);
    for (int i = 0; i < v->n; i++) {
        ENT_CHECK_CANCEL(v->ctx);
        for (ent_coal s = 0; s <= ent_coal_all(v->n); s++)
            if (ent_coal_has(s, i)) ent_rat_sub(&d[s], &d[s], &d[s & ~ent_coal_single(i)]);
    }
done:
    return st;
}

/* Every number of an object by coalition is that of the table; sizes do not decrease. */
static ent_status check_listed(ent_sv *v, const char *name, const ent_rat *table)
{
    ent_status st = ENT_OK;
    const ent_json *object = NULL;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    int size = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, name, &object));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (const ent_json *at = object->first; at; at = at->next) {
        ent_coal s = 0;
        ENT_TRY(ent_sv_key(v, at, &s));
        ent_claim_read(&v->c, at, &claim);
        ent_claims_equal(&v->c, &claim, &table[s], true, &v->scale, "the number of this coalition");
        if (ent_coal_size(s) < size) ent_ledger_refuse(&v->c, at, "not in the order of sizes");
        size = ent_coal_size(s);
    }
done:
    ent_rat_release(&claim.number);
    return st;
}

/* P(S) = (v(S) + sum over i in S of P(S\i)) / s. */
static void find_potential(ent_sv *v, ent_rat *p)
{
    ent_rat size = ENT_RAT_ZERO;
    ent_rat_set_int(&p[0], 0);
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) {
        worth(v, s, &p[s]);
        for (int i = 0; i < v->n; i++)
            if (ent_coal_has(s, i)) ent_rat_add(&p[s], &p[s], &p[s & ~ent_coal_single(i)]);
        ent_rat_set_int(&size, ent_coal_size(s));
        ent_rat_div(&p[s], &p[s], &size);
    }
    ent_rat_release(&size);
}

/* How many dividends are not 0; as many as the limit allows, or all, are listed, those of the
 * smaller coalitions first. */
static ent_status check_complete(ent_sv *v, const ent_rat *d)
{
    ent_status st = ENT_OK;
    int64_t total = 0, listed = 0, limit = INT64_MAX;
    const ent_json *object = ent_json_get(v->solution, "dividends"), *setting = NULL;
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) total += ent_rat_sign(&d[s]) != 0;
    ent_ledger_int(&v->c, ent_ledger_member(&v->c, v->solution, "dividends_total"), total);
    setting = ent_json_get(ent_json_get(v->result, "settings"), "dividends_listed");
    if (setting) ENT_TRY(ent_json_int(v->ctx, v->c.doc, setting, 0, INT64_MAX, &limit));
    for (const ent_json *at = object->first; at; at = at->next) {
        ent_coal s = 0;
        ENT_TRY(ent_sv_key(v, at, &s));
        if (ent_rat_sign(&d[s]) == 0) ent_ledger_refuse(&v->c, at, "this dividend is 0");
        listed++;
    }
    if (setting && listed != (total < limit ? total : limit))
        ent_ledger_refuse(&v->c, object, "not all that the limit allows");
done:
    return st;
}

ent_status ent_sv_dividends(ent_sv *v)
{
    static const char *const keys[] = {"dividends", "dividends_total", "potential", NULL};
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << v->n;
    ent_rat *table = NULL;
    if (v->m->kind != ENT_STRATEGIC_WORTH)
        ENT_FAIL(v->ctx, ENT_E_MODEL, "dividends are about worth functions");
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    table = ent_rats_new(v->ctx, coalitions, &st);
    if (!table) goto done;
    worth_scale(v, &v->scale);
    ENT_TRY(find_dividends(v, table));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(check_listed(v, "dividends", table));
    ENT_TRY(check_complete(v, table));
    ent_ledger_end(&v->c, "/solution/dividends/*", "alternating sums of worths, all coalitions");
    find_potential(v, table);
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(check_listed(v, "potential", table));
    ent_ledger_end(&v->c, "/solution/potential/*",
                   "P(S) = (v(S) + sum of P(S\\i)) / s, from small coalitions to large");
done:
    ent_rats_free(table, coalitions);
    return st;
}
