/* Discrete offers: the solver's exact numbers against brute force on the game tree, several hundred
 * random games: discount 0 and 1, search cost 0, atoms at 0 and 1, single atoms, up to five
 * periods. The probability that the ally acts is compared where it is unique: below discount 1. */
#include "check.h"

#include "base/memory.h"
#include "base/text.h"
#include "entente/run.h"
#include "io/json.h"
#include "ref/ref_outside.h"

static ent_ctx *ctx;
static unsigned state = 5u;

static unsigned pick(unsigned n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

static void fraction(ent_rat *r, int64_t a, int64_t b) { ent_rat_set_ratio(r, a, b); }

static void random_game(ref_outside_game *g)
{
    static const int64_t costs[][2] = {{0, 1},  {1, 1000}, {1, 100}, {1, 50},
                                       {1, 32}, {1, 10},   {3, 10},  {7, 10}};
    static const int64_t discounts[][2] = {{0, 1}, {1, 2}, {9, 10}, {99, 100}, {1, 1}};
    static const int64_t fees[][2] = {{1, 1}, {11, 10}, {13, 10}, {3, 2}, {17, 10}, {2, 1}};
    const unsigned cost = pick(8), discount = pick(5), fee = pick(6);
    int64_t total = 0, weight[REF_OUTSIDE_ATOMS];
    g->periods = 1 + (int)pick(REF_OUTSIDE_PERIODS);
    g->atoms = 0;
    fraction(&g->cost, costs[cost][0], costs[cost][1]);
    fraction(&g->discount, discounts[discount][0], discounts[discount][1]);
    fraction(&g->fee, fees[fee][0], fees[fee][1]);
    const unsigned wanted = 1 + pick(7);
    for (unsigned v = 0; v <= 20 && g->atoms < REF_OUTSIDE_ATOMS; v++) {
        if (pick(20) >= wanted && !(v == 20 && g->atoms == 0)) continue;
        fraction(&g->value[g->atoms], (int64_t)v, 20);
        weight[g->atoms] = 1 + pick(5);
        total += weight[g->atoms++];
    }
    for (int k = 0; k < g->atoms; k++) fraction(&g->chance[k], weight[k], total);
}

static void put(ent_text *out, const char *before, const ent_rat *r)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(ctx, r, &st);
    ent_text_printf(out, "%s\"%s\"", before, text ? text : "");
    ent_free(text);
}

static void write_model(const ref_outside_game *g, ent_text *out)
{
    ent_text_reset(out);
    put(out, "{\"entente\": 1, \"family\": \"outside\", \"fee\": ", &g->fee);
    put(out, ", \"search_cost\": ", &g->cost);
    put(out, ", \"discount\": ", &g->discount);
    ent_text_printf(out,
                    ", \"periods\": %d, \"offers\": {\"distribution\": \"discrete\", \"values\": [",
                    g->periods);
    for (int k = 0; k < g->atoms; k++) put(out, k ? ", " : "", &g->value[k]);
    ent_text_puts(out, "], \"probabilities\": [");
    for (int k = 0; k < g->atoms; k++) put(out, k ? ", " : "", &g->chance[k]);
    ent_text_puts(out, "]}}");
}

static bool is_exactly(const ent_json *solution, const char *place, const ent_rat *truth)
{
    ent_rat claim = ENT_RAT_ZERO;
    const ent_json *node = ent_json_get(ent_json_at(solution, place), "exact");
    const bool same =
        node && ent_rat_parse(&claim, node->text, node->text_len) && ent_rat_equal(&claim, truth);
    ent_rat_release(&claim);
    return same;
}

static void compare(const ref_outside_game *g, ent_text *model)
{
    static const char *const set[] = {"threads=1"};
    ent_rat proposer = ENT_RAT_ZERO, partner = ENT_RAT_ZERO, ally = ENT_RAT_ZERO,
            one = ENT_RAT_ZERO;
    ent_doc *doc = NULL;
    char *json = NULL;
    write_model(g, model);
    const ent_request request = {
        .source = "random", .text = model->data, .len = model->len, .changes = 1, .set = set};
    CHECK(ent_run(ctx, &request, &json, NULL) == ENT_OK);
    if (!json) return;
    CHECK(ent_doc_read(ctx, "result", strlen(json), json, &doc) == ENT_OK);
    const ent_json *solution = doc ? ent_json_get(ent_doc_root(doc), "solution") : NULL;
    ref_outside_solve(g, &proposer, &partner, &ally);
    ent_rat_set_int(&one, 1);
    const bool patient = ent_rat_equal(&g->discount, &one);
    const bool same = is_exactly(solution, "/payoffs/proposer", &proposer) &&
                      is_exactly(solution, "/payoffs/partner", &partner) &&
                      (patient || is_exactly(solution, "/probabilities/ally", &ally));
    if (!same)
        printf("%s\nproposer %.17g partner %.17g ally %.17g\n", model->data,
               ent_rat_double(&proposer), ent_rat_double(&partner), ent_rat_double(&ally));
    CHECK(same);
    ent_rat_release(&proposer);
    ent_rat_release(&partner);
    ent_rat_release(&ally);
    ent_doc_free(doc);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_text model;
    ref_outside_game g = {.fee = ENT_RAT_ZERO, .cost = ENT_RAT_ZERO, .discount = ENT_RAT_ZERO};
    for (int k = 0; k < REF_OUTSIDE_ATOMS; k++) g.value[k] = g.chance[k] = ENT_RAT_ZERO;
    ent_text_init(ctx, &model);
    for (int k = 0; k < 400; k++) {
        random_game(&g);
        compare(&g, &model);
    }
    ent_text_release(&model);
    ent_ctx_free(ctx);
    return check_end();
}
