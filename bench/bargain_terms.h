/** bargain_terms.h - the conditions of docs/bayesian.md section 1 for one coalition, as a general
 * solver takes them.
 *
 * Variables x = (mu, alpha, lambda, W, omega, z, s, r): the slacks z, s, r are variables, tied to
 * the others by linear equations, so that everything is a sum of terms c, c x_i or c x_i x_j, and
 * derivatives of every order are exact. mu, alpha, lambda, z, s, r >= 0.
 */
#ifndef BENCH_BARGAIN_TERMS_H
#define BENCH_BARGAIN_TERMS_H

#include "bayesian/bargain.h"

/** bench_form - how complementarity is said. Signs and equations alone imply it: lambda r = -|S|
 * (mu z + alpha s). */
typedef enum bench_form {
    BENCH_SIGNS,    /* not at all: any point with these signs and equations */
    BENCH_SUM,      /* the sum of all products is minimised */
    BENCH_PRODUCTS, /* every product is at most a tiny number */
    BENCH_FORMS
} bench_form;

/** bench_term - coefficient x_i x_j in a row; i or j = -1: that factor is missing. Row -1 is the
 * objective, minimised. */
typedef struct bench_term {
    int row, i, j;
    double coefficient;
} bench_term;

typedef struct bench_terms {
    int n, rows, count;
    bench_term *term;           /* [count] */
    double *low;                /* [n] bounds of variables: 0 or minus infinity */
    double *row_low, *row_high; /* [rows] */
    /* [n] where the path begins: uniform lotteries, alpha = 1, lambda = p_i(t_i)/|S|, W above all
       worths, omega */
    double *start;
} bench_terms;

/** bench_terms_new - on scratch memory. */
ent_status bench_terms_new(ent_ctx *ctx, const ent_bargain *b, bench_form form, bench_terms *out);

/** bench_terms_point - a vector of variables read as a candidate of the library; its arrays are
 * parts of x. */
ent_bargain_point bench_terms_point(const ent_bargain *b, double *x);

#endif
