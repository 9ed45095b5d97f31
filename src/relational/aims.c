#include "relational/aims.h"

static int add(ent_i_aims *out, ent_i_aim_kind kind, int player)
{
    out->aim[out->count] = (ent_i_aim){.kind = kind, .player = player};
    return out->count++;
}

static void open_aims(int n, ent_coal coalition, ent_i_aims *out)
{
    out->n = n;
    out->coalition = coalition;
    out->members = ent_coal_size(coalition);
    out->unit = 1.0;
    out->count = 0;
    out->value = out->joint = -1;
    for (int i = 0; i < n; i++) {
        out->share[i] = 0.0;
        out->gamma[i] = out->reply[i] = out->rest[i] = out->quiet[i] = -1;
    }
}

/* Outsiders' least best-reply payoffs are always asked for: they are what extortion would leave
 * them. A lone insider is not bargained with. With two insiders the most of one is the least of the
 * other, so that `rest` is needed from three on. */
void ent_i_aims_contract(int n, const ent_terms *terms, const double *share, double unit,
                         ent_i_aims *out)
{
    open_aims(n, terms->coalition, out);
    out->unit = unit;
    const bool quiet = terms->renegotiation<1.0, bargained = terms->renegotiation> 0.0;
    out->value = out->joint = add(out, ENT_I_AIM_VALUE, -1);
    if (terms->coalition != ent_coal_all(n)) out->joint = add(out, ENT_I_AIM_JOINT, -1);
    for (int i = 0; i < n; i++) {
        const bool insider = ent_coal_has(terms->coalition, i);
        if (insider) out->share[i] = share[i];
        if (insider && out->members > 1) out->gamma[i] = add(out, ENT_I_AIM_GAMMA, i);
        if (!insider || quiet) out->reply[i] = add(out, ENT_I_AIM_REPLY, i);
        if (insider && out->members > 2 && bargained) out->rest[i] = add(out, ENT_I_AIM_REST, i);
        if (insider && quiet) out->quiet[i] = add(out, ENT_I_AIM_QUIET, i);
    }
}

void ent_i_aims_benchmark(int n, ent_coal coalition, ent_i_aims *out)
{
    open_aims(n, coalition, out);
    out->joint = add(out, ENT_I_AIM_JOINT, -1);
    for (int i = 0; i < n; i++) out->reply[i] = add(out, ENT_I_AIM_REPLY, i);
}

ent_status ent_i_found_new(ent_ctx *ctx, const ent_i_aims *aims, int64_t plays, ent_i_found *out)
{
    ent_status st = ENT_OK;
    ent_i_stair *room = NULL;
    out->aims = aims;
    out->least = 0.0;
    out->staircase = NULL;
    out->gain = out->value_most = out->gain_least = NULL;
    ENT_SCRATCH(ctx, out->start, aims->count);
    ENT_SCRATCH(ctx, out->start_play, aims->n);
    if (plays <= ENT_I_FEW_PLAYS) ENT_SCRATCH(ctx, room, 2 * plays * aims->count);
    ENT_SCRATCH(ctx, out->staircase, aims->count);
    for (int q = 0; q < aims->count; q++) {
        if (room) ent_i_staircase_borrow(&out->staircase[q], room + 2 * plays * q, plays);
        else ent_i_staircase_init(&out->staircase[q]);
    }
done:
    return st;
}

void ent_i_found_release(ent_i_found *found)
{
    for (int q = 0; found->staircase && q < found->aims->count; q++)
        ent_i_staircase_release(&found->staircase[q]);
    found->staircase = NULL;
}
