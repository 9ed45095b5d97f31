/** public_good_check.h - the checkers of public-good games, by rational enclosures
 * (docs/results.md, certificate.enclosure). */
#ifndef ENT_PUBLIC_GOOD_CHECK_H
#define ENT_PUBLIC_GOOD_CHECK_H

#include "verify/relational_check.h"

ent_status ent_i_check_public_good(ent_rcheck *c);
ent_status ent_i_check_public_good_benchmark(ent_rcheck *c);

#endif
