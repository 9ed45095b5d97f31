/** relational_check.h - one check of a result document of the relational family, and the checkers
 * of its methods. Everything is recomputed from the model in the document by the definitions of
 * docs/relational.md; docs/results.md says what each member is. Nothing here shares code with
 * src/relational.
 */
#ifndef ENT_RELATIONAL_CHECK_H
#define ENT_RELATIONAL_CHECK_H

#include "verify/relational_ties.h"
#include "verify/relational_truth.h"
#include "verify/result_parts.h"

/** ent_rcheck - what every checker of the family needs. */
typedef struct ent_rcheck {
    ent_ctx *ctx;
    ent_ledger claims;
    const ent_json *solution, *certificate;
    bool same_version;     /* the document's author was this version of the library */
    bool solved;           /* outcome "solved", else "none" */
    ent_relational *model; /* read out of the document again */
    ent_rat *weight;       /* [n] of the model's coalition */
    ent_rules rules;
    double scale; /* what residuals are relative to, recomputed */
    /* the document's numbers are doubles: its author could not decide equalities exactly */
    bool inexact;
    /* then plays whose G is this much too large count as enforceable (the setting `tolerance`);
       else 0 */
    ent_rat slack;
    /* Settings of the run that decide what the document holds. */
    int64_t ties_listed, simplices_listed, table_players, periods, histories, seed;
    double tolerance, trembles;
} ent_rcheck;

/** The methods. Status: memory, limits and cancellation only; everything wrong with the document
 * goes to the report. */
ent_status ent_i_check_contractual(ent_rcheck *c);
ent_status ent_i_check_subgame_perfect(ent_rcheck *c);
ent_status ent_i_check_accession(ent_rcheck *c);
ent_status ent_i_check_simulate(ent_rcheck *c);

/** ent_i_check_loosely - from here on plays count as enforceable within the setting `tolerance`. */
void ent_i_check_loosely(ent_rcheck *c);

/** ent_i_check_none - outcome "none" of a finite or separable game: `bounds` are the decreasing
 * upper bounds on any fixed point and lead to where nothing can be enforced. */
void ent_i_check_none(ent_rcheck *c, const ent_maps *maps);

/** ent_i_check_play - a play {NAME: action}: every player, an action of each, nothing else. False,
 * and refused, when it is none. */
bool ent_i_check_play(ent_rcheck *c, const ent_json *node, int *action);

/** ent_i_check_attains - the play can be enforced at this G and attains `best` in the objective. */
void ent_i_check_attains(ent_rcheck *c, const ent_game *game, const ent_json *node,
                         const ent_objective *objective, const ent_rat *gains, const ent_rat *best);

/** ent_i_check_critical - the list "critical": every discount factor from which on something
 * changes, with span and `level_name`. */
void ent_i_check_critical(ent_rcheck *c, const ent_maps *maps, const char *level_name);

/** ent_i_check_margin - "margin": the least |(1-delta) G - delta d| over plays with G > 0. null:
 * there is no such play, or a separable game has too many sums of gains to be looked through. */
ent_status ent_i_check_margin(ent_rcheck *c, const ent_game *game, const ent_rat *span);

/** ent_i_check_ties - the on-path play is the first of the ties and "ties" are the next ones, in
 * row-major order. */
void ent_i_check_ties(ent_rcheck *c, const ent_ties *ties, int *action);

/** ent_i_check_value_set - "value_set" of a contract: the hull, and for renegotiation 1 the maximal
 * simplices. */
ent_status ent_i_check_value_set(ent_rcheck *c, const ent_maps *maps, const ent_truth *truth);

/** ent_i_check_players - is "players" an object with exactly the model's players? */
bool ent_i_check_players(ent_rcheck *c, const ent_json *players);

#endif
