/* The proof of a degenerate limit: weights, multipliers and claims as polynomials in a small delta
 *     > 0, lambda(delta) = lambda + sum over j >= 1 of delta^j lambda_j,  alpha(delta),
 *     omega(delta) likewise.
 * With M_j the coefficients of the largest virtual worths, and R_j those of the right side of
 *     (4.11), rho_j = sum over a + b = j of A(lambda_a, alpha_a) omega_b - R_j
 * is what (4.11) leaves at omega(delta). The columns of A sum to lambda(delta), and its inverse is
 * >= 0, so that row m of the inverse is at most 1/lambda_m(delta). When the residuals of all types
 * of a member are >= 0 up to and including the order at which the last of its weights becomes
 * positive, what remains below 0 is of one order more: the warranted claims are <= omega(delta) +
 * O(delta). */
#include "verify/bayesian_verify.h"

typedef struct expansion {
    const ent_bv_bargain *b;
    int orders;
    ent_bv_scales *scales; /* [orders+1]; the first borrowed */
    ent_claim **claim;     /* [orders+1]; the first borrowed */
    ent_claim **residual;  /* [orders+1] as stated; none for the first */
    /* [size] order at which the last of a member's weights becomes positive */
    int *latest;
} expansion;

static void expansion_free(expansion *x)
{
    for (int j = 1; j <= x->orders; j++) {
        if (x->scales) ent_bv_scales_release(&x->scales[j]);
        if (x->claim) ent_claims_free(x->claim[j], x->b->s->interims);
        if (x->residual) ent_claims_free(x->residual[j], x->b->s->interims);
    }
    ent_free(x->scales);
    ent_free(x->claim);
    ent_free(x->residual);
    ent_free(x->latest);
}

static ent_status expansion_new(ent_bv *v, const ent_json *list, const ent_bv_scales *scales,
                                ent_claim *claim, expansion *x)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    const int orders = (int)list->count;
    ENT_ALLOC(v->ctx, x->scales, orders + 1);
    ENT_ALLOC(v->ctx, x->claim, orders + 1);
    ENT_ALLOC(v->ctx, x->residual, orders + 1);
    ENT_ALLOC(v->ctx, x->latest, x->b->s->size);
    for (int j = 0; j <= orders; j++) {
        x->scales[j] = (ent_bv_scales){0};
        x->claim[j] = x->residual[j] = NULL;
    }
    x->orders = orders;
    x->scales[0] = *scales;
    x->claim[0] = claim;
    const ent_json *node = list->first;
    for (int j = 1; j <= orders; j++, node = node->next) {
        if (!(x->claim[j] = ent_claims_new(v->ctx, x->b->s->interims, &st))) goto done;
        if (!(x->residual[j] = ent_claims_new(v->ctx, x->b->s->interims, &st))) goto done;
        ENT_TRY(ent_bv_scales_read(v, node, x->b->s, &x->scales[j]));
        ENT_TRY(ent_bv_member_interim(v, node, "claims", x->b->s, x->claim[j]));
        ENT_TRY(ent_bv_member_interim(v, node, "residual", x->b->s, x->residual[j]));
    }
done:
    return st;
}

/* Weights become positive. */
static void check_weights(ent_bv *v, const expansion *x)
{
    const ent_bayes_coal *s = x->b->s;
    for (int k = 0; k < s->size; k++) {
        x->latest[k] = 0;
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            int j = 0;
            while (j < x->orders && ent_rat_sign(&x->scales[j].weight[m].number) == 0) j++;
            if (ent_rat_sign(&x->scales[j].weight[m].number) <= 0)
                ent_ledger_refuse(&v->c, x->scales[j].weight[m].node,
                                  "the weight does not become positive");
            if (j > x->latest[k]) x->latest[k] = j;
        }
    }
}

/* Multipliers do not become negative. */
static void check_multipliers(ent_bv *v, const expansion *x)
{
    for (int p = 0; p < ent_bv_pairs(x->b->s); p++) {
        int j = 0;
        while (j < x->orders && ent_rat_sign(&x->scales[j].multiplier[p].number) == 0) j++;
        if (ent_rat_sign(&x->scales[j].multiplier[p].number) < 0)
            ent_ledger_refuse(&v->c, x->scales[j].multiplier[p].node,
                              "the multiplier becomes negative");
    }
}

/* Does the claim of order j enter any residual: has its column of A an entry in an order that it is
 * multiplied with? */
static bool enters(const expansion *x, int j, int k, int t)
{
    const ent_bayes_coal *s = x->b->s;
    for (int a = 0; a <= x->orders - j; a++) {
        if (ent_rat_sign(&x->scales[a].weight[s->first[k] + t].number) != 0) return true;
        for (int tau = 0; tau < s->types[k]; tau++)
            if (tau != t &&
                ent_rat_sign(&x->scales[a].multiplier[ent_bv_pair(s, k, t, tau)].number) != 0)
                return true;
    }
    return false;
}

/* What proves nothing is 0. */
static void check_idle(ent_bv *v, const expansion *x)
{
    const ent_bayes_coal *s = x->b->s;
    for (int at = 0; at < x->orders * s->size; at++) {
        const int j = 1 + at / s->size, k = at % s->size;
        for (int t = 0; t < s->types[k]; t++) {
            const ent_claim *claim = &x->claim[j][s->first[k] + t];
            if (!enters(x, j, k, t) && ent_rat_sign(&claim->number) != 0)
                ent_ledger_refuse(&v->c, claim->node, "a number that enters no equation is not 0");
        }
    }
}

static void residual_of(const expansion *x, int j, int k, int t, ent_rat *out)
{
    ent_rat part = ENT_RAT_ZERO;
    ent_rat_neg(out, out);
    for (int a = 0; a <= j; a++) {
        ent_bv_left(&x->scales[a], x->claim[j - a], k, t, &part);
        ent_rat_add(out, out, &part);
    }
    ent_rat_release(&part);
}

/* The residual of order j is the one stated, and not below 0 where no lower order is above 0. */
static ent_status check_order(ent_bv *v, const expansion *x, int j, bool *above)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ent_rat *rest = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!rest) goto done;
    ENT_TRY(ent_bv_right(v, x->b, x->b->out, x->scales, j, rest));
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            const int m = s->first[k] + t;
            residual_of(x, j, k, t, &rest[m]);
            const ent_claim *stated = &x->residual[j][m];
            if (!ent_rat_equal(&rest[m], &stated->number))
                ent_ledger_refuse(&v->c, stated->node, "recomputed %.17g from the evidence",
                                  ent_rat_double(&rest[m]));
            if (j > x->latest[k] || above[m]) continue;
            if (ent_rat_sign(&rest[m]) < 0)
                ent_ledger_refuse(&v->c, stated->node,
                                  "the claim is more than what is left of (4.11) allows");
            above[m] = ent_rat_sign(&rest[m]) > 0;
        }
done:
    ent_rats_free(rest, (size_t)s->interims);
    return st;
}

ent_status ent_bv_expansion(ent_bv *v, const ent_bv_bargain *b, const ent_json *proof,
                            const ent_bv_scales *scales, ent_claim *claim)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(v->ctx);
    const bool quoted = v->quoted;
    const ent_json *list = NULL;
    expansion x = {.b = b};
    bool *above = NULL;
    v->quoted = true;
    ENT_SCRATCH(v->ctx, above, b->s->interims);
    for (int m = 0; m < b->s->interims; m++) above[m] = false;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "expansion", &list));
    ENT_TRY(expansion_new(v, list, scales, claim, &x));
    check_weights(v, &x);
    check_multipliers(v, &x);
    check_idle(v, &x);
    /* Order 0 is (4.11) itself, which the claims of an exact solution satisfy. */
    for (int j = 1; j <= x.orders; j++) ENT_TRY(check_order(v, &x, j, above));
done:
    v->quoted = quoted;
    expansion_free(&x);
    ent_scratch_reset(v->ctx, mark);
    return st;
}
