/* The checker of `simulate`: what the plays are compared with is recomputed exactly; the rest must
 * fit together. */
#include "verify/information_i.h"

#include <float.h>
#include <math.h>

/* A mean of many plays this many standard errors from its expectation is no chance: 1 in 5 * 10^8
 * for a normal one. */
static const double far_off = 6.0;
/* From so many plays on, means are near enough to normal. */
enum { MANY_PLAYS = 10000 };
/* z is a ratio of doubles that were written in full. A difference this small may be rounding of the
 * plays' losses, and then z may be 0. */
static const double ratio_rounding = 1e-9, negligible = 1e-12;

typedef struct replay {
    ent_ivdoc *v;
    double largest;
} replay;

static double number(ent_ivdoc *v, const ent_json *object, const char *key)
{
    ent_rat x = ENT_RAT_ZERO;
    const double out =
        ent_ledger_read(&v->claims, ent_ledger_member(&v->claims, object, key), &x, NULL)
            ? ent_rat_double(&x)
            : (double)NAN;
    ent_rat_release(&x);
    return out;
}

static void check_mean(replay *r, const ent_json *node, const ent_rat *truth)
{
    static const char *const known[] = {"mean", "standard_error", "claimed", "z", NULL};
    ent_ledger *c = &r->v->claims;
    if (!ent_ledger_kind(c, node, ENT_JSON_OBJECT)) return;
    ent_ledger_only(c, node, known);
    ent_ledger_equal(c, ent_ledger_member(c, node, "claimed"), truth);
    const double mean = number(r->v, node, "mean"), error = number(r->v, node, "standard_error"),
                 z = number(r->v, node, "z");
    const double claimed = number(r->v, node, "claimed"), off = mean - claimed,
                 size = fmax(fabs(mean), fabs(claimed));
    const bool nothing = fabs(off) <= negligible * fmax(1.0, size) && z == 0.0;
    if (mean == 0.0 && error != 0.0)
        ent_ledger_refuse(c, node, "a mean that is exactly 0 is one of zeros, without error");
    if (error == 0.0 && z != 0.0)
        ent_ledger_refuse(c, node, "without error there is nothing to divide by, and z is 0");
    if (!(error >= 0.0)) ent_ledger_refuse(c, node, "wanted a standard error >= 0");
    if (!nothing)
        ent_ledger_residual(c, node, fabs(z * error - off),
                            ratio_rounding * fabs(off) + DBL_EPSILON * size);
    if (r->v->plays >= MANY_PLAYS && !(fabs(z) <= far_off))
        ent_ledger_refuse(c, node, "%g standard errors from its expectation", z);
    r->largest = fmax(r->largest, fabs(z));
}

static void check_player(replay *r, const ent_json *node, const ent_ivstage *stages, int i)
{
    static const char *const all[] = {"welfare", "gain_0", "gain_1", NULL}, *const one[] = {
                                                                                "welfare", NULL};
    ent_ivdoc *v = r->v;
    const bool tells = ent_coal_has(v->m->truthful, i);
    ent_rat truth = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    ent_ledger_only(&v->claims, node, tells ? all : one);
    ent_iv_welfare(&v->game, stages, i, &truth);
    check_mean(r, ent_ledger_member(&v->claims, node, "welfare"), &truth);
    for (int signal = 0; tells && signal < 2; signal++) {
        ent_iv_gain(&v->game, stages, i, signal, &truth, &size);
        check_mean(r, ent_ledger_member(&v->claims, node, all[1 + signal]), &truth);
    }
    ent_rat_release(&truth);
    ent_rat_release(&size);
}

ent_status ent_iv_simulate(ent_ivdoc *v)
{
    static const char *const known[] = {"plays", "truthful", "players", "largest_z", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    ent_ivstage *stages = NULL;
    replay r = {.v = v};
    const ent_json *players = ent_ledger_member(c, v->solution, "players");
    ENT_TRY(ent_iv_stages_new(&v->game, v->m->truthful, &stages));
    ent_ledger_begin(c, 1.0);
    ent_ledger_only(c, v->solution, known);
    ent_ledger_int(c, ent_ledger_member(c, v->solution, "plays"), v->plays);
    ent_iv_check_names(v, ent_ledger_member(c, v->solution, "truthful"), v->m->truthful);
    ent_iv_only_players(v, players, ent_coal_all(v->n));
    for (int i = 0; i < v->n; i++)
        check_player(&r, ent_ledger_member(c, players, v->m->player[i]), stages, i);
    const double largest = number(v, v->solution, "largest_z");
    ent_ledger_residual(c, ent_json_get(v->solution, "largest_z"), fabs(largest - r.largest),
                        ratio_rounding * fmax(1.0, r.largest));
    ent_ledger_end(c, "/solution/players",
                   "expectations recomputed exactly; means, standard errors and z fit together");
done:
    ent_iv_stages_free(stages, ent_coal_size(v->m->truthful) + 1);
    return st;
}
