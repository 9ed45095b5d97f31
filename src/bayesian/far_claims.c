/* Compiled for both precisions of num/real.h. */
#include "bayesian/far_claims.h"

#include "num/linear.h"

/* Scaled utilities are of the order of 1; slopes are those of ln x in q = -ln theta. */
static const double far_claim = 1e3, far_margin = 1.0, product_stays = -0.25;
/* Columns of R smaller than this, relative to the largest, count as dependent: the kernel of A. */
static const double rank_tolerance = 1e-9;

static bool gone_far(const ent_active *active, const ent_bargain_point *p, int m)
{
    return !active->lambda[m] && p->omega[m] < -far_claim;
}

/* Claims that went far, in sets: each gets the first type that positive multipliers tie it to; -1:
 * others. */
static void tie_together(const ent_bargain *b, const ent_active *active,
                         const ent_bargain_point *point, int *set)
{
    bool changed = true;
    for (int m = 0; m < b->interims; m++) set[m] = gone_far(active, point, m) ? m : -1;
    while (changed) {
        changed = false;
        for (int k = 0; k < b->pairs; k++) {
            int *t = &set[b->pair_true[k]], *tau = &set[b->pair_report[k]];
            if (!active->alpha[k] || *t < 0 || *tau < 0 || *t == *tau) continue;
            *t = *tau = *t < *tau ? *t : *tau;
            changed = true;
        }
    }
}

/* As lambda omega is of the order of theta, d ln |omega| / dq = -1 - (that of lambda); a product
 * stays when slopes sum to 0. */
void ent_i_find_open(const ent_bargain *b, const ent_slopes *slopes, ent_bargain_point *point,
                     ent_active *out)
{
    tie_together(b, out, point, out->open);
    for (int m = 0; m < b->interims; m++) point->flow[m] = 0.0;
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k];
        out->share[k] = 0.0;
        if (out->open[t] < 0 || out->alpha[k] ||
            !(slopes->alpha[k] - 1.0 - slopes->lambda[t] > product_stays))
            continue;
        const ent_real product = point->alpha[k] * point->omega[t];
        point->flow[out->open[t]] += product;
        out->share[k] = (double)product;
    }
    for (int k = 0; k < b->pairs; k++)
        if (out->share[k] < 0.0) out->share[k] /= (double)point->flow[out->open[b->pair_true[k]]];
    for (int m = b->interims; m-- > 0;)
        if (out->open[m] >= 0 && !(point->flow[out->open[m]] < 0.0)) out->open[m] = -1;
}

/* A omega, and the finite products of open claims. */
void ent_i_open_left(const ent_bargain *b, const ent_active *active, const ent_bargain_point *p,
                     ent_real *left)
{
    ent_i_bargain_left(b, p->alpha, p->lambda, p->omega, left);
    for (int k = 0; active && k < b->pairs; k++) {
        if (active->share[k] == 0.0) continue;
        const ent_real flow = active->share[k] * p->flow[active->open[b->pair_true[k]]];
        left[b->pair_true[k]] += flow;
        left[b->pair_report[k]] -= flow;
    }
}

static ent_status least_claims(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                               const ent_bargain_point *p, ent_real *claim)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = v->b;
    const size_t k = (size_t)b->interims;
    ent_real *a = NULL, *left = NULL, *right = NULL;
    ent_bargain_point none = *p;
    ENT_SCRATCH(ctx, a, k * k);
    ENT_SCRATCH(ctx, left, k);
    ENT_SCRATCH(ctx, right, k);
    for (size_t x = 0; x < k * k; x++) a[x] = 0.0;
    for (size_t m = 0; m < k; m++) a[m * k + m] = p->lambda[m], claim[m] = 0.0;
    for (int x = 0; x < b->pairs; x++) {
        const size_t t = (size_t)b->pair_true[x], tau = (size_t)b->pair_report[x];
        a[t * k + t] += p->alpha[x];
        a[tau * k + t] -= p->alpha[x];
    }
    none.omega = claim;
    ent_i_open_left(b, active, &none, left);
    ent_i_bargain_right(v, p->w, p->lambda, right);
    for (size_t m = 0; m < k; m++) right[m] -= left[m];
    ENT_TRY(ent_i_least_norm(ctx, b->interims, b->interims, a, right, rank_tolerance, claim, NULL));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_near_claims(ent_ctx *ctx, const ent_bargain_numbers *v, const ent_active *active,
                             const ent_real *g, ent_bargain_point *p)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = v->b;
    ent_real *claim = NULL, *along = NULL;
    int *set = NULL;
    bool any = false;
    for (int m = 0; m < b->interims; m++) any = any || gone_far(active, p, m);
    if (!any) goto done;
    ENT_SCRATCH(ctx, claim, b->interims);
    ENT_SCRATCH(ctx, along, b->interims);
    ENT_SCRATCH(ctx, set, b->interims);
    tie_together(b, active, p, set);
    ENT_TRY(least_claims(ctx, v, active, p, claim));
    /* From there along the kernel, set by set, until no claim is above what it is compared with. */
    for (int m = 0; m < b->interims; m++) along[m] = 0.0;
    for (int m = 0; m < b->interims; m++) {
        if (set[m] < 0 || active->open[m] >= 0) continue;
        const ent_real above = claim[m] - (v->factor * g[b->pairs + m] - v->target[m]) + far_margin;
        if (above > along[set[m]] * -p->omega[m]) along[set[m]] = above / -p->omega[m];
    }
    for (int m = 0; m < b->interims; m++)
        p->omega[m] =
            claim[m] + (set[m] >= 0 && active->open[m] < 0 ? along[set[m]] * p->omega[m] : 0.0);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
