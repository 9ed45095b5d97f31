#include "relational/source_contract.h"

#include <math.h>

static bool insider(const ent_i_solving *w, int i) { return ent_coal_has(w->terms->coalition, i); }

static double margin(const ent_i_solving *w, double span)
{
    const double delta = w->chance.discount, below = w->detail.below, above = w->detail.above;
    double least = HUGE_VAL;
    if (below > 0.0) least = fmin(least, fabs(delta * span - (1.0 - delta) * below));
    if (above < HUGE_VAL) least = fmin(least, fabs(delta * span - (1.0 - delta) * above));
    return least;
}

/* zeta_i, docs/relational.md 4: Propositions A and B. */
static void fill_lowest(const ent_i_solving *w, ent_contract *out, const double *reply)
{
    const ent_i_aims *aims = w->found.aims;
    const double rho = w->chance.renegotiation, delta = w->chance.discount, m = out->on_path_value;
    for (int i = 0; i < w->n; i++) {
        const double quiet = rho < 1.0 ? -ent_i_solving_most(w, aims->reply[i]) : 0.0;
        if (!insider(w, i)) {
            const double bargained =
                w->settings->literal_ties ? w->detail.reply_least[i] : reply[i];
            out->lowest[i] = rho * bargained + (1.0 - rho) * quiet;
        } else if (w->chance.lone) {
            out->gamma[i] = 0.0 - w->found.least;
            out->lowest[i] =
                rho * m + (1.0 - rho) * quiet + rho * delta * out->span / (1.0 - delta);
        } else {
            out->gamma[i] = ent_i_solving_most(w, aims->gamma[i]);
            out->lowest[i] = rho * (w->aims->share[i] * m - out->gamma[i]) + (1.0 - rho) * quiet;
        }
    }
}

static void fill_outsiders(const ent_i_solving *w, ent_contract *out, const double *payoff,
                           const double *reply)
{
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    for (int i = 0; i < w->n; i++) {
        if (insider(w, i)) continue;
        /* A tie moves the outsider's least value with it, unless ties are what it is punished
         * by. */
        const double moves = w->settings->literal_ties ? 1.0 - delta : 1.0 - delta * (1.0 - rho);
        const double base = (1.0 - delta) * reply[i] + delta * out->lowest[i];
        out->payoff[i] = rho >= 1.0 && !w->settings->literal_ties ? reply[i] : base;
        out->payoff_least[i] = out->payoff[i] - moves * (reply[i] - w->detail.reply_least[i]);
        out->payoff_most[i] = out->payoff[i] + moves * (w->detail.reply_most[i] - reply[i]);
        out->payment[i] = reply[i] - payoff[i];
        out->highest[i] = out->payoff[i];
        out->extortion_payoff[i] = -ent_i_solving_most(w, w->found.aims->reply[i]);
    }
}

/* What the other insiders lose least when i is treated best: the largest -f_i - G, which with two
 * insiders is the other's f. */
static double least_rest(const ent_i_solving *w, const ent_contract *out, int i)
{
    const ent_i_aims *aims = w->found.aims;
    if (aims->members != 2) return ent_i_solving_most(w, aims->rest[i]);
    const int other = ent_coal_first(aims->coalition & ~ent_coal_single(i));
    return out->gamma[other];
}

/* The most over the exact value set rho B(D) + (1-rho) D: after a negotiation a part's corner and
 * its whole size; without one, the best reply and all the slack. */
static void fill_highest(const ent_i_solving *w, ent_contract *out)
{
    const ent_i_aims *aims = w->found.aims;
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    for (int i = 0; i < w->n; i++) {
        if (!insider(w, i)) continue;
        const double next = delta * (out->lowest[i] + out->span);
        double bargained = 0.0, quiet = 0.0;
        if (w->chance.lone) bargained = out->level;
        else if (rho > 0.0)
            bargained = next + (1.0 - delta) *
                                   (aims->share[i] * out->on_path_value + least_rest(w, out, i));
        if (rho < 1.0) quiet = next + (1.0 - delta) * ent_i_solving_most(w, aims->quiet[i]);
        out->highest[i] = rho * bargained + (1.0 - rho) * quiet;
    }
}

/* The parts of the value set, after a negotiation in every period: corner and size of
 * docs/relational.md 2. */
static void fill_parts(const ent_i_solving *w, ent_contract *out)
{
    const double delta = w->chance.discount;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    for (int k = 0; k < out->simplices; k++) {
        ent_simplex *simplex = &out->simplex[k];
        w->source->evaluate(w->source, simplex->play, payoff, reply);
        double gains = 0.0, value = 0.0;
        for (int i = 0; i < w->n; i++) {
            gains += reply[i] - payoff[i];
            value += insider(w, i) ? payoff[i] : payoff[i] - reply[i];
        }
        const double size = delta * out->span - (1.0 - delta) * gains, m = out->on_path_value;
        simplex->size = size > 0.0 ? size : 0.0;
        for (int i = 0; i < w->n; i++) {
            simplex->corner[i] = 0.0;
            if (!insider(w, i)) continue;
            simplex->corner[i] = delta * out->lowest[i] +
                                 (1.0 - delta) * (w->aims->share[i] * (m - value) + reply[i]);
            if (w->chance.lone) simplex->corner[i] = out->level - simplex->size;
        }
    }
}

static void fill_numbers(const ent_i_solving *w, const ent_i_rung *rung, ent_contract *out)
{
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    double outside = 0.0, least = 0.0, least_enforceable = 0.0;
    w->source->evaluate(w->source, out->play, payoff, reply);
    out->on_path_value = ent_i_solving_most(w, w->found.aims->value);
    for (int i = 0; i < w->n; i++) {
        if (insider(w, i)) continue;
        outside += reply[i];
        least += w->detail.reply_least[i];
        least_enforceable -= ent_i_solving_most(w, w->found.aims->reply[i]);
    }
    const double most_joint = ent_i_solving_most(w, w->found.aims->joint);
    out->tie_spread = w->detail.ties > 1 && w->terms->coalition != ent_coal_all(w->n)
                          ? w->detail.reply_total - least
                          : 0.0;
    out->extortion_level = most_joint - least_enforceable;
    const double shown = w->settings->literal_ties ? w->detail.reply_total : outside;
    out->joint = rho * (out->on_path_value + shown) + (1.0 - rho) * most_joint;
    ent_i_rung at = *rung;
    at.value = out->on_path_value;
    at.extortion = out->extortion_level;
    out->level = ent_i_rung_level(&at, &w->chance, delta);
    out->margin = margin(w, out->span);
    fill_lowest(w, out, reply);
    fill_outsiders(w, out, payoff, reply);
    fill_highest(w, out);
}

static ent_status fill(ent_ctx *ctx, ent_i_solving *w, ent_contract *out)
{
    ent_status st = ENT_OK;
    const double delta = w->chance.discount, tolerance = w->chance.tolerance;
    const int64_t top = ent_i_ladder_top(&w->ladder, &w->chance, w->settings->literal_ties);
    double span = 0.0;
    if (top >= 0) {
        span = ent_i_rung_span(&w->ladder, top, &w->chance, delta);
        if (!(span > 0.0)) span = 0.0;
        w->edge = (ent_i_edge){
            .factor = 1.0 - delta, .bound = delta * span + tolerance, .zero = tolerance};
        ENT_TRY(ent_i_solving_inquire(ctx, w));
    }
    const ent_contract_room room = ent_i_solving_room(w);
    ENT_TRY(ent_i_contract_reserve(ctx, w->n, &room, out));
    if (room.steps > 0) out->steps = ent_i_ladder_steps(&w->ladder, &w->chance, out->step);
    if (top < 0) {
        out->margin = ent_i_ladder_shortfall(&w->ladder, &w->chance);
        out->bounds = ent_i_ladder_bounds(&w->ladder, &w->chance, out->bound);
        goto done;
    }
    out->outcome = ENT_SOLVED;
    out->span = span;
    ent_i_solving_plays(w, out);
    fill_numbers(w, &w->ladder.rung[top], out);
    fill_parts(w, out);
done:
    return st;
}

ent_status ent_i_source_contract(ent_ctx *ctx, const ent_i_source *source, int64_t plays,
                                 const ent_terms *terms, const double *weight,
                                 const ent_contract_settings *settings, ent_contract *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_solving w = {.source = source, .terms = terms, .settings = settings};
    w.chance = (ent_i_chance){.discount = terms->discount,
                              .renegotiation = terms->renegotiation,
                              .lone = ent_coal_size(terms->coalition) == 1,
                              .tolerance = settings->tolerance * source->scale};
    ENT_TRY(ent_i_solving_open(ctx, &w, plays, weight, 1.0));
    ENT_TRY(fill(ctx, &w, out));
done:
    ent_i_solving_release(&w);
    ent_scratch_reset(ctx, mark);
    return st;
}
