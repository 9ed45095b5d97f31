/** fail.h - how functions fail: ENT_FAIL, ENT_TRY, ENT_REQUIRE, and the label `done`.
 * A function that can fail begins with `ent_status st = ENT_OK;` and ends with `done:`, clean-up,
 * `return st;`.
 */
#ifndef ENT_FAIL_H
#define ENT_FAIL_H

#include "entente/base.h"

/** ent_i_fail - store a message in ctx (which may be NULL) and return `code`. The message begins
 * with no function name: it is read by users. Source positions of ENT_E_BUG are added by the macro
 * ENT_BUG.
 */
ent_status ent_i_fail(ent_ctx *ctx, ent_status code, const char *format, ...) ENT_PRINTF(3, 4);

#define ENT_FAIL(ctx, code, ...) \
    do { \
        st = ent_i_fail((ctx), (code), __VA_ARGS__); \
        goto done; \
    } while (0)
#define ENT_TRY(call) \
    do { \
        st = (call); \
        if (st != ENT_OK) goto done; \
    } while (0)
#define ENT_REQUIRE(ctx, cond) \
    do { \
        if (!(cond)) ENT_FAIL((ctx), ENT_E_ARG, "%s: need %s", __func__, #cond); \
    } while (0)
#define ENT_BUG(ctx, what) ENT_FAIL((ctx), ENT_E_BUG, "%s:%d: %s", __FILE__, __LINE__, (what))

#endif
