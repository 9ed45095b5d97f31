/* The dense linear programs: against GLPK where it is installed, and against optimality conditions recomputed here. */
#include "check.h"

#include "base/rng.h"
#include "num/lp.h"

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
    if (kind == 0) return (double)(ent_rng_below(rng, 19) - 9);       /* integers, many ties */
    if (kind == 1) return (double)(ent_rng_below(rng, 3) - 1);        /* highly degenerate */
    const double x = 2.0 * ent_rng_uniform(rng) - 1.0;
    if (kind == 2) return x;
    return x * pow(10.0, 6.0 * ent_rng_uniform(rng) - 3.0);           /* badly scaled */
}

static void random_program(program *p, ent_rng *rng, int rows, int columns, int kind, bool general)
{
    p->lp = (ent_lp){.rows = rows, .columns = columns, .a = p->a, .b = p->b, .c = p->c, .sense = p->sense,
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
            worst = fmax(worst, p->sense[i] == ENT_LP_EQ ? fabs(over) : p->sense[i] == ENT_LP_LE ? over : -over);
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
            if (p->sense[i] != ENT_LP_EQ) worst = fmax(worst, p->sense[i] == ENT_LP_LE ? -r->y[i] : r->y[i]);
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
            worst = fmax(worst, p->sense[i] == ENT_LP_EQ ? fabs(sum) : p->sense[i] == ENT_LP_LE ? sum : -sum);
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
        const int type = p->sense[i] == ENT_LP_EQ ? GLP_FX : p->sense[i] == ENT_LP_LE ? GLP_UP : GLP_LO;
        glp_set_row_bnds(g, i + 1, type, p->b[i], p->b[i]);
        int index[COLUMNS + 1];
        double entry[COLUMNS + 1];
        for (int j = 0; j < p->lp.columns; j++) index[j + 1] = j + 1, entry[j + 1] = p->a[i * p->lp.columns + j];
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
    const int status = glp_get_status(g), primal = glp_get_prim_stat(g), dual = glp_get_dual_stat(g);
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
        const int rows = (int)ent_rng_below(&rng, k % 20 == 0 ? ROWS - 1 : 8), columns = 1 + (int)ent_rng_below(&rng, k % 20 == 0 ? COLUMNS : 9);
        random_program(&p, &rng, rows, columns, kind, general);
        if (k % 3 != 0) add_box(&p);
        ent_lp_result r;
        ent_lp_solve(work, &p.lp, ENT_LP_COLD, NULL, &r);
        count[r.outcome]++;
        if (!proves(&p, &r)) {
            wrong++;
            printf("kind %d program %d (%d x %d): %s, residuals %g %g %g\n", kind, k, p.lp.rows, columns,
                   ent_lp_outcome_word(r.outcome), r.primal_residual, r.dual_residual, r.gap);
        }
#ifdef ENT_HAVE_GLPK
        double value = 0.0;
        const ent_lp_outcome other = glpk(&p, &value);
        if (r.outcome == ENT_LP_OPTIMAL && other == ENT_LP_OPTIMAL && kind != 3) CHECK_NEAR(r.value, value, 1e-7);
        if (r.outcome != other) differs++;
#endif
    }
    printf("kind %d general %d: optimal %d infeasible %d unbounded %d limit %d, outcome differs from GLPK's %d\n", kind, general,
           count[0], count[1], count[2], count[3], differs);
    CHECK(wrong == 0);
    CHECK(count[0] > games / 5);
    CHECK(count[3] == 0);
    ent_lp_work_free(work);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (int kind = 0; kind < 4; kind++) {
        sample(ctx, kind, false, 400);
        sample(ctx, kind, true, 400);
    }
    ent_ctx_free(ctx);
    return check_end();
}
