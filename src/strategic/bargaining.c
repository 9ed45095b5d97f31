/* The method `nash` for models with a disagreement outcome. */
#include "strategic/bargaining.h"

#include "concept/exact_mix.h"
#include "concept/nash.h"

#include <math.h>

typedef struct bargain {
    const ent_strategic *m;
    int n, k; /* players, outcomes */
    double *gain, *weight;
    double gained[ENT_PLAYERS_MAX], price[ENT_PLAYERS_MAX], fixed[ENT_PLAYERS_MAX];
    bool can[ENT_PLAYERS_MAX];
    bool known; /* the rational twin holds */
    bool fixed_known;
    ent_rat *g;                               /* [k][n] */
    ent_rat *exact_weight;                    /* [k] */
    ent_rat *got, *exact_price, *exact_fixed; /* [n] */
} bargain;

static ent_status prepare(ent_ctx *ctx, const ent_strategic *m, bargain *b)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)m->n, k = (size_t)m->outcomes;
    *b = (bargain){.m = m, .n = m->n, .k = m->outcomes};
    ENT_ALLOC(ctx, b->gain, n * k);
    ENT_ALLOC(ctx, b->weight, k);
    b->g = ent_rats_new(ctx, n * k, &st);
    if (st == ENT_OK) b->exact_weight = ent_rats_new(ctx, k, &st);
    if (st == ENT_OK) b->got = ent_rats_new(ctx, n, &st);
    if (st == ENT_OK) b->exact_price = ent_rats_new(ctx, n, &st);
    if (st == ENT_OK) b->exact_fixed = ent_rats_new(ctx, n, &st);
    if (st != ENT_OK) goto done;
    for (size_t e = 0; e < n * k; e++) {
        ent_rat_sub(&b->g[e], &m->outcome_payoff.exact[e], &m->disagreement.exact[e % n]);
        b->gain[e] = ent_rat_double(&b->g[e]);
    }
done:
    return st;
}

static void release(bargain *b)
{
    const size_t n = (size_t)b->n, k = (size_t)b->k;
    ent_free(b->gain);
    ent_free(b->weight);
    ent_rats_free(b->g, n * k);
    ent_rats_free(b->exact_weight, k);
    ent_rats_free(b->got, n);
    ent_rats_free(b->exact_price, n);
    ent_rats_free(b->exact_fixed, n);
}

static void simplest_near(double x, double distance, ent_rat *r)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    ent_rat_set_double(&lo, x - fabs(x) * distance);
    ent_rat_set_double(&hi, x + fabs(x) * distance);
    ent_rat_simplest(r, &lo, &hi);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

static void weighted_gain(const bargain *b, const ent_rat *price, int outcome, ent_rat *sum)
{
    ent_rat_set_int(sum, 0);
    for (int i = 0; i < b->n; i++) ent_rat_addmul(sum, &price[i], &b->g[outcome * b->n + i]);
}

static void normalise(int n, ent_rat *price)
{
    ent_rat sum = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) ent_rat_add(&sum, &sum, &price[i]);
    for (int i = 0; i < n && ent_rat_sign(&sum) > 0; i++) ent_rat_div(&price[i], &price[i], &sum);
    ent_rat_release(&sum);
}

static const double distances[] = {1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12};
enum { DISTANCES = sizeof distances / sizeof *distances };

/* Those who cannot gain: the programs' duals as fractions, proved. */
static void fix_exactly(bargain *b)
{
    ent_rat sum = ENT_RAT_ZERO;
    double most = 0.0;
    for (int i = 0; i < b->n; i++) most = fmax(most, b->fixed[i]);
    for (int d = 0; d < DISTANCES && !b->fixed_known; d++) {
        b->fixed_known = true;
        for (int i = 0; i < b->n; i++) {
            if (b->fixed[i] > 1e-11 * most)
                simplest_near(b->fixed[i] / most, distances[d], &b->exact_fixed[i]);
            else ent_rat_set_int(&b->exact_fixed[i], 0);
        }
        for (int x = 0; b->fixed_known && x < b->k; x++) {
            weighted_gain(b, b->exact_fixed, x, &sum);
            b->fixed_known = ent_rat_sign(&sum) <= 0;
        }
    }
    ent_rat_release(&sum);
}

/* May this outcome occur? Only with equality at the prices that prove who cannot gain. */
static bool may_occur(const bargain *b, int outcome, bool somebody_fixed)
{
    if (!somebody_fixed) return true;
    ent_rat sum = ENT_RAT_ZERO;
    weighted_gain(b, b->exact_fixed, outcome, &sum);
    const bool may = ent_rat_sign(&sum) == 0;
    ent_rat_release(&sum);
    return may;
}

/* The outcomes that may occur and are worth as much as the gains; -1 when one is worth more. */
static int find_ties(const bargain *b, bool somebody_fixed, int *tie)
{
    ent_rat sum = ENT_RAT_ZERO, worth = ENT_RAT_ZERO;
    int ties = 0;
    for (int i = 0; i < b->n; i++) ent_rat_addmul(&worth, &b->exact_price[i], &b->got[i]);
    for (int x = 0; x < b->k && ties >= 0; x++) {
        if (!may_occur(b, x, somebody_fixed)) continue;
        weighted_gain(b, b->exact_price, x, &sum);
        const int order = ent_rat_cmp(&sum, &worth);
        if (order > 0) ties = -1;
        if (order == 0) tie[ties++] = x;
    }
    ent_rat_release(&sum);
    ent_rat_release(&worth);
    return ties;
}

/* With prices 1 / gains, is no possible outcome better, and are the gains a mix of those that are
 * as good? */
static ent_status prove(ent_ctx *ctx, bargain *b, bool somebody_fixed, bool *proved)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_rat *point = NULL, *weight = NULL;
    int *tie = NULL, ties = 0;
    *proved = false;
    ENT_SCRATCH(ctx, tie, b->k);
    ties = find_ties(b, somebody_fixed, tie);
    if (ties <= 0) {
        ties = 0;
        goto done;
    }
    point = ent_rats_new(ctx, (size_t)ties * (size_t)b->n, &st);
    if (st == ENT_OK) weight = ent_rats_new(ctx, (size_t)ties, &st);
    if (st != ENT_OK) goto done;
    for (int l = 0; l < ties; l++)
        for (int i = 0; i < b->n; i++) ent_rat_set(&point[l * b->n + i], &b->g[tie[l] * b->n + i]);
    ENT_TRY(ent_i_exact_mix(ctx, b->n, ties, point, b->got, weight, proved));
    for (int x = 0; *proved && x < b->k; x++) ent_rat_set_int(&b->exact_weight[x], 0);
    for (int l = 0; *proved && l < ties; l++) ent_rat_set(&b->exact_weight[tie[l]], &weight[l]);
done:
    ent_rats_free(point, (size_t)ties * (size_t)b->n);
    ent_rats_free(weight, (size_t)ties);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status exactly(ent_ctx *ctx, bargain *b, bool somebody_fixed)
{
    ent_status st = ENT_OK;
    const ent_rat one = {1, 1, NULL};
    for (int d = 0; d < DISTANCES && !b->known; d++) {
        for (int i = 0; i < b->n; i++) {
            ent_rat_set_int(&b->got[i], 0);
            ent_rat_set_int(&b->exact_price[i], 0);
            if (!b->can[i]) continue;
            simplest_near(b->gained[i], distances[d], &b->got[i]);
            ent_rat_div(&b->exact_price[i], &one, &b->got[i]);
        }
        normalise(b->n, b->exact_price);
        ENT_TRY(prove(ctx, b, somebody_fixed, &b->known));
    }
done:
    return st;
}

static void write_lottery(ent_writer *w, const bargain *b)
{
    double left = 1.0;
    ent_rat rest = {1, 1, NULL};
    ent_write_array(w, "lottery", false);
    for (int x = 0; x < b->k; x++) {
        const bool positive =
            b->known ? ent_rat_sign(&b->exact_weight[x]) > 0 : b->weight[x] > 1e-13;
        if (!positive) continue;
        left -= b->weight[x];
        ent_rat_sub(&rest, &rest, &b->exact_weight[x]);
        ent_write_object(w, NULL, true);
        ent_write_string(w, "outcome", b->m->outcome[x]);
        ent_write_number(w, "weight", b->weight[x], b->known ? &b->exact_weight[x] : NULL);
        ent_write_end(w);
    }
    if (b->known ? ent_rat_sign(&rest) > 0 : left > 1e-9) {
        ent_write_object(w, NULL, true);
        ent_write_string(w, "outcome", "refuse");
        ent_write_number(w, "weight", left, b->known ? &rest : NULL);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_rat_release(&rest);
}

static void write_solution(ent_writer *w, bargain *b)
{
    const ent_strategic *m = b->m;
    const ent_coal all = ent_coal_all(m->n);
    double utility[ENT_PLAYERS_MAX], product = 1.0;
    ent_rat exact_product = {1, 1, NULL};
    for (int i = 0; i < m->n; i++) {
        utility[i] = m->disagreement.value[i] + b->gained[i];
        if (b->can[i]) product *= b->gained[i];
        if (b->can[i]) ent_rat_mul(&exact_product, &exact_product, &b->got[i]);
        ent_rat_add(&b->got[i], &b->got[i], &m->disagreement.exact[i]);
    }
    ent_i_write_vector(w, "utilities", m, all, utility, b->known ? b->got : NULL);
    ent_i_write_vector(w, "prices", m, all, b->price, b->known ? b->exact_price : NULL);
    ent_i_write_vector(w, "threat_point", m, all, m->disagreement.value, m->disagreement.exact);
    write_lottery(w, b);
    ent_write_number(w, "product", product, b->known ? &exact_product : NULL);
    ent_rat_release(&exact_product);
}

static void write_certificate(ent_writer *w, const bargain *b, bool somebody_fixed)
{
    ent_i_write_scale(w, b->m);
    ent_write_array(w, "can_gain", true);
    for (int i = 0; i < b->n; i++)
        if (b->can[i]) ent_write_string(w, NULL, b->m->player[i]);
    ent_write_end(w);
    if (!somebody_fixed) return;
    ent_write_object(w, "fixed", false);
    ent_i_write_vector(w, "prices", b->m, ent_coal_all(b->n), b->fixed,
                       b->fixed_known ? b->exact_fixed : NULL);
    ent_write_end(w);
}

ent_status ent_i_bargaining(ent_ctx *ctx, const ent_strategic *m, ent_solution *out)
{
    ent_status st = ENT_OK;
    bargain b;
    bool fixed = false, any = false;
    ENT_TRY(prepare(ctx, m, &b));
    ENT_TRY(ent_nash(ctx, b.n, b.k, b.gain, b.weight, b.gained, b.can, b.price, b.fixed));
    for (int i = 0; i < b.n; i++) fixed = fixed || !b.can[i], any = any || b.can[i];
    if (fixed) fix_exactly(&b);
    if (any) {
        ENT_TRY(exactly(ctx, &b, fixed));
    } else {
        /* nobody can gain: the disagreement stands, and the prices that prove it are the
         * solution's */
        for (int i = 0; i < b.n; i++) ent_rat_set(&b.exact_price[i], &b.exact_fixed[i]);
        normalise(b.n, b.exact_price);
        b.known = b.fixed_known;
    }
    write_solution(out->solution, &b);
    write_certificate(out->certificate, &b, fixed);
    out->outcome = ENT_SOLVED;
done:
    release(&b);
    return st;
}
