/* [Sal] Definition 4, Theorem 1 and Theorem 2 on random games in the classes of docs/bayesian.md: solved, and recomputed by the independent checker. A long run:
 * t_bayesian_random FIRST COUNT; every class gets COUNT games. */
#include "check.h"

#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_bayesian_games.h"

#include <stdlib.h>

enum { GAMES = 12 };

static ent_ctx *ctx;

typedef struct count {
    int games, coalitions, exact, degenerate, unsolved, refused, approximate;
    double worst;
} count;

static void tally(const ent_json *root, count *c)
{
    const ent_json *all = ent_json_at(root, "/solution/coalitions"), *proofs = ent_json_at(root, "/certificate/coalitions");
    for (const ent_json *s = all ? all->first : NULL; s; s = s->next) {
        const ent_json *exact = ent_json_get(s, "exact"), *status = ent_json_get(s, "status"), *gap = NULL;
        c->coalitions++;
        c->exact += exact && exact->truth;
        c->degenerate += status && status->text[0] == 'd';
        ent_rat number = ENT_RAT_ZERO;
        gap = ent_json_get(ent_json_get(proofs, s->key), "epsilon");
        if (gap && ent_rat_parse(&number, gap->text, gap->text_len) && ent_rat_double(&number) > c->worst) c->worst = ent_rat_double(&number);
        ent_rat_release(&number);
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
        printf("%-22s %d games, %d coalitions: %d exact, %d degenerate, largest epsilon %.1e; unsolved %d, refused %d; other methods: unsolved %d, refused %d\n",
               ref_bayesian_class_name(kind), c.games, c.coalitions, c.exact, c.degenerate, c.worst, c.unsolved, c.refused, rest.unsolved, rest.refused);
    }
    /* Weights that polishing shows to vanish were once taken as positive. */
    count once = {0};
    one(1216, REF_BAYESIAN_OUTSIDE, "neutral-procedural", &once);
    CHECK(once.unsolved == 0 && once.refused == 0 && once.worst < 1e-8);
    printf("game 1216: largest epsilon %.1e\n", once.worst);
    ent_ctx_free(ctx);
    return check_end();
}
