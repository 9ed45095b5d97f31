/* coalition-perfect, literally: [CoCo] Section 5, Condition 1 to 4. */
#include "verify/strategic_condition4.h"

/* The members of `coalitions` of one equilibrium, read. */
typedef struct perfect {
    ent_sv *v;
    ent_sv_equilibrium *e;
    const ent_json *coalitions;
    ent_sv_mix *mix; /* [2^n] rho_S */
    ent_sv_table t;
    ent_claim *payoff; /* [2^n][n] as printed */
} perfect;

static ent_claim *payoff_of(const perfect *p, ent_coal s, int i)
{
    return &p->payoff[s * (ent_coal)p->v->n + (ent_coal)i];
}

static ent_status read_all(perfect *p)
{
    static const char *const keys[] = {"strategy",  "payoffs", "threats",
                                       "dividends", "value",   NULL};
    ent_status st = ENT_OK;
    ent_sv *v = p->v;
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) {
        const ent_json *at = NULL, *strategy = NULL, *payoffs = NULL;
        ENT_TRY(ent_sv_member_of(v, p->coalitions, s, &at));
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_OBJECT));
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, at, keys));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "strategy", &strategy));
        ENT_TRY(ent_sv_mix_read(v, strategy, s, &p->mix[s]));
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "payoffs", &payoffs));
        ENT_TRY(ent_sv_by_player(v, payoffs, s, payoff_of(p, s, 0)));
        for (int i = 0; i < v->n; i++)
            if (ent_coal_has(s, i)) {
                ent_rat_set(ent_sv_u(v, &p->t, s, i), &payoff_of(p, s, i)->number);
                p->t.exact = p->t.exact && payoff_of(p, s, i)->exact;
            }
    }
    if (p->coalitions->count != ent_coal_all(v->n))
        st = ent_json_fail(v->ctx, v->c.doc, p->coalitions, ENT_E_MODEL,
                           "wanted every coalition once, found %u", (unsigned)p->coalitions->count);
    ent_sv_totals(v, &p->t);
done:
    return st;
}

/* u_i^S = U_i(rho_S, rho_{N\S}); with side payments, the members' sum is. For S = N the others are
 * nobody. */
static void judge_payoffs(perfect *p, ent_coal s)
{
    ent_sv *v = p->v;
    int64_t nothing[1] = {0};
    ent_rat one = ENT_RAT_ZERO, mean = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, got = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    double whole[1] = {1.0};
    const ent_sv_mix nobody = {
        .n = 1, .play = nothing, .weight = &one, .share = whole, .exact = true};
    const ent_sv_mix *mine = &p->mix[s],
                     *theirs = s == ent_coal_all(v->n) ? &nobody : &p->mix[ent_coal_all(v->n) & ~s];
    bool exact = mine->exact && theirs->exact;
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_sv_mean_payoff(v, i, mine, theirs, &mean);
        ent_rat_add(&sum, &sum, &mean);
        ent_rat_add(&got, &got, &payoff_of(p, s, i)->number);
        if (v->m->transferable) exact = exact && payoff_of(p, s, i)->exact;
        else
            ent_claims_equal(&v->c, payoff_of(p, s, i), &mean, exact, &v->range[i],
                             "the mean payoff when both sides play their strategies");
    }
    ent_rat_sub(&got, &got, &sum);
    if (v->m->transferable)
        ent_claims_zero(&v->c, p->coalitions, exact, &got, &v->range[0],
                        "the sum of the members' payoffs less what they get together");
    ent_rat_release(&one);
    ent_rat_release(&mean);
    ent_rat_release(&sum);
    ent_rat_release(&got);
}

static ent_status check_coalition(perfect *p, ent_coal s)
{
    ent_status st = ENT_OK;
    ent_sv *v = p->v;
    const ent_json *at = NULL, *object = NULL;
    ent_rat want = ENT_RAT_ZERO;
    ent_claim value = {.number = ENT_RAT_ZERO}, *number = ent_claims_new(v->ctx, v->n, &st);
    if (!number) goto done;
    ENT_TRY(ent_sv_member_of(v, p->coalitions, s, &at));
    ENT_TRY(ent_claim_member(&v->c, at, "value", &value));
    if (s == ent_coal_all(v->n))
        ent_claims_equal(&v->c, &value, &v->joint, v->prices_exact, &v->scale, "the joint payoff");
    else ENT_TRY(ent_sv_saddle(v, s, &value, &p->mix[s], &p->mix[ent_coal_all(v->n) & ~s]));
    judge_payoffs(p, s);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "threats", &object));
    ENT_TRY(ent_sv_by_player(v, object, s, number));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_sv_threat(v, &p->t, s, i, &want);
        ent_claims_equal(&v->c, &number[i], &want, p->t.exact, &v->range[i],
                         "the alternating sum over smaller coalitions");
    }
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "dividends", &object));
    ENT_TRY(ent_sv_by_player(v, object, s, number));
    for (int i = 0; i < v->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_sv_threat(v, &p->t, s, i, &want);
        ent_rat_sub(&want, &payoff_of(p, s, i)->number, &want);
        ent_claims_equal(&v->c, &number[i], &want, p->t.exact, &v->range[i],
                         "the payoff less the threat");
    }
done:
    ent_rat_release(&want);
    ent_rat_release(&value.number);
    ent_claims_free(number, v->n);
    return st;
}

void ent_sv_spread(const ent_sv *v, ent_rat *out)
{
    ent_rat range = ENT_RAT_ZERO;
    ent_rat_set_int(out, 0);
    for (int i = 0; i < v->n; i++) {
        const ent_rat *u = v->m->payoff.exact + i * v->m->profiles, *most = u, *least = u;
        for (int64_t p = 1; p < v->m->profiles; p++) {
            if (ent_rat_cmp(&u[p], most) > 0) most = &u[p];
            if (ent_rat_cmp(&u[p], least) < 0) least = &u[p];
        }
        ent_rat_sub(&range, most, least);
        ent_rat_addmul(out, &v->price[i], &range);
    }
    if (ent_rat_sign(out) == 0) ent_rat_set_int(out, 1);
    ent_rat_release(&range);
}

/* One form of condition 4: the violation is 0, and the certificate says how large it is. */
static ent_status check_form(perfect *p, const ent_json *object, const char *form,
                             const ent_rat *most, const ent_rat *spread)
{
    ent_status st = ENT_OK;
    ent_sv *v = p->v;
    ent_rat relative = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_claim claim = {.number = ENT_RAT_ZERO};
    ent_rat_set_int(&one, 1);
    ent_rat_div(&relative, most, spread);
    ENT_TRY(ent_claim_member(&v->c, object, form, &claim));
    ent_claims_equal(&v->c, &claim, &relative, p->t.exact && v->prices_exact, &one,
                     "the largest violation of this form");
    ent_claims_zero(&v->c, claim.node, p->t.exact && v->prices_exact, &relative, &one,
                    "condition 4 is violated");
done:
    ent_rat_release(&relative);
    ent_rat_release(&one);
    ent_rat_release(&claim.number);
    return st;
}

static ent_status check_condition4(perfect *p)
{
    static const char *const keys[] = {"coco", "harsanyi", NULL};
    ent_status st = ENT_OK;
    ent_sv *v = p->v;
    char path[ENT_SV_PATH];
    const ent_json *object = NULL;
    ent_rat most = ENT_RAT_ZERO, spread = ENT_RAT_ZERO;
    ent_sv_spread(v, &spread);
    ent_ledger_begin(&v->c, 1.0);
    ent_ledger_held(&v->c, p->t.exact && v->prices_exact ? ENT_EXACT : ENT_VERIFIED, 0.0);
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, p->e->proof, "condition4", &object));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, object, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, object, keys));
    ent_sv_condition4_coco(v, &p->t, &most);
    ENT_TRY(check_form(p, object, "coco", &most, &spread));
    ent_sv_condition4_harsanyi(v, &p->t, &most);
    ENT_TRY(check_form(p, object, "harsanyi", &most, &spread));
    ent_ledger_end(
        &v->c, ent_sv_proof_path(path, p->e, "condition4/*"),
        "[CoCo] condition 4 in the form of CoCo equilibria and in that of Harsanyi equilibria, all coalitions");
done:
    ent_rat_release(&most);
    ent_rat_release(&spread);
    return st;
}

/* rho_N is the lottery, and u^N are the utilities. */
static ent_status check_grand(perfect *p)
{
    ent_status st = ENT_OK;
    ent_sv *v = p->v;
    ent_sv_mix lottery = {0};
    const ent_coal all = ent_coal_all(v->n);
    const ent_sv_mix *grand = &p->mix[all];
    ENT_TRY(ent_sv_mix_read(v, ent_json_get(p->e->node, "lottery"), all, &lottery));
    bool same = lottery.n == grand->n;
    for (int k = 0; same && k < grand->n; k++)
        same = grand->play[k] == lottery.play[k] &&
               ent_rat_equal(&grand->weight[k], &lottery.weight[k]);
    if (!same) ent_ledger_refuse(&v->c, grand->node, "not the lottery");
    for (int i = 0; i < v->n; i++)
        ent_claims_equal(&v->c, payoff_of(p, all, i), &p->e->utility[i].number,
                         p->e->utility[i].exact, &v->range[i], "the utility");
done:
    ent_sv_mix_release(&lottery);
    return st;
}

static void release(perfect *p)
{
    const size_t coalitions = (size_t)1 << p->v->n;
    for (size_t s = 0; p->mix && s < coalitions; s++) ent_sv_mix_release(&p->mix[s]);
    ent_free(p->mix);
    ent_sv_table_release(p->v, &p->t);
    ent_claims_free(p->payoff, (int)coalitions * p->v->n);
}

static ent_status check_coalitions(ent_sv *v, ent_sv_equilibrium *e)
{
    ent_status st = ENT_OK;
    char path[ENT_SV_PATH];
    perfect p = {.v = v, .e = e};
    ENT_TRY(ent_sv_table_new(v, &p.t));
    ENT_ALLOC(v->ctx, p.mix, (size_t)1 << v->n);
    p.payoff = ent_claims_new(v->ctx, (1 << v->n) * v->n, &st);
    if (!p.payoff) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, e->node, "coalitions", &p.coalitions));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, p.coalitions, ENT_JSON_OBJECT));
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(read_all(&p));
    for (ent_coal s = 1; s <= ent_coal_all(v->n); s++) ENT_TRY(check_coalition(&p, s));
    ENT_TRY(check_grand(&p));
    ent_ledger_end(
        &v->c, ent_sv_path(path, e, "coalitions/*"),
        "[CoCo] condition 3 for every coalition; payoffs, threat points and dividends by their definitions");
    ENT_TRY(check_condition4(&p));
done:
    release(&p);
    return st;
}

static ent_status check_one(ent_sv *v, ent_sv_equilibrium *e)
{
    static const char *const keys[] = {"prices",     "utilities", "status",       "joint",
                                       "lottery",    "payments",  "prices_range", "index",
                                       "coalitions", NULL};
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, e->node, keys));
    ENT_TRY(ent_sv_prices_and_joint(v, e));
    ENT_TRY(ent_sv_claims_fulfilled(v, e));
    if (e->boundary) return ent_sv_boundary(v, e);
    ENT_TRY(ent_sv_lottery(v, e));
    ENT_TRY(check_coalitions(v, e));
    ENT_TRY(ent_sv_index(v, e));
    ENT_TRY(ent_sv_enclosure(v, e));
    ENT_TRY(ent_sv_ends(v, e));
done:
    return st;
}

ent_status ent_sv_coalition_perfect(ent_sv *v)
{
    static const char *const keys[] = {"equilibria", "coverage", "index_sum",
                                       "starts",     "residual", NULL};
    ent_status st = ENT_OK;
    int solved = 0, boundaries = 0;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_each_equilibrium(v, check_one, &solved, &boundaries));
    ENT_TRY(ent_sv_coverage(v, solved, false));
    if (solved || boundaries) ent_sv_outcome(v, solved, boundaries);
    else ENT_TRY(ent_sv_examined(v));
done:
    return st;
}
