/* entente sweep: a model down the corridor many times. */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include "sweep/sweep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct sweep_options {
    const char *method, *output;
    bool resume;
    ent_cli_list set, vary;
} sweep_options;

/* Every batch is handed to the system at once, so that whatever ends this process, complete rows
 * stay. */
static bool put(void *user, const char *bytes, size_t len)
{
    FILE *stream = user;
    return fwrite(bytes, 1, len, stream) == len && fflush(stream) == 0;
}

static bool exists(const char *path) { return access(path, F_OK) == 0; }

/* What of an old file stays: *keep bytes that hold the first *first rows, nothing (*first = -1)
 * when it begins anew. */
static bool look_at_old(ent_ctx *ctx, const sweep_options *options, const ent_sweep *sweep,
                        size_t *keep, int64_t *first)
{
    const char *path = options->output;
    size_t len = 0;
    ent_status st = ENT_OK;
    char *text = ent_cli_read_any(path, &len);
    if (!text) return false;
    const bool unfinished = !options->resume && ent_i_sweep_unfinished(len, text);
    if (options->resume) st = ent_i_sweep_resume(ctx, sweep, path, len, text, keep, first);
    if (st != ENT_OK) ent_cli_failed(ctx, st);
    if (unfinished)
        ent_cli_complain("%s holds an unfinished sweep; --resume continues it, or remove the file",
                         path);
    if (*keep == 0) *first = -1;
    free(text);
    return st == ENT_OK && !unfinished;
}

/* Opens the output behind the rows that can stay; NULL after a complaint. *first is the first point
 * to compute. */
static FILE *open_output(ent_ctx *ctx, const sweep_options *options, const ent_sweep *sweep,
                         int64_t *first)
{
    const char *path = options->output;
    size_t keep = 0;
    if (exists(path) && !look_at_old(ctx, options, sweep, &keep, first)) return NULL;
    errno = 0;
    FILE *stream = fopen(path, keep ? "r+b" : "wb");
    if (stream && keep &&
        (ftruncate(fileno(stream), (off_t)keep) != 0 || fseek(stream, 0, SEEK_END) != 0)) {
        fclose(stream);
        stream = NULL;
    }
    if (!stream) ent_cli_complain("%s: cannot be written: %s", path, strerror(errno));
    else if (keep && !ent_cli_quiet())
        fprintf(stderr, "entente: %lld rows are there already\n", (long long)*first);
    return stream;
}

/* The head when the file is new, then the rows from `first` on. */
static ent_status write_sweep(ent_ctx *ctx, const ent_sweep *sweep, int64_t first, FILE *stream)
{
    size_t len = 0;
    const char *head = ent_i_sweep_head(sweep, &len);
    if (first < 0 && !put(stream, head, len))
        return ent_i_fail(ctx, ENT_E_IO, "the head of the sweep could not be written");
    return ent_i_sweep_run(ctx, sweep, ent_i_sweep_threads(sweep), first < 0 ? 0 : first, put,
                           stream);
}

static int sweep(ent_ctx *ctx, const sweep_options *options, const char *path, const char *text,
                 size_t len)
{
    const ent_request request = {.source = path,
                                 .text = text,
                                 .len = len,
                                 .method = options->method,
                                 .changes = options->set.n,
                                 .set = options->set.value};
    ent_sweep *s = NULL;
    int64_t first = -1;
    int code = ENT_EXIT_FAILURE;
    ent_status st = ent_i_sweep_new(ctx, &request, options->vary.n, options->vary.value, &s);
    if (st != ENT_OK) return ent_cli_failed(ctx, st);
    FILE *stream = options->output ? open_output(ctx, options, s, &first) : stdout;
    if (stream) {
        st = write_sweep(ctx, s, first, stream);
        const bool closed = stream == stdout || fclose(stream) == 0;
        if (st == ENT_E_CANCEL && options->output)
            ent_cli_complain("stopped; --resume continues the sweep");
        else if (st == ENT_E_IO && stream == stdout)
            code = ENT_EXIT_FAILURE; /* which main says of every command */
        else if (st != ENT_OK) ent_cli_failed(ctx, st);
        else if (!closed)
            ent_cli_complain("%s: cannot be written: %s", options->output, strerror(errno));
        else code = ENT_EXIT_DONE;
    }
    ent_i_sweep_free(s);
    return code;
}

int ent_cli_sweep(int argc, char **argv)
{
    sweep_options options = {0};
    const ent_cli_option table[] = {{.name = "--method", .value = &options.method},
                                    {.name = "-m", .value = &options.method},
                                    {.name = "--set", .list = &options.set},
                                    {.name = "--vary", .list = &options.vary},
                                    {.name = "--resume", .flag = &options.resume},
                                    {.name = "-o", .value = &options.output},
                                    {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n != 1) return ent_cli_complain("sweep wants one model file, found %zu", words.n);
    if (options.output && strcmp(options.output, "-") == 0) options.output = NULL;
    if (options.resume && !options.output)
        return ent_cli_complain("--resume wants the file of the sweep: -o FILE");
    size_t len = 0;
    char *text = ent_cli_read_model(words.value[0], &len);
    if (!text) return ENT_EXIT_FAILURE;
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) code = sweep(ctx, &options, words.value[0], text, len);
    ent_cli_ctx_free(ctx);
    free(text);
    return code;
}
