/* Plays and mixes of plays, as documents write them. */
#include "verify/strategic_i.h"

#include <string.h>

/* How much one step of player i's action adds to the number of a profile. */
static int64_t stride(const ent_strategic *m, int i)
{
    int64_t step = 1;
    for (int j = i + 1; j < m->n; j++) step *= m->actions[j];
    return step;
}

static int find(int n, char *const *names, const char *name)
{
    for (int k = 0; k < n; k++)
        if (strcmp(names[k], name) == 0) return k;
    return -1;
}

ent_status ent_sv_play_read(ent_sv *v, const ent_json *node, ent_coal s, int64_t *play)
{
    ent_status st = ENT_OK;
    ent_coal seen = 0;
    int64_t sum = 0;
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    for (const ent_json *at = node->first; at; at = at->next) {
        const int i = find(v->n, v->m->player, at->key);
        if (i < 0 || !ent_coal_has(s, i))
            return ent_json_fail_key(v->ctx, v->c.doc, at, ENT_E_MODEL,
                                     "wanted a player that this play is about, found \"%s\"",
                                     at->key);
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_STRING));
        const int k = find(v->m->actions[i], v->m->action[i], at->text);
        if (k < 0)
            return ent_json_fail(v->ctx, v->c.doc, at, ENT_E_MODEL,
                                 "wanted an action of %s, found \"%s\"", at->key, at->text);
        sum += k * stride(v->m, i);
        seen |= ent_coal_single(i);
    }
    if (seen != s)
        return ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                             "wanted an action for each of %d players, found %d", ent_coal_size(s),
                             ent_coal_size(seen));
    *play = sum;
done:
    return st;
}

void ent_sv_mix_release(ent_sv_mix *mix)
{
    ent_free(mix->play);
    ent_free(mix->share);
    ent_rats_free(mix->weight, mix->weight ? (size_t)mix->n : 0);
    *mix = (ent_sv_mix){0};
}

/* Weights are positive, plays differ and stand in their order. */
static ent_status read_entry(ent_sv *v, const ent_json *node, ent_coal s, ent_sv_mix *mix, int k)
{
    static const char *const keys[] = {"play", "weight", NULL};
    ent_status st = ENT_OK;
    const ent_json *play = NULL;
    ent_claim weight = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "play", &play));
    ENT_TRY(ent_sv_play_read(v, play, s, &mix->play[k]));
    ENT_TRY(ent_claim_member(&v->c, node, "weight", &weight));
    mix->exact = mix->exact && weight.exact;
    ent_rat_set(&mix->weight[k], &weight.number);
    mix->share[k] = ent_rat_double(&weight.number);
    if (ent_rat_sign(&weight.number) <= 0)
        ent_ledger_refuse(&v->c, weight.node, "a weight is not positive");
    if (k > 0 && mix->play[k] <= mix->play[k - 1])
        ent_ledger_refuse(&v->c, play, "plays are not in row-major order, or repeat");
done:
    ent_rat_release(&weight.number);
    return st;
}

ent_status ent_sv_mix_read(ent_sv *v, const ent_json *node, ent_coal s, ent_sv_mix *mix)
{
    ent_status st = ENT_OK;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    int k = 0;
    *mix = (ent_sv_mix){.node = node, .exact = true};
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_ARRAY));
    if (node->count == 0) {
        st = ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                           "wanted at least one play, found none");
        goto done;
    }
    ENT_ALLOC(v->ctx, mix->play, node->count);
    ENT_ALLOC(v->ctx, mix->share, node->count);
    mix->weight = ent_rats_new(v->ctx, node->count, &st);
    if (!mix->weight) goto done;
    mix->n = (int)node->count;
    for (const ent_json *at = node->first; at; at = at->next)
        ENT_TRY(read_entry(v, at, s, mix, k++));
    for (k = 0; k < mix->n; k++) ent_rat_add(&sum, &sum, &mix->weight[k]);
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, node, mix->exact, &sum, &one, "the sum of the weights less 1");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

ent_status ent_sv_plays(ent_sv *v, ent_coal s, int64_t *count, int64_t **play)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = v->m;
    int64_t plays = 1, *made = NULL;
    for (int i = 0; i < m->n; i++)
        if (ent_coal_has(s, i)) plays *= m->actions[i];
    ENT_ALLOC(v->ctx, made, plays);
    int64_t filled = 1;
    made[0] = 0;
    /* the later players' plays, once for each action of an earlier player */
    for (int i = m->n - 1; i >= 0; i--) {
        if (!ent_coal_has(s, i)) continue;
        const int64_t step = stride(m, i), before = filled;
        for (int k = 1; k < m->actions[i]; k++)
            for (int64_t p = 0; p < before; p++) made[filled++] = made[p] + k * step;
    }
    *count = plays;
    *play = made;
done:
    return st;
}
