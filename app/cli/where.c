/* entente where: from an item of a paper to its code, checker and tests. Reads docs/trace.md, which
 * is compiled in. */
#include "cli.h"

#include <ctype.h>
#include <string.h>

extern const char ent_embed_trace[];

enum { COLUMNS = 7, WORD_MAX = 120 };

/* A table row of the page: its cells, without the blanks around them. */
typedef struct row {
    const char *cell[COLUMNS];
    size_t len[COLUMNS];
} row;

static bool read_row(const char *line, row *out)
{
    const char *at = line + 1;
    if (line[0] != '|') return false;
    for (int c = 0; c < COLUMNS; c++) {
        const char *end = at + strcspn(at, "|\n"), *first = at + strspn(at, " "), *last = end;
        if (*end != '|') return false;
        while (last > first && last[-1] == ' ') last--;
        out->cell[c] = first;
        out->len[c] = last > first ? (size_t)(last - first) : 0;
        at = end + 1;
    }
    return strncmp(out->cell[0], "item", 4) != 0 && out->cell[0][0] != '-';
}

/* "Thm. 5" as "theorem 5": lower case, kinds in full, one blank between words, no brackets and
 * commas. */
static void normalise(char out[WORD_MAX], const char *text, size_t len)
{
    static const char *const kinds[][2] = {
        {"thm", "theorem"}, {"def", "definition"}, {"cor", "corollary"}, {"prop", "proposition"},
        {"sec", "section"}, {"eqn", "eq"},         {"equation", "eq"},   {"eqs", "eq"},
        {"fig", "figure"},  {"tab", "table"},      {"lem", "lemma"},     {"ex", "example"}};
    size_t used = 0;
    for (size_t k = 0; k < len && used + 20 < WORD_MAX;) {
        char word[40];
        size_t n = 0;
        while (k < len && strchr(" ()[],;", text[k])) k++;
        for (; k < len && !strchr(" ()[],;", text[k]); k++)
            if (n + 1 < sizeof word) word[n++] = (char)tolower((unsigned char)text[k]);
        if (n > 0 && word[n - 1] == '.') n--;
        if (n == 0) continue;
        word[n] = '\0';
        const char *full = word;
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++)
            if (strcmp(word, kinds[j][0]) == 0) full = kinds[j][1];
        used += (size_t)snprintf(out + used, WORD_MAX - used, "%s%s", used ? " " : "", full);
    }
    out[used < WORD_MAX ? used : WORD_MAX - 1] = '\0';
}

/* One cell as a list, a place a line. */
static void print_places(const char *name, const char *cell, size_t len)
{
    for (size_t k = 0; k < len;) {
        const char *comma = memchr(cell + k, ',', len - k);
        const size_t n = comma && comma[-1] != ' ' && strncmp(cell, "nothing", 7) != 0
                             ? (size_t)(comma - (cell + k))
                             : len - k;
        printf("  %-10s %.*s\n", name, (int)n, cell + k);
        name = "";
        k += n;
        while (k < len && (cell[k] == ',' || cell[k] == ' ')) k++;
    }
}

static void print_item(const char *key, size_t key_len, const row *r)
{
    printf("[%.*s] %.*s%s%.*s: %.*s\n", (int)key_len, key, (int)r->len[0], r->cell[0],
           r->len[1] ? ", p. " : "", (int)r->len[1], r->cell[1], (int)r->len[2], r->cell[2]);
    print_places("code", r->cell[3], r->len[3]);
    print_places("checker", r->cell[4], r->len[4]);
    print_places("tests", r->cell[5], r->len[5]);
    print_places("catalogue", r->cell[6], r->len[6]);
}

/* Prints what the words mean: one item, or the list of a paper's items. Returns how many were
 * printed. */
static int search(const char *wanted)
{
    char words[WORD_MAX], here[WORD_MAX], whole[2 * WORD_MAX];
    const char *key = "";
    size_t key_len = 0;
    int found = 0;
    normalise(words, wanted, strlen(wanted));
    for (const char *line = ent_embed_trace; *line;) {
        row r;
        if (strncmp(line, "## [", 4) == 0) {
            key = line + 4;
            key_len = strcspn(key, "]");
        } else if (read_row(line, &r)) {
            normalise(here, r.cell[0], r.len[0]);
            char paper[WORD_MAX];
            normalise(paper, key, key_len);
            snprintf(whole, sizeof whole, "%s %s", paper, here);
            if (strcmp(words, whole) == 0) {
                print_item(key, key_len, &r);
                found++;
            } else if (strcmp(words, paper) == 0) {
                printf("%-16.*s %.*s\n", (int)r.len[0], r.cell[0], (int)r.len[2], r.cell[2]);
                found++;
            }
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return found;
}

static void list_papers(void)
{
    for (const char *line = strstr(ent_embed_trace, "\n## ["); line;
         line = strstr(line + 1, "\n## ["))
        printf("%.*s\n", (int)strcspn(line + 4, "\n"), line + 4);
}

int ent_cli_where(int argc, char **argv)
{
    const ent_cli_option table[] = {{.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    char wanted[WORD_MAX] = "";
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    for (size_t k = 0; k < words.n; k++) {
        const size_t used = strlen(wanted);
        snprintf(wanted + used, sizeof wanted - used, "%s%s", k ? " " : "", words.value[k]);
    }
    if (words.n == 0) list_papers();
    else if (search(wanted) == 0)
        return ent_cli_complain(
            "no item is called \"%s\"; `entente where MW25` lists the items of a paper, `entente where` the papers",
            wanted);
    return ENT_EXIT_DONE;
}
