#include "model/outside_model.h"
#include "model/reals.h"

#include <string.h>

static ent_status member_real(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                              const char *key, double *value, ent_rat *exact, const ent_json **node)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_member(ctx, doc, root, key, node));
    ENT_TRY(ent_i_real_read(ctx, doc, *node, value, exact));
done:
    return st;
}

/* Numbers in [lo, hi]. */
static ent_status bounded(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                          const ent_rat *exact, int64_t lo, int64_t hi)
{
    ent_rat bound = ENT_RAT_ZERO;
    ent_rat_set_int(&bound, lo);
    bool inside = ent_rat_cmp(exact, &bound) >= 0;
    ent_rat_set_int(&bound, hi);
    inside = inside && ent_rat_cmp(exact, &bound) <= 0;
    ent_rat_release(&bound);
    if (inside) return ENT_OK;
    return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "wanted a number from %d to %d, found %s",
                         (int)lo, (int)hi, node->text);
}

static ent_status read_numbers(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                               ent_outside *m)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    int64_t periods = 2;
    ENT_TRY(member_real(ctx, doc, root, "fee", &m->fee, &m->fee_exact, &node));
    ENT_TRY(bounded(ctx, doc, node, &m->fee_exact, 1, 2));
    ENT_TRY(member_real(ctx, doc, root, "search_cost", &m->search_cost, &m->cost_exact, &node));
    ENT_TRY(ent_i_sign_check(ctx, doc, node, &m->cost_exact, ENT_I_NOT_NEGATIVE));
    ENT_TRY(member_real(ctx, doc, root, "discount", &m->discount, &m->discount_exact, &node));
    ENT_TRY(bounded(ctx, doc, node, &m->discount_exact, 0, 1));
    if ((node = ent_json_get(root, "periods")))
        ENT_TRY(ent_json_int(ctx, doc, node, 1, ENT_OUTSIDE_PERIODS_MAX, &periods));
    m->periods = (int)periods;
done:
    return st;
}

ent_status ent_outside_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_outside **out)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"entente",  "family",  "name",   "fee", "search_cost",
                                       "discount", "periods", "offers", NULL};
    ent_outside *m = NULL;
    const ent_json *name = ent_json_get(root, "name"), *offers = NULL;
    ENT_TRY(ent_json_known(ctx, doc, root, keys));
    ENT_ALLOC(ctx, m, 1);
    ent_rat_init(&m->fee_exact);
    ent_rat_init(&m->cost_exact);
    ent_rat_init(&m->discount_exact);
    if (name) ENT_TRY(ent_json_expect(ctx, doc, name, ENT_JSON_STRING));
    m->title = ent_i_strdup(ctx, name ? name->text : "", name ? strlen(name->text) : 0, &st);
    if (!m->title) goto done;
    ENT_TRY(read_numbers(ctx, doc, root, m));
    ENT_TRY(ent_json_member(ctx, doc, root, "offers", &offers));
    ENT_TRY(ent_i_offers_read(ctx, doc, offers, &m->offers));
    *out = m;
    m = NULL;
done:
    ent_outside_free(m);
    return st;
}

void ent_outside_free(ent_outside *m)
{
    if (!m) return;
    ent_i_offers_release(&m->offers);
    ent_rat_release(&m->fee_exact);
    ent_rat_release(&m->cost_exact);
    ent_rat_release(&m->discount_exact);
    ent_free(m->title);
    ent_free(m);
}
