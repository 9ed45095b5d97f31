/* Kernels and full rank of boxes of matrices: against products, hand examples and singular members
 * of a box. */
#include "check.h"

#include "base/rng.h"
#include "exact/kernel.h"

static ent_ctx *ctx;

/* A x = 0 for every vector of the basis, and as many as there should be: [rows][columns] of small
 * integers of a rank below `most`. */
static void random_kernel(ent_rng *rng, int rows, int columns, int most)
{
    ent_status st = ENT_OK;
    ent_rat *a = ent_rats_new(ctx, (size_t)(rows * columns), &st), *basis = NULL,
            sum = ENT_RAT_ZERO;
    ent_rank rank = {0};
    int n = 0;
    for (int k = 0; k < most; k++) { /* a sum of `most` products of a column and a row */
        int row[8], column[8];
        for (int i = 0; i < rows; i++) row[i] = (int)ent_rng_below(rng, 5) - 2;
        for (int j = 0; j < columns; j++) column[j] = (int)ent_rng_below(rng, 5) - 2;
        for (int i = 0; i < rows * columns; i++) {
            ent_rat_set_ratio(&sum, row[i / columns] * column[i % columns], 1 + i % columns);
            ent_rat_add(&a[i], &a[i], &sum);
        }
    }
    CHECK(ent_kernel(ctx, rows, columns, a, &basis, &n) == ENT_OK);
    CHECK(ent_bareiss_rank(ctx, rows, columns, a, &rank) == ENT_OK && n == columns - rank.rank);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < rows; i++) {
            ent_rat_set_int(&sum, 0);
            for (int j = 0; j < columns; j++)
                ent_rat_addmul(&sum, &a[i * columns + j], &basis[k * columns + j]);
            CHECK(ent_rat_sign(&sum) == 0);
        }
    if (n > 0) CHECK(ent_bareiss_rank(ctx, n, columns, basis, &rank) == ENT_OK && rank.rank == n);
    ent_rats_free(basis, (size_t)(n * columns));
    ent_rats_free(a, (size_t)(rows * columns));
    ent_rat_release(&sum);
}

static bool full(int rows, int columns, const int *centre, const int *radius, int den)
{
    ent_status st = ENT_OK;
    bool holds = false;
    ent_rat *a = ent_rats_new(ctx, (size_t)(rows * columns), &st),
            *r = ent_rats_new(ctx, (size_t)(rows * columns), &st);
    for (int k = 0; k < rows * columns; k++) {
        ent_rat_set_int(&a[k], centre[k]);
        ent_rat_set_ratio(&r[k], radius[k], den);
    }
    CHECK(ent_full_rank(ctx, rows, columns, a, r, &holds) == ENT_OK);
    ent_rats_free(a, (size_t)(rows * columns));
    ent_rats_free(r, (size_t)(rows * columns));
    return holds;
}

/* By hand: (2, 1; 1, 2) becomes singular when the entries off the diagonal reach 2 or those on it
 * 1. */
static void boxes(void)
{
    static const int centre[] = {2, 1, 1, 2}, off[] = {0, 1, 1, 0}, on[] = {1, 0, 0, 1},
                     none[] = {0, 0, 0, 0};
    CHECK(full(2, 2, centre, none, 1));
    CHECK(full(2, 2, centre, off, 2));
    CHECK(!full(2, 2, centre, off, 1));
    CHECK(full(2, 2, centre, on, 2));
    CHECK(!full(2, 2, centre, on, 1));
    static const int singular[] = {1, 2, 2, 4};
    CHECK(!full(2, 2, singular, none, 1));
    static const int tall[] = {0, 0, 1, 0, 0, 3}, hair[] = {1, 1, 1, 1, 1, 1};
    CHECK(full(3, 2, tall, hair, 4));
    CHECK(!full(3, 2, tall, hair, 1));
    CHECK(!full(1, 2, tall, none, 1)); /* more columns than rows */
    CHECK(full(2, 0, tall, none, 1));
}

static void refusals(void)
{
    ent_rat *basis = NULL;
    int n = 7;
    bool holds = true;
    CHECK(ent_kernel(ctx, -1, 2, NULL, &basis, &n) == ENT_E_ARG && n == 7);
    CHECK(ent_full_rank(ctx, 2, -1, NULL, NULL, &holds) == ENT_E_ARG);
    CHECK(ent_kernel(ctx, 0, 2, NULL, &basis, &n) == ENT_OK && n == 2);
    ent_rats_free(basis, 4);
    basis = NULL;
    CHECK(ent_kernel(ctx, 2, 0, NULL, &basis, &n) == ENT_OK && n == 0 && !basis);
}

static void brutal(void)
{
    static const int entries[] = {1, 2, 3, 2, 4, 6};
    ent_status st = ENT_OK;
    ent_rat *a = ent_rats_new(ctx, 6, &st);
    for (int k = 0; k < 6; k++) ent_rat_set_int(&a[k], entries[k]);
    st = ENT_E_MEMORY;
    for (int64_t allowed = 0; st == ENT_E_MEMORY && allowed < 100; allowed++) {
        ent_rat *basis = NULL;
        int n = 0;
        ent_ctx_fail_after(ctx, allowed);
        st = ent_kernel(ctx, 2, 3, a, &basis, &n);
        ent_ctx_fail_after(ctx, -1);
        CHECK((st == ENT_OK) == (n == 2));
        ent_rats_free(basis, (size_t)(3 * n));
    }
    CHECK(st == ENT_OK);
    ent_rats_free(a, 6);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_rng rng = ent_rng_stream(11, 0, 0);
    for (int k = 0; k < 40; k++) random_kernel(&rng, 1 + k % 4, 1 + k % 6, k % 5);
    boxes();
    refusals();
    brutal();
    ent_ctx_free(ctx);
    return check_end();
}
