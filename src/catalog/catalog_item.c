#include "catalog/catalog_i.h"

#include <string.h>

void ent_i_item_release(ent_item *item)
{
    for (int k = 0; k < item->claims; k++) ent_free(item->claim[k].computed);
    ent_free(item->claim);
    ent_doc_free(item->doc);
    *item = (ent_item){0};
}

static ent_status read_head(ent_ctx *ctx, ent_item *item)
{
    static const char *const keys[] = {"key", "item", "page", "title", "runs", "claims", NULL};
    ent_status st = ENT_OK;
    const ent_json *root = ent_doc_root(item->doc);
    ENT_TRY(ent_json_known(ctx, item->doc, root, keys));
    ENT_TRY(ent_i_text_member(ctx, item->doc, root, "key", NULL, &item->key));
    ENT_TRY(ent_i_text_member(ctx, item->doc, root, "item", NULL, &item->item));
    ENT_TRY(ent_i_text_member(ctx, item->doc, root, "page", "", &item->page));
    ENT_TRY(ent_i_text_member(ctx, item->doc, root, "title", "", &item->title));
done:
    return st;
}

ent_status ent_i_item_read(ent_ctx *ctx, const char *source, size_t len, const char *text,
                           ent_item *item)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_doc_read(ctx, source, len, text, &item->doc));
    ENT_TRY(read_head(ctx, item));
done:
    return st;
}

ent_status ent_i_item_run(ent_ctx *ctx, ent_item *item)
{
    ent_status st = ENT_OK;
    ent_i_runs solved = {0};
    const ent_json *runs = NULL, *claims = NULL, *root = ent_doc_root(item->doc);
    ENT_TRY(ent_json_member(ctx, item->doc, root, "runs", &runs));
    ENT_TRY(ent_json_member(ctx, item->doc, root, "claims", &claims));
    ENT_TRY(ent_json_expect(ctx, item->doc, claims, ENT_JSON_ARRAY));
    ENT_TRY(ent_i_runs_solve(ctx, item->doc, runs, &solved));
    ENT_ALLOC(ctx, item->claim, claims->count);
    for (const ent_json *c = claims->first; c; c = c->next)
        ENT_TRY(ent_i_claim_judge(ctx, item->doc, &solved, c, &item->claim[item->claims++]));
done:
    ent_i_runs_release(&solved);
    return st;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* Is word the same as a[len]? Letters count the same in both cases. */
static bool same(const char *word, const char *a, size_t len)
{
    size_t k = 0;
    while (k < len && word[k] && lower(word[k]) == lower(a[k])) k++;
    return k == len && word[k] == '\0';
}

bool ent_i_catalog_selects(const char *word, const char *path, const ent_item *item)
{
    const char *slash = strchr(path, '/'), *file = slash ? slash + 1 : path,
               *dot = strrchr(path, '.');
    const size_t stem = dot && dot > file ? (size_t)(dot - file) : strlen(file),
                 whole = (size_t)(file - path) + stem;
    const size_t key = strlen(item->key), paper = slash ? (size_t)(slash - path) : 0;
    if (same(word, item->key, key) || same(word, path, paper) ||
        same(word, item->item, strlen(item->item)))
        return true;
    if (same(word, file, stem) || same(word, path, whole) || same(word, path, strlen(path)))
        return true;
    const size_t len = strlen(word);
    if (len <= key || word[key] != ' ') return false;
    for (size_t k = 0; k < key; k++)
        if (lower(word[k]) != lower(item->key[k])) return false;
    return same(word + key + 1, item->item, strlen(item->item));
}
