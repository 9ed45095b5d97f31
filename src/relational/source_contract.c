#include "relational/source_contract.h"

#include "base/parallel.h"

#include <math.h>
#include <string.h>

/* A contract being filled in. */
typedef struct work {
    const ent_i_source *source;
    const ent_terms *terms;
    const ent_contract_settings *settings;
    const double *weight;
    int n, threads;
    ent_i_chance chance;
    ent_i_found found;
    ent_i_ladder ladder;
    ent_i_edge edge;
    ent_i_detail detail;
} work;

static double largest(const work *w, int aim)
{
    const ent_i_stair *stair = ent_i_staircase_at(&w->found.staircase[aim], w->edge.factor, w->edge.bound);
    return stair ? stair->value : -HUGE_VAL;
}

static bool insider(const work *w, int i) { return ent_coal_has(w->terms->coalition, i); }

static void set_edge(work *w, double span)
{
    const double delta = w->chance.discount;
    w->edge = (ent_i_edge){.factor = 1.0 - delta, .bound = delta * span + w->chance.tolerance, .zero = w->chance.tolerance};
}

static double margin(const work *w, double span)
{
    const double delta = w->chance.discount, below = w->detail.below, above = w->detail.above;
    double least = HUGE_VAL;
    if (below > 0.0) least = fmin(least, fabs(delta * span - (1.0 - delta) * below));
    if (above < HUGE_VAL) least = fmin(least, fabs(delta * span - (1.0 - delta) * above));
    return least;
}

/* zeta_i, docs/relational.md 4: Propositions A and B. */
static void fill_lowest(const work *w, ent_contract *out, const double *reply)
{
    const ent_i_aims *aims = w->found.aims;
    const double rho = w->chance.renegotiation, delta = w->chance.discount, m = out->on_path_value;
    for (int i = 0; i < w->n; i++) {
        const double quiet = rho < 1.0 ? -largest(w, aims->reply[i]) : 0.0;
        if (!insider(w, i)) {
            const double bargained = w->settings->literal_ties ? w->detail.reply_least[i] : reply[i];
            out->lowest[i] = rho * bargained + (1.0 - rho) * quiet;
        } else if (w->chance.lone) {
            out->gamma[i] = 0.0 - w->found.least;
            out->lowest[i] = rho * m + (1.0 - rho) * quiet + rho * delta * out->span / (1.0 - delta);
        } else {
            out->gamma[i] = largest(w, aims->gamma[i]);
            out->lowest[i] = rho * (w->weight[i] * m - out->gamma[i]) + (1.0 - rho) * quiet;
        }
    }
}

static void fill_outsiders(const work *w, ent_contract *out, const double *payoff, const double *reply)
{
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    for (int i = 0; i < w->n; i++) {
        if (insider(w, i)) continue;
        /* A tie moves the outsider's least value with it, unless ties are what it is punished by. */
        const double moves = w->settings->literal_ties ? 1.0 - delta : 1.0 - delta * (1.0 - rho);
        const double base = (1.0 - delta) * reply[i] + delta * out->lowest[i];
        out->payoff[i] = rho >= 1.0 && !w->settings->literal_ties ? reply[i] : base;
        out->payoff_least[i] = out->payoff[i] - moves * (reply[i] - w->detail.reply_least[i]);
        out->payoff_most[i] = out->payoff[i] + moves * (w->detail.reply_most[i] - reply[i]);
        out->payment[i] = reply[i] - payoff[i];
        out->highest[i] = out->payoff[i];
        out->extortion_payoff[i] = -largest(w, w->found.aims->reply[i]);
    }
}

/* The most over the exact value set rho B(D) + (1-rho) D: after a negotiation a part's corner and its whole size; without one, the
 * best reply and all the slack. */
static void fill_highest(const work *w, ent_contract *out)
{
    const ent_i_aims *aims = w->found.aims;
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    for (int i = 0; i < w->n; i++) {
        if (!insider(w, i)) continue;
        double bargained = 0.0, quiet = 0.0;
        if (rho > 0.0 && w->chance.lone) {
            bargained = out->level;
        } else if (rho > 0.0) {
            double rest = aims->rest[i] >= 0 ? largest(w, aims->rest[i]) : 0.0;
            for (int j = 0; aims->members == 2 && j < w->n; j++)
                if (j != i && insider(w, j)) rest = out->gamma[j];
            bargained = delta * out->lowest[i] + (1.0 - delta) * (w->weight[i] * out->on_path_value + rest) + delta * out->span;
        }
        if (rho < 1.0) quiet = delta * (out->lowest[i] + out->span) + (1.0 - delta) * largest(w, aims->quiet[i]);
        out->highest[i] = rho * bargained + (1.0 - rho) * quiet;
    }
}

static ent_status fill_plays(ent_ctx *ctx, const work *w, ent_contract *out)
{
    ent_status st = ENT_OK;
    const ent_i_aims *aims = w->found.aims;
    const int n = w->n;
    const size_t bytes = sizeof(int) * (size_t)n;
    memcpy(out->play, w->detail.tie, bytes);
    ENT_TRY(w->source->best(ctx, w->source, &w->found, aims->joint, &w->edge, out->extortion_play));
    for (int i = 0; i < n; i++) {
        int *punishment = out->punishment + (size_t)i * (size_t)n, *quiet = out->quiet_punishment + (size_t)i * (size_t)n;
        memcpy(punishment, insider(w, i) ? w->found.start_play : out->play, bytes);
        memcpy(quiet, out->play, bytes);
        if (aims->gamma[i] >= 0) ENT_TRY(w->source->best(ctx, w->source, &w->found, aims->gamma[i], &w->edge, punishment));
        if (aims->reply[i] >= 0) ENT_TRY(w->source->best(ctx, w->source, &w->found, aims->reply[i], &w->edge, quiet));
    }
    const int64_t listed = w->detail.ties < w->detail.ties_listed ? w->detail.ties : w->detail.ties_listed;
    ENT_TRY(ent_i_contract_ties(ctx, out, (int)listed - 1));
    for (int k = 0; k < out->ties; k++) memcpy(out->tie + (size_t)k * (size_t)n, w->detail.tie + (size_t)(k + 1) * (size_t)n, bytes);
done:
    return st;
}

/* The parts of the value set, after a negotiation in every period. */
static ent_status fill_parts(ent_ctx *ctx, const work *w, ent_contract *out)
{
    ent_status st = ENT_OK;
    const int n = w->n;
    const double delta = w->chance.discount;
    const bool one = w->chance.lone && w->settings->simplices_listed > 0;
    const int64_t parts = one ? 1 : w->detail.parts, most = w->settings->simplices_listed;
    const int *plays = one ? w->found.start_play : w->detail.part;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    if (w->chance.renegotiation < 1.0) return ENT_OK;
    ENT_TRY(ent_i_contract_simplices(ctx, out, (int)(parts < most ? parts : most)));
    out->simplices_total = (int)(parts < INT32_MAX ? parts : INT32_MAX);
    for (int k = 0; k < out->simplices; k++) {
        ent_simplex *simplex = &out->simplex[k];
        memcpy(simplex->play, plays + (size_t)k * (size_t)n, sizeof(int) * (size_t)n);
        w->source->evaluate(w->source, simplex->play, payoff, reply);
        double gains = 0.0, value = 0.0;
        for (int i = 0; i < n; i++) {
            gains += reply[i] - payoff[i];
            value += insider(w, i) ? payoff[i] : payoff[i] - reply[i];
        }
        const double size = delta * out->span - (1.0 - delta) * gains;
        simplex->size = size > 0.0 ? size : 0.0;
        for (int i = 0; i < n; i++) {
            simplex->corner[i] = 0.0;
            if (insider(w, i) && one) simplex->corner[i] = out->level - simplex->size;
            else if (insider(w, i))
                simplex->corner[i] = delta * out->lowest[i] + (1.0 - delta) * (w->weight[i] * out->on_path_value -
                                                                              w->weight[i] * value + reply[i]);
        }
    }
done:
    return st;
}

static void fill_numbers(const work *w, const ent_i_rung *rung, ent_contract *out)
{
    const double delta = w->chance.discount, rho = w->chance.renegotiation;
    double payoff[ENT_PLAYERS_MAX], reply[ENT_PLAYERS_MAX];
    double outside = 0.0, least = 0.0, least_enforceable = 0.0;
    w->source->evaluate(w->source, out->play, payoff, reply);
    out->on_path_value = largest(w, w->found.aims->value);
    for (int i = 0; i < w->n; i++) {
        if (insider(w, i)) continue;
        outside += reply[i];
        least += w->detail.reply_least[i];
        least_enforceable -= largest(w, w->found.aims->reply[i]);
    }
    const double most_joint = largest(w, w->found.aims->joint);
    out->tie_spread = w->detail.ties > 1 && w->terms->coalition != ent_coal_all(w->n) ? w->detail.reply_total - least : 0.0;
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

static ent_status ask_detail(ent_ctx *ctx, work *w)
{
    w->detail = (ent_i_detail){.least_value = largest(w, w->found.aims->value) - w->chance.tolerance,
                               .close = w->chance.tolerance};
    w->detail.ties_listed = (int)(w->settings->ties_listed < INT32_MAX - 1 ? w->settings->ties_listed + 1 : INT32_MAX);
    w->detail.parts_listed = w->chance.renegotiation < 1.0 ? 0 : w->settings->simplices_listed;
    return w->source->detail(ctx, w->source, w->threads, &w->found, &w->edge, &w->detail);
}

static ent_status fill(ent_ctx *ctx, work *w, ent_contract *out)
{
    ent_status st = ENT_OK;
    ent_contract filled = {0};
    const int64_t top = ent_i_ladder_top(&w->ladder, &w->chance);
    double span = 0.0;
    if (top >= 0) {
        span = ent_i_rung_span(&w->ladder.rung[top], &w->chance, w->chance.discount);
        if (!(span > 0.0)) span = 0.0;
        set_edge(w, span);
        ENT_TRY(ask_detail(ctx, w));
    }
    filled = *out;
    ENT_TRY(ent_i_contract_prepare(ctx, w->n, false, &filled));
    *out = filled;
    ENT_TRY(ent_i_contract_steps(ctx, out, (int)(w->ladder.count < INT32_MAX ? w->ladder.count : INT32_MAX)));
    out->steps = ent_i_ladder_steps(&w->ladder, &w->chance, out->step);
    out->margin = top < 0 ? ent_i_ladder_shortfall(&w->ladder, &w->chance) : 0.0;
    if (top < 0) goto done;
    out->span = span;
    ENT_TRY(fill_plays(ctx, w, out));
    fill_numbers(w, &w->ladder.rung[top], out);
    ENT_TRY(fill_parts(ctx, w, out));
    out->outcome = ENT_SOLVED;
done:
    return st;
}

ent_status ent_i_source_contract(ent_ctx *ctx, const ent_i_source *source, int64_t plays, const ent_terms *terms,
                                 const double *weight, const ent_contract_settings *settings, ent_contract *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_i_aims *aims = NULL;
    work w = {.source = source, .terms = terms, .settings = settings, .weight = weight, .n = source->n};
    w.threads = ent_i_threads(settings->threads);
    w.chance = (ent_i_chance){.discount = terms->discount, .renegotiation = terms->renegotiation,
                              .lone = ent_coal_size(terms->coalition) == 1,
                              .tolerance = settings->tolerance * source->scale};
    ENT_SCRATCH(ctx, aims, 1);
    ent_i_aims_contract(source->n, terms, weight, 1.0, aims);
    ENT_TRY(ent_i_found_new(ctx, aims, plays, &w.found));
    ENT_TRY(source->scan(ctx, source, w.threads, &w.found));
    ENT_TRY(ent_i_ladder_new(ctx, &w.found, &w.chance, &w.ladder));
    ENT_TRY(fill(ctx, &w, out));
done:
    ent_i_found_release(&w.found);
    ent_scratch_reset(ctx, mark);
    return st;
}
