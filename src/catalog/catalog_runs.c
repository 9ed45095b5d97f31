/* The runs of an item: models, and changed copies of other runs' models, solved one by one. */
#include "catalog/catalog_i.h"

#include <stdio.h>
#include <string.h>

enum { CHAIN_MAX = 16, CHANGES_MAX = 256 };

/* What a run comes to when the runs that it is made `of` are followed to the model. */
typedef struct chain {
    const ent_json *model;
    const char *method;
    size_t changes;
    const char *set[CHANGES_MAX]; /* the model's own run first */
} chain;

static ent_status count_changes(ent_ctx *ctx, const ent_doc *doc, const ent_json *run, chain *c)
{
    ent_status st = ENT_OK;
    const ent_json *set = ent_json_get(run, "set");
    if (!set) return ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, set, ENT_JSON_ARRAY));
    for (const ent_json *s = set->first; s; s = s->next) {
        ENT_TRY(ent_json_expect(ctx, doc, s, ENT_JSON_STRING));
        if (c->changes == CHANGES_MAX)
            return ent_json_fail(ctx, doc, s, ENT_E_LIMIT, "a run has more than %d changes",
                                 CHANGES_MAX);
        c->set[c->changes++] = s->text;
    }
done:
    return st;
}

/* The run that the member "of" names. */
static ent_status origin(ent_ctx *ctx, const ent_doc *doc, const ent_json *runs, const ent_json *of,
                         const ent_json **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, of, ENT_JSON_STRING));
    *out = ent_json_get(runs, of->text);
    if (!*out) st = ent_json_fail(ctx, doc, of, ENT_E_MODEL, "no run is called \"%s\"", of->text);
done:
    return st;
}

static ent_status follow(ent_ctx *ctx, const ent_doc *doc, const ent_json *runs,
                         const ent_json *run, chain *c)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"model", "of", "method", "set", NULL};
    const ent_json *way[CHAIN_MAX];
    int n = 0;
    for (const ent_json *at = run; at; n++) {
        if (n == CHAIN_MAX)
            return ent_json_fail(ctx, doc, run, ENT_E_MODEL,
                                 "the runs that this one is made of go in a circle");
        ENT_TRY(ent_json_known(ctx, doc, at, keys));
        const ent_json *method = ent_json_get(at, "method"), *of = ent_json_get(at, "of");
        if (method) ENT_TRY(ent_json_expect(ctx, doc, method, ENT_JSON_STRING));
        if (method && !c->method) c->method = method->text;
        way[n] = at;
        if (of) ENT_TRY(origin(ctx, doc, runs, of, &at));
        else at = NULL;
    }
    ENT_TRY(ent_json_member(ctx, doc, way[n - 1], "model", &c->model));
    while (n > 0) ENT_TRY(count_changes(ctx, doc, way[--n], c));
done:
    return st;
}

/* A failure inside a run: its message names the run. */
static ent_status in_run(ent_ctx *ctx, const ent_doc *doc, const ent_json *run, ent_status status)
{
    char message[700];
    if (status == ENT_OK || status == ENT_E_MEMORY || status == ENT_E_CANCEL) return status;
    snprintf(message, sizeof message, "%s", ent_message(ctx));
    return ent_json_fail_key(ctx, doc, run, status, "%s", message);
}

static ent_status solve(ent_ctx *ctx, const ent_doc *doc, const ent_json *runs, const ent_json *run,
                        ent_doc **result)
{
    ent_status st = ENT_OK;
    chain *c = NULL;
    ent_task task = {0};
    ent_text model;
    char *text = NULL;
    ent_outcome outcome = ENT_SOLVED;
    ent_text_init(ctx, &model);
    ENT_ALLOC(ctx, c, 1);
    ENT_TRY(follow(ctx, doc, runs, run, c));
    ent_json_write(&model, c->model, false);
    ENT_TRY(model.status);
    const ent_request request = {.source = run->key,
                                 .text = model.data,
                                 .len = model.len,
                                 .method = c->method,
                                 .changes = c->changes,
                                 .set = c->set};
    st = ent_i_task_prepare(ctx, &request, &task);
    if (st == ENT_OK) st = ent_i_task_solve(ctx, &task, &outcome, &text, result);
    st = in_run(ctx, doc, run, st);
done:
    ent_free(text);
    ent_i_task_release(&task);
    ent_text_release(&model);
    ent_free(c);
    return st;
}

ent_status ent_i_runs_solve(ent_ctx *ctx, const ent_doc *doc, const ent_json *runs, ent_i_runs *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, runs, ENT_JSON_OBJECT));
    ENT_ALLOC(ctx, out->run, runs->count);
    for (const ent_json *run = runs->first; run; run = run->next) {
        out->run[out->n].node = run;
        ENT_TRY(solve(ctx, doc, runs, run, &out->run[out->n].result));
        out->n++;
    }
done:
    return st;
}

void ent_i_runs_release(ent_i_runs *runs)
{
    for (int k = 0; k < runs->n; k++) ent_doc_free(runs->run[k].result);
    ent_free(runs->run);
    *runs = (ent_i_runs){0};
}
