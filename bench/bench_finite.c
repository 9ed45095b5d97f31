/* Finite relational games: nanoseconds a profile from stored payoffs, best replies apart, by
 * callback, and a 2x2 game through the library; separable games that nobody could enumerate.
 * numpy_relational.py solves games of the same kind.
 * usage: bench_finite [full]     full: the game by callback has 10^8 profiles instead of 10^7 */
#include "base/rng.h"
#include "clock.h"
#include "entente/relational.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static void must(ent_ctx *ctx, ent_status st)
{
    if (st == ENT_OK) return;
    fprintf(stderr, "%s\n", ent_message(ctx));
    exit(1);
}

static double *random_payoffs(int n, int64_t profiles)
{
    double *payoff = malloc(sizeof *payoff * (size_t)n * (size_t)profiles);
    ent_rng rng = ent_rng_stream(1, (uint64_t)profiles, (uint64_t)n);
    for (int64_t k = 0; payoff && k < n * profiles; k++)
        payoff[k] = 10.0 * ent_rng_uniform(&rng) - 5.0;
    return payoff;
}

/* Payoffs as in a market: each gains from its own action and loses from the others'; smooth, hence
 * long staircases. */
static double *smooth_payoffs(int n, const int *actions, int64_t profiles)
{
    double *payoff = malloc(sizeof *payoff * (size_t)n * (size_t)profiles);
    for (int64_t p = 0; payoff && p < profiles; p++) {
        double x[8], sum = 0.0;
        int64_t rest = p;
        for (int i = n - 1; i >= 0; i--) {
            x[i] = (double)(rest % actions[i]) / actions[i];
            rest /= actions[i];
            sum += x[i];
        }
        for (int i = 0; i < n; i++)
            payoff[i * profiles + p] = x[i] * (1.5 - sum) - 0.1 * (i + 1) * x[i];
    }
    return payoff;
}

typedef struct timing {
    double stage, solve, bare;
    double span;
} timing;

/* The best of several runs: making the stage; a solve with default settings; one that lists no
 * parts of the value set. */
static timing measure(ent_ctx *ctx, int n, const int *actions, const double *payoff, int threads)
{
    timing best = {1e9, 1e9, 1e9, 0.0};
    ent_contract c = {0};
    for (int run = 0; run < 5; run++) {
        ent_stage *stage = NULL;
        ent_contract_settings s = ent_contract_settings_default();
        const ent_terms terms = {
            .coalition = ent_coal_all(n), .discount = 0.6, .renegotiation = 1.0};
        s.threads = threads;
        const double t0 = bench_now();
        must(ctx, ent_stage_finite_threads(ctx, threads, n, actions, payoff, &stage));
        const double t1 = bench_now();
        must(ctx, ent_contractual(ctx, stage, &terms, &s, &c));
        const double t2 = bench_now();
        s.simplices_listed = 0;
        must(ctx, ent_contractual(ctx, stage, &terms, &s, &c));
        const double t3 = bench_now();
        ent_stage_free(stage);
        best.stage = fmin(best.stage, t1 - t0);
        best.solve = fmin(best.solve, t2 - t1);
        best.bare = fmin(best.bare, t3 - t2);
        best.span = c.span;
    }
    ent_contract_release(&c);
    return best;
}

static void bench_game(ent_ctx *ctx, int n, int m, bool smooth)
{
    int actions[8];
    int64_t profiles = 1;
    for (int i = 0; i < n; i++) {
        actions[i] = m;
        profiles *= m;
    }
    double *payoff = smooth ? smooth_payoffs(n, actions, profiles) : random_payoffs(n, profiles);
    if (!payoff) return;
    for (int threads = 1; threads <= 2; threads++) {
        const timing t = measure(ctx, n, actions, payoff, threads);
        const double each = 1e9 / (double)profiles;
        printf(
            "%-7s n=%d %9lld profiles, %d thread%s: best replies %5.2f, solve %5.2f (without parts %5.2f) ns a profile; span %.6g\n",
            smooth ? "smooth" : "random", n, (long long)profiles, threads, threads > 1 ? "s" : " ",
            t.stage * each, t.solve * each, t.bare * each, t.span);
    }
    free(payoff);
}

static void bench_dilemma(ent_ctx *ctx)
{
    enum { RUNS = 20000 };
    static const double payoff[] = {2, 0, 3, 1, 2, 3, 0, 1};
    static const int actions[] = {2, 2};
    const ent_terms terms = {.coalition = 3, .discount = 0.7, .renegotiation = 1.0};
    ent_stage *stage = NULL;
    ent_contract c = {0};
    double solve = 1e9, both = 1e9;
    must(ctx, ent_stage_finite(ctx, 2, actions, payoff, &stage));
    for (int round = 0; round < 5; round++) {
        const double t0 = bench_now();
        for (int k = 0; k < RUNS; k++) must(ctx, ent_contractual(ctx, stage, &terms, NULL, &c));
        const double t1 = bench_now();
        for (int k = 0; k < RUNS; k++) {
            ent_stage *fresh = NULL;
            must(ctx, ent_stage_finite(ctx, 2, actions, payoff, &fresh));
            must(ctx, ent_contractual(ctx, fresh, &terms, NULL, &c));
            ent_stage_free(fresh);
        }
        const double t2 = bench_now();
        solve = fmin(solve, (t1 - t0) / RUNS);
        both = fmin(both, (t2 - t1) / RUNS);
    }
    printf("prisoners' dilemma: %.0f ns a contract, %.0f ns with a new stage game; span %g\n",
           1e9 * solve, 1e9 * both, c.span);
    ent_contract_release(&c);
    ent_stage_free(stage);
}

/* Payoffs by a few multiplications: a hash of the profile. */
static void hashed(void *user, const int *action, double *payoff)
{
    const int n = *(const int *)user;
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (int i = 0; i < n; i++) h = (h ^ (uint64_t)action[i]) * 0xbf58476d1ce4e5b9u;
    for (int i = 0; i < n; i++) {
        h = (h ^ (h >> 31)) * 0x94d049bb133111ebu;
        payoff[i] = (double)(h >> 11) * 0x1p-53;
    }
}

static void bench_stream(ent_ctx *ctx, int m, int threads)
{
    int n = 4, actions[] = {m, m, m, m};
    const double profiles = (double)m * m * m * m;
    const ent_terms terms = {.coalition = 7, .discount = 0.4, .renegotiation = 1.0};
    ent_stage *stage = NULL;
    ent_contract c = {0};
    const double t0 = bench_now();
    must(ctx, ent_stage_stream(ctx, n, actions, hashed, &n, threads, &stage));
    const double t1 = bench_now();
    must(ctx, ent_contractual(ctx, stage, &terms, NULL, &c));
    const double t2 = bench_now();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf(
        "callback n=4 %9.0f profiles, %d threads: best replies %.1f s, solve %.1f s, %.1f ns a profile in all; span %.6g, at most "
        "%ld MB\n",
        profiles, threads, t1 - t0, t2 - t1, 1e9 * (t2 - t0) / profiles, c.span,
        usage.ru_maxrss / 1024);
    ent_contract_release(&c);
    ent_stage_free(stage);
}

/* The climate game on a grid of efforts. */
static void bench_separable(ent_ctx *ctx, int n, int m)
{
    static double f[2][41];
    const double *part[12 * 12];
    int actions[12];
    for (int a = 0; a < m; a++) {
        const double x = 4.0 * a / (m - 1);
        f[0][a] = x;
        f[1][a] = x - x * x;
    }
    for (int i = 0; i < n; i++) {
        actions[i] = m;
        for (int j = 0; j < n; j++) part[i * n + j] = f[i == j];
    }
    const ent_terms terms = {.coalition = ent_coal_all(n), .discount = 0.2, .renegotiation = 1.0};
    ent_stage *stage = NULL;
    ent_contract c = {0};
    const double t0 = bench_now();
    must(ctx, ent_stage_separable(ctx, n, actions, part, &stage));
    must(ctx, ent_contractual(ctx, stage, &terms, NULL, &c));
    printf("separable: %d players, %d actions each (%.2g profiles): %.1f ms; span %.6g, %d steps\n",
           n, m, pow(m, n), 1e3 * (bench_now() - t0), c.span, c.steps);
    ent_contract_release(&c);
    ent_stage_free(stage);
}

int main(int count, char **argument)
{
    ent_ctx *ctx = ent_ctx_new();
    const bool full = count > 1 && strcmp(argument[1], "full") == 0;
    bench_separable(ctx, 8, 17);
    bench_separable(ctx, 12, 41);
    bench_stream(ctx, full ? 100 : 56, 1);
    bench_stream(ctx, full ? 100 : 56, 2);
    bench_dilemma(ctx);
    bench_game(ctx, 2, 320, false);
    bench_game(ctx, 2, 1000, false);
    bench_game(ctx, 3, 47, false);
    bench_game(ctx, 3, 100, false);
    bench_game(ctx, 4, 32, false);
    bench_game(ctx, 8, 5, false);
    bench_game(ctx, 2, 1000, true);
    bench_game(ctx, 3, 100, true);
    bench_game(ctx, 2, 3200, false);
    ent_ctx_free(ctx);
    return 0;
}
