/* The methods `shapley`, `banzhaf` and `dividends` of worth functions and weighted-voting games. */
#include "base/parallel.h"
#include "cert/hash.h"
#include "concept/lattice.h"
#include "concept/votes.h"
#include "strategic/strategic_solve.h"

/* Worth functions of more players than this are summed in doubles: sums of rationals would take
 * minutes. */
enum { EXACT_PLAYERS = 20 };

typedef struct values {
    const ent_strategic *m;
    bool known;
    double *value;   /* [n] */
    ent_rat *exact;  /* [n] */
    ent_rat *swings; /* [n] or NULL */
} values;

static ent_status need_worth(ent_ctx *ctx, const ent_strategic *m, const char *method,
                             bool votes_too)
{
    ent_status st = ENT_OK;
    if (m->kind == ENT_STRATEGIC_GAME || (m->kind == ENT_STRATEGIC_VOTING && !votes_too))
        ENT_FAIL(ctx, ENT_E_MODEL, "the method %s wants a worth function%s, the model is a %s",
                 method, votes_too ? " or a voting game" : "",
                 m->kind == ENT_STRATEGIC_GAME ? "game in strategic form" : "voting game");
done:
    return st;
}

/* Which file the worths came from. */
static ent_status write_file_hash(ent_ctx *ctx, const ent_strategic *m, ent_writer *certificate)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    if (!m->worth_path) return st;
    ENT_TRY(ent_i_file_hash(ctx, m->worth_path, hash));
    ent_write_string(certificate, "worth_sha256", hash);
done:
    return st;
}

/* The worths as rationals; a table of doubles is exact as it is. */
static ent_status exact_worths(ent_ctx *ctx, const ent_strategic *m, ent_rat **out)
{
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << m->n;
    ent_rat *v = ent_rats_new(ctx, coalitions, &st);
    if (!v) return st;
    for (size_t s = 0; s < coalitions; s++) {
        if (m->worth.exact) ent_rat_set(&v[s], &m->worth.exact[s]);
        else ent_rat_set_double(&v[s], m->worth.value[s]);
    }
    *out = v;
    return ENT_OK;
}

static ent_status of_worths(ent_ctx *ctx, values *x, const ent_strategic_settings *s, bool banzhaf)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = x->m;
    ent_rat *v = NULL;
    const int threads = ent_i_threads(s->threads);
    if (m->n > EXACT_PLAYERS) {
        ENT_TRY(banzhaf ? ent_banzhaf(ctx, m->n, m->worth.value, threads, x->value)
                        : ent_shapley(ctx, m->n, m->worth.value, threads, x->value));
        goto done;
    }
    ENT_TRY(exact_worths(ctx, m, &v));
    ENT_TRY(banzhaf ? ent_exact_banzhaf(ctx, m->n, v, x->exact)
                    : ent_exact_shapley(ctx, m->n, v, x->exact));
    x->known = true;
done:
    ent_rats_free(v, (size_t)1 << m->n);
    return st;
}

static ent_status of_votes(ent_ctx *ctx, values *x, bool banzhaf)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = x->m;
    const ent_rat two = {2, 1, NULL};
    x->known = true;
    if (!banzhaf) return ent_votes_shapley(ctx, m->n, m->quota, m->vote, x->exact);
    x->swings = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!x->swings) goto done;
    ENT_TRY(ent_votes_swings(ctx, m->n, m->quota, m->vote, x->swings));
    for (int i = 0; i < m->n; i++) {
        ent_rat_set(&x->exact[i], &x->swings[i]);
        for (int k = 1; k < m->n && ent_rat_sign(&x->exact[i]) != 0; k++)
            ent_rat_div(&x->exact[i], &x->exact[i], &two);
    }
done:
    return st;
}

static void write_number(ent_writer *w, const values *x, const char *key, double value,
                         const ent_rat *exact)
{
    ent_write_number(w, key, value, x->known ? exact : NULL);
}

static void write_shares(ent_writer *w, const values *x, double sum, const ent_rat *exact_sum)
{
    ent_rat share = ENT_RAT_ZERO;
    ent_write_object(w, "normalized", false);
    for (int i = 0; i < x->m->n; i++) {
        if (x->known) ent_rat_div(&share, &x->exact[i], exact_sum);
        write_number(w, x, x->m->player[i], x->value[i] / sum, &share);
    }
    ent_write_end(w);
    ent_rat_release(&share);
}

static ent_status write_values(ent_ctx *ctx, const values *x, bool banzhaf, ent_solution *out)
{
    ent_status st = ENT_OK;
    ent_rat total = ENT_RAT_ZERO;
    double sum = 0.0;
    ent_write_object(out->solution, "utilities", false);
    for (int i = 0; i < x->m->n; i++) {
        write_number(out->solution, x, x->m->player[i], x->value[i], &x->exact[i]);
        sum += x->value[i];
        ent_rat_add(&total, &total, &x->exact[i]);
    }
    ent_write_end(out->solution);
    write_number(out->solution, x, "total", sum, &total);
    if (banzhaf && (x->known ? ent_rat_sign(&total) != 0 : sum != 0.0))
        write_shares(out->solution, x, sum, &total);
    if (x->swings) ent_write_object(out->certificate, "swings", false);
    for (int i = 0; x->swings && i < x->m->n; i++) {
        char *text = ent_rat_format(ctx, &x->swings[i], &st);
        if (!text) goto done;
        ent_write_string(out->certificate, x->m->player[i], text);
        ent_free(text);
    }
    if (x->swings) ent_write_end(out->certificate);
done:
    ent_rat_release(&total);
    return st;
}

static ent_status value_method(ent_ctx *ctx, const ent_strategic *m,
                               const ent_strategic_settings *s, bool banzhaf, ent_solution *out)
{
    ent_status st = ENT_OK;
    values x = {.m = m};
    ENT_TRY(need_worth(ctx, m, banzhaf ? "banzhaf" : "shapley", true));
    ENT_TRY(write_file_hash(ctx, m, out->certificate));
    ENT_ALLOC(ctx, x.value, m->n);
    x.exact = ent_rats_new(ctx, (size_t)m->n, &st);
    if (!x.exact) goto done;
    if (m->kind == ENT_STRATEGIC_VOTING) ENT_TRY(of_votes(ctx, &x, banzhaf));
    else ENT_TRY(of_worths(ctx, &x, s, banzhaf));
    for (int i = 0; x.known && i < m->n; i++) x.value[i] = ent_rat_double(&x.exact[i]);
    ENT_TRY(write_values(ctx, &x, banzhaf, out));
    out->outcome = ENT_SOLVED;
done:
    ent_free(x.value);
    ent_rats_free(x.exact, (size_t)m->n);
    ent_rats_free(x.swings, (size_t)m->n);
    return st;
}

ent_status ent_i_shapley_method(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    return value_method(ctx, model, settings, false, out);
}

ent_status ent_i_banzhaf_method(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out)
{
    return value_method(ctx, model, settings, true, out);
}

/* One listing by coalition, smaller ones first: only numbers other than 0 for dividends. */
static ent_status write_table(ent_ctx *ctx, ent_writer *w, const char *name, const ent_strategic *m,
                              const ent_rat *exact, const double *value, bool nonzero,
                              int64_t limit, int64_t *total)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    ent_coal *list = NULL;
    ent_text key;
    ent_text_init(ctx, &key);
    ENT_SCRATCH(ctx, list, (size_t)1 << m->n);
    ent_coal_list(m->n, list);
    *total = 0;
    ent_write_object(w, name, false);
    for (ent_coal k = 0; k < ent_coal_all(m->n); k++) {
        const ent_coal s = list[k];
        if (nonzero && (exact ? ent_rat_sign(&exact[s]) == 0 : value[s] == 0.0)) continue;
        if (++*total > limit) continue;
        ent_write_number(w, ent_i_coal_key(w->out, &key, m, s), exact ? 0.0 : value[s],
                         exact ? &exact[s] : NULL);
    }
    ent_write_end(w);
    ENT_TRY(key.status);
done:
    ent_text_release(&key);
    ent_scratch_reset(ctx, mark);
    return st;
}

static ent_status exact_dividends(ent_ctx *ctx, const ent_strategic *m, int64_t limit,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    int64_t total = 0, all = 0;
    ent_rat *v = NULL;
    ENT_TRY(exact_worths(ctx, m, &v));
    ent_exact_dividends(m->n, v);
    ENT_TRY(write_table(ctx, out->solution, "dividends", m, v, NULL, true, limit, &total));
    ent_write_int(out->solution, "dividends_total", total);
    ent_rats_free(v, (size_t)1 << m->n);
    v = NULL;
    ENT_TRY(exact_worths(ctx, m, &v));
    ent_exact_potential(m->n, v);
    ENT_TRY(write_table(ctx, out->solution, "potential", m, v, NULL, false, limit, &all));
done:
    ent_rats_free(v, (size_t)1 << m->n);
    return st;
}

/* Doubles: dividends in place, then the potential as subset sums of dividends by size. */
static ent_status fast_dividends(ent_ctx *ctx, const ent_strategic *m, int threads, int64_t limit,
                                 ent_solution *out)
{
    ent_status st = ENT_OK;
    const size_t coalitions = (size_t)1 << m->n;
    int64_t total = 0, all = 0;
    double *v = NULL;
    ENT_ALLOC(ctx, v, coalitions);
    for (size_t s = 0; s < coalitions; s++) v[s] = m->worth.value[s];
    ENT_TRY(ent_dividends(ctx, m->n, v, threads));
    ENT_TRY(write_table(ctx, out->solution, "dividends", m, NULL, v, true, limit, &total));
    ent_write_int(out->solution, "dividends_total", total);
    for (size_t s = 1; s < coalitions; s++) v[s] /= ent_coal_size(s);
    ENT_TRY(ent_subset_sums(ctx, m->n, v, threads));
    ENT_TRY(write_table(ctx, out->solution, "potential", m, NULL, v, false, limit, &all));
done:
    ent_free(v);
    return st;
}

ent_status ent_i_dividends_method(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_solution *out)
{
    ent_status st = ENT_OK;
    const ent_strategic *m = model;
    const ent_strategic_settings *s = settings;
    ENT_TRY(need_worth(ctx, m, "dividends", false));
    ENT_TRY(write_file_hash(ctx, m, out->certificate));
    if (m->n <= EXACT_PLAYERS) ENT_TRY(exact_dividends(ctx, m, s->dividends_listed, out));
    else ENT_TRY(fast_dividends(ctx, m, ent_i_threads(s->threads), s->dividends_listed, out));
    out->outcome = ENT_SOLVED;
done:
    return st;
}
