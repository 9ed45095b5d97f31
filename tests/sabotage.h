/** sabotage.h - results in which a number, word or boolean is changed: the checker must notice. */
#ifndef SABOTAGE_H
#define SABOTAGE_H

#include "check.h"
#include "entente/run.h"
#include "perturb.h"

typedef struct sabotage {
    ent_ctx *ctx;
    const char *name;                  /* for messages */
    bool (*is_free)(const char *path); /* may evidence there prove the same when it is changed? */
    bool lists;                        /* members of lists are left out, too */
    int changed, free;                 /* changes so far; those that proved the same */
} sabotage;

/** sabotage_solve - a request solved; its result, which the checker accepts. Free with ent_free. */
static inline char *sabotage_solve(ent_ctx *ctx, const ent_request *request)
{
    char *json = NULL;
    int refused = 1;
    const ent_status st = ent_run(ctx, request, &json, NULL);
    if (st != ENT_OK) printf("%s: %s\n%s\n", request->method, ent_message(ctx), request->text);
    CHECK(st == ENT_OK);
    if (st != ENT_OK) return NULL;
    CHECK(ent_verify_text(ctx, request->method, json, strlen(json), &refused, NULL) == ENT_OK);
    CHECK(refused == 0);
    return json;
}

/* A changed document must be refused, or be no result at all. */
static inline void sabotage_judge(sabotage *s, const ent_text *text, const ent_json *node,
                                  const char *how)
{
    int refused = 0;
    ent_text path;
    ent_text_init(s->ctx, &path);
    ent_json_path(&path, node);
    const ent_status st =
        ent_verify_text(s->ctx, "sabotaged", text->data, text->len, &refused, NULL);
    const bool noticed = st == ENT_E_MODEL || st == ENT_E_UNKNOWN || (st == ENT_OK && refused > 0);
    const bool free = !noticed && s->is_free && s->is_free(path.data);
    s->changed++;
    s->free += free;
    if (!noticed && !free)
        printf("%s: not noticed: %s %s (%s): %s\n", s->name, path.data, how,
               node->text ? node->text : "", ent_status_text(st));
    CHECK(noticed || free);
    ent_text_release(&path);
}

/* Every leaf, but the report of the checker itself at the end of a certificate. */
static inline void sabotage_below(sabotage *s, const char *json, const ent_json *part)
{
    ent_text text;
    ent_text_init(s->ctx, &text);
    for (const ent_json *node = part; node; node = after(node, part)) {
        const bool last = node->parent == part && node->key &&
                          (strcmp(node->key, "words") == 0 || strcmp(node->key, "checks") == 0);
        if (last) break;
        for (change how = A_LITTLE; is_leaf(node) && how < CHANGES; how++) {
            perturbed(s->ctx, json, node, how, &text);
            sabotage_judge(s, &text, node, how == BY_ONE ? "changed by 1" : "changed a little");
        }
        if (s->lists && node->parent && node->parent->kind == ENT_JSON_ARRAY) {
            without(json, node, &text);
            sabotage_judge(s, &text, node, "left out");
        }
    }
    ent_text_release(&text);
}

/** sabotage_all - every leaf of the solution and of the evidence. */
static inline void sabotage_all(sabotage *s, const char *json)
{
    ent_doc *doc = NULL;
    CHECK(ent_doc_read(s->ctx, s->name, strlen(json), json, &doc) == ENT_OK);
    if (!doc) return;
    sabotage_below(s, json, ent_json_get(ent_doc_root(doc), "solution"));
    sabotage_below(s, json, ent_json_get(ent_doc_root(doc), "certificate"));
    ent_doc_free(doc);
}

#endif
