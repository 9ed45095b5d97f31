/* [Sal] Definition 4, Theorem 1 and Theorem 2 on random games in the classes of docs/bayesian.md: solved, and recomputed by the independent checker. A long run:
 * t_bayesian_random FIRST COUNT; every class gets COUNT games. */
#include "check.h"

#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>

enum { GAMES = 12 };

static ent_ctx *ctx;

/* Coalitions by the kind of proof; those with an epsilon by the larger of epsilon and gap. */
typedef struct count {
    int games, coalitions, unsolved, refused;
    int exact, isolated, limit, epsilon, above_tiny, above_small, degenerate_epsilon;
    double worst;
} count;

static double fraction_of(const ent_json *proof, const char *key)
{
    const ent_json *node = ent_json_get(proof, key);
    ent_rat number = ENT_RAT_ZERO;
    double x = 0.0;
    if (node && ent_rat_parse(&number, node->text, node->text_len)) x = ent_rat_double(&number);
    ent_rat_release(&number);
    return x;
}

static void tally_epsilon(const ent_json *proof, bool degenerate, count *c)
{
    const double epsilon = fraction_of(proof, "epsilon"), gap = fraction_of(proof, "gap"), most = epsilon > gap ? epsilon : gap;
    c->epsilon++;
    c->degenerate_epsilon += degenerate;
    c->above_tiny += most > 1e-10;
    c->above_small += most > 1e-6;
    if (most > c->worst) c->worst = most;
}

static void tally(const ent_json *root, count *c)
{
    const ent_json *all = ent_json_at(root, "/solution/coalitions"), *proofs = ent_json_at(root, "/certificate/coalitions");
    for (const ent_json *s = all ? all->first : NULL; s; s = s->next) {
        const ent_json *proof = ent_json_get(proofs, s->key), *kind = ent_json_get(proof, "proof"), *status = ent_json_get(s, "status");
        c->coalitions++;
        if (!kind || !status) continue;
        c->exact += kind->text[1] == 'x';
        c->isolated += kind->text[0] == 'i';
        c->limit += kind->text[0] == 'l';
        if (kind->text[1] == 'p') tally_epsilon(proof, status->text[0] == 'd', c);
    }
}

static void one(uint64_t number, ref_bayesian_class kind, const char *method, count *c)
{
    const char *const changes[] = {"check=0", "threads=1"};
    ent_text model;
    ent_text_init(ctx, &model);
    ref_bayesian_game(number, kind, &model);
    const ent_request request = {.source = "random", .text = model.data, .len = model.len, .method = method, .changes = 2, .set = changes};
    char *reply = NULL, *report = NULL;
    ent_doc *doc = NULL;
    int refused = 1;
    c->games++;
    const ent_status st = ent_run(ctx, &request, &reply, NULL);
    CHECK(st == ENT_OK);
    if (st != ENT_OK) {
        c->unsolved++;
        printf("%s %llu %s: %s\n%s\n", ref_bayesian_class_name(kind), (unsigned long long)number, method, ent_message(ctx), model.data);
        goto done;
    }
    const ent_status checked = ent_verify_text(ctx, "random", reply, strlen(reply), &refused, &report);
    CHECK(checked == ENT_OK && refused == 0);
    if (checked != ENT_OK || refused) {
        c->refused++;
        printf("%s %llu %s: %d refused: %s\n%s\n", ref_bayesian_class_name(kind), (unsigned long long)number, method, refused,
               checked == ENT_OK ? report : ent_message(ctx), model.data);
    }
    CHECK(ent_doc_read(ctx, "result", strlen(reply), reply, &doc) == ENT_OK);
    if (doc && strcmp(method, "neutral-procedural") == 0) tally(ent_doc_root(doc), c);
done:
    ent_doc_free(doc);
    ent_free(report);
    ent_free(reply);
    ent_text_release(&model);
}

int main(int argc, char **argv)
{
    static const char *const others[] = {"efficient", "strong", "random-dictator", "m-solution", "s-solution"};
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const int games = argc > 2 ? atoi(argv[2]) : GAMES;
    ctx = ent_ctx_new();
    for (ref_bayesian_class kind = 0; kind < REF_BAYESIAN_CLASSES; kind++) {
        count c = {0}, rest = {0};
        for (int k = 0; k < games; k++) {
            one(first + (uint64_t)k, kind, "neutral-procedural", &c);
            one(first + (uint64_t)k, kind, others[k % 5], &rest);
        }
        printf("%-22s %d games, %d coalitions: exact %d, isolated %d, limit %d, epsilon %d (degenerate %d; above 1e-10: %d, above 1e-6: %d, largest %.1e)\n",
               ref_bayesian_class_name(kind), c.games, c.coalitions, c.exact, c.isolated, c.limit, c.epsilon, c.degenerate_epsilon, c.above_tiny,
               c.above_small, c.worst);
        printf("%-22s unsolved %d, refused %d; other methods: unsolved %d, refused %d\n", "", c.unsolved, c.refused, rest.unsolved, rest.refused);
    }
    /* Weights that polishing shows to vanish were once taken as positive. */
    count once = {0};
    one(1216, REF_BAYESIAN_OUTSIDE, "neutral-procedural", &once);
    CHECK(once.unsolved == 0 && once.refused == 0 && once.worst < 1e-8);
    printf("game 1216: largest epsilon %.1e\n", once.worst);
    ent_ctx_free(ctx);
    return check_end();
}
