#include "relational/big_frontier.h"

void ent_i_big_frontier_release(ent_i_big_frontier *f)
{
    for (int64_t k = 0; k < f->count * f->width; k++) ent_rat_release(&f->vector[k]);
    ent_free(f->vector);
    ent_free(f->play);
    *f = (ent_i_big_frontier){.width = f->width};
}

/* Is b nowhere larger than a? */
static bool holds(int width, const ent_rat *a, const ent_rat *b)
{
    for (int i = 0; i < width; i++)
        if (ent_rat_cmp(&b[i], &a[i]) > 0) return false;
    return true;
}

static ent_status make_room(ent_ctx *ctx, ent_i_big_frontier *f)
{
    ent_status st = ENT_OK;
    enum { FIRST_ROOM = 16 };
    if (f->count < f->room) return ENT_OK;
    const int64_t room = f->room ? 2 * f->room : FIRST_ROOM;
    int64_t *play = ent_i_realloc(ctx, f->play, (size_t)room, sizeof *play, &st);
    if (!play) return st;
    f->play = play;
    ent_rat *vector = ent_i_realloc(ctx, f->vector, (size_t)(room * f->width), sizeof *vector, &st);
    if (!vector) return st;
    f->vector = vector;
    f->room = room;
    return st;
}

ent_status ent_i_big_frontier_offer(ent_ctx *ctx, ent_i_big_frontier *f, int64_t play,
                                    const ent_rat *vector)
{
    ent_status st = ENT_OK;
    const int w = f->width;
    for (int64_t k = 0; k < f->count; k++)
        if (holds(w, &f->vector[k * w], vector)) return ENT_OK;
    int64_t kept = 0;
    for (int64_t k = 0; k < f->count; k++) {
        if (holds(w, vector, &f->vector[k * w])) continue;
        for (int i = 0; kept < k && i < w; i++)
            ent_rat_swap(&f->vector[kept * w + i], &f->vector[k * w + i]);
        f->play[kept++] = f->play[k];
    }
    for (int64_t k = kept * w; k < f->count * w; k++) ent_rat_release(&f->vector[k]);
    f->count = kept;
    ENT_TRY(make_room(ctx, f));
    for (int i = 0; i < w; i++) {
        ent_rat_init(&f->vector[kept * w + i]);
        ent_rat_set(&f->vector[kept * w + i], &vector[i]);
    }
    f->play[f->count++] = play;
done:
    return st;
}
