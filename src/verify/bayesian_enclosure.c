/* The uniqueness statements of [Sal] Sections 1, 2 and 6, for Definition 4: what safe mechanisms
 * give bounds claims from below, the tree excludes boxes of claims, and weights bound the utilities
 * in what is left. */
#include "verify/bayesian_enclosure.h"

#include "verify/bayesian_dictator.h"

#include <string.h>

typedef struct enclosure {
    const ent_bv_bargain *b;
    const ent_json *solution, *node, *proof; /* the coalition's entry; the enclosures */
    const ent_rat *known;                    /* [interims] or NULL */
    bool all;                                /* every member has a safe mechanism */
    ent_rat *scale;                          /* [size] */
    ent_rat *first;                          /* [2][interims] the first box */
    ent_rat *left;                           /* [boxes][2][interims] what is left */
    int boxes, clusters;
    int *parent; /* [boxes] the first box of the cluster */
    ent_rat width;
    bool point; /* all clusters are points */
} enclosure;

/* Claims between |S| u - T at the least and the largest utilities; members' ranges, 1 where a
 * member does not care. */
static void set_first(enclosure *e)
{
    const ent_bayes_coal *s = e->b->s;
    ent_rat least = ENT_RAT_ZERO, most = ENT_RAT_ZERO, share = ENT_RAT_ZERO, threat = ENT_RAT_ZERO;
    ent_rat_set_int(&share, e->b->share);
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            const int m = s->first[k] + t;
            ent_bv_extremes(s, k, t, &least, &most);
            ent_bv_threat(e->b, e->b->sure, m, &threat);
            ent_rat_mul(&e->first[m], &share, &least);
            ent_rat_sub(&e->first[m], &e->first[m], &threat);
            ent_rat_mul(&e->first[s->interims + m], &share, &most);
            ent_rat_sub(&e->first[s->interims + m], &e->first[s->interims + m], &threat);
            ent_rat_sub(&most, &most, &least);
            if (ent_rat_cmp(&most, &e->scale[k]) > 0) ent_rat_set(&e->scale[k], &most);
        }
    for (int k = 0; k < s->size; k++)
        if (ent_rat_sign(&e->scale[k]) == 0) ent_rat_set_int(&e->scale[k], 1);
    ent_rat_release(&least);
    ent_rat_release(&most);
    ent_rat_release(&share);
    ent_rat_release(&threat);
}

/* A safe mechanism of member k: claims of its types are at least what it gives them. */
static ent_status use_safe(ent_bv *v, enclosure *e, int k, const ent_json *node)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = e->b->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    const ent_bv_dictator x = {.s = s,
                               .k = k,
                               .threat = e->b->sure + (size_t)k * (size_t)s->interims,
                               .threat_exact = true};
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    ENT_TRY(ent_bv_mechanism_read(v, node, s, &mechanism));
    ENT_TRY(ent_bv_safe(v, &x, &mechanism));
    ent_bv_reports(v, s, &mechanism, reports);
    for (int t = 0; t < s->types[k]; t++)
        ent_rat_set(&e->first[s->first[k] + t], &reports[ent_bv_pair(s, k, t, t)]);
done:
    ent_rats_free(reports, pairs);
    ent_bv_mechanism_release(&mechanism);
    return st;
}

static ent_status read_safe(ent_bv *v, enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = e->b->s;
    const ent_json *safe = NULL;
    uint32_t found = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "safe", &safe));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, safe, ENT_JSON_OBJECT));
    for (int k = 0; k < s->size; k++) {
        const ent_json *one = ent_json_get(safe, v->m->player[s->member[k]]);
        if (!one) continue;
        found++;
        ENT_TRY(use_safe(v, e, k, one));
    }
    ENT_TRY(ent_bv_counted(v, safe, found, "members of the coalition with safe mechanisms"));
    e->all = found == (uint32_t)s->size;
done:
    return st;
}

static const ent_rat *box_low(const enclosure *e, int box)
{
    return e->left + 2 * (size_t)box * (size_t)e->b->s->interims;
}

static bool touch(const enclosure *e, int x, int y)
{
    const int k = e->b->s->interims;
    const ent_rat *a = box_low(e, x), *b = box_low(e, y);
    for (int m = 0; m < k; m++)
        if (ent_rat_cmp(&a[m], &b[k + m]) > 0 || ent_rat_cmp(&b[m], &a[k + m]) > 0) return false;
    return true;
}

static int head_of(const enclosure *e, int x)
{
    while (e->parent[x] != x) x = e->parent[x];
    return x;
}

/* Boxes that touch belong together; the first of a cluster is its head. */
static void join(enclosure *e)
{
    for (int x = 0; x < e->boxes; x++) {
        e->parent[x] = x;
        for (int y = 0; y < x; y++) {
            const int p = head_of(e, x), q = head_of(e, y);
            if (p != q && touch(e, x, y)) e->parent[p > q ? p : q] = p > q ? q : p;
        }
    }
    for (int x = 0; x < e->boxes; x++) {
        e->parent[x] = head_of(e, x);
        e->clusters += e->parent[x] == x;
    }
}

/* Claims become the utilities that meet them, (T + claim) / |S|. */
static void meet(const enclosure *e, ent_rat *low)
{
    ent_rat part = ENT_RAT_ZERO;
    for (int m = 0; m < e->b->s->interims; m++) {
        ent_bv_threat(e->b, e->b->sure, m, &part);
        ent_rat_add(&low[m], &low[m], &part);
        ent_rat_set_int(&part, e->b->share);
        ent_rat_div(&low[m], &low[m], &part);
    }
    ent_rat_release(&part);
}

/* One of the bounds of a cluster: U <= low + gap / weight where the weight is positive. */
static ent_status lower_highest(ent_bv *v, const enclosure *e, const ent_json *node,
                                const ent_rat *low, ent_rat *high, bool *bounded)
{
    ent_status st = ENT_OK;
    ent_bv_scales scales = {0};
    ent_rat gap = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    ENT_TRY(ent_bv_scales_read(v, node, e->b->s, &scales));
    ent_bv_scales_check(v, &scales, false, false);
    ENT_TRY(ent_bv_gap(v, &scales, low, &gap));
    for (int m = 0; m < e->b->s->interims; m++) {
        if (ent_rat_sign(&scales.weight[m].number) <= 0) continue;
        ent_rat_div(&most, &gap, &scales.weight[m].number);
        ent_rat_add(&most, &most, &low[m]);
        if (!bounded[m] || ent_rat_cmp(&most, &high[m]) < 0) ent_rat_set(&high[m], &most);
        bounded[m] = true;
    }
done:
    ent_bv_scales_release(&scales);
    ent_rat_release(&gap);
    ent_rat_release(&most);
    return st;
}

static ent_status highest(ent_bv *v, const enclosure *e, const ent_json *bounds, const ent_rat *low,
                          ent_rat *high)
{
    ent_status st = ENT_OK;
    const int k = e->b->s->interims;
    bool *bounded = NULL;
    ENT_ALLOC(v->ctx, bounded, k);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, bounds, ENT_JSON_ARRAY));
    for (const ent_json *one = bounds->first; one; one = one->next)
        ENT_TRY(lower_highest(v, e, one, low, high, bounded));
    for (int m = 0; m < k; m++)
        if (!bounded[m])
            ent_ledger_refuse(&v->c, bounds, "no bound on the utility of interim %d", m);
done:
    ent_free(bounded);
    return st;
}

/* A known solution that gives everybody the most there is: every other mechanism in the cluster is
 * dominated by it. */
static bool is_top(const enclosure *e, const ent_rat *high)
{
    for (int m = 0; e->known && m < e->b->s->interims; m++)
        if (!ent_rat_equal(&high[m], &e->known[m])) return false;
    return e->known != NULL;
}

/* The vectors printed are those found. */
static ent_status compare(ent_bv *v, const ent_json *node, const char *key, const ent_bayes_coal *s,
                          const ent_rat *want)
{
    ent_status st = ENT_OK;
    ent_claim *claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!claim) goto done;
    v->quoted = false;
    ENT_TRY(ent_bv_member_interim(v, node, key, s, claim));
    v->quoted = true;
    for (int m = 0; m < s->interims; m++)
        if (!claim[m].exact || !ent_rat_equal(&claim[m].number, &want[m]))
            ent_ledger_refuse(&v->c, claim[m].node, "recomputed %.17g from the evidence",
                              ent_rat_double(&want[m]));
done:
    v->quoted = true;
    ent_claims_free(claim, s->interims);
    return st;
}

/* The box around a cluster. */
static void hull(const enclosure *e, int head, ent_bv_box *box)
{
    const int k = e->b->s->interims;
    for (int x = head; x < e->boxes; x++) {
        if (e->parent[x] != head) continue;
        const ent_rat *low = box_low(e, x), *high = low + k;
        for (int m = 0; m < k; m++) {
            if (x == head || ent_rat_cmp(&low[m], &box->low[m]) < 0)
                ent_rat_set(&box->low[m], &low[m]);
            if (x == head || ent_rat_cmp(&high[m], &box->high[m]) > 0)
                ent_rat_set(&box->high[m], &high[m]);
        }
    }
}

/* Facts, if there are any, have to show that the known solution's claims are the only ones in the
 * cluster; then these are its low end. */
static ent_status use_facts(ent_bv *v, const enclosure *e, const ent_json *facts,
                            const ent_bv_box *box, ent_rat *low)
{
    ent_status st = ENT_OK;
    bool alone = false;
    if (e->known && e->all)
        ENT_TRY(ent_bv_isolated(v, e->b, e->solution, facts, box, e->scale, low, &alone));
    if (!alone)
        ent_ledger_refuse(&v->c, facts,
                          "these facts do not show that the solution is alone in the cluster");
done:
    return st;
}

/* Where the utilities of a cluster lie. */
static ent_status find_vectors(ent_bv *v, const enclosure *e, int head, const ent_json *proof,
                               ent_rat *low, ent_rat *high)
{
    static const char *const keys[] = {"bounds", "facts", NULL};
    ent_status st = ENT_OK;
    const int k = e->b->s->interims;
    const ent_json *bounds = NULL, *facts = NULL;
    ent_rat *numbers = ent_rats_new(v->ctx, 2 * (size_t)k, &st);
    if (!numbers) goto done;
    ent_bv_box box = {.low = numbers, .high = numbers + k};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, proof, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, proof, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "bounds", &bounds));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "facts", &facts));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, facts, ENT_JSON_ARRAY));
    hull(e, head, &box);
    for (int m = 0; m < k; m++) ent_rat_set(&low[m], &box.low[m]);
    if (facts->count > 0) ENT_TRY(use_facts(v, e, facts, &box, low));
    meet(e, low);
    ENT_TRY(highest(v, e, bounds, low, high));
    if (is_top(e, high))
        for (int m = 0; m < k; m++) ent_rat_set(&low[m], &high[m]);
done:
    ent_rats_free(numbers, 2 * (size_t)k);
    return st;
}

static ent_status check_cluster(ent_bv *v, enclosure *e, int head, const ent_json *node,
                                const ent_json *proof)
{
    ent_status st = ENT_OK;
    const size_t k = (size_t)e->b->s->interims;
    ent_rat side = ENT_RAT_ZERO;
    int64_t boxes = 0;
    ent_rat *low = ent_rats_new(v->ctx, 2 * k, &st);
    if (!low) goto done;
    ent_rat *high = low + k;
    ENT_TRY(find_vectors(v, e, head, proof, low, high));
    for (size_t m = 0; m < k; m++) {
        ent_rat_sub(&side, &high[m], &low[m]);
        if (ent_rat_cmp(&side, &e->width) > 0) ent_rat_set(&e->width, &side);
        e->point = e->point && ent_rat_sign(&side) == 0;
    }
    for (int x = head; x < e->boxes; x++) boxes += e->parent[x] == head;
    ent_ledger_int(&v->c, ent_ledger_member(&v->c, node, "boxes"), boxes);
    ENT_TRY(compare(v, node, "lowest", e->b->s, low));
    ENT_TRY(compare(v, node, "highest", e->b->s, high));
done:
    ent_rats_free(low, 2 * k);
    ent_rat_release(&side);
    return st;
}

static ent_status check_clusters(ent_bv *v, enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_json *nodes = NULL, *proofs = NULL;
    ENT_ALLOC(v->ctx, e->parent, e->boxes);
    join(e);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "clusters", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "clusters", &proofs));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, nodes, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, proofs, ENT_JSON_ARRAY));
    ENT_TRY(ent_bv_counted(v, nodes, (uint32_t)e->clusters, "clusters"));
    ENT_TRY(ent_bv_counted(v, proofs, (uint32_t)e->clusters, "clusters"));
    const ent_json *node = nodes->first, *proof = proofs->first;
    for (int x = 0; x < e->boxes; x++) {
        if (e->parent[x] != x) continue;
        ENT_TRY(check_cluster(v, e, x, node, proof));
        node = node->next, proof = proof->next;
    }
done:
    return st;
}

/* What the solution says in words. */
static ent_status check_words(ent_bv *v, const enclosure *e, uint32_t entries)
{
    ent_status st = ENT_OK;
    const char *covers = NULL;
    ent_claim width = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_claims_text(&v->c, e->node, "covers", &covers));
    if (strcmp(covers, e->all ? "all" : "nondegenerate") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(e->node, "covers"),
                          "%s members have a safe mechanism", e->all ? "all" : "not all");
    ENT_TRY(ent_bv_says(v, e->node, "unique", e->all && e->clusters == 1 && e->point,
                        "is one vector of utilities left"));
    ent_ledger_int(&v->c, ent_ledger_member(&v->c, e->node, "boxes"), entries);
    ENT_TRY(ent_claim_member(&v->c, e->node, "width", &width));
    if (!width.exact || !ent_rat_equal(&width.number, &e->width))
        ent_ledger_refuse(&v->c, width.node, "recomputed %.17g from the evidence",
                          ent_rat_double(&e->width));
done:
    ent_rat_release(&width.number);
    return st;
}

static ent_status check(ent_bv *v, enclosure *e)
{
    static const char *const told[] = {"covers", "unique", "boxes", "width", "clusters", NULL},
                             *const shown[] = {"safe", "tree", "clusters", NULL};
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = e->b->s;
    const ent_json *tree = NULL;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, e->node, told));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, e->proof, shown));
    if (!(e->scale = ent_rats_new(v->ctx, (size_t)s->size, &st))) goto done;
    if (!(e->first = ent_rats_new(v->ctx, 2 * (size_t)s->interims, &st))) goto done;
    set_first(e);
    ENT_TRY(read_safe(v, e));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->proof, "tree", &tree));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, tree, ENT_JSON_ARRAY));
    const ent_bv_box first = {.low = e->first, .high = e->first + s->interims};
    ENT_TRY(ent_bv_tree(v, e->b, tree, &first, e->scale, &e->left, &e->boxes));
    ENT_TRY(check_clusters(v, e));
    ENT_TRY(check_words(v, e, tree->count));
done:
    return st;
}

ent_status ent_bv_enclosure(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                            const ent_json *proof, const ent_rat *known)
{
    ent_status st = ENT_OK;
    const bool quoted = v->quoted;
    enclosure e = {.b = b, .solution = node, .known = known, .width = ENT_RAT_ZERO, .point = true};
    if (!ent_json_get(node, "enclosure") && !ent_json_get(proof, "enclosure")) return st;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "enclosure", &e.node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "enclosure", &e.proof));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, e.node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, e.proof, ENT_JSON_OBJECT));
    v->quoted = true;
    ENT_TRY(check(v, &e));
    ent_ledger_end_at(
        &v->c, e.node,
        "all other claims excluded, box by box, in rationals; utilities bounded in what is left");
done:
    v->quoted = quoted;
    ent_rats_free(e.scale, (size_t)b->s->size);
    ent_rats_free(e.first, 2 * (size_t)b->s->interims);
    ent_rats_free(e.left, 2 * (size_t)e.boxes * (size_t)b->s->interims);
    ent_free(e.parent);
    ent_rat_release(&e.width);
    return st;
}
