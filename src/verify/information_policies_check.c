/* [ITA] Theorem 1. The checker of `policies`: every listed policy against the equilibrium, whose
 * first-order conditions hold exactly. */
#include "verify/information_i.h"

/* One state: k ones, its mean and probability, everybody's policies. */
static void check_state(ent_ivdoc *v, const ent_json *node, const ent_ivstage *s,
                        bool with_probability)
{
    static const char *const known[] = {"ones", "estimate", "actions", "probability", NULL};
    ent_ledger *c = &v->claims;
    ent_rat chance = ENT_RAT_ZERO;
    const ent_json *actions = ent_ledger_member(c, node, "actions");
    ent_ledger_only(c, node, known);
    ent_ledger_int(c, ent_ledger_member(c, node, "ones"), s->k);
    ent_ledger_equal(c, ent_ledger_member(c, node, "estimate"), &s->e[0]);
    ent_rat_set_ratio(&chance, 1, s->t + 1);
    if (with_probability) ent_ledger_equal(c, ent_ledger_member(c, node, "probability"), &chance);
    else if (ent_json_get(node, "probability"))
        ent_ledger_refuse(c, node, "no probability belongs here");
    ent_rat_release(&chance);
    if (!ent_ledger_kind(c, actions, ENT_JSON_OBJECT)) return;
    ent_iv_only_players(v, actions, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++) {
        const ent_json *x = ent_ledger_member(c, actions, v->m->player[i]);
        if (ent_coal_has(s->truthful, i)) {
            ent_ledger_equal(c, x, &s->x[2 * i]);
        } else if (ent_ledger_kind(c, x, ENT_JSON_ARRAY) && x->count == 2) {
            ent_ledger_equal(c, x->first, &s->x[2 * i]);
            ent_ledger_equal(c, x->first->next, &s->x[2 * i + 1]);
        } else {
            ent_ledger_refuse(c, actions, "a babbler has two policies, one a signal");
        }
    }
}

static bool check_states(ent_ivdoc *v, const ent_json *list, const ent_ivstage *stages,
                         bool with_probability)
{
    if (!ent_ledger_kind(&v->claims, list, ENT_JSON_ARRAY)) return false;
    if (list->count != (uint32_t)stages[0].t + 1) {
        ent_ledger_refuse(&v->claims, list,
                          "wanted one state for each number of ones, %d, found %u", stages[0].t + 1,
                          (unsigned)list->count);
        return false;
    }
    for (const ent_json *at = list->first; at; at = at->next)
        check_state(v, at, stages++, with_probability);
    return true;
}

/* h = (2 + t (1 - eta)) / A, and the policies without bounds. */
static ent_status check_unconstrained(ent_ivdoc *v, const ent_json *node)
{
    static const char *const known[] = {"h", "states", NULL};
    ent_status st = ENT_OK;
    ent_ivgame free_game = v->game; /* borrows */
    ent_ivstage *stages = NULL;
    bool *none = NULL;
    ent_rat h = ENT_RAT_ZERO, two = ENT_RAT_ZERO;
    const int t = ent_coal_size(v->m->truthful);
    ENT_ALLOC(v->ctx, none, v->n);
    free_game.has_low = free_game.has_high = none;
    ENT_TRY(ent_iv_stages_new(&free_game, v->m->truthful, &stages));
    ent_rat_set_int(&two, 2);
    ent_rat_set_int(&h, t);
    ent_rat_mul(&h, &h, &v->game.rest);
    ent_rat_add(&h, &h, &two);
    ent_rat_div(&h, &h, &v->game.a);
    ent_ledger_begin(&v->claims, 1.0);
    ent_ledger_only(&v->claims, node, known);
    ent_ledger_equal(&v->claims, ent_ledger_member(&v->claims, node, "h"), &h);
    check_states(v, ent_ledger_member(&v->claims, node, "states"), stages, false);
    ent_ledger_end(&v->claims, "/solution/unconstrained",
                   "the policies fulfil everybody's first-order conditions without bounds");
done:
    ent_iv_stages_free(stages, t + 1);
    ent_free(none);
    ent_rat_release(&h);
    ent_rat_release(&two);
    return st;
}

static ent_status check_constrained(ent_ivdoc *v, const ent_json *node)
{
    static const char *const known[] = {"states", "welfare", NULL};
    ent_status st = ENT_OK;
    ent_ivstage *stages = NULL;
    ent_rat *welfare = NULL;
    ent_ledger *c = &v->claims;
    ENT_TRY(ent_iv_stages_new(&v->game, v->m->truthful, &stages));
    welfare = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!welfare) goto done;
    for (int i = 0; i < v->n; i++) ent_iv_welfare(&v->game, stages, i, &welfare[i]);
    ent_ledger_begin(c, 1.0);
    ent_ledger_only(c, node, known);
    check_states(v, ent_ledger_member(c, node, "states"), stages, true);
    ent_ledger_end(c, "/solution/constrained/states",
                   "the policies fulfil everybody's first-order conditions within the bounds");
    ent_ledger_begin(c, 1.0);
    ent_iv_by_player(v, ent_ledger_member(c, node, "welfare"), welfare);
    ent_ledger_end(c, "/solution/constrained/welfare",
                   "expected losses by the moments of the posterior");
done:
    ent_rats_free(welfare, (size_t)v->n);
    ent_iv_stages_free(stages, ent_coal_size(v->m->truthful) + 1);
    return st;
}

ent_status ent_iv_policies(ent_ivdoc *v)
{
    static const char *const known[] = {"truthful", "betas", "unconstrained", "constrained", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    ent_ledger_only(c, v->solution, known);
    ent_ledger_begin(c, 1.0);
    ent_iv_check_names(v, ent_ledger_member(c, v->solution, "truthful"), v->m->truthful);
    ent_iv_by_player(v, ent_ledger_member(c, v->solution, "betas"), v->beta);
    ent_ledger_end(c, "/solution/betas", "from the biases");
    const ent_json *unconstrained = ent_ledger_member(c, v->solution, "unconstrained"),
                   *constrained = ent_ledger_member(c, v->solution, "constrained");
    if (ent_ledger_kind(c, unconstrained, ENT_JSON_OBJECT))
        ENT_TRY(check_unconstrained(v, unconstrained));
    if (ent_ledger_kind(c, constrained, ENT_JSON_OBJECT))
        ENT_TRY(check_constrained(v, constrained));
done:
    return st;
}
