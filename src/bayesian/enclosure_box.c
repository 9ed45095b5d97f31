/* The programs are set up once; a box changes the right side of the first and a few coefficients of
 * the second. Their doubles only propose: a proof is rounded to whole numbers, on a finer grid when
 * a coarse one fails, and judged with a margin that rounding errors of doubles cannot reach. */
#include "bayesian/enclosure_box_i.h"

#include <math.h>

double ent_i_box_grid(int k)
{
    static const double grids[ENT_BOX_GRIDS] = {0x1p-4, 0x1p-8, 0x1p-12, 0x1p-18};
    return grids[k];
}

ent_status ent_i_box_program_new(ent_ctx *ctx, int rows, int columns, ent_box_program *p)
{
    ent_status st = ENT_OK;
    *p = (ent_box_program){.rows = rows, .columns = columns};
    ENT_SCRATCH(ctx, p->a, (size_t)rows * (size_t)columns);
    ENT_SCRATCH(ctx, p->b, rows);
    ENT_SCRATCH(ctx, p->c, columns);
    ENT_SCRATCH(ctx, p->sense, rows);
    ENT_SCRATCH(ctx, p->is_free, columns);
    ENT_SCRATCH(ctx, p->basis, rows);
    for (size_t k = 0; k < (size_t)rows * (size_t)columns; k++) p->a[k] = 0.0;
    for (int i = 0; i < rows; i++) p->b[i] = 0.0, p->sense[i] = ENT_LP_LE;
    for (int j = 0; j < columns; j++) p->c[j] = 0.0, p->is_free[j] = false;
    ENT_TRY(ent_lp_work_new(ctx, rows, columns, &p->work));
done:
    return st;
}

void ent_i_box_solve(ent_box_program *p, ent_lp_result *r)
{
    const ent_lp lp = {.rows = p->rows,
                       .columns = p->columns,
                       .a = p->a,
                       .b = p->b,
                       .c = p->c,
                       .sense = p->sense,
                       .is_free = p->is_free};
    ent_lp_solve(p->work, &lp, p->has_basis ? ENT_LP_BASIS : ENT_LP_COLD,
                 p->has_basis ? p->basis : NULL, r);
    p->has_basis = r->outcome == ENT_LP_OPTIMAL;
    for (int i = 0; p->has_basis && i < p->rows; i++) p->basis[i] = r->basis[i];
}

ent_status ent_i_box_work_new(ent_ctx *ctx, const ent_bargain *b, ent_box_work **out)
{
    ent_status st = ENT_OK;
    ent_box_work *w = NULL;
    ENT_SCRATCH(ctx, w, 1);
    *w = (ent_box_work){.b = b};
    *out = w;
    ENT_SCRATCH(ctx, w->number, b->interims + b->pairs + 3 * b->options);
    ENT_SCRATCH(ctx, w->g, b->interims);
    ENT_SCRATCH(ctx, w->alpha, b->pairs + 1);
    ENT_SCRATCH(ctx, w->forced, b->pairs + 1);
    ENT_SCRATCH(ctx, w->kept, 2 * (b->interims + b->options + 1));
    ENT_TRY(ent_i_box_set_reach(ctx, w));
    ENT_TRY(ent_i_box_set_warrant(ctx, w));
done:
    return st;
}

void ent_i_box_work_free(ent_box_work *work)
{
    if (!work) return;
    ent_lp_work_free(work->reach.work);
    ent_lp_work_free(work->warrant.work);
}

int64_t ent_i_box_coefficients(const ent_bargain *b)
{
    const int64_t rows = b->cells + 2 * (b->interims + b->pairs) + 1;
    return rows * (b->options + b->interims + 1);
}
