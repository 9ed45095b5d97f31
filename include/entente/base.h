/** base.h - status codes, outcomes and the context: what every call of the library shares.
 * Only <entente/entente.h> is promised; this header is how it is split.
 */
#ifndef ENT_BASE_H
#define ENT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ENT_MUST_USE __attribute__((warn_unused_result))
#define ENT_PRINTF(place, first) __attribute__((format(printf, place, first)))
#define ENT_API __attribute__((visibility("default")))
#else
#define ENT_MUST_USE
#define ENT_PRINTF(place, first)
#define ENT_API
#endif

/** ENT_EXPERIMENTAL - this declaration may change before version 1.0; it carries no other
 * meaning. */
#define ENT_EXPERIMENTAL

#ifdef __cplusplus
extern "C" {
#endif

/** ent_status - what became of a call. Whether there is an equilibrium is not a status but an
 * ent_outcome. */
typedef enum ent_status {
#define ENT_STATUS(code, word, text) code,
#include "entente/status.def"
#undef ENT_STATUS
} ent_status;

/** ent_outcome - what the mathematics answered to a call whose status is ENT_OK. */
typedef enum ent_outcome {
#define ENT_OUTCOME(code, word, text) code,
#include "entente/outcome.def"
#undef ENT_OUTCOME
} ent_outcome;

/** ent_status_word - the word of a status, such as "model"; ent_status_text - a sentence about it.
 * Returned  static text, never NULL, also for a value that is no status.
 */
ENT_API const char *ent_status_word(ent_status status);
ENT_API const char *ent_status_text(ent_status status);

/** ent_outcome_word - "solved", "none", "boundary" or "limit", as in result documents. Never
 * NULL. */
ENT_API const char *ent_outcome_word(ent_outcome outcome);

/** ent_ctx - one thread's working state: error message, scratch memory, cancel flag, progress
 * report. A context belongs to one thread at a time; different threads use different contexts.
 */
typedef struct ent_ctx ent_ctx;

/** ent_ctx_new - a fresh context, or NULL when there is no memory. Free it with ent_ctx_free. */
ENT_API ent_ctx *ent_ctx_new(void);

/** ent_ctx_free - release a context and its scratch memory; accepts NULL. Results outlive it. */
ENT_API void ent_ctx_free(ent_ctx *ctx);

/** ent_message - the message of the last failed call on this context: what was wanted, what was
 * got, where.
 * Returned  text owned by the context, empty when nothing failed yet; overwritten by the next
 *           failure.
 */
ENT_API const char *ent_message(const ent_ctx *ctx);

/** ent_ctx_set_cancel - let long calls stop early.
 * Given  flag  in  a variable that another thread or a signal handler sets to non-zero; may be
 *                  NULL; borrowed until replaced. A call that sees it set fails with ENT_E_CANCEL
 *                  and changes no output.
 */
ENT_API void ent_ctx_set_cancel(ent_ctx *ctx, const volatile int *flag);

/** ent_progress_fn - told now and then how far a long call has come: done of total, in units of
 * `what`. */
typedef void ent_progress_fn(void *user, const char *what, int64_t done, int64_t total);

/** ent_ctx_set_progress - the function to call and the pointer to hand it; NULL switches reports
 * off. */
ENT_API void ent_ctx_set_progress(ent_ctx *ctx, ent_progress_fn *report, void *user);

/** ent_ctx_fail_after - for tests: the allocation after the next `allocations` ones fails, once.
 * Given  allocations  in  how many succeed first; negative switches the mechanism off (the
 *                         default).
 */
ENT_API void ent_ctx_fail_after(ent_ctx *ctx, int64_t allocations);

/** ent_free - release memory that a call handed to the caller (texts, for instance); accepts
 * NULL. */
ENT_API void ent_free(void *memory);

/** ENT_VERSION - the version of the headers; ent_version - that of the library, as in result
 * documents. */
#define ENT_VERSION "0.1.0"
ENT_API const char *ent_version(void);

#ifdef __cplusplus
}
#endif
#endif
