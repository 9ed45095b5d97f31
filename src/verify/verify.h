/** verify.h - the checkers. They link with base, exact, io, model and cert only: no solver code is
 * reachable from here.
 *
 * A checker reads a result document, reads the model out of it again, and recomputes every number
 * of "solution" from the definition or from the evidence in "certificate", exactly in rationals
 * wherever the size allows.
 */
#ifndef ENT_VERIFY_H
#define ENT_VERIFY_H

#include "cert/check.h"
#include "io/json.h"

/** ent_verify - check a result document.
 * Given     result  in   the root of a result document
 * Returned  report  out  what was checked, number by number; initialised by the caller
 * Status    ENT_E_MODEL  the document is not a result; ENT_E_UNKNOWN its family or method has no
 *           checker A refused result is no failure: report->refused counts it.
 */
ent_status ent_verify(ent_ctx *ctx, const ent_doc *doc, const ent_json *result, ent_report *report);

/** ent_checker - one row of the table of checkers, verify/checkers.def. */
typedef ent_status ent_checker_fn(ent_ctx *ctx, const ent_doc *doc, const ent_json *result,
                                  ent_report *report);

#define CHECKER(family, function) ent_checker_fn function;
#include "verify/checkers.def"
#undef CHECKER

#endif
