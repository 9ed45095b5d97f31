/* The public-good game: [MW25] Section 5 number by number, the closed form of symmetric nations, a
 * slow reference, the laws. */
#include "brutal.h"
#include "check.h"

#include "base/rng.h"
#include "entente/entente.h"
#include "ref/ref_public_good.h"
#include "relational/automaton.h"
#include "relational/contract.h"

enum { SEED = 20251231, MOST = 8 };

typedef struct game {
    int n;
    double size[ENT_PLAYERS_MAX], cost[ENT_PLAYERS_MAX], weight[ENT_PLAYERS_MAX];
    ent_coal coalition;
    double delta, rho;
} game;

static ent_ctx *ctx;

static ent_status solve(const game *g, ent_contract *out)
{
    ent_stage *stage = NULL;
    ent_status st = ent_stage_public_good(ctx, g->n, g->size, g->cost, &stage);
    const ent_terms terms = {g->coalition, g->weight, g->delta, g->rho};
    if (st == ENT_OK) st = ent_contractual(ctx, stage, &terms, NULL, out);
    ent_stage_free(stage);
    return st;
}

static game symmetric(int n, int c, double delta)
{
    game g = {.n = n, .coalition = ent_coal_all(c), .delta = delta, .rho = 1.0};
    for (int i = 0; i < n; i++) g.size[i] = g.cost[i] = 1.0, g.weight[i] = i < c ? 1.0 / c : 0.0;
    return g;
}

static double random_between(ent_rng *rng, double lo, double hi)
{
    return lo + (hi - lo) * ent_rng_uniform(rng);
}

/* Sizes over two orders of magnitude, weights with zeros, lone insiders, impatient and patient
 * players, every kind of rho. */
static game random_game(ent_rng *rng, int most)
{
    static const double rhos[] = {1.0, 1.0, 0.0, 0.3, 0.8, 0.999};
    game g = {.n = 1 + (int)ent_rng_below(rng, most)};
    double sum = 0.0;
    do g.coalition = ent_rng_next(rng) & ent_coal_all(g.n);
    while (!g.coalition);
    for (int i = 0; i < g.n; i++) {
        g.size[i] = ent_rng_below(rng, 12) == 0 ? 0.0 : exp(random_between(rng, -2.0, 1.5));
        g.cost[i] = exp(random_between(rng, -1.0, 1.0));
        g.weight[i] = ent_coal_has(g.coalition, i) && ent_rng_below(rng, 5)
                          ? ent_rng_uniform(rng) + 0.01
                          : 0.0;
        sum += g.weight[i];
    }
    if (!(sum > 0.0)) g.weight[ent_coal_first(g.coalition)] = sum = 1.0;
    for (int i = 0; i < g.n; i++) g.weight[i] /= sum;
    g.delta = ent_rng_below(rng, 10) == 0 ? 0.0 : random_between(rng, 0.0, 0.9);
    g.rho = rhos[ent_rng_below(rng, 6)];
    return g;
}

/* [MW25] Section 5.1.1, eq. (18) to (34): span 2 delta (1 - delta) below 1/2, 1/2 above; on the
 * path nothing binds from 3/4 on. */
static void three_nations(void)
{
    ent_contract c = {0};
    for (int k = 1; k < 20; k++) {
        const game g = symmetric(3, 2, k / 20.0);
        const double delta = g.delta;
        CHECK(solve(&g, &c) == ENT_OK && c.outcome == ENT_SOLVED);
        CHECK_NEAR(c.span, delta < 0.5 ? 2 * delta * (1 - delta) : 0.5, 1e-14);
        const double mu = c.multiplier[3], l = c.multiplier[0];
        CHECK_NEAR(1 + mu,
                   delta < 0.5 ? fmax(1, sqrt(3) / (2 * delta))
                               : fmax(1, sqrt(3 * (1 - delta) / delta)),
                   1e-13);
        /* (34) */
        CHECK_NEAR(l, fmax(0, 0.5 * (sqrt((1 - delta) / (2 * delta * c.span)) - 1)), 1e-13);
        /* (29) */
        CHECK_NEAR(c.effort[0], (2 + mu) / (2 + 2 * mu), 1e-14);
        /* (30) */
        CHECK_NEAR(c.effort[2], (3 + mu) / (2 + 2 * mu), 1e-14);
        /* (31) */
        CHECK_NEAR(c.punishment_effort[0], (1 + l) / (1 + 2 * l), 1e-14);
        /* (32) corrected */
        CHECK_NEAR(c.punishment_effort[1], l / (1 + 2 * l), 1e-14);
        /* (33) */
        CHECK_NEAR(c.punishment_effort[2], 0.5, 1e-14);
    }
    const game patient = symmetric(3, 2, 0.8);
    CHECK(solve(&patient, &c) == ENT_OK);
    CHECK_NEAR(c.level, 4.0, 1e-14); /* E2: insiders 2 each, the outsider 9/4 */
    CHECK_NEAR(c.payoff[2], 2.25, 1e-14);
    const game grand = symmetric(3, 3, 0.2);
    CHECK(solve(&grand, &c) == ENT_OK); /* E1: hull and set differ */
    CHECK_NEAR(c.lowest[0] + c.span, 2.37569, 5e-6);
    CHECK_NEAR(c.highest[0], 2.05569, 5e-6);
    ent_contract_release(&c);
}

/* docs/relational.md section 5, the closed form under equal weights. */
static void symmetric_nations(void)
{
    static const double deltas[] = {0.05, 0.2, 0.45, 0.5, 0.6, 0.9, 0.99};
    ent_contract contract = {0};
    for (int n = 2; n <= MOST; n++)
        for (int c = 2; c <= n; c++)
            for (size_t k = 0; k < sizeof deltas / sizeof *deltas; k++) {
                const double d = deltas[k], q = c * (n - 2.0) + 1, kappa = d / (1 - d);
                const double y =
                    fmin(1, d < 0.5 ? 2 * d * sqrt((c - 1) / q) : sqrt(kappa * (c - 1) / q));
                const game g = symmetric(n, c, d);
                CHECK(solve(&g, &contract) == ENT_OK);
                CHECK_NEAR(contract.span, c * (c - 1.0) * (d < 0.5 ? d * (1 - d) : 0.25), 1e-13);
                CHECK_NEAR(contract.level, c * (n / 2.0 - 0.25 + q * (y / 2 - y * y / 4)), 1e-13);
                CHECK_NEAR(contract.effort[0], 0.5 + (c - 1) * y / 2, 1e-13);
                if (c == n) continue;
                CHECK_NEAR(contract.effort[c], 0.5 + c * y / 2, 1e-13);
                CHECK_NEAR(contract.payment[c], c * c * y * y / 4, 1e-12);
                CHECK_NEAR(contract.payoff[c], n / 2.0 - 0.25 + c * (n - 2) * y / 2, 1e-13);
            }
    ent_contract_release(&contract);
}

/* [MW25] eq. (12) to (16), (17), (22): cases computed elsewhere by two programs (a bisection in 25
 * digits, a general nonlinear solver). */
static void worked_cases(void)
{
    ent_contract c = {0};
    const game corner = {.n = 4,
                         .size = {3, 0.5, 1, 0.7},
                         .cost = {1, 0.6, 1.4, 0.9},
                         .weight = {0.25, 0.5, 0, 0.25},
                         .coalition = 11,
                         .delta = 0.08,
                         .rho = 1};
    CHECK(solve(&corner, &c) == ENT_OK);
    CHECK_NEAR(c.span, 3.235441278354441, 1e-14);
    CHECK_NEAR(c.level, 18.50314620420787, 1e-14);
    CHECK_NEAR(c.gamma[0], -3.80990626332553, 1e-14);
    CHECK_NEAR(c.lowest[3], 3.874695840737195, 1e-14);
    CHECK(c.punishment_effort[1] == 0.0 && c.punishment_effort[3] == 0.0);
    CHECK_NEAR(c.punishment_effort[2], 0.062104097409689765, 1e-13);
    CHECK_NEAR(c.multiplier[0], 2.1104646794828597, 1e-13);
    CHECK_NEAR(c.multiplier[4], 4.799895414927377, 1e-13);
    CHECK_NEAR(c.payment[2], 0.09364190261890304, 1e-13);
    CHECK_NEAR(c.extortion_level, 20.530754943553756, 1e-14);
    const game zero = {.n = 3,
                       .size = {1, 1.5, 0.8},
                       .cost = {1, 0.9, 1.2},
                       .weight = {1, 0, 0},
                       .coalition = 3,
                       .delta = 0.15,
                       .rho = 1};
    CHECK(solve(&zero, &c) == ENT_OK);
    CHECK_NEAR(c.span, 1.9053686017367637, 1e-14);
    CHECK_NEAR(c.gamma[1], -0.9687904512979671, 1e-14);
    CHECK_NEAR(c.punishment_effort[3], 0.020860300865311432, 1e-13);
    CHECK(c.punishment_effort[5] == 0.0);
    game other = zero;
    other.coalition = 2, other.weight[0] = 0, other.weight[1] = 1, other.delta = 0.7;
    CHECK(solve(&other, &c) == ENT_OK);
    CHECK(c.span == 0.0 && isinf(c.multiplier[3]));
    CHECK_NEAR(c.level, 2.0875, 1e-15);
    other.coalition = 3, other.weight[0] = other.weight[1] = 0.5, other.delta = 0.2, other.rho = 0;
    CHECK(solve(&other, &c) == ENT_OK);
    CHECK_NEAR(c.span, 7.466102389401696, 1e-14);
    CHECK_NEAR(c.level, 6.428269429264006, 1e-14);
    CHECK_NEAR(c.extortion_level, 8.653602389401696, 1e-14);
    CHECK_NEAR(c.payoff[2], 2.2005435462160734, 1e-14);
    other.coalition = 4, other.weight[2] = 1, other.delta = 0.4, other.rho = 0.3;
    CHECK(solve(&other, &c) == ENT_OK);
    CHECK_NEAR(c.span, 4.517353493656761, 1e-14);
    CHECK_NEAR(c.level, 3.590196343621912, 1e-14);
    CHECK_NEAR(c.lowest[2], 1.5581373653980188, 1e-14);
    ent_contract_release(&c);
}

static double payoff_scale(const game *g)
{
    double sum = 0.0, size = 0.0;
    for (int j = 0; j < g->n; j++)
        sum += g->size[j] * g->size[j] / g->cost[j], size = fmax(size, g->size[j]);
    return fmax(size * sum, 1e-300);
}

static void same_numbers(const game *g, const double *got, const double *want, int n, double scale,
                         const char *what)
{
    for (int i = 0; i < n; i++) {
        const int ok = fabs(got[i] - want[i]) <= scale;
        if (!ok)
            printf("%s[%d] = %.17g, reference %.17g (n %d, coalition %llx, delta %g, rho %g)\n",
                   what, i, got[i], want[i], g->n, (unsigned long long)g->coalition, g->delta,
                   g->rho);
        CHECK(ok);
    }
}

static void against_reference(const game *g, const ent_contract *c)
{
    ref_public_good r = {
        .n = g->n, .coalition = g->coalition, .discount = g->delta, .renegotiation = g->rho};
    ref_public_good_answer a;
    for (int i = 0; i < g->n; i++)
        r.size[i] = g->size[i], r.cost[i] = g->cost[i], r.weight[i] = g->weight[i];
    ref_public_good_solve(&r, &a);
    const double fine = 1e-13 * payoff_scale(g);
    /* Plays are known to the root of what values are where nothing binds but a slope nearly
     * vanishes; 1e-9 covers those. */
    const double coarse = 1e-9 * (1.0 + payoff_scale(g));
    const double got[] = {c->span, c->level, c->on_path_value, c->joint, c->extortion_level};
    const double want[] = {a.span, a.level, a.on_path_value, a.joint, a.extortion_level};
    same_numbers(g, got, want, 5, fine, "span level value joint extortion");
    same_numbers(g, c->lowest, a.lowest, g->n, fine, "lowest");
    same_numbers(g, c->highest, a.highest, g->n, fine, "highest");
    same_numbers(g, c->gamma, a.gamma, g->n, fine, "gamma");
    same_numbers(g, c->payoff, a.payoff, g->n, fine, "payoff");
    same_numbers(g, c->payment, a.payment, g->n, fine, "payment");
    same_numbers(g, c->extortion_payoff, a.extortion_payoff, g->n, fine, "extortion payoff");
    same_numbers(g, c->effort, a.effort, g->n, coarse, "effort");
    same_numbers(g, c->extortion_effort, a.extortion_effort, g->n, coarse, "extortion effort");
    for (int i = 0; i < g->n; i++)
        if (ent_coal_has(g->coalition, i))
            same_numbers(g, c->punishment_effort + i * g->n, a.punishment[i], g->n, coarse,
                         "punishment");
}

/* [MW25] Section 4. No one-shot deviation pays in the automaton that the contract describes, and
 * its values are those claimed. */
static void played(const game *g, const ent_contract *c)
{
    game copy = *g;
    ent_relational m = {.n = g->n,
                        .stage = ENT_STAGE_PUBLIC_GOOD,
                        .coalition = g->coalition,
                        .discount = g->delta,
                        .renegotiation = g->rho,
                        .size = {.n = (size_t)g->n, .value = copy.size},
                        .cost = {.n = (size_t)g->n, .value = copy.cost}};
    ent_automaton *a = NULL;
    CHECK(ent_i_automaton_new(ctx, &m, c, g->weight, &a) == ENT_OK);
    if (!a) return;
    const int ok = a->worst.loss >= -1e-12 * payoff_scale(g) && a->value_error <= 1e-12;
    if (!ok)
        printf(
            "loss %g of player %d in state %d phase %d, value error %g (n %d, coalition %llx, delta %g, rho %g)\n",
            a->worst.loss, a->worst.player, a->worst.state, (int)a->worst.phase, a->value_error,
            g->n, (unsigned long long)g->coalition, g->delta, g->rho);
    CHECK(ok);
    ent_i_automaton_free(a);
}

static void random_instances(void)
{
    ent_rng rng = ent_rng_stream(SEED, 1, 0);
    ent_contract c = {0};
    for (int k = 0; k < 150; k++) {
        const game g = random_game(&rng, 5);
        CHECK(solve(&g, &c) == ENT_OK && c.outcome == ENT_SOLVED);
        against_reference(&g, &c);
    }
    for (int k = 0; k < 400; k++) {
        const game g = random_game(&rng, MOST);
        CHECK(solve(&g, &c) == ENT_OK);
        played(&g, &c);
    }
    ent_contract_release(&c);
}

/* theta -> t theta and psi -> p psi multiply payoffs by t^3/p and efforts by t/p. */
static void scaling(void)
{
    ent_rng rng = ent_rng_stream(SEED, 2, 0);
    ent_contract c = {0}, d = {0};
    for (int k = 0; k < 60; k++) {
        const game g = random_game(&rng, MOST);
        game h = g;
        const double t = exp(random_between(&rng, -14, 14)), p = exp(random_between(&rng, -14, 14));
        for (int i = 0; i < g.n; i++) h.size[i] *= t, h.cost[i] *= p;
        CHECK(solve(&g, &c) == ENT_OK && solve(&h, &d) == ENT_OK);
        const double u = t * t * t / p, scale = payoff_scale(&g);
        CHECK(fabs(d.span / u - c.span) <= 1e-13 * scale);
        CHECK(fabs(d.level / u - c.level) <= 1e-13 * scale);
        for (int i = 0; i < g.n; i++) {
            CHECK(fabs(d.lowest[i] / u - c.lowest[i]) <= 1e-13 * scale);
            CHECK(fabs(d.highest[i] / u - c.highest[i]) <= 1e-13 * scale);
            CHECK(fabs(d.effort[i] * p / t - c.effort[i]) <= 1e-12 * (1 + c.effort[i]));
        }
    }
    ent_contract_release(&c);
    ent_contract_release(&d);
}

static void relabelling(void)
{
    ent_rng rng = ent_rng_stream(SEED, 3, 0);
    ent_contract c = {0}, d = {0};
    for (int k = 0; k < 60; k++) {
        const game g = random_game(&rng, MOST);
        game h = g;
        h.coalition = 0;
        for (int i = 0; i < g.n; i++) { /* player i becomes n - 1 - i */
            const int j = g.n - 1 - i;
            h.size[j] = g.size[i], h.cost[j] = g.cost[i], h.weight[j] = g.weight[i];
            if (ent_coal_has(g.coalition, i)) h.coalition |= ent_coal_single(j);
        }
        CHECK(solve(&g, &c) == ENT_OK && solve(&h, &d) == ENT_OK);
        CHECK(fabs(d.span - c.span) <= 1e-13 * payoff_scale(&g));
        for (int i = 0; i < g.n; i++)
            CHECK(fabs(d.lowest[g.n - 1 - i] - c.lowest[i]) <= 1e-13 * payoff_scale(&g));
    }
    ent_contract_release(&c);
    ent_contract_release(&d);
}

/* docs/relational.md section 4: span and level fall in rho and rise in delta; what all can do
 * bounds what a coalition can. */
static void monotone(void)
{
    ent_rng rng = ent_rng_stream(SEED, 4, 0);
    ent_contract c = {0}, d = {0};
    for (int k = 0; k < 100; k++) {
        game g = random_game(&rng, MOST), h;
        h = g;
        h.rho = g.rho * ent_rng_uniform(&rng);
        CHECK(solve(&g, &c) == ENT_OK && solve(&h, &d) == ENT_OK);
        CHECK(d.span >= c.span - 1e-13 * payoff_scale(&g) &&
              d.level >= c.level - 1e-13 * payoff_scale(&g));
        CHECK(c.extortion_level >= c.level - 1e-13 * payoff_scale(&g));
        h.rho = g.rho;
        h.delta = g.delta + (0.95 - g.delta) * ent_rng_uniform(&rng);
        CHECK(solve(&h, &d) == ENT_OK);
        CHECK(d.level >= c.level - 1e-13 * payoff_scale(&g));
    }
    ent_contract_release(&c);
    ent_contract_release(&d);
}

/* The identities that tie the numbers together hold for any play: d = L^N - sum of lowest, and the
 * hull's vertex. */
static void identities(void)
{
    ent_rng rng = ent_rng_stream(SEED, 5, 0);
    ent_contract c = {0};
    for (int k = 0; k < 200; k++) {
        const game g = random_game(&rng, 12);
        double low = 0.0;
        CHECK(solve(&g, &c) == ENT_OK);
        for (int i = 0; i < g.n; i++) {
            low += c.lowest[i];
            if (!ent_coal_has(g.coalition, i)) continue;
            CHECK(c.highest[i] >= c.lowest[i] - 1e-13 * payoff_scale(&g));
            CHECK(c.highest[i] <= c.lowest[i] + c.span + 1e-13 * payoff_scale(&g));
            if (ent_coal_size(g.coalition) == 2 && g.rho == 1.0)
                CHECK(fabs(c.highest[i] - c.lowest[i] - c.span) <= 1e-13 * payoff_scale(&g));
        }
        CHECK(fabs(c.joint - low - c.span) <= 1e-13 * payoff_scale(&g));
    }
    ent_contract_release(&c);
}

static void edges(void)
{
    ent_contract c = {0};
    game g = {.n = 1,
              .size = {2.385},
              .cost = {0.7},
              .weight = {1},
              .coalition = 1,
              .delta = 0.5,
              .rho = 1};
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK(c.span == 0.0);
    CHECK_NEAR(c.level, 2.385 * 2.385 * 2.385 / (4 * 0.7), 1e-15);
    g = symmetric(64, 64, 0.3);
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK_NEAR(c.span, 64 * 63 * 0.21, 1e-12);
    g = symmetric(3, 2, 0.0);
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK(c.span == 0.0 && c.effort[2] == 0.5 && isinf(c.multiplier[0]) && isinf(c.multiplier[3]));
    g.delta = nextafter(1.0, 0.0);
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK_NEAR(c.span, 0.5, 1e-15);
    CHECK(c.multiplier[3] == 0.0);
    g.delta = 1e-9;
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK(fabs(c.span / (2e-9 * (1 - 1e-9)) - 1) <= 1e-14);
    for (int i = 0; i < 3; i++) g.size[i] = 0.0;
    CHECK(solve(&g, &c) == ENT_OK); /* nobody cares about anything */
    CHECK(c.span == 0.0 && c.level == 0.0 && c.effort[1] == 0.0);
    g = symmetric(3, 2, 0.4);
    g.size[1] = 0.0; /* an insider of no size can still bargain */
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK(c.span > 0.0 && c.effort[1] == 0.0 && c.lowest[1] < c.highest[1]);
    g = symmetric(2, 2, 0.4);
    g.size[1] = 0.0;
    /* only one nation matters: nothing can be enforced that it would not do */
    CHECK(solve(&g, &c) == ENT_OK);
    CHECK(c.span == 0.0 && c.effort[0] == 0.5);
    ent_contract_release(&c);
}

static void benchmark(void)
{
    ent_rng rng = ent_rng_stream(SEED, 6, 0);
    ent_contract c = {0};
    ent_benchmark b = {0};
    for (int k = 0; k < 50; k++) {
        game g = random_game(&rng, MOST);
        ent_stage *stage = NULL;
        g.rho = 0.0;
        if (ent_coal_size(g.coalition) == 1 && g.delta > 0.0)
            continue; /* compared below only where both definitions agree */
        CHECK(ent_stage_public_good(ctx, g.n, g.size, g.cost, &stage) == ENT_OK);
        const ent_terms terms = {g.coalition, g.weight, g.delta, g.rho};
        CHECK(ent_contractual(ctx, stage, &terms, NULL, &c) == ENT_OK);
        CHECK(ent_subgame_perfect(ctx, stage, &terms, NULL, &b) == ENT_OK);
        CHECK(b.outcome == ENT_SOLVED && b.span == c.span && b.joint == c.joint &&
              b.coalition_value == c.extortion_level);
        for (int i = 0; i < g.n; i++) {
            CHECK(b.lowest[i] == c.extortion_payoff[i] && b.effort[i] == c.extortion_effort[i]);
            for (int j = 0; j < g.n; j++)
                CHECK(b.punishment_effort[i * g.n + j] == c.quiet_punishment_effort[i * g.n + j]);
        }
        ent_stage_free(stage);
    }
    ent_contract_release(&c);
    ent_benchmark_release(&b);
}

static void proportional(void *user, ent_coal s, double *weight)
{
    const game *g = user;
    for (int i = 0; i < g->n; i++) weight[i] = ent_coal_has(s, i) ? g->size[i] : 0.0;
}

static void all_coalitions(void)
{
    ent_rng rng = ent_rng_stream(SEED, 7, 0);
    static const double rhos[] = {1.0, 0.4, 0.0};
    ent_union table[64];
    double payoff[64 * 6];
    for (int k = 0; k < 3; k++) {
        game g = {.n = 6, .delta = 0.2 + 0.2 * k, .rho = rhos[k]};
        ent_stage *stage = NULL;
        ent_contract c = {0};
        for (int i = 0; i < g.n; i++)
            g.size[i] = 0.1 + ent_rng_uniform(&rng), g.cost[i] = 0.5 + ent_rng_uniform(&rng);
        CHECK(ent_stage_public_good(ctx, g.n, g.size, g.cost, &stage) == ENT_OK);
        CHECK(ent_all_coalitions(ctx, stage, proportional, &g, g.delta, g.rho, NULL, table,
                                 payoff) == ENT_OK);
        for (ent_coal s = 1; s < 64; s++) {
            proportional(&g, s, g.weight);
            const ent_terms terms = {s, g.weight, g.delta, g.rho};
            CHECK(ent_contractual(ctx, stage, &terms, NULL, &c) == ENT_OK);
            CHECK(table[s].coalition == s && table[s].outcome == ENT_SOLVED &&
                  table[s].span == c.span);
            CHECK_NEAR(table[s].level, c.level, 1e-14);
            for (int i = 0; i < g.n; i++) {
                if (ent_coal_has(s, i)) CHECK(isnan(payoff[s * 6 + (ent_coal)i]));
                else CHECK_NEAR(payoff[s * 6 + (ent_coal)i], c.payoff[i], 1e-13);
            }
        }
        ent_contract_release(&c);
        ent_stage_free(stage);
    }
}

static void refused(ent_status want, ent_status got, const char *words)
{
    CHECK(got == want);
    CHECK(strstr(ent_message(ctx), words) != NULL);
}

static void refusals(void)
{
    ent_stage *stage = NULL;
    ent_contract c = {0};
    const double one[] = {1, 1}, negative[] = {1, -1}, nan[] = {(double)NAN, 1},
                 huge[] = {1, (double)INFINITY}, none[] = {1, 0};
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 0, one, one, &stage), "n >= 1");
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 65, one, one, &stage), "ENT_PLAYERS_MAX");
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 2, negative, one, &stage),
            "player 1: a size must be");
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 2, nan, one, &stage), "player 0: a size must be");
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 2, huge, one, &stage), "got inf");
    refused(ENT_E_ARG, ent_stage_public_good(ctx, 2, one, none, &stage),
            "player 1: a cost must be");
    CHECK(stage == NULL);
    game g = symmetric(3, 2, 0.3);
    g.coalition = 0;
    refused(ENT_E_ARG, solve(&g, &c), "at least one of the 3 players");
    g = symmetric(3, 2, 1.0);
    refused(ENT_E_ARG, solve(&g, &c), "[0,1)");
    g = symmetric(3, 2, 0.3);
    g.rho = 1.5;
    refused(ENT_E_ARG, solve(&g, &c), "[0,1]");
    g = symmetric(3, 2, 0.3);
    g.weight[0] = g.weight[1] = 0.0;
    refused(ENT_E_ARG, solve(&g, &c), "sum to zero");
    CHECK(c.memory == NULL);
    ent_contract_release(&c);
}

/* Every allocation made to fail in turn: the right status, nothing lost, and the next call
 * works. */
static void no_memory(void)
{
    const game g = symmetric(4, 3, 0.3);
    ent_ctx *fresh = ent_ctx_new();
    brutal b = {.ctx = fresh};
    while (brutal_goes_on(&b)) {
        ent_stage *stage = NULL;
        ent_contract c = {0};
        ent_union table[16];
        double payoff[64];
        const ent_terms terms = {g.coalition, g.weight, g.delta, g.rho};
        brutal_on(&b);
        ent_status st = ent_stage_public_good(fresh, g.n, g.size, g.cost, &stage);
        if (st == ENT_OK) st = ent_contractual(fresh, stage, &terms, NULL, &c);
        game user = g;
        if (st == ENT_OK)
            st = ent_all_coalitions(fresh, stage, proportional, &user, 0.3, 1.0, NULL, table,
                                    payoff);
        brutal_off(&b, st);
        if (!stage) CHECK(ent_stage_public_good(fresh, g.n, g.size, g.cost, &stage) == ENT_OK);
        CHECK(ent_contractual(fresh, stage, &terms, NULL, &c) == ENT_OK);
        CHECK_NEAR(c.span, 3 * 2 * 0.21, 1e-14);
        ent_contract_release(&c);
        ent_stage_free(stage);
    }
    brutal_end(&b, 6);
    ent_ctx_free(fresh);
}

int main(void)
{
    ctx = ent_ctx_new();
    three_nations();
    symmetric_nations();
    worked_cases();
    random_instances();
    scaling();
    relabelling();
    monotone();
    identities();
    edges();
    benchmark();
    all_coalitions();
    refusals();
    no_memory();
    ent_ctx_free(ctx);
    return check_end();
}
