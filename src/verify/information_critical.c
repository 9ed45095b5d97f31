/* Where along a parameter does everybody tell the truth? The ends were found in doubles, so they
 * are looked at from both sides: just inside the truth must be an equilibrium, just outside it must
 * not, exactly; and so at points in the middle of every interval and gap. */
#include "verify/information_i.h"

#include <string.h>

/* Just inside and outside an end: this part of the model's range. Bisection in doubles ends far
 * nearer. */
static const double nearby = 1e-9;
enum { INSIDE = 4 }; /* each interval is looked at in so many places */

typedef struct probe {
    ent_ivdoc *v;
    ent_rat *bias; /* [n] a copy */
    const ent_json *node;
} probe;

/* Decided exactly; `most` is the largest gain relative to its size. */
static ent_status truthful_at(probe *p, double at, bool *truthful, double *most)
{
    ent_status st = ENT_OK;
    const ent_information *m = p->v->m;
    ent_information varied = *m; /* borrows everything */
    ent_ivgame game;
    ent_ivstage *stages = NULL;
    const ent_rat zero = ENT_RAT_ZERO;
    varied.eta_exact = zero;
    for (int i = 0; i < m->n; i++) ent_rat_set(&p->bias[i], &m->bias.exact[i]);
    if (m->varied == ENT_VARY_INTERDEPENDENCE) {
        ent_rat_set_double(&varied.eta_exact, at);
    } else {
        ent_rat_set(&varied.eta_exact, &m->eta_exact);
        ent_rat_set_double(&p->bias[m->varied], at);
    }
    ent_iv_game_init(p->v->ctx, &varied, &game);
    game.bias = p->bias;
    ENT_TRY(ent_iv_stages_new(&game, ent_coal_all(m->n), &stages));
    *truthful = ent_iv_is_truthful(&game, stages, most);
done:
    ent_iv_stages_free(stages, m->n + 1);
    ent_iv_game_release(&game);
    ent_rat_release(&varied.eta_exact);
    return st;
}

/* The truth should be an equilibrium, up to gains that the setting `zero` calls none; or it should
 * not. */
static ent_status expect(probe *p, double at, bool wanted)
{
    ent_status st = ENT_OK;
    bool truthful = false;
    double most = 0.0;
    ENT_TRY(truthful_at(p, at, &truthful, &most));
    const bool good = wanted ? truthful || most <= p->v->zero : !truthful;
    ent_ledger_residual(&p->v->claims, p->node, good ? nearby : 1.0, nearby);
done:
    return st;
}

static ent_status check_interval(probe *p, double from, double to, double eps)
{
    ent_status st = ENT_OK;
    const double width = to - from;
    if (width <= 2.0 * eps) return expect(p, from + width / 2.0, true);
    ENT_TRY(expect(p, from + eps, true));
    ENT_TRY(expect(p, to - eps, true));
    for (int k = 1; k <= INSIDE; k++) ENT_TRY(expect(p, from + width * k / (INSIDE + 1), true));
done:
    return st;
}

/* A gap between intervals, or between one and an end of the range, which then belongs to it. */
static ent_status check_gap(probe *p, double from, double to, bool open_from, bool open_to,
                            double eps)
{
    ent_status st = ENT_OK;
    if (to - from <= 2.0 * eps) return ENT_OK;
    ENT_TRY(expect(p, open_from ? from + eps : from, false));
    ENT_TRY(expect(p, open_to ? to - eps : to, false));
    ENT_TRY(expect(p, from + (to - from) / 2.0, false));
done:
    return st;
}

static ent_status check_intervals(probe *p, const ent_json *list)
{
    static const char *const known[] = {"from", "to", NULL};
    ent_status st = ENT_OK;
    const ent_information *m = p->v->m;
    ent_ledger *c = &p->v->claims;
    const double eps = nearby * (m->to - m->from);
    double last = m->from;
    for (const ent_json *at = list->first; at; at = at->next) {
        double from = 0.0, to = 0.0;
        ent_ledger_only(c, at, known);
        const ent_json *lo = ent_ledger_member(c, at, "from"), *hi = ent_ledger_member(c, at, "to");
        if (!ent_ledger_kind(c, lo, ENT_JSON_NUMBER) || !ent_ledger_kind(c, hi, ENT_JSON_NUMBER))
            return ENT_OK;
        ENT_TRY(ent_json_real(p->v->ctx, c->doc, lo, &from));
        ENT_TRY(ent_json_real(p->v->ctx, c->doc, hi, &to));
        if (!(last <= from && from <= to && to <= m->to)) {
            ent_ledger_refuse(c, at, "intervals increase, within the model's range");
            return ENT_OK;
        }
        p->node = lo;
        ENT_TRY(check_gap(p, last, from, at != list->first, true, eps));
        p->node = hi;
        ENT_TRY(check_interval(p, from, to, eps));
        last = to;
    }
    p->node = list;
    ENT_TRY(check_gap(p, last, m->to, list->first != NULL, false, eps));
done:
    return st;
}

ent_status ent_iv_critical(ent_ivdoc *v)
{
    static const char *const known[] = {"parameter", "intervals", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    const ent_json *critical = ent_json_get(v->solution, "critical");
    probe p = {.v = v};
    if (v->m->varied == ENT_VARY_NOTHING) {
        if (critical) ent_ledger_refuse(c, critical, "the model does not ask for it");
        return ENT_OK;
    }
    critical = ent_ledger_member(c, v->solution, "critical");
    const ent_json *list = ent_ledger_member(c, critical, "intervals");
    if (!ent_ledger_kind(c, list, ENT_JSON_ARRAY)) return ENT_OK;
    p.bias = ent_rats_new(v->ctx, (size_t)v->n, &st);
    if (!p.bias) goto done;
    ent_ledger_begin(c, 1.0);
    ent_ledger_only(c, critical, known);
    ent_ledger_text(c, ent_ledger_member(c, critical, "parameter"),
                    v->m->varied == ENT_VARY_INTERDEPENDENCE ? "interdependence"
                                                             : v->m->player[v->m->varied]);
    ENT_TRY(check_intervals(&p, list));
    ent_ledger_end(
        c, "/solution/critical",
        "just inside every end all tell the truth, just outside (1e-9 of the range) they do not: decided exactly");
done:
    ent_rats_free(p.bias, (size_t)v->n);
    return st;
}
