/* [ITA] A.3. The checker of `revelation`: every gain from the equilibria of the policy game. */
#include "verify/information_i.h"

#include <string.h>

/* One gain; and is it in its place among the liars, which *liar points at? */
static void check_gain(ent_ivdoc *v, const ent_json *node, int i, int signal, const ent_rat *gain, const ent_rat *size, const ent_json **liar)
{
    static const char *const known[] = {"player", "signal", "gain", NULL};
    ent_ledger *c = &v->claims;
    const bool exactly = node && node->kind == ENT_JSON_OBJECT, listed = liar && *liar && ent_json_get(*liar, "player") &&
        ent_json_get(*liar, "player")->kind == ENT_JSON_STRING && ent_json_get(*liar, "signal") &&
        strcmp(ent_json_get(*liar, "player")->text, v->m->player[i]) == 0 && ent_json_get(*liar, "signal")->kind == ENT_JSON_NUMBER &&
        strcmp(ent_json_get(*liar, "signal")->text, signal ? "1" : "0") == 0;
    const double relative = ent_rat_double(gain) / ent_rat_double(size);
    c->unit = ent_rat_double(size);
    ent_ledger_equal(c, node, gain);
    if (!liar) return;
    if (!exactly && relative <= v->zero && relative >= -v->zero && !listed) return;
    if (listed != (ent_rat_sign(gain) > 0) && (exactly || relative > v->zero || relative < -v->zero))
        ent_ledger_refuse(c, node, listed ? "nothing is gained, but the list of liars has it" : "the list of liars should have it next");
    if (!listed) return;
    ent_ledger_only(c, *liar, known);
    ent_ledger_equal(c, ent_ledger_member(c, *liar, "gain"), gain);
    *liar = (*liar)->next;
}

/* "gains" of the solution, its list of liars if it should have one, and "full_revelation". */
void ent_iv_check_gains(ent_ivdoc *v, const ent_ivgame *g, const ent_ivstage *stages)
{
    static const char *const signals[] = {"0", "1", NULL};
    ent_ledger *c = &v->claims;
    const bool listing = strcmp(ent_json_get(v->result, "method")->text, "revelation") == 0;
    const ent_json *gains = ent_ledger_member(c, v->solution, "gains"), *liars = listing ? ent_ledger_member(c, v->solution, "liars") : NULL;
    const ent_json *truth = ent_ledger_member(c, v->solution, "full_revelation");
    ent_rat gain = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    bool truthful = true, loosely = true, exactly = true;
    if (!ent_ledger_kind(c, gains, ENT_JSON_OBJECT) || !ent_ledger_kind(c, truth, ENT_JSON_BOOL)) return;
    if (listing && !ent_ledger_kind(c, liars, ENT_JSON_ARRAY)) return;
    const ent_json *liar = liars ? liars->first : NULL;
    ent_ledger_begin(c, 1.0);
    ent_iv_only_players(v, gains, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++) {
        const ent_json *own = ent_ledger_member(c, gains, v->m->player[i]);
        ent_ledger_only(c, own, signals);
        for (int signal = 0; own && signal < 2; signal++) {
            const ent_json *node = ent_ledger_member(c, own, signals[signal]);
            ent_iv_gain(g, stages, i, signal, &gain, &size);
            check_gain(v, node, i, signal, &gain, &size, listing ? &liar : NULL);
            exactly = exactly && node && node->kind == ENT_JSON_OBJECT;
            truthful = truthful && ent_rat_sign(&gain) <= 0;
            loosely = loosely && !(ent_rat_double(&gain) > v->zero * ent_rat_double(&size));
        }
    }
    if (liar) ent_ledger_refuse(c, liar, "no such liar comes here");
    ent_ledger_bool(c, truth, exactly ? truthful : truth->truth == truthful ? truthful : loosely);
    ent_ledger_end(c, "/solution/gains", "every player and signal, from the policies in every state: the first-order conditions hold exactly");
    ent_rat_release(&gain);
    ent_rat_release(&size);
}

ent_status ent_iv_revelation(ent_ivdoc *v)
{
    static const char *const known[] = {"full_revelation", "theorem_2", "equation_5", "margins", "betas", "lemma_1", "largest_size",
                                        "largest_interdependence", "gains", "liars", "critical", NULL};
    ent_status st = ENT_OK;
    ent_ivstage *stages = NULL;
    ent_ledger_only(&v->claims, v->solution, known);
    ent_iv_conditions(v);
    ENT_TRY(ent_iv_stages_new(&v->game, ent_coal_all(v->n), &stages));
    ent_iv_check_gains(v, &v->game, stages);
    ENT_TRY(ent_iv_critical(v));
done:
    ent_iv_stages_free(stages, v->n + 1);
    return st;
}
