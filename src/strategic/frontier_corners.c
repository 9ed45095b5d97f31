/* Gift wrapping: from a corner to the play at which the second player's gain costs the first one
 * least; of several, the farthest. */
#include "strategic/frontier_corners.h"

void ent_i_frontier_corners_release(ent_frontier_corners *f)
{
    ent_free(f->play);
    ent_rats_free(f->rate, (size_t)f->room);
    *f = (ent_frontier_corners){0};
}

static const ent_rat *payoff(const ent_strategic *m, int i, int64_t play)
{
    return &m->payoff.exact[i * m->profiles + play];
}

static int64_t best_for_first(const ent_strategic *m)
{
    int64_t best = 0;
    for (int64_t p = 1; p < m->profiles; p++) {
        const int more = ent_rat_cmp(payoff(m, 0, p), payoff(m, 0, best));
        if (more > 0 || (more == 0 && ent_rat_cmp(payoff(m, 1, p), payoff(m, 1, best)) > 0))
            best = p;
    }
    return best;
}

/* The next corner after `from`, and the rate of the edge between; -1 when nobody gives the second
 * player more. */
static int64_t next_corner(const ent_strategic *m, int64_t from, ent_rat *rate)
{
    ent_rat cost = ENT_RAT_ZERO, gain = ENT_RAT_ZERO;
    int64_t best = -1;
    for (int64_t p = 0; p < m->profiles; p++) {
        if (ent_rat_cmp(payoff(m, 1, p), payoff(m, 1, from)) <= 0) continue;
        ent_rat_sub(&gain, payoff(m, 1, p), payoff(m, 1, from));
        ent_rat_sub(&cost, payoff(m, 0, from), payoff(m, 0, p));
        ent_rat_div(&cost, &cost, &gain);
        const int less = best < 0 ? -1 : ent_rat_cmp(&cost, rate);
        if (less > 0 || (less == 0 && ent_rat_cmp(payoff(m, 1, p), payoff(m, 1, best)) <= 0))
            continue;
        best = p;
        ent_rat_set(rate, &cost);
    }
    ent_rat_release(&cost);
    ent_rat_release(&gain);
    return best;
}

static ent_status make_room(ent_ctx *ctx, ent_frontier_corners *f)
{
    ent_status st = ENT_OK;
    if (f->corners < f->room) return st;
    const int room = f->room ? 2 * f->room : 8;
    int64_t *play = ent_i_realloc(ctx, f->play, (size_t)room, sizeof *play, &st);
    if (!play) return st;
    f->play = play;
    ent_rat *rate = ent_rats_new(ctx, (size_t)room, &st);
    if (!rate) return st;
    for (int k = 0; k < f->room; k++) ent_rat_swap(&rate[k], &f->rate[k]);
    ent_rats_free(f->rate, (size_t)f->room);
    f->rate = rate;
    f->room = room;
    return st;
}

ent_status ent_i_frontier_corners(ent_ctx *ctx, const ent_strategic *m, ent_frontier_corners *f)
{
    ent_status st = ENT_OK;
    int64_t at = best_for_first(m);
    while (at >= 0) {
        ENT_TRY(make_room(ctx, f));
        f->play[f->corners] = at;
        at = next_corner(m, at, &f->rate[f->corners]);
        f->corners++;
    }
done:
    return st;
}
