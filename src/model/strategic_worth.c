/* Worth functions: v(S) by the names of the members, or the whole table in the order of the
 * masks. */
#include "model/strategic_parts.h"

#include <string.h>

/* Adds the names in a key such as "A,B" that are new, in order of appearance. */
static ent_status add_names(ent_ctx *ctx, const ent_doc *doc, const ent_json *member,
                            ent_strategic *m)
{
    ent_status st = ENT_OK;
    for (const char *name = member->key; *name;) {
        const size_t len = strcspn(name, ",");
        bool known = false;
        for (int i = 0; i < m->n && !known; i++)
            known = strlen(m->player[i]) == len && memcmp(m->player[i], name, len) == 0;
        if (len == 0 || len > ENT_NAME_BYTES_MAX || memchr(name, '/', len))
            return ent_json_fail_key(ctx, doc, member, ENT_E_MODEL,
                                     "wanted names of players joined by commas, found \"%.200s\"",
                                     member->key);
        if (!known && m->n == ENT_DENSE_MAX)
            return ent_json_fail_key(ctx, doc, member, ENT_E_LIMIT,
                                     "wanted at most %d players, found more", ENT_DENSE_MAX);
        if (!known) {
            m->player[m->n] = ent_i_strdup(ctx, name, len, &st);
            if (!m->player[m->n]) goto done;
            m->n++;
        }
        name += len;
        if (*name == ',') name++;
    }
done:
    return st;
}

static ent_status read_players(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                               const ent_json *worth, ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *players = ent_json_get(root, "players");
    if (players) return ent_i_read_names(ctx, doc, players, ENT_DENSE_MAX, m);
    if (!worth || worth->kind != ENT_JSON_OBJECT)
        return ent_json_member(ctx, doc, root, "players", &players);
    ENT_ALLOC(ctx, m->player, ENT_DENSE_MAX);
    for (const ent_json *at = worth->first; at; at = at->next) ENT_TRY(add_names(ctx, doc, at, m));
    if (m->n == 0)
        st = ent_json_fail(ctx, doc, worth, ENT_E_MODEL,
                           "wanted the worth of at least one coalition, found none");
done:
    return st;
}

/* The worth of the empty coalition, where it is given, is 0. */
static ent_status check_empty(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              ent_strategic *m)
{
    if (ent_rat_sign(&m->worth.exact[0]) != 0)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                             "wanted 0 as the worth of the empty coalition, found %s", node->text);
    return ENT_OK;
}

static ent_status read_named(ent_ctx *ctx, const ent_doc *doc, const ent_json *worth,
                             ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t entries = (size_t)1 << m->n;
    bool *given = NULL;
    ENT_SCRATCH(ctx, given, entries);
    memset(given, 0, entries);
    for (const ent_json *at = worth->first; at; at = at->next) {
        ent_coal s = 0;
        if (*at->key) ENT_TRY(ent_i_coalition_key(ctx, doc, at, m->n, m->player, &s));
        if (given[s]) {
            st = ent_json_fail_key(
                ctx, doc, at, ENT_E_MODEL,
                "wanted the worth of each coalition once, found that of \"%.200s\" again", at->key);
            goto done;
        }
        given[s] = true;
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, &m->worth, s));
        if (s == 0) ENT_TRY(check_empty(ctx, doc, at, m));
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status read_list(ent_ctx *ctx, const ent_doc *doc, const ent_json *worth,
                            ent_strategic *m)
{
    ent_status st = ENT_OK;
    size_t s = 0;
    if (worth->count != (uint64_t)1 << m->n)
        return ent_json_fail(
            ctx, doc, worth, ENT_E_MODEL,
            "wanted 2^%d numbers, one a coalition in the order of the masks (first player: 1, second: 2, both: 3), found %u",
            m->n, (unsigned)worth->count);
    for (const ent_json *at = worth->first; at; at = at->next)
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, &m->worth, s++));
    ENT_TRY(check_empty(ctx, doc, worth->first, m));
done:
    return st;
}

ent_status ent_i_read_worth(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *worth = NULL;
    ENT_TRY(ent_json_member(ctx, doc, root, "worth", &worth));
    if (worth->kind != ENT_JSON_ARRAY) ENT_TRY(ent_json_expect(ctx, doc, worth, ENT_JSON_OBJECT));
    ENT_TRY(read_players(ctx, doc, root, worth, m));
    if (worth->kind == ENT_JSON_ARRAY && worth->count != (uint64_t)1 << m->n)
        return read_list(ctx, doc, worth, m);
    ENT_TRY(ent_i_reals_new(ctx, (size_t)1 << m->n, &m->worth));
    if (worth->kind == ENT_JSON_ARRAY) ENT_TRY(read_list(ctx, doc, worth, m));
    else ENT_TRY(read_named(ctx, doc, worth, m));
done:
    return st;
}
