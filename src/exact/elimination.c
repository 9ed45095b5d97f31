#include "exact/elimination.h"

#include "base/ctx.h"

/* ---- from rationals to integers, row by row ---- */

static const ent_rat *source(const ent_matrix *m, int i, int j)
{
    if (j >= m->columns) return &m->right[(size_t)i * (size_t)m->sides + (size_t)(j - m->columns)];
    return m->is_transposed ? &m->left[(size_t)j * (size_t)m->rows + (size_t)i]
                            : &m->left[(size_t)i * (size_t)m->columns + (size_t)j];
}

/* A row in words: multiplied by the lcm of its denominators, divided by the common divisor of what
 * comes out. */
static bool row_in_words(const ent_matrix *m, int i, int columns, int64_t *out, uint64_t *lcm,
                         uint64_t *divisor)
{
    *lcm = 1;
    *divisor = 0;
    for (int j = 0; j < columns; j++) {
        const ent_rat *a = source(m, i, j);
        if (a->big) return false;
        const uint64_t step = (uint64_t)a->den / ent_i_gcd(*lcm, (uint64_t)a->den);
        if (__builtin_mul_overflow(*lcm, step, lcm) || *lcm > INT64_MAX) return false;
    }
    for (int j = 0; j < columns; j++) {
        const ent_rat *a = source(m, i, j);
        if (__builtin_mul_overflow(a->num, (int64_t)*lcm / a->den, &out[j]) || out[j] == INT64_MIN)
            return false;
        if (*divisor != 1) *divisor = ent_i_gcd(*divisor, ent_i_magnitude(out[j]));
    }
    if (*divisor > 1)
        for (int j = 0; j < columns; j++) out[j] /= (int64_t)*divisor;
    if (*divisor == 0) *divisor = 1;
    return true;
}

static void row_in_big(const ent_matrix *m, int i, int columns, mpz_t *out, mpz_ptr lcm,
                       mpz_ptr divisor)
{
    ent_view view;
    mpz_set_ui(lcm, 1);
    mpz_set_ui(divisor, 0);
    for (int j = 0; j < columns; j++) {
        ent_i_view(&view, source(m, i, j));
        mpz_lcm(lcm, lcm, mpq_denref(view.q));
    }
    for (int j = 0; j < columns; j++) {
        ent_i_view(&view, source(m, i, j));
        mpz_divexact(out[j], lcm, mpq_denref(view.q));
        mpz_mul(out[j], out[j], mpq_numref(view.q));
        mpz_gcd(divisor, divisor, out[j]);
    }
    if (mpz_sgn(divisor) == 0) mpz_set_ui(divisor, 1);
    for (int j = 0; j < columns; j++) mpz_divexact(out[j], out[j], divisor);
}

static void all_in_big(const ent_matrix *m, ent_elimination *e)
{
    mpz_t lcm, divisor;
    mpz_inits(lcm, divisor, NULL);
    mpz_set_ui(e->scale, 1);
    mpz_set_ui(e->shrink, 1);
    for (int i = 0; i < e->rows; i++) {
        row_in_big(m, i, e->columns, e->big + (size_t)i * (size_t)e->columns, lcm, divisor);
        mpz_mul(e->scale, e->scale, lcm);
        mpz_mul(e->shrink, e->shrink, divisor);
    }
    mpz_clears(lcm, divisor, NULL);
}

static bool all_in_words(const ent_matrix *m, ent_elimination *e)
{
    for (int i = 0; i < e->rows; i++) {
        uint64_t lcm = 1, divisor = 1;
        if (!row_in_words(m, i, e->columns, e->word + (size_t)i * (size_t)e->columns, &lcm,
                          &divisor))
            return false;
        mpz_mul_ui(e->scale, e->scale, lcm);
        mpz_mul_ui(e->shrink, e->shrink, divisor);
    }
    return true;
}

/* ---- big entries ---- */

static ent_status make_big(ent_ctx *ctx, ent_elimination *e)
{
    ent_status st = ENT_OK;
    const size_t entries = (size_t)e->rows * (size_t)e->columns;
    ENT_SCRATCH(ctx, e->big, entries);
    for (size_t k = 0; k < entries; k++) mpz_init(e->big[k]);
    e->is_big = true;
done:
    return st;
}

ent_status ent_i_to_big(ent_ctx *ctx, ent_elimination *e)
{
    if (e->is_big) return ENT_OK;
    const ent_status st = make_big(ctx, e);
    const size_t entries = (size_t)e->rows * (size_t)e->columns;
    for (size_t k = 0; st == ENT_OK && k < entries; k++) ent_i_set_mpz(e->big[k], e->word[k]);
    return st;
}

void ent_i_elimination_clear(ent_elimination *e)
{
    const size_t entries = e->is_big ? (size_t)e->rows * (size_t)e->columns : 0;
    for (size_t k = 0; k < entries; k++) mpz_clear(e->big[k]);
    mpz_clears(e->scale, e->shrink, NULL);
    e->is_big = false;
}

/* ---- pivots ---- */

static bool is_zero(const ent_elimination *e, int k, int p)
{
    return e->is_big ? mpz_sgn(ent_i_big_entry(e, k, p)) == 0 : *ent_i_word_entry(e, k, p) == 0;
}

/* Is entry (i, p) shorter than entry (k, p)? */
static bool is_shorter(const ent_elimination *e, int i, int k, int p)
{
    if (e->is_big) return mpz_cmpabs(ent_i_big_entry(e, i, p), ent_i_big_entry(e, k, p)) < 0;
    return ent_i_magnitude(*ent_i_word_entry(e, i, p)) <
           ent_i_magnitude(*ent_i_word_entry(e, k, p));
}

/* Columns with few entries first: those of slacks then cost next to nothing. Insertion keeps the
 * order of equals. */
static void order_columns(ent_elimination *e, int *entries)
{
    for (int p = 0; p < e->columns; p++) {
        e->column[p] = p;
        entries[p] = 0;
        for (int k = 0; k < e->rows; k++) entries[p] += !is_zero(e, k, p);
    }
    for (int p = 1; p < e->pivotable; p++) {
        int q = p;
        const int moved = e->column[p], size = entries[moved];
        for (; q > 0 && entries[e->column[q - 1]] > size; q--) e->column[q] = e->column[q - 1];
        e->column[q] = moved;
        if ((p - q) % 2 != 0) e->is_odd = !e->is_odd;
    }
}

static void exchange(ent_elimination *e, int *list, int a, int b)
{
    if (a == b) return;
    const int t = list[a];
    list[a] = list[b];
    list[b] = t;
    e->is_odd = !e->is_odd;
}

/* The shortest entry of column position p among the rows from k on becomes pivot k; false when all
 * are 0. */
static bool find_pivot(ent_elimination *e, int k, int p)
{
    int best = -1;
    for (int i = k; i < e->rows; i++)
        if (!is_zero(e, i, p) && (best < 0 || is_shorter(e, i, best, p))) best = i;
    if (best < 0) return false;
    exchange(e, e->row, k, best);
    exchange(e, e->column, k, p);
    return true;
}

/* ---- the step ---- */

/* Row i in words, into `fresh` first: false, and nothing changed, when an entry does not fit. */
static bool step_in_words(ent_elimination *e, int k, int i, int64_t before, int64_t *fresh)
{
    const int64_t pivot = *ent_i_word_entry(e, k, k), factor = *ent_i_word_entry(e, i, k);
    if (factor == 0 && pivot == before) return true;
    for (int p = k + 1; p < e->columns; p++) {
        const ent_wide value = (ent_wide)pivot * *ent_i_word_entry(e, i, p) -
                               (ent_wide)factor * *ent_i_word_entry(e, k, p);
        const ent_wide quotient = before == 1 ? value : value / before;
        if (quotient > INT64_MAX || quotient < -INT64_MAX) return false;
        fresh[p] = (int64_t)quotient;
    }
    for (int p = k + 1; p < e->columns; p++) *ent_i_word_entry(e, i, p) = fresh[p];
    *ent_i_word_entry(e, i, k) = 0;
    return true;
}

static void step_in_big(ent_elimination *e, int k, int i, mpz_srcptr before, mpz_ptr t)
{
    mpz_ptr factor = ent_i_big_entry(e, i, k);
    mpz_srcptr pivot = ent_i_big_entry(e, k, k);
    const bool is_first = mpz_cmp_ui(before, 1) == 0;
    if (mpz_sgn(factor) == 0 && mpz_cmp(pivot, before) == 0) return;
    for (int p = k + 1; p < e->columns; p++) {
        mpz_ptr a = ent_i_big_entry(e, i, p);
        mpz_mul(t, pivot, a);
        mpz_submul(t, factor, ent_i_big_entry(e, k, p));
        if (is_first) mpz_swap(a, t);
        else mpz_divexact(a, t, before);
    }
    mpz_set_ui(factor, 0);
}

/* Eliminates below pivot k. */
static ent_status step(ent_ctx *ctx, ent_elimination *e, int k, int64_t *fresh, mpz_ptr t)
{
    ent_status st = ENT_OK;
    mpz_t one;
    mpz_init_set_ui(one, 1);
    int i = k + 1;
    if (!e->is_big) {
        const int64_t before = k > 0 ? *ent_i_word_entry(e, k - 1, k - 1) : 1;
        while (i < e->rows && step_in_words(e, k, i, before, fresh)) i++;
        if (i < e->rows) ENT_TRY(ent_i_to_big(ctx, e));
    }
    for (; i < e->rows; i++)
        step_in_big(e, k, i, k > 0 ? ent_i_big_entry(e, k - 1, k - 1) : one, t);
done:
    mpz_clear(one);
    return st;
}

/* A column without pivot goes behind the others that are left: it stays 0 from here down. */
static ent_status eliminate(ent_ctx *ctx, ent_elimination *e, int64_t *fresh, mpz_ptr t)
{
    ent_status st = ENT_OK;
    int left = e->pivotable;
    while (e->rank < left && e->rank < e->rows) {
        ENT_CHECK_CANCEL(ctx);
        if (!find_pivot(e, e->rank, e->rank)) {
            exchange(e, e->column, e->rank, --left);
            continue;
        }
        ENT_TRY(step(ctx, e, e->rank, fresh, t));
        e->rank++;
    }
done:
    return st;
}

ent_status ent_i_eliminate(ent_ctx *ctx, const ent_matrix *matrix, ent_elimination *e)
{
    ent_status st = ENT_OK;
    const int columns = matrix->columns + matrix->sides;
    int64_t *fresh = NULL;
    int *entries = NULL;
    mpz_t t;
    mpz_init(t);
    *e = (ent_elimination){.rows = matrix->rows, .columns = columns, .pivotable = matrix->columns};
    mpz_init_set_ui(e->scale, 1);
    mpz_init_set_ui(e->shrink, 1);
    ENT_SCRATCH(ctx, e->row, matrix->rows);
    ENT_SCRATCH(ctx, e->column, columns);
    ENT_SCRATCH(ctx, entries, columns);
    ENT_SCRATCH(ctx, fresh, columns);
    ENT_SCRATCH(ctx, e->word, (size_t)matrix->rows * (size_t)columns);
    for (int i = 0; i < matrix->rows; i++) e->row[i] = i;
    if (!all_in_words(matrix, e)) {
        ENT_TRY(make_big(ctx, e));
        all_in_big(matrix, e);
    }
    order_columns(e, entries);
    ENT_TRY(eliminate(ctx, e, fresh, t));
done:
    mpz_clear(t);
    return st;
}
