#include "model/profile_table.h"

#include <stdio.h>
#include <string.h>

/* "0" to "m-1". */
static ent_status number_actions(ent_ctx *ctx, int m, char ***names)
{
    ent_status st = ENT_OK;
    char **made = NULL;
    ENT_ALLOC(ctx, made, m);
    for (int k = 0; k < m; k++) {
        char text[16];
        const int len = snprintf(text, sizeof text, "%d", k);
        made[k] = ent_i_strdup(ctx, text, (size_t)len, &st);
        if (!made[k]) goto done;
    }
    *names = made;
    made = NULL;
done:
    ent_i_names_free(m, made);
    return st;
}

ent_status ent_i_actions_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, int *count,
                              char ***names)
{
    ent_status st = ENT_OK;
    int64_t m = 0;
    if (node->kind != ENT_JSON_NUMBER)
        return ent_i_names_read(ctx, doc, node, ENT_I_AN_ACTION, 1, ENT_ACTIONS_MAX, count, names);
    ENT_TRY(ent_json_int(ctx, doc, node, 1, ENT_ACTIONS_MAX, &m));
    ENT_TRY(number_actions(ctx, (int)m, names));
    *count = (int)m;
done:
    return st;
}

int64_t ent_i_profiles(int n, const int *actions)
{
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) {
        if (profiles > INT64_MAX / actions[i]) return INT64_MAX;
        profiles *= actions[i];
    }
    return profiles;
}

static ent_status read_row(ent_ctx *ctx, const ent_doc *doc, const ent_json *row, int n,
                           int64_t profiles, int64_t p, ent_reals *out)
{
    ent_status st = ENT_OK;
    int64_t at = p;
    ENT_TRY(ent_json_expect(ctx, doc, row, ENT_JSON_ARRAY));
    if (row->count != (uint32_t)n) {
        st = ent_json_fail(ctx, doc, row, ENT_E_MODEL, "wanted %d payoff%s, one a player, found %u",
                           n, n == 1 ? "" : "s", (unsigned)row->count);
        goto done;
    }
    for (const ent_json *cell = row->first; cell; cell = cell->next, at += profiles)
        ENT_TRY(ent_i_real_read_at(ctx, doc, cell, out, (size_t)at));
done:
    return st;
}

ent_status ent_i_payoff_rows_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *rows, int n,
                                  int64_t profiles, ent_reals *out)
{
    ent_status st = ENT_OK;
    ent_reals made = {0};
    int64_t p = 0;
    ENT_TRY(ent_json_expect(ctx, doc, rows, ENT_JSON_ARRAY));
    if (profiles > ENT_PROFILES_MAX) {
        st = ent_json_fail(ctx, doc, rows, ENT_E_LIMIT,
                           "wanted at most 2^31 action profiles, the actions give more");
        goto done;
    }
    if (rows->count != (uint64_t)profiles) {
        st = ent_json_fail(ctx, doc, rows, ENT_E_MODEL,
                           "wanted %lld payoff row%s, one an action profile, found %u",
                           (long long)profiles, profiles == 1 ? "" : "s", (unsigned)rows->count);
        goto done;
    }
    ENT_TRY(ent_i_reals_new(ctx, (size_t)profiles * (size_t)n, &made));
    for (const ent_json *row = rows->first; row; row = row->next)
        ENT_TRY(read_row(ctx, doc, row, n, profiles, p++, &made));
    *out = made;
    made = (ent_reals){0};
done:
    ent_i_reals_release(&made);
    return st;
}

void ent_i_profile_actions(int n, const int *actions, int64_t p, int *action)
{
    for (int i = n - 1; i >= 0; i--) {
        action[i] = (int)(p % actions[i]);
        p /= actions[i];
    }
}

int64_t ent_i_profile_number(int n, const int *actions, const int *action)
{
    int64_t p = 0;
    for (int i = 0; i < n; i++) p = p * actions[i] + action[i];
    return p;
}
