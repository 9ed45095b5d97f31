/* The fee from which free search is best for the partner, [FR] Section 5, "phi*": what the best
 * cost adds to free search, fee by fee. */
#include "verify/outside_check.h"

#include "base/ctx.h"

#include <math.h>

enum { COSTS = 61, HALVINGS = 44, FEES = 6 };
/* A best cost adds nothing when it adds less than this: rounding of two payoffs. */
static const double nothing = 1e-9;
/* How far from the threshold the two sides are looked at. */
static const double aside = 1e-6;
/* Thresholds above this are not told from none: what a cost can add is of the order (2 - fee)^3. */
static const double highest = 1.98;

typedef struct search {
    ent_ocheck *c;
    ent_outside *model;
    double best;
} search;

static ent_status look(search *s, double cost, bool *settles)
{
    ent_status st = ENT_OK;
    ent_back b = {0};
    ENT_CHECK_CANCEL(s->c->ctx);
    ENT_TRY(ent_i_back_solve(s->c->ctx, s->model, cost, &s->c->rules, &b));
    s->best = fmax(s->best, b.value[ENT_LINE_PARTNER]);
    *settles = b.first.kind != ENT_LINE_HOLD;
done:
    ent_i_back_release(&b);
    return st;
}

/* gain = sup over costs of his payoff, less that of free search: a grid, and each jump from both
 * sides. */
static ent_status find_gain(ent_ocheck *c, double fee, double *gain)
{
    ent_status st = ENT_OK;
    search s = {.c = c, .model = c->model, .best = -INFINITY};
    ent_rat kept = ENT_RAT_ZERO;
    double free = 0.0, last = 0.0;
    bool before = false, now = false;
    ent_rat_set(&kept, &c->model->fee_exact);
    ent_rat_set_double(&c->model->fee_exact, fee);
    ENT_TRY(look(&s, 0.0, &before));
    free = s.best;
    s.best = -INFINITY;
    for (int j = 1; j < COSTS; j++) {
        /* Denser near 0; a cost above 1/2 of the largest offer's worth is never needed: there he
         * settles for less and less. */
        const double cost = 0.5 * (double)j * j / ((COSTS - 1.0) * (COSTS - 1.0));
        ENT_TRY(look(&s, cost, &now));
        double low = last, high = cost;
        for (int k = 0; k < HALVINGS && now != before; k++) {
            const double middle = 0.5 * (low + high);
            bool here = false;
            ENT_TRY(look(&s, middle, &here));
            if (here == before) low = middle;
            else high = middle;
        }
        before = now;
        last = cost;
    }
    *gain = s.best - free;
done:
    ent_rat_set(&c->model->fee_exact, &kept);
    ent_rat_release(&kept);
    return st;
}

static ent_status judge_threshold(ent_ocheck *c, const ent_json *node, double fee)
{
    ent_status st = ENT_OK;
    double gain = 0.0;
    if (!(fee >= 1.0 && fee < 2.0)) {
        ent_ledger_refuse(&c->claims, node, "wanted a fee from 1 to 2");
        goto done;
    }
    if (fee - aside > 1.0) {
        ENT_TRY(find_gain(c, fee - aside, &gain));
        if (!(gain > 0.0))
            ent_ledger_refuse(&c->claims, node, "free search is best already below this fee");
    }
    for (int j = 0; j < FEES; j++) {
        ENT_TRY(find_gain(c, fee + aside + (1.999 - fee) * j / FEES, &gain));
        if (!(gain <= nothing))
            ent_ledger_refuse(&c->claims, node, "at a fee of %.12g a search cost adds %.3g",
                              fee + aside + (2.0 - fee) * j / FEES, gain);
    }
    ent_ledger_residual(&c->claims, node, 0.0, nothing);
done:
    return st;
}

ent_status ent_i_check_outside_fee(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    ent_ledger *l = &c->claims;
    ent_rat fee = ENT_RAT_ZERO;
    double gain = 0.0;
    ent_ledger_begin(l, 1.0);
    const ent_json *node = ent_json_get(c->solution, "fee_threshold");
    if (!c->fee_threshold) {
        if (node && node->kind != ENT_JSON_NULL)
            ent_ledger_refuse(l, node, "the settings did not ask for it");
        goto done;
    }
    node = ent_ledger_member(l, c->solution, "fee_threshold");
    if (node && node->kind == ENT_JSON_NULL) {
        ENT_TRY(find_gain(c, highest, &gain));
        if (!(gain > 0.0))
            ent_ledger_refuse(
                l, node, "at a fee of %.12g no search cost is better than free search", highest);
        ent_ledger_null(l, node);
    } else if (ent_ledger_read(l, node, &fee, NULL)) {
        ENT_TRY(judge_threshold(c, node, ent_rat_double(&fee)));
    }
    ent_ledger_end(l, "/solution/fee_threshold",
                   "what the best of %d search costs adds, on both sides", COSTS - 1);
done:
    ent_rat_release(&fee);
    return st;
}
