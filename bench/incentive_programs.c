#include "incentive_programs.h"

#include "base/rng.h"
#include "base/text.h"
#include "bayesian/incentive_lp.h"
#include "io/json.h"

enum {
    SEED = 9,
    PLAYERS_MAX = 4,
    PROFILES_MAX = 256,
    LIKELY_MAX = 9,
    QUANTITY_MAX = 3,
    PRICE_MAX = 30,
    VALUE_STEP = 10
};

typedef struct drawing {
    ent_rng rng;
    int players, types, decisions;
    int weight[PROFILES_MAX], sum; /* of the joint prior */
    ent_text *out;
} drawing;

static int below(drawing *x, int n) { return (int)ent_rng_below(&x->rng, n); }

static const char *comma(int k) { return k ? ", " : ""; }

/* The joint prior, nested player by player; returned: the number of the next profile. */
static int nested(drawing *x, int i, int profile)
{
    if (i == x->players) {
        ent_text_printf(x->out, "\"%d/%d\"", x->weight[profile], x->sum);
        return profile + 1;
    }
    for (int t = 0; t < x->types; t++) {
        ent_text_puts(x->out, t ? ", " : "[");
        profile = nested(x, i + 1, profile);
    }
    ent_text_puts(x->out, "]");
    return profile;
}

static void players(drawing *x)
{
    int profiles = 1;
    x->sum = 0;
    for (int i = 0; i < x->players; i++) {
        profiles *= x->types;
        ent_text_printf(x->out, "%s{\"name\": \"%d\", \"types\": [", comma(i), i);
        for (int t = 0; t < x->types; t++) ent_text_printf(x->out, "%s\"t%d\"", comma(t), t);
        ent_text_puts(x->out, "]}");
    }
    for (int t = 0; t < profiles; t++) x->sum += x->weight[t] = 1 + below(x, LIKELY_MAX);
    ent_text_puts(x->out, "], \"prior\": ");
    nested(x, 0, 0);
}

/* Quantities and prices that sum to zero: the last player's are what the others leave. */
static void trade(drawing *x, const int *value)
{
    int quantity = 0, price = 0;
    for (int i = 0; i < x->players; i++) {
        const bool last = i == x->players - 1;
        const int q = last ? -quantity : below(x, 2 * QUANTITY_MAX + 1) - QUANTITY_MAX;
        const int p =
            last ? -price : q * VALUE_STEP * x->types / 2 + below(x, 2 * PRICE_MAX + 1) - PRICE_MAX;
        quantity += q;
        price += p;
        ent_text_printf(x->out, "%s\"%d\": {\"on\": [\"%d\"], \"u\": [", comma(i), i, i);
        for (int t = 0; t < x->types; t++)
            ent_text_printf(x->out, "%s%d", comma(t), q * value[i * x->types + t] - p);
        ent_text_puts(x->out, "]}");
    }
}

/* All trade together or not at all: "apart" is the product of the players' being alone. */
static void model(drawing *x)
{
    int value[PROFILES_MAX];
    ent_text_puts(x->out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    players(x);
    for (int k = 0; k < x->players * x->types; k++)
        value[k] = VALUE_STEP * (k % x->types) + below(x, VALUE_STEP);
    ent_text_puts(x->out, ", \"coalitions\": [{\"members\": [");
    for (int i = 0; i < x->players; i++) ent_text_printf(x->out, "%s\"%d\"", comma(i), i);
    ent_text_puts(x->out, "], \"decisions\": {");
    for (int d = 0; d < x->decisions - 1; d++) {
        ent_text_printf(x->out, "%s\"d%d\": {", comma(d), d);
        trade(x, value);
        ent_text_puts(x->out, "}");
    }
    ent_text_puts(x->out, "}}]}");
}

/* [Sal] eq. (3.5), and every type gets at least what it has apart, 0. */
static ent_status program(ent_ctx *ctx, drawing *x, const ent_exact_problem *problem,
                          ent_incentive_lp *lp)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat weight = ENT_RAT_ZERO;
    ENT_TRY(ent_i_incentive_lp_new(ctx, problem, b->pairs + b->interims, 0, lp));
    ent_i_incentive_constraints(lp);
    for (int m = 0; m < b->interims; m++)
        ent_i_incentive_utility(lp, ent_i_incentive_row(lp, b->place[m], ENT_LP_GE, &weight), m, m,
                                -1, 1);
    for (int m = 0; m < b->interims; m++) {
        ent_rat_set_ratio(&weight, 1 + below(x, LIKELY_MAX), LIKELY_MAX);
        ent_rat_mul(&weight, &weight, &problem->q[m]);
        ent_i_incentive_objective(lp, m, &weight);
    }
done:
    ent_rat_release(&weight);
    return st;
}

/* In doubles, with each profile's best decision. */
static ent_status in_doubles(ent_ctx *ctx, const ent_incentive_lp *lp, bench_program *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = lp->problem->b;
    const size_t size = (size_t)lp->rows * (size_t)lp->columns;
    bench_program p = {.rows = lp->rows, .columns = lp->columns, .cells = b->own_cells};
    ENT_ALLOC(ctx, p.a, size);
    ENT_ALLOC(ctx, p.b, lp->rows);
    ENT_ALLOC(ctx, p.c, lp->columns);
    ENT_ALLOC(ctx, p.sense, lp->rows);
    ENT_ALLOC(ctx, p.first, p.cells + 1);
    ENT_ALLOC(ctx, p.best, p.cells);
    for (size_t k = 0; k < size; k++) p.a[k] = ent_rat_double(&lp->a[k]);
    for (int j = 0; j < lp->columns; j++) p.c[j] = ent_rat_double(&lp->c[j]);
    for (int r = 0; r < lp->rows; r++) {
        p.b[r] = ent_rat_double(&lp->b[r]);
        p.sense[r] = lp->sense[r];
    }
    for (int cell = 0; cell < p.cells; cell++) {
        p.first[cell + 1] = b->first[cell + 1];
        p.best[cell] = b->first[cell];
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++)
            if (p.c[o] > p.c[p.best[cell]]) p.best[cell] = o;
    }
    *out = p;
    p = (bench_program){0};
done:
    bench_program_free(&p);
    return st;
}

ent_status bench_incentive_program(ent_ctx *ctx, int n, int types, int decisions, uint64_t number,
                                   bench_program *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_text text;
    ent_text_init(ctx, &text);
    drawing x = {.rng = ent_rng_stream(SEED, number, (uint64_t)decisions),
                 .players = n,
                 .types = types,
                 .decisions = decisions,
                 .out = &text};
    ent_doc *doc = NULL;
    ent_bayesian *game = NULL;
    ent_bargain b;
    ent_exact_problem problem = {0};
    ent_incentive_lp lp = {0};
    model(&x);
    ENT_TRY(text.status);
    ENT_TRY(ent_doc_read(ctx, "program", text.len, text.data, &doc));
    ENT_TRY(ent_bayesian_read(ctx, doc, ent_doc_root(doc), &game));
    ENT_TRY(ent_i_bargain_plain(ctx, game->coalition[ent_coal_all(n)], &b));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
    ENT_TRY(program(ctx, &x, &problem, &lp));
    ENT_TRY(in_doubles(ctx, &lp, out));
done:
    ent_i_incentive_lp_free(&lp);
    ent_i_bayes_exact_problem_free(&problem);
    ent_bayesian_free(game);
    ent_doc_free(doc);
    ent_text_release(&text);
    ent_scratch_reset(ctx, mark);
    return st;
}

void bench_program_free(bench_program *program)
{
    ent_free(program->a);
    ent_free(program->b);
    ent_free(program->c);
    ent_free(program->sense);
    ent_free(program->first);
    ent_free(program->best);
    *program = (bench_program){0};
}
