/* [ITA] Section 2. The checker of the information family: reads the model again, and hands over to the method. */
#include "verify/information_i.h"

#include "cert/hash.h"
#include "model/names.h"

#include <float.h>
#include <math.h>
#include <string.h>

ent_checker_fn ent_i_check_information;

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
        if (i < 0 || !ent_coal_has(s, i)) ent_ledger_refuse(&v->claims, at, "no such player belongs here");
    }
}

void ent_iv_by_player(ent_ivdoc *v, const ent_json *object, const ent_rat *truth)
{
    if (!ent_ledger_kind(&v->claims, object, ENT_JSON_OBJECT)) return;
    ent_iv_only_players(v, object, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++) ent_ledger_equal(&v->claims, ent_ledger_member(&v->claims, object, v->m->player[i]), &truth[i]);
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
    if (found == s) v->claims.n++;
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

static ent_status check_certificate(ent_ivdoc *v, const ent_json *model)
{
    static const char *const known[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    ent_ledger_only(&v->claims, v->certificate, known);
    ENT_TRY(ent_i_model_hash(v->ctx, model, hash));
    ent_ledger_begin(&v->claims, 1.0);
    ent_ledger_text(&v->claims, ent_ledger_member(&v->claims, v->certificate, "model_sha256"), hash);
    ent_ledger_end(&v->claims, "/certificate/model_sha256", "SHA-256 of the model's compact text");
    ent_ledger_begin(&v->claims, 1.0);
    ent_ledger_int(&v->claims, ent_ledger_member(&v->claims, v->certificate, "scale"), 1);
    ent_ledger_end(&v->claims, "/certificate/scale", "theta lies in [0,1]");
done:
    return st;
}

/* The members of the document; what is not a result at all fails with ENT_E_MODEL. */
static ent_status read_document(ent_ivdoc *v, const ent_json **method, const ent_json **model)
{
    static const char *const known[] = {"entente", "family", "method", "outcome", "model", "solution", "certificate", "settings", "version", NULL};
    ent_status st = ENT_OK;
    const ent_doc *doc = v->claims.doc;
    const ent_json *node = NULL;
    int64_t one = 0;
    ENT_TRY(ent_json_known(v->ctx, doc, v->result, known));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "entente", &node));
    ENT_TRY(ent_json_int(v->ctx, doc, node, 1, 1, &one));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "method", method));
    ENT_TRY(ent_json_expect(v->ctx, doc, *method, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "solution", &v->solution));
    ENT_TRY(ent_json_expect(v->ctx, doc, v->solution, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "certificate", &v->certificate));
    ENT_TRY(ent_json_expect(v->ctx, doc, v->certificate, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "settings", &v->settings));
    ENT_TRY(ent_json_expect(v->ctx, doc, v->settings, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(v->ctx, doc, v->settings, "zero", &node));
    ENT_TRY(ent_json_real(v->ctx, doc, node, &v->zero));
    ENT_TRY(ent_json_member(v->ctx, doc, v->settings, "plays", &node));
    ENT_TRY(ent_json_int(v->ctx, doc, node, 1, (int64_t)1 << 53, &v->plays));
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "outcome", &node));
    ENT_TRY(ent_json_expect(v->ctx, doc, node, ENT_JSON_STRING));
    if (strcmp(node->text, ent_outcome_word(ENT_SOLVED)) != 0)
        return ent_json_fail(v->ctx, doc, node, ENT_E_MODEL, "wanted \"solved\", found \"%s\"", node->text);
    if (!(v->zero >= 0.0 && v->zero <= 1e-3))
        return ent_json_fail(v->ctx, doc, ent_json_get(v->settings, "zero"), ENT_E_MODEL, "wanted a number in [0, 0.001]");
    ENT_TRY(ent_json_member(v->ctx, doc, v->result, "model", model));
done:
    return st;
}

/* Doubles add up n policies that are as large as A (1 + b) / (1 - eta); what is left is squared, and losses are as small as 1/100: their error,
 * relatively, is 2 / sqrt(loss) = 20 times that of the policies. */
static double conditioning(const ent_ivdoc *v)
{
    double most = 0.0;
    for (int i = 0; i < v->n; i++) most = fmax(most, fabs(v->m->bias.value[i]));
    return 20.0 * v->n * DBL_EPSILON * ent_rat_double(&v->game.a) * (1.0 + most) / ent_rat_double(&v->game.rest);
}

static ent_status check_method(ent_ivdoc *v, const ent_json *name)
{
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++)
        if (strcmp(name->text, methods[k].name) == 0) return methods[k].check(v);
    return ent_json_fail(v->ctx, v->claims.doc, name, ENT_E_UNKNOWN, "no checker knows the method \"%s\"", name->text);
}

ent_status ent_i_check_information(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_report *report)
{
    ent_status st = ENT_OK;
    const ent_json *name = NULL, *model = NULL;
    ent_ivdoc v = {.ctx = ctx, .claims = {.ctx = ctx, .doc = doc, .report = report, .unit = 1.0}, .result = result};
    ENT_TRY(read_document(&v, &name, &model));
    ENT_TRY(ent_information_read(ctx, doc, model, &v.m));
    v.n = v.m->n;
    ent_iv_game_init(ctx, v.m, &v.game);
    v.beta = ent_rats_new(ctx, (size_t)v.n, &st);
    if (!v.beta) goto done;
    set_betas(&v);
    v.claims.conditioning = conditioning(&v);
    ENT_TRY(check_certificate(&v, model));
    ENT_TRY(check_method(&v, name));
done:
    if (v.m) ent_iv_game_release(&v.game);
    ent_rats_free(v.beta, v.m ? (size_t)v.m->n : 0);
    ent_information_free(v.m);
    return st;
}
