/* Worth functions in a file of their own: numerals separated by white space, or raw doubles. */
#include "model/strategic_parts.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Tables of numerals are kept exactly up to this many players (24 bytes an entry); raw doubles are
 * exact as they are. */
enum { EXACT_PLAYERS_MAX = 22, NUMERAL_MAX = ENT_RAT_DIGITS_MAX + 8, PIECE = 4096 };

typedef struct table {
    ent_ctx *ctx;
    const ent_doc *doc;
    const ent_json *node; /* the path, for messages */
    FILE *file;
    size_t entries;
    ent_strategic *m;
} table;

static ent_status fail(const table *t, ent_status code, size_t entry, const char *found)
{
    return ent_json_fail(t->ctx, t->doc, t->node, code,
                         "wanted %zu numbers in the table, found %s at number %zu", t->entries,
                         found, entry + 1);
}

/* The next numeral, without its white space; 0 at the end of the file, -1 when it is too long. */
static int next_numeral(FILE *file, char text[NUMERAL_MAX])
{
    int c = getc(file), len = 0;
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') c = getc(file);
    for (; c != EOF && c != ' ' && c != '\t' && c != '\n' && c != '\r'; c = getc(file)) {
        if (len == NUMERAL_MAX) return -1;
        text[len++] = (char)c;
    }
    return len;
}

static ent_status read_numerals(const table *t)
{
    ent_status st = ENT_OK;
    char text[NUMERAL_MAX];
    ent_rat one = ENT_RAT_ZERO;
    for (size_t s = 0; s <= t->entries; s++) {
        const int len = next_numeral(t->file, text);
        if (s == t->entries && len == 0) break;
        if (s == t->entries) ENT_TRY(fail(t, ENT_E_MODEL, s, "more"));
        if (len == 0) ENT_TRY(fail(t, ENT_E_MODEL, s, "the end"));
        ent_rat *into = t->m->worth.exact ? &t->m->worth.exact[s] : &one;
        if (len < 0 || !ent_rat_parse(into, text, (size_t)len))
            ENT_TRY(fail(t, ENT_E_MODEL, s, "no number"));
        t->m->worth.value[s] = ent_rat_double(into);
        if (!isfinite(t->m->worth.value[s]))
            ENT_TRY(fail(t, ENT_E_LIMIT, s, "a number beyond 1e308"));
    }
done:
    ent_rat_release(&one);
    return st;
}

/* Eight bytes, least significant first, whatever the machine's own order. */
static double double_of(const unsigned char *byte)
{
    uint64_t bits = 0;
    double value = 0.0;
    for (int k = 7; k >= 0; k--) bits = bits << 8 | byte[k];
    memcpy(&value, &bits, sizeof value);
    return value;
}

static ent_status read_raw(const table *t)
{
    ent_status st = ENT_OK;
    unsigned char bytes[8 * PIECE];
    size_t s = 0;
    while (s < t->entries) {
        const size_t got = fread(bytes, 8, PIECE, t->file);
        if (got == 0) ENT_TRY(fail(t, ENT_E_MODEL, s, "the end"));
        for (size_t k = 0; k < got; k++, s++) {
            if (s == t->entries) ENT_TRY(fail(t, ENT_E_MODEL, s, "more"));
            t->m->worth.value[s] = double_of(bytes + 8 * k);
            if (!isfinite(t->m->worth.value[s]))
                ENT_TRY(fail(t, ENT_E_MODEL, s, "NaN or infinity"));
        }
    }
    if (getc(t->file) != EOF) ENT_TRY(fail(t, ENT_E_MODEL, s, "more"));
done:
    return st;
}

/* The file beside the document that names it, or else where the command runs. */
static ent_status open_file(table *t)
{
    ent_status st = ENT_OK;
    const char *const from[] = {ent_doc_name(t->doc), ""};
    ent_text path;
    ent_text_init(t->ctx, &path);
    for (int k = 0; k < 2 && !t->file; k++) {
        ent_text_reset(&path);
        ent_text_beside(&path, from[k], t->node->text);
        ENT_TRY(path.status);
        errno = 0;
        t->file = fopen(path.data, "rb");
    }
    if (!t->file) {
        st = ent_json_fail(t->ctx, t->doc, t->node, ENT_E_IO,
                           "wanted a file that can be read, found: %s", strerror(errno));
        goto done;
    }
    ENT_TRY(ent_text_take(&path, &t->m->worth_path, NULL));
done:
    ent_text_release(&path);
    return st;
}

static bool is_raw(const char *path)
{
    const size_t len = strlen(path);
    return len >= 4 && strcmp(path + len - 4, ".f64") == 0;
}

static ent_status read_table(table *t)
{
    ent_status st = ENT_OK;
    const bool raw = is_raw(t->node->text);
    ent_strategic *m = t->m;
    ENT_TRY(open_file(t));
    ENT_ALLOC(t->ctx, m->worth.value, t->entries);
    m->worth.n = t->entries;
    if (!raw && m->n <= EXACT_PLAYERS_MAX) {
        m->worth.exact = ent_rats_new(t->ctx, t->entries, &st);
        if (!m->worth.exact) goto done;
    }
    if (raw) ENT_TRY(read_raw(t));
    else ENT_TRY(read_numerals(t));
    if (m->worth.value[0] != 0.0)
        ENT_TRY(fail(t, ENT_E_MODEL, 0, "another worth of the empty coalition than 0"));
done:
    if (t->file) fclose(t->file);
    return st;
}

ent_status ent_i_read_worth_file(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                 ent_strategic *m)
{
    ent_status st = ENT_OK;
    const ent_json *players = NULL;
    table t = {.ctx = ctx, .doc = doc, .m = m};
    ENT_TRY(ent_json_member(ctx, doc, root, "players", &players));
    ENT_TRY(ent_i_read_names(ctx, doc, players, ENT_DENSE_MAX, m));
    ENT_TRY(ent_json_member(ctx, doc, root, "worth_file", &t.node));
    ENT_TRY(ent_json_expect(ctx, doc, t.node, ENT_JSON_STRING));
    t.entries = (size_t)1 << m->n;
    ENT_TRY(read_table(&t));
done:
    return st;
}
