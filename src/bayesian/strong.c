/* Three programs: the best safe mechanism; if there is none, how far from safe all mechanisms are
 * (its multipliers prove that there is none); and the most that feasible mechanisms add to the best
 * safe one. */
#include "bayesian/strong.h"

#include <math.h>

/* A program that is too large for rationals: gains up to this part of a player's range count as
 * none. */
static const double NOTHING = 1e-9;
static const char UNDECIDED[] =
    "what a dictator in a coalition of %d members can do is a linear program of %d rows that could not be decided";

void ent_i_strong_free(ent_strong *s)
{
    ent_i_twin_free(&s->utility);
    ent_i_twin_free(&s->weight);
    ent_i_twin_free(&s->multiplier);
    ent_i_twin_free(&s->best_safe);
    ent_i_twin_free(&s->dominating_utility);
    ent_i_mechanism_free(&s->mechanism);
    ent_i_mechanism_free(&s->dominating);
    ent_i_mechanism_free(&s->safe_mechanism);
    ent_rats_free(s->row_price, (size_t)s->rows);
    ent_rats_free(s->asked, (size_t)s->rows);
    ent_rats_free(s->own_price, (size_t)s->pairs);
    ent_free(s->row);
    *s = (ent_strong){0};
}

typedef struct dictator {
    const ent_exact_problem *problem;
    const ent_rat *threat; /* [interims] of the others */
    int place, first, types;
    bool equality, rough; /* rough: the threats are only near the true ones */
    int own_rows;         /* number of incentive rows of the dictator */
} dictator;

/* (4.12b), then (4.12a), of interim m once it knows that the dictator's type is `given`. */
static void add_rows(const ent_bargain *b, int given, int m, ent_strong *out)
{
    const int j = b->place[m];
    out->row[out->rows++] = (ent_safe_row){.given = given, .member = m, .report = -1};
    for (int report = b->coal->first[j]; report < b->coal->first[j + 1]; report++)
        if (report != m)
            out->row[out->rows++] = (ent_safe_row){.given = given, .member = m, .report = report};
}

/* Rows of (4.12a) and (4.12b), for every type of the dictator, and what the latter ask for. */
static ent_status list_rows(ent_ctx *ctx, const dictator *d, ent_strong *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = d->problem->b;
    int n = 0;
    for (int m = 0; m < b->interims; m++)
        n += b->place[m] == d->place ? 0 : d->types * b->coal->types[b->place[m]];
    ENT_ALLOC(ctx, out->row, n);
    for (int t = 0; t < d->types; t++)
        for (int m = 0; m < b->interims; m++)
            if (b->place[m] != d->place) add_rows(b, d->first + t, m, out);
    out->pairs = b->pairs;
    if (!(out->row_price = ent_rats_new(ctx, (size_t)out->rows, &st))) goto done;
    if (!(out->own_price = ent_rats_new(ctx, (size_t)b->pairs, &st))) goto done;
    if (!(out->asked = ent_rats_new(ctx, (size_t)out->rows, &st))) goto done;
    for (int r = 0; r < out->rows; r++) ent_rat_set(&out->asked[r], &d->threat[out->row[r].member]);
done:
    return st;
}

/* The rows that every safe mechanism satisfies. With `elastic` two columns a participation row take
 * up what is missing. */
static void safe_rows(const dictator *d, const ent_strong *s, bool elastic, ent_incentive_lp *lp)
{
    const ent_bargain *b = d->problem->b;
    const ent_rat zero = ENT_RAT_ZERO;
    ent_rat one = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_set_int(&minus, -1);
    for (int k = 0; k < b->pairs; k++) {
        if (b->place[b->pair_true[k]] != d->place) continue;
        const int row = ent_i_incentive_row(lp, d->place, ENT_LP_GE, &zero);
        ent_i_incentive_utility(lp, row, b->pair_true[k], b->pair_true[k], -1, 1);
        ent_i_incentive_utility(lp, row, b->pair_true[k], b->pair_report[k], -1, -1);
    }
    for (int r = 0, extra = 0; r < s->rows; r++) {
        const ent_safe_row *x = &s->row[r];
        const bool participation = x->report < 0;
        const ent_lp_sense sense = participation && d->equality ? ENT_LP_EQ : ENT_LP_GE;
        const int row = ent_i_incentive_row(lp, b->place[x->member], sense,
                                            participation ? &s->asked[r] : &zero);
        ent_i_incentive_utility(lp, row, x->member, x->member, x->given, 1);
        if (!participation) ent_i_incentive_utility(lp, row, x->member, x->report, x->given, -1);
        else if (elastic) {
            ent_i_incentive_extra(lp, row, extra++, &one);
            ent_i_incentive_extra(lp, row, extra++, &minus);
        }
    }
}

/* Prices of the safe rows, from an exact program. */
static void take_prices(const dictator *d, const ent_incentive_answer *answer, ent_strong *out)
{
    const ent_bargain *b = d->problem->b;
    int at = b->own_cells;
    for (int k = 0; k < b->pairs; k++)
        if (b->place[b->pair_true[k]] == d->place)
            ent_rat_neg(&out->own_price[k], &answer->y_exact[at++]);
    for (int r = 0; r < out->rows; r++) ent_rat_neg(&out->row_price[r], &answer->y_exact[at++]);
}

static ent_status safe_program(ent_ctx *ctx, const dictator *d, const ent_strong *s, bool elastic,
                               bool insist, ent_incentive_answer *answer)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = d->problem->b;
    ent_incentive_lp lp = {0};
    int participation = 0;
    for (int r = 0; r < s->rows; r++) participation += s->row[r].report < 0;
    const int extra = elastic ? 2 * participation : 0;
    ENT_TRY(ent_i_incentive_lp_new(ctx, d->problem, d->own_rows + s->rows, extra, &lp));
    lp.insist = insist;
    safe_rows(d, s, elastic, &lp);
    for (int t = 0; !elastic && t < d->types; t++)
        ent_i_incentive_objective(&lp, d->first + t, &d->problem->q[d->first + t]);
    for (int k = 0; k < extra; k++) {
        ent_rat *c = &lp.c[b->first[b->own_cells] + k];
        /* A row of utility scale 2^e has the factor 2^-e: so every shortfall counts in its player's
         * units. */
        ent_rat_neg(c, &lp.factor[b->own_cells + d->own_rows]);
    }
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, answer));
done:
    ent_i_incentive_lp_free(&lp);
    return st;
}

/* What the others must get at least: the least of what safe mechanisms owe interim m. */
static const ent_rat *owed(const ent_strong *s, int m)
{
    const ent_rat *least = NULL;
    for (int r = 0; r < s->rows; r++)
        if (s->row[r].member == m && s->row[r].report < 0 &&
            (!least || ent_rat_cmp(&s->asked[r], least) < 0))
            least = &s->asked[r];
    return least;
}

/* max sum of gains over the best safe utilities, the others held at their threats: lambda >= 1 for
 * the dictator. */
static ent_status domination(ent_ctx *ctx, const dictator *d, const ent_strong *s,
                             ent_incentive_answer *answer)
{
    ent_status st = ENT_OK;
    const ent_rat *best = s->best_safe.exact;
    const ent_bargain *b = d->problem->b;
    ent_incentive_lp lp = {0};
    ent_rat minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    ENT_TRY(ent_i_incentive_lp_new(ctx, d->problem, b->interims + b->pairs, d->types, &lp));
    for (int m = 0; m < b->interims; m++) {
        const bool mine = b->place[m] == d->place;
        const int row =
            ent_i_incentive_row(&lp, b->place[m], ENT_LP_GE, mine ? &best[m] : owed(s, m));
        ent_i_incentive_utility(&lp, row, m, m, -1, 1);
        if (!mine) continue;
        ent_i_incentive_extra(&lp, row, m - d->first, &minus);
        ent_rat_set(&lp.c[b->first[b->own_cells] + m - d->first], &lp.factor[row]);
    }
    ent_i_incentive_constraints(&lp);
    ENT_TRY(ent_i_incentive_solve(ctx, &lp, answer));
done:
    ent_rat_release(&minus);
    ent_i_incentive_lp_free(&lp);
    return st;
}

/* Utilities of lotteries into a fresh twin. */
static ent_status utilities(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *mu,
                            ent_twin *out)
{
    ent_status st = ENT_OK;
    ent_rat *s = ent_rats_new(ctx, (size_t)problem->b->pairs, &st);
    if (!s) goto done;
    ENT_TRY(ent_i_twin_new(ctx, problem->b->interims, true, out));
    ent_i_bayes_exact_means(problem, mu, out->exact, s);
    ent_i_twin_round(out);
done:
    ent_rats_free(s, (size_t)problem->b->pairs);
    return st;
}

/* [Sal] Prop. 2: weights and multipliers from the prices of the last program, weights of sum 1. */
static ent_status take_strong(ent_ctx *ctx, const dictator *d, const ent_rat *safe_mu,
                              const ent_incentive_answer *answer, ent_strong *out)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = d->problem->b;
    ent_rat sum = ENT_RAT_ZERO;
    ENT_TRY(utilities(ctx, d->problem, safe_mu, &out->utility));
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, safe_mu, &out->mechanism));
    ENT_TRY(ent_i_twin_new(ctx, b->interims, true, &out->weight));
    ENT_TRY(ent_i_twin_new(ctx, b->pairs, true, &out->multiplier));
    for (int m = 0; m < b->interims; m++)
        ent_rat_sub(&sum, &sum, &answer->y_exact[b->own_cells + m]);
    for (int m = 0; m < b->interims; m++) {
        ent_rat_div(&out->weight.exact[m], &answer->y_exact[b->own_cells + m], &sum);
        ent_rat_neg(&out->weight.exact[m], &out->weight.exact[m]);
    }
    for (int k = 0; k < b->pairs; k++) {
        ent_rat_div(&out->multiplier.exact[k], &answer->y_exact[b->own_cells + b->interims + k],
                    &sum);
        ent_rat_neg(&out->multiplier.exact[k], &out->multiplier.exact[k]);
    }
    ent_i_twin_round(&out->weight);
    ent_i_twin_round(&out->multiplier);
    out->strong = true;
done:
    ent_rat_release(&sum);
    return st;
}

/* Gains from rough threats, or in doubles where a program was too large for rationals, are
 * numerical. */
static bool is_nothing(const dictator *d, const ent_incentive_answer *answer)
{
    if (answer->exact && !d->rough) return ent_rat_sign(&answer->value) == 0;
    return fabs(ent_rat_double(&answer->value)) <= NOTHING;
}

static ent_status with_safe(ent_ctx *ctx, const dictator *d, const ent_incentive_answer *safe,
                            ent_strong *out)
{
    ent_status st = ENT_OK;
    ent_incentive_answer answer = {0};
    out->safe = true;
    ENT_TRY(utilities(ctx, d->problem, safe->x_exact, &out->best_safe));
    take_prices(d, safe, out);
    ENT_TRY(domination(ctx, d, out, &answer));
    if (answer.outcome != ENT_LP_OPTIMAL)
        ENT_FAIL(ctx, ENT_E_LIMIT, UNDECIDED, d->problem->b->coal->size, answer.rows);
    out->exact = safe->exact && answer.exact;
    if (is_nothing(d, &answer)) {
        ENT_TRY(take_strong(ctx, d, safe->x_exact, &answer, out));
        goto done;
    }
    ENT_TRY(ent_i_mechanism_of(ctx, d->problem->b, NULL, safe->x_exact, &out->safe_mechanism));
    ENT_TRY(utilities(ctx, d->problem, answer.x_exact, &out->dominating_utility));
    ENT_TRY(ent_i_mechanism_of(ctx, d->problem->b, NULL, answer.x_exact, &out->dominating));
done:
    ent_i_incentive_answer_free(&answer);
    return st;
}

/* What a mechanism of least shortfall gives in place of rough threats. */
static void take_what_is_there(const ent_bargain *b, const ent_rat *x, ent_strong *out)
{
    const ent_rat *extra = x + b->first[b->own_cells];
    for (int r = 0; r < out->rows; r++) {
        if (out->row[r].report >= 0) continue;
        ent_rat_sub(&out->asked[r], &out->asked[r], extra++);
        ent_rat_add(&out->asked[r], &out->asked[r], extra++);
    }
}

/* Nothing is safe, by the least shortfall; when that is 0 (for rough threats: next to nothing) the
 * first program is solved again, so that it is decided in rationals. */
static ent_status without_safe(ent_ctx *ctx, const dictator *d, ent_strong *out)
{
    ent_status st = ENT_OK;
    ent_incentive_answer answer = {0}, safe = {0};
    ENT_TRY(safe_program(ctx, d, out, true, false, &answer));
    out->exact = answer.exact && !is_nothing(d, &answer);
    if (out->exact) take_prices(d, &answer, out);
    if (out->exact || !answer.exact) goto done;
    take_what_is_there(d->problem->b, answer.x_exact, out);
    ENT_TRY(safe_program(ctx, d, out, false, true, &safe));
    if (safe.outcome != ENT_LP_OPTIMAL || !safe.exact)
        ENT_FAIL(ctx, ENT_E_LIMIT, UNDECIDED, d->problem->b->coal->size, safe.rows);
    ENT_TRY(with_safe(ctx, d, &safe, out));
done:
    ent_i_incentive_answer_free(&answer);
    ent_i_incentive_answer_free(&safe);
    return st;
}

ent_status ent_i_strong(ent_ctx *ctx, const ent_strong_question *question, ent_strong *out)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = question->problem->b->coal;
    const int place = question->dictator;
    const dictator d = {.problem = question->problem,
                        .place = place,
                        .first = s->first[place],
                        .types = s->types[place],
                        .threat = question->threat + (size_t)place * (size_t)s->interims,
                        .equality = question->equality,
                        .rough = question->rough,
                        .own_rows = s->types[place] * (s->types[place] - 1)};
    ent_strong strong = {0};
    ent_incentive_answer safe = {0};
    ENT_TRY(list_rows(ctx, &d, &strong));
    ENT_TRY(safe_program(ctx, &d, &strong, false, false, &safe));
    if (safe.outcome == ENT_LP_OPTIMAL) ENT_TRY(with_safe(ctx, &d, &safe, &strong));
    else if (safe.outcome == ENT_LP_INFEASIBLE) ENT_TRY(without_safe(ctx, &d, &strong));
    else ENT_FAIL(ctx, ENT_E_LIMIT, UNDECIDED, s->size, safe.rows);
    *out = strong;
    strong = (ent_strong){0};
done:
    ent_i_incentive_answer_free(&safe);
    ent_i_strong_free(&strong);
    return st;
}

ent_status ent_i_best_safe(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *threat,
                           int place, int64_t most, ent_rat *best, ent_bayes_mechanism *mechanism,
                           bool *found)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    const ent_bayes_coal *s = b->coal;
    const dictator d = {.problem = problem,
                        .threat = threat + (size_t)place * (size_t)s->interims,
                        .place = place,
                        .first = s->first[place],
                        .types = s->types[place],
                        .own_rows = s->types[place] * (s->types[place] - 1)};
    ent_strong strong = {0};
    ent_incentive_answer answer = {0};
    ent_twin all = {0};
    *found = false;
    ENT_TRY(list_rows(ctx, &d, &strong));
    if ((int64_t)(b->own_cells + d.own_rows + strong.rows) * b->first[b->own_cells] > most)
        goto done;
    ENT_TRY(safe_program(ctx, &d, &strong, false, true, &answer));
    if (answer.outcome != ENT_LP_OPTIMAL || !answer.exact) goto done;
    ENT_TRY(utilities(ctx, problem, answer.x_exact, &all));
    ENT_TRY(ent_i_mechanism_of(ctx, b, NULL, answer.x_exact, mechanism));
    for (int m = d.first; m < d.first + d.types; m++) ent_rat_set(&best[m], &all.exact[m]);
    *found = true;
done:
    ent_i_twin_free(&all);
    ent_i_incentive_answer_free(&answer);
    ent_i_strong_free(&strong);
    return st;
}
