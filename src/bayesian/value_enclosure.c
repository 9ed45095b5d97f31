#include "bayesian/value_enclosure.h"

#include "bayesian/strong.h"

#include "base/ctx.h"

#include <math.h>
#include <string.h>

/* Programs for safe mechanisms beyond this many coefficients, and boxes whose programs have more,
 * cost more than they are worth. */
enum { SAFE_COEFFICIENTS = 40000, BOX_COEFFICIENTS = 40000 };

/* How often the search is repeated with sides an eighth as wide. */
enum { ROUNDS = 4 };

/* Boxes are cut at numbers of few digits: multiples of a power of two that is this share of the
 * side, or less. */
static const double grain = 0x1p-4;
/* Sides below this share of a player's range are not cut: rounding could misplace the cut. */
static const double tiny = 1e-9;
/* Boxes this many sides away from the solution's claims are cut down to this share of the width
 * that is asked for. */
static const double neighbourhood = 16.0, away = 0x1p-5;

typedef struct searching {
    const ent_bargain *b;
    ent_box_work *work;
    double *low, *high; /* [interims] a box in scaled units */
    double *claim;      /* [interims] of the solution found */
    double most;        /* boxes at most */
    int first;          /* where to begin */
    ent_value_enclosure *e;
} searching;

static ent_status exclude(ent_ctx *ctx, ent_value_enclosure *e, int node, ent_enclosure_kind kind,
                          const ent_box_proof *proof)
{
    const ent_status st = ent_i_enclosure_keep(ctx, e, proof, &e->node[node].first);
    if (st != ENT_OK) return st;
    e->node[node].kind = kind;
    e->node[node].n = proof->n;
    return st;
}

static double scaled(const ent_bargain *b, int m, double claim)
{
    return (claim - b->shift[m]) / b->scale[b->place[m]];
}

static ent_status examine(ent_ctx *ctx, const searching *s, int node)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = s->b;
    const double *box = ent_i_enclosure_box(s->e, node);
    ent_box_proof proof = {0};
    s->e->node[node].examined = true;
    for (int m = 0; m < b->interims; m++) {
        s->low[m] = scaled(b, m, box[m]);
        s->high[m] = scaled(b, m, box[b->interims + m]);
    }
    if (ent_i_box_unreachable(s->work, s->low, &proof))
        ENT_TRY(exclude(ctx, s->e, node, ENT_BOX_UNREACHABLE, &proof));
    else if (ent_i_box_unwarranted(s->work, s->low, s->high, ENT_BOX_NONE, 0, &proof))
        ENT_TRY(exclude(ctx, s->e, node, ENT_BOX_UNWARRANTED, &proof));
done:
    return st;
}

/* The middle, rounded to few digits. */
static double middle(double low, double high)
{
    int exponent = 0;
    frexp((high - low) * grain, &exponent);
    return ldexp(nearbyint(ldexp(0.5 * (low + high), 1 - exponent)), exponent - 1);
}

/* Is the claim of the solution found in the box, or not further away than some of its sides? */
static bool is_near(const searching *s, const double *box)
{
    const ent_bargain *b = s->b;
    for (int m = 0; m < b->interims; m++) {
        const double room = neighbourhood * (box[b->interims + m] - box[m]);
        if (s->claim[m] < box[m] - room || s->claim[m] > box[b->interims + m] + room) return false;
    }
    return true;
}

/* The widest side in shares of the players' ranges, or -1 when all are narrow. Far from the
 * solution found boxes are cut further: there is nothing to converge to. */
static int widest(const searching *s, int node, double width)
{
    const ent_bargain *b = s->b;
    const double *box = ent_i_enclosure_box(s->e, node);
    int best = -1;
    double most = width * b->factor * (is_near(s, box) ? 1.0 : away);
    for (int m = 0; m < b->interims; m++) {
        const double side = (box[b->interims + m] - box[m]) / b->scale[b->place[m]];
        if (side > most) most = side, best = m;
    }
    return best;
}

/* Cut off what no mechanism can reach, type by type, from node 0 on; returned: the node of what
 * remains. */
static ent_status shave(ent_ctx *ctx, const searching *s, int *rest)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = s->b;
    *rest = 0;
    for (int m = 0; m < b->interims; m++) {
        const double *box = ent_i_enclosure_box(s->e, *rest);
        const double low = box[m], high = box[b->interims + m];
        for (int l = 0; l < b->interims; l++) s->low[l] = scaled(b, l, box[l]);
        const double most =
            b->shift[m] + b->scale[b->place[m]] * ent_i_box_most(s->work, s->low, m, NULL, NULL);
        const double room = (high - low) * grain, at = middle(most, most + room);
        if (!(room > tiny * b->scale[b->place[m]]) || !(at < high - room) || !(at > low + room))
            continue;
        ENT_TRY(ent_i_enclosure_cut(ctx, s->e, *rest, m, at));
        ENT_TRY(examine(ctx, s, s->e->nodes - 1));
        *rest = s->e->nodes - 2;
    }
done:
    return st;
}

/* Breadth first, so that a limit on boxes leaves boxes of one size. */
static ent_status search(ent_ctx *ctx, const searching *s, double width)
{
    ent_status st = ENT_OK;
    for (int next = s->first; next < s->e->nodes; next++) {
        ENT_CHECK_CANCEL(ctx);
        if (s->e->node[next].kind != ENT_BOX_OPEN || s->e->node[next].settled) continue;
        if (!s->e->node[next].examined) ENT_TRY(examine(ctx, s, next));
        if (s->e->node[next].kind != ENT_BOX_OPEN) continue;
        const int side = widest(s, next, width);
        if (side < 0 || s->e->nodes + 2.0 > s->most) continue;
        const double *box = ent_i_enclosure_box(s->e, next);
        ENT_TRY(ent_i_enclosure_cut(ctx, s->e, next, side,
                                    middle(box[side], box[s->b->interims + side])));
    }
done:
    return st;
}

/* The least utility of interim m, or the largest one. */
static void extreme_utility(const ent_bargain *b, int m, bool largest, ent_rat *out)
{
    const ent_bayes_coal *s = b->coal;
    const int i = b->place[m], stride = ent_bayes_stride(s, i);
    bool any = false;
    for (int c = 0; c < s->profiles; c++) {
        if (c / stride % s->types[i] != m - s->first[i]) continue;
        for (int d = 0; d < s->decisions; d++) {
            const ent_rat *u = &s->utility.exact[ent_bayes_utility(s, i, d, c)];
            if (!any || (largest ? ent_rat_cmp(u, out) > 0 : ent_rat_cmp(u, out) < 0))
                ent_rat_set(out, u);
            any = true;
        }
    }
}

/* |S| utility - threat: the claim that a utility meets. */
static void claim_of(const ent_exact_problem *problem, int m, const ent_rat *utility,
                     ent_rat *claim)
{
    ent_rat_mul(claim, &problem->factor, utility);
    ent_rat_sub(claim, claim, &problem->target[m]);
}

/* What a safe mechanism gives member i is a lower bound on its claims; without one, the least
 * utility is, for claims that are met. */
static ent_status least_claims(ent_ctx *ctx, const ent_exact_problem *problem,
                               const ent_rat *threat, ent_rat *least, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat utility = ENT_RAT_ZERO;
    e->all = true;
    for (int i = 0; i < b->coal->size; i++) {
        bool found = false;
        ENT_TRY(ent_i_best_safe(ctx, problem, threat, i, SAFE_COEFFICIENTS, least, &e->safe[i],
                                &found));
        e->all = e->all && found;
        for (int m = b->coal->first[i]; !found && m < b->coal->first[i + 1]; m++) {
            extreme_utility(b, m, false, &utility);
            claim_of(problem, m, &utility, &least[m]);
        }
    }
done:
    ent_rat_release(&utility);
    return st;
}

/* The first box: from the least claims to what the largest utilities could meet. Doubles lie a
 * little outside. */
static ent_status first_box(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *least,
                            ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    ent_rat utility = ENT_RAT_ZERO, claim = ENT_RAT_ZERO;
    ENT_TRY(ent_i_enclosure_room(ctx, e));
    e->node[0] = (ent_enclosure_node){.kind = ENT_BOX_OPEN};
    e->nodes = 1;
    for (int m = 0; m < b->interims; m++) {
        extreme_utility(b, m, true, &utility);
        claim_of(problem, m, &utility, &claim);
        e->box[m] = nextafter(ent_rat_double(&least[m]), -HUGE_VAL);
        e->box[b->interims + m] = nextafter(fmax(ent_rat_double(&claim), e->box[m]), HUGE_VAL);
    }
done:
    ent_rat_release(&utility);
    ent_rat_release(&claim);
    return st;
}

/* Are the least claims already all that there is to get? Then nothing is left to search. */
static bool is_met(const ent_exact_problem *problem, const ent_rat *least,
                   const ent_bayes_answer *answer)
{
    bool met = answer->exact;
    ent_rat error = ENT_RAT_ZERO;
    for (int m = 0; met && m < problem->b->interims; m++) {
        ent_rat_add(&error, &least[m], &problem->target[m]);
        ent_rat_submul(&error, &problem->factor, &answer->utility.exact[m]);
        met = ent_rat_sign(&error) == 0;
    }
    ent_rat_release(&error);
    return met;
}

/* Search; as long as there are boxes to spare and uniqueness may yet be shown, again with narrower
 * sides. */
static ent_status rounds(ent_ctx *ctx, const searching *s, const ent_exact_problem *problem,
                         const ent_rat *least, const ent_bayes_answer *answer, double width)
{
    ent_status st = ENT_OK;
    ent_value_enclosure *e = s->e;
    for (int round = 1;; round++) {
        ENT_TRY(search(ctx, s, width));
        ENT_TRY(ent_i_enclosure_order(ctx, e));
        ENT_TRY(ent_i_enclosure_clusters(ctx, problem, least, answer, s->work, e));
        if (round == ROUNDS || e->unique || !e->all || !answer->exact || e->nodes + 2.0 > s->most)
            break;
        ent_i_enclosure_drop_clusters(e);
        width /= 8.0;
    }
done:
    return st;
}

/* A search that did not narrow utilities down to this share of what the first box alone shows is
 * not worth its proof. */
static const double worthwhile = 0.5;

/* The first box alone, then the search; what it did not help is taken back. */
static ent_status narrow_down(ent_ctx *ctx, searching *s, const ent_exact_problem *problem,
                              const ent_rat *least, const ent_bayes_answer *answer, double width)
{
    ent_status st = ENT_OK;
    ent_value_enclosure *e = s->e;
    ENT_TRY(ent_i_enclosure_order(ctx, e));
    ENT_TRY(ent_i_enclosure_clusters(ctx, problem, least, answer, s->work, e));
    if (e->unique || s->most <= 1.0 + 2.0 * s->b->interims) goto done;
    const double alone = ent_rat_double(&e->width);
    ent_i_enclosure_drop_clusters(e);
    ENT_TRY(shave(ctx, s, &s->first));
    ENT_TRY(rounds(ctx, s, problem, least, answer, width));
    if (e->unique || ent_rat_double(&e->width) <= worthwhile * alone) goto done;
    ent_i_enclosure_drop_clusters(e);
    e->nodes = 1;
    e->numbers = 0;
    e->node[0] = (ent_enclosure_node){.kind = ENT_BOX_OPEN};
    ENT_TRY(ent_i_enclosure_order(ctx, e));
    ENT_TRY(ent_i_enclosure_clusters(ctx, problem, least, answer, s->work, e));
done:
    return st;
}

static ent_status build(ent_ctx *ctx, const ent_exact_problem *problem, const ent_rat *threat,
                        const ent_bayes_answer *answer, bool alike,
                        const ent_bayesian_settings *settings, ent_value_enclosure *e)
{
    ent_status st = ENT_OK;
    const ent_bargain *b = problem->b;
    searching s = {.b = b, .e = e};
    ent_rat *least = ent_rats_new(ctx, (size_t)b->interims, &st);
    if (!least) goto done;
    ENT_ALLOC(ctx, e->safe, b->coal->size);
    ENT_ALLOC(ctx, e->decision, b->options);
    ENT_ALLOC(ctx, e->cell, b->options);
    memcpy(e->decision, b->decision, (size_t)b->options * sizeof *e->decision);
    for (int cell = 0; cell < b->cells; cell++)
        for (int o = b->first[cell]; o < b->first[cell + 1]; o++) e->cell[o] = cell;
    ENT_TRY(least_claims(ctx, problem, threat, least, e));
    ENT_TRY(first_box(ctx, problem, least, e));
    s.most = alike ? 1.0
                   : fmin((double)settings->enclosure_boxes,
                          settings->enclosure_work / (double)ent_i_box_coefficients(b));
    ENT_SCRATCH(ctx, s.low, b->interims);
    ENT_SCRATCH(ctx, s.high, b->interims);
    ENT_SCRATCH(ctx, s.claim, b->interims);
    for (int m = 0; m < b->interims; m++) s.claim[m] = answer->claim.value[m];
    if (e->all && is_met(problem, least, answer)) {
        ENT_TRY(ent_i_enclosure_order(ctx, e));
        ENT_TRY(ent_i_enclosure_clusters(ctx, problem, least, answer, NULL, e));
        goto done;
    }
    ENT_TRY(ent_i_box_work_new(ctx, b, &s.work));
    ENT_TRY(narrow_down(ctx, &s, problem, least, answer, settings->enclosure_width));
done:
    ent_i_box_work_free(s.work);
    ent_rats_free(least, (size_t)b->interims);
    return st;
}

ent_status ent_i_value_enclosure(ent_ctx *ctx, const ent_bayes_coal *coal, const ent_rat *threat,
                                 const ent_bayes_answer *answer, bool alike,
                                 const ent_bayesian_settings *settings, ent_value_enclosure *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_exact_problem problem = {0};
    ent_value_enclosure e = {.width = ENT_RAT_ZERO};
    ent_bargain b;
    double *rounded = NULL;
    if (settings->enclosure_boxes == 0) goto done;
    const size_t threats = (size_t)coal->size * (size_t)coal->interims;
    ENT_SCRATCH(ctx, rounded, threats);
    for (size_t k = 0; k < threats; k++) rounded[k] = ent_rat_double(&threat[k]);
    ENT_TRY(ent_i_bargain_neutral(ctx, coal, rounded, &b));
    if (ent_i_box_coefficients(&b) > BOX_COEFFICIENTS) goto done;
    e.coal = coal;
    e.pairs = b.pairs;
    ENT_TRY(ent_i_bayes_exact_problem_new(ctx, &b, threat, &problem));
    ENT_TRY(build(ctx, &problem, threat, answer, alike, settings, &e));
    *out = e;
    e = (ent_value_enclosure){0};
done:
    ent_i_value_enclosure_free(&e);
    ent_i_bayes_exact_problem_free(&problem);
    ent_scratch_reset(ctx, mark);
    return st;
}
