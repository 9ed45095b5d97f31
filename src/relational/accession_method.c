/* The method `accession`, [MW25] Section 5.2. */
#include "relational/solve.h"

#include "relational/accession.h"

ent_status ent_i_accession_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_relational_settings *s = settings;
    const ent_contract_settings typed = ent_i_contract_settings(s);
    ENT_TRY(ent_i_accession_solve(ctx, model, s->table_players, &typed, out->solution));
    ent_write_real(out->certificate, "scale", ent_i_scale(model));
done:
    return st;
}
