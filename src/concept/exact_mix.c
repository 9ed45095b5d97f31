/* Phase one: minimise the sum of the artificial variables of the rows sum_l w_l (point_l, 1) =
 * (target, 1), by Bland's rule. An artificial variable that leaves never returns, so its column is
 * not kept: the tableau is condensed with columns only for the points, and a column whose variable
 * is artificial is skipped. */
#include "concept/exact_mix.h"

typedef struct phase {
    int rows, columns;
    /* [rows + 1][columns + 1], last row: reduced costs of the sum, last column: right-hand sides */
    ent_rat *t;
    int *head, *tail; /* point l < columns; artificial columns + row */
} phase;

static ent_rat *at(const phase *f, int i, int j) { return &f->t[i * (f->columns + 1) + j]; }

static void fill(phase *f, int n, int k, const ent_rat *point, const ent_rat *target)
{
    for (int i = 0; i <= n; i++) {
        for (int l = 0; l < k; l++) {
            if (i < n) ent_rat_set(at(f, i, l), &point[l * n + i]);
            else ent_rat_set_int(at(f, i, l), 1);
        }
        if (i < n) ent_rat_set(at(f, i, k), &target[i]);
        else ent_rat_set_int(at(f, i, k), 1);
        const bool negative = ent_rat_sign(at(f, i, k)) < 0;
        for (int l = 0; negative && l <= k; l++) ent_rat_neg(at(f, i, l), at(f, i, l));
        for (int l = 0; l < k; l++) ent_rat_add(at(f, n + 1, l), at(f, n + 1, l), at(f, i, l));
        ent_rat_add(at(f, n + 1, k), at(f, n + 1, k), at(f, i, k));
        f->head[i] = k + i;
    }
    for (int l = 0; l < k; l++) f->tail[l] = l;
}

static void pivot(phase *f, int r, int q)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat p = ENT_RAT_ZERO, h = ENT_RAT_ZERO;
    ent_rat_set(&p, at(f, r, q));
    ent_rat_set(at(f, r, q), &one);
    for (int j = 0; j <= f->columns; j++) ent_rat_div(at(f, r, j), at(f, r, j), &p);
    for (int i = 0; i <= f->rows; i++) {
        if (i == r || ent_rat_sign(at(f, i, q)) == 0) continue;
        ent_rat_set(&h, at(f, i, q));
        ent_rat_set_int(at(f, i, q), 0);
        for (int j = 0; j <= f->columns; j++) ent_rat_submul(at(f, i, j), &h, at(f, r, j));
    }
    const int leaving = f->head[r];
    f->head[r] = f->tail[q];
    f->tail[q] = leaving;
    ent_rat_release(&p);
    ent_rat_release(&h);
}

static int entering(const phase *f)
{
    int best = -1;
    for (int j = 0; j < f->columns; j++)
        if (f->tail[j] < f->columns && ent_rat_sign(at(f, f->rows, j)) > 0 &&
            (best < 0 || f->tail[j] < f->tail[best]))
            best = j;
    return best;
}

static int leaving(const phase *f, int q)
{
    ent_rat best = ENT_RAT_ZERO, ratio = ENT_RAT_ZERO;
    int r = -1;
    for (int i = 0; i < f->rows; i++) {
        if (ent_rat_sign(at(f, i, q)) <= 0) continue;
        ent_rat_div(&ratio, at(f, i, f->columns), at(f, i, q));
        const int order = r < 0 ? -1 : ent_rat_cmp(&ratio, &best);
        /* among ties an artificial variable goes first: it stays away */
        if (order > 0 || (order == 0 && f->head[i] < f->head[r])) continue;
        r = i;
        ent_rat_set(&best, &ratio);
    }
    ent_rat_release(&best);
    ent_rat_release(&ratio);
    return r;
}

ent_status ent_i_exact_mix(ent_ctx *ctx, int n, int k, const ent_rat *point, const ent_rat *target,
                           ent_rat *weight, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t count = (size_t)(n + 2) * (size_t)(k + 1);
    phase f = {.rows = n + 1, .columns = k};
    f.t = ent_rats_new(ctx, count, &st);
    if (!f.t) goto done;
    ENT_SCRATCH(ctx, f.head, n + 1);
    ENT_SCRATCH(ctx, f.tail, k);
    fill(&f, n, k, point, target);
    for (int q = entering(&f); q >= 0; q = entering(&f)) {
        const int r = leaving(&f, q);
        if (r < 0) ENT_BUG(ctx, "a sum of artificial variables without bound");
        pivot(&f, r, q);
    }
    *found = ent_rat_sign(at(&f, f.rows, k)) == 0;
    for (int l = 0; l < k; l++) ent_rat_set_int(&weight[l], 0);
    for (int i = 0; *found && i <= n; i++)
        if (f.head[i] < k) ent_rat_set(&weight[f.head[i]], at(&f, i, k));
done:
    ent_rats_free(f.t, count);
    ent_scratch_reset(ctx, mark);
    return st;
}
