/* The linear systems of the second compilation (num/real.h): 30 digits where doubles have none, and
 * wide numbers of a bargaining problem that are those of its model. */
#define ENT_WIDE
#include "num/linear.h"

#include "bayesian/bargain.h"
#include "bayesian/evidence.h"
#include "brutal.h"
#include "model/bayesian_model.h"
#include "ref/ref_bayesian_games.h"

static ent_ctx *ctx;
enum { N = 10 };

/* How many digits a wide real has, on this machine. */
static double rounding(void)
{
    ent_real x = 1.0;
    while (1.0 + x / 2 > 1.0) x /= 2;
    return (double)x;
}

static void hilbert(ent_real *a, ent_real *b)
{
    for (int i = 0; i < N; i++) {
        b[i] = 0.0;
        for (int j = 0; j < N; j++) {
            a[i * N + j] = (ent_real)1.0 / (i + j + 1);
            b[i] += a[i * N + j] * (j + 1);
        }
    }
}

/* Hilbert's matrix of order 10 has a condition of 1.6e13: doubles keep 3 digits of the solution (1,
 * 2, .., 10). */
static void ill_conditioned(void)
{
    ent_real a[N * N], b[N], x[N], work[N];
    int pivot[N], rank = 0;
    /* ten last digits of what factors are found in, pairs of doubles (num/pair.h) or less */
    const double allowed = 1.6e13 * 10.0 * fmax(rounding(), 0x1p-104);
    hilbert(a, b);
    CHECK(ent_i_lu_factor(N, a, pivot, work) == 1);
    ent_i_lu_solve(N, a, pivot, b);
    for (int j = 0; j < N; j++) CHECK_NEAR((double)(b[j] - (j + 1)), 0.0, allowed);
    hilbert(a, b);
    CHECK(ent_i_least_norm(ctx, N, N, a, b, 1e-16, x, &rank) == ENT_OK);
    CHECK(rank == N);
    for (int j = 0; j < N; j++) CHECK_NEAR((double)(x[j] - (j + 1)), 0.0, allowed);
    hilbert(a, b);
    CHECK(ent_i_least_norm(ctx, N, N, a, b, 1e-6, x, &rank) == ENT_OK);
    CHECK(rank < N);
}

static void square_roots(void)
{
    static const double numbers[] = {2.0, 1e-60, 3e40, 0.7};
    for (int k = 0; k < 4; k++) {
        const ent_real root = ent_real_sqrt(numbers[k]);
        CHECK_NEAR((double)(root * root / numbers[k] - 1.0), 0.0, 8.0 * rounding());
    }
    CHECK(ent_real_sqrt(0.0) == 0.0 && ent_real_is_nan(ent_real_sqrt(-1.0)));
    CHECK(!ent_real_is_finite(ent_real_sqrt(HUGE_VAL)) && ent_real_abs(-2.5) == 2.5);
}

/* a[o][m] = p(t_-i) (u - shift) / scale: with the rationals of the problem, wide reals agree to the
 * last digits, doubles to theirs. */
static void numbers_of(const ent_bayes_coal *s)
{
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_status st = ENT_OK;
    ent_bargain b;
    ent_bargain_numbers v;
    ent_exact_problem problem;
    ent_rat x = ENT_RAT_ZERO, shift = ENT_RAT_ZERO;
    ent_rat *threat = ent_rats_new(ctx, (size_t)s->size * (size_t)s->interims, &st);
    CHECK(threat && ent_i_bargain_plain(ctx, s, &b) == ENT_OK);
    for (int k = 0; k < s->size * s->interims; k++) ent_rat_set_ratio(&threat[k], k, 7);
    CHECK(ent_i_bayes_exact_problem_new(ctx, &b, threat, &problem) == ENT_OK);
    CHECK(ent_i_bargain_numbers_new(ctx, &b, threat, &v) == ENT_OK);
    double error = 0.0;
    for (int m = 0; m < b.interims; m++) {
        error = fmax(error, fabs((double)v.q[m] - ent_rat_double(&problem.q[m])));
        /* target: sum of (threat - shift) / scale over the other members */
        ent_rat_set_double(&shift, b.shift[m] * (s->size - 1));
        ent_rat_sub(&x, &problem.target[m], &shift);
        error = fmax(error,
                     fabs((double)(v.target[m] * b.scale[b.place[m]]) - ent_rat_double(&x)) / 1e2);
    }
    for (int o = 0; o < b.options * b.interims; o++)
        error = fmax(error, fabs((double)v.a[o] - b.a[o]));
    CHECK_NEAR(error, 0.0, 4e-16);
    /* the sum of priors is 1 to all digits, which that of doubles need not be */
    ent_real sum = -(ent_real)s->size;
    for (int m = 0; m < b.interims; m++) sum += v.q[m];
    CHECK_NEAR((double)sum, 0.0, 16.0 * rounding());
    ent_i_bayes_exact_problem_free(&problem);
    ent_rats_free(threat, (size_t)s->size * (size_t)s->interims);
    ent_rat_release(&shift);
    ent_rat_release(&x);
    ent_scratch_reset(ctx, mark);
}

static void brutally(void)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_real a[4] = {1, 2, 3, 4}, right[2] = {1, 2}, x[2];
        brutal_on(&b);
        brutal_off(&b, ent_i_least_norm(ctx, 2, 2, a, right, 1e-10, x, NULL));
    }
    brutal_end(&b, 0);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_text text;
    ent_text_init(ctx, &text);
    CHECK(rounding() < 1e-18 || sizeof(ent_real) == sizeof(double));
    ill_conditioned();
    square_roots();
    for (uint64_t number = 0; number < 4; number++) {
        ent_doc *doc = NULL;
        ent_bayesian *model = NULL;
        ref_bayesian_game(number, REF_BAYESIAN_MIXED, &text);
        CHECK(ent_doc_read(ctx, "game", text.len, text.data, &doc) == ENT_OK &&
              ent_bayesian_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK);
        if (model) numbers_of(model->coalition[ent_coal_all(model->n)]);
        ent_bayesian_free(model);
        ent_doc_free(doc);
    }
    brutally();
    ent_text_release(&text);
    ent_ctx_free(ctx);
    return check_end();
}
