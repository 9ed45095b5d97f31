/* The revised simplex with a fresh fraction-free solve for everything it asks: slow a move, but
 * doubles leave at most a few moves. */
#include "num/lp_exact.h"

#include "base/ctx.h"
#include "exact/bareiss.h"

typedef enum kind { POSITIVE, FREE, ZERO } kind; /* what a variable may be */

typedef struct state {
    const ent_exact_lp *lp;
    int m, n;
    int *basis;
    bool *is_basic;   /* [n + m] */
    bool is_costless; /* the objective is taken as 0, so that every basis is dual feasible */
    ent_rat *matrix;  /* [m][m] basic columns */
    ent_rat *side;    /* [m] */
    /* [m] basic values, duals, the entering column or a row of the inverse */
    ent_rat *beta, *y, *column;
} state;

static kind kind_of(const state *s, int v)
{
    if (v < s->n) return s->lp->is_free && s->lp->is_free[v] ? FREE : POSITIVE;
    return s->lp->sense && s->lp->sense[v - s->n] == ENT_LP_EQ ? ZERO : POSITIVE;
}

/* Entry of variable v's column in row i: slacks count +1, of >= rows -1. */
static void entry(const state *s, int v, int i, ent_rat *out)
{
    if (v < s->n) ent_rat_set(out, &s->lp->a[i * s->n + v]);
    else
        ent_rat_set_int(out, v - s->n != i                                  ? 0
                             : s->lp->sense && s->lp->sense[i] == ENT_LP_GE ? -1
                                                                            : 1);
}

static void cost(const state *s, int v, ent_rat *out)
{
    if (v < s->n && !s->is_costless) ent_rat_set(out, &s->lp->c[v]);
    else ent_rat_set_int(out, 0);
}

/* Solve with the basic columns, or their transpose, for what stands in s->side. */
static ent_status solve(ent_ctx *ctx, state *s, bool transposed, ent_rat *out, bool *singular)
{
    const ent_system system = {
        .n = s->m, .sides = 1, .a = s->matrix, .b = s->side, .is_transposed = transposed};
    return ent_bareiss_solve(ctx, &system, out, singular);
}

/* Basic values and duals of the basis. */
static ent_status refresh(ent_ctx *ctx, state *s, bool *singular)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < s->m; k++)
        for (int i = 0; i < s->m; i++) entry(s, s->basis[k], i, &s->matrix[i * s->m + k]);
    for (int i = 0; i < s->m; i++) ent_rat_set(&s->side[i], &s->lp->b[i]);
    ENT_TRY(solve(ctx, s, false, s->beta, singular));
    if (*singular) goto done;
    for (int k = 0; k < s->m; k++) cost(s, s->basis[k], &s->side[k]);
    ENT_TRY(solve(ctx, s, true, s->y, singular));
done:
    return st;
}

/* The basic variable of smallest index out of its range; -1: none. */
static int infeasible(const state *s)
{
    int best = -1;
    for (int k = 0; k < s->m; k++) {
        const int sign = ent_rat_sign(&s->beta[k]);
        const kind what = kind_of(s, s->basis[k]);
        if (what == FREE || sign == 0 || (what == POSITIVE && sign > 0)) continue;
        if (best < 0 || s->basis[k] < s->basis[best]) best = k;
    }
    return best;
}

/* c_v - y A_v. */
static void reduced_cost(const state *s, int v, const ent_rat *y, bool with_cost, ent_rat *out)
{
    ent_rat a = ENT_RAT_ZERO;
    if (with_cost) cost(s, v, out);
    else ent_rat_set_int(out, 0);
    for (int i = 0; i < s->m; i++) {
        if (ent_rat_sign(&y[i]) == 0) continue;
        entry(s, v, i, &a);
        if (ent_rat_sign(&a) != 0) ent_rat_submul(out, &y[i], &a);
    }
    ent_rat_release(&a);
}

/* The nonbasic variable of smallest index that would raise the objective, and the sign of its move;
 * -1: none. */
static int improving(const state *s, int *direction)
{
    ent_rat d = ENT_RAT_ZERO;
    int found = -1;
    for (int v = 0; v < s->n + s->m && found < 0; v++) {
        if (s->is_basic[v] || kind_of(s, v) == ZERO) continue;
        reduced_cost(s, v, s->y, true, &d);
        const int sign = ent_rat_sign(&d);
        if (sign > 0 || (sign < 0 && kind_of(s, v) == FREE)) found = v, *direction = sign;
    }
    ent_rat_release(&d);
    return found;
}

/* The basic variable that blocks first when the entering one moves along s->column; ties by
 * smallest index; -1: none. */
static int blocking(const state *s, int direction)
{
    ent_rat ratio = ENT_RAT_ZERO, best = ENT_RAT_ZERO;
    int found = -1;
    for (int k = 0; k < s->m; k++) {
        const int sign = ent_rat_sign(&s->column[k]) * direction;
        const kind what = kind_of(s, s->basis[k]);
        if (sign == 0 || what == FREE || (what == POSITIVE && sign < 0)) continue;
        ent_rat_div(&ratio, &s->beta[k], &s->column[k]);
        if (ent_rat_sign(&ratio) < 0) ent_rat_neg(&ratio, &ratio);
        const int order = found < 0 ? -1 : ent_rat_cmp(&ratio, &best);
        if (order > 0 || (order == 0 && s->basis[k] > s->basis[found])) continue;
        found = k;
        ent_rat_set(&best, &ratio);
    }
    ent_rat_release(&ratio);
    ent_rat_release(&best);
    return found;
}

/* The nonbasic variable whose move repairs basic row k and keeps reduced costs right; -1: none, the
 * program is infeasible. */
static int repairing(const state *s, int k)
{
    ent_rat alpha = ENT_RAT_ZERO, d = ENT_RAT_ZERO, best = ENT_RAT_ZERO;
    int found = -1;
    /* the row: beta_k - sum alpha_v x_v; -alpha is computed below */
    const int wanted = ent_rat_sign(&s->beta[k]);
    for (int v = 0; v < s->n + s->m; v++) {
        if (s->is_basic[v] || kind_of(s, v) == ZERO) continue;
        reduced_cost(s, v, s->column, false, &alpha);
        const int sign = -ent_rat_sign(&alpha);
        if (sign == 0 || (sign != wanted && kind_of(s, v) == POSITIVE)) continue;
        reduced_cost(s, v, s->y, true, &d);
        ent_rat_div(&d, &d, &alpha);
        if (ent_rat_sign(&d) < 0) ent_rat_neg(&d, &d);
        if (found >= 0 && ent_rat_cmp(&d, &best) >= 0) continue;
        found = v;
        ent_rat_set(&best, &d);
    }
    ent_rat_release(&alpha);
    ent_rat_release(&d);
    ent_rat_release(&best);
    return found;
}

static void exchange(state *s, int k, int entering)
{
    s->is_basic[s->basis[k]] = false;
    s->is_basic[entering] = true;
    s->basis[k] = entering;
}

/* One move of the primal simplex. */
static ent_status primal_move(ent_ctx *ctx, state *s, int entering, int direction,
                              ent_lp_outcome *outcome)
{
    ent_status st = ENT_OK;
    bool singular = false;
    for (int i = 0; i < s->m; i++) entry(s, entering, i, &s->side[i]);
    ENT_TRY(solve(ctx, s, false, s->column, &singular));
    const int k = blocking(s, direction);
    if (k < 0) *outcome = ENT_LP_UNBOUNDED;
    else exchange(s, k, entering);
done:
    return st;
}

/* One move of the dual simplex on basic row k. */
static ent_status dual_move(ent_ctx *ctx, state *s, int k, ent_lp_outcome *outcome)
{
    ent_status st = ENT_OK;
    bool singular = false;
    for (int i = 0; i < s->m; i++) ent_rat_set_int(&s->side[i], i == k);
    ENT_TRY(solve(ctx, s, true, s->column, &singular));
    const int entering = repairing(s, k);
    if (entering < 0) *outcome = ENT_LP_INFEASIBLE;
    else exchange(s, k, entering);
done:
    return st;
}

/* The slacks alone are a regular basis. */
static void begin_with_slacks(state *s)
{
    for (int v = 0; v < s->n + s->m; v++) s->is_basic[v] = v >= s->n;
    for (int k = 0; k < s->m; k++) s->basis[k] = s->n + k;
}

/* One step from the basis: *outcome stays LIMIT while there is more to do. A basis that is neither
 * feasible nor dual feasible is made feasible first, by the dual simplex without the objective. */
static ent_status step(ent_ctx *ctx, state *s, ent_lp_outcome *outcome)
{
    ent_status st = ENT_OK;
    int direction = 0;
    const int broken = infeasible(s), better = improving(s, &direction);
    if (broken >= 0 && better >= 0) s->is_costless = true;
    else if (broken >= 0) ENT_TRY(dual_move(ctx, s, broken, outcome));
    else if (s->is_costless) s->is_costless = false;
    else if (better >= 0) ENT_TRY(primal_move(ctx, s, better, direction, outcome));
    else *outcome = ENT_LP_OPTIMAL;
done:
    return st;
}

static ent_status moves(ent_ctx *ctx, state *s, ent_exact_lp_result *out)
{
    enum { MOVES_MAX = 2000 };
    ent_status st = ENT_OK;
    out->outcome = ENT_LP_LIMIT;
    for (out->pivots = 0; out->pivots <= MOVES_MAX && out->outcome == ENT_LP_LIMIT; out->pivots++) {
        bool singular = false;
        ENT_CHECK_CANCEL(ctx);
        ENT_TRY(refresh(ctx, s, &singular));
        if (singular) begin_with_slacks(s);
        else ENT_TRY(step(ctx, s, &out->outcome));
    }
    out->pivots--;
done:
    return st;
}

static void read(const state *s, ent_exact_lp_result *out)
{
    for (int j = 0; j < s->n; j++) ent_rat_set_int(&out->x[j], 0);
    ent_rat_set_int(&out->value, 0);
    for (int k = 0; k < s->m; k++) {
        if (s->basis[k] < s->n) ent_rat_set(&out->x[s->basis[k]], &s->beta[k]);
        ent_rat_set(&out->y[k], &s->y[k]);
    }
    for (int j = 0; j < s->n; j++) ent_rat_addmul(&out->value, &s->lp->c[j], &out->x[j]);
}

static ent_status check_basis(ent_ctx *ctx, state *s)
{
    ent_status st = ENT_OK;
    for (int v = 0; v < s->n + s->m; v++) s->is_basic[v] = false;
    for (int k = 0; k < s->m; k++) {
        const int v = s->basis[k];
        if (v < 0 || v >= s->n + s->m || s->is_basic[v])
            ENT_FAIL(ctx, ENT_E_ARG, "place %d of the basis: %d is no variable, or there twice", k,
                     v);
        s->is_basic[v] = true;
    }
done:
    return st;
}

ent_status ent_lp_solve_exact(ent_ctx *ctx, const ent_exact_lp *lp, ent_exact_lp_result *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t m = (size_t)lp->rows;
    state s = {.lp = lp, .m = lp->rows, .n = lp->columns, .basis = out->basis};
    ent_rat *memory = ent_rats_new(ctx, m * m + 4 * m, &st);
    if (!memory) goto done;
    s.matrix = memory;
    s.side = memory + m * m;
    s.beta = s.side + m;
    s.y = s.beta + m;
    s.column = s.y + m;
    ENT_SCRATCH(ctx, s.is_basic, m + (size_t)lp->columns);
    ENT_TRY(check_basis(ctx, &s));
    ENT_TRY(moves(ctx, &s, out));
    if (out->outcome == ENT_LP_OPTIMAL) read(&s, out);
done:
    ent_rats_free(memory, m * m + 4 * m);
    ent_scratch_reset(ctx, mark);
    return st;
}
