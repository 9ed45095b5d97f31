/** bayesian_model_i.h - what the files of the reader of bayesian models share. */
#ifndef ENT_BAYESIAN_MODEL_I_H
#define ENT_BAYESIAN_MODEL_I_H

#include "model/bayesian_model.h"
#include "model/names.h"

/** ent_i_table - a number that depends on some players' types: {"on": [...], "u": nested array}, or
 * a plain number. */
typedef struct ent_i_table {
    int on_n;
    int on[ENT_BAYESIAN_PLAYERS_MAX]; /* players, in the order of the nested array */
    ent_reals number;                 /* [product of types], the last player's type fastest */
} ent_i_table;

/** ent_i_own - a decision that the model lists for a coalition. */
typedef struct ent_i_own {
    char *name;
    ent_coal coalition;
    ent_i_table *utility; /* [n]; only members' are used */
    bool priced;
    double price;
    ent_rat price_exact;
} ent_i_own;

/** ent_i_owns - all of them, those of one coalition standing together. */
typedef struct ent_i_owns {
    int n, room;
    ent_i_own *own; /* [n] */
    int *first;     /* [2^n] the first decision of each coalition in `own`, or -1 */
    int *count;     /* [2^n] */
    bool closure;
    ent_reals joint; /* [profiles of all players] the joint prior; n = 0: independent types */
} ent_i_owns;

/** ent_i_table_read - read `node`; its nested array may be deep as many levels as it names players.
 * Given  what  in  the member that holds the nested array, "u" or "p"
 */
ent_status ent_i_table_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const ent_bayesian *model, const char *what, ent_i_table *out);

/** ent_i_table_entries - the nested array alone, on the players that out->on names already. */
ent_status ent_i_table_entries(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               const ent_bayesian *model, ent_i_table *out);

/** ent_i_table_index - where the entry for the profile type[n] of all players stands. */
size_t ent_i_table_index(const ent_i_table *table, const ent_bayesian *model, const int *type);

/** ent_i_types_read - the types and probabilities of every player, and the joint prior when there
 * is one. */
ent_status ent_i_types_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_bayesian *model, ent_reals *joint);

/** ent_i_joint_read - the model's "prior" into joint[profiles of all players] and the players'
 * marginals.
 * Given  given  in  [n] players whose probabilities stand with their types; the others' come from
 *                   the joint prior
 */
ent_status ent_i_joint_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const bool *given, ent_bayesian *model, ent_reals *joint);

/** ent_i_owns_read - the "coalitions" of a model. Release with ent_i_owns_release, also after a
 * failure. */
ent_status ent_i_owns_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                           const ent_bayesian *model, ent_i_owns *out);
void ent_i_owns_release(int n, ent_i_owns *owns);

/** ent_i_closure - the decisions and utilities of every coalition, from the decisions that are
 * listed.
 * Given  node  in  the "coalitions" of the document, where messages point to
 */
ent_status ent_i_closure(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                         const ent_i_owns *owns, ent_bayesian *model);

/** ent_i_mean_utility - u_i^S(own,t_S) into exact[profiles of S], the mean over the types of
 * players outside S. */
ent_status ent_i_mean_utility(ent_ctx *ctx, const ent_bayesian *model, const ent_i_owns *owns,
                              const ent_i_own *own, int player, const ent_bayes_coal *s,
                              ent_rat *exact);

/** ent_i_superadditive - for models with "closure": false: refuse a coalition that lacks the
 * product of two decisions of disjoint coalitions (its utilities, under whatever name), and name
 * it.
 */
ent_status ent_i_superadditive(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               const ent_bayesian *model);

/** ent_i_scales_read - the model's "weights" and "multipliers". */
ent_status ent_i_scales_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_bayesian *model);

#endif
