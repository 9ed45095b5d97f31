/** automaton.h - a contract as an automaton: one state of good standing, and one for each player
 * that can be punished.
 *
 * In every state a period goes: with the renegotiation probability the insiders agree (transfers,
 * then the on-path play), and if they failed to agree they would play the state's disagreement
 * play; without a negotiation the state's quiet play is played. Whoever deviates in the action or
 * payment phase is punished from the next period on; nobody deviating, good standing follows.
 * docs/relational.md, "The automaton".
 */
#ifndef ENT_AUTOMATON_H
#define ENT_AUTOMATON_H

#include "relational/solve.h"

typedef enum ent_phase { ENT_AGREEMENT, ENT_DISAGREEMENT, ENT_QUIET, ENT_PHASES } ent_phase;

/** ent_plan - what a state prescribes in one phase. */
typedef struct ent_plan {
    bool used;       /* quiet plans exist when renegotiation < 1, the two others when it is > 0 */
    const int *play; /* [n], or NULL; borrowed from the contract */
    const double *effort;
    /* [n] received in the transfer phase, sums to 0 over insiders; zero outside agreements */
    double *transfer;
    double *payment; /* [n] received in the payment phase, sums to at most 0 */
    double *reply;   /* [n] best-reply payoffs at the play */
    double *payoff;  /* [n] payoffs at the play */
    double *value;   /* [n] discounted value from the transfer phase on */
    /* [n] value = lowest + base + (1 - delta) rest: differences of values are divided by 1 -
       delta */
    double *base, *rest;
} ent_plan;

typedef struct ent_state {
    int punished; /* -1: good standing */
    /* [n] at the beginning of a period, before it is known whether there is a negotiation */
    double *value;
    double *base, *rest; /* [n] as in a plan */
    ent_plan plan[ENT_PHASES];
} ent_state;

/** ent_deviation - a one-shot deviation and what it loses (negative: it would pay). */
typedef struct ent_deviation {
    int state, player;
    ent_phase phase;
    /* in the payment phase, else in the action phase; transfer phase when in_transfer */
    bool in_payment;
    bool in_transfer;
    double loss;
} ent_deviation;

typedef struct ent_automaton {
    int n, states;
    ent_state *state;    /* [states]; state 0 is good standing */
    int *state_of;       /* [n] the state that punishes player i; 0 when i needs none */
    int64_t deviations;  /* checked */
    ent_deviation worst; /* the one that loses least */
    /* largest |value claimed - value of the recursion|, relative to the scale */
    double value_error;
    double *memory;
} ent_automaton;

/** ent_i_automaton_new - build it from a solved contract and check every one-shot deviation. Free
 * with ent_i_automaton_free; the contract must outlive it. */
ent_status ent_i_automaton_new(ent_ctx *ctx, const ent_relational *model,
                               const ent_contract *contract, const double *weight,
                               ent_automaton **out);
void ent_i_automaton_free(ent_automaton *automaton);

/** ent_i_play_payoffs - payoffs and best-reply payoffs of everybody at a play (indices or efforts,
 * the other NULL). */
void ent_i_play_payoffs(const ent_relational *model, const int *play, const double *effort,
                        double *payoff, double *reply);

#endif
