#include "relational/fixed_point.h"

#include <math.h>

/* Reading several staircases at once, gain by gain. */
typedef struct reading {
    const ent_i_found *found;
    const ent_i_chance *chance;
    int count;                  /* aims that matter */
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

/* How far an aim has risen above the first play of least G: never negative, also in floating point. */
static double rise(const reading *r, int aim) { return best(r, aim) - r->found->start[aim]; }

/* T = -G(a0) + rho sum_C (max f_i - f_i(a0)) + (1-rho) (max U - U(a0) + sum_N (uhat_i(a0) - min uhat_i)), because the f_i(a0)
 * sum to -G(a0), and so do U(a0) and the -uhat_i(a0). For a lone insider Gamma is 0. */
static void fill_rung(const reading *r, ent_i_rung *rung)
{
    const ent_i_aims *aims = r->found->aims;
    const double rho = r->chance->renegotiation, least = r->found->least;
    double gamma = 0.0, gamma0 = 0.0, outsiders = 0.0;
    for (int i = 0; i < aims->n; i++) {
        if (rho > 0.0 && aims->gamma[i] >= 0) gamma += rise(r, aims->gamma[i]);
        if (rho < 1.0) gamma0 += rise(r, aims->reply[i]);
        if (rho < 1.0 && !ent_coal_has(aims->coalition, i)) outsiders += best(r, aims->reply[i]);
    }
    if (rho < 1.0) gamma0 += rise(r, aims->joint);
    rung->map = r->chance->lone ? (1.0 - rho) * (gamma0 - least) : rho * gamma + (1.0 - rho) * gamma0 - least;
    rung->value = best(r, aims->value >= 0 ? aims->value : aims->joint);
    rung->extortion = rho < 1.0 ? best(r, aims->joint) + outsiders : 0.0;
    rung->spread = 0.0;
}

ent_status ent_i_ladder_new(ent_ctx *ctx, const ent_i_found *found, const ent_i_chance *chance, ent_i_ladder *out)
{
    ent_status st = ENT_OK;
    reading *r = NULL;
    int64_t most = 0;
    ENT_SCRATCH(ctx, r, 1);
    open_reading(found, chance, r);
    for (int k = 0; k < r->count; k++) most += found->staircase[r->aim[k]].count;
    ENT_SCRATCH(ctx, out->rung, most);
    out->count = 0;
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

double ent_i_rung_span(const ent_i_rung *rung, const ent_i_chance *chance, double discount)
{
    if (!chance->lone) return rung->map;
    return (1.0 - discount) * rung->map / (1.0 - discount * (1.0 - chance->renegotiation));
}

/* level = (1 - delta (1-rho)) M + delta (1-rho) E + delta rho tau */
double ent_i_rung_level(const ent_i_rung *rung, const ent_i_chance *chance, double discount)
{
    const double rho = chance->renegotiation;
    if (rho >= 1.0) return rung->value + discount * rung->spread;
    return (1.0 - discount * (1.0 - rho)) * rung->value + discount * (1.0 - rho) * rung->extortion +
           discount * rho * rung->spread;
}

static bool enforces(const ent_i_rung *rung, const ent_i_chance *chance)
{
    const double delta = chance->discount, span = ent_i_rung_span(rung, chance, delta);
    return span >= -chance->tolerance && (1.0 - delta) * rung->gain <= delta * span + chance->tolerance;
}

/* [MW25] Thm 5: the largest fixed point. The next block fails, and the map does not fall: so the span lies in its block. */
int64_t ent_i_ladder_top(const ent_i_ladder *ladder, const ent_i_chance *chance)
{
    int64_t k = ladder->count - 1;
    while (k >= 0 && !enforces(&ladder->rung[k], chance)) k--;
    return k;
}

double ent_i_ladder_shortfall(const ent_i_ladder *ladder, const ent_i_chance *chance)
{
    const double delta = chance->discount;
    double least = HUGE_VAL;
    for (int64_t k = 0; k < ladder->count; k++) {
        const ent_i_rung *rung = &ladder->rung[k];
        const double short_by = (1.0 - delta) * rung->gain - delta * ent_i_rung_span(rung, chance, delta);
        if (short_by < least) least = short_by;
    }
    return least;
}

/* The least discount factor at which a block is enforced by its span, or 1 when none below 1 does it. */
static double critical(const ent_i_rung *rung, const ent_i_chance *chance)
{
    if (rung->map < -chance->tolerance) return 1.0;
    if (rung->gain <= chance->tolerance) return 0.0;
    if (!(rung->map > 0.0)) return 1.0;
    const double share = chance->lone ? 1.0 - chance->renegotiation : 1.0;
    const double discount = rung->gain / (rung->map + share * rung->gain);
    return discount < 1.0 ? discount : 1.0;
}

static bool same(const ent_i_rung *a, const ent_i_rung *b)
{
    return !(a->map < b->map || a->map > b->map || a->value < b->value || a->value > b->value ||
             a->extortion < b->extortion || a->extortion > b->extortion);
}

/* From the last block down, a block is reached when it needs less patience than every later one; where neither span nor level
 * changes there is no step. */
int ent_i_ladder_steps(const ent_i_ladder *ladder, const ent_i_chance *chance, ent_step *step)
{
    double lowest = 1.0;
    int count = 0;
    const ent_i_rung *last = NULL;
    for (int64_t k = ladder->count - 1; k >= 0 && lowest > 0.0; k--) {
        const ent_i_rung *rung = &ladder->rung[k];
        const double discount = critical(rung, chance);
        if (!(discount < lowest)) continue;
        lowest = discount;
        if (last && same(last, rung)) count--;
        last = rung;
        const double span = ent_i_rung_span(rung, chance, discount);
        step[count++] = (ent_step){.discount = discount, .span = span > 0.0 ? span : 0.0,
                                   .level = ent_i_rung_level(rung, chance, discount)};
    }
    for (int a = 0, b = count - 1; a < b; a++, b--) {
        const ent_step swap = step[a];
        step[a] = step[b];
        step[b] = swap;
    }
    return count;
}
