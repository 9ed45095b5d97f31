/** strategic_solve.h - the methods of the strategic family as the driver calls them: model and
 * settings in, document members out. */
#ifndef ENT_STRATEGIC_SOLVE_H
#define ENT_STRATEGIC_SOLVE_H

#include "concept/threats.h"
#include "driver/family.h"
#include "model/strategic_model.h"
#include "strategic/exact_threats.h"
#include "strategic/strategic_settings.h"

/** The solvers behind the method table; `model` is an ent_strategic, `settings` an
 * ent_strategic_settings. */
ent_solve_fn ent_i_threats_solve, ent_i_coco_method, ent_i_nash_method, ent_i_perfect_method,
    ent_i_shapley_method, ent_i_banzhaf_method, ent_i_dividends_method, ent_i_harsanyi_method,
    ent_i_tu_value_solve;

/** Tables of result documents. */
ent_tables_fn ent_i_threats_tables, ent_i_coco_tables, ent_i_nash_tables, ent_i_perfect_tables,
    ent_i_shapley_tables, ent_i_banzhaf_tables, ent_i_dividends_tables, ent_i_tu_value_tables;

/** Sweeps: column names and one row. */
ent_columns_fn ent_i_threats_columns, ent_i_tu_value_columns, ent_i_coco_columns,
    ent_i_nash_columns;
ent_row_fn ent_i_threats_row, ent_i_tu_value_row, ent_i_coco_row, ent_i_nash_row;

/** The picture of `coco` and `nash`: two players' frontier, three players' hull in projection. */
ent_picture_fn ent_i_frontier_picture;

/** ent_i_need_game - refuse a model that is no game, for methods that need one. */
ent_status ent_i_need_game(ent_ctx *ctx, const ent_strategic *model, const char *method);

/** ent_i_can_be_exact - are the payoffs known exactly, and few enough? */
bool ent_i_can_be_exact(const ent_threats *threats, const ent_strategic *model,
                        const ent_strategic_settings *settings);

/** ent_i_write_scale - the certificate's "scale": the largest absolute payoff. */
void ent_i_write_scale(ent_writer *w, const ent_strategic *model);

/** Writers. A play of the coalition s by its number, its last member's action fastest; weights in
 * doubles and, where known, exactly (exact may be NULL); only positive weights are written. */
void ent_i_write_side_play(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                           int64_t play);
void ent_i_write_mix(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                     int plays, const double *weight, const ent_rat *exact);
/** {NAME: num} for the members of s; exact may be NULL. */
void ent_i_write_vector(ent_writer *w, const char *key, const ent_strategic *model, ent_coal s,
                        const double *value, const ent_rat *exact);
/** The key of a coalition, "A,B", into text (emptied first); a failure is passed on to `out`, which
 * may be NULL. */
const char *ent_i_coal_key(ent_text *out, ent_text *text, const ent_strategic *model, ent_coal s);

/** ent_i_write_conflict - one conflict: doubles from r, or exactly from g when it is not NULL. */
void ent_i_write_conflict(ent_writer *w, const char *key, const ent_strategic *model,
                          const ent_conflict *k, double value, const ent_matrix_result *r,
                          const ent_exact_game *g);

/** ent_i_write_conflicts - the object `conflicts` of a certificate: exactly, or in doubles at these
 * prices (of the payoffs that `threats` holds). least: [n] the amounts a_i u_i that were taken off
 * those payoffs, NULL for none. */
void ent_i_write_conflicts(ent_writer *w, const char *key, const ent_strategic *model,
                           ent_threats *threats, const double *prices, const double *least,
                           const ent_exact_threats *exact);

#endif
