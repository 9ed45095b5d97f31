/* The table that the relational family hands to the driver. */
#include "relational/solve.h"

#include <stddef.h>

extern const char ent_embed_example_relational[];
extern const char ent_embed_schema_relational[];

static const ent_setting settings[] = {
#define SETTING(...) ENT_SETTING_ROW(ent_relational_settings, true, __VA_ARGS__)
#define RUN_SETTING(...) ENT_SETTING_ROW(ent_relational_settings, false, __VA_ARGS__)
#include "relational/settings.def"
#undef SETTING
#undef RUN_SETTING
};

static ent_status read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model)
{
    ent_relational *m = NULL;
    const ent_status st = ent_relational_read(ctx, doc, root, &m);
    if (st == ENT_OK) *model = m;
    return st;
}

static void release(void *model) { ent_relational_free(model); }

static const ent_method methods[] = {
    {.name = "contractual",
     .source = "[MW25] Thm 5; for every renegotiation probability docs/relational.md Prop. A, B, C",
     .help = "the coalition's best contract: span, level, plays, payments, punishments",
     .definition =
         "Insiders negotiate at the beginning of a period (with the renegotiation probability) by weighted Nash bargaining; a play is\n"
         "enforceable when the sum of everybody's gains from deviating is at most discount / (1 - discount) times the span d. The span is the\n"
         "largest fixed point of d = rho Gamma^C(d) + (1 - rho) Gamma_GK(d), where Gamma^C(d) = sum over insiders i of\n"
         "    gamma_i(d) = max over enforceable plays a of  weight_i K(a) - (i's best-reply payoff at a),\n"
         "K(a) being the insiders' payoffs less what outsiders must be paid to play a. The maximiser of gamma_i is what disagreement\n"
         "prescribes against i; the maximiser of K is played on the path. It is never found by bisection: fixed points are several.",
     .cost =
         "finite games: a few passes over the profiles; separable: merging of staircases; public goods: a few Newton steps",
     .solve = ent_i_contractual_solve,
     .columns = ent_i_contractual_columns,
     .row = ent_i_contractual_row,
     .tables = ent_i_contractual_tables,
     .picture = ent_i_contractual_picture},
    {.name = "subgame-perfect",
     .source = "[MW25] Thm 1; Goldluecke and Kranz (2012)",
     .help = "the benchmark without renegotiation: all subgame-perfect payoffs with transfers",
     .definition =
         "With transfers the subgame-perfect payoffs are {v : v_i >= lowest_i, sum v <= joint}, where joint is the largest total and lowest_i the\n"
         "smallest best-reply payoff of i over enforceable plays, and the span joint - sum of lowest is the largest fixed point of that map.\n"
         "A coalition that negotiates once, at the beginning, gets joint - sum over outsiders of lowest (Theorem 1).",
     .cost = "as contractual",
     .solve = ent_i_subgame_perfect_solve,
     .columns = ent_i_subgame_perfect_columns,
     .row = ent_i_subgame_perfect_row,
     .tables = ent_i_subgame_perfect_tables,
     .picture = ent_i_subgame_perfect_picture},
    {.name = "accession",
     .source = "[MW25] Section 5.2; docs/relational.md, the accession theorem",
     .help =
         "who joins the coalition, one by one, at which fee; the table of all coalitions and their stability",
     .definition =
         "Starting from the model's coalition, the outsider whose joining raises the insiders' level most, net of the payoff that it has\n"
         "outside and must be left with, joins; until nobody can join without loss. Under weights proportional to fixed numbers (equal\n"
         "weights are such) the grand coalition always forms; without proportionality it may not.",
     .cost = "one contract a coalition; the sort and the best replies of a finite game once",
     .solve = ent_i_accession_method,
     .tables = ent_i_accession_tables,
     .picture = ent_i_accession_picture},
    {.name = "simulate",
     .source = "[MW25] Section 4; docs/relational.md, the automaton",
     .help =
         "the contract as an explicit automaton, played with and without deviations, every one-shot deviation checked",
     .definition =
         "The contract becomes an automaton with one state a punished insider and one for good standing: transfers, play, payments, next\n"
         "state, with and without agreement. Every player's best one-shot deviation in the action and payment phases of every state is\n"
         "computed and found not to pay; histories with random deviations and renegotiations are played.",
     .cost = "one contract, then (players x states) deviations and histories x periods",
     .solve = ent_i_simulate_method,
     .tables = ent_i_simulate_tables},
};

const ent_family ent_family_relational = {
    .name = "relational",
    .help = "repeated games with transfers, renegotiated by a coalition",
    .source =
        "[MW25] Miller and Watson, Coalitions and Recurrent Negotiation in Multilateral Relational Contracts (2025)",
    .read = read,
    .free = release,
    .settings_size = sizeof(ent_relational_settings),
    .settings = settings,
    .settings_n = (int)(sizeof settings / sizeof *settings),
    .methods = methods,
    .methods_n = (int)(sizeof methods / sizeof *methods),
    .example = ent_embed_example_relational,
    .schema = ent_embed_schema_relational,
};
