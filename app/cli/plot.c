/* entente plot: a picture of a sweep, of a model over a grid, or of a result. */
#include "cli.h"

#include "driver/result_picture.h"
#include "sweep/sweep.h"
#include "sweep/sweep_picture.h"

#include <stdlib.h>
#include <string.h>

typedef struct plot_options {
    const char *method, *output, *y;
    ent_cli_list set, vary;
    ent_sweep_view view;
    const char *column[ENT_CLI_LIST_MAX]; /* the parts of y */
    char *parts;
} plot_options;

static bool put(void *user, const char *bytes, size_t len)
{
    ent_text *out = user;
    ent_text_add(out, bytes, len);
    return out->status == ENT_OK;
}

/* What is drawn when the user does not say: the first number of the method over the only, or the
 * last, axis. */
static void fill_in(plot_options *o, const ent_sweep_table *table)
{
    size_t outcome = 0;
    while (outcome < table->columns && strcmp(table->name[outcome], "outcome") != 0) outcome++;
    if (!o->view.x)
        o->view.x = table->name[outcome > 0 && outcome < table->columns ? outcome - 1 : 0];
    if (o->view.n == 0) {
        const size_t first = outcome + 1 < table->columns ? outcome + 1 : table->columns - 1;
        o->column[0] = table->name[first];
        o->view.n = 1;
    }
    o->view.y = o->column;
}

static ent_status draw_table(ent_ctx *ctx, plot_options *o, const char *name, const char *text,
                             size_t len, ent_plot *plot)
{
    ent_status st = ENT_OK;
    ent_sweep_table table = {0};
    ENT_TRY(ent_i_sweep_table_read(ctx, name, len, text, &table));
    fill_in(o, &table);
    ENT_TRY(ent_i_sweep_picture(ctx, &table, &o->view, plot));
done:
    ent_i_sweep_table_release(&table);
    return st;
}

/* The sweep first, in memory. */
static ent_status draw_model(ent_ctx *ctx, plot_options *o, const char *name, const char *text,
                             size_t len, ent_plot *plot)
{
    ent_status st = ENT_OK;
    ent_sweep *sweep = NULL;
    ent_text csv;
    size_t head = 0;
    const ent_request request = {.source = name,
                                 .text = text,
                                 .len = len,
                                 .method = o->method,
                                 .changes = o->set.n,
                                 .set = o->set.value};
    ent_text_init(ctx, &csv);
    if (o->vary.n == 0)
        ENT_FAIL(ctx, ENT_E_ARG, "a model is drawn over a grid: --vary path=from:to:count");
    ENT_TRY(ent_i_sweep_new(ctx, &request, o->vary.n, o->vary.value, &sweep));
    const char *first = ent_i_sweep_head(sweep, &head);
    ent_text_add(&csv, first, head);
    ENT_TRY(ent_i_sweep_run(ctx, sweep, ent_i_sweep_threads(sweep), 0, put, &csv));
    ENT_TRY(csv.status);
    ENT_TRY(draw_table(ctx, o, name, csv.data, csv.len, plot));
done:
    ent_text_release(&csv);
    ent_i_sweep_free(sweep);
    return st;
}

static ent_status draw_document(ent_ctx *ctx, plot_options *o, const char *name, const char *text,
                                size_t len, ent_plot *plot)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ENT_TRY(ent_doc_read(ctx, name, len, text, &doc));
    const bool is_result = ent_json_get(ent_doc_root(doc), "solution") != NULL;
    if (is_result) st = ent_i_result_picture(ctx, doc, plot);
    else st = draw_model(ctx, o, name, text, len, plot);
done:
    ent_doc_free(doc);
    return st;
}

static bool is_document(const char *text, size_t len)
{
    size_t k = 0;
    while (k < len && strchr(" \t\r\n\xef\xbb\xbf", text[k])) k++;
    return k < len && text[k] == '{';
}

static int plot(ent_ctx *ctx, plot_options *o, const char *name, const char *text, size_t len)
{
    ent_plot picture;
    ent_text svg;
    int code = ENT_EXIT_FAILURE;
    ent_plot_init(ctx, &picture);
    ent_text_init(ctx, &svg);
    ent_status st = is_document(text, len) ? draw_document(ctx, o, name, text, len, &picture)
                                           : draw_table(ctx, o, name, text, len, &picture);
    if (st == ENT_OK && o->view.title) ent_plot_title(&picture, o->view.title);
    if (st == ENT_OK) ent_plot_svg(&svg, &picture);
    if (st == ENT_OK) st = svg.status;
    if (st != ENT_OK) ent_cli_failed(ctx, st);
    else if (ent_cli_write(o->output ? o->output : "-", svg.data, svg.len)) code = ENT_EXIT_DONE;
    ent_text_release(&svg);
    ent_plot_release(&picture);
    return code;
}

/* Makes one column of the text at `from`, in place: up to a comma, or, as in the head of a CSV
 * file, in quotes, "" being one quote. *next is what follows the comma, NULL at the end. False when
 * a quote does not end, or is followed by more. */
static bool take_column(char *from, char **next)
{
    char *to = from;
    bool open = *from == '"';
    const bool quoted = open;
    if (quoted) from++;
    for (; *from && (open || *from != ','); from++) {
        if (quoted && !open) return false;
        if (!quoted || *from != '"') *to++ = *from;
        else if (from[1] == '"') *to++ = *from++;
        else open = false;
    }
    *next = *from ? from + 1 : NULL;
    *to = '\0';
    return !open;
}

/* Splits y into columns; false, having said why, when it cannot. */
static bool split_columns(plot_options *o)
{
    if (!o->y) return true;
    o->parts = malloc(strlen(o->y) + 1);
    if (!o->parts) return ent_cli_complain("no memory"), false;
    memcpy(o->parts, o->y, strlen(o->y) + 1);
    for (char *part = o->parts, *next = NULL; part && o->view.n < ENT_CLI_LIST_MAX; part = next) {
        o->column[o->view.n++] = part;
        if (!take_column(part, &next))
            return ent_cli_complain("--y: wanted columns, those with commas in quotes, found %s",
                                    o->y),
                   false;
    }
    return true;
}

int ent_cli_plot(int argc, char **argv)
{
    plot_options o = {0};
    const ent_cli_option table[] = {{.name = "--x", .value = &o.view.x},
                                    {.name = "--y", .value = &o.y},
                                    {.name = "--group", .value = &o.view.group},
                                    {.name = "--heat", .value = &o.view.heat},
                                    {.name = "--steps", .flag = &o.view.steps},
                                    {.name = "--log-x", .flag = &o.view.x_log},
                                    {.name = "--log-y", .flag = &o.view.y_log},
                                    {.name = "--title", .value = &o.view.title},
                                    {.name = "--x-label", .value = &o.view.x_label},
                                    {.name = "--y-label", .value = &o.view.y_label},
                                    {.name = "--method", .value = &o.method},
                                    {.name = "-m", .value = &o.method},
                                    {.name = "--set", .list = &o.set},
                                    {.name = "--vary", .list = &o.vary},
                                    {.name = "-o", .value = &o.output},
                                    {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n != 1) return ent_cli_complain("plot wants one file, found %zu", words.n);
    size_t len = 0;
    char *text = ent_cli_read(words.value[0], &len);
    if (!text) return ENT_EXIT_FAILURE;
    ent_ctx *ctx = split_columns(&o) ? ent_cli_ctx() : NULL;
    if (ctx) code = plot(ctx, &o, words.value[0], text, len);
    ent_cli_ctx_free(ctx);
    free(o.parts);
    free(text);
    return code;
}
