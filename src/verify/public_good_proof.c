#include "verify/public_good_proof.h"

void ent_i_pg_reply(const ent_pg *pg, int i, const ent_interval *effort, ent_interval *out)
{
    ent_rat factor = ENT_RAT_ZERO;
    ent_interval_point(out, &pg->payoff[i]);
    for (int j = 0; j < pg->n; j++) {
        if (j == i) continue;
        /* theta_i theta_j (a_j - ahat_j) */
        ent_rat_mul(&factor, &pg->size[i], &pg->size[j]);
        ent_interval_add_scaled(out, &factor, &effort[j]);
        ent_rat_mul(&factor, &factor, &pg->reply_effort[j]);
        ent_rat_neg(&factor, &factor);
        ent_interval_add_point(out, &factor);
    }
    ent_rat_release(&factor);
}

static void free_list(ent_pg_problem **list, int n)
{
    for (int i = 0; list && i < n; i++) ent_pg_problem_free(list[i]);
    ent_free(list);
}

void ent_i_pg_proof_free(ent_pg_proof *proof)
{
    if (!proof) return;
    ent_pg_problem_free(proof->on_path);
    ent_pg_problem_free(proof->joint);
    free_list(proof->punishment, proof->n);
    free_list(proof->quiet, proof->n);
    free_list(proof->highest, proof->n);
    free_list(proof->highest_quiet, proof->n);
    ent_interval_release(&proof->span);
    ent_pg_free(proof->pg);
    ent_free(proof);
}

/* All problems with their h and w. */
static ent_status set_up(ent_rcheck *c, ent_pg_proof *proof)
{
    ent_status st = ENT_OK;
    const ent_pg *pg = proof->pg;
    const int n = proof->n;
    ENT_ALLOC(c->ctx, proof->punishment, n);
    ENT_ALLOC(c->ctx, proof->quiet, n);
    ENT_ALLOC(c->ctx, proof->highest, n);
    ENT_ALLOC(c->ctx, proof->highest_quiet, n);
    ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->joint));
    ent_pg_joint(pg, proof->joint);
    for (int i = 0; i < n; i++) {
        ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->quiet[i]));
        ent_pg_quiet(pg, i, proof->quiet[i]);
    }
    if (proof->benchmark) return ENT_OK;
    ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->on_path));
    ent_pg_on_path(pg, c->rules.coalition, proof->on_path);
    for (int i = 0; i < n; i++) {
        if (!ent_coal_has(c->rules.coalition, i)) continue;
        ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->punishment[i]));
        ent_pg_punishment(pg, c->rules.coalition, c->rules.weight, i, proof->punishment[i]);
        ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->highest[i]));
        ent_pg_highest(pg, c->rules.coalition, c->rules.weight, i, proof->highest[i]);
        if (!proof->quiet_too) continue;
        ENT_TRY(ent_pg_problem_new(c->ctx, n, &proof->highest_quiet[i]));
        ent_pg_highest_quiet(pg, i, proof->highest_quiet[i]);
    }
done:
    return st;
}

/* Prove every problem of a list by the pairs in the object `key`, which has no others. */
static bool prove_list(ent_rcheck *c, ent_pg_proof *proof, const ent_interval *budget,
                       const ent_json *multipliers, const char *key, ent_pg_problem **list)
{
    const ent_json *object = ent_ledger_member(&c->claims, multipliers, key);
    uint32_t count = 0;
    bool good = ent_ledger_kind(&c->claims, object, ENT_JSON_OBJECT);
    for (int i = 0; i < proof->n && good; i++) {
        if (!list[i]) continue;
        const ent_json *pair = ent_ledger_member(&c->claims, object, c->model->player[i]);
        good = pair && ent_pg_prove(&c->claims, proof->pg, &budget->lo, &budget->hi, pair, list[i]);
        count++;
    }
    if (good && object->count != count) {
        ent_ledger_refuse(&c->claims, object, "wanted %u players", (unsigned)count);
        good = false;
    }
    return good;
}

static bool prove_problems(ent_rcheck *c, ent_pg_proof *proof, const ent_interval *budget,
                           const ent_json *multipliers)
{
    static const char *const base[] = {"joint", "quiet", NULL};
    static const char *const contract[] = {"on_path", "joint",   "punishment",
                                           "quiet",   "highest", NULL};
    static const char *const everything[] = {"on_path", "joint",         "punishment", "quiet",
                                             "highest", "highest_quiet", NULL};
    ent_ledger *claims = &c->claims;
    const ent_json *joint = ent_ledger_member(claims, multipliers, "joint");
    ent_ledger_only(claims, multipliers,
                    proof->benchmark   ? base
                    : proof->quiet_too ? everything
                                       : contract);
    if (!joint || !ent_pg_prove(claims, proof->pg, &budget->lo, &budget->hi, joint, proof->joint))
        return false;
    if (!prove_list(c, proof, budget, multipliers, "quiet", proof->quiet)) return false;
    if (proof->benchmark) return true;
    const ent_json *on_path = ent_ledger_member(claims, multipliers, "on_path");
    if (!on_path ||
        !ent_pg_prove(claims, proof->pg, &budget->lo, &budget->hi, on_path, proof->on_path))
        return false;
    return prove_list(c, proof, budget, multipliers, "punishment", proof->punishment) &&
           prove_list(c, proof, budget, multipliers, "highest", proof->highest) &&
           (!proof->quiet_too ||
            prove_list(c, proof, budget, multipliers, "highest_quiet", proof->highest_quiet));
}

/* The map F of results.md from the bounds on its problems. */
static void map_bounds(const ent_rcheck *c, const ent_pg_proof *proof, ent_interval *out)
{
    ent_interval gamma = ENT_INTERVAL_ZERO, zero = ENT_INTERVAL_ZERO, none = ENT_INTERVAL_ZERO;
    ent_rat factor = ENT_RAT_ZERO, bottom = ENT_RAT_ZERO;
    ent_interval_set(&zero, &proof->joint->worth);
    for (int i = 0; i < proof->n; i++) ent_interval_add(&zero, &proof->quiet[i]->worth);
    for (int i = 0; i < proof->n; i++)
        if (proof->punishment[i] && !proof->lone)
            ent_interval_add(&gamma, &proof->punishment[i]->worth);
    if (proof->benchmark) {
        ent_interval_set(out, &zero);
    } else {
        ent_interval_mix(out, c->rules.rho, &gamma, &zero);
    }
    if (proof->lone && !proof->benchmark) {
        /* (1-delta) / (1 - delta (1-rho)) */
        ent_rat_set_int(&factor, 1);
        ent_rat_sub(&factor, &factor, c->rules.delta);
        ent_rat_set(&bottom, &factor);
        ent_rat_addmul(&bottom, c->rules.delta, c->rules.rho);
        ent_rat_div(&factor, &factor, &bottom);
        ent_interval_mix(out, &factor, out, &none);
    }
    ent_interval_release(&gamma);
    ent_interval_release(&zero);
    ent_rat_release(&factor);
    ent_rat_release(&bottom);
}

static bool has_slope(const ent_pg_problem *p)
{
    for (int j = 0; p && j < p->n; j++)
        if (ent_rat_sign(&p->h[j])) return true;
    return false;
}

/* Is F zero everywhere? Then 0 is the only fixed point. Problems that have no weight in F do not
 * count. */
static bool map_vanishes(const ent_rcheck *c, const ent_pg_proof *proof)
{
    const bool quiet = proof->benchmark || proof->quiet_too;
    const bool negotiated = !proof->benchmark && !proof->lone && ent_rat_sign(c->rules.rho) > 0;
    bool moves = quiet && has_slope(proof->joint);
    for (int i = 0; i < proof->n; i++)
        moves = moves || (quiet && has_slope(proof->quiet[i])) ||
                (negotiated && has_slope(proof->punishment[i]));
    return !moves || ent_rat_sign(c->rules.delta) == 0;
}

/* 4., 5. and 6. of results.md: the span from below and above, and the two close together. */
static bool prove_span(ent_rcheck *c, const ent_pg_proof *proof, const ent_json *node)
{
    ent_interval map = ENT_INTERVAL_ZERO;
    bool good = true;
    if (ent_rat_sign(&proof->span.hi) == 0) {
        good = map_vanishes(c, proof);
        if (!good) ent_ledger_refuse(&c->claims, node, "there is a positive fixed point");
    } else {
        map_bounds(c, proof, &map);
        good = ent_pg_is_narrow(&proof->span, &proof->span.hi) &&
               ent_rat_cmp(&map.lo, &proof->span.lo) >= 0 &&
               ent_rat_cmp(&map.hi, &proof->span.hi) <= 0;
        if (!good)
            ent_ledger_refuse(&c->claims, node,
                              "not proved: the map takes these bounds to [%.17g, %.17g]",
                              ent_rat_double(&map.lo), ent_rat_double(&map.hi));
    }
    ent_interval_release(&map);
    return good;
}

ent_status ent_i_pg_proof_new(ent_rcheck *c, bool benchmark, ent_pg_proof **out)
{
    ent_status st = ENT_OK;
    ent_pg_proof *proof = NULL;
    ent_interval budget = ENT_INTERVAL_ZERO;
    ent_rat kappa = ENT_RAT_ZERO;
    const ent_json *enclosure = ent_ledger_member(&c->claims, c->certificate, "enclosure");
    const ent_json *span = ent_ledger_member(&c->claims, enclosure, "span");
    const ent_json *multipliers = ent_ledger_member(&c->claims, enclosure, "multipliers");
    *out = NULL;
    ENT_ALLOC(c->ctx, proof, 1);
    proof->span = ENT_INTERVAL_ZERO;
    proof->n = c->model->n;
    proof->benchmark = benchmark;
    proof->lone = ent_coal_size(c->rules.coalition) == 1;
    ent_rat_set_int(&kappa, 1);
    proof->quiet_too = ent_rat_cmp(c->rules.rho, &kappa) < 0;
    ENT_TRY(ent_pg_new(c->ctx, c->model, &proof->pg));
    ENT_TRY(set_up(c, proof));
    if (!multipliers || !span || !ent_pg_bounds(&c->claims, span, &proof->span)) goto done;
    ent_i_kappa(c->rules.delta, &kappa);
    ent_rat_mul(&budget.lo, &kappa, &proof->span.lo);
    ent_rat_mul(&budget.hi, &kappa, &proof->span.hi);
    if (ent_rat_sign(&proof->span.lo) < 0)
        ent_ledger_refuse(&c->claims, span, "a span is not negative");
    else if (prove_problems(c, proof, &budget, multipliers) && prove_span(c, proof, span)) {
        *out = proof;
        proof = NULL;
    }
done:
    ent_i_pg_proof_free(proof);
    ent_interval_release(&budget);
    ent_rat_release(&kappa);
    return st;
}
