/* `simulate`: the claimed means solved again, the statistics consistent with each other, no
 * deviation that pays. */
#include "verify/outside_check.h"

#include <math.h>

/* Rounding of the statistics, which are written to the last bit. */
static const double rounding = 1e-9;
/* The accuracy at which an integral over an unbounded density still says something. */
static const double approximate = 1e-5;
/* A mean further from its expectation than this many standard errors happens once in 10^7 runs. */
static const double far = 5.5;

static double number(ent_ocheck *c, const ent_json *object, const char *key)
{
    ent_rat value = ENT_RAT_ZERO;
    double out = NAN;
    if (ent_ledger_read(&c->claims, ent_ledger_member(&c->claims, object, key), &value, NULL))
        out = ent_rat_double(&value);
    ent_rat_release(&value);
    return out;
}

/* One statistic, which one play moves by at most span / plays: a smaller standard error only says
 * that something rare has not happened.
 * Returned: |z|. */
static double judge_mean(ent_ocheck *c, const ent_json *means, const char *key, double truth,
                         double span)
{
    ent_ledger *l = &c->claims;
    static const char *const known[] = {"mean", "standard_error", "claimed", "z", NULL};
    const ent_json *node = ent_ledger_member(l, means, key);
    if (!ent_ledger_kind(l, node, ENT_JSON_OBJECT)) return 0.0;
    ent_ledger_only(l, node, known);
    ent_i_outside_member_near(c, node, "claimed", truth);
    const double mean = number(c, node, "mean"), error = number(c, node, "standard_error"),
                 claimed = number(c, node, "claimed"), z = number(c, node, "z");
    if (!(error >= 0.0)) ent_ledger_refuse(l, node, "wanted a standard error of at least 0");
    /* Relative to the size of z: mean and claim are near each other, and their difference has lost
     * digits. */
    const double step = fmax(error, span / (double)c->plays);
    ent_ledger_residual(l, ent_json_get(node, "z"), fabs(z - (mean - claimed) / step),
                        rounding * (1.0 + 1e-3 / step));
    if (!(fabs(z) <= far))
        ent_ledger_refuse(l, node, "%.3g standard errors from its expectation", z);
    return fabs(z);
}

static void judge_deviations(ent_ocheck *c, const ent_json *node)
{
    ent_ledger *l = &c->claims;
    static const char *const known[] = {"tried", "largest_gain", "period", "standing",
                                        "offer", "partner_slip", NULL};
    ent_ledger_begin(l, 1.0);
    if (!ent_ledger_kind(l, node, ENT_JSON_OBJECT)) return;
    ent_ledger_only(l, node, known);
    const double tried = number(c, node, "tried"), gain = number(c, node, "largest_gain"),
                 slip = number(c, node, "partner_slip");
    const double period = number(c, node, "period"), standing = number(c, node, "standing"),
                 offer = number(c, node, "offer");
    if (!(tried >= 0.0 && tried <= 1000.0 * (double)(c->states + 1)))
        ent_ledger_refuse(l, node, "wanted some deviations in each of %lld states",
                          (long long)c->states);
    ent_ledger_residual(l, ent_json_get(node, "largest_gain"), fmax(0.0, gain),
                        ENT_OUTSIDE_TOLERANCE);
    /* His best response was integrated state by state against densities that may be unbounded:
     * approximate, then. */
    l->lenient = fabs(slip) <= approximate;
    if (fabs(slip) <= ENT_OUTSIDE_TOLERANCE)
        ent_ledger_residual(l, ent_json_get(node, "partner_slip"), fabs(slip),
                            ENT_OUTSIDE_TOLERANCE);
    else
        ent_ledger_doubt(l, ent_json_get(node, "partner_slip"), fabs(slip),
                         "he could do better by %.3g", fabs(slip));
    l->lenient = false;
    if (!(period >= 0.0 && period <= c->model->periods && standing >= 0.0 && standing <= 1.0 &&
          offer >= 0.0 && offer <= 1.0))
        ent_ledger_refuse(l, node, "wanted a period of the game, and offers from 0 to 1");
    ent_ledger_end(l, "/solution/deviations", "no gain above %g", ENT_OUTSIDE_TOLERANCE);
}

static void judge(ent_ocheck *c, const ent_back *b)
{
    static const char *const known[] = {"plays", "means", "largest_z", "deviations", NULL};
    ent_ledger *l = &c->claims;
    enum { DURATION = 6 };
    const struct {
        const char *key;
        double truth;
    } rows[] = {{"proposer", b->value[ENT_LINE_PROPOSER]},
                {"partner", b->value[ENT_LINE_PARTNER]},
                {"ally", b->value[ENT_LINE_ALLY]},
                {"second_period", b->periods > 1 ? b->reach[1] : 0.0},
                {"ally_contribution", b->value[ENT_LINE_ALLY_GIVES]},
                {"new_contribution", b->value[ENT_LINE_NEW_GIVES]},
                {"duration_periods", b->value[ENT_LINE_PERIODS]}};
    double most = 0.0;
    ent_ledger_begin(l, 1.0);
    ent_ledger_only(l, c->solution, known);
    ent_ledger_int(l, ent_ledger_member(l, c->solution, "plays"), c->plays);
    const ent_json *means = ent_ledger_member(l, c->solution, "means");
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        most = fmax(most, judge_mean(c, means, rows[k].key, rows[k].truth,
                                     k == DURATION ? c->model->periods : 1.0));
    ent_i_outside_near(c, ent_ledger_member(l, c->solution, "largest_z"), most, rounding, NULL);
    ent_ledger_end(l, "/solution/means", "expectations solved again, within %.2g standard errors",
                   far);
    const ent_json *deviations = ent_json_get(c->solution, "deviations");
    if (deviations) judge_deviations(c, deviations);
    else if (!b->is_floor && c->states > 0)
        ent_ledger_refuse(l, c->solution, "the member \"deviations\" is missing");
}

ent_status ent_i_check_outside_simulate(ent_ocheck *c)
{
    ent_status st = ENT_OK;
    ent_back b = {0};
    ENT_TRY(ent_i_back_solve(c->ctx, c->model, c->model->search_cost, &c->rules, &b));
    judge(c, &b);
done:
    ent_i_back_release(&b);
    return st;
}
