/* max sum y, (M - least + 1) y <= 1 by Bland's rule on a condensed tableau of rationals. */
#include "concept/exact_game.h"

typedef struct tableau {
    int rows, columns;
    /* [rows + 1][columns + 1]; the last row holds reduced costs and minus the value */
    ent_rat *t;
    int *head, *tail; /* variables: j < columns is y_j, columns + i the slack of row i */
} tableau;

static ent_rat *at(const tableau *w, int i, int j) { return &w->t[i * (w->columns + 1) + j]; }

static void fill(tableau *w, const ent_rat *m, ent_rat *shift)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat_set(shift, &m[0]);
    for (int k = 1; k < w->rows * w->columns; k++)
        if (ent_rat_cmp(&m[k], shift) < 0) ent_rat_set(shift, &m[k]);
    ent_rat_sub(shift, shift, &one);
    for (int i = 0; i < w->rows; i++) {
        for (int j = 0; j < w->columns; j++)
            ent_rat_sub(at(w, i, j), &m[i * w->columns + j], shift);
        ent_rat_set_int(at(w, i, w->columns), 1);
        w->head[i] = w->columns + i;
    }
    for (int j = 0; j < w->columns; j++) {
        ent_rat_set_int(at(w, w->rows, j), 1);
        w->tail[j] = j;
    }
}

static void pivot(tableau *w, int r, int q)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat p = ENT_RAT_ZERO, f = ENT_RAT_ZERO;
    ent_rat_set(&p, at(w, r, q));
    ent_rat_set(at(w, r, q), &one);
    for (int j = 0; j <= w->columns; j++) ent_rat_div(at(w, r, j), at(w, r, j), &p);
    for (int i = 0; i <= w->rows; i++) {
        if (i == r || ent_rat_sign(at(w, i, q)) == 0) continue;
        ent_rat_set(&f, at(w, i, q));
        ent_rat_set_int(at(w, i, q), 0);
        for (int j = 0; j <= w->columns; j++) ent_rat_submul(at(w, i, j), &f, at(w, r, j));
    }
    const int leaving = w->head[r];
    w->head[r] = w->tail[q];
    w->tail[q] = leaving;
    ent_rat_release(&p);
    ent_rat_release(&f);
}

static int entering(const tableau *w)
{
    int best = -1;
    for (int j = 0; j < w->columns; j++)
        if (ent_rat_sign(at(w, w->rows, j)) > 0 && (best < 0 || w->tail[j] < w->tail[best]))
            best = j;
    return best;
}

static int leaving(const tableau *w, int q)
{
    ent_rat best = ENT_RAT_ZERO, ratio = ENT_RAT_ZERO;
    int r = -1;
    for (int i = 0; i < w->rows; i++) {
        if (ent_rat_sign(at(w, i, q)) <= 0) continue;
        ent_rat_div(&ratio, at(w, i, w->columns), at(w, i, q));
        const int order = r < 0 ? -1 : ent_rat_cmp(&ratio, &best);
        if (order > 0 || (order == 0 && w->head[i] > w->head[r])) continue;
        r = i;
        ent_rat_set(&best, &ratio);
    }
    ent_rat_release(&best);
    ent_rat_release(&ratio);
    return r;
}

/* Both strategies are the two solutions divided by the optimum; the value is its inverse, shifted
 * back. */
static void read(const tableau *w, const ent_rat *shift, ent_exact_game *out)
{
    const ent_rat *optimum = at(w, w->rows, w->columns); /* minus the sum of y */
    ent_rat_set_int(&out->value, -1);
    ent_rat_div(&out->value, &out->value, optimum);
    ent_rat_add(&out->value, &out->value, shift);
    for (int i = 0; i < w->rows; i++) ent_rat_set_int(&out->row[i], 0);
    for (int j = 0; j < w->columns; j++) ent_rat_set_int(&out->column[j], 0);
    for (int i = 0; i < w->rows; i++) {
        if (w->head[i] >= w->columns) continue;
        ent_rat *y = &out->column[w->head[i]];
        ent_rat_div(y, at(w, i, w->columns), optimum);
        ent_rat_neg(y, y);
    }
    for (int j = 0; j < w->columns; j++)
        if (w->tail[j] >= w->columns)
            ent_rat_div(&out->row[w->tail[j] - w->columns], at(w, w->rows, j), optimum);
}

ent_status ent_i_exact_game_simplex(ent_ctx *ctx, int rows, int columns, const ent_rat *m,
                                    ent_exact_game *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t count = (size_t)(rows + 1) * (size_t)(columns + 1);
    tableau w = {.rows = rows, .columns = columns};
    ent_rat shift = ENT_RAT_ZERO;
    w.t = ent_rats_new(ctx, count, &st);
    if (!w.t) goto done;
    ENT_SCRATCH(ctx, w.head, rows);
    ENT_SCRATCH(ctx, w.tail, columns);
    fill(&w, m, &shift);
    for (int q = entering(&w); q >= 0; q = entering(&w)) pivot(&w, leaving(&w, q), q);
    read(&w, &shift, out);
done:
    ent_rat_release(&shift);
    ent_rats_free(w.t, count);
    ent_scratch_reset(ctx, mark);
    return st;
}
