/* The evidence that two players have in particular: docs/results.md, `secures` and `between`. */
#include "strategic/equilibrium.h"

void ent_i_write_ends(ent_writer *w, const char *key, const ent_strategic *m, const ent_rat *price)
{
    const ent_rat one = {1, 1, NULL};
    ent_rat other = ENT_RAT_ZERO;
    ent_write_object(w, key, true);
    for (int i = 0; i < 2; i++) {
        ent_write_array(w, m->player[i], true);
        for (int k = 0; k < 2; k++) {
            /* the second player's low end belongs to the first one's high end */
            ent_rat_sub(&other, &one, &price[1 - k]);
            ent_write_exact(w, NULL, i == 0 ? &price[k] : &other);
        }
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_rat_release(&other);
}

static void write_secures(ent_writer *w, const ent_strategic *m, const ent_secured *s)
{
    const int i = s->player, mine = m->actions[i];
    ent_write_object(w, "secures", false);
    ent_write_string(w, "player", m->player[i]);
    ent_write_exact(w, "holds", &s->held.value);
    ent_i_write_mix(w, "strategy", m, ent_coal_single(i), mine, NULL, s->held.row);
    ent_i_write_mix(w, "against", m, ent_coal_single(1 - i), m->actions[1 - i], NULL,
                    s->held.column);
    if (s->steps > 0) {
        ent_write_array(w, "then", false);
        for (int k = 0; k < s->steps; k++)
            ent_i_write_mix(w, NULL, m, ent_coal_single(i), mine, NULL, s->step + k * mine);
        ent_write_end(w);
    }
    ent_write_end(w);
}

void ent_i_write_two_players(ent_writer *w, const ent_strategic *m, const ent_equilibrium *e)
{
    if (e->secured) write_secures(w, m, e->secured);
    if (!e->between) return;
    ent_write_object(w, "between", false);
    ent_i_write_ends(w, "prices", m, e->between->price);
    ent_write_object(w, "strategies", false);
    for (int i = 0; i < 2; i++)
        ent_i_write_mix(w, m->player[i], m, ent_coal_single(i), e->between->plays[i], NULL,
                        e->between->strategy[i]);
    ent_write_end(w);
    ent_write_end(w);
}
