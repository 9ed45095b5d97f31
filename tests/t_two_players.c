/* [CoCo] Section 2, Section 7. Two players: the sweep of the frontier against the definition. Games
 * with many ties are solved, and what is said about them is tested in rationals: a price vector
 * fulfils the definition, or claims exceed what is feasible at all prices tried, down to 2^-80, and
 * approach the limit printed. */
#include "check.h"

#include "base/rng.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_strategic.h"

#include <stdlib.h>

enum { SEED = 11, GAMES = 1500, CELLS_MAX = 25 };

static ent_ctx *ctx;

typedef struct game {
    int actions[2];
    ref_strategic_game g;
    ent_rat payoff[2 * CELLS_MAX];
} game;

typedef struct counts {
    int solved, bounded, boundary, in_steps;
} counts;

static void put_model(const game *x, ent_text *model)
{
    ent_text_reset(model);
    ent_text_printf(
        model,
        "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"P0\", \"actions\": %d}, {\"name\": \"P1\", \"actions\": %d}], \"payoffs\": [",
        x->actions[0], x->actions[1]);
    for (int64_t p = 0; p < x->g.profiles; p++)
        ent_text_printf(model, "%s[%lld, %lld]", p ? ", " : "", (long long)x->payoff[p].num,
                        (long long)x->payoff[x->g.profiles + p].num);
    ent_text_puts(model, "]}");
}

static void draw(game *x, int k)
{
    static const int tops[] = {1, 2, 3, 9};
    ent_rng rng = ent_rng_stream(SEED, (uint64_t)k, 0);
    *x = (game){.actions = {1 + (int)ent_rng_below(&rng, 4), 1 + (int)ent_rng_below(&rng, 4)}};
    x->g = (ref_strategic_game){.n = 2,
                                .profiles = (int64_t)x->actions[0] * x->actions[1],
                                .actions = x->actions,
                                .payoff = x->payoff};
    for (int64_t p = 0; p < 2 * x->g.profiles; p++)
        ent_rat_set_int(&x->payoff[p], ent_rng_below(&rng, tops[k % 4] + 1));
}

/* A number of the document as the rational that it stands for; false for doubles. */
static bool number(const ent_json *object, int i, ent_rat *out)
{
    const ent_json *node = ent_json_get(object, i ? "P1" : "P0"),
                   *exact = ent_json_get(node, "exact");
    if (exact) CHECK(ent_rat_parse(out, exact->text, exact->text_len));
    else if (node && node->kind == ENT_JSON_NUMBER)
        ent_rat_set_double(out, strtod(node->text, NULL));
    else CHECK(node && exact);
    return exact != NULL;
}

/* a > 0, a_i u_i = psi_i(a), u a mean of plays that maximise a.u: exactly, but where prices are
 * irrational. */
static void solved(const game *x, const ent_json *e, counts *n)
{
    static const double CLOSE = 1e-9;
    bool exact = true;
    ent_rat price[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, u[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO},
            psi[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, gap = ENT_RAT_ZERO;
    for (int i = 0; i < 2; i++) {
        exact = number(ent_json_get(e, "prices"), i, &price[i]) && exact;
        CHECK(number(ent_json_get(e, "utilities"), i, &u[i])); /* rational in any case */
        CHECK(ent_rat_sign(&price[i]) > 0);
    }
    ref_strategic_psi(&x->g, price, psi);
    for (int i = 0; i < 2; i++) {
        ent_rat_submul(&psi[i], &price[i], &u[i]);
        CHECK(exact ? ent_rat_sign(&psi[i]) == 0
                    : ent_rat_double(&psi[i]) <= CLOSE && ent_rat_double(&psi[i]) >= -CLOSE);
    }
    ref_strategic_gap(&x->g, price, u, exact ? 0.0 : CLOSE, &gap);
    if (exact) CHECK(ent_rat_sign(&gap) == 0);
    else CHECK_NEAR(ent_rat_double(&gap), 0.0, CLOSE);
    n->solved++;
    n->bounded += !exact;
    for (int i = 0; i < 2; i++)
        ent_rat_release(&price[i]), ent_rat_release(&u[i]), ent_rat_release(&psi[i]);
    ent_rat_release(&gap);
}

/* The player with price 1 claims more than its largest payoff at all prices, and both claims tend
 * to the utilities. */
static void boundary(const game *x, const ent_json *e, const ent_json *proof, counts *n)
{
    static const int powers[] = {-6, 0, 1, 4, 10, 25, 80};
    enum { LAST = sizeof powers / sizeof *powers - 1 };
    ent_rat price[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, u[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO},
            psi[2] = {ENT_RAT_ZERO, ENT_RAT_ZERO}, most = ENT_RAT_ZERO;
    int i = 0;
    for (int k = 0; k < 2; k++) {
        CHECK(number(ent_json_get(e, "prices"), k, &price[k]) &&
              number(ent_json_get(e, "utilities"), k, &u[k]));
        if (ent_rat_sign(&price[k]) > 0) i = k;
    }
    for (int64_t p = 0; p < x->g.profiles; p++)
        if (p == 0 || ent_rat_cmp(&x->payoff[i * x->g.profiles + p], &most) > 0)
            ent_rat_set(&most, &x->payoff[i * x->g.profiles + p]);
    CHECK(ent_rat_equal(&u[i], &most));
    for (int k = 0; k <= LAST; k++) {
        ent_rat_set_int(&price[i], 1);
        ent_rat_set_double(&price[1 - i], k == 0 ? 64.0 : 1.0);
        for (int b = 0; b < powers[k]; b++) {
            const ent_rat half = {1, 2, NULL};
            ent_rat_mul(&price[1 - i], &price[1 - i], &half);
        }
        ref_strategic_psi(&x->g, price, psi);
        CHECK(ent_rat_cmp(&psi[i], &most) > 0);
    }
    ent_rat_div(&psi[1 - i], &psi[1 - i], &price[1 - i]);
    for (int k = 0; k < 2; k++) CHECK_NEAR(ent_rat_double(&psi[k]), ent_rat_double(&u[k]), 1e-12);
    n->boundary++;
    n->in_steps += ent_json_get(ent_json_get(proof, "secures"), "then") != NULL;
    for (int k = 0; k < 2; k++)
        ent_rat_release(&price[k]), ent_rat_release(&u[k]), ent_rat_release(&psi[k]);
    ent_rat_release(&most);
}

static void check_game(const game *x, counts *n)
{
    ent_text model;
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_outcome outcome = ENT_LIMIT;
    int refused = 1;
    ent_text_init(ctx, &model);
    put_model(x, &model);
    const ent_request request = {
        .source = "two", .text = model.data, .len = model.len, .method = "coco"};
    const ent_status st = ent_run(ctx, &request, &json, &outcome);
    const int before = check_failed;
    CHECK(st == ENT_OK && (outcome == ENT_SOLVED || outcome == ENT_BOUNDARY));
    if (st == ENT_OK) {
        CHECK(ent_verify_text(ctx, "two", json, strlen(json), &refused, NULL) == ENT_OK &&
              refused == 0);
        CHECK(ent_doc_read(ctx, "two", strlen(json), json, &doc) == ENT_OK);
        const ent_json *root = ent_doc_root(doc), *e = ent_json_at(root, "/solution/equilibria"),
                       *proof = ent_json_at(root, "/certificate/equilibria");
        CHECK(e && e->count == 1);
        CHECK(strcmp(ent_json_at(root, "/solution/coverage")->text, "all") == 0);
        CHECK(!ent_json_get(proof->first, "approach"));
        CHECK(ent_json_get(proof->first, "secures") ||
              ent_json_get(ent_json_get(e->first, "utilities")->first, "exact"));
        if (outcome == ENT_SOLVED) solved(x, e->first, n);
        else boundary(x, e->first, proof->first, n);
    }
    if (check_failed > before) printf("%s\n%s\n", ent_message(ctx), model.data);
    ent_doc_free(doc);
    ent_free(json);
    ent_text_release(&model);
}

static void set(game *x, int rows, int columns, const int *u)
{
    *x = (game){.actions = {rows, columns}};
    x->g = (ref_strategic_game){
        .n = 2, .profiles = (int64_t)rows * columns, .actions = x->actions, .payoff = x->payoff};
    for (int64_t p = 0; p < x->g.profiles; p++)
        for (int i = 0; i < 2; i++)
            ent_rat_set_int(&x->payoff[i * x->g.profiles + p], u[2 * p + i]);
}

/* By hand: one more weight of order e for every column but the first. p = (3, 3); row 0 holds
 * column 0 to 2 and leaves the others at 3; row k secures 3 in columns k and later, and holds
 * column k to 2. */
static void staircase(counts *n)
{
    enum { SIDE = 4 };
    int u[2 * SIDE * SIDE];
    game x;
    for (int r = 0; r < SIDE; r++)
        for (int c = 0; c < SIDE; c++) {
            u[2 * (r * SIDE + c)] = c >= r ? 3 : 0;
            u[2 * (r * SIDE + c) + 1] = c == r ? 2 : 3;
        }
    set(&x, SIDE, SIDE, u);
    const counts before = *n;
    check_game(&x, n);
    CHECK(n->in_steps == before.in_steps + 1);
    u[2 * (SIDE * SIDE - 1) + 1] = 3; /* nothing holds the last column: positive prices exist */
    set(&x, SIDE, SIDE, u);
    check_game(&x, n);
    CHECK(n->solved == before.solved + 1);
}

/* Payoffs of very different sizes put prices near the ends. */
static void sizes(counts *n)
{
    static const int u[] = {1000000, 1, 0, 2, 999999, 0, 3, 3};
    game x;
    set(&x, 2, 2, u);
    check_game(&x, n);
    static const int one[] = {4, 4};
    set(&x, 1, 1, one);
    check_game(&x, n);
}

int main(void)
{
    ctx = ent_ctx_new();
    counts n = {0};
    staircase(&n);
    sizes(&n);
    for (int k = 0; k < GAMES; k++) {
        game x;
        draw(&x, k);
        check_game(&x, &n);
    }
    printf(
        "seed %d: %d solved (%d at irrational prices), %d on the boundary (%d proved in steps)\n",
        SEED, n.solved, n.bounded, n.boundary, n.in_steps);
    ent_ctx_free(ctx);
    return check_end();
}
