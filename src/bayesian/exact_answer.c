#include "bayesian/exact_answer.h"

#include "bayesian/efficiency.h"
#include "bayesian/simple_mechanism.h"

/* Replace lotteries that are not efficient by better ones: weights stay those of an optimum, so
 * only types without weight can gain (needed with informational outside options,
 * docs/errata.md). */
static ent_status complete(ent_ctx *ctx, const ent_exact_problem *problem, ent_exact_point *p,
                           ent_efficiency *e)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_efficiency(ctx, problem, p->u, e));
    if (!e->exact || e->efficient) goto done;
    for (int o = 0; o < problem->b->first[problem->b->own_cells]; o++)
        ent_rat_set(&p->mu[o], &e->mu[o]);
    ent_i_efficiency_free(e);
    ent_i_bayes_exact_means(problem, p->mu, p->u, p->s);
    ENT_TRY(ent_i_efficiency(ctx, problem, p->u, e));
    if (!ent_i_bayes_exact_efficient(problem, p->mu, p->s, p->alpha, p->lambda, p->w) ||
        !ent_i_bayes_exact_balanced(problem, p))
        e->efficient = false;
done:
    return st;
}

/* The proof of an exact point with vanishing weights; *out stays empty when there is none. */
static ent_status degenerate(ent_ctx *ctx, const ent_exact_problem *problem, ent_exact_point *p,
                             const ent_path_trend *path, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_efficiency e = {0};
    ent_bayes_answer evidence = {
        .interims = b->interims, .pairs = b->pairs, .epsilon = ENT_RAT_ZERO};
    bool found = false, consistent = false;
    int freedom = 0;
    ENT_TRY(complete(ctx, problem, p, &e));
    if (!e.exact || !e.efficient) goto done;
    ENT_TRY(ent_i_bayes_exact_claims(ctx, problem, p->alpha, p->lambda, p->w, path->claim, p->omega,
                                     &consistent, &freedom));
    if (freedom > 0) ENT_TRY(ent_i_limit_evidence(ctx, problem, path, p, &evidence, &found));
    if ((freedom > 0 && !found) || !consistent || !ent_i_bayes_exact_balanced(problem, p))
        goto done;
    ENT_TRY(ent_i_simple_mechanism(ctx, problem, p));
    ENT_TRY(ent_i_answer_exact(ctx, b, p, out));
    out->status = freedom > 0 ? ENT_BAYES_LIMIT : ENT_BAYES_ISOLATED;
    out->proof = freedom > 0 ? ENT_PROOF_LIMIT : ENT_PROOF_ISOLATED;
    out->efficient = true;
    out->proof_weight = e.lambda, e.lambda = NULL;
    out->proof_multiplier = e.alpha, e.alpha = NULL;
    out->terms = evidence.terms, evidence.terms = 0;
    out->term = evidence.term, evidence.term = NULL;
done:
    ent_i_bayes_answer_free(&evidence);
    ent_i_efficiency_free(&e);
    return st;
}

static ent_status nondegenerate(ent_ctx *ctx, const ent_exact_problem *problem, ent_exact_point *p,
                                ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_simple_mechanism(ctx, problem, p));
    ENT_TRY(ent_i_answer_exact(ctx, problem->b, p, out));
    out->status = ENT_BAYES_NONDEGENERATE;
    out->proof = ENT_PROOF_EXACT;
    out->efficient = true;
done:
    return st;
}

ent_status ent_i_exact_answer(ent_ctx *ctx, const ent_exact_problem *problem,
                              const ent_active *active, const ent_bargain_point *point,
                              const ent_path_trend *path, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bargain *b = problem->b;
    ent_exact_point p = {0};
    ent_bayes_answer a = {0};
    bool found = true;
    int attempt = 0;
    double *claim = NULL;
    ENT_SCRATCH(ctx, claim, b->interims);
    for (int m = 0; m < b->interims; m++)
        claim[m] = b->shift[m] + b->scale[b->place[m]] * point->omega[m];
    ent_path_trend trend = *path;
    trend.claim = claim;
    ENT_TRY(ent_i_bayes_exact_point_new(ctx, b, &p));
    while (found && !a.coal) {
        ENT_TRY(ent_i_bayes_exact_lift(ctx, problem, active, point, &attempt, &p, &found));
        bool positive = true;
        for (int m = 0; found && m < b->interims; m++)
            positive = positive && ent_rat_sign(&p.lambda[m]) > 0;
        if (found && positive) ENT_TRY(nondegenerate(ctx, problem, &p, &a));
        else if (found) ENT_TRY(degenerate(ctx, problem, &p, &trend, &a));
    }
    if (!a.coal) goto done;
    *out = a;
    a = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&a);
    ent_i_bayes_exact_point_free(b, &p);
    ent_scratch_reset(ctx, mark);
    return st;
}
