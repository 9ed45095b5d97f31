#include "bayesian/evidence.h"

#include "bayesian/expansion.h"

/* Rows whose residuals are 0 in all orders so far, of members with pending weights. */
static ent_status undecided(ent_ctx *ctx, const ent_expansion *x, bool *rows)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = x->problem->b;
    const size_t n = (size_t)b->interims;
    ent_rat *rest = NULL, *right = NULL;
    if (!(rest = ent_rats_new(ctx, n, &st))) goto done;
    if (!(right = ent_rats_new(ctx, n, &st))) goto done;
    for (int i = 0; i < b->coal->size; i++) {
        bool pending = false;
        for (int m = b->coal->first[i]; m < b->coal->first[i + 1]; m++)
            pending = pending || ent_i_expansion_weight_pending(x, m);
        for (int m = b->coal->first[i]; m < b->coal->first[i + 1]; m++) rows[m] = pending;
    }
    for (int j = 0; j <= x->orders; j++) {
        ent_i_expansion_residual(x, j, right, rest);
        for (size_t m = 0; m < n; m++) rows[m] = rows[m] && ent_rat_sign(&rest[m]) == 0;
    }
done:
    ent_rats_free(right, n);
    ent_rats_free(rest, n);
    return st;
}

static bool complete(const ent_expansion *x)
{
    for (int m = 0; m < x->problem->b->interims; m++)
        if (ent_i_expansion_weight_pending(x, m)) return false;
    return true;
}

static ent_status take(ent_ctx *ctx, ent_expansion *x, ent_bayes_answer *evidence)
{
    ent_status st = ENT_OK;
    ent_rat *right = ent_rats_new(ctx, (size_t)x->problem->b->interims, &st);
    if (!right) goto done;
    ENT_ALLOC(ctx, evidence->term, x->orders);
    evidence->terms = x->orders;
    for (int j = 1; j <= x->orders; j++) ent_i_expansion_residual(x, j, right, x->term[j].residual);
    for (int j = 1; j <= x->orders; j++) {
        evidence->term[j - 1] = x->term[j];
        x->term[j] = (ent_bayes_term){0};
    }
done:
    ent_rats_free(right, (size_t)x->problem->b->interims);
    return st;
}

/* One order after the other at the point's claims. */
static ent_status expand(ent_ctx *ctx, const ent_exact_problem *problem, const ent_exact_point *p,
                         ent_bayes_answer *evidence, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_expansion x = {0};
    ent_bayes_term next = {0};
    bool *rows = NULL, more = true;
    ENT_SCRATCH(ctx, rows, problem->b->interims);
    ENT_TRY(ent_i_expansion_new(ctx, problem, p, &x));
    while (more && !complete(&x) && x.orders < ENT_BAYES_TERMS_MAX) {
        ENT_TRY(undecided(ctx, &x, rows));
        ENT_TRY(ent_i_expansion_step(ctx, &x, rows, &next, &more));
        if (more) ENT_TRY(ent_i_expansion_add(ctx, &x, &next));
    }
    ENT_TRY(ent_i_expansion_proves(ctx, &x, found));
    if (*found) ENT_TRY(take(ctx, &x, evidence));
done:
    ent_i_expansion_free(&x);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_limit_evidence(ent_ctx *ctx, const ent_exact_problem *problem,
                                const ent_path_trend *path, ent_exact_point *p,
                                ent_bayes_answer *evidence, bool *found)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *level = NULL;
    bool room = false;
    ENT_SCRATCH(ctx, level, problem->b->interims);
    ENT_TRY(ent_i_free_claims(ctx, problem, NULL, p, found));
    if (*found) ENT_TRY(expand(ctx, problem, p, evidence, found));
    if (*found) goto done;
    ENT_TRY(ent_i_claim_levels(ctx, problem, p, path, level, &room));
    if (!room) goto done;
    ENT_TRY(ent_i_free_claims(ctx, problem, level, p, found));
    if (*found) ENT_TRY(expand(ctx, problem, p, evidence, found));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
