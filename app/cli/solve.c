/* entente solve: a model down the whole corridor. */
#include "cli.h"

#include "driver/run.h"

#include <stdlib.h>

typedef struct solve_options {
    const char *method, *output;
    bool json, csv, text;
    ent_cli_list set;
} solve_options;

/* The answer in the wanted form, appended to out. */
static ent_status lay_out(ent_ctx *ctx, const solve_options *options, const char *json,
                          const ent_doc *doc, ent_text *out)
{
    ent_status st = ENT_OK;
    ent_tables tables;
    ent_tables_init(ctx, &tables);
    if (options->json) {
        ent_text_puts(out, json);
    } else {
        st = ent_i_result_tables(ctx, doc, &tables);
        if (st == ENT_OK && options->csv) ent_tables_csv(out, &tables);
        else if (st == ENT_OK)
            ent_tables_print(out, &tables, ent_cli_width(), ent_cli_colour() && !options->output);
    }
    ent_tables_release(&tables);
    return st == ENT_OK ? out->status : st;
}

static int solve(ent_ctx *ctx, const solve_options *options, const char *path, const char *text,
                 size_t len)
{
    const ent_request request = {.source = path,
                                 .text = text,
                                 .len = len,
                                 .method = options->method,
                                 .changes = options->set.n,
                                 .set = options->set.value};
    ent_task task = {0};
    ent_text out;
    ent_doc *doc = NULL;
    char *json = NULL;
    ent_outcome outcome = ENT_SOLVED;
    int code = ENT_EXIT_DONE;
    ent_text_init(ctx, &out);
    ent_status st = ent_i_task_prepare(ctx, &request, &task);
    if (st == ENT_OK) st = ent_i_task_solve(ctx, &task, &outcome, &json, &doc);
    if (st == ENT_OK) st = lay_out(ctx, options, json, doc, &out);
    if (st != ENT_OK) code = ent_cli_failed(ctx, st);
    else if (!ent_cli_write(options->output ? options->output : "-", out.data, out.len))
        code = ENT_EXIT_FAILURE;
    else if (outcome == ENT_NONE) code = ENT_EXIT_NO;
    ent_text_release(&out);
    ent_doc_free(doc);
    ent_free(json);
    ent_i_task_release(&task);
    return code;
}

int ent_cli_solve(int argc, char **argv)
{
    solve_options options = {0};
    const ent_cli_option table[] = {
        {.name = "--method", .value = &options.method}, {.name = "-m", .value = &options.method},
        {.name = "--set", .list = &options.set},        {.name = "--json", .flag = &options.json},
        {.name = "--csv", .flag = &options.csv},        {.name = "--text", .flag = &options.text},
        {.name = "-o", .value = &options.output},       {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n != 1) return ent_cli_complain("solve wants one model file, found %zu", words.n);
    if (options.json + options.csv + options.text > 1)
        return ent_cli_complain("only one of --json, --csv and --text can be had at a time");
    size_t len = 0;
    char *text = ent_cli_read_model(words.value[0], &len);
    if (!text) return ENT_EXIT_FAILURE;
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) code = solve(ctx, &options, words.value[0], text, len);
    ent_cli_ctx_free(ctx);
    free(text);
    return code;
}
