/* Two players without positive prices: one secures its greatest payoff while the other is held to
 * at most what is best for it then. */
#include "verify/strategic_i.h"

typedef struct security {
    ent_sv *v;
    int i, j;           /* who secures, the other */
    ent_rat most, left; /* max u_i; of the plays attaining it the largest u_j */
    /* [count] the plays of j, those first against which nothing is decided yet */
    int64_t count, *reply;
    int64_t open;
} security;

static const ent_rat *payoff(const security *s, int player, int64_t profile)
{
    return &s->v->m->payoff.exact[player * s->v->m->profiles + profile];
}

static void best_of(security *s)
{
    for (int64_t p = 0; p < s->v->m->profiles; p++) {
        const int more = p ? ent_rat_cmp(payoff(s, s->i, p), &s->most) : 1;
        if (more < 0 || (more == 0 && ent_rat_cmp(payoff(s, s->j, p), &s->left) <= 0)) continue;
        ent_rat_set(&s->most, payoff(s, s->i, p));
        ent_rat_set(&s->left, payoff(s, s->j, p));
    }
}

static bool is_safe(const security *s, int64_t play)
{
    for (int64_t c = 0; c < s->open; c++)
        if (!ent_rat_equal(payoff(s, s->i, play + s->reply[c]), &s->most)) return false;
    return true;
}

static void mean(const security *s, const ent_sv_mix *mix, int64_t other, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    for (int k = 0; k < mix->n; k++)
        ent_rat_addmul(out, &mix->weight[k], payoff(s, s->j, mix->play[k] + other));
}

/* [CoCo] Section 7. w is the least to which i can hold j while it secures its greatest payoff. With
 * prices 1 for i and e for j, D_i = p_i - e w up to terms of order e^2 and D_N = p_i + e p_j for
 * small e: claims tend to p_i and (p_j + w)/2. */
static ent_status judge_holding(security *s, const ent_sv_mix *strategy, const ent_sv_mix *against,
                                const ent_claim *holds)
{
    ent_status st = ENT_OK;
    ent_ledger *c = &s->v->c;
    int64_t mine = 0, *play = NULL;
    ent_rat value = ENT_RAT_ZERO;
    if (!holds->exact || !strategy->exact || !against->exact)
        ent_ledger_refuse(c, holds->node, "not exact");
    for (int64_t r = 0; r < s->count; r++) {
        mean(s, strategy, s->reply[r], &value);
        if (ent_rat_cmp(&value, &holds->number) > 0)
            ent_ledger_refuse(c, strategy->node, "does not hold the other to this");
    }
    ENT_TRY(ent_sv_plays(s->v, ent_coal_single(s->i), &mine, &play));
    for (int64_t k = 0; k < mine; k++) {
        if (!is_safe(s, play[k])) continue;
        mean(s, against, play[k], &value);
        if (ent_rat_cmp(&value, &holds->number) < 0)
            ent_ledger_refuse(c, against->node,
                              "a play that secures the maximum holds the other to less");
    }
done:
    ent_free(play);
    ent_rat_release(&value);
    return st;
}

/* One strategy of the sequence: it gives p_i against all that is open, and j at most p_j; what it
 * holds below is decided. */
static void judge_step(security *s, const ent_sv_mix *mix)
{
    ent_ledger *c = &s->v->c;
    ent_rat value = ENT_RAT_ZERO;
    int64_t left = 0;
    for (int k = 0; k < mix->n; k++)
        if (!is_safe(s, mix->play[k]))
            ent_ledger_refuse(c, mix->node, "a play does not secure the maximum");
    for (int64_t r = 0; r < s->open; r++) {
        mean(s, mix, s->reply[r], &value);
        const int order = ent_rat_cmp(&value, &s->left);
        if (order > 0)
            ent_ledger_refuse(c, mix->node,
                              "the other player is not held to what the maximum leaves");
        if (order >= 0) s->reply[left++] = s->reply[r];
    }
    s->open = left;
    ent_rat_release(&value);
}

static ent_status check_then(security *s, const ent_json *then)
{
    ent_status st = ENT_OK;
    ent_sv_mix mix = {0};
    if (!then) return st;
    ENT_TRY(ent_json_expect(s->v->ctx, s->v->c.doc, then, ENT_JSON_ARRAY));
    for (const ent_json *at = then->first; at; at = at->next) {
        const int64_t before = s->open;
        ENT_TRY(ent_sv_mix_read(s->v, at, ent_coal_single(s->i), &mix));
        judge_step(s, &mix);
        if (s->open == before) ent_ledger_refuse(&s->v->c, at, "decides nothing");
        ent_sv_mix_release(&mix);
        mix = (ent_sv_mix){0};
    }
done:
    ent_sv_mix_release(&mix);
    return st;
}

/* The limit: price 1 for i; p_i, and the mean of w and p_j. */
static void judge_limit(security *s, ent_sv_equilibrium *e, const ent_claim *holds)
{
    ent_ledger *c = &s->v->c;
    ent_rat want = ENT_RAT_ZERO, half = ENT_RAT_ZERO;
    const ent_rat one = {1, 1, NULL};
    ent_claims_equal(c, &e->price[s->i], &one, true, &one,
                     "the price 1 of the player who secures its maximum");
    ent_claims_equal(c, &e->utility[s->i], &s->most, true, &s->v->range[s->i],
                     "the largest payoff");
    ent_rat_set_ratio(&half, 1, 2);
    ent_rat_add(&want, &s->left, &holds->number);
    ent_rat_mul(&want, &want, &half);
    ent_claims_equal(c, &e->utility[s->j], &want, true, &s->v->range[s->j],
                     "the mean of what it is held to and what the maximum leaves");
    ent_rat_release(&want);
    ent_rat_release(&half);
}

static ent_status check_proof(security *s, ent_sv_equilibrium *e, const ent_json *node)
{
    static const char *const keys[] = {"player", "holds", "strategy", "against", "then", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = s->v;
    char path[ENT_SV_PATH];
    const ent_json *player = NULL, *strategy = NULL, *against = NULL;
    ent_sv_mix mine = {0}, theirs = {0};
    ent_claim holds = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "player", &player));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "strategy", &strategy));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "against", &against));
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, player, ENT_I_A_PLAYER, v->n, v->m->player, &s->i));
    s->j = 1 - s->i;
    best_of(s);
    ENT_TRY(ent_sv_plays(v, ent_coal_single(s->j), &s->count, &s->reply));
    s->open = s->count;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_sv_mix_read(v, strategy, ent_coal_single(s->i), &mine));
    ENT_TRY(ent_sv_mix_read(v, against, ent_coal_single(s->j), &theirs));
    ENT_TRY(ent_claim_member(&v->c, node, "holds", &holds));
    ENT_TRY(judge_holding(s, &mine, &theirs, &holds));
    judge_limit(s, e, &holds);
    judge_step(s, &mine);
    ENT_TRY(check_then(s, ent_json_get(node, "then")));
    if (s->open > 0)
        ent_ledger_refuse(&v->c, node,
                          "%d actions of the other player leave room for positive prices",
                          (int)s->open);
    ent_ledger_end(
        &v->c, ent_sv_proof_path(path, e, "secures"),
        "no positive prices: %s has its maximum whatever the other does, who is held below what goes with it; the utilities are the limit of the claims",
        v->m->player[s->i]);
done:
    ent_sv_mix_release(&mine);
    ent_sv_mix_release(&theirs);
    ent_rat_release(&holds.number);
    return st;
}

ent_status ent_sv_secures(ent_sv *v, ent_sv_equilibrium *e)
{
    security s = {.v = v, .most = ENT_RAT_ZERO, .left = ENT_RAT_ZERO};
    const ent_status st = check_proof(&s, e, ent_json_get(e->proof, "secures"));
    ent_free(s.reply);
    ent_rat_release(&s.most);
    ent_rat_release(&s.left);
    return st;
}
