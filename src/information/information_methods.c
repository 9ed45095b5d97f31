/* The table that the information family hands to the driver. */
#include "information/information_methods.h"

#include "model/information_model.h"

#include <stddef.h>

extern const char ent_embed_example_information[];
extern const char ent_embed_schema_information[];

static const ent_setting settings[] = {
#define SETTING(...) ENT_SETTING_ROW(ent_information_settings, true, __VA_ARGS__)
#define RUN_SETTING(...) ENT_SETTING_ROW(ent_information_settings, false, __VA_ARGS__)
#include "information/information_settings.def"
#undef SETTING
#undef RUN_SETTING
};

static ent_status read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model)
{
    ent_information *m = NULL;
    const ent_status st = ent_information_read(ctx, doc, root, &m);
    if (st == ENT_OK) *model = m;
    return st;
}

static void release(void *model) { ent_information_free(model); }

static const ent_method methods[] = {
    {.name = "revelation",
     .source =
         "[ITA] Theorem 2, Prop. 1, Lemmas 1 and 2; what is true instead: docs/information.md 3",
     .help =
         "is the truth an equilibrium? who would lie, with which signal, and what would it gain?",
     .definition =
         "Every ally sees a signal, 1 with probability theta, and sends a message; then policies x_i within bounds are chosen, and i loses\n"
         "(phi_i - theta - b_i)^2, phi_i = ((1 - eta) x_i + eta sum x) / (1 + (n-1) eta). The truth is an equilibrium when no player, whatever\n"
         "the signal, expects to gain by a lie that the others believe. The gains are computed from the equilibria of the policy game in every\n"
         "state, in rationals. The paper's condition (|b_i + misalignment_i| <= 2/(n+2)) is sufficient, not necessary; it is reported beside them.",
     .cost = "O(n^3) rationals; ent_full_revelation of the library takes 10^6 players in a second",
     .solve = ent_i_revelation_solve,
     .columns = ent_i_revelation_columns,
     .row = ent_i_revelation_row,
     .tables = ent_i_revelation_tables},
    {.name = "policies",
     .source = "[ITA] Theorem 1, Corollary 1; within bounds docs/information.md 3",
     .help = "what everybody does after the messages, without and within bounds",
     .definition =
         "The players of the set `truthful` (everybody unless the model says otherwise) tell the truth, the others babble. Without bounds the\n"
         "policies are those of Theorem 1; within bounds they are the unique equilibrium of a game with a strictly concave potential, found\n"
         "by Newton's method on two piecewise linear equations and recomputed in rationals.",
     .cost = "O(n) a state and step",
     .solve = ent_i_policies_solve,
     .tables = ent_i_policies_tables},
    {.name = "partial",
     .source = "[ITA] Definitions 1 and 2; docs/information.md 3",
     .help =
         "every set of truthful players that is an equilibrium, with welfare, and the best by each criterion",
     .definition =
         "For each of the 2^n sets: the truthful players' incentive constraints when the others babble and keep their signals to themselves.\n"
         "The empty set always is an equilibrium; subsets of equilibria need not be.",
     .cost = "2^n sets of O(t n) work a player, on all cores",
     .solve = ent_i_partial_solve,
     .tables = ent_i_partial_tables},
    {.name = "commitment",
     .source =
         "[ITA] Props. 2 and 3, eqs. (6) and (7), Corollaries 2 to 4; corrected docs/information.md 4",
     .help =
         "investments before the messages: who commits how much, welfare, the planner's optimum",
     .definition =
         "Before signals every player invests R_i at a cost c a unit; policies then lie in [0, R_i]. The symmetric equilibrium stops at the\n"
         "estimate e* with E(e_k - e*)^+ = c (1 + (n-1) eta) / 2, and investments are the policies chosen at e* if nothing bounds them\n"
         "from above. Welfare is evaluated directly (Proposition 3 fails where a policy reaches 0).",
     .cost = "O(n^3) rationals",
     .solve = ent_i_commitment_solve,
     .columns = ent_i_commitment_columns,
     .row = ent_i_commitment_row,
     .tables = ent_i_commitment_tables,
     .picture = ent_i_commitment_picture},
    {.name = "simulate",
     .source = "[ITA] section 2",
     .help = "random states and signals; truth and lie on the same draws, with standard errors",
     .definition =
         "Draws theta and signals, plays the equilibrium policies, and evaluates the truth and each player's lie on the same draws.",
     .cost = "O(n^2) a play",
     .solve = ent_i_information_simulate,
     .tables = ent_i_information_simulate_tables},
};

const ent_family ent_family_information = {
    .name = "information",
    .help = "allies who tell each other what they know, and commit",
    .source = "[ITA] A Theory of International Alliances",
    .read = read,
    .free = release,
    .settings_size = sizeof(ent_information_settings),
    .settings = settings,
    .settings_n = (int)(sizeof settings / sizeof *settings),
    .methods = methods,
    .methods_n = (int)(sizeof methods / sizeof *methods),
    .example = ent_embed_example_information,
    .schema = ent_embed_schema_information,
};
