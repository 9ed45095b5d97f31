/* [Sal] Definition 4 by induction over coalitions: those of one size know the solutions of all
 * smaller ones and not of each other, so they are solved in parallel. */
#include "bayesian/neutral.h"

#include "bayesian/merge_types.h"

#include "base/ctx.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>

/* Values of two solutions that differ by less than this share of a player's range are the same
 * value. */
static const double same_value = 1e-6;

static int by_size(const void *x, const void *y)
{
    const ent_coal a = *(const ent_coal *)x, b = *(const ent_coal *)y;
    const int sizes = ent_coal_size(a) - ent_coal_size(b);
    if (sizes) return sizes;
    /* Model order: the coalition with the earlier first differing member comes first. */
    const ent_coal differ = a ^ b;
    return differ == 0 ? 0 : ent_coal_has(a, ent_coal_first(differ)) ? -1 : 1;
}

ent_status ent_i_bayes_coalitions(ent_ctx *ctx, ent_coal focus, int lo, ent_coal **list, int *n)
{
    ent_status st = ENT_OK;
    ent_coal *found = NULL;
    int count = 0;
    ENT_ALLOC(ctx, found, (size_t)1 << ent_coal_size(focus));
    for (ent_coal s = focus; s; s = (s - 1) & focus)
        if (ent_coal_size(s) >= lo) found[count++] = s;
    qsort(found, (size_t)count, sizeof *found, by_size);
    *list = found;
    *n = count;
done:
    return st;
}

/* [Sal] eq. (4.4): each type's best decision. */
ent_status ent_i_alone(ent_ctx *ctx, const ent_bayes_coal *s, ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    ent_bayes_answer a = {.coal = s,
                          .exact = true,
                          .polished = true,
                          .efficient = true,
                          .interims = s->interims,
                          .epsilon = ENT_RAT_ZERO};
    ENT_TRY(ent_i_twin_new(ctx, s->interims, true, &a.utility));
    a.certified = ent_rats_new(ctx, (size_t)s->interims, &st);
    if (!a.certified) goto done;
    for (int t = 0; t < s->profiles; t++) {
        for (int d = 0; d < s->decisions; d++) {
            const ent_rat *u = &s->utility.exact[ent_bayes_utility(s, 0, d, t)];
            if (d == 0 || ent_rat_cmp(u, &a.utility.exact[t]) > 0)
                ent_rat_set(&a.utility.exact[t], u);
        }
        ent_rat_set(&a.certified[t], &a.utility.exact[t]);
    }
    ent_i_twin_round(&a.utility);
    *out = a;
    a = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&a);
    return st;
}

void ent_i_threats_free(const ent_bayes_coal *coal, ent_bayes_threats *threats)
{
    ent_free(threats->value);
    ent_rats_free(threats->exact, (size_t)coal->size * (size_t)coal->interims);
    *threats = (ent_bayes_threats){0};
}

ent_status ent_i_threats_of(ent_ctx *ctx, const ent_bayes_coal *s, const ent_bayes_answer *by_mask,
                            ent_bayes_threats *out)
{
    ent_status st = ENT_OK;
    ent_bayes_threats t = {.all_exact = true};
    const size_t k = (size_t)s->interims;
    ENT_ALLOC(ctx, t.value, (size_t)s->size * k);
    t.exact = ent_rats_new(ctx, (size_t)s->size * k, &st);
    if (!t.exact) goto done;
    for (int i = 0; i < s->size; i++) {
        const ent_bayes_answer *a = &by_mask[s->members & ~ent_coal_single(s->member[i])];
        t.all_exact = t.all_exact && a->exact;
        for (int j = 0; j < a->coal->size; j++)
            for (int type = 0; type < a->coal->types[j]; type++) {
                const size_t to = (size_t)i * k +
                                  (size_t)(s->first[ent_bayes_place(s, a->coal->member[j])] + type);
                const int from = a->coal->first[j] + type;
                t.value[to] = a->utility.value[from];
                ent_rat_set(&t.exact[to], &a->certified[from]);
            }
    }
    *out = t;
    t = (ent_bayes_threats){0};
done:
    ent_i_threats_free(s, &t);
    return st;
}

static bool same(const ent_bargain *b, const ent_bayes_answer *x, const ent_bayes_answer *y)
{
    for (int m = 0; m < b->interims; m++)
        if (fabs(x->utility.value[m] - y->utility.value[m]) > same_value * b->scale[b->place[m]])
            return false;
    return true;
}

typedef struct level {
    ent_bayes_game *game;
    const ent_bayesian_settings *settings;
    const ent_coal *coalition; /* of this size */
} level;

/* Solve with alike types merged, and split the answer again. */
static ent_status solve_merged(ent_ctx *ctx, const ent_bargain *whole,
                               const ent_bayes_threats *threats, const ent_merged *merged,
                               const ent_bayesian_settings *settings, int start,
                               ent_bayes_answer *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bayes_answer answer = {0};
    ent_bargain b;
    if (!merged->any) {
        ENT_TRY(ent_i_solve_bargain(ctx, whole, threats->exact, threats->all_exact, settings, start,
                                    out));
        goto done;
    }
    ENT_TRY(ent_i_bargain_neutral(ctx, &merged->coal, merged->threat, &b));
    ENT_TRY(ent_i_solve_bargain(ctx, &b, merged->threat_exact, threats->all_exact, settings, start,
                                &answer));
    ENT_TRY(ent_i_split_answer(ctx, merged, &answer));
    *out = answer;
    answer = (ent_bayes_answer){0};
done:
    ent_i_bayes_answer_free(&answer);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* More starts: keep the values that differ from all before. */
static ent_status other_starts(ent_ctx *ctx, const level *l, const ent_bargain *b,
                               const ent_bayes_threats *threats, const ent_merged *merged,
                               ent_coal s)
{
    ent_status st = ENT_OK;
    ent_bayes_game *g = l->game;
    ent_bayes_answer next = {0};
    for (int start = 1; start < l->settings->starts; start++) {
        ENT_CHECK_CANCEL(ctx);
        st = solve_merged(ctx, b, threats, merged, l->settings, start, &next);
        if (st == ENT_E_LIMIT) {
            st = ENT_OK; /* a start that leads nowhere finds no other value */
            continue;
        }
        ENT_TRY(st);
        bool known = !next.polished || same(b, &next, &g->answer[s]);
        for (int k = 0; !known && k < g->others[s]; k++) known = same(b, &next, &g->other[s][k]);
        if (!known) {
            ent_bayes_answer *grown =
                ent_i_realloc(ctx, g->other[s], (size_t)g->others[s] + 1, sizeof *grown, &st);
            if (!grown) goto done;
            g->other[s] = grown;
            g->other[s][g->others[s]++] = next;
            next = (ent_bayes_answer){0};
        }
        ent_i_bayes_answer_free(&next);
    }
done:
    ent_i_bayes_answer_free(&next);
    return st;
}

static ent_status solve_one(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const level *l = user;
    const ent_coal s = l->coalition[task];
    const ent_bayes_coal *coal = l->game->model->coalition[s];
    ent_bayes_threats threats = {0};
    ent_merged merged = {0};
    ent_bargain b;
    ENT_TRY(ent_i_threats_of(ctx, coal, l->game->answer, &threats));
    ENT_TRY(ent_i_merge_types(ctx, coal, threats.value, threats.exact, &merged));
    ENT_TRY(ent_i_bargain_neutral(ctx, coal, threats.value, &b));
    ENT_TRY(solve_merged(ctx, &b, &threats, &merged, l->settings, 0, &l->game->answer[s]));
    ENT_TRY(other_starts(ctx, l, &b, &threats, &merged, s));
done:
    ent_i_merged_free(&merged);
    ent_i_threats_free(coal, &threats);
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_i_bayes_game_free(ent_bayes_game *game)
{
    const size_t masks = game->model ? (size_t)1 << game->model->n : 0;
    for (size_t s = 0; s < masks; s++) {
        if (game->answer) ent_i_bayes_answer_free(&game->answer[s]);
        for (int k = 0; game->others && game->other && k < game->others[s]; k++)
            ent_i_bayes_answer_free(&game->other[s][k]);
        if (game->other) ent_free(game->other[s]);
        if (game->enclosure) ent_i_value_enclosure_free(&game->enclosure[s]);
    }
    ent_free(game->coalition);
    ent_free(game->answer);
    ent_free(game->others);
    ent_free(game->other);
    ent_free(game->enclosure);
    *game = (ent_bayes_game){0};
}

ent_status ent_i_neutral_game(ent_ctx *ctx, const ent_bayesian *model,
                              const ent_bayesian_settings *settings, ent_bayes_game *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {.model = model};
    const size_t masks = (size_t)1 << model->n;
    ENT_ALLOC(ctx, game.answer, masks);
    ENT_ALLOC(ctx, game.others, masks);
    ENT_ALLOC(ctx, game.other, masks);
    ENT_ALLOC(ctx, game.enclosure, masks);
    ENT_TRY(ent_i_bayes_coalitions(ctx, model->focus, 2, &game.coalition, &game.n));
    for (int i = 0; i < model->n; i++)
        if (ent_coal_has(model->focus, i))
            ENT_TRY(ent_i_alone(ctx, model->coalition[ent_coal_single(i)],
                                &game.answer[ent_coal_single(i)]));
    for (int from = 0, to = 0; from < game.n; from = to) {
        const int size = ent_coal_size(game.coalition[from]);
        while (to < game.n && ent_coal_size(game.coalition[to]) == size) to++;
        level l = {.game = &game, .settings = settings, .coalition = game.coalition + from};
        ENT_TRY(ent_i_parallel(ctx, ent_i_threads(settings->threads), to - from, solve_one, &l,
                               "coalitions"));
    }
    *out = game;
    game = (ent_bayes_game){0};
done:
    ent_i_bayes_game_free(&game);
    return st;
}
