/** bargain_build.h - filling a bargaining problem cell by cell; shared by the neutral and the
 * Shapley-type problems. */
#ifndef ENT_BARGAIN_BUILD_H
#define ENT_BARGAIN_BUILD_H

#include "bayesian/bargain.h"

/** ent_i_distinct - decisions of S that differ in somebody's utility in some state: numbers of the
 * first of equal ones.
 * Returned  which  out  [decisions], the first *n of them filled
 */
ent_status ent_i_distinct(ent_ctx *ctx, const ent_bayes_coal *s, int *which, int *n);

/** ent_i_bargain_frame - everything but cells: interims, pairs, scales; room for `cells`,
 * `options`, `warrants`. */
ent_status ent_i_bargain_frame(ent_ctx *ctx, const ent_bayes_coal *coal, int cells, int64_t options,
                               int warrants, ent_bargain *b);

/** ent_i_bargain_cell - append the cell of profile t of a coalition inside b->coal; warrants are
 * the caller's to append.
 * Given  which  in  [n] its distinct decisions
 */
void ent_i_bargain_cell(ent_bargain *b, const ent_bayes_coal *s, int t, int n, const int *which);

/** ent_i_bargain_warrant_add - append the warrant num/den (times q[interim] with `prior`) to the
 * last cell. */
void ent_i_bargain_warrant_add(ent_bargain *b, int interim, int64_t num, int64_t den, bool prior);

#endif
