/* The problem of every coalition: its own decisions, and the products of the decisions of disjoint
 * coalitions. */
#include "model/bayesian_model_i.h"

#include "base/ctx.h"

#include <stdlib.h>
#include <string.h>

/* A decision of S as the listed decisions it consists of: block[k] is a number in owns, -1 at the
 * end. */
typedef struct blocks {
    int n;
    int (*block)[ENT_BAYESIAN_PLAYERS_MAX]; /* [n] */
} blocks;

typedef struct closing {
    ent_ctx *ctx;
    const ent_doc *doc;
    const ent_json *node;
    const ent_i_owns *owns;
    ent_bayesian *model;
    blocks *of; /* [2^n] */
} closing;

static ent_coal largest_part(ent_coal rest, ent_coal part) { return (part - 1) & rest; }

/* How many decisions S has: its own, and for every block B with its first member those of B times
 * all of the rest. */
static int64_t count_decisions(const closing *c, ent_coal s)
{
    const ent_coal first = ent_coal_single(ent_coal_first(s)), rest = s & ~first;
    int64_t count = c->owns->count[s];
    if (!c->owns->closure || !rest) return count;
    for (ent_coal part = largest_part(rest, rest);; part = largest_part(rest, part)) {
        count += (int64_t)c->owns->count[part | first] * c->of[s & ~(part | first)].n;
        if (part == 0 || count > ENT_BAYESIAN_DECISIONS_MAX) return count;
    }
}

static void add_products(const closing *c, ent_coal s, ent_coal b, blocks *out)
{
    const blocks *others = &c->of[s & ~b];
    for (int d = 0; d < c->owns->count[b]; d++)
        for (int e = 0; e < others->n; e++) {
            int *to = out->block[out->n++];
            to[0] = c->owns->first[b] + d;
            for (int k = 0; k + 1 < ENT_BAYESIAN_PLAYERS_MAX; k++) to[k + 1] = others->block[e][k];
        }
}

static ent_status list_blocks(const closing *c, ent_coal s)
{
    ent_status st = ENT_OK;
    blocks *out = &c->of[s];
    const int64_t count = count_decisions(c, s);
    const ent_coal first = ent_coal_single(ent_coal_first(s)), rest = s & ~first;
    if (count > ENT_BAYESIAN_DECISIONS_MAX) {
        st = ent_json_fail(
            c->ctx, c->doc, c->node, ENT_E_LIMIT,
            "wanted at most %d decisions of a coalition, products included, found more",
            ENT_BAYESIAN_DECISIONS_MAX);
        goto done;
    }
    ENT_ALLOC(c->ctx, out->block, count);
    for (int d = 0; d < c->owns->count[s]; d++) {
        for (int k = 0; k < ENT_BAYESIAN_PLAYERS_MAX; k++) out->block[out->n][k] = -1;
        out->block[out->n++][0] = c->owns->first[s] + d;
    }
    if (!c->owns->closure || !rest) goto done;
    for (ent_coal part = largest_part(rest, rest);; part = largest_part(rest, part)) {
        add_products(c, s, part | first, out);
        if (part == 0) break;
    }
done:
    return st;
}

static ent_status prior_of(ent_ctx *ctx, const ent_bayesian *model, ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    ENT_TRY(ent_i_reals_new(ctx, (size_t)s->profiles, &s->prior));
    for (int t = 0; t < s->profiles; t++) {
        ent_rat *p = &s->prior.exact[t];
        ent_bayes_types(s, t, type);
        ent_rat_set_int(p, 1);
        for (int k = 0; k < s->size; k++)
            ent_rat_mul(p, p, &model->prior[s->member[k]].exact[type[k]]);
        s->prior.value[t] = ent_rat_double(p);
    }
done:
    return st;
}

/* The frame of S: members, types, profiles. */
static ent_status frame(const closing *c, ent_coal mask, ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    s->members = mask;
    s->size = ent_coal_size(mask);
    ENT_ALLOC(c->ctx, s->member, s->size);
    ENT_ALLOC(c->ctx, s->types, s->size);
    ENT_ALLOC(c->ctx, s->first, s->size + 1);
    s->profiles = 1;
    int k = 0;
    for (int i = 0; i < c->model->n; i++) {
        if (!ent_coal_has(mask, i)) continue;
        s->member[k] = i;
        s->types[k] = c->model->types[i];
        s->first[k + 1] = s->first[k] + s->types[k];
        s->profiles *= s->types[k++];
    }
    s->interims = s->first[s->size];
    ENT_TRY(prior_of(c->ctx, c->model, s));
done:
    return st;
}

static void add_members(const ent_bayesian *model, ent_coal coalition, ent_text *name)
{
    const char *before = " (";
    for (int i = 0; i < model->n; i++) {
        if (!ent_coal_has(coalition, i)) continue;
        ent_text_printf(name, "%s%s", before, model->player[i]);
        before = ",";
    }
    ent_text_printf(name, ")");
}

/* The parts' names joined by bars; with their members where that is wanted. */
static ent_status name_of(const closing *c, const int *block, bool members, char **out)
{
    ent_status st = ENT_OK;
    ent_text name;
    ent_text_init(c->ctx, &name);
    for (int k = 0; k < ENT_BAYESIAN_PLAYERS_MAX && block[k] >= 0; k++) {
        const ent_i_own *own = &c->owns->own[block[k]];
        ent_text_printf(&name, "%s%s", k ? "|" : "", own->name);
        if (members) add_members(c->model, own->coalition, &name);
    }
    ENT_TRY(ent_text_take(&name, out, NULL));
done:
    ent_text_release(&name);
    return st;
}

/* The price of a product is that of its only priced part. */
static void price_of(const closing *c, const int *block, int d, ent_bayes_coal *s)
{
    int priced = 0;
    for (int k = 0; k < ENT_BAYESIAN_PLAYERS_MAX && block[k] >= 0; k++) {
        const ent_i_own *own = &c->owns->own[block[k]];
        if (!own->priced) continue;
        priced++;
        s->price.value[d] = own->price;
        ent_rat_set(&s->price.exact[d], &own->price_exact);
    }
    s->priced[d] = priced == 1;
}

static bool consists_of(const int *block, int own)
{
    for (int b = 0; b < ENT_BAYESIAN_PLAYERS_MAX && block[b] >= 0; b++)
        if (block[b] == own) return true;
    return false;
}

/* A listed decision enters many products: its means are the utilities of its members in all of
 * them. */
static void spread_utilities(const blocks *list, int own, int k, const ent_rat *mean,
                             ent_bayes_coal *s)
{
    for (int d = 0; d < list->n; d++) {
        if (!consists_of(list->block[d], own)) continue;
        for (int t = 0; t < s->profiles; t++) {
            const size_t at = ent_bayes_utility(s, k, d, t);
            ent_rat_set(&s->utility.exact[at], &mean[t]);
            s->utility.value[at] = ent_rat_double(&mean[t]);
        }
    }
}

/* Utilities of S, listed decision by listed decision. */
static ent_status utilities_of(const closing *c, const blocks *list, ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    ent_ctx *ctx = c->ctx;
    ent_rat *mean = ent_rats_new(ctx, (size_t)s->profiles, &st);
    if (!mean) goto done;
    for (int own = 0; own < c->owns->n; own++) {
        const ent_i_own *o = &c->owns->own[own];
        if (o->coalition & ~s->members) continue;
        ENT_CHECK_CANCEL(ctx);
        for (int k = 0; k < s->size; k++) {
            if (!ent_coal_has(o->coalition, s->member[k])) continue;
            ENT_TRY(ent_i_mean_utility(ctx, c->model, c->owns, o, s->member[k], s, mean));
            spread_utilities(list, own, k, mean, s);
        }
    }
done:
    ent_rats_free(mean, (size_t)s->profiles);
    return st;
}

typedef struct numbered {
    const char *name;
    int decision;
} numbered;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const numbered *)a)->name, ((const numbered *)b)->name);
}

/* Decisions sorted by their names, in scratch memory. */
static ent_status sort_names(const closing *c, const ent_bayes_coal *s, numbered **out)
{
    ent_status st = ENT_OK;
    ENT_SCRATCH(c->ctx, *out, s->decisions);
    for (int d = 0; d < s->decisions; d++) (*out)[d] = (numbered){s->decision[d], d};
    qsort(*out, (size_t)s->decisions, sizeof **out, by_name);
done:
    return st;
}

static bool is_shared(const numbered *sorted, int n, int d)
{
    return (d > 0 && strcmp(sorted[d - 1].name, sorted[d].name) == 0) ||
           (d + 1 < n && strcmp(sorted[d].name, sorted[d + 1].name) == 0);
}

/* Mechanisms are read by names: products of different coalitions' decisions that share one say
 * whose parts they are. */
static ent_status tell_apart(const closing *c, const blocks *list, ent_bayes_coal *s)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(c->ctx);
    numbered *sorted = NULL;
    bool *shared = NULL;
    ENT_TRY(sort_names(c, s, &sorted));
    ENT_SCRATCH(c->ctx, shared, s->decisions);
    for (int d = 0; d < s->decisions; d++)
        shared[sorted[d].decision] = is_shared(sorted, s->decisions, d);
    for (int d = 0; d < s->decisions; d++) {
        if (!shared[d]) continue;
        char *longer = NULL;
        ENT_TRY(name_of(c, list->block[d], true, &longer));
        ent_free(s->decision[d]);
        s->decision[d] = longer;
    }
    ENT_TRY(sort_names(c, s, &sorted));
    for (int d = 0; d < s->decisions; d++)
        if (is_shared(sorted, s->decisions, d)) {
            st = ent_json_fail(
                c->ctx, c->doc, c->node, ENT_E_MODEL,
                "wanted different names of a coalition's decisions, products included, found \"%s\" twice",
                sorted[d].name);
            goto done;
        }
done:
    ent_scratch_reset(c->ctx, mark);
    return st;
}

static ent_status close_coalition(const closing *c, ent_coal mask)
{
    ent_status st = ENT_OK;
    const blocks *list = &c->of[mask];
    ENT_ALLOC(c->ctx, c->model->coalition[mask], 1);
    ent_bayes_coal *s = c->model->coalition[mask];
    ENT_TRY(frame(c, mask, s));
    if (list->n == 0) goto done;
    if ((int64_t)s->size * list->n * s->profiles > ENT_BAYESIAN_NUMBERS_MAX) {
        st = ent_json_fail(
            c->ctx, c->doc, c->node, ENT_E_LIMIT,
            "wanted at most %d utilities (members, decisions, profiles of types) of a coalition, found %lld",
            ENT_BAYESIAN_NUMBERS_MAX, (long long)s->size * list->n * s->profiles);
        goto done;
    }
    ENT_ALLOC(c->ctx, s->decision, list->n);
    ENT_ALLOC(c->ctx, s->priced, list->n);
    ENT_ALLOC(c->ctx, s->parts, list->n);
    s->decisions = list->n;
    s->own = c->owns->count[mask];
    ENT_TRY(ent_i_reals_new(c->ctx, (size_t)list->n, &s->price));
    ENT_TRY(ent_i_reals_new(c->ctx, (size_t)s->size * (size_t)list->n * (size_t)s->profiles,
                            &s->utility));
    for (int d = 0; d < list->n; d++) {
        ENT_TRY(name_of(c, list->block[d], false, &s->decision[d]));
        price_of(c, list->block[d], d, s);
        while (s->parts[d] < ENT_BAYESIAN_PLAYERS_MAX && list->block[d][s->parts[d]] >= 0)
            s->parts[d]++;
    }
    ENT_TRY(tell_apart(c, list, s));
    ENT_TRY(utilities_of(c, list, s));
done:
    return st;
}

ent_status ent_i_closure(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                         const ent_i_owns *owns, ent_bayesian *model)
{
    ent_status st = ENT_OK;
    closing c = {.ctx = ctx, .doc = doc, .node = node, .owns = owns, .model = model};
    const size_t masks = (size_t)1 << model->n;
    ENT_ALLOC(ctx, c.of, masks);
    ENT_ALLOC(ctx, model->coalition, masks);
    /* A set comes after its parts in the order of masks. */
    for (ent_coal s = 1; s < masks; s++) ENT_TRY(list_blocks(&c, s));
    for (ent_coal s = 1; s < masks; s++) ENT_TRY(close_coalition(&c, s));
    if (!owns->closure) ENT_TRY(ent_i_superadditive(ctx, doc, node, model));
done:
    for (size_t s = 0; c.of && s < masks; s++) ent_free(c.of[s].block);
    ent_free(c.of);
    return st;
}
