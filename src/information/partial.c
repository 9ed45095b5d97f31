/* [ITA] Definitions 1 and 2. The method `partial`: every set of truthful players that is an
 * equilibrium, with everybody's welfare. */
#include "base/ctx.h"
#include "base/parallel.h"
#include "information/information_losses.h"
#include "information/revelation.h"

#include <math.h>

typedef struct outcome {
    bool is_equilibrium;
    double *welfare; /* [n] */
    ent_rat *exact;  /* [n], or NULL */
} outcome;

typedef struct search {
    const ent_information *m;
    const ent_information_settings *set;
    outcome *found; /* [2^n] */
    bool *covered;  /* [2^n] an equilibrium contains the set strictly */
    bool all_exact;
} search;

/* One set in rationals. */
static ent_status decide_exactly(ent_ctx *ctx, const search *s, ent_coal set, outcome *o)
{
    ent_status st = ENT_OK;
    const ent_information *m = s->m;
    const int t = ent_coal_size(set);
    ent_bayes_exact *stages = NULL;
    ent_rat gain[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, *welfare = ent_rats_new(ctx, (size_t)m->n, &st);
    bool known = true;
    if (!welfare) goto done;
    ENT_TRY(ent_i_bayes_exact_new(ctx, m, NULL, set, &stages));
    for (int k = 0; k <= t; k++) known = known && stages[k].is_exact;
    if (!known) goto done; /* the doubles stand */
    o->is_equilibrium = true;
    for (int i = 0; i < m->n && o->is_equilibrium; i++) {
        if (!ent_coal_has(set, i)) continue;
        ENT_TRY(ent_i_gains_exact(ctx, m, NULL, stages, i, gain));
        o->is_equilibrium = ent_rat_sign(&gain[0]) <= 0 && ent_rat_sign(&gain[1]) <= 0;
    }
    if (!o->is_equilibrium) goto done;
    ENT_TRY(ent_i_welfare_exact(ctx, m, stages, welfare));
    for (int i = 0; i < m->n; i++) o->welfare[i] = ent_rat_double(&welfare[i]);
    o->exact = welfare;
    welfare = NULL;
done:
    ent_i_bayes_exact_free(stages, t + 1);
    ent_rats_free(welfare, (size_t)m->n);
    ent_rat_release(&gain[0]);
    ent_rat_release(&gain[1]);
    return st;
}

static ent_status decide(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    search *s = user;
    const ent_information *m = s->m;
    const ent_coal set = (ent_coal)task;
    const int t = ent_coal_size(set);
    outcome *o = &s->found[task];
    double *low = NULL, *high = NULL;
    ent_bayes_stage *stages = NULL;
    bool close = false;
    ENT_SCRATCH(ctx, low, m->n);
    ENT_SCRATCH(ctx, high, m->n);
    ENT_SCRATCH(ctx, stages, t + 1);
    const ent_alliance a = ent_i_alliance(m, low, high);
    ENT_TRY(ent_i_is_truthful(ctx, &a, set, s->set->zero, &o->is_equilibrium, &close));
    if (o->is_equilibrium) {
        for (int k = 0; k <= t; k++) {
            ENT_SCRATCH(ctx, stages[k].x, m->n);
            ent_i_bayes_stage(&a, set, k, &stages[k]);
        }
        ent_i_welfare(&a, stages, o->welfare);
    }
    if (s->all_exact || close) ENT_TRY(decide_exactly(ctx, s, set, o));
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static double total(const search *s, const outcome *o)
{
    double sum = 0.0;
    for (int i = 0; i < s->m->n; i++) sum += o->welfare[i];
    return sum;
}

/* Which sets are strictly contained in an equilibrium: by one more player at a time, from the
 * largest sets down. */
static void find_covered(search *s, int64_t sets)
{
    for (int64_t set = sets - 1; set >= 0; set--) {
        s->covered[set] = false;
        for (int i = 0; i < s->m->n && !s->covered[set]; i++) {
            const int64_t more = set | ((int64_t)1 << i);
            s->covered[set] = more != set && (s->found[more].is_equilibrium || s->covered[more]);
        }
    }
}

static void write_set(ent_writer *w, const search *s, ent_coal set)
{
    const outcome *o = &s->found[set];
    const ent_information *m = s->m;
    ent_rat sum = ENT_RAT_ZERO;
    ent_write_object(w, NULL, true);
    ent_i_write_names(w, "truthful", m, set);
    ent_write_object(w, "welfare", true);
    for (int i = 0; i < m->n; i++) {
        ent_write_number(w, m->player[i], o->welfare[i], o->exact ? &o->exact[i] : NULL);
        if (o->exact) ent_rat_add(&sum, &sum, &o->exact[i]);
    }
    ent_write_end(w);
    ent_write_number(w, "total", total(s, o), o->exact ? &sum : NULL);
    ent_write_bool(w, "maximal", !s->covered[set]);
    ent_write_end(w);
    ent_rat_release(&sum);
}

enum { BY_TOTAL = -2, BY_LEAST = -1 }; /* criteria; or a player */

/* An equilibrium's value by a criterion, exactly when its welfare is known exactly. */
static void value_of(const search *s, const outcome *o, int criterion, ent_rat *out)
{
    ent_rat term = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int i = 0; i < s->m->n; i++) {
        if (criterion >= 0 && i != criterion) continue;
        if (o->exact) ent_rat_set(&term, &o->exact[i]);
        else ent_rat_set_double(&term, o->welfare[i]);
        if (criterion == BY_LEAST ? i == 0 || ent_rat_cmp(&term, out) < 0 : criterion >= 0)
            ent_rat_set(out, &term);
        if (criterion == BY_TOTAL) ent_rat_add(out, out, &term);
    }
    ent_rat_release(&term);
}

/* Welfare in doubles that differs by less, relatively, is a tie. */
static const double tie = 1e-12;

/* The first equilibrium of the list that is best by a criterion. */
static ent_coal best_by(const search *s, int64_t sets, int criterion)
{
    ent_coal best = 0;
    bool any = false;
    ent_rat value = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    for (int64_t set = 0; set < sets; set++) {
        const outcome *o = &s->found[set];
        if (!o->is_equilibrium) continue;
        value_of(s, o, criterion, &value);
        const double now = ent_rat_double(&value), before = ent_rat_double(&most);
        const bool exact = o->exact && s->found[best].exact;
        if (any && (exact ? ent_rat_cmp(&value, &most) <= 0 : !(now > before + tie * fabs(before))))
            continue;
        ent_rat_swap(&value, &most);
        best = (ent_coal)set;
        any = true;
    }
    ent_rat_release(&value);
    ent_rat_release(&most);
    return best;
}

static void write_best(ent_writer *w, const search *s, int64_t sets)
{
    ent_write_object(w, "best", false);
    ent_i_write_names(w, "total", s->m, best_by(s, sets, BY_TOTAL));
    ent_i_write_names(w, "least", s->m, best_by(s, sets, BY_LEAST));
    ent_write_object(w, "players", false);
    for (int i = 0; i < s->m->n; i++)
        ent_i_write_names(w, s->m->player[i], s->m, best_by(s, sets, i));
    ent_write_end(w);
    ent_write_end(w);
}

ent_status ent_i_partial_solve(ent_ctx *ctx, const void *model, const void *settings,
                               ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_information *m = model;
    search s = {.m = m, .set = settings};
    int64_t sets = 0;
    if (m->n > s.set->sets_players)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "partial looks at 2^n sets and takes at most %d players (setting sets_players), found %d",
            (int)s.set->sets_players, m->n);
    sets = (int64_t)1 << m->n;
    s.all_exact = sets <= s.set->exact_sets;
    ENT_ALLOC(ctx, s.found, sets);
    for (int64_t k = 0; k < sets; k++) ENT_SCRATCH(ctx, s.found[k].welfare, m->n);
    ENT_TRY(ent_i_parallel(ctx, ent_i_threads(s.set->threads), sets, decide, &s, "sets"));
    ENT_SCRATCH(ctx, s.covered, sets);
    find_covered(&s, sets);
    ent_write_int(out->solution, "sets", sets);
    ent_write_array(out->solution, "equilibria", false);
    for (int64_t k = 0; k < sets; k++)
        if (s.found[k].is_equilibrium) write_set(out->solution, &s, (ent_coal)k);
    ent_write_end(out->solution);
    write_best(out->solution, &s, sets);
    ent_write_real(out->certificate, "scale", 1.0);
done:
    for (int64_t k = 0; s.found && k < sets; k++) ent_rats_free(s.found[k].exact, (size_t)m->n);
    ent_free(s.found);
    ent_scratch_reset(ctx, mark);
    return st;
}
