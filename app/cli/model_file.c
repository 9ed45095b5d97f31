/* Models whose offers stand in a CSV file beside them. The document is completed here, before it
 * goes down the corridor, so that a result holds them. */
#include "cli.h"

#include "base/text.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>

/* One field from *at, quotes taken off in place ("" inside them is one quote); *at moves behind its
 * comma, or to the end of the line. */
static char *field(char **at, bool *more)
{
    char *from = *at, *to = from, *start = from;
    const bool quoted = *from == '"';
    if (quoted) from++;
    while (*from && (quoted || *from != ',')) {
        if (quoted && *from == '"') {
            if (from[1] != '"') break;
            from++;
        }
        *to++ = *from++;
    }
    if (quoted && *from == '"') from++;
    while (*from == ' ') from++;
    *more = *from == ',';
    *at = *from ? from + 1 : from;
    while (to > start && to[-1] == ' ') to--;
    *to = '\0';
    while (*start == ' ') start++;
    return start;
}

/* The field of a line at an index; NULL when the line has fewer. */
static char *field_at(char *line, int index)
{
    bool more = true;
    for (int k = 0; more; k++) {
        char *word = field(&line, &more);
        if (k == index) return word;
    }
    return NULL;
}

static int column_index(char *header, const char *column)
{
    bool more = true;
    for (int k = 0; more; k++)
        if (strcmp(field(&header, &more), column) == 0) return k;
    return -1;
}

/* The next line, its end cut off; NULL at the end of the text. */
static char *next_line(char **rest)
{
    char *line = *rest, *end = strchr(line, '\n');
    if (!*line) return NULL;
    *rest = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    const size_t length = strlen(line);
    if (length && line[length - 1] == '\r') line[length - 1] = '\0';
    return line;
}

/* "[0.1, 0.25, ...]" from one column. */
static bool list_column(const char *path, char *csv, const char *column, ent_text *out)
{
    char *rest = csv, *line = next_line(&rest);
    if (line && strncmp(line, "\xEF\xBB\xBF", 3) == 0) line += 3;
    const int index = line ? column_index(line, column) : -1;
    if (index < 0) {
        ent_cli_complain("%s:1: wanted a column \"%s\" in the first line", path, column);
        return false;
    }
    int number = 1, found = 0;
    ent_text_puts(out, "[");
    while ((line = next_line(&rest))) {
        number++;
        if (!*line) continue;
        const char *word = field_at(line, index);
        ent_rat value = ENT_RAT_ZERO;
        const bool good = word && ent_rat_parse(&value, word, strlen(word)) &&
                          ent_rat_sign(&value) >= 0 && ent_rat_double(&value) <= 1.0;
        ent_rat_release(&value);
        if (!good) {
            ent_cli_complain("%s:%d: wanted a number in [0,1] in column \"%s\", found \"%s\"", path,
                             number, column, word ? word : "");
            return false;
        }
        ent_text_printf(out, "%s\"%s\"", found++ ? ", " : "", word);
    }
    ent_text_puts(out, "]");
    if (!found) ent_cli_complain("%s: wanted numbers below the first line, found none", path);
    return found > 0;
}

static ent_status column_text(ent_ctx *ctx, const char *model, const ent_doc *doc,
                              const ent_json *values, ent_text *out)
{
    static const char *const keys[] = {"csv", "column", NULL};
    ent_status st = ENT_OK;
    const ent_json *file = NULL, *column = NULL;
    char *csv = NULL;
    size_t len = 0;
    ent_text path;
    ent_text_init(ctx, &path);
    ENT_TRY(ent_json_known(ctx, doc, values, keys));
    ENT_TRY(ent_json_member(ctx, doc, values, "csv", &file));
    ENT_TRY(ent_json_expect(ctx, doc, file, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(ctx, doc, values, "column", &column));
    ENT_TRY(ent_json_expect(ctx, doc, column, ENT_JSON_STRING));
    ent_text_beside(&path, model, file->text);
    ENT_TRY(path.status);
    csv = ent_cli_read(path.data, &len);
    /* The message has been given: an empty one says so. */
    if (!csv || !list_column(path.data, csv, column->text, out)) st = ENT_E_PARSE;
    else st = out->status;
    if (st == ENT_E_PARSE) ent_i_fail(ctx, st, "%s", "");
done:
    free(csv);
    ent_text_release(&path);
    return st;
}

/* The first list of values that stands in a file; NULL when there is none left. */
static const ent_json *find_values(const ent_json *root)
{
    const ent_json *offers = ent_json_get(root, "offers"), *values = ent_json_get(offers, "values");
    if (values && values->kind == ENT_JSON_OBJECT) return values;
    const ent_json *components = ent_json_get(offers, "components");
    for (const ent_json *at = components ? components->first : NULL; at; at = at->next)
        if ((values = ent_json_get(at, "values")) && values->kind == ENT_JSON_OBJECT) return values;
    return NULL;
}

static ent_status complete(ent_ctx *ctx, const char *path, ent_doc **doc)
{
    ent_status st = ENT_OK;
    ent_text list, place;
    ent_text_init(ctx, &list);
    ent_text_init(ctx, &place);
    for (const ent_json *values; (values = find_values(ent_doc_root(*doc)));) {
        ent_doc *fresh = NULL;
        ent_text_reset(&list);
        ent_text_reset(&place);
        ent_json_path(&place, values);
        ENT_TRY(place.status);
        ENT_TRY(column_text(ctx, path, *doc, values, &list));
        ENT_TRY(ent_doc_override(ctx, *doc, place.data, list.data, &fresh));
        ent_doc_free(*doc);
        *doc = fresh;
    }
done:
    ent_text_release(&list);
    ent_text_release(&place);
    return st;
}

/* The completed document as text; a text without references, or that is no JSON, stays as it is:
 * others will say what is wrong with it. */
static char *completed(ent_ctx *ctx, const char *path, char *text, size_t *len)
{
    ent_doc *doc = NULL;
    ent_text out;
    char *fresh = text;
    ent_text_init(ctx, &out);
    if (ent_doc_read(ctx, path, *len, text, &doc) != ENT_OK || !find_values(ent_doc_root(doc)))
        goto done;
    const ent_status st = complete(ctx, path, &doc);
    if (st == ENT_OK) ent_json_write(&out, ent_doc_root(doc), true);
    fresh = st == ENT_OK && out.status == ENT_OK ? malloc(out.len + 1) : NULL;
    if (fresh) {
        memcpy(fresh, out.data, out.len + 1);
        *len = out.len;
    } else if (*ent_message(ctx)) {
        ent_cli_failed(ctx, st == ENT_OK ? ENT_E_MEMORY : st);
    }
    free(text);
done:
    ent_text_release(&out);
    ent_doc_free(doc);
    return fresh;
}

char *ent_cli_read_model(const char *path, size_t *len)
{
    char *text = ent_cli_read(path, len);
    /* Only a document that names a CSV file is looked into. */
    if (!text || !strstr(text, "\"csv\"")) return text;
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) text = completed(ctx, path, text, len);
    ent_cli_ctx_free(ctx);
    return text;
}
