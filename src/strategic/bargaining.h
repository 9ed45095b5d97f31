/** bargaining.h - Nash's solution of a bargaining model: outcomes that everybody must accept, and a
 * disagreement outcome. */
#ifndef ENT_BARGAINING_H
#define ENT_BARGAINING_H

#include "strategic/strategic_solve.h"

/** ent_i_bargaining - solve and write the document of `nash`. */
ent_status ent_i_bargaining(ent_ctx *ctx, const ent_strategic *model, ent_solution *out);

#endif
