/** sweep_i.h - the inside of a sweep, shared by the files of this room. */
#ifndef ENT_SWEEP_I_H
#define ENT_SWEEP_I_H

#include "sweep/axis.h"
#include "sweep/sweep.h"

struct ent_sweep {
    ent_task task; /* the base model, its settings and method */
    int axes;
    ent_axis axis[ENT_SWEEP_AXES_MAX];
    int64_t points;
    ent_text head;
    char **column; /* [columns] of the method, over all values of axes that are no numbers */
    size_t columns, column_room;
};

/** ent_i_place - one thread's place in the grid: its own document and settings, changed from point
 * to point. */
typedef struct ent_i_place {
    const ent_sweep *sweep;
    ent_doc *doc;
    void *settings;
    int64_t at[ENT_SWEEP_AXES_MAX];           /* which value of each axis holds now; -1: none yet */
    ent_text value[ENT_SWEEP_AXES_MAX];       /* its text */
    const ent_json *node[ENT_SWEEP_AXES_MAX]; /* of numeric places in the document */
    size_t names;                             /* columns of the method here */
    size_t *column;                           /* [names] where each stands in sweep->column */
    double *number;                           /* [names] */
} ent_i_place;

ent_status ent_i_place_init(ent_ctx *ctx, const ent_sweep *sweep, ent_i_place *place);
void ent_i_place_release(ent_i_place *place);

/** ent_i_place_move - go to a point; ent_i_place_row - append its row. Failures name the point. */
ent_status ent_i_place_move(ent_ctx *ctx, ent_i_place *place, int64_t point);
ent_status ent_i_place_row(ent_ctx *ctx, ent_i_place *place, int64_t point, ent_text *out);

/** ent_i_sweep_columns - the names of the method's columns for the model at `place`,
 * tab-separated. */
ent_status ent_i_sweep_columns(ent_ctx *ctx, const ent_i_place *place, ent_text *names);

/** ent_i_sweep_index - the values of all axes at a point; the last varies fastest. */
void ent_i_sweep_index(const ent_sweep *sweep, int64_t point, int64_t index[ENT_SWEEP_AXES_MAX]);

/** ent_i_csv_field - append text as one field; ent_i_csv_number - a double, nothing for NAN. */
void ent_i_csv_field(ent_text *out, const char *text);
void ent_i_csv_number(ent_text *out, double value);
/** ent_i_csv_value - an axis value: a number as the nearest double, anything else as it is. */
void ent_i_csv_value(ent_text *out, const char *value);

#endif
