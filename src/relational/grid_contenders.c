#include "relational/slab_kernel.h"
ent_status ent_i_grid_contenders(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found, double slack,
                                 int64_t *count, int64_t **play)
{
    (void)source, (void)found, (void)slack, (void)count, (void)play;
    return ent_i_fail(ctx, ENT_E_LIMIT, "literal ties: not for this game");
}
