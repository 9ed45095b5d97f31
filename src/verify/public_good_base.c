/* The checker of `subgame-perfect` for public goods. */
#include "verify/public_good_check.h"

#include "verify/public_good_claims.h"

/* The benchmark's players: lowest = min uhat, highest = lowest + span, the play of the problem
 * `quiet`. */
static void check_base_player(ent_rcheck *c, const ent_pg_proof *p, const ent_pg_truth *t, int i,
                              const ent_json *player)
{
    static const char *const known[] = {"lowest", "highest", "punishment", NULL};
    ent_interval highest = ENT_INTERVAL_ZERO;
    ent_interval_set(&highest, &t->least[i]);
    ent_interval_add(&highest, &p->span);
    ent_ledger_only(&c->claims, player, known);
    ent_i_pg_within(c, player, "lowest", &t->least[i]);
    ent_i_pg_within(c, player, "highest", &highest);
    ent_i_pg_effort(c, ent_ledger_member(&c->claims, player, "punishment"), p->quiet[i]);
    ent_interval_release(&highest);
}

static void check_base(ent_rcheck *c, const ent_pg_proof *p, ent_pg_truth *t)
{
    ent_interval_set(&t->total, &p->joint->worth);
    for (int i = 0; i < p->n; i++) {
        ent_interval_add_point(&t->total, &p->pg->payoff[i]);
        ent_interval_point(&t->least[i], &p->pg->payoff[i]);
        ent_interval_sub(&t->least[i], &p->quiet[i]->worth);
    }
    ent_interval_set(&t->extortion, &t->total);
    for (int j = 0; j < p->n; j++)
        if (!ent_coal_has(c->rules.coalition, j)) ent_interval_sub(&t->extortion, &t->least[j]);
    ent_ledger_begin(&c->claims, c->scale);
    ent_i_pg_within(c, c->solution, "span", &p->span);
    ent_i_pg_within(c, c->solution, "joint", &t->total);
    ent_i_pg_within(c, c->solution, "coalition_value", &t->extortion);
    ent_i_pg_effort(c, ent_ledger_member(&c->claims, c->solution, "on_path"), p->joint);
    ent_ledger_end(&c->claims, "/solution/span",
                   "span, joint, coalition_value and on_path within the proved bounds");
    ent_ledger_begin(&c->claims, c->scale);
    const ent_json *players = ent_ledger_member(&c->claims, c->solution, "players");
    if (players && ent_i_check_players(c, players))
        for (int i = 0; i < p->n; i++)
            check_base_player(c, p, t, i, ent_json_get(players, c->model->player[i]));
    ent_ledger_end(&c->claims, "/solution/players/*",
                   "every number and play within the proved bounds");
    ent_i_pg_vertices(c, t->least, &p->span, ent_coal_all(p->n));
}

static void check_members(ent_rcheck *c)
{
    static const char *const solution[] = {"span",   "joint",   "coalition_value", "on_path",
                                           "margin", "players", "value_set",       NULL};
    static const char *const enclosure[] = {"span", "joint", "multipliers", NULL};
    ent_i_pg_members(c, solution, enclosure);
    ent_ledger_null(&c->claims, ent_ledger_member(&c->claims, c->solution, "margin"));
}

ent_status ent_i_check_public_good_benchmark(ent_rcheck *c)
{
    ent_status st = ENT_OK;
    ent_pg_proof *proof = NULL;
    ent_pg_truth truth;
    ENT_TRY(ent_i_pg_truth_new(c->ctx, c->model->n, &truth));
    if (c->solved) check_members(c);
    ENT_TRY(ent_i_pg_prove(c, true, &proof));
    if (!proof) goto done;
    check_base(c, proof, &truth);
    ent_i_pg_enclosed(c, "joint", &truth.total, "/certificate/enclosure/joint");
done:
    ent_i_pg_proof_free(proof);
    ent_i_pg_truth_free(&truth, c->model->n);
    return st;
}
