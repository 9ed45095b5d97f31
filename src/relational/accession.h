/** accession.h - who joins a coalition, one by one, [MW25] Section 5.2; docs/relational.md section
 * 6.
 *
 * A line is what one coalition achieves. With few players every coalition has a line, in the order
 * of its mask; with many, lines are made for those that are asked for: the coalitions on the path
 * and their neighbours.
 */
#ifndef ENT_ACCESSION_H
#define ENT_ACCESSION_H

#include "relational/solve.h"

typedef struct ent_i_line {
    ent_union is;
    /* [n] outsiders' payoffs at agreement; NAN for insiders, and where there is no equilibrium */
    double *payoff;
    /* [n + 2] the same exactly, then span and level; unknown where not rational; or NULL */
    ent_rat *exact;
} ent_i_line;

typedef struct ent_i_accession {
    const ent_relational *model;
    const ent_relational_settings *settings;
    ent_stage *stage;
    double scale; /* of payoffs */
    bool whole;   /* every coalition has its line, at its mask */
    bool exactly; /* lines are made with exact twins */
    int lines, room;
    ent_i_line *line;
    ent_contract contract; /* work */
} ent_i_accession;

/** ent_i_step - one accession: `joiner` joins `coalition`. */
typedef struct ent_i_step {
    ent_coal coalition;
    int joiner;
    double gain;
} ent_i_step;

/** ent_i_accession_new - prepare; every line is made at once when the model has at most
 * `table_players` players. Free with ent_i_accession_free, which accepts NULL. */
ent_status ent_i_accession_new(ent_ctx *ctx, const ent_relational *model,
                               const ent_relational_settings *settings, ent_i_accession **out);
void ent_i_accession_free(ent_i_accession *accession);

/** ent_i_accession_line - the line of a coalition; the pointer is good until the next call. */
ent_status ent_i_accession_line(ent_ctx *ctx, ent_i_accession *accession, ent_coal s,
                                const ent_i_line **line);

/** ent_i_accession_refine - give a line its exact twins, when the model's kind allows. */
ent_status ent_i_accession_refine(ent_ctx *ctx, ent_i_accession *accession, ent_coal s);

/** ent_i_accession_gain - L(s + j) - L(s) - payoff_j(s): what the insiders gain when outsider j
 * joins s and is left with its payoff outside; -INFINITY when there is no equilibrium with or
 * without j. */
ent_status ent_i_accession_gain(ent_ctx *ctx, ent_i_accession *accession, ent_coal s, int j,
                                double *gain);

/** ent_i_accession_path - from the model's coalition to the end. step has room for n; *final is
 * where nobody else joins. */
ent_status ent_i_accession_path(ent_ctx *ctx, ent_i_accession *accession, ent_i_step *step,
                                int *steps, ent_coal *final);

/** ent_i_stability - 1 yes, 0 no, -1 not defined (a coalition that would remain has no
 * equilibrium). */
ent_status ent_i_internally_stable(ent_ctx *ctx, ent_i_accession *accession, ent_coal s,
                                   int *stable);
ent_status ent_i_externally_stable(ent_ctx *ctx, ent_i_accession *accession, ent_coal s,
                                   int *stable);

/** ent_i_accession_write - the members of "solution", docs/results.md. */
ent_status ent_i_accession_write(ent_ctx *ctx, ent_i_accession *accession, ent_writer *w);

#endif
