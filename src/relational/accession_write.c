/* An accession as a document: the steps, where they end, and the table of coalitions. */
#include "relational/accession.h"

#include <math.h>

static void write_names(ent_writer *w, const char *key, const ent_relational *m, ent_coal s)
{
    ent_write_array(w, key, true);
    for (int i = 0; i < m->n; i++)
        if (ent_coal_has(s, i)) ent_write_string(w, NULL, m->player[i]);
    ent_write_end(w);
}

static const ent_rat *known(const ent_i_line *line, int k)
{
    return line->exact ? ent_lift_known(&line->exact[k]) : NULL;
}

static void write_levels(ent_writer *w, const ent_relational *m, const ent_i_line *line,
                         const char *level, const char *span)
{
    ent_write_number(w, level, line->is.level, known(line, m->n + 1));
    ent_write_number(w, span, line->is.span, known(line, m->n));
}

/* The gain of a step, exactly when the levels and the payoff outside are known exactly. */
static void write_gain(ent_writer *w, const ent_relational *m, const ent_i_step *step,
                       const ent_i_line *before, const ent_i_line *after)
{
    const ent_rat *low = known(before, m->n + 1), *high = known(after, m->n + 1),
                  *outside = known(before, step->joiner);
    ent_rat gain = ENT_RAT_UNKNOWN;
    if (low && high && outside) {
        ent_rat_init(&gain);
        ent_rat_sub(&gain, high, low);
        ent_rat_sub(&gain, &gain, outside);
    }
    ent_write_number(w, "fee", before->payoff[step->joiner], outside);
    ent_write_number(w, "gain", step->gain, ent_lift_known(&gain));
    if (ent_lift_known(&gain)) ent_rat_release(&gain);
}

static ent_status write_step(ent_ctx *ctx, ent_i_accession *a, const ent_i_step *step,
                             ent_writer *w)
{
    ent_status st = ENT_OK;
    const ent_i_line *line = NULL;
    const ent_coal joined = step->coalition | ent_coal_single(step->joiner);
    ENT_TRY(ent_i_accession_refine(ctx, a, step->coalition));
    ENT_TRY(ent_i_accession_refine(ctx, a, joined));
    /* Both lines exist by now, so that fetching one does not move the other. */
    ENT_TRY(ent_i_accession_line(ctx, a, joined, &line));
    const ent_i_line *const after = line;
    ENT_TRY(ent_i_accession_line(ctx, a, step->coalition, &line));
    ent_write_object(w, NULL, false);
    write_names(w, "coalition", a->model, step->coalition);
    ent_write_string(w, "joins", a->model->player[step->joiner]);
    write_gain(w, a->model, step, line, after);
    write_levels(w, a->model, line, "level", "span");
    ent_write_end(w);
done:
    return st;
}

static void write_answer(ent_writer *w, const char *key, int answer)
{
    if (answer < 0) ent_write_null(w, key);
    else ent_write_bool(w, key, answer == 1);
}

static ent_status write_line(ent_ctx *ctx, ent_i_accession *a, ent_coal s, ent_writer *w)
{
    ent_status st = ENT_OK;
    const ent_i_line *line = NULL;
    const ent_relational *m = a->model;
    int inside = 0, outside = 0;
    ent_text name;
    ent_text_init(ctx, &name);
    ENT_TRY(ent_i_accession_line(ctx, a, s, &line));
    if (line->is.outcome == ENT_SOLVED) {
        ENT_TRY(ent_i_internally_stable(ctx, a, s, &inside));
        ENT_TRY(ent_i_externally_stable(ctx, a, s, &outside));
        ENT_TRY(ent_i_accession_line(ctx, a, s, &line)); /* the questions may have moved it */
    }
    ent_relational_coal_name(&name, m, s);
    ENT_TRY(name.status);
    ent_write_object(w, name.data, true);
    ent_write_string(w, "outcome", ent_outcome_word(line->is.outcome));
    if (line->is.outcome == ENT_SOLVED) {
        write_levels(w, m, line, "level", "span");
        ent_write_object(w, "outsiders", true);
        for (int i = 0; i < m->n; i++)
            if (!ent_coal_has(s, i))
                ent_write_number(w, m->player[i], line->payoff[i], known(line, i));
        ent_write_end(w);
        write_answer(w, "internally_stable", inside);
        write_answer(w, "externally_stable", outside);
    }
    ent_write_end(w);
done:
    ent_text_release(&name);
    return st;
}

static ent_status write_table(ent_ctx *ctx, ent_i_accession *a, const ent_i_step *step, int steps,
                              ent_coal final, ent_writer *w)
{
    ent_status st = ENT_OK;
    ent_write_object(w, "coalitions", false);
    for (ent_coal s = 1; a->whole && s <= ent_coal_all(a->model->n); s++)
        ENT_TRY(write_line(ctx, a, s, w));
    for (int k = 0; !a->whole && k < steps; k++) ENT_TRY(write_line(ctx, a, step[k].coalition, w));
    if (!a->whole) ENT_TRY(write_line(ctx, a, final, w));
    ent_write_end(w);
done:
    return st;
}

ent_status ent_i_accession_write(ent_ctx *ctx, ent_i_accession *a, ent_writer *w)
{
    ent_status st = ENT_OK;
    ent_i_step step[ENT_PLAYERS_MAX];
    const ent_i_line *line = NULL;
    ent_coal final = 0;
    int steps = 0;
    ENT_TRY(ent_i_accession_path(ctx, a, step, &steps, &final));
    ent_write_array(w, "steps", false);
    for (int k = 0; k < steps; k++) ENT_TRY(write_step(ctx, a, &step[k], w));
    ent_write_end(w);
    write_names(w, "final", a->model, final);
    ENT_TRY(ent_i_accession_refine(ctx, a, final));
    ENT_TRY(ent_i_accession_line(ctx, a, final, &line));
    write_levels(w, a->model, line, "final_level", "final_span");
    ENT_TRY(write_table(ctx, a, step, steps, final, w));
done:
    return st;
}
