/* Model documents through the whole corridor, for every family and method: an answer that its own checker accepts, or a refusal
 * with a message; never a crash, and never our own mistake (ENT_E_BUG). The first byte of an input chooses the method. */
#include "fuzz.h"

#include "driver/run.h"

#include <string.h>

const int fuzz_rounds = 4000;

/* Numbers of players, actions and periods that are fine for people, but not for a thousand models a second. */
enum { BYTES_MAX = 6000, VALUES_MAX = 400 };

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

/* Is the document small enough for a fuzzer, and which method of its family do we try? */
static const ent_method *choose(ent_ctx *ctx, const char *text, size_t len, unsigned choice)
{
    ent_doc *doc = NULL;
    const ent_method *method = NULL;
    if (ent_doc_read(ctx, "input", len, text, &doc) != ENT_OK) return NULL;
    const ent_json *root = ent_doc_root(doc), *name = ent_json_get(root, "family");
    const ent_family *family = name && name->kind == ENT_JSON_STRING ? ent_i_family_find(name->text) : NULL;
    if (family && count_values(root) <= VALUES_MAX) method = &family->methods[choice % (unsigned)family->methods_n];
    ent_doc_free(doc);
    return method;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const set[] = {"threads=1"};
    if (size < 2 || size > BYTES_MAX) return 0;
    ent_ctx *ctx = ent_ctx_new();
    const char *text = (const char *)data + 1;
    const ent_method *method = choose(ctx, text, size - 1, data[0]);
    const ent_request request = {.source = "input", .text = text, .len = size - 1, .method = method ? method->name : NULL,
                                 .changes = method ? 1 : 0, .set = set};
    char *reply = NULL;
    ent_outcome outcome = ENT_NONE;
    const ent_status st = ent_run(ctx, &request, &reply, &outcome);
    if (st == ENT_E_BUG) fprintf(stderr, "%s\n", ent_message(ctx));
    FUZZ_CHECK(st != ENT_E_BUG);
    FUZZ_CHECK(st == ENT_OK ? reply != NULL : !reply && *ent_message(ctx));
    if (st == ENT_OK && method) {
        int refused = -1;
        FUZZ_CHECK(ent_verify_text(ctx, "result", reply, strlen(reply), &refused, NULL) == ENT_OK && refused == 0);
    }
    ent_free(reply);
    ent_ctx_free(ctx);
    return 0;
}
