#include "exact/kernel.h"

/* Row r becomes row r less factor times row p, from column c on. */
static void subtract(int columns, ent_rat *a, int r, int p, int c)
{
    ent_rat *row = a + (size_t)r * (size_t)columns;
    const ent_rat *by = a + (size_t)p * (size_t)columns;
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set(&factor, &row[c]);
    for (int j = c; ent_rat_sign(&factor) != 0 && j < columns; j++)
        if (ent_rat_sign(&by[j]) != 0) ent_rat_submul(&row[j], &factor, &by[j]);
    ent_rat_release(&factor);
}

/* Row r to place p, with a leading 1 in column c. */
static void lead(int columns, ent_rat *a, int r, int p, int c)
{
    ent_rat *from = a + (size_t)r * (size_t)columns, *to = a + (size_t)p * (size_t)columns;
    ent_rat head = ENT_RAT_ZERO;
    for (int j = c; r != p && j < columns; j++) ent_rat_swap(&from[j], &to[j]);
    ent_rat_set(&head, &to[c]);
    for (int j = c; j < columns; j++)
        if (ent_rat_sign(&to[j]) != 0) ent_rat_div(&to[j], &to[j], &head);
    ent_rat_release(&head);
}

int ent_reduce(int rows, int columns, ent_rat *a, int *pivot)
{
    int rank = 0;
    for (int c = 0; c < columns && rank < rows; c++) {
        int r = rank;
        while (r < rows && ent_rat_sign(&a[(size_t)r * (size_t)columns + (size_t)c]) == 0) r++;
        if (r == rows) continue;
        lead(columns, a, r, rank, c);
        for (int i = 0; i < rows; i++)
            if (i != rank) subtract(columns, a, i, rank, c);
        pivot[rank++] = c;
    }
    return rank;
}

/* For each column without a leading one: 1 there, and what the equations ask of the others. */
static void read_kernel(int columns, const ent_rat *form, int rank, const int *pivot,
                        ent_rat *basis)
{
    for (int c = 0, next = 0, k = 0; c < columns; c++) {
        if (next < rank && pivot[next] == c) {
            next++;
            continue;
        }
        ent_rat *vector = basis + (size_t)k++ * (size_t)columns;
        ent_rat_set_int(&vector[c], 1);
        for (int i = 0; i < rank; i++)
            ent_rat_neg(&vector[pivot[i]], &form[(size_t)i * (size_t)columns + (size_t)c]);
    }
}

ent_status ent_kernel(ent_ctx *ctx, int rows, int columns, const ent_rat *a, ent_rat **basis,
                      int *n)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    int *pivot = NULL;
    ent_rat *form = NULL, *found = NULL;
    const size_t entries = rows > 0 && columns > 0 ? (size_t)rows * (size_t)columns : 0;
    ENT_REQUIRE(ctx, rows >= 0 && columns >= 0);
    ENT_SCRATCH(ctx, pivot, columns + 1);
    if (!(form = ent_rats_new(ctx, entries, &st))) goto done;
    for (size_t k = 0; k < entries; k++) ent_rat_set(&form[k], &a[k]);
    const int rank = ent_reduce(rows, columns, form, pivot), count = columns - rank;
    if (count > 0) {
        if (!(found = ent_rats_new(ctx, (size_t)count * (size_t)columns, &st))) goto done;
        read_kernel(columns, form, rank, pivot, found);
    }
    *basis = found;
    *n = count;
done:
    ent_rats_free(form, entries);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Is every row sum of |P| R less than 1? R: the rows of `radius` that belong to the regular
 * part. */
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

ent_status ent_full_rank(ent_ctx *ctx, int rows, int columns, const ent_rat *a,
                         const ent_rat *radius, bool *holds)
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
            ent_rat_set(&part[i * columns + j],
                        &a[(size_t)rank.row[i] * (size_t)columns + (size_t)j]);
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
