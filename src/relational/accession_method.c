/* The method `accession`, [MW25] Section 5.2. */
#include "relational/accession.h"

ent_status ent_i_accession_method(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    ent_i_accession *accession = NULL;
    const ent_i_line *start = NULL;
    ENT_TRY(ent_i_accession_new(ctx, m, settings, &accession));
    ENT_TRY(ent_i_accession_line(ctx, accession, m->coalition, &start));
    if (start->is.outcome != ENT_SOLVED) {
        /* the evidence is that of the coalition's contract */
        ENT_TRY(ent_i_contractual_solve(ctx, model, settings, out));
        goto done;
    }
    ent_write_real(out->certificate, "scale", ent_i_scale(m));
    out->outcome = ENT_SOLVED;
    ENT_TRY(ent_i_accession_write(ctx, accession, out->solution));
done:
    ent_i_accession_free(accession);
    return st;
}
