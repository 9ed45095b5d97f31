/* The proof that a true equilibrium lies near the numbers printed. */
#include "verify/strategic_i.h"

ent_status ent_sv_enclosure(ent_sv *v, ent_sv_equilibrium *e)
{
    const ent_json *enclosure = ent_json_get(e->proof, "enclosure");
    if (enclosure) ent_claims_refuse(&v->c, enclosure, "not checked yet");
    return ENT_OK;
}
