#include "sweep/sweep_picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { GROUPS_MAX = 24, WORDS_MAX = 200 };

/* The different texts of a column in order of appearance, and which of them each row has. */
typedef struct words {
    size_t n;
    char **word;   /* [n] */
    size_t *which; /* [rows] */
} words;

static void release_words(words *w)
{
    for (size_t k = 0; k < w->n; k++) ent_free(w->word[k]);
    ent_free(w->word);
    ent_free(w->which);
    *w = (words){0};
}

static ent_status read_words(ent_ctx *ctx, const ent_sweep_table *t, size_t column, size_t most,
                             words *w)
{
    ent_status st = ENT_OK;
    ent_text cell;
    ent_text_init(ctx, &cell);
    ENT_ALLOC(ctx, w->word, most);
    ENT_ALLOC(ctx, w->which, t->rows);
    for (size_t r = 0; r < t->rows; r++) {
        size_t k = 0;
        ent_text_reset(&cell);
        ent_i_sweep_table_cell(t, r, column, &cell);
        ENT_TRY(cell.status);
        while (k < w->n && strcmp(w->word[k], cell.data) != 0) k++;
        if (k == most)
            ENT_FAIL(
                ctx, ENT_E_ARG,
                "column \"%.80s\" has more than %zu different values, which no picture can tell apart",
                t->name[column], most);
        if (k == w->n) {
            w->word[k] = ent_i_strdup(ctx, cell.data, cell.len, &st);
            if (!w->word[k]) goto done;
            w->n++;
        }
        w->which[r] = k;
    }
done:
    ent_text_release(&cell);
    return st;
}

/* The x axis: numbers, or words at 1, 2, ... */
static ent_status read_x(ent_ctx *ctx, const ent_sweep_table *t, const ent_sweep_view *view,
                         double *x, ent_plot *plot)
{
    ent_status st = ENT_OK;
    size_t column = 0, other = 0;
    words w = {0};
    ENT_TRY(ent_i_sweep_table_find(ctx, t, view->x, &column));
    ENT_TRY(ent_i_sweep_table_numbers(ctx, t, column, x, &other));
    ent_plot_x(plot, view->x_label ? view->x_label : view->x, view->x_log);
    if (other == 0) return ENT_OK;
    ENT_TRY(read_words(ctx, t, column, WORDS_MAX, &w));
    for (size_t k = 0; k < w.n; k++) ent_plot_tick_word(plot, w.word[k]);
    for (size_t r = 0; r < t->rows; r++) x[r] = 1.0 + (double)w.which[r];
done:
    release_words(&w);
    return st;
}

/* Sorts n points by x: a merge, so that long sweeps in any order are no trouble. */
static void sort_points(size_t n, double *x, double *y, double *work_x, double *work_y)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * width) {
            const size_t mid = lo + width < n ? lo + width : n,
                         hi = lo + 2 * width < n ? lo + 2 * width : n;
            size_t a = lo, b = mid;
            for (size_t k = lo; k < hi; k++) {
                const size_t from = a < mid && (b >= hi || x[a] <= x[b]) ? a++ : b++;
                work_x[k] = x[from];
                work_y[k] = y[from];
            }
        }
        memcpy(x, work_x, n * sizeof *x);
        memcpy(y, work_y, n * sizeof *y);
    }
}

static ent_status check_points(ent_ctx *ctx, const ent_sweep_view *view, size_t n, const double *x)
{
    for (size_t k = 1; k < n; k++)
        if (x[k] == x[k - 1])
            return ent_i_fail(
                ctx, ENT_E_ARG,
                "several rows have %s = %g; name the column in which they differ with --group",
                view->x, x[k]);
    return ENT_OK;
}

typedef struct lines {
    const ent_sweep_table *table;
    const ent_sweep_view *view;
    ent_plot *plot;
    double *x, *y, *line_x, *line_y, *work_x, *work_y; /* [rows] each */
    words groups;
} lines;

/* One line: the rows of one group, in the order of x. */
static ent_status draw(ent_ctx *ctx, lines *l, const char *column, size_t group)
{
    ent_status st = ENT_OK;
    const ent_sweep_view *view = l->view;
    const bool grouped = view->group != NULL;
    size_t n = 0;
    ent_text name;
    ent_text_init(ctx, &name);
    for (size_t r = 0; r < l->table->rows; r++) {
        if ((grouped && l->groups.which[r] != group) || isnan(l->x[r])) continue;
        l->line_x[n] = l->x[r];
        l->line_y[n++] = l->y[r];
    }
    sort_points(n, l->line_x, l->line_y, l->work_x, l->work_y);
    ENT_TRY(check_points(ctx, view, n, l->line_x));
    if (!grouped || view->n > 1) ent_text_puts(&name, column);
    if (grouped)
        ent_text_printf(&name, "%s%s = %s", view->n > 1 ? ", " : "", view->group,
                        l->groups.word[group]);
    ENT_TRY(name.status);
    if (view->steps) ent_plot_steps(l->plot, name.data, (int)n, l->line_x, l->line_y);
    else if (l->plot->ticks > 0 && view->n == 1 && !grouped)
        ent_plot_bars(l->plot, name.data, (int)n, l->line_y);
    else if (l->plot->ticks > 0) ent_plot_points(l->plot, name.data, (int)n, l->line_x, l->line_y);
    else ent_plot_line(l->plot, name.data, (int)n, l->line_x, l->line_y);
    ENT_TRY(l->plot->status);
done:
    ent_text_release(&name);
    return st;
}

/* "level", "level, payments" */
static ent_status label_y(ent_ctx *ctx, const ent_sweep_view *view, ent_plot *plot)
{
    ent_text label;
    ent_text_init(ctx, &label);
    for (size_t k = 0; k < view->n && k < 4; k++)
        ent_text_printf(&label, "%s%s", k ? ", " : "", k == 3 ? "..." : view->y[k]);
    const ent_status st = label.status;
    if (st == ENT_OK) ent_plot_y(plot, view->y_label ? view->y_label : label.data, view->y_log);
    ent_text_release(&label);
    return st;
}

static ent_status draw_lines(ent_ctx *ctx, const ent_sweep_table *table, const ent_sweep_view *view,
                             ent_plot *plot)
{
    ent_status st = ENT_OK;
    lines l = {.table = table, .view = view, .plot = plot};
    const ent_mark mark = ent_scratch_mark(ctx);
    size_t column = 0, other = 0;
    ENT_SCRATCH(ctx, l.x, table->rows);
    ENT_SCRATCH(ctx, l.y, table->rows);
    ENT_SCRATCH(ctx, l.line_x, table->rows);
    ENT_SCRATCH(ctx, l.line_y, table->rows);
    ENT_SCRATCH(ctx, l.work_x, table->rows);
    ENT_SCRATCH(ctx, l.work_y, table->rows);
    ENT_TRY(read_x(ctx, table, view, l.x, plot));
    ENT_TRY(label_y(ctx, view, plot));
    if (view->group) {
        ENT_TRY(ent_i_sweep_table_find(ctx, table, view->group, &column));
        ENT_TRY(read_words(ctx, table, column, GROUPS_MAX, &l.groups));
    }
    for (size_t k = 0; k < view->n; k++) {
        ENT_TRY(ent_i_sweep_table_find(ctx, table, view->y[k], &column));
        ENT_TRY(ent_i_sweep_table_numbers(ctx, table, column, l.y, &other));
        if (other > 0)
            ENT_FAIL(ctx, ENT_E_ARG,
                     "column \"%s\" holds words, which cannot be drawn along the y axis",
                     table->name[column]);
        for (size_t g = 0; g < (view->group ? l.groups.n : 1); g++)
            ENT_TRY(draw(ctx, &l, view->y[k], g));
    }
done:
    release_words(&l.groups);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* The different numbers of a column, increasing. */
static size_t distinct(size_t n, const double *x, double *out, double *work_a, double *work_b,
                       double *work_c)
{
    size_t used = 0;
    memcpy(out, x, n * sizeof *x);
    memcpy(work_a, x, n * sizeof *x);
    sort_points(n, out, work_a, work_b, work_c);
    for (size_t k = 0; k < n; k++)
        if (used == 0 || out[k] != out[used - 1]) out[used++] = out[k];
    return used;
}

static size_t place_of(size_t n, const double *sorted, double x)
{
    size_t lo = 0, hi = n;
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;
        if (sorted[mid] <= x) lo = mid;
        else hi = mid;
    }
    return lo;
}

/* The outer edges of cells whose centres are evenly spaced; false when they are not. */
static bool edges(size_t n, const double *centre, double *lo, double *hi)
{
    const double half = n > 1 ? (centre[n - 1] - centre[0]) / (2.0 * (double)(n - 1)) : 0.5;
    *lo = centre[0] - half;
    *hi = centre[n - 1] + half;
    for (size_t k = 1; k < n; k++)
        if (!(fabs(centre[k] - centre[k - 1] - 2.0 * half) <= 1e-6 * half)) return n < 2;
    return true;
}

static ent_status draw_map(ent_ctx *ctx, const ent_sweep_table *t, const ent_sweep_view *view,
                           ent_plot *plot)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *column[3] = {NULL}, *axis[2] = {NULL}, *work[3] = {NULL}, *value = NULL, rectangle[4];
    const char *const names[3] = {view->x, view->y[0], view->heat};
    size_t index = 0, other[3] = {0}, n[2];
    words classes = {0};
    for (int c = 0; c < 3; c++) {
        ENT_SCRATCH(ctx, column[c], t->rows);
        ENT_SCRATCH(ctx, work[c], t->rows);
        ENT_TRY(ent_i_sweep_table_find(ctx, t, names[c], &index));
        ENT_TRY(ent_i_sweep_table_numbers(ctx, t, index, column[c], &other[c]));
        if (c < 2 && other[c] > 0)
            ENT_FAIL(ctx, ENT_E_ARG, "column \"%s\" holds words; the axes of a map are numbers",
                     names[c]);
    }
    if (view->x_log || view->y_log) ENT_FAIL(ctx, ENT_E_ARG, "a map has no logarithmic axes");
    if (t->rows == 0) ENT_FAIL(ctx, ENT_E_ARG, "there are no rows to draw");
    for (int c = 0; c < 2; c++) {
        ENT_SCRATCH(ctx, axis[c], t->rows);
        n[c] = distinct(t->rows, column[c], axis[c], work[0], work[1], work[2]);
        if (!edges(n[c], axis[c], &rectangle[2 * c], &rectangle[2 * c + 1]))
            ENT_FAIL(ctx, ENT_E_ARG, "the values of %s are not evenly spaced, as a map wants them",
                     names[c]);
    }
    if (n[0] * n[1] != t->rows)
        ENT_FAIL(ctx, ENT_E_ARG, "a map wants one row for each of %zu x %zu points, found %zu rows",
                 n[0], n[1], t->rows);
    if (other[2] > 0) ENT_TRY(read_words(ctx, t, index, GROUPS_MAX, &classes));
    ENT_SCRATCH(ctx, value, t->rows);
    for (size_t r = 0; r < t->rows; r++)
        value[place_of(n[1], axis[1], column[1][r]) * n[0] +
              place_of(n[0], axis[0], column[0][r])] =
            other[2] > 0 ? (double)classes.which[r] : column[2][r];
    ent_plot_x(plot, view->x_label ? view->x_label : view->x, false);
    ent_plot_y(plot, view->y_label ? view->y_label : view->y[0], false);
    ent_plot_heat(plot, view->heat, (int)n[0], (int)n[1], rectangle, value, (int)classes.n,
                  (const char *const *)classes.word);
    ENT_TRY(plot->status);
done:
    release_words(&classes);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_sweep_picture(ent_ctx *ctx, const ent_sweep_table *table,
                               const ent_sweep_view *view, ent_plot *plot)
{
    ent_status st = ENT_OK;
    ENT_REQUIRE(ctx, view->x && view->n >= 1);
    if (table->rows > INT32_MAX / 2)
        ENT_FAIL(ctx, ENT_E_LIMIT, "too many rows for a picture: %zu", table->rows);
    if (view->title) ent_plot_title(plot, view->title);
    if (view->heat) ENT_TRY(draw_map(ctx, table, view, plot));
    else ENT_TRY(draw_lines(ctx, table, view, plot));
    if (*table->hash)
        ent_plot_caption(plot, "%s; model %.16s (SHA-256)", table->method, table->hash);
    ENT_TRY(plot->status);
done:
    return st;
}
