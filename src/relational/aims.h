/** aims.h - what is maximised over the enforceable plays of a stage game with enumerable plays, and
 * the plays that do it.
 *
 * With G the sum of everybody's gains and K = sum over insiders of u_i less the outsiders' gains,
 * docs/relational.md needs, over {a : (1 - delta) G(a) <= delta d}, the largest of the following
 * aims. `unit` and `share` let the same code run on payoffs scaled to integers with integer
 * weights: then every number below 2^53 is exact.
 */
#ifndef ENT_AIMS_H
#define ENT_AIMS_H

#include "relational/staircase.h"

#include "entente/coal.h"
#include "entente/relational.h"

typedef enum ent_i_aim_kind {
    ENT_I_AIM_VALUE, /* K */
    ENT_I_AIM_JOINT, /* U, the sum of all payoffs */
    /* f_i = share_i K - unit uhat_i: the punishment of insider i by disagreement */
    ENT_I_AIM_GAMMA,
    ENT_I_AIM_REPLY, /* -uhat_i: the punishment without a negotiation */
    /* -f_i - unit G, what the other insiders lose least: the highest value of i after a
       negotiation */
    ENT_I_AIM_REST,
    ENT_I_AIM_QUIET /* uhat_i - G: the highest value of i without a negotiation */
} ent_i_aim_kind;

typedef struct ent_i_aim {
    ent_i_aim_kind kind;
    int player; /* -1 for the first two */
} ent_i_aim;

enum { ENT_I_AIMS_MAX = 2 + 4 * ENT_PLAYERS_MAX };

/** ent_i_aims - a list of aims and where to find each; -1 where it is not in the list. */
typedef struct ent_i_aims {
    int n, members;
    ent_coal coalition;
    double unit;                   /* 1, or the sum of integer weights */
    double share[ENT_PLAYERS_MAX]; /* weights summing to `unit`; 0 outside */
    int count;
    ent_i_aim aim[ENT_I_AIMS_MAX];
    int value, joint; /* equal when everybody is inside: then K = U */
    int gamma[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX], rest[ENT_PLAYERS_MAX],
        quiet[ENT_PLAYERS_MAX];
} ent_i_aims;

/** ent_i_aims_contract - the aims of a contract; ent_i_aims_benchmark - U and -uhat_i only. */
void ent_i_aims_contract(int n, const ent_terms *terms, const double *share, double unit,
                         ent_i_aims *out);
void ent_i_aims_benchmark(int n, ent_coal coalition, ent_i_aims *out);

/** ent_i_found - the staircases of all aims. */
typedef struct ent_i_found {
    const ent_i_aims *aims;
    ent_i_staircase *staircase; /* [aims->count], settled */
    double least;               /* the least G */
    double *start;              /* [aims->count] the aims at the first play of least G */
    int *start_play;            /* [n] that play */
    /* NULL, or [profiles] every G, for a second pass that need not read the payoffs again */
    double *gain;
    double *value_most; /* and [slabs] the largest K of each slab of profiles */
    /* NULL, or [slabs] the least G of each: a second pass need not look at slabs beyond the edge */
    double *gain_least;
} ent_i_found;

/** ent_i_edge - which plays are enforceable: factor * G <= bound. */
typedef struct ent_i_edge {
    double factor, bound;
    double zero; /* gains up to here count as none */
} ent_i_edge;

/** ent_i_detail - what is asked about the enforceable plays once they are known, and the answers.
 * Lists are scratch. */
typedef struct ent_i_detail {
    double least_value;   /* given: plays with K at least this are ties on the path */
    int ties_listed;      /* given: most plays to list, the first of all included; >= 1 */
    int64_t parts_listed; /* given: most parts of the value set; 0: do not look for any */
    /* given: how much more a value must be, in its own units, to count as more */
    double close;
    /* the nearest G > edge->zero inside and outside; -1 and HUGE_VAL where there is none */
    double below, above;
    int64_t ties;        /* all of them, at least 1 */
    int *tie;            /* [min(ties, ties_listed)][n] in row-major order */
    double *reply_least; /* [n] over all ties */
    double *reply_most;
    double reply_total; /* largest sum of outsiders' best-reply payoffs over all ties */
    int64_t parts;      /* maximal parts of the value set */
    int *part;          /* [min(parts, parts_listed)][n] plays, in row-major order */
} ent_i_detail;

/** ent_i_source - a stage game whose plays can be enumerated, or a sum of parts: what a solver asks
 * of it. */
typedef struct ent_i_source ent_i_source;
struct ent_i_source {
    int n;
    double scale; /* the largest |payoff|, to within a millionth above */
    /* All staircases of out->aims; out's arrays were made by ent_i_found_new. */
    ent_status (*scan)(ent_ctx *ctx, const ent_i_source *source, int threads, ent_i_found *out);
    /* The first play of largest aim among the enforceable ones; there is one. */
    ent_status (*best)(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found, int aim,
                       const ent_i_edge *edge, int *play);
    ent_status (*detail)(ent_ctx *ctx, const ent_i_source *source, int threads,
                         const ent_i_found *found, const ent_i_edge *edge, ent_i_detail *out);
    /* Plays that are on the path for some bound: no play of smaller or equal gain has a larger K by
     * more than `slack`. */
    ent_status (*contenders)(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                             double slack, int64_t *count, int64_t **play);
    void (*evaluate)(const ent_i_source *source, const int *play, double *payoff, double *reply);
    void (*unpack)(const ent_i_source *source, int64_t number, int *play);
};

/** ent_i_found_new - scratch for the staircases of `aims`, empty; release before the scratch is
 * reset. When `plays` is at most ENT_I_FEW_PLAYS the staircases need no other memory. */
enum { ENT_I_FEW_PLAYS = 64 };
ent_status ent_i_found_new(ent_ctx *ctx, const ent_i_aims *aims, int64_t plays, ent_i_found *out);
void ent_i_found_release(ent_i_found *found);

#endif
