/* [MW25] Section 5.2, accession one by one: the outsider whose joining gains most joins, until
 * nobody can join without loss. */
#include "relational/accession.h"

#include "relational/stage.h"

#include <math.h>

void ent_i_accession_free(ent_i_accession *a)
{
    if (!a) return;
    for (int k = 0; k < a->lines; k++) {
        ent_free(a->line[k].payoff);
        if (a->line[k].exact) ent_i_lift_drop(a->line[k].exact, a->model->n + 2);
    }
    ent_free(a->line);
    ent_contract_release(&a->contract);
    ent_stage_free(a->stage);
    ent_free(a);
}

/* Room for one more line, zeroed. */
static ent_status add_line(ent_ctx *ctx, ent_i_accession *a, ent_coal s, ent_i_line **out)
{
    ent_status st = ENT_OK;
    if (a->lines == a->room) {
        const int more = a->room ? 2 * a->room : 64;
        ent_i_line *bigger = ent_i_realloc(ctx, a->line, (size_t)more, sizeof *bigger, &st);
        if (!bigger) goto done;
        a->line = bigger;
        a->room = more;
    }
    ent_i_line *line = &a->line[a->lines];
    *line = (ent_i_line){.is = {.coalition = s, .outcome = ENT_NONE}};
    ENT_ALLOC(ctx, line->payoff, a->model->n);
    for (int i = 0; i < a->model->n; i++) line->payoff[i] = (double)NAN;
    a->lines++;
    *out = line;
done:
    return st;
}

static void fill_line(const ent_i_accession *a, const ent_contract *c, ent_i_line *line)
{
    line->is.outcome = c->outcome;
    if (c->outcome != ENT_SOLVED) return;
    line->is.span = c->span;
    line->is.level = c->level;
    for (int i = 0; i < a->model->n; i++)
        if (!ent_coal_has(line->is.coalition, i)) line->payoff[i] = c->payoff[i];
}

static void copy_known(ent_rat *to, const ent_rat *from)
{
    if (!ent_lift_known(from)) return;
    ent_rat_init(to);
    ent_rat_set(to, from);
}

/* The contract of the model with s in place of its coalition, and its exact twin. */
static ent_status solve_exactly(ent_ctx *ctx, ent_i_accession *a, ent_i_line *line)
{
    ent_status st = ENT_OK;
    const int n = a->model->n;
    ent_contract_exact *twin = NULL;
    ent_relational with = *a->model;
    with.coalition = line->is.coalition;
    ENT_TRY(ent_i_contract_of_model(ctx, &with, a->settings, &a->contract, &twin));
    if (!line->exact) {
        ENT_ALLOC(ctx, line->exact, n + 2);
        for (int k = 0; k < n + 2; k++) line->exact[k] = ENT_RAT_UNKNOWN;
    }
    fill_line(a, &a->contract, line);
    if (a->contract.outcome != ENT_SOLVED) goto done;
    for (int i = 0; i < n; i++)
        if (!ent_coal_has(line->is.coalition, i)) copy_known(&line->exact[i], &twin->payoff[i]);
    copy_known(&line->exact[n], &twin->span);
    copy_known(&line->exact[n + 1], &twin->level);
done:
    ent_i_lift_free(twin);
    return st;
}

static ent_status solve_line(ent_ctx *ctx, ent_i_accession *a, ent_i_line *line)
{
    ent_status st = ENT_OK;
    double weight[ENT_PLAYERS_MAX];
    const ent_contract_settings typed = ent_i_contract_settings(a->settings);
    if (a->exactly) return solve_exactly(ctx, a, line);
    ENT_TRY(ent_i_model_weights(ctx, a->model, line->is.coalition, weight));
    const ent_terms terms = {.coalition = line->is.coalition,
                             .weight = weight,
                             .discount = a->model->discount,
                             .renegotiation = a->model->renegotiation};
    ENT_TRY(ent_contractual(ctx, a->stage, &terms, &typed, &a->contract));
    fill_line(a, &a->contract, line);
done:
    return st;
}

/* ent_all_coalitions asks for weights by a function that cannot fail; a failure is remembered and
 * reported afterwards.
 */
typedef struct weigher {
    ent_ctx *ctx;
    const ent_relational *model;
    ent_status status;
} weigher;

static void weigh(void *user, ent_coal s, double *weight)
{
    weigher *w = user;
    const ent_status st =
        w->status == ENT_OK ? ent_i_model_weights(w->ctx, w->model, s, weight) : w->status;
    if (st == ENT_OK) return;
    w->status = st;
    for (int i = 0; i < w->model->n; i++) weight[i] = 1.0;
}

static ent_status whole_table(ent_ctx *ctx, ent_i_accession *a)
{
    ent_status st = ENT_OK;
    const int n = a->model->n;
    ent_union *table = NULL;
    double *payoff = NULL;
    weigher w = {.ctx = ctx, .model = a->model};
    const ent_contract_settings typed = ent_i_contract_settings(a->settings);
    ENT_ALLOC(ctx, table, ent_coal_all(n) + 1);
    ENT_ALLOC(ctx, payoff, (ent_coal_all(n) + 1) * (ent_coal)n);
    st = ent_all_coalitions(ctx, a->stage, weigh, &w, a->model->discount, a->model->renegotiation,
                            &typed, table, payoff);
    if (w.status != ENT_OK) st = w.status;
    ENT_TRY(st);
    for (ent_coal s = 1; s <= ent_coal_all(n); s++) {
        ent_i_line *line = NULL;
        ENT_TRY(add_line(ctx, a, s, &line));
        line->is = table[s];
        for (int i = 0; i < n; i++) line->payoff[i] = payoff[s * (ent_coal)n + (ent_coal)i];
    }
    a->whole = true;
done:
    ent_free(payoff);
    ent_free(table);
    return st;
}

/* Every line with its exact twins costs a lift each: done where the games together are small enough
 * to be recomputed, for public goods (0.1 to 0.5 ms a coalition) up to 1023 coalitions. */
enum { EXACT_NATIONS_MAX = 10 };

/* Does 1 - delta in doubles lose digits that the model's fraction has? Then the table in doubles
 * would lose them too. */
static bool is_patient(const ent_relational *m)
{
    static const double close = 1e-12; /* a thousandth of what the checker lets pass */
    ent_rat now = ENT_RAT_ZERO;
    ent_rat_set_int(&now, 1);
    ent_rat_sub(&now, &now, &m->discount_exact);
    const double exact = ent_rat_double(&now);
    ent_rat_release(&now);
    return fabs(1.0 - m->discount - exact) > close * exact;
}

static bool is_small(const ent_i_accession *a)
{
    const ent_relational *m = a->model;
    if (m->stage == ENT_STAGE_PUBLIC_GOOD) return m->n <= EXACT_NATIONS_MAX || is_patient(m);
    double payoffs = 0.0;
    if (m->stage == ENT_STAGE_FINITE) payoffs = (double)m->n * (double)m->profiles;
    for (int i = 0; m->stage == ENT_STAGE_SEPARABLE && i < m->n; i++)
        payoffs += (double)m->n * m->actions[i];
    return ldexp(payoffs, m->n) <= (double)a->settings->exact_payoffs;
}

ent_status ent_i_accession_new(ent_ctx *ctx, const ent_relational *model,
                               const ent_relational_settings *settings, ent_i_accession **out)
{
    ent_status st = ENT_OK;
    ent_i_accession *a = NULL;
    ENT_ALLOC(ctx, a, 1);
    a->model = model;
    a->settings = settings;
    a->scale = ent_i_scale(model);
    a->exactly = is_small(a);
    ENT_TRY(ent_i_stage_of_model(ctx, model, (int)settings->threads, &a->stage));
    if (model->n <= settings->table_players && !a->exactly) ENT_TRY(whole_table(ctx, a));
    for (ent_coal s = 1;
         model->n <= settings->table_players && a->exactly && s <= ent_coal_all(model->n); s++) {
        ent_i_line *line = NULL;
        ENT_TRY(add_line(ctx, a, s, &line));
        ENT_TRY(solve_line(ctx, a, line));
        a->whole = s == ent_coal_all(model->n);
    }
    *out = a;
    a = NULL;
done:
    ent_i_accession_free(a);
    return st;
}

static ent_status find_line(ent_ctx *ctx, ent_i_accession *a, ent_coal s, ent_i_line **out)
{
    ent_status st = ENT_OK;
    *out = NULL;
    if (a->whole) *out = &a->line[s - 1];
    for (int k = 0; k < a->lines && !*out; k++)
        if (a->line[k].is.coalition == s) *out = &a->line[k];
    if (*out) return ENT_OK;
    ENT_TRY(add_line(ctx, a, s, out));
    ENT_TRY(solve_line(ctx, a, *out));
done:
    return st;
}

ent_status ent_i_accession_line(ent_ctx *ctx, ent_i_accession *a, ent_coal s,
                                const ent_i_line **line)
{
    ent_i_line *found = NULL;
    const ent_status st = find_line(ctx, a, s, &found);
    if (st == ENT_OK) *line = found;
    return st;
}

ent_status ent_i_accession_refine(ent_ctx *ctx, ent_i_accession *a, ent_coal s)
{
    ent_status st = ENT_OK;
    ent_i_line *line = NULL;
    ENT_TRY(find_line(ctx, a, s, &line));
    if (a->model->stage == ENT_STAGE_PUBLIC_GOOD && !line->exact)
        ENT_TRY(solve_exactly(ctx, a, line));
done:
    return st;
}

/* How far below 0 a gain of the line's coalition still counts as one: what rounding may do to
 * levels of this size, and nothing where everything is known exactly. */
static double slack_of(const ent_i_accession *a, const ent_i_line *line, double gain)
{
    if (a->model->stage != ENT_STAGE_PUBLIC_GOOD && line->exact &&
        ent_lift_known(&line->exact[a->model->n]))
        return 0.0;
    const double size =
        line->is.outcome == ENT_SOLVED ? fmax(fabs(line->is.level), fabs(gain)) : 0.0;
    return a->settings->tolerance * fmax(a->scale, size);
}

/* The level of a coalition less that of another and j's payoff outside of it. */
static double gain_between(const ent_i_line *before, const ent_i_line *after, int n, int j)
{
    const ent_rat *low = before->exact ? ent_lift_known(&before->exact[n + 1]) : NULL,
                  *high = after->exact ? ent_lift_known(&after->exact[n + 1]) : NULL,
                  *outside = before->exact ? ent_lift_known(&before->exact[j]) : NULL;
    if (!low || !high || !outside) return after->is.level - before->is.level - before->payoff[j];
    ent_rat gain = ENT_RAT_ZERO;
    ent_rat_sub(&gain, high, low);
    ent_rat_sub(&gain, &gain, outside);
    const double rounded = ent_rat_double(&gain);
    ent_rat_release(&gain);
    return rounded;
}

/* [MW25] eq. (35), (36): the second less the first. */
ent_status ent_i_accession_gain(ent_ctx *ctx, ent_i_accession *a, ent_coal s, int j, double *gain)
{
    ent_status st = ENT_OK;
    const ent_i_line *line = NULL;
    *gain = -INFINITY;
    ENT_TRY(ent_i_accession_line(ctx, a, s | ent_coal_single(j), &line));
    ENT_TRY(ent_i_accession_line(ctx, a, s, &line)); /* may move the other */
    const ent_i_line *const before = line;
    /* both exist: nothing moves */
    ENT_TRY(ent_i_accession_line(ctx, a, s | ent_coal_single(j), &line));
    if (before->is.outcome == ENT_SOLVED && line->is.outcome == ENT_SOLVED)
        *gain = gain_between(before, line, a->model->n, j);
done:
    return st;
}

/* The outsider that gains most, the first in model order among those that differ by less than the
 * tolerance; -1: none.
 */
static ent_status best_joiner(ent_ctx *ctx, ent_i_accession *a, ent_coal s, ent_i_step *step)
{
    ent_status st = ENT_OK;
    const ent_i_line *line = NULL;
    double gain[ENT_PLAYERS_MAX], most = -INFINITY;
    *step = (ent_i_step){.coalition = s, .joiner = -1};
    for (int j = 0; j < a->model->n; j++) {
        gain[j] = -INFINITY;
        if (ent_coal_has(s, j)) continue;
        ENT_TRY(ent_i_accession_gain(ctx, a, s, j, &gain[j]));
        most = fmax(most, gain[j]);
    }
    ENT_TRY(ent_i_accession_line(ctx, a, s, &line));
    const double slack = slack_of(a, line, isfinite(most) ? most : 0.0);
    for (int j = 0; j < a->model->n && step->joiner < 0; j++)
        if (gain[j] >= -slack && gain[j] >= most - slack) *step = (ent_i_step){s, j, gain[j]};
done:
    return st;
}

ent_status ent_i_accession_path(ent_ctx *ctx, ent_i_accession *a, ent_i_step *step, int *steps,
                                ent_coal *final)
{
    ent_status st = ENT_OK;
    ent_coal s = a->model->coalition;
    *steps = 0;
    for (;;) {
        ENT_TRY(best_joiner(ctx, a, s, &step[*steps]));
        if (step[*steps].joiner < 0) break;
        s |= ent_coal_single(step[(*steps)++].joiner);
        if (s == ent_coal_all(a->model->n)) break;
    }
    *final = s;
done:
    return st;
}

/* docs/relational.md section 6: does the level cover what every member would get by leaving
 * alone? */
ent_status ent_i_internally_stable(ent_ctx *ctx, ent_i_accession *a, ent_coal s, int *stable)
{
    ent_status st = ENT_OK;
    const ent_i_line *line = NULL;
    const int n = a->model->n;
    double outside = 0.0;
    bool defined = true, known = true;
    ent_rat gap = ENT_RAT_ZERO;
    for (int i = 0; i < n; i++) {
        const ent_coal rest = s & ~ent_coal_single(i);
        if (rest == s || !rest) continue;
        ENT_TRY(ent_i_accession_line(ctx, a, rest, &line));
        if (line->is.outcome != ENT_SOLVED) defined = false;
        else outside += line->payoff[i];
        known = known && line->exact && ent_lift_known(&line->exact[i]);
        if (known) ent_rat_sub(&gap, &gap, &line->exact[i]);
    }
    ENT_TRY(ent_i_accession_line(ctx, a, s, &line));
    known = known && line->exact && ent_lift_known(&line->exact[n + 1]);
    if (known) ent_rat_add(&gap, &gap, &line->exact[n + 1]);
    const double excess = known ? ent_rat_double(&gap) : line->is.level - outside;
    /* A lone insider has nobody to leave. */
    *stable = !defined ? -1 : ent_coal_size(s) == 1 || excess >= -slack_of(a, line, 0.0);
done:
    ent_rat_release(&gap);
    return st;
}

/* Nobody's joining is a gain, or at least no loss. */
ent_status ent_i_externally_stable(ent_ctx *ctx, ent_i_accession *a, ent_coal s, int *stable)
{
    ent_i_step step;
    const ent_status st = best_joiner(ctx, a, s, &step);
    if (st == ENT_OK) *stable = step.joiner < 0;
    return st;
}
