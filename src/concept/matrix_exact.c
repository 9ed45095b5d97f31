/* A kernel determines both strategies and the value by one linear system with the border -1, 1. On
 * payoffs brought to integers it is solved without fractions; all inequalities are then compared as
 * integers. When the kernel that doubles found is not the right one (payoffs that differ in the
 * sixteenth digit), a simplex in rationals decides. */
#include "concept/matrix_exact.h"

#include "concept/exact_game.h"
#include "exact/bareiss.h"

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

/* The kernel with its border, [K -1; 1 0]: times (y, v) it is (0, 1); its transpose times (x, -v)
 * is (0, -1). */
static void bordered(const ent_rat *m, int columns, const ent_kernel *k, ent_rat *a, ent_rat *side)
{
    const int size = k->size, n = size + 1;
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++)
            ent_rat_set(&a[i * n + j], &m[k->row[i] * columns + k->column[j]]);
        ent_rat_set_int(&a[i * n + size], -1);
        ent_rat_set_int(&a[size * n + i], 1);
    }
    ent_rat_set_int(&side[size], 1);
}

/* Both sides' weights and the value from the kernel. */
static ent_status solve_kernel(ent_ctx *ctx, const ent_rat *m, const ent_kernel *k,
                               ent_exact_game *g, bool *regular)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)k->size + 1;
    ent_rat *a = ent_rats_new(ctx, n * n, &st), *side = NULL, *z = NULL;
    bool is_singular = false;
    *regular = false;
    if (!a) goto done;
    side = ent_rats_new(ctx, n, &st);
    z = side ? ent_rats_new(ctx, n, &st) : NULL;
    if (!z) goto done;
    bordered(m, g->columns, k, a, side);
    ent_system system = {.n = (int)n, .sides = 1, .a = a, .b = side};
    ENT_TRY(ent_bareiss_solve(ctx, &system, z, &is_singular));
    if (is_singular) goto done;
    for (int u = 0; u < k->size; u++) ent_rat_swap(&g->column[k->column[u]], &z[u]);
    ent_rat_set(&g->value, &z[k->size]);
    ent_rat_set_int(&side[k->size], -1);
    system.is_transposed = true;
    ENT_TRY(ent_bareiss_solve(ctx, &system, z, &is_singular));
    for (int u = 0; u < k->size; u++) ent_rat_swap(&g->row[k->row[u]], &z[u]);
    *regular = true;
done:
    ent_rats_free(a, n * n);
    ent_rats_free(side, n);
    ent_rats_free(z, n);
    return st;
}

static bool nonnegative(int n, const ent_rat *w)
{
    for (int k = 0; k < n; k++)
        if (ent_rat_sign(&w[k]) < 0) return false;
    return true;
}

/* One side's weights and the value as integers, by their common denominator: comparing then needs
 * no fractions. */
static ent_status as_integers(ent_ctx *ctx, int n, const ent_rat *weight, const ent_rat *value,
                              ent_rat **out)
{
    ent_status st = ENT_OK;
    ent_rat unit = ENT_RAT_ZERO, *w = ent_rats_new(ctx, (size_t)n + 1, &st);
    if (!w) return st;
    for (int k = 0; k < n; k++) ent_rat_set(&w[k], &weight[k]);
    ent_rat_set(&w[n], value);
    ent_rats_common_denominator((size_t)n + 1, w, &unit);
    for (int k = 0; k <= n; k++)
        if (ent_rat_sign(&w[k]) != 0) ent_rat_div(&w[k], &w[k], &unit);
    ent_rat_release(&unit);
    *out = w;
    return ENT_OK;
}

/* Does one side's strategy secure the value: at least that for the rows, at most that for the
 * columns? */
static ent_status side_secures(ent_ctx *ctx, const ent_rat *m, const ent_exact_game *g, bool rows,
                               bool *good)
{
    ent_status st = ENT_OK;
    const int mine = rows ? g->rows : g->columns, theirs = rows ? g->columns : g->rows;
    ent_rat sum = ENT_RAT_ZERO, *w = NULL;
    ENT_TRY(as_integers(ctx, mine, rows ? g->row : g->column, &g->value, &w));
    *good = true;
    for (int t = 0; t < theirs && *good; t++) {
        ent_rat_neg(&sum, &w[mine]);
        for (int k = 0; k < mine; k++)
            if (ent_rat_sign(&w[k]) != 0)
                ent_rat_addmul(&sum, &w[k], &m[rows ? k * g->columns + t : t * g->columns + k]);
        *good = rows ? ent_rat_sign(&sum) >= 0 : ent_rat_sign(&sum) <= 0;
    }
done:
    ent_rat_release(&sum);
    ent_rats_free(w, (size_t)mine + 1);
    return st;
}

static ent_status secures(ent_ctx *ctx, const ent_rat *m, const ent_exact_game *g, bool *good)
{
    ent_status st = ENT_OK;
    ENT_TRY(side_secures(ctx, m, g, true, good));
    if (*good) ENT_TRY(side_secures(ctx, m, g, false, good));
done:
    return st;
}

static void clear(ent_exact_game *g)
{
    ent_rat_set_int(&g->value, 0);
    for (int i = 0; i < g->rows; i++) ent_rat_set_int(&g->row[i], 0);
    for (int j = 0; j < g->columns; j++) ent_rat_set_int(&g->column[j], 0);
}

static ent_status try_kernel(ent_ctx *ctx, const ent_rat *m, const ent_kernel *k, ent_exact_game *g,
                             bool *good)
{
    ent_status st = ENT_OK;
    bool regular = false;
    *good = false;
    clear(g);
    ENT_TRY(solve_kernel(ctx, m, k, g, &regular));
    if (regular && nonnegative(g->rows, g->row) && nonnegative(g->columns, g->column))
        ENT_TRY(secures(ctx, m, g, good));
done:
    return st;
}

ent_status ent_matrix_game_exact(ent_ctx *ctx, int rows, int columns, const ent_rat *m,
                                 const ent_kernel *hint, ent_exact_game *out)
{
    ent_status st = ENT_OK;
    const size_t count = (size_t)rows * (size_t)columns;
    ent_rat unit = ENT_RAT_ZERO, *scaled = ent_rats_new(ctx, count, &st);
    bool good = false;
    if (!scaled) return st;
    ENT_REQUIRE(ctx, out->rows == rows && out->columns == columns);
    to_integers(count, m, scaled, &unit);
    if (hint && hint->size > 0) ENT_TRY(try_kernel(ctx, scaled, hint, out, &good));
    if (!good) {
        ENT_TRY(ent_i_exact_game_simplex(ctx, rows, columns, scaled, out));
        ENT_TRY(secures(ctx, scaled, out, &good));
    }
    if (!good) ENT_BUG(ctx, "the rational simplex left a game unsolved");
    ent_rat_mul(&out->value, &out->value, &unit);
done:
    ent_rat_release(&unit);
    ent_rats_free(scaled, count);
    return st;
}
