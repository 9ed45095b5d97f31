/* Linear programs proved in rationals from the basis of the doubles, from the slacks, from a wrong
 * basis; against the reference. */
#include "check.h"

#include "base/rng.h"
#include "num/lp_exact.h"
#include "ref/ref_simplex.h"

enum { ROWS = 7, COLUMNS = 8 };

typedef struct program {
    double a[ROWS * COLUMNS], b[ROWS], c[COLUMNS];
    ent_rat ea[ROWS * COLUMNS], eb[ROWS], ec[COLUMNS], x[COLUMNS], y[ROWS];
    ent_lp_sense sense[ROWS];
    bool is_free[COLUMNS];
    int basis[ROWS];
} program;

static void draw(program *p, ent_rng *rng, int m, int n, bool general, bool feasible)
{
    for (int k = 0; k < m * n; k++) p->a[k] = (double)(ent_rng_below(rng, 11) - 3) / 4.0;
    for (int i = 0; i < m; i++) {
        p->b[i] = (double)(ent_rng_below(rng, 13) - (feasible ? 0 : 4));
        const int64_t pick = general ? ent_rng_below(rng, 5) : 0;
        p->sense[i] = pick == 3 ? ENT_LP_EQ : pick == 4 ? ENT_LP_GE : ENT_LP_LE;
    }
    for (int j = 0; j < n; j++)
        p->c[j] = (double)(ent_rng_below(rng, 9) - 4),
        p->is_free[j] = general && ent_rng_below(rng, 6) == 0;
    for (int k = 0; k < m * n; k++) ent_rat_set_double(&p->ea[k], p->a[k]);
    for (int i = 0; i < m; i++) ent_rat_set_double(&p->eb[i], p->b[i]);
    for (int j = 0; j < n; j++) ent_rat_set_double(&p->ec[j], p->c[j]);
}

/* Feasible, dual feasible, no gap: all in rationals. */
static int proves(const program *p, int m, int n, const ent_exact_lp_result *r)
{
    int good = 1;
    ent_rat sum = ENT_RAT_ZERO, dual = ENT_RAT_ZERO;
    for (int i = 0; i < m; i++) {
        ent_rat_neg(&sum, &p->eb[i]);
        for (int j = 0; j < n; j++) ent_rat_addmul(&sum, &p->ea[i * n + j], &r->x[j]);
        const int sign = ent_rat_sign(&sum), y = ent_rat_sign(&r->y[i]);
        good = good && (p->sense[i] == ENT_LP_EQ   ? sign == 0
                        : p->sense[i] == ENT_LP_LE ? sign <= 0 && y >= 0
                                                   : sign >= 0 && y <= 0);
        ent_rat_addmul(&dual, &r->y[i], &p->eb[i]);
    }
    for (int j = 0; j < n; j++) {
        ent_rat_set(&sum, &p->ec[j]);
        for (int i = 0; i < m; i++) ent_rat_submul(&sum, &p->ea[i * n + j], &r->y[i]);
        good = good && (p->is_free[j] ? ent_rat_sign(&sum) == 0
                                      : ent_rat_sign(&sum) <= 0 && ent_rat_sign(&r->x[j]) >= 0);
    }
    good = good && ent_rat_equal(&dual, &r->value);
    ent_rat_release(&sum);
    ent_rat_release(&dual);
    return good;
}

static void sample(ent_ctx *ctx, ent_lp_work *work, program *p, bool general, int games)
{
    int proved = 0, moved = 0;
    ent_rng rng = ent_rng_stream(61, general, 0);
    for (int g = 0; g < games; g++) {
        const int m = 1 + (int)ent_rng_below(&rng, ROWS), n = 1 + (int)ent_rng_below(&rng, COLUMNS);
        draw(p, &rng, m, n, general, !general && g % 2);
        const ent_lp lp = {.rows = m,
                           .columns = n,
                           .a = p->a,
                           .b = p->b,
                           .c = p->c,
                           .sense = p->sense,
                           .is_free = p->is_free};
        const ent_exact_lp exact = {.rows = m,
                                    .columns = n,
                                    .a = p->ea,
                                    .b = p->eb,
                                    .c = p->ec,
                                    .sense = p->sense,
                                    .is_free = p->is_free};
        ent_lp_result r;
        ent_lp_solve(work, &lp, ENT_LP_COLD, NULL, &r);
        ent_exact_lp_result e = {.value = ENT_RAT_ZERO, .x = p->x, .y = p->y, .basis = p->basis};
        memcpy(p->basis, r.basis, (size_t)m * sizeof *p->basis);
        CHECK(ent_lp_solve_exact(ctx, &exact, &e) == ENT_OK);
        if (r.outcome == ENT_LP_OPTIMAL) {
            CHECK(e.outcome == ENT_LP_OPTIMAL && proves(p, m, n, &e));
            CHECK_NEAR(ent_rat_double(&e.value), r.value, 1e-12);
            proved++;
        }
        /* from the slacks: primal when b >= 0, else dual, where c > 0 without the objective
           first */
        if (!general) {
            ent_rat value = ENT_RAT_ZERO;
            for (int i = 0; i < m; i++) p->basis[i] = n + i;
            CHECK(ent_lp_solve_exact(ctx, &exact, &e) == ENT_OK);
            const ref_simplex_outcome want = ref_simplex(m, n, p->ea, p->eb, p->ec, &value, NULL);
            CHECK((int)e.outcome == (int)want);
            if (e.outcome == ENT_LP_OPTIMAL)
                CHECK(ent_rat_equal(&e.value, &value) && proves(p, m, n, &e));
            moved += e.pivots > 0;
            ent_rat_release(&value);
        }
        /* from anywhere, also from singular ones */
        for (int i = 0; i < m; i++) p->basis[i] = i * (n > 1 ? n - 1 : 1) % (m + n);
        for (int i = 0; i < m; i++)
            for (int l = 0; l < i; l++)
                if (p->basis[i] == p->basis[l]) p->basis[i] = (p->basis[i] + 1) % (m + n), l = -1;
        CHECK(ent_lp_solve_exact(ctx, &exact, &e) == ENT_OK);
        CHECK(e.outcome == r.outcome);
        if (e.outcome == ENT_LP_OPTIMAL) CHECK(proves(p, m, n, &e));
        ent_rat_release(&e.value);
    }
    CHECK(proved > games / 8);
    if (!general) CHECK(moved > games / 8);
}

int main(void)
{
    static program p;
    ent_ctx *ctx = ent_ctx_new();
    ent_lp_work *work = NULL;
    CHECK(ent_lp_work_new(ctx, ROWS, COLUMNS, &work) == ENT_OK);
    for (int k = 0; k < ROWS * COLUMNS; k++) ent_rat_init(&p.ea[k]);
    for (int i = 0; i < ROWS; i++) ent_rat_init(&p.eb[i]), ent_rat_init(&p.y[i]);
    for (int j = 0; j < COLUMNS; j++) ent_rat_init(&p.ec[j]), ent_rat_init(&p.x[j]);
    sample(ctx, work, &p, false, 300);
    sample(ctx, work, &p, true, 300);
    const ent_exact_lp lp = {.rows = 2, .columns = 1, .a = p.ea, .b = p.eb, .c = p.ec};
    ent_exact_lp_result e = {.value = ENT_RAT_ZERO, .x = p.x, .y = p.y, .basis = p.basis};
    p.basis[0] = p.basis[1] = 1;
    CHECK(ent_lp_solve_exact(ctx, &lp, &e) == ENT_E_ARG);
    p.basis[1] = 9;
    CHECK(ent_lp_solve_exact(ctx, &lp, &e) == ENT_E_ARG);
    for (int k = 0; k < ROWS * COLUMNS; k++) ent_rat_release(&p.ea[k]);
    for (int i = 0; i < ROWS; i++) ent_rat_release(&p.eb[i]), ent_rat_release(&p.y[i]);
    for (int j = 0; j < COLUMNS; j++) ent_rat_release(&p.ec[j]), ent_rat_release(&p.x[j]);
    ent_lp_work_free(work);
    ent_ctx_free(ctx);
    return check_end();
}
