#include "relational/slab_kernel.h"

#include <math.h>
#include <string.h>

/* A function resolved at start-up by what the processor can do; sanitizers cannot intercept that
 * early. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

enum { LANES = 8 };

/* Where a run of the table has one entry, for the last player who has a choice: each is repeated
 * for every action. */
WIDE static void repeat_entries(const double *run, int actions, int left, int count,
                                double *restrict row)
{
    for (int k = 0; k < count; left = actions) {
        const int length = left < count - k ? left : count - k;
        const double best = *run++;
        for (int c = 0; c < length; c++) row[k + c] = best;
        k += length;
    }
}

/* A run of `stride` entries is repeated for every action; `at` and `action` say where the row
 * begins. */
WIDE static void repeat_runs(const double *run, int64_t stride, int actions, int64_t at, int action,
                             int count, double *restrict row)
{
    for (int k = 0; k < count; at = 0) {
        const int length = stride - at < count - k ? (int)(stride - at) : count - k;
        const double *from = run + at;
        for (int c = 0; c < length; c++) row[k + c] = from[c];
        k += length;
        if (++action == actions) {
            action = 0;
            run += stride;
        }
    }
}

/* As the number of the profile grows, the place in the table runs along `stride` entries, once for
 * each action of i, and then goes on behind them. */
const double *ent_i_kernel_reply_row(const ent_i_grid *grid, int i, int64_t first, int count,
                                     double *row)
{
    const int64_t stride = grid->stride[i], round = stride * grid->actions[i];
    const int64_t within = first % round, at = within % stride;
    const double *run = grid->reply[i] + first / round * stride;
    if (at + count <= stride) return run + at;
    if (stride == 1) repeat_entries(run, grid->actions[i], (int)(round - within), count, row);
    else repeat_runs(run, stride, grid->actions[i], at, (int)(within / stride), count, row);
    return row;
}

WIDE void ent_i_kernel_gains(const ent_i_slab *slab, int n, double *restrict gain)
{
    const int count = slab->count;
    const double *u = slab->payoff[0], *best = slab->reply[0];
    for (int k = 0; k < count; k++) gain[k] = best[k] - u[k];
    for (int i = 1; i < n; i++) {
        u = slab->payoff[i];
        best = slab->reply[i];
        for (int k = 0; k < count; k++) gain[k] += best[k] - u[k];
    }
}

WIDE void ent_i_kernel_value(const ent_i_slab *slab, int n, ent_coal coalition,
                             double *restrict value)
{
    const int count = slab->count;
    for (int k = 0; k < count; k++) value[k] = 0.0;
    for (int i = 0; i < n; i++) {
        const double *u = slab->payoff[i], *best = slab->reply[i];
        if (ent_coal_has(coalition, i))
            for (int k = 0; k < count; k++) value[k] += u[k];
        else
            for (int k = 0; k < count; k++) value[k] -= best[k] - u[k];
    }
}

WIDE void ent_i_kernel_sums(const ent_i_slab *slab, int n, ent_coal coalition,
                            double *restrict gain, double *restrict value)
{
    const int count = slab->count;
    const double *u = slab->payoff[0], *best = slab->reply[0];
    if (ent_coal_has(coalition, 0)) {
        for (int k = 0; k < count; k++) {
            gain[k] = best[k] - u[k];
            value[k] = 0.0 + u[k];
        }
    } else {
        for (int k = 0; k < count; k++) {
            gain[k] = best[k] - u[k];
            value[k] = 0.0 - gain[k];
        }
    }
    for (int i = 1; i < n; i++) {
        u = slab->payoff[i];
        best = slab->reply[i];
        if (ent_coal_has(coalition, i)) {
            for (int k = 0; k < count; k++) {
                gain[k] += best[k] - u[k];
                value[k] += u[k];
            }
        } else {
            for (int k = 0; k < count; k++) {
                const double g = best[k] - u[k];
                gain[k] += g;
                value[k] -= g;
            }
        }
    }
}

WIDE int ent_i_kernel_low(int count, const double *gain, double sat, int32_t *restrict place)
{
    int low = 0;
    for (int k = 0; k < count; k++) {
        place[low] = k;
        low += gain[k] < sat;
    }
    return low;
}

WIDE void ent_i_kernel_combine(int count, double a, const double *x, double b, const double *y,
                               double *restrict row)
{
    for (int k = 0; k < count; k++) row[k] = a * x[k] + b * y[k];
}

WIDE static void rest(int count, double a, const double *x, double b, const double *y,
                      const double *gain, double *restrict row)
{
    for (int k = 0; k < count; k++) row[k] = -(a * x[k] + b * y[k]) + b * gain[k];
}

/* [MW25] eqs. (7), (8), and the aims of docs/relational.md 4. */
const double *ent_i_kernel_aim(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                               const double *gain, const double *value, double *row)
{
    const int i = aims->aim[aim].player, count = slab->count;
    switch (aims->aim[aim].kind) {
    case ENT_I_AIM_VALUE: return value;
    case ENT_I_AIM_JOINT: ent_i_kernel_value(slab, aims->n, ent_coal_all(aims->n), row); break;
    case ENT_I_AIM_GAMMA:
        ent_i_kernel_combine(count, aims->share[i], value, -aims->unit, slab->reply[i], row);
        break;
    case ENT_I_AIM_REPLY:
        ent_i_kernel_combine(count, -1.0, slab->reply[i], 0.0, slab->reply[i], row);
        break;
    case ENT_I_AIM_REST:
        rest(count, aims->share[i], value, -aims->unit, slab->reply[i], gain, row);
        break;
    case ENT_I_AIM_QUIET: ent_i_kernel_combine(count, 1.0, slab->reply[i], -1.0, gain, row); break;
    }
    return row;
}

WIDE static bool any_above(int count, const double *value, double peak)
{
    int64_t any = 0;
    for (int k = 0; k < count; k++) any |= value[k] > peak;
    return any != 0;
}

WIDE static bool any_combined(int count, double a, const double *x, double b, const double *y,
                              double peak)
{
    int64_t any = 0;
    for (int k = 0; k < count; k++) any |= a * x[k] + b * y[k] > peak;
    return any != 0;
}

WIDE static bool any_rest(int count, double a, const double *x, double b, const double *y,
                          const double *gain, double peak)
{
    int64_t any = 0;
    for (int k = 0; k < count; k++) any |= -(a * x[k] + b * y[k]) + b * gain[k] > peak;
    return any != 0;
}

bool ent_i_kernel_aim_above(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                            const double *gain, const double *value, double peak, double *row)
{
    const int i = aims->aim[aim].player, count = slab->count;
    const double *reply = i < 0 ? NULL : slab->reply[i];
    bool above = false;
    switch (aims->aim[aim].kind) {
    case ENT_I_AIM_VALUE: above = any_above(count, value, peak); break;
    case ENT_I_AIM_JOINT:
        ent_i_kernel_value(slab, aims->n, ent_coal_all(aims->n), row);
        above = any_above(count, row, peak);
        break;
    case ENT_I_AIM_GAMMA:
        above = any_combined(count, aims->share[i], value, -aims->unit, reply, peak);
        break;
    case ENT_I_AIM_REPLY: above = any_combined(count, -1.0, reply, 0.0, reply, peak); break;
    case ENT_I_AIM_REST:
        above = any_rest(count, aims->share[i], value, -aims->unit, reply, gain, peak);
        break;
    case ENT_I_AIM_QUIET: above = any_combined(count, 1.0, reply, -1.0, gain, peak); break;
    }
    return above;
}

double ent_i_kernel_aim_at(const ent_i_aims *aims, int aim, const ent_i_slab *slab,
                           const double *gain, const double *value, const double *row, int k)
{
    const int i = aims->aim[aim].player;
    double at = 0.0;
    switch (aims->aim[aim].kind) {
    case ENT_I_AIM_VALUE: at = value[k]; break;
    case ENT_I_AIM_JOINT: at = row[k]; break;
    case ENT_I_AIM_GAMMA: at = aims->share[i] * value[k] + -aims->unit * slab->reply[i][k]; break;
    case ENT_I_AIM_REPLY: at = -slab->reply[i][k]; break;
    case ENT_I_AIM_REST:
        at = -(aims->share[i] * value[k] + -aims->unit * slab->reply[i][k]) + -aims->unit * gain[k];
        break;
    case ENT_I_AIM_QUIET: at = slab->reply[i][k] - gain[k]; break;
    }
    return at;
}

WIDE void ent_i_kernel_buckets(int count, const double *gain, int32_t base,
                               int32_t *restrict bucket)
{
    for (int k = 0; k < count; k++) {
        uint64_t bits;
        memcpy(&bits, &gain[k], sizeof bits);
        int32_t b = (int32_t)(bits >> 50) - base;
        b = b < 0 ? 0 : b;
        bucket[k] = b >= ENT_I_FLOORS ? ENT_I_FLOORS - 1 : b;
    }
}

WIDE int ent_i_kernel_above(int count, const double *value, const int32_t *bucket,
                            const double *floor)
{
    int above = 0;
    for (int k = 0; k < count; k++) above += value[k] > floor[bucket[k]];
    return above;
}

WIDE double ent_i_kernel_least(int count, const double *row)
{
    double lane[LANES], least = HUGE_VAL;
    int k = 0;
    for (int j = 0; j < LANES; j++) lane[j] = HUGE_VAL;
    for (; k + LANES <= count; k += LANES)
        for (int j = 0; j < LANES; j++) lane[j] = row[k + j] < lane[j] ? row[k + j] : lane[j];
    for (; k < count; k++) least = row[k] < least ? row[k] : least;
    for (int j = 0; j < LANES; j++) least = lane[j] < least ? lane[j] : least;
    return least;
}

WIDE double ent_i_kernel_most(int count, const double *row)
{
    double lane[LANES], most = -HUGE_VAL;
    int k = 0;
    for (int j = 0; j < LANES; j++) lane[j] = -HUGE_VAL;
    for (; k + LANES <= count; k += LANES)
        for (int j = 0; j < LANES; j++) lane[j] = row[k + j] > lane[j] ? row[k + j] : lane[j];
    for (; k < count; k++) most = row[k] > most ? row[k] : most;
    for (int j = 0; j < LANES; j++) most = lane[j] > most ? lane[j] : most;
    return most;
}

/* The last plays of a slab, which do not fill the lanes. */
static int nearest_rest(int count, const double *gain, const ent_i_edge *edge, double *below,
                        double *above)
{
    int total = 0;
    for (int k = 0; k < count; k++) {
        const bool in = edge->factor * gain[k] <= edge->bound;
        if (in && gain[k] > edge->zero && gain[k] > *below) *below = gain[k];
        if (!in && gain[k] < *above) *above = gain[k];
        total += in;
    }
    return total;
}

WIDE int ent_i_kernel_nearest(int count, const double *gain, const ent_i_edge *edge, double *below,
                              double *above)
{
    const double factor = edge->factor, bound = edge->bound, zero = edge->zero;
    double inside[LANES], outside[LANES];
    int64_t enforceable[LANES];
    for (int j = 0; j < LANES; j++) {
        inside[j] = *below;
        outside[j] = *above;
        enforceable[j] = 0;
    }
    int k = 0;
    for (; k + LANES <= count; k += LANES)
        for (int j = 0; j < LANES; j++) {
            const double g = gain[k + j];
            const bool in = factor * g <= bound;
            const double low = in && g > zero ? g : -1.0, high = in ? HUGE_VAL : g;
            inside[j] = low > inside[j] ? low : inside[j];
            outside[j] = high < outside[j] ? high : outside[j];
            enforceable[j] += in;
        }
    int total = nearest_rest(count - k, gain + k, edge, below, above);
    for (int j = 0; j < LANES; j++) {
        *below = inside[j] > *below ? inside[j] : *below;
        *above = outside[j] < *above ? outside[j] : *above;
        total += (int)enforceable[j];
    }
    return total;
}

static int32_t high_word(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (int32_t)(bits >> 32 & 0x7fffffff);
}

WIDE void ent_i_kernel_reply(int64_t count, const double *restrict row, double *restrict table,
                             int32_t *high)
{
    int32_t most = *high;
    for (int64_t k = 0; k < count; k++) {
        const int32_t h = high_word(row[k]);
        most = h > most ? h : most;
        table[k] = row[k] > table[k] ? row[k] : table[k];
    }
    *high = most;
}

WIDE void ent_i_kernel_reply_flat(int64_t count, int actions, const double *restrict row,
                                  double *restrict table, int32_t *high)
{
    int32_t most = *high;
    for (int64_t k = 0; k < count; k++, row += actions) {
        double best = row[0];
        for (int a = 0; a < actions; a++) {
            const int32_t h = high_word(row[a]);
            most = h > most ? h : most;
            best = row[a] > best ? row[a] : best;
        }
        table[k] = best;
    }
    *high = most;
}
