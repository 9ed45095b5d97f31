/* Model documents through the whole corridor, for every family and method: an answer that its own
 * checker accepts, or a refusal with a message; never a crash, and never our own mistake
 * (ENT_E_BUG). An input is the word of a method, a line break and a model. */
#include "fuzz.h"

#include "entente/run.h"
#include "io/json.h"

#include <string.h>

const int fuzz_rounds = 4000;

/* Numbers of players, actions and periods that are fine for people, but not for a thousand models a
 * second. */
enum { BYTES_MAX = 6000, VALUES_MAX = 400, WORD_MAX = 40 };

static size_t count_values(const ent_json *node)
{
    size_t n = 0;
    for (const ent_json *at = node; at; n++) {
        if (at->first) {
            at = at->first;
            continue;
        }
        while (at != node && !at->next) at = at->parent;
        at = at == node ? NULL : at->next;
    }
    return n;
}

/* Is the document small enough for a fuzzer? */
static bool is_small(ent_ctx *ctx, const char *text, size_t len)
{
    ent_doc *doc = NULL;
    if (ent_doc_read(ctx, "input", len, text, &doc) != ENT_OK) return true;
    const bool small = count_values(ent_doc_root(doc)) <= VALUES_MAX;
    ent_doc_free(doc);
    return small;
}

/* The method's word in front of the first line break; NULL, the default, when there is none. */
static const char *split(const char *data, size_t size, char word[WORD_MAX], size_t *skip)
{
    const char *end = memchr(data, '\n', size < WORD_MAX ? size : WORD_MAX - 1);
    *skip = end ? (size_t)(end - data) + 1 : 0;
    if (!end || end == data) return NULL;
    memcpy(word, data, (size_t)(end - data));
    word[end - data] = '\0';
    return word;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const set[] = {"threads=1"};
    char word[WORD_MAX];
    size_t skip = 0;
    if (size > BYTES_MAX) return 0;
    const char *method = split((const char *)data, size, word, &skip),
               *text = (const char *)data + skip;
    ent_ctx *ctx = ent_ctx_new();
    const ent_request request = {.source = "input",
                                 .text = text,
                                 .len = size - skip,
                                 .method = method,
                                 .changes = 1,
                                 .set = set};
    char *reply = NULL;
    ent_outcome outcome = ENT_NONE;
    const ent_status st =
        is_small(ctx, text, size - skip) ? ent_run(ctx, &request, &reply, &outcome) : ENT_E_LIMIT;
    if (st == ENT_E_BUG) fprintf(stderr, "%s\n", ent_message(ctx));
    FUZZ_CHECK(st != ENT_E_BUG);
    FUZZ_CHECK(st == ENT_OK ? reply != NULL : reply == NULL);
    if (st == ENT_OK) {
        int refused = -1;
        FUZZ_CHECK(ent_verify_text(ctx, "result", reply, strlen(reply), &refused, NULL) == ENT_OK &&
                   refused == 0);
    }
    ent_free(reply);
    ent_ctx_free(ctx);
    return 0;
}
