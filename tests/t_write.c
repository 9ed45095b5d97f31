/* links: verify. The writers: layout to the byte, round trips, and every allocation failing. */
#include "brutal.h"
#include "check.h"

#include "io/json.h"
#include "io/write.h"

#include <math.h>

static void fill(ent_writer *w, const ent_rat *half)
{
    ent_write_object(w, NULL, false);
    ent_write_int(w, "entente", 1);
    ent_write_string(w, "name", "a \"b\"\\\n\xc3\xa9\x01");
    ent_write_array(w, "list", true);
    ent_write_real(w, NULL, 0.1);
    ent_write_real(w, NULL, NAN);
    ent_write_real(w, NULL, -INFINITY);
    ent_write_bool(w, NULL, true);
    ent_write_null(w, NULL);
    ent_write_object(w, NULL, false); /* inside a flat container everything is flat */
    ent_write_bool(w, "no", false);
    ent_write_end(w);
    ent_write_end(w);
    ent_write_exact(w, "half", half);
    ent_write_number(w, "same", 0.5, half);
    ent_write_number(w, "plain", 0.5, NULL);
    ent_write_array(w, "empty", false);
    ent_write_end(w);
    ent_write_object(w, "deep", false);
    ent_write_raw(w, "raw", "[1,2]", 5);
    ent_write_end(w);
    ent_write_end(w);
}

static const char expected[] = "{\n"
                               "  \"entente\": 1,\n"
                               "  \"name\": \"a \\\"b\\\"\\\\\\n\xc3\xa9\\u0001\",\n"
                               "  \"list\": [0.1, null, null, true, null, {\"no\": false}],\n"
                               "  \"half\": {\"value\": 0.5, \"exact\": \"1/2\"},\n"
                               "  \"same\": {\"value\": 0.5, \"exact\": \"1/2\"},\n"
                               "  \"plain\": 0.5,\n"
                               "  \"empty\": [],\n"
                               "  \"deep\": {\n"
                               "    \"raw\": [1,2]\n"
                               "  }\n"
                               "}";

static void layout(ent_ctx *ctx)
{
    ent_rat half = ENT_RAT_ZERO;
    ent_text text;
    ent_writer w;
    ent_doc *doc = NULL;
    ent_rat_set_ratio(&half, 2, 4);
    ent_text_init(ctx, &text);
    ent_write_init(&w, &text);
    fill(&w, &half);
    CHECK(text.status == ENT_OK && w.depth == 0);
    CHECK_TEXT(text.data, expected);
    CHECK(ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_OK);
    CHECK_TEXT(ent_json_get(ent_doc_root(doc), "name")->text, "a \"b\"\\\n\xc3\xa9\x01");
    ent_doc_free(doc);
    ent_text_release(&text);
    ent_rat_release(&half);
}

/* Doubles come back as they were. */
static void doubles(ent_ctx *ctx)
{
    uint64_t state = 7;
    int same = 0;
    enum { N = 5000 };
    for (int k = 0; k < N; k++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double x = 0.0, back = NAN;
        memcpy(&x, &state, sizeof x);
        if (!isfinite(x)) x = (double)k / 7.0;
        ent_text text;
        ent_writer w;
        ent_doc *doc = NULL;
        ent_text_init(ctx, &text);
        ent_write_init(&w, &text);
        ent_write_real(&w, NULL, x);
        if (ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_OK)
            same += ent_json_real(ctx, doc, ent_doc_root(doc), &back) == ENT_OK && back == x;
        ent_doc_free(doc);
        ent_text_release(&text);
    }
    CHECK(same == N);
}

static void pretty_layout(ent_ctx *ctx)
{
    static const char text[] =
        "{\"short\":{\"a\":1,\"b\":[1,2]},\"none\":{},\"list\":[],\"rows\":[[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",1],"
        "[\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",2]],\"numbers\":[10000000,20000000,30000000,40000000,"
        "50000000,60000000,70000000,80000000,90000000,10000000,11000000,12000000,13000000]}";
    static const char want[] =
        "{\n"
        "  \"short\": {\"a\": 1, \"b\": [1, 2]},\n"
        "  \"none\": {},\n"
        "  \"list\": [],\n"
        "  \"rows\": [\n"
        "    [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", 1],\n"
        "    [\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", 2]\n"
        "  ],\n"
        "  \"numbers\": [\n"
        "    10000000, 20000000, 30000000, 40000000, 50000000, 60000000, 70000000, 80000000, 90000000, 10000000,\n"
        "    11000000, 12000000, 13000000\n"
        "  ]\n"
        "}";
    ent_doc *doc = NULL, *again = NULL;
    ent_text pretty, compact;
    ent_text_init(ctx, &pretty);
    ent_text_init(ctx, &compact);
    CHECK(ent_doc_read(ctx, "t", sizeof text - 1, text, &doc) == ENT_OK);
    ent_json_write(&pretty, ent_doc_root(doc), true);
    CHECK_TEXT(pretty.data, want);
    CHECK(ent_doc_read(ctx, "t", pretty.len, pretty.data, &again) == ENT_OK);
    ent_json_write(&compact, ent_doc_root(again), false);
    CHECK_TEXT(compact.data, text);
    ent_text_reset(&compact);
    ent_json_write(&compact, ent_json_at(ent_doc_root(again), "/rows/1"),
                   false); /* a part alone, without its key */
    CHECK_TEXT(compact.data,
               "[\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",2]");
    ent_text_release(&compact);
    ent_text_release(&pretty);
    ent_doc_free(again);
    ent_doc_free(doc);
}

/* Our own mistakes are statuses, not crashes. */
static void mistakes(ent_ctx *ctx)
{
    ent_text text;
    ent_writer w;
    ent_text_init(ctx, &text);
    ent_write_init(&w, &text);
    for (int k = 0; k <= ENT_WRITE_DEPTH_MAX; k++) ent_write_array(&w, NULL, false);
    CHECK(text.status == ENT_E_BUG);
    ent_text_reset(&text);
    ent_write_init(&w, &text);
    ent_write_end(&w);
    CHECK(text.status == ENT_E_BUG);
    ent_text_release(&text);
}

static void no_memory(ent_ctx *ctx)
{
    ent_rat half = ENT_RAT_ZERO;
    ent_rat_set_ratio(&half, 1, 2);
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_text text;
        ent_writer w;
        ent_text_init(ctx, &text);
        ent_write_init(&w, &text);
        brutal_on(&b);
        fill(&w, &half);
        brutal_off(&b, text.status);
        if (text.status == ENT_OK) CHECK_TEXT(text.data, expected);
        ent_text_release(&text);
    }
    brutal_end(&b, 3);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    layout(ctx);
    doubles(ctx);
    pretty_layout(ctx);
    mistakes(ctx);
    no_memory(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
