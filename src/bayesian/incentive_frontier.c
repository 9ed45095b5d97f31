/* Double description of the cone of inequalities (bound, weight) that all known points satisfy: its
 * extreme rays are the facets. A new point is a halfspace for that cone: rays on its wrong side go,
 * and pairs of adjacent rays on different sides give new ones. Adjacency is decided by the points
 * and signs (weight_m = 0) that two rays have in common. */
#include "bayesian/incentive_frontier.h"

#include "base/ctx.h"

void ent_i_incentive_frontier_free(ent_frontier *f)
{
    for (int v = 0; v < f->vertices; v++) {
        ent_rats_free(f->vertex[v].u, (size_t)f->interims);
        ent_rats_free(f->vertex[v].mu, (size_t)f->options);
    }
    for (int k = 0; k < f->facets; k++) {
        ent_rats_free(f->facet[k].weight, (size_t)f->interims);
        ent_rats_free(f->facet[k].alpha, (size_t)f->pairs);
        ent_rat_release(&f->facet[k].bound);
        ent_free(f->facet[k].tight);
    }
    ent_free(f->vertex);
    ent_free(f->facet);
    *f = (ent_frontier){0};
}

static void facet_clear(const ent_frontier *f, ent_frontier_facet *facet)
{
    ent_rats_free(facet->weight, (size_t)f->interims);
    ent_rats_free(facet->alpha, (size_t)f->pairs);
    ent_rat_release(&facet->bound);
    ent_free(facet->tight);
}

static ent_status facet_new(ent_ctx *ctx, ent_frontier *f, ent_frontier_facet **out)
{
    ent_status st = ENT_OK;
    if (f->facets == f->facet_room) {
        const int room = f->facet_room ? 2 * f->facet_room : 16;
        ent_frontier_facet *grown = ent_i_realloc(ctx, f->facet, (size_t)room, sizeof *grown, &st);
        if (!grown) goto done;
        f->facet = grown;
        f->facet_room = room;
    }
    ent_frontier_facet *facet = &f->facet[f->facets];
    *facet = (ent_frontier_facet){.bound = ENT_RAT_ZERO};
    f->facets++;
    if (!(facet->weight = ent_rats_new(ctx, (size_t)f->interims, &st))) goto done;
    if (!(facet->alpha = ent_rats_new(ctx, (size_t)f->pairs, &st))) goto done;
    ENT_ALLOC(ctx, facet->tight, f->words);
    *out = facet;
done:
    return st;
}

/* bound - weight . u */
static void room_of(const ent_frontier *f, const ent_frontier_facet *facet, const ent_rat *u,
                    ent_rat *out)
{
    ent_rat_set(out, &facet->bound);
    for (int m = 0; m < f->interims; m++) ent_rat_submul(out, &facet->weight[m], &u[m]);
}

static void set_bit(uint64_t *bits, int k) { bits[k / 64] |= (uint64_t)1 << (k % 64); }

bool ent_i_on_facet(const ent_frontier *f, int vertex, int facet)
{
    const int k = f->vertex[vertex].number + f->interims;
    return (f->facet[facet].tight[k / 64] >> (k % 64) & 1) != 0;
}

/* All bits of a facet that is complete in weight and bound. */
static void find_tight(const ent_frontier *f, ent_frontier_facet *facet)
{
    ent_rat room = ENT_RAT_ZERO;
    for (int m = 0; m < f->interims; m++)
        if (ent_rat_sign(&facet->weight[m]) == 0) set_bit(facet->tight, m);
    for (int v = 0; v < f->vertices; v++) {
        room_of(f, facet, f->vertex[v].u, &room);
        if (ent_rat_sign(&room) == 0) set_bit(facet->tight, f->interims + v);
    }
    ent_rat_release(&room);
}

/* Do the constraints that are tight at both x and y hold tightly at no third ray? Then x and y are
 * adjacent. Only bits of the vertices before the newest one are set yet. */
static bool adjacent(const ent_frontier *f, int x, int y, int rays)
{
    int common = 0;
    for (int w = 0; w < f->words; w++)
        for (uint64_t both = f->facet[x].tight[w] & f->facet[y].tight[w]; both; both &= both - 1)
            common++;
    if (common < f->interims - 1) return false;
    for (int z = 0; z < rays; z++) {
        bool contains = z != x && z != y;
        for (int w = 0; contains && w < f->words; w++)
            contains = (f->facet[x].tight[w] & f->facet[y].tight[w] & ~f->facet[z].tight[w]) == 0;
        if (contains) return false;
    }
    return true;
}

/* The ray between two on different sides that is tight at the new point, normalised to weights of
 * sum 1. */
static void combine(const ent_frontier *f, const ent_frontier_facet *x, const ent_rat *room_x,
                    const ent_frontier_facet *y, const ent_rat *room_y, ent_frontier_facet *to)
{
    ent_rat sum = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    ent_rat_neg(&minus, room_y);
    ent_rat_mul(&to->bound, &minus, &x->bound);
    ent_rat_addmul(&to->bound, room_x, &y->bound);
    for (int m = 0; m < f->interims; m++) {
        ent_rat_mul(&to->weight[m], &minus, &x->weight[m]);
        ent_rat_addmul(&to->weight[m], room_x, &y->weight[m]);
        ent_rat_add(&sum, &sum, &to->weight[m]);
    }
    for (int m = 0; m < f->interims; m++) ent_rat_div(&to->weight[m], &to->weight[m], &sum);
    ent_rat_div(&to->bound, &to->bound, &sum);
    ent_rat_release(&minus);
    ent_rat_release(&sum);
}

/* Cut the cone by the newest vertex. */
static ent_status cut(ent_ctx *ctx, ent_frontier *f)
{
    ent_status st = ENT_OK;
    const int rays = f->facets;
    ent_rat *room = ent_rats_new(ctx, (size_t)rays, &st);
    if (!room) goto done;
    for (int k = 0; k < rays; k++) room_of(f, &f->facet[k], f->vertex[f->vertices - 1].u, &room[k]);
    for (int x = 0; x < rays; x++) {
        ENT_CHECK_CANCEL(ctx);
        for (int y = 0; ent_rat_sign(&room[x]) > 0 && y < rays; y++) {
            ent_frontier_facet *to = NULL;
            if (ent_rat_sign(&room[y]) >= 0 || !adjacent(f, x, y, rays)) continue;
            ENT_TRY(facet_new(ctx, f, &to));
            combine(f, &f->facet[x], &room[x], &f->facet[y], &room[y], to);
            find_tight(f, to);
        }
    }
    for (int k = 0; k < rays; k++)
        if (ent_rat_sign(&room[k]) == 0) set_bit(f->facet[k].tight, f->interims + f->vertices - 1);
    int kept = 0;
    for (int k = 0; k < f->facets; k++) {
        if (k < rays && ent_rat_sign(&room[k]) < 0) facet_clear(f, &f->facet[k]);
        else f->facet[kept++] = f->facet[k];
    }
    f->facets = kept;
done:
    ent_rats_free(room, (size_t)rays);
    return st;
}

/* The best point at given weights, its value and multipliers. */
static ent_status best_at(ent_ctx *ctx, ent_incentive_lp *lp, const ent_rat *weight,
                          ent_incentive_answer *answer)
{
    for (int o = 0; o < lp->columns; o++) ent_rat_set_int(&lp->c[o], 0);
    for (int m = 0; m < lp->problem->b->interims; m++) ent_i_incentive_objective(lp, m, &weight[m]);
    return ent_i_incentive_solve(ctx, lp, answer);
}

static ent_status vertex_new(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *mu,
                             ent_frontier *f)
{
    ent_status st = ENT_OK;
    ent_rat *s = NULL;
    if (f->vertices == f->vertex_room) {
        const int room = f->vertex_room ? 2 * f->vertex_room : 16;
        ent_frontier_vertex *grown =
            ent_i_realloc(ctx, f->vertex, (size_t)room, sizeof *grown, &st);
        if (!grown) goto done;
        f->vertex = grown;
        f->vertex_room = room;
    }
    ent_frontier_vertex *v = &f->vertex[f->vertices];
    *v = (ent_frontier_vertex){.is_vertex = true, .number = f->vertices};
    f->vertices++;
    if (!(v->u = ent_rats_new(ctx, (size_t)f->interims, &st))) goto done;
    if (!(v->mu = ent_rats_new(ctx, (size_t)f->options, &st))) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)f->pairs, &st))) goto done;
    for (int o = 0; o < f->options; o++) ent_rat_set(&v->mu[o], &mu[o]);
    ent_i_bayes_exact_means(problem, v->mu, v->u, s);
done:
    ent_rats_free(s, (size_t)f->pairs);
    return st;
}

/* Begin with the best point at equal weights and the facets {u_m <= its u_m}. The ray (1, 0), the
 * facet at infinity, is an extreme ray of the cone too; it is never cut off, and dropped in the
 * end. */
static ent_status begin(ent_ctx *ctx, ent_incentive_lp *lp, ent_frontier *f)
{
    ent_status st = ENT_OK;
    ent_rat *weight = NULL;
    ent_incentive_answer answer = {0};
    if (!(weight = ent_rats_new(ctx, (size_t)f->interims, &st))) goto done;
    for (int m = 0; m < f->interims; m++) ent_rat_set_ratio(&weight[m], 1, f->interims);
    ENT_TRY(best_at(ctx, lp, weight, &answer));
    if (!answer.exact) {
        f->complete = false;
        goto done;
    }
    ENT_TRY(vertex_new(ctx, lp->problem, answer.x_exact, f));
    for (int m = 0; m < f->interims; m++) {
        ent_frontier_facet *facet = NULL;
        ENT_TRY(facet_new(ctx, f, &facet));
        ent_rat_set_int(&facet->weight[m], 1);
        ent_rat_set(&facet->bound, &f->vertex[0].u[m]);
        find_tight(f, facet);
    }
    ent_frontier_facet *infinity = NULL;
    ENT_TRY(facet_new(ctx, f, &infinity));
    ent_rat_set_int(&infinity->bound, 1);
    find_tight(f, infinity);
    infinity->proved = true;
done:
    ent_i_incentive_answer_free(&answer);
    ent_rats_free(weight, (size_t)f->interims);
    return st;
}

/* Prove a facet, or find the point beyond it. */
static ent_status examine(ent_ctx *ctx, ent_incentive_lp *lp, int k, ent_frontier *f)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = lp->problem->b;
    ent_incentive_answer answer = {0};
    ENT_TRY(best_at(ctx, lp, f->facet[k].weight, &answer));
    if (!answer.exact) {
        f->complete = false;
        goto done;
    }
    if (ent_rat_cmp(&answer.value, &f->facet[k].bound) > 0) {
        ENT_TRY(vertex_new(ctx, lp->problem, answer.x_exact, f));
        ENT_TRY(cut(ctx, f));
        goto done;
    }
    f->facet[k].proved = true;
    for (int p = 0; p < b->pairs; p++)
        ent_rat_neg(&f->facet[k].alpha[p], &answer.y_exact[b->own_cells + p]);
done:
    ent_i_incentive_answer_free(&answer);
    return st;
}

static void drop_infinity(ent_frontier *f)
{
    int kept = 0;
    for (int k = 0; k < f->facets; k++) {
        bool any = false;
        for (int m = 0; m < f->interims; m++)
            any = any || ent_rat_sign(&f->facet[k].weight[m]) != 0;
        if (any) f->facet[kept++] = f->facet[k];
        else facet_clear(f, &f->facet[k]);
    }
    f->facets = kept;
}

/* A point is a vertex when it lies on facets of full rank: dropped are points that the facets
 * through them do not single out, which here means that another point lies on all of their
 * facets. */
static void drop_inner(ent_frontier *f)
{
    for (int v = 0; v < f->vertices; v++)
        for (int w = 0; w < f->vertices; w++) {
            if (w == v || !f->vertex[w].is_vertex) continue;
            bool all = true;
            for (int k = 0; all && k < f->facets; k++)
                all = !ent_i_on_facet(f, v, k) || ent_i_on_facet(f, w, k);
            if (all) f->vertex[v].is_vertex = false;
        }
    int kept = 0;
    for (int v = 0; v < f->vertices; v++) {
        if (f->vertex[v].is_vertex) {
            f->vertex[kept++] = f->vertex[v];
            continue;
        }
        ent_rats_free(f->vertex[v].u, (size_t)f->interims);
        ent_rats_free(f->vertex[v].mu, (size_t)f->options);
    }
    f->vertices = kept;
}

/* Programs at most, in units of the vertices at most: frontiers of five and more dimensions can
 * have very many facets. */
enum { PROGRAMS_PER_VERTEX = 10 };

static ent_status grow(ent_ctx *ctx, ent_incentive_lp *lp, int most, ent_frontier *f)
{
    ent_status st = ENT_OK;
    int next = 0, programs = 0;
    while (f->complete && next < f->facets) {
        ENT_CHECK_CANCEL(ctx);
        if (f->facet[next].proved) {
            next++;
            continue;
        }
        const int before = f->vertices;
        ENT_TRY(examine(ctx, lp, next, f));
        programs++;
        if (f->vertices > before) next = 0;
        if (f->vertices > most || programs > PROGRAMS_PER_VERTEX * most) f->complete = false;
    }
done:
    return st;
}

ent_status ent_i_incentive_frontier(ent_ctx *ctx, const ent_exact_problem *problem, int most,
                                    ent_frontier *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_incentive_lp lp = {0};
    ent_frontier f = {.interims = b->interims,
                      .pairs = b->pairs,
                      .options = b->first[b->own_cells],
                      .complete = true};
    f.words = (f.interims + most + 1 + 63) / 64;
    if (!ent_i_incentive_fits(problem, b->pairs, 0)) f.complete = false;
    else {
        ENT_TRY(ent_i_incentive_lp_new(ctx, problem, b->pairs, 0, &lp));
        lp.from_constant = true;
        ent_i_incentive_constraints(&lp);
        ENT_TRY(begin(ctx, &lp, &f));
        ENT_TRY(grow(ctx, &lp, most, &f));
    }
    if (f.complete) {
        drop_infinity(&f);
        drop_inner(&f);
    }
    *out = f;
    f = (ent_frontier){0};
done:
    ent_i_incentive_lp_free(&lp);
    ent_i_incentive_frontier_free(&f);
    return st;
}
