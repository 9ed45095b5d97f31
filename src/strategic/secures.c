/* Prices (1, e) with e -> 0, i the player whose price stays, p_i its greatest payoff, p_j the most
 * that j can have then. i claims more than anything gives, at all positive prices, when some mix
 * x(e) of i gives (u_i - p_i) - e (u_j - p_j) > 0 against every action of j for all small e. A mix
 * that gives less than p_i against some action of j costs too much at first order, so x(0) uses
 * plays that secure p_i, and holds j to at most p_j. Where it holds j below, it has won; against
 * the actions left over, plays that give p_i against these alone may be added with a weight of
 * order e, and so on. When a step leaves all actions where they were, a mix of j with every one of
 * them proves that prices exist (docs/strategic.md Section 2). */
#include "strategic/secures.h"

#include "num/lp_exact.h"

static const ent_rat *payoff(const ent_strategic *m, int i, int mine, int other, int who)
{
    const int64_t p =
        who == 0 ? (int64_t)mine * m->actions[1] + other : (int64_t)other * m->actions[1] + mine;
    return &m->payoff.exact[i * m->profiles + p];
}

/* The most of u_who, and of the plays attaining it the largest payoff of the other. */
static void best_for(const ent_strategic *m, ent_secured *s)
{
    const ent_rat *u = m->payoff.exact + s->player * m->profiles,
                  *v = m->payoff.exact + (1 - s->player) * m->profiles;
    for (int64_t p = 0; p < m->profiles; p++) {
        const int order = p == 0 ? 1 : ent_rat_cmp(&u[p], &s->most);
        if (order < 0 || (order == 0 && ent_rat_cmp(&v[p], &s->left) <= 0)) continue;
        ent_rat_set(&s->most, &u[p]);
        ent_rat_set(&s->left, &v[p]);
    }
}

/* The plays that give the greatest payoff against all of these actions of the other. */
static int safe_plays(const ent_strategic *m, const ent_secured *s, int others, const int *other,
                      int *play)
{
    int count = 0;
    for (int r = 0; r < m->actions[s->player]; r++) {
        bool safe = true;
        for (int c = 0; c < others && safe; c++)
            safe = ent_rat_equal(payoff(m, s->player, r, other[c], s->player), &s->most);
        if (safe) play[count++] = r;
    }
    return count;
}

/* The least to which these plays can hold the other. */
static ent_status hold(ent_ctx *ctx, const ent_strategic *m, int plays, const int *play,
                       ent_secured *s)
{
    ent_status st = ENT_OK;
    const int others = m->actions[1 - s->player];
    ent_exact_game game = {0};
    ent_rat *matrix = ent_rats_new(ctx, (size_t)plays * (size_t)others, &st);
    if (!matrix) return st;
    for (int r = 0; r < plays; r++)
        for (int c = 0; c < others; c++)
            ent_rat_neg(&matrix[r * others + c], payoff(m, 1 - s->player, play[r], c, s->player));
    ENT_TRY(ent_exact_game_init(ctx, plays, others, &game));
    ENT_TRY(ent_matrix_game_exact(ctx, plays, others, matrix, NULL, &game));
    ENT_TRY(ent_exact_game_init(ctx, m->actions[s->player], others, &s->held));
    ent_rat_neg(&s->held.value, &game.value);
    for (int r = 0; r < plays; r++) ent_rat_swap(&s->held.row[play[r]], &game.row[r]);
    for (int c = 0; c < others; c++) ent_rat_swap(&s->held.column[c], &game.column[c]);
done:
    ent_exact_game_release(&game);
    ent_rats_free(matrix, (size_t)plays * (size_t)others);
    return st;
}

/* Drop the actions against which a mix holds the other below `left`. */
static int still_open(const ent_strategic *m, const ent_secured *s, const ent_rat *weight,
                      int others, int *other)
{
    int count = 0;
    ent_rat mean = ENT_RAT_ZERO;
    for (int c = 0; c < others; c++) {
        ent_rat_set_int(&mean, 0);
        for (int r = 0; r < m->actions[s->player]; r++)
            if (ent_rat_sign(&weight[r]) != 0)
                ent_rat_addmul(&mean, &weight[r], payoff(m, 1 - s->player, r, other[c], s->player));
        if (ent_rat_equal(&mean, &s->left)) other[count++] = other[c];
    }
    ent_rat_release(&mean);
    return count;
}

/* Of the mixes of these plays that hold the other to at most `left` against all actions left over,
 * one that holds it lowest on the whole: maximise the sum of what is missing, into weight [its
 * actions]; *some is false when nothing is missing. */
static ent_status step_further(ent_ctx *ctx, const ent_strategic *m, const ent_secured *s,
                               const int *play, int plays, const int *other, int others,
                               ent_rat *weight, bool *some)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t rows = (size_t)others + 1, columns = (size_t)plays,
                 count = (rows + 2) * (columns + 2);
    ent_exact_lp_result r = {.value = ENT_RAT_ZERO};
    ent_rat *a = ent_rats_new(ctx, count, &st), *b = NULL;
    if (!a) return st;
    b = ent_rats_new(ctx, 2 * (rows + columns), &st);
    if (!b) goto done;
    ent_rat *c = b + rows;
    r.x = c + columns;
    r.y = r.x + columns;
    ENT_SCRATCH(ctx, r.basis, rows);
    for (int k = 0; k < others; k++)
        for (int l = 0; l < plays; l++) {
            ent_rat *excess = &a[k * plays + l];
            ent_rat_sub(excess, payoff(m, 1 - s->player, play[l], other[k], s->player), &s->left);
            ent_rat_sub(&c[l], &c[l], excess);
        }
    for (int l = 0; l < plays; l++) ent_rat_set_int(&a[others * plays + l], 1);
    ent_rat_set_int(&b[others], 1);
    for (int k = 0; k <= others; k++) r.basis[k] = plays + k;
    const ent_exact_lp lp = {.rows = others + 1, .columns = plays, .a = a, .b = b, .c = c};
    ENT_TRY(ent_lp_solve_exact(ctx, &lp, &r));
    if (r.outcome != ENT_LP_OPTIMAL)
        ENT_BUG(ctx, "a bounded program with a feasible basis was not solved");
    *some = ent_rat_sign(&r.value) > 0;
    for (int l = 0; l < plays && *some; l++) ent_rat_set(&weight[play[l]], &r.x[l]);
done:
    ent_rat_release(&r.value);
    ent_rats_free(b, 2 * (rows + columns));
    ent_rats_free(a, count);
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Step by step until no action is left over, or a step leaves all of them. */
static ent_status climb(ent_ctx *ctx, const ent_strategic *m, int *play, int *other, ent_secured *s,
                        bool *proved)
{
    ent_status st = ENT_OK;
    const int mine = m->actions[s->player], all = m->actions[1 - s->player];
    int others = still_open(m, s, s->held.row, all, other);
    bool some = true;
    s->step = ent_rats_new(ctx, (size_t)mine * (size_t)all, &st);
    if (!s->step) goto done;
    while (others > 0 && some) {
        const int plays = safe_plays(m, s, others, other, play);
        ENT_TRY(
            step_further(ctx, m, s, play, plays, other, others, s->step + s->steps * mine, &some));
        if (some) others = still_open(m, s, s->step + s->steps++ * mine, others, other);
    }
    *proved = others == 0;
done:
    return st;
}

void ent_i_secured_free(ent_secured *s)
{
    if (!s) return;
    ent_rats_free(s->step, (size_t)s->held.rows * (size_t)s->held.columns);
    ent_exact_game_release(&s->held);
    ent_rat_release(&s->most);
    ent_rat_release(&s->left);
    ent_free(s);
}

ent_status ent_i_secured(ent_ctx *ctx, const ent_strategic *m, int player, ent_secured **out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int mine = m->actions[player], others = m->actions[1 - player];
    ent_secured *s = NULL;
    int *play = NULL, *other = NULL;
    bool proved = false;
    *out = NULL;
    ENT_SCRATCH(ctx, play, mine);
    ENT_SCRATCH(ctx, other, others);
    ENT_ALLOC(ctx, s, 1);
    s->player = player;
    best_for(m, s);
    for (int c = 0; c < others; c++) other[c] = c;
    const int plays = safe_plays(m, s, others, other, play);
    if (plays == 0) goto done;
    ENT_TRY(hold(ctx, m, plays, play, s));
    if (ent_rat_cmp(&s->held.value, &s->left) > 0) goto done;
    ENT_TRY(climb(ctx, m, play, other, s, &proved));
    if (!proved) goto done;
    *out = s;
    s = NULL;
done:
    ent_i_secured_free(s);
    ent_scratch_reset(ctx, mark);
    return st;
}
