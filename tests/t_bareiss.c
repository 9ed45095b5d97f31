/* Exact solving, determinants and ranks: against Gauss elimination in fractions, A x = b, and known
 * determinants. */
#include "check.h"

#include "base/rng.h"
#include "exact/bareiss.h"
#include "ref/ref_gauss.h"

typedef enum entry_kind {
    DIGITS,
    FRACTIONS,
    DOUBLES,
    EDGES,
    SLACKS,
    HUGE_NUMBERS,
    SCALES,
    DENOMINATORS,
    KINDS
} entry_kind;

static void some_entry(ent_rng *rng, entry_kind kind, int j, ent_rat *out)
{
    const int64_t small = ent_rng_below(rng, 19) - 9;
    switch (kind) {
    case DIGITS: ent_rat_set_int(out, small); break;
    case FRACTIONS: ent_rat_set_ratio(out, small, 1 + ent_rng_below(rng, 12)); break;
    case DOUBLES: ent_rat_set_double(out, ent_rng_uniform(rng) - 0.5); break;
    case EDGES: ent_rat_set_int(out, INT64_MAX - ent_rng_below(rng, 3)); break;
    case SLACKS: ent_rat_set_int(out, j % 3 == 0 ? 0 : small); break;
    case HUGE_NUMBERS:
        ent_rat_parse(out, "123456789012345678901234567890/7", 32);
        ent_rat_set_ratio(out, small, 3);
        if (small > 0) ent_rat_parse(out, "987654321098765432109876543210/11", 33);
        break;
    case SCALES: ent_rat_set_double(out, (double)small * (j % 2 ? 1e-6 : 1e6)); break;
    case DENOMINATORS:
        ent_rat_set_ratio(out, small, 1 + ent_rng_below(rng, (int64_t)1 << 40));
        break;
    case KINDS: break;
    }
}

static void fill(ent_rng *rng, entry_kind kind, int rows, int columns, ent_rat *a)
{
    for (int k = 0; k < rows * columns; k++) some_entry(rng, kind, k % columns, &a[k]);
    for (int j = 0; kind == SLACKS && j < columns && j < rows; j += 3)
        ent_rat_set_int(&a[j * columns + j], j % 2 ? -1 : 1);
}

/* A x = b, entry by entry. */
static int solves(int n, int sides, const ent_rat *a, const ent_rat *b, const ent_rat *x,
                  bool is_transposed)
{
    int wrong = 0;
    ent_rat sum = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++)
        for (int s = 0; s < sides; s++) {
            ent_rat_set_int(&sum, 0);
            for (int j = 0; j < n; j++)
                ent_rat_addmul(&sum, is_transposed ? &a[j * n + i] : &a[i * n + j],
                               &x[j * sides + s]);
            wrong += !ent_rat_equal(&sum, &b[i * sides + s]);
        }
    ent_rat_release(&sum);
    return wrong == 0;
}

/* [a | b] as one matrix for the reference. */
static void join(int n, int sides, const ent_rat *a, const ent_rat *b, ent_rat *out)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) ent_rat_set(&out[i * (n + sides) + j], &a[i * n + j]);
        for (int s = 0; s < sides; s++)
            ent_rat_set(&out[i * (n + sides) + n + s], &b[i * sides + s]);
    }
}

static void two_ways(ent_ctx *ctx, ent_rng *rng, entry_kind kind, int n, int sides)
{
    ent_status st = ENT_OK;
    const size_t wide = (size_t)(n * (n + sides));
    ent_rat *a = ent_rats_new(ctx, (size_t)(n * n), &st),
            *b = ent_rats_new(ctx, (size_t)(n * sides), &st);
    ent_rat *x = ent_rats_new(ctx, (size_t)(n * sides), &st);
    ent_rat *joined = ent_rats_new(ctx, wide, &st), *echelon = ent_rats_new(ctx, wide, &st),
            det = ENT_RAT_ZERO, found = ENT_RAT_ZERO;
    fill(rng, kind, n, n, a);
    fill(rng, kind, n, sides, b);
    if (n > 1 && ent_rng_below(rng, 4) == 0) /* a singular one: the last row repeats the first */
        for (int j = 0; j < n; j++) ent_rat_set(&a[(n - 1) * n + j], &a[j]);
    join(n, sides, a, b, joined);
    const int rank = ref_gauss(n, n + sides, n, joined, echelon, &det);
    const ent_system system = {n, sides, a, b, false}, transposed = {n, sides, a, b, true};
    bool is_singular = false;
    CHECK(ent_bareiss_solve(ctx, &system, x, &is_singular) == ENT_OK);
    CHECK(is_singular == (rank < n));
    for (int i = 0; !is_singular && i < n; i++)
        for (int s = 0; s < sides; s++)
            CHECK(ent_rat_equal(&x[i * sides + s], &echelon[i * (n + sides) + n + s]));
    CHECK(is_singular || solves(n, sides, a, b, x, false));
    CHECK(ent_bareiss_solve(ctx, &transposed, x, &is_singular) == ENT_OK);
    CHECK(is_singular == (rank < n) && (is_singular || solves(n, sides, a, b, x, true)));
    CHECK(ent_bareiss_det(ctx, n, a, &found) == ENT_OK);
    CHECK(ent_rat_equal(&found, &det));
    ent_rank got = {0};
    CHECK(ent_bareiss_rank(ctx, n, n, a, &got) == ENT_OK && got.rank == rank);
    ent_rats_free(a, (size_t)(n * n)), ent_rats_free(b, (size_t)(n * sides)),
        ent_rats_free(x, (size_t)(n * sides));
    ent_rats_free(joined, wide), ent_rats_free(echelon, wide);
    ent_rat_release(&det), ent_rat_release(&found);
}

/* det of the Hilbert matrix: c_n^4 / c_2n with c_n = product of k! for k < n. Hand: n = 3 gives
 * 1/2160. */
static void hilbert(ent_ctx *ctx)
{
    for (int n = 1; n <= 14; n++) {
        ent_status st = ENT_OK;
        ent_rat *a = ent_rats_new(ctx, (size_t)(n * n), &st), want = ENT_RAT_ZERO,
                factorial = ENT_RAT_ZERO, det = ENT_RAT_ZERO, k = ENT_RAT_ZERO;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) ent_rat_set_ratio(&a[i * n + j], 1, i + j + 1);
        ent_rat_set_int(&want, 1), ent_rat_set_int(&factorial, 1);
        for (int m = 1; m < 2 * n; m++) {
            ent_rat_set_int(&k, m);
            ent_rat_mul(&factorial, &factorial, &k);
            for (int power = 0; m < n && power < 4; power++) ent_rat_mul(&want, &want, &factorial);
            ent_rat_div(&want, &want, &factorial);
        }
        CHECK(ent_bareiss_det(ctx, n, a, &det) == ENT_OK);
        CHECK(ent_rat_equal(&det, &want));
        if (n == 3) {
            ent_rat_set_ratio(&want, 1, 2160);
            CHECK(ent_rat_equal(&det, &want));
        }
        ent_rats_free(a, (size_t)(n * n));
        ent_rat_release(&want), ent_rat_release(&factorial), ent_rat_release(&det),
            ent_rat_release(&k);
    }
}

/* (rows x r) times (r x columns) has rank r for random factors; the rows and columns named are a
 * regular submatrix. */
static void ranks(ent_ctx *ctx, ent_rng *rng, int rows, int columns, int r, entry_kind kind)
{
    ent_status st = ENT_OK;
    const size_t size = (size_t)(rows * columns);
    ent_rat *left = ent_rats_new(ctx, (size_t)(rows * r), &st),
            *right = ent_rats_new(ctx, (size_t)(r * columns), &st);
    ent_rat *a = ent_rats_new(ctx, size, &st), *echelon = ent_rats_new(ctx, size, &st),
            det = ENT_RAT_ZERO;
    int row[16], column[16], seen = 0;
    fill(rng, kind, rows, r, left);
    fill(rng, kind, r, columns, right);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            for (int k = 0; k < r; k++)
                ent_rat_addmul(&a[i * columns + j], &left[i * r + k], &right[k * columns + j]);
    const int want = ref_gauss(rows, columns, columns, a, echelon, &det);
    ent_rank got = {.row = row, .column = column};
    CHECK(ent_bareiss_rank(ctx, rows, columns, a, &got) == ENT_OK);
    CHECK(got.rank == want);
    for (int k = 0; k < rows; k++) seen |= 1 << row[k];
    CHECK(seen == (1 << rows) - 1);
    for (int i = 0; i < want; i++)
        for (int j = 0; j < want; j++)
            ent_rat_set(&echelon[i * want + j], &a[row[i] * columns + column[j]]);
    CHECK(ent_bareiss_det(ctx, want, echelon, &det) == ENT_OK);
    CHECK(ent_rat_sign(&det) != 0);
    ent_rats_free(left, (size_t)(rows * r)), ent_rats_free(right, (size_t)(r * columns));
    ent_rats_free(a, size), ent_rats_free(echelon, size);
    ent_rat_release(&det);
}

static void edges(ent_ctx *ctx)
{
    bool is_singular = true;
    ent_rat one = ENT_RAT_ZERO, x[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, zero = ENT_RAT_ZERO;
    const ent_system empty = {0}, scalar = {1, 1, &one, &one, false},
                     nothing = {1, 0, &one, NULL, false}, null = {1, 1, &zero, &one, false};
    CHECK(ent_bareiss_solve(ctx, &empty, NULL, &is_singular) == ENT_OK && !is_singular);
    CHECK(ent_bareiss_det(ctx, 0, NULL, &x[0]) == ENT_OK && x[0].num == 1);
    ent_rat_set_ratio(&one, -7, 3);
    CHECK(ent_bareiss_solve(ctx, &scalar, x, &is_singular) == ENT_OK && !is_singular &&
          x[0].num == 1 && x[0].den == 1);
    CHECK(ent_bareiss_solve(ctx, &nothing, NULL, &is_singular) == ENT_OK && !is_singular);
    CHECK(ent_bareiss_det(ctx, 1, &one, &x[0]) == ENT_OK && ent_rat_equal(&x[0], &one));
    ent_rat_set_int(&x[0], 77);
    CHECK(ent_bareiss_solve(ctx, &null, x, &is_singular) == ENT_OK && is_singular &&
          x[0].num == 77);
    ent_rank rank = {.rank = 5};
    CHECK(ent_bareiss_rank(ctx, 0, 3, NULL, &rank) == ENT_OK && rank.rank == 0);
    CHECK(ent_bareiss_rank(ctx, 1, 1, &zero, &rank) == ENT_OK && rank.rank == 0);
    const ent_system wrong = {-1, 1, &one, &one, false}, missing = {1, 1, NULL, &one, false};
    CHECK(ent_bareiss_solve(ctx, &wrong, x, &is_singular) == ENT_E_ARG);
    CHECK(ent_bareiss_solve(ctx, &missing, x, &is_singular) == ENT_E_ARG);
    CHECK(ent_bareiss_rank(ctx, 2, -1, &one, &rank) == ENT_E_ARG);
    volatile int stop = 1;
    ent_ctx_set_cancel(ctx, &stop);
    CHECK(ent_bareiss_solve(ctx, &scalar, x, &is_singular) == ENT_E_CANCEL);
    ent_ctx_set_cancel(ctx, NULL);
    ent_rat_release(&one), ent_rat_release(&x[0]);
}

static void brutal(ent_ctx *ctx, ent_rng *rng)
{
    ent_status st = ENT_OK;
    ent_rat *a = ent_rats_new(ctx, 36, &st), *b = ent_rats_new(ctx, 6, &st),
            *x = ent_rats_new(ctx, 6, &st), det = ENT_RAT_ZERO;
    fill(rng, DOUBLES, 6, 6, a);
    fill(rng, DOUBLES, 6, 1, b);
    const ent_system system = {6, 1, a, b, false};
    bool is_singular = true;
    int failures = 0;
    for (int k = 0; k < 100; k++) {
        ent_rank rank = {0};
        ent_ctx_fail_after(ctx, k);
        st = ent_bareiss_solve(ctx, &system, x, &is_singular);
        CHECK(st == ENT_OK || (st == ENT_E_MEMORY && ent_rat_sign(&x[0]) == 0));
        if (st == ENT_OK) break;
        failures++;
        ent_ctx_fail_after(ctx, k);
        const ent_status again = ent_bareiss_det(ctx, 6, a, &det);
        CHECK(again == ENT_OK || again == ENT_E_MEMORY);
        ent_ctx_fail_after(ctx, k);
        const ent_status third = ent_bareiss_rank(ctx, 6, 6, a, &rank);
        CHECK(third == ENT_OK || third == ENT_E_MEMORY);
    }
    CHECK(failures >= 6 && !is_singular && solves(6, 1, a, b, x, false));
    ent_ctx_fail_after(ctx, -1);
    ent_rats_free(a, 36), ent_rats_free(b, 6), ent_rats_free(x, 6);
    ent_rat_release(&det);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_rng rng = ent_rng_stream(20261124, 8, 1);
    for (int kind = 0; kind < KINDS; kind++)
        for (int n = 1; n <= 9; n++)
            for (int k = 0; k < 12; k++) two_ways(ctx, &rng, (entry_kind)kind, n, k % 4);
    two_ways(ctx, &rng, DIGITS, 30, 2);
    two_ways(ctx, &rng, DOUBLES, 20, 1);
    for (int k = 0; k < 120; k++)
        ranks(ctx, &rng, 1 + k % 9, 1 + k / 9 % 11, 1 + k % 5, k % 2 ? DIGITS : FRACTIONS);
    hilbert(ctx);
    edges(ctx);
    brutal(ctx, &rng);
    ent_ctx_free(ctx);
    return check_end();
}
