/** harsanyi.h - notion (iii), Harsanyi's constrained threats. */
#ifndef ENT_HARSANYI_H
#define ENT_HARSANYI_H

#include "strategic/perfect.h"

/** ent_i_write_transferable_harsanyi - `coalitions` of an equilibrium with side payments; p->u are
 * payoffs after payments. */
ent_status ent_i_write_transferable_harsanyi(ent_ctx *ctx, ent_writer *w, const ent_perfect *p);

#endif
