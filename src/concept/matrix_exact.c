/* A kernel determines both strategies and the value by one linear system with the border -1, 1. On payoffs brought to integers
 * it is solved without fractions; all inequalities are then compared as integers. When the kernel that doubles found is not
 * the right one (payoffs that differ in the sixteenth digit), a simplex in rationals decides. */
#include "concept/matrix_exact.h"

#include "concept/exact_solve.h"

ent_status ent_exact_game_init(ent_ctx *ctx, int rows, int columns, ent_exact_game *game)
{
    ent_status st = ENT_OK;
    ent_exact_game g = {.rows = rows, .columns = columns};
    ent_rat_init(&g.value);
    g.row = ent_rats_new(ctx, (size_t)rows, &st);
    if (st == ENT_OK) g.column = ent_rats_new(ctx, (size_t)columns, &st);
    if (st == ENT_OK) *game = g;
    else ent_exact_game_release(&g);
    return st;
}

void ent_exact_game_release(ent_exact_game *game)
{
    ent_rats_free(game->row, (size_t)game->rows);
    ent_rats_free(game->column, (size_t)game->columns);
    ent_rat_release(&game->value);
    *game = (ent_exact_game){0};
}

/* m brought to integers: scaled = m / unit. */
static void to_integers(size_t n, const ent_rat *m, ent_rat *scaled, ent_rat *unit)
{
    ent_rats_common_denominator(n, m, unit);
    for (size_t k = 0; k < n; k++) ent_rat_div(&scaled[k], &m[k], unit);
}

/* One side's system: rows of `a` are the kernel's payoffs against each play of the other side, then the border. */
static ent_status one_side(ent_ctx *ctx, const ent_rat *m, int columns, const ent_kernel *k, bool rows_side, ent_rat *weight,
                           ent_rat *value, bool *regular)
{
    ent_status st = ENT_OK;
    const int size = k->size, n = size + 1, wide = n + 1;
    ent_rat *a = ent_rats_new(ctx, (size_t)(n * wide), &st), *z = NULL;
    if (!a) return st;
    z = ent_rats_new(ctx, (size_t)n, &st);
    if (!z) goto done;
    for (int e = 0; e < size; e++) {
        for (int u = 0; u < size; u++) {
            const int i = rows_side ? k->row[u] : k->row[e], j = rows_side ? k->column[e] : k->column[u];
            ent_rat_set(&a[e * wide + u], &m[i * columns + j]);
        }
        ent_rat_set_int(&a[e * wide + size], -1);
        ent_rat_set_int(&a[size * wide + e], 1);
    }
    ent_rat_set_int(&a[size * wide + n], 1);
    *regular = ent_i_exact_solve(n, 1, a, z);
    for (int u = 0; *regular && u < size; u++)
        ent_rat_set(&weight[rows_side ? k->row[u] : k->column[u]], &z[u]);
    if (*regular) ent_rat_set(value, &z[size]);
done:
    ent_rats_free(z, (size_t)n);
    ent_rats_free(a, (size_t)(n * wide));
    return st;
}

static bool nonnegative(int n, const ent_rat *w)
{
    for (int k = 0; k < n; k++)
        if (ent_rat_sign(&w[k]) < 0) return false;
    return true;
}

/* Does the rows' strategy yield at least the value against every column, and the columns' at most that? */
static bool secures(const ent_rat *m, const ent_exact_game *g)
{
    ent_rat sum = ENT_RAT_ZERO;
    bool good = true;
    for (int j = 0; good && j < g->columns; j++) {
        ent_rat_neg(&sum, &g->value);
        for (int i = 0; i < g->rows; i++)
            if (ent_rat_sign(&g->row[i]) != 0) ent_rat_addmul(&sum, &g->row[i], &m[i * g->columns + j]);
        good = ent_rat_sign(&sum) >= 0;
    }
    for (int i = 0; good && i < g->rows; i++) {
        ent_rat_neg(&sum, &g->value);
        for (int j = 0; j < g->columns; j++)
            if (ent_rat_sign(&g->column[j]) != 0) ent_rat_addmul(&sum, &g->column[j], &m[i * g->columns + j]);
        good = ent_rat_sign(&sum) <= 0;
    }
    ent_rat_release(&sum);
    return good;
}

static void clear(ent_exact_game *g)
{
    ent_rat_set_int(&g->value, 0);
    for (int i = 0; i < g->rows; i++) ent_rat_set_int(&g->row[i], 0);
    for (int j = 0; j < g->columns; j++) ent_rat_set_int(&g->column[j], 0);
}

static ent_status try_kernel(ent_ctx *ctx, const ent_rat *m, const ent_kernel *k, ent_exact_game *g, bool *good)
{
    ent_status st = ENT_OK;
    bool regular = false;
    *good = false;
    clear(g);
    ENT_TRY(one_side(ctx, m, g->columns, k, true, g->row, &g->value, &regular));
    if (regular) ENT_TRY(one_side(ctx, m, g->columns, k, false, g->column, &g->value, &regular));
    *good = regular && nonnegative(g->rows, g->row) && nonnegative(g->columns, g->column) && secures(m, g);
done:
    return st;
}

ent_status ent_matrix_game_exact(ent_ctx *ctx, int rows, int columns, const ent_rat *m, const ent_kernel *hint,
                                 ent_exact_game *out)
{
    ent_status st = ENT_OK;
    const size_t count = (size_t)rows * (size_t)columns;
    ent_rat unit = ENT_RAT_ZERO, *scaled = ent_rats_new(ctx, count, &st);
    bool good = false;
    if (!scaled) return st;
    ENT_REQUIRE(ctx, out->rows == rows && out->columns == columns);
    to_integers(count, m, scaled, &unit);
    if (hint && hint->size > 0) ENT_TRY(try_kernel(ctx, scaled, hint, out, &good));
    if (!good) ENT_TRY(ent_i_exact_game_simplex(ctx, rows, columns, scaled, out));
    if (!good && !secures(scaled, out)) ENT_BUG(ctx, "the rational simplex left a game unsolved");
    ent_rat_mul(&out->value, &out->value, &unit);
done:
    ent_rat_release(&unit);
    ent_rats_free(scaled, count);
    return st;
}
