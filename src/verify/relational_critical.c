/* "critical" and the evidence of "none": what the blocks of enforceable plays say about all
 * discount factors at once.
 */
#include "verify/relational_check.h"

#include <math.h>
#include <string.h>

/* [MW25] Thm 5 for every delta: block k can be enforced from delta_k = G / (G + D) on; for a lone
 * insider with renegotiation rho < 1 from that divided by 1 - rho on, D being the benchmark's span
 * (Prop. B). False when never below 1. */
static bool block_discount(const ent_maps *maps, int64_t k, ent_rat *discount, ent_rat *span)
{
    const ent_rat *gains = &maps->blocks.cost[k];
    const ent_rules *rules = &maps->rules;
    ent_rat sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO, quiet = ENT_RAT_ZERO, effective = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&quiet, &one, rules->rho);
    ent_rat_set(span, &maps->blocks.value[k]);
    const bool lone = ent_coal_size(rules->coalition) == 1;
    if (lone) {
        /* Gamma_0 (or with ties its literal form) from F: times (1 - delta (1-rho)) / (1-delta). */
        ent_rat_mul(&effective, rules->delta, &quiet);
        ent_rat_sub(&effective, &one, &effective);
        ent_rat_mul(span, span, &effective);
        ent_rat_sub(&effective, &one, rules->delta);
        ent_rat_div(span, span, &effective);
    }
    bool some = ent_rat_sign(gains) == 0;
    ent_rat_set_int(discount, 0);
    if (!some && ent_rat_sign(span) > 0) {
        /* lone: kappa(delta) c(delta) = delta / (1 - delta (1-rho)) >= G / D, hence delta >= G / (D
         * + G (1-rho)) */
        ent_rat_mul(&sum, gains, lone ? &quiet : &one);
        ent_rat_add(&sum, &sum, span);
        ent_rat_div(discount, gains, &sum);
        some = ent_rat_cmp(discount, &one) < 0;
    }
    if (lone) {
        ent_rat_mul(&effective, discount, &quiet);
        ent_rat_sub(&effective, &one, &effective);
        ent_rat_sub(&sum, &one, discount);
        ent_rat_mul(span, span, &sum);
        ent_rat_div(span, span, &effective);
    }
    ent_rat_release(&sum);
    ent_rat_release(&one);
    ent_rat_release(&quiet);
    ent_rat_release(&effective);
    return some && ent_rat_sign(span) >= 0;
}

/* M, max U and E of a block. */
typedef struct block_values {
    ent_rat m, total, extortion, span, discount, level, tau;
    /* F of the block at the model's own discount factor: a lone insider's span varies with it */
    ent_rat map;
} block_values;

static void values_init(block_values *v)
{
    ent_rat *const all[] = {&v->m,        &v->total, &v->extortion, &v->span,
                            &v->discount, &v->level, &v->tau,       &v->map};
    for (size_t k = 0; k < 8; k++) ent_rat_init(all[k]);
}

static void values_release(block_values *v)
{
    ent_rat *const all[] = {&v->m,        &v->total, &v->extortion, &v->span,
                            &v->discount, &v->level, &v->tau,       &v->map};
    for (size_t k = 0; k < 8; k++) ent_rat_release(all[k]);
}

static void values_of_block(const ent_maps *maps, int64_t k, block_values *v)
{
    const ent_rat *gains = &maps->blocks.cost[k];
    ent_rules rules = maps->rules;
    rules.delta = &v->discount;
    ent_rat_set(&v->map, &maps->blocks.value[k]);
    ent_rat_set(&v->m, ent_i_stairs_best(&maps->k, gains));
    ent_rat_set(&v->total, ent_i_stairs_best(&maps->common->total, gains));
    ent_rat_set(&v->extortion, &v->total);
    for (int j = 0; j < maps->common->game->n; j++)
        if (!ent_coal_has(rules.coalition, j))
            ent_rat_add(&v->extortion, &v->extortion,
                        ent_i_stairs_best(&maps->common->reply[j], gains));
    ent_i_maps_tau(maps, gains, &v->tau);
    ent_i_truth_level(&rules, &v->m, &v->extortion, maps->spread ? &v->tau : NULL, &v->level);
}

/* Do two numbers differ by more than `within`? */
static bool apart(const ent_rat *a, const ent_rat *b, double within)
{
    if (ent_rat_equal(a, b)) return false;
    ent_rat gap = ENT_RAT_ZERO;
    ent_rat_sub(&gap, a, b);
    const bool far = fabs(ent_rat_double(&gap)) > within;
    ent_rat_release(&gap);
    return far;
}

/* Does something that is shown change from one step of the path to the next? `within`: the smallest
 * change that counts.
 */
static bool differs(const ent_maps *maps, bool level, const block_values *a, const block_values *b,
                    double within)
{
    if (apart(&a->map, &b->map, within)) return true;
    if (!level) return apart(&a->total, &b->total, within);
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    const bool quiet = !ent_rat_equal(maps->rules.rho, &one);
    ent_rat_release(&one);
    return apart(&a->m, &b->m, within) || apart(&a->tau, &b->tau, within) ||
           (quiet && apart(&a->extortion, &b->extortion, within));
}

static void check_step(ent_rcheck *c, const ent_json *node, const block_values *v,
                       const char *level_name)
{
    const char *const known[] = {"discount", "span", level_name, NULL};
    if (!ent_ledger_kind(&c->claims, node, ENT_JSON_OBJECT)) return;
    ent_ledger_only(&c->claims, node, known);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, node, "discount"), &v->discount);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, node, "span"), &v->span);
    ent_ledger_equal(&c->claims, ent_ledger_member(&c->claims, node, level_name),
                     strcmp(level_name, "joint") == 0 ? &v->total : &v->level);
}

/* Is block k the last one that its own threshold enforces? `least`: the smallest threshold of later
 * blocks. */
static void path_blocks(const ent_maps *maps, bool *on_path)
{
    ent_rat discount = ENT_RAT_ZERO, span = ENT_RAT_ZERO, least = ENT_RAT_ZERO;
    ent_rat_set_int(&least, 1);
    for (int64_t k = maps->blocks.n - 1; k >= 0; k--) {
        on_path[k] =
            block_discount(maps, k, &discount, &span) && ent_rat_cmp(&discount, &least) < 0;
        if (on_path[k]) ent_rat_set(&least, &discount);
    }
    ent_rat_release(&discount);
    ent_rat_release(&span);
    ent_rat_release(&least);
}

/* The steps of the path in rising order, [*steps] of list[blocks]. In a document of doubles, steps
 * that differ by less than doubles can tell are one, and a step that lasts no longer is none. */
static void find_steps(const ent_rcheck *c, const ent_maps *maps, bool level, const bool *on_path,
                       block_values *list, int64_t *steps)
{
    const double within = c->inexact ? ENT_LEDGER_TOLERANCE * c->scale : 0.0,
                 moment = c->inexact ? ENT_LEDGER_TOLERANCE : 0.0;
    *steps = 0;
    for (int64_t k = 0; k < maps->blocks.n; k++) {
        block_values *now = &list[*steps];
        if (!on_path[k]) continue;
        block_discount(maps, k, &now->discount, &now->span);
        values_of_block(maps, k, now);
        if (*steps && !apart(&now->discount, &now[-1].discount, moment)) {
            const block_values swap = now[-1];
            now[-1] = *now;
            *now = swap;
            continue;
        }
        if (*steps && !differs(maps, level, now, &now[-1], within)) continue;
        ++*steps;
    }
}

void ent_i_check_critical(ent_rcheck *c, const ent_maps *maps, const char *level_name)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    const ent_json *list = ent_ledger_member(&c->claims, c->solution, "critical");
    const int64_t room = maps->blocks.n + 1;
    bool *on_path = NULL;
    block_values *step = NULL;
    int64_t steps = 0;
    ENT_SCRATCH(c->ctx, on_path, room);
    ENT_ALLOC(c->ctx, step, room);
    for (int64_t k = 0; k < room; k++) values_init(&step[k]);
    path_blocks(maps, on_path);
    /* Where ties are read literally the map is not monotone, and there is no path of one
     * contract. */
    if (!maps->spread) find_steps(c, maps, strcmp(level_name, "level") == 0, on_path, step, &steps);
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact;
    if (!ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) goto done;
    const ent_json *at = list->first;
    for (int64_t k = 0; at && k < steps; k++, at = at->next)
        check_step(c, at, &step[k], level_name);
    if (!steps) ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
    if (list->count != (uint64_t)steps)
        ent_ledger_doubt(&c->claims, list, 0.0, "wanted %lld steps, found %u", (long long)steps,
                         (unsigned)list->count);
    ent_ledger_end(&c->claims, "/solution/critical",
                   maps->spread ? "none where ties are read literally"
                                : "every block of enforceable plays compared");
done:
    if (st != ENT_OK) c->claims.report->status = st;
    for (int64_t k = 0; step && k < room; k++) values_release(&step[k]);
    ent_free(step);
    ent_scratch_reset(c->ctx, mark);
}

/* d0 = F(everything), d1 = F(A(d0)), ... : every fixed point lies below each, F being monotone. It
 * ends where nothing can be enforced
 * ("empty") or below zero ("negative"). Where ties are read literally F is not monotone, and the
 * blocks alone prove the claim. */
void ent_i_check_none(ent_rcheck *c, const ent_maps *maps)
{
    static const char *const known[] = {"model_sha256", "scale",  "bounds", "reason",
                                        "words",        "checks", NULL};
    ent_ledger *claims = &c->claims;
    const ent_json *bounds = ent_ledger_member(claims, c->certificate, "bounds"),
                   *at = bounds ? bounds->first : NULL;
    ent_rat gains = ENT_RAT_ZERO, bound = ENT_RAT_ZERO;
    bool some = maps->blocks.n > 0;
    ent_ledger_begin(claims, c->scale);
    claims->lenient = c->inexact;
    ent_ledger_only(claims, c->certificate, known);
    if (c->solution->count) ent_ledger_refuse(claims, c->solution, "there is no equilibrium");
    if (some) ent_rat_set(&gains, &maps->blocks.cost[maps->blocks.n - 1]);
    uint32_t count = 0;
    while (some && ent_ledger_kind(claims, bounds, ENT_JSON_ARRAY) && count <= bounds->count) {
        some = ent_i_maps_value(maps, &gains, &bound);
        if (!some) break;
        count++;
        if (at) ent_ledger_equal(claims, at, &bound);
        at = at ? at->next : NULL;
        if (ent_rat_sign(&bound) < 0) break;
        ent_i_maps_budget(maps, &bound, &gains);
    }
    if (bounds && bounds->count != count)
        ent_ledger_doubt(claims, bounds, 0.0, "wanted %u bounds, found %u", (unsigned)count,
                         (unsigned)bounds->count);
    ent_ledger_text(claims, ent_ledger_member(claims, c->certificate, "reason"),
                    some ? "negative" : "empty");
    ent_ledger_end(claims, "/certificate/bounds",
                   "the map iterated from above, and every block of enforceable plays refused");
    ent_rat_release(&gains);
    ent_rat_release(&bound);
}
