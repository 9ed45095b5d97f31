/* The method `subgame-perfect`: the benchmark without renegotiation, [MW25] Thm 1, written as a
 * document. */
#include "relational/solve.h"

#include "relational/public_good_exact.h"
#include "relational/stage.h"

#include <math.h>

static void number(ent_writer *w, const char *key, double value, const ent_rat *exact)
{
    ent_write_number(w, key, value, ent_lift_known(exact));
}

/* highest_i = joint - sum of the others' lowest = lowest_i + span: the value set is {v >= lowest,
 * sum v <= joint}. */
static void write_highest(ent_writer *w, const char *key, const ent_benchmark *b,
                          const ent_benchmark_exact *e, int i)
{
    const ent_rat *low = ent_lift_known(&e->lowest[i]), *span = ent_lift_known(&e->span);
    ent_rat most = ENT_RAT_UNKNOWN;
    if (low && span) {
        ent_rat_init(&most);
        ent_rat_add(&most, low, span);
    }
    number(w, key, b->lowest[i] + b->span, &most);
    if (most.big) ent_rat_release(&most);
}

static void write_player(ent_writer *w, const ent_relational *m, const ent_benchmark *b,
                         const ent_benchmark_exact *e, int i)
{
    const size_t row = (size_t)i * (size_t)b->n;
    ent_write_object(w, m->player[i], false);
    number(w, "lowest", b->lowest[i], &e->lowest[i]);
    write_highest(w, "highest", b, e, i);
    if (b->effort)
        ent_i_write_effort(w, "punishment", m, b->punishment_effort + row,
                           e->punishment_effort + row);
    else ent_i_write_play(w, "punishment", m, b->punishment + row);
    ent_write_end(w);
}

static void write_vertices(ent_writer *w, const ent_relational *m, const ent_benchmark *b,
                           const ent_benchmark_exact *e)
{
    ent_write_object(w, "value_set", false);
    ent_write_array(w, "vertices", false);
    for (int who = 0; who < b->n; who++) {
        ent_write_object(w, NULL, true);
        for (int i = 0; i < b->n; i++) {
            if (i == who) write_highest(w, m->player[i], b, e, i);
            else number(w, m->player[i], b->lowest[i], &e->lowest[i]);
        }
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_end(w);
}

static void write_solution(ent_writer *w, const ent_relational *m, const ent_benchmark *b,
                           const ent_benchmark_exact *e)
{
    number(w, "span", b->span, &e->span);
    number(w, "joint", b->joint, &e->joint);
    number(w, "coalition_value", b->coalition_value, &e->coalition_value);
    if (b->effort) ent_i_write_effort(w, "on_path", m, b->effort, e->effort);
    else ent_i_write_play(w, "on_path", m, b->play);
    if (!b->effort && isfinite(b->margin)) number(w, "margin", b->margin, &e->margin);
    else ent_write_null(w, "margin");
    ent_write_object(w, "players", false);
    for (int i = 0; i < b->n; i++) write_player(w, m, b, e, i);
    ent_write_end(w);
    write_vertices(w, m, b, e);
    if (b->effort) return;
    ent_write_array(w, "critical", false);
    for (int k = 0; k < b->steps; k++) {
        ent_write_object(w, NULL, true);
        number(w, "discount", b->step[k].discount, &e->step_discount[k]);
        number(w, "span", b->step[k].span, &e->step_span[k]);
        number(w, "joint", b->step[k].level, &e->step_level[k]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

/* The evidence that there is none is that of everybody's contract without negotiations, whose map
 * is the same. */
static ent_status solve_none(ent_ctx *ctx, const ent_relational *m,
                             const ent_relational_settings *s, ent_solution *out)
{
    ent_relational everybody = *m;
    ent_relational_settings settings = *s;
    everybody.coalition = ent_coal_all(m->n);
    everybody.rule = ENT_WEIGHTS_EQUAL;
    everybody.renegotiation = 0.0;
    everybody.renegotiation_exact = ENT_RAT_ZERO;
    settings.literal_ties = false;
    return ent_i_contractual_solve(ctx, &everybody, &settings, out);
}

ent_status ent_i_subgame_perfect_solve(ent_ctx *ctx, const void *model, const void *settings,
                                       ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_relational *m = model;
    const ent_relational_settings *s = settings;
    const ent_contract_settings typed = ent_i_contract_settings(s);
    ent_stage *stage = NULL;
    ent_benchmark benchmark = {0};
    ent_benchmark_exact *exact = NULL;
    const ent_terms terms = {.coalition = m->coalition, .discount = m->discount};
    ENT_TRY(ent_i_stage_of_model(ctx, m, (int)typed.threads, &stage));
    ENT_TRY(ent_subgame_perfect(ctx, stage, &terms, &typed, &benchmark));
    ENT_TRY(ent_i_benchmark_lift_new(ctx, &benchmark, &exact));
    ENT_TRY(ent_i_lift_benchmark(ctx, m, s->exact_payoffs, &typed, &benchmark, exact));
    if (benchmark.outcome != ENT_SOLVED) {
        ENT_TRY(solve_none(ctx, m, s, out));
        goto done;
    }
    ent_write_real(out->certificate, "scale", ent_i_scale(m));
    out->outcome = ENT_SOLVED;
    write_solution(out->solution, m, &benchmark, exact);
    if (m->stage == ENT_STAGE_PUBLIC_GOOD)
        ENT_TRY(ent_i_enclosure_write(ctx, m, true, benchmark.span, ent_lift_known(&exact->span),
                                      out->certificate));
done:
    ent_i_benchmark_lift_free(exact);
    ent_benchmark_release(&benchmark);
    ent_stage_free(stage);
    return st;
}
