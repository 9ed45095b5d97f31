/* Programs whose optimum is 0 by way of cancellation were called "limit": the two values, rounding
 * both, were compared with each other only. Mechanisms of which nothing but doing nothing is
 * incentive compatible are such programs. */
#include "check.h"

#include "base/rng.h"
#include "num/lp.h"

enum { CELLS = 12, OPTIONS = 3, ROWS = 30, COLUMNS = CELLS * OPTIONS, PROGRAMS = 200 };

typedef struct program {
    double a[(CELLS + ROWS) * COLUMNS], b[CELLS + ROWS], c[COLUMNS];
    ent_lp_sense sense[CELLS + ROWS];
    int best[CELLS + ROWS];
} program;

/* Option 0 of a cell is worth nothing. Others are worth something, and every row demands of them
 * what their sum forbids. */
static void draw(ent_rng *rng, program *p)
{
    *p = (program){0};
    for (int cell = 0; cell < CELLS; cell++) {
        p->b[cell] = 1.0;
        p->sense[cell] = ENT_LP_EQ;
        p->best[cell] = cell * OPTIONS;
        for (int o = 0; o < OPTIONS; o++) {
            const int j = cell * OPTIONS + o;
            p->a[cell * COLUMNS + j] = 1.0;
            p->c[j] = o ? ent_rng_uniform(rng) : 0.0;
            if (p->c[j] > p->c[p->best[cell]]) p->best[cell] = j;
        }
    }
    for (int i = CELLS; i < CELLS + ROWS; i++) {
        p->sense[i] = ENT_LP_GE;
        p->best[i] = COLUMNS + i;
    }
    for (int j = 0; j < COLUMNS; j++) {
        double sum = 0.0;
        if (j % OPTIONS == 0) continue;
        for (int i = CELLS; i < CELLS + ROWS - 1; i++)
            sum += p->a[i * COLUMNS + j] = 2.0 * ent_rng_uniform(rng) - 1.0;
        p->a[(CELLS + ROWS - 1) * COLUMNS + j] = -sum - 0.1 * ent_rng_uniform(rng);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_lp_work *work = NULL;
    ent_rng rng = ent_rng_stream(3, 0, 0);
    CHECK(ent_lp_work_new(ctx, CELLS + ROWS, COLUMNS, &work) == ENT_OK);
    for (int k = 0; work && k < PROGRAMS; k++) {
        program p;
        ent_lp_result r;
        draw(&rng, &p);
        const ent_lp lp = {.rows = CELLS + ROWS,
                           .columns = COLUMNS,
                           .a = p.a,
                           .b = p.b,
                           .c = p.c,
                           .sense = p.sense};
        ent_lp_solve(work, &lp, k % 2 ? ENT_LP_BASIS : ENT_LP_COLD, k % 2 ? p.best : NULL, &r);
        CHECK(r.outcome == ENT_LP_OPTIMAL);
        CHECK_NEAR(r.value, 0.0, 1e-12);
        CHECK(r.primal_residual <= 1e-12 && r.dual_residual <= 1e-12 && r.gap <= 1e-12);
        for (int cell = 0; cell < CELLS; cell++) CHECK_NEAR(r.x[cell * OPTIONS], 1.0, 1e-12);
    }
    ent_lp_work_free(work);
    ent_ctx_free(ctx);
    return check_end();
}
