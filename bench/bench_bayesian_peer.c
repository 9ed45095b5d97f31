/* The neutral procedural solution of random coalitions by the path, and by a general nonlinear
 * solver, IPOPT, on the same conditions in the same scaled numbers from the same start: how often,
 * and how fast. Arguments: games of each class, every way of IPOPT (1) or the best ones (0). */
#include "bargain_terms.h"
#include "clock.h"
#include "coalition_walk.h"
#include "num/lp.h"
#include "ref/ref_bayesian_games.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef ENT_HAVE_IPOPT
#include <IpStdCInterface.h>
#endif

enum { GAMES = 5, FIRST = 3000 };
static const double SECONDS = 1.0; /* that IPOPT gets for a coalition */
/* conditions are met: the largest violation, utilities scaled to range 1 */
static const double MET = 1e-6;
static const double REACH = 2e-3; /* a polished point lies this close to where it came from */
/* two utilities, scaled, that are one solution; and gains that are none */
static const double SAME = 1e-4;

/* Ways to use IPOPT. Its second derivatives are exact unless quasi. */
static const struct way {
    const char *name;
    bench_form form;
    bool quasi, adaptive, best;
} ways[] = {
    {"signs and equations", BENCH_SIGNS, false, false, false},
    {"signs and equations, adaptive barrier", BENCH_SIGNS, false, true, true},
    {"signs and equations, L-BFGS", BENCH_SIGNS, true, false, false},
    {"least sum of products", BENCH_SUM, false, false, false},
    {"least sum of products, adaptive barrier", BENCH_SUM, false, true, true},
    {"least sum of products, L-BFGS", BENCH_SUM, true, false, false},
    {"products at most 1e-9", BENCH_PRODUCTS, false, false, true},
    {"products at most 1e-9, adaptive barrier", BENCH_PRODUCTS, false, true, false},
    {"products at most 1e-9, L-BFGS", BENCH_PRODUCTS, true, false, false},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* What came out on nondegenerate and on degenerate coalitions, as the path's answer tells them
 * apart (one without an answer counts as degenerate): conditions met; nobody can gain, either; a
 * polished point near it; the utilities of the path's answer. */
typedef struct score {
    int tried[2], met[2], efficient[2], polished[2], same[2];
    double seconds[2];
} score;

typedef struct tally {
    score path, proof, way[WAYS];
    bool every_way;
} tally;

/* Every pair of an unknown and a slack: the larger one is positive; both nearly 0, a tie. */
static void sides(int n, const double *x, const double *slack, bool *positive, bool *equation)
{
    const double nothing = 1e-5;
    for (int k = 0; k < n; k++) {
        positive[k] = x[k] > slack[k] && x[k] > nothing;
        equation[k] = !(slack[k] > x[k]) || !(slack[k] > nothing);
    }
}

/* Is there a solution to the tolerance of the library near a point whose conditions are met? The
 * library's polish, from the sides that the point itself takes. x: variables of bench_terms;
 * changed. */
static ent_status polish(ent_ctx *ctx, const ent_bargain *b, double *x, bool *polished)
{
    ent_status st = ENT_OK;
    ent_bargain_point point = bench_terms_point(b, x);
    const double *slack = point.omega + b->interims;
    ent_active active;
    ent_bargain_numbers numbers;
    double residual = 0.0;
    ENT_TRY(ent_i_active_new(ctx, b, &active));
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    ENT_SCRATCH(ctx, point.flow, b->interims);
    sides(b->options, point.mu, slack, active.mu, active.z);
    sides(b->pairs, point.alpha, slack + b->options, active.alpha, active.s);
    sides(b->interims, point.lambda, slack + b->options + b->pairs, active.lambda, active.r);
    for (int m = 0; m < b->interims; m++) active.open[m] = -1, point.flow[m] = 0.0;
    for (int k = 0; k < b->pairs; k++) active.share[k] = 0.0;
    ENT_TRY(ent_i_polish(ctx, &numbers, &active, bench_settings.tolerance, REACH, &point, polished,
                         &residual));
done:
    return st;
}

/* The most that types can gain in sum, nobody losing, by another incentive compatible mechanism:
 * where weights vanish the conditions do not see it, but Definition 4 asks for efficient
 * mechanisms. Columns: options, gains. */
static ent_status gain(ent_ctx *ctx, const ent_bargain *b, const double *u, double *out)
{
    ent_status st = ENT_OK;
    const int options = b->options, columns = options + b->interims,
              rows = b->cells + b->pairs + b->interims;
    double *a = NULL, *right = NULL, *c = NULL;
    ent_lp_sense *sense = NULL;
    ent_lp_work *work = NULL;
    ent_lp_result r;
    ENT_SCRATCH(ctx, a, (size_t)rows * (size_t)columns);
    ENT_SCRATCH(ctx, right, rows);
    ENT_SCRATCH(ctx, c, columns);
    ENT_SCRATCH(ctx, sense, rows);
    for (int k = 0; k < rows * columns; k++) a[k] = 0.0;
    for (int j = 0; j < columns; j++) c[j] = j < options ? 0.0 : 1.0;
    for (int k = 0; k < rows; k++) {
        sense[k] = k < b->cells ? ENT_LP_EQ : ENT_LP_GE;
        right[k] =
            k < b->cells ? 1.0 : (k < b->cells + b->pairs ? 0.0 : u[k - b->cells - b->pairs]) - MET;
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            a[cell * columns + o] = 1.0;
            for (int k = b->first_row[cell]; k < b->first_row[cell + 1]; k++)
                a[(b->cells + b->row[k].y) * columns + o] +=
                    b->row[k].sign *
                    b->a[(size_t)o * (size_t)b->interims + (size_t)b->row[k].interim];
        }
    for (int m = 0; m < b->interims; m++)
        a[(b->cells + b->pairs + m) * columns + options + m] = -1.0;
    ENT_TRY(ent_lp_work_new(ctx, rows, columns, &work));
    const ent_lp lp = {
        .rows = rows, .columns = columns, .a = a, .b = right, .c = c, .sense = sense};
    ent_lp_solve(work, &lp, ENT_LP_COLD, NULL, &r);
    *out = r.outcome == ENT_LP_OPTIMAL ? r.value : HUGE_VAL;
done:
    ent_lp_work_free(work);
    return st;
}

/* Scaled interim utilities of lotteries. */
static ent_status utilities(ent_ctx *ctx, const ent_bargain *b, const double *mu, double *u)
{
    ent_status st = ENT_OK;
    double *g = NULL;
    ENT_SCRATCH(ctx, g, b->pairs + b->interims);
    ent_bargain_numbers numbers;
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    ent_i_bargain_means(&numbers, mu, g);
    for (int m = 0; m < b->interims; m++) u[m] = g[b->pairs + m];
done:
    return st;
}

static bool same(const ent_bargain *b, const double *u, const double *v)
{
    for (int m = 0; m < b->interims; m++)
        if (!(fabs(u[m] - v[m]) <= SAME)) return false;
    return true;
}

#ifdef ENT_HAVE_IPOPT
static Bool objective(Index n, Number *x, Bool new_x, Number *value, UserDataPtr user)
{
    const bench_terms *t = user;
    (void)n, (void)new_x;
    *value = 0.0;
    for (int k = 0; k < t->count; k++)
        if (t->term[k].row < 0)
            *value += t->term[k].coefficient * x[t->term[k].i] * x[t->term[k].j];
    return TRUE;
}

static Bool gradient(Index n, Number *x, Bool new_x, Number *out, UserDataPtr user)
{
    const bench_terms *t = user;
    (void)new_x;
    for (int i = 0; i < n; i++) out[i] = 0.0;
    for (int k = 0; k < t->count; k++) {
        const bench_term *term = &t->term[k];
        if (term->row >= 0) continue;
        out[term->i] += term->coefficient * x[term->j];
        out[term->j] += term->coefficient * x[term->i];
    }
    return TRUE;
}

static Bool constraints(Index n, Number *x, Bool new_x, Index m, Number *out, UserDataPtr user)
{
    const bench_terms *t = user;
    (void)n, (void)new_x;
    for (int r = 0; r < m; r++) out[r] = 0.0;
    for (int k = 0; k < t->count; k++) {
        const bench_term *term = &t->term[k];
        if (term->row >= 0)
            out[term->row] += term->coefficient * x[term->i] * (term->j < 0 ? 1.0 : x[term->j]);
    }
    return TRUE;
}

/* One entry for each factor of each term; entries at one place are added up. */
static Bool jacobian(Index n, Number *x, Bool new_x, Index m, Index entries, Index *row,
                     Index *column, Number *value, UserDataPtr user)
{
    const bench_terms *t = user;
    int e = 0;
    (void)n, (void)new_x, (void)m, (void)entries;
    for (int k = 0; k < t->count; k++) {
        const bench_term *term = &t->term[k];
        if (term->row < 0) continue;
        for (int side = 0; side < (term->j < 0 ? 1 : 2); side++, e++) {
            const int at = side ? term->j : term->i, other = side ? term->i : term->j;
            if (value) value[e] = term->coefficient * (other < 0 ? 1.0 : x[other]);
            else row[e] = term->row, column[e] = at;
        }
    }
    return TRUE;
}

static Bool hessian(Index n, Number *x, Bool new_x, Number factor, Index m, Number *multiplier,
                    Bool new_multiplier, Index entries, Index *row, Index *column, Number *value,
                    UserDataPtr user)
{
    const bench_terms *t = user;
    int e = 0;
    (void)n, (void)x, (void)new_x, (void)m, (void)new_multiplier, (void)entries;
    for (int k = 0; k < t->count; k++) {
        const bench_term *term = &t->term[k];
        if (term->j < 0) continue;
        if (value) value[e] = term->coefficient * (term->row < 0 ? factor : multiplier[term->row]);
        else
            row[e] = term->i > term->j ? term->i : term->j,
            column[e] = term->i > term->j ? term->j : term->i;
        e++;
    }
    return TRUE;
}

static void option(IpoptProblem p, const char *name, const char *value)
{
    char key[64], text[64]; /* the interface wants them writable */
    snprintf(key, sizeof key, "%s", name);
    snprintf(text, sizeof text, "%s", value);
    AddIpoptStrOption(p, key, text);
}

static void number(IpoptProblem p, const char *name, double value)
{
    char key[64];
    snprintf(key, sizeof key, "%s", name);
    AddIpoptNumOption(p, key, value);
}

static IpoptProblem problem(bench_terms *t, double *high, const struct way *way)
{
    int entries = 0, seconds = 0;
    for (int k = 0; k < t->count; k++) {
        if (t->term[k].row >= 0) entries += t->term[k].j < 0 ? 1 : 2;
        seconds += t->term[k].j >= 0;
    }
    for (int i = 0; i < t->n; i++) high[i] = HUGE_VAL;
    IpoptProblem p =
        CreateIpoptProblem(t->n, t->low, high, t->rows, t->row_low, t->row_high, entries, seconds,
                           0, objective, constraints, gradient, jacobian, hessian);
    char level[] = "print_level";
    AddIpoptIntOption(p, level, 0);
    option(p, "sb", "yes");
    option(p, "mu_strategy", way->adaptive ? "adaptive" : "monotone");
    if (way->quasi) option(p, "hessian_approximation", "limited-memory");
    number(p, "tol", 1e-9);
    number(p, "constr_viol_tol", 1e-9);
    number(p, "max_cpu_time", SECONDS);
    return p;
}

/* Only the solver runs on the clock. */
static ent_status by_ipopt(ent_ctx *ctx, const bench_solved *x, const struct way *way,
                           int degenerate, score *s)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->b;
    const ent_mark mark = ent_scratch_mark(ctx);
    bench_terms t;
    double *high = NULL, *u = NULL, gains = 0.0;
    bool polished = false;
    ENT_TRY(bench_terms_new(ctx, b, way->form, &t));
    ENT_SCRATCH(ctx, high, t.n);
    ENT_SCRATCH(ctx, u, b->interims);
    IpoptProblem p = problem(&t, high, way);
    const double start = bench_now();
    IpoptSolve(p, t.start, NULL, NULL, NULL, NULL, NULL, &t);
    s->seconds[degenerate] += bench_now() - start;
    FreeIpoptProblem(p);
    s->tried[degenerate]++;
    const ent_bargain_point point = bench_terms_point(b, t.start);
    ent_bargain_numbers numbers;
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    if (!(ent_i_bargain_violation(ctx, &numbers, NULL, &point, &st) <= MET) || st != ENT_OK)
        goto done;
    s->met[degenerate]++;
    ENT_TRY(utilities(ctx, b, point.mu, u));
    ENT_TRY(gain(ctx, b, u, &gains));
    s->efficient[degenerate] += gains <= SAME;
    s->same[degenerate] += x->u && same(b, u, x->u);
    ENT_TRY(polish(ctx, b, t.start, &polished));
    s->polished[degenerate] += polished;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
#endif

static ent_status by_path(ent_ctx *ctx, const bench_solved *x, int degenerate, score *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bargain_point point;
    double gains = 0.0, *u = NULL;
    bool polished = false;
    const double start = bench_now();
    ENT_TRY(ent_i_bargain_point_new(ctx, x->b, &point));
    ENT_TRY(bench_first_path(ctx, x->b, &point, &polished));
    s->seconds[degenerate] += bench_now() - start;
    s->tried[degenerate]++;
    if (!polished) goto done;
    ENT_SCRATCH(ctx, u, x->b->interims);
    ENT_TRY(utilities(ctx, x->b, point.mu, u));
    ENT_TRY(gain(ctx, x->b, u, &gains));
    s->met[degenerate]++;
    s->polished[degenerate]++;
    s->efficient[degenerate] += gains <= SAME;
    s->same[degenerate] += x->u && same(x->b, u, x->u);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Everybody on one problem. */
static ent_status visit(ent_ctx *ctx, const bench_solved *x, void *user)
{
    ent_status st = ENT_OK;
    tally *t = user;
    double gains = HUGE_VAL;
    const int degenerate = !x->u || x->answer->status != ENT_BAYES_NONDEGENERATE;
    if (x->u) ENT_TRY(gain(ctx, x->b, x->u, &gains));
    t->proof.tried[degenerate]++;
    t->proof.met[degenerate] += x->u != NULL;
    t->proof.efficient[degenerate] += gains <= SAME;
    t->proof.same[degenerate] += x->u != NULL;
    t->proof.polished[degenerate] += x->u && x->answer->polished;
    t->proof.seconds[degenerate] += x->seconds;
    ENT_TRY(by_path(ctx, x, degenerate, &t->path));
#ifdef ENT_HAVE_IPOPT
    for (int w = 0; w < WAYS; w++)
        if (t->every_way || ways[w].best)
            ENT_TRY(by_ipopt(ctx, x, &ways[w], degenerate, &t->way[w]));
#endif
done:
    return st;
}

static ent_status game(ent_ctx *ctx, uint64_t k, ref_bayesian_class kind, tally *t)
{
    ent_status st = ENT_OK;
    ent_text text;
    ent_text_init(ctx, &text);
    ref_bayesian_game(k, kind, &text);
    ENT_TRY(text.status);
    ENT_TRY(bench_walk(ctx, text.len, text.data, visit, t));
done:
    ent_text_release(&text);
    return st;
}

static void print(const char *name, const score *s)
{
    printf("%-40s", name);
    for (int d = 0; d < 2; d++)
        if (s->tried[d] > 0)
            printf(" | %4d %4d %4d %4d %4d %9.3f ms", s->tried[d], s->met[d], s->efficient[d],
                   s->polished[d], s->same[d], 1e3 * s->seconds[d] / s->tried[d]);
    printf("\n");
}

int main(int argc, char **argv)
{
    const int games = argc > 1 ? atoi(argv[1]) : GAMES;
    ent_ctx *ctx = ent_ctx_new();
    tally t = {.every_way = argc > 2 && atoi(argv[2])};
    int failed = 0;
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++)
        for (int k = 0; k < games; k++)
            if (game(ctx, FIRST + (uint64_t)k, kind, &t) != ENT_OK)
                failed++, printf("%s\n", ent_message(ctx));
    printf(
        "all coalitions of %d random games in each of six classes; mean time a coalition. met: conditions to %.0e; eff.: and nobody can\n"
        "gain, either; pol.: polished to %.0e near it; same: the utilities of the path's answer\n",
        games, MET, bench_settings.tolerance);
    printf("%-40s | nondegenerate\n%-40s | %4s %4s %4s %4s %4s %12s | degenerate, or unsolved\n",
           "", "", "all", "met", "eff.", "pol.", "same", "");
    print("path and polish, first start", &t.path);
    print("all starts, and the proof in rationals", &t.proof);
    for (int w = 0; w < WAYS; w++)
        if (t.way[w].tried[0] + t.way[w].tried[1] > 0) print(ways[w].name, &t.way[w]);
#ifndef ENT_HAVE_IPOPT
    printf("IPOPT is not installed\n");
#endif
    ent_ctx_free(ctx);
    return 0;
}
