/** condition4.h - the post's condition 4 in both forms. Theorem 1 of [CoCo]: one holds when the
 * other does. */
#ifndef ENT_CONDITION4_H
#define ENT_CONDITION4_H

#include "strategic/perfect.h"

/** ent_i_threat_point - t_i^S. */
void ent_i_threat_point(const ent_perfect *p, ent_coal s, int i, ent_rat *t);

/** The largest violation of either form, relative to the spread. */
ent_status ent_i_condition4_coco(ent_ctx *ctx, const ent_perfect *p, ent_rat *most);
void ent_i_condition4_harsanyi(const ent_perfect *p, ent_rat *most);

#endif
