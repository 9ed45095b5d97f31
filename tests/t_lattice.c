/* Sums over coalitions against their definitions, all sizes around the blocks, threads, and the
 * inverse transform. */
#include "check.h"

#include "base/rng.h"
#include "concept/lattice.h"
#include "entente/strategic.h"

#include <stdlib.h>

static void values(ent_ctx *ctx, int n)
{
    const ent_coal all = ent_coal_all(n);
    double *v = calloc((size_t)all + 1, sizeof *v), phi[ENT_DENSE_MAX], beta[ENT_DENSE_MAX],
           again[ENT_DENSE_MAX], worst = 0.0;
    ent_rng rng = ent_rng_stream(31, (uint64_t)n, 0);
    for (ent_coal s = 1; s <= all; s++) v[s] = 10.0 * ent_rng_uniform(&rng) - 3.0;
    CHECK(ent_shapley(ctx, n, v, 1, phi) == ENT_OK);
    CHECK(ent_shapley(ctx, n, v, 3, again) == ENT_OK);
    CHECK(memcmp(phi, again, (size_t)n * sizeof *phi) == 0);
    CHECK(ent_banzhaf(ctx, n, v, 2, beta) == ENT_OK);
    double total = 0.0;
    for (int i = 0; i < n; i++) {
        double shapley = 0.0, banzhaf = 0.0;
        for (ent_coal s = 0; s <= all; s++) {
            if (ent_coal_has(s, i)) continue;
            const int size = ent_coal_size(s);
            double weight = 1.0 / n;
            for (int k = 1; k <= size; k++) weight = weight * k / (n - k);
            shapley += weight * (v[s | ent_coal_single(i)] - v[s]);
            banzhaf += (v[s | ent_coal_single(i)] - v[s]) / (double)((all + 1) / 2);
        }
        worst = fmax(worst, fmax(fabs(shapley - phi[i]), fabs(banzhaf - beta[i])));
        total += phi[i];
    }
    CHECK(worst <= 1e-12 * n);
    CHECK_NEAR(total, v[all], 1e-13);
    free(v);
}

static void transforms(ent_ctx *ctx, int n)
{
    const ent_coal all = ent_coal_all(n);
    double *v = calloc((size_t)all + 1, sizeof *v), *d = calloc((size_t)all + 1, sizeof *d),
           worst = 0.0;
    ent_rng rng = ent_rng_stream(32, (uint64_t)n, 0);
    for (ent_coal s = 1; s <= all; s++) v[s] = d[s] = (double)(ent_rng_below(&rng, 2001) - 1000);
    CHECK(ent_dividends(ctx, n, d, 2) == ENT_OK);
    for (ent_coal s = 0; s <= all; s = s < 300 ? s + 1 : s * 2 + 3) {
        if (ent_coal_size(s) > 12) continue;
        double sum = 0.0;
        for (ent_coal r = s;; r = (r - 1) & s) {
            sum += (ent_coal_size(s) - ent_coal_size(r)) % 2 ? -v[r] : v[r];
            if (!r) break;
        }
        worst = fmax(worst, fabs(sum - d[s]));
    }
    CHECK(worst == 0.0); /* integers of this size are exact in doubles */
    CHECK(ent_subset_sums(ctx, n, d, 1) == ENT_OK);
    CHECK(memcmp(v, d, ((size_t)all + 1) * sizeof *v) == 0);
    free(v);
    free(d);
}

/* A three-player game by hand, in rationals. */
static void exact(ent_ctx *ctx)
{
    const int worth[] = {0, 1, 0, 3, 0, 4, 1, 6};
    ent_rat v[8], phi[3];
    for (int s = 0; s < 8; s++) v[s] = (ent_rat){worth[s], 1, NULL};
    for (int i = 0; i < 3; i++) ent_rat_init(&phi[i]);
    CHECK(ent_exact_shapley(ctx, 3, v, phi) == ENT_OK);
    /* A: (2*1 + (3-0) + (4-0) + 2*(6-1)) / 6 = 19/6; B: (0 + (3-1) + (1-0) + 2*(6-4)) / 6 = 7/6; C
     * the rest */
    CHECK(phi[0].num == 19 && phi[0].den == 6);
    CHECK(phi[1].num == 7 && phi[1].den == 6);
    CHECK(phi[2].num == 5 && phi[2].den == 3);
    CHECK(ent_exact_banzhaf(ctx, 3, v, phi) == ENT_OK);
    CHECK(phi[0].num == 13 && phi[0].den == 4);
    ent_exact_dividends(3, v);
    CHECK(v[3].num == 2 && v[5].num == 3 && v[6].num == 1 && v[7].num == -1);
}

/* The typed interface: a left glove and two right ones, by hand. */
static void gloves(ent_ctx *ctx)
{
    double v[8] = {[3] = 1.0, [5] = 1.0, [7] = 1.0}, value[3], again[3];
    const double dividend[8] = {[3] = 1.0, [5] = 1.0, [7] = -1.0};
    for (int threads = 0; threads < 3; threads++) {
        CHECK(ent_worth_shapley(ctx, 3, v, threads, value) == ENT_OK);
        CHECK_NEAR(value[0], 2.0 / 3.0, 1e-15);
        CHECK_NEAR(value[1], 1.0 / 6.0, 1e-15);
        CHECK_NEAR(value[2], 1.0 / 6.0, 1e-15);
        CHECK(ent_worth_banzhaf(ctx, 3, v, threads, again) == ENT_OK);
        CHECK(again[0] == 0.75 && again[1] == 0.25 && again[2] == 0.25);
    }
    CHECK(ent_worth_shapley(ctx, 0, v, 1, value) == ENT_E_ARG);
    CHECK(ent_worth_banzhaf(ctx, ENT_DENSE_MAX + 1, v, 1, value) == ENT_E_ARG);
    CHECK(ent_worth_dividends(ctx, 3, v, 1) == ENT_OK);
    for (int s = 0; s < 8; s++) CHECK(v[s] == dividend[s]);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    gloves(ctx);
    for (int n = 1; n <= 14; n++) values(ctx, n);
    for (int n = 1; n <= 17; n += n < 10 ? 3 : 1) transforms(ctx, n);
    exact(ctx);
    double v[2] = {0.0, 1.0}, phi[1];
    CHECK(ent_shapley(ctx, 0, v, 1, phi) == ENT_E_ARG);
    CHECK(ent_shapley(ctx, 29, v, 1, phi) == ENT_E_ARG);
    CHECK(ent_dividends(ctx, 1, v, 0) == ENT_E_ARG);
    ent_ctx_free(ctx);
    return check_end();
}
