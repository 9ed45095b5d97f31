/* [Sal] Definition 4, Theorem 1 and Theorem 2 on random games in the classes of docs/bayesian.md:
 * solved, and recomputed by the independent checker. A long run: t_bayesian_random FIRST COUNT;
 * every class gets COUNT games. */
#include "check.h"

#include "base/ctx.h"
#include "ref/ref_bayesian_run.h"

#include <stdlib.h>

enum { GAMES = 12 };

/* A game that failed, to be looked at by itself. */
static void print_model(ent_ctx *ctx, uint64_t number, ref_bayesian_class kind)
{
    ent_text model;
    ent_text_init(ctx, &model);
    ref_bayesian_game(number, kind, &model);
    printf("%s\n", model.data);
    ent_text_release(&model);
}

/* Games that earlier versions did not solve, or whose epsilon was far from small. */
static void hard(ent_ctx *ctx)
{
    static const struct {
        uint64_t number;
        ref_bayesian_class kind;
    } games[] = {
        /* weights that polishing shows to vanish were taken as positive */
        {1216, REF_BAYESIAN_OUTSIDE},
        /* claims to minus infinity along a kernel, with finite products beside it */
        {34, REF_BAYESIAN_MIXED},
        /* the same with weights like theta^3 */
        {7, REF_BAYESIAN_MIXED},
        /* the same with ties among the multipliers */
        {80, REF_BAYESIAN_MIXED},
        /* threats that are right to 1e-11, and a path that ends deeper */
        {486, REF_BAYESIAN_MIXED},
        /* doubles lose the path near a weight of 0 */
        {2069, REF_BAYESIAN_MIXED},
        /* and where weights are not unique */
        {1184, REF_BAYESIAN_TIES},
        /* sigma becomes negative on the path */
        {161, REF_BAYESIAN_INTERDEPENDENT},
    };
    ref_bayesian_count c = {0};
    for (size_t k = 0; k < sizeof games / sizeof *games; k++)
        ref_bayesian_run(ctx, games[k].number, games[k].kind, "neutral-procedural", &c);
    CHECK(c.unsolved == 0 && c.refused == 0 && c.worst < 1e-8);
    printf("hard games: %d coalitions, epsilon %d, largest %.1e\n", c.coalitions, c.epsilon,
           c.worst);
}

int main(int argc, char **argv)
{
    static const char *const others[] = {"efficient", "strong", "random-dictator", "m-solution",
                                         "s-solution"};
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const int games = argc > 2 ? atoi(argv[2]) : GAMES;
    ent_ctx *ctx = ent_ctx_new();
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        ref_bayesian_count c = {0}, rest = {0};
        int failures = 0;
        for (int k = 0; k < games; k++) {
            ref_bayesian_run(ctx, first + (uint64_t)k, kind, "neutral-procedural", &c);
            ref_bayesian_run(ctx, first + (uint64_t)k, kind, others[k % 5], &rest);
            if (c.unsolved + c.refused + rest.unsolved + rest.refused > failures)
                print_model(ctx, first + (uint64_t)k, kind);
            failures = c.unsolved + c.refused + rest.unsolved + rest.refused;
        }
        CHECK(c.unsolved == 0 && c.refused == 0 && rest.unsolved == 0 && rest.refused == 0);
        CHECK(c.games == games && c.coalitions >= games &&
              c.exact + c.isolated + c.limit + c.epsilon == c.coalitions);
        CHECK(c.without_efficiency == 0);
        printf(
            "%-22s %d games, %d coalitions: exact %d, isolated %d, limit %d, epsilon %d (degenerate %d; above 1e-10: %d, above 1e-6: %d, largest %.1e)\n",
            ref_bayesian_class_name(kind), c.games, c.coalitions, c.exact, c.isolated, c.limit,
            c.epsilon, c.degenerate_epsilon, c.above_tiny, c.above_small, c.worst);
        printf("%-22s unsolved %d, refused %d; other methods: unsolved %d, refused %d\n", "",
               c.unsolved, c.refused, rest.unsolved, rest.refused);
    }
    hard(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
