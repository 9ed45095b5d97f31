/** relational_maps.h - the maps of docs/relational.md 2 to 4, exactly, for finite and separable
 * games.
 *
 *     Gamma(d) = sum over insiders of max over A(d) of (pi_i K - uhat_i)
 *     Gamma_0(d) = max over A(d) of U - sum over everybody of min over A(d) of uhat_i F(d) = rho
 *     (Gamma(d) + tau(d)) + (1-rho) Gamma_0(d)                                    two insiders or
 *     more F(d) = (1-delta) (rho tau(d) + (1-rho) Gamma_0(d)) / (1 - delta (1-rho))
 *     one insider
 *
 * tau is 0 unless ties are read literally (docs/errata.md E4). A(d) = {a : G(a) <= kappa d}, kappa
 * = delta / (1-delta).
 */
#ifndef ENT_RELATIONAL_MAPS_H
#define ENT_RELATIONAL_MAPS_H

#include "verify/relational_spread.h"

/** ent_rules - who negotiates and how; the numbers are borrowed from a model or are the
 * caller's. */
typedef struct ent_rules {
    ent_coal coalition;
    const ent_rat *weight; /* [n] normalised */
    const ent_rat *delta, *rho;
    bool literal_ties;
} ent_rules;

/** ent_common - what does not depend on the coalition: the most of U, and of -uhat_i, at a given
 * G. */
typedef struct ent_common {
    ent_game *game;
    ent_stairs total;
    ent_stairs *reply; /* [n] */
} ent_common;

ent_status ent_i_common_new(ent_ctx *ctx, ent_game *game, ent_common **out);
void ent_i_common_free(ent_common *common);

/** ent_maps - the staircases of one coalition. */
typedef struct ent_maps {
    const ent_common *common;
    ent_rules rules;
    ent_stairs k;
    ent_stairs *gamma;  /* [n] insiders */
    ent_spread *spread; /* NULL unless ties are read literally */
    /* every G at which something changes, with F from there on; values may fall when tau does */
    ent_stairs blocks;
    ent_rat kappa;
    bool quiet; /* renegotiation < 1: Gamma_0 counts */
} ent_maps;

ent_status ent_i_maps_new(ent_ctx *ctx, const ent_common *common, const ent_rules *rules,
                          ent_maps **out);
void ent_i_maps_free(ent_maps *maps);

/** ent_i_maps_value - F when plays up to this G are enforceable; false when there is none. */
bool ent_i_maps_value(const ent_maps *maps, const ent_rat *gains, ent_rat *out);

/** ent_i_maps_fixed_point - the largest d = F(d); false when there is none.
 * Given     slack  in   plays whose G exceeds kappa d by at most this count as enforceable; 0 for
 *                       exact answers
 * Returned  gains  out  the G up to which plays are enforceable: kappa d and the slack
 */
bool ent_i_maps_fixed_point(const ent_maps *maps, const ent_rat *slack, ent_rat *d, ent_rat *gains);

/** ent_i_maps_budget - kappa d: the G that a span d can enforce. */
void ent_i_maps_budget(const ent_maps *maps, const ent_rat *d, ent_rat *gains);

/** ent_i_maps_tau - tau when plays up to this G are enforceable; 0 unless ties are read
 * literally. */
void ent_i_maps_tau(const ent_maps *maps, const ent_rat *gains, ent_rat *tau);

/** ent_i_mix - r = w a + (1-w) b; r may alias a or b, not w. */
void ent_i_mix(ent_rat *r, const ent_rat *w, const ent_rat *a, const ent_rat *b);

/** ent_i_kappa - delta / (1 - delta). */
void ent_i_kappa(const ent_rat *delta, ent_rat *kappa);

#endif
