/* The method `simulate`: states and signals drawn at random; the truth and every lie evaluated on
 * the same draws. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "information/information_losses.h"
#include "information/information_methods.h"

#include <math.h>

enum { BATCH = 5000 };

/* Sums of a statistic and of its squares. */
typedef struct tally {
    double n, sum, square;
} tally;

typedef struct replay {
    const ent_information *m;
    const ent_information_settings *set;
    ent_alliance a;
    int t;
    const ent_bayes_stage *stages;
    tally *tally; /* [batches][n][3]: the loss, and the gain from a lie after signal 0 and 1 */
    int batches;
} replay;

static void count(tally *t, double value)
{
    t->n += 1.0, t->sum += value, t->square += value * value;
}

/* The sum of all policies in a state of messages, given the babblers' signals. */
static double policy_sum(const replay *r, int k, const int *signal)
{
    double sum = 0.0;
    for (int j = 0; j < r->m->n; j++)
        sum += r->stages[k].x[j][ent_coal_has(r->m->truthful, j) ? 0 : signal[j]];
    return sum;
}

/* The liar's best policy knows the messages and his own signal, not the babblers' signals. */
static double liar_policy(const replay *r, int i, int k, int lied)
{
    const double scale = 1.0 + (r->m->n - 1) * r->m->eta, e = (k + 1.0) / (r->t + 2.0);
    double others = 0.0;
    for (int j = 0; j < r->m->n; j++) {
        const double *x = r->stages[lied].x[j];
        if (j != i) others += ent_coal_has(r->m->truthful, j) ? x[0] : (1.0 - e) * x[0] + e * x[1];
    }
    const double x = scale * (e + r->a.bias[i]) - r->m->eta * others;
    return x < r->a.low[i] ? r->a.low[i] : x > r->a.high[i] ? r->a.high[i] : x;
}

static double loss_of(const replay *r, int i, double own, double sum, double theta)
{
    const double scale = 1.0 + (r->m->n - 1) * r->m->eta;
    const double miss = (r->m->rest * own + r->m->eta * sum) / scale - theta - r->a.bias[i];
    return miss * miss;
}

/* Losses are squares of misses, which are off by rounding times what policies lose, 1 / (1 -
 * eta). */
static const double miss_rounding = 1e-14;

/* What the lie gained; 0 where the two differ by rounding, so that structural zeros are zeros here,
 * too. */
static double gain_of(const replay *r, int i, double loss, double lie)
{
    const double off = miss_rounding * (1.0 + fabs(r->a.bias[i])) / r->m->rest;
    return fabs(loss - lie) <= off * (sqrt(loss) + sqrt(lie)) ? 0.0 : loss - lie;
}

static void play_once(const replay *r, ent_rng *rng, int *signal, tally *out)
{
    const int n = r->m->n;
    const double theta = ent_rng_uniform(rng);
    int k = 0;
    for (int i = 0; i < n; i++) {
        signal[i] = ent_rng_uniform(rng) < theta;
        k += ent_coal_has(r->m->truthful, i) ? signal[i] : 0;
    }
    const double sum = policy_sum(r, k, signal);
    for (int i = 0; i < n; i++) {
        const bool truthful = ent_coal_has(r->m->truthful, i);
        const double own = r->stages[k].x[i][truthful ? 0 : signal[i]],
                     loss = loss_of(r, i, own, sum, theta);
        count(&out[3 * i], loss);
        if (!truthful) continue;
        const int lied = signal[i] ? k - 1 : k + 1;
        const double x = liar_policy(r, i, k, lied),
                     moved = policy_sum(r, lied, signal) - r->stages[lied].x[i][0] + x;
        count(&out[3 * i + 1 + signal[i]], gain_of(r, i, loss, loss_of(r, i, x, moved, theta)));
    }
}

static ent_status batch(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const replay *r = user;
    int *signal = NULL;
    ent_rng rng = ent_rng_stream((uint64_t)r->set->seed, (uint64_t)task, 3);
    tally *out = r->tally + task * 3 * r->m->n;
    const int64_t first = task * BATCH,
                  last = first + BATCH < r->set->plays ? first + BATCH : r->set->plays;
    ENT_SCRATCH(ctx, signal, r->m->n);
    for (int64_t k = first; k < last; k++) play_once(r, &rng, signal, out);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void write_tally(ent_writer *w, const char *key, const replay *r, int place, double sign,
                        double claimed, double *largest)
{
    tally all = {0.0, 0.0, 0.0};
    for (int b = 0; b < r->batches; b++) {
        const tally *t = &r->tally[b * 3 * r->m->n + place];
        all.n += t->n, all.sum += t->sum, all.square += t->square;
    }
    const double mean = all.n > 0.0 ? all.sum / all.n : 0.0;
    const double error =
        all.n > 0.0 ? sqrt(fmax(0.0, all.square / all.n - mean * mean) / all.n) : 0.0;
    /* a gain that is structurally zero differs from its claim by rounding alone */
    const double rounding = 1e-15;
    const bool differs = error > 0.0 && fabs(sign * mean - claimed) > rounding;
    const double z = differs ? (sign * mean - claimed) / error : 0.0;
    *largest = fmax(*largest, fabs(z));
    ent_write_object(w, key, true);
    ent_write_real(w, "mean", sign * mean);
    ent_write_real(w, "standard_error", error);
    ent_write_real(w, "claimed", claimed);
    ent_write_real(w, "z", z);
    ent_write_end(w);
}

static void write_players(ent_writer *w, const replay *r, const double *welfare)
{
    double largest = 0.0;
    ent_write_object(w, "players", false);
    for (int i = 0; i < r->m->n; i++) {
        double gain[2], size[2];
        ent_write_object(w, r->m->player[i], false);
        write_tally(w, "welfare", r, 3 * i, -1.0, welfare[i], &largest);
        if (ent_coal_has(r->m->truthful, i)) {
            ent_i_gains(&r->a, r->stages, i, gain, size);
            write_tally(w, "gain_0", r, 3 * i + 1, 1.0, gain[0], &largest);
            write_tally(w, "gain_1", r, 3 * i + 2, 1.0, gain[1], &largest);
        }
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_real(w, "largest_z", largest);
}

ent_status ent_i_information_simulate(ent_ctx *ctx, const void *model, const void *settings,
                                      ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_information *m = model;
    const ent_information_settings *set = settings;
    replay r = {.m = m,
                .set = set,
                .t = ent_coal_size(m->truthful),
                .batches = (int)((set->plays + BATCH - 1) / BATCH)};
    double *low = NULL, *high = NULL, *welfare = NULL;
    ent_bayes_stage *stages = NULL;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, high, m->n);
    ENT_SCRATCH(ctx, welfare, m->n);
    ENT_SCRATCH(ctx, stages, r.t + 1);
    r.a = ent_i_alliance(m, low, high);
    for (int k = 0; k <= r.t; k++) {
        ENT_SCRATCH(ctx, stages[k].x, m->n);
        ent_i_bayes_stage(&r.a, m->truthful, k, &stages[k]);
    }
    r.stages = stages;
    ent_i_welfare(&r.a, stages, welfare);
    ENT_ALLOC(ctx, r.tally, (size_t)r.batches * 3 * (size_t)m->n);
    ENT_TRY(ent_i_parallel(ctx, ent_i_threads(set->threads), r.batches, batch, &r, "plays"));
    ent_write_int(out->solution, "plays", set->plays);
    ent_i_write_names(out->solution, "truthful", m, m->truthful);
    write_players(out->solution, &r, welfare);
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_free(r.tally);
    ent_scratch_reset(ctx, mark);
    return st;
}
