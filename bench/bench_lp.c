/* Linear programs against GLPK's C interface: matrix games, and programs over mechanisms whose
 * incentive constraints bind. Both get the same programs, by turns; the best round of each counts,
 * and of GLPK the best of several ways. Ratios are what counts. */
#include "base/rng.h"
#include "clock.h"
#include "concept/matrix_game.h"
#include "incentive_programs.h"
#include "num/keyed_lp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef ENT_HAVE_GLPK
#include <glpk.h>
#endif

enum { SIDE = 64, PROGRAMS = 64, ROUNDS = 5 };

/* Ways to use GLPK: the method, the basis it begins from, and whether it presolves. */
typedef enum way_start { STANDARD, ADVANCED, BEST_DECISIONS } way_start;
static const struct way {
    const char *name;
    bool dual, presolve;
    way_start start;
} ways[] = {
    {"primal", false, false, STANDARD},        {"primal, advanced basis", false, false, ADVANCED},
    {"dual", true, false, STANDARD},           {"primal, presolved", false, true, STANDARD},
    {"dual, presolved", true, true, STANDARD}, {"dual", true, false, BEST_DECISIONS},
    {"primal", false, false, BEST_DECISIONS},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* What came of one program. */
typedef struct result {
    double value, seconds;
} result;

#ifdef ENT_HAVE_GLPK
static glp_prob *glpk_program(const bench_program *p, int *index, double *entry)
{
    static const int bound[] = {[ENT_LP_LE] = GLP_UP, [ENT_LP_EQ] = GLP_FX, [ENT_LP_GE] = GLP_LO};
    glp_prob *g = glp_create_prob();
    glp_set_obj_dir(g, GLP_MAX);
    glp_add_rows(g, p->rows);
    glp_add_cols(g, p->columns);
    for (int i = 0; i < p->rows; i++) {
        int n = 0;
        for (int j = 0; j < p->columns; j++) {
            const double x = p->a[(size_t)i * (size_t)p->columns + (size_t)j];
            if (x != 0.0) index[++n] = j + 1, entry[n] = x;
        }
        glp_set_row_bnds(g, i + 1, bound[p->sense[i]], p->b[i], p->b[i]);
        glp_set_mat_row(g, i + 1, n, index, entry);
    }
    for (int j = 0; j < p->columns; j++) {
        glp_set_col_bnds(g, j + 1, GLP_LO, 0.0, 0.0);
        glp_set_obj_coef(g, j + 1, p->c[j]);
    }
    return g;
}

static void best_decisions(glp_prob *g, const bench_program *p)
{
    glp_std_basis(g);
    for (int k = 0; k < p->cells; k++) {
        glp_set_row_stat(g, k + 1, GLP_NS);
        glp_set_col_stat(g, p->best[k] + 1, GLP_BS);
    }
}

/* The problem object is built outside the clock. */
static result by_glpk(const bench_program *p, const struct way *way, int *index, double *entry)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = way->dual ? GLP_DUALP : GLP_PRIMAL;
    options.presolve = way->presolve ? GLP_ON : GLP_OFF;
    glp_prob *g = glpk_program(p, index, entry);
    const double start = bench_now();
    if (way->start == STANDARD) glp_std_basis(g);
    else if (way->start == ADVANCED) glp_adv_basis(g, 0);
    else best_decisions(g, p);
    const bool solved = glp_simplex(g, &options) == 0 && glp_get_status(g) == GLP_OPT;
    const result r = {.seconds = bench_now() - start,
                      .value = solved ? glp_get_obj_val(g) : (double)NAN};
    glp_delete_prob(g);
    return r;
}
#endif

/* A round of GLPK on `count` programs by every way: least[way], mean seconds, goes down; the
 * largest difference of values. */
static void glpk_round(int count, const bench_program *p, const double *value, double *least,
                       double *differ)
{
#ifdef ENT_HAVE_GLPK
    int *index = malloc(((size_t)p->columns + 1) * sizeof *index);
    double *entry = malloc(((size_t)p->columns + 1) * sizeof *entry);
    for (int w = 0; w < WAYS && index && entry; w++) {
        double total = 0.0;
        if (ways[w].start == BEST_DECISIONS && !p->best) continue;
        for (int k = 0; k < count; k++) {
            const result r = by_glpk(&p[k], &ways[w], index, entry);
            total += r.seconds;
            if (!isnan(differ[w]) && !(fabs(r.value - value[k]) <= differ[w]))
                differ[w] = fabs(r.value - value[k]);
        }
        least[w] = fmin(least[w], total / count);
    }
    free(entry);
    free(index);
#else
    (void)count, (void)p, (void)value, (void)least, (void)differ;
#endif
}

typedef struct comparison {
    double ours, least[WAYS], differ[WAYS]; /* best mean seconds; largest difference of values */
} comparison;

static comparison nothing(void)
{
    comparison c = {.ours = HUGE_VAL};
    for (int w = 0; w < WAYS; w++) c.least[w] = HUGE_VAL;
    return c;
}

/* The fastest way among those that begin by themselves, or among those that are told where to
 * begin. */
static int best_way(const comparison *c, bool told)
{
    int best = -1;
    for (int w = 0; w < WAYS; w++)
        if ((ways[w].start == BEST_DECISIONS) == told && isfinite(c->least[w]) &&
            (best < 0 || c->least[w] < c->least[best]))
            best = w;
    return best;
}

static void print_way(const comparison *c, int w)
{
    if (w >= 0 && isfinite(c->least[w]))
        printf(" | %9.2f %6.1f  %-22s", 1e6 * c->least[w], c->least[w] / c->ours, ways[w].name);
}

static void print(int rows, int columns, int count, const comparison *c)
{
    double differ = 0.0;
    for (int w = 0; w < WAYS; w++)
        if (!isnan(differ) && !(c->differ[w] <= differ)) differ = c->differ[w];
    printf("%4d x %-4d %4d %10.3f %8.0e", rows, columns, count, 1e6 * c->ours, differ);
    print_way(c, 0);
    print_way(c, best_way(c, false));
    print_way(c, best_way(c, true));
    printf("\n");
}

/* max sum y, M y <= 1, whose value is one over the game's. */
static void matrix_games(ent_matrix_work *work, int n)
{
    static double game[PROGRAMS][SIDE * SIDE], ones[SIDE], value[PROGRAMS];
    static ent_lp_sense sense[SIDE]; /* all <= */
    bench_program p[PROGRAMS];
    comparison c = nothing();
    ent_rng rng = ent_rng_stream(1, (uint64_t)n, 0);
    for (int i = 0; i < n; i++) ones[i] = 1.0;
    for (int k = 0; k < PROGRAMS; k++) {
        for (int e = 0; e < n * n; e++) game[k][e] = 1.0 + ent_rng_uniform(&rng);
        p[k] = (bench_program){
            .rows = n, .columns = n, .a = game[k], .b = ones, .c = ones, .sense = sense};
    }
    const int repeats = (n <= 8 ? 20000 : n <= 16 ? 4000 : 400) / PROGRAMS;
    for (int round = 0; round < ROUNDS; round++) {
        const double start = bench_now();
        for (int k = 0; k < repeats * PROGRAMS; k++) {
            ent_matrix_result r;
            ent_matrix_game(work, n, n, game[k % PROGRAMS], NULL, &r);
            value[k % PROGRAMS] = 1.0 / r.value;
        }
        c.ours = fmin(c.ours, (bench_now() - start) / (repeats * PROGRAMS));
        glpk_round(PROGRAMS, p, value, c.least, c.differ);
    }
    print(n, n, PROGRAMS, &c);
}

/* The program as the library solves it: from each profile's best decision. */
static double solve(ent_keyed_lp *work, const bench_program *p, int *binding)
{
    const ent_lp lp = {
        .rows = p->rows, .columns = p->columns, .a = p->a, .b = p->b, .c = p->c, .sense = p->sense};
    ent_lp_result r;
    ent_keyed_lp_solve(work, &lp, p->best, &r);
    if (r.outcome != ENT_LP_OPTIMAL) return (double)NAN;
    *binding = 0;
    for (int i = p->cells; i < p->rows; i++) *binding += r.y[i] != 0.0;
    return r.value;
}

static int incentive_programs(ent_ctx *ctx, int players, int types, int decisions, int count)
{
    bench_program p[PROGRAMS] = {{0}};
    double value[PROGRAMS], bound = 0.0;
    ent_keyed_lp *work = NULL;
    comparison c = nothing();
    for (int k = 0; k < count; k++)
        if (bench_incentive_program(ctx, players, types, decisions, (uint64_t)k, &p[k]) != ENT_OK)
            return 1;
    if (ent_keyed_lp_new(ctx, p->rows, p->columns, p->cells, p->first, &work) != ENT_OK) return 1;
    for (int round = 0; round < ROUNDS; round++) {
        double total = 0.0;
        bound = 0.0;
        for (int k = 0; k < count; k++) {
            int binding = 0;
            const double start = bench_now();
            value[k] = solve(work, &p[k], &binding);
            total += bench_now() - start;
            bound += (double)binding / count;
        }
        c.ours = fmin(c.ours, total / count);
        glpk_round(count, p, value, c.least, c.differ);
    }
    print(p->rows, p->columns, count, &c);
    printf(
        "            %d players, %d types each, %d decisions; %.1f of %d constraints have a price\n",
        players, types, decisions, bound, p->rows - p->cells);
    ent_keyed_lp_free(work);
    for (int k = 0; k < count; k++) bench_program_free(&p[k]);
    return 0;
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_matrix_work *work = NULL;
    if (ent_matrix_work_new(ctx, SIDE, SIDE, &work) != ENT_OK) return 1;
#ifdef ENT_HAVE_GLPK
    glp_term_out(GLP_OFF);
#endif
    printf(
        "microseconds a program, ratios; GLPK as it comes, by the best of several ways, and told the basis of the best decisions as we are\n");
    printf("%11s %4s %10s %8s | %9s %6s  %-22s | %9s %6s  %-22s\n", "size", "", "entente", "differ",
           "GLPK", "ratio", "as it comes", "GLPK", "ratio", "best way");
#ifndef ENT_HAVE_GLPK
    printf("GLPK is not installed\n");
#endif
    printf("matrix games, cold, payoffs uniform in [1, 2]\n");
    for (int n = 2; n <= SIDE; n = n < 4 ? n + 1 : n * 2) matrix_games(work, n);
    printf("incentive programs, rows x columns\n");
    const int failed = incentive_programs(ctx, 2, 4, 3, 64) + incentive_programs(ctx, 3, 3, 7, 32) +
                       incentive_programs(ctx, 2, 8, 7, 8);
    if (failed) printf("%s\n", ent_message(ctx));
    ent_matrix_work_free(work);
    ent_ctx_free(ctx);
    return failed != 0;
}
