/** reals.h - lists of numbers, each kept exactly and as the nearest double; how every family reads
 * numbers. */
#ifndef ENT_REALS_H
#define ENT_REALS_H

#include "exact/rat.h"
#include "io/json.h"

/** ent_reals - n numbers, exact and as doubles. */
typedef struct ent_reals {
    size_t n;
    double *value;  /* [n] nearest doubles */
    ent_rat *exact; /* [n] */
} ent_reals;

/** ENT_REAL_EXPONENT_MAX - numbers of models are 0 or lie between 1e-100 and 1e100 in magnitude:
 * then products of three of them and their squares are doubles that neither overflow nor vanish. */
enum { ENT_REAL_EXPONENT_MAX = 100 };

/** ent_i_reals_new - n zeros; release with ent_i_reals_release, which accepts an empty list and
 * empties it. On failure `out` is empty. */
ent_status ent_i_reals_new(ent_ctx *ctx, size_t n, ent_reals *out);
void ent_i_reals_release(ent_reals *reals);

/** ent_i_real_read - one number (a JSON number or a string such as "2/5").
 * Given     exact  in/out  initialised by the caller, who releases it
 * Status    ENT_E_MODEL no number; ENT_E_LIMIT a magnitude outside the range above; ENT_E_MEMORY
 */
ent_status ent_i_real_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, double *value,
                           ent_rat *exact);

/** ent_i_real_read_at - the same into place k of a list. */
ent_status ent_i_real_read_at(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              ent_reals *out, size_t k);

/** ent_i_reals_read - a JSON array of exactly n numbers into a new list.
 * Given     what  in  what one number belongs to, for the message: "wanted 3 numbers, one an
 *                     action, found 2"
 */
ent_status ent_i_reals_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, size_t n,
                            const char *what, ent_reals *out);

/** ent_i_probability_read - a number in [0,1]. ent_i_discount_read - a number in [0,1). Arguments
 * as ent_i_real_read.
 */
ent_status ent_i_probability_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                  double *value, ent_rat *exact);
ent_status ent_i_discount_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               double *value, ent_rat *exact);

/** ent_i_sign_wanted - what the reader of a number asks of its sign. */
typedef enum ent_i_sign_wanted {
    ENT_I_ANY_SIGN,
    ENT_I_NOT_NEGATIVE,
    ENT_I_POSITIVE
} ent_i_sign_wanted;

/** ent_i_sign_check - fail with ENT_E_MODEL at `node` when the number read from it has not the
 * wanted sign. */
ent_status ent_i_sign_check(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const ent_rat *exact, ent_i_sign_wanted wanted);

#endif
