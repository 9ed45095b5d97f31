/* The exchange of a basic and a nonbasic variable: nearly all the time of a linear program passes
 * here. Rows are padded to whole vectors of four, four rows are updated in one sweep (which reads
 * and writes the weights once for all four), and the same code is compiled a second time for
 * processors with AVX2. Every element is computed alone and sums run in one stated order without
 * fused operations, so that the version that runs changes no bit. On a 64 x 64 game this was 3.5
 * times faster than the plain loops. */
#include "num/lp_i.h"
#include "num/vector.h"

enum { WIDTH = 4 };

/* Rows i..i+3 less multiples of the pivot row p, and their squares into sq, when it is given. */
ENT_INLINE void four_rows(double *t, size_t stride, const double *f, double *p, double *sq)
{
    double *t0 = t, *t1 = t + stride, *t2 = t1 + stride, *t3 = t2 + stride;
    const double f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3];
    for (size_t j = 0; j < stride; j += WIDTH) {
        const ent_four pj = *ent_at(p, j);
        const ent_four a = *ent_at(t0, j) - f0 * pj, b = *ent_at(t1, j) - f1 * pj,
                       c = *ent_at(t2, j) - f2 * pj, d = *ent_at(t3, j) - f3 * pj;
        *ent_at(t0, j) = a;
        *ent_at(t1, j) = b;
        *ent_at(t2, j) = c;
        *ent_at(t3, j) = d;
        if (sq) *ent_at(sq, j) += (a * a + b * b) + (c * c + d * d);
    }
}

ENT_INLINE void one_row(double *t, size_t stride, double f, double *p, double *sq)
{
    for (size_t j = 0; j < stride; j += WIDTH) {
        const ent_four a = *ent_at(t, j) - f * *ent_at(p, j);
        *ent_at(t, j) = a;
        if (sq) *ent_at(sq, j) += a * a;
    }
}

/* Nearly every row changes. Column q would need stores of single numbers between loads of vectors,
 * which stall; with 1 + 1/p in the pivot row's place q (put there by a selection among vectors) it
 * takes part in the sweep: f - f (1 + 1/p) = -f/p, to within (1 + p) roundings. */
ENT_INLINE void dense(double *t, int rows, int r, int q, size_t stride, double *sq)
{
    double *p = t + (size_t)r * stride;
    const double inverse = 1.0 / p[q];
    const ent_four own = {1.0 + inverse, 1.0 + inverse, 1.0 + inverse, 1.0 + inverse},
                   one = {1.0, 1.0, 1.0, 1.0};
    ent_four_mask column = {0, 1, 2, 3};
    for (size_t j = 0; j < stride; j += WIDTH, column += WIDTH) {
        const ent_four_mask here = column == (long long)q;
        *ent_at(p, j) = (ent_four)(((ent_four_mask)own & here) |
                                   ((ent_four_mask)(*ent_at(p, j) * inverse) & ~here));
        *ent_at(sq, j) = one;
    }
    int i = 0;
    for (; i + WIDTH <= rows; i += WIDTH) {
        double *ti = t + (size_t)i * stride, f[WIDTH];
        for (int k = 0; k < WIDTH; k++)
            f[k] = i + k == r ? 0.0 : ti[(size_t)k * stride + (size_t)q];
        four_rows(ti, stride, f, p, sq);
    }
    for (; i < rows; i++) {
        double *ti = t + (size_t)i * stride;
        one_row(ti, stride, i == r ? 0.0 : ti[q], p, sq);
    }
    for (int k = 0; k < 2; k++) { /* the two objective rows */
        double *ti = t + (size_t)(rows + k) * stride;
        if (ti[q] != 0.0) one_row(ti, stride, ti[q], p, NULL);
    }
    p[q] = inverse;
    sq[q] += inverse * inverse - (1.0 + inverse) * (1.0 + inverse);
}

ENT_INLINE double row_square(double *t, size_t stride, int n)
{
    ent_four sum = {1.0, 0.0, 0.0, 0.0};
    for (size_t j = 0; j < stride; j += WIDTH) sum += *ent_at(t, j) * *ent_at(t, j);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]) - t[n] * t[n];
}

/* The pivot row over its pivot, 0 in the pivot's place, and where it is not all zeros: groups of
 * four, by their first column.
 * Returned: how many. */
ENT_INLINE int divide(double *p, int q, double inverse, size_t stride, int *group)
{
    int count = 0;
    p[q] = 0.0;
    for (size_t j = 0; j < stride; j += WIDTH) {
        const ent_four pj = *ent_at(p, j) * inverse;
        *ent_at(p, j) = pj;
        const ent_four_mask any = pj != 0.0;
        group[count] = (int)j;
        count += (any[0] | any[1] | any[2] | any[3]) != 0;
    }
    return count;
}

/* A row less a multiple of p, where p is not zero; its product with p before that. */
ENT_INLINE double less(double *t, double f, double *p, const int *group, int count)
{
    ent_four even = {0.0, 0.0, 0.0, 0.0}, odd = even;
    int k = 0;
    for (; k + 2 <= count; k += 2) {
        const size_t i = (size_t)group[k], j = (size_t)group[k + 1];
        const ent_four a = *ent_at(t, i), b = *ent_at(t, j), pi = *ent_at(p, i), pj = *ent_at(p, j);
        even += a * pi;
        odd += b * pj;
        *ent_at(t, i) = a - f * pi;
        *ent_at(t, j) = b - f * pj;
    }
    for (; k < count; k++) {
        const size_t i = (size_t)group[k];
        const ent_four a = *ent_at(t, i), pi = *ent_at(p, i);
        even += a * pi;
        *ent_at(t, i) = a - f * pi;
    }
    even += odd;
    return (even[0] + even[1]) + (even[2] + even[3]);
}

/* Weights are carried along, |t - f p|^2 = |t|^2 - 2 f t p + f^2 |p|^2, and counted afresh where
 * that would cancel to less than this. */
static const double CANCELLED = 1e-4;

/* Programs that start from a basis have rows that a pivot leaves alone, and pivot rows with few
 * entries: only what changes is touched. The pivot column is left out of the sweep, and written
 * after it: a number stored just before the vector around it is loaded stalls. sq by rows. On
 * programs over mechanisms this was 2 to 4 times faster than whole rows. */
ENT_INLINE void sparse(double *t, int rows, int r, int q, size_t stride, int n, int *group,
                       double *sq)
{
    double *p = t + (size_t)r * stride;
    const double inverse = 1.0 / p[q];
    const int count = divide(p, q, inverse, stride, group);
    /* |p|^2, without the right side and the pivot's place */
    const double square = sq ? row_square(p, stride, n) - 1.0 : 0.0;
    for (int i = 0; i < rows + 2; i++) {
        double *ti = t + (size_t)i * stride;
        const double f = ti[q], right = ti[n];
        if (f == 0.0 || i == r) continue;
        const double product = less(ti, f, p, group, count) - right * p[n];
        ti[q] = -f * inverse;
        if (!sq || i >= rows) continue;
        const double grown = f * f * (square + inverse * inverse),
                     next = sq[i] - f * f - 2.0 * f * product + grown;
        sq[i] = next >= CANCELLED * (sq[i] + grown) ? next : row_square(ti, stride, n);
    }
    p[q] = inverse;
    if (sq) sq[r] = 1.0 + square + inverse * inverse;
}

ENT_INLINE void squares_of(double *t, int rows, size_t stride, int n, ent_lp_squares squares,
                           double *sq)
{
    for (int i = 0; squares == ENT_LP_BY_ROW && i < rows; i++)
        sq[i] = row_square(t + (size_t)i * stride, stride, n);
    if (squares != ENT_LP_BY_COLUMN) return;
    for (size_t j = 0; j < stride; j++) sq[j] = 1.0;
    for (int i = 0; i < rows; i++)
        for (size_t j = 0; j < stride; j += WIDTH)
            *ent_at(sq, j) +=
                *ent_at(t + (size_t)i * stride, j) * *ent_at(t + (size_t)i * stride, j);
}

#define VERSION(suffix, attribute) \
    attribute static void dense_##suffix(ent_lp_work *w, int r, int q, double *sq) \
    { \
        dense(w->t, w->m, r, q, w->stride, sq); \
    } \
    attribute static void sparse_##suffix(ent_lp_work *w, int r, int q, double *sq) \
    { \
        sparse(w->t, w->m, r, q, w->stride, w->n, w->group, sq); \
    } \
    attribute static void squares_##suffix(ent_lp_work *w, ent_lp_squares squares) \
    { \
        squares_of(w->t, w->m, w->stride, w->n, squares, w->square); \
    }

VERSION(plain, )
VERSION(avx2, ENT_AVX2)
#define CHOOSE(w, name) ((w)->wide ? name##_avx2 : name##_plain)
bool ent_i_lp_wide(void) { return ent_has_avx2(); }

void ent_i_lp_squares(ent_lp_work *w, ent_lp_squares squares) { CHOOSE(w, squares)(w, squares); }

static void exchange(ent_lp_work *w, int r, int q)
{
    const int leaving = w->head[r], entering = w->tail[q];
    w->head[r] = entering;
    w->tail[q] = leaving;
    w->place[entering] = r;
    w->place[leaving] = -1 - q;
    w->pivots++;
}

void ent_i_lp_pivot(ent_lp_work *w, int r, int q, ent_lp_squares squares)
{
    if (squares == ENT_LP_BY_COLUMN) CHOOSE(w, dense)(w, r, q, w->square);
    else CHOOSE(w, sparse)(w, r, q, squares == ENT_LP_BY_ROW ? w->square : NULL);
    exchange(w, r, q);
}
