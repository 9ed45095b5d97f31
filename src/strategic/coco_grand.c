#include "strategic/coco.h"

#include <math.h>

ent_status ent_i_grand_new(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                           ent_grand **out)
{
    ent_status st = ENT_OK;
    ent_grand *g = NULL;
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) profiles *= actions[i];
    if (n > ENT_COCO_PLAYERS)
        ENT_FAIL(ctx, ENT_E_LIMIT, "equilibria are computed for up to %d players, this game has %d",
                 ENT_COCO_PLAYERS, n);
    ENT_ALLOC(ctx, g, 1);
    g->n = n;
    ENT_ALLOC(ctx, g->scaled, (size_t)n * (size_t)profiles);
    ENT_ALLOC(ctx, g->newton,
              (size_t)(ENT_COCO_PLAYERS + ENT_COCO_SUPPORT) * (size_t)(n + ENT_COCO_SUPPORT + 1));
    for (int i = 0; i < n; i++) {
        const double *u = payoff + i * profiles;
        double lo = u[0], hi = u[0];
        for (int64_t p = 1; p < profiles; p++) lo = fmin(lo, u[p]), hi = fmax(hi, u[p]);
        g->least[i] = lo;
        g->range[i] = hi > lo ? hi - lo : 1.0;
        for (int64_t p = 0; p < profiles; p++)
            g->scaled[i * profiles + p] = (u[p] - lo) / g->range[i];
    }
    ENT_TRY(ent_threats_new(ctx, n, actions, g->scaled, &g->t));
    *out = g;
    g = NULL;
done:
    ent_i_grand_free(g);
    return st;
}

void ent_i_grand_free(ent_grand *g)
{
    if (!g) return;
    ent_threats_free(g->t);
    ent_free(g->newton);
    ent_free(g->scaled);
    ent_free(g);
}

void ent_i_coco_unscale(const ent_grand *g, ent_point *p)
{
    double sum = 0.0;
    for (int i = 0; i < g->n; i++) {
        p->price[i] /= g->range[i];
        sum += p->price[i];
        p->utility[i] = g->least[i] + g->range[i] * p->utility[i];
    }
    p->joint = 0.0;
    for (int i = 0; i < g->n; i++) {
        p->price[i] /= sum;
        p->joint += p->price[i] * p->utility[i];
    }
}
