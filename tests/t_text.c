/* Growing texts, and numbers that read back as they were, in every locale. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>

static void grows(ent_ctx *ctx)
{
    ent_text text;
    ent_text_init(ctx, &text);
    char *out = NULL;
    size_t len = 99;
    CHECK(ent_text_take(&text, &out, &len) == ENT_OK && len == 0);
    CHECK_TEXT(out, "");
    ent_free(out);
    ent_text_puts(&text, "one ");
    ent_text_putc(&text, 't');
    ent_text_add(&text, "wo and more", 2);
    ent_text_add(&text, NULL, 0);
    ent_text_printf(&text, " %d%%%s", 3, "");
    CHECK_TEXT(text.data, "one two 3%");
    CHECK(text.len == 10);
    for (int k = 0; k < 5000; k++) ent_text_printf(&text, "%d,", k);
    CHECK(text.len == 10 + 10 * 2 + 90 * 3 + 900 * 4 + 4000 * 5 && strlen(text.data) == text.len);
    CHECK(strcmp(text.data + text.len - 5, "4999,") == 0);
    ent_text_reset(&text);
    CHECK(text.len == 0 && text.status == ENT_OK);
    CHECK_TEXT(text.data, "");
    CHECK(ent_text_take(&text, &out, NULL) == ENT_OK);
    CHECK_TEXT(out, "");
    ent_free(out);
    ent_text_putc(&text, '\0'); /* a NUL is a byte like others */
    ent_text_putc(&text, 'x');
    CHECK(text.len == 2 && text.data[1] == 'x');
    ent_text_release(&text);
    ent_text_release(&text);
}

static char *formatted(ent_ctx *ctx, ent_status *st, const char *format, ...) ENT_PRINTF(3, 4);

static char *formatted(ent_ctx *ctx, ent_status *st, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = ent_i_vformat(ctx, st, format, arguments);
    va_end(arguments);
    return text;
}

static void formats(ent_ctx *ctx)
{
    ent_status st = ENT_OK;
    char *text = formatted(ctx, &st, "%s has %d of %.3f", "player", 2, 2.385),
         *empty = formatted(ctx, &st, "%s", "");
    CHECK_TEXT(text, "player has 2 of 2.385");
    CHECK_TEXT(empty, "");
    CHECK(st == ENT_OK);
    ent_free(text), ent_free(empty);
    ent_ctx_fail_after(ctx, 0);
    CHECK(!formatted(ctx, &st, "%d", 1) && st == ENT_E_MEMORY);
    ent_ctx_fail_after(ctx, -1);
    ent_text out;
    ent_text_init(ctx, &out);
    ent_text_printf(&out, "%s", "");
    CHECK(out.status == ENT_OK && out.len == 0);
    CHECK_TEXT(out.data, "");
    ent_text_release(&out);
}

static void sticks(ent_ctx *ctx)
{
    ent_text text;
    char *out = NULL;
    ent_text_init(ctx, &text);
    ent_text_puts(&text, "before");
    ent_ctx_fail_after(ctx, 0);
    for (int k = 0; k < 1000; k++) ent_text_puts(&text, "long enough to grow, sooner or later; ");
    CHECK(text.status == ENT_E_MEMORY);
    const size_t len = text.len;
    ent_text_puts(&text, "after");
    ent_text_printf(&text, "%d", 1);
    ent_text_double(&text, 1.0);
    CHECK(text.len == len && text.data[len] == '\0');
    CHECK(ent_text_take(&text, &out, NULL) == ENT_E_MEMORY && !out);
    ent_text_reset(&text);
    ent_text_puts(&text, "again");
    CHECK(text.status == ENT_OK);
    CHECK_TEXT(text.data, "again");
    ent_text_add(&text, "x", SIZE_MAX / 2);
    CHECK(text.status == ENT_E_MEMORY);
    ent_text_release(&text);
    ent_ctx_fail_after(ctx, 0);
    CHECK(ent_text_take(&text, &out, NULL) == ENT_E_MEMORY && !out);
    ent_ctx_fail_after(ctx, -1);
    ent_text_release(&text);
}

static void check_double(double x, const char *want)
{
    char buffer[32];
    CHECK(ent_i_format_double(buffer, x) == (int)strlen(buffer));
    CHECK_TEXT(buffer, want);
}

static void doubles(void)
{
    check_double(0.0, "0");
    check_double(-0.0, "0");
    check_double(0.1, "0.1");
    check_double(2.385, "2.385");
    check_double(-1.0 / 3.0, "-0.3333333333333333");
    check_double(0.1 + 0.2, "0.30000000000000004");
    check_double(1e22, "1e+22");
    check_double(123456789012345680.0, "1.2345678901234568e+17");
    check_double(5e-324, "4.94065645841247e-324");
    check_double(DBL_MAX, "1.7976931348623157e+308");
    check_double(DBL_MIN, "2.2250738585072014e-308");
}

static void round_trips(void)
{
    ent_rng rng = ent_rng_stream(20261124, 9, 1);
    for (int k = 0; k < 20000; k++) {
        const uint64_t bits = ent_rng_next(&rng);
        double x = 0.0;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x)) continue;
        char buffer[32];
        ent_i_format_double(buffer, x);
        const double back = strtod(buffer, NULL);
        if (!(back == x)) printf("%s\n", buffer);
        CHECK(back == x);
    }
}

/* Whatever locale with another decimal point is installed; all of them are tried, none is
 * needed. */
static void locales(void)
{
    const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "ps_AF.UTF-8",
                                 "C.UTF-8"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (!setlocale(LC_ALL, names[k])) continue;
        doubles();
    }
    setlocale(LC_ALL, "C");
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    grows(ctx);
    formats(ctx);
    sticks(ctx);
    doubles();
    round_trips();
    locales();
    ent_ctx_free(ctx);
    return check_end();
}
