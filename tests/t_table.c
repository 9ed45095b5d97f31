/* Tables as text and as CSV, to the byte. */
#include "brutal.h"
#include "check.h"

#include "base/display.h"
#include "report/table.h"

static char *printed(const ent_tables *tables, int width, bool colour)
{
    ent_text text;
    char *out = NULL;
    ent_text_init(tables->ctx, &text);
    ent_tables_print(&text, tables, width, colour);
    CHECK(ent_text_take(&text, &out, NULL) == ENT_OK);
    ent_text_release(&text);
    return out;
}

static char *csv(const ent_tables *tables)
{
    ent_text text;
    char *out = NULL;
    ent_text_init(tables->ctx, &text);
    ent_tables_csv(&text, tables);
    CHECK(ent_text_take(&text, &out, NULL) == ENT_OK);
    ent_text_release(&text);
    return out;
}

static void check_printed(const ent_tables *tables, int width, bool colour, const char *want)
{
    char *got = printed(tables, width, colour);
    CHECK_TEXT(got, want);
    ent_free(got);
}

static void check_csv(const ent_tables *tables, const char *want)
{
    char *got = csv(tables);
    CHECK_TEXT(got, want);
    ent_free(got);
}

static void fill(ent_tables *tables)
{
    ent_table_begin(tables, "Who gets what", "player|>payoff|role");
    ent_table_cell(tables, "%s", "Row");
    ent_table_cell(tables, "%.3f", 2.385);
    ent_table_cell(tables, "insider");
    ent_table_cell(tables, "\xc3\x89milie");
    ent_table_cell(tables, "%d", -12);
    ent_table_cell(tables, "out, \"side\"");
    ent_table_note(tables, "Payoffs are per period, in %s.", "US$");
    ent_table_begin(tables, "", "a|b");
    ent_table_cell(tables, "only one");
}

static void plain(ent_ctx *ctx)
{
    ent_tables tables;
    ent_tables_init(ctx, &tables);
    fill(&tables);
    CHECK(tables.status == ENT_OK && tables.n == 2);
    check_printed(&tables, 80, false,
                  "Who gets what\n\n"
                  "player  payoff  role\n"
                  "------  ------  -----------\n"
                  "Row      2.385  insider\n"
                  "\xc3\x89milie     -12  out, \"side\"\n"
                  "\nPayoffs are per period, in US$.\n"
                  "\n"
                  "a         b\n"
                  "--------  -\n"
                  "only one\n");
    check_csv(
        &tables,
        "# Who gets what\r\nplayer,payoff,role\r\nRow,2.385,insider\r\n\xc3\x89milie,-12,\"out, \"\"side\"\"\"\r\n\r\n"
        "a,b\r\nonly one,\r\n\r\n");
    ent_tables_release(&tables);
    ent_tables_release(&tables);
    check_printed(&tables, 80, false, "");
    check_csv(&tables, "");
}

static void wraps(ent_ctx *ctx)
{
    ent_tables tables;
    ent_tables_init(ctx, &tables);
    ent_table_begin(&tables, "Words", "");
    ent_table_note(&tables, "one two  three four five six");
    ent_table_note(&tables, "a_word_that_is_longer_than_the_line and more");
    check_printed(
        &tables, 20, true,
        "\x1b[1mWords\x1b[0m\n\none two three four\nfive six\na_word_that_is_longer_than_the_line\nand more\n");
    check_printed(
        &tables, 0, false,
        "Words\n\none two three four five six\na_word_that_is_longer_than_the_line and more\n");
    check_csv(&tables, "# Words\r\n\r\n");
    ent_tables_release(&tables);
}

static void edges(ent_ctx *ctx)
{
    ent_tables tables;
    ent_tables_init(ctx, &tables);
    ent_table_begin(&tables, "Empty", ">x|y");
    ent_table_begin(&tables, "No\nheads", "|>");
    ent_table_cell(&tables, "%s", "");
    ent_table_cell(&tables, "7");
    ent_table_cell(&tables, "tab\there");
    ent_table_cell(&tables, "\x1b[31m\xc2\x85");
    ent_table_begin(&tables, "Names", "");
    ent_table_column(&tables, ENT_LEFT, "a|b");
    ent_table_column(&tables, ENT_RIGHT, ">c");
    ent_table_cell(&tables, "\xe4\xb8\xad\xe6\x96\x87");
    ent_table_cell(&tables, "e\xcc\x81");
    ent_table_cell(&tables, "\n");
    check_printed(&tables, 80, false,
                  "Empty\n\nx  y\n-  -\n(none)\n\n"
                  "No heads\n\n               7\ntab here  ?[31m?\n\n"
                  "Names\n\na|b   >c\n----  --\n\xe4\xb8\xad\xe6\x96\x87   e\xcc\x81\n \n");
    check_csv(&tables,
              "# Empty\r\nx,y\r\n\r\n# No heads\r\n,\r\n,7\r\ntab\there,\x1b[31m\xc2\x85\r\n\r\n"
              "# Names\r\na|b,>c\r\n\xe4\xb8\xad\xe6\x96\x87,e\xcc\x81\r\n\"\n\",\r\n\r\n");
    ent_tables_release(&tables);
    ent_table_begin(&tables, "One", "x");
    ent_table_cell(&tables, "1");
    ent_table_begin(&tables, "First", "a|");
    ent_table_cell(&tables, "1");
    ent_table_cell(&tables, "2");
    check_csv(&tables, "# One\r\nx\r\n1\r\n\r\n# First\r\na,\r\n1,2\r\n\r\n");
    check_printed(&tables, 80, false, "One\n\nx\n-\n1\n\nFirst\n\na\n-  -\n1  2\n");
    ent_tables_release(&tables);
    for (int k = 0; k < 1000; k++) {
        if (k % 100 == 0) ent_table_begin(&tables, "Many", ">n");
        ent_table_cell(&tables, "%d", k);
    }
    CHECK(tables.n == 10 && tables.table[9]->rows == 100);
    CHECK_TEXT(tables.table[9]->cell[99], "999");
    ent_tables_release(&tables);
}

static void refuses(ent_ctx *ctx)
{
    ent_tables tables;
    ent_tables_init(ctx, &tables);
    ent_table_cell(&tables, "x");
    CHECK(tables.status == ENT_E_BUG);
    ent_table_begin(&tables, "sticky", "a");
    CHECK(tables.n == 0);
    ent_tables_release(&tables);
    ent_table_begin(&tables, "no columns", "");
    ent_table_cell(&tables, "x");
    CHECK(tables.status == ENT_E_BUG);
    ent_tables_release(&tables);
    ent_table_begin(&tables, "late", "a");
    ent_table_cell(&tables, "x");
    ent_table_column(&tables, ENT_LEFT, "b");
    CHECK(tables.status == ENT_E_BUG);
    ent_tables_release(&tables);
}

static void no_memory(ent_ctx *ctx)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_tables tables;
        ent_text text, lines;
        ent_tables_init(ctx, &tables);
        ent_text_init(ctx, &text), ent_text_init(ctx, &lines);
        brutal_on(&b);
        fill(&tables);
        ent_status st = tables.status;
        if (st == ENT_OK) ent_tables_print(&text, &tables, 80, false);
        if (st == ENT_OK) st = text.status;
        if (st == ENT_OK) ent_tables_csv(&lines, &tables);
        if (st == ENT_OK) st = lines.status;
        brutal_off(&b, st);
        ent_text_release(&text), ent_text_release(&lines);
        ent_tables_release(&tables);
    }
    brutal_end(&b, 20);
    plain(ctx);
}

static void widths(void)
{
    const char *const text[] = {
        "",         "abc",      "\xc3\xa9t\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
        "\xff\xfe", "\xe2\x82", "e\xcc\x81",         "\xed\x95\x9c"};
    const int want[] = {0, 3, 3, 1, 2, 2, 2, 1, 2};
    for (int k = 0; k < 9; k++) CHECK(ent_i_display_width(text[k], strlen(text[k])) == want[k]);
    const char *stray = "\x80", *last = "\xcc\x80", *cut = "\xe2\x28\xa1";
    CHECK(ent_i_utf8_next(&stray, stray + 1) == 0xFFFD &&
          ent_i_utf8_next(&last, last + 2) == 0x300);
    CHECK(ent_i_utf8_next(&cut, cut + 3) == 0xFFFD && *cut == '(' && ent_i_columns(0x300) == 0 &&
          ent_i_columns(0x36F) == 0);
    CHECK(ent_i_columns(0x2FF) == 1 && ent_i_columns(0x370) == 1 && ent_i_columns(0x1100) == 2 &&
          ent_i_columns(0x1160) == 1);
    const char *p = "\xf0\x9f\x98\x80";
    CHECK(ent_i_utf8_next(&p, p + 4) == 0x1F600);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    plain(ctx);
    wraps(ctx);
    edges(ctx);
    refuses(ctx);
    no_memory(ctx);
    widths();
    ent_ctx_free(ctx);
    return check_end();
}
