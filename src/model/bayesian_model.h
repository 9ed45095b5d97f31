/** bayesian_model.h - the model of the `bayesian` family: players with privately known types, and
 * for every coalition the decisions that are open to it. Every number is kept exactly and as the
 * nearest double.
 *
 * Players' types are independent here. A model with correlated types is turned into an equivalent
 * one when it is read (Myerson's probability-invariance axiom): the prior becomes the product of
 * the marginals, and the utilities become u_i(d,t) prior(t) / product of marginals(t), which leaves
 * every interim expected utility as it was.
 * Source [Sal] Section 3.1
 */
#ifndef ENT_BAYESIAN_MODEL_H
#define ENT_BAYESIAN_MODEL_H

#include "entente/coal.h"
#include "model/reals.h"

enum {
    ENT_BAYESIAN_PLAYERS_MAX = 12,      /* every one of the 2^n coalitions is kept */
    ENT_BAYESIAN_TYPES_MAX = 64,        /* of one player */
    ENT_BAYESIAN_PROFILES_MAX = 100000, /* of all players */
    ENT_BAYESIAN_DECISIONS_MAX = 20000, /* of one coalition, products included */
    /* utilities of one coalition: members * decisions * profiles */
    ENT_BAYESIAN_NUMBERS_MAX = 1 << 24
};

/** ent_bayes_coal - the problem of one coalition S: its members' types, its decisions, its members'
 * utilities.
 *
 * A type profile t_S of the members is numbered with the last member's type varying fastest. An
 * *interim coordinate* is a pair (member, type); they are numbered member by member, type by type.
 */
typedef struct ent_bayes_coal {
    ent_coal members;
    int size;    /* |S| */
    int *member; /* [size] players, ascending */
    int *types;  /* [size] numbers of types */
    /* [size+1] first interim coordinate of each member; first[size] = interims */
    int *first;
    int interims;    /* sum of types */
    int profiles;    /* product of types */
    ent_reals prior; /* [profiles] p(t_S), the product of the members' probabilities */
    int decisions;   /* >= 1 */
    /* the first `own` of them are listed in the model for S itself, the others are products */
    int own;
    char **decision; /* [decisions] names; of a product "trade at 0|out_broker" */
    /* [decisions] how many coalitions act separately: 1 for own decisions, 2 or more for
       products */
    int *parts;
    /* [size][decisions][profiles] u_i^S(d,t_S): the mean over the types of players outside S */
    ent_reals utility;
    bool *priced;    /* [decisions] does the decision have a price? */
    ent_reals price; /* [decisions] */
} ent_bayes_coal;

typedef struct ent_bayesian {
    char *title;   /* the model's "name"; "" when it has none */
    int n;         /* players */
    char **player; /* [n] names */
    int *types;    /* [n] numbers of types, >= 1 */
    /* [n][types[i]] names; "*" is the one type of a player without "types" */
    char ***type;
    ent_reals *prior; /* [n] prior[i] has [types[i]] probabilities > 0 that sum to 1 */
    /* was a joint prior given? Utilities are then those of the equivalent game */
    bool correlated;
    /* the coalition of the model's "coalition"; all players when it names none */
    ent_coal focus;
    ent_bayes_coal **coalition; /* [2^n] by mask; NULL for the empty coalition */
    /* [sum of types] the model's "weights" by interim coordinate of all players; n = 0: none */
    ent_reals weight;
    /* the model's "multipliers"; n = 0: none. At multiplier_first[i] + t * types[i] + tau stands
       alpha_i(tau|t), t the true type and tau the report; 0 for tau = t */
    ent_reals multiplier;
    int *multiplier_first; /* [n] */
} ent_bayesian;

/** ent_bayesian_read - a model document into a model, everything checked: names, probabilities,
 * sizes, unknown keys.
 * Returned  out  free with ent_bayesian_free; untouched on error
 * Status    ENT_E_MODEL with "file:line:column: /path: what was wanted, what was found";
 *           ENT_E_LIMIT; ENT_E_MEMORY
 * Cost      that of the utilities of all coalitions, sum over S of members * decisions * profiles
 *           exact numbers
 * Source    [Sal] Section 3.1; superadditivity by closure: products of disjoint coalitions'
 *           decisions are added
 */
ent_status ent_bayesian_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_bayesian **out);
void ent_bayesian_free(ent_bayesian *model);

/** ent_bayes_utility - where u_i^S(d,t) stands in utility: member number k of S, decision d,
 * profile t. */
static inline size_t ent_bayes_utility(const ent_bayes_coal *s, int k, int d, int t)
{
    return ((size_t)k * (size_t)s->decisions + (size_t)d) * (size_t)s->profiles + (size_t)t;
}

/** ent_bayes_types - the members' types in profile t into type[size]; ent_bayes_profile - and
 * back. */
void ent_bayes_types(const ent_bayes_coal *s, int t, int *type);
int ent_bayes_profile(const ent_bayes_coal *s, const int *type);

/** ent_bayes_stride - how far apart profiles are that differ by one in member k's type. */
int ent_bayes_stride(const ent_bayes_coal *s, int k);

/** ent_bayes_place - the number of a player among the members of S, or -1. */
int ent_bayes_place(const ent_bayes_coal *s, int player);

/** ent_bayesian_coal_name - append "buyer,seller" in model order. */
void ent_bayesian_coal_name(ent_text *out, const ent_bayesian *model, ent_coal s);

/** ent_bayesian_profile_name - append the types of the members in profile t, "strong,*": the keys
 * of mechanisms. */
void ent_bayesian_profile_name(ent_text *out, const ent_bayesian *model, const ent_bayes_coal *s,
                               int t);

#endif
