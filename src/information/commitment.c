#include "information/commitment.h"

static void scale_of(const ent_information *m, ent_rat *scale)
{
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(scale, m->n - 1);
    ent_rat_mul(scale, scale, &m->eta_exact);
    ent_rat_add(scale, scale, &one);
    ent_rat_release(&one);
}

/* [ITA] eq. (6) at y = 0: MB_q = (n-q)(n-q+1) / ((n+1)(n+2) A). */
static void benefits(const ent_information *m, const ent_rat *scale, ent_rat *out)
{
    const int64_t n = m->n;
    for (int64_t q = 0; q < n; q++) {
        ent_rat_set_ratio(&out[q], (n - q) * (n - q + 1), (n + 1) * (n + 2));
        ent_rat_div(&out[q], &out[q], scale);
    }
}

/* The largest q with MB_q >= c, then y = (MB_q - c)(n+1) A / (2 (n-q)); above MB_0 the level falls
 * on a straight line: e* = 1/2 - c A / 2. */
static void find_level(const ent_information *m, const ent_rat *cost, const ent_rat *scale,
                       ent_commitment *c)
{
    const int64_t n = m->n;
    ent_rat w = ENT_RAT_ZERO;
    int q = -1;
    while (q + 1 < n && ent_rat_cmp(&c->benefit[q + 1], cost) >= 0) q++;
    c->threshold = ent_rat_sign(cost) == 0 ? (int)n : q;
    ent_rat_set_ratio(&w, -1, 2);
    ent_rat_mul(&c->slope, scale, &w); /* -A/2, over the probability that the bound binds */
    if (c->threshold < 0) {
        ent_rat_mul(&c->level, &c->slope, cost);
        ent_rat_sub(&c->level, &c->level, &w);
    } else if (c->threshold == n) {
        ent_rat_set_ratio(&c->level, n + 1, n + 2);
        ent_rat_set_int(&w, n + 1);
        ent_rat_mul(&c->slope, &c->slope, &w);
    } else {
        ent_rat_sub(&c->residual, &c->benefit[q], cost);
        ent_rat_set_ratio(&w, n + 1, 2 * (n - q));
        ent_rat_mul(&c->residual, &c->residual, &w);
        ent_rat_mul(&c->residual, &c->residual, scale);
        ent_rat_set_ratio(&w, q + 1, n + 2);
        ent_rat_add(&c->level, &c->residual, &w);
        ent_rat_set_ratio(&w, n + 1, n - q + (ent_rat_sign(&c->residual) == 0 ? 1 : 0));
        ent_rat_mul(&c->slope, &c->slope, &w);
    }
    ent_rat_release(&w);
}

/* The action stage at estimate e with policies >= 0 and no bound above: x_i = max(0, w + a_i), a_i
 * = A b_i / (1 - eta). With everybody in, w + a_i = e + beta_i; whoever is negative leaves, which
 * lowers w, so nobody comes back. */
static void stage_at(const ent_information *m, const ent_rat *scale, ent_commitment *c, ent_rat *a)
{
    ent_rat w = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, weight = ENT_RAT_ZERO, rest = ENT_RAT_ZERO,
            one = ENT_RAT_ZERO;
    bool left = true;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&rest, &one, &m->eta_exact);
    for (int i = 0; i < m->n; i++) {
        ent_rat_mul(&a[i], scale, &m->bias.exact[i]);
        ent_rat_div(&a[i], &a[i], &rest);
    }
    while (left) {
        int inside = 0;
        left = false;
        ent_rat_set_int(&sum, 0);
        for (int i = 0; i < m->n; i++)
            if (!c->at_floor[i]) ent_rat_add(&sum, &sum, &a[i]), inside++;
        /* (1 - eta + eta inside) w = A e - eta sum a */
        ent_rat_set_int(&weight, inside);
        ent_rat_mul(&weight, &weight, &m->eta_exact);
        ent_rat_add(&weight, &weight, &rest);
        ent_rat_mul(&w, scale, &c->level);
        ent_rat_submul(&w, &m->eta_exact, &sum);
        ent_rat_div(&w, &w, &weight);
        for (int i = 0; i < m->n; i++) {
            ent_rat_add(&c->investment[i], &w, &a[i]);
            if (c->at_floor[i]) ent_rat_set_int(&c->investment[i], 0);
            else if (ent_rat_sign(&c->investment[i]) < 0) c->at_floor[i] = left = true;
        }
    }
    ent_rat_release(&w);
    ent_rat_release(&sum);
    ent_rat_release(&weight);
    ent_rat_release(&rest);
    ent_rat_release(&one);
}

ent_status ent_i_commitment_new(ent_ctx *ctx, const ent_information *m, const ent_rat *cost,
                                ent_commitment **out)
{
    ent_status st = ENT_OK;
    ent_commitment *c = NULL;
    ent_rat *a = NULL, scale = ENT_RAT_ZERO;
    ENT_ALLOC(ctx, c, 1);
    c->n = m->n;
    ent_rat_init(&c->residual);
    ent_rat_init(&c->level);
    ent_rat_init(&c->slope);
    c->investment = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!c->investment) goto done;
    c->benefit = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!c->benefit) goto done;
    a = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!a) goto done;
    ENT_ALLOC(ctx, c->at_floor, m->n);
    scale_of(m, &scale);
    benefits(m, &scale, c->benefit);
    find_level(m, cost, &scale, c);
    stage_at(m, &scale, c, a);
    *out = c;
    c = NULL;
done:
    ent_rats_free(a, (size_t)m->n);
    ent_rat_release(&scale);
    ent_i_commitment_free(c);
    return st;
}

void ent_i_commitment_free(ent_commitment *c)
{
    if (!c) return;
    ent_rat_release(&c->residual);
    ent_rat_release(&c->level);
    ent_rat_release(&c->slope);
    ent_rats_free(c->investment, (size_t)c->n);
    ent_rats_free(c->benefit, (size_t)c->n);
    ent_free(c->at_floor);
    ent_free(c);
}
