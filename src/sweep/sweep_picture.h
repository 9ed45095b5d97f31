/** sweep_picture.h - a picture of a sweep: lines over one column, several columns or groups; or a
 * map over two axes. */
#ifndef ENT_SWEEP_PICTURE_H
#define ENT_SWEEP_PICTURE_H

#include "report/plot.h"
#include "sweep/sweep_table.h"

typedef struct ent_sweep_view {
    /* the column along the x axis; when it holds words, they stand there in order of appearance */
    const char *x;
    size_t n;
    const char *const *y; /* [n] columns; for a map only the first, along the y axis */
    const char *group;    /* one line for each of its values, or NULL */
    const char *heat;     /* the column whose value is the colour of a map, or NULL */
    bool steps;           /* values hold up to the next x */
    bool x_log, y_log;
    const char *title, *x_label, *y_label; /* NULL: names of the columns */
} ent_sweep_view;

/** ent_i_sweep_picture - Returned plot: initialised by the caller.
 * Status  ENT_E_UNKNOWN no such column; ENT_E_ARG several rows belong to one point (name the other
 *         axis as group), a map that is no full grid, more groups than can be told apart */
ent_status ent_i_sweep_picture(ent_ctx *ctx, const ent_sweep_table *table,
                               const ent_sweep_view *view, ent_plot *plot);

#endif
