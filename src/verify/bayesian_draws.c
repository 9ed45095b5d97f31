/* random-dictator: [Sal] Section 2 and the axioms RCRD and RCRD'. */
#include "verify/bayesian_dictator.h"

#include <string.h>

/* What is known of a recursive draw: with utilities, `defined`. */
typedef struct draws {
    ent_bv *v;
    /* [2^n]; in `recursive` no utilities where a draw is not defined */
    ent_bv_known *neutral, *recursive;
    bool equality, solves;
} draws;

typedef struct draw {
    const ent_bayes_coal *s;
    const ent_json *node, *proof;
    ent_rat *threats, *sure; /* [size][interims] */
    const ent_bv_known *known;
    ent_rat *mean;    /* [interims] average utilities of the dictators */
    ent_rat *lottery; /* [decisions][profiles] average mechanism */
    ent_claim *utility;
    ent_bv_mechanism mechanism;
    ent_rat *reports;
    bool exact, all_exact, efficient;
} draw;

static bool strong_exact(const draw *x, int k)
{
    return x->known[x->s->members & ~ent_coal_single(x->s->member[k])].exact;
}

/* The dictators' strong solutions; sums their utilities and mechanisms. */
static ent_status check_dictators(draws *all, draw *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_bayes_coal *s = x->s;
    const ent_json *dictators = NULL, *one = NULL;
    ent_bv_mechanism mechanism = {0};
    ent_claim *utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "dictators", &dictators));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, dictators, ENT_JSON_OBJECT));
    ENT_TRY(ent_bv_counted(v, dictators, (uint32_t)s->size, "dictators"));
    x->all_exact = true;
    for (int k = 0; k < s->size; k++) {
        const ent_bv_dictator d = {.s = s,
                                   .k = k,
                                   .threat = x->sure + k * s->interims,
                                   .threat_exact = strong_exact(x, k),
                                   .equality = all->equality};
        bool exact = false;
        ENT_TRY(ent_json_member(v->ctx, v->c.doc, dictators, v->m->player[s->member[k]], &one));
        ENT_TRY(ent_bv_strong_found(v, &d, one, &exact, utility, &mechanism));
        x->all_exact = x->all_exact && exact;
        for (int m = 0; m < s->interims; m++)
            ent_rat_add(&x->mean[m], &x->mean[m], &utility[m].number);
        for (int e = 0; e < mechanism.n; e++) {
            ent_rat *place = &x->lottery[(size_t)mechanism.decision[e] * (size_t)s->profiles +
                                         (size_t)mechanism.profile[e]];
            ent_rat_add(place, place, &mechanism.probability[e].number);
        }
        ent_bv_mechanism_release(&mechanism);
    }
done:
    ent_bv_mechanism_release(&mechanism);
    ent_claims_free(utility, s->interims);
    return st;
}

/* utilities and mechanism are the averages. */
static void check_average(draws *all, draw *x)
{
    ent_bv *v = all->v;
    const ent_bayes_coal *s = x->s;
    ent_rat size = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&size, s->size);
    ent_rat_set_int(&one, 1);
    for (int k = 0; k < s->size; k++)
        for (int m = s->first[k]; m < s->first[k + 1]; m++) {
            ent_rat_div(&x->mean[m], &x->mean[m], &size);
            ent_claims_equal(&v->c, &x->utility[m], &x->mean[m], x->all_exact,
                             &v->range[s->member[k]], "the mean of the dictators' solutions");
        }
    for (int e = 0; e < x->mechanism.n; e++) {
        ent_rat *place = &x->lottery[(size_t)x->mechanism.decision[e] * (size_t)s->profiles +
                                     (size_t)x->mechanism.profile[e]];
        ent_rat_div(place, place, &size);
        ent_claims_equal(&v->c, &x->mechanism.probability[e], place, x->all_exact, &one,
                         "the mean of the dictators' probabilities");
    }
    ent_rat_release(&size);
    ent_rat_release(&one);
}

/* An incentive compatible mechanism that gives nobody less and somebody more. */
static ent_status check_inefficient(draws *all, draw *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_bayes_coal *s = x->s;
    const size_t pairs = (size_t)ent_bv_pairs(s);
    bool more = false;
    ent_bv_mechanism mechanism = {0};
    ent_rat *reports = NULL;
    ent_claim *utility = ent_claims_new(v->ctx, s->interims, &st);
    if (!utility) goto done;
    reports = ent_rats_new(v->ctx, pairs, &st);
    if (!reports) goto done;
    v->quoted = true;
    ENT_TRY(ent_bv_member_interim(v, x->proof, "utilities", s, utility));
    ENT_TRY(ent_bv_mechanism_of(v, x->proof, s, &mechanism));
    ent_bv_reports(v, s, &mechanism, reports);
    ent_bv_gives(v, s, &mechanism, reports, s->members, utility);
    for (int m = 0; m < s->interims; m++) {
        const int sign = ent_rat_cmp(&utility[m].number, &x->utility[m].number);
        more = more || sign > 0;
        if (sign < 0) ent_ledger_refuse(&v->c, utility[m].node, "less than the draw gives");
    }
    if (!more) ent_ledger_refuse(&v->c, x->proof, "more than the draw for nobody");
done:
    v->quoted = false;
    ent_bv_mechanism_release(&mechanism);
    ent_rats_free(reports, pairs);
    ent_claims_free(utility, s->interims);
    return st;
}

static ent_status check_judgement(draws *all, draw *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const char *kind = NULL;
    ENT_TRY(ent_claims_text(&v->c, x->proof, "proof", &kind));
    const char *want = !x->exact ? "numerical" : x->efficient ? "efficient" : "inefficient";
    if (strcmp(kind, want) != 0)
        ent_ledger_refuse(&v->c, ent_json_get(x->proof, "proof"), "wanted \"%s\"", want);
    if (!x->exact) {
        /* efficiency has no evidence */
        ent_ledger_held(&v->c, ENT_APPROXIMATE, ENT_LEDGER_APPROXIMATE);
        goto done;
    }
    if (!x->efficient) return check_inefficient(all, x);
    ent_bv_reports(v, x->s, &x->mechanism, x->reports);
    ent_bv_gives(v, x->s, &x->mechanism, x->reports, x->s->members, x->utility);
    ENT_TRY(ent_bv_efficient(v, x->proof, x->s, &x->mechanism, x->reports));
done:
    return st;
}

/* Not defined: the first member without a strong solution, proved; or a smaller coalition without a
 * draw. */
static ent_status check_undefined(draws *all, draw *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_bayes_coal *s = x->s;
    const char *missing = NULL, *kind = NULL;
    const ent_json *answer = NULL, *evidence = NULL;
    int k = -1;
    ENT_TRY(ent_claims_text(&v->c, x->proof, "proof", &kind));
    ENT_TRY(ent_claims_text(&v->c, x->node, "missing", &missing));
    for (int j = 0; j < s->size; j++)
        if (strcmp(v->m->player[s->member[j]], missing) == 0) k = j;
    if (k < 0) {
        ent_ledger_refuse(&v->c, ent_json_get(x->node, "missing"), "not a member of the coalition");
        goto done;
    }
    if (strcmp(kind, "numerical") == 0) {
        ent_ledger_held(&v->c, ENT_APPROXIMATE, ENT_LEDGER_APPROXIMATE);
        goto done;
    }
    if (strcmp(kind, "undefined") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(x->proof, "proof"), "wanted \"undefined\"");
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->node, "answer", &answer));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, x->proof, "answer", &evidence));
    const ent_bv_dictator d = {.s = s,
                               .k = k,
                               .threat = x->sure + k * s->interims,
                               .threat_exact = strong_exact(x, k),
                               .equality = all->equality};
    ENT_TRY(ent_bv_answer(v, &d, answer, evidence));
    ENT_TRY(ent_bv_says(v, answer, "strong", false, "the missing strong solution"));
done:
    return st;
}

static ent_status check_defined(draws *all, draw *x)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_bayes_coal *s = x->s;
    ENT_TRY(ent_bv_truth(v, x->node, "exact", &x->exact));
    ENT_TRY(ent_bv_truth(v, x->node, "efficient", &x->efficient));
    ENT_TRY(ent_bv_member_interim(v, x->node, "utilities", s, x->utility));
    ENT_TRY(ent_bv_mechanism_of(v, x->node, s, &x->mechanism));
    ENT_TRY(check_dictators(all, x));
    const bool exact =
        x->all_exact && x->mechanism.exact && ent_bv_all_exact(x->utility, s->interims);
    if (exact != x->exact)
        ent_ledger_refuse(&v->c, ent_json_get(x->node, "exact"), "the numbers are %sexact",
                          exact ? "" : "not all ");
    check_average(all, x);
    ENT_TRY(check_judgement(all, x));
done:
    return st;
}

/* "smaller": the first coalition S\i, by i, that is not defined; there must be one exactly then. */
static ent_status check_smaller(draws *all, const draw *x, bool *is_smaller)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_json *stated = ent_json_get(x->node, "smaller");
    ent_text name;
    ent_text_init(v->ctx, &name);
    *is_smaller = false;
    for (int k = 0; k < x->s->size && !*is_smaller; k++) {
        const ent_coal rest = x->s->members & ~ent_coal_single(x->s->member[k]);
        if (x->known[rest].utility) continue;
        *is_smaller = true;
        ent_bayesian_coal_name(&name, v->m, rest);
        ENT_TRY(name.status);
    }
    if (*is_smaller != (stated != NULL) ||
        (stated && (stated->kind != ENT_JSON_STRING || strcmp(stated->text, name.data) != 0)))
        ent_ledger_refuse(&v->c, stated ? stated : x->node,
                          "the first smaller coalition without a draw%s%s",
                          name.data ? " is " : " does not exist", name.data ? name.data : "");
done:
    ent_text_release(&name);
    return st;
}

static ent_status allocate(ent_bv *v, draw *x)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = x->s;
    const size_t places = (size_t)s->size * (size_t)s->interims;
    if (!(x->threats = ent_rats_new(v->ctx, places, &st))) return st;
    if (!(x->sure = ent_rats_new(v->ctx, places, &st))) return st;
    if (!(x->mean = ent_rats_new(v->ctx, (size_t)s->interims, &st))) return st;
    if (!(x->lottery = ent_rats_new(v->ctx, (size_t)s->decisions * (size_t)s->profiles, &st)))
        return st;
    if (!(x->reports = ent_rats_new(v->ctx, (size_t)ent_bv_pairs(s), &st))) return st;
    x->utility = ent_claims_new(v->ctx, s->interims, &st);
    return st;
}

static void release(draw *x)
{
    const ent_bayes_coal *s = x->s;
    ent_rats_free(x->threats, (size_t)s->size * (size_t)s->interims);
    ent_rats_free(x->sure, (size_t)s->size * (size_t)s->interims);
    ent_rats_free(x->mean, (size_t)s->interims);
    ent_rats_free(x->lottery, (size_t)s->decisions * (size_t)s->profiles);
    ent_rats_free(x->reports, (size_t)ent_bv_pairs(s));
    ent_claims_free(x->utility, s->interims);
    ent_bv_mechanism_release(&x->mechanism);
}

static ent_status check_draw(draws *all, draw *x, bool *defined)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    bool smaller = false, exact = false;
    const char *kind = NULL;
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(allocate(v, x));
    ENT_TRY(ent_bv_truth(v, x->node, "defined", defined));
    ENT_TRY(check_smaller(all, x, &smaller));
    if (smaller) {
        ENT_TRY(ent_claims_text(&v->c, x->proof, "proof", &kind));
        if (*defined)
            ent_ledger_refuse(&v->c, ent_json_get(x->node, "defined"),
                              "a smaller coalition has no draw");
        if (strcmp(kind, "undefined") != 0)
            ent_ledger_refuse(&v->c, ent_json_get(x->proof, "proof"), "wanted \"undefined\"");
        *defined = false;
        goto end;
    }
    ent_bv_gather(v, x->known, x->s, x->threats, x->sure, &exact);
    if (*defined) ENT_TRY(check_defined(all, x));
    else ENT_TRY(check_undefined(all, x));
end:
    ent_ledger_held(&v->c, ENT_EXACT, 0.0); /* whether it is defined */
    ent_ledger_end_at(
        &v->c, x->node,
        "strong solutions of all dictators, their mean, and whether it is efficient; or that one is missing");
done:
    return st;
}

/* Both draws in S; a defined recursive one is a threat in larger coalitions. */
static ent_status check_coalition(draws *all, ent_coal mask, const ent_json *node,
                                  const ent_json *proof)
{
    ent_status st = ENT_OK;
    ent_bv *v = all->v;
    const ent_bayes_coal *s = v->m->coalition[mask];
    bool defined = false;
    draw restricted = {.s = s, .known = all->neutral},
         recursive = {.s = s, .known = all->recursive};
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "restricted", &restricted.node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "restricted", &restricted.proof));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "recursive", &recursive.node));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, proof, "recursive", &recursive.proof));
    ENT_TRY(check_draw(all, &restricted, &defined));
    ENT_TRY(check_draw(all, &recursive, &defined));
    all->solves = all->solves && defined && recursive.efficient;
    if (!defined) goto done;
    ENT_TRY(ent_bv_known_add(v, mask, all->recursive));
    all->recursive[mask].exact = recursive.exact;
    for (int m = 0; m < s->interims; m++) {
        ent_rat_set(&all->recursive[mask].utility[m], &recursive.utility[m].number);
        ent_rat_set(&all->recursive[mask].sure[m], &recursive.utility[m].number);
    }
done:
    release(&restricted);
    release(&recursive);
    return st;
}

static ent_status read_setting(draws *all)
{
    ent_status st = ENT_OK;
    const ent_json *settings = NULL;
    ENT_TRY(ent_json_member(all->v->ctx, all->v->c.doc, all->v->result, "settings", &settings));
    ENT_TRY(ent_bv_truth(all->v, settings, "equality", &all->equality));
done:
    return st;
}

ent_status ent_bv_draws(ent_bv *v)
{
    ent_status st = ENT_OK;
    const ent_json *nodes = NULL, *proofs = NULL, *node = NULL, *proof = NULL;
    draws x = {.v = v, .solves = true};
    if (strcmp(v->outcome, "solved") != 0)
        ent_ledger_refuse(&v->c, ent_json_get(v->result, "outcome"), "wanted \"solved\"");
    ENT_TRY(read_setting(&x));
    ENT_TRY(ent_bv_check_alone(v));
    ENT_TRY(ent_bv_known_new(v, &x.neutral));
    ENT_TRY(ent_bv_known_new(v, &x.recursive));
    ENT_TRY(ent_bv_neutral_threats(v, x.neutral));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->solution, "coalitions", &nodes));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, v->certificate, "coalitions", &proofs));
    ENT_TRY(ent_bv_counted(v, nodes, (uint32_t)ent_bv_coalitions(v->m->focus), "coalitions"));
    for (ent_coal s = ent_bv_next(v->m->focus, 0); s; s = ent_bv_next(v->m->focus, s)) {
        ENT_TRY(ent_bv_of(v, nodes, s, &node));
        ENT_TRY(ent_bv_of(v, proofs, s, &proof));
        ENT_TRY(check_coalition(&x, s, node, proof));
    }
    ent_ledger_begin(&v->c, 1.0);
    ENT_TRY(ent_bv_says(v, v->solution, "solves", x.solves,
                        "every recursive draw is defined and efficient"));
done:
    ent_bv_known_free(v, x.neutral);
    ent_bv_known_free(v, x.recursive);
    return st;
}
