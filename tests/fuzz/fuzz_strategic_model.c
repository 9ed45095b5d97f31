/* links: verify. Any bytes through the reader of strategic models: never a crash, always a
 * message. */
#include "fuzz.h"

#include "model/strategic_model.h"

#include <math.h>

const int fuzz_rounds = 20000;

static void ask(const ent_strategic *m)
{
    FUZZ_CHECK(m->n >= 1 && m->title && m->player[m->n - 1]);
    if (m->kind == ENT_STRATEGIC_GAME) {
        int action[ENT_DENSE_MAX];
        ent_strategic_profile(m, m->profiles - 1, action);
        FUZZ_CHECK(ent_strategic_profile_index(m, action) == m->profiles - 1);
        for (size_t k = 0; k < m->payoff.n; k++)
            FUZZ_CHECK(isfinite(m->payoff.value[k]) &&
                       m->payoff.value[k] == ent_rat_double(&m->payoff.exact[k]));
    }
    if (m->kind == ENT_STRATEGIC_WORTH)
        FUZZ_CHECK(m->worth.n == (size_t)1 << m->n && m->worth.value[0] == 0.0);
    if (m->kind == ENT_STRATEGIC_VOTING) FUZZ_CHECK(m->quota > 0 && m->vote[m->n - 1] >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_doc *doc = NULL;
    ent_strategic *model = NULL;
    ent_status st = ent_doc_read(ctx, "fuzz", size, (const char *)data, &doc);
    if (st == ENT_OK && !ent_json_get(ent_doc_root(doc), "worth_file")) { /* no files in a fuzzer */
        st = ent_strategic_read(ctx, doc, ent_doc_root(doc), &model);
        FUZZ_CHECK((st == ENT_OK) == (model != NULL));
        if (model) ask(model);
        else FUZZ_CHECK(*ent_message(ctx));
    }
    ent_strategic_free(model);
    ent_doc_free(doc);
    ent_ctx_free(ctx);
    return 0;
}
