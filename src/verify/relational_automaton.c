#include "verify/relational_automaton.h"

#include <string.h>

static const char good[] = "good standing", punish[] = "punish ";

const char *ent_i_rphase_name(int phase)
{
    static const char *const names[] = {"agreement", "disagreement", "no negotiation"};
    return names[phase];
}

void ent_i_rautomaton_free(ent_rautomaton *a)
{
    if (!a) return;
    ent_i_game_free(a->game);
    ent_free(a->state);
    ent_free(a->state_of);
    ent_free(a->numbers);
    ent_free(a->actions);
    ent_free(a);
}

int ent_i_rautomaton_state(const ent_rcheck *c, const ent_rautomaton *a, const char *name)
{
    const size_t len = strlen(punish);
    if (strcmp(name, good) == 0) return 0;
    if (strncmp(name, punish, len) != 0) return -1;
    const int i = ent_i_name_find(c->model->n, c->model->player, name + len);
    return i >= 0 && a->state_of[i] > 0 ? a->state_of[i] : -1;
}

/* Memory for so many states: per state one row of numbers, per plan five and the efforts. */
static ent_status automaton_new(ent_rcheck *c, int states, ent_rautomaton **out)
{
    ent_status st = ENT_OK;
    const int n = c->model->n;
    ent_rautomaton *a = NULL;
    ENT_ALLOC(c->ctx, a, 1);
    a->n = n;
    a->states = states;
    ENT_ALLOC(c->ctx, a->state, states);
    ENT_ALLOC(c->ctx, a->state_of, n);
    ENT_ALLOC(c->ctx, a->numbers, (size_t)states * (size_t)n * (1 + 6 * ENT_RPHASES));
    ENT_ALLOC(c->ctx, a->actions, (size_t)states * (size_t)n * ENT_RPHASES);
    double *number = a->numbers;
    int *action = a->actions;
    for (int s = 0; s < states; s++) {
        a->state[s].value = number;
        number += n;
        for (int phase = 0; phase < ENT_RPHASES; phase++) {
            ent_rplan *plan = &a->state[s].plan[phase];
            double **const rows[] = {&plan->transfer, &plan->payment, &plan->value,
                                     &plan->payoff,   &plan->reply,   &plan->effort};
            for (int k = 0; k < 6; k++, number += n) *rows[k] = number;
            plan->action = action;
            action += n;
        }
    }
    if (c->model->stage != ENT_STAGE_PUBLIC_GOOD)
        ENT_TRY(ent_i_game_new(c->ctx, c->model, &a->game));
    *out = a;
    a = NULL;
done:
    ent_i_rautomaton_free(a);
    return st;
}

/* {NAME: number} for every player. */
static bool read_row(ent_rcheck *c, const ent_json *node, double *row)
{
    ent_rat number = ENT_RAT_ZERO;
    bool read = node && ent_i_check_players(c, node);
    for (int i = 0; i < c->model->n && read; i++) {
        read = ent_ledger_read(&c->claims, ent_json_get(node, c->model->player[i]), &number, NULL);
        row[i] = ent_rat_double(&number);
    }
    ent_rat_release(&number);
    return read;
}

/* The states, in the order: good standing, then players in model order. */
static bool read_states(ent_rcheck *c, ent_rautomaton *a, const ent_json *list)
{
    static const char *const known[] = {"name", "values", NULL};
    const size_t len = strlen(punish);
    int last = -1, s = 0;
    for (const ent_json *at = list->first; at; at = at->next, s++) {
        const ent_json *name = ent_ledger_member(&c->claims, at, "name");
        if (!ent_ledger_kind(&c->claims, name, ENT_JSON_STRING)) return false;
        ent_ledger_only(&c->claims, at, known);
        int i = -1;
        if (s && strncmp(name->text, punish, len) == 0)
            i = ent_i_name_find(c->model->n, c->model->player, name->text + len);
        if (s ? i <= last : strcmp(name->text, good) != 0) {
            ent_ledger_refuse(&c->claims, name,
                              "wanted \"%s\" first, then \"%sNAME\" in the order of the players",
                              good, punish);
            return false;
        }
        last = i;
        a->state[s].punished = i;
        if (s) a->state_of[i] = s;
        if (!read_row(c, ent_ledger_member(&c->claims, at, "values"), a->state[s].value))
            return false;
    }
    return true;
}

static bool read_play(ent_rcheck *c, const ent_json *node, ent_rplan *plan)
{
    return c->model->stage == ENT_STAGE_PUBLIC_GOOD ? read_row(c, node, plan->effort)
                                                    : ent_i_check_play(c, node, plan->action);
}

ent_status ent_i_rautomaton_payoffs(const ent_rcheck *c, const ent_rautomaton *a, const int *action,
                                    const double *effort, double *payoff, double *reply)
{
    ent_status st = ENT_OK;
    const ent_relational *m = c->model;
    ent_play_truth play = {0};
    double sum = 0.0;
    if (a->game) {
        ENT_TRY(ent_i_play_truth_new(c->ctx, a->n, &play));
        ent_i_game_play(a->game, c->rules.coalition, action, &play);
        for (int i = 0; i < a->n; i++) {
            payoff[i] = ent_rat_double(&play.payoff[i]);
            reply[i] = ent_rat_double(&play.reply[i]);
        }
        goto done;
    }
    for (int j = 0; j < a->n; j++) sum += m->size.value[j] * effort[j];
    for (int i = 0; i < a->n; i++) {
        const double size = m->size.value[i], cost = m->cost.value[i], best = size / (2.0 * cost);
        payoff[i] = size * sum - cost * size * effort[i] * effort[i];
        reply[i] = size * (sum + size * (best - effort[i])) - cost * size * best * best;
    }
done:
    ent_i_play_truth_release(a->n, &play);
    return st;
}

/* One plan at its place: the document lists states in order, and of each the phases in order. */
static bool read_plan(ent_rcheck *c, ent_rautomaton *a, int s, int phase, const ent_json *node)
{
    static const char *const known[] = {"state",    "phase",  "transfers", "play",
                                        "payments", "values", "next",      NULL};
    ent_rplan *plan = &a->state[s].plan[phase];
    const int n = c->claims.n;
    ent_ledger_only(&c->claims, node, known);
    const ent_json *state = ent_ledger_member(&c->claims, node, "state");
    if (!ent_ledger_kind(&c->claims, state, ENT_JSON_STRING)) return false;
    if (ent_i_rautomaton_state(c, a, state->text) != s) {
        ent_ledger_refuse(&c->claims, state, "wanted the plans of state number %d here", s + 1);
        return false;
    }
    ent_ledger_text(&c->claims, ent_ledger_member(&c->claims, node, "phase"),
                    ent_i_rphase_name(phase));
    ent_ledger_text(&c->claims, ent_ledger_member(&c->claims, node, "next"), good);
    plan->used = true;
    plan->node = node;
    c->claims.n = n;
    return read_row(c, ent_ledger_member(&c->claims, node, "transfers"), plan->transfer) &&
           read_row(c, ent_ledger_member(&c->claims, node, "payments"), plan->payment) &&
           read_row(c, ent_ledger_member(&c->claims, node, "values"), plan->value) &&
           read_play(c, ent_ledger_member(&c->claims, node, "play"), plan);
}

static ent_status read_plans(ent_rcheck *c, ent_rautomaton *a, const ent_json *list, bool *read)
{
    ent_status st = ENT_OK;
    const double rho = c->model->renegotiation;
    const bool used[] = {rho > 0.0, rho > 0.0, rho < 1.0};
    const ent_json *at = list->first;
    for (int s = 0; s < a->states && *read; s++)
        for (int phase = 0; phase < ENT_RPHASES && *read; phase++) {
            if (!used[phase]) continue;
            *read = at && ent_ledger_kind(&c->claims, at, ENT_JSON_OBJECT) &&
                    read_plan(c, a, s, phase, at);
            if (!*read) break;
            ent_rplan *plan = &a->state[s].plan[phase];
            ENT_TRY(ent_i_rautomaton_payoffs(c, a, plan->action, plan->effort, plan->payoff,
                                             plan->reply));
            at = at->next;
        }
    if (*read && at) ent_ledger_refuse(&c->claims, at, "wanted one plan a state and phase");
    if (at && *read) *read = false;
    if (!*read && !c->claims.refused)
        ent_ledger_refuse(&c->claims, list, "wanted one plan a state and phase");
done:
    return st;
}

ent_status ent_i_rautomaton_read(ent_rcheck *c, ent_rautomaton **out)
{
    ent_status st = ENT_OK;
    ent_rautomaton *a = NULL;
    const ent_json *states = ent_ledger_member(&c->claims, c->solution, "states");
    const ent_json *plans = ent_ledger_member(&c->claims, c->solution, "plan");
    *out = NULL;
    if (!ent_ledger_kind(&c->claims, states, ENT_JSON_ARRAY) ||
        !ent_ledger_kind(&c->claims, plans, ENT_JSON_ARRAY))
        return ENT_OK;
    if (states->count < 1 || states->count > (uint32_t)c->model->n + 1) {
        ent_ledger_refuse(&c->claims, states,
                          "wanted good standing and at most one state a player");
        return ENT_OK;
    }
    ENT_TRY(automaton_new(c, (int)states->count, &a));
    bool read = read_states(c, a, states);
    if (read) ENT_TRY(read_plans(c, a, plans, &read));
    if (!read) goto done;
    *out = a;
    a = NULL;
done:
    ent_i_rautomaton_free(a);
    return st;
}
