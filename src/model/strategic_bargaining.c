/* [CoCo] Section 4, bargaining games as a special case: the first player names an outcome or
 * refuses, the others accept or refuse, and any refusal leads to the disagreement payoffs. */
#include "model/strategic_parts.h"

#include <stdio.h>
#include <string.h>

enum { BARGAINERS_MAX = 20 }; /* the game has 2^(n-1) profiles an outcome */

static const char refuse[] = "refuse", accept[] = "accept";

static ent_status copy_name(ent_ctx *ctx, const char *name, char **out)
{
    ent_status st = ENT_OK;
    *out = ent_i_strdup(ctx, name, strlen(name), &st);
    return st;
}

/* The name of outcome k: given, or "outcome 3"; refused when another has it or when it is the word
 * for refusing. */
static ent_status read_outcome_name(ent_ctx *ctx, const ent_doc *doc, const ent_json *row,
                                    ent_strategic *m, int k)
{
    ent_status st = ENT_OK;
    char made[32];
    const ent_json *name = ent_json_get(row, "name");
    if (name) {
        ENT_TRY(ent_i_name_read(ctx, doc, name, ENT_I_AN_ACTION, &m->outcome[k]));
    } else {
        snprintf(made, sizeof made, "outcome %d", k + 1);
        ENT_TRY(copy_name(ctx, made, &m->outcome[k]));
    }
    if (ent_i_name_find(k, m->outcome, m->outcome[k]) >= 0 || strcmp(m->outcome[k], refuse) == 0)
        st = ent_json_fail(
            ctx, doc, name ? name : row, ENT_E_MODEL,
            "wanted a name that no other outcome has and that is not \"%s\", found \"%s\"", refuse,
            m->outcome[k]);
done:
    return st;
}

static ent_status read_outcomes(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                                ent_strategic *m)
{
    static const char *const keys[] = {"name", "payoff", NULL};
    ent_status st = ENT_OK;
    const int64_t most = (ENT_STRATEGIC_PAYOFFS_MAX / m->n >> (m->n - 1)) - 1;
    int k = 0;
    ENT_TRY(ent_json_expect(ctx, doc, list, ENT_JSON_ARRAY));
    if (list->count == 0)
        return ent_json_fail(ctx, doc, list, ENT_E_MODEL,
                             "wanted at least one outcome, found none");
    if (list->count > most || list->count > 1 << 20)
        return ent_json_fail(
            ctx, doc, list, ENT_E_LIMIT, "wanted at most %lld outcomes for %d players, found %u",
            (long long)(most > 1 << 20 ? 1 << 20 : most), m->n, (unsigned)list->count);
    ENT_ALLOC(ctx, m->outcome, list->count);
    m->outcomes = (int)list->count;
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m->outcomes * (size_t)m->n, &m->outcome_payoff));
    for (const ent_json *row = list->first; row; row = row->next, k++) {
        const ent_json *payoff = NULL;
        ENT_TRY(ent_json_expect(ctx, doc, row, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_known(ctx, doc, row, keys));
        ENT_TRY(read_outcome_name(ctx, doc, row, m, k));
        ENT_TRY(ent_json_member(ctx, doc, row, "payoff", &payoff));
        ENT_TRY(ent_i_read_by_player(ctx, doc, payoff, m, ENT_I_ANY_SIGN, &m->outcome_payoff,
                                     (size_t)k * (size_t)m->n));
    }
done:
    return st;
}

static ent_status make_actions(ent_ctx *ctx, ent_strategic *m)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, m->actions, m->n);
    ENT_ALLOC(ctx, m->action, m->n);
    for (int i = 0; i < m->n; i++) {
        const int count = i == 0 ? m->outcomes + 1 : 2;
        ENT_ALLOC(ctx, m->action[i], count);
        m->actions[i] = count;
        for (int k = 0; k + 1 < count; k++)
            ENT_TRY(copy_name(ctx, i == 0 ? m->outcome[k] : accept, &m->action[i][k]));
        ENT_TRY(copy_name(ctx, refuse, &m->action[i][count - 1]));
    }
    m->profiles = ent_i_profiles(m->n, m->actions);
done:
    return st;
}

static ent_status make_payoffs(ent_ctx *ctx, ent_strategic *m)
{
    ent_status st = ENT_OK;
    /* what the others do, all accepting being number 0 */
    const int64_t others = m->profiles / m->actions[0];
    ENT_TRY(ent_i_reals_new(ctx, (size_t)(m->profiles * m->n), &m->payoff));
    for (int64_t p = 0; p < m->profiles; p++) {
        const int64_t k = p / others;
        const bool agreed = p % others == 0 && k < m->outcomes;
        for (int i = 0; i < m->n; i++) {
            const ent_reals *from = agreed ? &m->outcome_payoff : &m->disagreement;
            const size_t source = agreed ? (size_t)(k * m->n + i) : (size_t)i,
                         at = (size_t)(i * m->profiles + p);
            m->payoff.value[at] = from->value[source];
            ent_rat_set(&m->payoff.exact[at], &from->exact[source]);
        }
    }
done:
    return st;
}

ent_status ent_i_read_bargaining(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                 ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *players = NULL, *outcomes = NULL, *disagreement = NULL;
    ENT_TRY(ent_json_member(ctx, doc, root, "players", &players));
    ENT_TRY(ent_i_read_names(ctx, doc, players, BARGAINERS_MAX, m));
    ENT_TRY(ent_json_member(ctx, doc, root, "outcomes", &outcomes));
    ENT_TRY(read_outcomes(ctx, doc, outcomes, m));
    ENT_TRY(ent_json_member(ctx, doc, root, "disagreement", &disagreement));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)m->n, &m->disagreement));
    ENT_TRY(ent_i_read_by_player(ctx, doc, disagreement, m, ENT_I_ANY_SIGN, &m->disagreement, 0));
    ENT_TRY(make_actions(ctx, m));
    ENT_TRY(make_payoffs(ctx, m));
done:
    return st;
}
