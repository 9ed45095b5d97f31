/* The member `offers` of an outside model: where the partner's outside offers come from. */
#include "model/outside_model.h"
#include "model/reals.h"

#include <stdlib.h>
#include <string.h>

/* One value with its mass, before sorting and merging. */
typedef struct point {
    ent_rat value, mass;
} point;

typedef struct reading {
    ent_ctx *ctx;
    const ent_doc *doc;
    ent_offers *out;
    point *point;
    size_t points, room;
} reading;

static ent_status add_point(reading *r, const ent_rat *value, const ent_rat *mass)
{
    ent_status st = ENT_OK;
    if (r->points == r->room) {
        const size_t room = r->room ? 2 * r->room : 16;
        point *more = ent_i_realloc(r->ctx, r->point, room, sizeof *more, &st);
        if (!more) return st;
        r->point = more;
        r->room = room;
    }
    point *p = &r->point[r->points++];
    ent_rat_init(&p->value);
    ent_rat_init(&p->mass);
    ent_rat_set(&p->value, value);
    ent_rat_set(&p->mass, mass);
    return st;
}

/* A number in [0,1] at `key` of an object, or the default when the key is absent. */
static ent_status share(reading *r, const ent_json *object, const char *key, const char *standard,
                        double *value, ent_rat *exact)
{
    const ent_json *node = ent_json_get(object, key);
    if (node) return ent_i_probability_read(r->ctx, r->doc, node, value, exact);
    ent_rat_parse(exact, standard, strlen(standard));
    *value = ent_rat_double(exact);
    return ENT_OK;
}

static ent_status positive(reading *r, const ent_json *object, const char *key, double *value)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ent_rat exact = ENT_RAT_ZERO;
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, key, &node));
    ENT_TRY(ent_i_real_read(r->ctx, r->doc, node, value, &exact));
    ENT_TRY(ent_i_sign_check(r->ctx, r->doc, node, &exact, ENT_I_POSITIVE));
done:
    ent_rat_release(&exact);
    return st;
}

enum { SHAPE_MAX = 10000 };

static ent_status read_beta(reading *r, const ent_json *object, ent_offer_part *part)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"distribution", "a", "b", "low", "high", NULL};
    ENT_TRY(ent_json_known(r->ctx, r->doc, object, keys));
    ENT_TRY(positive(r, object, "a", &part->a));
    ENT_TRY(positive(r, object, "b", &part->b));
    if (part->a > SHAPE_MAX || part->b > SHAPE_MAX || part->a < 1.0 / SHAPE_MAX ||
        part->b < 1.0 / SHAPE_MAX) {
        st = ent_json_fail(r->ctx, r->doc, object, ENT_E_LIMIT,
                           "wanted shapes a and b between 1/%d and %d, found %g and %g", SHAPE_MAX,
                           SHAPE_MAX, part->a, part->b);
        goto done;
    }
    part->norm = ent_i_log_beta(part->a, part->b);
done:
    return st;
}

static ent_status read_normal(reading *r, const ent_json *object, ent_offer_part *part)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"distribution", "mean", "sd", "low", "high", NULL};
    const ent_json *mean = NULL;
    ENT_TRY(ent_json_known(r->ctx, r->doc, object, keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, "mean", &mean));
    ENT_TRY(ent_json_real(r->ctx, r->doc, mean, &part->a));
    ENT_TRY(positive(r, object, "sd", &part->b));
done:
    return st;
}

/* The mass that a normal distribution puts inside [low, high] must be worth computing with. */
static ent_status truncate(reading *r, const ent_json *object, ent_offer_part *part)
{
    const double least = 1e-12;
    const double middle = 0.5 * (part->low + part->high);
    part->norm = 1.0;
    const double mass = ent_offer_part_lower(part, middle) + ent_offer_part_upper(part, middle);
    if (!(mass >= least))
        return ent_json_fail(
            r->ctx, r->doc, object, ENT_E_MODEL,
            "wanted a normal distribution with a mass of at least %g between low and high, found %g",
            least, mass);
    part->norm = mass;
    return ENT_OK;
}

static ent_status read_part(reading *r, const ent_json *object, ent_offer_kind kind,
                            const ent_rat *weight)
{
    ent_status st = ENT_OK;
    static const char *const uniform_keys[] = {"distribution", "low", "high", NULL};
    ent_rat low = ENT_RAT_ZERO, high = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_offer_part part = {.kind = kind, .weight = ent_rat_double(weight)};
    ent_rat_set_int(&one, 1);
    if (kind == ENT_OFFER_UNIFORM) ENT_TRY(ent_json_known(r->ctx, r->doc, object, uniform_keys));
    ENT_TRY(share(r, object, "low", "0", &part.low, &low));
    ENT_TRY(share(r, object, "high", "1", &part.high, &high));
    if (!(part.low < part.high)) {
        st = ent_json_fail(r->ctx, r->doc, object, ENT_E_MODEL,
                           "wanted low < high, found %g and %g", part.low, part.high);
        goto done;
    }
    part.is_unit_uniform =
        kind == ENT_OFFER_UNIFORM && ent_rat_sign(&low) == 0 && ent_rat_equal(&high, &one);
    if (kind == ENT_OFFER_BETA) ENT_TRY(read_beta(r, object, &part));
    if (kind == ENT_OFFER_NORMAL) ENT_TRY(read_normal(r, object, &part));
    if (kind == ENT_OFFER_NORMAL) ENT_TRY(truncate(r, object, &part));
    r->out->part[r->out->parts++] = part;
done:
    ent_rat_release(&low);
    ent_rat_release(&high);
    ent_rat_release(&one);
    return st;
}

/* Values with probabilities, or with equal ones when `probabilities` is NULL; all scaled by
 * weight. */
static ent_status read_points(reading *r, const ent_json *values, const ent_json *probabilities,
                              const ent_rat *weight)
{
    ent_status st = ENT_OK;
    ent_rat value = ENT_RAT_ZERO, mass = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    double nearest = 0.0;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_expect(r->ctx, r->doc, values, ENT_JSON_ARRAY));
    if (values->count < 1 || values->count > ENT_OUTSIDE_ATOMS_MAX) {
        st = ent_json_fail(r->ctx, r->doc, values, ENT_E_LIMIT, "wanted 1 to %d values, found %u",
                           ENT_OUTSIDE_ATOMS_MAX, values->count);
        goto done;
    }
    if (probabilities) {
        ENT_TRY(ent_json_expect(r->ctx, r->doc, probabilities, ENT_JSON_ARRAY));
        if (probabilities->count != values->count) {
            st = ent_json_fail(r->ctx, r->doc, probabilities, ENT_E_MODEL,
                               "wanted %u probabilities, one a value, found %u", values->count,
                               probabilities->count);
            goto done;
        }
    }
    const ent_json *p = probabilities ? probabilities->first : NULL;
    for (const ent_json *v = values->first; v; v = v->next, p = p ? p->next : NULL) {
        ENT_TRY(ent_i_probability_read(r->ctx, r->doc, v, &nearest, &value));
        if (p) ENT_TRY(ent_i_probability_read(r->ctx, r->doc, p, &nearest, &mass));
        else ent_rat_set_ratio(&mass, 1, (int64_t)values->count);
        ent_rat_add(&sum, &sum, &mass);
        ent_rat_mul(&mass, &mass, weight);
        if (ent_rat_sign(&mass) > 0) ENT_TRY(add_point(r, &value, &mass));
    }
    if (!ent_rat_equal(&sum, &one)) {
        st = ent_json_fail(r->ctx, r->doc, probabilities, ENT_E_MODEL,
                           "wanted probabilities that sum to 1, found a sum of %.15g",
                           ent_rat_double(&sum));
        goto done;
    }
done:
    ent_rat_release(&value);
    ent_rat_release(&mass);
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

static ent_status read_discrete(reading *r, const ent_json *object, bool has_probabilities,
                                const ent_rat *weight)
{
    ent_status st = ENT_OK;
    static const char *const discrete_keys[] = {"distribution", "values", "probabilities", NULL};
    static const char *const empirical_keys[] = {"distribution", "values", NULL};
    const ent_json *values = NULL, *probabilities = NULL;
    ENT_TRY(
        ent_json_known(r->ctx, r->doc, object, has_probabilities ? discrete_keys : empirical_keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, "values", &values));
    if (has_probabilities)
        ENT_TRY(ent_json_member(r->ctx, r->doc, object, "probabilities", &probabilities));
    ENT_TRY(read_points(r, values, probabilities, weight));
done:
    return st;
}

static ent_status distribution_word(reading *r, const ent_json *object, const char **word,
                                    const ent_json **node)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(r->ctx, r->doc, object, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, "distribution", node));
    ENT_TRY(ent_json_expect(r->ctx, r->doc, *node, ENT_JSON_STRING));
    *word = (*node)->text;
done:
    return st;
}

static ent_status read_simple(reading *r, const ent_json *object, const ent_rat *weight)
{
    ent_status st = ENT_OK;
    const char *word = NULL;
    const ent_json *node = NULL;
    ENT_TRY(distribution_word(r, object, &word, &node));
    if (strcmp(word, "uniform") == 0) return read_part(r, object, ENT_OFFER_UNIFORM, weight);
    if (strcmp(word, "beta") == 0) return read_part(r, object, ENT_OFFER_BETA, weight);
    if (strcmp(word, "normal") == 0) return read_part(r, object, ENT_OFFER_NORMAL, weight);
    if (strcmp(word, "discrete") == 0) return read_discrete(r, object, true, weight);
    if (strcmp(word, "empirical") == 0) return read_discrete(r, object, false, weight);
    st = ent_json_fail(
        r->ctx, r->doc, node, ENT_E_MODEL,
        "wanted a distribution (uniform, beta, normal, discrete, empirical, or a mixture of these), found \"%s\"",
        word);
done:
    return st;
}

static ent_status read_mixture(reading *r, const ent_json *object)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"distribution", "weights", "components", NULL};
    const ent_json *weights = NULL, *components = NULL;
    ent_rat weight = ENT_RAT_ZERO, sum = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    double nearest = 0.0;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_json_known(r->ctx, r->doc, object, keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, "weights", &weights));
    ENT_TRY(ent_json_member(r->ctx, r->doc, object, "components", &components));
    ENT_TRY(ent_json_expect(r->ctx, r->doc, weights, ENT_JSON_ARRAY));
    ENT_TRY(ent_json_expect(r->ctx, r->doc, components, ENT_JSON_ARRAY));
    if (components->count < 1 || components->count > ENT_OUTSIDE_PARTS_MAX ||
        weights->count != components->count) {
        st = ent_json_fail(r->ctx, r->doc, components, ENT_E_MODEL,
                           "wanted 1 to %d components and as many weights, found %u and %u",
                           ENT_OUTSIDE_PARTS_MAX, components->count, weights->count);
        goto done;
    }
    const ent_json *w = weights->first;
    for (const ent_json *part = components->first; part; part = part->next, w = w->next) {
        ENT_TRY(ent_i_probability_read(r->ctx, r->doc, w, &nearest, &weight));
        ent_rat_add(&sum, &sum, &weight);
        const int parts = r->out->parts;
        ENT_TRY(read_simple(r, part, &weight));
        if (ent_rat_sign(&weight) == 0) r->out->parts = parts; /* checked, but it never happens */
    }
    if (!ent_rat_equal(&sum, &one)) {
        st = ent_json_fail(r->ctx, r->doc, weights, ENT_E_MODEL,
                           "wanted weights that sum to 1, found a sum of %.15g",
                           ent_rat_double(&sum));
        goto done;
    }
done:
    ent_rat_release(&weight);
    ent_rat_release(&sum);
    ent_rat_release(&one);
    return st;
}

/* What distribution functions and excesses need, once. */
static ent_status sum_atoms(reading *r)
{
    ent_status st = ENT_OK;
    ent_offers *o = r->out;
    ENT_ALLOC(r->ctx, o->below, o->atoms);
    ENT_ALLOC(r->ctx, o->above, o->atoms);
    ENT_ALLOC(r->ctx, o->beyond, o->atoms);
    for (int k = 1; k < o->atoms; k++) o->below[k] = o->below[k - 1] + o->mass[k - 1];
    for (int k = o->atoms - 1; k >= 0; k--) {
        const bool last = k == o->atoms - 1;
        o->above[k] = o->mass[k] + (last ? 0.0 : o->above[k + 1]);
        o->beyond[k] =
            last ? 0.0 : o->beyond[k + 1] + o->above[k + 1] * (o->atom[k + 1] - o->atom[k]);
    }
done:
    return st;
}

static int by_value(const void *a, const void *b)
{
    return ent_rat_cmp(&((const point *)a)->value, &((const point *)b)->value);
}

/* Sorted points with equal values merged, into the lists of atoms. */
static ent_status keep_atoms(reading *r)
{
    ent_status st = ENT_OK;
    ent_offers *o = r->out;
    if (!r->points) return ENT_OK;
    qsort(r->point, r->points, sizeof *r->point, by_value);
    ENT_ALLOC(r->ctx, o->atom, r->points);
    ENT_ALLOC(r->ctx, o->mass, r->points);
    o->atom_exact = ent_rats_new(r->ctx, r->points, &st);
    if (!o->atom_exact) goto done;
    o->mass_exact = ent_rats_new(r->ctx, r->points, &st);
    if (!o->mass_exact) goto done;
    int n = 0;
    for (size_t k = 0; k < r->points; k++) {
        const bool same = n && ent_rat_equal(&o->atom_exact[n - 1], &r->point[k].value);
        if (!same) ent_rat_swap(&o->atom_exact[n++], &r->point[k].value);
        ent_rat_add(&o->mass_exact[n - 1], &o->mass_exact[n - 1], &r->point[k].mass);
    }
    for (int k = 0; k < n; k++)
        o->atom[k] = ent_rat_double(&o->atom_exact[k]),
        o->mass[k] = ent_rat_double(&o->mass_exact[k]);
    o->atoms = n;
    ENT_TRY(sum_atoms(r));
done:
    return st;
}

ent_status ent_i_offers_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_offers *out)
{
    ent_status st = ENT_OK;
    reading r = {.ctx = ctx, .doc = doc, .out = out};
    const char *word = NULL;
    const ent_json *named = NULL;
    ent_rat one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(distribution_word(&r, node, &word, &named));
    ENT_ALLOC(ctx, out->part, ENT_OUTSIDE_PARTS_MAX);
    if (strcmp(word, "mixture") == 0) ENT_TRY(read_mixture(&r, node));
    else ENT_TRY(read_simple(&r, node, &one));
    ENT_TRY(keep_atoms(&r));
done:
    for (size_t k = 0; k < r.points; k++)
        ent_rat_release(&r.point[k].value), ent_rat_release(&r.point[k].mass);
    ent_free(r.point);
    ent_rat_release(&one);
    return st;
}

void ent_i_offers_release(ent_offers *o)
{
    ent_free(o->part);
    ent_free(o->atom);
    ent_free(o->mass);
    ent_free(o->below);
    ent_free(o->above);
    ent_free(o->beyond);
    /* The lists were made with one element a point; the merged tail holds zeros, which own
     * nothing. */
    ent_rats_free(o->atom_exact, (size_t)o->atoms);
    ent_rats_free(o->mass_exact, (size_t)o->atoms);
    *o = (ent_offers){0};
}
