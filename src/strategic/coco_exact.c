/* Prices of equilibria on facets of the hull are rational, and so are those at vertices between
 * pure conflicts: a linear system has them. Else the simplest fractions near what doubles found are
 * tried, coarse ones first: where prices are not isolated, simple ones serve as well. A candidate
 * is first tested in doubles, then every conflict is solved exactly, u_i = psi_i / a_i, and u must
 * be a mix of plays that attain a.u exactly. */
#include "strategic/coco_exact.h"

#include "concept/exact_mix.h"
#include "exact/bareiss.h"

#include <math.h>

void ent_i_exact_point_init(int n, ent_exact_point *p)
{
    *p = (ent_exact_point){.n = n};
    for (int i = 0; i < n; i++) {
        ent_rat_init(&p->price[i]);
        ent_rat_init(&p->utility[i]);
    }
    for (int l = 0; l < ENT_COCO_SUPPORT; l++) ent_rat_init(&p->weight[l]);
}

void ent_i_exact_point_release(ent_exact_point *p)
{
    for (int i = 0; i < p->n; i++) {
        ent_rat_release(&p->price[i]);
        ent_rat_release(&p->utility[i]);
    }
    for (int l = 0; p->n > 0 && l < ENT_COCO_SUPPORT; l++) ent_rat_release(&p->weight[l]);
    ent_i_exact_threats_release(&p->threats);
    *p = (ent_exact_point){0};
}

static void normalise(int n, ent_rat *price)
{
    ent_rat sum = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) ent_rat_add(&sum, &sum, &price[i]);
    for (int i = 0; i < n; i++) ent_rat_div(&price[i], &price[i], &sum);
    ent_rat_release(&sum);
}

/* Plays that attain a.u exactly: their number, and the list when it is wanted. */
static int ties(const ent_exact_threats *e, int64_t *profile)
{
    int k = 0;
    for (int64_t p = 0; p < e->profiles; p++) {
        if (!ent_rat_equal(&e->total[p], &e->joint)) continue;
        if (profile) profile[k] = p;
        k++;
    }
    return k;
}

/* The lottery: u as a mix of exact ties, as far as prices are positive. */
static ent_status lottery(ent_ctx *ctx, const ent_strategic *m, ent_exact_point *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int k = ties(&out->threats, NULL), n = m->n - ent_coal_size(out->zero);
    int64_t *profile = NULL;
    ent_rat target[ENT_COCO_PLAYERS]; /* copies that borrow */
    ent_rat *point = ent_rats_new(ctx, (size_t)k * (size_t)n, &st), *weight = NULL;
    if (!point) goto done;
    weight = ent_rats_new(ctx, (size_t)k, &st);
    if (!weight) goto done;
    ENT_SCRATCH(ctx, profile, k);
    ties(&out->threats, profile);
    for (int i = 0, row = 0; i < m->n; i++) {
        if (ent_coal_has(out->zero, i)) continue;
        for (int l = 0; l < k; l++)
            ent_rat_set(&point[l * n + row], &m->payoff.exact[i * m->profiles + profile[l]]);
        target[row++] = out->utility[i];
    }
    ENT_TRY(ent_i_exact_mix(ctx, n, k, point, target, weight, &out->known));
    out->support = 0;
    for (int l = 0; out->known && l < k; l++) {
        if (ent_rat_sign(&weight[l]) == 0) continue;
        out->profile[out->support] = profile[l];
        ent_rat_set(&out->weight[out->support++], &weight[l]);
    }
done:
    ent_rats_free(weight, (size_t)k);
    ent_rats_free(point, (size_t)k * (size_t)n);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_exact_point_at(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                                const ent_rat *price, ent_exact_point *out)
{
    ent_status st = ENT_OK;
    double scaled[ENT_COCO_PLAYERS];
    out->known = false;
    for (int i = 0; i < m->n; i++) ent_rat_set(&out->price[i], &price[i]);
    normalise(m->n, out->price);
    for (int i = 0; i < m->n; i++) scaled[i] = ent_rat_double(&out->price[i]) * g->range[i];
    ent_threats_at(g->t, scaled);
    ent_i_exact_threats_release(&out->threats);
    ENT_TRY(ent_i_exact_threats(ctx, g->t, &m->payoff, out->price, &out->threats));
    for (int i = 0; i < m->n; i++) {
        if (ent_coal_has(out->zero, i)) {
            if (ent_rat_sign(&out->threats.psi[i]) != 0) goto done;
            continue;
        }
        if (ent_rat_sign(&out->price[i]) <= 0) goto done;
        ent_rat_div(&out->utility[i], &out->threats.psi[i], &out->price[i]);
    }
    ENT_TRY(lottery(ctx, m, out));
done:
    return st;
}

/* Do doubles leave it possible that these prices carry the same utilities? */
static bool plausible(ent_grand *g, const ent_point *point, const ent_rat *price)
{
    static const double CLOSE = 1e-9;
    double scaled[ENT_COCO_PLAYERS], sum = 0.0;
    for (int i = 0; i < g->n; i++) sum += scaled[i] = ent_rat_double(&price[i]) * g->range[i];
    for (int i = 0; i < g->n; i++) {
        scaled[i] /= sum;
        if (!(scaled[i] > 0.0) && !ent_coal_has(point->zero, i)) return false;
    }
    ent_threats_at(g->t, scaled);
    for (int i = 0; i < g->n; i++) {
        const double u = (point->utility[i] - g->least[i]) / g->range[i];
        /* a price of 0 makes the product 0 */
        if (!(fabs(g->t->psi[i] - scaled[i] * u) <= CLOSE)) return false;
    }
    return true;
}

/* Do all plays of the lottery attain the same weighted sum, exactly? Cheap, and most fractions near
 * irrational prices fail it. */
static bool plays_tie(const ent_strategic *m, const ent_point *point, const ent_rat *price)
{
    ent_rat sum = ENT_RAT_ZERO, step = ENT_RAT_ZERO;
    bool tie = true;
    for (int l = 1; l < point->support && tie; l++) {
        ent_rat_set_int(&sum, 0);
        for (int i = 0; i < m->n; i++) {
            const ent_rat *u = m->payoff.exact + i * m->profiles;
            ent_rat_sub(&step, &u[point->profile[l]], &u[point->profile[0]]);
            ent_rat_addmul(&sum, &step, &price[i]);
        }
        tie = ent_rat_sign(&sum) == 0;
    }
    ent_rat_release(&sum);
    ent_rat_release(&step);
    return tie;
}

/* Fractions of least denominator within a relative distance of prices measured by the largest
 * one. */
static void simple_prices(int n, const double *price, double distance, ent_rat *out)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO;
    int top = 0;
    for (int i = 1; i < n; i++)
        if (price[i] > price[top]) top = i;
    for (int i = 0; i < n; i++) {
        const double ratio = price[i] / price[top];
        ent_rat_set_double(&lo, ratio * (1.0 - distance));
        ent_rat_set_double(&hi, ratio * (1.0 + distance));
        ent_rat_simplest(&out[i], &lo, &hi);
    }
    ent_rat_set_int(&out[top], 1);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
}

/* Row i of diag(u) - B: claims are linear in the prices while every conflict is a pair of pure
 * plays. */
static void claims_row(const ent_grand *g, const ent_strategic *m, const ent_point *point, int i,
                       ent_rat *row)
{
    const ent_threats *t = g->t;
    ent_rat share = ENT_RAT_ZERO;
    for (int j = 0; j < m->n; j++) {
        const ent_rat *u = m->payoff.exact + j * m->profiles;
        ent_rat_set_int(&row[j], 0);
        if (i == j) ent_rat_set(&row[j], &u[point->profile[0]]);
        ent_i_exact_share(m->n, m->n, &share);
        ent_rat_submul(&row[j], &share, &u[point->profile[0]]);
        for (int c = 0; c < t->conflicts; c++) {
            const ent_conflict *k = &t->conflict[c];
            const bool with = ent_coal_has(k->s, i);
            const int size = ent_coal_size(k->s);
            ent_i_exact_share(m->n, with ? size : m->n - size, &share);
            const ent_rat *here =
                &u[k->row_at[k->kernel.row[0]] + k->column_at[k->kernel.column[0]]];
            if (with == ent_coal_has(k->s, j)) ent_rat_submul(&row[j], &share, here);
            else ent_rat_addmul(&row[j], &share, here);
        }
    }
    ent_rat_release(&share);
}

static bool pure_conflicts(ent_grand *g, const ent_point *point)
{
    double scaled[ENT_COCO_PLAYERS];
    bool pure = true;
    for (int i = 0; i < g->n; i++) scaled[i] = point->price[i] * g->range[i];
    ent_threats_at(g->t, scaled);
    for (int c = 0; c < g->t->conflicts; c++) pure = pure && g->t->conflict[c].kernel.size == 1;
    return pure;
}

/* Prices that a linear system determines: the normal of a facet whose plays are all in the lottery,
 * or a play that everybody agrees on while all conflicts are pure. */
static ent_status linear_prices(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                                const ent_point *point, ent_rat *price, bool *found)
{
    ent_status st = ENT_OK;
    const int n = m->n;
    ent_rat *a = ent_rats_new(ctx, (size_t)n * (size_t)n, &st), *side = NULL;
    bool is_singular = true;
    *found = false;
    if (!a) goto done;
    side = ent_rats_new(ctx, (size_t)n, &st);
    if (!side) goto done;
    const bool facet = point->support == n;
    if (!facet && !(point->support == 1 && pure_conflicts(g, point))) goto done;
    for (int i = 0; i + 1 < n; i++) {
        if (!facet) claims_row(g, m, point, i, &a[i * n]);
        for (int j = 0; facet && j < n; j++) {
            const ent_rat *u = m->payoff.exact + j * m->profiles;
            ent_rat_sub(&a[i * n + j], &u[point->profile[i + 1]], &u[point->profile[0]]);
        }
    }
    for (int j = 0; j < n; j++) ent_rat_set_int(&a[(n - 1) * n + j], 1);
    ent_rat_set_int(&side[n - 1], 1);
    const ent_system system = {.n = n, .sides = 1, .a = a, .b = side};
    ENT_TRY(ent_bareiss_solve(ctx, &system, price, &is_singular));
    *found = !is_singular;
done:
    ent_rats_free(a, (size_t)n * (size_t)n);
    ent_rats_free(side, (size_t)n);
    return st;
}

ent_status ent_i_coco_exact(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                            const ent_point *point, ent_exact_point *out)
{
    static const double distance[] = {0.2, 3e-2, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 3e-13};
    ent_status st = ENT_OK;
    ent_rat *price = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!price) return st;
    bool found = false;
    out->zero = point->zero;
    if (!point->zero) ENT_TRY(linear_prices(ctx, g, m, point, price, &found));
    if (found && plausible(g, point, price)) ENT_TRY(ent_i_exact_point_at(ctx, g, m, price, out));
    for (size_t k = 0; k < sizeof distance / sizeof *distance && !out->known; k++) {
        simple_prices(m->n, point->price, distance[k], price);
        if (!plays_tie(m, point, price) || !plausible(g, point, price)) continue;
        ENT_TRY(ent_i_exact_point_at(ctx, g, m, price, out));
    }
done:
    ent_rats_free(price, (size_t)m->n);
    return st;
}
