/** strategic_model.h - the models of the `strategic` family: a finite game in strategic form, a
 * worth function (TU game), or a weighted-voting game. Every number is kept exactly and as the
 * nearest double.
 */
#ifndef ENT_STRATEGIC_MODEL_H
#define ENT_STRATEGIC_MODEL_H

#include "entente/coal.h"
#include "exact/rat.h"
#include "io/json.h"
#include "model/reals.h"

/** ENT_STRATEGIC_PAYOFFS_MAX - the largest number of payoffs (players times profiles) of a game. */
#define ENT_STRATEGIC_PAYOFFS_MAX ((int64_t)1 << 25)

/** ENT_STRATEGIC_VOTERS_MAX - the largest number of voters; only voting games go beyond
 * ENT_PLAYERS_MAX players. */
enum { ENT_STRATEGIC_VOTERS_MAX = 10000 };

typedef enum ent_strategic_kind {
    /* players, actions, payoffs; also what a bargaining model and an .nfg file become */
    ENT_STRATEGIC_GAME,
    ENT_STRATEGIC_WORTH, /* v(S) for every coalition */
    ENT_STRATEGIC_VOTING /* v(S) = 1 when the votes of S reach the quota, else 0 */
} ent_strategic_kind;

typedef struct ent_strategic {
    char *title;   /* the model's "name"; "" when it has none */
    int n;         /* players */
    char **player; /* [n] names */
    ent_strategic_kind kind;
    bool transferable; /* side payments open to every coalition, also in conflict */

    /* ENT_STRATEGIC_GAME */
    int *actions;     /* [n] numbers of actions, each >= 1 */
    char ***action;   /* [n][actions[i]] names */
    int64_t profiles; /* product of actions */
    ent_reals payoff; /* [n][profiles], player-major, last player's action fastest */
    /* [n] virtual prices >= 0, not all 0, as given (not normalised); n = 0 when the model has
       none */
    ent_reals price;

    /* A bargaining model ("disagreement" with "outcomes") is expanded into a game as the post
     * describes it: the first player names an outcome or refuses, the others accept or refuse, and
     * any refusal leads to the disagreement payoffs. Actions: the outcomes' names and "refuse" (the
     * last); "accept" and "refuse". outcomes is 0 for every other game. */
    int outcomes;
    char **outcome;           /* [outcomes] names */
    ent_reals outcome_payoff; /* [outcomes][n] */
    ent_reals disagreement;   /* [n] */

    /* ENT_STRATEGIC_WORTH: worth.value[S] for every mask S, worth.value[0] = 0. worth.exact is NULL
     * for a table read from a file of doubles, whose entries are exact as they are. n <=
     * ENT_DENSE_MAX. */
    ent_reals worth;
    /* the file that the worths were read from, as it was found; NULL without one */
    char *worth_path;

    /* ENT_STRATEGIC_VOTING: brought to integers by the common denominator of quota and votes. */
    int64_t quota; /* > 0 */
    int64_t *vote; /* [n] >= 0; their sum is at most 2^62 */
} ent_strategic;

/** ent_strategic_read - a model document into a model, everything checked: sizes, names, ranges,
 * unknown keys.
 * Returned  out  free with ent_strategic_free; untouched on error
 * Status    ENT_E_MODEL with "file:line:column: /path: what was wanted, what was found";
 *           ENT_E_LIMIT; ENT_E_MEMORY; ENT_E_IO for a table file that cannot be read
 * Differs   sparse form: where several rows of "outcomes" match a profile, the one with the fewest
 *           wildcards holds; two rows that match, are equally specific and give different payoffs
 *           are refused
 */
ent_status ent_strategic_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                              ent_strategic **out);
void ent_strategic_free(ent_strategic *model);

/** ent_strategic_profile - the actions of profile number p (last player's fastest) into action[n],
 * and back. */
void ent_strategic_profile(const ent_strategic *model, int64_t p, int *action);
int64_t ent_strategic_profile_index(const ent_strategic *model, const int *action);

/** ent_strategic_coal_name - append "A,B" in model order. */
void ent_strategic_coal_name(ent_text *out, const ent_strategic *model, ent_coal s);

#endif
