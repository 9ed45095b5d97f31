/** public_good_proof.h - a whole public-good contract, or benchmark, proved from its certificate's
 * enclosure. */
#ifndef ENT_PUBLIC_GOOD_PROOF_H
#define ENT_PUBLIC_GOOD_PROOF_H

#include "verify/public_good_bounds.h"
#include "verify/relational_check.h"

typedef struct ent_pg_proof {
    int n;
    ent_pg *pg;
    bool benchmark;       /* of `subgame-perfect`: joint and quiet alone */
    bool lone, quiet_too; /* one insider; renegotiation < 1 */
    ent_interval span;
    ent_pg_problem *on_path, *joint;
    /* [n], NULL where there is none */
    ent_pg_problem **punishment, **quiet, **highest, **highest_quiet;
} ent_pg_proof;

/** ent_i_pg_proof_new - read the enclosure and prove it: every problem, and the span from below and
 * above.
 * Returned  out  NULL, with refused lines in the report, when it proves nothing
 */
ent_status ent_i_pg_proof_new(ent_rcheck *c, bool benchmark, ent_pg_proof **out);
void ent_i_pg_proof_free(ent_pg_proof *proof);

/** ent_i_pg_reply - uhat_i at a play whose efforts are known as intervals. */
void ent_i_pg_reply(const ent_pg *pg, int i, const ent_interval *effort, ent_interval *out);

#endif
