/* [MW25] Section 4. The checker of `simulate`: the automaton's values, incentives and bargaining,
 * all recomputed from what the document prescribes. */
#include "verify/relational_automaton.h"
#include "verify/relational_union.h"

#include <math.h>
#include <string.h>

/* The automaton is built in doubles from a contract, with a few divisions by 1 - delta or by
 * rho. */
#define AUTOMATON_TOLERANCE 1e-9

typedef struct walk {
    ent_rcheck *c;
    double now; /* 1 - delta, from the fraction: payments are as large as 1 / (1 - delta) */
    const ent_rautomaton *a;
    int64_t checked;
    double least; /* loss of the deviation that loses least */
    double named; /* loss of the one that the document calls the worst; NAN when it is none */
    double error; /* largest difference between a value and its recursion */
} walk;

static double rest_of(const ent_rat *delta)
{
    ent_rat rest = ENT_RAT_ZERO;
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, delta);
    const double now = ent_rat_double(&rest);
    ent_rat_release(&rest);
    return now;
}

static void small(walk *w, const ent_json *node, double residual)
{
    ent_ledger_residual(&w->c->claims, node, residual, AUTOMATON_TOLERANCE);
}

/* Relative to the scale and to the size of the numbers that were added. */
static double relative(const walk *w, double error, double size)
{
    return fabs(error) / fmax(fmax(w->c->scale, size), 1e-300);
}

/* value = (1-delta) (transfer + u + payment) + delta (good standing), and transfers and payments
 * create no money. */
static void check_plan(walk *w, const ent_rplan *plan, int phase)
{
    const double delta = w->c->model->discount;
    double transfers = 0.0, payments = 0.0, size = 0.0;
    for (int i = 0; i < w->a->n; i++) {
        const double flow = plan->transfer[i] + plan->payoff[i] + plan->payment[i];
        const double error = plan->value[i] - (w->now * flow + delta * w->a->state[0].value[i]);
        const double most = fmax(fabs(plan->transfer[i]), fabs(plan->payment[i]));
        const bool gives = phase == ENT_RPHASE_AGREEMENT && ent_coal_has(w->c->rules.coalition, i);
        const double residual = relative(w, error, fabs(plan->value[i]));
        w->error = fmax(w->error, residual);
        small(w, plan->node, residual);
        if (!gives && plan->transfer[i] != 0.0)
            ent_ledger_refuse(&w->c->claims, plan->node, "only insiders who agree make transfers");
        transfers += plan->transfer[i];
        payments += plan->payment[i];
        size = fmax(size, most);
    }
    small(w, plan->node, relative(w, transfers, size));
    small(w, plan->node, relative(w, fmax(payments, 0.0), size));
}

/* Bargaining: insiders share what agreement adds to disagreement by their weights. */
static void check_bargain(walk *w, const ent_rstate *state)
{
    const ent_rplan *yes = &state->plan[ENT_RPHASE_AGREEMENT],
                    *no = &state->plan[ENT_RPHASE_DISAGREEMENT];
    double surplus = 0.0;
    if (!yes->used) return;
    for (int i = 0; i < w->a->n; i++)
        if (ent_coal_has(w->c->rules.coalition, i)) surplus += yes->value[i] - no->value[i];
    for (int i = 0; i < w->a->n; i++) {
        if (!ent_coal_has(w->c->rules.coalition, i)) continue;
        const double share = ent_rat_double(&w->c->rules.weight[i]) * surplus;
        small(w, yes->node, relative(w, yes->value[i] - no->value[i] - share, fabs(yes->value[i])));
    }
    if (surplus < 0.0) small(w, yes->node, relative(w, surplus, 0.0));
}

static void check_state(walk *w, const ent_rstate *state, const ent_json *node)
{
    const double rho = w->c->model->renegotiation;
    const ent_rplan *yes = &state->plan[ENT_RPHASE_AGREEMENT],
                    *quiet = &state->plan[ENT_RPHASE_QUIET];
    for (int i = 0; i < w->a->n; i++) {
        const double value = rho * (yes->used ? yes->value[i] : 0.0) +
                             (1.0 - rho) * (quiet->used ? quiet->value[i] : 0.0);
        const double residual = relative(w, value - state->value[i], fabs(value));
        w->error = fmax(w->error, residual);
        small(w, node, residual);
    }
    for (int phase = 0; phase < ENT_RPHASES; phase++)
        if (state->plan[phase].used) check_plan(w, &state->plan[phase], phase);
    check_bargain(w, state);
}

/* One deviation and what it loses; is it the one that the document names? */
static void deviation(walk *w, int s, int phase, int i, const char *in, double loss)
{
    const ent_json *worst = ent_json_at(w->c->solution, "/deviations/worst");
    const ent_json *const said[] = {ent_json_get(worst, "state"), ent_json_get(worst, "phase"),
                                    ent_json_get(worst, "player"), ent_json_get(worst, "in")};
    bool texts = true;
    for (int k = 0; k < 4; k++) texts = texts && said[k] && said[k]->kind == ENT_JSON_STRING;
    w->checked++;
    w->least = fmin(w->least, loss);
    if (texts && ent_i_rautomaton_state(w->c, w->a, said[0]->text) == s &&
        strcmp(said[1]->text, ent_i_rphase_name(phase)) == 0 &&
        strcmp(said[2]->text, w->c->model->player[i]) == 0 && strcmp(said[3]->text, in) == 0)
        w->named = loss;
}

/* Every one-shot deviation of a state: another action, no payment where one is owed, no transfer
 * where one is owed. Whoever deviates in the action or payment phase is punished from the next
 * period on; who makes no transfer faces disagreement. */
static void check_deviations(walk *w, int s)
{
    const double delta = w->c->model->discount;
    const ent_rstate *state = &w->a->state[s];
    for (int phase = 0; phase < ENT_RPHASES; phase++) {
        const ent_rplan *plan = &state->plan[phase];
        for (int i = 0; plan->used && i < w->a->n; i++) {
            const double punished = delta * w->a->state[w->a->state_of[i]].value[i];
            const double act = w->now * (plan->transfer[i] + plan->reply[i]) + punished;
            const double keep = w->now * (plan->transfer[i] + plan->payoff[i]) + punished;
            deviation(w, s, phase, i, "action", plan->value[i] - act);
            if (plan->payment[i] < 0.0) deviation(w, s, phase, i, "payment", plan->value[i] - keep);
            if (phase == ENT_RPHASE_AGREEMENT && plan->transfer[i] < 0.0)
                deviation(w, s, phase, i, "transfer",
                          plan->value[i] - state->plan[ENT_RPHASE_DISAGREEMENT].value[i]);
        }
    }
}

static void compare(walk *w, const ent_json *node, double truth)
{
    ent_rat number = ENT_RAT_ZERO;
    if (ent_ledger_read(&w->c->claims, node, &number, NULL))
        small(w, node, relative(w, ent_rat_double(&number) - truth, fabs(truth)));
    ent_rat_release(&number);
}

/* A number without unit: compared as it is. */
static void compare_plain(walk *w, const ent_json *node, double truth)
{
    ent_rat number = ENT_RAT_ZERO;
    if (ent_ledger_read(&w->c->claims, node, &number, NULL))
        small(w, node, fabs(ent_rat_double(&number) - truth));
    ent_rat_release(&number);
}

static void check_report(walk *w)
{
    static const char *const known[] = {"checked", "least_loss", "worst", NULL}, *const place[] = {
                                                                                     "state",
                                                                                     "phase",
                                                                                     "player", "in",
                                                                                     NULL};
    ent_ledger *c = &w->c->claims;
    const ent_json *node = ent_ledger_member(c, w->c->solution, "deviations");
    ent_ledger_begin(c, w->c->scale);
    ent_ledger_only(c, node, known);
    ent_ledger_only(c, ent_json_get(node, "worst"), place);
    ent_ledger_int(c, ent_ledger_member(c, node, "checked"), w->checked);
    compare(w, ent_ledger_member(c, node, "least_loss"), w->least);
    if (node) small(w, node, relative(w, fmin(w->least, 0.0), 0.0));
    const ent_json *worst = ent_ledger_member(c, node, "worst");
    if (worst && !(relative(w, w->named - w->least, 0.0) <= AUTOMATON_TOLERANCE))
        ent_ledger_refuse(c, worst, "this is not the deviation that loses least");
    ent_ledger_end(c, "/solution/deviations", "%lld one-shot deviations recomputed: none pays",
                   (long long)w->checked);
    ent_ledger_begin(c, 1.0); /* a difference relative to the scale already */
    compare_plain(w, ent_ledger_member(c, w->c->solution, "value_error"), w->error);
    ent_ledger_end(c, "/solution/value_error", "the largest difference recomputed");
}

/* Good standing must be the contract: agreeing insiders get its level, and outsiders no more than
 * they can secure: their best-reply payoff now and their punishment later. `truth` is decided
 * exactly, `loose` with the tolerance, which is how an author who computes in doubles decides; a
 * document of this method does not say who its author was. */
static void check_contract(walk *w, const ent_union_truth *truth, const ent_union_truth *loose)
{
    const ent_rplan *plan = &w->a->state[0].plan[ENT_RPHASE_AGREEMENT];
    const double delta = w->c->model->discount;
    double level = 0.0;
    if (!plan->used) return;
    ent_ledger_begin(&w->c->claims, w->c->scale);
    for (int i = 0; i < w->a->n; i++) {
        const double secured =
            w->now * plan->reply[i] + delta * w->a->state[w->a->state_of[i]].value[i];
        if (ent_coal_has(w->c->rules.coalition, i)) level += plan->value[i];
        else small(w, plan->node, relative(w, plan->value[i] - secured, fabs(secured)));
    }
    const double strict = relative(w, level - truth->level_value, fabs(level));
    small(w, plan->node,
          loose->solved ? fmin(strict, relative(w, level - loose->level_value, fabs(level)))
                        : strict);
    ent_ledger_end(
        &w->c->claims, "/solution/plan/0",
        "good standing gives insiders the level of the contract, outsiders what they can secure");
}

static ent_status check_solved(ent_rcheck *c, const ent_union_truth *truth,
                               const ent_union_truth *loose)
{
    static const char *const solution[] = {"states", "plan",    "deviations", "value_error",
                                           "seed",   "periods", "histories",  NULL};
    static const char *const certificate[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_status st = ENT_OK;
    ent_rautomaton *a = NULL;
    ent_ledger_only(&c->claims, c->solution, solution);
    ent_ledger_only(&c->claims, c->certificate, certificate);
    ENT_TRY(ent_i_rautomaton_read(c, &a));
    if (!a) goto done;
    walk w = {
        .c = c, .a = a, .now = rest_of(&c->model->discount_exact), .least = INFINITY, .named = NAN};
    const ent_json *state = ent_json_get(c->solution, "states")->first;
    ent_ledger_begin(&c->claims, c->scale);
    for (int s = 0; s < a->states; s++, state = state->next) {
        check_state(&w, &a->state[s], state);
        check_deviations(&w, s);
    }
    ent_ledger_end(
        &c->claims, "/solution/plan",
        "values follow from transfers, plays, payments and next states; bargaining shares by weights");
    check_contract(&w, truth, loose);
    check_report(&w);
    ENT_TRY(ent_i_check_histories(c, a));
done:
    ent_i_rautomaton_free(a);
    return st;
}

ent_status ent_i_check_simulate(ent_rcheck *c)
{
    ent_status st = ENT_OK;
    ent_unions *exactly = NULL, *loosely = NULL;
    ent_maps *maps = NULL;
    const ent_union_truth *truth = NULL, *loose = NULL;
    ENT_TRY(ent_i_unions_new(c, &exactly));
    ENT_TRY(ent_i_union_of(exactly, c->model->coalition, NULL, &truth));
    ent_i_check_loosely(c);
    ENT_TRY(ent_i_unions_new(c, &loosely));
    ENT_TRY(ent_i_union_of(loosely, c->model->coalition, NULL, &loose));
    if (truth->solved != c->solved && loose->solved != c->solved) {
        ent_ledger_refuse(&c->claims, c->solution,
                          truth->solved ? "there is an equilibrium" : "there is no equilibrium");
    } else if (c->solved) {
        ENT_TRY(check_solved(c, truth->solved ? truth : loose, loose));
    } else {
        ENT_TRY(ent_i_maps_new(c->ctx, exactly->common, &c->rules, &maps));
        ent_i_check_none(c, maps);
    }
done:
    ent_i_maps_free(maps);
    ent_i_unions_free(exactly);
    ent_i_unions_free(loosely);
    return st;
}
