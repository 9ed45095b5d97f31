#include "entente/bayesian.h"

#include "bayesian/neutral.h"

#include <math.h>

void ent_agreement_release(ent_agreement *a)
{
    ent_free(a->utility);
    ent_free(a->mechanism);
    ent_free(a->weight);
    ent_free(a->claim);
    ent_free(a->multiplier);
    *a = (ent_agreement){0};
}

static ent_status check_prior(ent_ctx *ctx, int player, int types, const double *prior)
{
    ent_status st = ENT_OK;
    double sum = 0.0;
    for (int t = 0; t < types; t++) {
        if (!(prior[t] > 0.0))
            ENT_FAIL(ctx, ENT_E_ARG,
                     "player %d: wanted a positive probability of type %d, found %g", player, t,
                     prior[t]);
        sum += prior[t];
    }
    if (!(fabs(sum - 1.0) <= 1e-9))
        ENT_FAIL(ctx, ENT_E_ARG, "player %d: wanted probabilities that sum to 1, found %.17g",
                 player, sum);
done:
    return st;
}

static ent_status check(ent_ctx *ctx, const ent_bargaining *p)
{
    ent_status st = ENT_OK;
    int64_t profiles = 1, interims = 0;
    ENT_REQUIRE(ctx, p && p->types && p->prior && p->utility && p->threat);
    ENT_REQUIRE(ctx,
                p->players >= 2 && p->players <= ENT_BAYESIAN_PLAYERS_MAX && p->decisions >= 1);
    for (int i = 0; i < p->players; i++) {
        ENT_REQUIRE(ctx, p->types[i] >= 1 && p->types[i] <= ENT_BAYESIAN_TYPES_MAX);
        ENT_TRY(check_prior(ctx, i, p->types[i], p->prior + interims));
        interims += p->types[i];
        profiles *= p->types[i];
        if (profiles > ENT_BAYESIAN_PROFILES_MAX)
            ENT_FAIL(ctx, ENT_E_LIMIT, "wanted at most %d profiles of types",
                     ENT_BAYESIAN_PROFILES_MAX);
    }
    if (p->players * profiles * p->decisions > ENT_BAYESIAN_NUMBERS_MAX)
        ENT_FAIL(ctx, ENT_E_LIMIT, "too many utilities");
    for (int64_t k = 0; k < p->players * profiles * p->decisions; k++)
        if (!isfinite(p->utility[k]))
            ENT_FAIL(ctx, ENT_E_ARG, "wanted finite utilities, found %g", p->utility[k]);
done:
    return st;
}

static void free_coalition(ent_bayes_coal *s)
{
    ent_free(s->member);
    ent_free(s->types);
    ent_free(s->first);
    ent_free(s->parts);
    ent_i_reals_release(&s->prior);
    ent_i_reals_release(&s->utility);
}

/* Exact probabilities that sum to 1: the last type of a player takes what the doubles leave. */
static void exact_prior(const ent_bargaining *p, int i, int first, ent_rat *q)
{
    ent_rat_set_int(&q[first + p->types[i] - 1], 1);
    for (int t = 0; t + 1 < p->types[i]; t++) {
        ent_rat_set_double(&q[first + t], p->prior[first + t]);
        ent_rat_sub(&q[first + p->types[i] - 1], &q[first + p->types[i] - 1], &q[first + t]);
    }
}

static ent_status build(ent_ctx *ctx, const ent_bargaining *p, ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    ent_rat *q = NULL;
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    *s = (ent_bayes_coal){.members = ent_coal_all(p->players),
                          .size = p->players,
                          .profiles = 1,
                          .decisions = p->decisions,
                          .own = p->decisions};
    ENT_ALLOC(ctx, s->member, s->size);
    ENT_ALLOC(ctx, s->types, s->size);
    ENT_ALLOC(ctx, s->first, s->size + 1);
    ENT_ALLOC(ctx, s->parts, s->decisions);
    for (int d = 0; d < s->decisions; d++) s->parts[d] = 1;
    for (int i = 0; i < s->size; i++) {
        s->member[i] = i;
        s->types[i] = p->types[i];
        s->first[i + 1] = s->first[i] + p->types[i];
        s->profiles *= p->types[i];
    }
    s->interims = s->first[s->size];
    ENT_TRY(ent_i_reals_new(ctx, (size_t)s->profiles, &s->prior));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)s->size * (size_t)s->decisions * (size_t)s->profiles,
                            &s->utility));
    if (!(q = ent_rats_new(ctx, (size_t)s->interims, &st))) goto done;
    for (int i = 0; i < s->size; i++) exact_prior(p, i, s->first[i], q);
    for (int t = 0; t < s->profiles; t++) {
        ent_bayes_types(s, t, type);
        ent_rat_set_int(&s->prior.exact[t], 1);
        for (int i = 0; i < s->size; i++)
            ent_rat_mul(&s->prior.exact[t], &s->prior.exact[t], &q[s->first[i] + type[i]]);
        s->prior.value[t] = ent_rat_double(&s->prior.exact[t]);
    }
    for (size_t k = 0; k < s->utility.n; k++) {
        s->utility.value[k] = p->utility[k];
        ent_rat_set_double(&s->utility.exact[k], p->utility[k]);
    }
done:
    if (q) ent_rats_free(q, (size_t)s->interims);
    return st;
}

static ent_status copy(ent_ctx *ctx, int n, const double *from, double **out)
{
    ent_status st = ENT_OK;
    ENT_ALLOC(ctx, *out, n);
    for (int k = 0; k < n; k++) (*out)[k] = from[k];
done:
    return st;
}

static ent_status hand_over(ent_ctx *ctx, const ent_bayes_answer *a, ent_agreement *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = a->coal;
    ent_agreement g = {.interims = s->interims,
                       .pairs = a->pairs,
                       .profiles = s->profiles,
                       .decisions = s->decisions,
                       .is_degenerate = a->status != ENT_BAYES_NONDEGENERATE,
                       .epsilon = ent_rat_double(&a->epsilon)};
    ENT_TRY(copy(ctx, s->interims, a->utility.value, &g.utility));
    ENT_TRY(copy(ctx, s->interims, a->weight.value, &g.weight));
    ENT_TRY(copy(ctx, s->interims, a->claim.value, &g.claim));
    ENT_TRY(copy(ctx, a->pairs, a->multiplier.value, &g.multiplier));
    ENT_ALLOC(ctx, g.mechanism, (size_t)s->profiles * (size_t)s->decisions);
    for (int k = 0; k < a->mechanism.entries; k++)
        g.mechanism[(size_t)a->mechanism.profile[k] * (size_t)s->decisions +
                    (size_t)a->mechanism.decision[k]] = a->mechanism.probability.value[k];
    *out = g;
    g = (ent_agreement){0};
done:
    ent_agreement_release(&g);
    return st;
}

ent_status ent_neutral_agreement(ent_ctx *ctx, const ent_bargaining *problem, int start,
                                 ent_agreement *out)
{
    static const ent_bayesian_settings settings = {.starts = 1,
                                                   .seed = 1,
                                                   .attempts = 12,
                                                   .theta_end = 1e-5,
                                                   .tolerance = 1e-12,
                                                   .exact_work = 0.0,
                                                   .threads = 1};
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bayes_coal coal = {0};
    ent_bayes_answer answer = {0};
    ent_rat *threat = NULL;
    ent_bargain b;
    size_t n = 0;
    ENT_REQUIRE(ctx, out && start >= 0);
    ENT_TRY(check(ctx, problem));
    ENT_TRY(build(ctx, problem, &coal));
    n = (size_t)coal.size * (size_t)coal.interims;
    if (!(threat = ent_rats_new(ctx, n, &st))) goto done;
    for (int i = 0; i < coal.size; i++)
        for (int m = 0; m < coal.interims; m++) {
            const double x = problem->threat[i * coal.interims + m];
            if (m >= coal.first[i] && m < coal.first[i + 1]) continue;
            if (!isfinite(x)) ENT_FAIL(ctx, ENT_E_ARG, "wanted finite threats, found %g", x);
            ent_rat_set_double(&threat[i * coal.interims + m], x);
        }
    ENT_TRY(ent_i_bargain_neutral(ctx, &coal, problem->threat, &b));
    ENT_TRY(ent_i_solve_bargain(ctx, &b, threat, false, &settings, start, &answer));
    ENT_TRY(hand_over(ctx, &answer, out));
done:
    ent_i_bayes_answer_free(&answer);
    if (threat) ent_rats_free(threat, n);
    free_coalition(&coal);
    ent_scratch_reset(ctx, mark);
    return st;
}
