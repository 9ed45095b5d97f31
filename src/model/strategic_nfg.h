/** strategic_nfg.h - games of the `strategic` family as .nfg files. */
#ifndef ENT_STRATEGIC_NFG_H
#define ENT_STRATEGIC_NFG_H

#include "io/nfg.h"
#include "model/strategic_model.h"

/** ent_strategic_nfg - a game as the .nfg format tells it; worth functions and voting games have no
 * such form.
 * Returned  out  free with ent_nfg_free. Side payments and prices cannot be told and are dropped.
 * Status    ENT_E_ARG no game; ENT_E_LIMIT; ENT_E_MEMORY
 */
ent_status ent_strategic_nfg(ent_ctx *ctx, const ent_strategic *model, ent_nfg **out);

#endif
