/* Weighted voting: quota and votes, brought to integers. */
#include "model/strategic_parts.h"

#include <string.h>

static const int64_t votes_max = (int64_t)1 << 62;

/* The voters' names: from "players" when it is there, else the keys of "votes" in their order. */
static ent_status read_voters(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                              const ent_json *votes, ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *players = ent_json_get(root, "players");
    int k = 0;
    if (players) return ent_i_read_names(ctx, doc, players, ENT_STRATEGIC_VOTERS_MAX, m);
    if (votes->count == 0)
        return ent_json_fail(ctx, doc, votes, ENT_E_MODEL, "wanted at least one voter, found none");
    if (votes->count > ENT_STRATEGIC_VOTERS_MAX)
        return ent_json_fail(ctx, doc, votes, ENT_E_LIMIT, "wanted at most %d voters, found %u",
                             ENT_STRATEGIC_VOTERS_MAX, (unsigned)votes->count);
    ENT_ALLOC(ctx, m->player, votes->count);
    m->n = (int)votes->count;
    for (const ent_json *at = votes->first; at; at = at->next, k++) {
        if (!*at->key || strchr(at->key, ',') || strchr(at->key, '/') ||
            strlen(at->key) > ENT_NAME_BYTES_MAX)
            return ent_json_fail_key(
                ctx, doc, at, ENT_E_MODEL,
                "wanted a voter's name without comma or slash, found \"%.200s\"", at->key);
        m->player[k] = ent_i_strdup(ctx, at->key, strlen(at->key), &st);
        if (!m->player[k]) goto done;
    }
done:
    return st;
}

/* exact / unit as an integer of at most votes_max. */
static bool to_integer(const ent_rat *exact, const ent_rat *unit, int64_t *out)
{
    ent_rat scaled = ENT_RAT_ZERO;
    ent_rat_div(&scaled, exact, unit);
    const bool fits = !scaled.big && scaled.num <= votes_max;
    if (fits) *out = scaled.num;
    ent_rat_release(&scaled);
    return fits;
}

/* all: the votes and, last, the quota. */
static ent_status bring_to_integers(ent_ctx *ctx, const ent_doc *doc, const ent_json *votes,
                                    const ent_reals *all, ent_strategic *m)
{
    ent_status st = ENT_OK;
    ent_rat unit = ENT_RAT_ZERO;
    int64_t sum = 0;
    ENT_ALLOC(ctx, m->vote, m->n);
    ent_rats_common_denominator(all->n, all->exact, &unit);
    bool fits = to_integer(&all->exact[m->n], &unit, &m->quota);
    for (int i = 0; i < m->n; i++) {
        fits =
            fits && to_integer(&all->exact[i], &unit, &m->vote[i]) && m->vote[i] <= votes_max - sum;
        if (fits) sum += m->vote[i];
    }
    if (!fits)
        st = ent_json_fail(
            ctx, doc, votes, ENT_E_LIMIT,
            "wanted votes that, brought to a common denominator, sum to at most 2^62");
done:
    ent_rat_release(&unit);
    return st;
}

ent_status ent_i_read_voting(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *quota = NULL, *votes = NULL;
    ent_reals all = {0};
    ENT_TRY(ent_json_member(ctx, doc, root, "quota", &quota));
    ENT_TRY(ent_json_member(ctx, doc, root, "votes", &votes));
    if (votes->kind != ENT_JSON_ARRAY) ENT_TRY(ent_json_expect(ctx, doc, votes, ENT_JSON_OBJECT));
    else if (!ent_json_get(root, "players"))
        return ent_json_fail(
            ctx, doc, votes, ENT_E_MODEL,
            "wanted votes by name, or \"players\" beside a list, found a list alone");
    ENT_TRY(read_voters(ctx, doc, root, votes, m));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m->n + 1, &all));
    ENT_TRY(ent_i_read_by_player(ctx, doc, votes, m, ENT_I_NOT_NEGATIVE, &all, 0));
    ENT_TRY(ent_i_real_read_at(ctx, doc, quota, &all, (size_t)m->n));
    ENT_TRY(ent_i_sign_check(ctx, doc, quota, &all.exact[m->n], ENT_I_POSITIVE));
    ENT_TRY(bring_to_integers(ctx, doc, votes, &all, m));
done:
    ent_i_reals_release(&all);
    return st;
}
