/** ref_relational_model.h - the reference's games as models, by way of a document; and random games
 * for all tests. */
#ifndef REF_RELATIONAL_MODEL_H
#define REF_RELATIONAL_MODEL_H

#include "ref/ref_relational.h"

#include "base/rng.h"
#include "model/relational_model.h"

/** ref_relational_random - 1 to 4 players, ties forced by few payoffs, knife edges by few discount
 * factors. */
ref_relational ref_relational_random(ent_rng *rng);

/** ref_relational_model - the game as a document that was read; the players are A, B, ... */
ent_status ref_relational_model(ent_ctx *ctx, const ref_relational *game, ent_relational **out);

/** ref_relational_is - is an exact number this fraction? */
bool ref_relational_is(const ent_rat *r, ref_q want);

#endif
