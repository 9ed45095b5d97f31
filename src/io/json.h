/** json.h - JSON documents (RFC 8259) as read-only trees with positions; knows nothing of games.
 *
 * Numbers keep their source text, so they are exact until somebody asks for a double. Duplicate
 * keys, NaN, nesting beyond ENT_JSON_DEPTH_MAX, invalid UTF-8, the character U+0000 and anything
 * after the document are refused when reading. A key that begins with "//" is a comment: it and its
 * value are read, checked and dropped; it may stand several times.
 */
#ifndef ENT_JSON_H
#define ENT_JSON_H

#include "base/text.h"
#include "exact/rat.h"

enum { ENT_JSON_DEPTH_MAX = 64 };
/** ENT_JSON_BYTES_MAX - the longest document read, in bytes (1 GiB); more is refused with
 * ENT_E_LIMIT. */
#define ENT_JSON_BYTES_MAX ((size_t)1 << 30)
/** ENT_JSON_VALUES_MAX - how many values a document may have, so that nonsense cannot fill the
 * machine's memory. */
enum { ENT_JSON_VALUES_MAX = 1 << 24 };

typedef enum ent_json_kind {
    ENT_JSON_NULL,
    ENT_JSON_BOOL,
    ENT_JSON_NUMBER,
    ENT_JSON_STRING,
    ENT_JSON_ARRAY,
    ENT_JSON_OBJECT
} ent_json_kind;

typedef struct ent_json ent_json;
typedef struct ent_doc ent_doc;

struct ent_json {
    ent_json_kind kind;
    bool truth;      /* of a BOOL */
    uint32_t count;  /* children of an ARRAY or OBJECT */
    uint32_t offset; /* of the value's first byte in the source */
    uint32_t key_offset;
    uint32_t text_len;
    const char *key;  /* NUL-terminated UTF-8; NULL outside objects */
    const char *text; /* decoded STRING, or a NUMBER's characters; NUL-terminated */
    const ent_json *parent, *first, *next;
    const ent_json *const *sorted; /* private: [count] members by key, when an OBJECT has many */
};

/** ent_doc_read - parse a whole text.
 * Given     name  in  what error messages call the source, such as a file name; copied
 *           text  in  [len] bytes, need not be NUL-terminated; copied as far as needed
 * Returned  out       the document; on error untouched
 * Status    ENT_E_PARSE  "name:line:column: what was wanted, what was found", columns counting
 *           characters from 1; ENT_E_LIMIT too long, too deep, too many values; ENT_E_MEMORY
 * Cost      one pass, no recursion
 */
ent_status ent_doc_read(ent_ctx *ctx, const char *name, size_t len, const char *text,
                        ent_doc **out);
void ent_doc_free(ent_doc *doc);
const ent_json *ent_doc_root(const ent_doc *doc);
const char *ent_doc_name(const ent_doc *doc);

/** ent_json_get - the member `key` of an object, or NULL (also when `object` is NULL or no
 * object). */
const ent_json *ent_json_get(const ent_json *object, const char *key);
/** ent_json_at - follow a JSON pointer such as "/players/0/size" from `node`; array indices and,
 * for arrays of objects with a "name" member, names; "~1" stands for a slash inside a name and "~0"
 * for "~". "" and "/" are `node` itself. NULL when it leads nowhere. */
const ent_json *ent_json_at(const ent_json *node, const char *pointer);

/** ent_json_path - append the place of a node inside its document, "/players/0/size" ("/" for the
 * root). */
void ent_json_path(ent_text *out, const ent_json *node);

/** ent_json_fail - fail with "name:line:column: /path: message", the position being that of `node`;
 * formats like printf.
 * ent_json_fail_key - the same at the node's key.
 */
ent_status ent_json_fail(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_status code,
                         const char *format, ...) ENT_PRINTF(5, 6);
ent_status ent_json_fail_key(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_status code, const char *format, ...) ENT_PRINTF(5, 6);

/** ent_json_kind_name - "an object", "a number", ... for messages. */
const char *ent_json_kind_name(ent_json_kind kind);

/* Typed access. Each fails with ENT_E_MODEL and a message that says what was wanted and what was
 * found. `node` is never NULL here; ent_json_member fetches a required member or says that it is
 * missing. */
ent_status ent_json_member(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                           const char *key, const ent_json **out);
ent_status ent_json_expect(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                           ent_json_kind kind);
/** ent_json_rat - a JSON number, or a string holding a numeral ("2/5", "0.4"), exactly. */
ent_status ent_json_rat(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_rat *out);
/** ent_json_real - the same, rounded to the nearest double; refuses what overflows. Fast for short
 * decimals. */
ent_status ent_json_real(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, double *out);
ent_status ent_json_int(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, int64_t lo,
                        int64_t hi, int64_t *out);
ent_status ent_json_bool(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, bool *out);
/** ent_json_known - refuse members of an object whose key is not in the NULL-terminated list,
 * naming the nearest. */
ent_status ent_json_known(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                          const char *const *keys);

/** ent_i_json_nearest - the word among keys[n] that resembles `word` most, for messages; NULL when
 * none does. */
const char *ent_i_json_nearest(const char *word, size_t n, const char *const *keys);

/** ent_json_write - append a node as compact JSON, numbers as they were written. This text, hashed
 * with SHA-256, is a model's identity. `pretty` indents by two spaces and keeps short arrays and
 * objects on one line. */
void ent_json_write(ent_text *out, const ent_json *node, bool pretty);

/** ent_doc_override - a copy of a document in which the value at `pointer` is replaced by, or set
 * to, the JSON `value`.
 * Given  pointer  in  "discount", "weights/Row", "/players/A/size": slashes or dots, names or
 *                     indices; the last step may name a member that is absent so far
 *        value    in  a JSON text; a bare word that is no JSON is taken as a string ("1/2",
 *                     "equal")
 */
ent_status ent_doc_override(ent_ctx *ctx, const ent_doc *doc, const char *pointer,
                            const char *value, ent_doc **out);

/** ent_doc_at - the node that such a pointer leads to, or NULL. */
const ent_json *ent_doc_at(const ent_doc *doc, const char *pointer);

/** ent_doc_put - the number or text at `node`, which is the document's own, becomes text[len], in
 * place and at once: for sweeps, which change one numeral a million times. The text is borrowed as
 * long as the document is used.
 * Given  text  in  a numeral, NUL-terminated: a JSON number, or a fraction, which becomes a text
 */
void ent_doc_put(ent_doc *doc, const ent_json *node, size_t len, const char *text);

#endif
