/* [CoCo] Section 7. No coalition-perfect equilibrium: at every equilibrium of `coco`, multipliers
 * prove that all optimal strategies of all coalitions violate condition 4. */
#include "verify/strategic_examined.h"

#include <string.h>

ent_rat *ent_sv_coefficient(const ent_sv_examined_one *x, ent_coal s, int i)
{
    return &x->coefficient[s * (ent_coal)x->v->n + (ent_coal)i];
}

/* u^S of every coalition as the strategies of the conflicts printed give it, and the violation that
 * is the residual. */
static ent_status table_of_conflicts(ent_sv_examined_one *x, const ent_json *conflicts,
                                     ent_sv_table *t)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_coal all = ent_coal_all(v->n);
    for (ent_coal s = 1; s < all; s += 2) {
        const ent_json *at = NULL;
        ent_sv_mix mine = {0}, theirs = {0};
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &at));
        st = ent_sv_mix_read(v, ent_json_get(at, "strategy"), s, &mine);
        if (st == ENT_OK) st = ent_sv_mix_read(v, ent_json_get(at, "against"), all & ~s, &theirs);
        for (int i = 0; st == ENT_OK && i < v->n; i++)
            ent_sv_mean_payoff(v, i, &mine, &theirs,
                               ent_sv_u(v, t, ent_coal_has(s, i) ? s : all & ~s, i));
        t->exact = t->exact && mine.exact && theirs.exact;
        ent_sv_mix_release(&mine);
        ent_sv_mix_release(&theirs);
        ENT_TRY(st);
    }
    for (int i = 0; i < v->n; i++) ent_rat_set(ent_sv_u(v, t, all, i), &x->e.utility[i].number);
done:
    return st;
}

static ent_status check_residual(ent_sv_examined_one *x, ent_claim *residual)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    ent_sv_table t = {0};
    ent_rat most = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_sv_table_new(v, &t));
    ENT_TRY(table_of_conflicts(x, ent_json_get(x->node, "conflicts"), &t));
    ent_sv_imbalance(v, &t, ent_coal_all(v->n), &most);
    ent_rat_div(&most, &most, &x->spread);
    ENT_TRY(ent_claim_member(&v->c, x->node, "residual", residual));
    ent_claims_equal(&v->c, residual, &most, t.exact && v->prices_exact && x->e.exact, &one,
                     "the violation of the strategies printed");
done:
    ent_sv_table_release(v, &t);
    ent_rat_release(&most);
    ent_rat_release(&one);
    return st;
}

/* One multiplier: weight times a_i (u_i^S - u_i^{S\j}) - a_j (u_j^S - u_j^{S\i}). */
static ent_status read_multiplier(ent_sv_examined_one *x, const ent_json *node, ent_rat *absolute)
{
    static const char *const keys[] = {"coalition", "players", "weight", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_json *coalition = NULL, *players = NULL;
    int who[2] = {0, 0};
    ent_coal s = 0;
    ent_claim weight = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "coalition", &coalition));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, coalition, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "players", &players));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, players, ENT_JSON_ARRAY));
    if (players->count != 2) {
        st = ent_json_fail(v->ctx, v->c.doc, players, ENT_E_MODEL, "wanted two players, found %u",
                           (unsigned)players->count);
        goto done;
    }
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, players->first, ENT_I_A_PLAYER, v->n, v->m->player,
                             &who[0]));
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, players->first->next, ENT_I_A_PLAYER, v->n,
                             v->m->player, &who[1]));
    const ent_json named = {.key = coalition->text,
                            .parent = coalition->parent,
                            .offset = coalition->offset,
                            .key_offset = coalition->offset};
    ENT_TRY(ent_sv_key(v, &named, &s));
    if (s == ent_coal_all(v->n) || !ent_coal_has(s, who[0]) || !ent_coal_has(s, who[1]) ||
        who[0] >= who[1]) {
        st = ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                           "wanted two members, in the model's order, of a proper coalition");
        goto done;
    }
    ENT_TRY(ent_claim_member(&v->c, node, "weight", &weight));
    x->exact = x->exact && weight.exact;
    for (int k = 0; k < 2; k++) {
        const ent_coal smaller = s & ~ent_coal_single(who[1 - k]);
        if (k == 1) ent_rat_neg(&weight.number, &weight.number);
        ent_rat_add(ent_sv_coefficient(x, s, who[k]), ent_sv_coefficient(x, s, who[k]),
                    &weight.number);
        ent_rat_sub(ent_sv_coefficient(x, smaller, who[k]), ent_sv_coefficient(x, smaller, who[k]),
                    &weight.number);
    }
    if (ent_rat_sign(&weight.number) < 0) ent_rat_neg(&weight.number, &weight.number);
    ent_rat_add(absolute, absolute, &weight.number);
done:
    ent_rat_release(&weight.number);
    return st;
}

/* sum of weight times e >= bound times the scale, for all optimal strategies. */
static ent_status find_bound(ent_sv_examined_one *x)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_json *violation = NULL, *slack = NULL,
                   *conflicts = ent_json_get(x->node, "conflicts");
    ent_rat absolute = ENT_RAT_ZERO, one = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "violation", &violation));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, violation, ENT_JSON_ARRAY));
    for (const ent_json *at = violation->first; at; at = at->next)
        ENT_TRY(read_multiplier(x, at, &absolute));
    ent_rat_sub(&absolute, &absolute, &one);
    ent_claims_at_most_zero(&v->c, violation, x->exact, &absolute, &one,
                            "the multipliers are larger than 1 in all");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "slack", &slack));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, slack, ENT_JSON_OBJECT));
    uint32_t used = 0;
    for (ent_coal s = 1; s < ent_coal_all(v->n); s += 2) {
        const ent_json *conflict = NULL;
        ent_text key;
        ent_text_init(v->ctx, &key);
        ent_strategic_coal_name(&key, v->m, s);
        const ent_json *own = key.data ? ent_json_get(slack, key.data) : NULL;
        ent_text_release(&key);
        used += own != NULL;
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &conflict));
        ENT_TRY(ent_sv_bound_conflict(x, s, conflict, own, &least));
        ent_rat_add(&x->bound, &x->bound, &least);
    }
    ent_rat_div(&x->bound, &x->bound, &x->spread);
    if (used != slack->count)
        st = ent_json_fail(v->ctx, v->c.doc, slack, ENT_E_MODEL,
                           "wanted conflicts as keys, found others");
done:
    ent_rat_release(&absolute);
    ent_rat_release(&one);
    ent_rat_release(&least);
    return st;
}

/* With the outcome "none" the bound is positive and is what the multipliers prove. */
static ent_status check_bound(ent_sv_examined_one *x, const ent_claim *residual)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    ent_rat one = ENT_RAT_ZERO, above = ENT_RAT_ZERO;
    ent_claim bound = {.number = ENT_RAT_ZERO};
    ent_rat_set_int(&one, 1);
    if (strcmp(v->outcome, "none") != 0) goto done;
    x->coefficient = ent_rats_new(v->ctx, ((size_t)1 << v->n) * (size_t)v->n, &st);
    if (!x->coefficient) goto done;
    ENT_TRY(find_bound(x));
    ENT_TRY(ent_claim_member(&v->c, x->node, "bound", &bound));
    const bool exact = x->exact && v->prices_exact && x->e.d_exact;
    ent_claims_equal(&v->c, &bound, &x->bound, exact, &one, "what the multipliers prove");
    if (ent_rat_sign(&bound.number) <= 0 ||
        !(exact || ent_rat_double(&bound.number) > ENT_LEDGER_APPROXIMATE))
        ent_ledger_refuse(&v->c, bound.node, "proves nothing");
    ent_rat_sub(&above, &bound.number, &residual->number);
    ent_claims_at_most_zero(&v->c, bound.node, exact && residual->exact, &above, &one,
                            "the bound lies above the residual");
done:
    ent_rat_release(&one);
    ent_rat_release(&above);
    ent_rat_release(&bound.number);
    return st;
}

static ent_status check_examined(ent_sv_examined_one *x, int number, ent_claim *residual)
{
    static const char *const keys[] = {"prices",    "utilities", "joint",     "lottery",
                                       "conflicts", "residual",  "violation", "bound",
                                       "slack",     "index",     "payments",  NULL};
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    char path[ENT_SV_PATH];
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, x->node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, x->node, keys));
    ENT_TRY(ent_sv_equilibrium_new(v, x->node, x->node, number, &x->e));
    x->e.examined = true;
    ENT_TRY(ent_sv_prices_and_joint(v, &x->e));
    ENT_TRY(ent_sv_claims_fulfilled(v, &x->e));
    ENT_TRY(ent_sv_lottery(v, &x->e));
    ent_sv_spread(v, &x->spread);
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(check_residual(x, residual));
    ENT_TRY(check_bound(x, residual));
    ent_ledger_end(
        &v->c, ent_sv_path(path, &x->e, "*"),
        strcmp(v->outcome, "none")
            ? "the violation of condition 4 by the strategies printed"
            : "multipliers prove that all optimal strategies violate [CoCo] condition 4 by at least the bound");
done:
    return st;
}

static void release(ent_sv_examined_one *x)
{
    ent_sv_equilibrium_release(x->v, &x->e);
    ent_rats_free(x->coefficient, x->coefficient ? ((size_t)1 << x->v->n) * (size_t)x->v->n : 0);
    ent_rat_release(&x->spread);
    ent_rat_release(&x->bound);
}

ent_status ent_sv_examined(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    int number = 0;
    ent_rat least = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim whole = {.number = ENT_RAT_ZERO}, residual = {.number = ENT_RAT_ZERO};
    ent_rat_set_int(&one, 1);
    if (strcmp(v->outcome, "none") != 0 && strcmp(v->outcome, "limit") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "no equilibrium is listed");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "examined", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    if (list->count == 0) {
        st = ent_json_fail(v->ctx, v->c.doc, list, ENT_E_MODEL,
                           "wanted at least one equilibrium of coco, found none");
        goto done;
    }
    for (const ent_json *at = list->first; at; at = at->next, number++) {
        ent_sv_examined_one x = {
            .v = v, .node = at, .exact = true, .spread = ENT_RAT_ZERO, .bound = ENT_RAT_ZERO};
        st = check_examined(&x, number, &residual);
        release(&x);
        ENT_TRY(st);
        if (number == 0 || ent_rat_cmp(&residual.number, &least) < 0)
            ent_rat_set(&least, &residual.number);
    }
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_claim_member(&v->c, v->solution, "residual", &whole));
    ent_claims_equal(&v->c, &whole, &least, residual.exact, &one,
                     "the least residual of those examined");
    ent_ledger_end(&v->c, "/solution/residual", "the least violation at the prices examined");
done:
    ent_rat_release(&least);
    ent_rat_release(&one);
    ent_rat_release(&whole.number);
    ent_rat_release(&residual.number);
    return st;
}
