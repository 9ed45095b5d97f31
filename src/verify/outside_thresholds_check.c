/* The marks of the two-period game with uniform offers, from their definitions: [FR] eqs. (2), (5);
 * [FR] Section 3.2.1; docs/outside.md 2. */
#include "verify/outside_check.h"

#include <math.h>

typedef struct marks {
    double r_tilde, r1_star, x_hat, top, delta_under;
} marks;

/* What he has, plus k, when he goes on with s in hand to one last search. */
static double follow(const ent_back *b, double s)
{
    return b->k + b->discount * (0.5 - b->k - b->cost + 0.5 * s * s);
}

static marks find_marks(const ent_back *b)
{
    marks m = {NAN, NAN, NAN, NAN, NAN};
    const double rest = 1.0 - b->r_star, m0 = fmax(0.5, b->k);
    m.r1_star = b->k + b->discount * (b->r_star - b->k);
    if (rest > 0.25) return m;
    m.r_tilde = 0.5 * (1.0 + sqrt(1.0 - 4.0 * rest));
    /* theta(s) = s + (1-s)^2/2 - c - k; where (s - k) / theta(s) is largest below r~. */
    const double gap = 1.0 - m.r_tilde, theta = m.r_tilde + 0.5 * gap * gap - b->cost - b->k;
    m.delta_under = (m.r_tilde - b->k) / theta;
    /* the rest is about the play after his first search */
    if (b->first.kind != ENT_LINE_HOLD) return m;
    const double start = follow(b, 0.0), inside = 1.0 - 2.0 * b->discount * start;
    m.x_hat = inside >= 0.0 ? 2.0 * start / (1.0 + sqrt(inside)) : (double)NAN;
    m.top = follow(b, m0) <= m0 ? m0 : isnan(m.x_hat) ? m.r_tilde : fmin(m.x_hat, m.r_tilde);
    return m;
}

void ent_i_check_outside_thresholds(ent_ocheck *c, const ent_back *b)
{
    const ent_offers *o = &c->model->offers;
    ent_ledger *l = &c->claims;
    static const char *const known[] = {"r_tilde", "r1_star", "x_hat", "top", "delta_under", NULL};
    const ent_json *node = ent_json_get(c->solution, "thresholds");
    const bool wanted = o->parts == 1 && o->atoms == 0 && o->part[0].is_unit_uniform &&
                        b->periods == 2 && !b->is_floor;
    ent_ledger_begin(l, 1.0);
    if (node && !wanted)
        ent_ledger_refuse(l, node, "marks of the two-period game with uniform offers alone");
    if (!wanted) return;
    if (!node && b->first.kind == ENT_LINE_HOLD && b->rules.is_taken)
        ent_ledger_refuse(l, c->solution, "the member \"thresholds\" is missing");
    if (!node) return;
    ent_ledger_only(l, node, known);
    const marks m = find_marks(b);
    ent_i_outside_near(c, ent_ledger_member(l, node, "r_tilde"), m.r_tilde, ENT_OUTSIDE_PLACE,
                       NULL);
    ent_i_outside_member_near(c, node, "r1_star", m.r1_star);
    ent_i_outside_near(c, ent_ledger_member(l, node, "x_hat"), m.x_hat, ENT_OUTSIDE_PLACE, NULL);
    ent_i_outside_near(c, ent_ledger_member(l, node, "top"), m.top, ENT_OUTSIDE_PLACE, NULL);
    ent_i_outside_near(c, ent_ledger_member(l, node, "delta_under"), m.delta_under,
                       ENT_OUTSIDE_PLACE, NULL);
    ent_ledger_end(l, "/solution/thresholds", "from their defining equations");
}
