#include "bayesian/strong_write.h"

/* Without exactness the fractions are not reported. */
void ent_i_write_plain_interim(ent_writer *w, const char *key, const ent_bayesian *model,
                               const ent_bayes_coal *s, const ent_twin *twin, bool exact, int only)
{
    const ent_twin plain = {
        .n = twin->n, .value = twin->value, .exact = exact ? twin->exact : NULL};
    ent_i_write_interim(w, key, model, s, &plain, only);
}

void ent_i_write_plain_mechanism(ent_writer *w, const char *key, const ent_bayesian *model,
                                 const ent_bayes_coal *s, const ent_bayes_mechanism *mechanism,
                                 bool exact)
{
    ent_bayes_mechanism plain = *mechanism;
    if (!exact) plain.probability.exact = NULL;
    ent_i_write_mechanism(w, key, model, s, &plain, false);
}

static void write_twin(const ent_strong_writing *o, const char *key, const ent_twin *twin,
                       bool exact, int only)
{
    ent_i_write_plain_interim(o->solution, key, o->model, o->coal, twin, exact, only);
}

void ent_i_strong_write_found(const ent_strong_writing *o, const ent_strong *s)
{
    const bool exact = s->exact && o->exact;
    const ent_twin plain = {.n = s->multiplier.n,
                            .value = s->multiplier.value,
                            .exact = exact ? s->multiplier.exact : NULL};
    write_twin(o, "utilities", &s->utility, exact, -1);
    ent_i_write_plain_mechanism(o->solution, "mechanism", o->model, o->coal, &s->mechanism, exact);
    write_twin(o, "weights", &s->weight, exact, -1);
    ent_i_write_multipliers(o->solution, "multipliers", o->model, o->coal, &plain);
}

void ent_i_strong_write(const ent_strong_writing *o, const ent_strong *s)
{
    const bool exact = s->exact && o->exact;
    ent_write_bool(o->solution, "strong", s->strong);
    ent_write_bool(o->solution, "safe", s->safe);
    ent_write_bool(o->solution, "exact", exact);
    if (s->strong) {
        ent_i_strong_write_found(o, s);
    } else if (s->safe) {
        write_twin(o, "best_safe", &s->best_safe, exact, o->dictator);
        if (!s->dominating_utility.value) return;
        ent_write_object(o->solution, "dominated_by", false);
        write_twin(o, "utilities", &s->dominating_utility, exact, -1);
        ent_i_write_plain_mechanism(o->solution, "mechanism", o->model, o->coal, &s->dominating,
                                    exact);
        ent_write_end(o->solution);
    }
}

static const char *type_of(const ent_strong_writing *o, int interim)
{
    for (int i = 0; i < o->coal->size; i++)
        if (interim < o->coal->first[i + 1])
            return o->model->type[o->coal->member[i]][interim - o->coal->first[i]];
    return "";
}

static const char *player_of(const ent_strong_writing *o, int interim)
{
    for (int i = 0; i < o->coal->size; i++)
        if (interim < o->coal->first[i + 1]) return o->model->player[o->coal->member[i]];
    return "";
}

/* One entry for each type of the dictator and each interim of the others: a participation row with
 * the truth rows after it. */
static void write_rows(const ent_strong_writing *o, const ent_strong *s)
{
    ent_writer *w = o->certificate;
    ent_write_array(w, "others", false);
    for (int r = 0; r < s->rows;) {
        const int first = r++;
        ent_write_object(w, NULL, true);
        ent_write_string(w, "type", type_of(o, s->row[first].given));
        ent_write_string(w, "player", player_of(o, s->row[first].member));
        ent_write_string(w, "of", type_of(o, s->row[first].member));
        ent_write_object(w, "truth", true);
        for (; r < s->rows && s->row[r].report >= 0; r++)
            if (ent_rat_sign(&s->row_price[r]) != 0)
                ent_i_write_fraction(w, type_of(o, s->row[r].report), &s->row_price[r]);
        ent_write_end(w);
        ent_i_write_fraction(w, "participation", &s->row_price[first]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

/* The dictator's own incentive constraints: "REPORT|TYPE" with prices that are not 0. */
static void write_own(const ent_strong_writing *o, const ent_strong *s)
{
    ent_writer *w = o->certificate;
    const int first = o->coal->first[o->dictator], types = o->coal->types[o->dictator];
    int k = 0;
    for (int i = 0; i < o->dictator; i++) k += o->coal->types[i] * (o->coal->types[i] - 1);
    ent_text name;
    ent_text_init(w->out->ctx, &name);
    ent_write_object(w, "dictator", true);
    for (int at = 0; at < types * types; at++) {
        const int t = at / types, tau = at % types;
        if (t == tau || ent_rat_sign(&s->own_price[k++]) == 0) continue;
        ent_text_reset(&name);
        ent_text_printf(&name, "%s|%s", type_of(o, first + tau), type_of(o, first + t));
        if (name.status == ENT_OK) ent_i_write_fraction(w, name.data, &s->own_price[k - 1]);
    }
    ent_write_end(w);
    if (name.status != ENT_OK && w->out->status == ENT_OK) w->out->status = name.status;
    ent_text_release(&name);
}

static void write_bound(const ent_strong_writing *o, const ent_strong *s)
{
    ent_write_object(o->certificate, "safe_multipliers", false);
    write_own(o, s);
    write_rows(o, s);
    ent_write_end(o->certificate);
}

void ent_i_strong_write_proof(const ent_strong_writing *o, const ent_strong *s)
{
    const bool exact = s->exact && o->exact;
    ent_write_string(o->certificate, "proof",
                     !exact      ? "numerical"
                     : s->strong ? "strong"
                     : s->safe   ? "dominated"
                                 : "none");
    if (exact && !s->strong) write_bound(o, s);
    if (exact && !s->strong && s->safe)
        ent_i_write_mechanism(o->certificate, "safe_mechanism", o->model, o->coal,
                              &s->safe_mechanism, true);
}
