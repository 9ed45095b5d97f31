/* Random coalitions of the six classes of tests/ref/ref_bayesian_games.h by the neutral procedural solution, each game by one of the other
 * methods in turn, too, all recomputed by the independent checker: what was proved, and how. Counts, not speeds. Failures are printed;
 * t_bayesian_random NUMBER 1 prints their models. Arguments: the first game, games of each class. */
#include "base/ctx.h"
#include "clock.h"
#include "ref/ref_bayesian_run.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 1000, GAMES = 320 };

static const char *const others[] = {"efficient", "strong", "random-dictator", "m-solution", "s-solution"};
enum { OTHERS = sizeof others / sizeof *others };

static void print(const char *name, const ref_bayesian_count *c)
{
    printf("| %s | %d | %d | %d | %d | %d | %d | %d | %d | %.1e | %d | %d |\n", name, c->games, c->coalitions, c->exact, c->isolated, c->limit,
           c->epsilon, c->degenerate_epsilon, c->above_tiny, c->worst, c->unsolved, c->refused);
}

int main(int argc, char **argv)
{
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : FIRST;
    const int games = argc > 2 ? atoi(argv[2]) : GAMES;
    ent_ctx *ctx = ent_ctx_new();
    ref_bayesian_count all = {0}, other[OTHERS] = {{0}};
    const double start = bench_now();
    printf("| class | games | coalitions | exact | isolated | limit | epsilon only | degenerate among these | above 1e-10 of range | largest, of range | "
           "unsolved | refused |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        ref_bayesian_count c = {0};
        for (int k = 0; k < games; k++) ref_bayesian_run(ctx, first + (uint64_t)k, kind, "neutral-procedural", &c);
        for (int k = 0; k < games; k++) ref_bayesian_run(ctx, first + (uint64_t)k, kind, others[k % OTHERS], &other[k % OTHERS]);
        print(ref_bayesian_class_name(kind), &c);
        ref_bayesian_add(&all, &c);
    }
    print("all", &all);
    printf("\n| other methods | games | unsolved | refused |\n|---|---|---|---|\n");
    for (int k = 0; k < OTHERS; k++) printf("| %s | %d | %d | %d |\n", others[k], other[k].games, other[k].unsolved, other[k].refused);
    printf("%.1f s, games %llu to %llu of each class\n", bench_now() - start, (unsigned long long)first, (unsigned long long)first + (unsigned long long)games - 1);
    ent_ctx_free(ctx);
    return 0;
}
