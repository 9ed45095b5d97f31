/* harsanyi: constrained threats with free disposal, docs/strategic.md; every coalition
 * best-responds by its multipliers. */
#include "verify/strategic_i.h"

typedef struct constrained {
    ent_sv *v;
    ent_sv_equilibrium *e;
    const ent_json *coalitions;
    ent_sv_mix *mix;    /* [2^n] rho_S */
    ent_rat *potential; /* [2^n] P(S) as printed, P(empty) = 0 */
    bool exact;         /* all potentials */
} constrained;

static ent_coal without(ent_coal s, int i) { return s & ~ent_coal_single(i); }

/* Strategies and potentials of all coalitions. */
static ent_status read_all(constrained *h)
{
    static const char *const keys[] = {"strategy", "payoffs", "potential", "utilities",
                                       "dividend", "weights", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    ent_claim potential = {.number = ENT_RAT_ZERO};
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) {
        const ent_json *at = NULL, *strategy = NULL;
        ENT_TRY(ent_sv_member_of(v, h->coalitions, s, &at));
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, at, keys));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "strategy", &strategy));
        ENT_TRY(ent_sv_mix_read(v, strategy, s, &h->mix[s]));
        ENT_TRY(ent_claim_member(&v->c, at, "potential", &potential));
        h->exact = h->exact && potential.exact;
        ent_rat_set(&h->potential[s], &potential.number);
    }
    if (h->coalitions->count != ent_coal_all(v->n))
        st = ent_json_fail(v->ctx, v->c.doc, h->coalitions, ENT_E_MODEL,
                           "wanted every coalition once, found %u", (unsigned)h->coalitions->count);
done:
    ent_rat_release(&potential.number);
    return st;
}

/* payoffs: what members have in the conflict before disposal. For S = N, what the lottery gives. */
static ent_status check_payoffs(constrained *h, ent_coal s, const ent_json *at, ent_claim *payoff)
{
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    int64_t nothing[1] = {0};
    ent_rat one = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, got = ENT_RAT_ZERO;
    const ent_json *object = NULL;
    ent_rat_set_int(&one, 1);
    double whole[1] = {1.0};
    const ent_sv_mix nobody = {
        .n = 1, .play = nothing, .weight = &one, .share = whole, .exact = true};
    const ent_sv_mix *mine = &h->mix[s],
                     *theirs = s == ent_coal_all(v->n) ? &nobody : &h->mix[ent_coal_all(v->n) & ~s];
    bool exact = mine->exact && theirs->exact;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "payoffs", &object));
    ENT_TRY(ent_sv_by_player(v, object, s, payoff));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_sv_mean_payoff(v, i, mine, theirs, &mean);
        ent_rat_add(&sum, &sum, &mean);
        ent_rat_add(&got, &got, &payoff[i].number);
        if (v->m->transferable) exact = exact && payoff[i].exact;
        else
            ent_claims_equal(&v->c, &payoff[i], &mean, exact, &v->range[i],
                             "the mean payoff when both sides play their strategies");
    }
    ent_rat_sub(&got, &got, &sum);
    if (v->m->transferable)
        ent_claims_zero(&v->c, object, exact, &got, &v->range[0],
                        "the sum of the members' payoffs less what they get together");
done:
    ent_rat_release(&one);
    ent_rat_release(&mean);
    ent_rat_release(&sum);
    ent_rat_release(&got);
    return st;
}

/* The potential that payoffs and the potentials of smaller coalitions give: the least a_i payoff_i
 * + P(S\i) or, with side payments and for S = N, the mean. */
static void find_potential(const constrained *h, ent_coal s, const ent_claim *payoff, ent_rat *out)
{
    const ent_sv *v = h->v;
    const bool mean = v->m->transferable || s == ent_coal_all(v->n);
    ent_rat term = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    bool first = true;
    if (mean) ent_rat_set_int(out, 0);
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_rat_set(&term, &h->potential[without(s, i)]);
        if (s != ent_coal_all(v->n)) ent_rat_addmul(&term, &v->price[i], &payoff[i].number);
        if (mean) ent_rat_add(out, out, &term);
        else if (first || ent_rat_cmp(&term, out) < 0) ent_rat_set(out, &term);
        first = false;
    }
    if (s == ent_coal_all(v->n)) ent_rat_add(out, out, &v->joint);
    ent_rat_set_int(&size, ent_coal_size(s));
    if (mean) ent_rat_div(out, out, &size);
    ent_rat_release(&term);
    ent_rat_release(&size);
}

/* dividend: sum over R inside S of (-1)^(s-r) P(R). */
static void find_dividend(const constrained *h, ent_coal s, ent_rat *out)
{
    ent_rat_set_int(out, 0);
    ent_coal r = s;
    do {
        if ((ent_coal_size(s) - ent_coal_size(r)) % 2) ent_rat_sub(out, out, &h->potential[r]);
        else ent_rat_add(out, out, &h->potential[r]);
        r = (r - 1) & s;
    } while (r != s);
}

/* utilities: (P(S) - P(S\i)) / a_i; nothing can be said, and null stands there, where the price is
 * 0. */
static ent_status check_utilities(constrained *h, ent_coal s, const ent_json *at)
{
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    const ent_json *object = NULL, *node = NULL;
    ent_rat want = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "utilities", &object));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, object, v->m->player[i], &node));
        if (ent_rat_sign(&v->price[i]) == 0) {
            if (node->kind != ENT_JSON_NULL)
                ent_ledger_refuse(&v->c, node, "nothing is known at price 0");
            continue;
        }
        ent_claim_read(&v->c, node, &claim);
        ent_rat_sub(&want, &h->potential[s], &h->potential[without(s, i)]);
        ent_rat_div(&want, &want, &v->price[i]);
        ent_claims_equal(&v->c, &claim, &want, h->exact && v->prices_exact, &v->range[i],
                         "(P(S) - P(S\\i)) / price");
    }
    if (object->count != (uint32_t)ent_coal_size(s))
        st = ent_json_fail(v->ctx, v->c.doc, object, ENT_E_MODEL,
                           "wanted numbers of the members only");
done:
    ent_rat_release(&want);
    ent_rat_release(&claim.number);
    return st;
}

/* mu_i >= 0, sum 1. */
static ent_status read_weights(constrained *h, ent_coal s, const ent_json *at, ent_claim *weight,
                               bool *exact)
{
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    const ent_json *object = NULL;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    *exact = true;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "weights", &object));
    ENT_TRY(ent_sv_by_player(v, object, s, weight));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        *exact = *exact && weight[i].exact;
        if (ent_rat_sign(&weight[i].number) < 0)
            ent_ledger_refuse(&v->c, weight[i].node, "a multiplier is negative");
        ent_rat_add(&sum, &sum, &weight[i].number);
    }
    ent_rat_sub(&sum, &sum, &one);
    ent_claims_zero(&v->c, object, *exact, &sum, &one, "the sum of the multipliers less 1");
done:
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

/* At one profile: sum over S of s mu_i a_i u_i - sum over the others of a_j u_j. */
static void effective(const constrained *h, ent_coal s, const ent_rat *factor, int64_t profile,
                      ent_rat *out)
{
    const ent_sv *v = h->v;
    ent_rat w = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int i = 0; i < v->n; i++) {
        ent_sv_weighted(v, i, profile, &w);
        if (ent_coal_has(s, i)) ent_rat_addmul(out, &factor[i], &w);
        else ent_rat_sub(out, out, &w);
    }
    ent_rat_release(&w);
}

/* The mean of the effective payoff when the others play rho and s plays `play`. */
static void effective_mean(const constrained *h, ent_coal s, const ent_rat *factor, int64_t play,
                           ent_rat *out)
{
    const ent_sv_mix *theirs = &h->mix[ent_coal_all(h->v->n) & ~s];
    ent_rat cell = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int k = 0; k < theirs->n; k++) {
        effective(h, s, factor, play + theirs->play[k], &cell);
        ent_rat_addmul(out, &theirs->weight[k], &cell);
    }
    ent_rat_release(&cell);
}

/* What S attains: s P(S) less what its enemies have. Best: no play of S has more at the
 * multipliers. With side payments the multipliers are 1/s each. */
static ent_status check_best(constrained *h, ent_coal s, const ent_json *at)
{
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    int64_t count = 0, *play = NULL;
    bool exact = true;
    ent_rat attained = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, rest = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
    ent_claim *weight = ent_claims_new(v->ctx, v->n, &st);
    ent_rat *factor = weight ? ent_rats_new(v->ctx, (size_t)v->n, &st) : NULL;
    if (!factor) goto done;
    ent_rat_set_int(&size, ent_coal_size(s));
    if (!v->m->transferable) ENT_TRY(read_weights(h, s, at, weight, &exact));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        if (v->m->transferable) ent_rat_set_int(&factor[i], 1);
        else ent_rat_mul(&factor[i], &size, &weight[i].number);
        /* the part that does not depend on the play */
        ent_rat_addmul(&rest, &factor[i], &h->potential[without(s, i)]);
    }
    const ent_sv_mix *mine = &h->mix[s], *theirs = &h->mix[ent_coal_all(v->n) & ~s];
    ent_rat_mul(&attained, &size, &h->potential[s]);
    for (int j = 0; j < v->n; j++) {
        if (ent_coal_has(s, j)) continue;
        ent_sv_mean_weighted(v, j, mine, theirs, &mean);
        ent_rat_sub(&attained, &attained, &mean);
    }
    ENT_TRY(ent_sv_plays(v, s, &count, &play));
    exact = exact && h->exact && v->prices_exact && mine->exact && theirs->exact;
    for (int64_t k = 0; k < count; k++) {
        effective_mean(h, s, factor, play[k], &mean);
        ent_rat_add(&mean, &mean, &rest);
        ent_rat_sub(&mean, &mean, &attained);
        ent_claims_at_most_zero(&v->c, at, exact, &mean, &v->scale,
                                "another play is better at these multipliers");
    }
done:
    ent_free(play);
    ent_rat_release(&attained);
    ent_rat_release(&mean);
    ent_rat_release(&rest);
    ent_rat_release(&size);
    ent_claims_free(weight, v->n);
    ent_rats_free(factor, (size_t)v->n);
    return st;
}

static ent_status check_coalition(constrained *h, ent_coal s)
{
    ent_status st = ENT_OK;
    ent_sv *v = h->v;
    const ent_json *at = NULL;
    ent_rat want = ENT_RAT_ZERO;
    ent_claim number = {.number = ENT_RAT_ZERO}, *payoff = ent_claims_new(v->ctx, v->n, &st);
    if (!payoff) goto done;
    ENT_TRY(ent_sv_member_of(v, h->coalitions, s, &at));
    ENT_TRY(check_payoffs(h, s, at, payoff));
    bool exact = h->exact && v->prices_exact;
    for (int i = 0; i < v->n; i++) exact = exact && (!ent_coal_has(s, i) || payoff[i].exact);
    find_potential(h, s, payoff, &want);
    ENT_TRY(ent_claim_member(&v->c, at, "potential", &number));
    ent_claims_equal(&v->c, &number, &want, exact, &v->scale,
                     "the potential that the payoffs allow");
    ENT_TRY(check_utilities(h, s, at));
    find_dividend(h, s, &want);
    ENT_TRY(ent_claim_member(&v->c, at, "dividend", &number));
    ent_claims_equal(&v->c, &number, &want, h->exact, &v->scale,
                     "the alternating sum of potentials");
    if (s != ent_coal_all(v->n)) ENT_TRY(check_best(h, s, at));
done:
    ent_rat_release(&want);
    ent_rat_release(&number.number);
    ent_claims_free(payoff, v->n);
    return st;
}

/* a_i u_i = P(N) - P(N\i). */
static void judge_grand(constrained *h)
{
    ent_sv *v = h->v;
    const ent_coal all = ent_coal_all(v->n);
    ent_rat error = ENT_RAT_ZERO, own = ENT_RAT_ZERO;
    for (int i = 0; i < v->n; i++) {
        ent_rat_mul(&error, &v->price[i], &h->e->utility[i].number);
        ent_rat_sub(&error, &error, &h->potential[all]);
        ent_rat_add(&error, &error, &h->potential[without(all, i)]);
        ent_rat_mul(&own, &v->price[i], &v->range[i]);
        ent_claims_zero(&v->c, h->e->utility[i].node, h->e->exact && h->exact, &error,
                        h->e->boundary ? &v->scale : &own,
                        "price times utility less P(N) - P(N\\i)");
    }
    ent_rat_release(&error);
    ent_rat_release(&own);
}

static void release(constrained *h)
{
    const size_t coalitions = (size_t)1 << h->v->n;
    for (size_t s = 0; h->mix && s < coalitions; s++) ent_sv_mix_release(&h->mix[s]);
    ent_free(h->mix);
    ent_rats_free(h->potential, h->potential ? coalitions : 0);
}

static ent_status check_one(ent_sv *v, ent_sv_equilibrium *e)
{
    static const char *const keys[] = {"prices",   "utilities",    "status",     "joint", "lottery",
                                       "payments", "prices_range", "coalitions", NULL};
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    constrained h = {.v = v, .e = e, .exact = true};
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, e->node, keys));
    ENT_TRY(ent_sv_prices_and_joint(v, e));
    if (ent_json_get(e->proof, "conflicts"))
        ENT_TRY(ent_sv_claims_fulfilled(v, e)); /* where this notion is that of coco */
    ENT_ALLOC(v->ctx, h.mix, (size_t)1 << v->n);
    h.potential = ent_rats_new(v->ctx, (size_t)1 << v->n, &st);
    if (!h.potential) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "coalitions", &h.coalitions));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, h.coalitions, ENT_JSON_OBJECT));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(read_all(&h));
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) ENT_TRY(check_coalition(&h, s));
    ent_ledger_end(
        &v->c, ent_sv_path(path, e, "coalitions/*"),
        "every coalition best-responds under equal weighted dividends, by its multipliers; potentials and dividends by definition");
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_held(&v->c, e->exact && h.exact ? ENT_EXACT : ENT_VERIFIED, 0.0);
    judge_grand(&h);
    ent_ledger_end(&v->c, ent_sv_path(path, e, "utilities/*"),
                   "price times utility is P(N) - P(N\\i)");
    if (ent_json_get(e->node, "lottery")) ENT_TRY(ent_sv_lottery(v, e));
    else if (!e->boundary) ENT_TRY(ent_sv_lottery(v, e)); /* says that it is missing */
    if (e->boundary && ent_json_get(e->proof, "secures")) ENT_TRY(ent_sv_boundary(v, e));
    if (ent_json_get(e->proof, "conflicts") && !v->m->transferable)
        ENT_TRY(ent_sv_enclosure(v, e)); /* while the prices of v are those of e */
    ENT_TRY(ent_sv_ends(v, e));
done:
    release(&h);
    return st;
}

ent_status ent_sv_harsanyi(ent_sv *v)
{
    static const char *const keys[] = {"equilibria", "coverage", "starts", NULL};
    ent_status st = ENT_OK;
    int solved = 0, boundaries = 0;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_each_equilibrium(v, check_one, &solved, &boundaries));
    ENT_TRY(ent_sv_coverage(v, solved, true));
    ent_sv_outcome(v, solved, boundaries);
done:
    return st;
}
