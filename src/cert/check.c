#include "cert/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const words[] = {
    [ENT_EXACT] = "exact", [ENT_VERIFIED] = "verified", [ENT_APPROXIMATE] = "approximate", [ENT_REFUSED] = "refused"};

const char *ent_word_name(ent_word word)
{
    const size_t k = (size_t)word;
    return k < sizeof words / sizeof *words ? words[k] : "unknown word";
}

void ent_report_init(ent_ctx *ctx, ent_report *report) { *report = (ent_report){.ctx = ctx, .status = ENT_OK}; }

void ent_report_release(ent_report *report)
{
    for (int k = 0; k < report->n; k++) {
        ent_free(report->check[k].path);
        ent_free(report->check[k].what);
    }
    ent_free(report->check);
    ent_report_init(report->ctx, report);
}

static bool make_room(ent_report *report)
{
    if (report->n < report->room) return true;
    const int room = report->room ? 2 * report->room : 16;
    ent_check *check = ent_i_realloc(report->ctx, report->check, (size_t)room, sizeof *check, &report->status);
    if (!check) return false;
    report->check = check;
    report->room = room;
    return true;
}

/* The printed text on the heap; NULL sets *st. */
static char *print(ent_ctx *ctx, const char *format, va_list arguments, ent_status *st)
{
    va_list again;
    va_copy(again, arguments);
    const int len = vsnprintf(NULL, 0, format, arguments);
    char *text = len < 0 ? NULL : ent_i_alloc(ctx, (size_t)len + 1, 1, st);
    if (text) vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    if (len < 0) *st = ent_i_fail(ctx, ENT_E_BUG, "cannot print \"%s\"", format);
    return text;
}

void ent_report_add(ent_report *report, ent_word word, double residual, const char *path, const char *what, ...)
{
    if (report->status != ENT_OK || !make_room(report)) return;
    va_list arguments;
    va_start(arguments, what);
    ent_check check = {.word = word, .residual = residual};
    check.path = ent_i_strdup(report->ctx, path, strlen(path), &report->status);
    if (check.path) check.what = print(report->ctx, what, arguments, &report->status);
    va_end(arguments);
    if (report->status != ENT_OK) {
        ent_free(check.path);
        return;
    }
    report->check[report->n++] = check;
    report->count[word]++;
}

ent_word ent_report_worst(const ent_report *report)
{
    if (report->status != ENT_OK || report->n == 0) return ENT_REFUSED;
    ent_word worst = ENT_EXACT;
    for (int k = 0; k < report->n; k++)
        if (report->check[k].word > worst) worst = report->check[k].word;
    return worst;
}
