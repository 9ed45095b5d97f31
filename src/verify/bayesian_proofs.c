/* The proofs of solutions that are not exact. */
#include "verify/bayesian_verify.h"

#include <math.h>
#include <string.h>

ent_status ent_bv_stated(ent_bv *v, const ent_json *object, const char *key, const ent_rat *want)
{
    ent_status st = ENT_OK;
    const bool quoted = v->quoted;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    v->quoted = true;
    ENT_TRY(ent_bv_number_of(v, object, key, &claim));
    if (!ent_rat_equal(&claim.number, want))
        ent_ledger_refuse(&v->c, claim.node, "recomputed %.17g from the evidence",
                          ent_rat_double(want));
done:
    v->quoted = quoted;
    ent_rat_release(&claim.number);
    return st;
}

void ent_bv_size_add(const ent_bv *v, int player, const ent_rat *error, ent_bv_size *size)
{
    ent_rat ratio = ENT_RAT_ZERO;
    ent_rat_div(&ratio, error, &v->range[player]);
    const double relative = ent_rat_double(&ratio);
    if (relative > size->relative) size->relative = relative;
    if (ent_rat_cmp(error, &size->most) > 0) ent_rat_set(&size->most, error);
    ent_rat_release(&ratio);
}

void ent_bv_incentive(const ent_bv *v, const ent_bayes_coal *s, const ent_rat *u, ent_bv_size *size)
{
    ent_rat gain = ENT_RAT_ZERO;
    for (int k = 0, p = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            const ent_rat *truth = &u[p + t];
            for (int tau = 0; tau < s->types[k]; tau++, p++) {
                ent_rat_sub(&gain, &u[p], truth);
                ent_bv_size_add(v, s->member[k], &gain, size);
            }
        }
    ent_rat_release(&gain);
}

void ent_bv_distance(const ent_bv *v, const ent_bayes_coal *s, const ent_rat *u,
                     const ent_claim *utility, ent_bv_size *size)
{
    ent_rat error = ENT_RAT_ZERO;
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            ent_rat_sub(&error, &u[ent_bv_pair(s, k, t, t)], &utility[s->first[k] + t].number);
            if (ent_rat_sign(&error) < 0) ent_rat_neg(&error, &error);
            ent_bv_size_add(v, s->member[k], &error, size);
        }
    ent_rat_release(&error);
}

/* Relative to the ranges of utilities: what is further from Definition 4 than this is refused as no
 * solution of it. A solution in doubles is known to 1e-12 of the ranges, and so are the smallest
 * epsilons that it leads to; the largest of thousands of random games that do have a solution there
 * is 1e-10. A larger epsilon means a weak proof, or utilities that are not those of a solution. */
#define EPSILON_MOST 1e-6

/* An epsilon, and the gap that goes with it, are recomputed exactly. One above what other residuals
 * may be is a weak proof of Definition 4, and is told as approximate. */
static void tell_size(ent_bv *v, const ent_json *node, const ent_bv_size *size, const char *what)
{
    ent_text path;
    ent_text_init(v->ctx, &path);
    ent_json_path(&path, node);
    if (path.status == ENT_OK)
        ent_report_add(v->c.report, ENT_APPROXIMATE, size->relative, path.data,
                       "the %s stated holds, recomputed in rationals", what);
    else if (v->c.report->status == ENT_OK) v->c.report->status = path.status;
    ent_text_release(&path);
}

void ent_bv_sized(ent_bv *v, const ent_json *node, const ent_bv_size *size, const char *what)
{
    const bool proof =
        strcmp(what, "epsilon") == 0 || strcmp(what, "gap") == 0 || strcmp(what, "loss") == 0;
    ent_ledger_held(&v->c, ENT_VERIFIED, 0.0);
    if (proof && size->relative > ENT_LEDGER_APPROXIMATE && size->relative <= EPSILON_MOST) {
        tell_size(v, node, size, what);
        return;
    }
    ent_ledger_judge(&v->c, node, size->relative, "%s is %.3g of its scale", what, size->relative);
}

typedef struct proof {
    const ent_bv_bargain *b;
    const ent_json *node;
    ent_bv_mechanism mechanism;
    ent_bv_scales scales;
    ent_claim *claim;
    ent_rat *reports, *right;
} proof;

/* A omega = R exactly, and the largest shortfall (T + omega)/share - U. */
static ent_status check_claims(ent_bv *v, const proof *x, ent_bv_size *epsilon)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ent_rat error = ENT_RAT_ZERO, share = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&share, x->b->share);
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_bv_right(v, x->b, x->b->sure, &x->scales, 0, x->right));
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++) {
            const int m = s->first[k] + t;
            ent_bv_left(&x->scales, x->claim, k, t, &error);
            ent_rat_sub(&error, &error, &x->right[m]);
            ent_claims_zero(&v->c, x->claim[m].node, true, &error, &one, "the claim in (4.11)");
            ent_bv_threat(x->b, x->b->sure, m, &error);
            ent_rat_add(&error, &error, &x->claim[m].number);
            ent_rat_div(&error, &error, &share);
            ent_rat_sub(&error, &error, &x->reports[ent_bv_pair(s, k, t, t)]);
            ent_bv_size_add(v, s->member[k], &error, epsilon);
        }
done:
    ent_rat_release(&error);
    ent_rat_release(&share);
    ent_rat_release(&one);
    return st;
}

/* sum p M - sum lambda U */
static ent_status left_open(ent_bv *v, const proof *x, const ent_bv_scales *scales, ent_rat *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ent_rat *most = ent_rats_new(v->ctx, (size_t)s->profiles, &st);
    if (!most) goto done;
    ENT_TRY(ent_bv_maxima(v, s, scales, 0, most));
    ent_bv_mean(s, most, out);
    for (int k = 0; k < s->size; k++)
        for (int t = 0; t < s->types[k]; t++)
            ent_rat_submul(out, &scales->weight[s->first[k] + t].number,
                           &x->reports[ent_bv_pair(s, k, t, t)]);
done:
    ent_rats_free(most, (size_t)s->profiles);
    return st;
}

/* Relative to the spread. */
static ent_status find_gap(ent_bv *v, const proof *x, ent_bv_size *gap)
{
    ent_status st = ENT_OK;
    ent_rat spread = ENT_RAT_ZERO;
    ENT_TRY(left_open(v, x, &x->scales, &gap->most));
    ent_bv_spread(v, &x->scales, &spread);
    ent_rat_div(&spread, &gap->most, &spread);
    gap->relative = ent_rat_double(&spread);
done:
    ent_rat_release(&spread);
    return st;
}

/* What a type could gain without anybody's loss is at most what is left open over the type's
 * weight: in parts of its player's range. */
static void gains(const ent_bv *v, const proof *x, const ent_bv_scales *scales, ent_bv_size *loss)
{
    const ent_bayes_coal *s = x->b->s;
    ent_rat part = ENT_RAT_ZERO;
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            if (ent_rat_sign(&scales->weight[m].number) <= 0) continue;
            ent_rat_mul(&part, &scales->weight[m].number, &v->range[s->member[k]]);
            ent_rat_div(&part, &loss->most, &part);
            const double relative = ent_rat_double(&part);
            if (relative > loss->relative) loss->relative = relative;
        }
    ent_rat_release(&part);
}

/* Where weights vanish: other weights, which do not. null: the solver has none, and says less than
 * Definition 4. */
static ent_status check_efficiency(ent_bv *v, const proof *x)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ent_bv_scales scales = {0};
    ent_bv_size loss = {.most = ENT_RAT_ZERO};
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "efficiency", &node));
    if (node->kind == ENT_JSON_NULL) {
        ent_ledger_held(&v->c, ENT_APPROXIMATE, 0.0);
        goto done;
    }
    ENT_TRY(ent_bv_scales_read(v, node, x->b->s, &scales));
    ent_bv_scales_check(v, &scales, true, true);
    ENT_TRY(left_open(v, x, &scales, &loss.most));
    gains(v, x, &scales, &loss);
    ENT_TRY(ent_bv_stated(v, node, "loss", &loss.most));
    ent_bv_sized(v, ent_json_get(node, "loss"), &loss, "loss");
done:
    ent_bv_scales_release(&scales);
    ent_rat_release(&loss.most);
    return st;
}

static ent_status read_proof(ent_bv *v, proof *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->b->s;
    ENT_TRY(ent_bv_mechanism_of(v, x->node, s, &x->mechanism));
    ENT_TRY(ent_bv_scales_read(v, x->node, s, &x->scales));
    ENT_TRY(ent_bv_member_interim(v, x->node, "claims", s, x->claim));
    ent_bv_scales_check(v, &x->scales, true, true);
    ent_bv_reports(v, s, &x->mechanism, x->reports);
done:
    return st;
}

static ent_status four_sizes(ent_bv *v, const proof *x, const ent_claim *utility)
{
    static const char *const names[4] = {"epsilon", "gap", "incentive", "distance"};
    ent_status st = ENT_OK;
    ent_bv_size size[4] = {{.most = ENT_RAT_ZERO},
                           {.most = ENT_RAT_ZERO},
                           {.most = ENT_RAT_ZERO},
                           {.most = ENT_RAT_ZERO}};
    ENT_TRY(check_claims(v, x, &size[0]));
    ENT_TRY(find_gap(v, x, &size[1]));
    ent_bv_incentive(v, x->b->s, x->reports, &size[2]);
    ent_bv_distance(v, x->b->s, x->reports, utility, &size[3]);
    for (int k = 0; k < 4; k++) {
        ENT_TRY(ent_bv_stated(v, x->node, names[k], &size[k].most));
        ent_bv_sized(v, ent_json_get(x->node, names[k]), &size[k], names[k]);
    }
done:
    for (int k = 0; k < 4; k++) ent_rat_release(&size[k].most);
    return st;
}

ent_status ent_bv_epsilon(ent_bv *v, const ent_bv_bargain *b, const ent_json *node, bool degenerate,
                          const ent_claim *utility, ent_rat *sure)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = b->s;
    const bool quoted = v->quoted;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    proof x = {.b = b, .node = node};
    v->quoted = true;
    x.claim = ent_claims_new(v->ctx, s->interims, &st);
    if (!x.claim) goto done;
    x.reports = ent_rats_new(v->ctx, pairs, &st);
    if (!x.reports) goto done;
    x.right = ent_rats_new(v->ctx, (size_t)s->interims, &st);
    if (!x.right) goto done;
    ENT_TRY(read_proof(v, &x));
    ENT_TRY(four_sizes(v, &x, utility));
    if (degenerate) ENT_TRY(check_efficiency(v, &x));
    ent_bv_truths(s, x.reports, sure);
done:
    v->quoted = quoted;
    ent_claims_free(x.claim, s->interims);
    ent_rats_free(x.reports, pairs);
    ent_rats_free(x.right, (size_t)s->interims);
    ent_bv_mechanism_release(&x.mechanism);
    ent_bv_scales_release(&x.scales);
    return st;
}
