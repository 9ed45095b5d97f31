/* [ITA] Definitions 1 and 2. The checker of `partial`: is every set of truthful players that is
 * listed an equilibrium, and is every other one none? In rationals up to ENT_IV_EXACT_SETS sets;
 * beyond, in doubles, and in rationals wherever a document disagrees with them or claims an exact
 * number. */
#include "verify/information_i.h"

#include "base/ctx.h"

#include <math.h>

enum { SETS_PLAYERS_MAX = 24 }; /* no document has more: 2^24 sets take minutes */

/* Welfare in doubles: sums of squares, off by a few hundred roundings of the largest policies. */
static const double welfare_rounding = 1e-11;

/* The best so far by one criterion; doubles for choosing are fine beyond ENT_IV_EXACT_SETS only. */
typedef struct best {
    ent_coal set;
    ent_rat value;
    bool any;
} best;

typedef struct partial {
    ent_ivdoc *v;
    ent_ivquick *quick;
    bool all_exact;    /* every set is decided in rationals */
    bool exact_claims; /* the document's numbers are exact: then ties are, too */
    ent_rat *welfare;  /* [n] of the set being looked at */
    ent_rat total, least;
    double *rough; /* [n] */
    ent_coal *set; /* [count] the equilibria */
    bool *on_list; /* [2^n] */
    int64_t count, exact_count;
    best *best; /* [n+2] by player, total, least */
} partial;

/* In rationals: is the set an equilibrium? Fills welfare. */
static ent_status decide_exactly(partial *p, ent_coal s, bool *is, double *most)
{
    ent_status st = ENT_OK;
    ent_ivstage *stages = NULL;
    ENT_TRY(ent_iv_stages_new(&p->v->game, s, &stages));
    *is = ent_iv_is_truthful(&p->v->game, stages, most);
    for (int i = 0; i < p->v->n; i++) ent_iv_welfare(&p->v->game, stages, i, &p->welfare[i]);
    p->exact_count++;
done:
    ent_iv_stages_free(stages, ent_coal_size(s) + 1);
    return st;
}

static void add_welfare(partial *p)
{
    ent_rat_set_int(&p->total, 0);
    ent_rat_set(&p->least, &p->welfare[0]);
    for (int i = 0; i < p->v->n; i++) {
        ent_rat_add(&p->total, &p->total, &p->welfare[i]);
        if (ent_rat_cmp(&p->welfare[i], &p->least) < 0) ent_rat_set(&p->least, &p->welfare[i]);
    }
}

static void compare_best(partial *p, ent_coal s)
{
    const int n = p->v->n;
    for (int k = 0; k < n + 2; k++) {
        const ent_rat *value = k < n ? &p->welfare[k] : k == n ? &p->total : &p->least;
        if (p->best[k].any && ent_rat_cmp(value, &p->best[k].value) <= 0) continue;
        ent_rat_set(&p->best[k].value, value);
        p->best[k].set = s;
        p->best[k].any = true;
    }
}

static bool claims_exactly(const ent_json *node)
{
    const ent_json *welfare = ent_json_get(node, "welfare");
    return welfare && welfare->first && welfare->first->kind == ENT_JSON_OBJECT;
}

/* Is the set an equilibrium? In rationals when `exactly`, or when doubles disagree with `listed`.
 * Fills welfare if it is listed. */
static ent_status decide(partial *p, ent_coal s, bool listed, bool exactly, bool *is, double *most)
{
    ent_status st = ENT_OK;
    *most = 0.0;
    *is = !exactly && ent_iv_quick(p->quick, s, p->rough) <= p->v->zero;
    if (exactly || *is != listed) return decide_exactly(p, s, is, most);
    for (int i = 0; listed && i < p->v->n; i++) ent_rat_set_double(&p->welfare[i], p->rough[i]);
    if (listed) p->v->claims.word = ENT_VERIFIED;
    return st;
}

/* The numbers of a listed set. */
static void check_listed(partial *p, ent_coal s, const ent_json *node)
{
    ent_ledger *c = &p->v->claims;
    p->exact_claims = p->exact_claims && claims_exactly(node);
    p->on_list[s] = true;
    p->set[p->count++] = s;
    add_welfare(p);
    compare_best(p, s);
    ent_iv_by_player(p->v, ent_ledger_member(c, node, "welfare"), p->welfare);
    ent_ledger_equal(c, ent_ledger_member(c, node, "total"), &p->total);
}

/* The list is read in order: is `s` what `at` names next? */
static ent_status check_set(partial *p, ent_coal s, const ent_json *at, bool listed)
{
    ent_status st = ENT_OK;
    ent_ledger *c = &p->v->claims;
    const bool exact = listed && claims_exactly(at);
    bool is = false;
    double most = 0.0;
    ENT_TRY(decide(p, s, listed, p->all_exact || exact, &is, &most));
    if (is && !listed)
        ent_ledger_refuse(c, at ? at : ent_json_get(p->v->solution, "equilibria"),
                          "before this an equilibrium is missing, %d truthful players",
                          ent_coal_size(s));
    if (listed && !is && (exact || most > p->v->zero))
        ent_ledger_refuse(
            c, at, "these players do not all tell the truth: somebody gains by a lie, exactly");
    if (listed) check_listed(p, s, at);
done:
    return st;
}

static ent_status check_list(partial *p, const ent_json *list)
{
    static const char *const known[] = {"truthful", "welfare", "total", "maximal", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &p->v->claims;
    const ent_json *at = list->first;
    ent_coal named = 0;
    bool readable = !at || ent_iv_read_names(p->v, ent_ledger_member(c, at, "truthful"), &named);
    for (ent_coal s = 0; s <= ent_coal_all(p->v->n) && readable; s++) {
        ENT_CHECK_CANCEL(p->v->ctx);
        const bool listed = at && named == s;
        ENT_TRY(check_set(p, s, at, listed));
        if (!listed) continue;
        ent_ledger_only(c, at, known);
        at = at->next;
        readable = !at || ent_iv_read_names(p->v, ent_ledger_member(c, at, "truthful"), &named);
    }
    if (readable && at)
        ent_ledger_refuse(c, at, "sets stand in the order of binary numbers, each once");
done:
    return st;
}

/* Maximal: no larger equilibrium contains it. Marks, from the largest set down, what has an
 * equilibrium above it. */
static ent_status check_maximal(partial *p, const ent_json *list)
{
    ent_status st = ENT_OK;
    const ent_coal all = ent_coal_all(p->v->n);
    bool *above = NULL;
    const ent_json *at = list->first;
    ENT_ALLOC(p->v->ctx, above, all + 1);
    for (ent_coal s = all + 1; s-- > 0;)
        for (int i = 0; i < p->v->n && !above[s]; i++) {
            const ent_coal larger = s | ent_coal_single(i);
            above[s] = larger != s && (above[larger] || p->on_list[larger]);
        }
    for (int64_t k = 0; k < p->count && at; k++, at = at->next)
        ent_ledger_bool(&p->v->claims, ent_ledger_member(&p->v->claims, at, "maximal"),
                        !above[p->set[k]]);
done:
    ent_free(above);
    return st;
}

/* The numbers of the set that the document calls best, for a criterion: exactly the first best, or
 * in doubles as good as it. */
static ent_status check_best_set(partial *p, const ent_json *node, int k)
{
    ent_status st = ENT_OK;
    ent_coal s = 0;
    bool is = false;
    ent_ledger *c = &p->v->claims;
    if (!node || !ent_iv_read_names(p->v, node, &s)) return ENT_OK;
    if (s == p->best[k].set) {
        c->n++;
        return ENT_OK;
    }
    if (p->exact_claims || !p->on_list[s]) {
        ent_ledger_refuse(c, node, "not the first best equilibrium");
        return ENT_OK;
    }
    ENT_TRY(decide_exactly(p, s, &is, NULL));
    add_welfare(p);
    const ent_rat *value = k < p->v->n ? &p->welfare[k] : k == p->v->n ? &p->total : &p->least;
    const double top = ent_rat_double(&p->best[k].value);
    ent_ledger_residual(c, node, fabs(ent_rat_double(value) - top) / fabs(top), welfare_rounding);
done:
    return st;
}

static ent_status check_best(partial *p)
{
    static const char *const known[] = {"total", "least", "players", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &p->v->claims;
    const ent_json *node = ent_ledger_member(c, p->v->solution, "best"),
                   *players = ent_ledger_member(c, node, "players");
    const int n = p->v->n;
    ent_ledger_only(c, node, known);
    ENT_TRY(check_best_set(p, ent_ledger_member(c, node, "total"), n));
    ENT_TRY(check_best_set(p, ent_ledger_member(c, node, "least"), n + 1));
    ent_iv_only_players(p->v, players, ent_coal_all(n));
    for (int i = 0; i < n; i++)
        ENT_TRY(check_best_set(p, ent_ledger_member(c, players, p->v->m->player[i]), i));
done:
    return st;
}

static ent_status partial_new(partial *p, uint32_t listed)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = p->v->ctx;
    const size_t n = (size_t)p->v->n;
    const ent_coal sets = ent_coal_all(p->v->n) + 1;
    p->all_exact = sets <= ENT_IV_EXACT_SETS;
    p->exact_claims = true;
    p->welfare = ent_rats_new(ctx, n, &st);
    if (!p->welfare) goto done;
    ENT_ALLOC(ctx, p->rough, n);
    ENT_ALLOC(ctx, p->best, n + 2);
    for (size_t k = 0; k < n + 2; k++) ent_rat_init(&p->best[k].value);
    ENT_ALLOC(ctx, p->set, listed);
    ENT_ALLOC(ctx, p->on_list, sets);
    ENT_TRY(ent_iv_quick_new(ctx, p->v->m, &p->quick));
done:
    return st;
}

static void partial_release(partial *p)
{
    ent_rats_free(p->welfare, (size_t)p->v->n);
    ent_free(p->rough);
    for (int k = 0; p->best && k < p->v->n + 2; k++) ent_rat_release(&p->best[k].value);
    ent_free(p->best);
    ent_free(p->set);
    ent_free(p->on_list);
    ent_iv_quick_free(p->quick);
    ent_rat_release(&p->total);
    ent_rat_release(&p->least);
}

ent_status ent_iv_partial(ent_ivdoc *v)
{
    static const char *const known[] = {"sets", "equilibria", "best", NULL};
    ent_status st = ENT_OK;
    ent_ledger *c = &v->claims;
    partial p = {.v = v, .total = ENT_RAT_ZERO, .least = ENT_RAT_ZERO};
    const ent_json *list = ent_ledger_member(c, v->solution, "equilibria");
    ent_ledger_only(c, v->solution, known);
    if (v->n > SETS_PLAYERS_MAX)
        ENT_FAIL(v->ctx, ENT_E_LIMIT, "%d players have too many sets, %d is the limit", v->n,
                 (int)SETS_PLAYERS_MAX);
    if (!ent_ledger_kind(c, list, ENT_JSON_ARRAY)) return ENT_OK;
    ENT_TRY(partial_new(&p, list->count));
    ent_ledger_begin(c, 1.0);
    ent_ledger_int(c, ent_ledger_member(c, v->solution, "sets"), (int64_t)1 << v->n);
    ENT_TRY(check_list(&p, list));
    ent_ledger_end(
        c, "/solution/equilibria",
        "all sets looked at, %lld of them in rationals: those listed are equilibria, the others are not",
        (long long)p.exact_count);
    ent_ledger_begin(c, 1.0);
    if (!p.exact_claims) c->word = ENT_VERIFIED;
    ENT_TRY(check_maximal(&p, list));
    ENT_TRY(check_best(&p));
    ent_ledger_end(c, "/solution/best", "among the equilibria");
done:
    partial_release(&p);
    return st;
}
