/** exact_answer.h - from a polished point to an answer with an exact proof. */
#ifndef ENT_EXACT_ANSWER_H
#define ENT_EXACT_ANSWER_H

#include "bayesian/evidence.h"

/** ent_i_exact_answer - the point in rationals, its kind, and its proof: nondegenerate, isolated or
 * limit. Fractions of growing length are tried until one has a proof.
 * Given     point  in   scaled doubles
 *           path   in   the end of the path; its claims are not used, but those of the point
 * Returned  out    out  untouched when there is no such answer (irrational solutions); free with
 *                       ent_i_bayes_answer_free
 */
ent_status ent_i_exact_answer(ent_ctx *ctx, const ent_exact_problem *problem,
                              const ent_active *active, const ent_bargain_point *point,
                              const ent_path_trend *path, ent_bayes_answer *out);

#endif
