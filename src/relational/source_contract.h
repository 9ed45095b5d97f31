/** source_contract.h - contracts and benchmarks of every stage game that is an ent_i_source. */
#ifndef ENT_SOURCE_CONTRACT_H
#define ENT_SOURCE_CONTRACT_H

#include "relational/aims.h"
#include "relational/contract.h"
#include "relational/fixed_point.h"

/** ent_i_source_contract - weight: [n], summing to 1 over the coalition. out: untouched on error. */
ent_status ent_i_source_contract(ent_ctx *ctx, const ent_i_source *source, int64_t plays, const ent_terms *terms,
                                 const double *weight, const ent_contract_settings *settings, ent_contract *out);
ent_status ent_i_source_benchmark(ent_ctx *ctx, const ent_i_source *source, int64_t plays, const ent_terms *terms,
                                  const ent_contract_settings *settings, ent_benchmark *out);

#endif
