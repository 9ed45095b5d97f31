/** relational_model.h - the model of the `relational` family: a stage game with transfers, a
 * coalition, its bargaining weights, a discount factor and a renegotiation probability. Every
 * number is kept exactly and as the nearest double.
 */
#ifndef ENT_RELATIONAL_MODEL_H
#define ENT_RELATIONAL_MODEL_H

#include "model/profile_table.h"

/** ENT_WEIGHT_ROWS_MAX - the longest table of weights. */
enum { ENT_WEIGHT_ROWS_MAX = 20000 };

typedef enum ent_stage_kind {
    ENT_STAGE_FINITE,     /* one payoff row a profile */
    ENT_STAGE_SEPARABLE,  /* u_i(a) = sum_j f_ij(a_j), finite actions */
    ENT_STAGE_PUBLIC_GOOD /* u_i(a) = size_i sum_j size_j a_j - cost_i size_i a_i^2, a_i >= 0 */
} ent_stage_kind;

typedef enum ent_weight_rule {
    ENT_WEIGHTS_EQUAL,        /* 1/|C| each */
    ENT_WEIGHTS_PROPORTIONAL, /* to size (public-good stage only) */
    ENT_WEIGHTS_FIXED,        /* proportional to given numbers q_i */
    ENT_WEIGHTS_TABLE         /* given coalition by coalition; equal where none is given */
} ent_weight_rule;

/** ent_weight_row - one line of a weight table: the weights of one coalition, as given. */
typedef struct ent_weight_row {
    ent_coal coalition;
    ent_reals weight; /* [n]; zero outside the coalition */
} ent_weight_row;

typedef struct ent_relational {
    char *title;   /* the model's "name"; "" when it has none */
    int n;         /* players */
    char **player; /* [n] names */
    ent_stage_kind stage;
    int *actions;   /* [n] numbers of actions; NULL for a public good */
    char ***action; /* [n][actions[i]] names; NULL for a public good */
    /* product of actions; INT64_MAX when it overflows (separable games only) */
    int64_t profiles;
    ent_reals payoff;     /* FINITE: [n][profiles], player-major, last player's action fastest */
    ent_reals **part;     /* SEPARABLE: part[i][j] has [actions[j]] numbers f_ij */
    ent_reals size, cost; /* PUBLIC_GOOD: [n] theta_i >= 0, psi_i > 0 */
    ent_coal coalition;   /* not empty */
    ent_weight_rule rule;
    ent_reals fixed;     /* [n] for ENT_WEIGHTS_FIXED, as given */
    ent_coal weighted;   /* for ENT_WEIGHTS_FIXED: the players that were given one */
    int rows;            /* for ENT_WEIGHTS_TABLE */
    ent_weight_row *row; /* [rows] */
    double discount, renegotiation;
    ent_rat discount_exact, renegotiation_exact;
} ent_relational;

/** ent_relational_read - a model document into a model, everything checked: sizes, names, ranges,
 * unknown keys.
 * Returned  out     free with ent_relational_free; untouched on error
 * Status    ENT_E_MODEL with "file:line:column: /path: what was wanted, what was found";
 *           ENT_E_LIMIT; ENT_E_MEMORY
 */
ent_status ent_relational_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                               ent_relational **out);
void ent_relational_free(ent_relational *model);

/** ent_relational_weights - the bargaining weights of a coalition by the model's rule, normalised
 * to sum 1. When all of them are zero (which the reader refuses for the model's own coalition) they
 * are equal.
 * Returned  exact  out  [n]; zero outside s. Rationals that the caller initialised.
 * Status    ENT_E_MODEL when a member was given none
 */
ent_status ent_relational_weights(ent_ctx *ctx, const ent_relational *model, ent_coal s,
                                  ent_rat *exact);

/** ent_relational_profile - the actions of profile number p (last player's fastest) into action[n],
 * and back. */
void ent_relational_profile(const ent_relational *model, int64_t p, int *action);
int64_t ent_relational_profile_index(const ent_relational *model, const int *action);

/** ent_i_relational_stage_read, ent_i_relational_weights_read - parts of ent_relational_read: the
 * stage game after the players' names, the weights after the coalition. They fill `model`, which
 * the caller frees also on failure. */
ent_status ent_i_relational_stage_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                       ent_relational *model);
ent_status ent_i_relational_weights_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *weights,
                                         ent_relational *model);

/** ent_relational_coal_name - append "A,B" in model order. */
void ent_relational_coal_name(ent_text *out, const ent_relational *model, ent_coal s);

#endif
