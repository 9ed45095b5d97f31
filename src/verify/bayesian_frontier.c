/* The frontier of interim utilities, [Sal] Figure 2.1, Figure 2.2 and Figure 6.1: vertices by
 * mechanisms, facets by multipliers. */
#include "verify/bayesian_frontier.h"

#include "verify/bayesian_edges.h"

#include "exact/bareiss.h"

#include <string.h>

typedef struct frontier {
    ent_bv *v;
    const ent_bayes_coal *s;
    const ent_json *vertices, *facets, *mechanisms, *proofs;
    int vertex_n, facet_n;
    ent_claim *vertex; /* [vertex_n][interims] */
    ent_claim *weight; /* [facet_n][interims] */
    bool *on;          /* [facet_n][vertex_n] */
    bool exact;
} frontier;

static ent_status check_vertex(frontier *x, const ent_json *node, const ent_json *evidence,
                               ent_claim *vertex)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const size_t pairs = (size_t)ent_bv_pairs(x->s);
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(ent_bv_interim(v, node, x->s, x->s->members, vertex));
    x->exact = x->exact && ent_bv_all_exact(vertex, x->s->interims);
    v->quoted = true;
    ENT_TRY(ent_bv_mechanism_read(v, evidence, x->s, &mechanism));
    ent_bv_reports(v, x->s, &mechanism, reports);
    ent_bv_gives(v, x->s, &mechanism, reports, x->s->members, vertex);
done:
    v->quoted = false;
    ent_bv_mechanism_release(&mechanism);
    ent_rats_free(reports, pairs);
    return st;
}

static void check_sum(frontier *x, const ent_json *node, const ent_claim *weight)
{
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_neg(&sum, &one);
    for (int m = 0; m < x->s->interims; m++) {
        ent_rat_add(&sum, &sum, &weight[m].number);
        if (ent_rat_sign(&weight[m].number) < 0)
            ent_ledger_refuse(&x->v->c, weight[m].node, "a negative weight");
    }
    ent_claims_zero(&x->v->c, node, ent_bv_all_exact(weight, x->s->interims), &sum, &one,
                    "the sum of the weights less 1");
    ent_rat_release(&sum);
    ent_rat_release(&one);
}

/* The bound is the value of the dual; all vertices are below it, and those listed on it. */
static ent_status check_bound(frontier *x, int f, const ent_json *node, const ent_json *evidence)
{
    ent_status st = ENT_OK;
    ent_bv *v = x->v;
    const ent_bayes_coal *s = x->s;
    ent_bv_scales scales = {0};
    ent_claim bound = {.number = ENT_RAT_ZERO};
    ent_rat mean = ENT_RAT_ZERO, spread = ENT_RAT_ZERO;
    ent_rat *most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!most) goto done;
    v->quoted = true;
    ENT_TRY(ent_bv_scales_read_from(v, NULL, evidence, s, &scales));
    v->quoted = false;
    for (int m = 0; m < s->interims; m++)
        ent_rat_set(&scales.weight[m].number, &x->weight[f * s->interims + m].number);
    ent_bv_scales_refresh(&scales);
    ent_bv_scales_check(v, &scales, false, false);
    ENT_TRY(ent_bv_maxima(v, s, &scales, 0, most));
    ent_bv_mean(s, most, &mean);
    ent_bv_spread(v, &scales, &spread);
    ENT_TRY(ent_bv_number_of(v, node, "bound", &bound));
    const bool exact =
        bound.exact && x->exact && ent_bv_all_exact(&x->weight[f * s->interims], s->interims);
    x->exact = exact;
    ent_claims_equal(&v->c, &bound, &mean, exact, &spread, "the value of the dual");
    for (int k = 0; k < x->vertex_n; k++) {
        ent_rat_set(&mean, &bound.number);
        for (int m = 0; m < s->interims; m++)
            ent_rat_submul(&mean, &x->weight[f * s->interims + m].number,
                           &x->vertex[k * s->interims + m].number);
        if (x->on[f * x->vertex_n + k])
            ent_claims_zero(&v->c, node, exact, &mean, &spread, "a vertex on the facet");
        else if (ent_rat_sign(&mean) <= 0)
            ent_ledger_refuse(&v->c, node, "vertex %d is on the facet or beyond it, and not listed",
                              k);
    }
done:
    v->quoted = false;
    ent_rats_free(most, (size_t)s->profiles);
    ent_bv_scales_release(&scales);
    ent_rat_release(&bound.number);
    ent_rat_release(&mean);
    ent_rat_release(&spread);
    return st;
}

static ent_status read_listed(frontier *x, int f, const ent_json *node)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    ENT_TRY(ent_json_member(x->v->ctx, x->v->c.doc, node, "vertices", &list));
    ENT_TRY(ent_json_expect(x->v->ctx, x->v->c.doc, list, ENT_JSON_ARRAY));
    for (const ent_json *one = list->first; one; one = one->next) {
        int64_t k = 0;
        ENT_TRY(ent_json_int(x->v->ctx, x->v->c.doc, one, 0, x->vertex_n - 1, &k));
        if (x->on[f * x->vertex_n + (int)k]) ent_ledger_refuse(&x->v->c, one, "listed twice");
        x->on[f * x->vertex_n + (int)k] = true;
    }
done:
    return st;
}

static ent_status rank_of(frontier *x, int rows, const ent_rat *a, int *rank)
{
    ent_rank out = {0};
    const ent_status st = ent_bareiss_rank(x->v->ctx, rows, x->s->interims, a, &out);
    *rank = out.rank;
    return st;
}

/* A facet has dimension K-1: its vertices less the first of them, and the directions of free
 * disposal along it. */
static ent_status facet_rank(frontier *x, int f, const ent_json *node)
{
    ent_status st = ENT_OK;
    const int k = x->s->interims, most = x->vertex_n + k;
    int rows = 0, first = -1, rank = 0;
    ent_rat *a = ent_rats_new(x->v->ctx, (size_t)(most * k), &st);
    if (!a) goto done;
    for (int j = 0; j < x->vertex_n; j++) {
        if (!x->on[f * x->vertex_n + j]) continue;
        for (int m = 0; first >= 0 && m < k; m++)
            ent_rat_sub(&a[rows * k + m], &x->vertex[j * k + m].number,
                        &x->vertex[first * k + m].number);
        if (first >= 0) rows++;
        else first = j;
    }
    for (int m = 0; m < k; m++)
        if (ent_rat_sign(&x->weight[f * k + m].number) == 0) ent_rat_set_int(&a[rows++ * k + m], 1);
    ENT_TRY(rank_of(x, rows, a, &rank));
    if (first < 0 || rank != k - 1)
        ent_ledger_refuse(&x->v->c, node, "the vertices do not span a facet");
done:
    ent_rats_free(a, (size_t)(most * k));
    return st;
}

/* A vertex is extreme: the normals of its facets have rank K. */
static ent_status vertex_rank(frontier *x, int j, const ent_json *node)
{
    ent_status st = ENT_OK;
    const int k = x->s->interims;
    int rows = 0, rank = 0;
    ent_rat *a = ent_rats_new(x->v->ctx, (size_t)(x->facet_n * k), &st);
    if (!a) goto done;
    for (int f = 0; f < x->facet_n; f++) {
        if (!x->on[f * x->vertex_n + j]) continue;
        for (int m = 0; m < k; m++) ent_rat_set(&a[rows * k + m], &x->weight[f * k + m].number);
        rows++;
    }
    ENT_TRY(rank_of(x, rows, a, &rank));
    if (rank != k) ent_ledger_refuse(&x->v->c, node, "not a vertex of the facets listed");
done:
    ent_rats_free(a, (size_t)(x->facet_n * k));
    return st;
}

static ent_status read_lists(frontier *x, const ent_json *node, const ent_json *proof)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = x->v->ctx;
    const ent_doc *doc = x->v->c.doc;
    ENT_TRY(ent_json_member(ctx, doc, node, "vertices", &x->vertices));
    ENT_TRY(ent_json_member(ctx, doc, node, "facets", &x->facets));
    ENT_TRY(ent_json_member(ctx, doc, proof, "vertices", &x->mechanisms));
    ENT_TRY(ent_json_member(ctx, doc, proof, "facets", &x->proofs));
    ENT_TRY(ent_json_expect(ctx, doc, x->vertices, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(ctx, doc, x->facets, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(ctx, doc, x->mechanisms, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(ctx, doc, x->proofs, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(x->v, x->mechanisms, x->vertices->count, "mechanisms"));
    ENT_TRY(ent_bv_counted(x->v, x->proofs, x->facets->count, "proofs"));
    x->vertex_n = (int)x->vertices->count;
    x->facet_n = (int)x->facets->count;
    x->vertex = ent_claims_new(ctx, x->vertex_n * x->s->interims, &st);
    if (!x->vertex) goto done;
    x->weight = ent_claims_new(ctx, x->facet_n * x->s->interims, &st);
    if (!x->weight) goto done;
    ENT_ALLOC(ctx, x->on, x->facet_n * x->vertex_n);
done:
    return st;
}

static void distinct(const frontier *x)
{
    const int k = x->s->interims;
    int f = 0;
    for (const ent_json *node = x->facets->first; node; node = node->next, f++)
        for (int g = 0; g < f; g++) {
            bool same = true;
            for (int m = 0; same && m < k; m++)
                same = ent_rat_equal(&x->weight[f * k + m].number, &x->weight[g * k + m].number);
            if (same) ent_ledger_refuse(&x->v->c, node, "the same facet as number %d", g);
        }
}

/* What the facets cut out has no other vertices, and no directions but downwards: with vertices
 * that are attained and facets that are valid, the set lies between the vertices' hull and the
 * facets' intersection, which are then the same. */
static ent_status check_complete(const frontier *x)
{
    const ent_bv_listed list = {.k = x->s->interims,
                                .vertices = x->vertex_n,
                                .facets = x->facet_n,
                                .weight = x->weight,
                                .on = x->on};
    int open = -1;
    distinct(x);
    const ent_status st = ent_bv_complete(x->v->ctx, &list, &open);
    if (x->vertex_n == 0) ent_ledger_refuse(&x->v->c, x->vertices, "wanted vertices");
    else if (st == ENT_OK && open >= 0)
        ent_ledger_refuse(&x->v->c, x->vertices,
                          "vertices or facets are missing: an edge at vertex %d leads to no other",
                          open);
    return st;
}

static ent_status check_all(frontier *x)
{
    ent_status st = ENT_OK;
    const int k = x->s->interims;
    int j = 0, f = 0;
    const ent_json *evidence = x->mechanisms->first;
    for (const ent_json *node = x->vertices->first; node;
         node = node->next, evidence = evidence->next, j++)
        ENT_TRY(check_vertex(x, node, evidence, &x->vertex[j * k]));
    evidence = x->proofs->first;
    for (const ent_json *node = x->facets->first; node;
         node = node->next, evidence = evidence->next, f++) {
        const ent_json *weights = NULL;
        ENT_TRY(ent_json_member(x->v->ctx, x->v->c.doc, node, "weights", &weights));
        ENT_TRY(ent_bv_interim(x->v, weights, x->s, x->s->members, &x->weight[f * k]));
        check_sum(x, weights, &x->weight[f * k]);
        ENT_TRY(read_listed(x, f, node));
        ENT_TRY(check_bound(x, f, node, evidence));
        ENT_TRY(facet_rank(x, f, node));
    }
    j = 0;
    for (const ent_json *node = x->vertices->first; node; node = node->next, j++)
        ENT_TRY(vertex_rank(x, j, node));
    if (!x->exact) ent_ledger_refuse(&x->v->c, x->vertices, "a frontier is exact");
    if (!x->v->c.refused) ENT_TRY(check_complete(x));
done:
    return st;
}

ent_status ent_bv_frontier(ent_bv *v, const ent_bayes_coal *s, const ent_json *node,
                           const ent_json *proof)
{
    ent_status st = ENT_OK;
    const ent_json *frontier_node = ent_json_get(node, "frontier"),
                   *evidence = ent_json_get(proof, "frontier");
    frontier x = {.v = v, .s = s, .exact = true};
    if (!frontier_node && !evidence) goto done;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "frontier", &frontier_node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "frontier", &evidence));
    ENT_TRY(read_lists(&x, frontier_node, evidence));
    ENT_TRY(check_all(&x));
    ent_ledger_end_at(
        &v->c, frontier_node,
        "vertices by incentive compatible mechanisms, facets by multipliers, and no other");
done:
    ent_claims_free(x.vertex, x.vertex_n * s->interims);
    ent_claims_free(x.weight, x.facet_n * s->interims);
    ent_free(x.on);
    return st;
}
