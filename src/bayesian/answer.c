#include "bayesian/answer.h"

#include <math.h>

const char *ent_i_bayes_status_word(ent_bayes_status status)
{
    switch (status) {
    case ENT_BAYES_NONDEGENERATE: return "nondegenerate";
    case ENT_BAYES_ISOLATED: return "degenerate isolated";
    case ENT_BAYES_LIMIT: break;
    }
    return "degenerate limit";
}

const char *ent_i_bayes_proof_word(ent_bayes_proof proof)
{
    switch (proof) {
    case ENT_PROOF_EXACT: return "exact";
    case ENT_PROOF_ISOLATED: return "isolated";
    case ENT_PROOF_LIMIT: return "limit";
    case ENT_PROOF_EPSILON: break;
    }
    return "epsilon";
}

ent_status ent_i_twin_new(ent_ctx *ctx, int n, bool exact, ent_twin *out)
{
    ent_status st = ENT_OK;
    ent_twin twin = {.n = n};
    ENT_ALLOC(ctx, twin.value, n);
    if (exact && !(twin.exact = ent_rats_new(ctx, (size_t)n, &st))) goto done;
    *out = twin;
    twin = (ent_twin){0};
done:
    ent_i_twin_free(&twin);
    return st;
}

void ent_i_twin_free(ent_twin *twin)
{
    ent_free(twin->value);
    ent_rats_free(twin->exact, (size_t)twin->n);
    *twin = (ent_twin){0};
}

void ent_i_twin_round(ent_twin *twin)
{
    for (int k = 0; twin->exact && k < twin->n; k++)
        twin->value[k] = ent_rat_double(&twin->exact[k]);
}

void ent_i_mechanism_free(ent_bayes_mechanism *mechanism)
{
    ent_free(mechanism->profile);
    ent_free(mechanism->decision);
    ent_i_twin_free(&mechanism->probability);
    *mechanism = (ent_bayes_mechanism){0};
}

ent_status ent_i_mechanism_of(ent_ctx *ctx, const ent_bargain *b, const double *mu,
                              const ent_rat *exact, ent_bayes_mechanism *out)
{
    ent_status st = ENT_OK;
    ent_bayes_mechanism m = {0};
    for (int o = 0; o < b->first[b->own_cells]; o++)
        m.entries += exact ? ent_rat_sign(&exact[o]) > 0 : mu[o] > 0.0;
    ENT_ALLOC(ctx, m.profile, m.entries);
    ENT_ALLOC(ctx, m.decision, m.entries);
    ENT_TRY(ent_i_twin_new(ctx, m.entries, exact != NULL, &m.probability));
    int k = 0;
    for (int cell = 0; cell < b->own_cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) {
            if (exact ? ent_rat_sign(&exact[o]) <= 0 : !(mu[o] > 0.0)) continue;
            m.profile[k] = cell;
            m.decision[k] = b->decision[o];
            m.probability.value[k] = exact ? ent_rat_double(&exact[o]) : mu[o];
            if (exact) ent_rat_set(&m.probability.exact[k], &exact[o]);
            k++;
        }
    *out = m;
    m = (ent_bayes_mechanism){0};
done:
    ent_i_mechanism_free(&m);
    return st;
}

ent_status ent_i_bayes_term_new(ent_ctx *ctx, int interims, int pairs, ent_bayes_term *out)
{
    ent_status st = ENT_OK;
    ent_bayes_term t = {0};
    if (!(t.weight = ent_rats_new(ctx, (size_t)interims, &st))) goto done;
    if (!(t.claim = ent_rats_new(ctx, (size_t)interims, &st))) goto done;
    if (!(t.residual = ent_rats_new(ctx, (size_t)interims, &st))) goto done;
    if (!(t.multiplier = ent_rats_new(ctx, (size_t)pairs, &st))) goto done;
    *out = t;
    t = (ent_bayes_term){0};
done:
    ent_i_bayes_term_free(interims, pairs, &t);
    return st;
}

void ent_i_bayes_term_free(int interims, int pairs, ent_bayes_term *t)
{
    ent_rats_free(t->weight, (size_t)interims);
    ent_rats_free(t->claim, (size_t)interims);
    ent_rats_free(t->residual, (size_t)interims);
    ent_rats_free(t->multiplier, (size_t)pairs);
    *t = (ent_bayes_term){0};
}

void ent_i_bayes_answer_free(ent_bayes_answer *a)
{
    const size_t k = (size_t)a->interims, p = (size_t)a->pairs;
    ent_i_mechanism_free(&a->mechanism);
    ent_i_twin_free(&a->utility);
    ent_i_twin_free(&a->weight);
    ent_i_twin_free(&a->claim);
    ent_i_twin_free(&a->multiplier);
    ent_rats_free(a->proof_weight, k);
    ent_rats_free(a->proof_claim, k);
    ent_rats_free(a->proof_multiplier, p);
    ent_i_mechanism_free(&a->proof_mechanism);
    for (int j = 0; j < a->terms; j++) ent_i_bayes_term_free(a->interims, a->pairs, &a->term[j]);
    ent_free(a->term);
    ent_rats_free(a->certified, k);
    ent_rat_release(&a->epsilon);
    ent_rat_release(&a->gap);
    ent_rat_release(&a->incentive);
    ent_rat_release(&a->distance);
    ent_rats_free(a->efficient_weight, k);
    ent_rats_free(a->efficient_multiplier, p);
    ent_rat_release(&a->loss);
    *a = (ent_bayes_answer){0};
}

static ent_status allocate(ent_ctx *ctx, const ent_bargain *b, bool exact, ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    *a = (ent_bayes_answer){.coal = b->coal,
                            .exact = exact,
                            .interims = b->interims,
                            .pairs = b->pairs,
                            .epsilon = ENT_RAT_ZERO,
                            .gap = ENT_RAT_ZERO,
                            .incentive = ENT_RAT_ZERO,
                            .distance = ENT_RAT_ZERO,
                            .loss = ENT_RAT_ZERO};
    ENT_TRY(ent_i_twin_new(ctx, b->interims, exact, &a->utility));
    ENT_TRY(ent_i_twin_new(ctx, b->interims, exact, &a->weight));
    ENT_TRY(ent_i_twin_new(ctx, b->interims, exact, &a->claim));
    ENT_TRY(ent_i_twin_new(ctx, b->pairs, exact, &a->multiplier));
    a->certified = ent_rats_new(ctx, (size_t)b->interims, &st);
done:
    return st;
}

ent_status ent_i_answer_exact(ent_ctx *ctx, const ent_bargain *b, const ent_exact_point *p,
                              ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    ent_bayes_answer a = {0};
    ENT_TRY(allocate(ctx, b, true, &a));
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set(&a.utility.exact[m], &p->u[m]);
        ent_rat_set(&a.weight.exact[m], &p->lambda[m]);
        ent_rat_set(&a.claim.exact[m], &p->omega[m]);
        ent_rat_set(&a.certified[m], &p->u[m]);
    }
    for (int k = 0; k < b->pairs; k++) ent_rat_set(&a.multiplier.exact[k], &p->alpha[k]);
    ent_i_twin_round(&a.utility);
    ent_i_twin_round(&a.weight);
    ent_i_twin_round(&a.claim);
    ent_i_twin_round(&a.multiplier);
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, p->mu, &a.mechanism));
    a.polished = true;
    *out = a;
    a = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&a);
    return st;
}

ent_status ent_i_answer_doubles(ent_ctx *ctx, const ent_bargain *b, const ent_active *active,
                                const ent_bargain_point *p, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bayes_answer a = {0};
    double *g = NULL, sum = 0.0;
    ent_bargain_numbers numbers;
    ENT_SCRATCH(ctx, g, b->pairs + b->interims);
    ENT_TRY(ent_i_bargain_numbers_new(ctx, b, NULL, &numbers));
    ENT_TRY(allocate(ctx, b, false, &a));
    ent_i_bargain_means(&numbers, p->mu, g);
    for (int m = 0; m < b->interims; m++) {
        const double scale = b->scale[b->place[m]];
        a.utility.value[m] = b->shift[m] + scale * g[b->pairs + m];
        a.claim.value[m] = active->open[m] >= 0 ? (double)NAN : b->shift[m] + scale * p->omega[m];
        a.weight.value[m] = fmax(0.0, p->lambda[m]) / scale;
        sum += a.weight.value[m];
    }
    for (int m = 0; m < b->interims; m++) a.weight.value[m] /= sum;
    for (int k = 0; k < b->pairs; k++)
        a.multiplier.value[k] = fmax(0.0, p->alpha[k]) / b->scale[b->place[b->pair_true[k]]] / sum;
    ENT_TRY(ent_i_mechanism_of(ctx, b, p->mu, NULL, &a.mechanism));
    *out = a;
    a = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&a);
    ent_scratch_reset(ctx, mark);
    return st;
}
