/* Unknown members, and what the writer may have meant. */
#include "io/json_i.h"

#include <string.h>

enum { WORD_MAX = 32 }; /* longer keys are compared by their beginning */

static int least(int a, int b, int c) { return a < b ? (a < c ? a : c) : (b < c ? b : c); }

static int word_length(const char *word)
{
    int n = 0;
    while (n < WORD_MAX && word[n]) n++;
    return n;
}

/* Levenshtein's distance of the first WORD_MAX bytes. */
static int distance(const char *a, const char *b)
{
    int row[WORD_MAX + 1];
    const int n = word_length(b);
    for (int j = 0; j <= n; j++) row[j] = j;
    for (int i = 1; i <= WORD_MAX && a[i - 1]; i++) {
        int corner = row[0];
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            const int above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
            corner = above;
        }
    }
    return row[n];
}

const char *ent_i_json_nearest(const char *word, size_t n, const char *const *keys)
{
    const char *nearest = NULL;
    int best = (word_length(word) + 1) / 3; /* a third of the letters may be wrong */
    for (size_t k = 0; k < n; k++) {
        const int d = distance(word, keys[k]);
        const bool begins = strlen(word) >= 3 && strncmp(keys[k], word, strlen(word)) == 0;
        if (d > best && !begins) continue;
        if (nearest && d >= best) continue;
        nearest = keys[k];
        best = d;
    }
    return nearest;
}

static ent_status refuse(ent_ctx *ctx, const ent_doc *doc, const ent_json *member, size_t n,
                         const char *const *keys)
{
    ent_status st = ENT_OK;
    char shown[ENT_JSON_QUOTE];
    ent_text list;
    ent_text_init(ctx, &list);
    ent_i_json_quote(shown, member->key, strlen(member->key));
    const char *nearest = ent_i_json_nearest(member->key, n, keys);
    if (nearest) {
        st = ent_json_fail_key(ctx, doc, member, ENT_E_MODEL,
                               "unknown member %s; did you mean \"%s\"?", shown, nearest);
        goto done;
    }
    for (size_t k = 0; k < n; k++) ent_text_printf(&list, "%s%s", k ? ", " : "", keys[k]);
    ENT_TRY(list.status);
    st = ent_json_fail_key(ctx, doc, member, ENT_E_MODEL, "unknown member %s; known here: %s",
                           shown, list.data ? list.data : "none");
done:
    ent_text_release(&list);
    return st;
}

ent_status ent_json_known(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                          const char *const *keys)
{
    size_t n = 0;
    while (keys[n]) n++;
    ent_status st = ent_json_expect(ctx, doc, object, ENT_JSON_OBJECT);
    for (const ent_json *m = object->first; m && st == ENT_OK; m = m->next) {
        size_t k = 0;
        while (k < n && strcmp(keys[k], m->key) != 0) k++;
        if (k == n) st = refuse(ctx, doc, m, n, keys);
    }
    return st;
}
