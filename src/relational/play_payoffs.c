#include "relational/automaton.h"

#include <math.h>

static void finite(const ent_relational *m, const int *play, double *payoff, double *reply)
{
    const int64_t here = ent_relational_profile_index(m, play);
    int64_t stride = m->profiles;
    for (int i = 0; i < m->n; i++) {
        const double *u = m->payoff.value + (size_t)i * (size_t)m->profiles;
        stride /= m->actions[i];
        payoff[i] = reply[i] = u[here];
        for (int a = 0; a < m->actions[i]; a++)
            reply[i] = fmax(reply[i], u[here + (a - play[i]) * stride]);
    }
}

static void separable(const ent_relational *m, const int *play, double *payoff, double *reply)
{
    for (int i = 0; i < m->n; i++) {
        double others = 0.0;
        for (int j = 0; j < m->n; j++)
            if (j != i) others += m->part[i][j].value[play[j]];
        const double *own = m->part[i][i].value;
        double best = own[0];
        for (int a = 1; a < m->actions[i]; a++) best = fmax(best, own[a]);
        payoff[i] = others + own[play[i]];
        reply[i] = others + best;
    }
}

/* [MW25] eq. (13): an own effort of size / (2 cost) is best, whatever the others do. */
static void public_good(const ent_relational *m, const double *effort, double *payoff,
                        double *reply)
{
    double sum = 0.0;
    for (int j = 0; j < m->n; j++) sum += m->size.value[j] * effort[j];
    for (int i = 0; i < m->n; i++) {
        const double theta = m->size.value[i], psi = m->cost.value[i];
        payoff[i] = theta * sum - psi * theta * effort[i] * effort[i];
        reply[i] = theta * (sum - theta * effort[i]) + theta * theta * theta / (4.0 * psi);
    }
}

void ent_i_play_payoffs(const ent_relational *m, const int *play, const double *effort,
                        double *payoff, double *reply)
{
    switch (m->stage) {
    case ENT_STAGE_FINITE: finite(m, play, payoff, reply); break;
    case ENT_STAGE_SEPARABLE: separable(m, play, payoff, reply); break;
    case ENT_STAGE_PUBLIC_GOOD: public_good(m, effort, payoff, reply); break;
    }
}
