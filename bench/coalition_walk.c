#include "coalition_walk.h"

#include "bayesian/merge_types.h"
#include "bayesian/pursuit.h"
#include "clock.h"
#include "io/json.h"

enum { PLAYERS_MAX = 6, STEPS = 600 };

const ent_bayesian_settings bench_settings = {.starts = 1,
                                              .seed = 1,
                                              .attempts = 12,
                                              .theta_end = 1e-5,
                                              .tolerance = 1e-12,
                                              .exact_work = 3e7,
                                              .threads = 1};

ent_status bench_first_path(ent_ctx *ctx, const ent_bargain *b, ent_bargain_point *point,
                            bool *polished)
{
    ent_status st = ENT_OK;
    const ent_pursuit_settings settings = {.tolerance = bench_settings.tolerance,
                                           .path = {.theta_end = bench_settings.theta_end,
                                                    .closeness = 1.0,
                                                    .steps = STEPS,
                                                    .canonical = true}};
    ent_pursuit p = {0};
    ENT_TRY(ent_i_pursuit_new(ctx, b, &p));
    ENT_TRY(ent_i_pursue(ctx, b, NULL, &settings, &p));
    const ent_bargain_point end = {.mu = p.mu,
                                   .alpha = p.alpha,
                                   .lambda = p.lambda,
                                   .w = p.w,
                                   .omega = p.omega,
                                   .flow = p.flow};
    ent_i_bargain_point_copy(b, &end, point);
    *polished = p.found;
done:
    ent_i_pursuit_free(b, &p);
    return st;
}

/* Solved on the clock, and shown; *answer stays empty when no path led anywhere. */
static ent_status solve(ent_ctx *ctx, const ent_bargain *b, const ent_rat *threat, bool exact,
                        ent_bayes_answer *answer, bench_visitor *visit, void *user)
{
    ent_status st = ENT_OK;
    bench_solved x = {.b = b, .answer = answer};
    double *u = NULL;
    const double start = bench_now();
    st = ent_i_solve_bargain(ctx, b, threat, exact, &bench_settings, 0, answer);
    x.seconds = bench_now() - start;
    if (st != ENT_OK && st != ENT_E_LIMIT) goto done;
    if (st == ENT_OK) {
        ENT_SCRATCH(ctx, u, b->interims);
        for (int m = 0; m < b->interims; m++)
            u[m] = (answer->utility.value[m] - b->shift[m]) / b->scale[b->place[m]];
        x.u = u;
    }
    st = visit(ctx, &x, user);
done:
    return st;
}

static ent_status coalition(ent_ctx *ctx, const ent_bayes_coal *s, ent_bayes_answer *answers,
                            bench_visitor *visit, void *user)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_bayes_threats threats = {0};
    ent_merged merged = {0};
    ent_bargain b;
    ent_bayes_answer *answer = &answers[s->members];
    ENT_TRY(ent_i_threats_of(ctx, s, answers, &threats));
    ENT_TRY(ent_i_merge_types(ctx, s, threats.value, threats.exact, &merged));
    ENT_TRY(ent_i_bargain_neutral(ctx, merged.any ? &merged.coal : s,
                                  merged.any ? merged.threat : threats.value, &b));
    ENT_TRY(solve(ctx, &b, merged.any ? merged.threat_exact : threats.exact, threats.all_exact,
                  answer, visit, user));
    if (merged.any && answer->coal) ENT_TRY(ent_i_split_answer(ctx, &merged, answer));
done:
    ent_i_merged_free(&merged);
    ent_i_threats_free(s, &threats);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status coalitions(ent_ctx *ctx, const ent_bayesian *model, bench_visitor *visit,
                             void *user)
{
    ent_status st = ENT_OK;
    ent_bayes_answer answers[1 << PLAYERS_MAX] = {{0}};
    ent_coal *list = NULL;
    int n = 0;
    ENT_REQUIRE(ctx, model->n <= PLAYERS_MAX);
    ENT_TRY(ent_i_bayes_coalitions(ctx, model->focus, 1, &list, &n));
    for (int k = 0; k < n && (k == 0 || answers[list[k - 1]].coal); k++) {
        const ent_bayes_coal *s = model->coalition[list[k]];
        if (s->size == 1) ENT_TRY(ent_i_alone(ctx, s, &answers[list[k]]));
        else ENT_TRY(coalition(ctx, s, answers, visit, user));
    }
done:
    for (int k = 0; k < 1 << PLAYERS_MAX; k++) ent_i_bayes_answer_free(&answers[k]);
    ent_free(list);
    return st;
}

ent_status bench_walk(ent_ctx *ctx, size_t len, const char *text, bench_visitor *visit, void *user)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_bayesian *model = NULL;
    ENT_TRY(ent_doc_read(ctx, "model", len, text, &doc));
    ENT_TRY(ent_bayesian_read(ctx, doc, ent_doc_root(doc), &model));
    ENT_TRY(coalitions(ctx, model, visit, user));
done:
    ent_bayesian_free(model);
    ent_doc_free(doc);
    return st;
}
