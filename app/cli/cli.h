/** cli.h - what the commands share: options, files, messages, progress. One command, one file. */
#ifndef ENT_CLI_H
#define ENT_CLI_H

#include "entente/base.h"

#include <stdio.h>

/** Exit codes: 0 done and checked, 1 wrong use or failure, 2 the mathematics said no (none,
 *           refused). */
enum { ENT_EXIT_DONE = 0, ENT_EXIT_FAILURE = 1, ENT_EXIT_NO = 2 };

enum { ENT_CLI_LIST_MAX = 64 };

/** ent_cli_list - the values of an option that may be given several times, in order. */
typedef struct ent_cli_list {
    size_t n;
    const char *value[ENT_CLI_LIST_MAX];
} ent_cli_list;

/** ent_cli_option - one option of a command: exactly one of flag, value, list is set. The table
 * ends with a NULL name. */
typedef struct ent_cli_option {
    const char *name; /* "--method" */
    bool *flag;
    const char **value;
    ent_cli_list *list;
} ent_cli_option;

/** ent_cli_parse - sort argv[1..] into options and plain words.
 * Given     options  in   the command's own; --quiet and --help are understood everywhere
 * Returned  words    out  the plain words, at most ENT_CLI_LIST_MAX
 *           false after a message on stderr (wrong use) or after printing the help; *code is then
 *           the exit code
 */
bool ent_cli_parse(int argc, char **argv, const ent_cli_option *options, ent_cli_list *words,
                   int *code);

/** ent_cli_quiet - was --quiet given? */
bool ent_cli_quiet(void);

/** ent_cli_colour, ent_cli_width - is standard output a terminal that shows colours, and how wide
 * is it (80 if unknown)? */
bool ent_cli_colour(void);
int ent_cli_width(void);

/** ENT_CLI_BYTES_MAX - more than any document may have: reading endless nonsense stops here. */
#define ENT_CLI_BYTES_MAX ((size_t)1 << 30)

/** ent_cli_read - a whole file, "-" being standard input, with a NUL behind its len bytes; free
 * with free. NULL after a message on stderr.
 * ent_cli_read_any - the same for our own files, which may be larger. */
char *ent_cli_read(const char *path, size_t *len);
char *ent_cli_read_any(const char *path, size_t *len);

/** ent_cli_read_model - a model file in which every {"csv": FILE, "column": NAME} in place of the
 * values of offers has become the list of numbers in that column; FILE is sought beside the model.
 * Free with free; NULL after a message on stderr. */
char *ent_cli_read_model(const char *path, size_t *len);

/** ent_cli_write - text to a file, whole or not at all (a temporary file is renamed); "-" is
 * standard output. */
bool ent_cli_write(const char *path, const char *text, size_t len);

/** ent_cli_complain - "entente: message" on stderr; returns ENT_EXIT_FAILURE. */
int ent_cli_complain(const char *format, ...) ENT_PRINTF(1, 2);

/** ent_cli_ctx - a context that reports progress on a terminal (bar and time left) and stops at
 * Ctrl-C. NULL: no memory. */
ent_ctx *ent_cli_ctx(void);
void ent_cli_ctx_free(ent_ctx *ctx);

/** ent_cli_failed - the context's message as a complaint, "stopped" after Ctrl-C. */
int ent_cli_failed(const ent_ctx *ctx, ent_status status);

/** ent_cli_command - a row of the table of commands, commands.def. */
typedef struct ent_cli_command {
    const char *name, *usage, *help;
    int (*run)(int argc, char **argv);
} ent_cli_command;

#define COMMAND(name, function, usage, help) int function(int argc, char **argv);
#include "commands.def"
#undef COMMAND

/** ent_cli_command_find - by name; NULL when there is none. */
const ent_cli_command *ent_cli_command_find(const char *name);
void ent_cli_usage(FILE *stream, const ent_cli_command *command);

#endif
