/* The method `contractual`: [MW25] Thm 5 and its extension to every renegotiation probability,
 * written as a document. The members are those of docs/results.md, in that order. */
#include "relational/solve.h"

#include "relational/public_good_exact.h"

#include <math.h>

typedef struct writing {
    ent_writer *w;
    const ent_relational *model;
    const ent_contract *c;
    const ent_contract_exact *e;
} writing;

static void number(const writing *o, const char *key, double value, const ent_rat *exact)
{
    ent_write_number(o->w, key, value, ent_lift_known(exact));
}

static void play(const writing *o, const char *key, const int *action, const double *effort,
                 const ent_rat *exact)
{
    if (effort) ent_i_write_effort(o->w, key, o->model, effort, exact);
    else ent_i_write_play(o->w, key, o->model, action);
}

static void write_levels(const writing *o)
{
    const ent_contract *c = o->c;
    number(o, "span", c->span, &o->e->span);
    number(o, "level", c->level, &o->e->level);
    number(o, "on_path_value", c->on_path_value, &o->e->on_path_value);
    number(o, "joint", c->joint, &o->e->joint);
    play(o, "on_path", c->play, c->effort, o->e->effort);
    ent_write_array(o->w, "ties", false);
    for (int k = 0; k < c->ties; k++)
        ent_i_write_play(o->w, NULL, o->model, c->tie + (size_t)k * (size_t)c->n);
    ent_write_end(o->w);
    if (!c->effort) {
        number(o, "tie_spread", c->tie_spread, &o->e->tie_spread);
        if (isfinite(c->margin)) number(o, "margin", c->margin, &o->e->margin);
        else ent_write_null(o->w, "margin");
        return;
    }
    number(o, "multiplier", c->multiplier[c->n], &o->e->multiplier[c->n]);
    ent_write_bool(o->w, "binding", !(c->multiplier[c->n] == 0.0));
}

static void write_insider(const writing *o, int i)
{
    const ent_contract *c = o->c;
    const size_t row = (size_t)i * (size_t)c->n;
    double weight = ent_lift_known(&o->e->weight[i]) ? ent_rat_double(&o->e->weight[i]) : 0.0;
    number(o, "weight", weight, &o->e->weight[i]);
    number(o, "lowest", c->lowest[i], &o->e->lowest[i]);
    number(o, "highest", c->highest[i], &o->e->highest[i]);
    number(o, "gamma", c->gamma[i], &o->e->gamma[i]);
    play(o, "punishment", c->punishment ? c->punishment + row : NULL,
         c->punishment_effort ? c->punishment_effort + row : NULL,
         o->e->punishment_effort ? o->e->punishment_effort + row : NULL);
    if (c->multiplier) number(o, "multiplier", c->multiplier[i], &o->e->multiplier[i]);
}

/* Do ties on the path differ in the outsider's payoff, be it by less than doubles can show? */
static bool is_range(const writing *o, int i)
{
    const ent_rat *least = ent_lift_known(&o->e->payoff_least[i]),
                  *most = ent_lift_known(&o->e->payoff_most[i]);
    return least && most ? !ent_rat_equal(least, most)
                         : o->c->payoff_least[i] != o->c->payoff_most[i];
}

static void write_outsider(const writing *o, int i)
{
    const ent_contract *c = o->c;
    number(o, "lowest", c->lowest[i], &o->e->lowest[i]);
    number(o, "payoff", c->payoff[i], &o->e->payoff[i]);
    if (is_range(o, i)) {
        ent_write_array(o->w, "payoff_range", true);
        number(o, NULL, c->payoff_least[i], &o->e->payoff_least[i]);
        number(o, NULL, c->payoff_most[i], &o->e->payoff_most[i]);
        ent_write_end(o->w);
    }
    number(o, "payment", c->payment[i], &o->e->payment[i]);
}

static void write_players(const writing *o)
{
    ent_write_object(o->w, "players", false);
    for (int i = 0; i < o->c->n; i++) {
        const bool insider = ent_coal_has(o->model->coalition, i);
        ent_write_object(o->w, o->model->player[i], false);
        ent_write_bool(o->w, "insider", insider);
        if (insider) write_insider(o, i);
        else write_outsider(o, i);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
}

/* r = the sum of the chosen entries when all are known; unknown otherwise. */
static void sum_known(const ent_rat *value, const bool *chosen, int n, ent_rat *r)
{
    bool known = true;
    for (int i = 0; i < n; i++)
        if (chosen[i] && !ent_lift_known(&value[i])) known = false;
    if (!known) return;
    ent_rat_init(r);
    for (int i = 0; i < n; i++)
        if (chosen[i]) ent_rat_add(r, r, &value[i]);
}

static void write_payments(const writing *o)
{
    bool outsider[ENT_PLAYERS_MAX];
    double sum = 0.0;
    for (int i = 0; i < o->c->n; i++) {
        outsider[i] = !ent_coal_has(o->model->coalition, i);
        if (outsider[i]) sum += o->c->payment[i];
    }
    ent_rat exact = ENT_RAT_UNKNOWN;
    sum_known(o->e->payment, outsider, o->c->n, &exact);
    number(o, "payments", sum, &exact);
    if (exact.big) ent_rat_release(&exact);
}

/* The vertex of the hull at which insider `who` gets all and every other insider its lowest:
 * lowest_who + span. */
static void write_vertex(const writing *o, int who)
{
    ent_write_object(o->w, NULL, true);
    for (int i = 0; i < o->c->n; i++) {
        if (!ent_coal_has(o->model->coalition, i)) continue;
        const ent_rat *low = ent_lift_known(&o->e->lowest[i]), *span = ent_lift_known(&o->e->span);
        ent_rat most = ENT_RAT_UNKNOWN;
        if (i == who && low && span) {
            ent_rat_init(&most);
            ent_rat_add(&most, low, span);
        }
        if (i == who) number(o, o->model->player[i], o->c->lowest[i] + o->c->span, &most);
        else number(o, o->model->player[i], o->c->lowest[i], &o->e->lowest[i]);
        if (most.big) ent_rat_release(&most);
    }
    ent_write_end(o->w);
}

static void write_simplex(const writing *o, int k)
{
    const ent_simplex *simplex = &o->c->simplex[k];
    const int n = o->c->n;
    ent_write_object(o->w, NULL, false);
    ent_write_object(o->w, "corner", true);
    for (int i = 0; i < n; i++)
        if (ent_coal_has(o->model->coalition, i))
            number(o, o->model->player[i], simplex->corner[i], &o->e->corner[k * n + i]);
    ent_write_end(o->w);
    number(o, "size", simplex->size, &o->e->simplex_size[k]);
    ent_i_write_play(o->w, "play", o->model, simplex->play);
    ent_write_end(o->w);
}

/* [MW25] Cor. 1, corrected: one vertex an insider, and the exact set is a union of simplices. */
static void write_value_set(const writing *o)
{
    ent_write_object(o->w, "value_set", false);
    ent_write_array(o->w, "vertices", false);
    for (int i = 0; i < o->c->n; i++)
        if (ent_coal_has(o->model->coalition, i)) write_vertex(o, i);
    ent_write_end(o->w);
    if (o->c->simplices_total > 0) {
        ent_write_array(o->w, "simplices", false);
        for (int k = 0; k < o->c->simplices; k++) write_simplex(o, k);
        ent_write_end(o->w);
        ent_write_int(o->w, "parts", o->c->simplices_total);
    }
    ent_write_end(o->w);
}

static void write_critical(const writing *o)
{
    if (o->c->effort) return;
    ent_write_array(o->w, "critical", false);
    for (int k = 0; k < o->c->steps; k++) {
        ent_write_object(o->w, NULL, true);
        number(o, "discount", o->c->step[k].discount, &o->e->step_discount[k]);
        number(o, "span", o->c->step[k].span, &o->e->step_span[k]);
        number(o, "level", o->c->step[k].level, &o->e->step_level[k]);
        ent_write_end(o->w);
    }
    ent_write_end(o->w);
}

static void write_extortion(const writing *o)
{
    const ent_contract *c = o->c;
    ent_write_object(o->w, "extortion", false);
    number(o, "level", c->extortion_level, &o->e->extortion_level);
    play(o, "on_path", c->extortion_play, c->extortion_effort, o->e->extortion_effort);
    ent_write_object(o->w, "payoff", true);
    for (int i = 0; i < c->n; i++)
        if (!ent_coal_has(o->model->coalition, i))
            number(o, o->model->player[i], c->extortion_payoff[i], &o->e->extortion_payoff[i]);
    ent_write_end(o->w);
    ent_write_end(o->w);
}

static void write_solution(const writing *o)
{
    write_levels(o);
    write_players(o);
    write_payments(o);
    /* Without a negotiation everybody's total is maximised: the play is that of extortion,
     * docs/relational.md Prop. A. */
    if (o->model->renegotiation < 1.0)
        play(o, "no_negotiation", o->c->extortion_play, o->c->extortion_effort,
             o->e->extortion_effort);
    write_value_set(o);
    write_critical(o);
    write_extortion(o);
}

/* The evidence that there is no equilibrium: every fixed point lies below each bound, and the last
 * enforces nothing. */
static void write_none(const writing *o, ent_writer *certificate)
{
    const ent_contract *c = o->c;
    ent_write_array(certificate, "bounds", false);
    for (int k = 0; k < c->bounds; k++)
        ent_write_number(certificate, NULL, c->bound[k],
                         o->e->bounds ? ent_lift_known(&o->e->bound[k]) : NULL);
    ent_write_end(certificate);
    if (c->bounds)
        ent_write_string(certificate, "reason",
                         c->bound[c->bounds - 1] < 0.0 ? "negative" : "empty");
}

ent_status ent_i_contractual_solve(ent_ctx *ctx, const void *model, const void *settings,
                                   ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    ent_contract contract = {0};
    ent_contract_exact *exact = NULL;
    ENT_TRY(ent_i_contract_of_model(ctx, m, settings, &contract, &exact));
    ent_write_real(out->certificate, "scale", ent_i_scale(m));
    out->outcome = contract.outcome;
    const writing o = {.w = out->solution, .model = m, .c = &contract, .e = exact};
    if (contract.outcome == ENT_SOLVED) write_solution(&o);
    else write_none(&o, out->certificate);
    if (m->stage == ENT_STAGE_PUBLIC_GOOD)
        ENT_TRY(ent_i_enclosure_write(ctx, m, false, contract.span, ent_lift_known(&exact->span),
                                      out->certificate));
done:
    ent_i_lift_free(exact);
    ent_contract_release(&contract);
    return st;
}
