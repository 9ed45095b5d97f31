#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* The command line is a program, not a library: these three belong to the process. */
static volatile int interrupted;
static bool quiet;
static struct progress {
    struct timespec start, shown;
    bool open; /* a bar stands on the terminal's line */
} progress;

bool ent_cli_quiet(void) { return quiet; }

int ent_cli_complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (progress.open) fputs("\r\033[K", stderr);
    fputs("entente: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return ENT_EXIT_FAILURE;
}

bool ent_cli_colour(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") && terminal &&
           strcmp(terminal, "dumb") != 0;
}

int ent_cli_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col > 120 ? 120 : size.ws_col;
    return 100;
}

static const ent_cli_option *find_option(const ent_cli_option *options, const char *name,
                                         size_t len)
{
    for (; options && options->name; options++)
        if (strlen(options->name) == len && strncmp(options->name, name, len) == 0) return options;
    return NULL;
}

/* Stores an option's value; false after a complaint. */
static bool take_value(const ent_cli_option *option, const char *value)
{
    if (option->value) {
        *option->value = value;
        return true;
    }
    if (option->list->n == ENT_CLI_LIST_MAX) {
        ent_cli_complain("%s is given more than %d times", option->name, ENT_CLI_LIST_MAX);
        return false;
    }
    option->list->value[option->list->n++] = value;
    return true;
}

/* Understands argv[*k], perhaps with the value that follows; false after a complaint. */
static bool take_option(int argc, char **argv, int *k, const ent_cli_option *options)
{
    const char *word = argv[*k], *equals = word[1] == '-' ? strchr(word, '=') : NULL;
    const size_t len = equals ? (size_t)(equals - word) : strlen(word);
    const ent_cli_option *option = find_option(options, word, len);
    if (!option) {
        ent_cli_complain("%s has no option \"%.*s\"; see `entente %s --help`", argv[0], (int)len,
                         word, argv[0]);
        return false;
    }
    if (option->flag) {
        if (equals) ent_cli_complain("%s takes no value", option->name);
        *option->flag = true;
        return !equals;
    }
    if (equals) return take_value(option, equals + 1);
    if (*k + 1 >= argc) {
        ent_cli_complain("%s wants a value", option->name);
        return false;
    }
    return take_value(option, argv[++*k]);
}

bool ent_cli_parse(int argc, char **argv, const ent_cli_option *options, ent_cli_list *words,
                   int *code)
{
    bool only_words = false;
    *code = ENT_EXIT_FAILURE;
    words->n = 0;
    for (int k = 1; k < argc; k++) {
        const char *word = argv[k];
        if (!only_words && strcmp(word, "--help") == 0) {
            ent_cli_usage(stdout, ent_cli_command_find(argv[0]));
            *code = ENT_EXIT_DONE;
            return false;
        }
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
        } else if (!only_words && strcmp(word, "--quiet") == 0) {
            quiet = true;
        } else if (!only_words && word[0] == '-' && word[1] != '\0') {
            if (!take_option(argc, argv, &k, options)) return false;
        } else if (words->n < ENT_CLI_LIST_MAX) {
            words->value[words->n++] = word;
        }
    }
    return true;
}

/* Everything from a stream, growing as needed, with a NUL behind it; NULL when memory runs out,
 * reading fails or there are more than `most` bytes (errno says which). */
static char *read_all(FILE *stream, size_t most, size_t *len)
{
    size_t room = 1 << 16, used = 0;
    char *text = malloc(room);
    while (text) {
        used += fread(text + used, 1, room - 1 - used, stream);
        if (used < room - 1 || used > most) break;
        char *bigger = realloc(text, room *= 2);
        if (!bigger) free(text);
        text = bigger;
    }
    if (text && used > most) errno = EFBIG;
    if (text && (ferror(stream) || used > most)) {
        free(text);
        text = NULL;
    }
    if (text) text[used] = '\0';
    *len = used;
    return text;
}

static char *read_file(const char *path, size_t most, size_t *len)
{
    const bool standard = strcmp(path, "-") == 0;
    errno = 0;
    FILE *stream = standard ? stdin : fopen(path, "rb");
    char *text = stream ? read_all(stream, most, len) : NULL;
    if (!text) ent_cli_complain("%s: cannot be read: %s", path, strerror(errno ? errno : ENOMEM));
    if (stream && !standard) fclose(stream);
    return text;
}

char *ent_cli_read(const char *path, size_t *len)
{
    return read_file(path, ENT_CLI_BYTES_MAX, len);
}

char *ent_cli_read_any(const char *path, size_t *len) { return read_file(path, SIZE_MAX / 4, len); }

bool ent_cli_write(const char *path, const char *text, size_t len)
{
    if (strcmp(path, "-") == 0) return fwrite(text, 1, len, stdout) == len;
    const size_t room = strlen(path) + 5;
    char *temporary = malloc(room);
    if (!temporary) return ent_cli_complain("no memory"), false;
    snprintf(temporary, room, "%s.new", path);
    errno = 0;
    FILE *stream = fopen(temporary, "wb");
    bool written = stream && fwrite(text, 1, len, stream) == len;
    if (stream && fclose(stream) != 0) written = false;
    if (!written || rename(temporary, path) != 0) {
        ent_cli_complain("%s: cannot be written: %s", path, strerror(errno));
        remove(temporary);
        written = false;
    }
    free(temporary);
    return written;
}

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

/* A bar with the time left, redrawn five times a second; nothing for work that ends at once. */
static void show_progress(void *user, const char *what, int64_t done, int64_t total)
{
    (void)user;
    const double elapsed = seconds_since(&progress.start);
    if (elapsed < 0.5 || (seconds_since(&progress.shown) < 0.2 && done < total)) return;
    clock_gettime(CLOCK_MONOTONIC, &progress.shown);
    const double part = total > 0 ? (double)done / (double)total : 0.0;
    char bar[31];
    for (int k = 0; k < 30; k++) bar[k] = k < (int)(30.0 * part) ? '#' : '.';
    bar[30] = '\0';
    const double left = part > 0.0 ? elapsed * (1.0 - part) / part : 0.0;
    fprintf(stderr, "\r\033[K%s [%s] %3.0f %%  %lld of %lld, %.0f s left", what, bar, 100.0 * part,
            (long long)done, (long long)total, left);
    fflush(stderr);
    progress.open = true;
}

ent_ctx *ent_cli_ctx(void)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) {
        ent_cli_complain("no memory");
        return NULL;
    }
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    ent_ctx_set_cancel(ctx, &interrupted);
    if (!quiet && isatty(STDERR_FILENO)) {
        clock_gettime(CLOCK_MONOTONIC, &progress.start);
        progress.shown = progress.start;
        ent_ctx_set_progress(ctx, show_progress, NULL);
    }
    return ctx;
}

void ent_cli_ctx_free(ent_ctx *ctx)
{
    if (progress.open) fputs("\r\033[K", stderr);
    progress.open = false;
    ent_ctx_free(ctx);
}

int ent_cli_failed(const ent_ctx *ctx, ent_status status)
{
    if (status == ENT_E_CANCEL) return ent_cli_complain("stopped");
    const char *message = ent_message(ctx);
    return ent_cli_complain("%s", *message ? message : ent_status_text(status));
}
