#include "relational/automaton.h"

#include <math.h>
#include <string.h>

/* Notation of the theory: l_i(a) = (1 - delta) reply_i(a) + delta lowest_i is the least that
 * enforcement of a leaves to i; what remains, delta span - (1 - delta) gains(a), is the slack that
 * a plan may hand out. */
typedef struct build {
    const ent_relational *m;
    const ent_contract *c;
    const double *weight;
    ent_automaton *a;
    double now;   /* 1 - delta */
    double *next; /* free reals for arrays of n */
} build;

static double *reals(build *b)
{
    double *here = b->next;
    b->next += b->c->n;
    return here;
}

/* 1 - delta, from the fraction where the model has it: of a double near 1 too little would be left
 * to divide by. */
static double now(const build *b)
{
    ent_rat rest = ENT_RAT_ZERO;
    double left = 1.0 - b->m->discount;
    if (ent_lift_known(&b->m->discount_exact)) {
        ent_rat_set_int(&rest, 1);
        ent_rat_sub(&rest, &rest, &b->m->discount_exact);
        left = ent_rat_double(&rest);
    }
    ent_rat_release(&rest);
    return left;
}

static bool insider(const build *b, int i) { return ent_coal_has(b->m->coalition, i); }

/* Who receives the slack of a plan: the insiders except the punished one; when there is none,
 * everybody but the punished; when there is nobody else, it is thrown away. */
static int receivers(const build *b, int punished, bool *receives)
{
    int count = 0;
    for (int pass = 0; pass < 2 && count == 0; pass++)
        for (int i = 0; i < b->c->n; i++) {
            receives[i] = i != punished && (insider(b, i) || pass == 1);
            if (receives[i]) count++;
        }
    return count;
}

static void set_value(const build *b, double *value, const double *base, const double *rest)
{
    for (int i = 0; i < b->c->n; i++) value[i] = b->c->lowest[i] + base[i] + b->now * rest[i];
}

/* Fixes play, payoffs and values of a plan: everybody at l_i, the slack shared equally among the
 * receivers. */
static void open_plan(build *b, ent_plan *plan, const int *play, const double *effort, int punished)
{
    const int n = b->c->n;
    bool receives[ENT_PLAYERS_MAX];
    *plan = (ent_plan){.used = true,
                       .play = play,
                       .effort = effort,
                       .transfer = reals(b),
                       .payment = reals(b),
                       .reply = reals(b),
                       .payoff = reals(b),
                       .value = reals(b),
                       .base = reals(b),
                       .rest = reals(b)};
    ent_i_play_payoffs(b->m, play, effort, plan->payoff, plan->reply);
    const int count = receivers(b, punished, receives);
    const double most = b->m->discount * b->c->span;
    double gains = 0.0;
    for (int i = 0; i < n; i++) gains += plan->reply[i] - plan->payoff[i];
    const bool slack = most - b->now * gains > 0.0; /* else rounding at a binding constraint */
    for (int i = 0; i < n; i++) {
        plan->transfer[i] = 0.0;
        plan->base[i] = slack && receives[i] ? most / count : 0.0;
        plan->rest[i] =
            plan->reply[i] - b->c->lowest[i] - (slack && receives[i] ? gains / count : 0.0);
    }
    set_value(b, plan->value, plan->base, plan->rest);
}

/* Payments that make the plan's values come true when good standing follows: (value - delta good) /
 * (1 - delta), less what the plan brings otherwise. */
static void close_plan(const build *b, ent_plan *plan)
{
    const double delta = b->m->discount, kappa = delta / b->now;
    const ent_state *good = &b->a->state[0];
    for (int i = 0; i < b->c->n; i++) {
        const double ahead =
            kappa * (plan->base[i] - good->base[i]) + delta * (plan->rest[i] - good->rest[i]);
        plan->payment[i] = plan->value[i] + ahead - plan->transfer[i] - plan->payoff[i];
    }
}

static const int *row(const int *table, int i, int n)
{
    return table ? table + (size_t)i * (size_t)n : NULL;
}

static const double *effort_row(const double *table, int i, int n)
{
    return table ? table + (size_t)i * (size_t)n : NULL;
}

static void open_state(build *b, ent_state *state)
{
    state->value = reals(b);
    state->base = reals(b);
    state->rest = reals(b);
}

static void open_good(build *b)
{
    const ent_contract *c = b->c;
    ent_state *good = &b->a->state[0];
    const double rho = b->m->renegotiation;
    good->punished = -1;
    open_state(b, good);
    if (rho > 0.0) open_plan(b, &good->plan[ENT_AGREEMENT], c->play, c->effort, -1);
    if (rho > 0.0) open_plan(b, &good->plan[ENT_DISAGREEMENT], c->play, c->effort, -1);
    if (rho < 1.0) open_plan(b, &good->plan[ENT_QUIET], c->extortion_play, c->extortion_effort, -1);
}

/* Weighted Nash bargaining: everybody's disagreement value and a share of the surplus, delivered by
 * transfers before the on-path play of good standing, [MW25] Section 4. */
static void bargain(build *b, ent_state *state)
{
    const ent_plan *disagreement = &state->plan[ENT_DISAGREEMENT],
                   *path = &b->a->state[0].plan[ENT_AGREEMENT];
    ent_plan *agreement = &state->plan[ENT_AGREEMENT];
    double base = 0.0, rest = 0.0; /* the surplus */
    open_plan(b, agreement, b->c->play, b->c->effort, -1);
    for (int i = 0; i < b->c->n; i++) {
        if (!insider(b, i)) continue;
        base += path->base[i] - disagreement->base[i];
        rest += path->rest[i] - disagreement->rest[i];
    }
    for (int i = 0; i < b->c->n; i++) {
        if (!insider(b, i)) continue;
        agreement->base[i] = disagreement->base[i] + b->weight[i] * base;
        agreement->rest[i] = disagreement->rest[i] + b->weight[i] * rest;
        agreement->transfer[i] =
            (agreement->base[i] - path->base[i]) / b->now + agreement->rest[i] - path->rest[i];
    }
    set_value(b, agreement->value, agreement->base, agreement->rest);
}

static void open_punishment(build *b, ent_state *state, int i)
{
    const ent_contract *c = b->c;
    const double rho = b->m->renegotiation;
    const int n = c->n;
    state->punished = i;
    open_state(b, state);
    if (rho > 0.0) {
        const bool bargained = insider(b, i);
        open_plan(b, &state->plan[ENT_DISAGREEMENT], bargained ? row(c->punishment, i, n) : c->play,
                  bargained ? effort_row(c->punishment_effort, i, n) : c->effort,
                  bargained ? i : -1);
        bargain(b, state);
    }
    if (rho < 1.0)
        open_plan(b, &state->plan[ENT_QUIET], row(c->quiet_punishment, i, n),
                  effort_row(c->quiet_punishment_effort, i, n), i);
}

/* A state's value: what its phases are worth, by their probabilities. */
static void value_state(const build *b, ent_state *state)
{
    const double rho = b->m->renegotiation;
    const ent_plan *yes = &state->plan[ENT_AGREEMENT], *no = &state->plan[ENT_QUIET];
    if (!yes->used) yes = no;
    if (!no->used) no = yes;
    for (int i = 0; i < b->c->n; i++) {
        state->base[i] = no->base[i] + rho * (yes->base[i] - no->base[i]);
        state->rest[i] = no->rest[i] + rho * (yes->rest[i] - no->rest[i]);
    }
    set_value(b, state->value, state->base, state->rest);
}

static void note(ent_automaton *a, int state, int player, ent_phase phase, int where, double loss)
{
    if (a->deviations == 0 || loss < a->worst.loss)
        a->worst = (ent_deviation){.state = state,
                                   .player = player,
                                   .phase = phase,
                                   .in_payment = where == 1,
                                   .in_transfer = where == 2,
                                   .loss = loss};
    a->deviations++;
}

/* All one-shot deviations of one plan: not transferring, another action, not paying. After the
 * first the disagreement play is played; after the others the deviator is punished from the next
 * period on, and nothing is paid in this one. */
static void check_plan(const build *b, int s, ent_phase phase)
{
    ent_automaton *a = b->a;
    const ent_plan *plan = &a->state[s].plan[phase];
    const double delta = b->m->discount;
    if (!plan->used) return;
    for (int i = 0; i < b->c->n; i++) {
        const double punished = a->state[a->state_of[i]].value[i];
        const double value = plan->value[i] - b->now * plan->transfer[i];
        note(a, s, i, phase, 0, value - b->now * plan->reply[i] - delta * punished);
        if (plan->payment[i] < 0.0)
            note(a, s, i, phase, 1,
                 b->now * plan->payment[i] + delta * (a->state[0].value[i] - punished));
        if (phase == ENT_AGREEMENT && plan->transfer[i] < 0.0)
            note(a, s, i, phase, 2, plan->value[i] - a->state[s].plan[ENT_DISAGREEMENT].value[i]);
    }
}

static void check_automaton(const build *b)
{
    ent_automaton *a = b->a;
    const double scale = fmax(ent_i_scale(b->m), 1e-300);
    for (int s = 0; s < a->states; s++)
        for (int phase = 0; phase < ENT_PHASES; phase++) check_plan(b, s, (ent_phase)phase);
    for (int s = 1; s < a->states; s++) {
        const int i = a->state[s].punished;
        a->value_error = fmax(a->value_error, fabs(a->state[s].value[i] - b->c->lowest[i]) / scale);
    }
    double joint = 0.0;
    for (int i = 0; i < b->c->n; i++) joint += a->state[0].value[i];
    a->value_error = fmax(a->value_error, fabs(joint - b->c->joint) / scale);
}

ent_status ent_i_automaton_new(ent_ctx *ctx, const ent_relational *model,
                               const ent_contract *contract, const double *weight,
                               ent_automaton **out)
{
    ent_status st = ENT_OK;
    ent_automaton *a = NULL;
    const int n = contract->n;
    ENT_ALLOC(ctx, a, 1);
    a->n = n;
    ENT_ALLOC(ctx, a->state, n + 1);
    ENT_ALLOC(ctx, a->state_of, n);
    ENT_ALLOC(ctx, a->memory, (size_t)(n + 1) * (size_t)n * (3 + 7 * ENT_PHASES));
    build b = {.m = model, .c = contract, .weight = weight, .a = a, .next = a->memory};
    b.now = now(&b);
    open_good(&b);
    a->states = 1;
    for (int i = 0; i < n; i++) {
        /* With a negotiation every period an outsider's value is the same after every history: it
         * needs no state. */
        if (!insider(&b, i) && model->renegotiation >= 1.0) continue;
        a->state_of[i] = a->states;
        open_punishment(&b, &a->state[a->states++], i);
    }
    for (int s = 0; s < a->states; s++) value_state(&b, &a->state[s]);
    for (int s = 0; s < a->states; s++)
        for (int phase = 0; phase < ENT_PHASES; phase++)
            if (a->state[s].plan[phase].used) close_plan(&b, &a->state[s].plan[phase]);
    check_automaton(&b);
    *out = a;
    a = NULL;
done:
    ent_i_automaton_free(a);
    return st;
}

void ent_i_automaton_free(ent_automaton *a)
{
    if (!a) return;
    ent_free(a->memory);
    ent_free(a->state_of);
    ent_free(a->state);
    ent_free(a);
}
