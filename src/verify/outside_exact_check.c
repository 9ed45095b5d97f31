/* Discrete offers: the whole solution against the game tree in rationals. */
#include "verify/outside_check.h"
#include "verify/outside_tree.h"

#include <math.h>

static void equal(ent_ocheck *c, const ent_json *object, const char *key, const ent_rat *truth)
{
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, object, key), truth);
}

static void claim_offer(ent_ocheck *c, const ent_outside_tree *t)
{
    const ent_line_plan *first = ent_i_outside_plan(t, 1, 0);
    const bool searching = first->kind == ENT_LINE_HOLD;
    const bool is_floor = !t->reserved || ent_rat_cmp(&t->r_star, &t->k) <= 0;
    ent_ledger *l = &c->claims;
    ent_ledger_begin(l, 1.0);
    equal(c, c->solution, "offer", &t->prescribed[0]);
    ent_ledger_text(l, ent_ledger_member(l, c->solution, "response"),
                    searching ? "search" : "accept");
    ent_ledger_text(l, ent_ledger_member(l, c->solution, "regime"),
                    is_floor          ? "floor"
                    : searching       ? "search"
                    : t->deters_alone ? "deter"
                                      : "prefer sure");
    if (t->reserved) equal(c, c->solution, "reservation", &t->r_star);
    else ent_ledger_null(l, ent_ledger_member(l, c->solution, "reservation"));
    if (searching) equal(c, c->solution, "cutoff", ent_i_outside_worth(t, first->item));
    else ent_ledger_null(l, ent_ledger_member(l, c->solution, "cutoff"));
    ent_ledger_end(l, "/solution/offer", "the game tree in rationals, every choice compared");
}

static void claim_values(ent_ocheck *c, const ent_outside_tree *t)
{
    ent_ledger *l = &c->claims;
    ent_rat other = ENT_RAT_ZERO;
    ent_ledger_begin(l, 1.0);
    const ent_json *payoffs = ent_ledger_member(l, c->solution, "payoffs");
    equal(c, payoffs, "proposer", &t->next[ENT_LINE_PROPOSER][0]);
    equal(c, payoffs, "partner", &t->next[ENT_LINE_PARTNER][0]);
    ent_ledger_end(l, "/solution/payoffs", "the game tree in rationals");
    ent_ledger_begin(l, 1.0);
    const ent_json *chances = ent_ledger_member(l, c->solution, "probabilities");
    equal(c, chances, "ally", &t->next[ENT_LINE_ALLY][0]);
    ent_rat_sub(&other, &t->one, &t->next[ENT_LINE_ALLY][0]);
    equal(c, chances, "new_alliance", &other);
    equal(c, chances, "second_period", t->periods > 1 ? &t->reach[1] : &t->zero);
    const ent_json *list = ent_ledger_member(l, chances, "periods");
    if (ent_ledger_kind(l, list, ENT_JSON_ARRAY) && list->count != (uint32_t)t->periods)
        ent_ledger_refuse(l, list, "wanted %d periods", t->periods);
    int period = 0;
    for (const ent_json *at = list && list->kind == ENT_JSON_ARRAY ? list->first : NULL;
         at && period < t->periods; at = at->next)
        ent_ledger_equal(l, at, &t->reach[period++]);
    ent_ledger_end(l, "/solution/probabilities", "the game tree in rationals");
    ent_ledger_begin(l, 1.0);
    const ent_json *gives = ent_ledger_member(l, c->solution, "contributions");
    equal(c, gives, "ally", &t->next[ENT_LINE_ALLY_GIVES][0]);
    equal(c, gives, "new_alliance", &t->next[ENT_LINE_NEW_GIVES][0]);
    equal(c, c->solution, "duration_periods", &t->next[ENT_LINE_PERIODS][0]);
    ent_ledger_end(l, "/solution/contributions", "the game tree in rationals");
    ent_rat_release(&other);
}

/* The rules are written in doubles: compared as those of other games are. */
static ent_status claim_rules(ent_ocheck *c, const ent_outside_tree *t)
{
    ent_status st = ENT_OK;
    ent_back b = {
        .k = ent_rat_double(&t->k), .periods = t->periods, .discount = c->model->discount};
    b.r_star = t->reserved ? ent_rat_double(&t->r_star) : -(double)INFINITY;
    b.is_floor = !t->reserved || ent_rat_cmp(&t->r_star, &t->k) <= 0;
    b.first = *ent_i_outside_plan(t, 1, 0);
    if (b.is_floor) b.first.kind = ENT_LINE_FLOOR;
    ENT_TRY(ent_i_line_new(c->ctx, &c->model->offers, t->periods, 0, NULL, &b.line));
    for (int period = 1; period <= t->periods; period++)
        for (int j = 0; j < b.line->items; j++)
            *ent_line_at(b.line, period, j) = *ent_i_outside_plan(t, period, j);
    ent_i_check_outside_rules(c, &b);
done:
    ent_i_line_free(b.line);
    return st;
}

ent_status ent_i_check_outside_exact(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    ent_outside_tree t = {0};
    ENT_TRY(ent_i_outside_tree_solve(c->ctx, c->model, &c->rules, &t));
    if (!t.monotone)
        ent_ledger_refuse(
            &c->claims, NULL,
            "what he gives up falls in the standing offer: the argument of this check fails");
    claim_offer(c, &t);
    claim_values(c, &t);
    ent_ledger_begin(&c->claims, 1.0);
    if (ent_json_get(c->solution, "thresholds"))
        ent_ledger_refuse(&c->claims, ent_json_get(c->solution, "thresholds"),
                          "marks of uniform offers alone");
    ENT_TRY(claim_rules(c, &t));
done:
    ent_i_outside_tree_release(&t);
    return st;
}
