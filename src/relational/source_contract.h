/** source_contract.h - contracts and benchmarks of every stage game that is an ent_i_source. */
#ifndef ENT_SOURCE_CONTRACT_H
#define ENT_SOURCE_CONTRACT_H

#include "relational/aims.h"
#include "relational/contract.h"
#include "relational/fixed_point.h"

/** ent_i_solving - a contract on its way: first the staircases and the ladder (open), then, once it
 * is decided which plays are enforceable, what has to be known about them (inquire). All in
 * scratch, except the staircases: release. The deciding is the caller's, in doubles or in
 * rationals.
 */
typedef struct ent_i_solving {
    const ent_i_source *source;
    const ent_terms *terms;
    const ent_contract_settings *settings;
    int n, threads;
    ent_i_chance chance;
    ent_i_aims *aims;
    ent_i_found found;
    ent_i_ladder ladder;
    ent_i_edge edge;
    ent_i_detail detail;
    int *play; /* [2n + 1][n] of greatest U; punishments by disagreement; quiet punishments */
} ent_i_solving;

/** ent_i_solving_open - source, terms, settings and chance are set by the caller. plays: how many,
 * INT64_MAX when countless. share: weights summing to unit; NULL for a benchmark, which needs no
 * terms. */
ent_status ent_i_solving_open(ent_ctx *ctx, ent_i_solving *s, int64_t plays, const double *share,
                              double unit);
/** ent_i_solving_inquire - edge is set by the caller, and some play is enforceable. */
ent_status ent_i_solving_inquire(ent_ctx *ctx, ent_i_solving *s);
/** ent_i_solving_find - the last part of it: the plays that the source names. */
ent_status ent_i_solving_find(ent_ctx *ctx, ent_i_solving *s);
void ent_i_solving_release(ent_i_solving *s);

/** ent_i_solving_most - the largest value of an aim over enforceable plays. */
double ent_i_solving_most(const ent_i_solving *s, int aim);
/** ent_i_solving_room - the lists of the contract, after inquire; before it, without plays. */
ent_contract_room ent_i_solving_room(const ent_i_solving *s);
/** ent_i_solving_plays - copy all plays into a contract that was reserved with that room. */
void ent_i_solving_plays(const ent_i_solving *s, ent_contract *out);

/** ent_i_source_contract - weight: [n], summing to 1 over the coalition. out: untouched on
 * error. */
ent_status ent_i_source_contract(ent_ctx *ctx, const ent_i_source *source, int64_t plays,
                                 const ent_terms *terms, const double *weight,
                                 const ent_contract_settings *settings, ent_contract *out);
ent_status ent_i_source_benchmark(ent_ctx *ctx, const ent_i_source *source, int64_t plays,
                                  const ent_terms *terms, const ent_contract_settings *settings,
                                  ent_benchmark *out);

#endif
