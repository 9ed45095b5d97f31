#include "model/names.h"

#include <stdlib.h>
#include <string.h>

/* What is wrong with a name, or NULL. */
static const char *name_fault(const char *text, size_t len, ent_i_named what)
{
    if (len == 0) return "found an empty text";
    if (len > ENT_NAME_BYTES_MAX) return "found more than 200 bytes";
    if (text[0] == ' ' || text[len - 1] == ' ') return "found a space at its beginning or end";
    for (size_t k = 0; k < len; k++)
        if ((unsigned char)text[k] < ' ' || text[k] == 0x7f)
            return "found a control character in it";
    if (what == ENT_I_AN_ACTION)
        return strncmp(text, "//", 2) == 0 ? "found // at its beginning" : NULL;
    if (strchr(text, ',')) return "found a comma in it";
    if (strchr(text, '/')) return "found a slash in it";
    return NULL;
}

static const char *kind_of(ent_i_named what)
{
    return what == ENT_I_A_PLAYER ? "player" : "action";
}
static const char *article(ent_i_named what) { return what == ENT_I_A_PLAYER ? "a" : "an"; }

ent_status ent_i_name_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_i_named what,
                           char **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_STRING));
    const char *fault = name_fault(node->text, node->text_len, what);
    if (fault)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted the name of %s %s, %s",
                             article(what), kind_of(what), fault);
    char *copy = ent_i_strdup(ctx, node->text, node->text_len, &st);
    if (copy) *out = copy;
done:
    return st;
}

typedef struct numbered_name {
    const char *name;
    const ent_json *node;
} numbered_name;

/* By name, then by place in the document, so that the later of two equal names is the one
 * complained about. */
static int by_name(const void *a, const void *b)
{
    const numbered_name *x = a, *y = b;
    const int order = strcmp(x->name, y->name);
    if (order) return order;
    return x->node->offset < y->node->offset ? -1 : x->node->offset > y->node->offset;
}

/* Fails when two of the names are equal; node[k] is where names[k] was read. */
static ent_status check_distinct(ent_ctx *ctx, const ent_doc *doc, ent_i_named what, int n,
                                 char **names, const ent_json *const *node)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    numbered_name *sorted = NULL;
    ENT_SCRATCH(ctx, sorted, n);
    for (int k = 0; k < n; k++) sorted[k] = (numbered_name){names[k], node[k]};
    qsort(sorted, (size_t)n, sizeof *sorted, by_name);
    for (int k = 1; k < n; k++) {
        if (strcmp(sorted[k - 1].name, sorted[k].name) != 0) continue;
        st = ent_json_fail(ctx, doc, sorted[k].node, ENT_E_MODEL,
                           "wanted different names, found a second %s \"%s\"", kind_of(what),
                           sorted[k].name);
        goto done;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The names in a list of strings or, for players, of objects with a "name". */
static ent_status read_list(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                            ent_i_named what, bool objects, int *n, char ***names)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int count = (int)list->count;
    char **made = NULL;
    const ent_json **node = NULL;
    int k = 0;
    ENT_SCRATCH(ctx, node, count);
    ENT_ALLOC(ctx, made, count);
    for (const ent_json *at = list->first; at; at = at->next, k++) {
        node[k] = at;
        if (objects) ENT_TRY(ent_json_expect(ctx, doc, at, ENT_JSON_OBJECT));
        if (objects) ENT_TRY(ent_json_member(ctx, doc, at, "name", &node[k]));
        ENT_TRY(ent_i_name_read(ctx, doc, node[k], what, &made[k]));
    }
    ENT_TRY(check_distinct(ctx, doc, what, count, made, node));
    *n = count;
    *names = made;
    made = NULL;
done:
    ent_i_names_free(count, made);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status check_count(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                              ent_i_named what, int lo, int hi)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    if (list->count < (uint32_t)lo)
        st = ent_json_fail(ctx, doc, list, ENT_E_MODEL, "wanted at least %d %s%s, found %u", lo,
                           kind_of(what), lo == 1 ? "" : "s", (unsigned)list->count);
    else if (list->count > (uint32_t)hi)
        st = ent_json_fail(ctx, doc, list, ENT_E_LIMIT, "wanted at most %d %ss, found %u", hi,
                           kind_of(what), (unsigned)list->count);
done:
    return st;
}

ent_status ent_i_names_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                            ent_i_named what, int lo, int hi, int *n, char ***names)
{
    ent_status st = ENT_OK;
    ENT_TRY(check_count(ctx, doc, list, what, lo, hi));
    ENT_TRY(read_list(ctx, doc, list, what, false, n, names));
done:
    return st;
}

ent_status ent_i_players_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int hi,
                              int *n, char ***names)
{
    ent_status st = ENT_OK;
    ENT_TRY(check_count(ctx, doc, list, ENT_I_A_PLAYER, 1, hi));
    ENT_TRY(read_list(ctx, doc, list, ENT_I_A_PLAYER, true, n, names));
done:
    return st;
}

void ent_i_names_free(int n, char **names)
{
    for (int k = 0; names && k < n; k++) ent_free(names[k]);
    ent_free(names);
}

int ent_i_name_find(int n, char *const *names, const char *text)
{
    for (int k = 0; k < n; k++)
        if (strcmp(names[k], text) == 0) return k;
    return -1;
}

/* The failure for a name that is not in the list; names the first few that are. */
static ent_status fail_unknown(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, bool at_key,
                               ent_i_named what, int n, char *const *names, const char *found)
{
    enum { LISTED = 8 };
    ent_text list;
    ent_text_init(ctx, &list);
    for (int k = 0; k < n && k < LISTED; k++)
        ent_text_printf(&list, "%s%s", k ? ", " : "", names[k]);
    if (n > LISTED) ent_text_puts(&list, ", ...");
    ent_text_printf(&list, "), found \"%.*s\"", ENT_NAME_BYTES_MAX, found);
    ent_status st = list.status;
    if (st == ENT_OK && at_key)
        st = ent_json_fail_key(ctx, doc, node, ENT_E_MODEL, "wanted the name of %s %s (%s",
                               article(what), kind_of(what), list.data);
    else if (st == ENT_OK)
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted the name of %s %s (%s",
                           article(what), kind_of(what), list.data);
    ent_text_release(&list);
    return st;
}

ent_status ent_i_name_index(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            ent_i_named what, int n, char *const *names, int *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_STRING));
    const int k = ent_i_name_find(n, names, node->text);
    if (k < 0) return fail_unknown(ctx, doc, node, false, what, n, names, node->text);
    *out = k;
done:
    return st;
}

ent_status ent_i_key_index(ent_ctx *ctx, const ent_doc *doc, const ent_json *member,
                           ent_i_named what, int n, char *const *names, int *out)
{
    const int k = ent_i_name_find(n, names, member->key);
    if (k < 0) return fail_unknown(ctx, doc, member, true, what, n, names, member->key);
    *out = k;
    return ENT_OK;
}

ent_status ent_i_coalition_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int n,
                                char *const *names, ent_coal *out)
{
    ent_status st = ENT_OK;
    ent_coal s = 0;
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    for (const ent_json *at = list->first; at; at = at->next) {
        int i = 0;
        ENT_TRY(ent_i_name_index(ctx, doc, at, ENT_I_A_PLAYER, n, names, &i));
        if (ent_coal_has(s, i))
            return ent_json_fail(ctx, doc, at, ENT_E_MODEL,
                                 "wanted each player once, found \"%s\" again", names[i]);
        s |= ent_coal_single(i);
    }
    if (!s)
        return ent_json_fail(ctx, doc, list, ENT_E_MODEL, "wanted at least one player, found none");
    *out = s;
done:
    return st;
}

ent_status ent_i_coalition_key(ent_ctx *ctx, const ent_doc *doc, const ent_json *member, int n,
                               char *const *names, ent_coal *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t len = strlen(member->key);
    char *text = NULL;
    ent_coal s = 0;
    ENT_SCRATCH(ctx, text, len + 1);
    memcpy(text, member->key, len + 1);
    for (char *name = text; name;) {
        char *comma = strchr(name, ',');
        if (comma) *comma = '\0';
        const int i = ent_i_name_find(n, names, name);
        if (i < 0) {
            st = fail_unknown(ctx, doc, member, true, ENT_I_A_PLAYER, n, names, name);
            goto done;
        }
        if (ent_coal_has(s, i)) {
            st = ent_json_fail_key(ctx, doc, member, ENT_E_MODEL,
                                   "wanted each player once, found \"%s\" again", names[i]);
            goto done;
        }
        s |= ent_coal_single(i);
        name = comma ? comma + 1 : NULL;
    }
    *out = s;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_i_coalition_name(ent_text *out, char *const *names, ent_coal s)
{
    bool first = true;
    for (int i = 0; i < ENT_PLAYERS_MAX; i++) {
        if (!ent_coal_has(s, i)) continue;
        if (!first) ent_text_putc(out, ',');
        ent_text_puts(out, names[i]);
        first = false;
    }
}
