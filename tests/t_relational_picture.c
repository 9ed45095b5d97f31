/* Pictures of relational documents: what is drawn is what the document says; every allocation
 * failing. */
#include "brutal.h"
#include "check.h"

#include "driver/result_picture.h"
#include "driver/run.h"

static const char dilemma[] =
    "{\"entente\": 1, \"family\": \"relational\", \"name\": \"PD\", \"players\": [{\"name\": \"R\", \"actions\": [\"w\", \"s\"]},"
    "{\"name\": \"C\", \"actions\": [\"w\", \"s\"]}], \"payoffs\": [[2,2],[-1,3],[3,-1],[0,0]], \"coalition\": [\"R\", \"C\"],"
    "\"discount\": \"3/5\"}";
static const char nations[] =
    "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\": \"A\", \"size\": 1, \"cost\": 1},"
    "{\"name\": \"B\", \"size\": 1, \"cost\": 1}, {\"name\": \"C\", \"size\": 1, \"cost\": 1}], \"coalition\": [\"A\", \"B\"],"
    "\"discount\": \"4/5\"}";

static ent_doc *solve(ent_ctx *ctx, const char *text, const char *method)
{
    const ent_request request = {
        .source = "m", .text = text, .len = strlen(text), .method = method};
    char *json = NULL;
    ent_doc *doc = NULL;
    CHECK(ent_run(ctx, &request, &json, NULL) == ENT_OK);
    CHECK(json && ent_doc_read(ctx, "r", strlen(json), json, &doc) == ENT_OK);
    ent_free(json);
    return doc;
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    ent_plot plot;
    ent_doc *doc = solve(ctx, dilemma, "contractual");
    ent_plot_init(ctx, &plot);
    CHECK(ent_i_result_picture(ctx, doc, &plot) == ENT_OK && plot.n == 2);
    const ent_layer *level = plot.n == 2 && plot.layer[0].n >= 3 ? &plot.layer[0] : NULL;
    CHECK(level && level->kind == ENT_LAYER_STEPS && level->x[level->n - 1] == 1.0);
    /* hand: both work from 1/2 on, where 4 (1 - 1/2) 1 = 2 (1/2) */
    CHECK(level && level->y[level->n - 1] == 4.0 && level->x[level->n - 2] == 0.5 &&
          level->y[level->n - 3] == 2.0);
    CHECK_TEXT(plot.title, "PD");
    ent_plot_release(&plot);

    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_plot_init(ctx, &plot);
        brutal_on(&b);
        brutal_off(&b, ent_i_result_picture(ctx, doc, &plot));
        ent_plot_release(&plot);
    }
    brutal_end(&b, 5);
    ent_doc_free(doc);

    doc = solve(ctx, nations, NULL);
    ent_plot_init(ctx, &plot);
    CHECK(ent_i_result_picture(ctx, doc, &plot) == ENT_OK && plot.n == 1 && plot.ticks == 3);
    /* [MW25] eq. (30) */
    CHECK(plot.n == 1 && plot.layer[0].kind == ENT_LAYER_BARS && plot.layer[0].y[2] == 1.5);
    ent_plot_release(&plot);
    ent_doc_free(doc);

    doc = solve(ctx, nations, "accession");
    ent_plot_init(ctx, &plot);
    CHECK(ent_i_result_picture(ctx, doc, &plot) == ENT_OK && plot.ticks == 2);
    CHECK(plot.n == 3 && plot.layer[0].y[0] == 4.0 && plot.layer[2].y[0] == 2.25);
    ent_plot_release(&plot);
    ent_doc_free(doc);

    doc = solve(ctx, nations, "simulate");
    ent_plot_init(ctx, &plot);
    CHECK(ent_i_result_picture(ctx, doc, &plot) == ENT_E_ARG);
    ent_plot_release(&plot);
    ent_doc_free(doc);
    ent_ctx_free(ctx);
    return check_end();
}
