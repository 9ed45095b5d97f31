/* How high claims that the warrant equations leave free may be: those at the end of a path, and
 * above them a part of the room below factor U - target, divided so that the residuals there become
 * positive. */
#include "bayesian/evidence.h"

#include <math.h>

/* The part of the room that is used. */
static const double share_of_room = 0.5;

/* A(lambda, alpha) of one player, and the priors. */
static void system_of(const ent_bargain *b, int i, const ent_path_trend *path, double *a,
                      double *side)
{
    const int n = b->coal->types[i], first = b->coal->first[i];
    for (int k = 0; k < n * n; k++) a[k] = 0.0;
    for (int t = 0; t < n; t++) {
        a[t * n + t] = path->lambda[first + t];
        side[t] = b->q[first + t];
    }
    for (int k = 0; k < b->pairs; k++) {
        if (b->place[b->pair_true[k]] != i) continue;
        const int t = b->pair_true[k] - first, tau = b->pair_report[k] - first;
        a[t * n + t] += path->alpha[k];
        a[tau * n + t] -= path->alpha[k];
    }
}

/* Diagonally dominant by columns: elimination in order is stable. */
static void eliminate(int n, double *a, double *x)
{
    for (int c = 0; c < n; c++)
        for (int r = 0; r < n; r++) {
            if (r == c || a[r * n + c] == 0.0) continue;
            const double factor = a[r * n + c] / a[c * n + c];
            for (int q = c; q < n; q++) a[r * n + q] -= factor * a[c * n + q];
            x[r] -= factor * x[c];
        }
    for (int c = 0; c < n; c++) x[c] /= a[c * n + c];
}

ent_status ent_i_claim_levels(ent_ctx *ctx, const ent_exact_problem *problem,
                              const ent_exact_point *p, const ent_path_trend *path, double *level,
                              bool *room)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    double *a = NULL, *rise = NULL, most = HUGE_VAL;
    ent_rat r = ENT_RAT_ZERO;
    ENT_SCRATCH(ctx, a, b->interims * b->interims);
    ENT_SCRATCH(ctx, rise, b->interims);
    for (int i = 0; i < b->coal->size; i++) {
        system_of(b, i, path, a, rise + b->coal->first[i]);
        eliminate(b->coal->types[i], a, rise + b->coal->first[i]);
    }
    for (int m = 0; m < b->interims; m++) {
        ent_rat_mul(&r, &problem->factor, &p->u[m]);
        ent_rat_sub(&r, &r, &problem->target[m]);
        if (ent_rat_sign(&p->lambda[m]) == 0)
            most = fmin(most, (ent_rat_double(&r) - path->claim[m]) / rise[m]);
    }
    *room = most > 0.0;
    for (int m = 0; m < b->interims; m++)
        level[m] = path->claim[m] + share_of_room * most * rise[m];
done:
    ent_rat_release(&r);
    ent_scratch_reset(ctx, mark);
    return st;
}
