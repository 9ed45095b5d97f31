/** result_parts.h - the members that every result document has, taken apart, and the two that every
 * certificate begins with. Here a checker begins.
 */
#ifndef ENT_RESULT_PARTS_H
#define ENT_RESULT_PARTS_H

#include "verify/ledger.h"

/** ent_parts - the members of a result document; borrowed from it. */
typedef struct ent_parts {
    const ent_json *method, *outcome, *model, *solution, *certificate, *settings;
    bool is_solved;       /* outcome "solved" */
    bool is_same_version; /* the document's author was this version of the library */
} ent_parts;

/** ent_parts_read - the parts of a document, each of its kind, and no members beside them.
 * Status  ENT_E_MODEL  this is no result document: a member is missing, unknown, or of another kind
 */
ent_status ent_parts_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_parts *out);

/** ent_parts_unknown - the failure ENT_E_UNKNOWN of a checker that does not know the method. */
ent_status ent_parts_unknown(ent_ctx *ctx, const ent_doc *doc, const ent_parts *parts);

/** ent_parts_hash - a group of its own: the certificate names the hash of the model in this very
 * document.
 * Status  ENT_E_MEMORY; a wrong hash is refused
 */
ent_status ent_parts_hash(ent_ledger *c, const ent_parts *parts);

/** ent_parts_scale - a group of its own: the "scale" of a certificate is `truth`, found as `how`
 * says. */
void ent_parts_scale(ent_ledger *c, const ent_json *certificate, double truth, const char *how);

#endif
