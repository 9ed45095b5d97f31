/** nfg_scan.h - the tokens of .nfg files; only src/io includes this. */
#ifndef ENT_NFG_SCAN_H
#define ENT_NFG_SCAN_H

#include "base/text.h"
#include "io/nfg.h"

typedef enum ent_nfg_token {
    ENT_NFG_END,
    ENT_NFG_OPEN,
    ENT_NFG_CLOSE,
    ENT_NFG_QUOTED,
    ENT_NFG_WORD
} ent_nfg_token;

/** ent_nfg_scan - a place in a text and the token that stands there; fill in ctx, name, text, len
 * and call ent_nfg_next. */
typedef struct ent_nfg_scan {
    ent_ctx *ctx;
    const char *name, *text;
    size_t len, end; /* end: first byte after the token */
    ent_nfg_token token;
    size_t from, to; /* the token's bytes; without the quotes of a QUOTED */
} ent_nfg_scan;

/** ent_nfg_next - go to the next token; fails with ENT_E_PARSE at a quote that does not end, or a
 * NUL byte. */
ent_status ent_nfg_next(ent_nfg_scan *scan);

/** ent_nfg_fail - fail at the current token: "name:line:column: wanted ..., found ...". */
ent_status ent_nfg_fail(const ent_nfg_scan *scan, ent_status code, const char *wanted, ...)
    ENT_PRINTF(3, 4);

/** ent_nfg_fail_at - fail at a byte with a message of the caller's. */
ent_status ent_nfg_fail_at(const ent_nfg_scan *scan, size_t offset, ent_status code,
                           const char *message, ...) ENT_PRINTF(4, 5);

/** ent_nfg_label - the text of a QUOTED token on the heap: \" is a quote and \\ a backslash; bytes
 * that are no UTF-8 are taken as Latin-1; control characters become spaces. NULL sets *st. */
char *ent_nfg_label(const ent_nfg_scan *scan, ent_status *st);

/** ent_nfg_mend_labels - make the labels of a game usable as names, as ent_nfg says; missing ones
 * are NULL before. */
ent_status ent_nfg_mend_labels(ent_ctx *ctx, ent_nfg *game);

#endif
