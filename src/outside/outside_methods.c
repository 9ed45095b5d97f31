/* The table that the outside family hands to the driver. */
#include "outside/outside_methods.h"

#include <stddef.h>

extern const char ent_embed_example_outside[];
extern const char ent_embed_schema_outside[];

static const ent_setting settings[] = {
#define SETTING(...) ENT_SETTING_ROW(ent_outside_settings, true, __VA_ARGS__)
#define RUN_SETTING(...) ENT_SETTING_ROW(ent_outside_settings, false, __VA_ARGS__)
#include "outside/outside_settings.def"
#undef SETTING
#undef RUN_SETTING
};

static ent_status read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model)
{
    ent_outside *m = NULL;
    const ent_status st = ent_outside_read(ctx, doc, root, &m);
    if (st == ENT_OK) *model = m;
    return st;
}

static void release(void *model) { ent_outside_free(model); }

static const ent_method methods[] = {
    {.name = "equilibrium",
     .source =
         "[FR] Props. 1 and 2, Tables 1 and 2; for every parameter, horizon and distribution docs/outside.md",
     .help = "offers, acceptance, search and break-up of an alliance, period by period",
     .definition =
         "In each period the proposer offers a contribution r; the partner accepts, or pays the search cost for a draw X of an outside offer and\n"
         "then takes the best of r, the best outside offer so far, and the next period. Producing with a contribution y is worth y - (fee - 1)\n"
         "to him; it is worth 1 - y to her if the contribution is hers, and nothing if it is not. The subgame-perfect equilibrium is found by\n"
         "backward induction over the standing outside offer. He never searches against r* or more, where E(X - r*)^+ = search cost; below it\n"
         "he always does, so she chooses between r* for sure and the best cutoff a up to which her offer is accepted after a search.\n"
         "Ties: she prefers the sure outcome; equality of her offer with an outside one goes to her.",
     .cost =
         "uniform, two periods: 0.1 us; discrete: atoms x periods rationals; otherwise about 0.1 ms a period",
     .solve = ent_i_outside_equilibrium,
     .columns = ent_i_outside_columns,
     .row = ent_i_outside_row,
     .tables = ent_i_outside_equilibrium_tables},
    {.name = "institution",
     .source = "[FR] Section 5, Figures 3 and 4; docs/outside.md",
     .help =
         "the search cost that is best for each player, jumps, and the fee from which free search is best",
     .definition =
         "An institution is a search cost. The method follows both players' payoffs over all costs, finds every jump to the last bit with the\n"
         "limits on both sides, and the cost that is best for each player (the smallest one at a tie).",
     .cost = "some hundred equilibria; with fee_threshold some thousand",
     .solve = ent_i_outside_institution,
     .tables = ent_i_outside_institution_tables,
     .picture = ent_i_outside_institution_picture},
    {.name = "simulate",
     .source = "[FR] Sections 2 and 3",
     .help =
         "the equilibrium played many times, with standard errors, and one-shot deviations in random states",
     .definition =
         "Plays are drawn at random, the partner deciding anew each time by comparing payoffs; means are set beside the claims. In random states\n"
         "random offers are tried: what the partner's best response to them would leave the proposer, against her equilibrium payoff.",
     .cost = "about 0.1 us a play and period (uniform) to 5 us (other distributions)",
     .solve = ent_i_outside_simulate,
     .tables = ent_i_outside_simulate_tables},
};

const ent_family ent_family_outside = {
    .name = "outside",
    .help = "an ally who may search for an outside partner",
    .source = "[FR] Fang and Ramsay, The Dynamics of Alliances in Anarchy",
    .read = read,
    .free = release,
    .settings_size = sizeof(ent_outside_settings),
    .settings = settings,
    .settings_n = (int)(sizeof settings / sizeof *settings),
    .methods = methods,
    .methods_n = (int)(sizeof methods / sizeof *methods),
    .example = ent_embed_example_outside,
    .schema = ent_embed_schema_outside,
};
