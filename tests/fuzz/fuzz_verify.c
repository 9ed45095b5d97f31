/* Result documents, whole and damaged, through the checkers: a verdict or a refusal with a message,
 * and no crash. What the checker accepts it accepts again from the same text laid out anew. */
#include "fuzz.h"

#include "entente/run.h"
#include "io/json.h"

#include <string.h>

const int fuzz_rounds = 3000;

enum { BYTES_MAX = 40000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > BYTES_MAX) return 0;
    ent_ctx *ctx = ent_ctx_new();
    const char *text = (const char *)data;
    char *report = NULL;
    int refused = -1, again = -1;
    const ent_status st = ent_verify_text(ctx, "input", text, size, &refused, &report);
    if (st == ENT_E_BUG) fprintf(stderr, "%s\n", ent_message(ctx));
    FUZZ_CHECK(st != ENT_E_BUG);
    FUZZ_CHECK(st == ENT_OK ? refused >= 0 && report : *ent_message(ctx) != '\0');
    if (st == ENT_OK) {
        ent_doc *doc = NULL;
        ent_text compact;
        ent_text_init(ctx, &compact);
        FUZZ_CHECK(ent_doc_read(ctx, "input", size, text, &doc) == ENT_OK);
        ent_json_write(&compact, ent_doc_root(doc), false);
        FUZZ_CHECK(ent_verify_text(ctx, "again", compact.data, compact.len, &again, NULL) ==
                       ENT_OK &&
                   again == refused);
        ent_text_release(&compact);
        ent_doc_free(doc);
    }
    ent_free(report);
    ent_ctx_free(ctx);
    return 0;
}
