/** check.h - the vocabulary of certificates: the words, and the report that a checker fills.
 *
 *   exact        recomputed in rational arithmetic and found equal, or proved by rational
 *                inequalities
 *   verified     residual recomputed from the model in doubles, below the stated tolerance
 *   approximate  residual recomputed, not below it
 *   refused      recomputed and found different, or the evidence does not prove the claim
 */
#ifndef ENT_CHECK_H
#define ENT_CHECK_H

#include "base/text.h"

typedef enum ent_word { ENT_EXACT, ENT_VERIFIED, ENT_APPROXIMATE, ENT_REFUSED } ent_word;

/** ent_word_name - "exact", "verified", "approximate", "refused". */
const char *ent_word_name(ent_word word);

/** ent_check - one thing that was checked. */
typedef struct ent_check {
    char *path; /* inside the result, "/solution/span"; "*" stands for several members */
    char *what; /* one line: how it was checked */
    ent_word word;
    double residual; /* relative to the payoff scale; 0 for exact */
} ent_check;

typedef struct ent_report {
    ent_ctx *ctx;
    ent_status status; /* sticky */
    int n, room;
    ent_check *check; /* [n] */
    int count[4];     /* by word */
} ent_report;

void ent_report_init(ent_ctx *ctx, ent_report *report);
void ent_report_release(ent_report *report);
/** ent_report_add - one line; `what` formats like printf. A refused check makes no failure:
 * count[ENT_REFUSED] counts. */
void ent_report_add(ent_report *report, ent_word word, double residual, const char *path,
                    const char *what, ...) ENT_PRINTF(5, 6);
/** ent_report_worst - the weakest word of all checks: a result is as good as its weakest number.
 * ENT_REFUSED when nothing was checked or the report failed: no evidence, no trust.
 */
ent_word ent_report_worst(const ent_report *report);

/** ent_i_report_write - append `"words": {...}, "checks": [...]`, the end of a certificate. */
void ent_i_report_write(ent_text *out, const ent_report *report);

#endif
