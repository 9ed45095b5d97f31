/* `equilibrium` of the outside family: [FR] Props. 1 and 2 for all parameters. */
#include "verify/outside_check.h"

#include <math.h>
#include <string.h>

/* Numbers that are known exactly although the game was solved in doubles: settled games with a
 * rational offer, and r* of uniform offers with a rational root. */
typedef struct exacts {
    ent_rat offer, proposer, partner, zero, one, reservation;
    bool settled, reserved;
} exacts;

static void exacts_release(exacts *e)
{
    ent_rat_release(&e->offer);
    ent_rat_release(&e->proposer);
    ent_rat_release(&e->partner);
    ent_rat_release(&e->reservation);
}

/* r* = 1 - sqrt(2 c) of [FR] eq. (3), when that is rational. */
static void find_reservation(const ent_outside *m, exacts *e)
{
    const bool unit =
        m->offers.parts == 1 && m->offers.atoms == 0 && m->offers.part[0].is_unit_uniform;
    ent_rat root = ENT_RAT_ZERO;
    ent_rat_add(&root, &m->cost_exact, &m->cost_exact);
    e->reserved = unit && ent_rat_cmp(&root, &e->one) <= 0 && ent_rat_sqrt(&root, &root);
    if (e->reserved) ent_rat_sub(&e->reservation, &e->one, &root);
    ent_rat_release(&root);
}

static void find_exacts(const ent_outside *m, const ent_back *b, exacts *e)
{
    ent_rat k = ENT_RAT_ZERO;
    ent_rat_set_int(&e->one, 1);
    ent_rat_sub(&k, &m->fee_exact, &e->one);
    find_reservation(m, e);
    if (b->is_floor) e->settled = true, ent_rat_set(&e->offer, &k);
    else if (b->first.kind == ENT_LINE_DETER && e->reserved)
        e->settled = true, ent_rat_set(&e->offer, &e->reservation);
    ent_rat_sub(&e->proposer, &e->one, &e->offer);
    ent_rat_sub(&e->partner, &e->offer, &k);
    ent_rat_release(&k);
}

static void near(ent_ocheck *c, const ent_json *object, const char *key, double truth,
                 const ent_rat *exact)
{
    ent_i_outside_near(c, ent_ledger_member(&c->claims, object, key), truth, ENT_OUTSIDE_TOLERANCE,
                       exact);
}

static void check_offer(ent_ocheck *c, const ent_back *b, const exacts *e)
{
    const bool searches = b->first.kind == ENT_LINE_HOLD;
    ent_ledger *l = &c->claims;
    ent_ledger_begin(l, 1.0);
    ent_i_outside_near(c, ent_ledger_member(l, c->solution, "reservation"),
                       isfinite(b->r_star) ? b->r_star : (double)NAN, ENT_OUTSIDE_TOLERANCE,
                       e->reserved ? &e->reservation : NULL);
    ent_ledger_end(l, "/solution/reservation",
                   "integrating 1 - F down to where it is the search cost");
    ent_ledger_begin(l, 1.0);
    near(c, c->solution, "offer", b->first.offer, e->settled ? &e->offer : NULL);
    ent_ledger_text(l, ent_ledger_member(l, c->solution, "response"),
                    searches ? "search" : "accept");
    const ent_json *regime = ent_ledger_member(l, c->solution, "regime");
    if (ent_ledger_kind(l, regime, ENT_JSON_STRING) && !ent_i_outside_regime(b, regime->text))
        ent_ledger_refuse(l, regime, "not the regime that was found");
    ent_i_outside_near(c, ent_ledger_member(l, c->solution, "cutoff"),
                       searches ? b->first.cutoff : (double)NAN, ENT_OUTSIDE_PLACE, NULL);
    ent_ledger_end(l, "/solution/offer", "backward induction over panels, every choice compared");
}

static void check_values(ent_ocheck *c, const ent_back *b, const exacts *e)
{
    ent_ledger *l = &c->claims;
    const ent_rat *zero = e->settled ? &e->zero : NULL, *one = e->settled ? &e->one : NULL;
    ent_ledger_begin(l, 1.0);
    const ent_json *payoffs = ent_ledger_member(l, c->solution, "payoffs");
    near(c, payoffs, "proposer", b->value[ENT_LINE_PROPOSER], e->settled ? &e->proposer : NULL);
    near(c, payoffs, "partner", b->value[ENT_LINE_PARTNER], e->settled ? &e->partner : NULL);
    ent_ledger_end(l, "/solution/payoffs", "integrated backwards by parts");
    ent_ledger_begin(l, 1.0);
    const ent_json *chances = ent_ledger_member(l, c->solution, "probabilities");
    near(c, chances, "ally", b->value[ENT_LINE_ALLY], one);
    near(c, chances, "new_alliance", 1.0 - b->value[ENT_LINE_ALLY], zero);
    near(c, chances, "second_period", b->periods > 1 ? b->reach[1] : 0.0, zero);
    const ent_json *reach = ent_ledger_member(l, chances, "periods");
    if (ent_ledger_kind(l, reach, ENT_JSON_ARRAY) && reach->count != (uint32_t)b->periods)
        ent_ledger_refuse(l, reach, "wanted %d periods", b->periods);
    int t = 0;
    for (const ent_json *at = reach && reach->kind == ENT_JSON_ARRAY ? reach->first : NULL;
         at && t < b->periods; at = at->next, t++)
        ent_i_outside_near(c, at, b->reach[t], ENT_OUTSIDE_TOLERANCE, t ? zero : one);
    ent_ledger_end(l, "/solution/probabilities", "of who acts backwards, of the periods forwards");
    ent_ledger_begin(l, 1.0);
    const ent_json *gives = ent_ledger_member(l, c->solution, "contributions");
    near(c, gives, "ally", b->value[ENT_LINE_ALLY_GIVES], e->settled ? &e->offer : NULL);
    near(c, gives, "new_alliance", b->value[ENT_LINE_NEW_GIVES], zero);
    near(c, c->solution, "duration_periods", b->value[ENT_LINE_PERIODS], one);
    ent_ledger_end(l, "/solution/contributions", "and the duration, integrated backwards");
}

static ent_status check_doubles(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    ent_back b = {0};
    exacts e = {.offer = ENT_RAT_ZERO,
                .proposer = ENT_RAT_ZERO,
                .partner = ENT_RAT_ZERO,
                .zero = ENT_RAT_ZERO,
                .one = ENT_RAT_ZERO,
                .reservation = ENT_RAT_ZERO};
    ENT_TRY(ent_i_back_solve(c->ctx, c->model, c->model->search_cost, &c->rules, &b));
    c->grain += 2.0 * b.blurred; /* the document was computed in doubles, too */
    c->blur = 2.0 * b.blur;
    find_exacts(c->model, &b, &e);
    check_offer(c, &b, &e);
    check_values(c, &b, &e);
    ent_i_check_outside_thresholds(c, &b);
    ent_i_check_outside_rules(c, &b);
done:
    exacts_release(&e);
    ent_i_back_release(&b);
    return st;
}

ent_status ent_i_check_outside_equilibrium(ent_ocheck *c)
{
    static const char *const known[] = {"offer",
                                        "response",
                                        "regime",
                                        "reservation",
                                        "cutoff",
                                        "payoffs",
                                        "probabilities",
                                        "contributions",
                                        "duration_periods",
                                        "thresholds",
                                        "rules",
                                        "advances",
                                        NULL};
    ent_ledger_begin(&c->claims, 1.0);
    ent_ledger_only(&c->claims, c->solution, known);
    ent_ledger_end(&c->claims, "/solution", "nothing else");
    const bool is_discrete = c->model->offers.parts == 0;
    const int64_t size = (int64_t)c->model->offers.atoms * c->model->periods;
    return is_discrete && size <= c->exact_states ? ent_i_check_outside_exact(c) : check_doubles(c);
}
