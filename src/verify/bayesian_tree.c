/* The tree of an enclosure, in the order box, lower part with all in it, upper part: its boxes are
 * recomputed from the cuts. */
#include "verify/bayesian_enclosure.h"

#include <string.h>

static bool is_open(const ent_json *node)
{
    return node->kind == ENT_JSON_STRING && strcmp(node->text, "open") == 0;
}
static bool is_cut(const ent_json *node)
{
    return node->kind == ENT_JSON_OBJECT && ent_json_get(node, "cut") != NULL;
}

/* How many boxes wait at most, and how many are open; refused: a list that is no tree. */
static ent_status measure(ent_bv *v, const ent_json *tree, int *waiting, int *open)
{
    int64_t now = 1, most = 1, left = 0;
    for (const ent_json *node = tree->first; node; node = node->next) {
        if (now == 0)
            return ent_json_fail(v->ctx, v->c.doc, node, ENT_E_MODEL,
                                 "a box beyond the end of the tree");
        now += is_cut(node) ? 1 : -1;
        left += is_open(node);
        if (now > most) most = now;
    }
    if (now != 0) return ent_json_fail(v->ctx, v->c.doc, tree, ENT_E_MODEL, "the tree ends early");
    *waiting = (int)most;
    *open = (int)left;
    return ENT_OK;
}

typedef struct walk {
    int interims, waiting;
    ent_rat *stack; /* [..][2][interims] */
} walk;

static ent_bv_box top(const walk *w)
{
    ent_rat *at = w->stack + 2 * (size_t)(w->waiting - 1) * (size_t)w->interims;
    return (ent_bv_box){.low = at, .high = at + w->interims};
}

/* The box on top becomes its upper part, and its lower part comes on top of it. */
static ent_status cut(ent_bv *v, const ent_json *node, walk *w)
{
    static const char *const keys[] = {"cut", "at", NULL};
    ent_status st = ENT_OK;
    const ent_json *place = NULL, *at = NULL;
    int64_t m = 0;
    ent_rat value = ENT_RAT_ZERO;
    ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, keys));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "cut", &place));
    ENT_TRY(ent_json_int(v->ctx, v->c.doc, place, 0, w->interims - 1, &m));
    ENT_TRY(ent_json_member(v->ctx, v->c.doc, node, "at", &at));
    ENT_TRY(ent_json_expect(v->ctx, v->c.doc, at, ENT_JSON_STRING));
    ENT_TRY(ent_json_rat(v->ctx, v->c.doc, at, &value));
    const ent_bv_box upper = top(w);
    if (ent_rat_cmp(&value, &upper.low[m]) <= 0 || ent_rat_cmp(&value, &upper.high[m]) >= 0)
        ent_ledger_refuse(&v->c, at, "the cut lies outside of the box");
    w->waiting++;
    const ent_bv_box lower = top(w);
    for (int k = 0; k < 2 * w->interims; k++) ent_rat_set(&lower.low[k], &upper.low[k]);
    ent_rat_set(&upper.low[m], &value);
    ent_rat_set(&lower.high[m], &value);
done:
    ent_rat_release(&value);
    return st;
}

static ent_status visit(ent_bv *v, const ent_bv_bargain *b, const ent_json *node,
                        const ent_rat *scale, walk *w, ent_rat *left, int *boxes)
{
    static const char *const weights[] = {"weights", "multipliers", NULL}, *const prices[] = {
                                                                               "prices", "masses",
                                                                               NULL};
    ent_status st = ENT_OK;
    const ent_bv_fact none = {.kind = ENT_BV_NO_FACT};
    if (is_cut(node)) return cut(v, node, w);
    const ent_bv_box box = top(w);
    w->waiting--;
    if (!is_open(node)) {
        ENT_TRY(ent_json_expect(v->ctx, v->c.doc, node, ENT_JSON_OBJECT));
        const bool reach = ent_json_get(node, "weights") != NULL;
        ENT_TRY(ent_json_known(v->ctx, v->c.doc, node, reach ? weights : prices));
        ENT_TRY(ent_bv_excluded(v, b, node, &box, scale, &none));
        goto done;
    }
    for (int k = 0; k < 2 * w->interims; k++)
        ent_rat_set(&left[2 * (size_t)*boxes * (size_t)w->interims + (size_t)k], &box.low[k]);
    ++*boxes;
done:
    return st;
}

ent_status ent_bv_tree(ent_bv *v, const ent_bv_bargain *b, const ent_json *tree,
                       const ent_bv_box *first, const ent_rat *scale, ent_rat **left, int *boxes)
{
    ent_status st = ENT_OK;
    const size_t numbers = 2 * (size_t)b->s->interims;
    int waiting = 0, open = 0, found = 0;
    walk w = {.interims = b->s->interims, .waiting = 1};
    ent_rat *kept = NULL;
    ENT_TRY(measure(v, tree, &waiting, &open));
    w.stack = ent_rats_new(v->ctx, (size_t)waiting * numbers, &st);
    if (!w.stack) goto done;
    kept = ent_rats_new(v->ctx, (size_t)open * numbers, &st);
    if (!kept) goto done;
    for (int m = 0; m < w.interims; m++) {
        ent_rat_set(&w.stack[m], &first->low[m]);
        ent_rat_set(&w.stack[w.interims + m], &first->high[m]);
    }
    for (const ent_json *node = tree->first; node; node = node->next)
        ENT_TRY(visit(v, b, node, scale, &w, kept, &found));
    *left = kept;
    *boxes = found;
    kept = NULL;
done:
    ent_rats_free(kept, (size_t)open * numbers);
    ent_rats_free(w.stack, (size_t)waiting * numbers);
    return st;
}
