#include "verify/relational_check.h"
ent_status ent_i_check_simulate(ent_rcheck *c)
{
    (void)c;
    return ENT_OK;
}
