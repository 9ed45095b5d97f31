/* Plays a transcript and compares: `cli_transcript [--update] ENTENTE FILE`.
 *
 *   Text that begins in the first column is a comment.
 *
 *     $ entente frobnicate
 *     > a second line of the command
 *     what is expected on standard output
 *     ! what is expected on standard error
 *     [1]                      the exit code, when it is not 0
 *
 * Commands run in one shell each, in a directory that begins empty and goes with the transcript;
 * $ENTENTE's directory is in the PATH.
 */
#define _XOPEN_SOURCE 700
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_MAX = 1 << 20, INDENT = 2 };

typedef struct text {
    char *data;
    size_t len;
} text;

static void add(text *t, const char *bytes, size_t len)
{
    if (t->len + len + 1 > TEXT_MAX) {
        fputs("cli_transcript: a text is too long\n", stderr);
        exit(1);
    }
    memcpy(t->data + t->len, bytes, len);
    t->len += len;
    t->data[t->len] = '\0';
}

static void add_line(text *t, const char *prefix, const char *line, size_t len)
{
    add(t, prefix, strlen(prefix));
    add(t, line, len);
    add(t, "\n", 1);
}

static text new_text(void)
{
    text t = {.data = malloc(TEXT_MAX)};
    if (!t.data) exit(1);
    t.data[0] = '\0';
    return t;
}

static text read_file(const char *path)
{
    text t = new_text();
    FILE *stream = fopen(path, "rb");
    if (stream) t.len = fread(t.data, 1, TEXT_MAX - 1, stream);
    if (stream) fclose(stream);
    t.data[t.len] = '\0';
    return t;
}

/* Adds each line of a text behind a prefix; a last line without its end is marked. */
static void add_lines(text *out, const char *prefix, const text *from)
{
    for (const char *line = from->data; *line;) {
        const size_t len = strcspn(line, "\n");
        add(out, prefix, strlen(prefix));
        add(out, line, len);
        if (!line[len]) add(out, " (no line end)", 14);
        add(out, "\n", 1);
        line += len + (line[len] == '\n');
    }
}

/* What a command prints, as the transcript would show it. */
static void play(const char *command, text *out)
{
    char code[16];
    FILE *script = fopen(".script", "wb");
    if (!script) exit(1);
    fputs(command, script);
    fclose(script);
    const int status = system("sh ./.script > .out 2> .err < /dev/null");
    text printed = read_file(".out"), complained = read_file(".err");
    add_lines(out, "  ", &printed);
    add_lines(out, "  ! ", &complained);
    const int exited = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    snprintf(code, sizeof code, "[%d]", exited);
    if (exited != 0) add_line(out, "  ", code, strlen(code));
    free(printed.data);
    free(complained.data);
}

static bool is_indented(const char *line) { return strncmp(line, "  ", INDENT) == 0; }

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return line + (*line == '\n');
}

/* One command with its expectation; whatever was printed goes to `now`. Returns the line after it;
 * *same is cleared. */
static const char *one(const char *line, text *now, bool *same)
{
    text command = new_text(), expected = new_text(), printed = new_text();
    const char *first = line;
    do {
        const size_t len = strcspn(line, "\n");
        add_line(&command, "", line + 4, len > 4 ? len - 4 : 0);
        line = next_line(line);
    } while (strncmp(line, "  > ", 4) == 0 || strncmp(line, "  >\n", 4) == 0);
    add(now, first, (size_t)(line - first));
    while (is_indented(line) && strncmp(line, "  $ ", 4) != 0) {
        add_line(&expected, "", line, strcspn(line, "\n"));
        line = next_line(line);
    }
    play(command.data, &printed);
    add(now, printed.data, printed.len);
    if (strcmp(expected.data, printed.data) != 0) {
        *same = false;
        printf("$ %s--- expected\n%s+++ printed\n%s\n", command.data, expected.data, printed.data);
    }
    free(command.data);
    free(expected.data);
    free(printed.data);
    return line;
}

/* Enters a fresh directory, with the program's directory first in the PATH. */
static void prepare(const char *program, char *directory)
{
    static char path[8192];
    const char *slash = strrchr(program, '/'), *old = getenv("PATH");
    snprintf(path, sizeof path, "%.*s:%s", slash ? (int)(slash - program) : 1,
             slash ? program : ".", old ? old : "/usr/bin:/bin");
    setenv("PATH", path, 1);
    setenv("LC_ALL", "C", 1);
    setenv("TERM", "dumb", 1);
    if (!mkdtemp(directory) || chdir(directory) != 0) exit(1);
}

int main(int argc, char **argv)
{
    const bool update = argc == 4 && strcmp(argv[1], "--update") == 0;
    char directory[] = "/tmp/entente-transcript-XXXXXX", clean[100];
    int commands = 0;
    bool same = true;
    if (argc != 3 && !update)
        return fputs("usage: cli_transcript [--update] ENTENTE FILE\n", stderr), 1;
    char *program = realpath(argv[argc - 2], NULL), *path = realpath(argv[argc - 1], NULL);
    if (!program || !path) return fputs("cli_transcript: no such file\n", stderr), 1;
    const text transcript = read_file(path);
    text now = new_text();
    prepare(program, directory);
    for (const char *line = transcript.data; *line;) {
        if (strncmp(line, "  $ ", 4) == 0) {
            line = one(line, &now, &same);
            commands++;
            continue;
        }
        add_line(&now, "", line, strcspn(line, "\n"));
        line = next_line(line);
    }
    if (chdir("/") == 0) {
        snprintf(clean, sizeof clean, "rm -rf %s", directory);
        if (system(clean) != 0) fputs("cli_transcript: leaves a directory behind\n", stderr);
    }
    FILE *stream = update ? fopen(path, "wb") : NULL;
    if (stream) {
        fwrite(now.data, 1, now.len, stream);
        fclose(stream);
    }
    printf("%d commands%s\n", commands, same ? "" : ", some print something else");
    free(now.data);
    free(transcript.data);
    free(program);
    free(path);
    return !update && (!same || commands == 0);
}
