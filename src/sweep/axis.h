/** axis.h - one dimension of a grid: a place of the model or a setting, and the values it takes.
 *
 *   discount=0:9/10:10        ten values from 0 to 9/10, evenly spaced, exact rationals
 *   players/A/size=1:1000:4:log   evenly spaced ratios, rounded to 12 significant digits
 *   weights/A=1/4,1/2         a list; an item is JSON, or a bare word that is taken as a text
 */
#ifndef ENT_AXIS_H
#define ENT_AXIS_H

#include "base/text.h"
#include "exact/rat.h"
#include "io/json.h"

enum { ENT_AXIS_LOG_DIGITS = 12 };

typedef struct ent_axis {
    char *path;
    int64_t count;   /* of values, >= 1 */
    bool numeric;    /* every value is a number */
    bool is_setting; /* of the family; else a place in the model */
    bool is_log;
    ent_rat from, to; /* of a range */
    char **item;      /* [count] of a list; NULL for a range */
} ent_axis;

/** ent_i_axis_read - understand "path=values".
 * Returned  axis  out  initialised by the caller to {0}; release with ent_i_axis_release, also
 *                      after a failure
 * Status    ENT_E_ARG with a message that repeats the text
 */
ent_status ent_i_axis_read(ent_ctx *ctx, const char *text, ent_axis *axis);
void ent_i_axis_release(ent_axis *axis);

/** ent_i_axis_value - append value k, 0 <= k < count, as ent_doc_override and ent_settings_set take
 * it ("1/4", "0.5", "equal"). */
ent_status ent_i_axis_value(ent_ctx *ctx, const ent_axis *axis, int64_t k, ent_text *out);

#endif
