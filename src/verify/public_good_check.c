/* [MW25] Section 5. The checker of `contractual` for public goods: every number lies in the
 * interval that the enclosure proves. */
#include "verify/public_good_check.h"

#include "verify/public_good_claims.h"

#include <math.h>

/* pi_i K(ahat) - uhat_i(ahat) into `out`, times `sign`; K(ahat) is the insiders' total there. */
static void base_of_punishment(const ent_rcheck *c, const ent_pg *pg, int i, int sign, ent_rat *out)
{
    ent_rat k = ENT_RAT_ZERO;
    for (int j = 0; j < pg->n; j++)
        if (ent_coal_has(c->rules.coalition, j)) ent_rat_add(&k, &k, &pg->payoff[j]);
    ent_rat_mul(out, &c->rules.weight[i], &k);
    ent_rat_sub(out, out, &pg->payoff[i]);
    if (sign < 0) ent_rat_neg(out, out);
    ent_rat_release(&k);
}

static void set_insider(const ent_rcheck *c, const ent_pg_proof *p, int i, ent_pg_truth *t)
{
    const ent_rules *rules = &c->rules;
    ent_rat base = ENT_RAT_ZERO;
    ent_interval quiet = ENT_INTERVAL_ZERO, next = ENT_INTERVAL_ZERO;
    base_of_punishment(c, p->pg, i, 1, &base);
    ent_interval_set(&t->gamma[i], &p->punishment[i]->worth);
    ent_interval_add_point(&t->gamma[i], &base);
    if (p->lone && p->quiet_too) {
        ent_interval_mix(&t->lowest[i], rules->rho, &t->m, &t->extortion);
        ent_interval_sub(&t->lowest[i], &p->span);
    } else {
        ent_interval_add_scaled(&t->lowest[i], &rules->weight[i], &t->m);
        ent_interval_sub(&t->lowest[i], &t->gamma[i]);
        ent_interval_mix(&t->lowest[i], rules->rho, &t->lowest[i], &t->least[i]);
    }
    /* delta (lowest + span) + (1-delta) (rho (pi M - pi K(ahat) + uhat(ahat) + P(highest)) +
     * (1-rho) (uhat(ahat) + P(highest_quiet))) */
    base_of_punishment(c, p->pg, i, -1, &base);
    ent_interval_set(&t->highest[i], &p->highest[i]->worth);
    ent_interval_add_point(&t->highest[i], &base);
    ent_interval_add_scaled(&t->highest[i], &rules->weight[i], &t->m);
    ent_interval_point(&quiet, &p->pg->payoff[i]);
    if (p->quiet_too) ent_interval_add(&quiet, &p->highest_quiet[i]->worth);
    ent_interval_mix(&t->highest[i], rules->rho, &t->highest[i], &quiet);
    ent_interval_set(&next, &t->lowest[i]);
    ent_interval_add(&next, &p->span);
    ent_interval_mix(&t->highest[i], rules->delta, &next, &t->highest[i]);
    ent_rat_release(&base);
    ent_interval_release(&quiet);
    ent_interval_release(&next);
}

/* [MW25] eq. (16): an outsider is paid its gain from deviating. */
static void set_outsider(const ent_rcheck *c, const ent_pg_proof *p, int j, ent_pg_truth *t)
{
    const ent_interval *effort = p->on_path->effort;
    ent_interval reply = ENT_INTERVAL_ZERO, e = ENT_INTERVAL_ZERO;
    ent_rat back = ENT_RAT_ZERO;
    ent_i_pg_reply(p->pg, j, effort, &reply);
    ent_interval_add(&t->joint, &reply);
    ent_interval_mix(&t->lowest[j], c->rules.rho, &reply, &t->least[j]);
    ent_interval_mix(&t->payoff[j], c->rules.delta, &t->lowest[j], &reply);
    ent_rat_neg(&back, &p->pg->reply_effort[j]);
    ent_interval_set(&e, &effort[j]);
    ent_interval_add_point(&e, &back);
    ent_interval_square(&t->payment[j], &p->pg->g[j], &e);
    ent_interval_add(&t->payments, &t->payment[j]);
    ent_interval_sub(&t->extortion, &t->least[j]);
    ent_interval_release(&reply);
    ent_interval_release(&e);
    ent_rat_release(&back);
}

static void find_truth(const ent_rcheck *c, const ent_pg_proof *p, ent_pg_truth *t)
{
    const ent_rules *rules = &c->rules;
    ent_rat quiet = ENT_RAT_ZERO;
    ent_interval_set(&t->m, &p->on_path->worth);
    ent_interval_set(&t->total, &p->joint->worth);
    for (int i = 0; i < p->n; i++) {
        ent_interval_add_point(&t->total, &p->pg->payoff[i]);
        if (ent_coal_has(rules->coalition, i)) ent_interval_add_point(&t->m, &p->pg->payoff[i]);
        ent_interval_point(&t->least[i], &p->pg->payoff[i]);
        ent_interval_sub(&t->least[i], &p->quiet[i]->worth);
    }
    ent_interval_set(&t->extortion, &t->total);
    ent_interval_set(&t->joint, &t->m);
    for (int j = 0; j < p->n; j++)
        if (!ent_coal_has(rules->coalition, j)) set_outsider(c, p, j, t);
    ent_interval_mix(&t->joint, rules->rho, &t->joint, &t->total);
    ent_rat_set_int(&quiet, 1);
    ent_rat_sub(&quiet, &quiet, rules->rho);
    ent_rat_mul(&quiet, &quiet, rules->delta);
    ent_interval_mix(&t->level, &quiet, &t->extortion, &t->m);
    for (int i = 0; i < p->n; i++)
        if (ent_coal_has(rules->coalition, i)) set_insider(c, p, i, t);
    ent_rat_release(&quiet);
}

static void check_multiplier(ent_rcheck *c, const ent_json *object, const ent_pg_problem *problem)
{
    const ent_json *node = ent_ledger_member(&c->claims, object, "multiplier");
    const double unit = c->claims.unit;
    c->claims.unit = ent_rat_double(&problem->w) + ent_rat_double(&problem->multiplier.hi);
    if (!node) return;
    if (problem->idle) ent_ledger_null(&c->claims, node);
    else ent_ledger_within(&c->claims, node, &problem->multiplier.lo, &problem->multiplier.hi);
    c->claims.unit = unit;
}

static void check_player(ent_rcheck *c, const ent_pg_proof *p, const ent_pg_truth *t, int i,
                         const ent_json *player)
{
    static const char *const inside[] = {"insider", "weight",     "lowest",     "highest",
                                         "gamma",   "punishment", "multiplier", NULL};
    static const char *const outside[] = {"insider", "lowest", "payoff", "payment", NULL};
    const bool insider = ent_coal_has(c->rules.coalition, i);
    ent_ledger_only(&c->claims, player, insider ? inside : outside);
    ent_ledger_bool(&c->claims, ent_ledger_member(&c->claims, player, "insider"), insider);
    ent_i_pg_within(c, player, "lowest", &t->lowest[i]);
    if (!insider) {
        ent_i_pg_within(c, player, "payoff", &t->payoff[i]);
        ent_i_pg_within(c, player, "payment", &t->payment[i]);
        return;
    }
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, player, "weight"),
                     &c->rules.weight[i]);
    ent_i_pg_within(c, player, "highest", &t->highest[i]);
    ent_i_pg_within(c, player, "gamma", &t->gamma[i]);
    ent_i_pg_effort(c, ent_ledger_member(&c->claims, player, "punishment"), p->punishment[i]);
    check_multiplier(c, player, p->punishment[i]);
}

static void check_players(ent_rcheck *c, const ent_pg_proof *p, const ent_pg_truth *t)
{
    const ent_json *players = ent_ledger_member(&c->claims, c->solution, "players");
    if (!players || !ent_i_check_players(c, players)) return;
    for (int i = 0; i < p->n; i++) {
        ent_text path;
        ent_text_init(c->ctx, &path);
        ent_text_printf(&path, "/solution/players/%s", c->model->player[i]);
        ent_ledger_begin(&c->claims, c->scale);
        check_player(c, p, t, i, ent_json_get(players, c->model->player[i]));
        if (path.status != ENT_OK) c->claims.report->status = path.status;
        else ent_ledger_end(&c->claims, path.data, "within the proved bounds");
        ent_text_release(&path);
    }
}

/* Does the on-path constraint bind, that is, is its multiplier positive? */
static void check_binding(ent_rcheck *c, const ent_pg_problem *path)
{
    const ent_json *node = ent_ledger_member(&c->claims, c->solution, "binding");
    if (!ent_ledger_kind(&c->claims, node, ENT_JSON_BOOL)) return;
    /* Without anything to spend the multiplier is infinite. */
    const bool binds = path->idle || ent_rat_sign(&path->multiplier.lo) > 0,
               slack = !path->idle && ent_rat_sign(&path->multiplier.hi) == 0;
    if (binds || slack) ent_ledger_bool(&c->claims, node, binds);
    else ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
}

static void check_numbers(ent_rcheck *c, const ent_pg_proof *p, const ent_pg_truth *t)
{
    const ent_json *quiet = ent_json_get(c->solution, "no_negotiation");
    ent_ledger_begin(&c->claims, c->scale);
    ent_i_pg_within(c, c->solution, "span", &p->span);
    ent_ledger_end(&c->claims, "/solution/span",
                   "proved from below by plays and from above by multipliers");
    ent_ledger_begin(&c->claims, c->scale);
    ent_i_pg_within(c, c->solution, "level", &t->level);
    ent_i_pg_within(c, c->solution, "on_path_value", &t->m);
    ent_i_pg_within(c, c->solution, "joint", &t->joint);
    ent_i_pg_within(c, c->solution, "payments", &t->payments);
    ent_ledger_end(&c->claims, "/solution/level",
                   "level, on_path_value, joint and payments within the proved bounds");
    ent_ledger_begin(&c->claims, c->scale);
    ent_i_pg_effort(c, ent_ledger_member(&c->claims, c->solution, "on_path"), p->on_path);
    check_multiplier(c, c->solution, p->on_path);
    check_binding(c, p->on_path);
    if (p->quiet_too)
        ent_i_pg_effort(c, ent_ledger_member(&c->claims, c->solution, "no_negotiation"), p->joint);
    else if (quiet) ent_ledger_refuse(&c->claims, quiet, "there is a negotiation in every period");
    ent_ledger_end(&c->claims, "/solution/on_path",
                   "efforts and multiplier within the proved bounds");
}

static void check_extortion(ent_rcheck *c, const ent_pg_proof *p, const ent_pg_truth *t)
{
    static const char *const known[] = {"level", "on_path", "payoff", NULL};
    const ent_json *extortion = ent_ledger_member(&c->claims, c->solution, "extortion");
    ent_ledger_begin(&c->claims, c->scale);
    ent_ledger_only(&c->claims, extortion, known);
    ent_i_pg_within(c, extortion, "level", &t->extortion);
    ent_i_pg_effort(c, ent_ledger_member(&c->claims, extortion, "on_path"), p->joint);
    const ent_json *payoff = ent_ledger_member(&c->claims, extortion, "payoff");
    uint32_t outsiders = 0;
    for (int j = 0; j < p->n; j++) {
        if (ent_coal_has(c->rules.coalition, j)) continue;
        ent_i_pg_within(c, payoff, c->model->player[j], &t->least[j]);
        outsiders++;
    }
    if (ent_ledger_kind(&c->claims, payoff, ENT_JSON_OBJECT) && payoff->count != outsiders)
        ent_ledger_refuse(&c->claims, payoff, "wanted the outsiders alone");
    ent_ledger_end(&c->claims, "/solution/extortion", "within the proved bounds");
}

static void check_members(ent_rcheck *c)
{
    static const char *const solution[] = {"span",      "level",    "on_path_value",  "joint",
                                           "on_path",   "ties",     "multiplier",     "binding",
                                           "players",   "payments", "no_negotiation", "value_set",
                                           "extortion", NULL};
    static const char *const enclosure[] = {"span", "level", "multipliers", NULL};
    const ent_json *ties = ent_ledger_member(&c->claims, c->solution, "ties");
    ent_i_pg_members(c, solution, enclosure);
    if (ent_ledger_kind(&c->claims, ties, ENT_JSON_ARRAY) && ties->count)
        ent_ledger_refuse(&c->claims, ties, "the play of a public good is unique");
}

ent_status ent_i_check_public_good(ent_rcheck *c)
{
    ent_status st = ENT_OK;
    ent_pg_proof *proof = NULL;
    ent_pg_truth truth;
    ENT_TRY(ent_i_pg_truth_new(c->ctx, c->model->n, &truth));
    if (c->solved) check_members(c);
    ENT_TRY(ent_i_pg_prove(c, false, &proof));
    if (!proof) goto done;
    find_truth(c, proof, &truth);
    ent_i_pg_enclosed(c, "level", &truth.level, "/certificate/enclosure/level");
    check_numbers(c, proof, &truth);
    check_players(c, proof, &truth);
    ent_i_pg_vertices(c, truth.lowest, &proof->span, c->rules.coalition);
    check_extortion(c, proof, &truth);
done:
    ent_i_pg_proof_free(proof);
    ent_i_pg_truth_free(&truth, c->model->n);
    return st;
}
