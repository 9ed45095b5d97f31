/* Games with two rows or two columns: the lower envelope of straight lines, walked from one end to
 * its top. */
#include "concept/matrix_kernel.h"

/* A family of lines: line c has height sign * m[c step] at p = 0 and sign * m[c step + other] at p
 * = 1. */
typedef struct lines {
    const double *m;
    int count, step, other;
    double sign;
} lines;

static double left(const lines *l, int c) { return l->sign * l->m[c * l->step]; }
static double slope(const lines *l, int c)
{
    return l->sign * (l->m[c * l->step + l->other] - l->m[c * l->step]);
}

/* The line that is lowest just right of p = 0. */
static int lowest(const lines *l)
{
    int best = 0;
    for (int c = 1; c < l->count; c++) {
        const double a = left(l, c), b = left(l, best);
        if (a < b || (a <= b && slope(l, c) < slope(l, best))) best = c;
    }
    return best;
}

/* The line that cuts line c first from there on, or -1 when none does before p = 1. */
static int cuts_next(const lines *l, int c)
{
    const double height = left(l, c), rise = slope(l, c);
    double soonest = 1.0;
    int best = -1;
    for (int d = 0; d < l->count; d++) {
        const double steeper = rise - slope(l, d), p = (left(l, d) - height) / steeper;
        if (!(steeper > 0.0)) continue;
        if (p < soonest || (best >= 0 && p <= soonest && slope(l, d) < slope(l, best)))
            soonest = p, best = d;
    }
    return best;
}

/* The two lines that meet at the top of the envelope, or one line and the end of p at which it is
 * highest. */
static int top(const lines *l, int pair[2], int *end)
{
    int c = lowest(l);
    pair[0] = pair[1] = c;
    *end = 0;
    if (slope(l, c) <= 0.0) return 1;
    for (int step = 0; step < l->count; step++) {
        const int d = cuts_next(l, c);
        pair[0] = c;
        *end = 1;
        if (d < 0) return 1;
        pair[1] = d;
        if (slope(l, d) <= 0.0) return 2;
        c = d;
    }
    return 1;
}

void ent_i_kernel_envelope(int rows, int columns, const double *m, ent_kernel *k)
{
    const bool two_rows = rows == 2;
    /* Two rows: p is the weight of row 1, lines are columns, the rows want the envelope high. Two
     * columns: mirrored. */
    const lines l =
        two_rows ? (lines){m, columns, 1, columns, 1.0} : (lines){m, rows, columns, 1, -1.0};
    int pair[2], end;
    k->size = top(&l, pair, &end);
    int *line = two_rows ? k->column : k->row, *side = two_rows ? k->row : k->column;
    if (k->size == 1) {
        line[0] = pair[0];
        side[0] = end;
        return;
    }
    line[0] = pair[0] < pair[1] ? pair[0] : pair[1];
    line[1] = pair[0] < pair[1] ? pair[1] : pair[0];
    side[0] = 0;
    side[1] = 1;
}
