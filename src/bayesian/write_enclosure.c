#include "bayesian/write_enclosure.h"

#include "bayesian/write_bayes.h"

static void vector(ent_writer *w, const char *key, const ent_bayesian *model,
                   const ent_bayes_coal *s, ent_rat *exact)
{
    ent_status st = ENT_OK;
    ent_twin numbers = {.n = s->interims, .exact = exact};
    numbers.value = ent_i_alloc(w->out->ctx, (size_t)s->interims, sizeof *numbers.value, &st);
    if (numbers.value) {
        ent_i_twin_round(&numbers);
        ent_i_write_interim(w, key, model, s, &numbers, -1);
    } else if (w->out->status == ENT_OK) w->out->status = st;
    ent_free(numbers.value);
}

void ent_i_write_enclosure(ent_writer *w, const ent_bayesian *model, const ent_value_enclosure *e)
{
    if (!e->coal) return;
    ent_write_object(w, "enclosure", false);
    ent_write_string(w, "covers", e->all ? "all" : "nondegenerate");
    ent_write_bool(w, "unique", e->unique);
    ent_write_int(w, "boxes", e->nodes);
    ent_write_exact(w, "width", &e->width);
    ent_write_array(w, "clusters", false);
    for (int c = 0; c < e->clusters; c++) {
        ent_write_object(w, NULL, false);
        ent_write_int(w, "boxes", e->cluster[c].boxes);
        vector(w, "lowest", model, e->coal, e->cluster[c].low);
        vector(w, "highest", model, e->coal, e->cluster[c].high);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_end(w);
}

static void numbers(ent_writer *w, const char *key, int n, const int64_t *number)
{
    ent_write_array(w, key, true);
    for (int k = 0; k < n; k++) ent_write_int(w, NULL, number[k]);
    ent_write_end(w);
}

/* Options are written as profile and decision. */
static void masses(ent_writer *w, const ent_value_enclosure *e, int n, const int64_t *number)
{
    ent_write_array(w, "masses", true);
    for (int k = 0; k < n; k += 3) {
        ent_write_array(w, NULL, true);
        ent_write_int(w, NULL, number[k]);
        ent_write_int(w, NULL, e->decision[number[k + 1]]);
        ent_write_int(w, NULL, number[k + 2]);
        ent_write_end(w);
    }
    ent_write_end(w);
}

static void cut(ent_writer *w, const ent_enclosure_node *node)
{
    ent_rat at = ENT_RAT_ZERO;
    ent_rat_set_double(&at, node->at);
    ent_write_object(w, NULL, true);
    ent_write_int(w, "cut", node->side);
    ent_i_write_fraction(w, "at", &at);
    ent_write_end(w);
    ent_rat_release(&at);
}

/* The numbers of a proof: of mechanisms or of scales. */
static void proof(ent_writer *w, const ent_value_enclosure *e, bool reach, size_t first, int n)
{
    const int k = e->coal->interims;
    const int64_t *number = e->number + first;
    numbers(w, reach ? "weights" : "prices", k, number);
    if (reach) numbers(w, "multipliers", n - k, number + k);
    else masses(w, e, n - k, number + k);
}

static void box(ent_writer *w, const ent_value_enclosure *e, const ent_enclosure_node *node)
{
    if (node->kind == ENT_BOX_SPLIT) cut(w, node);
    else if (node->kind == ENT_BOX_OPEN) ent_write_string(w, NULL, "open");
    else {
        ent_write_object(w, NULL, true);
        proof(w, e, node->kind == ENT_BOX_UNREACHABLE, node->first, node->n);
        ent_write_end(w);
    }
}

static void fact(ent_writer *w, const ent_value_enclosure *e, const ent_enclosure_fact *f)
{
    static const char *const words[] = {"used", "strict", "unused", "binding", "weighted"};
    const bool option = f->kind == ENT_FACT_USED || f->kind == ENT_FACT_UNUSED;
    ent_write_object(w, NULL, true);
    if (option) {
        ent_write_array(w, words[f->kind], true);
        ent_write_int(w, NULL, e->cell[f->which]);
        ent_write_int(w, NULL, e->decision[f->which]);
        ent_write_end(w);
    } else ent_write_int(w, words[f->kind], f->which);
    proof(w, e, f->kind <= ENT_FACT_STRICT, f->first, f->n);
    ent_write_end(w);
}

static void cluster(ent_writer *w, const ent_bayesian *model, const ent_value_enclosure *e,
                    const ent_enclosure_cluster *c)
{
    ent_write_object(w, NULL, false);
    ent_write_array(w, "bounds", false);
    for (int k = 0; k < c->bounds; k++) {
        ent_write_object(w, NULL, false);
        ent_i_write_interim_proof(w, "weights", model, e->coal, c->weight + k * e->coal->interims);
        ent_i_write_multipliers_proof(w, "multipliers", model, e->coal,
                                      c->multiplier + k * e->pairs);
        ent_write_end(w);
    }
    ent_write_end(w);
    ent_write_array(w, "facts", false);
    for (int k = 0; k < c->facts; k++) fact(w, e, &c->fact[k]);
    ent_write_end(w);
    ent_write_end(w);
}

static void safe(ent_writer *w, const ent_bayesian *model, const ent_value_enclosure *e)
{
    ent_write_object(w, "safe", false);
    for (int i = 0; i < e->coal->size; i++)
        if (e->safe[i].entries > 0)
            ent_i_write_mechanism(w, model->player[e->coal->member[i]], model, e->coal, &e->safe[i],
                                  true);
    ent_write_end(w);
}

void ent_i_write_enclosure_proof(ent_writer *w, const ent_bayesian *model,
                                 const ent_value_enclosure *e)
{
    if (!e->coal) return;
    ent_write_object(w, "enclosure", false);
    safe(w, model, e);
    ent_write_array(w, "tree", false);
    for (int k = 0; k < e->nodes; k++) box(w, e, &e->node[e->order[k]]);
    ent_write_end(w);
    ent_write_array(w, "clusters", false);
    for (int c = 0; c < e->clusters; c++) cluster(w, model, e, &e->cluster[c]);
    ent_write_end(w);
    ent_write_end(w);
}
