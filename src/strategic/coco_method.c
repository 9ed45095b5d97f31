/* The method `coco`: notion (i), prices and an agreement that gives every player its CoCo value in
 * them. [CoCo] Section 1, Section 2, Condition 1, Condition 2. */
#include "strategic/equilibrium.h"

static ent_status write_all(ent_ctx *ctx, const ent_strategic *m, const ent_strategic_settings *s,
                            ent_grand *g, const ent_equilibria *all, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_write_array(out->solution, "equilibria", false);
    ent_write_array(out->certificate, "equilibria", false);
    for (int k = 0; k < all->n; k++) {
        ent_write_object(out->solution, NULL, false);
        ent_i_write_equilibrium(out->solution, m, &all->list[k], all->enumerated);
        ent_write_object(out->certificate, NULL, false);
        ent_i_write_evidence(out->certificate, m, g, &all->list[k]);
        ENT_TRY(ent_i_write_prices_range(ctx, g, m, &all->list[k], out));
        ent_write_end(out->solution);
        ent_write_end(out->certificate);
    }
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
    ent_i_write_coverage(out->solution, m, s, all, out->outcome);
done:
    return st;
}

ent_status ent_i_coco_method(ent_ctx *ctx, const void *model, const void *settings,
                             ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ent_grand *g = NULL;
    ent_equilibria all = {0};
    ENT_TRY(ent_i_need_game(ctx, m, "coco"));
    ent_i_write_scale(out->certificate, m);
    if (m->transferable) {
        ENT_TRY(ent_i_transferable(ctx, m, s, ENT_TRANSFERABLE_COCO, out));
        goto done;
    }
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    ENT_TRY(ent_i_equilibria_find(ctx, g, m, s, &all, &out->outcome));
    ENT_TRY(write_all(ctx, m, s, g, &all, out));
done:
    ent_i_equilibria_release(&all);
    ent_i_grand_free(g);
    return st;
}
