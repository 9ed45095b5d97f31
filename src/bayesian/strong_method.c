/* The method `strong`, written as a document: docs/results.md "bayesian: strong". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/neutral.h"
#include "bayesian/strong_write.h"

#include "base/ctx.h"

static ent_status both_readings(ent_ctx *ctx, const ent_strong_writing *o,
                                const ent_exact_problem *problem, const ent_rat *threat)
{
    ent_status st = ENT_OK;
    ent_strong equality = {0}, inequality = {0};
    const char *name = o->model->player[o->coal->member[o->dictator]];
    ent_strong_question question = {.problem = problem,
                                    .threat = threat,
                                    .dictator = o->dictator,
                                    .equality = true,
                                    .rough = !o->exact};
    ENT_TRY(ent_i_strong(ctx, &question, &equality));
    question.equality = false;
    ENT_TRY(ent_i_strong(ctx, &question, &inequality));
    ent_write_object(o->solution, name, false);
    ent_write_object(o->certificate, name, false);
    ent_i_strong_write(o, &equality);
    ent_i_strong_write_proof(o, &equality);
    ent_write_object(o->solution, "inequality", false);
    ent_write_object(o->certificate, "inequality", false);
    ent_i_strong_write(o, &inequality);
    ent_i_strong_write_proof(o, &inequality);
    for (int k = 0; k < 2; k++) {
        ent_write_end(o->certificate);
        ent_write_end(o->solution);
    }
done:
    ent_i_strong_free(&equality);
    ent_i_strong_free(&inequality);
    return st;
}

static void write_threats(const ent_bayes_game *g, const ent_bayes_coal *s, ent_writer *w)
{
    ent_write_object(w, "threats", false);
    for (int i = 0; i < s->size; i++) {
        const ent_bayes_answer *a = &g->answer[s->members & ~ent_coal_single(s->member[i])];
        ent_i_write_interim(w, g->model->player[s->member[i]], g->model, a->coal, &a->utility, -1);
    }
    ent_write_end(w);
}

static ent_status one(ent_ctx *ctx, const ent_bayes_game *g, ent_coal mask, ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_bayes_coal *s = g->model->coalition[mask];
    ent_exact_problem problem = {0};
    ent_bayes_threats threats = {0};
    ent_bargain b;
    ent_strong_writing o = {
        .model = g->model, .coal = s, .solution = out->solution, .certificate = out->certificate};
    ENT_TRY(ent_i_bargain_plain(ctx, s, &b));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
    ENT_TRY(ent_i_threats_of(ctx, s, g->answer, &threats));
    ent_i_open_coalition(out->solution, g->model, mask);
    ent_i_open_coalition(out->certificate, g->model, mask);
    write_threats(g, s, out->solution);
    ent_write_object(out->solution, "dictators", false);
    ent_write_object(out->certificate, "dictators", false);
    for (o.dictator = 0; o.dictator < s->size; o.dictator++) {
        ENT_CHECK_CANCEL(ctx);
        o.exact = g->answer[mask & ~ent_coal_single(s->member[o.dictator])].exact;
        ENT_TRY(both_readings(ctx, &o, &problem, threats.exact));
    }
    for (int k = 0; k < 2; k++) {
        ent_write_end(out->certificate);
        ent_write_end(out->solution);
    }
done:
    ent_i_threats_free(s, &threats);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_strong_method(ent_ctx *ctx, const void *model, const void *settings,
                               ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {0};
    const ent_bayesian *m = model;
    ENT_TRY(ent_i_neutral_game(ctx, m, settings, &game));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    ent_i_write_neutral_evidence(&game, out->certificate);
    ent_i_write_alone(out->solution, m, game.answer);
    ent_write_object(out->solution, "coalitions", false);
    ent_write_object(out->certificate, "coalitions", false);
    for (int k = 0; k < game.n; k++) ENT_TRY(one(ctx, &game, game.coalition[k], out));
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    out->outcome = ENT_SOLVED;
done:
    ent_i_bayes_game_free(&game);
    return st;
}
