#include "strategic/exact_threats.h"

void ent_i_exact_threats_release(ent_exact_threats *e)
{
    for (int c = 0; e->game && c < e->conflicts; c++) ent_exact_game_release(&e->game[c]);
    ent_free(e->game);
    ent_rats_free(e->payoff, (size_t)e->conflicts * (size_t)e->n);
    ent_rats_free(e->psi, (size_t)e->n);
    ent_rats_free(e->total, (size_t)e->profiles);
    ent_rat_release(&e->joint);
    *e = (ent_exact_threats){0};
}

void ent_i_exact_share(int n, int s, ent_rat *share)
{
    /* 1 / (s (n choose s)); n is at most 16, so that the product fits */
    int64_t choose = 1;
    for (int k = 1; k <= s; k++) choose = choose * (n - k + 1) / k;
    ent_rat_set_ratio(share, 1, choose * s);
}

static ent_status allocate(ent_ctx *ctx, const ent_threats *t, ent_exact_threats *e)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)t->n, conflicts = (size_t)t->conflicts;
    e->n = t->n;
    e->profiles = t->profiles;
    ENT_ALLOC(ctx, e->game, conflicts);
    e->conflicts = t->conflicts;
    for (int c = 0; c < t->conflicts; c++)
        ENT_TRY(ent_exact_game_init(ctx, t->conflict[c].rows, t->conflict[c].columns, &e->game[c]));
    e->payoff = ent_rats_new(ctx, conflicts * n, &st);
    if (st == ENT_OK) e->psi = ent_rats_new(ctx, n, &st);
    if (st == ENT_OK) e->total = ent_rats_new(ctx, (size_t)t->profiles, &st);
done:
    return st;
}

/* signed_sum[p] = sum over s of a_i u_i(p) less the same over the others. */
static void signed_sums(const ent_threats *t, const ent_reals *payoff, const ent_rat *prices,
                        ent_coal s, ent_rat *signed_sum)
{
    for (int64_t p = 0; p < t->profiles; p++) ent_rat_set_int(&signed_sum[p], 0);
    for (int i = 0; i < t->n; i++) {
        if (ent_rat_sign(&prices[i]) == 0) continue;
        const ent_rat *u = payoff->exact + i * t->profiles;
        for (int64_t p = 0; p < t->profiles; p++) {
            if (ent_coal_has(s, i)) ent_rat_addmul(&signed_sum[p], &prices[i], &u[p]);
            else ent_rat_submul(&signed_sum[p], &prices[i], &u[p]);
        }
    }
}

static void mean_payoffs(const ent_threats *t, const ent_reals *payoff, const ent_conflict *k,
                         const ent_exact_game *g, ent_rat *mean)
{
    ent_rat weight = ENT_RAT_ZERO;
    for (int r = 0; r < k->rows; r++) {
        if (ent_rat_sign(&g->row[r]) == 0) continue;
        for (int c = 0; c < k->columns; c++) {
            if (ent_rat_sign(&g->column[c]) == 0) continue;
            const int64_t p = k->row_at[r] + k->column_at[c];
            ent_rat_mul(&weight, &g->row[r], &g->column[c]);
            for (int i = 0; i < t->n; i++)
                ent_rat_addmul(&mean[i], &weight, &payoff->exact[i * t->profiles + p]);
        }
    }
    ent_rat_release(&weight);
}

static void claims(const ent_threats *t, ent_exact_threats *e)
{
    ent_rat share = ENT_RAT_ZERO;
    for (int i = 0; i < t->n; i++) {
        ent_i_exact_share(t->n, t->n, &share);
        ent_rat_mul(&e->psi[i], &share, &e->joint);
        for (int c = 0; c < t->conflicts; c++) {
            const int size = ent_coal_size(t->conflict[c].s);
            const bool ours = ent_coal_has(t->conflict[c].s, i);
            ent_i_exact_share(t->n, ours ? size : t->n - size, &share);
            if (ours) ent_rat_addmul(&e->psi[i], &share, &e->game[c].value);
            else ent_rat_submul(&e->psi[i], &share, &e->game[c].value);
        }
    }
    ent_rat_release(&share);
}

static ent_status conflict(ent_ctx *ctx, const ent_threats *t, const ent_reals *payoff,
                           const ent_rat *prices, int c, ent_rat *sums, ent_rat *matrix,
                           ent_exact_threats *e)
{
    ent_status st = ENT_OK;
    const ent_conflict *k = &t->conflict[c];
    signed_sums(t, payoff, prices, k->s, sums);
    for (int r = 0; r < k->rows; r++)
        for (int q = 0; q < k->columns; q++)
            ent_rat_set(&matrix[r * k->columns + q], &sums[k->row_at[r] + k->column_at[q]]);
    ENT_TRY(ent_matrix_game_exact(ctx, k->rows, k->columns, matrix, &k->kernel, &e->game[c]));
    mean_payoffs(t, payoff, k, &e->game[c], e->payoff + c * t->n);
done:
    return st;
}

ent_status ent_i_exact_threats(ent_ctx *ctx, const ent_threats *t, const ent_reals *payoff,
                               const ent_rat *prices, ent_exact_threats *out)
{
    ent_status st = ENT_OK;
    const size_t profiles = (size_t)t->profiles;
    ent_rat *sums = ent_rats_new(ctx, profiles, &st), *matrix = NULL;
    if (!sums) return st;
    matrix = ent_rats_new(ctx, profiles, &st);
    if (!matrix) goto done;
    ENT_TRY(allocate(ctx, t, out));
    signed_sums(t, payoff, prices, ent_coal_all(t->n), out->total);
    ent_rat_set(&out->joint, &out->total[0]);
    for (size_t p = 1; p < profiles; p++)
        if (ent_rat_cmp(&out->total[p], &out->joint) > 0) ent_rat_set(&out->joint, &out->total[p]);
    for (int c = 0; c < t->conflicts; c++)
        ENT_TRY(conflict(ctx, t, payoff, prices, c, sums, matrix, out));
    claims(t, out);
done:
    ent_rats_free(matrix, profiles);
    ent_rats_free(sums, profiles);
    return st;
}
