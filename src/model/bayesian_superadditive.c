#include "model/bayesian_model_i.h"

/* Profile of a part of S inside profile t of S. */
static int part_profile(const ent_bayes_coal *s, int t, const ent_bayes_coal *part)
{
    int type[ENT_BAYESIAN_PLAYERS_MAX], inside[ENT_BAYESIAN_PLAYERS_MAX];
    ent_bayes_types(s, t, type);
    for (int k = 0; k < part->size; k++) inside[k] = type[ent_bayes_place(s, part->member[k])];
    return ent_bayes_profile(part, inside);
}

/* The mean of member `place`'s utility from decision d of S, given profile u of a part. */
static void mean_given(const ent_bayes_coal *s, int place, int d, const ent_bayes_coal *part, int u,
                       ent_rat *sum)
{
    ent_rat weight = ENT_RAT_ZERO;
    ent_rat_set_int(sum, 0);
    for (int t = 0; t < s->profiles; t++) {
        if (part_profile(s, t, part) != u) continue;
        ent_rat_div(&weight, &s->prior.exact[t], &part->prior.exact[u]);
        ent_rat_addmul(sum, &weight, &s->utility.exact[ent_bayes_utility(s, place, d, t)]);
    }
    ent_rat_release(&weight);
}

/* Is decision d of S worth, to the members of a part, what decision e of the part is worth to them?
 * Compared in means over the types of the players outside the part, which is what the part itself
 * knows. */
static bool agrees(const ent_bayes_coal *s, int d, const ent_bayes_coal *part, int e)
{
    ent_rat sum = ENT_RAT_ZERO;
    bool same = true;
    for (int k = 0; same && k < part->size; k++)
        for (int u = 0; same && u < part->profiles; u++) {
            mean_given(s, ent_bayes_place(s, part->member[k]), d, part, u, &sum);
            same = ent_rat_equal(&sum, &part->utility.exact[ent_bayes_utility(part, k, e, u)]);
        }
    ent_rat_release(&sum);
    return same;
}

static bool has_product(const ent_bayes_coal *s, const ent_bayes_coal *a, int d,
                        const ent_bayes_coal *b, int e)
{
    for (int f = 0; f < s->decisions; f++)
        if (agrees(s, f, a, d) && agrees(s, f, b, e)) return true;
    return false;
}

static ent_status lacks(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                        const ent_bayesian *model, const ent_bayes_coal *s, const char *first,
                        const char *second)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(ctx, &name);
    ent_bayesian_coal_name(&name, model, s->members);
    ENT_TRY(name.status);
    st = ent_json_fail(
        ctx, doc, node, ENT_E_MODEL,
        "wanted a superadditive game, in which coalition \"%s\" can also take \"%s\" together with \"%s\"; no "
        "decision of it is worth that (leave out \"closure\": false to have products added)",
        name.data, first, second);
done:
    ent_text_release(&name);
    return st;
}

static ent_status check_split(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              const ent_bayesian *model, const ent_bayes_coal *s, ent_coal part)
{
    const ent_bayes_coal *a = model->coalition[part], *b = model->coalition[s->members & ~part];
    for (int d = 0; d < a->decisions; d++)
        for (int e = 0; e < b->decisions; e++)
            if (!has_product(s, a, d, b, e))
                return lacks(ctx, doc, node, model, s, a->decision[d], b->decision[e]);
    return ENT_OK;
}

/* [Sal] Section 3.1: D_R x D_S is a part of D_{R and S}. */
ent_status ent_i_superadditive(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               const ent_bayesian *model)
{
    ent_status st = ENT_OK;
    for (ent_coal s = 1; s <= ent_coal_all(model->n); s++) {
        const ent_coal first = ent_coal_single(ent_coal_first(s)), rest = s & ~first;
        for (ent_coal part = rest; part;) {
            part = (part - 1) & rest;
            ENT_TRY(check_split(ctx, doc, node, model, model->coalition[s], part | first));
        }
    }
done:
    return st;
}
