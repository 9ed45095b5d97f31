#include "exact/kernel.h"

/* The pivots B of A and the free columns F: x = (-B^-1 F e, e) for each unit vector e. */
static ent_status solve_free(ent_ctx *ctx, int columns, const ent_rat *a, const ent_rank *rank, int n, ent_rat *basis)
{
    ent_status st = ENT_OK;
    const int r = rank->rank;
    const size_t square = (size_t)r * (size_t)r, sides = (size_t)r * (size_t)n;
    bool singular = false;
    ent_rat *pivots = NULL, *right = NULL, *x = NULL;
    if (!(pivots = ent_rats_new(ctx, square, &st))) goto done;
    if (!(right = ent_rats_new(ctx, sides, &st))) goto done;
    if (!(x = ent_rats_new(ctx, sides, &st))) goto done;
    for (int i = 0; i < r; i++) {
        const ent_rat *row = a + (size_t)rank->row[i] * (size_t)columns;
        for (int j = 0; j < r; j++) ent_rat_set(&pivots[i * r + j], &row[rank->column[j]]);
        for (int k = 0; k < n; k++) ent_rat_neg(&right[i * n + k], &row[rank->column[r + k]]);
    }
    const ent_system system = {.n = r, .sides = n, .a = pivots, .b = right};
    if (r > 0) ENT_TRY(ent_bareiss_solve(ctx, &system, x, &singular));
    for (int k = 0; k < n; k++) {
        ent_rat_set_int(&basis[(size_t)k * (size_t)columns + (size_t)rank->column[r + k]], 1);
        for (int i = 0; i < r; i++) ent_rat_set(&basis[(size_t)k * (size_t)columns + (size_t)rank->column[i]], &x[i * n + k]);
    }
done:
    ent_rats_free(pivots, square);
    ent_rats_free(right, sides);
    ent_rats_free(x, sides);
    return st;
}

ent_status ent_kernel(ent_ctx *ctx, int rows, int columns, const ent_rat *a, ent_rat **basis, int *n)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_rank rank = {0};
    ent_rat *found = NULL;
    int count = 0;
    ENT_REQUIRE(ctx, rows >= 0 && columns >= 0);
    ENT_SCRATCH(ctx, rank.row, rows + 1);
    ENT_SCRATCH(ctx, rank.column, columns + 1);
    ENT_TRY(ent_bareiss_rank(ctx, rows, columns, a, &rank));
    count = columns - rank.rank;
    if (count > 0) {
        found = ent_rats_new(ctx, (size_t)count * (size_t)columns, &st);
        if (!found) goto done;
        ENT_TRY(solve_free(ctx, columns, a, &rank, count, found));
    }
    *basis = found;
    *n = count;
    found = NULL;
done:
    ent_rats_free(found, (size_t)count * (size_t)columns);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Is every row sum of |P| R less than 1? R: the rows of `radius` that belong to the regular part. */
static bool contracts(int n, const ent_rat *inverse, const ent_rat *radius, const int *row)
{
    ent_rat sum = ENT_RAT_ZERO, size = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    bool holds = true;
    ent_rat_set_int(&one, 1);
    for (int i = 0; holds && i < n; i++) {
        ent_rat_set_int(&sum, 0);
        for (int k = 0; k < n; k++) {
            ent_rat_set(&size, &inverse[i * n + k]);
            if (ent_rat_sign(&size) < 0) ent_rat_neg(&size, &size);
            for (int j = 0; j < n; j++) ent_rat_addmul(&sum, &size, &radius[row[k] * n + j]);
        }
        holds = ent_rat_cmp(&sum, &one) < 0;
    }
    ent_rat_release(&sum);
    ent_rat_release(&size);
    ent_rat_release(&one);
    return holds;
}

ent_status ent_full_rank(ent_ctx *ctx, int rows, int columns, const ent_rat *a, const ent_rat *radius, bool *holds)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t square = (size_t)columns * (size_t)columns;
    ent_rank rank = {0};
    ent_rat *part = NULL, *unit = NULL, *inverse = NULL;
    bool singular = false;
    ENT_REQUIRE(ctx, rows >= 0 && columns >= 0);
    *holds = columns == 0;
    if (columns == 0 || columns > rows) goto done;
    ENT_SCRATCH(ctx, rank.row, rows);
    ENT_SCRATCH(ctx, rank.column, columns);
    ENT_TRY(ent_bareiss_rank(ctx, rows, columns, a, &rank));
    if (rank.rank < columns) goto done;
    if (!(part = ent_rats_new(ctx, square, &st))) goto done;
    if (!(unit = ent_rats_new(ctx, square, &st))) goto done;
    if (!(inverse = ent_rats_new(ctx, square, &st))) goto done;
    for (int i = 0; i < columns; i++) {
        ent_rat_set_int(&unit[i * columns + i], 1);
        for (int j = 0; j < columns; j++)
            ent_rat_set(&part[i * columns + j], &a[(size_t)rank.row[i] * (size_t)columns + (size_t)j]);
    }
    const ent_system system = {.n = columns, .sides = columns, .a = part, .b = unit};
    ENT_TRY(ent_bareiss_solve(ctx, &system, inverse, &singular));
    *holds = !singular && contracts(columns, inverse, radius, rank.row);
done:
    ent_rats_free(part, square);
    ent_rats_free(unit, square);
    ent_rats_free(inverse, square);
    ent_scratch_reset(ctx, mark);
    return st;
}
