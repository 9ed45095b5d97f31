/* The checker of the outside family accepts what the solver finds in hundreds of random games, and
 * refuses every result in which one number, word or boolean of the solution was changed.
 *
 * Tags: [FR] Section 2, [FR] Section 3, [FR] eq. (2), [FR] eq. (3), [FR] footnote 8. */
#include "brutal_run.h"
#include "check.h"
#include "sabotage.h"

#include "base/memory.h"

static ent_ctx *ctx;

#define GAME(fee, cost, discount, periods, offers) \
    "{\"entente\": 1, \"family\": \"outside\", \"fee\": " fee ", \"search_cost\": " cost \
    ", \"discount\": " discount ", \"periods\": " periods ", \"offers\": " offers "}"
#define UNIFORM "{\"distribution\": \"uniform\"}"
#define DICE \
    "{\"distribution\": \"discrete\", \"values\": [0, \"3/10\", \"3/5\", \"9/10\"], \"probabilities\": [\"3/10\", \"1/5\", \"3/10\", \"1/5\"]}"
#define BETA "{\"distribution\": \"beta\", \"a\": 2, \"b\": 2}"
#define MIXED \
    "{\"distribution\": \"mixture\", \"weights\": [\"1/4\", \"3/4\"], \"components\": [{\"distribution\": \"empirical\", \"values\": [0, \"3/5\"]}, " UNIFORM \
    "]}"

/* The checker solves institutions over densities, from this case on, at hundreds of costs: their
 * numbers are changed one way only, up and down in turn. */
enum { ONE_WAY = 10 };

static const struct {
    const char *model, *method;
} cases[] = {
    {GAME("\"11/10\"", "\"1/50\"", "\"99/100\"", "2", UNIFORM), "equilibrium"}, /* C */
    {GAME("\"11/10\"", "\"1/20\"", "\"99/100\"", "2", UNIFORM), "equilibrium"}, /* B */
    {GAME("\"11/10\"", "\"3/5\"", "\"99/100\"", "2", UNIFORM), "equilibrium"},  /* A */
    {GAME("1.49", "0.0312", "0.4", "2", UNIFORM), "equilibrium"},               /* D */
    {GAME("\"13/10\"", "\"3/100\"", "0.83", "2", UNIFORM), "equilibrium"}, /* an inner maximum */
    {GAME("\"13/10\"", "\"1/100\"", "\"95/100\"", "3", DICE), "equilibrium"},
    {GAME("\"11/10\"", "0.01", "0.9", "3", MIXED), "equilibrium"},
    {GAME("\"11/10\"", "0.001", "0.99", "3", BETA), "equilibrium"},
    {GAME("\"13/10\"", "\"1/50\"", "\"99/100\"", "2", DICE), "institution"},
    {GAME("\"11/10\"", "\"1/50\"", "\"99/100\"", "2", UNIFORM), "simulate"},
    {GAME("\"11/10\"", "\"1/50\"", "\"9/10\"", "2", UNIFORM), "institution"},
    {GAME("\"13/10\"", "\"1/50\"", "0.7", "2", BETA), "institution"}};

/* Numbers grow or shrink by two millionths; a text that is no numeral gets longer. */
static void moved(const char *json, const ent_json *node, double by, ent_text *out)
{
    ent_rat number = ENT_RAT_ZERO;
    const bool numeral = (node->kind == ENT_JSON_NUMBER || node->kind == ENT_JSON_STRING) &&
                         ent_rat_parse(&number, node->text, node->text_len);
    size_t length = node->kind == ENT_JSON_BOOL ? (node->truth ? 4 : 5) : node->text_len;
    if (node->kind == ENT_JSON_STRING) length += 2;
    ent_text_reset(out);
    ent_text_add(out, json, node->offset);
    if (node->kind == ENT_JSON_BOOL) ent_text_puts(out, node->truth ? "false" : "true");
    else if (!numeral) ent_text_printf(out, "\"%s~\"", node->text);
    else if (node->kind == ENT_JSON_STRING)
        ent_text_printf(out, "\"%.17g\"", ent_rat_double(&number) + by);
    else
        ent_text_printf(out, "%.17g",
                        ent_rat_double(&number) + by * (1.0 + fabs(ent_rat_double(&number))));
    ent_text_puts(out, json + node->offset + length);
    ent_rat_release(&number);
}

/* What the deviations of a simulation drew: nothing else depends on it. Its other numbers are bound
 * together. */
static bool is_free(const ent_json *node)
{
    static const char *const drawn[] = {"tried",    "largest_gain", "period",
                                        "standing", "offer",        "partner_slip"};
    if (!node->key) return false;
    for (size_t k = 0; k < sizeof drawn / sizeof *drawn; k++)
        if (strcmp(drawn[k], node->key) == 0) return true;
    return false;
}

static void try_leaf(const char *json, const ent_json *node, int which, int leaf)
{
    sabotage s = {.ctx = ctx, .name = cases[which].method};
    ent_text text;
    ent_text_init(ctx, &text);
    for (int sign = -1; sign <= 1; sign += 2) {
        if (which >= ONE_WAY && (sign > 0) != (leaf % 2 == 1)) continue;
        moved(json, node, sign * 2e-6, &text);
        sabotage_judge(&s, &text, node, sign > 0 ? "raised" : "lowered");
    }
    ent_text_release(&text);
}

static char *solved(const char *model, const char *method)
{
    static const char *const set[] = {"curve_points=2", "plays=2000", "threads=1"};
    const ent_request request = {.source = method,
                                 .text = model,
                                 .len = strlen(model),
                                 .method = method,
                                 .changes = 3,
                                 .set = set};
    char *json = NULL;
    const ent_status st = ent_run(ctx, &request, &json, NULL);
    if (st != ENT_OK) printf("%s: %s\n%s\n", method, ent_message(ctx), model);
    CHECK(st == ENT_OK);
    return json;
}

static void change_all(int which)
{
    char *json = solved(cases[which].model, cases[which].method);
    ent_doc *doc = NULL;
    int refused = 1;
    if (!json) return;
    CHECK(ent_verify_text(ctx, "as solved", json, strlen(json), &refused, NULL) == ENT_OK &&
          refused == 0);
    CHECK(ent_doc_read(ctx, "as solved", strlen(json), json, &doc) == ENT_OK);
    const ent_json *solution = doc ? ent_json_get(ent_doc_root(doc), "solution") : NULL;
    const ent_json *drawn = ent_json_get(solution, "deviations");
    int leaf = 0;
    for (const ent_json *node = solution; node; node = after(node, solution))
        if (is_leaf(node) && !(drawn && node->parent == drawn && is_free(node)))
            try_leaf(json, node, which, leaf++);
    ent_doc_free(doc);
    ent_free(json);
}

static void failing_memory(int which)
{
    char *json = solved(cases[which].model, cases[which].method);
    brutal_verify(ctx, json, 0);
    ent_free(json);
}

/* A random model; the checker runs inside ent_run, which fails when it refuses. */
static unsigned next_number(unsigned *state) { return *state = *state * 1664525u + 1013904223u; }
static unsigned pick(unsigned *state, unsigned n) { return (next_number(state) >> 8) % n; }

static void write_offers(ent_text *out, unsigned *state)
{
    static const char *const smooth[] = {
        UNIFORM,
        BETA,
        "{\"distribution\": \"beta\", \"a\": 0.5, \"b\": 1.7}",
        "{\"distribution\": \"normal\", \"mean\": 0.5, \"sd\": 0.2}",
        "{\"distribution\": \"normal\", \"mean\": 0.8, \"sd\": 0.05}",
        "{\"distribution\": \"uniform\", \"low\": 0.2, \"high\": 0.7}",
        MIXED};
    if (pick(state, 2)) {
        ent_text_puts(out, smooth[pick(state, 7)]);
        return;
    }
    const unsigned n = 1 + pick(state, 6);
    ent_text_puts(out, "{\"distribution\": \"empirical\", \"values\": [");
    for (unsigned k = 0; k < n; k++)
        ent_text_printf(out, "%s\"%u/12\"", k ? ", " : "", pick(state, 13));
    ent_text_puts(out, "]}");
}

static void random_models(void)
{
    static const char *const fees[] = {"1", "\"11/10\"", "\"13/10\"", "\"3/2\"", "1.7", "2"},
                             *const costs[] = {"0", "0.001", "\"1/50\"", "\"1/32\"", "0.1", "0.6"},
                             *const discounts[] = {"0", "0.5", "0.9", "\"99/100\"", "1"};
    unsigned state = 20261124u;
    ent_text model;
    ent_text_init(ctx, &model);
    for (int k = 0; k < 200; k++) {
        ent_text_reset(&model);
        ent_text_printf(
            &model,
            "{\"entente\": 1, \"family\": \"outside\", \"fee\": %s, \"search_cost\": %s, \"discount\": %s, \"periods\": %u, \"offers\": ",
            fees[pick(&state, 6)], costs[pick(&state, 6)], discounts[pick(&state, 5)],
            1 + pick(&state, 5));
        write_offers(&model, &state);
        ent_text_puts(&model, "}");
        ent_free(solved(model.data, pick(&state, 5) ? "equilibrium" : "simulate"));
    }
    ent_text_release(&model);
}

/* Free search and a discount factor next to 1: what going on gains is flat there, and doubles do
 * not tell where it ends. */
static void nearly_patient(void)
{
    static const char *const models[] = {
        GAME("1.9", "0", "0.999999999999", "2", UNIFORM),
        GAME("1.1", "0", "0.99999999999", "4", UNIFORM),
        GAME("1.9", "0", "0.999999999999", "3", "{\"distribution\": \"beta\", \"a\": 2, \"b\": 3}"),
        GAME("1.5", "0", "0.999999999999", "3",
             "{\"distribution\": \"uniform\", \"low\": 0.2, \"high\": 0.7}")};
    for (size_t k = 0; k < sizeof models / sizeof *models; k++)
        ent_free(solved(models[k], "equilibrium"));
}

/* Fees next to 2: searching is worth so little that doubles cannot compare costs; at 2 it is worth
 * nothing. */
static void costs_too_small(void)
{
    static const char *const near = GAME("1.99999", "0", "0.9", "2", UNIFORM), *const at = GAME(
                                                                                   "2", "0", "0.9",
                                                                                   "2", UNIFORM);
    const ent_request request = {
        .source = "near", .text = near, .len = strlen(near), .method = "institution"};
    char *json = NULL;
    CHECK(ent_run(ctx, &request, &json, NULL) == ENT_E_LIMIT && !json);
    CHECK(strstr(ent_message(ctx), "no search is worth a cost above 5e-11") != NULL);
    ent_free(solved(at, "institution"));
}

int main(void)
{
    ctx = ent_ctx_new();
    for (int k = 0; k < (int)(sizeof cases / sizeof *cases); k++) change_all(k);
    failing_memory(0);
    failing_memory(5);
    failing_memory(9);
    random_models();
    nearly_patient();
    costs_too_small();
    ent_ctx_free(ctx);
    return check_end();
}
