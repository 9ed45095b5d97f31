/** ledger.h - the book of claims that a checker goes through: a claimed member of a result document
 * against what was recomputed.
 *
 * Claims come in groups: ent_ledger_begin, any number of comparisons, ent_ledger_end. A group whose
 * claims all hold becomes one line of the report with the weakest word among them; a claim that
 * does not hold becomes a line "refused" at its own place, and its group then adds no line.
 * Comparisons accept a node NULL and do nothing: the missing member was refused when it was looked
 * up.
 */
#ifndef ENT_LEDGER_H
#define ENT_LEDGER_H

#include "cert/check.h"
#include "io/json.h"

typedef struct ent_ledger {
    ent_ctx *ctx;
    const ent_doc *doc;
    ent_report *report; /* its sticky status is that of all claims */
    double verified;    /* the largest residual of a number given as a double that is "verified", */
    /* the largest that is "approximate", the residual being told; worse ones are refused */
    double approximate;
    /* The open group: */
    double unit;     /* what residuals are relative to, with the size of the number itself */
    ent_word word;   /* the weakest so far */
    double residual; /* the largest so far */
    int n;           /* claims that held */
    bool refused;    /* a claim did not hold */
    /* the document is one of doubles, and the group depends on equalities that doubles cannot
       decide: what differs from the exact answer is "approximate", with its residual, not
       refused */
    bool lenient;
} ent_ledger;

/** ENT_LEDGER_TOLERANCE - `verified` of checkers that know the true values: rounding in a few
 * hundred operations on payoffs, far below what a reader could notice. They have no "approximate":
 * `approximate` is the same. */
#define ENT_LEDGER_TOLERANCE 1e-12
/** ENT_LEDGER_VERIFIED, ENT_LEDGER_APPROXIMATE - those of checkers that look whether numbers fulfil
 * equations: solvers in doubles reach 1e-13 and better on well-conditioned models. What is worse
 * than the second is refused, so that a number changed by a millionth of itself is noticed also
 * where it is small against the payoffs. */
#define ENT_LEDGER_VERIFIED 1e-11
#define ENT_LEDGER_APPROXIMATE 1e-9

/** ent_ledger_init - an empty book about a document, with the two bounds on residuals. */
void ent_ledger_init(ent_ledger *c, ent_ctx *ctx, const ent_doc *doc, ent_report *report,
                     double verified, double approximate);

/** ent_ledger_widen - add to both bounds: how much more the document's numbers lost in doubles. */
void ent_ledger_widen(ent_ledger *c, double conditioning);

/** ent_ledger_begin - open a group; a unit of 0 is 1. ent_ledger_end - report it, `how` formatting
 * like printf; ent_ledger_end_at - at a node's place. */
void ent_ledger_begin(ent_ledger *c, double unit);
void ent_ledger_end(ent_ledger *c, const char *path, const char *how, ...) ENT_PRINTF(3, 4);
void ent_ledger_end_at(ent_ledger *c, const ent_json *node, const char *how);

/** ent_ledger_held - a claim of the group held, with this word and residual. */
void ent_ledger_held(ent_ledger *c, ent_word word, double residual);

/** ent_ledger_judge - a number given as a double is off by `residual`: verified, approximate, or
 * refused as `why` says. */
void ent_ledger_judge(ent_ledger *c, const ent_json *node, double residual, const char *why, ...)
    ENT_PRINTF(4, 5);

/** ent_ledger_refuse - a refused line at a node's place (or at `c->doc`'s root when it is NULL). */
void ent_ledger_refuse(ent_ledger *c, const ent_json *node, const char *why, ...) ENT_PRINTF(3, 4);

/** ent_ledger_doubt - refuse, or in a lenient group put up with it as approximate. */
void ent_ledger_doubt(ent_ledger *c, const ent_json *node, double residual, const char *why, ...)
    ENT_PRINTF(4, 5);

/** ent_ledger_member - the member of an object, refused and NULL when it is missing. */
const ent_json *ent_ledger_member(ent_ledger *c, const ent_json *object, const char *key);

/** ent_ledger_kind - is the node of this kind? Refused when not. */
bool ent_ledger_kind(ent_ledger *c, const ent_json *node, ent_json_kind kind);

/** ent_ledger_only - refuse members of an object that are not in the NULL-terminated list. */
void ent_ledger_only(ent_ledger *c, const ent_json *object, const char *const *keys);

/** ent_ledger_read - the number that a node claims: of {"value", "exact"} the exact one, to which
 * `value` must be the nearest double; of a plain number its double. False, and refused, when it is
 * none. `exactly` tells which; may be NULL. */
bool ent_ledger_read(ent_ledger *c, const ent_json *node, ent_rat *out, bool *exactly);

/** ent_ledger_equal - the node claims this number. */
void ent_ledger_equal(ent_ledger *c, const ent_json *node, const ent_rat *truth);

/** ent_ledger_within - the node claims a number that was proved to lie in [lo, hi]. A plain number
 * may leave the interval by `verified` of the unit; an exact one needs lo = hi. */
void ent_ledger_within(ent_ledger *c, const ent_json *node, const ent_rat *lo, const ent_rat *hi);

/** ent_ledger_int, ent_ledger_bool, ent_ledger_text, ent_ledger_null - the node is this very
 * value. */
void ent_ledger_int(ent_ledger *c, const ent_json *node, int64_t truth);
void ent_ledger_bool(ent_ledger *c, const ent_json *node, bool truth);
void ent_ledger_text(ent_ledger *c, const ent_json *node, const char *truth);
void ent_ledger_null(ent_ledger *c, const ent_json *node);

/** ent_ledger_residual - a residual that the caller computed: verified up to `tolerance`, refused
 * beyond or when not a number. */
void ent_ledger_residual(ent_ledger *c, const ent_json *node, double residual, double tolerance);

#endif
