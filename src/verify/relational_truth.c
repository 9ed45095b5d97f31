#include "verify/relational_truth.h"

ent_status ent_i_truth_new(ent_ctx *ctx, int n, ent_truth **out)
{
    ent_status st = ENT_OK;
    ent_truth *truth = NULL;
    ENT_ALLOC(ctx, truth, 1);
    truth->n = n;
    ent_rat *const numbers[] = {&truth->span,  &truth->budget, &truth->level,     &truth->m,
                                &truth->joint, &truth->total,  &truth->extortion, &truth->payments};
    ent_rat **const lists[] = {&truth->gamma,  &truth->highest, &truth->least,
                               &truth->lowest, &truth->payoff,  &truth->payment};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) ent_rat_init(numbers[k]);
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        *lists[k] = ent_rats_new(ctx, (size_t)n, &st);
        if (!*lists[k]) goto done;
    }
    *out = truth;
    truth = NULL;
done:
    ent_i_truth_free(truth);
    return st;
}

void ent_i_truth_free(ent_truth *truth)
{
    if (!truth) return;
    ent_rat *const numbers[] = {&truth->span,  &truth->budget, &truth->level,     &truth->m,
                                &truth->joint, &truth->total,  &truth->extortion, &truth->payments};
    ent_rat *const lists[] = {truth->gamma,  truth->highest, truth->least,
                              truth->lowest, truth->payoff,  truth->payment};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) ent_rat_release(numbers[k]);
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
        ent_rats_free(lists[k], (size_t)truth->n);
    ent_free(truth);
}

void ent_i_truth_of_span(const ent_maps *maps, ent_truth *truth)
{
    const ent_common *common = maps->common;
    ent_rat_set(&truth->m, ent_i_stairs_best(&maps->k, &truth->budget));
    ent_rat_set(&truth->total, ent_i_stairs_best(&common->total, &truth->budget));
    ent_rat_set(&truth->extortion, &truth->total);
    for (int i = 0; i < truth->n; i++) {
        ent_rat_neg(&truth->least[i], ent_i_stairs_best(&common->reply[i], &truth->budget));
        if (ent_coal_has(maps->rules.coalition, i))
            ent_rat_set(&truth->gamma[i], ent_i_stairs_best(&maps->gamma[i], &truth->budget));
        else ent_rat_sub(&truth->extortion, &truth->extortion, &truth->least[i]);
    }
}

/* [MW25] Thm 5, eq. (8) and docs/relational.md Prop. A: (1 - delta (1-rho)) M + delta (1-rho) E +
 * delta rho tau */
void ent_i_truth_level(const ent_rules *rules, const ent_rat *m, const ent_rat *extortion,
                       const ent_rat *tau, ent_rat *level)
{
    ent_rat quiet = ENT_RAT_ZERO, often = ENT_RAT_ZERO;
    ent_rat_mul(&often, rules->delta, rules->rho);
    ent_rat_sub(&quiet, rules->delta, &often);
    ent_i_mix(level, &quiet, extortion, m);
    if (tau) ent_rat_addmul(level, &often, tau);
    ent_rat_release(&quiet);
    ent_rat_release(&often);
}

/* zeta_i of an insider: Prop. A, or Prop. B for a lone one. */
static void insider(const ent_maps *maps, const ent_ties *ties, int i, ent_truth *truth)
{
    const ent_rules *rules = &maps->rules;
    ent_rat *lowest = &truth->lowest[i];
    if (ent_coal_size(rules->coalition) == 1) {
        ent_i_mix(lowest, rules->rho, &truth->m, &truth->extortion);
        if (ties) ent_rat_addmul(lowest, rules->rho, &ties->spread);
        ent_rat_sub(lowest, lowest, &truth->span);
        return;
    }
    ent_rat_mul(lowest, &rules->weight[i], &truth->m);
    ent_rat_sub(lowest, lowest, &truth->gamma[i]);
    ent_i_mix(lowest, rules->rho, lowest, &truth->least[i]);
}

static void outsider(const ent_maps *maps, const ent_play_truth *path, const ent_ties *ties, int j,
                     ent_truth *truth)
{
    const ent_rules *rules = &maps->rules;
    ent_i_mix(&truth->lowest[j], rules->rho, ties ? &ties->least[j] : &path->reply[j],
              &truth->least[j]);
    ent_i_mix(&truth->payoff[j], rules->delta, &truth->lowest[j], &path->reply[j]);
    ent_rat_sub(&truth->payment[j], &path->reply[j], &path->payoff[j]);
    ent_rat_add(&truth->payments, &truth->payments, &truth->payment[j]);
}

void ent_i_truth_of_path(const ent_maps *maps, const ent_play_truth *path, const ent_ties *ties,
                         ent_truth *truth)
{
    const ent_rules *rules = &maps->rules;
    ent_i_truth_level(rules, &truth->m, &truth->extortion, ties ? &ties->spread : NULL,
                      &truth->level);
    ent_rat_set(&truth->joint, &path->total);
    if (ties) ent_rat_add(&truth->joint, &truth->m, &ties->most_total);
    ent_i_mix(&truth->joint, rules->rho, &truth->joint, &truth->total);
    ent_rat_set_int(&truth->payments, 0);
    for (int i = 0; i < truth->n; i++) {
        if (ent_coal_has(rules->coalition, i)) insider(maps, ties, i, truth);
        else outsider(maps, path, ties, i, truth);
    }
}

/* The most of uhat_i - G - pi K over enforceable plays. */
static ent_status slack_value(ent_ctx *ctx, const ent_maps *maps, int i, const ent_rat *weight,
                              const ent_rat *budget, ent_rat *out)
{
    ent_stairs stairs = {0};
    ent_objective objective = {.k = ENT_RAT_ZERO,
                               .total = ENT_RAT_ZERO,
                               .gains = {-1, 1, NULL},
                               .reply = {1, 1, NULL},
                               .player = i};
    ent_rat_neg(&objective.k, weight);
    const ent_status st =
        ent_i_game_stairs(ctx, maps->common->game, maps->rules.coalition, &objective, &stairs);
    if (st == ENT_OK) ent_rat_set(out, ent_i_stairs_best(&stairs, budget));
    ent_i_stairs_release(&stairs);
    ent_rat_release(&objective.k);
    return st;
}

/* delta (zeta_i + d) + (1-delta) (rho (pi_i M + max(uhat_i - pi_i K - G)) + (1-rho) max(uhat_i -
 * G)) */
ent_status ent_i_truth_highest(ent_ctx *ctx, const ent_maps *maps, ent_truth *truth)
{
    ent_status st = ENT_OK;
    const ent_rules *rules = &maps->rules;
    ent_rat zero = ENT_RAT_ZERO, quiet = ENT_RAT_ZERO, next = ENT_RAT_ZERO;
    for (int i = 0; i < truth->n; i++) {
        ent_rat *highest = &truth->highest[i];
        if (!ent_coal_has(rules->coalition, i)) continue;
        ENT_TRY(slack_value(ctx, maps, i, &rules->weight[i], &truth->budget, highest));
        ENT_TRY(slack_value(ctx, maps, i, &zero, &truth->budget, &quiet));
        ent_rat_addmul(highest, &rules->weight[i], &truth->m);
        ent_i_mix(highest, rules->rho, highest, &quiet);
        ent_rat_add(&next, &truth->lowest[i], &truth->span);
        ent_i_mix(highest, rules->delta, &next, highest);
    }
done:
    ent_rat_release(&quiet);
    ent_rat_release(&next);
    return st;
}
