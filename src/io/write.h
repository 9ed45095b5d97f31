/** write.h - a JSON writer over ent_text: commas and indentation are its business, order and names
 * the caller's. `key` is NULL inside arrays. Errors are sticky in the text. Laid out for reading:
 * two spaces of indentation, short arrays and objects on one line.
 */
#ifndef ENT_WRITE_H
#define ENT_WRITE_H

#include "base/text.h"
#include "exact/rat.h"

enum { ENT_WRITE_DEPTH_MAX = 32 };

typedef struct ent_writer {
    ent_text *out;
    int depth;
    bool inline_from; /* set while a container opened with `flat` is open */
    int flat_depth;
    bool has_items[ENT_WRITE_DEPTH_MAX];
    bool is_array[ENT_WRITE_DEPTH_MAX];
} ent_writer;

void ent_write_init(ent_writer *w, ent_text *out);
/** flat: the container and all it holds stand on one line. */
void ent_write_object(ent_writer *w, const char *key, bool flat);
void ent_write_array(ent_writer *w, const char *key, bool flat);
void ent_write_end(ent_writer *w); /* closes the innermost container */
void ent_write_string(ent_writer *w, const char *key, const char *value);
void ent_write_bool(ent_writer *w, const char *key, bool value);
void ent_write_int(ent_writer *w, const char *key, int64_t value);
void ent_write_null(ent_writer *w, const char *key);
/** ent_write_real - a plain number; a value that is not finite is written as null. */
void ent_write_real(ent_writer *w, const char *key, double value);
/** ent_write_exact - {"value": 0.48, "exact": "12/25"}. */
void ent_write_exact(ent_writer *w, const char *key, const ent_rat *value);
/** ent_write_number - exact when `exact` is not NULL, else the plain `value`. */
void ent_write_number(ent_writer *w, const char *key, double value, const ent_rat *exact);
/** ent_write_raw - JSON text that is already well formed. */
void ent_write_raw(ent_writer *w, const char *key, const char *json, size_t len);

#endif
