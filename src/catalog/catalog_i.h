/** catalog_i.h - the parts of judging an item: runs, terms, claims. */
#ifndef ENT_CATALOG_I_H
#define ENT_CATALOG_I_H

#include "catalog/catalog.h"

/** ent_i_runs - the named results of an item. */
typedef struct ent_i_runs {
    int n;
    struct ent_i_named_run {
        const ent_json *node; /* in the item's document */
        ent_doc *result;
    } * run; /* [n] */
} ent_i_runs;

ent_status ent_i_runs_solve(ent_ctx *ctx, const ent_doc *doc, const ent_json *runs,
                            ent_i_runs *out);
void ent_i_runs_release(ent_i_runs *runs);

/** ent_i_value - what a term comes to. */
typedef struct ent_i_value {
    bool is_exact;
    ent_rat exact; /* when is_exact */
    double real;
    double scale;     /* what the error of `real` is relative to */
    bool is_numeral;  /* a single numeral of the catalogue, not a computed number */
    const char *word; /* the string that a place leads to, or that `right` wants; NULL: a number */
} ent_i_value;

void ent_i_value_init(ent_i_value *value);
void ent_i_value_release(ent_i_value *value);

/** ent_i_term - evaluate a term. Returned value: initialised by the caller. */
ent_status ent_i_term(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                      const ent_json *term, ent_i_value *value);

/** ent_i_value_text - append "0.48 = 12/25", "1.732051" or the word. */
void ent_i_value_text(ent_text *out, const ent_i_value *value);

/** ent_i_claim_judge - read and judge one claim. */
ent_status ent_i_claim_judge(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                             const ent_json *node, ent_claim *claim);

/** ent_i_text_member - the text of a member; `standard` when it is absent, or a failure when that
 * is NULL. */
ent_status ent_i_text_member(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                             const char *key, const char *standard, const char **out);

#endif
