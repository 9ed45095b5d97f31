#include "model/information_model.h"
#include "model/names.h"

#include <string.h>

typedef struct reading {
    ent_ctx *ctx;
    const ent_doc *doc;
    ent_information *m;
} reading;

/* One bound: a number, or null for none. */
static ent_status read_bound(reading *r, const ent_json *node, ent_reals *list, bool *has, int i)
{
    has[i] = node->kind != ENT_JSON_NULL;
    return has[i] ? ent_i_real_read_at(r->ctx, r->doc, node, list, (size_t)i) : ENT_OK;
}

/* [low, high], either of them null for none; or null for no bounds at all. */
static ent_status read_policy(reading *r, const ent_json *node, int i)
{
    ent_status st = ENT_OK;
    ent_information *m = r->m;
    if (node->kind == ENT_JSON_NULL) {
        m->has_low[i] = m->has_high[i] = false;
        return ENT_OK;
    }
    ENT_TRY(ent_json_expect(r->ctx, r->doc, node, ENT_JSON_ARRAY));
    if (node->count != 2) {
        st = ent_json_fail(r->ctx, r->doc, node, ENT_E_MODEL,
                           "wanted [lowest, highest] policy (null: no bound), found %u values",
                           node->count);
        goto done;
    }
    ENT_TRY(read_bound(r, node->first, &m->low, m->has_low, i));
    ENT_TRY(read_bound(r, node->first->next, &m->high, m->has_high, i));
    if (m->has_low[i] && m->has_high[i] && ent_rat_cmp(&m->low.exact[i], &m->high.exact[i]) > 0) {
        st = ent_json_fail(r->ctx, r->doc, node, ENT_E_MODEL,
                           "wanted lowest <= highest, found %g and %g", m->low.value[i],
                           m->high.value[i]);
        goto done;
    }
done:
    return st;
}

static ent_status read_player(reading *r, const ent_json *player, const ent_json *policy, int i)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"name", "bias", "policy", NULL};
    const ent_json *bias = NULL, *own = ent_json_get(player, "policy");
    ENT_TRY(ent_json_known(r->ctx, r->doc, player, keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, player, "bias", &bias));
    ENT_TRY(ent_i_real_read_at(r->ctx, r->doc, bias, &r->m->bias, (size_t)i));
    if (own) ENT_TRY(read_policy(r, own, i));
    else if (policy) ENT_TRY(read_policy(r, policy, i));
    else {
        ent_rat_set_int(&r->m->high.exact[i], 1);
        r->m->high.value[i] = 1.0;
        r->m->has_low[i] = r->m->has_high[i] = true;
    }
done:
    return st;
}

static ent_status read_players(reading *r, const ent_json *root)
{
    ent_status st = ENT_OK;
    ent_information *m = r->m;
    const ent_json *list = NULL, *policy = ent_json_get(root, "policy");
    ENT_TRY(ent_json_member(r->ctx, r->doc, root, "players", &list));
    ENT_TRY(ent_i_players_read(r->ctx, r->doc, list, ENT_PLAYERS_MAX, &m->n, &m->player));
    ENT_TRY(ent_i_reals_new(r->ctx, (size_t)m->n, &m->bias));
    ENT_TRY(ent_i_reals_new(r->ctx, (size_t)m->n, &m->low));
    ENT_TRY(ent_i_reals_new(r->ctx, (size_t)m->n, &m->high));
    ENT_ALLOC(r->ctx, m->has_low, m->n);
    ENT_ALLOC(r->ctx, m->has_high, m->n);
    int i = 0;
    for (const ent_json *player = list->first; player; player = player->next)
        ENT_TRY(read_player(r, player, policy, i++));
done:
    return st;
}

static ent_status read_interdependence(reading *r, const ent_json *root)
{
    ent_status st = ENT_OK;
    const ent_json *node = NULL;
    ent_rat rest = ENT_RAT_ZERO;
    ENT_TRY(ent_json_member(r->ctx, r->doc, root, "interdependence", &node));
    ENT_TRY(ent_i_real_read(r->ctx, r->doc, node, &r->m->eta, &r->m->eta_exact));
    if (ent_rat_sign(&r->m->eta_exact) < 0 || !(r->m->eta < 1.0)) {
        st = ent_json_fail(r->ctx, r->doc, node, ENT_E_MODEL,
                           "wanted an interdependence in [0,1), found %s", node->text);
        goto done;
    }
    ent_rat_set_int(&rest, 1);
    ent_rat_sub(&rest, &rest, &r->m->eta_exact);
    r->m->rest = ent_rat_double(&rest);
done:
    ent_rat_release(&rest);
    return st;
}

static ent_status read_commitment(reading *r, const ent_json *node)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"cost", NULL};
    const ent_json *cost = NULL;
    ENT_TRY(ent_json_expect(r->ctx, r->doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(r->ctx, r->doc, node, keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, node, "cost", &cost));
    ENT_TRY(ent_i_real_read(r->ctx, r->doc, cost, &r->m->cost, &r->m->cost_exact));
    ENT_TRY(ent_i_sign_check(r->ctx, r->doc, cost, &r->m->cost_exact, ENT_I_NOT_NEGATIVE));
    r->m->has_commitment = true;
done:
    return st;
}

/* "truthful": a list of names, which may be empty. */
static ent_status read_truthful(reading *r, const ent_json *node)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_expect(r->ctx, r->doc, node, ENT_JSON_ARRAY));
    if (node->count == 0) {
        r->m->truthful = 0;
        return ENT_OK;
    }
    ENT_TRY(ent_i_coalition_read(r->ctx, r->doc, node, r->m->n, r->m->player, &r->m->truthful));
done:
    return st;
}

/* "critical": {"parameter": "interdependence" or a player's name, "from": number, "to": number}. */
static ent_status read_critical(reading *r, const ent_json *node)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"parameter", "from", "to", NULL};
    const ent_json *parameter = NULL, *from = NULL, *to = NULL;
    ent_information *m = r->m;
    ENT_TRY(ent_json_expect(r->ctx, r->doc, node, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(r->ctx, r->doc, node, keys));
    ENT_TRY(ent_json_member(r->ctx, r->doc, node, "parameter", &parameter));
    ENT_TRY(ent_json_expect(r->ctx, r->doc, parameter, ENT_JSON_STRING));
    ENT_TRY(ent_json_member(r->ctx, r->doc, node, "from", &from));
    ENT_TRY(ent_json_member(r->ctx, r->doc, node, "to", &to));
    ENT_TRY(ent_json_real(r->ctx, r->doc, from, &m->from));
    ENT_TRY(ent_json_real(r->ctx, r->doc, to, &m->to));
    if (strcmp(parameter->text, "interdependence") == 0) m->varied = ENT_VARY_INTERDEPENDENCE;
    else
        ENT_TRY(ent_i_name_index(r->ctx, r->doc, parameter, ENT_I_A_PLAYER, m->n, m->player,
                                 &m->varied));
    const bool is_eta = m->varied == ENT_VARY_INTERDEPENDENCE;
    if (!(m->from < m->to) || (is_eta && (m->from < 0.0 || m->to >= 1.0))) {
        st = ent_json_fail(r->ctx, r->doc, node, ENT_E_MODEL, "wanted from < to%s, found %g and %g",
                           is_eta ? ", within [0,1)" : "", m->from, m->to);
        goto done;
    }
done:
    return st;
}

ent_status ent_information_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                ent_information **out)
{
    ent_status st = ENT_OK;
    static const char *const keys[] = {"entente",         "family", "name",     "players",
                                       "interdependence", "policy", "truthful", "commitment",
                                       "critical",        NULL};
    ent_information *m = NULL;
    const ent_json *node = ent_json_get(root, "name");
    ENT_TRY(ent_json_known(ctx, doc, root, keys));
    ENT_ALLOC(ctx, m, 1);
    ent_rat_init(&m->eta_exact);
    ent_rat_init(&m->cost_exact);
    m->varied = ENT_VARY_NOTHING;
    reading r = {.ctx = ctx, .doc = doc, .m = m};
    if (node) ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_STRING));
    m->title = ent_i_strdup(ctx, node ? node->text : "", node ? strlen(node->text) : 0, &st);
    if (!m->title) goto done;
    ENT_TRY(read_players(&r, root));
    ENT_TRY(read_interdependence(&r, root));
    m->truthful = ent_coal_all(m->n);
    if ((node = ent_json_get(root, "truthful"))) ENT_TRY(read_truthful(&r, node));
    if ((node = ent_json_get(root, "commitment"))) ENT_TRY(read_commitment(&r, node));
    if ((node = ent_json_get(root, "critical"))) ENT_TRY(read_critical(&r, node));
    *out = m;
    m = NULL;
done:
    ent_information_free(m);
    return st;
}

void ent_information_free(ent_information *m)
{
    if (!m) return;
    ent_i_names_free(m->n, m->player);
    ent_i_reals_release(&m->bias);
    ent_i_reals_release(&m->low);
    ent_i_reals_release(&m->high);
    ent_free(m->has_low);
    ent_free(m->has_high);
    ent_rat_release(&m->eta_exact);
    ent_rat_release(&m->cost_exact);
    ent_free(m->title);
    ent_free(m);
}
