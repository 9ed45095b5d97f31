/** value_enclosure.h - where all solutions of a coalition are: a proof by branch and prune over
 * boxes of claims.
 *
 * Claims at solutions of Definition 4 lie above what safe mechanisms give (docs/bayesian.md,
 * "Uniqueness"), which is where the first box begins, and accumulate at claims that satisfy the
 * equations with weights >= 0: boxes where they cannot are excluded, each by whole numbers that
 * prove it. What is left are clusters of boxes; in each, weights bound utilities from above.
 * Source    [Sal] Definition 4, and its uniqueness statements in Sections 1, 2 and 6
 * Checked   src/verify/bayesian_enclosure.c; tests/t_value_enclosure.c
 */
#ifndef ENT_VALUE_ENCLOSURE_H
#define ENT_VALUE_ENCLOSURE_H

#include "bayesian/answer.h"
#include "bayesian/bayesian_settings.h"
#include "bayesian/enclosure_box.h"

typedef enum ent_enclosure_kind {
    ENT_BOX_OPEN,        /* not excluded */
    ENT_BOX_SPLIT,       /* into those below and those above a claim */
    ENT_BOX_UNREACHABLE, /* enclosure_box.h */
    ENT_BOX_UNWARRANTED
} ent_enclosure_kind;

/** ent_enclosure_node - a box of the tree; node 0 is the first one. */
typedef struct ent_enclosure_node {
    ent_enclosure_kind kind;
    int side;     /* split: the interim whose claim is cut; */
    double at;    /* where, in real units; */
    int below;    /* the number of the lower part; the upper part is the next one */
    size_t first; /* excluded: its proof is number[first .. first + n) */
    int n;
    bool examined, settled; /* settled: left open in a cluster that is a point */
} ent_enclosure_node;

/** ent_enclosure_fact - what holds for every solution with claims in a cluster: an option has a
 * positive probability, a pair a positive slack; an option a positive loss W - virtual utility, a
 * pair a positive multiplier, a type a positive weight. */
typedef enum ent_enclosure_fact_kind {
    ENT_FACT_USED,
    ENT_FACT_STRICT,
    ENT_FACT_UNUSED,
    ENT_FACT_BINDING,
    ENT_FACT_WEIGHTED
} ent_enclosure_fact_kind;

typedef struct ent_enclosure_fact {
    ent_enclosure_fact_kind kind;
    int which;    /* option, pair or interim */
    size_t first; /* its proof is number[first .. first + n) */
    int n;
} ent_enclosure_fact;

/** ent_enclosure_cluster - boxes that touch: utilities there lie between two vectors. */
typedef struct ent_enclosure_cluster {
    int boxes;
    ent_rat *low, *high;          /* [interims] */
    int bounds;                   /* weights and multipliers that bound utilities from above */
    ent_rat *weight, *multiplier; /* [bounds][interims], [bounds][pairs] */
    int facts;                    /* that show that the claims are those of the solution found */
    ent_enclosure_fact *fact;
} ent_enclosure_cluster;

typedef struct ent_value_enclosure {
    const ent_bayes_coal *coal; /* NULL: none was asked for, or the problem is too large */
    int pairs;
    /* every member has a safe mechanism: all solutions are enclosed, else the nondegenerate ones */
    bool all;
    bool unique;               /* `all`, and one vector of utilities is left */
    ent_rat width;             /* the largest distance between the two vectors of a cluster */
    ent_bayes_mechanism *safe; /* [size] no entries: the member has none */
    int nodes, room;
    ent_enclosure_node *node;
    int *order;    /* [nodes] a box, its lower part with all in it, its upper part */
    int *decision; /* [options] as in bargain.h: what the options of proofs are */
    int *cell;     /* [options] whose cell they belong to */
    double *box;   /* [room][2][interims] low, then high claims of the boxes, real units */
    int64_t *number;
    size_t numbers, number_room;
    int clusters;
    ent_enclosure_cluster *cluster;
} ent_value_enclosure;

/** ent_i_value_enclosure - enclose the solutions of a coalition, given its threats.
 * Given     threat   in  [size][interims] exact, real units
 *           answer   in  the solution that was found
 *           alike    in  some types are alike: only the first box is examined, because claims of
 *                        alike types need not be equal
 *           settings in  enclosure_boxes at most are examined, of sides above enclosure_width; 0:
 *                        none
 * Returned  out      free with ent_i_value_enclosure_free
 */
ent_status ent_i_value_enclosure(ent_ctx *ctx, const ent_bayes_coal *coal, const ent_rat *threat,
                                 const ent_bayes_answer *answer, bool alike,
                                 const ent_bayesian_settings *settings, ent_value_enclosure *out);
void ent_i_value_enclosure_free(ent_value_enclosure *enclosure);

/** The tree: ent_i_enclosure_box - the claims of a box, low then high, [2][interims];
 * ent_i_enclosure_room - make room for two more boxes;
 * ent_i_enclosure_cut - cut a box at a claim, both parts begin open; ent_i_enclosure_order - set
 * `order`; ent_i_enclosure_drop_clusters - forget clusters and order. */
double *ent_i_enclosure_box(const ent_value_enclosure *e, int node);
ent_status ent_i_enclosure_room(ent_ctx *ctx, ent_value_enclosure *e);
ent_status ent_i_enclosure_cut(ent_ctx *ctx, ent_value_enclosure *e, int node, int side, double at);
ent_status ent_i_enclosure_order(ent_ctx *ctx, ent_value_enclosure *e);
void ent_i_enclosure_drop_clusters(ent_value_enclosure *e);

/** ent_i_enclosure_clusters - gather what is left of the tree into clusters, and bound the
 * utilities there.
 * Given  least  in  [interims] exact claims at the low end of the first box
 *        work   in  the programs of the problem; NULL: the solution's own weights bound it
 */
ent_status ent_i_enclosure_clusters(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_rat *least, const ent_bayes_answer *answer,
                                    ent_box_work *work, ent_value_enclosure *e);

/** ent_i_enclosure_isolate - is the solution found the only one with claims in a box? Facts are
 * appended to the cluster if so.
 * Given     low, high  in  [interims] the box, in scaled units
 */
ent_status ent_i_enclosure_isolate(ent_ctx *ctx, const ent_exact_problem *problem,
                                   const ent_bayes_answer *answer, ent_box_work *work,
                                   const double *low, const double *high, ent_value_enclosure *e,
                                   ent_enclosure_cluster *c, bool *alone);

/** ent_i_enclosure_keep - append a proof to the numbers. */
ent_status ent_i_enclosure_keep(ent_ctx *ctx, ent_value_enclosure *e, const ent_box_proof *proof,
                                size_t *first);

#endif
