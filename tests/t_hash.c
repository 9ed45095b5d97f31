/* links: verify - a model's hash, against FIPS 180-4 written out here. */
#include "check.h"

#include "cert/hash.h"

#include <stdlib.h>

static uint32_t rotated(uint32_t x, int n) { return x >> n | x << (32 - n); }

/* The first 32 bits of the fractional part of the cube (root = 3) or square (root = 2) root of a
 * prime. */
static uint32_t fraction_of_root(uint32_t prime, int root)
{
    const long double x = root == 3 ? cbrtl((long double)prime) : sqrtl((long double)prime);
    return (uint32_t)((x - floorl(x)) * 4294967296.0L);
}

static uint32_t prime_after(uint32_t p)
{
    for (;;) {
        p++;
        uint32_t d = 2;
        while (d * d <= p && p % d != 0) d++;
        if (d * d > p) return p;
    }
}

static void block(uint32_t h[8], const unsigned char *bytes)
{
    uint32_t w[64], v[8], prime = 1;
    for (int t = 0; t < 16; t++)
        w[t] = (uint32_t)bytes[4 * t] << 24 | (uint32_t)bytes[4 * t + 1] << 16 |
               (uint32_t)bytes[4 * t + 2] << 8 | bytes[4 * t + 3];
    for (int t = 16; t < 64; t++) {
        const uint32_t a = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3;
        const uint32_t b = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = w[t - 16] + a + w[t - 7] + b;
    }
    memcpy(v, h, sizeof v);
    for (int t = 0; t < 64; t++) {
        prime = prime_after(prime);
        const uint32_t s1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25);
        const uint32_t t1 =
            v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + fraction_of_root(prime, 3) + w[t];
        const uint32_t s0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22);
        const uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int k = 0; k < 8; k++) h[k] += v[k];
}

static void slow_sha256(const char *text, size_t len, char out[ENT_HASH_TEXT])
{
    uint32_t h[8], prime = 1;
    for (int k = 0; k < 8; k++) {
        prime = prime_after(prime);
        h[k] = fraction_of_root(prime, 2);
    }
    const size_t padded = (len + 9 + 63) / 64 * 64;
    unsigned char *bytes = calloc(padded, 1);
    memcpy(bytes, text, len);
    bytes[len] = 0x80;
    for (int k = 0; k < 8; k++)
        bytes[padded - 1 - (size_t)k] = (unsigned char)((uint64_t)len * 8 >> 8 * k);
    for (size_t k = 0; k < padded; k += 64) block(h, bytes + k);
    free(bytes);
    for (int k = 0; k < 8; k++) snprintf(out + 8 * k, 9, "%08x", h[k]);
}

static void hash_of(ent_ctx *ctx, const char *text, char hash[ENT_HASH_TEXT])
{
    ent_doc *doc = NULL;
    CHECK(ent_doc_read(ctx, "model", strlen(text), text, &doc) == ENT_OK);
    CHECK(ent_i_model_hash(ctx, ent_doc_root(doc), hash) == ENT_OK);
    ent_doc_free(doc);
}

/* FIPS 180-4, the example "abc", as the bytes of a file. */
static void of_a_file(ent_ctx *ctx)
{
    char hash[ENT_HASH_TEXT] = "untouched";
    FILE *file = fopen("t_hash.txt", "wb");
    CHECK(file && fwrite("abc", 1, 3, file) == 3);
    if (file) fclose(file);
    CHECK(ent_i_file_hash(ctx, "t_hash.txt", hash) == ENT_OK);
    CHECK_TEXT(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    remove("t_hash.txt");
    strcpy(hash, "untouched");
    CHECK(ent_i_file_hash(ctx, "t_hash.txt", hash) == ENT_E_IO);
    CHECK_TEXT(hash, "untouched");
    CHECK_TEXT(ent_message(ctx), "t_hash.txt: cannot be read: No such file or directory");
    CHECK(ent_i_file_hash(ctx, ".", hash) == ENT_E_IO); /* a folder opens, and cannot be read */
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    char got[ENT_HASH_TEXT], want[ENT_HASH_TEXT];
    slow_sha256("abc", 3, want);
    CHECK_TEXT(
        want,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); /* FIPS 180-4, example 1 */

    hash_of(ctx, " 12 ", got);
    slow_sha256("12", 2, want);
    CHECK_TEXT(got, want);

    const char *const model =
        "{\"family\": \"x\", \"payoffs\": [[1.50, 2], [3, -4e2]],\n \"//\": \"a comment\", "
        "\"name\": \"\\u00e9t\\u00e9\"}";
    ent_doc *doc = NULL;
    ent_text text;
    ent_text_init(ctx, &text);
    CHECK(ent_doc_read(ctx, "model", strlen(model), model, &doc) == ENT_OK);
    ent_json_write(&text, ent_doc_root(doc), false);
    slow_sha256(text.data, text.len, want);
    hash_of(ctx, model, got);
    CHECK_TEXT(got, want);
    hash_of(ctx, text.data, got);
    CHECK_TEXT(got, want);
    hash_of(ctx,
            "{\"family\":\"x\",\"payoffs\":[[1.50,2],[3,-4e2]],\"name\":\"\xc3\xa9t\xc3\xa9\"}",
            got);
    CHECK_TEXT(got, want);
    hash_of(ctx, "{\"family\":\"x\",\"payoffs\":[[1.5,2],[3,-4e2]],\"name\":\"\xc3\xa9t\xc3\xa9\"}",
            got);
    CHECK(strcmp(got, want) != 0);

    strcpy(got, "untouched");
    ent_ctx_fail_after(ctx, 0);
    CHECK(ent_i_model_hash(ctx, ent_doc_root(doc), got) == ENT_E_MEMORY);
    CHECK_TEXT(got, "untouched");
    CHECK(ent_i_model_hash(ctx, ent_doc_root(doc), got) == ENT_OK);
    CHECK_TEXT(got, want);
    ent_doc_free(doc);
    ent_text_release(&text);
    of_a_file(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
