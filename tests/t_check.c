/* links: verify - the report that checkers fill. */
#include "check.h"

#include "cert/check.h"

static void words(void)
{
    CHECK_TEXT(ent_word_name(ENT_EXACT), "exact");
    CHECK_TEXT(ent_word_name(ENT_VERIFIED), "verified");
    CHECK_TEXT(ent_word_name(ENT_APPROXIMATE), "approximate");
    CHECK_TEXT(ent_word_name(ENT_REFUSED), "refused");
    CHECK_TEXT(ent_word_name((ent_word)17), "unknown word");
}

static void collects(ent_ctx *ctx)
{
    ent_report report;
    ent_report_init(ctx, &report);
    CHECK(ent_report_worst(&report) == ENT_REFUSED);
    for (int k = 0; k < 100; k++)
        ent_report_add(&report, ENT_EXACT, 0.0, "/solution/span", "line %d of %s", k, "many");
    CHECK(report.n == 100 && report.count[ENT_EXACT] == 100);
    CHECK(ent_report_worst(&report) == ENT_EXACT);
    CHECK_TEXT(report.check[99].what, "line 99 of many");
    CHECK_TEXT(report.check[99].path, "/solution/span");
    ent_report_add(&report, ENT_VERIFIED, 1e-12, "/solution/level", "residual");
    CHECK(ent_report_worst(&report) == ENT_VERIFIED);
    CHECK(report.check[100].residual == 1e-12);
    ent_report_add(&report, ENT_REFUSED, 0.5, "/solution/level", "differs");
    ent_report_add(&report, ENT_APPROXIMATE, 0.5, "/solution/level", "so so");
    CHECK(ent_report_worst(&report) == ENT_REFUSED);
    CHECK(report.count[ENT_REFUSED] == 1 && report.count[ENT_APPROXIMATE] == 1 &&
          report.count[ENT_VERIFIED] == 1);
    CHECK(report.status == ENT_OK && report.n == 103);
    ent_report_release(&report);
    CHECK(report.n == 0 && !report.check);
    ent_report_release(&report);
}

static ent_status fill(ent_ctx *ctx)
{
    ent_report report;
    ent_report_init(ctx, &report);
    for (int k = 0; k < 20; k++) ent_report_add(&report, ENT_EXACT, 0.0, "/a", "%d", k);
    const ent_status st = report.status;
    CHECK(st == ENT_OK ? report.n == 20
                       : report.n < 20 && ent_report_worst(&report) == ENT_REFUSED);
    ent_report_release(&report);
    return st;
}

/* Two growths of the list and two texts a line: 42 allocations. */
static void brutal(ent_ctx *ctx)
{
    int failures = 0;
    for (int k = 0; k < 100; k++) {
        ent_ctx_fail_after(ctx, k);
        const ent_status st = fill(ctx);
        CHECK(st == (k < 42 ? ENT_E_MEMORY : ENT_OK));
        failures += st != ENT_OK;
    }
    CHECK(failures == 42);
    ent_ctx_fail_after(ctx, -1);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    words();
    collects(ctx);
    brutal(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
