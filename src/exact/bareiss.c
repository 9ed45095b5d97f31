#include "exact/bareiss.h"

#include "exact/elimination.h"

#include <string.h>

/* x = num / den, not reduced yet. */
static void put_ratio(ent_rat *x, mpz_srcptr num, mpz_srcptr den)
{
    mpq_ptr q = ent_i_big(x);
    mpz_set(mpq_numref(q), num);
    mpz_set(mpq_denref(q), den);
    mpq_canonicalize(q);
    ent_i_settle(x);
}

/* From the last row up: y_k = (d b_k - sum_{j > k} a_kj y_j) / a_kk with d the last pivot is an
 * integer, and x = y / d.
 */
static void back_substitute(const ent_elimination *e, int side, mpz_t *y, mpz_ptr t)
{
    const int n = e->rank;
    mpz_srcptr d = ent_i_big_entry(e, n - 1, n - 1);
    for (int k = n - 1; k >= 0; k--) {
        mpz_mul(t, d, ent_i_big_entry(e, k, n + side));
        for (int j = k + 1; j < n; j++) mpz_submul(t, ent_i_big_entry(e, k, j), y[j]);
        mpz_divexact(y[k], t, ent_i_big_entry(e, k, k));
    }
}

static ent_status solve_sides(ent_ctx *ctx, const ent_elimination *e, int sides, ent_rat *x)
{
    ent_status st = ENT_OK;
    const int n = e->rank;
    mpz_t *y = NULL, t;
    mpz_init(t);
    ENT_SCRATCH(ctx, y, n);
    for (int k = 0; k < n; k++) mpz_init(y[k]);
    for (int s = 0; s < sides; s++) {
        back_substitute(e, s, y, t);
        for (int k = 0; k < n; k++)
            put_ratio(&x[(size_t)e->column[k] * (size_t)sides + (size_t)s], y[k],
                      ent_i_big_entry(e, n - 1, n - 1));
    }
    for (int k = 0; k < n; k++) mpz_clear(y[k]);
done:
    mpz_clear(t);
    return st;
}

ent_status ent_bareiss_solve(ent_ctx *ctx, const ent_system *system, ent_rat *x, bool *is_singular)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_elimination e = {0};
    bool is_begun = false;
    ENT_REQUIRE(ctx, system && is_singular && system->n >= 0 && system->sides >= 0);
    ENT_REQUIRE(ctx, system->n == 0 || (system->a && (system->sides == 0 || (system->b && x))));
    const ent_matrix matrix = {system->n, system->n, system->sides,
                               system->a, system->b, system->is_transposed};
    is_begun = true;
    ENT_TRY(ent_i_eliminate(ctx, &matrix, &e));
    const bool regular = e.rank == system->n;
    if (regular && system->n > 0 && system->sides > 0) {
        ENT_TRY(ent_i_to_big(ctx, &e));
        ENT_TRY(solve_sides(ctx, &e, system->sides, x));
    }
    *is_singular = !regular;
done:
    if (is_begun) ent_i_elimination_clear(&e);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_bareiss_det(ent_ctx *ctx, int n, const ent_rat *a, ent_rat *det)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_elimination e = {0};
    bool is_begun = false;
    ENT_REQUIRE(ctx, n >= 0 && (n == 0 || a) && det);
    const ent_matrix matrix = {.rows = n, .columns = n, .left = a};
    is_begun = true;
    ENT_TRY(ent_i_eliminate(ctx, &matrix, &e));
    if (e.rank < n) {
        ent_rat_set_int(det, 0);
    } else {
        /* The last pivot is the determinant of the scaled rows. */
        ENT_TRY(ent_i_to_big(ctx, &e));
        if (n > 0) mpz_mul(e.shrink, e.shrink, ent_i_big_entry(&e, n - 1, n - 1));
        if (e.is_odd) mpz_neg(e.shrink, e.shrink);
        put_ratio(det, e.shrink, e.scale);
    }
done:
    if (is_begun) ent_i_elimination_clear(&e);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_bareiss_rank(ent_ctx *ctx, int rows, int columns, const ent_rat *a, ent_rank *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_elimination e = {0};
    bool is_begun = false;
    ENT_REQUIRE(ctx, rows >= 0 && columns >= 0 && (rows == 0 || columns == 0 || a) && out);
    const ent_matrix matrix = {.rows = rows, .columns = columns, .left = a};
    is_begun = true;
    ENT_TRY(ent_i_eliminate(ctx, &matrix, &e));
    out->rank = e.rank;
    if (out->row) memcpy(out->row, e.row, (size_t)rows * sizeof *out->row);
    if (out->column) memcpy(out->column, e.column, (size_t)columns * sizeof *out->column);
done:
    if (is_begun) ent_i_elimination_clear(&e);
    ent_scratch_reset(ctx, mark);
    return st;
}
