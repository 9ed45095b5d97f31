/* What a file that was cut off still holds. */
#include "sweep/sweep_i.h"

#include <stdio.h>
#include <string.h>

static const char first_words[] = "# entente sweep of ";

/* The byte after the row that begins here, or NULL when the row is not complete; line breaks in
 * quotes belong to it. */
static const char *row_end(const char *at, const char *end)
{
    bool quoted = false;
    for (; at < end; at++) {
        if (*at == '"') quoted = !quoted;
        else if (*at == '\n' && !quoted) return at + 1;
    }
    return NULL;
}

static ent_status differs(ent_ctx *ctx, const ent_sweep *sweep, const char *name, size_t len,
                          const char *text)
{
    const char *head = sweep->head.data;
    size_t line = 0;
    for (size_t k = 0; k < len && k < sweep->head.len && text[k] == head[k]; k++)
        if (head[k] == '\n') line = k + 1;
    const char *stop = memchr(text + line, '\n', len - line);
    const size_t have_len = stop ? (size_t)(stop - (text + line)) : len - line;
    const int have = have_len > 200 ? 200 : (int)have_len, want = (int)strcspn(head + line, "\n");
    return ent_i_fail(ctx, ENT_E_ARG,
                      "%.200s holds another sweep: it says \"%.*s\", and this sweep \"%.*s\"", name,
                      have, text + line, want > 200 ? 200 : want, head + line);
}

/* Does the row begin with the axis values of this point? */
static ent_status is_row_of(ent_ctx *ctx, const ent_sweep *sweep, int64_t point, const char *row,
                            const char *end, ent_text *work, bool *same)
{
    ent_status st = ENT_OK;
    ent_text value;
    int64_t index[ENT_SWEEP_AXES_MAX];
    ent_text_init(ctx, &value);
    ent_text_reset(work);
    ent_i_sweep_index(sweep, point, index);
    for (int a = 0; a < sweep->axes; a++) {
        ent_text_reset(&value);
        ENT_TRY(ent_i_axis_value(ctx, &sweep->axis[a], index[a], &value));
        ent_i_csv_value(work, value.data);
        ent_text_putc(work, ',');
    }
    ENT_TRY(work->status);
    *same = (size_t)(end - row) >= work->len && memcmp(row, work->data, work->len) == 0;
done:
    ent_text_release(&value);
    return st;
}

ent_status ent_i_sweep_resume(ent_ctx *ctx, const ent_sweep *sweep, const char *name, size_t len,
                              const char *text, size_t *keep, int64_t *done)
{
    ent_status st = ENT_OK;
    ent_text work;
    int64_t rows = 0;
    const size_t head = sweep->head.len, common = len < head ? len : head;
    ent_text_init(ctx, &work);
    if (common && memcmp(text, sweep->head.data, common) != 0)
        return differs(ctx, sweep, name, len, text);
    const char *at = text + common, *const end = text + len;
    for (const char *next = row_end(at, end); next && len > head; next = row_end(at, end)) {
        bool same = false;
        if (rows == sweep->points)
            ENT_FAIL(ctx, ENT_E_ARG, "%.200s: more than the sweep's %lld rows", name,
                     (long long)rows);
        ENT_TRY(is_row_of(ctx, sweep, rows, at, next, &work, &same));
        if (!same)
            ENT_FAIL(
                ctx, ENT_E_ARG,
                "%.200s: row %lld should begin with \"%.80s\"; it was changed since it was written",
                name, (long long)rows + 1, work.data);
        rows++;
        at = next;
    }
    *keep = len < head ? 0 : (size_t)(at - text);
    *done = rows;
done:
    ent_text_release(&work);
    return st;
}

bool ent_i_sweep_unfinished(size_t len, const char *text)
{
    long long points = 0, rows = 0;
    char number[24] = "";
    const size_t skip = sizeof first_words - 1;
    if (len < skip || memcmp(text, first_words, skip) != 0) return false;
    memcpy(number, text + skip, len - skip < sizeof number - 1 ? len - skip : sizeof number - 1);
    if (sscanf(number, "%lld", &points) != 1) return false;
    const char *at = text, *const end = text + len;
    for (const char *next = row_end(at, end); next; next = row_end(at, end)) {
        rows += *at != '#';
        at = next;
    }
    return rows < points + 1; /* the names of the columns are a row too */
}
