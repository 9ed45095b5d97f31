/** outside_draw.h - random outside offers, for playing the equilibrium. */
#ifndef ENT_OUTSIDE_DRAW_H
#define ENT_OUTSIDE_DRAW_H

#include "base/rng.h"
#include "model/outside_model.h"

/** ent_offers_draw - one offer: a part or atom by its weight, then its quantile by bisection. */
double ent_offers_draw(const ent_offers *offers, ent_rng *rng);

#endif
