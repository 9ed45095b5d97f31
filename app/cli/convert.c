/* entente convert: a game from Gambit's .nfg format to a model document, or back. */
#include "cli.h"

#include "driver/run.h"
#include "model/strategic_nfg.h"

#include <stdlib.h>
#include <string.h>

/* The model document in `text` as an .nfg file. */
static ent_status to_nfg(ent_ctx *ctx, const char *path, const char *text, size_t len,
                         ent_text *out)
{
    ent_doc *doc = NULL;
    ent_strategic *model = NULL;
    ent_nfg *game = NULL;
    ent_status st = ent_i_read_document(ctx, path, len, text, &doc);
    const ent_json *family = st == ENT_OK ? ent_json_get(ent_doc_root(doc), "family") : NULL;
    if (st == ENT_OK &&
        (!family || family->kind != ENT_JSON_STRING || strcmp(family->text, "strategic") != 0))
        st = ent_json_fail(ctx, doc, family ? family : ent_doc_root(doc), ENT_E_MODEL,
                           "wanted a model of the family \"strategic\"");
    if (st == ENT_OK) st = ent_strategic_read(ctx, doc, ent_doc_root(doc), &model);
    if (st == ENT_OK) st = ent_strategic_nfg(ctx, model, &game);
    if (st == ENT_OK) ent_nfg_write(out, game);
    if (st == ENT_OK && model->transferable && !ent_cli_quiet())
        fputs(
            "entente: note: an .nfg file cannot say that utility is transferable; that is dropped\n",
            stderr);
    ent_nfg_free(game);
    ent_strategic_free(model);
    ent_doc_free(doc);
    return st == ENT_OK ? out->status : st;
}

/* The game in `text`, .nfg or JSON, as a model document laid out for reading. */
static ent_status to_json(ent_ctx *ctx, const char *path, const char *text, size_t len,
                          ent_text *out)
{
    ent_doc *doc = NULL;
    ent_status st = ent_i_read_document(ctx, path, len, text, &doc);
    if (st == ENT_OK) {
        ent_json_write(out, ent_doc_root(doc), true);
        ent_text_putc(out, '\n');
        st = out->status;
    }
    ent_doc_free(doc);
    return st;
}

static int convert(ent_ctx *ctx, const char *path, bool nfg, const char *output)
{
    size_t len = 0;
    ent_text out;
    char *text = ent_cli_read(path, &len);
    if (!text) return ENT_EXIT_FAILURE;
    ent_text_init(ctx, &out);
    int code = ENT_EXIT_DONE;
    const ent_status st =
        nfg ? to_nfg(ctx, path, text, len, &out) : to_json(ctx, path, text, len, &out);
    if (st != ENT_OK) code = ent_cli_failed(ctx, st);
    else if (!ent_cli_write(output ? output : "-", out.data, out.len)) code = ENT_EXIT_FAILURE;
    ent_text_release(&out);
    free(text);
    return code;
}

/* The format that the name of a file tells, or NULL. */
static const char *format_of(const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    return dot && (strcmp(dot, ".nfg") == 0 || strcmp(dot, ".json") == 0) ? dot + 1 : NULL;
}

int ent_cli_convert(int argc, char **argv)
{
    const char *to = NULL, *output = NULL;
    const ent_cli_option table[] = {
        {.name = "--to", .value = &to}, {.name = "-o", .value = &output}, {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n == 2 && !output) output = words.value[1];
    else if (words.n != 1)
        return ent_cli_complain(
            "convert wants one file, and perhaps where to write, found %zu words", words.n);
    if (!to) to = format_of(output);
    if (!to) return ent_cli_complain("convert wants --to nfg or --to json");
    const bool nfg = strcmp(to, "nfg") == 0;
    if (!nfg && strcmp(to, "json") != 0)
        return ent_cli_complain("--to wants nfg or json, found \"%s\"", to);
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) code = convert(ctx, words.value[0], nfg, output);
    ent_cli_ctx_free(ctx);
    return code;
}
