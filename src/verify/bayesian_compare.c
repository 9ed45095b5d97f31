/* compare: the three solutions of one model in one document. */
#include "verify/bayesian_verify.h"

#include <string.h>

static ent_status one(ent_bv *v, const char *name, ent_status (*check)(ent_bv *v))
{
    ent_status st = ENT_OK;
    ent_bv part = *v;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, name, &part.solution));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, name, &part.certificate));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, part.solution, ENT_JSON_OBJECT));
    ENT_TRY(ent_claims_text(&v->c, part.certificate, "outcome", &part.outcome));
    ent_bv_scale(&part);
    ENT_TRY(check(&part));
done:
    return st;
}

ent_status ent_bv_compare(ent_bv *v)
{
    ent_status st = ENT_OK;
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(one(v, "neutral-procedural", ent_bv_neutral));
    ENT_TRY(one(v, "m-solution", ent_bv_m_solution));
    ENT_TRY(one(v, "s-solution", ent_bv_s_solution));
    ENT_TRY(ent_bv_counted(v, v->solution, 3, "solutions"));
done:
    return st;
}
