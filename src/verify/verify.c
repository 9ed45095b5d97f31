#include "verify/verify.h"

#include <string.h>

typedef struct checker {
    const char *family;
    ent_checker_fn *check;
} checker;

static const checker checkers[] = {
#define CHECKER(family, function) {family, function},
#include "verify/checkers.def"
#undef CHECKER
    {NULL, NULL}};

ent_status ent_verify(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_report *report)
{
    ent_status st = ENT_OK;
    const ent_json *family = NULL;
    ENT_TRY(ent_json_expect(ctx, doc, result, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(ctx, doc, result, "family", &family));
    ENT_TRY(ent_json_expect(ctx, doc, family, ENT_JSON_STRING));
    for (const checker *c = checkers; c->family; c++) {
        if (strcmp(c->family, family->text) != 0) continue;
        ENT_TRY(c->check(ctx, doc, result, report));
        ENT_TRY(report->status);
        return ENT_OK;
    }
    st = ent_json_fail(ctx, doc, family, ENT_E_UNKNOWN, "no checker knows the family \"%s\"",
                       family->text);
done:
    return st;
}
