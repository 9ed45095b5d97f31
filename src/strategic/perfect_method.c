/* The method `coalition-perfect`: notion (ii), decided at the prices of every CoCo equilibrium
 * found. [CoCo] Section 5, Section 7. */
#include "strategic/condition4.h"

/* a violation below this counts as none, where numbers are not exact */
static const double ZERO = 1e-9;

static bool fulfils(const ent_perfect *p)
{
    return p->exact ? ent_rat_sign(&p->residual) == 0 : ent_rat_double(&p->residual) <= ZERO;
}

static bool refuted(const ent_perfect *p)
{
    static const double CLEAR = 1e-7; /* what a bound in doubles must exceed to prove anything */
    return p->exact ? ent_rat_sign(&p->bound) > 0 : ent_rat_double(&p->bound) > CLEAR;
}

/* Decide at every equilibrium of coco. */
static ent_status decide_all(ent_ctx *ctx, ent_grand *g, const ent_strategic *m,
                             const ent_equilibria *all, ent_perfect **list)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < all->n; k++) {
        if (all->list[k].point.zero) continue;
        ENT_TRY(ent_i_perfect_new(ctx, g, m, &all->list[k], &list[k]));
        if (!fulfils(list[k])) ENT_TRY(ent_i_perfect_decide(ctx, list[k]));
    }
done:
    return st;
}

static ent_status write_solved(ent_ctx *ctx, const ent_strategic *m, ent_grand *g,
                               const ent_equilibria *all, ent_perfect *const *list,
                               ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_write_array(out->solution, "equilibria", false);
    ent_write_array(out->certificate, "equilibria", false);
    for (int k = 0; k < all->n; k++) {
        const bool boundary = all->list[k].point.zero != 0;
        if (!boundary && !fulfils(list[k])) continue;
        ent_write_object(out->solution, NULL, false);
        ent_i_write_equilibrium(out->solution, m, &all->list[k], all->enumerated);
        if (!boundary) ENT_TRY(ent_i_write_perfect(ctx, out->solution, list[k]));
        ent_write_end(out->solution);
        ent_write_object(out->certificate, NULL, false);
        ent_i_write_evidence(out->certificate, m, g, &all->list[k]);
        if (!boundary) ENT_TRY(ent_i_write_condition4(ctx, out->certificate, list[k]));
        ent_write_end(out->certificate);
    }
    ent_write_end(out->solution);
    ent_write_end(out->certificate);
done:
    return st;
}

static ent_status write_none(ent_ctx *ctx, const ent_equilibria *all, ent_perfect *const *list,
                             ent_solution *out)
{
    ent_status st = ENT_OK;
    int best = 0;
    bool proved = true;
    for (int k = 0; k < all->n; k++) {
        proved = proved && refuted(list[k]);
        if (ent_rat_cmp(&list[k]->residual, &list[best]->residual) < 0) best = k;
    }
    out->outcome = proved ? ENT_NONE : ENT_LIMIT;
    ent_write_array(out->solution, "equilibria", false);
    ent_write_end(out->solution);
    ent_write_number(out->solution, "residual", ent_rat_double(&list[best]->residual),
                     list[best]->exact ? &list[best]->residual : NULL);
    ent_write_array(out->certificate, "examined", false);
    for (int k = 0; k < all->n; k++) {
        ent_write_object(out->certificate, NULL, false);
        ENT_TRY(ent_i_write_examined(ctx, out->certificate, list[k], proved));
        ent_write_end(out->certificate);
    }
    ent_write_end(out->certificate);
done:
    return st;
}

ent_status ent_i_perfect_method(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ent_grand *g = NULL;
    ent_equilibria all = {0};
    ent_perfect **list = NULL;
    int fulfilled = 0;
    ENT_TRY(ent_i_need_game(ctx, m, "coalition-perfect"));
    ent_i_write_scale(out->certificate, m);
    if (m->transferable) {
        ENT_TRY(ent_i_transferable(ctx, m, s, ENT_TRANSFERABLE_PERFECT, out));
        goto done;
    }
    ENT_TRY(ent_i_grand_new(ctx, m->n, m->actions, m->payoff.value, &g));
    ENT_TRY(ent_i_equilibria_find(ctx, g, m, s, &all, &out->outcome));
    ENT_ALLOC(ctx, list, all.n + 1);
    ENT_TRY(decide_all(ctx, g, m, &all, list));
    for (int k = 0; k < all.n; k++) fulfilled += list[k] && fulfils(list[k]);
    if (all.n == 0 || fulfilled > 0 || out->outcome == ENT_BOUNDARY)
        ENT_TRY(write_solved(ctx, m, g, &all, list, out));
    else ENT_TRY(write_none(ctx, &all, list, out));
    ent_i_write_coverage(out->solution, m, s, &all, out->outcome);
done:
    for (int k = 0; list && k < all.n; k++) ent_i_perfect_free(list[k]);
    ent_free(list);
    ent_i_equilibria_release(&all);
    ent_i_grand_free(g);
    return st;
}
