/* The method `efficient`, written as a document: docs/results.md "bayesian: efficient". */
#include "bayesian/bayesian_solve.h"

#include "bayesian/efficient.h"
#include "bayesian/evidence.h"
#include "bayesian/incentive_frontier.h"
#include "bayesian/neutral.h"
#include "bayesian/write_bayes.h"

void ent_i_efficient_weights(const ent_bayesian *model, const ent_exact_problem *problem,
                             ent_rat *weight)
{
    const ent_bayes_coal *s = problem->b->coal;
    ent_rat sum = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    ent_rat_set_int(&size, s->size);
    for (int i = 0; model->weight.n > 0 && i < s->size; i++) {
        int at = 0;
        for (int j = 0; j < s->member[i]; j++) at += model->types[j];
        for (int t = 0; t < s->types[i]; t++) {
            ent_rat_set(&weight[s->first[i] + t], &model->weight.exact[at + t]);
            ent_rat_add(&sum, &sum, &weight[s->first[i] + t]);
        }
    }
    for (int m = 0; m < s->interims; m++) {
        if (ent_rat_sign(&sum) > 0) ent_rat_div(&weight[m], &weight[m], &sum);
        else ent_rat_div(&weight[m], &problem->q[m], &size);
    }
    ent_rat_release(&size);
    ent_rat_release(&sum);
}

typedef struct writing {
    ent_ctx *ctx;
    const ent_bayesian *model;
    const ent_bayesian_settings *settings;
    const ent_exact_problem *problem;
    ent_writer *solution, *certificate;
} writing;

static void write_virtual(const writing *o, const ent_efficient *e)
{
    const ent_bayes_coal *s = o->problem->b->coal;
    ent_text name;
    ent_text_init(o->ctx, &name);
    ent_write_object(o->solution, "virtual", false);
    for (int t = 0; t < s->profiles; t++) {
        ent_text_reset(&name);
        ent_bayesian_profile_name(&name, o->model, s, t);
        if (name.status != ENT_OK) break;
        ent_write_object(o->solution, name.data, true);
        for (int i = 0; i < s->size; i++) {
            const int k = i * s->profiles + t;
            ent_write_number(o->solution, o->model->player[s->member[i]],
                             e->virtual_utility.value[k], ent_i_twin_at(&e->virtual_utility, k));
        }
        ent_write_end(o->solution);
    }
    ent_write_end(o->solution);
    if (name.status != ENT_OK) o->solution->out->status = name.status;
    ent_text_release(&name);
}

static ent_status write_interim_of(const writing *o, const char *key, const ent_rat *numbers)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = o->problem->b->coal;
    ent_twin twin = {0};
    ENT_TRY(ent_i_twin_new(o->ctx, s->interims, true, &twin));
    for (int m = 0; m < s->interims; m++) ent_rat_set(&twin.exact[m], &numbers[m]);
    ent_i_twin_round(&twin);
    ent_i_write_interim(o->solution, key, o->model, s, &twin, -1);
done:
    ent_i_twin_free(&twin);
    return st;
}

static ent_status write_vertices(const writing *o, const ent_frontier *f)
{
    ent_status st = ENT_OK;
    ent_bayes_mechanism mechanism = {0};
    ent_write_array(o->solution, "vertices", false);
    ent_write_array(o->certificate, "vertices", false);
    for (int v = 0; v < f->vertices; v++) {
        ENT_TRY(write_interim_of(o, NULL, f->vertex[v].u));
        ENT_TRY(ent_i_mechanism_of(o->ctx, o->problem->b, NULL, f->vertex[v].mu, &mechanism));
        ent_i_write_mechanism(o->certificate, NULL, o->model, o->problem->b->coal, &mechanism,
                              true);
        ent_i_mechanism_free(&mechanism);
    }
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
done:
    ent_i_mechanism_free(&mechanism);
    return st;
}

static ent_status write_facets(const writing *o, const ent_frontier *f)
{
    ent_status st = ENT_OK;
    ent_write_array(o->solution, "facets", false);
    ent_write_array(o->certificate, "facets", false);
    for (int k = 0; k < f->facets; k++) {
        ent_write_object(o->solution, NULL, false);
        ENT_TRY(write_interim_of(o, "weights", f->facet[k].weight));
        ent_write_exact(o->solution, "bound", &f->facet[k].bound);
        ent_write_array(o->solution, "vertices", true);
        for (int v = 0; v < f->vertices; v++)
            if (ent_i_on_facet(f, v, k)) ent_write_int(o->solution, NULL, v);
        ent_write_end(o->solution);
        ent_write_end(o->solution);
        ent_i_write_multipliers_proof(o->certificate, NULL, o->model, o->problem->b->coal,
                                      f->facet[k].alpha);
    }
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
done:
    return st;
}

static ent_status write_frontier(const writing *o)
{
    ent_status st = ENT_OK;
    ent_frontier f = {0};
    if (o->problem->b->interims > o->settings->frontier_interims) goto done;
    ENT_TRY(ent_i_incentive_frontier(o->ctx, o->problem, (int)o->settings->frontier_vertices, &f));
    if (!f.complete) goto done;
    ent_write_object(o->solution, "frontier", false);
    ent_write_object(o->certificate, "frontier", false);
    ENT_TRY(write_vertices(o, &f));
    ENT_TRY(write_facets(o, &f));
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
done:
    ent_i_incentive_frontier_free(&f);
    return st;
}

/* A program that was not decided exactly: its mechanism in rationals, and how far off it is. */
static ent_status write_numerical(const writing *o, const ent_efficient *e)
{
    ent_status st = ENT_OK;
    ent_bayes_answer a = {0};
    ENT_TRY(ent_i_numerical_evidence(o->ctx, o->problem, &e->mechanism, &e->weight, &e->multiplier,
                                     &e->utility, &a));
    ent_i_write_mechanism(o->certificate, "mechanism", o->model, o->problem->b->coal,
                          &a.proof_mechanism, true);
    ent_i_write_multipliers_proof(o->certificate, "multipliers", o->model, o->problem->b->coal,
                                  a.proof_multiplier);
    ent_i_write_fraction(o->certificate, "gap", &a.gap);
    ent_i_write_fraction(o->certificate, "incentive", &a.incentive);
    ent_i_write_fraction(o->certificate, "distance", &a.distance);
done:
    ent_i_bayes_answer_free(&a);
    return st;
}

static ent_status write_coalition(const writing *o, const ent_efficient *e)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = o->problem->b->coal;
    ent_i_open_coalition(o->solution, o->model, s->members);
    ent_i_open_coalition(o->certificate, o->model, s->members);
    ent_write_bool(o->solution, "exact", e->exact);
    ent_i_write_interim(o->solution, "weights", o->model, s, &e->weight, -1);
    ent_i_write_interim(o->solution, "utilities", o->model, s, &e->utility, -1);
    ent_i_write_mechanism(o->solution, "mechanism", o->model, s, &e->mechanism, false);
    ent_write_number(o->solution, "value", e->value.value[0], ent_i_twin_at(&e->value, 0));
    ent_i_write_multipliers(o->solution, "multipliers", o->model, s, &e->multiplier);
    write_virtual(o, e);
    ent_write_number(o->solution, "first_best", e->first_best.value[0],
                     ent_i_twin_at(&e->first_best, 0));
    ent_i_write_prices(o->solution, "prices", o->model, s, &e->mechanism);
    ent_write_string(o->certificate, "proof", e->exact ? "exact" : "epsilon");
    if (!e->exact) ENT_TRY(write_numerical(o, e));
    if (e->exact && e->has_zero) {
        ent_write_object(o->certificate, "efficiency", false);
        ent_i_write_interim_proof(o->certificate, "weights", o->model, s, e->efficiency.lambda);
        ent_i_write_multipliers_proof(o->certificate, "multipliers", o->model, s,
                                      e->efficiency.alpha);
        ent_write_end(o->certificate);
    }
    ENT_TRY(write_frontier(o));
    ent_write_end(o->certificate);
    ent_write_end(o->solution);
done:
    return st;
}

static ent_status one(ent_ctx *ctx, const ent_bayesian *m, const ent_bayesian_settings *settings,
                      ent_coal mask, ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_exact_problem problem = {0};
    ent_efficient e = {0};
    ent_rat *weight = NULL;
    ent_bargain b;
    ENT_TRY(ent_i_bargain_plain(ctx, m->coalition[mask], &b));
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, NULL, &problem));
    if (!(weight = ent_rats_new(ctx, (size_t)b.interims, &st))) goto done;
    ent_i_efficient_weights(m, &problem, weight);
    ENT_TRY(ent_i_efficient(ctx, &problem, weight, &e));
    const writing o = {.ctx = ctx,
                       .model = m,
                       .settings = settings,
                       .problem = &problem,
                       .solution = out->solution,
                       .certificate = out->certificate};
    ENT_TRY(write_coalition(&o, &e));
done:
    if (weight) ent_rats_free(weight, (size_t)b.interims);
    ent_i_efficient_free(&e);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_efficient_method(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_bayesian *m = model;
    ent_coal *list = NULL;
    int n = 0;
    ENT_TRY(ent_i_bayes_coalitions(ctx, m->focus, 2, &list, &n));
    ent_write_real(out->certificate, "scale", ent_i_bayes_scale(m));
    ent_write_object(out->solution, "coalitions", false);
    ent_write_object(out->certificate, "coalitions", false);
    for (int k = 0; k < n; k++) ENT_TRY(one(ctx, m, settings, list[k], out));
    ent_write_end(out->certificate);
    ent_write_end(out->solution);
    out->outcome = ENT_SOLVED;
done:
    ent_free(list);
    return st;
}
