#include "sweep/sweep_table.h"

#include "io/json.h"

#include <math.h>
#include <string.h>

/* The byte after the row that begins at `at`: after its line break, or the end. */
static size_t row_end(const ent_sweep_table *t, size_t at)
{
    bool quoted = false;
    for (; at < t->len; at++) {
        if (t->text[at] == '"') quoted = !quoted;
        else if (t->text[at] == '\n' && !quoted) return at + 1;
    }
    return at;
}

/* Moves over one field, appending it unquoted when out is given; true when another one follows in
 * the row. */
static bool take_field(const ent_sweep_table *t, size_t *at, ent_text *out)
{
    bool quoted = false;
    for (; *at < t->len; ++*at) {
        const char c = t->text[*at];
        if (c == '"') {
            const bool doubled = quoted && *at + 1 < t->len && t->text[*at + 1] == '"';
            if (!doubled) {
                quoted = !quoted;
                continue;
            }
            ++*at;
        } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
            break;
        }
        if (out) ent_text_putc(out, c);
    }
    const bool more = *at < t->len && t->text[*at] == ',';
    *at += more;
    return more;
}

static size_t count_fields(const ent_sweep_table *t, size_t at)
{
    size_t n = 1;
    while (take_field(t, &at, NULL)) n++;
    return n;
}

static ent_status read_names(ent_ctx *ctx, ent_sweep_table *t, size_t at)
{
    ent_status st = ENT_OK;
    const size_t n = count_fields(t, at);
    ENT_ALLOC(ctx, t->name, n);
    for (t->columns = 0; t->columns < n; t->columns++) {
        ent_text name;
        ent_text_init(ctx, &name);
        take_field(t, &at, &name);
        st = ent_text_take(&name, &t->name[t->columns], NULL);
        ent_text_release(&name);
        if (st != ENT_OK) goto done;
    }
done:
    return st;
}

/* What follows `key` on a comment line, or NULL. */
static const char *comment(const char *line, size_t len, const char *key, size_t *rest)
{
    const size_t skip = strlen(key);
    if (len < skip || strncmp(line, key, skip) != 0) return NULL;
    *rest = len - skip;
    return line + skip;
}

/* The method and the hash out of a sweep's head. */
static ent_status read_comment(ent_ctx *ctx, ent_sweep_table *t, const char *line, size_t len)
{
    ent_status st = ENT_OK;
    size_t n = 0;
    const char *hash = comment(line, len, "# model_sha256 ", &n), *colon = NULL;
    if (hash && !*t->hash) {
        ent_free(t->hash);
        t->hash = ent_i_strdup(ctx, hash, n, &st);
    }
    const char *head = comment(line, len, "# entente sweep of ", &n);
    if (head) colon = memchr(head, ':', n);
    if (colon && st == ENT_OK && !*t->method) {
        const char *from = colon + 2, *end = line + len,
                   *comma = from < end ? memchr(from, ',', (size_t)(end - from)) : NULL;
        ent_free(t->method);
        t->method = ent_i_strdup(ctx, from, comma ? (size_t)(comma - from) : 0, &st);
    }
    return st;
}

static ent_status add_row(ent_ctx *ctx, ent_sweep_table *t, size_t at, size_t *room)
{
    ent_status st = ENT_OK;
    if (t->rows == *room) {
        *room = *room ? 2 * *room : 1024;
        size_t *bigger = ent_i_realloc(ctx, t->row, *room, sizeof *bigger, &st);
        if (!bigger) return st;
        t->row = bigger;
    }
    t->row[t->rows++] = at;
    return st;
}

ent_status ent_i_sweep_table_read(ent_ctx *ctx, const char *name, size_t len, const char *text,
                                  ent_sweep_table *table)
{
    ent_status st = ENT_OK;
    size_t room = 0, line = 1;
    table->text = text;
    table->len = len;
    ENT_ALLOC(ctx, table->method, 1);
    ENT_ALLOC(ctx, table->hash, 1);
    for (size_t at = 0, next = 0; at < len; at = next, line++) {
        const bool is_comment = text[at] == '#';
        const char *stop = memchr(text + at, '\n', len - at);
        const size_t line_len = stop ? (size_t)(stop - (text + at)) : len - at;
        next = is_comment ? at + line_len + 1 : row_end(table, at);
        if (is_comment) ENT_TRY(read_comment(ctx, table, text + at, line_len));
        if (is_comment || line_len == 0 || text[at] == '\r') continue;
        if (!table->name) {
            ENT_TRY(read_names(ctx, table, at));
            continue;
        }
        const size_t fields = count_fields(table, at);
        if (fields != table->columns)
            ENT_FAIL(ctx, ENT_E_PARSE,
                     "%.200s:%zu: wanted %zu fields, as there are names, found %zu", name, line,
                     table->columns, fields);
        ENT_TRY(add_row(ctx, table, at, &room));
    }
    if (!table->name)
        ENT_FAIL(ctx, ENT_E_PARSE, "%.200s: wanted a line with the names of columns, found none",
                 name);
done:
    return st;
}

void ent_i_sweep_table_release(ent_sweep_table *table)
{
    for (size_t k = 0; table->name && k < table->columns; k++) ent_free(table->name[k]);
    ent_free(table->name);
    ent_free(table->row);
    ent_free(table->method);
    ent_free(table->hash);
    *table = (ent_sweep_table){0};
}

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        const bool both_steps = (*a == '.' || *a == '/') && (*b == '.' || *b == '/');
        if (*a != *b && !both_steps) return false;
    }
    return *a == *b;
}

ent_status ent_i_sweep_table_find(ent_ctx *ctx, const ent_sweep_table *table, const char *name,
                                  size_t *column)
{
    ent_status st = ENT_OK;
    ent_text list;
    ent_text_init(ctx, &list);
    for (size_t k = 0; k < table->columns; k++)
        if (same_name(table->name[k], name)) {
            *column = k;
            goto done;
        }
    const char *nearest =
        ent_i_json_nearest(name, table->columns, (const char *const *)table->name);
    if (nearest)
        ENT_FAIL(ctx, ENT_E_UNKNOWN, "no column is called \"%.80s\"; did you mean \"%.80s\"?", name,
                 nearest);
    for (size_t k = 0; k < table->columns; k++)
        ent_text_printf(&list, "%s%s", k ? ", " : "", table->name[k]);
    ENT_TRY(list.status);
    ENT_FAIL(ctx, ENT_E_UNKNOWN, "no column is called \"%.80s\"; there are %.600s", name,
             list.data);
done:
    ent_text_release(&list);
    return st;
}

void ent_i_sweep_table_cell(const ent_sweep_table *table, size_t row, size_t column, ent_text *out)
{
    size_t at = table->row[row];
    for (size_t c = 0; c < column; c++) take_field(table, &at, NULL);
    ent_text_add(out, "", 0);
    take_field(table, &at, out);
}

ent_status ent_i_sweep_table_numbers(ent_ctx *ctx, const ent_sweep_table *table, size_t column,
                                     double *out, size_t *words)
{
    ent_status st = ENT_OK;
    ent_text cell;
    ent_rat r = ENT_RAT_ZERO;
    ent_text_init(ctx, &cell);
    *words = 0;
    for (size_t k = 0; k < table->rows; k++) {
        ent_text_reset(&cell);
        ent_i_sweep_table_cell(table, k, column, &cell);
        ENT_TRY(cell.status);
        const bool numeral = ent_rat_parse(&r, cell.data, cell.len);
        out[k] = numeral ? ent_rat_double(&r) : (double)NAN;
        *words += !numeral && cell.len > 0 && strcmp(cell.data, "inf") != 0 &&
                  strcmp(cell.data, "-inf") != 0;
    }
done:
    ent_rat_release(&r);
    ent_text_release(&cell);
    return st;
}
