/* The nearest sums of gains to the edge of enforceability: the sums of the first and of the second
 * half of the players, each sorted, met in the middle. */
#include "relational/separable.h"

#include <math.h>

enum { SUMS_MOST = 1 << 18 };

static int64_t distinct(double *x, int64_t count)
{
    int64_t kept = 0;
    for (int64_t k = 0; k < count; k++)
        if (kept == 0 || x[k] > x[kept - 1]) x[kept++] = x[k];
    return kept;
}

static void sift(double *x, int64_t root, int64_t count)
{
    const double falls = x[root];
    for (int64_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && x[child] < x[child + 1]) child++;
        if (!(falls < x[child])) break;
        x[root] = x[child];
        root = child;
    }
    x[root] = falls;
}

static void sort(double *x, int64_t count)
{
    for (int64_t root = count / 2; root-- > 0;) sift(x, root, count);
    for (int64_t last = count - 1; last > 0; last--) {
        const double top = x[0];
        x[0] = x[last];
        x[last] = top;
        sift(x, 0, last);
    }
}

/* All distinct sums of gains of players from .. to - 1; count -1 when there are too many. */
static ent_status sums(ent_ctx *ctx, const ent_i_separable *game, int from, int to, double **out,
                       int64_t *count)
{
    ent_status st = ENT_OK;
    double *now = NULL, *next = NULL;
    ENT_SCRATCH(ctx, now, 1);
    now[0] = 0.0;
    *count = 1;
    for (int j = from; j < to; j++) {
        const double *own = game->part[j * game->n + j];
        if (*count * game->actions[j] > 4 * (int64_t)SUMS_MOST) {
            *count = -1;
            goto done;
        }
        ENT_SCRATCH(ctx, next, *count * game->actions[j]);
        int64_t k = 0;
        for (int a = 0; a < game->actions[j]; a++)
            for (int64_t c = 0; c < *count; c++) next[k++] = now[c] + (game->best[j] - own[a]);
        sort(next, k);
        *count = distinct(next, k);
        now = next;
        if (*count > SUMS_MOST) {
            *count = -1;
            goto done;
        }
    }
    *out = now;
done:
    return st;
}

/* A place between the players where both halves stay small. */
static int middle(const ent_i_separable *game)
{
    double left = 1.0, right = 1.0;
    int lo = 0, hi = game->n;
    while (lo < hi) {
        if (left <= right) left *= game->actions[lo++];
        else right *= game->actions[--hi];
    }
    return lo;
}

ent_status ent_i_separable_near(ent_ctx *ctx, const ent_i_separable *game, const ent_i_edge *edge,
                                double *below, double *above)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *left = NULL, *right = NULL;
    int64_t lefts = 0, rights = 0;
    const int half = middle(game);
    *below = -1.0;
    *above = HUGE_VAL;
    ENT_TRY(sums(ctx, game, 0, half, &left, &lefts));
    ENT_TRY(sums(ctx, game, half, game->n, &right, &rights));
    if (lefts < 0 || rights < 0) goto done;
    int64_t r = rights - 1;
    for (int64_t l = 0; l < lefts; l++) {
        while (r >= 0 && !(edge->factor * (left[l] + right[r]) <= edge->bound)) r--;
        if (r >= 0 && left[l] + right[r] > edge->zero) *below = fmax(*below, left[l] + right[r]);
        if (r + 1 < rights && left[l] + right[r + 1] > edge->zero)
            *above = fmin(*above, left[l] + right[r + 1]);
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
