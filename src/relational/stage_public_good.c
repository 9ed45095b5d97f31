/* The public-good stage game: what every coalition, discount factor and renegotiation probability
 * shares is computed here. */
#include "relational/public_good.h"

#include <math.h>

static void curve_free(void *data)
{
    ent_i_good *good = data;
    ent_free(good->size);
    ent_free(good->order);
    ent_free(good->quiet);
    ent_free(good->pieces);
    ent_free(good);
}

static ent_status check_nations(ent_ctx *ctx, int n, const double *size, const double *cost)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < n; i++) {
        if (!(size[i] >= 0.0) || isinf(size[i]))
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: a size must be finite and not negative, got %g", i,
                     size[i]);
        if (!(cost[i] > 0.0) || isinf(cost[i]))
            ENT_FAIL(ctx, ENT_E_ARG, "player %d: a cost must be finite and positive, got %g", i,
                     cost[i]);
    }
done:
    return st;
}

/* Best replies do not depend on the others, [MW25] eq. (12) to (14); with them come the constants
 * of every problem. */
static void fill_nations(ent_i_good *good, const double *size, const double *cost)
{
    const int n = good->n;
    for (int i = 0; i < n; i++) {
        good->size[i] = size[i];
        good->cost[i] = cost[i];
        good->unit[i] = size[i] / (4.0 * cost[i]);
        good->own[i] = good->unit[i] * size[i] * size[i];
        if (!(size[i] > 0.0)) continue;
        int place = good->active++;
        for (; place > 0 && size[good->order[place - 1]] > size[i]; place--)
            good->order[place] = good->order[place - 1];
        good->order[place] = i;
    }
    for (int i = 0; i < n; i++) {
        double others = 0.0;
        for (int j = 0; j < n; j++)
            if (j != i) others += 2.0 * good->unit[j] * size[j];
        good->base[i] = size[i] * others + good->own[i];
    }
}

static void fill_curves(ent_i_good *good)
{
    double slope[ENT_PLAYERS_MAX];
    const int n = good->n, room = n + 1;
    good->joint.piece = good->pieces;
    ent_i_rest(good, ent_coal_all(n), slope);
    ent_i_curve_build(good, 1.0, slope, &good->joint);
    for (int i = 0; i < n; i++) {
        good->quiet[i].piece = good->pieces + (size_t)(i + 1) * (size_t)room;
        ent_i_slopes_quiet(good, i, slope);
        ent_i_curve_build(good, 0.0, slope, &good->quiet[i]);
    }
}

/* [MW25] Section 5 */
ent_status ent_stage_public_good(ent_ctx *ctx, int n, const double *size, const double *cost,
                                 ent_stage **out)
{
    ent_status st = ENT_OK;
    ent_stage *stage = NULL;
    ent_i_good *good = NULL;
    ENT_REQUIRE(ctx, n >= 1 && n <= ENT_PLAYERS_MAX);
    ENT_REQUIRE(ctx, size && cost && out);
    ENT_TRY(check_nations(ctx, n, size, cost));
    ENT_TRY(ent_i_stage_new(ctx, ENT_I_PUBLIC_GOOD, n, &stage));
    ENT_ALLOC(ctx, good, 1);
    stage->data = good;
    stage->free_data = curve_free;
    good->n = n;
    ENT_ALLOC(ctx, good->size, 5 * n);
    good->cost = good->size + n;
    good->unit = good->size + 2 * n;
    good->own = good->size + 3 * n;
    good->base = good->size + 4 * n;
    ENT_ALLOC(ctx, good->order, n);
    ENT_ALLOC(ctx, good->quiet, n);
    ENT_ALLOC(ctx, good->pieces, (n + 1) * (n + 1));
    fill_nations(good, size, cost);
    fill_curves(good);
    stage->contractual = ent_i_good_contractual;
    stage->benchmark = ent_i_good_benchmark;
    stage->all_coalitions = ent_i_good_coalitions;
    *out = stage;
    stage = NULL;
done:
    ent_stage_free(stage);
    return st;
}
