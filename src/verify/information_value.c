/* What players lose, and gain by lies, from the definition: loss = E (phi_i - theta - b_i)^2 given
 * what i knows. */
#include "verify/information_i.h"

/* What the others do, as far as i's loss depends on it: their fixed sum, and the sums of the
 * babblers' differences and their squares. */
typedef struct others {
    ent_rat fixed, spread, spread2;
} others;

static void others_of(const ent_ivstage *s, int i, others *o)
{
    const ent_rat *x = &s->x[2 * i];
    ent_rat gap = ENT_RAT_ZERO;
    ent_rat_add(&o->fixed, &s->told, &s->babbled);
    ent_rat_sub(&o->fixed, &o->fixed, &x[0]);
    ent_rat_set(&o->spread, &s->spread);
    ent_rat_set(&o->spread2, &s->spread2);
    if (!ent_coal_has(s->truthful, i)) {
        ent_rat_sub(&gap, &x[1], &x[0]);
        ent_rat_sub(&o->spread, &o->spread, &gap);
        ent_rat_submul(&o->spread2, &gap, &gap);
    }
    ent_rat_release(&gap);
}

static void others_release(others *o)
{
    ent_rat_release(&o->fixed);
    ent_rat_release(&o->spread);
    ent_rat_release(&o->spread2);
}

/* After `ones` ones among `signals`, theta is Beta(ones + 1, signals - ones + 1). phi - theta - b =
 * c0 + c1 theta + noise, where the noise has variance (eta/A)^2 theta (1 - theta) (sum of squared
 * differences). With x NULL: after the best policy within the bounds. */
static void loss(const ent_ivgame *g, const others *o, int i, const ent_rat *x, int ones,
                 int signals, ent_rat *out)
{
    ent_rat mean = ENT_RAT_ZERO, square = ENT_RAT_ZERO, weight = ENT_RAT_ZERO, c0 = ENT_RAT_ZERO,
            c1 = ENT_RAT_ZERO, best = ENT_RAT_ZERO;
    ent_rat_set_ratio(&mean, ones + 1, signals + 2);
    ent_rat_set_ratio(&square, ones + 2, signals + 3);
    ent_rat_mul(&square, &square, &mean);
    ent_rat_div(&weight, &g->eta, &g->a);
    ent_rat_set_int(&c1, -1);
    ent_rat_addmul(&c1, &weight, &o->spread);
    ent_rat_mul(&c0, &weight, &o->fixed);
    ent_rat_sub(&c0, &c0, &g->bias[i]); /* without x / A */
    if (!x) {
        ent_rat_set(&best, &c0);
        ent_rat_addmul(&best, &c1, &mean);
        ent_rat_mul(&best, &best, &g->a);
        ent_rat_neg(&best, &best);
        if (g->has_low[i] && ent_rat_cmp(&best, &g->low[i]) < 0) ent_rat_set(&best, &g->low[i]);
        if (g->has_high[i] && ent_rat_cmp(&best, &g->high[i]) > 0) ent_rat_set(&best, &g->high[i]);
    } else {
        ent_rat_set(&best, x);
    }
    ent_rat_div(&best, &best, &g->a);
    ent_rat_add(&c0, &c0, &best);
    ent_rat_sub(out, &mean, &square);
    ent_rat_mul(out, out, &weight);
    ent_rat_mul(out, out, &weight);
    ent_rat_mul(out, out, &o->spread2); /* the noise */
    ent_rat_mul(&best, &c0, &c0);
    ent_rat_add(out, out, &best);
    ent_rat_mul(&best, &c1, &c1);
    ent_rat_addmul(out, &best, &square);
    ent_rat_mul(&best, &c0, &c1);
    ent_rat_addmul(out, &best, &mean);
    ent_rat_addmul(out, &best, &mean);
    ent_rat *const owned[] = {&mean, &square, &weight, &c0, &c1, &best};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) ent_rat_release(owned[k]);
}

/* [ITA] A.3: with m ones among the other messages, i knows that there are m + signal, the others
 * believe m + 1 - signal. */
void ent_iv_gain(const ent_ivgame *g, const ent_ivstage *stages, int i, int signal, ent_rat *gain,
                 ent_rat *size)
{
    const int t = stages[0].t;
    const ent_rat zero = ENT_RAT_ZERO;
    ent_rat told = ENT_RAT_ZERO, lied = ENT_RAT_ZERO, chance = ENT_RAT_ZERO;
    others o = {zero, zero, zero};
    ent_rat_set_int(gain, 0);
    ent_rat_set_int(size, 0);
    for (int m = 0; m < t; m++) {
        ent_rat_set_ratio(&chance, 2 * (signal ? m + 1 : t - m), (int64_t)t * (t + 1));
        others_of(&stages[m + signal], i, &o);
        loss(g, &o, i, &stages[m + signal].x[2 * i], m + signal, t, &told);
        others_of(&stages[m + 1 - signal], i, &o);
        loss(g, &o, i, NULL, m + signal, t, &lied);
        ent_rat_addmul(gain, &chance, &told);
        ent_rat_submul(gain, &chance, &lied);
        ent_rat_addmul(size, &chance, &told);
        ent_rat_addmul(size, &chance, &lied);
    }
    others_release(&o);
    ent_rat_release(&told);
    ent_rat_release(&lied);
    ent_rat_release(&chance);
}

void ent_iv_welfare(const ent_ivgame *g, const ent_ivstage *stages, int i, ent_rat *out)
{
    const int t = stages[0].t;
    const ent_rat zero = ENT_RAT_ZERO;
    const bool tells = ent_coal_has(stages[0].truthful, i);
    ent_rat one = ENT_RAT_ZERO, chance = ENT_RAT_ZERO;
    others o = {zero, zero, zero};
    ent_rat_set_int(out, 0);
    for (int k = 0; k <= t; k++) {
        const ent_ivstage *s = &stages[k];
        others_of(s, i, &o);
        for (int signal = 0; signal < (tells ? 1 : 2); signal++) {
            ent_rat_set_ratio(&chance, 1, t + 1);
            if (!tells) {
                ent_rat_set_ratio(&one, signal ? k + 1 : t + 1 - k, t + 2);
                ent_rat_mul(&chance, &chance, &one);
            }
            loss(g, &o, i, &s->x[2 * i + signal], k + signal, tells ? t : t + 1, &one);
            ent_rat_submul(out, &chance, &one);
        }
    }
    others_release(&o);
    ent_rat_release(&one);
    ent_rat_release(&chance);
}

bool ent_iv_is_truthful(const ent_ivgame *g, const ent_ivstage *stages, double *most)
{
    ent_rat gain = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    bool truthful = true;
    if (most) *most = 0.0;
    for (int i = 0; i < g->n && (truthful || most); i++)
        for (int signal = 0; ent_coal_has(stages[0].truthful, i) && signal < 2; signal++) {
            ent_iv_gain(g, stages, i, signal, &gain, &size);
            if (ent_rat_sign(&gain) <= 0) continue;
            truthful = false;
            if (!most) break;
            ent_rat_div(&gain, &gain, &size);
            if (ent_rat_double(&gain) > *most) *most = ent_rat_double(&gain);
        }
    ent_rat_release(&gain);
    ent_rat_release(&size);
    return truthful;
}
