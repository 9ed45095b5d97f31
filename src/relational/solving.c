#include "relational/source_contract.h"

#include "base/parallel.h"

#include <math.h>
#include <string.h>

double ent_i_solving_most(const ent_i_solving *s, int aim)
{
    const ent_i_stair *stair =
        ent_i_staircase_at(&s->found.staircase[aim], s->edge.factor, s->edge.bound);
    return stair ? stair->value : -HUGE_VAL;
}

ent_status ent_i_solving_open(ent_ctx *ctx, ent_i_solving *s, int64_t plays, const double *share,
                              double unit)
{
    ent_status st = ENT_OK;
    s->n = s->source->n;
    s->threads = ent_i_threads(s->settings->threads);
    ENT_SCRATCH(ctx, s->aims, 1);
    if (share) ent_i_aims_contract(s->n, s->terms, share, unit, s->aims);
    else ent_i_aims_benchmark(s->n, 0, s->aims);
    ENT_TRY(ent_i_found_new(ctx, s->aims, plays, &s->found));
    ENT_TRY(s->source->scan(ctx, s->source, s->threads, &s->found));
    ENT_TRY(ent_i_ladder_new(ctx, &s->found, &s->chance, &s->ladder));
    if (s->settings->literal_ties)
        ENT_TRY(ent_i_ladder_literal(ctx, s->source, &s->found, s->chance.tolerance, &s->ladder));
done:
    return st;
}

void ent_i_solving_release(ent_i_solving *s) { ent_i_found_release(&s->found); }

/* The parts of the value set of a lone insider are one point. */
static void find_lone_part(ent_i_solving *s)
{
    if (!s->chance.lone || s->chance.renegotiation < 1.0 || s->settings->simplices_listed == 0)
        return;
    s->detail.parts = 1;
    s->detail.part = s->found.start_play;
}

ent_status ent_i_solving_find(ent_ctx *ctx, ent_i_solving *s)
{
    ent_status st = ENT_OK;
    const int n = s->n;
    const ent_i_source *source = s->source;
    const int *const path = s->aims->value >= 0 ? s->detail.tie : s->found.start_play;
    int *play = NULL;
    find_lone_part(s);
    ENT_SCRATCH(ctx, play, (2 * n + 1) * n);
    s->play = play;
    ENT_TRY(source->best(ctx, source, &s->found, s->aims->joint, &s->edge, play));
    for (int i = 0; i < n; i++) {
        int *punishment = play + (1 + i) * n, *quiet = play + (1 + n + i) * n;
        const bool insider = ent_coal_has(s->aims->coalition, i);
        memcpy(punishment, insider ? s->found.start_play : path, sizeof(int) * (size_t)n);
        memcpy(quiet, path, sizeof(int) * (size_t)n);
        if (s->aims->gamma[i] >= 0)
            ENT_TRY(source->best(ctx, source, &s->found, s->aims->gamma[i], &s->edge, punishment));
        if (s->aims->reply[i] >= 0)
            ENT_TRY(source->best(ctx, source, &s->found, s->aims->reply[i], &s->edge, quiet));
    }
done:
    return st;
}

ent_status ent_i_solving_inquire(ent_ctx *ctx, ent_i_solving *s)
{
    ent_status st = ENT_OK;
    const int64_t ties = s->settings->ties_listed;
    s->detail = (ent_i_detail){.close = s->chance.tolerance};
    if (s->aims->value >= 0)
        s->detail.least_value = ent_i_solving_most(s, s->aims->value) - s->chance.tolerance;
    s->detail.ties_listed = (int)(ties < INT32_MAX - 1 ? ties + 1 : INT32_MAX);
    s->detail.parts_listed = s->chance.renegotiation < 1.0 ? 0 : s->settings->simplices_listed;
    ENT_TRY(s->source->detail(ctx, s->source, s->threads, &s->found, &s->edge, &s->detail));
    ENT_TRY(ent_i_solving_find(ctx, s));
done:
    return st;
}

ent_contract_room ent_i_solving_room(const ent_i_solving *s)
{
    ent_contract_room room = {0};
    const int64_t steps = s->ladder.count, most = s->settings->simplices_listed;
    room.steps = room.bounds = (int)(steps < INT32_MAX ? steps : INT32_MAX);
    if (s->settings->literal_ties) room.steps = 0;
    if (!s->play) return room;
    room.bounds = 0;
    room.ties =
        (int)(s->detail.ties < s->detail.ties_listed ? s->detail.ties : s->detail.ties_listed) - 1;
    room.simplices = (int)(s->detail.parts < most ? s->detail.parts : most);
    return room;
}

void ent_i_solving_plays(const ent_i_solving *s, ent_contract *out)
{
    const size_t n = (size_t)s->n, bytes = sizeof(int) * n;
    memcpy(out->play, s->detail.tie, bytes);
    memcpy(out->extortion_play, s->play, bytes);
    memcpy(out->punishment, s->play + n, bytes * n);
    memcpy(out->quiet_punishment, s->play + n + n * n, bytes * n);
    if (out->ties > 0) memcpy(out->tie, s->detail.tie + n, bytes * (size_t)out->ties);
    for (int k = 0; k < out->simplices; k++)
        memcpy(out->simplex[k].play, s->detail.part + (size_t)k * n, bytes);
    out->simplices_total = (int)(s->detail.parts < INT32_MAX ? s->detail.parts : INT32_MAX);
}
