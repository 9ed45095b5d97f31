/* No coalition-perfect equilibrium: at every equilibrium of `coco`, multipliers prove that all optimal strategies of all
 * coalitions violate condition 4. */
#include "verify/strategic_condition4.h"

#include <math.h>
#include <string.h>

typedef struct examined {
    ent_sv *v;
    ent_sv_equilibrium e;
    const ent_json *node;
    ent_rat *coefficient; /* [2^n][n] of a_m u_m^R in sum of weight times e */
    ent_rat spread, bound;
    bool exact;           /* the multipliers */
} examined;

static ent_rat *coefficient_of(const examined *x, ent_coal s, int i) { return &x->coefficient[s * (ent_coal)x->v->n + (ent_coal)i]; }

/* u^S of every coalition as the strategies of the conflicts printed give it, and the violation that is the residual. */
static ent_status table_of_conflicts(examined *x, const ent_json *conflicts, ent_sv_table *t)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_coal all = ent_coal_all(v->n);
    for (ent_coal s = 1; s < all; s += 2) {
        const ent_json *at = NULL;
        ent_sv_mix mine = {0}, theirs = {0};
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &at));
        st = ent_sv_mix_read(v, ent_json_get(at, "strategy"), s, &mine);
        if (st == ENT_OK) st = ent_sv_mix_read(v, ent_json_get(at, "against"), all & ~s, &theirs);
        for (int i = 0; st == ENT_OK && i < v->n; i++)
            ent_sv_mean(v->m->payoff.exact + i * v->m->profiles, &mine, &theirs, ent_sv_u(v, t, ent_coal_has(s, i) ? s : all & ~s, i));
        t->exact = t->exact && mine.exact && theirs.exact;
        ent_sv_mix_release(&mine);
        ent_sv_mix_release(&theirs);
        ENT_TRY(st);
    }
    for (int i = 0; i < v->n; i++) ent_rat_set(ent_sv_u(v, t, all, i), &x->e.utility[i].number);
done:
    return st;
}

static ent_status check_residual(examined *x, ent_claim *residual)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    ent_sv_table t = {0};
    ent_rat most = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_sv_table_new(v, &t));
    ENT_TRY(table_of_conflicts(x, ent_json_get(x->node, "conflicts"), &t));
    ent_sv_imbalance(v, &t, ent_coal_all(v->n), &most);
    ent_rat_div(&most, &most, &x->spread);
    ENT_TRY(ent_claim_member(&v->c, x->node, "residual", residual));
    ent_claims_equal(&v->c, residual, &most, t.exact && v->prices_exact && x->e.exact, &one, "the violation of the strategies printed");
done:
    ent_sv_table_release(v, &t);
    ent_rat_release(&most);
    ent_rat_release(&one);
    return st;
}

/* One multiplier: weight times a_i (u_i^S - u_i^{S\j}) - a_j (u_j^S - u_j^{S\i}). */
static ent_status read_multiplier(examined *x, const ent_json *node, ent_rat *absolute)
{
    static const char *const keys[] = {"coalition", "players", "weight", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_json *coalition = NULL, *players = NULL;
    int who[2] = {0, 0};
    ent_coal s = 0;
    ent_claim weight = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "coalition", &coalition));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, coalition, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "players", &players));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, players, ENT_JSON_ARRAY));
    if (players->count != 2) return ent_json_fail(v->ctx, v->c.doc, players, ENT_E_MODEL, "wanted two players, found %u", (unsigned)players->count);
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, players->first, ENT_I_A_PLAYER, v->n, v->m->player, &who[0]));
    ENT_TRY(ent_i_name_index(v->ctx, v->c.doc, players->first->next, ENT_I_A_PLAYER, v->n, v->m->player, &who[1]));
    const ent_json named = {.key = coalition->text, .parent = coalition->parent, .offset = coalition->offset, .key_offset = coalition->offset};
    ENT_TRY(ent_sv_key(v, &named, &s));
    if (s == ent_coal_all(v->n) || !ent_coal_has(s, who[0]) || !ent_coal_has(s, who[1]) || who[0] >= who[1])
        return ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL, "wanted two members, in the model's order, of a proper coalition");
    ENT_TRY(ent_claim_member(&v->c, node, "weight", &weight));
    x->exact = x->exact && weight.exact;
    for (int k = 0; k < 2; k++) {
        const ent_coal smaller = s & ~ent_coal_single(who[1 - k]);
        if (k == 1) ent_rat_neg(&weight.number, &weight.number);
        ent_rat_add(coefficient_of(x, s, who[k]), coefficient_of(x, s, who[k]), &weight.number);
        ent_rat_sub(coefficient_of(x, smaller, who[k]), coefficient_of(x, smaller, who[k]), &weight.number);
    }
    if (ent_rat_sign(&weight.number) < 0) ent_rat_neg(&weight.number, &weight.number);
    ent_rat_add(absolute, absolute, &weight.number);
done:
    ent_rat_release(&weight.number);
    return st;
}

/* Multipliers on plays of one side: positive numbers by play. */
static ent_status read_slack(examined *x, const ent_json *list, ent_coal s, ent_sv_mix *mix)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    int k = 0;
    *mix = (ent_sv_mix){.node = list, .exact = true};
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    ENT_ALLOC(v->ctx, mix->play, list->count + 1);
    mix->weight = ent_rats_new(v->ctx, list->count + 1, &st);
    if (!mix->weight) goto done;
    mix->n = (int)list->count + 1; /* the last is a place to release, of weight 0 */
    for (const ent_json *at = list->first; at; at = at->next, k++) {
        const ent_json *play = NULL;
        ent_claim weight = {.number = ENT_RAT_ZERO};
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "play", &play));
        ENT_TRY(ent_sv_play_read(v, play, s, &mix->play[k]));
        ENT_TRY(ent_claim_member(&v->c, at, "weight", &weight));
        if (ent_rat_sign(&weight.number) < 0) ent_claims_refuse(&v->c, weight.node, "a multiplier of an inequality is negative");
        mix->exact = mix->exact && weight.exact;
        ent_rat_swap(&mix->weight[k], &weight.number);
        ent_rat_release(&weight.number);
    }
done:
    return st;
}

/* The linear function f of the payoffs in the conflict of s, at one profile. */
static void linear(const examined *x, ent_coal s, int64_t profile, ent_rat *out)
{
    const ent_sv *v = x->v;
    ent_rat_set_int(out, 0);
    for (int m = 0; m < v->n; m++) {
        const ent_coal side = ent_coal_has(s, m) ? s : ent_coal_all(v->n) & ~s;
        ent_rat_addmul(out, coefficient_of(x, side, m), &v->weighted[m * v->m->profiles + profile]);
    }
}

typedef struct side {
    int64_t count, *play;
    ent_rat *slack;      /* [count] value less what the play gets against the other side's strategy, for rows; its opposite for columns */
    ent_sv_mix strategy; /* of this side */
    ent_sv_mix multiplier;
    bool single;         /* the strategy printed is the only optimal one */
} side;

/* Zero-sum payoff of s at a profile less the value. */
static void excess(const examined *x, ent_coal s, int64_t profile, ent_rat *out)
{
    const int64_t nothing[1] = {0};
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    const ent_sv_mix pure = {.n = 1, .play = (int64_t *)(uintptr_t)nothing, .weight = &one, .exact = true};
    ent_sv_against(x->v, s, &pure, profile, out);
    ent_rat_sub(out, out, &x->e.d[s]);
    ent_rat_release(&one);
}

/* A play that gets less than the value against the strategy of the other side is in no optimal strategy. */
static ent_status find_slack(examined *x, ent_coal s, side *mine, const side *theirs, int sign)
{
    ent_status st = ENT_OK;
    mine->slack = ent_rats_new(x->v->ctx, (size_t)mine->count, &st);
    if (!mine->slack) goto done;
    for (int64_t k = 0; k < mine->count; k++) {
        ent_sv_against(x->v, s, &theirs->strategy, mine->play[k], &mine->slack[k]);
        ent_rat_sub(&mine->slack[k], &x->e.d[s], &mine->slack[k]);
        if (sign < 0) ent_rat_neg(&mine->slack[k], &mine->slack[k]);
    }
done:
    return st;
}

/* Tight: exactly in exact conflicts, else up to rounding, which only makes the bound weaker. */
static bool is_tight(const examined *x, const ent_rat *slack)
{
    if (x->e.d_exact) return ent_rat_sign(slack) <= 0;
    return ent_rat_double(slack) <= ENT_CLAIM_APPROXIMATE * ent_rat_double(&x->v->scale);
}

/* Are the rows of table[vectors][width] linearly independent? Numbers up to `nothing` in size count as 0: with data that are exact
 * it is 0, else rounding must not make dependent rows look independent. Destroys the table. */
static bool are_independent(int vectors, int width, ent_rat *table, double nothing)
{
    ent_rat ratio = ENT_RAT_ZERO;
    int found = 0;
    for (int c = 0; c < width && found < vectors; c++) {
        int pivot = found;
        for (int k = found; k < vectors; k++)
            if (fabs(ent_rat_double(&table[k * width + c])) > fabs(ent_rat_double(&table[pivot * width + c]))) pivot = k;
        if (ent_rat_sign(&table[pivot * width + c]) == 0 || fabs(ent_rat_double(&table[pivot * width + c])) <= nothing) continue;
        for (int j = 0; pivot != found && j < width; j++) ent_rat_swap(&table[pivot * width + j], &table[found * width + j]);
        for (int k = found + 1; k < vectors; k++) {
            ent_rat_div(&ratio, &table[k * width + c], &table[found * width + c]);
            for (int j = c; j < width; j++) ent_rat_submul(&table[k * width + j], &ratio, &table[found * width + j]);
        }
        found++;
    }
    ent_rat_release(&ratio);
    return found == vectors;
}

/* Optimal weights on the tight plays of a side sum to 1 and make every play in the support of the other side's strategy earn the
 * value exactly: one solution when these equations have independent columns. */
static ent_status find_single(examined *x, ent_coal s, side *mine, const side *theirs)
{
    ent_status st = ENT_OK;
    const int width = theirs->strategy.n + 1;
    int vectors = 0;
    for (int64_t k = 0; k < mine->count; k++) vectors += is_tight(x, &mine->slack[k]);
    if (vectors > width) return ENT_OK;
    const size_t count = (size_t)vectors * (size_t)width;
    ent_rat *table = ent_rats_new(x->v->ctx, count, &st);
    if (!table) return st;
    for (int64_t k = 0, row = 0; k < mine->count; k++) {
        if (!is_tight(x, &mine->slack[k])) continue;
        ent_rat *entry = &table[row++ * width];
        ent_rat_set_int(entry++, 1);
        for (int t = 0; t < theirs->strategy.n; t++) excess(x, s, mine->play[k] + theirs->strategy.play[t], entry++);
    }
    const double nothing = x->e.d_exact ? 0.0 : ENT_CLAIM_APPROXIMATE * fmin(1.0, ent_rat_double(&x->v->scale));
    mine->single = are_independent(vectors, width, table, nothing);
    ent_rats_free(table, count);
    return st;
}

/* g(r, c) = f(r, c) - sum s_c' (M(r, c') - v) - sum s_r' (v - M(r', c)). */
static void with_multipliers(const examined *x, ent_coal s, const side *rows, const side *columns, int64_t r, int64_t c, ent_rat *out)
{
    ent_rat part = ENT_RAT_ZERO;
    linear(x, s, r + c, out);
    for (int k = 0; k < columns->multiplier.n; k++) {
        if (ent_rat_sign(&columns->multiplier.weight[k]) == 0) continue;
        excess(x, s, r + columns->multiplier.play[k], &part);
        ent_rat_submul(out, &columns->multiplier.weight[k], &part);
    }
    for (int k = 0; k < rows->multiplier.n; k++) {
        if (ent_rat_sign(&rows->multiplier.weight[k]) == 0) continue;
        excess(x, s, rows->multiplier.play[k] + c, &part);
        ent_rat_addmul(out, &rows->multiplier.weight[k], &part);
    }
    ent_rat_release(&part);
}

/* The least of g over tight plays of a side, or its mean when the side has a single strategy; r is a play of the rows,
 * or -1: then over the rows, of the leasts over the columns. */
static void least_of(const examined *x, ent_coal s, const side *rows, const side *columns, int64_t r, ent_rat *least)
{
    const side *mine = r < 0 ? rows : columns;
    const int64_t plays = mine->single ? mine->strategy.n : mine->count;
    ent_rat value = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(least, 0);
    for (int64_t k = 0; k < plays; k++) {
        if (!mine->single && !is_tight(x, &mine->slack[k])) continue;
        const int64_t play = mine->single ? mine->strategy.play[k] : mine->play[k];
        if (r < 0) least_of(x, s, rows, columns, play, &value); /* once: with a play given it does not call itself */
        else with_multipliers(x, s, rows, columns, r, play, &value);
        if (mine->single) ent_rat_addmul(least, &mine->strategy.weight[k], &value);
        else if (first || ent_rat_cmp(&value, least) < 0) ent_rat_set(least, &value);
        first = false;
    }
    ent_rat_release(&value);
}

static void release_side(side *s)
{
    ent_free(s->play);
    ent_rats_free(s->slack, s->slack ? (size_t)s->count : 0);
    ent_sv_mix_release(&s->strategy);
    ent_sv_mix_release(&s->multiplier);
}

static ent_status bound_conflict(examined *x, ent_coal s, const ent_json *conflict, const ent_json *slack, ent_rat *least)
{
    static const char *const keys[] = {"rows", "columns", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_coal others = ent_coal_all(v->n) & ~s;
    side rows = {0}, columns = {0};
    ENT_TRY(ent_sv_plays(v, s, &rows.count, &rows.play));
    ENT_TRY(ent_sv_plays(v, others, &columns.count, &columns.play));
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(conflict, "strategy"), s, &rows.strategy));
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(conflict, "against"), others, &columns.strategy));
    ENT_TRY(find_slack(x, s, &rows, &columns, 1));
    ENT_TRY(find_slack(x, s, &columns, &rows, -1));
    if (slack) {
        const ent_json *list = NULL;
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, slack, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, slack, keys));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, slack, "rows", &list));
        ENT_TRY(read_slack(x, list, s, &rows.multiplier));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, slack, "columns", &list));
        ENT_TRY(read_slack(x, list, others, &columns.multiplier));
        x->exact = x->exact && rows.multiplier.exact && columns.multiplier.exact;
    }
    ENT_TRY(find_single(x, s, &rows, &columns));
    ENT_TRY(find_single(x, s, &columns, &rows));
    least_of(x, s, &rows, &columns, -1, least);
done:
    release_side(&rows);
    release_side(&columns);
    return st;
}

/* sum of weight times e >= bound times the scale, for all optimal strategies. */
static ent_status find_bound(examined *x)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    const ent_json *violation = NULL, *slack = NULL, *conflicts = ent_json_get(x->node, "conflicts");
    ent_rat absolute = ENT_RAT_ZERO, one = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "violation", &violation));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, violation, ENT_JSON_ARRAY));
    for (const ent_json *at = violation->first; at; at = at->next) ENT_TRY(read_multiplier(x, at, &absolute));
    ent_rat_sub(&absolute, &absolute, &one);
    ent_claims_at_most_zero(&v->c, violation, x->exact, &absolute, &one, "the multipliers are larger than 1 in all");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "slack", &slack));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, slack, ENT_JSON_OBJECT));
    uint32_t used = 0;
    for (ent_coal s = 1; s < ent_coal_all(v->n); s += 2) {
        const ent_json *conflict = NULL;
        ent_text key;
        ent_text_init(v->ctx, &key);
        ent_strategic_coal_name(&key, v->m, s);
        const ent_json *own = key.data ? ent_json_get(slack, key.data) : NULL;
        ent_text_release(&key);
        used += own != NULL;
        ENT_TRY(ent_sv_member_of(v, conflicts, s, &conflict));
        ENT_TRY(bound_conflict(x, s, conflict, own, &least));
        ent_rat_add(&x->bound, &x->bound, &least);
    }
    ent_rat_div(&x->bound, &x->bound, &x->spread);
    if (used != slack->count) st = ent_json_fail(v->ctx, v->c.doc, slack, ENT_E_MODEL, "wanted conflicts as keys, found others");
done:
    ent_rat_release(&absolute);
    ent_rat_release(&one);
    ent_rat_release(&least);
    return st;
}

/* With the outcome "none" the bound is positive and is what the multipliers prove. */
static ent_status check_bound(examined *x, const ent_claim *residual)
{
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    ent_rat one = ENT_RAT_ZERO, above = ENT_RAT_ZERO;
    ent_claim bound = {.number = ENT_RAT_ZERO};
    ent_rat_set_int(&one, 1);
    if (strcmp(v->outcome, "none") != 0) goto done;
    x->coefficient = ent_rats_new(v->ctx, ((size_t)1 << v->n) * (size_t)v->n, &st);
    if (!x->coefficient) goto done;
    ENT_TRY(find_bound(x));
    ENT_TRY(ent_claim_member(&v->c, x->node, "bound", &bound));
    const bool exact = x->exact && v->prices_exact && x->e.d_exact;
    ent_claims_equal(&v->c, &bound, &x->bound, exact, &one, "what the multipliers prove");
    if (ent_rat_sign(&bound.number) <= 0 || !(exact || ent_rat_double(&bound.number) > ENT_CLAIM_APPROXIMATE))
        ent_claims_refuse(&v->c, bound.node, "proves nothing");
    ent_rat_sub(&above, &bound.number, &residual->number);
    ent_claims_at_most_zero(&v->c, bound.node, exact && residual->exact, &above, &one, "the bound lies above the residual");
done:
    ent_rat_release(&one);
    ent_rat_release(&above);
    ent_rat_release(&bound.number);
    return st;
}

static ent_status check_examined(examined *x, int number, ent_claim *residual)
{
    static const char *const keys[] = {"prices", "utilities", "joint", "lottery", "conflicts", "residual", "violation", "bound", "slack", "index", "payments", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = x->v;
    char path[ENT_SV_PATH];
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, x->node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, x->node, keys));
    ENT_TRY(ent_sv_equilibrium_new(v, x->node, x->node, number, &x->e));
    x->e.examined = true;
    ENT_TRY(ent_sv_prices_and_joint(v, &x->e));
    ENT_TRY(ent_sv_claims_fulfilled(v, &x->e));
    ENT_TRY(ent_sv_lottery(v, &x->e));
    ent_sv_spread(v, &x->spread);
    ent_claims_begin(&v->c);
    ENT_TRY(check_residual(x, residual));
    ENT_TRY(check_bound(x, residual));
    ent_claims_end(&v->c, ent_sv_path(path, &x->e, "*"),
                   strcmp(v->outcome, "none") ? "the violation of condition 4 by the strategies printed"
                                                            : "multipliers prove that all optimal strategies violate [CoCo] condition 4 by at least the bound");
done:
    return st;
}

static void release(examined *x)
{
    ent_sv_equilibrium_release(x->v, &x->e);
    ent_rats_free(x->coefficient, x->coefficient ? ((size_t)1 << x->v->n) * (size_t)x->v->n : 0);
    ent_rat_release(&x->spread);
    ent_rat_release(&x->bound);
}

ent_status ent_sv_examined(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *list = NULL;
    int number = 0;
    ent_rat least = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim whole = {.number = ENT_RAT_ZERO}, residual = {.number = ENT_RAT_ZERO};
    ent_rat_set_int(&one, 1);
    if (strcmp(v->outcome, "none") != 0 && strcmp(v->outcome, "limit") != 0)
        ent_claims_refuse(&v->c, ent_json_get(v->result, "outcome"), "no equilibrium is listed");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "examined", &list));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, list, ENT_JSON_ARRAY));
    if (list->count == 0) return ent_json_fail(v->ctx, v->c.doc, list, ENT_E_MODEL, "wanted at least one equilibrium of coco, found none");
    for (const ent_json *at = list->first; at; at = at->next, number++) {
        examined x = {.v = v, .node = at, .exact = true, .spread = ENT_RAT_ZERO, .bound = ENT_RAT_ZERO};
        st = check_examined(&x, number, &residual);
        release(&x);
        ENT_TRY(st);
        if (number == 0 || ent_rat_cmp(&residual.number, &least) < 0) ent_rat_set(&least, &residual.number);
    }
    ent_claims_begin(&v->c);
    ENT_TRY(ent_claim_member(&v->c, v->solution, "residual", &whole));
    ent_claims_equal(&v->c, &whole, &least, residual.exact, &one, "the least residual of those examined");
    ent_claims_end(&v->c, "/solution/residual", "the least violation at the prices examined");
done:
    ent_rat_release(&least);
    ent_rat_release(&one);
    ent_rat_release(&whole.number);
    ent_rat_release(&residual.number);
    return st;
}
