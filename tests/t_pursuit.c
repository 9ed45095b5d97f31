/* [Sal] Definition 4 by paths in two precisions: doubles and wide reals lead from the same start to
 * the same utilities, a path that is handed over ends where one does that was wide from the start,
 * and wide residuals are far below what doubles can know. */
#include "bayesian/neutral.h"
#include "bayesian/pursuit.h"
#include "brutal.h"
#include "ref/ref_bayesian_games.h"

#include <math.h>

static ent_ctx *ctx;
static int both, deeper;

static const ent_bayesian_settings settings = {
    .starts = 1, .seed = 1, .attempts = 12, .theta_end = 1e-5, .tolerance = 1e-12, .threads = 1};

typedef struct game {
    ent_doc *doc;
    ent_bayesian *model;
    ent_bayes_answer *by_mask;
} game;

static void game_open(uint64_t number, ref_bayesian_class kind, game *g)
{
    ent_status st = ENT_OK;
    ent_text text;
    *g = (game){0};
    ent_text_init(ctx, &text);
    ref_bayesian_game(number, kind, &text);
    CHECK(ent_doc_read(ctx, "game", text.len, text.data, &g->doc) == ENT_OK);
    CHECK(ent_bayesian_read(ctx, g->doc, ent_doc_root(g->doc), &g->model) == ENT_OK);
    ent_text_release(&text);
    g->by_mask = ent_i_alloc(ctx, (size_t)1 << g->model->n, sizeof *g->by_mask, &st);
    CHECK(g->by_mask != NULL);
    for (int i = 0; i < g->model->n; i++)
        CHECK(ent_i_alone(ctx, g->model->coalition[ent_coal_single(i)],
                          &g->by_mask[ent_coal_single(i)]) == ENT_OK);
}

static void game_close(game *g)
{
    for (int i = 0; i < g->model->n; i++) ent_i_bayes_answer_free(&g->by_mask[ent_coal_single(i)]);
    ent_free(g->by_mask);
    ent_bayesian_free(g->model);
    ent_doc_free(g->doc);
}

/* The largest difference of scaled utilities. */
static double apart(const ent_bargain *b, const ent_pursuit *x, const ent_pursuit *y)
{
    double most = 0.0, g[64], h[64];
    ent_bargain_numbers v;
    CHECK(b->pairs + b->interims <= 64);
    CHECK(ent_i_bargain_numbers_new(ctx, b, NULL, &v) == ENT_OK);
    ent_i_bargain_means(&v, x->mu, g);
    ent_i_bargain_means(&v, y->mu, h);
    for (int m = b->pairs; m < b->pairs + b->interims; m++)
        if (!(fabs(g[m] - h[m]) <= most)) most = fabs(g[m] - h[m]);
    return most;
}

static void compare(const ent_bargain *b, const ent_bayes_threats *threats, int start)
{
    ent_pursuit x, y, z;
    ent_pursuit_settings s = {.tolerance = 1e-12};
    CHECK(ent_i_pursuit_new(ctx, b, &x) == ENT_OK && ent_i_pursuit_new(ctx, b, &y) == ENT_OK &&
          ent_i_pursuit_new(ctx, b, &z) == ENT_OK);
    s.path = (ent_path_settings){.theta_end = 1e-5,
                                 .closeness = 1e-3,
                                 .steps = 600,
                                 .canonical = start == 0,
                                 .rng = ent_rng_stream(3, (uint64_t)start, 0)};
    CHECK(ent_i_pursue(ctx, b, threats->exact, &s, &x) == ENT_OK);
    CHECK(ent_i_pursue_wide(ctx, b, threats->exact, &s, &y) == ENT_OK);
    CHECK(y.arrived);
    if (x.found && x.arrived && y.found) {
        both++;
        /* the shares of open claims are those at the path's end, right to theta */
        CHECK_NEAR(apart(b, &x, &y), 0.0, 1e-5);
        /* weights are positive at the ends, the same to what the corrector allows, and rationals of
         * all digits are near doubles */
        for (int m = 0; m < b->interims; m++) {
            CHECK(ent_rat_sign(&x.end_lambda[m]) > 0 && ent_rat_sign(&y.end_lambda[m]) > 0);
            CHECK_NEAR(log(ent_rat_double(&x.end_lambda[m])), log(ent_rat_double(&y.end_lambda[m])),
                       0.1);
        }
    }
    /* on from the double's end, and in one go */
    z.state = x.state;
    z.start = start;
    s.path.theta_end = 1e-8;
    s.resume = true;
    CHECK(ent_i_pursue_wide(ctx, b, threats->exact, &s, &z) == ENT_OK);
    s.resume = false;
    CHECK(ent_i_pursue_wide(ctx, b, threats->exact, &s, &y) == ENT_OK);
    CHECK(z.arrived == y.arrived);
    if (z.found && y.found) {
        deeper++;
        CHECK_NEAR(apart(b, &z, &y), 0.0, 1e-9);
        CHECK(z.residual < 1e-20 || sizeof(ent_wide) == sizeof(double) || z.residual < 1e-15);
        if (sizeof(ent_wide) == 16 && ent_rat_double(&z.end_lambda[0]) > 0.0)
            CHECK(z.theta <= 1.1e-8);
    }
    ent_i_pursuit_free(b, &x);
    ent_i_pursuit_free(b, &y);
    ent_i_pursuit_free(b, &z);
}

static void pairs_of(uint64_t number, ref_bayesian_class kind)
{
    game g;
    game_open(number, kind, &g);
    for (ent_coal s = 1; s <= ent_coal_all(g.model->n); s++) {
        const ent_mark mark = ent_scratch_mark(ctx);
        ent_bayes_threats threats = {0};
        ent_bargain b;
        if (ent_coal_size(s) != 2) continue;
        const ent_bayes_coal *coal = g.model->coalition[s];
        CHECK(ent_i_threats_of(ctx, coal, g.by_mask, &threats) == ENT_OK);
        CHECK(ent_i_bargain_neutral(ctx, coal, threats.value, &b) == ENT_OK);
        compare(&b, &threats, (int)(number % 2));
        ent_i_threats_free(coal, &threats);
        ent_scratch_reset(ctx, mark);
    }
    game_close(&g);
}

/* Every allocation of a search that needs wide reals made to fail in turn. */
static void brutally(void)
{
    game g;
    ent_bargain b;
    ent_bayes_threats threats = {0};
    game_open(4, REF_BAYESIAN_MIXED, &g);
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bayes_coal *coal = g.model->coalition[3];
    CHECK(ent_i_threats_of(ctx, coal, g.by_mask, &threats) == ENT_OK);
    CHECK(ent_i_bargain_neutral(ctx, coal, threats.value, &b) == ENT_OK);
    brutal t = {.ctx = ctx};
    while (brutal_goes_on(&t)) {
        const ent_mark here = ent_scratch_mark(ctx);
        ent_pursuit p = {0};
        brutal_on(&t);
        ent_status st = ent_i_pursuit_new(ctx, &b, &p);
        if (st == ENT_OK) st = ent_i_seek(ctx, &b, threats.exact, &settings, 0, &p);
        if (st == ENT_OK) st = ent_i_seek_further(ctx, &b, threats.exact, &settings, &p);
        brutal_off(&t, st);
        if (st == ENT_OK) CHECK(p.arrived);
        ent_i_pursuit_free(&b, &p);
        ent_scratch_reset(ctx, here);
    }
    brutal_end(&t, 3);
    ent_i_threats_free(coal, &threats);
    ent_scratch_reset(ctx, mark);
    game_close(&g);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++)
        for (uint64_t number = 0; number < 4; number++) pairs_of(number, kind);
    brutally();
    CHECK(both >= 20 && deeper >= 20);
    printf("%d pairs polished in both precisions, %d further down\n", both, deeper);
    ent_ctx_free(ctx);
    return check_end();
}
