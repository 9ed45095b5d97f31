/* The checker of the relational family is sabotaged: every number, text, boolean and member of a
 * result is changed in turn, and every change must be refused; a thousand random models are solved,
 * and every result must be accepted. */
#include "entente/entente.h"
#include "io/json.h"
#include "io/write.h"

#include "ref/ref_relational_document.h"

#include "check.h"

#include <stdlib.h>

typedef enum change { CHANGE_VALUE, REMOVE_MEMBER, ADD_MEMBER } change;

/* How numbers are changed: relative to themselves or to the payoffs, whichever is larger. */
static const double nudge = 1e-6;

typedef struct sabotage {
    ent_ctx *ctx;
    const ent_json *target;
    change how;
    double scale;
    int refused, accepted;
} sabotage;

static void write_text(ent_text *out, const char *text)
{
    ent_text_putc(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') ent_text_putc(out, '\\');
        ent_text_putc(out, *text);
    }
    ent_text_putc(out, '"');
}

/* A changed text: another number when it is a numeral, else a longer word. */
static void write_changed_text(const sabotage *s, const char *text, ent_text *out)
{
    ent_rat number = ENT_RAT_ZERO, factor = ENT_RAT_ZERO;
    ent_status st = ENT_OK;
    if (!ent_rat_parse(&number, text, strlen(text))) {
        ent_text_putc(out, '"');
        ent_text_puts(out, text);
        ent_text_puts(out, "~\"");
        return;
    }
    ent_rat_set_ratio(&factor, 1000001, 1000000);
    if (ent_rat_sign(&number)) ent_rat_mul(&number, &number, &factor);
    else ent_rat_set_ratio(&number, 1, 1000000);
    char *changed = ent_rat_format(s->ctx, &number, &st);
    if (changed) ent_text_printf(out, "\"%s\"", changed);
    ent_free(changed);
    ent_rat_release(&number);
    ent_rat_release(&factor);
}

static void write_changed(const sabotage *s, const ent_json *node, ent_text *out)
{
    const double x = node->kind == ENT_JSON_NUMBER ? strtod(node->text, NULL) : 0.0;
    switch (node->kind) {
    case ENT_JSON_NUMBER:
        if (!strpbrk(node->text, ".eE"))
            ent_text_printf(out, "%s1", node->text); /* an integer, or a real that looks like one */
        else ent_text_double(out, x + nudge * fmax(fabs(x), s->scale));
        break;
    case ENT_JSON_STRING: write_changed_text(s, node->text, out); break;
    case ENT_JSON_BOOL: ent_text_puts(out, node->truth ? "false" : "true"); break;
    case ENT_JSON_NULL: ent_text_puts(out, "0.5"); break;
    case ENT_JSON_ARRAY:
    case ENT_JSON_OBJECT: ent_text_puts(out, "7"); break;
    }
}

/* The document again, with one thing changed. The depth is that of result documents. */
static void write_node(const sabotage *s, const ent_json *node, ent_text *out)
{
    const bool object = node->kind == ENT_JSON_OBJECT;
    if (node == s->target && s->how == CHANGE_VALUE) {
        write_changed(s, node, out);
        return;
    }
    switch (node->kind) {
    case ENT_JSON_NULL: ent_text_puts(out, "null"); return;
    case ENT_JSON_BOOL: ent_text_puts(out, node->truth ? "true" : "false"); return;
    case ENT_JSON_NUMBER: ent_text_puts(out, node->text); return;
    case ENT_JSON_STRING: write_text(out, node->text); return;
    case ENT_JSON_ARRAY:
    case ENT_JSON_OBJECT: break;
    }
    bool first = true;
    ent_text_putc(out, object ? '{' : '[');
    for (const ent_json *at = node->first; at; at = at->next) {
        if (at == s->target && s->how == REMOVE_MEMBER) continue;
        if (!first) ent_text_putc(out, ',');
        first = false;
        if (object) {
            write_text(out, at->key);
            ent_text_putc(out, ':');
        }
        write_node(s, at, out);
    }
    if (node == s->target && s->how == ADD_MEMBER)
        ent_text_puts(out, first ? (object ? "\"x\":1" : "1") : object ? ",\"x\":1" : ",1");
    ent_text_putc(out, object ? '}' : ']');
}

/* Change one thing and ask the checker. */
static void strike(sabotage *s, const ent_json *root, const ent_json *target, change how)
{
    ent_text text, path;
    int refused = 0;
    ent_text_init(s->ctx, &text);
    ent_text_init(s->ctx, &path);
    s->target = target;
    s->how = how;
    write_node(s, root, &text);
    const ent_status st = text.status != ENT_OK ? text.status
                                                : ent_verify_text(s->ctx, "sabotaged", text.data,
                                                                  text.len, &refused, NULL);
    const bool caught = st == ENT_E_MODEL || st == ENT_E_UNKNOWN || st == ENT_E_PARSE ||
                        (st == ENT_OK && refused > 0);
    if (caught) s->refused++;
    else {
        s->accepted++;
        ent_json_path(&path, target);
        if (s->accepted < 8)
            printf("accepted: change %d of %s (%s)\n", (int)how, path.data,
                   target->text ? target->text : "");
    }
    ent_text_release(&text);
    ent_text_release(&path);
}

/* Everything below a node, each in turn. */
static void strike_all(sabotage *s, const ent_json *root, const ent_json *node)
{
    for (const ent_json *at = node->first; at; at = at->next) {
        strike(s, root, at, CHANGE_VALUE);
        if (node->kind == ENT_JSON_OBJECT || !at->next) strike(s, root, at, REMOVE_MEMBER);
        if (at->kind == ENT_JSON_OBJECT || at->kind == ENT_JSON_ARRAY) {
            strike(s, root, at, ADD_MEMBER);
            strike_all(s, root, at);
        }
    }
}

static char *solve(ent_ctx *ctx, const char *text, const char *method, size_t changes,
                   const char *const *set)
{
    char *reply = NULL;
    const ent_request request = {.source = "model",
                                 .text = text,
                                 .len = strlen(text),
                                 .method = method,
                                 .changes = changes,
                                 .set = set};
    const ent_status st = ent_run(ctx, &request, &reply, NULL);
    if (st != ENT_OK) printf("%s: %s\n%s\n", method, ent_message(ctx), text);
    CHECK(st == ENT_OK);
    return reply;
}

static void accepted_as_it_is(ent_ctx *ctx, const char *result)
{
    int refused = -1;
    char *report = NULL;
    CHECK(ent_verify_text(ctx, "result", result, strlen(result), &refused, &report) == ENT_OK);
    CHECK(refused == 0);
    if (refused > 0) printf("%s", report);
    ent_free(report);
}

/* Members without which a document says just as much. */
static void sabotage_result(ent_ctx *ctx, const char *result)
{
    sabotage s = {.ctx = ctx, .scale = 1.0};
    ent_doc *doc = NULL;
    CHECK(ent_doc_read(ctx, "result", strlen(result), result, &doc) == ENT_OK);
    if (!doc) return;
    const ent_json *root = ent_doc_root(doc), *certificate = ent_json_get(root, "certificate");
    s.scale = strtod(ent_json_get(certificate, "scale")->text, NULL);
    strike_all(&s, root, ent_json_get(root, "solution"));
    strike_all(&s, root, certificate);
    CHECK(s.accepted == 0);
    CHECK(s.refused > 20);
    ent_doc_free(doc);
}

#define TERMS(coalition, discount) ",\"coalition\":" coalition ",\"discount\":" discount "}"
#define HEAD "{\"entente\":1,\"family\":\"relational\","
#define AB \
    "\"players\":[{\"name\":\"A\",\"actions\":[\"a0\",\"a1\"]},{\"name\":\"B\",\"actions\":[\"b0\",\"b1\"]}]"
#define ABC \
    "\"players\":[{\"name\":\"A\",\"actions\":2},{\"name\":\"B\",\"actions\":2},{\"name\":\"C\",\"actions\":2}]"

static const char dilemma[] =
    HEAD AB ",\"payoffs\":[[2,2],[-1,3],[3,-1],[0,0]]" TERMS("[\"A\",\"B\"]", "\"1/2\"");
static const char three[] = HEAD ABC
    ",\"payoffs\":[[2.1,2,1.3],[-1,3.2,0],[3,-1,4],[0.7,0,2],[1,1.9,1],[4,0.3,2],[0,2,2],[1,3,0.6]]" TERMS(
        "[\"A\",\"B\"]", "0.8");
static const char ties[] =
    HEAD ABC ",\"payoffs\":[[2,2,1],[1,1,3],[1,1,1],[2,2,5],[0,0,2],[2,2,0],[1,0,1],[0,1,2]]" TERMS(
        "[\"A\",\"B\"]", "\"3/4\"");
static const char pennies[] =
    HEAD AB ",\"payoffs\":[[1,-1],[-1,1],[-1,1],[1,-1]]" TERMS("[\"A\",\"B\"]", "0.6");
static const char parts[] =
    HEAD ABC ",\"separable\":{\"A\":{\"A\":[-1,0],\"B\":[3,0],\"C\":[\"3/"
             "2\",0]},\"B\":{\"A\":[3,0.5],\"B\":[-1.2,0],\"C\":[2,0]},"
             "\"C\":{\"A\":[1,0],\"B\":[1,0],\"C\":[-0.7,0]}}" TERMS("[\"A\",\"B\"]", "0.6");
static const char nations[] =
    HEAD "\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":1,\"cost\":1},{"
         "\"name\":\"B\",\"size\":2,\"cost\":\"1/2\"},"
         "{\"name\":\"C\",\"size\":0.7,\"cost\":3}]" TERMS("[\"A\",\"B\"]", "0.3");

static void sabotage_everything(ent_ctx *ctx)
{
    static const struct {
        const char *model, *method, *set[3];
    } runs[] = {
        {dilemma, "contractual", {NULL}},
        {three, "contractual", {"renegotiation=1/3"}},
        {ties, "contractual", {NULL}},
        {three, "contractual", {"coalition=[\"C\"]", "renegotiation=1/2"}},
        {pennies, "contractual", {NULL}},
        {parts, "contractual", {NULL}},
        {nations, "contractual", {"renegotiation=2/3"}},
        {nations, "contractual", {"discount=0"}},
        {nations, "contractual", {"coalition=[\"B\"]", "renegotiation=0.5", "discount=0.9"}},
        {three, "subgame-perfect", {NULL}},
        {pennies, "subgame-perfect", {NULL}},
        {nations, "subgame-perfect", {NULL}},
        {three, "accession", {NULL}},
        {nations, "accession", {"coalition=[\"A\"]"}},
        {pennies, "accession", {NULL}},
        {three, "simulate", {"histories=2", "periods=5", "renegotiation=1/2"}},
        {nations, "simulate", {"histories=2", "periods=3", "trembles=0.9"}},
    };
    for (size_t k = 0; k < sizeof runs / sizeof *runs; k++) {
        size_t changes = 0;
        while (changes < 3 && runs[k].set[changes]) changes++;
        char *result = solve(ctx, runs[k].model, runs[k].method, changes, runs[k].set);
        if (!result) continue;
        accepted_as_it_is(ctx, result);
        sabotage_result(ctx, result);
        ent_free(result);
    }
}

/* Other actions in place of those played: every play of this game has its own payoffs, so no other
 * is as good. (In the benchmark the punished player's own action does not matter.) */
static void swapped_actions(ent_ctx *ctx)
{
    static const char *const methods[] = {"contractual", "simulate"}, *const set[] = {
                                                                          "periods=2",
                                                                          "histories=1",
                                                                          "renegotiation=1/2"};
    static const char *const action[] = {"\"a0\"", "\"a1\"", "\"b0\"", "\"b1\""};
    static const char generic[] = HEAD AB
        ",\"payoffs\":[[2.01,2.17],[-1.13,3.29],[3.31,-1.07],[0.03,0.11]]" TERMS("[\"A\",\"B\"]",
                                                                                 "0.7");
    int swaps = 0;
    for (int k = 0; k < 2; k++) {
        char *result = solve(ctx, generic, methods[k], 3, set);
        char *solution = result ? strstr(result, "\"solution\"") : NULL;
        for (int a = 0; a < 4; a++)
            for (char *at = solution; at && (at = strstr(at, action[a])); at++) {
                int refused = 0;
                at[2] = at[2] == '0' ? '1' : '0';
                CHECK(ent_verify_text(ctx, "swapped", result, strlen(result), &refused, NULL) ==
                          ENT_OK &&
                      refused > 0);
                at[2] = at[2] == '0' ? '1' : '0';
                swaps++;
            }
        ent_free(result);
    }
    CHECK(swaps > 20);
}

/* Hundreds of thousands of ties on the path: what they mean for outsiders is found without visiting
 * them. */
static void many_ties(ent_ctx *ctx)
{
    enum { PLAYERS = 8, ACTIONS = 5 };
    ent_text text;
    ent_text_init(ctx, &text);
    ent_text_puts(&text, HEAD "\"players\":[");
    for (int i = 0; i < PLAYERS; i++)
        ent_text_printf(&text, "%s{\"name\":\"%c\",\"actions\":%d}", i ? "," : "", 'A' + i,
                        ACTIONS);
    ent_text_puts(&text, "],\"separable\":{");
    for (int i = 0; i < PLAYERS; i++) {
        ent_text_printf(&text, "%s\"%c\":{", i ? "," : "", 'A' + i);
        for (int j = 0; i == 2 && j < PLAYERS; j++)
            if (j != i)
                ent_text_printf(&text, "%s\"%c\":[0,%d,%d,%d,%d]", j ? "," : "", 'A' + j, j + 1,
                                2 * j + 2, 3 * j + 3, 4 * j + 4);
        ent_text_putc(&text, '}');
    }
    ent_text_puts(&text, "}" TERMS("[\"A\",\"B\"]", "0.5"));
    char *result = solve(ctx, text.data, "contractual", 0, NULL);
    /* C gets 4 (1 + 2 + 4 + ... + 8) = 132 at most, 0 at least, whatever the others, who do not
     * care, choose. */
    CHECK(result && strstr(result, "\"tie_spread\": {\"value\": 132, \"exact\": \"132\"}"));
    ent_free(result);
    ent_text_release(&text);
}

/* A thousand random models: what the solver says and what the checker says, two programs that share
 * no line. */
static void random_models_are_accepted(ent_ctx *ctx)
{
    static const char *const methods[] = {"contractual", "contractual", "subgame-perfect",
                                          "accession", "simulate"};
    ent_text text;
    ent_text_init(ctx, &text);
    for (int k = 0; k < 1000; k++) {
        ent_rng rng = ent_rng_stream(20261124, (uint64_t)k, 3);
        const ref_relational_kind kind = (ref_relational_kind)(k % 3);
        const char *const literal = "literal_ties=1";
        ent_text_reset(&text);
        ref_relational_document(&rng, kind, &text);
        char *result =
            solve(ctx, text.data, methods[k / 3 % 5], kind == REF_FINITE && k % 5 == 0, &literal);
        if (result && k % 10 == 0) accepted_as_it_is(ctx, result);
        ent_free(result);
    }
    ent_text_release(&text);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) return 1;
    sabotage_everything(ctx);
    many_ties(ctx);
    swapped_actions(ctx);
    random_models_are_accepted(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
