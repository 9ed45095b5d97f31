#include "ref/ref_outside.h"

enum { STATES = REF_OUTSIDE_ATOMS + 1 }; /* state 0: nothing stands */

/* What follows from a choice: payoffs of both, and the probability that the ally acts. */
typedef struct outcome {
    ent_rat hers, his, ally;
    bool at_once;
} outcome;

typedef struct tree {
    const ref_outside_game *g;
    ent_rat k, zero, one;
    outcome next[STATES];
} tree;

static void copy(outcome *to, const outcome *from)
{
    ent_rat_set(&to->hers, &from->hers);
    ent_rat_set(&to->his, &from->his);
    ent_rat_set(&to->ally, &from->ally);
    to->at_once = from->at_once;
}

static void clear(outcome *o)
{
    ent_rat_release(&o->hers);
    ent_rat_release(&o->his);
    ent_rat_release(&o->ally);
}

static const ent_rat *offer(const tree *t, int state)
{
    return state ? &t->g->value[state - 1] : &t->zero;
}

/* He acts with the ally, who contributes r; with an outsider, who contributes y; nobody acts
 * now. */
static void accept(const tree *t, const ent_rat *r, outcome *o)
{
    ent_rat_sub(&o->hers, &t->one, r);
    ent_rat_sub(&o->his, r, &t->k);
    ent_rat_set(&o->ally, &t->one);
    o->at_once = true;
}

static void take(const tree *t, int state, outcome *o)
{
    ent_rat_set(&o->hers, &t->zero);
    ent_rat_sub(&o->his, offer(t, state), &t->k);
    ent_rat_set(&o->ally, &t->zero);
    o->at_once = true;
}

static void wait(const tree *t, int state, outcome *o)
{
    ent_rat_mul(&o->hers, &t->g->discount, &t->next[state].hers);
    ent_rat_mul(&o->his, &t->g->discount, &t->next[state].his);
    ent_rat_set(&o->ally, &t->next[state].ally);
    o->at_once = false;
}

/* The best of what needs no search: the ally's offer at ties, then an outsider's. */
static void settle(const tree *t, int state, const ent_rat *r, outcome *best)
{
    outcome o = {.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
    accept(t, r, best);
    if (state) {
        take(t, state, &o);
        if (ent_rat_cmp(&o.his, &best->his) > 0) copy(best, &o);
    }
    wait(t, state, &o);
    if (ent_rat_cmp(&o.his, &best->his) > 0) copy(best, &o);
    clear(&o);
}

/* He answers the offer r in this state. */
static void answer(const tree *t, int state, const ent_rat *r, outcome *best)
{
    outcome search = {.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO},
            o = {.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
    settle(t, state, r, best);
    for (int x = 1; x <= t->g->atoms; x++) {
        settle(t, x > state ? x : state, r, &o);
        ent_rat_addmul(&search.hers, &t->g->chance[x - 1], &o.hers);
        ent_rat_addmul(&search.his, &t->g->chance[x - 1], &o.his);
        ent_rat_addmul(&search.ally, &t->g->chance[x - 1], &o.ally);
    }
    ent_rat_sub(&search.his, &search.his, &t->g->cost);
    if (ent_rat_cmp(&search.his, &best->his) > 0) copy(best, &search);
    clear(&search);
    clear(&o);
}

static bool is_better(const outcome *a, const outcome *b)
{
    const int more = ent_rat_cmp(&a->hers, &b->hers);
    if (more) return more > 0;
    if (a->at_once != b->at_once) return a->at_once;
    return ent_rat_cmp(&a->ally, &b->ally) > 0;
}

static void try_offer(const tree *t, int state, const ent_rat *r, outcome *best, bool *any)
{
    outcome o = {.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
    if (ent_rat_sign(r) >= 0 && ent_rat_cmp(r, &t->one) <= 0) {
        answer(t, state, r, &o);
        if (!*any || is_better(&o, best)) copy(best, &o);
        *any = true;
    }
    clear(&o);
}

/* Her best offer. Her payoff falls in r but where his answer changes: at k, at what he would give
 * up after some search, and where accepting is as good as searching, which for the offers z in some
 * set that he would rather have than r is the root of sum p (z - r) = c. */
static void choose(const tree *t, int state, outcome *best)
{
    ent_rat give[STATES], r = ENT_RAT_ZERO, mass = ENT_RAT_ZERO, sum = ENT_RAT_ZERO;
    outcome o = {.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
    bool any = false;
    for (int s = 0; s <= t->g->atoms; s++) {
        ent_rat_init(&give[s]);
        settle(t, s, &t->k, &o);
        ent_rat_add(&give[s], &o.his, &t->k);
        try_offer(t, state, &give[s], best, &any);
    }
    try_offer(t, state, &t->zero, best, &any);
    try_offer(t, state, &t->k, best, &any);
    for (int low = 1; low <= t->g->atoms; low++) {
        ent_rat_set_int(&mass, 0);
        ent_rat_set_int(&sum, 0);
        for (int s = low; s <= t->g->atoms; s++) {
            ent_rat_add(&mass, &mass, &t->g->chance[s - 1]);
            ent_rat_addmul(&sum, &t->g->chance[s - 1], &give[s]);
        }
        ent_rat_sub(&r, &sum, &t->g->cost);
        ent_rat_div(&r, &r, &mass);
        try_offer(t, state, &r, best, &any);
    }
    for (int s = 0; s <= t->g->atoms; s++) ent_rat_release(&give[s]);
    ent_rat_release(&r);
    ent_rat_release(&mass);
    ent_rat_release(&sum);
    clear(&o);
}

void ref_outside_solve(const ref_outside_game *g, ent_rat *proposer, ent_rat *partner,
                       ent_rat *ally)
{
    tree t = {.g = g, .k = ENT_RAT_ZERO, .zero = ENT_RAT_ZERO, .one = ENT_RAT_ZERO};
    outcome now[STATES];
    ent_rat_set_int(&t.one, 1);
    ent_rat_sub(&t.k, &g->fee, &t.one);
    for (int s = 0; s < STATES; s++) {
        t.next[s] = (outcome){.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
        now[s] = (outcome){.hers = ENT_RAT_ZERO, .his = ENT_RAT_ZERO, .ally = ENT_RAT_ZERO};
    }
    for (int period = g->periods; period >= 1; period--) {
        for (int s = 0; s <= g->atoms; s++) choose(&t, s, &now[s]);
        for (int s = 0; s <= g->atoms; s++) copy(&t.next[s], &now[s]);
    }
    ent_rat_set(proposer, &t.next[0].hers);
    ent_rat_set(partner, &t.next[0].his);
    ent_rat_set(ally, &t.next[0].ally);
    for (int s = 0; s < STATES; s++) {
        clear(&t.next[s]);
        clear(&now[s]);
    }
    ent_rat_release(&t.k);
}
