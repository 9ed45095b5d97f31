#include "verify/verify.h"

#include "entente/run.h"

/* One line a check; refusals first, since they are what a reader looks for. */
static void list(ent_text *out, const ent_report *report)
{
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < report->n; k++) {
            const ent_check *check = &report->check[k];
            if ((check->word == ENT_REFUSED) != (pass == 0)) continue;
            ent_text_printf(out, "%-11s %s: %s", ent_word_name(check->word), check->path,
                            check->what);
            if (check->word == ENT_VERIFIED || check->word == ENT_APPROXIMATE)
                ent_text_printf(out, " (residual %.2g)", check->residual);
            ent_text_putc(out, '\n');
        }
    ent_text_printf(out, "%d checks: %d exact, %d verified, %d approximate, %d refused\n",
                    report->n, report->count[ENT_EXACT], report->count[ENT_VERIFIED],
                    report->count[ENT_APPROXIMATE], report->count[ENT_REFUSED]);
}

ent_status ent_verify_text(ent_ctx *ctx, const char *source, const char *text, size_t len,
                           int *refused, char **report)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_report found;
    ent_text lines;
    ent_report_init(ctx, &found);
    ent_text_init(ctx, &lines);
    ENT_REQUIRE(ctx, text && refused);
    ENT_TRY(ent_doc_read(ctx, source ? source : "-", len, text, &doc));
    ENT_TRY(ent_verify(ctx, doc, ent_doc_root(doc), &found));
    list(&lines, &found);
    ENT_TRY(lines.status);
    if (report) ENT_TRY(ent_text_take(&lines, report, NULL));
    *refused = found.count[ENT_REFUSED];
done:
    ent_text_release(&lines);
    ent_report_release(&found);
    ent_doc_free(doc);
    return st;
}
