/** numeral.h - exact numbers as people write them. */
#ifndef ENT_NUMERAL_H
#define ENT_NUMERAL_H

#include "base/text.h"
#include "exact/rat.h"

/** ent_numeral - append a rational exactly: "3", "-1.25" when its decimal ends within 18 places,
 * else "2/3".
 * Returned  true when what was appended is a JSON number (no fraction)
 */
bool ent_numeral(ent_text *out, const ent_rat *value);

#endif
