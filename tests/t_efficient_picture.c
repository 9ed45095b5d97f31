/* The pictures of `efficient`: [Sal] Figure 2.1, Figure 2.2 and Figure 6.1 with the corners that
 * the paper's allocations name; faces by clipping; coalitions without a face; failing memory. */
#include "brutal.h"
#include "check.h"

#include "base/text.h"
#include "bayesian/efficient_space.h"
#include "driver/result_picture.h"
#include "entente/run.h"
#include "io/json.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"bayesian\", \"players\": ["
#define BUYER \
    "{\"name\": \"buyer\", \"types\": {\"weak\": \"4/5\", \"strong\": \"1/5\"}}, {\"name\": \"seller\"}"
#define TRADE \
    "{\"members\": [\"buyer\", \"seller\"], \"decisions\": {\"at 0\": {\"buyer\": {\"on\": [\"buyer\"], \"u\": [90, 30]}}, \"at 90\": {\"buyer\": " \
    "{\"on\": [\"buyer\"], \"u\": [0, -60]}, \"seller\": 90}}}"
#define VERIFIED \
    ", {\"members\": [\"buyer\", \"seller\", \"broker\"], \"decisions\": {\"to seller\": {\"seller\": {\"on\": [\"buyer\"], \"u\": [90, 30]}}, " \
    "\"to broker\": {\"broker\": {\"on\": [\"buyer\"], \"u\": [90, 30]}}}}"

static const char trade[] = HEAD BUYER "], \"coalitions\": [" TRADE "]}";
static const char broker[] =
    HEAD BUYER ", {\"name\": \"broker\"}], \"coalitions\": [" TRADE VERIFIED "]}";
static const char project[] = HEAD
    "{\"name\": \"1\"}, {\"name\": \"3\", \"types\": {\"w\": \"9/10\", \"s\": \"1/10\"}}], \"coalitions\": [{\"members\": [\"1\", \"3\"], "
    "\"decisions\": {\"1 pays\": {\"3\": {\"on\": [\"3\"], \"u\": [10, 5]}}, \"3 pays\": {\"1\": 10, \"3\": {\"on\": [\"3\"], \"u\": [0, -5]}}}}]}";
static const char two[] = HEAD
    "{\"name\": \"A\"}, {\"name\": \"B\"}], \"coalitions\": [{\"members\": [\"A\", \"B\"], \"decisions\": {\"a\": {\"A\": 10, \"B\": 1}, \"b\": {\"A\": 7, "
    "\"B\": 6}, \"c\": {\"A\": -3, \"B\": 12}}}]}";
static const char point[] = HEAD
    "{\"name\": \"A\"}, {\"name\": \"B\"}], \"coalitions\": [{\"members\": [\"A\", \"B\"], \"decisions\": {\"a\": {\"A\": 10, \"B\": 1}}}]}";
static const char large[] = HEAD
    "{\"name\": \"A\", \"types\": {\"x\": \"1/2\", \"y\": \"1/2\"}}, {\"name\": \"B\", \"types\": {\"x\": \"1/2\", \"y\": \"1/2\"}}], \"coalitions\": "
    "[{\"members\": [\"A\", \"B\"], \"decisions\": {\"a\": {\"A\": 10, \"B\": 1}}}]}";

/* The picture of a model as SVG, appended. */
static ent_status picture(const char *model, ent_text *out)
{
    const ent_request request = {
        .source = "model", .text = model, .len = strlen(model), .method = "efficient"};
    ent_status st = ENT_OK;
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_plot plot;
    ent_plot_init(ctx, &plot);
    ENT_TRY(ent_run(ctx, &request, &json, NULL));
    ENT_TRY(ent_doc_read(ctx, "result", strlen(json), json, &doc));
    ENT_TRY(ent_i_result_picture(ctx, doc, &plot));
    ent_plot_svg(out, &plot);
    st = out->status;
done:
    ent_plot_release(&plot);
    ent_doc_free(doc);
    ent_free(json);
    return st;
}

/* The picture holds all of the texts, a NULL-terminated list. */
static void holds(const char *model, const char *const *texts)
{
    ent_text svg;
    ent_text_init(ctx, &svg);
    CHECK(picture(model, &svg) == ENT_OK);
    for (; *texts; texts++) {
        const bool there = svg.data && strstr(svg.data, *texts) != NULL;
        if (!there) printf("missing: %s\n", *texts);
        CHECK(there);
    }
    ent_text_release(&svg);
}

/* The unit cube's corner cut off by x + y + z <= 1: a triangle; by a second plane: four corners; by
 * one beyond: nothing changes. */
static void faces(void)
{
    const ent_space space = {.axes = 3, .high = {1.0, 1.0, 1.0}};
    const ent_space_plane plane[] = {{{1.0, 1.0, 1.0}, 1.0},
                                     {{0.0, 0.0, 1.0}, 0.5},
                                     {{1.0, 0.0, 0.0}, 4.0},
                                     {{1.0, 1.0, 1.0}, -1.0}};
    ent_space_polygon p;
    ent_i_space_face(&space, 1, plane, 0, &p);
    CHECK(p.n == 3);
    ent_i_space_face(&space, 3, plane, 0, &p);
    CHECK(p.n == 4);
    for (int k = 0; k < p.n; k++) {
        CHECK_NEAR(p.x[k][0] + p.x[k][1] + p.x[k][2], 1.0, 1e-12);
        CHECK(p.x[k][2] <= 0.5 + 1e-12);
    }
    ent_i_space_face(&space, 4, plane, 0, &p);
    CHECK(p.n == 0);
    ent_i_space_face(&space, 4, plane, 3, &p);
    CHECK(p.n == 0);
}

static void memory(void)
{
    brutal b = {.ctx = ctx, .sparse = 15};
    while (brutal_goes_on(&b)) {
        ent_text svg;
        ent_text_init(ctx, &svg);
        brutal_on(&b);
        const ent_status st = picture(broker, &svg);
        brutal_off(&b, st);
        ent_text_release(&svg);
    }
    brutal_end(&b, 20);
}

int main(void)
{
    ctx = ent_ctx_new();
    faces();
    /* The plans of both dictators, the mean of them (2.1), and the corner of a price of 30. */
    holds(trade, (const char *const[]){">(0, 0, 72)<", ">(90, 30, 0)<", ">(60, 0, 30)<",
                                       "(45, 15, 36)", ">buyer weak<", ">seller<", NULL});
    /* With a broker who gets nothing the seller can have 78; without one, 72. (2.4) is (45, 15, 36,
     * 3), the solution (45, 15, 38, 1). */
    holds(broker, (const char *const[]){">(0, 0, 78)<", ">(0, 0, 72)<", "(45, 15, 38)",
                                        "(45, 15, 36)", "efficient with broker", NULL});
    holds(project, (const char *const[]){">(9, 0, 0)<", ">(0, 10, 5)<", ">(5, 5, 0)<",
                                         "(4.5, 5, 2.5)", NULL});
    holds(two, (const char *const[]){">(10, 1)<", ">(7, 6)<", ">(0, 10.2)<", NULL});
    holds(point, (const char *const[]){">(10, 1)<", NULL});
    ent_text svg;
    ent_text_init(ctx, &svg);
    CHECK(picture(large, &svg) == ENT_E_ARG);
    ent_text_release(&svg);
    memory();
    ent_ctx_free(ctx);
    return check_end();
}
