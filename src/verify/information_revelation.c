/* [ITA] A.3. The checker of `revelation`: every gain from the equilibria of the policy game. */
#include "verify/information_i.h"

#include <math.h>
#include <string.h>

/* The gains of a document as they are gone through. */
typedef struct gains {
    ent_ivdoc *v;
    bool listing;         /* there is a list of liars */
    const ent_json *liar; /* the next of them */
    /* nobody gains; or by no more than the setting `zero`; all gains are given exactly */
    bool truthful, loosely, exactly;
    ent_rat gain, size;
} gains;

/* Is the next liar this player with this signal? */
static bool is_next(const gains *g, int i, int signal)
{
    const ent_json *player = ent_json_get(g->liar, "player"),
                   *held = ent_json_get(g->liar, "signal");
    return player && held && player->kind == ENT_JSON_STRING && held->kind == ENT_JSON_NUMBER &&
           strcmp(player->text, g->v->m->player[i]) == 0 &&
           strcmp(held->text, signal ? "1" : "0") == 0;
}

/* A gain so small that doubles could not tell it from none may be on the list or not. */
static void check_liar(gains *g, const ent_json *node, int i, int signal, bool exact,
                       double relative)
{
    static const char *const known[] = {"player", "signal", "gain", NULL};
    ent_ledger *c = &g->v->claims;
    const bool listed = is_next(g, i, signal), unsure = !exact && fabs(relative) <= g->v->zero;
    if (listed != (ent_rat_sign(&g->gain) > 0) && !unsure)
        ent_ledger_refuse(c, node,
                          listed ? "nothing is gained, but the list of liars has it"
                                 : "the list of liars should have it next");
    if (!listed) return;
    ent_ledger_only(c, g->liar, known);
    ent_ledger_equal(c, ent_ledger_member(c, g->liar, "gain"), &g->gain);
    g->liar = g->liar->next;
}

static void check_gain(gains *g, const ent_json *node, int i, int signal)
{
    const bool exact = node && node->kind == ENT_JSON_OBJECT;
    const double relative = ent_rat_double(&g->gain) / ent_rat_double(&g->size);
    g->v->claims.unit = ent_rat_double(&g->size);
    ent_ledger_equal(&g->v->claims, node, &g->gain);
    g->exactly = g->exactly && exact;
    g->truthful = g->truthful && ent_rat_sign(&g->gain) <= 0;
    g->loosely = g->loosely && relative <= g->v->zero;
    if (g->listing) check_liar(g, node, i, signal, exact, relative);
}

static void check_all(gains *g, const ent_json *object, const ent_ivgame *game,
                      const ent_ivstage *stages)
{
    static const char *const signals[] = {"0", "1", NULL};
    ent_ledger *c = &g->v->claims;
    ent_iv_only_players(g->v, object, ent_coal_all(g->v->n));
    for (int i = 0; i < g->v->n; i++) {
        const ent_json *own = ent_ledger_member(c, object, g->v->m->player[i]);
        ent_ledger_only(c, own, signals);
        for (int signal = 0; signal < 2; signal++) {
            ent_iv_gain(game, stages, i, signal, &g->gain, &g->size);
            check_gain(g, ent_ledger_member(c, own, signals[signal]), i, signal);
        }
    }
}

/* "gains" of the solution, its list of liars if it should have one, and "full_revelation". */
void ent_iv_check_gains(ent_ivdoc *v, const ent_ivgame *game, const ent_ivstage *stages)
{
    ent_ledger *c = &v->claims;
    gains g = {.v = v,
               .truthful = true,
               .loosely = true,
               .exactly = true,
               .gain = ENT_RAT_ZERO,
               .size = ENT_RAT_ZERO};
    const ent_json *object = ent_ledger_member(c, v->solution, "gains"),
                   *truth = ent_ledger_member(c, v->solution, "full_revelation");
    g.listing = strcmp(ent_json_get(v->result, "method")->text, "revelation") == 0;
    const ent_json *liars = g.listing ? ent_ledger_member(c, v->solution, "liars") : NULL;
    if (!ent_ledger_kind(c, object, ENT_JSON_OBJECT) || !ent_ledger_kind(c, truth, ENT_JSON_BOOL))
        return;
    if (g.listing && !ent_ledger_kind(c, liars, ENT_JSON_ARRAY)) return;
    g.liar = liars ? liars->first : NULL;
    ent_ledger_begin(c, 1.0);
    check_all(&g, object, game, stages);
    if (g.liar) ent_ledger_refuse(c, g.liar, "no such liar comes here");
    if (g.exactly || truth->truth == g.truthful) ent_ledger_bool(c, truth, g.truthful);
    else ent_ledger_bool(c, truth, g.loosely);
    ent_ledger_end(
        c, "/solution/gains",
        "every player and signal, from the policies in every state: the first-order conditions hold exactly");
    ent_rat_release(&g.gain);
    ent_rat_release(&g.size);
}

ent_status ent_iv_revelation(ent_ivdoc *v)
{
    static const char *const known[] = {
        "full_revelation", "theorem_2", "equation_5",   "margins",
        "betas",           "lemma_1",   "largest_size", "largest_interdependence",
        "gains",           "liars",     "critical",     NULL};
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
