/* Claims where A is singular. A *closed class* is a set of types of one player without weight whose
 * multipliers lead to each other and nowhere else. The columns of A inside it sum to 0: its claims
 * are determined up to a positive vector, the flow that the multipliers keep in balance. Every
 * class is raised until its first type's claim is at a given level, or one of its claims reaches
 * factor U - target. */
#include "bayesian/evidence.h"

#include "exact/bareiss.h"

#include <math.h>

typedef struct classes {
    int types, first, n;
    /* [types][types] multipliers lead from one type to another; every type leads to itself */
    bool *leads;
    int *of;     /* [types] number of the closed class, -1 for none */
    int *leader; /* [types] first member of each class */
} classes;

static void reach(const ent_bargain *b, const ent_exact_point *p, classes *c)
{
    const int n = c->types;
    for (int k = 0; k < n * n; k++) c->leads[k] = k / n == k % n;
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k] - c->first, tau = b->pair_report[k] - c->first;
        if (t >= 0 && t < n && ent_rat_sign(&p->alpha[k]) > 0) c->leads[t * n + tau] = true;
    }
    for (int via = 0; via < n; via++)
        for (int k = 0; k < n * n; k++)
            c->leads[k] = c->leads[k] || (c->leads[k / n * n + via] && c->leads[via * n + k % n]);
}

/* A type is in a closed class when all types it leads to lead back and have no weight. */
static void find_classes(const ent_bargain *b, const ent_exact_point *p, classes *c)
{
    const int n = c->types;
    reach(b, p, c);
    c->n = 0;
    for (int t = 0; t < n; t++) {
        bool closed = true;
        int same = t;
        for (int tau = 0; tau < n; tau++) {
            if (!c->leads[t * n + tau]) continue;
            closed =
                closed && c->leads[tau * n + t] && ent_rat_sign(&p->lambda[c->first + tau]) == 0;
            if (tau < same) same = tau;
        }
        c->of[t] = !closed ? -1 : same < t ? c->of[same] : c->n;
        if (closed && same == t) c->leader[c->n++] = t;
    }
}

/* The system of one player with the leaders' rows replaced: claims with leaders at 0, and one
 * balanced flow a class. */
static ent_status flows(ent_ctx *ctx, const ent_bargain *b, const ent_exact_point *p,
                        const classes *c, const ent_rat *right, ent_rat *out, bool *singular)
{
    ent_status st = ENT_OK;
    const int n = c->types, sides = 1 + c->n;
    const size_t cells = (size_t)n * (size_t)n, results = (size_t)n * (size_t)sides;
    ent_rat *a = NULL, *side = NULL;
    if (!(a = ent_rats_new(ctx, cells, &st))) goto done;
    if (!(side = ent_rats_new(ctx, results, &st))) goto done;
    for (int t = 0; t < n; t++) {
        ent_rat_set(&a[t * n + t], &p->lambda[c->first + t]);
        ent_rat_set(&side[t * sides], &right[c->first + t]);
    }
    for (int k = 0; k < b->pairs; k++) {
        const int t = b->pair_true[k] - c->first, tau = b->pair_report[k] - c->first;
        if (t < 0 || t >= n) continue;
        ent_rat_add(&a[t * n + t], &a[t * n + t], &p->alpha[k]);
        ent_rat_sub(&a[tau * n + t], &a[tau * n + t], &p->alpha[k]);
    }
    for (int q = 0; q < c->n; q++) {
        for (int tau = 0; tau < n; tau++)
            ent_rat_set_int(&a[c->leader[q] * n + tau], tau == c->leader[q]);
        ent_rat_set_int(&side[c->leader[q] * sides], 0);
        ent_rat_set_int(&side[c->leader[q] * sides + 1 + q], 1);
    }
    const ent_system system = {.n = n, .sides = sides, .a = a, .b = side};
    ENT_TRY(ent_bareiss_solve(ctx, &system, out, singular));
done:
    ent_rats_free(side, results);
    ent_rats_free(a, cells);
    return st;
}

/* How far class q can be raised: the least of (factor U - target - claim) / flow over its types. */
static void rise_of(const ent_exact_problem *problem, const ent_exact_point *p, const classes *c,
                    int q, const ent_rat *x, ent_rat *rise)
{
    const int sides = 1 + c->n;
    ent_rat room = ENT_RAT_ZERO;
    for (int t = 0; t < c->types; t++) {
        if (c->of[t] != q) continue;
        ent_rat_mul(&room, &problem->factor, &p->u[c->first + t]);
        ent_rat_sub(&room, &room, &problem->target[c->first + t]);
        ent_rat_sub(&room, &room, &x[t * sides]);
        ent_rat_div(&room, &room, &x[t * sides + 1 + q]);
        if (t == c->leader[q] || ent_rat_cmp(&room, rise) < 0) ent_rat_set(rise, &room);
    }
    ent_rat_release(&room);
}

/* The leader's claim is the rise itself. Levels become fractions with this relative error. */
static const double nearness = 1e-6;

static void lower_to(double level, ent_rat *rise)
{
    ent_rat wanted = ENT_RAT_ZERO;
    ent_i_recognise(level, fabs(level) * nearness, &wanted);
    if (ent_rat_cmp(&wanted, rise) < 0) ent_rat_set(rise, &wanted);
    ent_rat_release(&wanted);
}

static ent_status one_player(ent_ctx *ctx, const ent_exact_problem *problem, ent_exact_point *p,
                             const ent_rat *right, const double *level, classes *c, bool *found)
{
    ent_status st = ENT_OK;
    ent_rat rise = ENT_RAT_ZERO;
    bool singular = false;
    find_classes(problem->b, p, c);
    const int sides = 1 + c->n;
    const size_t results = (size_t)c->types * (size_t)sides;
    ent_rat *x = ent_rats_new(ctx, results, &st);
    if (!x) goto done;
    ENT_TRY(flows(ctx, problem->b, p, c, right, x, &singular));
    *found = *found && !singular;
    for (int t = 0; *found && t < c->types; t++)
        ent_rat_set(&p->omega[c->first + t], &x[t * sides]);
    for (int q = 0; *found && q < c->n; q++) {
        rise_of(problem, p, c, q, x, &rise);
        if (level) lower_to(level[c->first + c->leader[q]], &rise);
        for (int t = 0; t < c->types; t++)
            ent_rat_addmul(&p->omega[c->first + t], &rise, &x[t * sides + 1 + q]);
    }
done:
    ent_rats_free(x, results);
    ent_rat_release(&rise);
    return st;
}

/* The equations of the leaders were left out. */
static ent_status holds(ent_ctx *ctx, const ent_bargain *b, const ent_exact_point *p,
                        const ent_rat *right, bool *found)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)b->interims;
    ent_rat *left = ent_rats_new(ctx, n, &st);
    if (!left) goto done;
    for (size_t m = 0; m < n; m++) ent_rat_mul(&left[m], &p->lambda[m], &p->omega[m]);
    for (int k = 0; k < b->pairs; k++) {
        ent_rat_addmul(&left[b->pair_true[k]], &p->alpha[k], &p->omega[b->pair_true[k]]);
        ent_rat_submul(&left[b->pair_report[k]], &p->alpha[k], &p->omega[b->pair_true[k]]);
    }
    for (size_t m = 0; m < n; m++) *found = *found && ent_rat_equal(&left[m], &right[m]);
done:
    ent_rats_free(left, n);
    return st;
}

ent_status ent_i_free_claims(ent_ctx *ctx, const ent_exact_problem *problem, const double *level,
                             ent_exact_point *p, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    const ent_bayes_coal *s = b->coal;
    ent_rat *right = NULL;
    classes c = {0};
    int most = 1;
    for (int i = 0; i < s->size; i++)
        if (s->types[i] > most) most = s->types[i];
    ENT_SCRATCH(ctx, c.leads, most * most);
    ENT_SCRATCH(ctx, c.of, most);
    ENT_SCRATCH(ctx, c.leader, most);
    if (!(right = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    ent_i_bayes_exact_right(problem, p->w, p->lambda, right);
    *found = true;
    for (int i = 0; *found && i < s->size; i++) {
        c.types = s->types[i];
        c.first = s->first[i];
        ENT_TRY(one_player(ctx, problem, p, right, level, &c, found));
    }
    if (*found) ENT_TRY(holds(ctx, b, p, right, found));
done:
    ent_rats_free(right, (size_t)b->interims);
    ent_scratch_reset(ctx, mark);
    return st;
}
