/** brutal_run.h - a request, and the checking of its result, with every allocation made to fail in
 * turn. */
#ifndef BRUTAL_RUN_H
#define BRUTAL_RUN_H

#include "brutal.h"
#include "entente/run.h"

/** brutal_run - the same for a request, `sparse` as above; its result, for ent_free. */
static inline char *brutal_run(ent_ctx *ctx, const ent_request *request, int64_t sparse)
{
    brutal b = {.ctx = ctx, .sparse = sparse};
    char *json = NULL;
    while (brutal_goes_on(&b)) {
        brutal_on(&b);
        const ent_status st = ent_run(ctx, request, &json, NULL);
        brutal_off(&b, st);
        CHECK((st == ENT_OK) == (json != NULL));
    }
    brutal_end(&b, 20);
    return json;
}

/** brutal_twice - the same, and then once more: the same bytes. */
static inline void brutal_twice(ent_ctx *ctx, const ent_request *request)
{
    char *json = brutal_run(ctx, request, 0), *again = NULL;
    CHECK(ent_run(ctx, request, &again, NULL) == ENT_OK);
    CHECK_TEXT(again, json);
    ent_free(json);
    ent_free(again);
}

/** brutal_case - a model and what is asked of it. */
typedef struct brutal_case {
    const char *model, *method;
    size_t changes;
    const char *set[4];
} brutal_case;

static inline ent_request brutal_request(const brutal_case *c)
{
    return (ent_request){.source = "brutal",
                         .text = c->model,
                         .len = strlen(c->model),
                         .method = c->method,
                         .changes = c->changes,
                         .set = c->set};
}

/** brutal_verify - the same for the checker, which must accept the result. */
static inline void brutal_verify(ent_ctx *ctx, const char *json, int64_t sparse)
{
    brutal b = {.ctx = ctx, .sparse = sparse};
    while (json && brutal_goes_on(&b)) {
        int refused = -1;
        char *report = NULL;
        brutal_on(&b);
        const ent_status st = ent_verify_text(ctx, "brutal", json, strlen(json), &refused, &report);
        brutal_off(&b, st);
        CHECK((st == ENT_OK) == (report != NULL) && (st != ENT_OK || refused == 0));
        ent_free(report);
    }
    brutal_end(&b, 10);
}

#endif
