/** enclose.h - how near to the printed doubles a true equilibrium is proved to be. */
#ifndef ENT_ENCLOSE_H
#define ENT_ENCLOSE_H

#include "strategic/equilibrium.h"

/** ent_i_enclose - the least power of ten within which Newton's method (Krawczyk) proves an
 * equilibrium, docs/results.md. Computed in doubles with room for their rounding: what the checker
 * proves in rationals is a little less than what is asked here.
 * Given     e  in|out  an interior equilibrium in doubles; digits and radius are set when the proof
 *                      is within reach, else stay 0
 * Status    ENT_E_MEMORY
 */
ent_status ent_i_enclose(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                         ent_equilibrium *e);

#endif
