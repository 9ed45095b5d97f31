/* The method `simulate`: the contract as an automaton that is played. What is claimed to be an
 * equilibrium is played and found to be one; histories with deviations show what happens to whoever
 * does not keep its word. */
#include "relational/automaton.h"

#include "base/ctx.h"
#include "base/rng.h"

#include <math.h>

static const char *const phase_names[ENT_PHASES] = {"agreement", "disagreement", "no negotiation"};

typedef struct simulation {
    ent_writer *w;
    const ent_relational *m;
    const ent_relational_settings *s;
    const ent_automaton *a;
} simulation;

static void write_reals(ent_writer *w, const char *key, const ent_relational *m,
                        const double *value)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < m->n; i++) ent_write_real(w, m->player[i], value[i]);
    ent_write_end(w);
}

/* "good standing" or "punish NAME" as a member. */
static ent_status write_state_name(ent_ctx *ctx, const simulation *o, const char *key, int s)
{
    const int i = o->a->state[s].punished;
    ent_text name;
    ent_text_init(ctx, &name);
    if (i < 0) ent_text_puts(&name, "good standing");
    else ent_text_printf(&name, "punish %s", o->m->player[i]);
    const ent_status st = name.status;
    if (st == ENT_OK) ent_write_string(o->w, key, name.data);
    ent_text_release(&name);
    return st;
}

static ent_status write_states(ent_ctx *ctx, const simulation *o)
{
    ent_status st = ENT_OK;
    ent_write_array(o->w, "states", false);
    for (int s = 0; s < o->a->states; s++) {
        ent_write_object(o->w, NULL, true);
        ENT_TRY(write_state_name(ctx, o, "name", s));
        write_reals(o->w, "values", o->m, o->a->state[s].value);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
done:
    return st;
}

static ent_status write_plans(ent_ctx *ctx, const simulation *o)
{
    ent_status st = ENT_OK;
    ent_write_array(o->w, "plan", false);
    for (int s = 0; s < o->a->states; s++)
        for (int phase = 0; phase < ENT_PHASES; phase++) {
            const ent_plan *plan = &o->a->state[s].plan[phase];
            if (!plan->used) continue;
            ent_write_object(o->w, NULL, false);
            ENT_TRY(write_state_name(ctx, o, "state", s));
            ent_write_string(o->w, "phase", phase_names[phase]);
            write_reals(o->w, "transfers", o->m, plan->transfer);
            if (plan->effort) ent_i_write_effort(o->w, "play", o->m, plan->effort, NULL);
            else ent_i_write_play(o->w, "play", o->m, plan->play);
            write_reals(o->w, "payments", o->m, plan->payment);
            write_reals(o->w, "values", o->m, plan->value);
            ENT_TRY(write_state_name(ctx, o, "next", 0));
            ent_write_end(o->w);
        }
    ent_write_end(o->w);
done:
    return st;
}

static const char *where(const ent_deviation *d)
{
    return d->in_transfer ? "transfer" : d->in_payment ? "payment" : "action";
}

static ent_status write_deviations(ent_ctx *ctx, const simulation *o)
{
    ent_status st = ENT_OK;
    const ent_deviation *worst = &o->a->worst;
    ent_write_object(o->w, "deviations", false);
    ent_write_int(o->w, "checked", o->a->deviations);
    ent_write_real(o->w, "least_loss", worst->loss);
    ent_write_object(o->w, "worst", true);
    ENT_TRY(write_state_name(ctx, o, "state", worst->state));
    ent_write_string(o->w, "phase", phase_names[worst->phase]);
    ent_write_string(o->w, "player", o->m->player[worst->player]);
    ent_write_string(o->w, "in", where(worst));
    ent_write_end(o->w);
    ent_write_end(o->w);
    ent_write_real(o->w, "value_error", o->a->value_error);
done:
    return st;
}

/* One period of a history. */
typedef struct period {
    int state, next;
    ent_phase phase;
    int deviator; /* -1: everybody keeps its word */
    ent_deviation how;
    double payoff[ENT_PLAYERS_MAX]; /* transfers, stage payoffs and payments of the period */
} period;

/* Everybody's stage payoffs when one player replies best to the plan. Others keep to the play. */
static void payoffs_against(const simulation *o, const ent_plan *plan, int deviator, double *payoff)
{
    const ent_relational *m = o->m;
    int play[ENT_PLAYERS_MAX];
    double effort[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    for (int i = 0; i < m->n; i++) {
        if (plan->effort) effort[i] = plan->effort[i];
        else play[i] = plan->play[i];
    }
    if (plan->effort) {
        effort[deviator] = m->size.value[deviator] / (2.0 * m->cost.value[deviator]);
        ent_i_play_payoffs(m, NULL, effort, payoff, reply);
        return;
    }
    int best = 0;
    double most = -INFINITY;
    for (int a = 0; a < m->actions[deviator]; a++) {
        play[deviator] = a;
        ent_i_play_payoffs(m, play, NULL, payoff, reply);
        if (!(payoff[deviator] > most)) continue;
        most = payoff[deviator];
        best = a;
    }
    play[deviator] = best;
    ent_i_play_payoffs(m, play, NULL, payoff, reply);
}

/* Decides who deviates where: an action always can be changed, a payment or transfer only withheld
 * by who owes one. */
static void tremble(const simulation *o, ent_rng *rng, period *p)
{
    const ent_plan *plan = &o->a->state[p->state].plan[p->phase];
    p->deviator = -1;
    if (ent_rng_uniform(rng) >= o->s->trembles) return;
    p->deviator = (int)ent_rng_below(rng, o->m->n);
    const int kind = (int)ent_rng_below(rng, 3), i = p->deviator;
    p->how = (ent_deviation){.state = p->state, .player = i, .phase = p->phase};
    p->how.in_transfer = kind == 2 && p->phase == ENT_AGREEMENT && plan->transfer[i] < 0.0;
    p->how.in_payment = kind == 1 && plan->payment[i] < 0.0;
}

static void play_period(const simulation *o, period *p)
{
    const ent_state *state = &o->a->state[p->state];
    const ent_plan *plan = &state->plan[p->phase];
    const int n = o->m->n, i = p->deviator;
    p->next = 0;
    /* no transfers; then everybody obeys */
    if (i >= 0 && p->how.in_transfer) plan = &state->plan[ENT_DISAGREEMENT];
    for (int j = 0; j < n; j++) p->payoff[j] = plan->payoff[j] + plan->payment[j];
    if (i >= 0 && p->how.in_transfer) return;
    if (i >= 0 && p->how.in_payment) {
        /* What i does not pay is missing where it would have gone: shared by those who would have
         * received. */
        double received = 0.0;
        for (int j = 0; j < n; j++) received += fmax(plan->payment[j], 0.0);
        for (int j = 0; j < n; j++)
            if (plan->payment[j] > 0.0)
                p->payoff[j] += plan->payment[i] * plan->payment[j] / received;
        p->payoff[i] = plan->payoff[i];
    } else if (i >= 0) {
        payoffs_against(o, plan, i, p->payoff);
    }
    for (int j = 0; j < n; j++) p->payoff[j] += plan->transfer[j];
    if (i >= 0) p->next = o->a->state_of[i];
}

static ent_status write_period(ent_ctx *ctx, const simulation *o, int64_t t, const period *p)
{
    ent_status st = ENT_OK;
    ent_write_object(o->w, NULL, true);
    ent_write_int(o->w, "period", t + 1);
    ENT_TRY(write_state_name(ctx, o, "state", p->state));
    ent_write_string(o->w, "phase", phase_names[p->phase]);
    if (p->deviator >= 0) {
        ent_write_string(o->w, "deviator", o->m->player[p->deviator]);
        ent_write_string(o->w, "in", where(&p->how));
    }
    write_reals(o->w, "payoffs", o->m, p->payoff);
    ent_write_end(o->w);
done:
    return st;
}

enum { PERIODS_SHOWN = 8 };

static ent_status play_history(ent_ctx *ctx, const simulation *o, int64_t history)
{
    ent_status st = ENT_OK;
    ent_rng rng = ent_rng_stream((uint64_t)o->s->seed, (uint64_t)history, 1);
    double average[ENT_PLAYERS_MAX] = {0}, discounting = 1.0;
    const double delta = o->m->discount;
    int64_t deviations = 0;
    period p = {.next = 0};
    ent_write_object(o->w, NULL, false);
    ent_write_int(o->w, "history", history + 1);
    ent_write_array(o->w, "first_periods", false);
    for (int64_t t = 0; t < o->s->periods; t++) {
        p.state = p.next;
        p.phase = ent_rng_uniform(&rng) < o->m->renegotiation ? ENT_AGREEMENT : ENT_QUIET;
        p.deviator = -1;
        if (history > 0) tremble(o, &rng, &p);
        if (p.deviator >= 0) deviations++;
        play_period(o, &p);
        for (int i = 0; i < o->m->n; i++) average[i] += discounting * (1.0 - delta) * p.payoff[i];
        discounting *= delta;
        if (t < PERIODS_SHOWN) ENT_TRY(write_period(ctx, o, t, &p));
        if (t % 4096 == 0) ENT_CHECK_CANCEL(ctx);
    }
    ent_write_end(o->w);
    for (int i = 0; i < o->m->n; i++) average[i] += discounting * o->a->state[p.next].value[i];
    ent_write_int(o->w, "deviations", deviations);
    write_reals(o->w, "average", o->m, average);
    write_reals(o->w, "claimed", o->m, o->a->state[0].value);
    ent_write_end(o->w);
done:
    return st;
}

static ent_status write_simulation(ent_ctx *ctx, const simulation *o)
{
    ent_status st = ENT_OK;
    ENT_TRY(write_states(ctx, o));
    ENT_TRY(write_plans(ctx, o));
    ENT_TRY(write_deviations(ctx, o));
    ent_write_int(o->w, "seed", o->s->seed);
    ent_write_int(o->w, "periods", o->s->periods);
    ent_write_array(o->w, "histories", false);
    for (int64_t h = 0; h < o->s->histories; h++) ENT_TRY(play_history(ctx, o, h));
    ent_write_end(o->w);
done:
    return st;
}

ent_status ent_i_simulate_method(ent_ctx *ctx, const void *model, const void *settings,
                                 ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    ent_contract contract = {0};
    ent_contract_exact *exact = NULL;
    ent_automaton *automaton = NULL;
    double weight[ENT_PLAYERS_MAX];
    ENT_TRY(ent_i_contract_of_model(ctx, m, settings, &contract, &exact));
    if (contract.outcome != ENT_SOLVED) {
        /* the evidence is that of the contract */
        ENT_TRY(ent_i_contractual_solve(ctx, model, settings, out));
        goto done;
    }
    if (((const ent_relational_settings *)settings)->literal_ties && contract.tie_spread > 0.0)
        ENT_FAIL(
            ctx, ENT_E_ARG,
            "simulate plays the first of several tied plays and cannot reward outsiders by selecting among them: --set literal_ties=0");
    ent_write_real(out->certificate, "scale", ent_i_scale(m));
    out->outcome = ENT_SOLVED;
    ENT_TRY(ent_i_model_weights(ctx, m, m->coalition, weight));
    ENT_TRY(ent_i_automaton_new(ctx, m, &contract, weight, &automaton));
    const simulation o = {.w = out->solution, .m = m, .s = settings, .a = automaton};
    ENT_TRY(write_simulation(ctx, &o));
done:
    ent_i_automaton_free(automaton);
    ent_i_lift_free(exact);
    ent_contract_release(&contract);
    return st;
}
