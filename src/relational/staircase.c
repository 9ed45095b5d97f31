#include "relational/staircase.h"

#include <math.h>
#include <string.h>

/* Two bits of a double's mantissa and its exponent order the doubles >= 0 by quarters of an
 * octave. */
enum { HIGH_SHIFT = 50, FIRST_ROOM = 32 };

static int32_t quarter_octave(double gain)
{
    uint64_t bits;
    memcpy(&bits, &gain, sizeof bits);
    return (int32_t)(bits >> HIGH_SHIFT);
}

int32_t ent_i_gain_base(double most)
{
    const int32_t base = quarter_octave(most) - (ENT_I_FLOORS - 1);
    return base < 1 ? 1 : base;
}

int32_t ent_i_gain_bucket(double gain, int32_t base)
{
    const int32_t bucket = quarter_octave(gain) - base;
    return bucket < 0 ? 0 : bucket >= ENT_I_FLOORS ? ENT_I_FLOORS - 1 : bucket;
}

void ent_i_staircase_init(ent_i_staircase *s)
{
    s->stair = s->waiting = NULL;
    s->count = s->room = s->waits = s->waiting_room = 0;
    s->floors_base = 0;
    s->peak = -HUGE_VAL;
    s->peak_gain = HUGE_VAL;
    s->borrowed = false;
}

void ent_i_staircase_open(ent_i_staircase *s, int32_t base)
{
    s->count = s->waits = 0;
    s->floors_base = base;
    s->peak = -HUGE_VAL;
    s->peak_gain = HUGE_VAL;
    for (int b = 0; base > 0 && b < ENT_I_FLOORS; b++) s->floor[b] = -HUGE_VAL;
}

void ent_i_staircase_borrow(ent_i_staircase *s, ent_i_stair *room, int64_t plays)
{
    ent_i_staircase_init(s);
    s->stair = room;
    s->waiting = room + plays;
    s->room = s->waiting_room = plays;
    s->borrowed = true;
}

void ent_i_staircase_release(ent_i_staircase *s)
{
    if (!s->borrowed) {
        ent_free(s->stair);
        ent_free(s->waiting);
    }
    ent_i_staircase_init(s);
}

static ent_status grow(ent_ctx *ctx, ent_i_stair **block, int64_t *room, int64_t count)
{
    ent_status st = ENT_OK;
    if (count <= *room) return ENT_OK;
    const int64_t more = count > 2 * *room ? count : 2 * *room;
    ent_i_stair *bigger = ent_i_realloc(ctx, *block, (size_t)more, sizeof *bigger, &st);
    if (!bigger) return st;
    *block = bigger;
    *room = more;
    return st;
}

/* The number of stairs with gain at most `gain`. */
static int64_t stairs_below(const ent_i_staircase *s, double gain)
{
    int64_t lo = 0, hi = s->count;
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        if (s->stair[mid].gain <= gain) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* Is a play of this value and number no better than `best`, whose gain is no larger? */
static bool dominated(const ent_i_stair *best, const ent_i_stair *play)
{
    return play->value < best->value || (!(play->value > best->value) && play->play >= best->play);
}

/* Every play of a higher bucket has a larger gain; a play without gain bounds all. */
static void raise_floors(ent_i_staircase *s, const ent_i_stair *play)
{
    const int first = play->gain > 0.0 ? ent_i_gain_bucket(play->gain, s->floors_base) + 1 : 0;
    for (int b = first; b < ENT_I_FLOORS && s->floor[b] < play->value; b++)
        s->floor[b] = play->value;
}

ent_status ent_i_staircase_offer(ent_ctx *ctx, ent_i_staircase *s, ent_i_stair play)
{
    ent_status st = ENT_OK;
    const int64_t k = stairs_below(s, play.gain);
    if (k > 0 && dominated(&s->stair[k - 1], &play)) return ENT_OK;
    const int64_t patience = s->borrowed                 ? s->waiting_room
                             : s->count / 2 < FIRST_ROOM ? FIRST_ROOM
                                                         : s->count / 2;
    if (s->waits >= patience) ENT_TRY(ent_i_staircase_settle(ctx, s));
    if (s->waits == s->waiting_room)
        ENT_TRY(grow(ctx, &s->waiting, &s->waiting_room, s->waits + FIRST_ROOM));
    s->waiting[s->waits++] = play;
    if (play.value > s->peak) {
        s->peak = play.value;
        s->peak_gain = play.gain;
    } else if (!(play.value < s->peak) && play.gain < s->peak_gain) {
        s->peak_gain = play.gain;
    }
    if (s->floors_base > 0) raise_floors(s, &play);
done:
    return st;
}

static bool before(const ent_i_stair *a, const ent_i_stair *b)
{
    if (a->gain < b->gain || a->gain > b->gain) return a->gain < b->gain;
    if (a->value < b->value || a->value > b->value) return a->value > b->value;
    return a->play < b->play;
}

static void sift(ent_i_stair *heap, int64_t root, int64_t count)
{
    const ent_i_stair falls = heap[root];
    for (int64_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && before(&heap[child], &heap[child + 1])) child++;
        if (!before(&falls, &heap[child])) break;
        heap[root] = heap[child];
        root = child;
    }
    heap[root] = falls;
}

/* By insertion when there are few, else by heap: in place, and no input makes it quadratic. */
static void sort(ent_i_stair *stair, int64_t count)
{
    enum { FEW = 16 };
    if (count <= FEW) {
        for (int64_t k = 1; k < count; k++) {
            const ent_i_stair moves = stair[k];
            int64_t to = k;
            for (; to > 0 && before(&moves, &stair[to - 1]); to--) stair[to] = stair[to - 1];
            stair[to] = moves;
        }
        return;
    }
    for (int64_t root = count / 2; root-- > 0;) sift(stair, root, count);
    for (int64_t last = count - 1; last > 0; last--) {
        const ent_i_stair top = stair[0];
        stair[0] = stair[last];
        stair[last] = top;
        sift(stair, 0, last);
    }
}

/* Merge from the back, in place; then keep what no earlier stair dominates. */
ent_status ent_i_staircase_settle(ent_ctx *ctx, ent_i_staircase *s)
{
    ent_status st = ENT_OK;
    int64_t k = s->count, w = s->waits, to = s->count + s->waits, kept = 0;
    if (w == 0) return ENT_OK;
    if (to > s->room) ENT_TRY(grow(ctx, &s->stair, &s->room, to));
    sort(s->waiting, w);
    const int64_t all = to;
    while (w > 0) {
        if (k > 0 && before(&s->waiting[w - 1], &s->stair[k - 1])) s->stair[--to] = s->stair[--k];
        else s->stair[--to] = s->waiting[--w];
    }
    for (k = 0; k < all; k++)
        if (kept == 0 || !dominated(&s->stair[kept - 1], &s->stair[k]))
            s->stair[kept++] = s->stair[k];
    s->count = kept;
    s->waits = 0;
done:
    return st;
}

ent_status ent_i_staircase_merge(ent_ctx *ctx, ent_i_staircase *into, const ent_i_staircase *from)
{
    ent_status st = ENT_OK;
    for (int64_t k = 0; k < from->count; k++)
        ENT_TRY(ent_i_staircase_offer(ctx, into, from->stair[k]));
done:
    return st;
}

const ent_i_stair *ent_i_staircase_at(const ent_i_staircase *s, double factor, double bound)
{
    int64_t lo = 0, hi = s->count;
    while (lo < hi) {
        const int64_t mid = lo + (hi - lo) / 2;
        if (factor * s->stair[mid].gain <= bound) lo = mid + 1;
        else hi = mid;
    }
    return lo > 0 ? &s->stair[lo - 1] : NULL;
}
