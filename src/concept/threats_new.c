/* The memory of prepared games: a few blocks that all arrays point into. */
#include "concept/threats.h"

static const int64_t PLAYS_MAX = (int64_t)1 << 26; /* of all sides of all conflicts together */

/* Plays of the coalition s, or -1 when they are too many. */
static int64_t plays_of(int n, const int *actions, ent_coal s)
{
    int64_t plays = 1;
    for (int i = 0; i < n; i++)
        if (ent_coal_has(s, i)) plays *= actions[i];
    return plays;
}

/* Offsets of the plays of s in the profile numbering, the last member's action fastest. */
static void offsets(const ent_threats *t, ent_coal s, int plays, int *at)
{
    int64_t stride[ENT_THREATS_PLAYERS_MAX], step = 1;
    for (int i = t->n - 1; i >= 0; i--) {
        stride[i] = step;
        step *= t->actions[i];
    }
    for (int k = 0; k < plays; k++) {
        int64_t rest = k, sum = 0;
        for (int i = t->n - 1; i >= 0; i--) {
            if (!ent_coal_has(s, i)) continue;
            sum += rest % t->actions[i] * stride[i];
            rest /= t->actions[i];
        }
        at[k] = (int)sum;
    }
}

typedef struct sizes {
    int64_t plays, kernels;
    int rows, columns; /* the largest sides */
    int least;         /* the largest smaller side */
    int64_t cells;     /* the largest game, padded as the work area wants it */
} sizes;

/* List the conflicts and add up what they need. */
static void outline(ent_threats *t, const ent_coal *list, sizes *z)
{
    const ent_coal all = ent_coal_all(t->n);
    for (ent_coal k = 0; k + 1 < all; k++) {
        if (!ent_coal_has(list[k], 0)) continue;
        ent_conflict *c = &t->conflict[t->conflicts++];
        c->s = list[k];
        c->rows = (int)plays_of(t->n, t->actions, c->s);
        c->columns = (int)plays_of(t->n, t->actions, all & ~c->s);
        const int least = c->rows < c->columns ? c->rows : c->columns;
        const int64_t cells = ((int64_t)c->rows + 5) * ((int64_t)c->columns + 9);
        z->plays += c->rows + c->columns;
        z->kernels += 2 * (int64_t)least;
        z->least = least > z->least ? least : z->least;
        z->cells = cells > z->cells ? cells : z->cells;
        z->rows = c->rows > z->rows ? c->rows : z->rows;
        z->columns = c->columns > z->columns ? c->columns : z->columns;
    }
}

static ent_status hand_out(ent_ctx *ctx, ent_threats *t, const sizes *z)
{
    ent_status st = ENT_OK;
    int *plays = NULL, *kernels = NULL;
    double *reals = NULL;
    const int n = t->n;
    ENT_ALLOC(ctx, plays, z->plays);
    t->memory[1] = plays;
    ENT_ALLOC(ctx, kernels, z->kernels);
    t->memory[2] = kernels;
    ENT_ALLOC(ctx, reals,
              (size_t)t->conflicts * (size_t)n + (size_t)(2 * n + 1) +
                  (size_t)(n + 3) * (size_t)t->profiles);
    t->memory[3] = reals;
    for (int c = 0; c < t->conflicts; c++) {
        ent_conflict *k = &t->conflict[c];
        const int least = k->rows < k->columns ? k->rows : k->columns;
        k->row_at = plays, plays += k->rows;
        k->column_at = plays, plays += k->columns;
        k->kernel.row = kernels, kernels += least;
        k->kernel.column = kernels, kernels += least;
        k->payoff = reals, reals += n;
        offsets(t, k->s, k->rows, k->row_at);
        offsets(t, ent_coal_all(n) & ~k->s, k->columns, k->column_at);
    }
    t->psi = reals, reals += n;
    t->share = reals, reals += n + 1;
    t->weighted = reals, reals += n * t->profiles;
    t->total = reals, reals += t->profiles;
    t->mixed = reals, reals += t->profiles;
    t->matrix = reals;
done:
    return st;
}

static void shares(int n, double *share)
{
    /* (s-1)!(n-s)!/n! = 1 / (n choose s) / s */
    double choose = 1.0;
    for (int s = 1; s <= n; s++) {
        choose = choose * (n - s + 1) / s;
        share[s] = 1.0 / (choose * s);
    }
}

ent_status ent_threats_new(ent_ctx *ctx, int n, const int *actions, const double *payoff,
                           ent_threats **out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_threats *t = NULL;
    ent_coal *list = NULL;
    sizes z = {0};
    ENT_REQUIRE(ctx, n >= 1 && actions && payoff && out);
    if (n > ENT_THREATS_PLAYERS_MAX)
        ENT_FAIL(
            ctx, ENT_E_LIMIT,
            "the conflicts of all coalitions are computed for up to %d players, this game has %d",
            ENT_THREATS_PLAYERS_MAX, n);
    ENT_ALLOC(ctx, t, 1);
    t->n = n;
    t->payoff = payoff;
    ENT_ALLOC(ctx, t->actions, n);
    t->profiles = 1;
    for (int i = 0; i < n; i++) {
        t->actions[i] = actions[i];
        t->profiles *= actions[i];
        if (t->profiles > PLAYS_MAX)
            ENT_FAIL(ctx, ENT_E_LIMIT, "the game has more than %lld profiles",
                     (long long)PLAYS_MAX);
    }
    ENT_ALLOC(ctx, t->conflict, (size_t)1 << (n - 1));
    t->memory[0] = t->conflict;
    ENT_SCRATCH(ctx, list, (size_t)1 << n);
    ent_coal_list(n, list);
    outline(t, list, &z);
    if (z.plays > PLAYS_MAX)
        ENT_FAIL(ctx, ENT_E_LIMIT, "the coalitions have more than %lld plays",
                 (long long)PLAYS_MAX);
    ENT_TRY(hand_out(ctx, t, &z));
    shares(n, t->share);
    if (n > 1) ENT_TRY(ent_matrix_work_shaped(ctx, z.rows, z.columns, z.least, z.cells, &t->work));
    *out = t;
    t = NULL;
done:
    ent_threats_free(t);
    ent_scratch_reset(ctx, mark);
    return st;
}

void ent_threats_free(ent_threats *t)
{
    if (!t) return;
    ent_matrix_work_free(t->work);
    ent_free(t->actions);
    for (int k = 0; k < 4; k++) ent_free(t->memory[k]);
    ent_free(t);
}
