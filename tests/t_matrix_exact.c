/* Matrix games in rationals: with the kernel of the doubles, with a wrong one, with none; badly
 * scaled; against the reference. */
#include "check.h"

#include "base/rng.h"
#include "concept/matrix_exact.h"
#include "ref/ref_simplex.h"

enum { SIDE = 12 };

static double draw(ent_rng *rng, int kind)
{
    if (kind == 0) return (double)(ent_rng_below(rng, 7) - 3);
    if (kind == 1) return ent_rng_uniform(rng);
    const double sign = ent_rng_below(rng, 2) ? 1.0 : -1.0;
    return sign * (1.0 + (double)ent_rng_below(rng, 999)) *
           pow(10.0, (double)(ent_rng_below(rng, 7) - 3)) * 1e-3;
}

static int proves(int rows, int columns, const ent_rat *m, const ent_exact_game *g)
{
    ent_rat sum = ENT_RAT_ZERO, one = {1, 1, NULL};
    int good = 1;
    for (int j = 0; j < columns; j++) {
        ent_rat_set_int(&sum, 0);
        for (int i = 0; i < rows; i++) ent_rat_addmul(&sum, &g->row[i], &m[i * columns + j]);
        good = good && ent_rat_cmp(&sum, &g->value) >= 0;
    }
    for (int i = 0; i < rows; i++) {
        ent_rat_set_int(&sum, 0);
        for (int j = 0; j < columns; j++) ent_rat_addmul(&sum, &g->column[j], &m[i * columns + j]);
        good = good && ent_rat_cmp(&sum, &g->value) <= 0 && ent_rat_sign(&g->row[i]) >= 0;
    }
    ent_rat_set_int(&sum, 0);
    for (int i = 0; i < rows; i++) ent_rat_add(&sum, &sum, &g->row[i]);
    good = good && ent_rat_equal(&sum, &one);
    ent_rat_set_int(&sum, 0);
    for (int j = 0; j < columns; j++) ent_rat_add(&sum, &sum, &g->column[j]);
    good = good && ent_rat_equal(&sum, &one);
    ent_rat_release(&sum);
    return good;
}

static void sample(ent_ctx *ctx, ent_matrix_work *work, int kind, int games, int *wrong, int *off)
{
    ent_rng rng = ent_rng_stream(8, (uint64_t)kind, 0);
    double m[SIDE * SIDE];
    int row[SIDE], column[SIDE];
    for (int g = 0; g < games; g++) {
        ent_status st = ENT_OK;
        const int rows = 1 + (int)ent_rng_below(&rng, SIDE),
                  columns = 1 + (int)ent_rng_below(&rng, SIDE);
        const size_t count = (size_t)(rows * columns);
        ent_rat *exact = ent_rats_new(ctx, count, &st), value = ENT_RAT_ZERO;
        for (size_t k = 0; k < count; k++) ent_rat_set_double(&exact[k], m[k] = draw(&rng, kind));
        ent_kernel kernel = {.size = 0, .row = row, .column = column};
        ent_matrix_result r;
        ent_matrix_game(work, rows, columns, m, &kernel, &r);
        ent_exact_game e = {0};
        CHECK(ent_exact_game_init(ctx, rows, columns, &e) == ENT_OK);
        CHECK(ent_matrix_game_exact(ctx, rows, columns, exact, g % 5 ? &kernel : NULL, &e) ==
              ENT_OK);
        if (!proves(rows, columns, exact, &e)) ++*wrong;
        double most = 0.0;
        for (size_t k = 0; k < count; k++) most = fmax(most, fabs(m[k]));
        if (!(fabs(ent_rat_double(&e.value) - r.value) <= 1e-12 * most)) ++*off;
        if (g % 10 == 0) {
            ref_simplex_game(rows, columns, exact, &value);
            CHECK(ent_rat_equal(&value, &e.value));
        }
        ent_exact_game_release(&e);
        ent_rat_release(&value);
        ent_rats_free(exact, count);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_matrix_work *work = NULL;
    CHECK(ent_matrix_work_new(ctx, SIDE, SIDE, &work) == ENT_OK);
    for (int kind = 0; kind < 3; kind++) {
        int wrong = 0, off = 0;
        sample(ctx, work, kind, 100, &wrong, &off);
        CHECK(wrong == 0 && off == 0);
    }
    for (int64_t k = 0; k < 6; k++) { /* every allocation fails in turn */
        const ent_rat m[] = {{3, 1, NULL}, {0, 1, NULL}, {1, 1, NULL}, {2, 1, NULL}};
        ent_exact_game e = {0};
        CHECK(ent_exact_game_init(ctx, 2, 2, &e) == ENT_OK);
        ent_ctx_fail_after(ctx, k);
        const ent_status st = ent_matrix_game_exact(ctx, 2, 2, m, NULL, &e);
        ent_ctx_fail_after(ctx, -1);
        CHECK(st == ENT_OK || st == ENT_E_MEMORY);
        if (st == ENT_OK) CHECK(e.value.num == 3 && e.value.den == 2);
        ent_exact_game_release(&e);
    }
    ent_matrix_work_free(work);
    ent_ctx_free(ctx);
    return check_end();
}
