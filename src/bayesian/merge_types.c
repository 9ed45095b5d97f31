#include "bayesian/merge_types.h"

void ent_i_merged_free(ent_merged *m)
{
    if (m->any) {
        const size_t threats = (size_t)m->coal.size * (size_t)m->coal.interims;
        ent_free(m->coal.types);
        ent_free(m->coal.first);
        ent_i_reals_release(&m->coal.prior);
        ent_i_reals_release(&m->coal.utility);
        ent_free(m->profile);
        ent_free(m->threat);
        ent_rats_free(m->threat_exact, threats);
        ent_rats_free(m->share, (size_t)m->from->interims);
    }
    ent_free(m->interim);
    *m = (ent_merged){0};
}

/* Are types t and u of member i alike, and what the others threaten them with? */
static bool alike(const ent_bayes_coal *s, int i, int t, int u, const ent_rat *threat)
{
    const int stride = ent_bayes_stride(s, i);
    for (int j = 0; j < s->size; j++)
        if (j != i && !ent_rat_equal(&threat[j * s->interims + s->first[i] + t],
                                     &threat[j * s->interims + s->first[i] + u]))
            return false;
    for (int p = 0; p < s->profiles; p++) {
        if (p / stride % s->types[i] != t) continue;
        for (size_t row = 0; row < (size_t)s->size * (size_t)s->decisions; row++) {
            const size_t at = row * (size_t)s->profiles + (size_t)p;
            if (!ent_rat_equal(&s->utility.exact[at],
                               &s->utility.exact[at + (size_t)((u - t) * stride)]))
                return false;
        }
    }
    return true;
}

/* The class of the first type before t that is like it, or -1. */
static int class_before(const ent_bayes_coal *s, int i, int t, const ent_rat *threat,
                        const int *type_class)
{
    for (int u = 0; u < t; u++)
        if (alike(s, i, t, u, threat)) return type_class[s->first[i] + u];
    return -1;
}

/* Number the classes player by player; returned: how many merged interims. type_class is local to
 * the player. */
static int number_classes(const ent_bayes_coal *s, const ent_rat *threat, int *type_class,
                          int *classes)
{
    int total = 0;
    for (int i = 0; i < s->size; i++) {
        classes[i] = 0;
        for (int t = 0; t < s->types[i]; t++) {
            const int found = class_before(s, i, t, threat, type_class);
            type_class[s->first[i] + t] = found >= 0 ? found : classes[i]++;
        }
        total += classes[i];
    }
    return total;
}

static void fill_utilities(ent_merged *m)
{
    const ent_bayes_coal *s = m->from;
    for (int p = 0; p < s->profiles; p++)
        for (size_t row = 0; row < (size_t)s->size * (size_t)s->decisions; row++) {
            const size_t from = row * (size_t)s->profiles + (size_t)p,
                         to = row * (size_t)m->coal.profiles + (size_t)m->profile[p];
            ent_rat_set(&m->coal.utility.exact[to], &s->utility.exact[from]);
            m->coal.utility.value[to] = s->utility.value[from];
        }
}

static ent_status frame(ent_ctx *ctx, const int *type_class, const int *classes, ent_merged *m)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = m->from;
    ent_bayes_coal *c = &m->coal;
    int type[ENT_BAYESIAN_PLAYERS_MAX];
    *c = *s;
    c->types = NULL, c->first = NULL;
    c->prior = c->utility = (ent_reals){0};
    c->profiles = 1;
    m->any = true;
    ENT_ALLOC(ctx, c->types, s->size);
    ENT_ALLOC(ctx, c->first, s->size + 1);
    for (int i = 0; i < s->size; i++) {
        c->types[i] = classes[i];
        c->first[i + 1] = c->first[i] + classes[i];
        c->profiles *= classes[i];
    }
    c->interims = c->first[s->size];
    ENT_ALLOC(ctx, m->profile, s->profiles);
    ENT_TRY(ent_i_reals_new(ctx, (size_t)c->profiles, &c->prior));
    ENT_TRY(ent_i_reals_new(ctx, (size_t)s->size * (size_t)s->decisions * (size_t)c->profiles,
                            &c->utility));
    for (int p = 0; p < s->profiles; p++) {
        ent_bayes_types(s, p, type);
        for (int i = 0; i < s->size; i++) type[i] = type_class[s->first[i] + type[i]];
        m->profile[p] = ent_bayes_profile(c, type);
        ent_rat *q = &c->prior.exact[m->profile[p]];
        ent_rat_add(q, q, &s->prior.exact[p]);
    }
    for (int p = 0; p < c->profiles; p++) c->prior.value[p] = ent_rat_double(&c->prior.exact[p]);
    ENT_ALLOC(ctx, m->interim, s->interims);
    for (int i = 0; i < s->size; i++)
        for (int t = s->first[i]; t < s->first[i + 1]; t++)
            m->interim[t] = c->first[i] + type_class[t];
    fill_utilities(m);
done:
    return st;
}

static void fill_threats(const double *threat, const ent_rat *exact, ent_merged *m)
{
    const ent_bayes_coal *s = m->from;
    for (int i = 0; i < s->size; i++)
        for (int k = 0; k < s->interims; k++) {
            ent_rat_set(&m->threat_exact[i * m->coal.interims + m->interim[k]],
                        &exact[i * s->interims + k]);
            m->threat[i * m->coal.interims + m->interim[k]] = threat[i * s->interims + k];
        }
}

/* share(t) = p(t) / p(class), from the priors of profiles. */
static ent_status shares(ent_ctx *ctx, ent_merged *m)
{
    ent_status st = ENT_OK;
    const ent_bayes_coal *s = m->from;
    ent_rat *sum = ent_rats_new(ctx, (size_t)m->coal.interims, &st);
    if (!sum) goto done;
    for (int i = 0; i < s->size; i++)
        for (int p = 0; p < s->profiles; p++) {
            const int k = s->first[i] + p / ent_bayes_stride(s, i) % s->types[i];
            ent_rat_add(&m->share[k], &m->share[k], &s->prior.exact[p]);
            ent_rat_add(&sum[m->interim[k]], &sum[m->interim[k]], &s->prior.exact[p]);
        }
    for (int k = 0; k < s->interims; k++)
        ent_rat_div(&m->share[k], &m->share[k], &sum[m->interim[k]]);
done:
    if (sum) ent_rats_free(sum, (size_t)m->coal.interims);
    return st;
}

ent_status ent_i_merge_types(ent_ctx *ctx, const ent_bayes_coal *s, const double *threat,
                             const ent_rat *exact, ent_merged *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_merged m = {.from = s};
    int *type_class = NULL, classes[ENT_BAYESIAN_PLAYERS_MAX];
    size_t threats = 0;
    ENT_SCRATCH(ctx, type_class, s->interims);
    if (number_classes(s, exact, type_class, classes) < s->interims) {
        ENT_TRY(frame(ctx, type_class, classes, &m));
        threats = (size_t)s->size * (size_t)m.coal.interims;
        ENT_ALLOC(ctx, m.threat, threats);
        if (!(m.threat_exact = ent_rats_new(ctx, threats, &st))) goto done;
        if (!(m.share = ent_rats_new(ctx, (size_t)s->interims, &st))) goto done;
        fill_threats(threat, exact, &m);
        ENT_TRY(shares(ctx, &m));
    }
    *out = m;
    m = (ent_merged){0};
done:
    ent_i_merged_free(&m);
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_merge_part(ent_ctx *ctx, const ent_merged *whole, const ent_bayes_coal *part,
                            ent_merged *out)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_merged m = {.from = part};
    int *type_class = NULL, classes[ENT_BAYESIAN_PLAYERS_MAX];
    ENT_SCRATCH(ctx, type_class, part->interims);
    for (int i = 0; i < part->size; i++) {
        const int k = ent_bayes_place(whole->from, part->member[i]);
        classes[i] = whole->coal.types[k];
        for (int t = 0; t < part->types[i]; t++)
            type_class[part->first[i] + t] =
                whole->interim[whole->from->first[k] + t] - whole->coal.first[k];
    }
    ENT_TRY(frame(ctx, type_class, classes, &m));
    *out = m;
    m = (ent_merged){0};
done:
    ent_i_merged_free(&m);
    ent_scratch_reset(ctx, mark);
    return st;
}
