/** incentive_programs.h - linear programs over mechanisms whose incentive constraints bind, as the
 * bayesian family sets them up.
 *
 * Trades: every decision gives a member a value that rises with its own type, less a price; prices
 * sum to zero. Types are correlated. The program is [Sal] (3.5), the largest weighted utility of
 * incentive compatible mechanisms, with the participation of every type besides: profiles + pairs +
 * interims rows, profiles * decisions columns.
 */
#ifndef BENCH_INCENTIVE_PROGRAMS_H
#define BENCH_INCENTIVE_PROGRAMS_H

#include "num/lp.h"

#include <stdint.h>

typedef struct bench_program {
    int rows, columns, cells; /* the first `cells` rows: lotteries sum to 1 */
    int *first;               /* [cells+1] columns of a cell */
    double *a, *b, *c;        /* as in ent_lp */
    ent_lp_sense *sense;      /* [rows] */
    int *best;                /* [cells] each profile's best decision; NULL: none is known */
} bench_program;

/** bench_incentive_program - one program for `players` with `types` types each and `decisions`
 * decisions, "apart" among them. */
ent_status bench_incentive_program(ent_ctx *ctx, int players, int types, int decisions,
                                   uint64_t number, bench_program *out);
void bench_program_free(bench_program *program);

#endif
