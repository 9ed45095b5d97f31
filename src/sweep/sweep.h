/** sweep.h - one method over a grid of models: on all cores, the same bytes whatever the number of
 * threads, resumable.
 *
 * What is written is a CSV file that is its own journal: a head of lines that begin with '#'
 * (method, model's hash, settings, axes), the names of the columns, one row a point, in order; the
 * last axis varies fastest. A file cut off anywhere can be continued: its head says which sweep it
 * is, and its complete rows say how far it came.
 */
#ifndef ENT_SWEEP_H
#define ENT_SWEEP_H

#include "driver/run.h"

enum { ENT_SWEEP_AXES_MAX = 16 };
#define ENT_SWEEP_POINTS_MAX INT64_C(1000000000000)

typedef struct ent_sweep ent_sweep;

/** ent_i_sweep_new - read the model and the axes.
 * Given     request  in  the model, its method and changes; borrowed for the call
 *           axes     in  1..ENT_SWEEP_AXES_MAX;  vary  in  [axes] texts as in axis.h
 * Returned  sweep    out free with ent_i_sweep_free; on error untouched
 * Status    those of ent_run; ENT_E_ARG the method gives no rows, an axis is misread, two axes are
 *           the same place; ENT_E_LIMIT more than ENT_SWEEP_POINTS_MAX points
 */
ent_status ent_i_sweep_new(ent_ctx *ctx, const ent_request *request, size_t axes,
                           const char *const *vary, ent_sweep **sweep);
void ent_i_sweep_free(ent_sweep *sweep);

int64_t ent_i_sweep_points(const ent_sweep *sweep);

/** ent_i_sweep_head - the lines above the first row, borrowed from the sweep. */
const char *ent_i_sweep_head(const ent_sweep *sweep, size_t *len);

/** ent_sweep_sink - takes the next bytes of the file; false when they could not be written. */
typedef bool ent_sweep_sink(void *user, const char *bytes, size_t len);

/** ent_i_sweep_run - compute and hand over the rows of points first, first + 1, ...
 * Given   threads  in  as the setting: 0 for all cores
 * Status  that of the first point that failed, with its place in the grid in the message; ENT_E_IO
 *         the sink refused; every batch of rows before that of this point was handed over
 * Cost    one reading of the model a point, and the method's row
 */
ent_status ent_i_sweep_run(ent_ctx *ctx, const ent_sweep *sweep, int64_t threads, int64_t first,
                           ent_sweep_sink *sink, void *user);
/** ent_i_sweep_threads - what the settings of the request say. */
int64_t ent_i_sweep_threads(const ent_sweep *sweep);

/** ent_i_sweep_resume - how much of a file that was cut off can stay.
 * Given     name  in  of the file, for messages;  text  in  [len] its bytes
 * Returned  keep  out bytes up to the end of the last complete row (0: begin anew); done out
 *                 complete rows
 * Status    ENT_E_ARG  the file is no sweep, or another one; the message shows the first line that
 *                      differs
 */
ent_status ent_i_sweep_resume(ent_ctx *ctx, const ent_sweep *sweep, const char *name, size_t len,
                              const char *text, size_t *keep, int64_t *done);

/** ent_i_sweep_unfinished - does this text begin like a sweep's file and hold fewer rows than its
 * head announces? */
bool ent_i_sweep_unfinished(size_t len, const char *text);

#endif
