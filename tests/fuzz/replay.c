/* Runs a fuzzer's entry over its corpus and over deterministic mutations of it: `fuzz_<name>
 * DIRECTORY [ROUNDS]`. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

enum { FILES_MAX = 1000, BYTES_MAX = 1 << 16 };

typedef struct file {
    char *name;
    unsigned char *data;
    size_t size;
} file;

static uint64_t state = 20261124;

static size_t below(size_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return n ? (size_t)(state >> 33) % n : 0;
}

static int by_name(const void *a, const void *b)
{
    const file *one = a, *two = b;
    return strcmp(one->name, two->name);
}

static file read_file(const char *directory, const char *name)
{
    char path[4096];
    file f = {.name = strdup(name), .data = malloc(BYTES_MAX)};
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *stream = fopen(path, "rb");
    if (stream && f.data) f.size = fread(f.data, 1, BYTES_MAX, stream);
    if (stream) fclose(stream);
    return f;
}

static size_t read_corpus(const char *directory, file *files)
{
    size_t n = 0;
    DIR *dir = opendir(directory);
    for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry && n < FILES_MAX;
         entry = readdir(dir))
        if (entry->d_name[0] != '.') files[n++] = read_file(directory, entry->d_name);
    if (dir) closedir(dir);
    qsort(files, n, sizeof *files, by_name);
    return n;
}

/* Puts `bytes` in place of data[at..at+drop); keeps within BYTES_MAX. */
static void splice(unsigned char *data, size_t *size, size_t at, size_t drop,
                   const unsigned char *bytes, size_t len)
{
    if (drop > *size - at) drop = *size - at;
    if (*size - drop + len > BYTES_MAX) return;
    memmove(data + at + len, data + at + drop, *size - at - drop);
    if (len) memcpy(data + at, bytes, len);
    *size += len;
    *size -= drop;
}

/* The bytes of the JSON token at or after `at`, so that whole words and numbers are replaced. */
static size_t token(const unsigned char *data, size_t size, size_t *at)
{
    static const char ends[] = " \n\r\t,:[]{}";
    size_t k = *at;
    while (k > 0 && !strchr(ends, data[k - 1])) k--;
    *at = k;
    while (k < size && !strchr(ends, data[k])) k++;
    return k - *at;
}

static void mutate(unsigned char *data, size_t *size, const file *other)
{
    static const char *const words[] = {"0",
                                        "1",
                                        "-1",
                                        "1e300",
                                        "-0.0",
                                        "0.5",
                                        "\"1/2\"",
                                        "\"1/3\"",
                                        "1e-300",
                                        "2",
                                        "3",
                                        "true",
                                        "null",
                                        "{}",
                                        "[]",
                                        "\"\"",
                                        "\"A\"",
                                        "NaN",
                                        "[[",
                                        "\\u0000",
                                        "\xff",
                                        "9007199254740993",
                                        "1000000",
                                        "\"name\"",
                                        "999999999999999999999",
                                        "1e-9",
                                        "\"999999/1000000\"",
                                        ","};
    const size_t at = below(*size + 1);
    size_t place = at;
    const char *word = words[below(sizeof words / sizeof *words)];
    unsigned char byte = (unsigned char)below(256);
    switch (below(7)) {
    case 0: splice(data, size, at, 1, &byte, 1); break;
    case 1: splice(data, size, at, below(8), NULL, 0); break;
    case 2: splice(data, size, at, 0, (const unsigned char *)word, strlen(word)); break;
    case 3: splice(data, size, place, token(data, *size, &place), NULL, 0); break;
    case 4:
        splice(data, size, at, below(64), other->data + below(other->size),
               other->size ? below(other->size) / 2 : 0);
        break;
    default: {
        const size_t len = token(data, *size, &place);
        splice(data, size, place, len, (const unsigned char *)word, strlen(word));
    }
    }
}

static unsigned char *current;
static size_t current_size;

/* Leaves the input behind for whoever looks into the failure. */
static void run(const unsigned char *data, size_t size)
{
    memcpy(current, data, size);
    current_size = size;
    FILE *stream = getenv("FUZZ_LAST") ? fopen(getenv("FUZZ_LAST"), "wb") : NULL;
    if (stream) {
        fwrite(current, 1, current_size, stream);
        fclose(stream);
    }
    LLVMFuzzerTestOneInput(current, current_size);
}

int main(int argc, char **argv)
{
    static file files[FILES_MAX];
    if (argc < 2) return fprintf(stderr, "usage: %s DIRECTORY [ROUNDS]\n", argv[0]), 1;
    const size_t n = read_corpus(argv[1], files);
    const int rounds = argc > 2 ? atoi(argv[2]) : fuzz_rounds;
    unsigned char *data = malloc(BYTES_MAX);
    current = malloc(BYTES_MAX);
    if (n == 0 || !data || !current) return fprintf(stderr, "%s: no corpus\n", argv[1]), 1;
    for (size_t k = 0; k < n; k++) run(files[k].data, files[k].size);
    for (int round = 0; round < rounds; round++) {
        const file *from = &files[below(n)];
        size_t size = from->size;
        memcpy(data, from->data, size);
        for (size_t k = 1 + below(4); k > 0; k--) mutate(data, &size, &files[below(n)]);
        run(data, size);
    }
    printf("%zu files and %d mutations\n", n, rounds);
    for (size_t k = 0; k < n; k++) {
        free(files[k].name);
        free(files[k].data);
    }
    free(data);
    free(current);
    return 0;
}
