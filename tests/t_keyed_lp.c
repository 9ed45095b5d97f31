/* Programs with lotteries, written without their keys, against the same programs solved as they
 * are; and every allocation failing. */
#include "check.h"

#include "base/ctx.h"
#include "base/rng.h"
#include "num/keyed_lp.h"

enum { GROUPS = 9, ROWS = 30, COLUMNS = 60 };

typedef struct program {
    ent_lp lp;
    int groups, first[GROUPS + 1], key[GROUPS];
    double a[ROWS * COLUMNS], b[ROWS], c[COLUMNS];
    ent_lp_sense sense[ROWS];
} program;

static double number(ent_rng *rng, int kind)
{
    if (kind == 0) return (double)(ent_rng_below(rng, 5) - 2); /* many ties */
    if (kind == 1) return ent_rng_below(rng, 3) ? 0.0 : 2.0 * ent_rng_uniform(rng) - 1.0;
    return (2.0 * ent_rng_uniform(rng) - 1.0) * pow(10.0, 4.0 * ent_rng_uniform(rng) - 2.0);
}

/* Groups of 1 to 6 columns, up to 5 columns in none; keys at random, or the dearest. */
static void draw(ent_rng *rng, int kind, program *p)
{
    *p = (program){.groups = (int)ent_rng_below(rng, GROUPS + 1)};
    for (int g = 0; g < p->groups; g++)
        p->first[g + 1] = p->first[g] + 1 + (int)ent_rng_below(rng, 6);
    const int extra = (int)ent_rng_below(rng, 6), n = p->first[p->groups] + extra,
              m = p->groups + (int)ent_rng_below(rng, ROWS - GROUPS);
    p->lp = (ent_lp){.rows = m, .columns = n, .a = p->a, .b = p->b, .c = p->c, .sense = p->sense};
    for (int j = 0; j < n; j++) p->c[j] = number(rng, kind);
    for (int i = 0; i < m; i++) {
        p->sense[i] = i < p->groups ? ENT_LP_EQ : (ent_lp_sense)ent_rng_below(rng, 3);
        if (p->sense[i] == ENT_LP_EQ && i >= p->groups && ent_rng_below(rng, 3))
            p->sense[i] = ENT_LP_LE;
        p->b[i] = i < p->groups ? 1.0 + (double)ent_rng_below(rng, 2) : number(rng, kind);
        for (int j = 0; j < n; j++)
            p->a[i * n + j] = i >= p->groups                            ? number(rng, kind)
                              : j >= p->first[i] && j < p->first[i + 1] ? 1.0
                                                                        : 0.0;
    }
    for (int g = 0; g < p->groups; g++) {
        p->key[g] = p->first[g] + (int)ent_rng_below(rng, p->first[g + 1] - p->first[g]);
        for (int j = p->first[g]; kind == 1 && j < p->first[g + 1]; j++)
            if (p->c[j] > p->c[p->key[g]]) p->key[g] = j;
    }
}

/* a x in row i; the terms' size. */
static double row_sum(const program *p, const double *x, int i, double *size)
{
    double sum = 0.0;
    *size = fabs(p->b[i]);
    for (int j = 0; j < p->lp.columns; j++) {
        sum += p->a[i * p->lp.columns + j] * x[j];
        *size += fabs(p->a[i * p->lp.columns + j] * x[j]);
    }
    return sum;
}

static void feasible(const program *p, const double *x, double right)
{
    for (int i = 0; i < p->lp.rows; i++) {
        double size = 0.0;
        const double excess = row_sum(p, x, i, &size) - right * p->b[i];
        const double bad = p->sense[i] == ENT_LP_EQ   ? fabs(excess)
                           : p->sense[i] == ENT_LP_LE ? excess
                                                      : -excess;
        CHECK(bad <= 1e-9 * (1.0 + size));
    }
    for (int j = 0; j < p->lp.columns; j++) CHECK(x[j] >= -1e-12 || right == 0.0);
}

/* y A against c (an optimum) or against 0 (a ray that proves infeasibility); y b. */
static double prices(const program *p, const double *y, bool ray)
{
    double value = 0.0, largest = 1.0;
    for (int i = 0; i < p->lp.rows; i++) {
        value += y[i] * p->b[i];
        largest = fmax(largest, fabs(y[i]));
        if (p->sense[i] != ENT_LP_EQ)
            CHECK((p->sense[i] == ENT_LP_LE ? -y[i] : y[i]) <= 1e-9 * largest);
    }
    for (int j = 0; j < p->lp.columns; j++) {
        double sum = ray ? 0.0 : -p->c[j], size = fabs(sum);
        for (int i = 0; i < p->lp.rows; i++) {
            sum += y[i] * p->a[i * p->lp.columns + j];
            size += fabs(y[i] * p->a[i * p->lp.columns + j]);
        }
        CHECK(sum >= -1e-8 * (largest + size));
    }
    return value;
}

static void one(ent_ctx *ctx, const program *p, int *count)
{
    ent_keyed_lp *keyed = NULL;
    ent_lp_work *work = NULL;
    ent_lp_result r, plain;
    CHECK(ent_keyed_lp_new(ctx, p->lp.rows, p->lp.columns, p->groups, p->first, &keyed) == ENT_OK);
    CHECK(ent_lp_work_new(ctx, p->lp.rows, p->lp.columns, &work) == ENT_OK);
    if (!keyed || !work) return;
    ent_keyed_lp_solve(keyed, &p->lp, p->key, &r);
    ent_lp_solve(work, &p->lp, ENT_LP_COLD, NULL, &plain);
    count[r.outcome]++;
    CHECK(r.outcome == plain.outcome);
    if (r.outcome == ENT_LP_OPTIMAL) {
        CHECK_NEAR(r.value, plain.value, 1e-9);
        CHECK_NEAR(prices(p, r.y, false), r.value, 1e-8);
        feasible(p, r.x, 1.0);
        for (int j = 0; j < p->lp.columns; j++) {
            double reduced = p->c[j], size = fabs(reduced);
            for (int i = 0; i < p->lp.rows; i++) {
                reduced -= r.y[i] * p->a[i * p->lp.columns + j];
                size += fabs(r.y[i] * p->a[i * p->lp.columns + j]);
            }
            CHECK_NEAR(r.reduced[j], reduced, 1e-10 * (1.0 + size));
        }
        /* The basis is one of the program as given, and there is nothing left to do from it. */
        ent_lp_solve(work, &p->lp, ENT_LP_BASIS, r.basis, &plain);
        CHECK(plain.outcome == ENT_LP_OPTIMAL);
        CHECK_NEAR(plain.value, r.value, 1e-9);
        CHECK(plain.pivots <= p->lp.rows || plain.refactors > 0);
    }
    if (r.outcome == ENT_LP_INFEASIBLE) CHECK(prices(p, r.y, true) < 0.0);
    if (r.outcome == ENT_LP_UNBOUNDED) {
        double gain = 0.0;
        for (int j = 0; j < p->lp.columns; j++) gain += p->c[j] * r.ray[j];
        CHECK(gain > 0.0);
        feasible(p, r.ray, 0.0);
    }
    ent_lp_work_free(work);
    ent_keyed_lp_free(keyed);
}

static void failing_memory(void)
{
    ent_ctx *ctx = ent_ctx_new();
    const int first[] = {0, 2, 4};
    ent_status st = ENT_E_MEMORY;
    for (int k = 0; st == ENT_E_MEMORY && k < 100; k++) {
        ent_keyed_lp *keyed = NULL;
        ent_ctx_fail_after(ctx, k);
        st = ent_keyed_lp_new(ctx, 3, 5, 2, first, &keyed);
        CHECK(st == ENT_OK ? keyed != NULL : st == ENT_E_MEMORY && keyed == NULL);
        ent_keyed_lp_free(keyed);
    }
    ent_ctx_fail_after(ctx, -1);
    CHECK(st == ENT_OK);
    ent_keyed_lp *keyed = NULL;
    CHECK(ent_keyed_lp_new(ctx, 1, 5, 2, first, &keyed) == ENT_E_ARG && !keyed);
    ent_ctx_free(ctx);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_rng rng = ent_rng_stream(11, 0, 0);
    for (int kind = 0; kind < 3; kind++) {
        int count[4] = {0};
        for (int k = 0; k < 600; k++) {
            program p;
            draw(&rng, kind, &p);
            one(ctx, &p, count);
        }
        printf("kind %d: optimal %d, infeasible %d, unbounded %d, limit %d\n", kind, count[0],
               count[1], count[2], count[3]);
        CHECK(count[0] > 50 && count[1] > 50 && count[2] > 10);
    }
    failing_memory();
    ent_ctx_free(ctx);
    return check_end();
}
