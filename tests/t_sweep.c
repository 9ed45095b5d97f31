/* labels: threads. Sweeps: values of axes, rows against single solutions, threads, resuming at
 * every byte, tables, failing memory. */
#include "check.h"

#include "sweep/axis.h"
#include "sweep/sweep.h"
#include "sweep/sweep_picture.h"
#include "sweep/sweep_table.h"

#include <stdlib.h>

static const char nations[] =
    "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\",\n"
    " \"players\": [{\"name\": \"A\", \"size\": 1, \"cost\": 1}, {\"name\": \"B #\\\"b\\\"\", \"size\": 1, \"cost\": 1},\n"
    " {\"name\": \"C\", \"size\": 1, \"cost\": 1}], \"coalition\": [\"A\", \"C\"], \"discount\": \"3/10\"}";

static void axis_values(ent_ctx *ctx)
{
    static const struct {
        const char *text, *values; /* joined by blanks */
        bool numeric;
    } cases[] = {
        {"a=0:1:5", "0 1/4 1/2 3/4 1", true},
        {"a=1:0:3", "1 1/2 0", true},
        {"a=-1/3:1/3:3", "-1/3 0 1/3", true},
        {"a=0.1:0.3:3", "1/10 1/5 3/10", true},
        {"a=7:9:1", "7", true},
        {"a=1:1000:4:log", "1 10 100 1000", true},
        {"a=1:2:3:log", "1 1.41421356237 2", true},
        {"a=1000:1:4:log", "1000 100 10 1", true},
        {"a/b=1/3,0.5,2", "1/3 0.5 2", true},
        {"a=equal,1/2", "equal 1/2", false},
        {"a=[1,2],{\"x\":[3,4]},\"p,q\"", "[1,2] {\"x\":[3,4]} \"p,q\"", false},
        {"a=\"1:2\"", "\"1:2\"", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ent_axis axis = {0};
        ent_text values;
        ent_text_init(ctx, &values);
        CHECK(ent_i_axis_read(ctx, cases[k].text, &axis) == ENT_OK);
        for (int64_t v = 0; v < axis.count; v++) {
            if (v) ent_text_putc(&values, ' ');
            CHECK(ent_i_axis_value(ctx, &axis, v, &values) == ENT_OK);
        }
        CHECK_TEXT(values.data, cases[k].values);
        CHECK(axis.numeric == cases[k].numeric);
        ent_text_release(&values);
        ent_i_axis_release(&axis);
    }
    static const char *const wrong[] = {"",
                                        "a",
                                        "=1",
                                        "a=",
                                        "a=1:2",
                                        "a=1:2:3:4",
                                        "a=1:2:3:log:5",
                                        "a=1:2:0",
                                        "a=1:2:-1",
                                        "a=1:2:1.5",
                                        "a=1:2:2000000000",
                                        "a=x:2:3",
                                        "a=1:x:3",
                                        "a=0:1:3:log",
                                        "a=,",
                                        "a=1,",
                                        "a=:::"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ent_axis axis = {0};
        CHECK(ent_i_axis_read(ctx, wrong[k], &axis) == ENT_E_ARG);
        ent_i_axis_release(&axis);
    }
}

static bool put(void *user, const char *bytes, size_t len)
{
    ent_text *out = user;
    ent_text_add(out, bytes, len);
    return out->status == ENT_OK;
}

static bool refuse(void *user, const char *bytes, size_t len)
{
    (void)user, (void)bytes, (void)len;
    return false;
}

static ent_status new_sweep(ent_ctx *ctx, size_t axes, const char *const *vary, ent_sweep **sweep)
{
    const ent_request request = {.source = "n.json", .text = nations, .len = sizeof nations - 1};
    const ent_status st = ent_i_sweep_new(ctx, &request, axes, vary, sweep);
    if (st != ENT_OK && st != ENT_E_MEMORY) printf("%s\n", ent_message(ctx));
    return st;
}

/* The whole file. */
static ent_status whole(ent_ctx *ctx, const ent_sweep *sweep, int64_t threads, ent_text *out)
{
    size_t head = 0;
    const char *first = ent_i_sweep_head(sweep, &head);
    ent_text_add(out, first, head);
    return ent_i_sweep_run(ctx, sweep, threads, 0, put, out);
}

/* Each row is what the model says when it is solved alone. */
static void rows_are_solutions(ent_ctx *ctx)
{
    static const char *const vary[] = {"discount=0:4/5:3", "coalition=[\"A\"],[\"A\",\"C\"]",
                                       "players/A/size=1,1/2"};
    ent_sweep *sweep = NULL;
    ent_sweep_table table = {0};
    ent_text csv;
    ent_text_init(ctx, &csv);
    CHECK(new_sweep(ctx, 3, vary, &sweep) == ENT_OK);
    CHECK(ent_i_sweep_points(sweep) == 12);
    CHECK(whole(ctx, sweep, 1, &csv) == ENT_OK);
    CHECK(ent_i_sweep_table_read(ctx, "t", csv.len, csv.data, &table) == ENT_OK &&
          table.rows == 12);
    static const char *const sets[3][3] = {{"discount=0", "discount=2/5", "discount=4/5"},
                                           {"coalition=[\"A\"]", "coalition=[\"A\",\"C\"]", NULL},
                                           {"players/A/size=1", "players/A/size=1/2", NULL}};
    for (size_t row = 0; row < table.rows; row++) {
        const char *const set[] = {sets[0][row / 4], sets[1][row / 2 % 2], sets[2][row % 2],
                                   "check=false"};
        const ent_request request = {.source = "n.json",
                                     .text = nations,
                                     .len = sizeof nations - 1,
                                     .changes = 4,
                                     .set = set};
        char *json = NULL;
        ent_doc *doc = NULL;
        size_t column = 0, words = 0;
        double level[12];
        CHECK(ent_run(ctx, &request, &json, NULL) == ENT_OK);
        CHECK(json && ent_doc_read(ctx, "r", strlen(json), json, &doc) == ENT_OK);
        CHECK(ent_i_sweep_table_find(ctx, &table, "level", &column) == ENT_OK);
        CHECK(ent_i_sweep_table_numbers(ctx, &table, column, level, &words) == ENT_OK &&
              words == 0);
        const ent_json *alone = doc ? ent_json_at(ent_doc_root(doc), "/solution/level") : NULL,
                       *value = ent_json_get(alone, "value");
        double want = NAN;
        if (alone) (void)!(ent_json_real(ctx, doc, value ? value : alone, &want) == ENT_OK);
        CHECK_NEAR(level[row], want, 1e-12);
        ent_doc_free(doc);
        ent_free(json);
    }
    size_t column = 0;
    CHECK(ent_i_sweep_table_find(ctx, &table, "players/B #\"b\"/payoff", &column) ==
          ENT_OK); /* a name that needs quotes */
    ent_i_sweep_table_release(&table);
    ent_text_release(&csv);
    ent_i_sweep_free(sweep);
}

/* A file cut off after any number of bytes is continued to the same bytes. */
static void resume_anywhere(ent_ctx *ctx)
{
    static const char *const vary[] = {"discount=0:4/5:4", "renegotiation=0,1"};
    ent_sweep *sweep = NULL;
    ent_text csv, again;
    ent_text_init(ctx, &csv);
    ent_text_init(ctx, &again);
    CHECK(new_sweep(ctx, 2, vary, &sweep) == ENT_OK);
    CHECK(whole(ctx, sweep, 2, &csv) == ENT_OK);
    CHECK(!ent_i_sweep_unfinished(csv.len, csv.data));
    int same = 0, unfinished = 0;
    for (size_t cut = 0; cut <= csv.len; cut++) {
        size_t keep = 99, head = 0;
        int64_t done = -1;
        const char *first = ent_i_sweep_head(sweep, &head);
        const ent_status st = ent_i_sweep_resume(ctx, sweep, "t", cut, csv.data, &keep, &done);
        if (st != ENT_OK) printf("cut %zu: %s\n", cut, ent_message(ctx));
        ent_text_reset(&again);
        if (keep == 0) ent_text_add(&again, first, head);
        else ent_text_add(&again, csv.data, keep);
        same += st == ENT_OK && ent_i_sweep_run(ctx, sweep, 1, done, put, &again) == ENT_OK &&
                strcmp(again.data, csv.data) == 0;
        unfinished += ent_i_sweep_unfinished(cut, csv.data);
    }
    CHECK(same == (int)csv.len + 1);
    CHECK(unfinished > (int)csv.len / 2 && unfinished < (int)csv.len);

    size_t keep = 0;
    int64_t done = 0;
    ent_text_add(&csv, "9,9\n", 4);
    CHECK(ent_i_sweep_resume(ctx, sweep, "t", csv.len, csv.data, &keep, &done) == ENT_E_ARG);
    CHECK_TEXT(ent_message(ctx), "t: more than the sweep's 8 rows");
    ent_text_release(&again);
    ent_text_release(&csv);
    ent_i_sweep_free(sweep);
}

static void threads_and_failures(ent_ctx *ctx)
{
    static const char *const vary[] = {"discount=0:4/5:1000"}, *const bad[] = {"discount=0:1:1001"};
    ent_sweep *sweep = NULL;
    ent_text one, two;
    ent_text_init(ctx, &one);
    ent_text_init(ctx, &two);
    CHECK(new_sweep(ctx, 1, vary, &sweep) == ENT_OK);
    CHECK(whole(ctx, sweep, 1, &one) == ENT_OK && whole(ctx, sweep, 3, &two) == ENT_OK);
    CHECK_TEXT(two.data, one.data);
    CHECK(ent_i_sweep_run(ctx, sweep, 2, 0, refuse, NULL) == ENT_E_IO);
    const volatile int stop = 1;
    ent_ctx_set_cancel(ctx, &stop);
    CHECK(ent_i_sweep_run(ctx, sweep, 2, 0, put, &two) == ENT_E_CANCEL);
    ent_ctx_set_cancel(ctx, NULL);
    ent_i_sweep_free(sweep);
    sweep = NULL;

    CHECK(new_sweep(ctx, 1, bad, &sweep) == ENT_OK);
    ent_text_reset(&two);
    CHECK(ent_i_sweep_run(ctx, sweep, 2, 0, put, &two) == ENT_E_MODEL);
    CHECK_TEXT(
        ent_message(ctx),
        "point 1000 (discount=1): n.json:3:77: /discount: wanted a number in [0,1), found 1");
    int lines = 0;
    for (const char *c = two.data; *c; c++) lines += *c == '\n';
    CHECK(lines == 1000); /* every row before it was handed over */
    ent_i_sweep_free(sweep);
    ent_text_release(&two);
    ent_text_release(&one);
}

static void brutal(ent_ctx *ctx)
{
    static const char *const vary[] = {"discount=0:4/5:2", "coalition=[\"A\"],[\"A\",\"C\"]"};
    for (int fail = 0;; fail++) {
        ent_sweep *sweep = NULL;
        ent_sweep_table table = {0};
        ent_plot plot;
        ent_text csv, svg;
        static const char *const y[] = {"level"};
        const ent_sweep_view view = {.x = "discount", .n = 1, .y = y, .group = "coalition"};
        ent_text_init(ctx, &csv);
        ent_text_init(ctx, &svg);
        ent_plot_init(ctx, &plot);
        ent_ctx_fail_after(ctx, fail);
        ent_status st = new_sweep(ctx, 2, vary, &sweep);
        if (st == ENT_OK) st = whole(ctx, sweep, 1, &csv);
        if (st == ENT_OK) st = csv.status;
        if (st == ENT_OK) st = ent_i_sweep_table_read(ctx, "t", csv.len, csv.data, &table);
        if (st == ENT_OK) st = ent_i_sweep_picture(ctx, &table, &view, &plot);
        if (st == ENT_OK) ent_plot_svg(&svg, &plot);
        if (st == ENT_OK) st = svg.status;
        ent_ctx_fail_after(ctx, -1);
        ent_i_sweep_table_release(&table);
        ent_i_sweep_free(sweep);
        ent_plot_release(&plot);
        ent_text_release(&svg);
        ent_text_release(&csv);
        const bool out_of_memory = st == ENT_E_MEMORY || st == ENT_E_IO;
        if (st != ENT_OK && !out_of_memory)
            printf("allocation %d: %s: %s\n", fail, ent_status_word(st), ent_message(ctx));
        CHECK(st == ENT_OK || out_of_memory);
        if (st == ENT_OK || fail > 5000) break;
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    axis_values(ctx);
    rows_are_solutions(ctx);
    resume_anywhere(ctx);
    threads_and_failures(ctx);
    brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
