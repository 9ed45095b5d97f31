#include "cert/check.h"

#include <stdarg.h>
#include <string.h>

static const char *const words[] = {[ENT_EXACT] = "exact",
                                    [ENT_VERIFIED] = "verified",
                                    [ENT_APPROXIMATE] = "approximate",
                                    [ENT_REFUSED] = "refused"};

const char *ent_word_name(ent_word word)
{
    const size_t k = (size_t)word;
    return k < sizeof words / sizeof *words ? words[k] : "unknown word";
}

void ent_report_init(ent_ctx *ctx, ent_report *report)
{
    *report = (ent_report){.ctx = ctx, .status = ENT_OK};
}

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
    ent_check *check =
        ent_i_realloc(report->ctx, report->check, (size_t)room, sizeof *check, &report->status);
    if (!check) return false;
    report->check = check;
    report->room = room;
    return true;
}

void ent_report_add(ent_report *report, ent_word word, double residual, const char *path,
                    const char *what, ...)
{
    if (report->status != ENT_OK || !make_room(report)) return;
    va_list arguments;
    va_start(arguments, what);
    ent_check check = {.word = word, .residual = residual};
    check.path = ent_i_strdup(report->ctx, path, strlen(path), &report->status);
    if (check.path) check.what = ent_i_vformat(report->ctx, &report->status, what, arguments);
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
