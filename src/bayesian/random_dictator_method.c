/* The method `random-dictator`, written as a document: docs/results.md "bayesian:
 * random-dictator". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/random_dictator.h"
#include "bayesian/strong_write.h"

#include "base/ctx.h"

typedef struct writing {
    const ent_bayesian *model;
    const ent_bayes_coal *coal;
    ent_writer *solution, *certificate;
} writing;

static void write_missing(const writing *o, const ent_draw *d)
{
    if (d->smaller) {
        ent_text name;
        ent_text_init(o->solution->out->ctx, &name);
        ent_bayesian_coal_name(&name, o->model, d->smaller);
        if (name.status == ENT_OK) ent_write_string(o->solution, "smaller", name.data);
        else o->solution->out->status = name.status;
        ent_text_release(&name);
        ent_write_string(o->certificate, "proof", "undefined");
        return;
    }
    ent_write_string(o->solution, "missing", o->model->player[o->coal->member[d->missing]]);
    ent_write_string(o->certificate, "proof", d->exact ? "undefined" : "numerical");
    if (!d->exact) return;
    const ent_strong_writing strong = {.model = o->model,
                                       .coal = o->coal,
                                       .solution = o->solution,
                                       .certificate = o->certificate,
                                       .dictator = d->missing,
                                       .exact = true};
    ent_write_object(o->solution, "answer", false);
    ent_write_object(o->certificate, "answer", false);
    ent_i_strong_write(&strong, &d->dictator[d->missing]);
    ent_i_strong_write_proof(&strong, &d->dictator[d->missing]);
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
}

static void write_judgement(const writing *o, const ent_draw *d)
{
    ent_write_string(o->certificate, "proof",
                     !d->exact      ? "numerical"
                     : d->efficient ? "efficient"
                                    : "inefficient");
    if (!d->exact) return;
    if (d->efficient) {
        ent_i_write_interim_proof(o->certificate, "weights", o->model, o->coal, d->test.lambda);
        ent_i_write_multipliers_proof(o->certificate, "multipliers", o->model, o->coal,
                                      d->test.alpha);
        return;
    }
    ent_i_write_interim_proof(o->certificate, "utilities", o->model, o->coal, d->better.exact);
    ent_i_write_mechanism(o->certificate, "mechanism", o->model, o->coal, &d->better_mechanism,
                          true);
}

static void write_dictators(const writing *o, const ent_draw *d)
{
    ent_write_object(o->solution, "dictators", false);
    for (int i = 0; i < d->size; i++) {
        const ent_strong_writing strong = {.model = o->model,
                                           .coal = o->coal,
                                           .solution = o->solution,
                                           .certificate = o->certificate,
                                           .dictator = i,
                                           .exact = d->exact};
        ent_write_object(o->solution, o->model->player[o->coal->member[i]], false);
        ent_i_strong_write_found(&strong, &d->dictator[i]);
        ent_write_end(o->solution);
    }
    ent_write_end(o->solution);
}

static void write_draw(const writing *o, const char *key, const ent_draw *d)
{
    ent_write_object(o->solution, key, false);
    ent_write_object(o->certificate, key, false);
    ent_write_bool(o->solution, "defined", d->defined);
    if (d->defined) {
        ent_write_bool(o->solution, "exact", d->exact);
        ent_write_bool(o->solution, "efficient", d->efficient);
        ent_i_write_plain_interim(o->solution, "utilities", o->model, o->coal, &d->answer.utility,
                                  d->exact, -1);
        ent_i_write_plain_mechanism(o->solution, "mechanism", o->model, o->coal,
                                    &d->answer.mechanism, d->exact);
        write_dictators(o, d);
        write_judgement(o, d);
    } else {
        write_missing(o, d);
    }
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
}

/* Both draws in S; a defined recursive one moves into `recursive` as a threat for larger
 * coalitions. */
static ent_status one(ent_ctx *ctx, const ent_bayes_game *g, ent_coal mask, bool equality,
                      ent_bayes_answer *recursive, bool *solves, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_draw restricted = {0}, own = {0};
    const writing o = {.model = g->model,
                       .coal = g->model->coalition[mask],
                       .solution = out->solution,
                       .certificate = out->certificate};
    ENT_CHECK_CANCEL(ctx);
    ENT_TRY(ent_i_draw(ctx, o.coal, g->answer, equality, &restricted));
    ENT_TRY(ent_i_draw(ctx, o.coal, recursive, equality, &own));
    *solves = *solves && own.defined && own.efficient;
    ent_i_open_coalition(out->solution, g->model, mask);
    ent_i_open_coalition(out->certificate, g->model, mask);
    write_draw(&o, "restricted", &restricted);
    write_draw(&o, "recursive", &own);
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    if (own.defined) {
        recursive[mask] = own.answer;
        own.answer = (ent_bayes_answer){0};
    }
done:
    ent_i_draw_free(&own);
    ent_i_draw_free(&restricted);
    return st;
}

ent_status ent_i_random_dictator_method(ent_ctx *ctx, const void *model, const void *settings,
                                        ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {0};
    const ent_bayesian *m = model;
    const ent_bayesian_settings *s = settings;
    ent_bayes_answer *recursive = NULL;
    const size_t masks = (size_t)1 << m->n;
    bool solves = true;
    ENT_TRY(ent_i_neutral_game(ctx, m, s, &game));
    ENT_ALLOC(ctx, recursive, masks);
    for (int i = 0; i < m->n; i++)
        if (ent_coal_has(m->focus, i))
            ENT_TRY(
                ent_i_alone(ctx, m->coalition[ent_coal_single(i)], &recursive[ent_coal_single(i)]));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    ent_i_write_neutral_evidence(&game, out->certificate);
    ent_i_write_alone(out->solution, m, game.answer);
    ent_write_object(out->solution, "coalitions", false);
    ent_write_object(out->certificate, "coalitions", false);
    for (int k = 0; k < game.n; k++)
        ENT_TRY(one(ctx, &game, game.coalition[k], s->equality, recursive, &solves, out));
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    ent_write_bool(out->solution, "solves", solves);
    out->outcome = ENT_SOLVED;
done:
    for (size_t k = 0; recursive && k < masks; k++) ent_i_bayes_answer_free(&recursive[k]);
    ent_free(recursive);
    ent_i_bayes_game_free(&game);
    return st;
}
