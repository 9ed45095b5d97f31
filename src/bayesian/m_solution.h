/** m_solution.h - Myerson's (1984b) solution for the grand coalition. */
#ifndef ENT_M_SOLUTION_H
#define ENT_M_SOLUTION_H

#include "bayesian/neutral.h"

/** ent_m_solution - the answer and the virtual worths at its scales. */
typedef struct ent_m_solution {
    ent_bayes_answer answer;
    int n;               /* coalitions with two or more members, by size, then in model order */
    ent_coal *coalition; /* [n] */
    ent_twin worth;      /* [n] sum over t_S of W_S(t_S) */
} ent_m_solution;

/** ent_i_m_solution - for the coalition model->focus. Free with ent_i_m_solution_free.
 * Source Myerson, IJGT 13 (1984) 69-96, as used in [Sal] Section 1; threats without incentive
 *           constraints
 */
ent_status ent_i_m_solution(ent_ctx *ctx, const ent_bayesian *model,
                            const ent_bayesian_settings *settings, ent_m_solution *out);
void ent_i_m_solution_free(ent_m_solution *solution);

#endif
