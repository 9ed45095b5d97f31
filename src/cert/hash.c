#include "cert/hash.h"

#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>

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

ent_status ent_i_file_hash(ent_ctx *ctx, const char *path, char hash[ENT_HASH_TEXT])
{
    ent_status st = ENT_OK;
    unsigned char bytes[1 << 14];
    SHA2_CTX state;
    size_t got = 0;
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (!file) ENT_FAIL(ctx, ENT_E_IO, "%.200s: cannot be read: %s", path, strerror(errno));
    SHA256Init(&state);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) SHA256Update(&state, bytes, got);
    if (ferror(file)) ENT_FAIL(ctx, ENT_E_IO, "%.200s: cannot be read: %s", path, strerror(errno));
    SHA256End(&state, hash);
done:
    if (file) fclose(file);
    return st;
}
