/* Weighted voting: the numbers of swings, counted by votes modulo primes. A number below the
 * product of the primes is determined by its remainders, so that agreement modulo all of them
 * proves a claim exactly. */
#include "verify/strategic_i.h"

#include "base/ctx.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Cells of the table of counts, and additions in all, that a check may take. */
static const int64_t cells_max = (int64_t)1 << 25;
static const double work_max = 4e10;

static uint64_t times(uint64_t a, uint64_t b, uint64_t p) { return (uint64_t)((wide)a * b % p); }

static uint64_t power(uint64_t a, uint64_t e, uint64_t p)
{
    uint64_t r = 1;
    for (; e; e >>= 1, a = times(a, a, p))
        if (e & 1) r = times(r, a, p);
    return r;
}

/* Miller and Rabin's test; these bases decide every number below 2^64. */
static bool is_prime(uint64_t p)
{
    static const uint64_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    uint64_t odd = p - 1;
    int twos = 0;
    for (; odd % 2 == 0; odd /= 2) twos++;
    for (size_t k = 0; k < sizeof bases / sizeof *bases; k++) {
        uint64_t x = power(bases[k], odd, p);
        bool passes = x == 1 || x == p - 1;
        for (int r = 1; r < twos && !passes; r++) {
            x = times(x, x, p);
            passes = x == p - 1;
        }
        if (!passes) return false;
    }
    return true;
}

/* The remainder of an integer's decimal digits; negative numbers do not occur. */
static uint64_t remainder_of(const char *digits, uint64_t p)
{
    uint64_t r = 0;
    for (; *digits >= '0' && *digits <= '9'; digits++)
        r = (uint64_t)(((wide)r * 10 + (wide)(unsigned)(*digits - '0')) % p);
    return r;
}

/* What is claimed, as whole numbers: swings of each player, or orders in which it is pivotal;
 * decimal digits. */
typedef struct tally {
    ent_sv *v;
    bool banzhaf;
    int sizes; /* rows of the table: n for orders, 1 for swings */
    int64_t quota;
    char **digits;   /* [n] */
    uint64_t *count; /* [sizes][quota] coalitions by size and votes, all players in it */
    uint64_t *less;  /* the same without one player */
    uint64_t p;
} tally;

static uint64_t add_mod(uint64_t a, uint64_t b, uint64_t p)
{
    const uint64_t sum = a + b;
    return sum >= p ? sum - p : sum;
}

/* Every coalition with fewer votes than the quota, player by player. */
static ent_status count_all(tally *t)
{
    ent_status st = ENT_OK;
    const size_t quota = (size_t)t->quota;
    memset(t->count, 0, (size_t)t->sizes * quota * sizeof *t->count);
    t->count[0] = 1;
    for (int i = 0; i < t->v->n; i++) {
        ENT_CHECK_CANCEL(t->v->ctx);
        const int64_t vote = t->v->m->vote[i];
        if (vote >= t->quota) continue;
        for (int s = t->sizes - 1; s >= (t->sizes > 1 ? 1 : 0); s--) {
            uint64_t *into = t->count + (size_t)s * quota;
            const uint64_t *from = t->sizes > 1 ? into - quota : into;
            for (int64_t w = t->quota - 1; w >= vote; w--)
                into[w] = add_mod(into[w], from[w - vote], t->p);
        }
    }
done:
    return st;
}

/* The same without one player: less(s, w) = count(s, w) - less(s-1, w-vote). */
static void take_out(tally *t, int64_t vote)
{
    const size_t quota = (size_t)t->quota;
    memcpy(t->less, t->count, (size_t)t->sizes * quota * sizeof *t->less);
    if (vote >= t->quota) return;
    for (int s = t->sizes > 1 ? 1 : 0; s < t->sizes; s++) {
        uint64_t *into = t->less + (size_t)s * quota;
        const uint64_t *from = t->sizes > 1 ? into - quota : into;
        for (int64_t w = vote; w < t->quota; w++)
            into[w] = add_mod(into[w], t->p - from[w - vote], t->p);
    }
}

/* Coalitions that win only with the player: votes in [quota - vote, quota); orders: s!(n-1-s)! for
 * each of size s. */
static uint64_t pivots(const tally *t, int64_t vote)
{
    const int n = t->v->n;
    uint64_t sum = 0;
    for (int s = 0; s < t->sizes; s++) {
        uint64_t of_size = 0, orders = 1;
        for (int64_t w = vote > t->quota ? 0 : t->quota - vote; w < t->quota; w++)
            of_size = add_mod(of_size, t->less[(size_t)s * (size_t)t->quota + (size_t)w], t->p);
        for (int k = 1; k <= s && t->sizes > 1; k++) orders = times(orders, (uint64_t)k, t->p);
        for (int k = 1; k <= n - 1 - s && t->sizes > 1; k++)
            orders = times(orders, (uint64_t)k, t->p);
        sum = add_mod(sum, times(of_size, orders, t->p), t->p);
    }
    return sum;
}

static ent_status judge_modulo(tally *t, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    ENT_TRY(count_all(t));
    for (int i = 0; i < t->v->n; i++) {
        int same = 0; /* equal votes have equal numbers */
        while (same < i && t->v->m->vote[same] != t->v->m->vote[i]) same++;
        uint64_t want = 0;
        if (same == i && t->v->m->vote[i] > 0) {
            take_out(t, t->v->m->vote[i]);
            want = pivots(t, t->v->m->vote[i]);
        } else if (same < i) {
            if (strcmp(t->digits[same], t->digits[i]) != 0)
                ent_ledger_refuse(&t->v->c, utility[i].node, "players with equal votes differ");
            continue;
        }
        if (remainder_of(t->digits[i], t->p) != want)
            ent_ledger_refuse(&t->v->c, utility[i].node,
                              "not the number of swings divided by that of all cases");
    }
done:
    return st;
}

/* utility times n! or 2^(n-1) as a whole number between 0 and that; says so when it is not. */
static ent_status whole_number(tally *t, const ent_claim *utility, const ent_rat *cases,
                               char **digits)
{
    ent_status st = ENT_OK;
    ent_rat whole = ENT_RAT_ZERO;
    ent_rat_mul(&whole, &utility->number, cases);
    if (!ent_rat_is_integer(&whole) || ent_rat_sign(&whole) < 0 || ent_rat_cmp(&whole, cases) > 0) {
        ent_ledger_refuse(&t->v->c, utility->node, "not a whole number of cases");
        ent_rat_set_int(&whole, 0);
    }
    *digits = ent_rat_format(t->v->ctx, &whole, &st);
    ent_rat_release(&whole);
    return st;
}

/* Bits of n! or 2^(n-1), by which the primes are counted; and the number itself. */
static double find_cases(const tally *t, ent_rat *cases)
{
    double bits = 2.0;
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_int(cases, 1);
    for (int k = t->banzhaf ? 2 : 1; k <= t->v->n; k++) {
        ent_rat_set_int(&factor, t->banzhaf ? 2 : k);
        ent_rat_mul(cases, cases, &factor);
        bits += log2(t->banzhaf ? 2.0 : (double)k);
    }
    ent_rat_release(&factor);
    return bits;
}

static ent_status check_swings(tally *t)
{
    ent_status st = ENT_OK;
    ent_sv *v = t->v;
    const ent_json *object = NULL;
    if (!t->banzhaf) return st;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "swings", &object));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (int i = 0; i < v->n; i++) {
        const ent_json *node = NULL;
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, v->m->player[i], &node));
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_STRING));
        if (strcmp(node->text, t->digits[i]) != 0)
            ent_ledger_refuse(&v->c, node, "not the number of swings");
    }
done:
    return st;
}

static ent_status judge_exactly(tally *t, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    ent_sv *v = t->v;
    ent_rat cases = ENT_RAT_ZERO;
    const size_t cells = (size_t)t->sizes * (size_t)t->quota;
    double bits = find_cases(t, &cases);
    ENT_ALLOC(v->ctx, t->digits, v->n);
    ENT_ALLOC(v->ctx, t->count, cells);
    ENT_ALLOC(v->ctx, t->less, cells);
    for (int i = 0; i < v->n; i++) ENT_TRY(whole_number(t, &utility[i], &cases, &t->digits[i]));
    ENT_TRY(check_swings(t));
    t->p = (uint64_t)1 << 62;
    for (; bits > 0.0; bits -= 61.0) { /* every prime used is above 2^61 */
        do t->p--;
        while (!is_prime(t->p));
        ENT_TRY(judge_modulo(t, utility));
    }
done:
    for (int i = 0; t->digits && i < v->n; i++) ent_free(t->digits[i]);
    ent_free(t->digits);
    ent_free(t->count);
    ent_free(t->less);
    ent_rat_release(&cases);
    return st;
}

ent_status ent_sv_votes_value(ent_sv *v, bool banzhaf, const ent_claim *utility)
{
    ent_status st = ENT_OK;
    tally t = {.v = v, .banzhaf = banzhaf, .sizes = banzhaf ? 1 : v->n, .quota = v->m->quota};
    int64_t votes = 0;
    bool exact = true;
    for (int i = 0; i < v->n; i++) {
        exact = exact && utility[i].exact;
        votes += v->m->vote[i];
    }
    if (t.quota > votes) t.quota = votes + 1; /* nobody wins, whatever the quota beyond that */
    const double cells = (double)t.sizes * (double)t.quota,
                 primes = banzhaf ? v->n / 61.0 + 1.0 : v->n * log2(v->n + 1.0) / 61.0 + 1.0;
    if (exact && cells <= (double)cells_max && cells * (double)v->n * 2.0 * primes <= work_max)
        return judge_exactly(&t, utility);
    /* too large to be counted again: what is left is told as approximate */
    ent_ledger_held(&v->c, ENT_APPROXIMATE, 2.0 * ENT_LEDGER_VERIFIED);
    for (int i = 0; i < v->n; i++)
        if (ent_rat_sign(&utility[i].number) < 0)
            ent_ledger_refuse(&v->c, utility[i].node, "negative");
    return st;
}
