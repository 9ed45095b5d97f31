/* The dense linear programs: against GLPK where it is installed, and against optimality conditions
 * recomputed here. */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "num/lp.h"
#include "ref/ref_simplex.h"

#include <stdlib.h>
#ifdef ENT_HAVE_GLPK
#include <glpk.h>
#endif

enum { ROWS = 60, COLUMNS = 70 };

typedef struct program {
    ent_lp lp;
    double a[ROWS * COLUMNS], b[ROWS], c[COLUMNS];
    ent_lp_sense sense[ROWS];
    bool is_free[COLUMNS];
} program;

static double draw(ent_rng *rng, int kind)
{
    if (kind == 0) return (double)(ent_rng_below(rng, 19) - 9); /* integers, many ties */
    if (kind == 1) return (double)(ent_rng_below(rng, 3) - 1);  /* highly degenerate */
    const double x = 2.0 * ent_rng_uniform(rng) - 1.0;
    if (kind == 2) return x;
    return x * pow(10.0, 6.0 * ent_rng_uniform(rng) - 3.0); /* badly scaled */
}

static void random_program(program *p, ent_rng *rng, int rows, int columns, int kind, bool general)
{
    p->lp = (ent_lp){.rows = rows,
                     .columns = columns,
                     .a = p->a,
                     .b = p->b,
                     .c = p->c,
                     .sense = p->sense,
                     .is_free = p->is_free};
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) p->a[i * columns + j] = draw(rng, kind);
        p->b[i] = general ? draw(rng, kind) : fabs(draw(rng, kind));
        const int64_t pick = general ? ent_rng_below(rng, 6) : 0;
        p->sense[i] = pick == 4 ? ENT_LP_EQ : pick == 5 ? ENT_LP_GE : ENT_LP_LE;
    }
    for (int j = 0; j < columns; j++) {
        p->c[j] = draw(rng, kind);
        p->is_free[j] = general && ent_rng_below(rng, 8) == 0;
    }
}

/* A box, so that the optimum exists; the last row. */
static void add_box(program *p)
{
    const int i = p->lp.rows++;
    for (int j = 0; j < p->lp.columns; j++) p->a[i * p->lp.columns + j] = p->is_free[j] ? 0.0 : 1.0;
    p->b[i] = 37.5;
    p->sense[i] = ENT_LP_LE;
}

static double row_sum(const program *p, const double *x, int i)
{
    double sum = 0.0;
    for (int j = 0; j < p->lp.columns; j++) sum += p->a[i * p->lp.columns + j] * x[j];
    return sum;
}

static double column_sum(const program *p, const double *y, int j)
{
    double sum = 0.0;
    for (int i = 0; i < p->lp.rows; i++) sum += p->a[i * p->lp.columns + j] * y[i];
    return sum;
}

static double size_of(const program *p)
{
    double most = 1.0;
    for (int k = 0; k < p->lp.rows * p->lp.columns; k++) most = fmax(most, fabs(p->a[k]));
    return most;
}

/* Optimality conditions from the data; rays from their definition. */
static int proves(const program *p, const ent_lp_result *r)
{
    double x_most = 1.0, y_most = 1.0, worst = 0.0;
    for (int j = 0; j < p->lp.columns; j++) x_most = fmax(x_most, fabs(r->x[j]));
    for (int i = 0; i < p->lp.rows; i++) y_most = fmax(y_most, fabs(r->y[i]));
    const double size = size_of(p);
    if (r->outcome == ENT_LP_OPTIMAL || r->outcome == ENT_LP_UNBOUNDED)
        for (int i = 0; i < p->lp.rows; i++) {
            const double over = (row_sum(p, r->x, i) - p->b[i]) / (size * x_most);
            worst = fmax(worst, p->sense[i] == ENT_LP_EQ   ? fabs(over)
                                : p->sense[i] == ENT_LP_LE ? over
                                                           : -over);
        }
    if (r->outcome == ENT_LP_OPTIMAL) {
        double primal = 0.0, dual = 0.0;
        for (int j = 0; j < p->lp.columns; j++) {
            const double reduced = (p->c[j] - column_sum(p, r->y, j)) / (size * y_most);
            worst = fmax(worst, p->is_free[j] ? fabs(reduced) : fmax(reduced, -r->x[j]));
            primal += p->c[j] * r->x[j];
        }
        for (int i = 0; i < p->lp.rows; i++) {
            dual += p->b[i] * r->y[i];
            if (p->sense[i] != ENT_LP_EQ)
                worst = fmax(worst, p->sense[i] == ENT_LP_LE ? -r->y[i] : r->y[i]);
        }
        worst = fmax(worst, fabs(primal - dual) / fmax(1.0, fmax(fabs(primal), fabs(dual))));
        worst = fmax(worst, fabs(primal - r->value) / fmax(1.0, fabs(primal)));
    }
    if (r->outcome == ENT_LP_INFEASIBLE) {
        double bound = 0.0;
        for (int i = 0; i < p->lp.rows; i++) bound += p->b[i] * r->y[i];
        for (int j = 0; j < p->lp.columns; j++) {
            const double sum = column_sum(p, r->y, j) / (size * y_most);
            worst = fmax(worst, p->is_free[j] ? fabs(sum) : -sum);
        }
        if (!(bound < 0.0)) return 0;
    }
    if (r->outcome == ENT_LP_UNBOUNDED) {
        double gain = 0.0, most = 0.0;
        for (int j = 0; j < p->lp.columns; j++) {
            gain += p->c[j] * r->ray[j];
            most = fmax(most, fabs(r->ray[j]));
            if (!p->is_free[j]) worst = fmax(worst, -r->ray[j]);
        }
        for (int i = 0; i < p->lp.rows; i++) {
            const double sum = row_sum(p, r->ray, i) / (size * most);
            worst = fmax(worst, p->sense[i] == ENT_LP_EQ   ? fabs(sum)
                                : p->sense[i] == ENT_LP_LE ? sum
                                                           : -sum);
        }
        if (!(gain > 0.0)) return 0;
    }
    return r->outcome != ENT_LP_LIMIT && worst <= 1e-9;
}

#ifdef ENT_HAVE_GLPK
static ent_lp_outcome glpk(const program *p, double *value)
{
    glp_term_out(GLP_OFF);
    glp_prob *g = glp_create_prob();
    glp_set_obj_dir(g, GLP_MAX);
    if (p->lp.rows) glp_add_rows(g, p->lp.rows);
    glp_add_cols(g, p->lp.columns);
    for (int i = 0; i < p->lp.rows; i++) {
        const int type = p->sense[i] == ENT_LP_EQ   ? GLP_FX
                         : p->sense[i] == ENT_LP_LE ? GLP_UP
                                                    : GLP_LO;
        glp_set_row_bnds(g, i + 1, type, p->b[i], p->b[i]);
        int index[COLUMNS + 1];
        double entry[COLUMNS + 1];
        for (int j = 0; j < p->lp.columns; j++)
            index[j + 1] = j + 1, entry[j + 1] = p->a[i * p->lp.columns + j];
        glp_set_mat_row(g, i + 1, p->lp.columns, index, entry);
    }
    for (int j = 0; j < p->lp.columns; j++) {
        glp_set_obj_coef(g, j + 1, p->c[j]);
        glp_set_col_bnds(g, j + 1, p->is_free[j] ? GLP_FR : GLP_LO, 0.0, 0.0);
    }
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.presolve = GLP_OFF;
    glp_simplex(g, &options);
    const int status = glp_get_status(g), primal = glp_get_prim_stat(g),
              dual = glp_get_dual_stat(g);
    *value = glp_get_obj_val(g);
    glp_delete_prob(g);
    if (status == GLP_OPT) return ENT_LP_OPTIMAL;
    if (primal == GLP_NOFEAS) return ENT_LP_INFEASIBLE;
    return dual == GLP_NOFEAS ? ENT_LP_UNBOUNDED : ENT_LP_LIMIT;
}
#endif

static void sample(ent_ctx *ctx, int kind, bool general, int games)
{
    static program p;
    ent_lp_work *work = NULL;
    ent_rng rng = ent_rng_stream(3, (uint64_t)kind, general);
    CHECK(ent_lp_work_new(ctx, ROWS, COLUMNS, &work) == ENT_OK);
    int wrong = 0, differs = 0, count[4] = {0};
    for (int k = 0; k < games; k++) {
        const int rows = (int)ent_rng_below(&rng, k % 20 == 0 ? ROWS - 1 : 8),
                  columns = 1 + (int)ent_rng_below(&rng, k % 20 == 0 ? COLUMNS : 9);
        random_program(&p, &rng, rows, columns, kind, general);
        if (k % 3 != 0) add_box(&p);
        ent_lp_result r;
        ent_lp_solve(work, &p.lp, ENT_LP_COLD, NULL, &r);
        count[r.outcome]++;
        if (!proves(&p, &r)) {
            wrong++;
            printf("kind %d program %d (%d x %d): %s, residuals %g %g %g\n", kind, k, p.lp.rows,
                   columns, ent_lp_outcome_word(r.outcome), r.primal_residual, r.dual_residual,
                   r.gap);
        }
#ifdef ENT_HAVE_GLPK
        double value = 0.0;
        const ent_lp_outcome other = glpk(&p, &value);
        if (r.outcome == ENT_LP_OPTIMAL && other == ENT_LP_OPTIMAL && kind != 3)
            CHECK_NEAR(r.value, value, 1e-7);
        if (r.outcome != other) differs++;
#endif
    }
    printf(
        "kind %d general %d: optimal %d infeasible %d unbounded %d limit %d, outcome differs from GLPK's %d\n",
        kind, general, count[0], count[1], count[2], count[3], differs);
    CHECK(wrong == 0);
    CHECK(count[0] > games / 5);
    CHECK(count[3] == 0);
    ent_lp_work_free(work);
}

/* Against the textbook in rationals: integers, so that both are told the same program. */
static void exactly(ent_ctx *ctx, int games)
{
    static program p;
    ent_lp_work *work = NULL;
    ent_rng rng = ent_rng_stream(4, 0, 0);
    CHECK(ent_lp_work_new(ctx, ROWS, COLUMNS, &work) == ENT_OK);
    for (int k = 0; k < games; k++) {
        const int rows = 1 + (int)ent_rng_below(&rng, 6), columns = 1 + (int)ent_rng_below(&rng, 6);
        ent_status st = ENT_OK;
        random_program(&p, &rng, rows, columns, k % 2, true);
        for (int i = 0; i < rows; i++) p.sense[i] = ENT_LP_LE;
        for (int j = 0; j < columns; j++) p.is_free[j] = false;
        ent_rat *a = ent_rats_new(ctx, (size_t)(rows * columns), &st),
                *b = ent_rats_new(ctx, (size_t)rows, &st),
                *c = ent_rats_new(ctx, (size_t)columns, &st), value = ENT_RAT_ZERO;
        for (int e = 0; e < rows * columns; e++) ent_rat_set_int(&a[e], (int64_t)p.a[e]);
        for (int i = 0; i < rows; i++) ent_rat_set_int(&b[i], (int64_t)p.b[i]);
        for (int j = 0; j < columns; j++) ent_rat_set_int(&c[j], (int64_t)p.c[j]);
        const ref_simplex_outcome want = ref_simplex(rows, columns, a, b, c, &value, NULL);
        ent_lp_result r;
        ent_lp_solve(work, &p.lp, ENT_LP_COLD, NULL, &r);
        CHECK((int)r.outcome == (int)want);
        if (want == REF_SIMPLEX_OPTIMAL) CHECK_NEAR(r.value, ent_rat_double(&value), 1e-12);
        ent_rat_release(&value);
        ent_rats_free(a, (size_t)(rows * columns));
        ent_rats_free(b, (size_t)rows);
        ent_rats_free(c, (size_t)columns);
    }
    ent_lp_work_free(work);
}

/* Starts from a basis, a new objective, new bounds: the same answers as from nothing. */
static void warm(ent_ctx *ctx)
{
    static program p;
    ent_lp_work *work = NULL, *fresh = NULL;
    ent_rng rng = ent_rng_stream(5, 0, 0);
    int basis[ROWS];
    CHECK(ent_lp_work_new(ctx, ROWS, COLUMNS, &work) == ENT_OK);
    CHECK(ent_lp_work_new(ctx, ROWS, COLUMNS, &fresh) == ENT_OK);
    for (int k = 0; k < 60; k++) {
        random_program(&p, &rng, 12, 15, 2, true);
        add_box(&p);
        ent_lp_result r, again;
        ent_lp_solve(work, &p.lp, ENT_LP_COLD, NULL, &r);
        if (r.outcome != ENT_LP_OPTIMAL) continue;
        memcpy(basis, r.basis, (size_t)p.lp.rows * sizeof *basis);
        ent_lp_solve(fresh, &p.lp, ENT_LP_BASIS, basis, &again);
        CHECK(again.outcome == ENT_LP_OPTIMAL && again.pivots <= p.lp.rows + p.lp.columns);
        CHECK_NEAR(again.value, r.value, 1e-12);
        for (int i = 0; i < p.lp.rows; i++) basis[i] = basis[0]; /* a singular basis is repaired */
        ent_lp_solve(fresh, &p.lp, ENT_LP_BASIS, basis, &again);
        CHECK_NEAR(again.value, r.value, 1e-12);
        for (int j = 0; j < p.lp.columns; j++) p.c[j] += 0.3 * (ent_rng_uniform(&rng) - 0.5);
        ent_lp_solve(work, &p.lp, ENT_LP_NEW_OBJECTIVE, NULL, &r);
        ent_lp_solve(fresh, &p.lp, ENT_LP_COLD, NULL, &again);
        CHECK(r.outcome == again.outcome && proves(&p, &r));
        if (r.outcome == ENT_LP_OPTIMAL) CHECK_NEAR(r.value, again.value, 1e-11);
        for (int i = 0; i < p.lp.rows; i++) p.b[i] += 0.2 * ent_rng_uniform(&rng);
        ent_lp_solve(work, &p.lp, ENT_LP_NEW_BOUNDS, NULL, &r);
        ent_lp_solve(fresh, &p.lp, ENT_LP_COLD, NULL, &again);
        CHECK(r.outcome == again.outcome && proves(&p, &r));
        if (r.outcome == ENT_LP_OPTIMAL) CHECK_NEAR(r.value, again.value, 1e-11);
    }
    ent_lp_work_free(work);
    ent_lp_work_free(fresh);
}

static void edges(ent_ctx *ctx)
{
    ent_lp_work *work = NULL;
    ent_lp_result r;
    const double c[] = {-1.0, -2.0}, up[] = {1.0}, a[] = {1.0}, b[] = {0.0};
    const ent_lp no_rows = {.rows = 0, .columns = 2, .c = c},
                 unbounded = {.rows = 0, .columns = 1, .c = up};
    const ent_lp fixed = {.rows = 1, .columns = 1, .a = a, .b = b, .c = up},
                 no_columns = {.rows = 1, .columns = 0, .a = a, .b = up, .c = c};
    CHECK(ent_lp_work_new(ctx, 1, 2, &work) == ENT_OK);
    ent_lp_solve(work, &no_rows, ENT_LP_COLD, NULL, &r);
    CHECK(r.outcome == ENT_LP_OPTIMAL && r.value == 0.0);
    ent_lp_solve(work, &unbounded, ENT_LP_COLD, NULL, &r);
    CHECK(r.outcome == ENT_LP_UNBOUNDED && r.ray[0] > 0.0);
    ent_lp_solve(work, &fixed, ENT_LP_COLD, NULL, &r);
    CHECK(r.outcome == ENT_LP_OPTIMAL && r.value == 0.0);
    ent_lp_solve(work, &no_columns, ENT_LP_COLD, NULL, &r);
    CHECK(r.outcome == ENT_LP_OPTIMAL && r.value == 0.0);
    CHECK_TEXT(ent_lp_outcome_word(ENT_LP_INFEASIBLE), "infeasible");
    ent_lp_work_free(work);
    CHECK(ent_lp_work_new(ctx, -1, 2, &work) == ENT_E_ARG);
    brutal no_memory = {.ctx = ctx};
    while (brutal_goes_on(&no_memory)) {
        work = NULL;
        brutal_on(&no_memory);
        brutal_off(&no_memory, ent_lp_work_new(ctx, 3, 4, &work));
        CHECK((no_memory.st == ENT_OK) == (work != NULL));
    }
    brutal_end(&no_memory, 1);
    ent_lp_work_free(work);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    exactly(ctx, 200);
    warm(ctx);
    edges(ctx);
    for (int kind = 0; kind < 4; kind++) {
        sample(ctx, kind, false, 400);
        sample(ctx, kind, true, 400);
    }
    ent_ctx_free(ctx);
    return check_end();
}
