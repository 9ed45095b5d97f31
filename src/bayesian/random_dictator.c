#include "bayesian/random_dictator.h"

void ent_i_draw_free(ent_draw *d)
{
    for (int i = 0; d->dictator && i < d->size; i++) ent_i_strong_free(&d->dictator[i]);
    ent_free(d->dictator);
    ent_i_bayes_answer_free(&d->answer);
    ent_i_efficiency_free(&d->test);
    ent_i_twin_free(&d->better);
    ent_i_mechanism_free(&d->better_mechanism);
    *d = (ent_draw){0};
}

/* [Sal] (RCRD.b): mu = (1/|S|) sum of the dictators' mechanisms. */
static void average(const ent_bargain *b, const ent_draw *d, ent_rat *mu)
{
    ent_rat share = ENT_RAT_ZERO;
    ent_rat_set_ratio(&share, 1, d->size);
    for (int i = 0; i < d->size; i++) {
        const ent_bayes_mechanism *m = &d->dictator[i].mechanism;
        for (int k = 0; k < m->entries; k++) {
            int o = b->first[m->profile[k]];
            while (b->decision[o] != m->decision[k]) o++;
            ent_rat_addmul(&mu[o], &share, &m->probability.exact[k]);
        }
    }
    ent_rat_release(&share);
}

/* The draw as an answer without scales: what larger coalitions take as a threat. */
static ent_status as_answer(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *mu,
                            bool exact, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_bayes_answer a = {.coal = b->coal,
                          .exact = exact,
                          .polished = true,
                          .interims = b->interims,
                          .pairs = b->pairs,
                          .epsilon = ENT_RAT_ZERO};
    ent_rat *s = NULL;
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &a.utility));
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(a.certified = ent_rats_new(ctx, (size_t)b->interims, &st))) goto done;
    ent_i_bayes_exact_means(problem, mu, a.utility.exact, s);
    ent_i_twin_round(&a.utility);
    for (int m = 0; m < b->interims; m++) ent_rat_set(&a.certified[m], &a.utility.exact[m]);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, mu, &a.mechanism));
    *out = a;
    a = (ent_bayes_answer){0};
done:
    ent_rats_free(s, (size_t)b->pairs);
    ent_i_bayes_answer_free(&a);
    return st;
}

static ent_status judge(ent_ctx *ctx, const ent_exact_problem *problem, ent_draw *d)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *s = NULL;
    ENT_TRY(ent_i_efficiency(ctx, problem, d->answer.certified, &d->test));
    d->efficient = d->test.efficient;
    d->exact = d->exact && d->test.exact;
    if (d->efficient || !d->test.exact) goto done;
    if (!(s = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &d->better));
    ent_i_bayes_exact_means(problem, d->test.mu, d->better.exact, s);
    ent_i_twin_round(&d->better);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, d->test.mu, &d->better_mechanism));
done:
    ent_rats_free(s, (size_t)b->pairs);
    return st;
}

static ent_status all_dictators(ent_ctx *ctx, const ent_exact_problem *problem,
                                const ent_bayes_threats *threats, bool equality, ent_draw *d)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat *mu = NULL;
    for (int i = 0; i < d->size; i++) {
        const ent_strong_question question = {.problem = problem,
                                              .threat = threats->exact,
                                              .dictator = i,
                                              .equality = equality,
                                              .rough = !d->exact};
        ENT_TRY(ent_i_strong(ctx, &question, &d->dictator[i]));
        d->exact = d->exact && d->dictator[i].exact;
        if (d->dictator[i].strong) continue;
        d->missing = i;
        goto done;
    }
    d->defined = true;
    if (!(mu = ent_rats_new(ctx, (size_t)b->options, &st))) goto done;
    average(b, d, mu);
    ENT_TRY(as_answer(ctx, problem, mu, d->exact, &d->answer));
    ENT_TRY(judge(ctx, problem, d));
done:
    ent_rats_free(mu, (size_t)b->options);
    return st;
}

ent_status ent_i_draw(ent_ctx *ctx, const ent_bayes_coal *s, const ent_bayes_answer *by_mask,
                      bool equality, ent_draw *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_exact_problem problem = {0};
    ent_bayes_threats threats = {0};
    ent_bargain b;
    ent_draw d = {.missing = -1, .size = s->size};
    for (int i = 0; i < s->size && !d.smaller; i++) {
        const ent_coal rest = s->members & ~ent_coal_single(s->member[i]);
        if (!by_mask[rest].coal) d.smaller = rest;
    }
    if (!d.smaller) {
        ENT_ALLOC(ctx, d.dictator, s->size);
        ENT_TRY(ent_i_bargain_plain(ctx, s, &b));
        ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
        ENT_TRY(ent_i_threats_of(ctx, s, by_mask, &threats));
        d.exact = threats.all_exact;
        ENT_TRY(all_dictators(ctx, &problem, &threats, equality, &d));
    }
    *out = d;
    d = (ent_draw){0};
done:
    ent_i_draw_free(&d);
    ent_i_threats_free(s, &threats);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}
