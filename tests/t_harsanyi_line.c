/* [CoCo] Section 7. Roth's game (p = 1/4, payoffs times 4) has a line of equilibria under
 *     constrained threats, all at equal prices: u(y) = ((5 - 2y)/3, (5 + y)/3, (2 + y)/3),  0 <= y
 *     <= 1/4
 * derived by hand in docs/strategic.md 4. The documents are written here from the formulas and
 * given to the independent checker, which accepts every point of the line exactly and none beyond.
 * (1.5334, 1.7333, .7333), found elsewhere from a random start, is y = .1999. */
#include "check.h"

#include "base/memory.h"
#include "base/text.h"
#include "entente/run.h"
#include "exact/rat.h"
#include "io/json.h"

static ent_ctx *ctx;

static const char model[] =
    "{\"entente\": 1, \"family\": \"strategic\", \"players\": [{\"name\": \"A\", \"actions\": [\"B\", \"C\"]}, {\"name\": \"B\", "
    "\"actions\": [\"A\", \"C\"]}, {\"name\": \"C\", \"actions\": [\"A\", \"B\"]}], \"default\": [0, 0, 0], \"outcomes\": ["
    "{\"profile\": [\"B\", \"A\", \"*\"], \"payoff\": [2, 2, 0]}, {\"profile\": [\"C\", \"*\", \"A\"], \"payoff\": [1, 0, 3]}, "
    "{\"profile\": [\"*\", \"C\", \"B\"], \"payoff\": [0, 1, 3]}]}";

/* (a + b y) / c as a member of the document; y in [0]. */
static void put(ent_text *out, const char *key, int a, int b, int c, const ent_rat *y)
{
    ent_status st = ENT_OK;
    ent_rat r = ENT_RAT_ZERO, f = ENT_RAT_ZERO;
    ent_rat_set_ratio(&r, a, c);
    ent_rat_set_ratio(&f, b, c);
    ent_rat_addmul(&r, &f, y);
    char *text = ent_rat_format(ctx, &r, &st);
    if (key) ent_text_printf(out, "\"%s\": ", key);
    ent_text_puts(out, "{\"value\": ");
    ent_text_double(out, ent_rat_double(&r));
    ent_text_printf(out, ", \"exact\": \"%s\"}", text ? text : "");
    ent_free(text);
    ent_rat_release(&r);
    ent_rat_release(&f);
}

/* One place in a text: @key a b c@ becomes (a + b y)/c, with '-' for no key. */
static void fill(ent_text *out, const char *form, const ent_rat *y)
{
    while (*form) {
        const char *at = strchr(form, '@');
        if (!at) at = form + strlen(form);
        ent_text_add(out, form, (size_t)(at - form));
        form = at;
        if (!*form) return;
        char key[16];
        int a = 0, b = 0, c = 1;
        CHECK(sscanf(form, "@%15s %d %d %d@", key, &a, &b, &c) == 4);
        put(out, key[0] == '-' ? NULL : key, a, b, c, y);
        form = strchr(form + 1, '@') + 1;
    }
}

static const char lottery_form[] =
    "[{\"play\": {\"A\": \"B\", \"B\": \"A\", \"C\": \"A\"}, @weight 7 -1 9@}, {\"play\": {\"A\": \"B\", \"B\": \"C\", \"C\": \"B\"}, @weight 1 5 9@}"
    ", {\"play\": {\"A\": \"C\", \"B\": \"A\", \"C\": \"A\"}, @weight 1 -4 9@}]";
static const char lottery_end[] =
    "[{\"play\": {\"A\": \"B\", \"B\": \"A\", \"C\": \"A\"}, @weight 7 -1 9@}, {\"play\": {\"A\": \"B\", \"B\": \"C\", \"C\": \"B\"}, @weight 1 5 9@}]";

static const char alone[] =
    "\"A\": {\"strategy\": [{\"play\": {\"A\": \"B\"}, @weight 1 0 1@}], \"payoffs\": {@A 0 2 1@}, @potential 0 2 3@, \"utilities\": {@A 0 2 1@}, @dividend 0 2 3@, \"weights\": {@A 1 0 1@}},"
    "\"B\": {\"strategy\": [{\"play\": {\"B\": \"A\"}, @weight 1 0 2@}, {\"play\": {\"B\": \"C\"}, @weight 1 0 2@}], \"payoffs\": {@B 0 0 1@}, @potential 0 0 1@, \"utilities\": {@B 0 0 1@}, "
    "@dividend 0 0 1@, \"weights\": {@B 1 0 1@}},"
    "\"C\": {\"strategy\": [{\"play\": {\"C\": \"A\"}, @weight 1 0 2@}, {\"play\": {\"C\": \"B\"}, @weight 1 0 2@}], \"payoffs\": {@C 0 0 1@}, @potential 0 0 1@, \"utilities\": {@C 0 0 1@}, "
    "@dividend 0 0 1@, \"weights\": {@C 1 0 1@}},";
static const char pairs[] =
    "\"A,B\": {\"strategy\": [{\"play\": {\"A\": \"B\", \"B\": \"A\"}, @weight 1 0 1@}], \"payoffs\": {@A 2 0 1@, @B 2 0 1@}, @potential 2 0 3@, \"utilities\": {@A 2 0 1@, @B 2 -2 1@}, "
    "@dividend 2 -2 3@, \"weights\": {@A 1 0 1@, @B 0 0 1@}},"
    "\"A,C\": {\"strategy\": [{\"play\": {\"A\": \"C\", \"C\": \"A\"}, @weight 1 0 1@}], \"payoffs\": {@A 1 0 1@, @C 3 0 1@}, @potential 1 0 3@, \"utilities\": {@A 1 0 1@, @C 1 -2 1@}, "
    "@dividend 1 -2 3@, \"weights\": {@A 1 0 1@, @C 0 0 1@}},"
    "\"B,C\": {\"strategy\": [%s{\"play\": {\"B\": \"C\", \"C\": \"B\"}, @weight 1 -1 1@}], \"payoffs\": {@B 1 1 1@, @C 3 -3 1@}, @potential 1 1 3@, \"utilities\": {@B 1 1 1@, @C 1 1 1@}, "
    "@dividend 1 1 3@, \"weights\": {@B 1 0 1@, @C 0 0 1@}},";

/* What the checker says of the document for y: refusals, or -1 when it is no document at all. */
static int refusals(const char *hash, int num, int den)
{
    const bool end = 4 * num == den, beyond = 4 * num > den;
    const char *lottery = end || beyond ? lottery_end : lottery_form;
    ent_rat y = ENT_RAT_ZERO;
    ent_text form, doc;
    int refused = -1;
    ent_text_init(ctx, &form);
    ent_text_init(ctx, &doc);
    ent_rat_set_ratio(&y, num, den);
    ent_text_printf(
        &form,
        "{\"entente\": 1, \"family\": \"strategic\", \"method\": \"harsanyi\", \"outcome\": \"solved\", \"model\": %s, \"solution\": {\"equilibria\": [{",
        model);
    ent_text_puts(
        &form,
        "\"prices\": {@A 1 0 3@, @B 1 0 3@, @C 1 0 3@}, \"utilities\": {@A 5 -2 3@, @B 5 1 3@, @C 2 1 3@}, \"status\": \"solved\", @joint 4 0 3@, ");
    ent_text_printf(&form, "\"lottery\": %s, \"coalitions\": {%s", lottery, alone);
    ent_text_printf(&form, pairs,
                    num ? "{\"play\": {\"B\": \"A\", \"C\": \"B\"}, @weight 0 1 1@}, " : "");
    ent_text_printf(
        &form,
        "\"A,B,C\": {\"strategy\": %s, \"payoffs\": {@A 5 -2 3@, @B 5 1 3@, @C 2 1 3@}, @potential 8 1 9@, \"utilities\": {@A 5 -2 3@, @B 5 1 3@, @C 2 1 3@}, @dividend -4 4 9@}}}], ",
        lottery);
    ent_text_printf(
        &form,
        "\"coverage\": \"found\", \"starts\": 6}, \"certificate\": {\"model_sha256\": \"%s\", \"scale\": 3, \"equilibria\": [{}]}, \"settings\": {}, \"version\": \"0.1.0\"}",
        hash);
    CHECK(form.status == ENT_OK);
    fill(&doc, form.data, &y);
    if (ent_verify_text(ctx, "line", doc.data, doc.len, &refused, NULL) != ENT_OK) {
        printf("y = %d/%d: %s\n", num, den, ent_message(ctx));
        refused = -1;
    }
    ent_text_release(&form);
    ent_text_release(&doc);
    return refused;
}

int main(void)
{
    ctx = ent_ctx_new();
    const ent_request request = {
        .source = "roth", .text = model, .len = strlen(model), .method = "harsanyi"};
    char *json = NULL;
    ent_doc *doc = NULL;
    ent_outcome outcome = ENT_LIMIT;
    CHECK(ent_run(ctx, &request, &json, &outcome) == ENT_OK && outcome == ENT_SOLVED);
    CHECK(ent_doc_read(ctx, "roth", strlen(json), json, &doc) == ENT_OK);
    const char *hash = ent_json_at(ent_doc_root(doc), "/certificate/model_sha256")->text;
    CHECK(refusals(hash, 0, 1) == 0);
    CHECK(refusals(hash, 1, 7) == 0);
    CHECK(refusals(hash, 1999, 10000) == 0);
    CHECK(refusals(hash, 1, 4) == 0);
    CHECK(refusals(hash, 2501, 10000) > 0); /* the utilities are no mean of plays any more */
    CHECK(refusals(hash, 2, 3) > 0);        /* B no longer has the least in the team of B and C */
    /* both ends are listed by the method itself */
    int first = 0, last = 0;
    for (const ent_json *e = ent_json_at(ent_doc_root(doc), "/solution/equilibria")->first; e;
         e = e->next) {
        const ent_json *exact =
            ent_json_get(ent_json_get(ent_json_get(e, "utilities"), "B"), "exact");
        first += exact && strcmp(exact->text, "5/3") == 0;
        last += exact && strcmp(exact->text, "7/4") == 0;
    }
    CHECK(first == 1 && last == 1);
    ent_doc_free(doc);
    ent_free(json);
    ent_ctx_free(ctx);
    return check_end();
}
