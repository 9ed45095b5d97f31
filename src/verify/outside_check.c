/* The checker of the outside family: reads the model again, and hands over to the method. */
#include "verify/outside_check.h"

#include "verify/verify.h"

#include <math.h>
#include <string.h>

static const char *const regime_words[] = {"floor", "deter", "prefer sure", "search"};

bool ent_i_outside_regime(const ent_back *b, const char *word)
{
    const double close = 1e-10; /* payoffs nearer than this: rounding decides, on both sides */
    int found = 3;
    if (b->is_floor) found = 0;
    else if (b->first.kind == ENT_LINE_DETER) found = b->deters_alone ? 1 : 2;
    if (strcmp(word, regime_words[found]) == 0) return true;
    if (fabs(b->r_star - b->k) <= close)
        return strcmp(word, "floor") == 0 || strcmp(word, "deter") == 0;
    if (b->alone_slack <= close && found != 3)
        return strcmp(word, "deter") == 0 || strcmp(word, "prefer sure") == 0;
    return false;
}

void ent_i_outside_near(ent_ocheck *c, const ent_json *node, double truth, double tolerance,
                        const ent_rat *exact)
{
    ent_rat claim = ENT_RAT_ZERO;
    bool exactly = false;
    if (!node) return;
    if (isnan(truth)) {
        ent_ledger_null(&c->claims, node);
        return;
    }
    if (node->kind == ENT_JSON_OBJECT) {
        if (exact) ent_ledger_equal(&c->claims, node, exact);
        else ent_ledger_refuse(&c->claims, node, "said to be exact, which cannot be confirmed");
        return;
    }
    if (ent_ledger_read(&c->claims, node, &claim, &exactly))
        ent_ledger_residual(&c->claims, node,
                            fabs(ent_rat_double(&claim) - truth) / fmax(1.0, fabs(truth)),
                            tolerance + c->grain);
    ent_rat_release(&claim);
}

void ent_i_outside_member_near(ent_ocheck *c, const ent_json *object, const char *key, double truth)
{
    ent_i_outside_near(c, ent_ledger_member(&c->claims, object, key), truth, ENT_OUTSIDE_TOLERANCE,
                       NULL);
}

static ent_status read_flag(ent_ocheck *c, const char *name, bool *out)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, c->settings, name, &node));
    ENT_TRY(ent_json_bool(c->ctx, c->claims.doc, node, out));
done:
    return st;
}

static ent_status read_count(ent_ocheck *c, const char *name, int64_t *out)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, c->settings, name, &node));
    ENT_TRY(ent_json_int(c->ctx, c->claims.doc, node, 0, (int64_t)1 << 53, out));
done:
    return st;
}

static ent_status read_settings(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ENT_TRY(ent_json_member(c->ctx, c->claims.doc, c->settings, "tie_tolerance", &node));
    ENT_TRY(ent_json_real(c->ctx, c->claims.doc, node, &c->rules.tie));
    ENT_TRY(read_flag(c, "tie_sure", &c->rules.is_sure));
    ENT_TRY(read_flag(c, "tie_take", &c->rules.is_taken));
    ENT_TRY(read_flag(c, "fee_threshold", &c->fee_threshold));
    ENT_TRY(read_count(c, "exact_states", &c->exact_states));
    ENT_TRY(read_count(c, "curve_points", &c->curve_points));
    ENT_TRY(read_count(c, "plays", &c->plays));
    ENT_TRY(read_count(c, "states", &c->states));
done:
    return st;
}

/* The mass that unbounded densities put between the largest offer and the doubles next to it: what
 * doubles cannot place. */
static double find_grain(const ent_offers *o)
{
    double most = 0.0;
    for (int k = 0; k < o->parts; k++)
        if (o->part[k].kind == ENT_OFFER_BETA && o->part[k].b < 1.0)
            most = fmax(most, 8.0 * o->part[k].weight *
                                  ent_offer_part_upper(
                                      &o->part[k], o->part[k].high - ldexp(o->part[k].high, -52)));
    return most;
}

static ent_status read_document(ent_ocheck *c, const ent_json *result, ent_parts *parts)
{
    ent_status st = ENT_OK;
    const ent_doc *doc = c->claims.doc;
    ENT_TRY(ent_parts_read(c->ctx, doc, result, parts));
    c->solution = parts->solution;
    c->certificate = parts->certificate;
    c->settings = parts->settings;
    if (!parts->is_solved) {
        st = ent_json_fail(
            c->ctx, doc, parts->outcome, ENT_E_MODEL,
            "wanted \"solved\": every game of this family has an equilibrium, found \"%s\"",
            parts->outcome->text);
        goto done;
    }
    ENT_TRY(read_settings(c));
    ENT_TRY(ent_outside_read(c->ctx, doc, parts->model, &c->model));
    c->grain = find_grain(&c->model->offers);
    ENT_TRY(ent_parts_hash(&c->claims, parts));
    ent_parts_scale(&c->claims, c->certificate, 1.0, "payoffs are shares of the good's worth");
done:
    return st;
}

ent_status ent_i_check_outside(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                               ent_report *report)
{
    static const struct {
        const char *name;
        ent_status (*check)(ent_ocheck *c);
    } methods[] = {{"equilibrium", ent_i_check_outside_equilibrium},
                   {"institution", ent_i_check_outside_institution},
                   {"simulate", ent_i_check_outside_simulate}};
    ent_status st = ENT_OK;
    ent_parts parts = {0};
    bool is_known = false;
    ent_ocheck c = {.ctx = ctx};
    ent_ledger_init(&c.claims, ctx, doc, report, ENT_LEDGER_TOLERANCE, ENT_LEDGER_TOLERANCE);
    ENT_TRY(read_document(&c, result, &parts));
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        if (strcmp(parts.method->text, methods[k].name) != 0) continue;
        is_known = true;
        ENT_TRY(methods[k].check(&c));
    }
    if (!is_known) st = ent_parts_unknown(ctx, doc, &parts);
done:
    ent_outside_free(c.model);
    return st;
}
