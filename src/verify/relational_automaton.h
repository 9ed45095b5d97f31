/** relational_automaton.h - the automaton that a `simulate` document describes, as it is written
 * there.
 *
 * In every state and phase a plan says: transfers, then a play, then payments, then the next
 *     state's values: value_i = (1-delta) (transfer_i + u_i(play) + payment_i) + delta (value of
 *     the next state)_i value of a state = rho (value of its agreement) + (1-rho) (value of its
 *     plan without negotiation)
 */
#ifndef ENT_RELATIONAL_AUTOMATON_H
#define ENT_RELATIONAL_AUTOMATON_H

#include "verify/relational_check.h"

typedef enum ent_rphase {
    ENT_RPHASE_AGREEMENT,
    ENT_RPHASE_DISAGREEMENT,
    ENT_RPHASE_QUIET,
    ENT_RPHASES
} ent_rphase;

/** ent_rplan - one plan. payoff and reply are recomputed from the model at the play. */
typedef struct ent_rplan {
    bool used;
    const ent_json *node;
    int *action;                                         /* [n] finite and separable games */
    double *effort;                                      /* [n] public goods */
    double *transfer, *payment, *value, *payoff, *reply; /* [n] */
} ent_rplan;

typedef struct ent_rstate {
    int punished;  /* -1: good standing */
    double *value; /* [n] */
    ent_rplan plan[ENT_RPHASES];
} ent_rstate;

typedef struct ent_rautomaton {
    ent_game *game; /* NULL for a public good */
    int n, states;
    ent_rstate *state; /* [states], the first is good standing */
    int *state_of;     /* [n] the state that punishes a player, or 0 */
    double *numbers;
    int *actions;
} ent_rautomaton;

/** ent_i_rphase_name - as in documents. */
const char *ent_i_rphase_name(int phase);

/** ent_i_rautomaton_read - returned NULL, with refused lines in the report, when the document
 * describes none. */
ent_status ent_i_rautomaton_read(ent_rcheck *c, ent_rautomaton **out);
void ent_i_rautomaton_free(ent_rautomaton *automaton);

/** ent_i_rautomaton_state - the state that a text names, or -1. */
int ent_i_rautomaton_state(const ent_rcheck *c, const ent_rautomaton *automaton, const char *name);

/** ent_i_rautomaton_payoffs - everybody's payoffs and best-reply payoffs at a play. */
ent_status ent_i_rautomaton_payoffs(const ent_rcheck *c, const ent_rautomaton *automaton,
                                    const int *action, const double *effort, double *payoff,
                                    double *reply);

/** ent_i_check_histories - replay every history from the automaton, by the random numbers of
 * results.md. */
ent_status ent_i_check_histories(ent_rcheck *c, const ent_rautomaton *automaton);

#endif
