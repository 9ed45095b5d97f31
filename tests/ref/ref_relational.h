/** ref_relational.h - contracts of small finite games by the definition, in fractions. Slow and
 * simple by design.
 *
 * Every set of plays {a : G(a) <= g} is tried. For each, the values are those of [MW25] and
 * docs/relational.md 4; a set counts when the span it gives enforces exactly that set. The largest
 * such span wins. ref_relational_residual then applies the set operator W -> rho B(D(W)) + (1-rho)
 * D(W) once, vertex by vertex, to the values found: they must not move.
 */
#ifndef REF_RELATIONAL_H
#define REF_RELATIONAL_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 ref_wide;

/** A fraction, reduced, den >= 1. */
typedef struct ref_q {
    ref_wide num, den;
} ref_q;

ref_q ref_q_of(int64_t num, int64_t den);
ref_q ref_q_add(ref_q a, ref_q b);
ref_q ref_q_sub(ref_q a, ref_q b);
ref_q ref_q_mul(ref_q a, ref_q b);
ref_q ref_q_div(ref_q a, ref_q b);
int ref_q_cmp(ref_q a, ref_q b);
double ref_q_double(ref_q a);

enum { REF_PLAYERS = 5, REF_PROFILES = 256 };

typedef struct ref_relational {
    int n, actions[REF_PLAYERS], profiles;
    int64_t payoff[REF_PLAYERS][REF_PROFILES]; /* in units of 1/denominator */
    int64_t denominator;
    uint64_t coalition;
    ref_q weight[REF_PLAYERS]; /* summing to 1 over the coalition */
    ref_q discount, renegotiation;
    bool literal_ties;
} ref_relational;

typedef struct ref_contract {
    bool solved;
    int fixed_points;                /* how many sets of plays are fixed points */
    ref_q fixed_point[REF_PROFILES]; /* their spans, increasing in the set */
    ref_q span, level, value, joint, extortion, spread, margin;
    bool has_margin;
    ref_q lowest[REF_PLAYERS], highest[REF_PLAYERS], gamma[REF_PLAYERS], payoff[REF_PLAYERS],
        least[REF_PLAYERS], most[REF_PLAYERS], payment[REF_PLAYERS], extortion_payoff[REF_PLAYERS];
    int play, ties, tie[REF_PROFILES]; /* tie[0] is play */
    int punishment[REF_PLAYERS], quiet[REF_PLAYERS], extortion_play;
    int parts, part[REF_PROFILES];
} ref_contract;

void ref_relational_solve(const ref_relational *game, ref_contract *out);

/** ref_relational_map - the span that the plays enforced by d give (all plays when d is NULL);
 * false when there are none. */
bool ref_relational_map(const ref_relational *game, const ref_q *d, ref_q *span);

/** ref_relational_residual - largest move of lowest values, joint and level under one application
 * of the set operator. */
double ref_relational_residual(const ref_relational *game, const ref_contract *c);

#endif
