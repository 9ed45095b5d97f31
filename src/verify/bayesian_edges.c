/* The extreme rays of a cone by double description: begin with k independent inequalities, whose
 * rays are the columns of -A^-1; each further one keeps the rays on its right side and adds, of all
 * pairs on different sides, the combinations on its boundary that are extreme, which the rank of
 * the inequalities that they fulfil with equality decides. Two pairs never give the same ray: one
 * that is extreme comes from the edge of a two-dimensional face. */
#include "verify/bayesian_edges.h"

#include "exact/bareiss.h"

#include "base/ctx.h"

typedef struct ray {
    ent_rat *d;    /* [k] */
    bool *touches; /* [rows] inequalities so far that it fulfils with equality */
} ray;

typedef struct cone {
    ent_ctx *ctx;
    int k, rows;
    ent_rat *a;  /* [rows][k], the first k independent */
    int *origin; /* [rows] the facet that a row is */
    ray *ray;
    int rays, room;
} cone;

static void ray_free(const cone *c, ray *r)
{
    ent_rats_free(r->d, (size_t)c->k);
    ent_free(r->touches);
}

static void cone_free(cone *c)
{
    for (int r = 0; r < c->rays; r++) ray_free(c, &c->ray[r]);
    ent_rats_free(c->a, (size_t)c->rows * (size_t)c->k);
    ent_free(c->origin);
    ent_free(c->ray);
}

static ent_status ray_new(cone *c, ray **out)
{
    ent_status st = ENT_OK;
    if (c->rays == c->room) {
        const int room = c->room ? 2 * c->room : 16;
        ray *grown = ent_i_realloc(c->ctx, c->ray, (size_t)room, sizeof *grown, &st);
        if (!grown) goto done;
        c->ray = grown;
        c->room = room;
    }
    ray *r = &c->ray[c->rays];
    *r = (ray){0};
    c->rays++;
    if (!(r->d = ent_rats_new(c->ctx, (size_t)c->k, &st))) goto done;
    ENT_ALLOC(c->ctx, r->touches, c->rows);
    *out = r;
done:
    return st;
}

/* The facets of a vertex as rows, k independent ones first; no rows when their rank is less. */
static ent_status cone_new(ent_ctx *ctx, const ent_bv_listed *list, int vertex, cone *out)
{
    ent_status st = ENT_OK;
    ent_rat *given = NULL;
    int *order = NULL, *facet = NULL, n = 0;
    const int k = list->k;
    *out = (cone){.ctx = ctx, .k = k};
    ENT_ALLOC(ctx, facet, list->facets);
    ENT_ALLOC(ctx, order, list->facets);
    for (int f = 0; f < list->facets; f++)
        if (list->on[f * list->vertices + vertex]) facet[n++] = f;
    if (!(given = ent_rats_new(ctx, (size_t)n * (size_t)k, &st))) goto done;
    for (int r = 0; r < n; r++)
        for (int m = 0; m < k; m++)
            ent_rat_set(&given[r * k + m], &list->weight[facet[r] * k + m].number);
    ent_rank rank = {.row = order};
    ENT_TRY(ent_bareiss_rank(ctx, n, k, given, &rank));
    if (rank.rank != k) goto done;
    if (!(out->a = ent_rats_new(ctx, (size_t)n * (size_t)k, &st))) goto done;
    out->rows = n;
    ENT_ALLOC(ctx, out->origin, n);
    for (int r = 0; r < n; r++) {
        out->origin[r] = facet[order[r]];
        for (int m = 0; m < k; m++) ent_rat_set(&out->a[r * k + m], &given[order[r] * k + m]);
    }
done:
    ent_rats_free(given, (size_t)n * (size_t)k);
    ent_free(order);
    ent_free(facet);
    return st;
}

/* The rays of the first k inequalities. */
static ent_status begin(cone *c)
{
    ent_status st = ENT_OK;
    const int k = c->k;
    bool is_singular = false;
    ent_rat *unit = NULL, *x = NULL;
    if (!(unit = ent_rats_new(c->ctx, (size_t)(k * k), &st))) goto done;
    if (!(x = ent_rats_new(c->ctx, (size_t)(k * k), &st))) goto done;
    for (int m = 0; m < k; m++) ent_rat_set_int(&unit[m * k + m], -1);
    const ent_system system = {.n = k, .sides = k, .a = c->a, .b = unit};
    ENT_TRY(ent_bareiss_solve(c->ctx, &system, x, &is_singular));
    if (is_singular) ENT_FAIL(c->ctx, ENT_E_BUG, "rows of full rank are singular");
    for (int j = 0; j < k; j++) {
        ray *r = NULL;
        ENT_TRY(ray_new(c, &r));
        for (int m = 0; m < k; m++) {
            ent_rat_set(&r->d[m], &x[m * k + j]);
            r->touches[m] = m != j;
        }
    }
done:
    ent_rats_free(unit, (size_t)(k * k));
    ent_rats_free(x, (size_t)(k * k));
    return st;
}

static void side_of(const cone *c, int row, const ent_rat *d, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    for (int m = 0; m < c->k; m++) ent_rat_addmul(out, &c->a[row * c->k + m], &d[m]);
}

/* Do the inequalities before `row` that two rays have in common, and `row` itself, have rank k -
 * 1? */
static ent_status is_extreme(const cone *c, int row, const ray *x, const ray *y, bool *yes)
{
    ent_status st = ENT_OK;
    int n = 0;
    ent_rank rank = {0};
    ent_rat *a = NULL;
    *yes = false;
    for (int r = 0; r < row; r++) n += x->touches[r] && y->touches[r];
    if (n < c->k - 2) return ENT_OK;
    if (!(a = ent_rats_new(c->ctx, (size_t)(n + 1) * (size_t)c->k, &st))) goto done;
    for (int r = 0, at = 0; r <= row; r++) {
        if (r < row && !(x->touches[r] && y->touches[r])) continue;
        for (int m = 0; m < c->k; m++) ent_rat_set(&a[at * c->k + m], &c->a[r * c->k + m]);
        at++;
    }
    ENT_TRY(ent_bareiss_rank(c->ctx, n + 1, c->k, a, &rank));
    *yes = rank.rank == c->k - 1;
done:
    ent_rats_free(a, (size_t)(n + 1) * (size_t)c->k);
    return st;
}

/* side_x d_y - side_y d_x, which lies on the boundary, with coordinates that sum to 1 in size. */
static ent_status combine(cone *c, int row, int x, int y, const ent_rat *side_x,
                          const ent_rat *side_y)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO;
    ray *to = NULL;
    ENT_TRY(ray_new(c, &to));
    const ray *from = &c->ray[x], *other = &c->ray[y];
    for (int m = 0; m < c->k; m++) {
        ent_rat_addmul(&to->d[m], side_x, &other->d[m]);
        ent_rat_submul(&to->d[m], side_y, &from->d[m]);
        if (ent_rat_sign(&to->d[m]) > 0) ent_rat_add(&sum, &sum, &to->d[m]);
        else ent_rat_sub(&sum, &sum, &to->d[m]);
    }
    for (int m = 0; m < c->k; m++) ent_rat_div(&to->d[m], &to->d[m], &sum);
    for (int r = 0; r < row; r++) to->touches[r] = from->touches[r] && other->touches[r];
    to->touches[row] = true;
done:
    ent_rat_release(&sum);
    return st;
}

static ent_status cut(cone *c, int row)
{
    ent_status st = ENT_OK;
    const int rays = c->rays;
    bool extreme = false;
    ent_rat *side = ent_rats_new(c->ctx, (size_t)rays, &st);
    if (!side) goto done;
    for (int r = 0; r < rays; r++) {
        side_of(c, row, c->ray[r].d, &side[r]);
        c->ray[r].touches[row] = ent_rat_sign(&side[r]) == 0;
    }
    for (int x = 0; x < rays; x++) {
        ENT_CHECK_CANCEL(c->ctx);
        for (int y = 0; ent_rat_sign(&side[x]) > 0 && y < rays; y++) {
            if (ent_rat_sign(&side[y]) >= 0) continue;
            ENT_TRY(is_extreme(c, row, &c->ray[x], &c->ray[y], &extreme));
            if (extreme) ENT_TRY(combine(c, row, x, y, &side[x], &side[y]));
        }
    }
    int kept = 0;
    for (int r = 0; r < c->rays; r++) {
        if (r < rays && ent_rat_sign(&side[r]) > 0) ray_free(c, &c->ray[r]);
        else c->ray[kept++] = c->ray[r];
    }
    c->rays = kept;
done:
    ent_rats_free(side, (size_t)rays);
    return st;
}

/* An edge runs along -e_m when all facets that it lies on have no weight there. */
static bool runs_down(const ent_bv_listed *list, const cone *c, const ray *r)
{
    for (int m = 0; m < list->k; m++) {
        bool down = true;
        for (int row = 0; down && row < c->rows; row++)
            down = !r->touches[row] ||
                   ent_rat_sign(&list->weight[c->origin[row] * list->k + m].number) == 0;
        if (down) return true;
    }
    return false;
}

/* Another listed vertex on all facets on which the edge lies is its other end. */
static bool ends(const ent_bv_listed *list, const cone *c, const ray *r, int vertex)
{
    for (int w = 0; w < list->vertices; w++) {
        bool on = w != vertex;
        for (int row = 0; on && row < c->rows; row++)
            on = !r->touches[row] || list->on[c->origin[row] * list->vertices + w];
        if (on) return true;
    }
    return false;
}

static bool is_twin(const ent_bv_listed *list, int vertex)
{
    for (int w = 0; w < list->vertices; w++) {
        bool same = w != vertex;
        for (int f = 0; same && f < list->facets; f++)
            same = !list->on[f * list->vertices + vertex] || list->on[f * list->vertices + w];
        if (same) return true;
    }
    return false;
}

static ent_status is_closed(ent_ctx *ctx, const ent_bv_listed *list, int vertex, bool *closed)
{
    ent_status st = ENT_OK;
    cone c = {0};
    *closed = false;
    if (is_twin(list, vertex)) return ENT_OK;
    ENT_TRY(cone_new(ctx, list, vertex, &c));
    if (c.rows == 0) goto done;
    ENT_TRY(begin(&c));
    for (int row = c.k; row < c.rows; row++) ENT_TRY(cut(&c, row));
    *closed = true;
    for (int r = 0; *closed && r < c.rays; r++)
        *closed = runs_down(list, &c, &c.ray[r]) || ends(list, &c, &c.ray[r], vertex);
done:
    cone_free(&c);
    return st;
}

ent_status ent_bv_complete(ent_ctx *ctx, const ent_bv_listed *list, int *open)
{
    ent_status st = ENT_OK;
    bool closed = true;
    *open = -1;
    for (int v = 0; closed && v < list->vertices; v++) {
        ENT_TRY(is_closed(ctx, list, v, &closed));
        if (!closed) *open = v;
    }
done:
    return st;
}
