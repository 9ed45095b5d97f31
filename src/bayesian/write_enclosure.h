/** write_enclosure.h - the enclosure of a coalition's solutions, and its proof: docs/results.md
 * "bayesian: neutral-procedural". */
#ifndef ENT_WRITE_ENCLOSURE_H
#define ENT_WRITE_ENCLOSURE_H

#include "bayesian/value_enclosure.h"
#include "io/write.h"

/** Nothing is written when there is no enclosure. */
void ent_i_write_enclosure(ent_writer *w, const ent_bayesian *model, const ent_value_enclosure *e);
void ent_i_write_enclosure_proof(ent_writer *w, const ent_bayesian *model,
                                 const ent_value_enclosure *e);

#endif
