/* The evidence for public-good numbers, docs/results.md: rational bounds of the span and of every
 * multiplier, found near the doubles and checked here exactly as the verifier will check them, so
 * that what is written is accepted. */
#include "relational/public_good_exact.h"

#include <math.h>
#include <string.h>

/* A bound as it is written, and what that text means. */
typedef struct bound {
    char text[40];
    char *fraction; /* heap, instead of text: a number known exactly */
    ent_rat value;
} bound;

typedef struct enclosing {
    ent_ctx *ctx;
    ent_i_exact *x;
    bool benchmark;
    double near;
    const ent_rat *exact; /* the span, or NULL */
    bound lo, hi;         /* of the span */
    bound m_lo, m_hi;     /* of the multiplier of the posed problem */
    ent_rat budget_lo, budget_hi, t, spent, worth;
} enclosing;

static void bound_release(bound *b)
{
    ent_free(b->fraction);
    ent_rat_release(&b->value);
    b->fraction = NULL;
}

static const char *bound_text(const bound *b) { return b->fraction ? b->fraction : b->text; }

static void bound_decimal(bound *b, double x)
{
    ent_free(b->fraction);
    b->fraction = NULL;
    b->text[ent_i_format_double(b->text, x)] = '\0';
    (void)ent_rat_parse(&b->value, b->text, strlen(b->text));
}

static ent_status bound_exact(ent_ctx *ctx, bound *b, const ent_rat *x)
{
    ent_status st = ENT_OK;
    char *fraction = ent_rat_format(ctx, x, &st);
    if (!fraction) return st;
    ent_free(b->fraction);
    b->fraction = fraction;
    ent_rat_set(&b->value, x);
    return st;
}

static bool spent_at(enclosing *c, const bound *m)
{
    return ent_i_exact_at(c->x, &m->value, NULL, &c->spent, &c->worth);
}

/* Conditions 1 and 3 of docs/results.md for the bounds of the multiplier. */
static bool is_located(enclosing *c)
{
    if (!spent_at(c, &c->m_hi) || ent_rat_cmp(&c->spent, &c->budget_lo) > 0) return false;
    if (ent_rat_sign(&c->m_lo.value) == 0) return true;
    return spent_at(c, &c->m_lo) && ent_rat_cmp(&c->spent, &c->budget_hi) >= 0;
}

enum { WIDENINGS_MAX = 40 };
static const double first_width = 1e-15;

/* Bounds of the posed problem's multiplier, relative to w + m because that is what the plays depend
 * on. Each is sought where the budget that it has to meet puts it: at F' = 1/2 (a discount factor
 * near 0) the proof has no room for more. */
static ent_status locate(enclosing *c)
{
    ent_status st = ENT_OK;
    const double kappa = ent_rat_double(&c->x->kappa), w = c->x->curve.weight;
    const ent_i_point scarce = ent_i_curve_at(&c->x->curve, kappa * ent_rat_double(&c->lo.value)),
                      ample = ent_i_curve_at(&c->x->curve, kappa * ent_rat_double(&c->hi.value));
    bound_decimal(&c->m_lo, 0.0);
    bound_decimal(&c->m_hi, 0.0);
    if (is_located(c)) return ENT_OK;
    if (c->exact && ent_i_exact_multiplier(c->x, &c->budget_lo, &c->t)) {
        ENT_TRY(bound_exact(c->ctx, &c->m_lo, &c->t));
        ENT_TRY(bound_exact(c->ctx, &c->m_hi, &c->t));
        return ENT_OK;
    }
    double width = first_width;
    for (int k = 0; k < WIDENINGS_MAX; k++, width *= 2.0) {
        bound_decimal(&c->m_lo, fmax((w + ample.multiplier) * (1.0 - width) - w, 0.0));
        bound_decimal(&c->m_hi, (w + scarce.multiplier) * (1.0 + width) - w);
        if (is_located(c)) break;
    }
done:
    return st;
}

/* The bounds of P from the located multiplier: conditions 1 and 2. */
static void bounds_of_value(enclosing *c, ent_rat *least, ent_rat *most)
{
    (void)spent_at(c, &c->m_hi);
    ent_rat_set(least, &c->worth);
    (void)spent_at(c, &c->m_lo);
    ent_rat_set(most, &c->worth);
    ent_rat_sub(&c->t, &c->budget_hi, &c->spent);
    ent_rat_addmul(most, &c->m_lo.value, &c->t);
}

/* Conditions 4 and 5: F_least(lo) >= lo and F_most(hi) <= hi. */
static ent_status is_proved(enclosing *c, bool *proved)
{
    ent_status st = ENT_OK;
    ent_rat least = ENT_RAT_ZERO, most = ENT_RAT_ZERO, low = ENT_RAT_ZERO, high = ENT_RAT_ZERO,
            factor = ENT_RAT_ZERO;
    ent_i_problem problem;
    int who;
    ent_rat_mul(&c->budget_lo, &c->x->kappa, &c->lo.value);
    ent_rat_mul(&c->budget_hi, &c->x->kappa, &c->hi.value);
    for (int k = 0; ent_i_exact_term(c->x, c->benchmark, k, &problem, &who, &factor); k++) {
        if (ent_rat_sign(&factor) == 0) continue;
        ent_i_exact_pose(c->x, problem, who);
        ENT_TRY(locate(c));
        bounds_of_value(c, &low, &high);
        ent_rat_addmul(&least, &factor, &low);
        ent_rat_addmul(&most, &factor, &high);
    }
    *proved = ent_rat_cmp(&least, &c->lo.value) >= 0 && ent_rat_cmp(&most, &c->hi.value) <= 0;
done:
    ent_rat_release(&least);
    ent_rat_release(&most);
    ent_rat_release(&low);
    ent_rat_release(&high);
    ent_rat_release(&factor);
    return st;
}

static ent_status enclose_span(enclosing *c)
{
    ent_status st = ENT_OK;
    bool proved = false;
    if (c->exact) {
        ENT_TRY(bound_exact(c->ctx, &c->lo, c->exact));
        ENT_TRY(bound_exact(c->ctx, &c->hi, c->exact));
        ent_rat_mul(&c->budget_lo, &c->x->kappa, c->exact);
        ent_rat_mul(&c->budget_hi, &c->x->kappa, c->exact);
        return ENT_OK;
    }
    c->near = ent_i_exact_polish(c->x, c->benchmark, c->near);
    double width = 4.0 * first_width;
    for (int k = 0; k < WIDENINGS_MAX && !proved; k++, width *= 2.0) {
        bound_decimal(&c->lo, c->near * (1.0 - width));
        bound_decimal(&c->hi, c->near * (1.0 + width));
        ENT_TRY(is_proved(c, &proved));
    }
done:
    return st;
}

static ent_status write_multiplier(enclosing *c, ent_writer *w, const char *key,
                                   ent_i_problem problem, int i)
{
    ent_status st = ENT_OK;
    ent_write_array(w, key, true);
    if (ent_rat_sign(&c->hi.value) == 0) {
        ent_write_null(w, NULL);
        ent_write_null(w, NULL);
    } else {
        ent_i_exact_pose(c->x, problem, i);
        ENT_TRY(locate(c));
        ent_write_string(w, NULL, bound_text(&c->m_lo));
        ent_write_string(w, NULL, bound_text(&c->m_hi));
    }
    ent_write_end(w);
done:
    return st;
}

static ent_status write_rows(enclosing *c, ent_writer *w, const char *key, ent_i_problem problem)
{
    ent_status st = ENT_OK;
    const ent_relational *m = c->x->model;
    ent_write_object(w, key, false);
    for (int i = 0; i < m->n; i++)
        if (problem == ENT_I_QUIET || ent_coal_has(m->coalition, i))
            ENT_TRY(write_multiplier(c, w, m->player[i], problem, i));
    ent_write_end(w);
done:
    return st;
}

static ent_status write_multipliers(enclosing *c, ent_writer *w)
{
    ent_status st = ENT_OK;
    ent_write_object(w, "multipliers", false);
    if (!c->benchmark) ENT_TRY(write_multiplier(c, w, "on_path", ENT_I_ON_PATH, 0));
    ENT_TRY(write_multiplier(c, w, "joint", ENT_I_JOINT, 0));
    if (!c->benchmark) ENT_TRY(write_rows(c, w, "punishment", ENT_I_PUNISHMENT));
    ENT_TRY(write_rows(c, w, "quiet", ENT_I_QUIET));
    if (!c->benchmark) ENT_TRY(write_rows(c, w, "highest", ENT_I_HIGHEST));
    if (!c->benchmark && c->x->model->renegotiation < 1.0)
        ENT_TRY(write_rows(c, w, "highest_quiet", ENT_I_HIGHEST_QUIET));
    ent_write_end(w);
done:
    return st;
}

/* least += factor (constant + lower bound of P), most likewise. */
static ent_status add_value(enclosing *c, ent_i_problem problem, int i, const ent_rat *factor,
                            ent_rat *least, ent_rat *most)
{
    ent_status st = ENT_OK;
    ent_rat low = ENT_RAT_ZERO, high = ENT_RAT_ZERO;
    if (ent_rat_sign(factor) == 0 || ent_rat_sign(&c->hi.value) == 0) return ENT_OK;
    ent_i_exact_pose(c->x, problem, i);
    ENT_TRY(locate(c));
    bounds_of_value(c, &low, &high);
    ent_rat_addmul(least, factor, &low);
    ent_rat_addmul(most, factor, &high);
done:
    ent_rat_release(&low);
    ent_rat_release(&high);
    return st;
}

/* The level, (1 - later) M + later E with later = delta (1 - rho); of the benchmark, max U. */
static ent_status level_bounds(enclosing *c, ent_rat *least, ent_rat *most)
{
    ent_status st = ENT_OK;
    const ent_relational *m = c->x->model;
    ent_rat later = ENT_RAT_ZERO, path = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ent_rat_sub(&later, &one, &m->renegotiation_exact);
    ent_rat_mul(&later, &later, &m->discount_exact);
    if (c->benchmark) ent_rat_set_int(&later, 1);
    ent_rat_sub(&path, &one, &later);
    for (int i = 0; i < m->n; i++) {
        const bool inside = c->benchmark || ent_coal_has(m->coalition, i);
        if (inside) ent_rat_add(least, least, &c->x->base[i]);
        if (inside) ent_rat_add(most, most, &c->x->base[i]);
        else ENT_TRY(add_value(c, ENT_I_QUIET, i, &later, least, most));
    }
    ENT_TRY(add_value(c, ENT_I_ON_PATH, 0, &path, least, most));
    ENT_TRY(add_value(c, ENT_I_JOINT, 0, &later, least, most));
done:
    ent_rat_release(&later);
    ent_rat_release(&path);
    ent_rat_release(&one);
    return st;
}

/* [lo, hi] as texts that contain least and most: themselves when they are equal, else rounded
 * outwards to decimals. */
static ent_status write_interval(enclosing *c, ent_writer *w, const char *key, const ent_rat *least,
                                 const ent_rat *most)
{
    ent_status st = ENT_OK;
    if (ent_rat_equal(least, most)) {
        ENT_TRY(bound_exact(c->ctx, &c->m_lo, least));
        ENT_TRY(bound_exact(c->ctx, &c->m_hi, most));
    } else {
        double lo = ent_rat_double(least), hi = ent_rat_double(most);
        for (bound_decimal(&c->m_lo, lo); ent_rat_cmp(&c->m_lo.value, least) > 0;
             bound_decimal(&c->m_lo, lo))
            lo = nextafter(lo, -INFINITY);
        for (bound_decimal(&c->m_hi, hi); ent_rat_cmp(&c->m_hi.value, most) < 0;
             bound_decimal(&c->m_hi, hi))
            hi = nextafter(hi, INFINITY);
    }
    ent_write_array(w, key, true);
    ent_write_string(w, NULL, bound_text(&c->m_lo));
    ent_write_string(w, NULL, bound_text(&c->m_hi));
    ent_write_end(w);
done:
    return st;
}

ent_status ent_i_enclosure_write(ent_ctx *ctx, const ent_relational *model, bool benchmark,
                                 double span, const ent_rat *exact, ent_writer *w)
{
    ent_status st = ENT_OK;
    ent_rat least = ENT_RAT_ZERO, most = ENT_RAT_ZERO;
    enclosing c = {.ctx = ctx, .benchmark = benchmark, .near = span, .exact = exact};
    bound *const bounds[] = {&c.lo, &c.hi, &c.m_lo, &c.m_hi};
    ent_rat *const rats[] = {&c.budget_lo, &c.budget_hi, &c.t, &c.spent, &c.worth};
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) ent_rat_init(&bounds[k]->value);
    for (size_t k = 0; k < sizeof rats / sizeof *rats; k++) ent_rat_init(rats[k]);
    ENT_TRY(ent_i_exact_new(ctx, model, &c.x));
    ENT_TRY(enclose_span(&c));
    ENT_TRY(level_bounds(&c, &least, &most));
    ent_write_object(w, "enclosure", false);
    ent_write_array(w, "span", true);
    ent_write_string(w, NULL, bound_text(&c.lo));
    ent_write_string(w, NULL, bound_text(&c.hi));
    ent_write_end(w);
    ENT_TRY(write_interval(&c, w, benchmark ? "joint" : "level", &least, &most));
    ENT_TRY(write_multipliers(&c, w));
    ent_write_end(w);
done:
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) bound_release(bounds[k]);
    for (size_t k = 0; k < sizeof rats / sizeof *rats; k++) ent_rat_release(rats[k]);
    ent_rat_release(&least);
    ent_rat_release(&most);
    ent_i_exact_free(c.x);
    return st;
}
