/** information_model.h - the model of the `information` family: allies with biases, who tell each
 * other what they know about a state of the world and then choose policies that spill over, within
 * bounds.
 * Source [ITA] "A Theory of International Alliances", section 2. Numbers are kept exactly and as
 *           doubles.
 *
 *   theta uniform on [0,1]; signals s_i = 1 with probability theta; u_i = -(phi_i - theta - b_i)^2,
 *   phi_i = ((1 - eta) x_i + eta sum_j x_j) / A,  A = 1 + (n - 1) eta
 */
#ifndef ENT_INFORMATION_MODEL_H
#define ENT_INFORMATION_MODEL_H

#include "entente/coal.h"
#include "model/reals.h"

typedef struct ent_information {
    char *title;
    int n;
    char **player;  /* [n] */
    ent_reals bias; /* [n] b_i */
    double eta;     /* interdependence, in [0,1) */
    double rest;    /* 1 - eta, rounded once: policies are as large as 1 / (1 - eta) */
    ent_rat eta_exact;
    ent_reals low, high;      /* [n] policies x_i in [low_i, high_i] */
    bool *has_low, *has_high; /* [n] false: no bound */
    /* who is to tell the truth in `policies` and `simulate`; everybody unless the model says
       otherwise */
    ent_coal truthful;
    bool has_commitment;
    double cost; /* c >= 0, of one unit of investment */
    ent_rat cost_exact;
    /* Which parameter `revelation` varies to find where full revelation holds: -2 nothing, -1
     * interdependence, else a player's bias. */
    int varied;
    double from, to;
} ent_information;

enum { ENT_VARY_NOTHING = -2, ENT_VARY_INTERDEPENDENCE = -1 };

/** ent_information_read - a model document into a model; free with ent_information_free.
 * Status  ENT_E_MODEL "file:line:column: /path: what was wanted, what was found", ENT_E_LIMIT,
 *         ENT_E_MEMORY
 */
ent_status ent_information_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                ent_information **out);
void ent_information_free(ent_information *model);

#endif
