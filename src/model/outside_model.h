/** outside_model.h - the model of the `outside` family: an alliance whose weaker member may search
 * for another partner.
 * Source [FR] Fang and Ramsay, "The Dynamics of Alliances in Anarchy", section 2. Numbers are kept
 *           exactly and as doubles.
 *
 * In each period player 1 (the ally, "proposer") offers to contribute r; player 2 (the "partner")
 * accepts, or pays the search cost for a draw X of an outside offer and then takes the best of r,
 * his best outside offer so far, and the next period. Producing with a contribution y is worth y -
 * (fee - 1) to the partner, and 1 - y to the proposer if it is hers, else 0.
 */
#ifndef ENT_OUTSIDE_MODEL_H
#define ENT_OUTSIDE_MODEL_H

#include "exact/rat.h"
#include "io/json.h"

enum { ENT_OUTSIDE_PERIODS_MAX = 64, ENT_OUTSIDE_PARTS_MAX = 64, ENT_OUTSIDE_ATOMS_MAX = 1000000 };

typedef enum ent_offer_kind { ENT_OFFER_UNIFORM, ENT_OFFER_BETA, ENT_OFFER_NORMAL } ent_offer_kind;

/** ent_offer_part - a continuous component of the distribution of outside offers, on [low, high]
 * within [0,1]. */
typedef struct ent_offer_part {
    ent_offer_kind kind;
    double weight, low, high; /* the weights of all parts and the masses of all atoms sum to 1 */
    /* beta: the two shapes; normal: mean and standard deviation before truncation */
    double a, b;
    /* beta: log of the beta function; normal: the mass inside [low, high] */
    double norm;
    bool is_unit_uniform; /* uniform on [0,1], decided exactly */
} ent_offer_part;

/** ent_offers - the distribution of one outside offer: continuous parts and atoms. */
typedef struct ent_offers {
    int parts;
    ent_offer_part *part; /* [parts] */
    int atoms;
    double *atom, *mass; /* [atoms] increasing values, positive masses */
    /* [atoms] sums of the masses before atom k, and of k and those after it */
    double *below, *above;
    double *beyond;                   /* [atoms] sum over l > k of mass_l (atom_l - atom_k) */
    ent_rat *atom_exact, *mass_exact; /* [atoms]; exact when there are no parts */
} ent_offers;

typedef struct ent_outside {
    char *title;
    double fee, search_cost, discount; /* phi in [1,2], c >= 0, delta in [0,1] */
    ent_rat fee_exact, cost_exact, discount_exact;
    int periods; /* T >= 1 */
    ent_offers offers;
} ent_outside;

/** ent_outside_read - a model document into a model; free with ent_outside_free.
 * Status  ENT_E_MODEL "file:line:column: /path: what was wanted, what was found", ENT_E_LIMIT,
 *         ENT_E_MEMORY
 */
ent_status ent_outside_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_outside **out);
void ent_outside_free(ent_outside *model);

/** ent_i_offers_read - the member `offers`; `out` is empty before, and released by the caller also
 * after a failure. */
ent_status ent_i_offers_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_offers *out);
void ent_i_offers_release(ent_offers *offers);

/** ent_offers_cdf - P(X <= x). ent_offers_cdf_smooth - the continuous parts alone (at most their
 * total weight).
 * ent_offers_density - of the continuous parts; infinite where a beta density is.
 */
double ent_offers_cdf(const ent_offers *offers, double x);
double ent_offers_cdf_smooth(const ent_offers *offers, double x);
/** ent_offers_atom_after - the first atom above x; the number of atoms when there is none. Cost
 * O(log atoms). */
int ent_offers_atom_after(const ent_offers *offers, double x);
double ent_offers_density(const ent_offers *offers, double x);

/** ent_offer_part_upper - P(Y > x) of one part, accurate in the upper tail; ent_offer_part_lower -
 * P(Y <= x). */
double ent_offer_part_upper(const ent_offer_part *part, double x);
double ent_offer_part_lower(const ent_offer_part *part, double x);
/** ent_offer_part_density - of one part, unweighted. */
double ent_offer_part_density(const ent_offer_part *part, double x);

/** ent_i_normal_moment - the integral of (z - from) times the standard normal density over [u, v],
 * of the density alone when from is -INFINITY; to rounding, relatively, for v - u <= 1 and from <=
 * u. */
double ent_i_normal_moment(double u, double v, double from);

/** ent_i_log_beta - log of the beta function, a, b > 0, to about 1e-15 relative; keeps no state. */
double ent_i_log_beta(double a, double b);

#endif
