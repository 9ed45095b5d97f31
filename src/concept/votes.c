/* count[s][w]: coalitions of s voters with w votes, w below the quota, as integers of `words`
 * 64-bit digits. A quota above half of all votes is replaced by votes - quota + 1: who decides is
 * the same in the dual game, and the table is smaller. */
#include "concept/votes.h"

#include "base/ctx.h"

#include <string.h>

static const int64_t WORDS_MAX = (int64_t)1 << 28;

typedef struct table {
    int n, sizes, words; /* sizes: n rows, or 1 when only votes count */
    int64_t quota;
    const int64_t *vote;
    uint64_t *count, *less; /* [sizes][quota][words] */
} table;

/* to += from, or to -= from, with carries: numbers never become negative. */
static void add(int words, uint64_t *to, const uint64_t *from)
{
    uint64_t carry = 0;
    for (int k = 0; k < words; k++) {
        const uint64_t sum = to[k] + carry, all = sum + from[k];
        carry = (uint64_t)(sum < carry) + (uint64_t)(all < from[k]);
        to[k] = all;
    }
}

static void subtract(int words, uint64_t *to, const uint64_t *from)
{
    uint64_t borrow = 0;
    for (int k = 0; k < words; k++) {
        const uint64_t need = from[k] + borrow, over = (uint64_t)(need < borrow);
        borrow = over + (uint64_t)(to[k] < need);
        to[k] -= need;
    }
}

static uint64_t *cell(const table *t, uint64_t *base, int s, int64_t w)
{
    return base + ((int64_t)s * t->quota + w) * t->words;
}

static ent_status fill(ent_ctx *ctx, table *t)
{
    ent_status st = ENT_OK;
    t->count[0] = 1;
    for (int i = 0; i < t->n; i++) {
        const int64_t vote = t->vote[i];
        ENT_CHECK_CANCEL(ctx);
        if (vote >= t->quota) continue;
        for (int s = t->sizes > 1 ? (i + 1 < t->sizes ? i + 1 : t->sizes - 1) : 0;
             s >= (t->sizes > 1); s--)
            for (int64_t w = t->quota - 1; w >= vote; w--)
                add(t->words, cell(t, t->count, s, w),
                    cell(t, t->count, t->sizes > 1 ? s - 1 : 0, w - vote));
    }
done:
    return st;
}

/* less = the counts without one voter of so many votes. */
static void take_out(table *t, int64_t vote)
{
    memcpy(t->less, t->count, (size_t)(t->sizes * t->quota * t->words) * sizeof *t->less);
    if (vote >= t->quota) return;
    for (int s = t->sizes > 1; s < t->sizes; s++)
        for (int64_t w = vote; w < t->quota; w++)
            subtract(t->words, cell(t, t->less, s, w),
                     cell(t, t->less, t->sizes > 1 ? s - 1 : 0, w - vote));
}

/* The number in so many words as a rational. */
static void to_rational(int words, const uint64_t *number, ent_rat *r)
{
    ent_rat base = ENT_RAT_ZERO, digit = ENT_RAT_ZERO;
    ent_rat_set_int(&base, (int64_t)1 << 32);
    ent_rat_set_int(r, 0);
    for (int k = words - 1; k >= 0; k--)
        for (int half = 1; half >= 0; half--) {
            ent_rat_mul(r, r, &base);
            ent_rat_set_int(&digit, (int64_t)(number[k] >> (32 * half) & 0xffffffffu));
            ent_rat_add(r, r, &digit);
        }
    ent_rat_release(&base);
    ent_rat_release(&digit);
}

/* Coalitions of s others with votes in [quota - vote, quota). */
static void deciding(const table *t, int64_t vote, int s, uint64_t *sum, ent_rat *r)
{
    memset(sum, 0, (size_t)t->words * sizeof *sum);
    for (int64_t w = vote >= t->quota ? 0 : t->quota - vote; w < t->quota; w++)
        add(t->words, sum, cell(t, t->less, s, w));
    to_rational(t->words, sum, r);
}

static ent_status prepare(ent_ctx *ctx, bool sizes, table *t)
{
    ent_status st = ENT_OK;
    int64_t votes = 0;
    for (int i = 0; i < t->n; i++) votes += t->vote[i];
    if (t->quota <= votes && votes - t->quota + 1 < t->quota) t->quota = votes - t->quota + 1;
    if (t->quota > votes) t->quota = 1, t->vote = NULL; /* nobody ever decides */
    t->sizes = sizes ? t->n : 1;
    t->words = t->n / 64 + 1;
    if (t->quota > WORDS_MAX / t->words / t->sizes)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "counting %d voters against a quota of %lld would take a table of more than %lld words",
            t->n, (long long)t->quota, (long long)WORDS_MAX);
    ENT_ALLOC(ctx, t->count, t->sizes * t->quota * t->words);
    ENT_ALLOC(ctx, t->less, t->sizes * t->quota * t->words);
done:
    return st;
}

static int same_votes(const table *t, int i)
{
    int k = 0;
    while (t->vote[k] != t->vote[i]) k++;
    return k;
}

/* s!(n-s-1)!/n!, from the one before. */
static void next_share(int n, int s, ent_rat *share)
{
    ent_rat factor = ENT_RAT_ZERO;
    if (s == 0) ent_rat_set_ratio(share, 1, n);
    else ent_rat_set_ratio(&factor, s, n - s);
    if (s > 0) ent_rat_mul(share, share, &factor);
    ent_rat_release(&factor);
}

static void one_value(table *t, int i, uint64_t *sum, ent_rat *value)
{
    ent_rat share = ENT_RAT_ZERO, number = ENT_RAT_ZERO;
    ent_rat_set_int(value, 0);
    take_out(t, t->vote[i]);
    for (int s = 0; s < t->sizes; s++) {
        deciding(t, t->vote[i], s, sum, &number);
        if (t->sizes > 1) next_share(t->n, s, &share);
        else ent_rat_set_int(&share, 1);
        ent_rat_addmul(value, &share, &number);
    }
    ent_rat_release(&share);
    ent_rat_release(&number);
}

static ent_status count(ent_ctx *ctx, int n, int64_t quota, const int64_t *vote, bool sizes,
                        ent_rat *value)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    table t = {.n = n, .quota = quota, .vote = vote};
    uint64_t *sum = NULL;
    ENT_REQUIRE(ctx, n >= 1 && quota >= 1 && vote && value);
    for (int i = 0; i < n; i++) ent_rat_set_int(&value[i], 0);
    ENT_TRY(prepare(ctx, sizes, &t));
    if (!t.vote) goto done;
    ENT_SCRATCH(ctx, sum, t.words);
    ENT_TRY(fill(ctx, &t));
    for (int i = 0; i < n; i++) {
        ENT_CHECK_CANCEL(ctx);
        const int k = same_votes(&t, i);
        if (k < i) ent_rat_set(&value[i], &value[k]);
        else if (vote[i] > 0) one_value(&t, i, sum, &value[i]);
    }
done:
    ent_free(t.count);
    ent_free(t.less);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_votes_shapley(ent_ctx *ctx, int n, int64_t quota, const int64_t *vote,
                             ent_rat *value)
{
    return count(ctx, n, quota, vote, true, value);
}

ent_status ent_votes_swings(ent_ctx *ctx, int n, int64_t quota, const int64_t *vote,
                            ent_rat *swings)
{
    return count(ctx, n, quota, vote, false, swings);
}
