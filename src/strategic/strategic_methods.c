/* The table that the strategic family hands to the driver. */
#include "strategic/strategic_solve.h"

#include <stddef.h>

extern const char ent_embed_example_strategic[];
extern const char ent_embed_example_strategic_two[];
extern const char ent_embed_example_strategic_worth[];
extern const char ent_embed_schema_strategic[];

static const ent_setting settings[] = {
#define SETTING(...) ENT_SETTING_ROW(ent_strategic_settings, true, __VA_ARGS__)
#define RUN_SETTING(...) ENT_SETTING_ROW(ent_strategic_settings, false, __VA_ARGS__)
#include "strategic/strategic_settings.def"
#undef SETTING
#undef RUN_SETTING
};

static ent_status read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model)
{
    ent_strategic *m = NULL;
    const ent_status st = ent_strategic_read(ctx, doc, root, &m);
    if (st == ENT_OK) *model = m;
    return st;
}

static void release(void *model) { ent_strategic_free(model); }

static const ent_method methods[] = {
    {.name = "coco",
     .source = "[CoCo] CoCo equilibrium; docs/strategic.md, notion (i)",
     .help = "virtual prices and an agreement that gives every player its CoCo value in them",
     .definition =
         "Prices a > 0 and a feasible payoff vector u that maximises a.u, with a_i u_i = psi_i(a) for every player: psi is the n-player CoCo\n"
         "value of the game in which payoffs are counted in the virtual currency of the prices (see tu-value). For two players this is Nash's\n"
         "bargaining solution with variable threats. Equilibria need not be unique for three players, and need not exist with positive prices;\n"
         "then the limit on the boundary is given.",
     .cost = "some 20 evaluations of 2^(n-1) - 1 matrix games a start",
     .solve = ent_i_coco_method,
     .columns = ent_i_coco_columns,
     .row = ent_i_coco_row,
     .tables = ent_i_coco_tables,
     .picture = ent_i_frontier_picture},
    {.name = "coalition-perfect",
     .source =
         "[CoCo] coalition-perfect CoCo and Harsanyi equilibria, conditions 1 to 4; docs/strategic.md, notion (ii)",
     .help =
         "the post's conditions literally, decided: an equilibrium for every coalition, or none with the reason",
     .definition =
         "One set of prices for all coalitions; every coalition and its complement play optimal strategies of the zero-sum game at these\n"
         "prices; and inside every coalition S payoffs are divided so that a_i (u_i^S - t_i^S) is the same for all members, t^S being what\n"
         "smaller coalitions leave them. For three and more players this is more than can be asked of most games: then the answer is\n"
         "none, with multipliers that prove it at the prices of every CoCo equilibrium found.",
     .cost = "coco, then a linear program over the optimal strategies of all conflicts",
     .solve = ent_i_perfect_method,
     .tables = ent_i_perfect_tables,
     .picture = ent_i_frontier_picture},
    {.name = "harsanyi",
     .source = "Harsanyi (1963); [CoCo]; docs/strategic.md, notion (iii)",
     .help =
         "Harsanyi's constrained threats: coalitions threaten, but divide inside by equal weighted dividends",
     .definition =
         "Every coalition S maximises the same weighted difference as in coco, but must treat its members alike: what counts inside is the\n"
         "largest vector of equal weighted dividends below its members' payoffs, P(S) = min over i in S of a_i u_i^S + P(S without i). The\n"
         "others' strategy is taken as given. Members' effective weights in S are |S| mu_i a_i with multipliers mu of that minimum.",
     .cost = "a curve of some 100 to 300 linear systems a start; seconds for five players",
     .solve = ent_i_harsanyi_method,
     .tables = ent_i_perfect_tables,
     .picture = ent_i_frontier_picture},
    {.name = "nash",
     .source = "[CoCo]; Nash (1950, 1953); docs/strategic.md",
     .help =
         "Nash bargaining: two players with variable threats, or any number with a disagreement outcome",
     .definition =
         "A bargaining model names outcomes and what happens without agreement: the solution maximises the product of the gains over\n"
         "disagreement. In a game of two players without a disagreement outcome each chooses a threat first, and the solution is that of\n"
         "bargaining from what the threats give; it is the CoCo equilibrium of the game.",
     .cost = "bargaining: a linear program a player and some 40 Newton steps; threats: as coco",
     .solve = ent_i_nash_method,
     .columns = ent_i_nash_columns,
     .row = ent_i_nash_row,
     .tables = ent_i_nash_tables,
     .picture = ent_i_frontier_picture,
     .example = ent_embed_example_strategic_two},
    {.name = "threats",
     .source = "[CoCo] condition 3; docs/strategic.md",
     .help =
         "every coalition against everybody else: value, both sides' strategies, what each player gets",
     .definition =
         "At given prices a the coalition S and its complement play a zero-sum game with correlated strategies: S maximises, its\n"
         "complement minimises, the weighted payoffs of S less those of the others, sum over S of a_i u_i - sum over the others of a_j u_j.\n"
         "D_S is the value of that game; D of the complement is -D_S; D_N is the most that all together can make of sum a_i u_i.",
     .cost = "2^(n-1) - 1 matrix games",
     .solve = ent_i_threats_solve,
     .columns = ent_i_threats_columns,
     .row = ent_i_threats_row,
     .tables = ent_i_threats_tables},
    {.name = "tu-value",
     .source = "[CoCo]; Kohlberg and Neyman; Kalai and Kalai (2013); docs/strategic.md",
     .help = "the CoCo value: what each gets when payments are possible and threats count",
     .definition =
         "With side payments everybody together makes D_N = max of the sum of payoffs, and player i gets\n"
         "    psi_i = sum over coalitions S containing i of (s-1)!(n-s)!/n! D_S,\n"
         "the average of the threat powers of the coalitions it belongs to. For two players: half of the maximum, and to it or from it the\n"
         "value of the zero-sum game (u_1 - u_2) / 2.",
     .cost = "2^(n-1) - 1 matrix games",
     .solve = ent_i_tu_value_solve,
     .columns = ent_i_tu_value_columns,
     .row = ent_i_tu_value_row,
     .tables = ent_i_tu_value_tables},
    {.name = "shapley",
     .source = "Shapley (1953); Shapley and Shubik (1954); docs/strategic.md",
     .help = "the Shapley value of a worth function or a weighted-voting game",
     .definition =
         "The mean of what a player adds to those before it, over all orders in which players can come:\n"
         "    phi_i = sum over coalitions S without i of s!(n-s-1)!/n! (v(S and i) - v(S)).",
     .cost =
         "one pass over the worths, exactly up to 20 players; voting: players x players x quota",
     .solve = ent_i_shapley_method,
     .tables = ent_i_shapley_tables,
     .example = ent_embed_example_strategic_worth},
    {.name = "banzhaf",
     .source = "Banzhaf (1965); docs/strategic.md",
     .help =
         "the Banzhaf value: what a player adds to a coalition of the others, all equally likely",
     .definition =
         "beta_i = 2^(1-n) sum over coalitions S without i of v(S and i) - v(S); in a voting game the probability that i decides when the\n"
         "others vote by the toss of a coin.",
     .cost = "as shapley; voting: players x quota",
     .solve = ent_i_banzhaf_method,
     .tables = ent_i_banzhaf_tables,
     .example = ent_embed_example_strategic_worth},
    {.name = "dividends",
     .source = "Harsanyi (1963); Hart and Mas-Colell (1989); docs/strategic.md",
     .help = "Harsanyi dividends and the potential of a worth function",
     .definition =
         "The dividend of a coalition is what it is worth beyond the dividends of its parts, d(S) = v(S) - sum of d(R) over proper subsets R.\n"
         "The potential is P(S) = sum over R in S of d(R) / r; the Shapley value of the players of S is P(S) - P(S without i).",
     .cost = "five passes over the worths",
     .solve = ent_i_dividends_method,
     .tables = ent_i_dividends_tables,
     .example = ent_embed_example_strategic_worth},
};

const ent_family ent_family_strategic = {
    .name = "strategic",
    .help = "threats and agreements in games with any number of players",
    .source = "[CoCo] the post on CoCo and Harsanyi equilibria",
    .read = read,
    .free = release,
    .settings_size = sizeof(ent_strategic_settings),
    .settings = settings,
    .settings_n = (int)(sizeof settings / sizeof *settings),
    .methods = methods,
    .methods_n = (int)(sizeof methods / sizeof *methods),
    .example = ent_embed_example_strategic,
    .schema = ent_embed_schema_strategic,
};
