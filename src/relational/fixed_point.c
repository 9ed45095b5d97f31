#include "relational/fixed_point.h"

#include <math.h>

/* Reading several staircases at once, gain by gain. */
typedef struct reading {
    const ent_i_found *found;
    const ent_i_chance *chance;
    int count; /* aims that matter */
    int aim[ENT_I_AIMS_MAX];
    int64_t next[ENT_I_AIMS_MAX]; /* by aim */
} reading;

static void follow(reading *r, int aim)
{
    for (int k = 0; k < r->count; k++)
        if (r->aim[k] == aim) return;
    r->aim[r->count++] = aim;
    r->next[aim] = 0;
}

/* Gamma matters when there is a negotiation, Gamma_0 when there may be none. */
static void open_reading(const ent_i_found *found, const ent_i_chance *chance, reading *r)
{
    const ent_i_aims *aims = found->aims;
    r->found = found;
    r->chance = chance;
    r->count = 0;
    follow(r, aims->value >= 0 ? aims->value : aims->joint);
    for (int i = 0; i < aims->n; i++) {
        if (chance->renegotiation > 0.0 && aims->gamma[i] >= 0) follow(r, aims->gamma[i]);
        if (chance->renegotiation < 1.0) follow(r, aims->reply[i]);
    }
    if (chance->renegotiation < 1.0) follow(r, aims->joint);
}

/* The largest value of an aim so far. */
static double best(const reading *r, int aim)
{
    return r->found->staircase[aim].stair[r->next[aim] - 1].value;
}

/* How far an aim has risen above the first play of least G: never negative, also in floating
 * point. */
static double rise(const reading *r, int aim) { return best(r, aim) - r->found->start[aim]; }

/* Gamma = sum_C (max f_i - f_i(a0)) - G(a0) and Gamma_0 = max U - U(a0) + sum_N (uhat_i(a0) - min
 * uhat_i) - G(a0), because the f_i(a0) sum to -G(a0), and so do U(a0) and the -uhat_i(a0). Here
 * without the last terms. */
static void fill_rung(const reading *r, ent_i_rung *rung)
{
    const ent_i_aims *aims = r->found->aims;
    const double rho = r->chance->renegotiation;
    double gamma = 0.0, gamma0 = 0.0, outsiders = 0.0;
    for (int i = 0; i < aims->n; i++) {
        if (rho > 0.0 && aims->gamma[i] >= 0) gamma += rise(r, aims->gamma[i]);
        if (rho < 1.0) gamma0 += rise(r, aims->reply[i]);
        if (rho < 1.0 && !ent_coal_has(aims->coalition, i)) outsiders += best(r, aims->reply[i]);
    }
    if (rho < 1.0) gamma0 += rise(r, aims->joint);
    rung->gamma = gamma;
    rung->gamma0 = gamma0;
    rung->value = best(r, aims->value >= 0 ? aims->value : aims->joint);
    rung->extortion = rho < 1.0 ? best(r, aims->joint) + outsiders : 0.0;
    rung->spread = 0.0;
}

ent_status ent_i_ladder_new(ent_ctx *ctx, const ent_i_found *found, const ent_i_chance *chance,
                            ent_i_ladder *out)
{
    ent_status st = ENT_OK;
    reading *r = NULL;
    int64_t most = 0;
    ENT_SCRATCH(ctx, r, 1);
    open_reading(found, chance, r);
    for (int k = 0; k < r->count; k++) most += found->staircase[r->aim[k]].count;
    ENT_SCRATCH(ctx, out->rung, most);
    out->count = 0;
    out->least = found->least;
    out->unit = found->aims->unit;
    for (;;) {
        double gain = HUGE_VAL;
        for (int k = 0; k < r->count; k++) {
            const ent_i_staircase *s = &found->staircase[r->aim[k]];
            const int64_t at = r->next[r->aim[k]];
            if (at < s->count && s->stair[at].gain < gain) gain = s->stair[at].gain;
        }
        if (isinf(gain)) break;
        for (int k = 0; k < r->count; k++) {
            const ent_i_staircase *s = &found->staircase[r->aim[k]];
            int64_t *at = &r->next[r->aim[k]];
            while (*at < s->count && s->stair[*at].gain <= gain) ++*at;
        }
        ent_i_rung *rung = &out->rung[out->count++];
        rung->gain = gain;
        fill_rung(r, rung);
    }
done:
    return st;
}

/* T = rho (Gamma + tau) + (1-rho) Gamma_0; for a lone insider Gamma is 0, and so is the least gain
 * in it. */
double ent_i_rung_map(const ent_i_ladder *ladder, int64_t k, const ent_i_chance *chance)
{
    const ent_i_rung *rung = &ladder->rung[k];
    const double rho = chance->renegotiation,
                 least = chance->lone ? (1.0 - rho) * ladder->least : ladder->least;
    return rho * (rung->gamma / ladder->unit + rung->spread) + (1.0 - rho) * rung->gamma0 - least;
}

double ent_i_rung_span(const ent_i_ladder *ladder, int64_t k, const ent_i_chance *chance,
                       double discount)
{
    const double map = ent_i_rung_map(ladder, k, chance);
    if (!chance->lone) return map;
    return (1.0 - discount) * map / (1.0 - discount * (1.0 - chance->renegotiation));
}

/* level = (1 - delta (1-rho)) M + delta (1-rho) E + delta rho tau */
double ent_i_rung_level(const ent_i_rung *rung, const ent_i_chance *chance, double discount)
{
    const double rho = chance->renegotiation;
    const bool flat = !(rung->value < rung->extortion || rung->value > rung->extortion);
    if (rho >= 1.0 || flat) return rung->value + discount * rho * rung->spread;
    return (1.0 - discount * (1.0 - rho)) * rung->value + discount * (1.0 - rho) * rung->extortion +
           discount * rho * rung->spread;
}

/* [MW25] eq. (2) */
static bool enforces(double span, double gain, const ent_i_chance *chance)
{
    const double delta = chance->discount;
    return span >= -chance->tolerance && (1.0 - delta) * gain <= delta * span + chance->tolerance;
}

/* [MW25] Thm 5, Definition 1: the largest fixed point. The next block fails, and the map does not
 * fall: so the span lies in its block. */
int64_t ent_i_ladder_top(const ent_i_ladder *ladder, const ent_i_chance *chance, bool literal)
{
    int64_t top = -1;
    double most = -HUGE_VAL;
    for (int64_t k = ladder->count - 1; k >= 0; k--) {
        const double span = ent_i_rung_span(ladder, k, chance, chance->discount);
        if (!enforces(span, ladder->rung[k].gain, chance)) continue;
        if (!literal) return k;
        if (k + 1 < ladder->count && enforces(span, ladder->rung[k + 1].gain, chance)) continue;
        if (span > most) top = k, most = span;
    }
    return top;
}

int ent_i_ladder_bounds(const ent_i_ladder *ladder, const ent_i_chance *chance, double *bound)
{
    int count = 0;
    int64_t k = ladder->count - 1;
    while (k >= 0) {
        const double span = ent_i_rung_span(ladder, k, chance, chance->discount);
        bound[count++] = span;
        int64_t next = k;
        while (next >= 0 && !enforces(span, ladder->rung[next].gain, chance)) next--;
        if (next == k) break; /* only where ties are in the map */
        k = next;
    }
    return count;
}

double ent_i_ladder_shortfall(const ent_i_ladder *ladder, const ent_i_chance *chance)
{
    const double delta = chance->discount;
    double least = HUGE_VAL;
    for (int64_t k = 0; k < ladder->count; k++) {
        const double span = ent_i_rung_span(ladder, k, chance, delta);
        const double short_by = (1.0 - delta) * ladder->rung[k].gain - delta * span;
        if (short_by < least) least = short_by;
    }
    return least;
}

/* The least discount factor at which a block is enforced by its span, or 1 when none below 1 does
 * it. */
static double critical(const ent_i_ladder *ladder, int64_t k, const ent_i_chance *chance)
{
    const double gain = ladder->rung[k].gain, map = ent_i_rung_map(ladder, k, chance);
    if (map < -chance->tolerance) return 1.0;
    if (gain <= chance->tolerance) return 0.0;
    if (!(map > 0.0)) return 1.0;
    const double share = chance->lone ? 1.0 - chance->renegotiation : 1.0;
    const double discount = gain / (map + share * gain);
    return discount < 1.0 ? discount : 1.0;
}

/* Neither what the span nor what the level is made of differs by more than
 * `close`. */
static bool is_same(const ent_i_rung *a, const ent_i_rung *b, double close)
{
    return fabs(a->gamma - b->gamma) <= close && fabs(a->gamma0 - b->gamma0) <= close &&
           fabs(a->value - b->value) <= close && fabs(a->extortion - b->extortion) <= close;
}

/* From the last block down, a block is reached when it needs less patience than every later one;
 * where neither span nor level changes there is no step. */
int ent_i_ladder_steps(const ent_i_ladder *ladder, const ent_i_chance *chance, ent_step *step)
{
    double lowest = 1.0;
    int count = 0;
    const ent_i_rung *last = NULL;
    for (int64_t k = ladder->count - 1; k >= 0 && lowest > 0.0; k--) {
        const ent_i_rung *rung = &ladder->rung[k];
        const double discount = critical(ladder, k, chance);
        if (!(discount < lowest)) continue;
        lowest = discount;
        if (last && is_same(last, rung, chance->tolerance)) count--;
        last = rung;
        const double span = ent_i_rung_span(ladder, k, chance, discount);
        step[count++] = (ent_step){.discount = discount,
                                   .span = span > 0.0 ? span : 0.0,
                                   .level = ent_i_rung_level(rung, chance, discount)};
    }
    for (int a = 0, b = count - 1; a < b; a++, b--) {
        const ent_step swap = step[a];
        step[a] = step[b];
        step[b] = swap;
    }
    return count;
}

/* A play that is on the path for some bound. */
typedef struct contender {
    double gain, value, outside;
    double reply[]; /* [n] */
} contender;

static contender *contender_at(char *all, size_t size, int64_t k)
{
    return (contender *)(void *)(all + size * (size_t)k);
}

/* tau over the contenders with gain up to the rung's and value close to its M. */
static void fill_spread(const ent_i_aims *aims, char *all, size_t size, int64_t count, double close,
                        ent_i_rung *rung)
{
    double total = -HUGE_VAL, least[ENT_PLAYERS_MAX];
    for (int i = 0; i < aims->n; i++) least[i] = HUGE_VAL;
    for (int64_t k = 0; k < count; k++) {
        const contender *c = contender_at(all, size, k);
        if (c->gain > rung->gain || c->value < rung->value - close) continue;
        total = c->outside > total ? c->outside : total;
        for (int i = 0; i < aims->n; i++)
            least[i] = c->reply[i] < least[i] ? c->reply[i] : least[i];
    }
    rung->spread = total;
    for (int i = 0; i < aims->n; i++)
        if (!ent_coal_has(aims->coalition, i)) rung->spread -= least[i];
}

/* The rung in force at a gain, with that gain. */
static ent_i_rung rung_at(const ent_i_ladder *ladder, double gain)
{
    int64_t k = ladder->count - 1;
    while (k > 0 && ladder->rung[k].gain > gain) k--;
    ent_i_rung rung = ladder->rung[k];
    rung.gain = gain;
    return rung;
}

static void sort_rungs(ent_i_rung *rung, int64_t count)
{
    for (int64_t gap = count / 2; gap > 0; gap /= 2)
        for (int64_t k = gap; k < count; k++) {
            const ent_i_rung moves = rung[k];
            int64_t to = k;
            for (; to >= gap && rung[to - gap].gain > moves.gain; to -= gap)
                rung[to] = rung[to - gap];
            rung[to] = moves;
        }
}

ent_status ent_i_ladder_literal(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                                double close, ent_i_ladder *ladder)
{
    ent_status st = ENT_OK;
    const ent_i_aims *aims = found->aims;
    const int n = aims->n;
    const size_t size = sizeof(contender) + sizeof(double) * (size_t)n;
    int64_t count = 0, *number = NULL;
    char *all = NULL;
    ent_i_rung *rung = NULL;
    int play[ENT_PLAYERS_MAX];
    double payoff[ENT_PLAYERS_MAX];
    if (aims->members == n) return ENT_OK;
    ENT_TRY(source->contenders(ctx, source, found, close, &count, &number));
    ENT_SCRATCH(ctx, all, size * (size_t)count);
    ENT_SCRATCH(ctx, rung, ladder->count + count);
    for (int64_t k = 0; k < ladder->count; k++) rung[k] = ladder->rung[k];
    for (int64_t k = 0; k < count; k++) {
        contender *c = contender_at(all, size, k);
        source->unpack(source, number[k], play);
        source->evaluate(source, play, payoff, c->reply);
        c->gain = c->value = c->outside = 0.0;
        for (int i = 0; i < n; i++) {
            const bool member = ent_coal_has(aims->coalition, i);
            c->gain += c->reply[i] - payoff[i];
            if (member) c->value += payoff[i];
            else c->value -= c->reply[i] - payoff[i];
            if (!member) c->outside += c->reply[i];
        }
        rung[ladder->count + k] = rung_at(ladder, c->gain);
    }
    const int64_t both = ladder->count + count;
    sort_rungs(rung, both);
    int64_t kept = 0;
    for (int64_t k = 0; k < both; k++)
        if (kept == 0 || rung[k].gain > rung[kept - 1].gain) rung[kept++] = rung[k];
    for (int64_t k = 0; k < kept; k++) fill_spread(aims, all, size, count, close, &rung[k]);
    ladder->rung = rung;
    ladder->count = kept;
done:
    return st;
}
