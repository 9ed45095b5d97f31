#include "cert/hash.h"

#include <sha2.h>

_Static_assert(SHA256_DIGEST_STRING_LENGTH == ENT_HASH_TEXT, "a digest as text");

ent_status ent_i_model_hash(ent_ctx *ctx, const ent_json *model, char hash[ENT_HASH_TEXT])
{
    ent_text text;
    ent_text_init(ctx, &text);
    ent_json_write(&text, model, false);
    const ent_status st = text.status;
    if (st == ENT_OK) {
        SHA2_CTX state;
        SHA256Init(&state);
        SHA256Update(&state, (const uint8_t *)text.data, text.len);
        SHA256End(&state, hash);
    }
    ent_text_release(&text);
    return st;
}
