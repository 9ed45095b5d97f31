/* What follows from an exact point: utilities, slacks, virtual utilities, claims, and whether all
 * conditions hold. */
#include "bayesian/exact_point.h"

#include "exact/bareiss.h"

#include <math.h>

ent_status ent_i_bayes_exact_point_new(ent_ctx *ctx, const ent_bargain *b, ent_exact_point *out)
{
    ent_status st = ENT_OK;
    *out = (ent_exact_point){0};
    if (!(out->mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    if (!(out->alpha = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(out->lambda = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(out->w = ent_rats_new(ctx, (size_t)b->cells, &st))) goto done;
    if (!(out->omega = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(out->u = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    if (!(out->s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
done:
    if (st != ENT_OK) ent_i_bayes_exact_point_free(b, out);
    return st;
}

void ent_i_bayes_exact_point_free(const ent_bargain *b, ent_exact_point *p)
{
    ent_rats_free(p->mu, (size_t)b->options);
    ent_rats_free(p->alpha, (size_t)b->pairs);
    ent_rats_free(p->lambda, (size_t)b->interims);
    ent_rats_free(p->w, (size_t)b->cells);
    ent_rats_free(p->omega, (size_t)b->interims);
    ent_rats_free(p->u, (size_t)b->interims);
    ent_rats_free(p->s, (size_t)b->pairs);
    *p = (ent_exact_point){0};
}

/* The mean of a under a cell's lottery. */
static void cell_mean(const ent_exact_problem *problem, const ent_rat *mu, int cell, int interim,
                      ent_rat *mean)
{
    const ent_bargain *b = problem->b;
    ent_rat_set_int(mean, 0);
    for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
        if (ent_rat_sign(&mu[o]) != 0)
            ent_rat_addmul(mean, &mu[o],
                           &problem->a[(size_t)o * (size_t)b->interims + (size_t)interim]);
}

/* [Sal] eq. (3.1), (3.2) */
void ent_i_bayes_exact_means(const ent_exact_problem *problem, const ent_rat *mu, ent_rat *u,
                             ent_rat *s)
{
    const ent_bargain *b = problem->b;
    for (int m = 0; m < b->interims; m++) ent_rat_set_int(&u[m], 0);
    for (int k = 0; k < b->pairs; k++) ent_rat_set_int(&s[k], 0);
    ent_rat mean = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
            const ent_bargain_row *row = &b->row[r];
            ent_rat *to = row->y < b->pairs ? &s[row->y] : &u[row->y - b->pairs];
            cell_mean(problem, mu, cell, row->interim, &mean);
            if (row->sign > 0.0) ent_rat_add(to, to, &mean);
            else ent_rat_sub(to, to, &mean);
        }
    ent_rat_release(&mean);
}

/* [Sal] eq. (3.6), summed over the members */
void ent_i_bayes_exact_worth(const ent_exact_problem *problem, int cell, int option,
                             const ent_rat *alpha, const ent_rat *lambda, ent_rat *out)
{
    const ent_bargain *b = problem->b;
    ent_rat_set_int(out, 0);
    for (int r = b->first_row[cell]; r < b->first_row[cell + 1]; r++) {
        const ent_bargain_row *row = &b->row[r];
        const ent_rat *y = row->y < b->pairs ? &alpha[row->y] : &lambda[row->y - b->pairs];
        const ent_rat *a = &problem->a[(size_t)option * (size_t)b->interims + (size_t)row->interim];
        if (ent_rat_sign(y) == 0 || ent_rat_sign(a) == 0) continue;
        if (row->sign > 0.0) ent_rat_addmul(out, y, a);
        else ent_rat_submul(out, y, a);
    }
}

void ent_i_bayes_exact_best(const ent_exact_problem *problem, const ent_rat *alpha,
                            const ent_rat *lambda, ent_rat *w)
{
    const ent_bargain *b = problem->b;
    ent_rat worth = ENT_RAT_ZERO;
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            ent_i_bayes_exact_worth(problem, cell, o, alpha, lambda, &worth);
            if (o == b->first[cell] || ent_rat_cmp(&worth, &w[cell]) > 0)
                ent_rat_set(&w[cell], &worth);
        }
    ent_rat_release(&worth);
}

void ent_i_bayes_exact_right(const ent_exact_problem *problem, const ent_rat *w,
                             const ent_rat *lambda, ent_rat *right)
{
    const ent_bargain *b = problem->b;
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set_int(&right[m], 0);
        for (int l = 0; l < b->interims; l++)
            ent_rat_submul(
                &right[m], &lambda[l],
                &problem->outside[(size_t)b->place[m] * (size_t)b->interims + (size_t)l]);
        ent_rat_mul(&right[m], &right[m], &problem->q[m]);
    }
    for (int cell = 0; cell < b->cells; cell++)
        for (int k = b->first_warrant[cell]; k < b->first_warrant[cell + 1]; k++)
            ent_rat_addmul(&right[b->warrant[k].interim], &problem->warrant[k], &w[cell]);
}

/* A is block diagonal, a block a player: fraction-free elimination of each. freedom = 1 when a
 * block is singular. */
static ent_status player_by_player(ent_ctx *ctx, const ent_bargain *b,
                                   const ent_exact_system *system, ent_rat *omega, int *freedom)
{
    ent_status st = ENT_OK;
    ent_rat *a = NULL, *right = NULL;
    size_t most = 0;
    for (int i = 0; i < b->coal->size; i++)
        if ((size_t)b->coal->types[i] > most) most = (size_t)b->coal->types[i];
    *freedom = 0;
    if (!(a = ent_rats_new(ctx, most * most, &st))) goto done;
    if (!(right = ent_rats_new(ctx, most, &st))) goto done;
    for (int i = 0; i < b->coal->size && *freedom == 0; i++) {
        const int n = b->coal->types[i], first = b->coal->first[i];
        bool singular = false;
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++)
                ent_rat_set(&a[r * n + c], ent_i_bayes_exact_at(system, first + r, first + c));
            ent_rat_set(&right[r], ent_i_bayes_exact_at(system, first + r, b->interims));
        }
        const ent_system block = {.n = n, .sides = 1, .a = a, .b = right};
        ENT_TRY(ent_bareiss_solve(ctx, &block, omega + first, &singular));
        if (singular) *freedom = 1;
    }
done:
    ent_rats_free(right, most);
    ent_rats_free(a, most * most);
    return st;
}

/* [Sal] eq. (4.11) */
ent_status ent_i_bayes_exact_claims(ent_ctx *ctx, const ent_exact_problem *problem,
                                    const ent_rat *alpha, const ent_rat *lambda, const ent_rat *w,
                                    const double *near, ent_rat *omega, bool *consistent,
                                    int *freedom)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_exact_system system = {0};
    ent_rat *right = NULL;
    right = ent_rats_new(ctx, (size_t)b->interims, &st);
    if (!right) goto done;
    ENT_TRY(ent_i_bayes_exact_system_new(ctx, b->interims, b->interims, &system));
    ent_i_bayes_exact_right(problem, w, lambda, right);
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set(ent_i_bayes_exact_at(&system, m, m), &lambda[m]);
        ent_rat_set(ent_i_bayes_exact_at(&system, m, b->interims), &right[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k], tau = b->pair_report[k];
        ent_rat_add(ent_i_bayes_exact_at(&system, t, t), ent_i_bayes_exact_at(&system, t, t),
                    &alpha[k]);
        ent_rat_sub(ent_i_bayes_exact_at(&system, tau, t), ent_i_bayes_exact_at(&system, tau, t),
                    &alpha[k]);
    }
    ENT_TRY(player_by_player(ctx, b, &system, omega, freedom));
    *consistent = *freedom == 0;
    if (*freedom > 0)
        ENT_TRY(ent_i_bayes_exact_solve(ctx, &system, near, 1e-9, omega, consistent, freedom));
done:
    ent_i_bayes_exact_system_free(&system);
    ent_rats_free(right, (size_t)b->interims);
    return st;
}

static bool all_at_least_zero(int n, const ent_rat *x)
{
    for (int k = 0; k < n; k++)
        if (ent_rat_sign(&x[k]) < 0) return false;
    return true;
}

static bool lotteries(const ent_bargain *b, const ent_rat *mu)
{
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    bool good = all_at_least_zero(b->options, mu);
    ent_rat_set_int(&one, 1);
    for (int cell = 0; good && cell < b->cells; cell++) {
        ent_rat_set_int(&sum, 0);
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) ent_rat_add(&sum, &sum, &mu[o]);
        good = ent_rat_equal(&sum, &one);
    }
    ent_rat_release(&one);
    ent_rat_release(&sum);
    return good;
}

/* [Sal] Proposition 1 */
bool ent_i_bayes_exact_efficient(const ent_exact_problem *problem, const ent_rat *mu,
                                 const ent_rat *s, const ent_rat *alpha, const ent_rat *lambda,
                                 ent_rat *w)
{
    const ent_bargain *b = problem->b;
    if (!lotteries(b, mu) || !all_at_least_zero(b->pairs, s) || !all_at_least_zero(b->pairs, alpha))
        return false;
    if (!all_at_least_zero(b->interims, lambda)) return false;
    for (int k = 0; k < b->pairs; k++)
        if (ent_rat_sign(&alpha[k]) > 0 && ent_rat_sign(&s[k]) > 0) return false;
    ent_i_bayes_exact_best(problem, alpha, lambda, w);
    ent_rat worth = ENT_RAT_ZERO;
    bool best = true;
    for (int cell = 0; best && cell < b->cells; cell++)
        for (int o = b->first[cell]; best && o < b->first[cell + 1]; o++) {
            if (ent_rat_sign(&mu[o]) == 0) continue;
            ent_i_bayes_exact_worth(problem, cell, o, alpha, lambda, &worth);
            best = ent_rat_equal(&worth, &w[cell]);
        }
    ent_rat_release(&worth);
    return best;
}

/* Sum of lambda is 1, and factor U >= target + omega with equality where lambda > 0:
 * [Sal] eq. (5.1) and Thm 2 (iii). */
bool ent_i_bayes_exact_balanced(const ent_exact_problem *problem, const ent_exact_point *p)
{
    const ent_bargain *b = problem->b;
    ent_rat sum = ENT_RAT_ZERO, r = ENT_RAT_ZERO;
    bool good = true;
    ent_rat_set_int(&sum, -1);
    for (int m = 0; good && m < b->interims; m++) {
        ent_rat_add(&sum, &sum, &p->lambda[m]);
        ent_rat_mul(&r, &problem->factor, &p->u[m]);
        ent_rat_sub(&r, &r, &problem->target[m]);
        ent_rat_sub(&r, &r, &p->omega[m]);
        good = ent_rat_sign(&r) == 0 || (ent_rat_sign(&r) > 0 && ent_rat_sign(&p->lambda[m]) == 0);
    }
    good = good && ent_rat_sign(&sum) == 0;
    ent_rat_release(&r);
    ent_rat_release(&sum);
    return good;
}
