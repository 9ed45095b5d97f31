/** s_search.h - scales at which there is an S-solution. */
#ifndef ENT_S_SEARCH_H
#define ENT_S_SEARCH_H

#include "bayesian/bayesian_settings.h"
#include "bayesian/s_solution.h"

/** ent_i_s_search - look for scales (lambda, alpha) of model->focus whose claims can be met.
 * What is found is decided by ent_i_s_solution in rationals; that nothing is found proves nothing.
 * Returned  out  supported, exactly or up to a shortfall of S_NEARLY of a player's range; or the
 *                last that was evaluated
 */
ent_status ent_i_s_search(ent_ctx *ctx, const ent_bayesian *model,
                          const ent_bayesian_settings *settings, ent_s_solution *out);

#endif
