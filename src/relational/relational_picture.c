/* The pictures of relational documents: how span and level grow with patience where the document
 * lists the whole path, else who does how much; and the path of an accession. */
#include "relational/solve.h"

#include "report/cells.h"

static double member(const ent_json *object, const char *key)
{
    return ent_number_value(ent_json_get(object, key));
}

/* "critical": each entry holds from its discount factor to the next one's; the last one up to 1. */
static ent_status draw_path(ent_ctx *ctx, const ent_json *list, const char *total, ent_plot *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const size_t n = list->count;
    double *x = NULL, *span = NULL, *level = NULL;
    size_t k = 0;
    ENT_SCRATCH(ctx, x, n + 1);
    ENT_SCRATCH(ctx, span, n + 1);
    ENT_SCRATCH(ctx, level, n + 1);
    for (const ent_json *step = list->first; step; step = step->next, k++) {
        x[k] = member(step, "discount");
        span[k] = member(step, "span");
        level[k] = member(step, total);
    }
    x[n] = 1.0;
    span[n] = span[n - 1];
    level[n] = level[n - 1];
    ent_plot_x(out, "discount factor", false);
    ent_plot_y(out, "payoff per period", false);
    ent_plot_steps(out, total, (int)n + 1, x, level);
    ent_plot_steps(out, "span", (int)n + 1, x, span);
    st = out->status;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

/* Efforts on the path, player by player. */
static ent_status draw_efforts(ent_ctx *ctx, const ent_json *play, ent_plot *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    double *effort = NULL;
    int n = 0;
    ENT_SCRATCH(ctx, effort, play->count);
    for (const ent_json *p = play->first; p; p = p->next) {
        effort[n++] = ent_number_value(p);
        ent_plot_tick_word(out, p->key);
    }
    ent_plot_x(out, "player", false);
    ent_plot_y(out, "effort", false);
    ent_plot_bars(out, "on the path", n, effort);
    st = out->status;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

static void title(const ent_json *result, ent_plot *out)
{
    const ent_json *name = ent_json_at(result, "/model/name");
    if (name && name->kind == ENT_JSON_STRING) ent_plot_title(out, name->text);
}

static ent_status draw_contract(ent_ctx *ctx, const ent_json *result, const char *total,
                                ent_plot *out)
{
    const ent_json *critical = ent_json_at(result, "/solution/critical"),
                   *play = ent_json_at(result, "/solution/on_path");
    title(result, out);
    if (critical && critical->kind == ENT_JSON_ARRAY && critical->count > 0)
        return draw_path(ctx, critical, total, out);
    if (play && play->kind == ENT_JSON_OBJECT && play->first &&
        play->first->kind != ENT_JSON_STRING)
        return draw_efforts(ctx, play, out);
    return ent_i_fail(ctx, ENT_E_ARG, "this result has no equilibrium to draw");
}

ent_status ent_i_contractual_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    return draw_contract(ctx, result, "level", out);
}

ent_status ent_i_subgame_perfect_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    return draw_contract(ctx, result, "joint", out);
}

/* Level and fee by the number of insiders; the words below are who joins. */
ent_status ent_i_accession_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_json *steps = ent_json_at(result, "/solution/steps");
    double *x = NULL, *level = NULL, *fee = NULL;
    int n = 0;
    if (!steps || steps->kind != ENT_JSON_ARRAY)
        ENT_FAIL(ctx, ENT_E_ARG, "this result has no accession to draw");
    ENT_SCRATCH(ctx, x, steps->count + 1);
    ENT_SCRATCH(ctx, level, steps->count + 1);
    ENT_SCRATCH(ctx, fee, steps->count + 1);
    title(result, out);
    ent_plot_tick_word(out, "at first");
    for (const ent_json *step = steps->first; step; step = step->next, n++) {
        const ent_json *joins = ent_json_get(step, "joins");
        x[n] = n + 1.0;
        level[n] = member(step, "level");
        fee[n] = member(step, "fee");
        ent_plot_tick_word(out, joins && joins->kind == ENT_JSON_STRING ? joins->text : "?");
    }
    x[n] = n + 1.0;
    level[n] = ent_number_value(ent_json_at(result, "/solution/final_level"));
    ent_plot_x(out, "who joins", false);
    ent_plot_y(out, "payoff per period", false);
    ent_layer *line = ent_plot_line(out, "", n + 1, x, level);
    if (line) line->colour = 0;
    line = ent_plot_points(out, "level of the insiders after that", n + 1, x, level);
    if (line) line->colour = 0;
    for (int k = 0; k < n; k++) x[k] += 1.0;
    ent_plot_points(out, "payoff outside that the joiner is left with", n, x, fee);
    st = out->status;
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
