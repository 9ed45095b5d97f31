/** hash.h - a model's identity: the SHA-256 of its compact JSON text. */
#ifndef ENT_HASH_H
#define ENT_HASH_H

#include "io/json.h"

/** ENT_HASH_TEXT - bytes of a hash as text: 64 lower-case hexadecimal digits and a NUL. */
enum { ENT_HASH_TEXT = 65 };

/** ent_i_model_hash - the hash of a node, as ent_json_write writes it without `pretty`. Comments
 * and white space do not enter; the order of members, and how numbers are written, do.
 * Given     model  in   any node
 * Returned  hash   out  on error untouched
 * Status    ENT_E_MEMORY
 * Checked   tests/t_hash.c
 */
ent_status ent_i_model_hash(ent_ctx *ctx, const ent_json *model, char hash[ENT_HASH_TEXT]);

/** ent_i_file_hash - the SHA-256 of a file's bytes.
 * Returned  hash   out  on error untouched
 * Status    ENT_E_IO  the file cannot be read
 * Checked   tests/t_hash.c
 */
ent_status ent_i_file_hash(ent_ctx *ctx, const char *path, char hash[ENT_HASH_TEXT]);

#endif
