/** catalog.h - the catalogue of the papers: items with their models, what is printed, and what is
 * true, recomputed. The format is docs/catalog.md; worked cases of other origin (tests/cases) have
 * it too.
 */
#ifndef ENT_CATALOG_H
#define ENT_CATALOG_H

#include "driver/run.h"

/** ent_claim - one claim of an item after it was recomputed. Texts that are not `computed` belong
 * to the item's document. */
typedef struct ent_claim {
    const char *what, *where, *printed;
    const char *says;    /* "agrees", "misprint", "false" or "true" */
    const char *erratum; /* entry of docs/errata.md, or NULL */
    const char *relation;
    /* the left side, "0.48 = 12/25"; with "against" and the right side when that is computed too,
       with "(claimed: ...)" when it differs or bounds */
    char *computed;
    bool holds;   /* the relation, recomputed */
    bool as_said; /* is the verdict what the catalogue says? */
} ent_claim;

/** ent_item - one file of the catalogue. */
typedef struct ent_item {
    ent_doc *doc;
    const char *key, *item, *page, *title; /* of the document; page and title may be "" */
    int claims;
    ent_claim *claim; /* [claims] */
} ent_item;

/** ent_i_item_read - read one item, without its runs and claims.
 * Given     source  in  what messages call the text
 * Returned  item    out initialised by the caller to {0}; release with ent_i_item_release, also
 *                   after a failure
 * Status    ENT_E_PARSE, ENT_E_MODEL the text is no item
 */
ent_status ent_i_item_read(ent_ctx *ctx, const char *source, size_t len, const char *text,
                           ent_item *item);

/** ent_i_item_run - solve the models of an item that was read, and judge its claims.
 * Status    ENT_E_MODEL a run or claim is misread; the failure of a run, with its place in the
 *           message
 */
ent_status ent_i_item_run(ent_ctx *ctx, ent_item *item);
void ent_i_item_release(ent_item *item);

/** ent_catalog_file - one file compiled into the library; the table ends with a NULL path. */
typedef struct ent_catalog_file {
    const char *path; /* "mw25/three-nations.json" */
    const char *text;
} ent_catalog_file;
extern const ent_catalog_file ent_embed_catalog[];

/** ent_i_catalog_selects - does a word of the user mean this file? A paper ("mw25"), a file
 * ("three-nations", with or without folder and ".json"), an item ("Section 5.1.1") or key and item
 * ("MW25 Section 5.1.1"), whatever the case of letters. */
bool ent_i_catalog_selects(const char *word, const char *path, const ent_item *item);

#endif
