/** coco_exact.h - the rational twin of a point that doubles found, when there is one. */
#ifndef ENT_COCO_EXACT_H
#define ENT_COCO_EXACT_H

#include "model/strategic_model.h"
#include "strategic/coco.h"
#include "strategic/exact_threats.h"

/** ent_exact_point - an equilibrium in rationals with all that proves it; `known` is false when
 * none was found. */
typedef struct ent_exact_point {
    bool known;
    ent_coal zero; /* players with price 0: their utility is what they claim in the limit */
    int n, support;
    ent_rat price[ENT_COCO_PLAYERS], utility[ENT_COCO_PLAYERS]; /* [n] */
    int64_t profile[ENT_COCO_SUPPORT];
    ent_rat weight[ENT_COCO_SUPPORT]; /* [support] */
    ent_exact_threats threats;        /* at these prices */
} ent_exact_point;

/** ent_i_coco_exact - look for rational prices near those of the point at which every equation
 * holds exactly.
 * Given     point  in  in units of the model
 * Returned  out    out initialise with ent_i_exact_point_init; release with
 *                  ent_i_exact_point_release, also after a failure
 */
ent_status ent_i_coco_exact(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                            const ent_point *point, ent_exact_point *out);
void ent_i_exact_point_init(int n, ent_exact_point *point);
void ent_i_exact_point_release(ent_exact_point *point);

/** ent_i_boundary_exact - the same for a point with prices 0: `direction` as from
 * ent_i_coco_boundary. out->threats are at the limit; `approach` gets prices (sum 1) near it,
 * `near` the conflicts there; claims there are near.psi / approach.
 * Returned  known only when the equations hold exactly and the claims near the limit no longer move
 *           limit  [n] the utilities in doubles, also when nothing exact is known */
ent_status ent_i_boundary_exact(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                const ent_point *point, const double *direction,
                                ent_exact_point *out, ent_rat *approach, ent_exact_threats *near,
                                double *limit);

/** ent_i_exact_point_at - the same at given rational prices (any sum): known when they carry an
 * equilibrium. */
ent_status ent_i_exact_point_at(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                const ent_rat *price, ent_exact_point *out);

#endif
