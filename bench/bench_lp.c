/* Linear programs against GLPK's C interface: matrix games and programs with rows of both signs, in one run. Ratios are what counts. */
#include "base/rng.h"
#include "concept/matrix_game.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef ENT_HAVE_GLPK
#include <glpk.h>
#endif

enum { SIDE = 64, GAMES = 64 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#ifdef ENT_HAVE_GLPK
/* max sum y, M y <= 1, with the problem object built outside the clock. */
static glp_prob *glpk_game(int n, const double *m)
{
    glp_prob *g = glp_create_prob();
    glp_set_obj_dir(g, GLP_MAX);
    glp_add_rows(g, n);
    glp_add_cols(g, n);
    for (int i = 0; i < n; i++) {
        int index[SIDE + 1];
        double entry[SIDE + 1];
        for (int j = 0; j < n; j++) index[j + 1] = j + 1, entry[j + 1] = m[i * n + j];
        glp_set_row_bnds(g, i + 1, GLP_UP, 0.0, 1.0);
        glp_set_mat_row(g, i + 1, n, index, entry);
        glp_set_col_bnds(g, i + 1, GLP_LO, 0.0, 0.0);
        glp_set_obj_coef(g, i + 1, 1.0);
    }
    return g;
}

static double time_glpk(int n, double (*game)[SIDE * SIDE], int repeats)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    double best = HUGE_VAL;
    for (int round = 0; round < 5; round++) {
        double total = 0.0;
        for (int k = 0; k < repeats; k++) {
            glp_prob *g = glpk_game(n, game[k % GAMES]);
            const double start = now();
            glp_std_basis(g);
            glp_simplex(g, &options);
            total += now() - start;
            glp_delete_prob(g);
        }
        best = fmin(best, total / repeats);
    }
    return best;
}
#endif

static double time_ours(ent_matrix_work *work, int n, double (*game)[SIDE * SIDE], int repeats)
{
    double best = HUGE_VAL;
    for (int round = 0; round < 5; round++) {
        const double start = now();
        for (int k = 0; k < repeats; k++) {
            ent_matrix_result r;
            ent_matrix_game(work, n, n, game[k % GAMES], NULL, &r);
        }
        best = fmin(best, (now() - start) / repeats);
    }
    return best;
}

int main(void)
{
    static double game[GAMES][SIDE * SIDE];
    ent_ctx *ctx = ent_ctx_new();
    ent_matrix_work *work = NULL;
    if (ent_matrix_work_new(ctx, SIDE, SIDE, &work) != ENT_OK) return 1;
#ifdef ENT_HAVE_GLPK
    glp_term_out(GLP_OFF);
#endif
    printf("matrix games, cold, microseconds a game (payoffs uniform in [1, 2])\n%8s %10s %10s %8s\n", "side", "entente", "GLPK", "ratio");
    for (int n = 2; n <= SIDE; n = n < 4 ? n + 1 : n * 2) {
        ent_rng rng = ent_rng_stream(1, (uint64_t)n, 0);
        for (int k = 0; k < GAMES; k++)
            for (int e = 0; e < n * n; e++) game[k][e] = 1.0 + ent_rng_uniform(&rng);
        const int repeats = n <= 8 ? 20000 : n <= 16 ? 4000 : 400;
        const double ours = time_ours(work, n, game, repeats);
        double other = 0.0;
#ifdef ENT_HAVE_GLPK
        other = time_glpk(n, game, repeats / 10);
#endif
        printf("%8d %10.3f %10.3f %8.1f\n", n, 1e6 * ours, 1e6 * other, other / ours);
    }
    ent_matrix_work_free(work);
    ent_ctx_free(ctx);
    return 0;
}
