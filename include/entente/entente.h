/** entente.h - agreements that hold when nobody enforces them. The one promised header of
 * libentente. */
#ifndef ENT_ENTENTE_H
#define ENT_ENTENTE_H

#include "entente/base.h"
#include "entente/bayesian.h"
#include "entente/coal.h"
#include "entente/information.h"
#include "entente/outside.h"
#include "entente/relational.h"
#include "entente/run.h"
#include "entente/strategic.h"

#endif
