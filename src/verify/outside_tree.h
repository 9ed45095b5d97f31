/** outside_tree.h - discrete offers in rationals: backward induction on the game tree, every choice
 * of both compared in every state.
 *
 * States are the offers, and "nothing", which is an offer of 0 without a chance. After a search
 * from state i with offer r on the table the best outside offer is m = max(i, X); he accepts r when
 * r >= R_m = max(y_m, k + delta W_m), else goes on or takes y_m, whichever is R_m. R does not fall
 * in m (checked), so he accepts up to some m = a, and of all r with the same a she prefers the
 * least, R_a. He accepts r without a search when r >= R_i and searching is worth no more, E
 * max(R_X, r) - c <= r: from a threshold on that is the same in all states.
 */
#ifndef ENT_OUTSIDE_TREE_H
#define ENT_OUTSIDE_TREE_H

#include "verify/outside_back.h"

typedef struct ent_outside_tree {
    ent_ctx *ctx;
    const ent_outside *m;
    const ent_back_rules *rules;
    int n, shift, periods; /* states; shift 1: state 0 is "nothing" and no offer */
    ent_rat k, r_star, one, zero, threshold;
    bool reserved; /* r* exists */
    bool monotone;
    /* [n] in the next period; when he searches and accepts up to here */
    ent_rat *next[ENT_LINE_VALUES], *search[ENT_LINE_VALUES];
    ent_rat *offer;       /* [n] R */
    ent_line_plan *plan;  /* [periods][n], cutoff by `item` */
    ent_rat *prescribed;  /* [n] of the period: the offer */
    ent_rat *reach, *now; /* [periods], [n] */
    bool deters_alone;
} ent_outside_tree;

/** ent_i_outside_worth - the offer of a state. ent_i_outside_plan - what is done in it. */
static inline const ent_rat *ent_i_outside_worth(const ent_outside_tree *t, int j)
{
    return j < t->shift ? &t->zero : &t->m->offers.atom_exact[j - t->shift];
}

static inline ent_line_plan *ent_i_outside_plan(const ent_outside_tree *t, int period, int j)
{
    return &t->plan[(size_t)(period - 1) * (size_t)t->n + (size_t)j];
}

/** ent_i_outside_tree_solve - the equilibrium of a model with discrete offers alone; release also
 * after a failure. `monotone` says whether the argument above holds, as it does for every model. */
ent_status ent_i_outside_tree_solve(ent_ctx *ctx, const ent_outside *m, const ent_back_rules *rules,
                                    ent_outside_tree *t);
void ent_i_outside_tree_release(ent_outside_tree *t);

#endif
