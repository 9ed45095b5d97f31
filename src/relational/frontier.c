#include "relational/frontier.h"

#include <string.h>

void ent_i_frontier_init(ent_i_frontier *f, int width, double close)
{
    *f = (ent_i_frontier){.width = width, .close = close};
}

void ent_i_frontier_release(ent_i_frontier *f)
{
    ent_free(f->play);
    ent_free(f->vector);
    *f = (ent_i_frontier){.width = f->width, .close = f->close};
}

/* Does a hold b: nowhere is b larger by more than `close`? */
static bool holds(int width, const double *a, const double *b, double close)
{
    for (int i = 0; i < width; i++)
        if (b[i] > a[i] + close) return false;
    return true;
}

static void swap(ent_i_frontier *f, int64_t a, int64_t b)
{
    const size_t w = (size_t)f->width;
    const int64_t play = f->play[a];
    f->play[a] = f->play[b];
    f->play[b] = play;
    for (size_t i = 0; i < w; i++) {
        const double x = f->vector[(size_t)a * w + i];
        f->vector[(size_t)a * w + i] = f->vector[(size_t)b * w + i];
        f->vector[(size_t)b * w + i] = x;
    }
}

static ent_status make_room(ent_ctx *ctx, ent_i_frontier *f)
{
    ent_status st = ENT_OK;
    enum { FIRST_ROOM = 32 };
    if (f->count < f->room) return ENT_OK;
    const int64_t room = f->room ? 2 * f->room : FIRST_ROOM;
    int64_t *play = ent_i_realloc(ctx, f->play, (size_t)room, sizeof *play, &st);
    if (!play) return st;
    f->play = play;
    double *vector = ent_i_realloc(ctx, f->vector, (size_t)(room * f->width), sizeof *vector, &st);
    if (!vector) return st;
    f->vector = vector;
    f->room = room;
    return st;
}

/* Vectors that hold others tend to hold many: each success moves one place to the front. */
ent_status ent_i_frontier_offer(ent_ctx *ctx, ent_i_frontier *f, int64_t play, const double *vector)
{
    ent_status st = ENT_OK;
    const size_t w = (size_t)f->width;
    for (int64_t k = 0; k < f->count; k++)
        if (holds(f->width, f->vector + (size_t)k * w, vector, f->close)) {
            if (k > 0) swap(f, k, k - 1);
            return ENT_OK;
        }
    for (int64_t k = 0; k < f->count;) {
        if (!holds(f->width, vector, f->vector + (size_t)k * w, f->close)) {
            k++;
            continue;
        }
        f->count--;
        if (k < f->count) swap(f, k, f->count);
    }
    ENT_TRY(make_room(ctx, f));
    f->play[f->count] = play;
    memcpy(f->vector + (size_t)f->count * w, vector, w * sizeof *vector);
    f->count++;
done:
    return st;
}

static void sift(ent_i_frontier *f, int64_t root, int64_t count)
{
    for (int64_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && f->play[child] < f->play[child + 1]) child++;
        if (f->play[root] >= f->play[child]) return;
        swap(f, root, child);
        root = child;
    }
}

void ent_i_frontier_sort(ent_i_frontier *f)
{
    for (int64_t root = f->count / 2; root-- > 0;) sift(f, root, f->count);
    for (int64_t last = f->count - 1; last > 0; last--) {
        swap(f, 0, last);
        sift(f, 0, last);
    }
}
