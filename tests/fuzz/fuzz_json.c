/* links: verify. Any bytes through the reader of documents; what is read must survive being written
 * and read again. */
#include "fuzz.h"

#include "io/json.h"

#include <math.h>
#include <string.h>

const int fuzz_rounds = 20000;

static const ent_json *after(const ent_json *node, const ent_json *root)
{
    if (node->first) return node->first;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

static void ask_everything(ent_ctx *ctx, const ent_doc *doc)
{
    static const char *const keys[] = {"name", "players", NULL};
    const ent_json *root = ent_doc_root(doc);
    for (const ent_json *node = root; node; node = after(node, root)) {
        double x = 0.0;
        int64_t whole = 0;
        ent_rat exact = ENT_RAT_ZERO;
        ent_text path;
        ent_text_init(ctx, &path);
        const ent_status real = ent_json_real(ctx, doc, node, &x),
                         rational = ent_json_rat(ctx, doc, node, &exact);
        if (real == ENT_OK)
            FUZZ_CHECK(isfinite(x) && rational == ENT_OK && x == ent_rat_double(&exact));
        if (ent_json_int(ctx, doc, node, -5, 5, &whole) == ENT_OK) FUZZ_CHECK(x == (double)whole);
        (void)!(ent_json_known(ctx, doc, node, keys) == ENT_OK);
        ent_json_path(&path, node);
        FUZZ_CHECK(path.status == ENT_OK && ent_json_at(root, path.data) != NULL);
        ent_text_release(&path);
        ent_rat_release(&exact);
    }
}

static ent_doc *read_again(ent_ctx *ctx, const ent_text *text)
{
    ent_doc *doc = NULL;
    FUZZ_CHECK(ent_doc_read(ctx, "again", text->len, text->data, &doc) == ENT_OK);
    return doc;
}

static void round_trip(ent_ctx *ctx, const ent_doc *doc)
{
    ent_text compact, pretty, back;
    ent_text_init(ctx, &compact);
    ent_text_init(ctx, &pretty);
    ent_text_init(ctx, &back);
    ent_json_write(&compact, ent_doc_root(doc), false);
    ent_json_write(&pretty, ent_doc_root(doc), true);
    ent_doc *one = read_again(ctx, &compact), *two = read_again(ctx, &pretty);
    ent_json_write(&back, ent_doc_root(one), false);
    FUZZ_CHECK(strcmp(back.data, compact.data) == 0);
    ent_text_reset(&back);
    ent_json_write(&back, ent_doc_root(two), false);
    FUZZ_CHECK(strcmp(back.data, compact.data) == 0);
    ent_doc_free(one);
    ent_doc_free(two);
    ent_text_release(&back);
    ent_text_release(&pretty);
    ent_text_release(&compact);
}

static void change(ent_ctx *ctx, const ent_doc *doc)
{
    ent_doc *changed = NULL;
    if (ent_doc_override(ctx, doc, "a/new", "[1, \"x\"]", &changed) == ENT_OK)
        FUZZ_CHECK(ent_json_at(ent_doc_root(changed), "/a/new/1") != NULL);
    ent_doc_free(changed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_doc *doc = NULL;
    if (ent_doc_read(ctx, "input", size, (const char *)data, &doc) == ENT_OK) {
        ask_everything(ctx, doc);
        round_trip(ctx, doc);
        change(ctx, doc);
        ent_doc_free(doc);
    } else {
        FUZZ_CHECK(!doc && *ent_message(ctx));
    }
    ent_ctx_free(ctx);
    return 0;
}
