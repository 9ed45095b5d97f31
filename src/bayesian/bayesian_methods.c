/* The table that the bayesian family hands to the driver. */
#include "bayesian/bayesian_solve.h"

#include <stddef.h>

extern const char ent_embed_example_bayesian[];
extern const char ent_embed_schema_bayesian[];

static const ent_setting settings[] = {
#define SETTING(...) ENT_SETTING_ROW(ent_bayesian_settings, true, __VA_ARGS__)
#define RUN_SETTING(...) ENT_SETTING_ROW(ent_bayesian_settings, false, __VA_ARGS__)
#include "bayesian/bayesian_settings.def"
#undef SETTING
#undef RUN_SETTING
};

static ent_status read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model)
{
    ent_bayesian *m = NULL;
    const ent_status st = ent_bayesian_read(ctx, doc, root, &m);
    if (st == ENT_OK) *model = m;
    return st;
}

static void release(void *model) { ent_bayesian_free(model); }

static const ent_method methods[] = {
    {.name = "neutral-procedural",
     .source = "[Sal] Definition 4; docs/bayesian.md",
     .help =
         "the neutral procedural solution of every coalition: utilities, mechanism, weights, claims",
     .definition =
         "One member of a coalition S, drawn at random, may dictate any incentive-compatible mechanism that leaves the others what they would\n"
         "get without it. Where that does not lead to an efficient agreement, virtual utility replaces utility: with weights lambda and prices\n"
         "alpha of the incentive constraints, omega_i(t_i) is what type t_i is warranted to claim as a dictator, (4.11), and the solution gives\n"
         "    U_i(t_i) = (sum over j in S\\i of U_i in S\\j  +  omega_i(t_i)) / |S|\n"
         "by an incentive-efficient mechanism. Smaller coalitions' solutions are the threats in larger ones.",
     .cost =
         "one path of 13 to 20 steps a coalition, dense systems in the numbers of types; coalitions of one size in parallel",
     .solve = ent_i_neutral_method,
     .columns = ent_i_neutral_columns,
     .row = ent_i_neutral_row,
     .tables = ent_i_neutral_tables},
    {.name = "efficient",
     .source = "[Sal] eq. (3.5), (3.7), Proposition 1",
     .help =
         "incentive-efficient mechanisms for given weights, virtual utilities, and the frontier of interim utilities",
     .definition =
         "Among all mechanisms in which nobody gains by pretending to be another type, one that maximises the weighted sum of the expected\n"
         "utilities of all types. The multipliers of the incentive constraints solve the dual problem and make virtual utilities: in each\n"
         "state the mechanism maximises their sum, which proves that it is efficient. Where small, all vertices and facets of the set of\n"
         "interim utilities are computed.",
     .cost = "a linear program a coalition; for the frontier one a facet",
     .solve = ent_i_efficient_method,
     .columns = ent_i_efficient_columns,
     .row = ent_i_efficient_row,
     .tables = ent_i_efficient_tables,
     .picture = ent_i_efficient_picture},
    {.name = "strong",
     .source = "[Sal] Definitions 1 to 3, Proposition 2",
     .help =
         "what each member of each coalition would dictate: its strong solution, or the proof that there is none",
     .definition =
         "A dictator in S proposes a mechanism that the others, who could have their neutral procedural solution without it, must accept. A\n"
         "mechanism is safe when it is incentive compatible and acceptable whatever the others infer about the dictator's type, (4.12a) and\n"
         "(4.12b); undominated when no feasible one is better for some type of the dictator and worse for none. Strong means both. (4.12b)\n"
         "is printed as an equality; the answer with >= is given beside it.",
     .cost = "two linear programs a dictator, three where nothing is safe",
     .solve = ent_i_strong_method,
     .tables = ent_i_strong_tables},
    {.name = "random-dictator",
     .source = "[Sal] axioms RCRD and RCRD'",
     .help =
         "the recursive conditional random dictatorship, and whether what it gives is efficient",
     .definition =
         "Each member of S is drawn with probability 1/|S| and dictates its strong solution. In the recursive draw (RCRD') the others could\n"
         "otherwise have the draw among themselves; in the restricted one (RCRD) their neutral procedural solution. Where every draw is\n"
         "defined and its average mechanism is incentive efficient, the draws are a bargaining solution, and the neutral procedural one.",
     .cost = "as `strong`, twice, and one linear program a coalition",
     .solve = ent_i_random_dictator_method,
     .tables = ent_i_random_dictator_tables},
    {.name = "m-solution",
     .source = "Myerson (1984b); [Sal] Sections 1 and 2; docs/bayesian.md",
     .help = "the rival: Myerson's generalisation of the Shapley NTU value, with rational threats",
     .definition =
         "One pair of weights and multipliers for all players. Every smaller coalition threatens with decisions that maximise its members'\n"
         "virtual utility, fair or not; type t_i is warranted the conditional expected Shapley value of these virtual worths, and the\n"
         "solution gives every type that much by an incentive-efficient mechanism. For two players it is the neutral procedural solution.",
     .cost = "one path with a cell for every type profile of every coalition",
     .solve = ent_i_m_solution_method,
     .columns = ent_i_m_solution_columns,
     .row = ent_i_m_solution_row,
     .tables = ent_i_rival_tables},
    {.name = "s-solution",
     .source = "Salamanca (2020); [Sal] Sections 2 and 6; docs/bayesian.md",
     .help =
         "the rival: Salamanca's generalisation of the Harsanyi NTU value, at the model's weights or at weights that are searched",
     .definition =
         "At common weights and multipliers every smaller coalition threatens with an incentive-compatible mechanism that divides virtual\n"
         "utility equally in each state: a member gains from the others what they gain from it. The members of the whole coalition claim what the\n"
         "same division gives them there; the claims are an S-solution when an incentive-compatible mechanism can meet them. Without weights in the\n"
         "model, scales are searched: what is found is proved, and that nothing is found proves nothing.",
     .cost =
         "a linear program a coalition; searched, one more and a polish or a path a step, some 30 steps a try",
     .solve = ent_i_s_solution_method,
     .tables = ent_i_rival_tables},
    {.name = "compare",
     .source = "[Sal] Sections 2 and 6",
     .help = "the neutral procedural solution, the M-solution and the S-solution side by side",
     .definition = "Solves the model by the three methods and shows what every type gets in each.",
     .cost = "that of the three",
     .solve = ent_i_compare_method,
     .tables = ent_i_compare_tables},
};

const ent_family ent_family_bayesian = {
    .name = "bayesian",
    .help = "cooperation among players with private information",
    .source =
        "[Sal] Salamanca, cooperative games with incomplete information: the neutral procedural solution",
    .read = read,
    .free = release,
    .settings_size = sizeof(ent_bayesian_settings),
    .settings = settings,
    .settings_n = (int)(sizeof settings / sizeof *settings),
    .methods = methods,
    .methods_n = (int)(sizeof methods / sizeof *methods),
    .example = ent_embed_example_bayesian,
    .schema = ent_embed_schema_bayesian,
};
