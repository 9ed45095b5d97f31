/** json_i.h - the inside of a document, shared by the files that build and change it. */
#ifndef ENT_JSON_I_H
#define ENT_JSON_I_H

#include "io/json.h"

/* Nodes and texts live in chunks that grow; a document is freed as a whole. */
typedef struct ent_i_chunk {
    struct ent_i_chunk *next;
    size_t size, used;
    char bytes[];
} ent_i_chunk;

struct ent_doc {
    char *name;
    char *source; /* [len], then a NUL: what positions refer to */
    size_t len;
    ent_json *root;
    ent_i_chunk *chunks; /* newest first */
};

/* ENT_JSON_MANY - objects with more members than this get an index by key. */
enum { ENT_JSON_MANY = 16 };

/** ent_i_doc_new - a document without nodes over a copy of the text; NULL sets *st. */
ent_doc *ent_i_doc_new(ent_ctx *ctx, const char *name, size_t len, const char *text,
                       ent_status *st);

/** ent_i_doc_take - `bytes` bytes that live as long as the document, aligned for pointers; NULL
 * sets *st. */
void *ent_i_doc_take(ent_ctx *ctx, ent_doc *doc, size_t bytes, ent_status *st);

/** ent_i_json_reader - the state of reading; `at` is the next byte of doc->source. */
typedef struct ent_i_json_reader {
    ent_ctx *ctx;
    ent_doc *doc;
    const char *source; /* of doc, NUL-terminated */
    size_t at;
    int64_t values;
    int depth;
    struct ent_i_json_open {
        ent_json *node, *last; /* an open container and its newest child */
    } open[ENT_JSON_DEPTH_MAX];
    const char *key; /* of the value about to be read, inside an object */
    size_t key_offset;
} ent_i_json_reader;

/** ent_i_json_string - the string literal at `at`, decoded. ent_i_json_number - the number literal
 * at `at`. */
ent_status ent_i_json_string(ent_i_json_reader *r, const char **text, size_t *len);
ent_status ent_i_json_number(ent_i_json_reader *r, const char **text, size_t *len);

/** ent_i_json_stop - fail with "name:line:column: message" at a byte of the source. */
ent_status ent_i_json_stop(ent_i_json_reader *r, size_t offset, ent_status code, const char *format,
                           ...) ENT_PRINTF(4, 5);
/** ent_i_json_wanted - "wanted ..., found ..." at `at`. */
ent_status ent_i_json_wanted(ent_i_json_reader *r, const char *what);

/** ent_i_json_seal - an object is complete: index it when it is large; duplicate keys are
 * refused. */
ent_status ent_i_json_seal(ent_i_json_reader *r, ent_json *object);

/** ent_i_json_quote - text[len] in quotes, shortened to a few words, control characters made
 * visible. */
enum { ENT_JSON_QUOTE = 80 };
void ent_i_json_quote(char out[ENT_JSON_QUOTE], const char *text, size_t len);

/** ent_i_json_put_string - append text[len] as a JSON string: only quotes, backslashes and control
 * characters escaped. */
void ent_i_json_put_string(ent_text *out, const char *text, size_t len);

/** ent_i_json_step - the child of `node` that one step of a pointer, step[len], leads to; NULL:
 * none. */
const ent_json *ent_i_json_step(const ent_json *node, size_t len, const char *step);

/** ent_i_json_short_real - the double nearest to a short numeral, when a single correctly rounded
 * operation gives it: at most 15 digits and a power of ten up to 22 ("0.4", "2/5"). false, and out
 * untouched, for everything else. */
bool ent_i_json_short_real(const char *text, size_t len, double *out);

/** ent_i_json_is_comment - does this key announce a comment? */
static inline bool ent_i_json_is_comment(const char *key)
{
    return key && key[0] == '/' && key[1] == '/';
}

#endif
