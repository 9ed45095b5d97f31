/* From an answer with alike types merged to one with all types: see merge_types.h. */
#include "bayesian/merge_types.h"

/* Numbers by interim; with `scaled` times the type's share. */
static ent_status interims(ent_ctx *ctx, const ent_merged *m, bool scaled, const ent_rat *from,
                           ent_rat **out)
{
    ent_status st = ENT_OK;
    const int k = m->from->interims;
    if (!from) return ENT_OK;
    ent_rat *all = ent_rats_new(ctx, (size_t)k, &st);
    if (!all) goto done;
    for (int t = 0; t < k; t++) {
        ent_rat_set(&all[t], &from[m->interim[t]]);
        if (scaled) ent_rat_mul(&all[t], &all[t], &m->share[t]);
    }
    *out = all;
done:
    return st;
}

static int pair_of(const ent_bayes_coal *s, int i, int t, int tau)
{
    int first = 0;
    for (int j = 0; j < i; j++) first += s->types[j] * (s->types[j] - 1);
    return first + t * (s->types[i] - 1) + (tau < t ? tau : tau - 1);
}

/* For pair k of the whole: the merged pair, or -1 when its two types are alike. Calls with pairs in
 * order. */
static int merged_pair(const ent_merged *m, int i, int t, int tau)
{
    const int first = m->from->first[i], start = m->coal.first[i];
    const int a = m->interim[first + t] - start, b = m->interim[first + tau] - start;
    return a == b ? -1 : pair_of(&m->coal, i, a, b);
}

static int count_pairs(const ent_bayes_coal *s)
{
    int pairs = 0;
    for (int i = 0; i < s->size; i++) pairs += s->types[i] * (s->types[i] - 1);
    return pairs;
}

static ent_status pairs(ent_ctx *ctx, const ent_merged *m, const ent_rat *numbers, ent_rat **out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = m->from;
    if (!numbers) return ENT_OK;
    ent_rat *all = ent_rats_new(ctx, (size_t)count_pairs(s), &st);
    if (!all) goto done;
    for (int i = 0, k = 0; i < s->size; i++)
        for (int at = 0; at < s->types[i] * s->types[i]; at++) {
            const int t = at / s->types[i], tau = at % s->types[i];
            if (t == tau) continue;
            const int from = merged_pair(m, i, t, tau);
            if (from >= 0) {
                ent_rat_mul(&all[k], &numbers[from], &m->share[s->first[i] + t]);
                ent_rat_mul(&all[k], &all[k], &m->share[s->first[i] + tau]);
            }
            k++;
        }
    *out = all;
done:
    return st;
}

/* Doubles with their exact twins. */
static ent_status interim_twin(ent_ctx *ctx, const ent_merged *m, bool scaled, const ent_twin *twin,
                               ent_twin *out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_i_twin_new(ctx, m->from->interims, false, out));
    for (int t = 0; t < out->n; t++)
        out->value[t] = twin->value[m->interim[t]] * (scaled ? ent_rat_double(&m->share[t]) : 1.0);
    ENT_TRY(interims(ctx, m, scaled, twin->exact, &out->exact));
    ent_i_twin_round(out);
done:
    return st;
}

static ent_status pair_twin(ent_ctx *ctx, const ent_merged *m, const ent_twin *twin, ent_twin *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = m->from;
    ENT_TRY(ent_i_twin_new(ctx, count_pairs(s), false, out));
    for (int i = 0, k = 0; i < s->size; i++)
        for (int at = 0; at < s->types[i] * s->types[i]; at++) {
            const int t = at / s->types[i], tau = at % s->types[i];
            if (t == tau) continue;
            const int from = merged_pair(m, i, t, tau);
            const double share = ent_rat_double(&m->share[s->first[i] + t]) *
                                 ent_rat_double(&m->share[s->first[i] + tau]);
            out->value[k++] = from >= 0 ? twin->value[from] * share : 0.0;
        }
    ENT_TRY(pairs(ctx, m, twin->exact, &out->exact));
    ent_i_twin_round(out);
done:
    return st;
}

/* Every profile gets the lottery of the profile it was merged into. */
static ent_status mechanism(ent_ctx *ctx, const ent_merged *m, const ent_bayes_mechanism *from,
                            ent_bayes_mechanism *out)
{
    ent_status st = ENT_OK;
    ent_bayes_mechanism all = {0};
    if (!from->profile) return ENT_OK;
    for (int p = 0; p < m->from->profiles; p++)
        for (int k = 0; k < from->entries; k++) all.entries += from->profile[k] == m->profile[p];
    ENT_ALLOC(ctx, all.profile, all.entries);
    ENT_ALLOC(ctx, all.decision, all.entries);
    ENT_TRY(ent_i_twin_new(ctx, all.entries, from->probability.exact != NULL, &all.probability));
    for (int p = 0, to = 0; p < m->from->profiles; p++)
        for (int k = 0; k < from->entries; k++) {
            if (from->profile[k] != m->profile[p]) continue;
            all.profile[to] = p;
            all.decision[to] = from->decision[k];
            all.probability.value[to] = from->probability.value[k];
            if (all.probability.exact)
                ent_rat_set(&all.probability.exact[to], &from->probability.exact[k]);
            to++;
        }
    *out = all;
    all = (ent_bayes_mechanism){0};
done:
    ent_i_mechanism_free(&all);
    return st;
}

/* The orders of an expansion. */
static ent_status terms(ent_ctx *ctx, const ent_merged *m, const ent_bayes_answer *a,
                        ent_bayes_answer *b)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, b->term, a->terms);
    for (int j = 0; j < a->terms; j++) b->term[j] = (ent_bayes_term){0};
    b->terms = a->terms;
    for (int j = 0; j < a->terms; j++) {
        ENT_TRY(interims(ctx, m, true, a->term[j].weight, &b->term[j].weight));
        ENT_TRY(interims(ctx, m, false, a->term[j].claim, &b->term[j].claim));
        ENT_TRY(interims(ctx, m, true, a->term[j].residual, &b->term[j].residual));
        ENT_TRY(pairs(ctx, m, a->term[j].multiplier, &b->term[j].multiplier));
    }
done:
    return st;
}

static void swap_rationals(ent_bayes_answer *a, ent_bayes_answer *b)
{
    ent_rat_swap(&a->epsilon, &b->epsilon);
    ent_rat_swap(&a->gap, &b->gap);
    ent_rat_swap(&a->incentive, &b->incentive);
    ent_rat_swap(&a->distance, &b->distance);
    ent_rat_swap(&a->loss, &b->loss);
}

ent_status ent_i_split_answer(ent_ctx *ctx, const ent_merged *m, ent_bayes_answer *a)
{
    ent_status st = ENT_OK;
    ent_bayes_answer b = {.coal = m->from,
                          .status = a->status,
                          .proof = a->proof,
                          .exact = a->exact,
                          .polished = a->polished,
                          .start = a->start,
                          .efficient = a->efficient,
                          .interims = m->from->interims,
                          .pairs = count_pairs(m->from),
                          .epsilon = ENT_RAT_ZERO,
                          .gap = ENT_RAT_ZERO,
                          .incentive = ENT_RAT_ZERO,
                          .distance = ENT_RAT_ZERO,
                          .loss = ENT_RAT_ZERO};
    if (!m->any) goto done;
    ENT_TRY(mechanism(ctx, m, &a->mechanism, &b.mechanism));
    ENT_TRY(mechanism(ctx, m, &a->proof_mechanism, &b.proof_mechanism));
    ENT_TRY(interim_twin(ctx, m, false, &a->utility, &b.utility));
    ENT_TRY(interim_twin(ctx, m, true, &a->weight, &b.weight));
    ENT_TRY(interim_twin(ctx, m, false, &a->claim, &b.claim));
    ENT_TRY(pair_twin(ctx, m, &a->multiplier, &b.multiplier));
    ENT_TRY(interims(ctx, m, true, a->proof_weight, &b.proof_weight));
    ENT_TRY(interims(ctx, m, false, a->proof_claim, &b.proof_claim));
    ENT_TRY(interims(ctx, m, true, a->efficient_weight, &b.efficient_weight));
    ENT_TRY(interims(ctx, m, false, a->certified, &b.certified));
    ENT_TRY(pairs(ctx, m, a->efficient_multiplier, &b.efficient_multiplier));
    ENT_TRY(pairs(ctx, m, a->proof_multiplier, &b.proof_multiplier));
    ENT_TRY(terms(ctx, m, a, &b));
    swap_rationals(a, &b);
    ent_i_bayes_answer_free(a);
    *a = b;
    b = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&b);
    return st;
}
