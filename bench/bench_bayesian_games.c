/* Random coalitions of the six classes of tests/ref/ref_bayesian_games.h by the neutral procedural
 * solution, each game by one of the other methods in turn, too, all recomputed by the independent
 * checker: what was proved, and how. Counts, not speeds. Failures are printed; t_bayesian_random
 * NUMBER 1 prints their models. Arguments: the first game, games of each class. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "clock.h"
#include "ref/ref_bayesian_run.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 1000, GAMES = 320 };

static const char *const others[] = {"efficient", "strong", "random-dictator", "m-solution",
                                     "s-solution"};
enum { OTHERS = sizeof others / sizeof *others };

static void print(const char *name, const ref_bayesian_count *c)
{
    printf("| %s | %d | %d | %d | %d | %d | %d | %d | %d | %.1e | %d | %d |\n", name, c->games,
           c->coalitions, c->exact, c->isolated, c->limit, c->epsilon, c->degenerate_epsilon,
           c->above_tiny, c->worst, c->unsolved, c->refused);
}

typedef struct run {
    uint64_t first;
    int games;
    ref_bayesian_count *neutral, *other; /* [classes][games] */
} run;

static ent_status one(ent_ctx *ctx, void *user, int64_t task)
{
    const run *r = user;
    const ref_bayesian_class kind = (ref_bayesian_class)(task / r->games);
    const int64_t k = task % r->games;
    ref_bayesian_run(ctx, r->first + (uint64_t)k, kind, "neutral-procedural", &r->neutral[task]);
    ref_bayesian_run(ctx, r->first + (uint64_t)k, kind, others[k % OTHERS], &r->other[task]);
    return ENT_OK;
}

static void print_all(const run *r)
{
    ref_bayesian_count all = {0}, other[OTHERS] = {{0}};
    printf(
        "| class | games | coalitions | exact | isolated | limit | epsilon only | degenerate among these | above 1e-10 of range | largest, of range | "
        "unsolved | refused |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        ref_bayesian_count c = {0};
        for (int k = 0; k < r->games; k++) {
            ref_bayesian_add(&c, &r->neutral[(int)kind * r->games + k]);
            ref_bayesian_add(&other[k % OTHERS], &r->other[(int)kind * r->games + k]);
        }
        print(ref_bayesian_class_name(kind), &c);
        ref_bayesian_add(&all, &c);
    }
    print("all", &all);
    printf("\n| other methods | games | unsolved | refused |\n|---|---|---|---|\n");
    for (int k = 0; k < OTHERS; k++)
        printf("| %s | %d | %d | %d |\n", others[k], other[k].games, other[k].unsolved,
               other[k].refused);
}

int main(int argc, char **argv)
{
    run r = {.first = argc > 1 ? strtoull(argv[1], NULL, 10) : FIRST,
             .games = argc > 2 ? atoi(argv[2]) : GAMES};
    const size_t tasks = (size_t)REF_BAYESIAN_CLASSES * (size_t)r.games;
    ent_ctx *ctx = ent_ctx_new();
    r.neutral = calloc(tasks, sizeof *r.neutral);
    r.other = calloc(tasks, sizeof *r.other);
    const double start = bench_now();
    const bool ran =
        r.neutral && r.other &&
        ent_i_parallel(ctx, ent_i_threads(0), (int64_t)tasks, one, &r, "games") == ENT_OK;
    if (ran) print_all(&r);
    printf("%.1f s on all cores, games %llu to %llu of each class\n", bench_now() - start,
           (unsigned long long)r.first,
           (unsigned long long)r.first + (unsigned long long)r.games - 1);
    free(r.other);
    free(r.neutral);
    ent_ctx_free(ctx);
    return !ran;
}
