/* entente verify: the corridor backwards. */
#include "cli.h"

#include "entente/run.h"

#include <stdlib.h>

static int verify(ent_ctx *ctx, const char *path, const char *text, size_t len, bool whole)
{
    int refused = 0;
    char *report = NULL;
    const ent_status st = ent_verify_text(ctx, path, text, len, &refused, &report);
    if (st != ENT_OK) return ent_cli_failed(ctx, st);
    if (refused || whole) fputs(report, stdout);
    if (!ent_cli_quiet()) printf("%s: %s\n", path, refused ? "REFUSED" : "accepted");
    ent_free(report);
    return refused ? ENT_EXIT_NO : ENT_EXIT_DONE;
}

int ent_cli_verify(int argc, char **argv)
{
    bool whole = false;
    const ent_cli_option table[] = {{.name = "--report", .flag = &whole}, {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n != 1) return ent_cli_complain("verify wants one result file, found %zu", words.n);
    size_t len = 0;
    char *text = ent_cli_read(words.value[0], &len);
    if (!text) return ENT_EXIT_FAILURE;
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) code = verify(ctx, words.value[0], text, len, whole);
    ent_cli_ctx_free(ctx);
    free(text);
    return code;
}
