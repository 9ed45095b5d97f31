#include "model/reals.h"

#include <math.h>

/* 10 to the power ENT_REAL_EXPONENT_MAX. */
static const double largest = 1e100;

ent_status ent_i_reals_new(ent_ctx *ctx, size_t n, ent_reals *out)
{
    ent_status st = ENT_OK;
    ent_reals made = {0};
    ENT_ALLOC(ctx, made.value, n);
    made.exact = ent_rats_new(ctx, n, &st);
    if (!made.exact) goto done;
    made.n = n;
    *out = made;
    made = (ent_reals){0};
done:
    ent_i_reals_release(&made);
    return st;
}

void ent_i_reals_release(ent_reals *reals)
{
    ent_free(reals->value);
    ent_rats_free(reals->exact, reals->n);
    *reals = (ent_reals){0};
}

ent_status ent_i_real_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, double *value,
                           ent_rat *exact)
{
    ent_status st = ENT_OK;
    ent_rat read = ENT_RAT_ZERO;
    ENT_TRY(ent_json_rat(ctx, doc, node, &read));
    const double nearest = ent_rat_double(&read);
    if (!(fabs(nearest) <= largest) ||
        (ent_rat_sign(&read) != 0 && !(fabs(nearest) >= 1.0 / largest))) {
        st = ent_json_fail(ctx, doc, node, ENT_E_LIMIT,
                           "wanted 0 or a number between 1e-%d and 1e%d in magnitude, found %s",
                           ENT_REAL_EXPONENT_MAX, ENT_REAL_EXPONENT_MAX, node->text);
        goto done;
    }
    ent_rat_swap(exact, &read);
    *value = nearest;
done:
    ent_rat_release(&read);
    return st;
}

ent_status ent_i_real_read_at(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              ent_reals *out, size_t k)
{
    return ent_i_real_read(ctx, doc, node, &out->value[k], &out->exact[k]);
}

ent_status ent_i_reals_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, size_t n,
                            const char *what, ent_reals *out)
{
    ent_status st = ENT_OK;
    ent_reals made = {0};
    size_t k = 0;
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_ARRAY));
    if (node->count != n) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted %zu number%s, %s, found %u", n,
                           n == 1 ? "" : "s", what, (unsigned)node->count);
        goto done;
    }
    ENT_TRY(ent_i_reals_new(ctx, n, &made));
    for (const ent_json *at = node->first; at; at = at->next)
        ENT_TRY(ent_i_real_read_at(ctx, doc, at, &made, k++));
    *out = made;
    made = (ent_reals){0};
done:
    ent_i_reals_release(&made);
    return st;
}

/* A number in [0,1], or in [0,1) when `open`. */
static ent_status unit_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, bool open,
                            double *value, ent_rat *exact)
{
    ent_status st = ENT_OK;
    double read = 0.0;
    ent_rat number = ENT_RAT_ZERO, one = ENT_RAT_ZERO;
    ent_rat_set_int(&one, 1);
    ENT_TRY(ent_i_real_read(ctx, doc, node, &read, &number));
    const int above = ent_rat_cmp(&number, &one);
    /* A discount factor whose nearest double is 1 cannot be computed with, though it is below 1. */
    if (ent_rat_sign(&number) < 0 || above > 0 || (open && (above == 0 || !(read < 1.0)))) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a number in [0,1%c, found %s",
                           open ? ')' : ']', node->text);
        goto done;
    }
    ent_rat_swap(exact, &number);
    *value = read;
done:
    ent_rat_release(&number);
    ent_rat_release(&one);
    return st;
}

ent_status ent_i_probability_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                  double *value, ent_rat *exact)
{
    return unit_read(ctx, doc, node, false, value, exact);
}

ent_status ent_i_discount_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                               double *value, ent_rat *exact)
{
    return unit_read(ctx, doc, node, true, value, exact);
}

ent_status ent_i_sign_check(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            const ent_rat *exact, ent_i_sign_wanted wanted)
{
    const int sign = ent_rat_sign(exact);
    if (wanted == ENT_I_POSITIVE && sign <= 0)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a number > 0, found %s",
                             node->text);
    if (wanted == ENT_I_NOT_NEGATIVE && sign < 0)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a number >= 0, found %s",
                             node->text);
    return ENT_OK;
}
