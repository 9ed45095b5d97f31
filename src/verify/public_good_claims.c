#include "verify/public_good_claims.h"

#include <math.h>

void ent_i_pg_truth_free(ent_pg_truth *t, int n)
{
    ent_interval *const numbers[] = {&t->m,     &t->total, &t->extortion,
                                     &t->level, &t->joint, &t->payments};
    ent_interval *const lists[] = {t->gamma,   t->least,  t->lowest,
                                   t->highest, t->payoff, t->payment};
    for (int k = 0; k < 6; k++) {
        ent_interval_release(numbers[k]);
        ent_intervals_free(lists[k], n);
    }
}

ent_status ent_i_pg_truth_new(ent_ctx *ctx, int n, ent_pg_truth *t)
{
    ent_status st = ENT_OK;
    *t = (ent_pg_truth){0};
    ent_interval *const numbers[] = {&t->m,     &t->total, &t->extortion,
                                     &t->level, &t->joint, &t->payments};
    ent_interval **const lists[] = {&t->gamma,   &t->least,  &t->lowest,
                                    &t->highest, &t->payoff, &t->payment};
    for (int k = 0; k < 6; k++) *numbers[k] = ENT_INTERVAL_ZERO;
    for (int k = 0; k < 6 && st == ENT_OK; k++) *lists[k] = ent_intervals_new(ctx, n, &st);
    return st;
}

ent_status ent_i_pg_prove(ent_rcheck *c, bool benchmark, ent_pg_proof **proof)
{
    ent_status st = ENT_OK;
    if (!c->solved) {
        ent_ledger_refuse(&c->claims, c->solution, "a public good always has an equilibrium");
        return st;
    }
    ent_ledger_begin(&c->claims, c->scale);
    ENT_TRY(ent_i_pg_proof_new(c, benchmark, proof));
    if (!*proof) goto done;
    ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
    ent_ledger_end(&c->claims, "/certificate/enclosure",
                   "every problem and the span proved in rationals");
done:
    return st;
}

void ent_i_pg_within(ent_rcheck *c, const ent_json *object, const char *key,
                     const ent_interval *truth)
{
    ent_ledger_within(&c->claims, ent_ledger_member(&c->claims, object, key), &truth->lo,
                      &truth->hi);
}

/* A play of efforts: every player's in its interval. The unit is the largest effort. */
void ent_i_pg_effort(ent_rcheck *c, const ent_json *node, const ent_pg_problem *problem)
{
    const double unit = c->claims.unit;
    if (!node || !ent_i_check_players(c, node)) return;
    c->claims.unit = 0.0;
    for (int j = 0; j < problem->n; j++)
        c->claims.unit = fmax(c->claims.unit, ent_rat_double(&problem->effort[j].hi));
    for (int j = 0; j < problem->n; j++)
        ent_i_pg_within(c, node, c->model->player[j], &problem->effort[j]);
    c->claims.unit = unit;
}

/* One vertex: lowest + span to its owner, all others at their lowest. */
static void check_vertex(ent_rcheck *c, const ent_json *node, const ent_interval *lowest,
                         const ent_interval *span, ent_coal s, int owner)
{
    ent_interval most = ENT_INTERVAL_ZERO;
    ent_interval_set(&most, &lowest[owner]);
    ent_interval_add(&most, span);
    for (int k = 0; k < c->model->n; k++)
        if (ent_coal_has(s, k))
            ent_i_pg_within(c, node, c->model->player[k], k == owner ? &most : &lowest[k]);
    if (node->count != (uint32_t)ent_coal_size(s))
        ent_ledger_refuse(&c->claims, node, "wanted the insiders alone");
    ent_interval_release(&most);
}

void ent_i_pg_vertices(ent_rcheck *c, const ent_interval *lowest, const ent_interval *span,
                       ent_coal s)
{
    static const char *const known[] = {"vertices", NULL};
    const ent_json *set = ent_ledger_member(&c->claims, c->solution, "value_set");
    const ent_json *list = ent_ledger_member(&c->claims, set, "vertices"), *at = NULL;
    ent_ledger_begin(&c->claims, c->scale);
    ent_ledger_only(&c->claims, set, known);
    if (ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) at = list->first;
    if (at && list->count != (uint32_t)ent_coal_size(s))
        ent_ledger_refuse(&c->claims, list, "wanted one vertex an insider");
    for (int i = 0; i < c->model->n; i++) {
        if (!at || !ent_coal_has(s, i)) continue;
        check_vertex(c, at, lowest, span, s, i);
        at = at->next;
    }
    if (list && !list->count) ent_ledger_refuse(&c->claims, list, "wanted one vertex an insider");
    ent_ledger_end(&c->claims, "/solution/value_set/vertices",
                   "one an insider: the others at their lowest, the rest to it");
}

/* 6. and 7. of results.md for a second number of the enclosure. */
void ent_i_pg_enclosed(ent_rcheck *c, const char *key, const ent_interval *truth, const char *path)
{
    ent_interval stated = ENT_INTERVAL_ZERO;
    ent_rat scale = ENT_RAT_ZERO;
    const ent_json *enclosure = ent_json_get(c->certificate, "enclosure"),
                   *node = ent_ledger_member(&c->claims, enclosure, key);
    ent_rat_set_double(&scale, c->scale);
    ent_ledger_begin(&c->claims, c->scale);
    if (node && ent_pg_bounds(&c->claims, node, &stated)) {
        /* levels can exceed it by far */
        if (ent_rat_cmp(&truth->lo, &scale) > 0) ent_rat_set(&scale, &truth->lo);
        ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
        if (ent_rat_cmp(&stated.lo, &truth->lo) > 0 || ent_rat_cmp(&stated.hi, &truth->hi) < 0)
            ent_ledger_refuse(&c->claims, node, "the problems prove [%.17g, %.17g]",
                              ent_rat_double(&truth->lo), ent_rat_double(&truth->hi));
        else if (!ent_pg_is_narrow(&stated, &scale))
            ent_ledger_refuse(&c->claims, node, "the bounds are too far apart");
    }
    ent_ledger_end(&c->claims, path, "holds the bounds that follow from the problems");
    ent_interval_release(&stated);
    ent_rat_release(&scale);
}

void ent_i_pg_members(ent_rcheck *c, const char *const *solution, const char *const *enclosure)
{
    static const char *const certificate[] = {"model_sha256", "scale",  "enclosure",
                                              "words",        "checks", NULL};
    ent_ledger_only(&c->claims, c->solution, solution);
    ent_ledger_only(&c->claims, c->certificate, certificate);
    ent_ledger_only(&c->claims, ent_json_get(c->certificate, "enclosure"), enclosure);
}
