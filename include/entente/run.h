/** run.h - the narrow waist: a model document in, a result document out; and the way back, checking
 * one. The command line, bindings and services all pass here.
 */
#ifndef ENT_RUN_H
#define ENT_RUN_H

#include "entente/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_request - what to solve. */
typedef struct ent_request {
    const char *source; /* what messages call the document, such as its file name */
    const char *text;   /* [len] the model document, JSON */
    size_t len;
    const char *method; /* NULL: the family's first */
    size_t changes;     /* number of "name=value" changes */
    /* [changes] settings ("threads=1") or places in the model ("discount=1/2") */
    const char *const *set;
} ent_request;

/** ent_run - read, solve, certify: the whole corridor.
 * Returned  reply    out  a result document (JSON, NUL-terminated; free with ent_free); on error
 *                         untouched
 *           outcome  out  solved, none, boundary or limit; may be NULL
 * Status    ENT_E_PARSE, ENT_E_MODEL, ENT_E_UNKNOWN, ENT_E_ARG, ENT_E_LIMIT, ENT_E_MEMORY,
 *           ENT_E_CANCEL; the message says "source:line:column: /path: what was wanted, what was
 *           found"
 * Cost      that of the method (see `entente explain`), and about 20 us for documents of a few
 *           players
 * Checked   tests/t_catalog.c, tests/t_families_threads.c
 */
ENT_API ENT_MUST_USE ent_status ent_run(ent_ctx *ctx, const ent_request *request, char **reply,
                                        ent_outcome *outcome);

/** ent_verify_text - check a result document, using no solver.
 * Returned  refused  out  how many checks refused; 0 means that the result stands
 *           report   out  a readable list of what was checked and how (free with ent_free); may be
 *                         NULL
 */
ENT_API ENT_MUST_USE ent_status ent_verify_text(ent_ctx *ctx, const char *source, const char *text,
                                                size_t len, int *refused, char **report);

#ifdef __cplusplus
}
#endif
#endif
