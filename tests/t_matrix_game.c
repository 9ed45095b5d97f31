/* Matrix games: values against the rational reference, strategies against the payoffs, laws,
 * scales, known kernels. */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "concept/matrix_game.h"
#include "ref/ref_simplex.h"

enum { SIDE = 40 };

static double draw(ent_rng *rng, int kind)
{
    if (kind == 0) return (double)(ent_rng_below(rng, 5) - 2);
    if (kind == 1) return (double)(ent_rng_below(rng, 2001) - 1000);
    if (kind == 2) return ent_rng_uniform(rng) - 0.5;
    const double sign = ent_rng_below(rng, 2) ? 1.0 : -1.0;
    return sign * pow(10.0, 6.0 * ent_rng_uniform(rng) - 3.0);
}

static double reference(int rows, int columns, const double *m)
{
    ent_status st = ENT_OK;
    ent_rat *exact = ent_rats_new(NULL, (size_t)(rows * columns), &st), value = ENT_RAT_ZERO;
    for (int k = 0; k < rows * columns; k++) ent_rat_set_double(&exact[k], m[k]);
    ref_simplex_game(rows, columns, exact, &value);
    const double v = ent_rat_double(&value);
    ent_rat_release(&value);
    ent_rats_free(exact, (size_t)(rows * columns));
    return v;
}

static double most_of(int count, const double *m)
{
    double most = 0.0;
    for (int k = 0; k < count; k++) most = fmax(most, fabs(m[k]));
    return most;
}

/* Do the strategies secure what they claim? The largest shortfall. */
static double shortfall(int rows, int columns, const double *m, const ent_matrix_result *r)
{
    double worst = 0.0, sum = 0.0;
    for (int i = 0; i < rows; i++) {
        double here = 0.0;
        for (int j = 0; j < columns; j++) here += m[i * columns + j] * r->column[j];
        worst = fmax(worst, here - r->value);
        worst = fmax(worst, -r->row[i]);
        sum += r->row[i];
    }
    worst = fmax(worst, fabs(sum - 1.0));
    sum = 0.0;
    for (int j = 0; j < columns; j++) {
        double here = 0.0;
        for (int i = 0; i < rows; i++) here += m[i * columns + j] * r->row[i];
        worst = fmax(worst, r->value - here);
        worst = fmax(worst, -r->column[j]);
        sum += r->column[j];
    }
    return fmax(worst, fabs(sum - 1.0));
}

static void against_reference(ent_matrix_work *work, int kind, int games)
{
    double m[SIDE * SIDE], worst = 0.0;
    ent_rng rng = ent_rng_stream(5, (uint64_t)kind, 0);
    for (int g = 0; g < games; g++) {
        const int rows = 1 + (int)ent_rng_below(&rng, 6), columns = 1 + (int)ent_rng_below(&rng, 6);
        for (int k = 0; k < rows * columns; k++) m[k] = draw(&rng, kind);
        ent_matrix_result r;
        ent_matrix_game(work, rows, columns, m, NULL, &r);
        const double scale = most_of(rows * columns, m) + 1e-300;
        worst = fmax(worst, fabs(r.value - reference(rows, columns, m)) / scale);
        worst = fmax(worst, shortfall(rows, columns, m, &r) / fmax(scale, 1.0));
    }
    CHECK(worst <= 1e-13);
    if (worst > 1e-13) printf("kind %d: %g\n", kind, worst);
}

/* Large games, against their own strategies; badly scaled ones may not fail once. */
static void secure(ent_matrix_work *work, int kind, int games)
{
    static double m[SIDE * SIDE];
    ent_rng rng = ent_rng_stream(6, (uint64_t)kind, 0);
    int wrong = 0;
    for (int g = 0; g < games; g++) {
        const int rows = 1 + (int)ent_rng_below(&rng, SIDE),
                  columns = 1 + (int)ent_rng_below(&rng, SIDE);
        for (int k = 0; k < rows * columns; k++) m[k] = draw(&rng, kind);
        ent_matrix_result r;
        ent_matrix_game(work, rows, columns, m, NULL, &r);
        if (!(shortfall(rows, columns, m, &r) <= 1e-12 * fmax(1.0, most_of(rows * columns, m))))
            wrong++;
    }
    CHECK(wrong == 0);
}

static void laws(ent_matrix_work *work)
{
    const double pennies[] = {1, -1, -1, 1}, rock[] = {0, -1, 1, 1, 0, -1, -1, 1, 0};
    double m[9];
    int row[3], column[3];
    ent_kernel kernel = {.size = 0, .row = row, .column = column};
    ent_matrix_result r;
    ent_matrix_game(work, 2, 2, pennies, NULL, &r);
    CHECK(r.value == 0.0 && r.row[0] == 0.5 && r.column[1] == 0.5);
    ent_matrix_game(work, 3, 3, rock, &kernel, &r);
    CHECK(kernel.size == 3);
    CHECK_NEAR(r.value, 0.0, 1e-15);
    /* Shifted and scaled, and through the kernel just found. */
    for (int k = 0; k < 9; k++) m[k] = 7.25e5 + 1e-3 * rock[k];
    ent_matrix_game(work, 3, 3, m, &kernel, &r);
    CHECK(kernel.size == 3);
    CHECK_NEAR(r.value, 7.25e5, 1e-15);
    CHECK_NEAR(r.row[1], 1.0 / 3.0, 1e-6);
    /* A wrong kernel is no harm. */
    kernel.size = 1;
    kernel.row[0] = kernel.column[0] = 2;
    ent_matrix_game(work, 3, 3, rock, &kernel, &r);
    CHECK_NEAR(r.value, 0.0, 1e-15);
    CHECK(kernel.size == 3);
    for (int k = 0; k < 9; k++) m[k] = 4.0;
    ent_matrix_game(work, 3, 3, m, NULL, &r);
    CHECK(r.value == 4.0 && r.low == 4.0 && r.high == 4.0);
}

static void no_memory(ent_ctx *ctx)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_matrix_work *work = NULL;
        brutal_on(&b);
        brutal_off(&b, ent_matrix_work_new(ctx, 4, 5, &work));
        CHECK((b.st == ENT_OK) == (work != NULL));
        ent_matrix_work_free(work);
    }
    brutal_end(&b, 10);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_matrix_work *work = NULL;
    CHECK(ent_matrix_work_new(ctx, SIDE, SIDE, &work) == ENT_OK);
    for (int kind = 0; kind < 4; kind++) against_reference(work, kind, 300);
    for (int kind = 0; kind < 4; kind++) secure(work, kind, 300);
    laws(work);
    ent_matrix_work_free(work);
    no_memory(ctx);
    CHECK(ent_matrix_work_new(ctx, 0, 3, &work) == ENT_E_ARG);
    ent_ctx_free(ctx);
    return check_end();
}
