/* The exchange of a basic and a nonbasic variable: nearly all the time of a linear program passes here. The inner loops run
 * over whole padded rows, so that compilers turn them into vector instructions; each element is computed alone, so that
 * the width of the vectors changes no bit. */
#include "num/lp_i.h"

/* t -= f * p over a row; the padding is 0 in both. */
static inline void subtract(size_t stride, double *restrict t, double f, const double *restrict p)
{
    for (size_t j = 0; j < stride; j += 4) {
        t[j] -= f * p[j];
        t[j + 1] -= f * p[j + 1];
        t[j + 2] -= f * p[j + 2];
        t[j + 3] -= f * p[j + 3];
    }
}

static inline void add_squares(size_t stride, double *restrict square, const double *restrict t)
{
    for (size_t j = 0; j < stride; j += 4) {
        square[j] += t[j] * t[j];
        square[j + 1] += t[j + 1] * t[j + 1];
        square[j + 2] += t[j + 2] * t[j + 2];
        square[j + 3] += t[j + 3] * t[j + 3];
    }
}

static double row_square(const double *t, int n)
{
    double sum[4] = {1.0, 0.0, 0.0, 0.0};
    int j = 0;
    for (; j + 4 <= n; j += 4)
        for (int k = 0; k < 4; k++) sum[k] += t[j + k] * t[j + k];
    for (; j < n; j++) sum[0] += t[j] * t[j];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void ent_i_lp_squares(ent_lp_work *w, ent_lp_squares squares)
{
    if (squares == ENT_LP_BY_ROW)
        for (int i = 0; i < w->m; i++) w->square[i] = row_square(ent_i_lp_row(w, i), w->n);
    if (squares != ENT_LP_BY_COLUMN) return;
    for (size_t j = 0; j < w->stride; j++) w->square[j] = 1.0;
    for (int i = 0; i < w->m; i++) add_squares(w->stride, w->square, ent_i_lp_row(w, i));
}

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
    const int m = w->m;
    const size_t stride = w->stride;
    double *p = ent_i_lp_row(w, r);
    const double inverse = 1.0 / p[q];
    p[q] = 1.0;
    for (size_t j = 0; j < stride; j++) p[j] *= inverse;
    if (squares == ENT_LP_BY_COLUMN)
        for (size_t j = 0; j < stride; j++) w->square[j] = 1.0 + p[j] * p[j];
    if (squares == ENT_LP_BY_ROW) w->square[r] = row_square(p, w->n);
    for (int i = 0; i < m + 2; i++) {
        double *t = ent_i_lp_row(w, i);
        const double f = t[q];
        if (i == r) continue;
        if (f != 0.0) {
            t[q] = 0.0;
            subtract(stride, t, f, p);
            if (squares == ENT_LP_BY_ROW && i < m) w->square[i] = row_square(t, w->n);
        }
        if (squares == ENT_LP_BY_COLUMN && i < m) add_squares(stride, w->square, t);
    }
    exchange(w, r, q);
}
