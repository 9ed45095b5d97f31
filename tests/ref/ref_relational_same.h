/** ref_relational_same.h - are two contracts the same? For laws and for the ways of solving one
 * game. */
#ifndef REF_RELATIONAL_SAME_H
#define REF_RELATIONAL_SAME_H

#include "entente/relational.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/** Within `tolerance` times `scale`. */
static inline bool ref_relational_near(double a, double b, double scale, double tolerance)
{
    return fabs(a - b) <= tolerance * scale || (isinf(a) && a == b);
}

/** ref_relational_same - every number within tolerance * scale; plays and lists equal when `plays`
 * is set. */
static inline bool ref_relational_same(const ent_contract *a, const ent_contract *b, double scale,
                                       double tolerance, bool plays)
{
    const size_t n = (size_t)a->n, row = sizeof(int) * n;
    bool same = a->outcome == b->outcome && a->n == b->n && a->steps == b->steps;
    for (int k = 0; same && k < a->steps; k++)
        same = ref_relational_near(a->step[k].discount, b->step[k].discount, 1.0, tolerance) &&
               ref_relational_near(a->step[k].span, b->step[k].span, scale, tolerance) &&
               ref_relational_near(a->step[k].level, b->step[k].level, scale, tolerance);
    if (!same || a->outcome != ENT_SOLVED)
        return same && ref_relational_near(a->margin, b->margin, scale, tolerance);
    const double x[] = {a->span,       a->level, a->on_path_value, a->joint, a->extortion_level,
                        a->tie_spread, a->margin};
    const double y[] = {b->span,       b->level, b->on_path_value, b->joint, b->extortion_level,
                        b->tie_spread, b->margin};
    for (size_t k = 0; k < sizeof x / sizeof *x; k++)
        same = same && ref_relational_near(x[k], y[k], scale, tolerance);
    for (int i = 0; i < a->n; i++)
        same =
            same && ref_relational_near(a->lowest[i], b->lowest[i], scale, tolerance) &&
            ref_relational_near(a->highest[i], b->highest[i], scale, tolerance) &&
            ref_relational_near(a->gamma[i], b->gamma[i], scale, tolerance) &&
            ref_relational_near(a->payoff[i], b->payoff[i], scale, tolerance) &&
            ref_relational_near(a->payoff_least[i], b->payoff_least[i], scale, tolerance) &&
            ref_relational_near(a->payoff_most[i], b->payoff_most[i], scale, tolerance) &&
            ref_relational_near(a->payment[i], b->payment[i], scale, tolerance) &&
            ref_relational_near(a->extortion_payoff[i], b->extortion_payoff[i], scale, tolerance);
    if (!same || !plays) return same;
    return memcmp(a->play, b->play, row) == 0 &&
           memcmp(a->extortion_play, b->extortion_play, row) == 0 &&
           memcmp(a->punishment, b->punishment, row * n) == 0 &&
           memcmp(a->quiet_punishment, b->quiet_punishment, row * n) == 0 && a->ties == b->ties &&
           (a->ties == 0 || memcmp(a->tie, b->tie, row * (size_t)a->ties) == 0);
}

#endif
