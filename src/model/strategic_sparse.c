/* Payoffs told by the outcomes that differ from a default: rows with wildcards, the more specific
 * row wins. */
#include "base/ctx.h"
#include "model/strategic_parts.h"

#include <string.h>

/* Rows times the profiles that they match; more is refused, so that a short file cannot keep a
 * machine busy. */
#define MATCHES_MAX ((int64_t)1 << 32)

enum { ANY = -1 };

typedef struct sparse {
    ent_ctx *ctx;
    const ent_doc *doc;
    ent_strategic *m;
    /* [profiles] how many actions the row that set this profile names; -1: not set */
    int *fixed;
    const ent_json **owner; /* [profiles] that row */
    ent_reals row;          /* [n] payoffs of the row being read */
    int64_t matches;
} sparse;

/* One entry of a profile: an action's name, a number that is one, or "*". */
static ent_status read_entry(const sparse *s, const ent_json *node, int i, int *out)
{
    if (node->kind == ENT_JSON_STRING && strcmp(node->text, "*") == 0) {
        *out = ANY;
        return ENT_OK;
    }
    if (node->kind == ENT_JSON_NUMBER) {
        *out = ent_i_name_find(s->m->actions[i], s->m->action[i], node->text);
        if (*out >= 0) return ENT_OK;
    }
    return ent_i_name_index(s->ctx, s->doc, node, ENT_I_AN_ACTION, s->m->actions[i],
                            s->m->action[i], out);
}

static ent_status read_pattern(const sparse *s, const ent_json *node, int *pattern)
{
    ent_status st = ENT_OK;
    int i = 0;
    for (int k = 0; k < s->m->n; k++) pattern[k] = ANY;
    if (node->kind == ENT_JSON_OBJECT) {
        for (const ent_json *at = node->first; at; at = at->next) {
            ENT_TRY(ent_i_key_index(s->ctx, s->doc, at, ENT_I_A_PLAYER, s->m->n, s->m->player, &i));
            ENT_TRY(read_entry(s, at, i, &pattern[i]));
        }
        return st;
    }
    ENT_TRY(ent_json_expect(s->ctx, s->doc, node, ENT_JSON_ARRAY));
    if (node->count != (uint32_t)s->m->n)
        return ent_json_fail(s->ctx, s->doc, node, ENT_E_MODEL,
                             "wanted %d actions or \"*\", one a player, found %u", s->m->n,
                             (unsigned)node->count);
    for (const ent_json *at = node->first; at; at = at->next, i++)
        ENT_TRY(read_entry(s, at, i, &pattern[i]));
done:
    return st;
}

static void store(const sparse *s, int64_t p)
{
    for (int i = 0; i < s->m->n; i++) {
        const size_t at = (size_t)(i * s->m->profiles + p);
        s->m->payoff.value[at] = s->row.value[i];
        ent_rat_set(&s->m->payoff.exact[at], &s->row.exact[i]);
    }
}

/* Does the profile have the payoffs of the row already? */
static bool same(const sparse *s, int64_t p)
{
    for (int i = 0; i < s->m->n; i++)
        if (!ent_rat_equal(&s->m->payoff.exact[i * s->m->profiles + p], &s->row.exact[i]))
            return false;
    return true;
}

static ent_status set_profile(const sparse *s, const ent_json *row, int fixed, int64_t p)
{
    if (s->fixed[p] > fixed) return ENT_OK;
    if (s->fixed[p] == fixed && s->owner[p] && !same(s, p)) {
        ent_text place;
        ent_text_init(s->ctx, &place);
        ent_json_path(&place, s->owner[p]);
        const ent_status st = ent_json_fail(
            s->ctx, s->doc, row, ENT_E_MODEL,
            "wanted rows that agree or differ in how many actions they name, found that %s "
            "matches the same profile with other payoffs",
            place.data ? place.data : "another");
        ent_text_release(&place);
        return st;
    }
    s->fixed[p] = fixed;
    s->owner[p] = row;
    store(s, p);
    return ENT_OK;
}

/* Visits every profile that matches the pattern: an odometer over the wildcards. */
static ent_status set_matches(sparse *s, const ent_json *row, const int *pattern)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = s->m;
    int action[ENT_DENSE_MAX], fixed = 0, i = 0;
    for (int k = 0; k < m->n; k++) {
        action[k] = pattern[k] == ANY ? 0 : pattern[k];
        fixed += pattern[k] != ANY;
    }
    do {
        ENT_TRY(set_profile(s, row, fixed, ent_i_profile_number(m->n, m->actions, action)));
        if (++s->matches > MATCHES_MAX)
            return ent_json_fail(s->ctx, s->doc, row, ENT_E_LIMIT,
                                 "wanted rows that match at most 2^32 profiles in all");
        for (i = m->n - 1; i >= 0; i--) {
            if (pattern[i] != ANY) continue;
            if (++action[i] < m->actions[i]) break;
            action[i] = 0;
        }
    } while (i >= 0);
done:
    return st;
}

static ent_status read_row(sparse *s, const ent_json *row)
{
    static const char *const keys[] = {"name", "profile", "payoff", NULL};
    ent_status st = ENT_OK;
    int pattern[ENT_DENSE_MAX];
    const ent_json *profile = NULL, *payoff = NULL;
    ENT_TRY(ent_json_expect(s->ctx, s->doc, row, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(s->ctx, s->doc, row, keys));
    ENT_TRY(ent_json_member(s->ctx, s->doc, row, "profile", &profile));
    ENT_TRY(ent_json_member(s->ctx, s->doc, row, "payoff", &payoff));
    ENT_TRY(read_pattern(s, profile, pattern));
    ENT_TRY(ent_i_read_by_player(s->ctx, s->doc, payoff, s->m, ENT_I_ANY_SIGN, &s->row, 0));
    ENT_TRY(set_matches(s, row, pattern));
done:
    return st;
}

/* Without a default every profile must be matched. */
static ent_status check_covered(const sparse *s, const ent_json *outcomes)
{
    ent_status st = ENT_OK;
    int action[ENT_DENSE_MAX];
    ent_text names;
    ent_text_init(s->ctx, &names);
    for (int64_t p = 0; p < s->m->profiles; p++) {
        if (s->fixed[p] >= 0) continue;
        ent_strategic_profile(s->m, p, action);
        for (int i = 0; i < s->m->n; i++)
            ent_text_printf(&names, "%s%s", i ? ", " : "", s->m->action[i][action[i]]);
        st = ent_json_fail(
            s->ctx, s->doc, outcomes, ENT_E_MODEL,
            "wanted payoffs for every profile or a \"default\", found none for %.300s",
            names.data ? names.data : "a profile");
        break;
    }
    ent_text_release(&names);
    return st;
}

static ent_status read_default(sparse *s, const ent_json *node)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_read_by_player(s->ctx, s->doc, node, s->m, ENT_I_ANY_SIGN, &s->row, 0));
    for (int64_t p = 0; p < s->m->profiles; p++) {
        s->fixed[p] = 0;
        store(s, p);
    }
done:
    return st;
}

ent_status ent_i_read_sparse(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_json *rest = ent_json_get(root, "default"),
                   *outcomes = ent_json_get(root, "outcomes");
    sparse s = {.ctx = ctx, .doc = doc, .m = m};
    ENT_SCRATCH(ctx, s.fixed, m->profiles);
    ENT_SCRATCH(ctx, s.owner, m->profiles);
    for (int64_t p = 0; p < m->profiles; p++) {
        s.fixed[p] = -1;
        s.owner[p] = NULL;
    }
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m->n, &s.row));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)(m->profiles * m->n), &m->payoff));
    if (rest) ENT_TRY(read_default(&s, rest));
    if (outcomes) {
        ENT_TRY(ent_json_expect(ctx, doc, outcomes, ENT_JSON_ARRAY));
        for (const ent_json *row = outcomes->first; row; row = row->next) {
            ENT_CHECK_CANCEL(ctx);
            ENT_TRY(read_row(&s, row));
        }
    }
    ENT_TRY(check_covered(&s, outcomes ? outcomes : root));
done:
    ent_i_reals_release(&s.row);
    ent_scratch_reset(ctx, mark);
    return st;
}
