/* What all optimal strategies of a conflict have in common: the least value of a linear function of
 * the payoffs over them. */
#include "verify/strategic_examined.h"

#include <math.h>

/* Multipliers on plays of one side: positive numbers by play. */
static ent_status read_slack(ent_sv_examined_one *x, const ent_json *list, ent_coal s,
                             ent_sv_mix *mix)
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
        if (ent_rat_sign(&weight.number) < 0)
            ent_ledger_refuse(&v->c, weight.node, "a multiplier of an inequality is negative");
        mix->exact = mix->exact && weight.exact;
        ent_rat_swap(&mix->weight[k], &weight.number);
        ent_rat_release(&weight.number);
    }
done:
    return st;
}

/* The linear function f of the payoffs in the conflict of s, at one profile. */
static void linear(const ent_sv_examined_one *x, ent_coal s, int64_t profile, ent_rat *out)
{
    const ent_sv *v = x->v;
    ent_rat weighted = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int m = 0; m < v->n; m++) {
        const ent_coal side = ent_coal_has(s, m) ? s : ent_coal_all(v->n) & ~s;
        ent_sv_weighted(v, m, profile, &weighted);
        ent_rat_addmul(out, ent_sv_coefficient(x, side, m), &weighted);
    }
    ent_rat_release(&weighted);
}

typedef struct side {
    int64_t count, *play;
    /* [count] value less what the play gets against the other side's strategy, for rows; its
       opposite for columns */
    ent_rat *slack;
    ent_sv_mix strategy; /* of this side */
    ent_sv_mix multiplier;
    bool single; /* the strategy printed is the only optimal one */
} side;

/* Zero-sum payoff of s at a profile less the value. */
static void excess(const ent_sv_examined_one *x, ent_coal s, int64_t profile, ent_rat *out)
{
    int64_t nothing[1] = {0};
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    double whole[1] = {1.0};
    const ent_sv_mix pure = {
        .n = 1, .play = nothing, .weight = &one, .share = whole, .exact = true};
    ent_sv_against(x->v, s, &pure, profile, out);
    ent_rat_sub(out, out, &x->e.d[s]);
    ent_rat_release(&one);
}

/* A play that gets less than the value against the strategy of the other side is in no optimal
 * strategy. */
static ent_status find_slack(ent_sv_examined_one *x, ent_coal s, side *mine, const side *theirs,
                             int sign)
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
static bool is_tight(const ent_sv_examined_one *x, const ent_rat *slack)
{
    if (x->e.d_exact) return ent_rat_sign(slack) <= 0;
    return ent_rat_double(slack) <= ENT_LEDGER_APPROXIMATE * ent_rat_double(&x->v->scale);
}

/* Are the rows of table[vectors][width] linearly independent? Numbers up to `nothing` in size count
 * as 0: with data that are exact it is 0, else rounding must not make dependent rows look
 * independent. Destroys the table. */
static bool are_independent(int vectors, int width, ent_rat *table, double nothing)
{
    ent_rat ratio = ENT_RAT_ZERO;
    int found = 0;
    for (int c = 0; c < width && found < vectors; c++) {
        int pivot = found;
        for (int k = found; k < vectors; k++)
            if (fabs(ent_rat_double(&table[k * width + c])) >
                fabs(ent_rat_double(&table[pivot * width + c])))
                pivot = k;
        if (ent_rat_sign(&table[pivot * width + c]) == 0 ||
            fabs(ent_rat_double(&table[pivot * width + c])) <= nothing)
            continue;
        for (int j = 0; pivot != found && j < width; j++)
            ent_rat_swap(&table[pivot * width + j], &table[found * width + j]);
        for (int k = found + 1; k < vectors; k++) {
            ent_rat_div(&ratio, &table[k * width + c], &table[found * width + c]);
            for (int j = c; j < width; j++)
                ent_rat_submul(&table[k * width + j], &ratio, &table[found * width + j]);
        }
        found++;
    }
    ent_rat_release(&ratio);
    return found == vectors;
}

/* Optimal weights on the tight plays of a side sum to 1 and make every play in the support of the
 * other side's strategy earn the value exactly: one solution when these equations have independent
 * columns. */
static ent_status find_single(ent_sv_examined_one *x, ent_coal s, side *mine, const side *theirs)
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
        for (int t = 0; t < theirs->strategy.n; t++)
            excess(x, s, mine->play[k] + theirs->strategy.play[t], entry++);
    }
    const double nothing =
        x->e.d_exact ? 0.0 : ENT_LEDGER_APPROXIMATE * fmin(1.0, ent_rat_double(&x->v->scale));
    mine->single = are_independent(vectors, width, table, nothing);
    ent_rats_free(table, count);
    return st;
}

/* g(r, c) = f(r, c) - sum s_c' (M(r, c') - v) - sum s_r' (v - M(r', c)). */
static void with_multipliers(const ent_sv_examined_one *x, ent_coal s, const side *rows,
                             const side *columns, int64_t r, int64_t c, ent_rat *out)
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

/* The least of g over the tight plays of a side, or its mean when the side has a single strategy,
 * given a play of the other. */
static void least_given(const ent_sv_examined_one *x, ent_coal s, const side *rows,
                        const side *columns, const side *mine, int64_t given, ent_rat *least)
{
    const int64_t plays = mine->single ? mine->strategy.n : mine->count;
    ent_rat value = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(least, 0);
    for (int64_t k = 0; k < plays; k++) {
        if (!mine->single && !is_tight(x, &mine->slack[k])) continue;
        const int64_t play = mine->single ? mine->strategy.play[k] : mine->play[k];
        with_multipliers(x, s, rows, columns, mine == rows ? play : given,
                         mine == rows ? given : play, &value);
        if (mine->single) ent_rat_addmul(least, &mine->strategy.weight[k], &value);
        else if (first || ent_rat_cmp(&value, least) < 0) ent_rat_set(least, &value);
        first = false;
    }
    ent_rat_release(&value);
}

/* The least over both sides. A side with a single strategy comes inside: its mean is linear in what
 * the other side plays. */
static void least_of(const ent_sv_examined_one *x, ent_coal s, const side *rows,
                     const side *columns, ent_rat *least)
{
    const side *outer = rows->single ? columns : rows, *inner = rows->single ? rows : columns;
    const int64_t plays = outer->single ? outer->strategy.n : outer->count;
    ent_rat value = ENT_RAT_ZERO;
    bool first = true;
    ent_rat_set_int(least, 0);
    for (int64_t k = 0; k < plays; k++) {
        if (!outer->single && !is_tight(x, &outer->slack[k])) continue;
        least_given(x, s, rows, columns, inner,
                    outer->single ? outer->strategy.play[k] : outer->play[k], &value);
        if (outer->single) ent_rat_addmul(least, &outer->strategy.weight[k], &value);
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

ent_status ent_sv_bound_conflict(ent_sv_examined_one *x, ent_coal s, const ent_json *conflict,
                                 const ent_json *slack, ent_rat *least)
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
    least_of(x, s, &rows, &columns, least);
done:
    release_side(&rows);
    release_side(&columns);
    return st;
}
