/** contract.h - memory of ent_contract and ent_benchmark: sized once, reused by every later call of
 * the same shape. */
#ifndef ENT_CONTRACT_H
#define ENT_CONTRACT_H

#include "base/memory.h"
#include "entente/relational.h"

/** ent_i_contract_prepare - make every array of `out` ready for n players: plays when `efforts` is
 * false, efforts when it is true; ties, steps and simplices are emptied but keep their memory. When
 * `out` already has this shape nothing is allocated. On failure `out` is still valid for release.
 */
ent_status ent_i_contract_prepare(ent_ctx *ctx, int n, bool efforts, ent_contract *out);

/** ent_i_contract_reserve - for plays: prepare with room for all lists, whose counters are set. On
 * failure `out` is what it was before. */
typedef struct ent_contract_room {
    int ties, steps, simplices, bounds;
} ent_contract_room;
ent_status ent_i_contract_reserve(ent_ctx *ctx, int n, const ent_contract_room *room,
                                  ent_contract *out);
ent_status ent_i_benchmark_reserve(ent_ctx *ctx, int n, int steps, ent_benchmark *out);

ent_status ent_i_benchmark_prepare(ent_ctx *ctx, int n, bool efforts, ent_benchmark *out);

#endif
