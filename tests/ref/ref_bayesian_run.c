#include "ref/ref_bayesian_run.h"

#include "base/memory.h"
#include "entente/run.h"
#include "io/json.h"
#include "model/bayesian_model.h"

#include <stdio.h>
#include <string.h>

static const double tiny = 1e-10, small = 1e-6;

static double fraction_of(const ent_json *proof, const char *key)
{
    const ent_json *node = ent_json_get(proof, key);
    ent_rat number = ENT_RAT_ZERO;
    double x = 0.0;
    if (node && ent_rat_parse(&number, node->text, node->text_len)) x = ent_rat_double(&number);
    ent_rat_release(&number);
    return x;
}

/* The smallest range, that is not 0, of a member's utilities; 1 when all are. */
static double range_of(const ent_bayes_coal *s)
{
    double range = 0.0;
    for (int i = 0; i < s->size; i++) {
        const double *u = &s->utility.value[ent_bayes_utility(s, i, 0, 0)];
        double least = u[0], most = u[0];
        for (int k = 1; k < s->decisions * s->profiles; k++) {
            least = u[k] < least ? u[k] : least;
            most = u[k] > most ? u[k] : most;
        }
        if (most > least && (range == 0.0 || most - least < range)) range = most - least;
    }
    return range > 0.0 ? range : 1.0;
}

/* The coalition named "P0,P2" (the players of ref_bayesian_games). */
static ent_coal coalition_of(const char *name)
{
    ent_coal s = 0;
    for (; *name; name++)
        if (*name >= '0' && *name <= '9') s |= ent_coal_single(*name - '0');
    return s;
}

static void tally_epsilon(const ent_json *proof, double range, bool degenerate,
                          ref_bayesian_count *c)
{
    const double epsilon = fraction_of(proof, "epsilon"), gap = fraction_of(proof, "gap"),
                 most = (epsilon > gap ? epsilon : gap) / range;
    c->epsilon++;
    c->degenerate_epsilon += degenerate;
    c->above_tiny += most > tiny;
    c->above_small += most > small;
    if (most > c->worst) c->worst = most;
    const ent_json *efficiency = ent_json_get(proof, "efficiency");
    c->without_efficiency += degenerate && (!efficiency || efficiency->kind != ENT_JSON_OBJECT);
}

static void tally(const ent_json *root, const ent_bayesian *model, ref_bayesian_count *c)
{
    const ent_json *all = ent_json_at(root, "/solution/coalitions"),
                   *proofs = ent_json_at(root, "/certificate/coalitions");
    for (const ent_json *s = all ? all->first : NULL; s; s = s->next) {
        const ent_json *proof = ent_json_get(proofs, s->key), *kind = ent_json_get(proof, "proof"),
                       *status = ent_json_get(s, "status");
        c->coalitions++;
        if (!kind || !status) continue;
        c->exact += kind->text[1] == 'x';
        c->isolated += kind->text[0] == 'i';
        c->limit += kind->text[0] == 'l';
        if (kind->text[1] == 'p')
            tally_epsilon(proof, range_of(model->coalition[coalition_of(s->key)]),
                          status->text[0] == 'd', c);
    }
}

static ent_status count_proofs(ent_ctx *ctx, const ent_text *text, const char *reply,
                               ref_bayesian_count *c)
{
    ent_status st = ENT_OK;
    ent_doc *source = NULL, *result = NULL;
    ent_bayesian *model = NULL;
    ENT_TRY(ent_doc_read(ctx, "random", text->len, text->data, &source));
    ENT_TRY(ent_bayesian_read(ctx, source, ent_doc_root(source), &model));
    ENT_TRY(ent_doc_read(ctx, "result", strlen(reply), reply, &result));
    tally(ent_doc_root(result), model, c);
done:
    ent_doc_free(result);
    ent_bayesian_free(model);
    ent_doc_free(source);
    return st;
}

/* What the checker refused, of all that it says. */
static void print_refused(const char *report)
{
    for (const char *line = report; *line;) {
        const char *end = strchr(line, '\n');
        const int len = end ? (int)(end - line) : (int)strlen(line);
        if (strncmp(line, "refused", 7) == 0) printf("    %.*s\n", len, line);
        line += len + (end != NULL);
    }
}

void ref_bayesian_run(ent_ctx *ctx, uint64_t number, ref_bayesian_class kind, const char *method,
                      ref_bayesian_count *c)
{
    const char *const changes[] = {"check=0", "threads=1"};
    ent_text model;
    ent_text_init(ctx, &model);
    ref_bayesian_game(number, kind, &model);
    const ent_request request = {.source = "random",
                                 .text = model.data,
                                 .len = model.len,
                                 .method = method,
                                 .changes = 2,
                                 .set = changes};
    char *reply = NULL, *report = NULL;
    int refused = 1;
    c->games++;
    if (ent_run(ctx, &request, &reply, NULL) != ENT_OK) {
        c->unsolved++;
        printf("%s %llu %s: %s\n", ref_bayesian_class_name(kind), (unsigned long long)number,
               method, ent_message(ctx));
        goto done;
    }
    ent_status st = ent_verify_text(ctx, "random", reply, strlen(reply), &refused, &report);
    if (st == ENT_OK && refused == 0 && strcmp(method, "neutral-procedural") == 0)
        st = count_proofs(ctx, &model, reply, c);
    if (st != ENT_OK || refused) {
        c->refused++;
        printf("%s %llu %s: %s\n", ref_bayesian_class_name(kind), (unsigned long long)number,
               method, st == ENT_OK ? "refused" : ent_message(ctx));
        if (st == ENT_OK) print_refused(report);
    }
done:
    ent_free(report);
    ent_free(reply);
    ent_text_release(&model);
}

void ref_bayesian_add(ref_bayesian_count *a, const ref_bayesian_count *b)
{
    a->games += b->games;
    a->coalitions += b->coalitions;
    a->unsolved += b->unsolved;
    a->refused += b->refused;
    a->exact += b->exact;
    a->isolated += b->isolated;
    a->limit += b->limit;
    a->epsilon += b->epsilon;
    a->degenerate_epsilon += b->degenerate_epsilon;
    a->above_tiny += b->above_tiny;
    a->above_small += b->above_small;
    a->without_efficiency += b->without_efficiency;
    if (b->worst > a->worst) a->worst = b->worst;
}
