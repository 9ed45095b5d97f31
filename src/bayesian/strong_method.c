/* The method `strong`, written as a document: docs/results.md "bayesian: strong". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/neutral.h"
#include "bayesian/strong.h"
#include "bayesian/write_bayes.h"

#include "base/ctx.h"

typedef struct writing {
    const ent_bayesian *model;
    const ent_bayes_coal *coal;
    ent_writer *solution, *certificate;
    int dictator; /* place in coal */
    bool exact;   /* are the threats known exactly? */
} writing;

/* Without exactness the fractions are not reported. */
static void write_twin(const writing *o, const char *key, const ent_twin *twin, bool exact, int only)
{
    const ent_twin plain = {.n = twin->n, .value = twin->value, .exact = exact ? twin->exact : NULL};
    ent_i_write_interim(o->solution, key, o->model, o->coal, &plain, only);
}

static void write_mechanism(const writing *o, const ent_bayes_mechanism *m, bool exact)
{
    ent_bayes_mechanism plain = *m;
    if (!exact) plain.probability.exact = NULL;
    ent_i_write_mechanism(o->solution, "mechanism", o->model, o->coal, &plain, false);
}

static void write_answer(const writing *o, const ent_strong *s)
{
    const bool exact = s->exact && o->exact;
    ent_write_bool(o->solution, "strong", s->strong);
    ent_write_bool(o->solution, "safe", s->safe);
    ent_write_bool(o->solution, "exact", exact);
    if (s->strong) {
        const ent_twin plain = {.n = s->multiplier.n, .value = s->multiplier.value, .exact = exact ? s->multiplier.exact : NULL};
        write_twin(o, "utilities", &s->utility, exact, -1);
        write_mechanism(o, &s->mechanism, exact);
        write_twin(o, "weights", &s->weight, exact, -1);
        ent_i_write_multipliers(o->solution, "multipliers", o->model, o->coal, &plain);
    } else if (s->safe) {
        write_twin(o, "best_safe", &s->best_safe, exact, o->dictator);
        if (!s->dominating_utility.value) return;
        ent_write_object(o->solution, "dominated_by", false);
        write_twin(o, "utilities", &s->dominating_utility, exact, -1);
        write_mechanism(o, &s->dominating, exact);
        ent_write_end(o->solution);
    }
}

static const char *type_of(const writing *o, int interim)
{
    for (int i = 0; i < o->coal->size; i++)
        if (interim < o->coal->first[i + 1]) return o->model->type[o->coal->member[i]][interim - o->coal->first[i]];
    return "";
}

static const char *player_of(const writing *o, int interim)
{
    for (int i = 0; i < o->coal->size; i++)
        if (interim < o->coal->first[i + 1]) return o->model->player[o->coal->member[i]];
    return "";
}

/* One entry for each type of the dictator and each interim of the others: a participation row with the truth rows after it. */
static void write_rows(const writing *o, const ent_strong *s)
{
    ent_writer *w = o->certificate;
    ent_write_array(w, "others", false);
    for (int r = 0; r < s->rows;) {
        const int first = r++;
        ent_write_object(w, NULL, true);
        ent_write_string(w, "type", type_of(o, s->row[first].given));
        ent_write_string(w, "player", player_of(o, s->row[first].member));
        ent_write_string(w, "of", type_of(o, s->row[first].member));
        ent_write_object(w, "truth", true);
        for (; r < s->rows && s->row[r].report >= 0; r++)
            if (ent_rat_sign(&s->row_price[r]) != 0) ent_i_write_fraction(w, type_of(o, s->row[r].report), &s->row_price[r]);
        ent_write_end(w);
        ent_i_write_fraction(w, "participation", &s->row_price[first]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void write_bound(const writing *o, const ent_strong *s)
{
    ent_writer *w = o->certificate;
    int k = 0;
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, "safe_multipliers", false);
    ent_write_object(w, "dictator", true);
    for (int i = 0; i < o->coal->size; i++)
        for (int t = 0; t < o->coal->types[i]; t++)
            for (int tau = 0; tau < o->coal->types[i]; tau++) {
                if (tau == t) continue;
                if (i == o->dictator && ent_rat_sign(&s->own_price[k]) != 0) {
                    ent_text_reset(&name);
                    ent_text_printf(&name, "%s|%s", type_of(o, o->coal->first[i] + tau), type_of(o, o->coal->first[i] + t));
                    if (name.status == ENT_OK) ent_i_write_fraction(w, name.data, &s->own_price[k]);
                }
                k++;
            }
    ent_write_end(w);
    write_rows(o, s);
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

static void write_proof(const writing *o, const ent_strong *s)
{
    const bool exact = s->exact && o->exact;
    ent_write_string(o->certificate, "proof", !exact ? "numerical" : s->strong ? "strong" : s->safe ? "dominated" : "none");
    if (exact && !s->strong) write_bound(o, s);
}

static ent_status both_readings(ent_ctx *ctx, const writing *o, const ent_exact_problem *problem, const ent_rat *threat)
{
    ent_status st = ENT_OK;
    ent_strong equality = {0}, inequality = {0};
    const char *name = o->model->player[o->coal->member[o->dictator]];
    ENT_TRY(ent_i_strong(ctx, problem, threat, o->dictator, true, &equality));
    ENT_TRY(ent_i_strong(ctx, problem, threat, o->dictator, false, &inequality));
    ent_write_object(o->solution, name, false);
    ent_write_object(o->certificate, name, false);
    write_answer(o, &equality);
    write_proof(o, &equality);
    ent_write_object(o->solution, "inequality", false);
    ent_write_object(o->certificate, "inequality", false);
    write_answer(o, &inequality);
    write_proof(o, &inequality);
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
    writing o = {.model = g->model, .coal = s, .solution = out->solution, .certificate = out->certificate};
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

ent_status ent_i_strong_method(ent_ctx *ctx, const void *model, const void *settings, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_bayes_game game = {0};
    const ent_bayesian *m = model;
    ENT_TRY(ent_i_neutral_game(ctx, m, settings, &game));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
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
