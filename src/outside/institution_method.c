/* The method `institution`, written as a document. */
#include "outside/institution.h"

#include "outside/outside_methods.h"
#include "report/cells.h"

#include <math.h>
#include <string.h>

static void write_point(ent_writer *w, const char *key, const ent_institution_point *p)
{
    ent_write_object(w, key, true);
    ent_write_real(w, "cost", p->cost);
    ent_write_real(w, "proposer", p->proposer);
    ent_write_real(w, "partner", p->partner);
    ent_write_real(w, "ally", p->ally);
    ent_write_string(w, "regime", ent_regime_word(p->regime));
    ent_write_end(w);
}

static void write_institution(ent_writer *w, const ent_institution *i, double threshold)
{
    write_point(w, "best_for_partner", &i->best_partner);
    write_point(w, "best_for_proposer", &i->best_proposer);
    write_point(w, "free", &i->free);
    ent_write_real(w, "deter_cost", i->deter_cost);
    ent_write_real(w, "floor_cost", i->floor_cost);
    ent_write_array(w, "jumps", false);
    for (int k = 0; k < i->jumps; k++) {
        ent_write_object(w, NULL, true);
        ent_write_real(w, "cost", i->jump[k].at.cost);
        write_point(w, "left", &i->jump[k].left);
        write_point(w, "at", &i->jump[k].at);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_real(w, "fee_threshold", threshold);
    ent_write_array(w, "curve", false);
    for (int k = 0; k < i->points; k++) write_point(w, NULL, &i->curve[k]);
    ent_write_end(w);
}

ent_status ent_i_outside_institution(ent_ctx *ctx, const void *model, const void *settings,
                                     ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_outside_settings *set = settings;
    const ent_outside_choice choice = ent_i_outside_choice(set);
    ent_institution i = {0};
    double threshold = (double)NAN;
    ENT_TRY(ent_i_institution(ctx, model, &choice, (int)set->curve_points, &i));
    if (set->fee_threshold) ENT_TRY(ent_i_fee_threshold(ctx, model, &choice, &threshold));
    write_institution(out->solution, &i, threshold);
    ent_write_real(out->certificate, "scale", 1.0);
done:
    ent_free(i.curve);
    return st;
}

/* The points of the curve with both sides of every jump, so that a jump is drawn upright. */
static int curve_column(const ent_json *curve, const ent_json *jumps, const char *key, double *out)
{
    int n = 0;
    const ent_json *jump = jumps ? jumps->first : NULL;
    for (const ent_json *p = curve->first; p; p = p->next) {
        const double cost = ent_number_value(ent_json_get(p, "cost"));
        for (; jump && ent_number_value(ent_json_get(jump, "cost")) <= cost; jump = jump->next) {
            const bool is_cost = strcmp(key, "cost") == 0;
            out[n++] = ent_number_value(is_cost ? ent_json_get(jump, key)
                                                : ent_json_get(ent_json_get(jump, "left"), key));
            out[n++] = ent_number_value(is_cost ? ent_json_get(jump, key)
                                                : ent_json_get(ent_json_get(jump, "at"), key));
        }
        out[n++] = ent_number_value(ent_json_get(p, key));
    }
    return n;
}

/* [FR] Figures 3 and 4. */
ent_status ent_i_outside_institution_picture(ent_ctx *ctx, const ent_json *result, ent_plot *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_json *curve = ent_json_at(result, "/solution/curve"),
                   *jumps = ent_json_at(result, "/solution/jumps");
    double *cost = NULL, *value = NULL;
    if (!curve) ENT_FAIL(ctx, ENT_E_MODEL, "the result has no curve to draw");
    const size_t room = (size_t)curve->count + 2 * (size_t)(jumps ? jumps->count : 0);
    ENT_SCRATCH(ctx, cost, room);
    ENT_SCRATCH(ctx, value, room);
    const int n = curve_column(curve, jumps, "cost", cost);
    ent_plot_title(out, "What an alliance institution is worth");
    ent_plot_x(out, "search cost (share of the good's worth)", false);
    ent_plot_y(out, "payoff, probability", false);
    curve_column(curve, jumps, "partner", value);
    ent_plot_line(out, "partner's payoff", n, cost, value);
    curve_column(curve, jumps, "proposer", value);
    ent_plot_line(out, "proposer's payoff", n, cost, value);
    curve_column(curve, jumps, "ally", value);
    ent_plot_line(out, "probability that the ally acts", n, cost, value);
    const double x = ent_number_value(ent_json_at(result, "/solution/best_for_partner/cost"));
    const double y = ent_number_value(ent_json_at(result, "/solution/best_for_partner/partner"));
    ent_plot_points(out, "best for the partner", 1, &x, &y);
    ENT_TRY(out->status);
done:
    ent_scratch_reset(ctx, mark);
    return st;
}
