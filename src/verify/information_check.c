/* [ITA] Section 2. The checker of the information family: reads the model again, and hands over to
 * the method. */
#include "verify/information_i.h"

#include "model/names.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct checker {
    const char *name;
    ent_status (*check)(ent_ivdoc *v);
} checker;

static const checker methods[] = {{"revelation", ent_iv_revelation},
                                  {"policies", ent_iv_policies},
                                  {"partial", ent_iv_partial},
                                  {"commitment", ent_iv_commitment},
                                  {"simulate", ent_iv_simulate}};

void ent_iv_only_players(ent_ivdoc *v, const ent_json *object, ent_coal s)
{
    for (const ent_json *at = object ? object->first : NULL; at; at = at->next) {
        const int i = ent_i_name_find(v->n, v->m->player, at->key);
        if (i < 0 || !ent_coal_has(s, i))
            ent_ledger_refuse(&v->claims, at, "no such player belongs here");
    }
}

void ent_iv_by_player(ent_ivdoc *v, const ent_json *object, const ent_rat *truth)
{
    if (!ent_ledger_kind(&v->claims, object, ENT_JSON_OBJECT)) return;
    ent_iv_only_players(v, object, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++)
        ent_ledger_equal(&v->claims, ent_ledger_member(&v->claims, object, v->m->player[i]),
                         &truth[i]);
}

bool ent_iv_read_names(ent_ivdoc *v, const ent_json *list, ent_coal *s)
{
    *s = 0;
    if (!ent_ledger_kind(&v->claims, list, ENT_JSON_ARRAY)) return false;
    for (const ent_json *at = list->first; at; at = at->next) {
        if (!ent_ledger_kind(&v->claims, at, ENT_JSON_STRING)) return false;
        const int i = ent_i_name_find(v->n, v->m->player, at->text);
        if (i < 0 || *s >> i) { /* unknown, or not after the names before it */
            ent_ledger_refuse(&v->claims, at, "wanted names of players in the model's order");
            return false;
        }
        *s |= ent_coal_single(i);
    }
    return true;
}

void ent_iv_check_names(ent_ivdoc *v, const ent_json *list, ent_coal s)
{
    ent_coal found = 0;
    if (!list || !ent_iv_read_names(v, list, &found)) return;
    if (found == s) ent_ledger_held(&v->claims, ENT_EXACT, 0.0);
    else ent_ledger_refuse(&v->claims, list, "not the set that was recomputed");
}

/* [ITA] Definition 5: b_i + btilde_i = (A b_i - eta B) / (1 - eta). */
static void set_betas(ent_ivdoc *v)
{
    const ent_ivgame *g = &v->game;
    ent_rat total = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++) ent_rat_add(&total, &total, &g->bias[i]);
    for (int i = 0; i < v->n; i++) {
        ent_rat_mul(&v->beta[i], &g->a, &g->bias[i]);
        ent_rat_submul(&v->beta[i], &g->eta, &total);
        ent_rat_div(&v->beta[i], &v->beta[i], &g->rest);
    }
    ent_rat_release(&total);
}

/* The members of the document; what is not a result at all fails with ENT_E_MODEL. */
static ent_status read_document(ent_ivdoc *v, const ent_parts *parts)
{
    ent_status st = ENT_OK;
    const ent_doc *doc = v->claims.doc;
    const ent_json *node = NULL;
    v->solution = parts->solution;
    v->certificate = parts->certificate;
    v->settings = parts->settings;
    ENT_TRY(ent_json_member(v->ctx, doc, v->settings, "zero", &node));
    ENT_TRY(ent_json_real(v->ctx, doc, node, &v->zero));
    ENT_TRY(ent_json_member(v->ctx, doc, v->settings, "plays", &node));
    ENT_TRY(ent_json_int(v->ctx, doc, node, 1, (int64_t)1 << 53, &v->plays));
    if (!parts->is_solved)
        return ent_json_fail(v->ctx, doc, parts->outcome, ENT_E_MODEL,
                             "wanted \"solved\", found \"%s\"", parts->outcome->text);
    if (!(v->zero >= 0.0 && v->zero <= 1e-3))
        return ent_json_fail(v->ctx, doc, ent_json_get(v->settings, "zero"), ENT_E_MODEL,
                             "wanted a number in [0, 0.001]");
done:
    return st;
}

static ent_status check_certificate(ent_ivdoc *v, const ent_parts *parts)
{
    static const char *const known[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_status st = ENT_OK;
    ent_ledger_only(&v->claims, v->certificate, known);
    ENT_TRY(ent_parts_hash(&v->claims, parts));
    ent_parts_scale(&v->claims, v->certificate, 1.0, "theta lies in [0,1]");
done:
    return st;
}

/* Doubles add up n policies that are as large as A (1 + b) / (1 - eta); what is left is squared,
 * and losses are as small as 1/100: their error, relatively, is 2 / sqrt(loss) = 20 times that of
 * the policies. */
static double conditioning(const ent_ivdoc *v)
{
    double most = 0.0;
    for (int i = 0; i < v->n; i++) most = fmax(most, fabs(v->m->bias.value[i]));
    return 20.0 * v->n * DBL_EPSILON * ent_rat_double(&v->game.a) * (1.0 + most) /
           ent_rat_double(&v->game.rest);
}

static ent_status check_method(ent_ivdoc *v, const ent_parts *parts)
{
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(parts->method->text, methods[k].name) == 0) return methods[k].check(v);
    return ent_parts_unknown(v->ctx, v->claims.doc, parts);
}

ent_status ent_i_check_information(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                                   ent_report *report)
{
    ent_status st = ENT_OK;
    ent_parts parts = {0};
    ent_ivdoc v = {.ctx = ctx, .result = result};
    ent_ledger_init(&v.claims, ctx, doc, report, ENT_LEDGER_TOLERANCE, ENT_LEDGER_TOLERANCE);
    ENT_TRY(ent_parts_read(ctx, doc, result, &parts));
    ENT_TRY(read_document(&v, &parts));
    ENT_TRY(ent_information_read(ctx, doc, parts.model, &v.m));
    v.n = v.m->n;
    ent_iv_game_init(ctx, v.m, &v.game);
    v.beta = ent_rats_new(ctx, (size_t)v.n, &st);
    if (!v.beta) goto done;
    set_betas(&v);
    ent_ledger_widen(&v.claims, conditioning(&v));
    ENT_TRY(check_certificate(&v, &parts));
    ENT_TRY(check_method(&v, &parts));
done:
    if (v.m) ent_iv_game_release(&v.game);
    ent_rats_free(v.beta, v.m ? (size_t)v.m->n : 0);
    ent_information_free(v.m);
    return st;
}
