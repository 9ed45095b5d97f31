/* coco: every equilibrium by itself, and what is said about their number. */
#include "verify/strategic_i.h"

#include <string.h>

static ent_status check_one(ent_sv *v, ent_sv_equilibrium *e)
{
    static const char *const keys[] = {"prices",   "utilities",    "status", "joint", "lottery",
                                       "payments", "prices_range", "index",  NULL};
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, e->node, keys));
    ENT_TRY(ent_sv_prices_and_joint(v, e));
    ENT_TRY(ent_sv_claims_fulfilled(v, e));
    if (e->boundary) {
        ENT_TRY(ent_sv_boundary(v, e));
    } else {
        ENT_TRY(ent_sv_lottery(v, e));
        ENT_TRY(ent_sv_index(v, e));
        ENT_TRY(ent_sv_enclosure(v, e)); /* while the prices of v are those of e */
        ENT_TRY(ent_sv_ends(v, e));
    }
done:
    return st;
}

/* Indices are +1, -1 or 0, and sum to the sum printed, which is 1 by the theorem on degrees. */
static ent_status check_indices(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *list = ent_json_get(v->solution, "equilibria");
    int64_t sum = 0;
    for (const ent_json *at = list->first; at; at = at->next) {
        int64_t index = 0;
        const ent_json *node = NULL;
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, at, "index", &node));
        ENT_TRY(ent_json_int(v->ctx, v->c.doc, node, -1, 1, &index));
        sum += index;
    }
    ent_ledger_int(&v->c, ent_ledger_member(&v->c, v->solution, "index_sum"), sum);
    if (sum != 1)
        ent_ledger_refuse(&v->c, ent_json_get(v->solution, "index_sum"),
                          "called enumerated, but the indices do not sum to 1");
done:
    return st;
}

/* "all" is a theorem: two players, or transferable utility, have one vector of utilities. */
static void judge_all(ent_sv *v, const ent_json *coverage, int solved)
{
    const ent_json *proofs = ent_json_get(
        v->certificate,
        "equilibria"); /* a limit alone: all, if it is proved that nothing else exists */
    if (solved == 0 &&
        !(v->n == 2 && proofs && proofs->first && ent_json_get(proofs->first, "secures")))
        ent_ledger_refuse(&v->c, coverage,
                          "nothing shows that there is no other answer than a limit");
    else if (v->n > 2 && !v->m->transferable)
        ent_ledger_refuse(&v->c, coverage,
                          "no theorem says that these are all, for three or more players");
    else if (solved > 1)
        ent_ledger_refuse(&v->c, coverage, "the theorem leaves room for one equilibrium only");
    else ent_ledger_held(&v->c, ENT_EXACT, 0.0);
}

static ent_status check_starts(ent_sv *v)
{
    ent_status st = ENT_OK;
    const ent_json *settings = NULL, *wanted = NULL, *node = NULL;
    int64_t starts = 0, most = 0;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "starts", &node));
    ENT_TRY(ent_json_int(v->ctx, v->c.doc, node, 0, INT64_MAX, &starts));
    settings = ent_json_get(v->result, "settings"); /* absent while the result is being made */
    wanted = ent_json_get(settings, "starts");
    if (wanted) ENT_TRY(ent_json_int(v->ctx, v->c.doc, wanted, 0, INT64_MAX, &most));
    if (wanted && starts != most)
        ent_ledger_refuse(&v->c, node, "not the number of starts that the settings ask for");
done:
    return st;
}

ent_status ent_sv_coverage(ent_sv *v, int solved, bool whole)
{
    ent_status st = ENT_OK;
    const char *coverage = NULL;
    const ent_json *node = ent_json_get(v->solution, "coverage");
    ENT_TRY(ent_claims_text(&v->c, v->solution, "coverage", &coverage));
    ent_ledger_begin(&v->c, 1.0);
    if (strcmp(coverage, "all") == 0) judge_all(v, node, solved);
    else if (strcmp(coverage, "enumerated") == 0 && v->n == 3) {
        if (whole) ENT_TRY(check_indices(v));
        else if (ent_json_get(v->solution, "index_sum"))
            ent_ledger_int(&v->c, ent_ledger_member(&v->c, v->solution, "index_sum"), 1);
    } else if (strcmp(coverage, "found") == 0) {
        ENT_TRY(check_starts(v));
    } else {
        ent_ledger_refuse(&v->c, node,
                          "no coverage of games with this number of players is called so");
    }
    if (strcmp(coverage, "all") == 0)
        ent_ledger_end(&v->c, "/solution/coverage", "a theorem: the utilities are unique");
done:
    return st;
}

/* What the outcome says about the list. */
void ent_sv_outcome(ent_sv *v, int solved, int boundaries)
{
    const char *want = solved ? "solved" : boundaries ? "boundary" : "limit";
    if (strcmp(v->outcome, want) != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"),
                          "with %d solved and %d boundary points the outcome is %s", solved,
                          boundaries, want);
}

ent_status ent_sv_coco(ent_sv *v)
{
    static const char *const keys[] = {"equilibria", "coverage", "index_sum", "starts", NULL};
    ent_status st = ENT_OK;
    int solved = 0, boundaries = 0;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, v->solution, keys));
    ENT_TRY(ent_sv_each_equilibrium(v, check_one, &solved, &boundaries));
    ENT_TRY(ent_sv_coverage(v, solved, true));
    ent_sv_outcome(v, solved, boundaries);
done:
    return st;
}
