/* [MW25] Section 5.2.
 * The checker of `accession`: every step, the end, and every line of the table of coalitions,
 * recomputed. */
#include "verify/relational_check.h"

#include "verify/relational_union.h"

#include <math.h>
#include <string.h>

/* Numbers of public goods carry no evidence here: they are recomputed in doubles by bisection, and
 * the error of a span is bounded by its residual. Bisection and sums over players cost about ten
 * digits less than machine precision in the worst case. */
#define ACCESSION_TOLERANCE 1e-9

/* A claimed number of a coalition: exactly where it is known exactly, else by its residual. */
static void claim(ent_rcheck *c, const ent_json *node, const ent_union_truth *u,
                  const ent_rat *exact, double value)
{
    ent_rat found = ENT_RAT_ZERO;
    if (u->exact) ent_ledger_equal(&c->claims, node, exact);
    else if (ent_ledger_read(&c->claims, node, &found, NULL)) {
        const double size = fmax(c->claims.unit, fabs(value));
        ent_ledger_residual(&c->claims, node, fabs(ent_rat_double(&found) - value) / size,
                            ACCESSION_TOLERANCE);
    }
    ent_rat_release(&found);
}

static void claim_span(ent_rcheck *c, const ent_json *node, const ent_union_truth *u)
{
    claim(c, node, u, &u->span, u->span_value);
    if (node && !u->exact) ent_ledger_residual(&c->claims, node, u->residual, ACCESSION_TOLERANCE);
}

/* [MW25] eq. (35), (36).
 * What the insiders of s gain when j joins: L(s + j) - L(s) - payoff_j(s). -INFINITY when either
 * has no equilibrium. */
static ent_status gain_of(ent_unions *unions, ent_coal s, int j, ent_rat *exact, double *gain)
{
    ent_status st = ENT_OK;
    const ent_union_truth *before = NULL, *after = NULL;
    ENT_TRY(ent_i_union_of(unions, s, NULL, &before));
    ENT_TRY(ent_i_union_of(unions, s | ent_coal_single(j), NULL, &after));
    *gain = -INFINITY;
    ent_rat_set_int(exact, 0);
    if (!before->solved || !after->solved) return ENT_OK;
    *gain = after->level_value - before->level_value - before->payoff_value[j];
    if (!before->exact) return ENT_OK;
    ent_rat_sub(exact, &after->level, &before->level);
    ent_rat_sub(exact, exact, &before->payoff[j]);
    *gain = ent_rat_double(exact);
done:
    return st;
}

/* How far below 0 a gain still counts as one: docs/results.md. `gain`: the largest. */
static double slack_of(const ent_rcheck *c, const ent_union_truth *u, double gain)
{
    if (u->exact && !c->inexact) return 0.0;
    const double size = u->solved ? fmax(fabs(u->level_value), fabs(gain)) : 0.0;
    return c->tolerance * fmax(c->scale, size);
}

/* Who joins s: the first of those with the largest gain, if that is no loss; -1 when nobody
 * does. */
static ent_status next_joiner(ent_rcheck *c, ent_unions *unions, ent_coal s, ent_rat *gain,
                              double *value, int *joiner)
{
    ent_status st = ENT_OK;
    const ent_union_truth *u = NULL;
    ent_rat exact = ENT_RAT_ZERO;
    double one[ENT_PLAYERS_MAX], most = -INFINITY;
    *joiner = -1;
    for (int j = 0; j < c->model->n; j++) {
        one[j] = -INFINITY;
        if (ent_coal_has(s, j)) continue;
        ENT_TRY(gain_of(unions, s, j, &exact, &one[j]));
        most = fmax(most, one[j]);
    }
    ENT_TRY(ent_i_union_of(unions, s, NULL, &u));
    const double slack = slack_of(c, u, isfinite(most) ? most : 0.0);
    for (int j = 0; j < c->model->n && *joiner < 0; j++)
        if (one[j] >= -slack && one[j] >= most - slack) *joiner = j;
    if (*joiner >= 0) ENT_TRY(gain_of(unions, s, *joiner, gain, value));
done:
    ent_rat_release(&exact);
    return st;
}

/* A list of names that must be exactly this coalition, in model order. */
static void claim_coalition(ent_rcheck *c, const ent_json *node, ent_coal s)
{
    if (!ent_ledger_kind(&c->claims, node, ENT_JSON_ARRAY)) return;
    const ent_json *at = node->first;
    if (node->count != (uint32_t)ent_coal_size(s))
        ent_ledger_doubt(&c->claims, node, 0.0, "wanted %d players", ent_coal_size(s));
    for (int i = 0; at && i < c->model->n; i++) {
        if (!ent_coal_has(s, i)) continue;
        ent_ledger_text(&c->claims, at, c->model->player[i]);
        at = at->next;
    }
}

static ent_status check_step(ent_rcheck *c, ent_unions *unions, const ent_json *step, ent_coal s,
                             int joiner, const ent_rat *gain, double gain_value)
{
    static const char *const known[] = {"coalition", "joins", "fee", "gain", "level", "span", NULL};
    ent_status st = ENT_OK;
    const ent_union_truth *u = NULL;
    ENT_TRY(ent_i_union_of(unions, s, NULL, &u));
    if (!ent_ledger_kind(&c->claims, step, ENT_JSON_OBJECT)) return ENT_OK;
    ent_ledger_only(&c->claims, step, known);
    claim_coalition(c, ent_ledger_member(&c->claims, step, "coalition"), s);
    ent_ledger_text(&c->claims, ent_ledger_member(&c->claims, step, "joins"),
                    c->model->player[joiner]);
    claim(c, ent_ledger_member(&c->claims, step, "fee"), u, &u->payoff[joiner],
          u->payoff_value[joiner]);
    claim(c, ent_ledger_member(&c->claims, step, "gain"), u, gain, gain_value);
    claim(c, ent_ledger_member(&c->claims, step, "level"), u, &u->level, u->level_value);
    claim_span(c, ent_ledger_member(&c->claims, step, "span"), u);
done:
    return st;
}

static ent_status check_steps(ent_rcheck *c, ent_unions *unions, ent_coal *final)
{
    ent_status st = ENT_OK;
    ent_coal s = c->model->coalition;
    ent_rat gain = ENT_RAT_ZERO;
    double value = 0.0;
    int joiner = -1, steps = 0;
    const ent_json *list = ent_ledger_member(&c->claims, c->solution, "steps"), *at = NULL;
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact && unions->game;
    if (ent_ledger_kind(&c->claims, list, ENT_JSON_ARRAY)) at = list->first;
    for (;;) {
        ENT_TRY(next_joiner(c, unions, s, &gain, &value, &joiner));
        if (joiner < 0) break;
        if (at) ENT_TRY(check_step(c, unions, at, s, joiner, &gain, value));
        at = at ? at->next : NULL;
        s |= ent_coal_single(joiner);
        steps++;
    }
    if (list && list->count != (uint32_t)steps)
        ent_ledger_doubt(&c->claims, list, 0.0, "wanted %d steps, found %u", steps,
                         (unsigned)list->count);
    if (!steps) ent_ledger_held(&c->claims, ENT_EXACT, 0.0);
    ent_ledger_end(&c->claims, "/solution/steps",
                   "at every step the gain of every outsider recomputed");
    *final = s;
done:
    ent_rat_release(&gain);
    return st;
}

static ent_status check_final(ent_rcheck *c, ent_unions *unions, ent_coal final)
{
    ent_status st = ENT_OK;
    const ent_union_truth *u = NULL;
    ENT_TRY(ent_i_union_of(unions, final, NULL, &u));
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact && unions->game;
    claim_coalition(c, ent_ledger_member(&c->claims, c->solution, "final"), final);
    claim(c, ent_ledger_member(&c->claims, c->solution, "final_level"), u, &u->level,
          u->level_value);
    claim_span(c, ent_ledger_member(&c->claims, c->solution, "final_span"), u);
    ent_ledger_end(&c->claims, "/solution/final", "where nobody can join without loss");
done:
    return st;
}

/* Does the level cover what every member would get by leaving alone? 1, 0, or -1 when what would
 * remain has no equilibrium. */
static ent_status internally_stable(ent_rcheck *c, ent_unions *unions, const ent_union_truth *u,
                                    int *stable)
{
    ent_status st = ENT_OK;
    double sum = 0.0;
    ent_rat exact = ENT_RAT_ZERO, gap = ENT_RAT_ZERO;
    *stable = 1;
    if (ent_coal_size(u->coalition) == 1) return ENT_OK;
    for (int i = 0; i<c->model->n && * stable> 0; i++) {
        const ent_union_truth *rest = NULL;
        if (!ent_coal_has(u->coalition, i)) continue;
        ENT_TRY(ent_i_union_of(unions, u->coalition & ~ent_coal_single(i), NULL, &rest));
        if (!rest->solved) *stable = -1;
        ent_rat_add(&exact, &exact, &rest->payoff[i]);
        sum += rest->payoff_value[i];
    }
    if (*stable < 0) goto done;
    ent_rat_sub(&gap, &u->level, &exact);
    const double excess = u->exact ? ent_rat_double(&gap) : u->level_value - sum;
    *stable = excess >= -slack_of(c, u, 0.0);
done:
    ent_rat_release(&exact);
    ent_rat_release(&gap);
    return st;
}

static ent_status check_stability(ent_rcheck *c, ent_unions *unions, const ent_union_truth *u,
                                  const ent_json *line)
{
    ent_status st = ENT_OK;
    ent_rat gain = ENT_RAT_ZERO;
    double value = 0.0;
    int stable = 1, joiner = -1;
    ENT_TRY(internally_stable(c, unions, u, &stable));
    ENT_TRY(next_joiner(c, unions, u->coalition, &gain, &value, &joiner));
    const ent_json *inside = ent_ledger_member(&c->claims, line, "internally_stable");
    if (stable < 0) ent_ledger_null(&c->claims, inside);
    else ent_ledger_bool(&c->claims, inside, stable != 0);
    ent_ledger_bool(&c->claims, ent_ledger_member(&c->claims, line, "externally_stable"),
                    joiner < 0);
done:
    ent_rat_release(&gain);
    return st;
}

static ent_status check_line(ent_rcheck *c, ent_unions *unions, const ent_json *line)
{
    static const char *const known[] = {
        "outcome", "span", "level", "outsiders", "internally_stable", "externally_stable", NULL};
    static const char *const none[] = {"outcome", NULL};
    ent_status st = ENT_OK;
    ent_coal s = 0;
    const ent_union_truth *u = NULL;
    ENT_TRY(ent_i_coalition_key(c->ctx, c->claims.doc, line, c->model->n, c->model->player, &s));
    ENT_TRY(ent_i_union_of(unions, s, NULL, &u));
    if (!ent_ledger_kind(&c->claims, line, ENT_JSON_OBJECT)) return ENT_OK;
    ent_ledger_only(&c->claims, line, u->solved ? known : none);
    ent_ledger_text(&c->claims, ent_ledger_member(&c->claims, line, "outcome"),
                    ent_outcome_word(u->solved ? ENT_SOLVED : ENT_NONE));
    if (!u->solved) return ENT_OK;
    claim(c, ent_ledger_member(&c->claims, line, "level"), u, &u->level, u->level_value);
    claim_span(c, ent_ledger_member(&c->claims, line, "span"), u);
    const ent_json *outsiders = ent_ledger_member(&c->claims, line, "outsiders");
    for (int j = 0; outsiders && j < c->model->n; j++)
        if (!ent_coal_has(s, j))
            claim(c, ent_ledger_member(&c->claims, outsiders, c->model->player[j]), u,
                  &u->payoff[j], u->payoff_value[j]);
    if (ent_ledger_kind(&c->claims, outsiders, ENT_JSON_OBJECT) &&
        outsiders->count != (uint32_t)(c->model->n - ent_coal_size(s)))
        ent_ledger_refuse(&c->claims, outsiders, "wanted the outsiders alone");
    ENT_TRY(check_stability(c, unions, u, line));
done:
    return st;
}

/* Every coalition once, or those on the path: the keys differ, each is a coalition, and there are
 * as many as there must be. */
static ent_status check_table(ent_rcheck *c, ent_unions *unions, ent_coal final)
{
    ent_status st = ENT_OK;
    const int n = c->model->n;
    const bool whole = n <= c->table_players;
    const ent_json *table = ent_ledger_member(&c->claims, c->solution, "coalitions");
    ent_text key;
    ent_text_init(c->ctx, &key);
    ent_ledger_begin(&c->claims, c->scale);
    c->claims.lenient = c->inexact && unions->game;
    if (!ent_ledger_kind(&c->claims, table, ENT_JSON_OBJECT)) goto done;
    const uint64_t wanted =
        whole ? ent_coal_all(n)
              : (uint64_t)(ent_coal_size(final) - ent_coal_size(c->model->coalition) + 1);
    if (table->count != wanted)
        ent_ledger_refuse(&c->claims, table, "wanted %llu coalitions, found %u",
                          (unsigned long long)wanted, (unsigned)table->count);
    for (const ent_json *line = table->first; line; line = line->next) {
        ent_coal s = 0;
        ENT_TRY(ent_i_coalition_key(c->ctx, c->claims.doc, line, n, c->model->player, &s));
        ent_text_reset(&key);
        ent_relational_coal_name(&key, c->model, s);
        ENT_TRY(key.status);
        if (strcmp(key.data, line->key) != 0)
            ent_ledger_refuse(&c->claims, line, "the names are not in model order");
        if (!whole && ((s & ~final) || (c->model->coalition & ~s)))
            ent_ledger_refuse(&c->claims, line, "not on the path");
        ENT_TRY(check_line(c, unions, line));
    }
    ent_ledger_end(&c->claims, "/solution/coalitions/*",
                   "span, level, outsiders' payoffs and stability of %u coalitions",
                   (unsigned)table->count);
done:
    ent_text_release(&key);
    return st;
}

/* The model's own coalition has no equilibrium: the evidence is that of `contractual`. */
static ent_status check_no_path(ent_rcheck *c, ent_unions *unions)
{
    ent_status st = ENT_OK;
    ent_maps *maps = NULL;
    ENT_TRY(ent_i_maps_new(c->ctx, unions->common, &c->rules, &maps));
    ent_i_check_none(c, maps);
done:
    ent_i_maps_free(maps);
    return st;
}

/* A public good's spans are evaluated where the document says they are: read them all before
 * anything is derived from them. */
static ent_status take_spans(ent_rcheck *c, ent_unions *unions)
{
    ent_status st = ENT_OK;
    const ent_json *table = ent_json_get(c->solution, "coalitions");
    ent_rat span = ENT_RAT_ZERO;
    for (const ent_json *line = table ? table->first : NULL; line; line = line->next) {
        const ent_union_truth *u = NULL;
        ent_coal s = 0;
        if (unions->game || !ent_ledger_read(&c->claims, ent_json_get(line, "span"), &span, NULL))
            continue;
        if (ent_rat_sign(&span) < 0) continue;
        const double value = ent_rat_double(&span);
        ENT_TRY(
            ent_i_coalition_key(c->ctx, c->claims.doc, line, c->model->n, c->model->player, &s));
        ENT_TRY(ent_i_union_of(unions, s, &value, &u));
    }
done:
    ent_rat_release(&span);
    return st;
}

ent_status ent_i_check_accession(ent_rcheck *c)
{
    static const char *const solution[] = {"steps",      "final",      "final_level",
                                           "final_span", "coalitions", NULL};
    static const char *const certificate[] = {"model_sha256", "scale", "words", "checks", NULL};
    ent_status st = ENT_OK;
    ent_unions *unions = NULL;
    const ent_union_truth *first = NULL;
    ent_coal final = 0;
    ENT_TRY(ent_i_unions_new(c, &unions));
    ENT_TRY(take_spans(c, unions));
    ENT_TRY(ent_i_union_of(unions, c->model->coalition, NULL, &first));
    if (first->solved != c->solved) {
        ent_ledger_refuse(&c->claims, c->solution,
                          first->solved ? "the coalition has an equilibrium"
                                        : "the coalition has no equilibrium");
        goto done;
    }
    if (!c->solved) {
        ENT_TRY(check_no_path(c, unions));
        goto done;
    }
    ent_ledger_only(&c->claims, c->solution, solution);
    ent_ledger_only(&c->claims, c->certificate, certificate);
    ENT_TRY(check_steps(c, unions, &final));
    ENT_TRY(check_final(c, unions, final));
    ENT_TRY(check_table(c, unions, final));
done:
    ent_i_unions_free(unions);
    return st;
}
