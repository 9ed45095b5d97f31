/* The method `compare`: the neutral procedural solution and its rivals, each with its own solution
 * and certificate. */
#include "bayesian/bayesian_solve.h"

typedef struct rival {
    const char *name;
    ent_status (*solve)(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out);
} rival;

static const rival rivals[] = {{"neutral-procedural", ent_i_neutral_method},
                               {"m-solution", ent_i_m_solution_method},
                               {"s-solution", ent_i_s_solution_method}};

ent_status ent_i_compare_method(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    ent_status st = ENT_OK;
    for (size_t k = 0; k < sizeof rivals / sizeof *rivals; k++) {
        ent_solution one = *out;
        ent_write_object(out->solution, rivals[k].name, false);
        ent_write_object(out->certificate, rivals[k].name, false);
        ENT_TRY(rivals[k].solve(ctx, model, settings, &one));
        ent_write_string(out->certificate, "outcome", ent_outcome_word(one.outcome));
        ent_write_end(out->certificate);
        ent_write_end(out->solution);
    }
    out->outcome = ENT_SOLVED;
done:
    return st;
}
