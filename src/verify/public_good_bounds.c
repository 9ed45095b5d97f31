#include "verify/public_good_bounds.h"

#include <string.h>

/* [MW25] eq. (12) to (14) */
ent_status ent_pg_new(ent_ctx *ctx, const ent_relational *model, ent_pg **out)
{
    ent_status st = ENT_OK;
    ent_pg *pg = NULL;
    ent_rat two = ENT_RAT_ZERO, total = ENT_RAT_ZERO, own = ENT_RAT_ZERO;
    ENT_ALLOC(ctx, pg, 1);
    ent_rat_init(&pg->all);
    ent_rat_set_int(&two, 2);
    *pg = (ent_pg){
        .n = model->n, .size = model->size.exact, .cost = model->cost.exact, .all = pg->all};
    pg->reply_effort = ent_rats_new(ctx, (size_t)pg->n, &st);
    if (pg->reply_effort) pg->g = ent_rats_new(ctx, (size_t)pg->n, &st);
    if (pg->g) pg->payoff = ent_rats_new(ctx, (size_t)pg->n, &st);
    if (!pg->payoff) goto done;
    for (int j = 0; j < pg->n; j++) {
        ent_rat_mul(&pg->g[j], &pg->cost[j], &pg->size[j]);
        ent_rat_div(&pg->reply_effort[j], &pg->size[j], &pg->cost[j]);
        ent_rat_div(&pg->reply_effort[j], &pg->reply_effort[j], &two);
        ent_rat_add(&pg->all, &pg->all, &pg->size[j]);
        ent_rat_addmul(&total, &pg->size[j], &pg->reply_effort[j]);
    }
    for (int i = 0; i < pg->n; i++) {
        /* theta_i sum theta_j ahat_j - g_i ahat_i^2 */
        ent_rat_mul(&pg->payoff[i], &pg->size[i], &total);
        ent_rat_mul(&own, &pg->reply_effort[i], &pg->reply_effort[i]);
        ent_rat_submul(&pg->payoff[i], &pg->g[i], &own);
    }
    *out = pg;
    pg = NULL;
done:
    ent_pg_free(pg);
    ent_rat_release(&two);
    ent_rat_release(&total);
    ent_rat_release(&own);
    return st;
}

void ent_pg_free(ent_pg *pg)
{
    if (!pg) return;
    ent_rats_free(pg->reply_effort, (size_t)pg->n);
    ent_rats_free(pg->g, (size_t)pg->n);
    ent_rats_free(pg->payoff, (size_t)pg->n);
    ent_rat_release(&pg->all);
    ent_free(pg);
}

ent_status ent_pg_problem_new(ent_ctx *ctx, int n, ent_pg_problem **out)
{
    ent_status st = ENT_OK;
    ent_pg_problem *p = NULL;
    ENT_ALLOC(ctx, p, 1);
    ent_rat_init(&p->w);
    p->multiplier = p->worth = ENT_INTERVAL_ZERO;
    p->n = n;
    p->h = ent_rats_new(ctx, (size_t)n, &st);
    if (p->h) p->effort = ent_intervals_new(ctx, n, &st);
    if (!p->effort) goto done;
    *out = p;
    p = NULL;
done:
    ent_pg_problem_free(p);
    return st;
}

void ent_pg_problem_free(ent_pg_problem *p)
{
    if (!p) return;
    ent_rats_free(p->h, (size_t)p->n);
    ent_rat_release(&p->w);
    ent_interval_release(&p->multiplier);
    ent_interval_release(&p->worth);
    ent_intervals_free(p->effort, p->n);
    ent_free(p);
}

/* [MW25] eq. (17) */
void ent_pg_on_path(const ent_pg *pg, ent_coal coalition, ent_pg_problem *out)
{
    ent_rat inside = ENT_RAT_ZERO, others = ENT_RAT_ZERO;
    for (int j = 0; j < pg->n; j++)
        if (ent_coal_has(coalition, j)) ent_rat_add(&inside, &inside, &pg->size[j]);
    for (int j = 0; j < pg->n; j++) {
        ent_rat_set(&others, &inside);
        if (ent_coal_has(coalition, j)) ent_rat_sub(&others, &others, &pg->size[j]);
        ent_rat_mul(&out->h[j], &pg->size[j], &others);
    }
    ent_rat_set_int(&out->w, 1);
    ent_rat_release(&inside);
    ent_rat_release(&others);
}

void ent_pg_joint(const ent_pg *pg, ent_pg_problem *out)
{
    ent_pg_on_path(pg, ent_coal_all(pg->n), out);
}

/* - theta_i theta_j for all others, zero for i. */
void ent_pg_quiet(const ent_pg *pg, int i, ent_pg_problem *out)
{
    for (int j = 0; j < pg->n; j++) {
        ent_rat_set_int(&out->h[j], 0);
        if (j != i) ent_rat_submul(&out->h[j], &pg->size[i], &pg->size[j]);
    }
    ent_rat_set_int(&out->w, 0);
}

/* [MW25] eq. (22) */
void ent_pg_punishment(const ent_pg *pg, ent_coal coalition, const ent_rat *weight, int i,
                       ent_pg_problem *out)
{
    ent_pg_on_path(pg, coalition, out);
    for (int j = 0; j < pg->n; j++) {
        ent_rat_mul(&out->h[j], &out->h[j], &weight[i]);
        if (j != i) ent_rat_submul(&out->h[j], &pg->size[i], &pg->size[j]);
    }
    ent_rat_set(&out->w, &weight[i]);
}

void ent_pg_highest(const ent_pg *pg, ent_coal coalition, const ent_rat *weight, int i,
                    ent_pg_problem *out)
{
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_pg_punishment(pg, coalition, weight, i, out);
    for (int j = 0; j < pg->n; j++) ent_rat_neg(&out->h[j], &out->h[j]);
    ent_rat_sub(&out->w, &one, &weight[i]);
    ent_rat_release(&one);
}

void ent_pg_highest_quiet(const ent_pg *pg, int i, ent_pg_problem *out)
{
    ent_pg_quiet(pg, i, out);
    for (int j = 0; j < pg->n; j++) ent_rat_neg(&out->h[j], &out->h[j]);
    ent_rat_set_int(&out->w, 1);
}

bool ent_pg_bounds(ent_ledger *c, const ent_json *node, ent_interval *out)
{
    if (!ent_ledger_kind(c, node, ENT_JSON_ARRAY)) return false;
    if (node->count != 2) {
        ent_ledger_refuse(c, node, "wanted two bounds, found %u", (unsigned)node->count);
        return false;
    }
    ent_rat *const bound[] = {&out->lo, &out->hi};
    const ent_json *at = node->first;
    for (int k = 0; k < 2; k++, at = at->next) {
        if (!ent_ledger_kind(c, at, ENT_JSON_STRING)) return false;
        if (ent_rat_parse(bound[k], at->text, at->text_len)) continue;
        ent_ledger_refuse(c, at, "wanted a numeral, found \"%s\"", at->text);
        return false;
    }
    if (ent_rat_cmp(&out->lo, &out->hi) <= 0) return true;
    ent_ledger_refuse(c, node, "the lower bound lies above the upper one");
    return false;
}

bool ent_pg_is_narrow(const ent_interval *a, const ent_rat *size)
{
    ent_rat width = ENT_RAT_ZERO, most = ENT_RAT_ZERO, relative = ENT_RAT_ZERO;
    const bool known = ent_rat_parse(&relative, ENT_PG_NARROW_DIGITS, strlen(ENT_PG_NARROW_DIGITS));
    ent_rat_sub(&width, &a->hi, &a->lo);
    ent_rat_mul(&most, &relative, size);
    const bool narrow = known && ent_rat_cmp(&width, &most) <= 0;
    ent_rat_release(&width);
    ent_rat_release(&most);
    ent_rat_release(&relative);
    return narrow;
}

/* [MW25] eq. (18) to (21) and (23) to (28), cut off at zero.
 * e_j(m) = max(-ahat_j, h_j / (2 g_j (w + m))), its limit when w + m = 0; false when that limit is
 * infinite. */
static bool response(const ent_pg *pg, const ent_pg_problem *p, const ent_rat *m, int j, ent_rat *e)
{
    ent_rat sum = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    bool some = true;
    ent_rat_add(&sum, &p->w, m);
    ent_rat_neg(&least, &pg->reply_effort[j]);
    const int sign = ent_rat_sign(&p->h[j]);
    if (sign == 0 || ent_rat_sign(&pg->g[j]) == 0) {
        ent_rat_set_int(e, 0);
    } else if (ent_rat_sign(&sum) == 0) {
        some = sign < 0;
        ent_rat_set(e, &least);
    } else {
        ent_rat_div(e, &p->h[j], &sum);
        ent_rat_div(e, e, &pg->g[j]);
        ent_rat_set_ratio(&sum, 1, 2);
        ent_rat_mul(e, e, &sum);
        if (ent_rat_cmp(e, &least) < 0) ent_rat_set(e, &least);
    }
    ent_rat_release(&sum);
    ent_rat_release(&least);
    return some;
}

/* spent(m), worth(m), and a = ahat + e(m) into every coordinate's interval; false when e(m) is not
 * finite. */
static bool respond(const ent_pg *pg, ent_pg_problem *p, const ent_rat *m, bool widen,
                    ent_rat *spent, ent_rat *worth)
{
    ent_rat e = ENT_RAT_ZERO, square = ENT_RAT_ZERO;
    bool some = true;
    ent_rat_set_int(spent, 0);
    ent_rat_set_int(worth, 0);
    for (int j = 0; j < pg->n && some; j++) {
        some = response(pg, p, m, j, &e);
        ent_rat_mul(&square, &e, &e);
        ent_rat_addmul(spent, &pg->g[j], &square);
        ent_rat_addmul(worth, &p->h[j], &e);
        ent_rat_add(&e, &e, &pg->reply_effort[j]);
        if (!widen || ent_rat_cmp(&e, &p->effort[j].lo) < 0) ent_rat_set(&p->effort[j].lo, &e);
        if (!widen || ent_rat_cmp(&e, &p->effort[j].hi) > 0) ent_rat_set(&p->effort[j].hi, &e);
    }
    ent_rat_submul(worth, &p->w, spent);
    ent_rat_release(&e);
    ent_rat_release(&square);
    return some;
}

/* No budget: everybody's own best reply, worth nothing. */
static bool prove_idle(ent_ledger *c, const ent_pg *pg, const ent_rat *most, const ent_json *node,
                       ent_pg_problem *p)
{
    p->idle = true;
    for (int j = 0; j < pg->n; j++) ent_interval_point(&p->effort[j], &pg->reply_effort[j]);
    if (node->count == 2 && node->first->next->kind == ENT_JSON_NULL && ent_rat_sign(most) == 0)
        return true;
    ent_ledger_refuse(c, node, "wanted two bounds on the multiplier: there is something to spend");
    return false;
}

bool ent_pg_prove(ent_ledger *c, const ent_pg *pg, const ent_rat *least, const ent_rat *most,
                  const ent_json *node, ent_pg_problem *p)
{
    ent_rat spent = ENT_RAT_ZERO, worth = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    const char *fault = NULL;
    bool good = false;
    if (!ent_ledger_kind(c, node, ENT_JSON_ARRAY)) return false;
    if (node->first && node->first->kind == ENT_JSON_NULL) return prove_idle(c, pg, most, node, p);
    if (!ent_pg_bounds(c, node, &p->multiplier)) return false;
    ent_rat_add(&size, &p->w, &p->multiplier.hi);
    if (ent_rat_sign(&p->multiplier.lo) < 0) fault = "a multiplier is not negative";
    else if (!ent_pg_is_narrow(&p->multiplier, &size)) fault = "the bounds are too far apart";
    else if (!respond(pg, p, &p->multiplier.hi, false, &spent, &p->worth.lo))
        fault = "no finite play has this multiplier";
    else if (ent_rat_cmp(&spent, least) > 0)
        fault = "the play of the upper bound costs more than the span enforces";
    else if (!respond(pg, p, &p->multiplier.lo, true, &spent, &worth))
        fault = "no finite play has this multiplier";
    else if (ent_rat_sign(&p->multiplier.lo) && ent_rat_cmp(&spent, most) < 0)
        fault = "the play of the lower bound costs less than the span enforces";
    else good = true;
    if (good) {
        /* worth(lo) + lo (most - spent(lo)) */
        ent_rat_sub(&spent, most, &spent);
        ent_rat_addmul(&worth, &p->multiplier.lo, &spent);
        ent_rat_swap(&p->worth.hi, &worth);
    } else {
        ent_ledger_refuse(c, node, "%s", fault);
    }
    ent_rat_release(&spent);
    ent_rat_release(&worth);
    ent_rat_release(&size);
    return good;
}
