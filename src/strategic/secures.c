/* Two players, no positive prices: when one of them can secure its greatest payoff while the other gets less than at the best
 * play for both, it claims more than anything gives, at all positive prices. docs/results.md, `secures`. */
#include "strategic/equilibrium.h"

static const ent_rat *payoff(const ent_strategic *m, int i, int mine, int other, int who)
{
    const int64_t p = who == 0 ? (int64_t)mine * m->actions[1] + other : (int64_t)other * m->actions[1] + mine;
    return &m->payoff.exact[i * m->profiles + p];
}

static bool always_greatest(const ent_strategic *m, int who, int mine, const ent_rat *greatest)
{
    for (int other = 0; other < m->actions[1 - who]; other++)
        if (!ent_rat_equal(payoff(m, who, mine, other, who), greatest)) return false;
    return true;
}

/* The most of u_who, and of the plays attaining it the largest payoff of the other. */
static void best_for(const ent_strategic *m, int who, ent_rat *greatest, ent_rat *left)
{
    const ent_rat *u = m->payoff.exact + who * m->profiles, *v = m->payoff.exact + (1 - who) * m->profiles;
    for (int64_t p = 0; p < m->profiles; p++) {
        const int order = p == 0 ? 1 : ent_rat_cmp(&u[p], greatest);
        if (order < 0 || (order == 0 && ent_rat_cmp(&v[p], left) <= 0)) continue;
        ent_rat_set(greatest, &u[p]);
        ent_rat_set(left, &v[p]);
    }
}

static ent_status secure(ent_ctx *ctx, ent_writer *w, const ent_strategic *m, int who, bool *written)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const int mine = m->actions[who], others = m->actions[1 - who];
    ent_exact_game game = {0};
    ent_rat *matrix = ent_rats_new(ctx, (size_t)mine * (size_t)others, &st), greatest = ENT_RAT_ZERO, left = ENT_RAT_ZERO,
            *weight = NULL;
    int *row = NULL, rows = 0;
    if (!matrix) goto done;
    ENT_SCRATCH(ctx, row, mine);
    weight = ent_rats_new(ctx, (size_t)mine, &st);
    if (!weight) goto done;
    best_for(m, who, &greatest, &left);
    for (int r = 0; r < mine; r++) {
        if (!always_greatest(m, who, r, &greatest)) continue;
        for (int c = 0; c < others; c++) ent_rat_neg(&matrix[rows * others + c], payoff(m, 1 - who, r, c, who));
        row[rows++] = r;
    }
    if (rows == 0) goto done;
    ENT_TRY(ent_exact_game_init(ctx, rows, others, &game));
    ENT_TRY(ent_matrix_game_exact(ctx, rows, others, matrix, NULL, &game));
    ent_rat_neg(&game.value, &game.value);
    *written = ent_rat_cmp(&game.value, &left) < 0;
    if (!*written) goto done;
    for (int r = 0; r < rows; r++) ent_rat_set(&weight[row[r]], &game.row[r]);
    ent_write_object(w, "secures", false);
    ent_write_string(w, "player", m->player[who]);
    ent_i_write_mix(w, "strategy", m, ent_coal_single(who), mine, NULL, weight);
    ent_write_end(w);
done:
    ent_exact_game_release(&game);
    ent_rat_release(&greatest);
    ent_rat_release(&left);
    ent_rats_free(weight, (size_t)mine);
    ent_rats_free(matrix, (size_t)mine * (size_t)others);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_write_secures(ent_ctx *ctx, ent_writer *w, const ent_strategic *m, const ent_equilibrium *e)
{
    ent_status st = ENT_OK;
    bool written = false;
    if (m->n != 2 || !e->point.zero || !m->payoff.exact) return ENT_OK;
    ENT_TRY(secure(ctx, w, m, ent_coal_has(e->point.zero, 0) ? 1 : 0, &written));
done:
    return st;
}
