/* Histories of a `simulate` document, replayed: the random numbers are those that docs/results.md
 * prescribes. */
#include "verify/relational_automaton.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

/* Sums over the periods of a history round like sqrt(periods); far below what anybody could see. */
#define REPLAY_TOLERANCE 1e-9

enum { PERIODS_SHOWN = 8 };

typedef struct replay {
    ent_rcheck *c;
    const ent_rautomaton *a;
    ent_rng rng;
    int state, next, phase, deviator, where; /* where: 0 action, 1 payment, 2 transfer */
    int64_t deviations;
    double *payoff, *average, *reply, *effort; /* [n] */
    int *action;
} replay;

/* Who deviates where: an action always can be changed, a payment or a transfer only withheld by who
 * owes one. */
static void tremble(replay *r)
{
    const ent_rplan *plan = &r->a->state[r->state].plan[r->phase];
    if (ent_rng_uniform(&r->rng) >= r->c->trembles) return;
    r->deviator = (int)ent_rng_below(&r->rng, r->a->n);
    const int kind = (int)ent_rng_below(&r->rng, 3), i = r->deviator;
    if (kind == 2 && r->phase == ENT_RPHASE_AGREEMENT && plan->transfer[i] < 0.0) r->where = 2;
    if (kind == 1 && plan->payment[i] < 0.0) r->where = 1;
    r->deviations++;
}

/* Stage payoffs when the deviator replies best to the play: with the first of its best actions. */
static ent_status best_reply(replay *r, const ent_rplan *plan)
{
    ent_status st = ENT_OK;
    const ent_relational *m = r->c->model;
    const int n = r->a->n, i = r->deviator;
    int best = 0;
    double most = -INFINITY;
    if (!r->a->game) {
        memcpy(r->effort, plan->effort, (size_t)n * sizeof *r->effort);
        r->effort[i] = m->size.value[i] / (2.0 * m->cost.value[i]);
        return ent_i_rautomaton_payoffs(r->c, r->a, NULL, r->effort, r->payoff, r->reply);
    }
    memcpy(r->action, plan->action, (size_t)n * sizeof *r->action);
    for (int a = 0; a < m->actions[i]; a++) {
        r->action[i] = a;
        ENT_TRY(ent_i_rautomaton_payoffs(r->c, r->a, r->action, NULL, r->payoff, r->reply));
        if (!(r->payoff[i] > most)) continue;
        most = r->payoff[i];
        best = a;
    }
    r->action[i] = best;
    ENT_TRY(ent_i_rautomaton_payoffs(r->c, r->a, r->action, NULL, r->payoff, r->reply));
done:
    return st;
}

/* Transfers, stage payoffs and payments of one period. */
static ent_status play(replay *r)
{
    ent_status st = ENT_OK;
    const ent_rstate *state = &r->a->state[r->state];
    const ent_rplan *plan = &state->plan[r->phase];
    const int n = r->a->n, i = r->deviator;
    const bool refuses = i >= 0 && r->where == 2;
    double received = 0.0;
    r->next = 0;
    /* no transfers; then everybody obeys */
    if (refuses) plan = &state->plan[ENT_RPHASE_DISAGREEMENT];
    for (int j = 0; j < n; j++) r->payoff[j] = plan->payoff[j] + plan->payment[j];
    if (refuses) return ENT_OK;
    if (i >= 0 && r->where == 1) {
        /* What i does not pay is missing where it would have gone, in proportion. */
        for (int j = 0; j < n; j++) received += fmax(plan->payment[j], 0.0);
        for (int j = 0; j < n; j++)
            if (plan->payment[j] > 0.0)
                r->payoff[j] += plan->payment[i] * plan->payment[j] / received;
        r->payoff[i] = plan->payoff[i];
    } else if (i >= 0) {
        ENT_TRY(best_reply(r, plan));
    }
    for (int j = 0; j < n; j++) r->payoff[j] += plan->transfer[j];
    if (i >= 0) r->next = r->a->state_of[i];
done:
    return st;
}

static void check_row(replay *r, const ent_json *row, const double *truth)
{
    ent_rat number = ENT_RAT_ZERO;
    if (!row || !ent_i_check_players(r->c, row)) return;
    for (int i = 0; i < r->a->n; i++) {
        const ent_json *node = ent_json_get(row, r->c->model->player[i]);
        if (!ent_ledger_read(&r->c->claims, node, &number, NULL)) continue;
        const double size = fmax(r->c->claims.unit, fabs(truth[i]));
        ent_ledger_residual(&r->c->claims, node, fabs(ent_rat_double(&number) - truth[i]) / size,
                            REPLAY_TOLERANCE);
    }
    ent_rat_release(&number);
}

static void check_state_name(replay *r, const ent_json *node)
{
    if (!ent_ledger_kind(&r->c->claims, node, ENT_JSON_STRING)) return;
    if (ent_i_rautomaton_state(r->c, r->a, node->text) != r->state)
        ent_ledger_refuse(&r->c->claims, node, "another state is reached");
}

static void check_period(replay *r, const ent_json *node, int64_t t)
{
    static const char *const places[] = {"action", "payment", "transfer"};
    static const char *const kept[] = {"period", "state", "phase", "payoffs", NULL};
    static const char *const broken[] = {"period", "state",   "phase", "deviator",
                                         "in",     "payoffs", NULL};
    ent_ledger *c = &r->c->claims;
    if (!ent_ledger_kind(c, node, ENT_JSON_OBJECT)) return;
    ent_ledger_only(c, node, r->deviator >= 0 ? broken : kept);
    ent_ledger_int(c, ent_ledger_member(c, node, "period"), t + 1);
    check_state_name(r, ent_ledger_member(c, node, "state"));
    ent_ledger_text(c, ent_ledger_member(c, node, "phase"), ent_i_rphase_name(r->phase));
    if (r->deviator >= 0) {
        ent_ledger_text(c, ent_ledger_member(c, node, "deviator"),
                        r->c->model->player[r->deviator]);
        ent_ledger_text(c, ent_ledger_member(c, node, "in"), places[r->where]);
    }
    check_row(r, ent_ledger_member(c, node, "payoffs"), r->payoff);
}

static ent_status check_history(replay *r, const ent_json *node, int64_t history)
{
    static const char *const known[] = {"history", "first_periods", "deviations",
                                        "average", "claimed",       NULL};
    ent_status st = ENT_OK;
    const ent_relational *m = r->c->model;
    ent_ledger *c = &r->c->claims;
    double discounting = 1.0;
    if (!ent_ledger_kind(c, node, ENT_JSON_OBJECT)) return ENT_OK;
    ent_ledger_only(c, node, known);
    ent_ledger_int(c, ent_ledger_member(c, node, "history"), history + 1);
    const ent_json *periods = ent_ledger_member(c, node, "first_periods"), *at = NULL;
    if (ent_ledger_kind(c, periods, ENT_JSON_ARRAY)) at = periods->first;
    const int64_t shown = r->c->periods < PERIODS_SHOWN ? r->c->periods : PERIODS_SHOWN;
    if (periods && periods->count != (uint64_t)shown)
        ent_ledger_refuse(c, periods, "wanted %lld periods", (long long)shown);
    r->rng = ent_rng_stream((uint64_t)r->c->seed, (uint64_t)history, 1);
    r->next = 0;
    r->deviations = 0;
    memset(r->average, 0, (size_t)r->a->n * sizeof *r->average);
    for (int64_t t = 0; t < r->c->periods; t++) {
        r->state = r->next;
        r->phase =
            ent_rng_uniform(&r->rng) < m->renegotiation ? ENT_RPHASE_AGREEMENT : ENT_RPHASE_QUIET;
        r->deviator = -1;
        r->where = 0;
        if (history > 0) tremble(r);
        ENT_TRY(play(r));
        for (int i = 0; i < r->a->n; i++)
            r->average[i] += discounting * (1.0 - m->discount) * r->payoff[i];
        discounting *= m->discount;
        if (at) check_period(r, at, t);
        at = at ? at->next : NULL;
    }
    for (int i = 0; i < r->a->n; i++) r->average[i] += discounting * r->a->state[r->next].value[i];
    ent_ledger_int(c, ent_ledger_member(c, node, "deviations"), r->deviations);
    check_row(r, ent_ledger_member(c, node, "average"), r->average);
    check_row(r, ent_ledger_member(c, node, "claimed"), r->a->state[0].value);
done:
    return st;
}

ent_status ent_i_check_histories(ent_rcheck *c, const ent_rautomaton *automaton)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    const int n = automaton->n;
    replay r = {.c = c, .a = automaton};
    int64_t history = 0;
    ENT_SCRATCH(c->ctx, r.payoff, 4 * n);
    ENT_SCRATCH(c->ctx, r.action, n);
    r.average = r.payoff + n;
    r.reply = r.payoff + 2 * n;
    r.effort = r.payoff + 3 * n;
    ent_ledger_begin(&c->claims, c->scale);
    ent_ledger_int(&c->claims, ent_ledger_member(&c->claims, c->solution, "seed"), c->seed);
    ent_ledger_int(&c->claims, ent_ledger_member(&c->claims, c->solution, "periods"), c->periods);
    const ent_json *list = ent_ledger_member(&c->claims, c->solution, "histories");
    if (ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) {
        if (list->count != (uint64_t)c->histories)
            ent_ledger_refuse(&c->claims, list, "wanted %lld histories", (long long)c->histories);
        for (const ent_json *at = list->first; at && history < c->histories; at = at->next)
            ENT_TRY(check_history(&r, at, history++));
    }
    ent_ledger_end(&c->claims, "/solution/histories/*", "replayed with the same random numbers");
done:
    ent_scratch_reset(c->ctx, mark);
    return st;
}
