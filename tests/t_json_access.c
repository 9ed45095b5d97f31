/* links: verify. Reading numbers and members out of documents, pointers, changes; every message
 * word by word. */
#include "brutal.h"
#include "check.h"

#include "io/json.h"

#include <locale.h>
#include <stdlib.h>

static const char model[] =
    "{\"name\": \"U.S.\",\n \"players\": [{\"name\": \"A\", \"size\": 1}, {\"name\": \"B/c~\", \"size\": 2.5}],\n"
    " \"table\": [[1, 2], [3, \"4/5\"]], \"weights\": {},\n \"flag\": true, \"none\": null, \"big\": 1e300}";

static ent_doc *read_text(ent_ctx *ctx, const char *text)
{
    ent_doc *doc = NULL;
    if (ent_doc_read(ctx, "m.json", strlen(text), text, &doc) != ENT_OK)
        printf("refused: %s\n", ent_message(ctx));
    return doc;
}

static void pointers(ent_ctx *ctx, const ent_doc *doc)
{
    const ent_json *root = ent_doc_root(doc);
    static const struct {
        const char *pointer, *path; /* path NULL: leads nowhere */
    } cases[] = {{"", "/"},
                 {"/", "/"},
                 {"/name", "/name"},
                 {"name", "/name"},
                 {"/players/0/size", "/players/0/size"},
                 {"/players/A/size", "/players/0/size"},
                 {"/players/B~1c~0/size", "/players/1/size"},
                 {"/table/1/1", "/table/1/1"},
                 {"/players/2", NULL},
                 {"/players/00", NULL},
                 {"/players/-1", NULL},
                 {"/players/99999999999", NULL},
                 {"/players/C/size", NULL},
                 {"/name/x", NULL},
                 {"/nam", NULL},
                 {"/names", NULL},
                 {"/weights/A", NULL}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const ent_json *node = ent_json_at(root, cases[k].pointer);
        if (!cases[k].path) {
            CHECK(!node);
            continue;
        }
        ent_text path;
        ent_text_init(ctx, &path);
        CHECK(node != NULL);
        if (node) ent_json_path(&path, node);
        CHECK_TEXT(path.data, cases[k].path);
        ent_text_release(&path);
    }
    CHECK(!ent_json_get(NULL, "x") && !ent_json_get(ent_json_at(root, "/table"), "x"));
    CHECK_TEXT(ent_doc_name(doc), "m.json");
}

/* Numerals and the double nearest to each, as the compiler reads the same digits. */
static void reals(ent_ctx *ctx)
{
#define SAME(number) \
    { \
#number, number \
    }
    static const struct {
        const char *text;
        double value;
    } cases[] = {SAME(0),
                 SAME(1),
                 SAME(-2.5),
                 SAME(0.1),
                 SAME(2.385),
                 SAME(1e22),
                 SAME(1e23),
                 SAME(123456789012345e22),
                 SAME(999999999999999e-22),
                 SAME(1234567890123456),
                 SAME(9007199254740993.0),
                 SAME(9007199254740993.0000000001),
                 SAME(1.7976931348623157e308),
                 SAME(2.2250738585072014e-308),
                 SAME(4.9406564584124654e-324),
                 {"2e-324", 0.0},
                 {"3e-324", 4.9406564584124654e-324},
                 SAME(8.9884656743115805e307),
                 SAME(0.000000000000000000000000000000000000000000001),
                 SAME(6.02214076e+23),
                 SAME(1e-7),
                 SAME(0.30000000000000004),
                 SAME(179769313486231570e291),
                 {"\"2/5\"", 0.4},
                 {"\"-1/3\"", -1.0 / 3.0},
                 {"\"0.4\"", 0.4},
                 {"\"+.5\"", 0.5},
                 {"\"7\"", 7.0},
                 {"\"1000000000000000000000/3000000000000000000000\"", 1.0 / 3.0}};
#undef SAME
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ent_doc *doc = read_text(ctx, cases[k].text);
        double x = NAN;
        CHECK(doc && ent_json_real(ctx, doc, ent_doc_root(doc), &x) == ENT_OK);
        if (!(x == cases[k].value))
            printf("%s: got %.17g, want %.17g\n", cases[k].text, x, cases[k].value);
        CHECK(x == cases[k].value);
        ent_doc_free(doc);
    }
}

/* Random decimals: the short way and the rational way against strtod, which glibc rounds
 * correctly. */
static void reals_at_random(ent_ctx *ctx)
{
    uint64_t state = 20261124;
    int same = 0;
    enum { N = 20000 };
    for (int k = 0; k < N; k++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        char text[64];
        const long long digits = (long long)((state >> 20) % (k % 2 ? 1000000000000000u : 100000u));
        snprintf(text, sizeof text, "%s%lld.%llde%d", k % 3 ? "" : "-", digits,
                 (long long)(state >> 54), (int)(state >> 12 & 63) - 32);
        ent_doc *doc = read_text(ctx, text);
        double x = NAN;
        same += doc && ent_json_real(ctx, doc, ent_doc_root(doc), &x) == ENT_OK &&
                x == strtod(text, NULL);
        ent_doc_free(doc);
    }
    CHECK(same == N);
}

typedef enum wish { RAT, REAL, INT, BOOL, TEXT, MEMBER } wish;

static ent_status ask(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, wish wanted)
{
    ent_status st = ENT_OK;
    ent_rat exact = ENT_RAT_ZERO;
    double real = 0.0;
    int64_t whole = 0;
    bool truth = false;
    const ent_json *member = NULL;
    switch (wanted) {
    case RAT: st = ent_json_rat(ctx, doc, node, &exact); break;
    case REAL: st = ent_json_real(ctx, doc, node, &real); break;
    case INT: st = ent_json_int(ctx, doc, node, -3, 12, &whole); break;
    case BOOL: st = ent_json_bool(ctx, doc, node, &truth); break;
    case TEXT: st = ent_json_expect(ctx, doc, node, ENT_JSON_STRING); break;
    case MEMBER: st = ent_json_member(ctx, doc, node, "size", &member); break;
    }
    ent_rat_release(&exact);
    return st;
}

static void refusals(ent_ctx *ctx, const ent_doc *doc)
{
    static const struct {
        const char *pointer;
        wish wanted;
        const char *message;
    } cases[] = {
        {"/name", RAT,
         "m.json:1:10: /name: wanted a number, or a text such as \"2/5\", found the text \"U.S.\""},
        {"/name", REAL,
         "m.json:1:10: /name: wanted a number, or a text such as \"2/5\", found the text \"U.S.\""},
        {"/players", REAL, "m.json:2:13: /players: wanted a number, found a list"},
        {"/none", RAT, "m.json:4:24: /none: wanted a number, found null"},
        {"/flag", REAL, "m.json:4:10: /flag: wanted a number, found true"},
        {"/players/1/size", INT, "m.json:2:65: /players/1/size: wanted a whole number, found 2.5"},
        {"/table/1/1", INT,
         "m.json:3:24: /table/1/1: wanted a whole number, found the text \"4/5\""},
        {"/big", INT, "m.json:4:37: /big: wanted a whole number from -3 to 12, found 1e300"},
        {"/big", BOOL, "m.json:4:37: /big: wanted true or false, found 1e300"},
        {"/weights", TEXT, "m.json:3:44: /weights: wanted a text, found an object"},
        {"/", TEXT, "m.json:1:1: /: wanted a text, found an object"},
        {"/weights", MEMBER, "m.json:3:44: /weights: the member \"size\" is missing"},
        {"/big", MEMBER, "m.json:4:37: /big: wanted an object, found 1e300"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const ent_json *node = ent_json_at(ent_doc_root(doc), cases[k].pointer);
        CHECK(ask(ctx, doc, node, cases[k].wanted) == ENT_E_MODEL);
        CHECK_TEXT(ent_message(ctx), cases[k].message);
    }
}

/* Numbers that are well formed but too long or too large. */
static void large_numbers(ent_ctx *ctx)
{
    ent_doc *doc = read_text(ctx, "[1e400, 1e401, 1e-400, 1e-401, 2e308]");
    const ent_json *list = ent_doc_root(doc);
    double x = 0.0;
    CHECK(ask(ctx, doc, ent_json_at(list, "0"), RAT) == ENT_OK);
    CHECK(ask(ctx, doc, ent_json_at(list, "0"), REAL) == ENT_E_MODEL);
    CHECK_TEXT(ent_message(ctx),
               "m.json:1:2: /0: wanted a number below 1.8e308 in size, found 1e400");
    CHECK(ask(ctx, doc, ent_json_at(list, "1"), RAT) == ENT_E_MODEL);
    CHECK_TEXT(
        ent_message(ctx),
        "m.json:1:9: /1: wanted a number of at most 400 digits and an exponent of at most 400, found 1e401");
    CHECK(ent_json_real(ctx, doc, ent_json_at(list, "2"), &x) == ENT_OK && x == 0.0);
    CHECK(ask(ctx, doc, ent_json_at(list, "3"), REAL) == ENT_E_MODEL);
    CHECK(ask(ctx, doc, ent_json_at(list, "4"), REAL) == ENT_E_MODEL);
    ent_doc_free(doc);
}

static void whole_numbers(ent_ctx *ctx)
{
    ent_doc *doc =
        read_text(ctx, "[12, -3, 1.20e1, 0.0, 13, -4, 9223372036854775807, 9223372036854775808]");
    const ent_json *m = ent_doc_root(doc)->first;
    static const int64_t want[] = {12, -3, 12, 0};
    for (int k = 0; k < 4; k++, m = m->next) {
        int64_t got = -99;
        CHECK(ent_json_int(ctx, doc, m, -3, 12, &got) == ENT_OK && got == want[k]);
    }
    int64_t kept = -99;
    for (; m; m = m->next) CHECK(ent_json_int(ctx, doc, m, -3, 12, &kept) == ENT_E_MODEL);
    CHECK(kept == -99);
    CHECK(ent_json_int(ctx, doc, ent_json_at(ent_doc_root(doc), "6"), 0, INT64_MAX, &kept) ==
              ENT_OK &&
          kept == INT64_MAX);
    CHECK(ent_json_int(ctx, doc, ent_json_at(ent_doc_root(doc), "7"), 0, INT64_MAX, &kept) ==
          ENT_E_MODEL);
    CHECK(ent_json_int(ctx, doc, ent_json_at(ent_doc_root(doc), "0"), 1, 1, &kept) == ENT_E_MODEL);
    CHECK_TEXT(ent_message(ctx), "m.json:1:2: /0: wanted 1, found 12");
    ent_doc_free(doc);
}

static void known_members(ent_ctx *ctx)
{
    static const char *const keys[] = {"name", "players", "discount", "renegotiation", NULL};
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"name\": 1, \"players\": 2}", NULL},
        {"{}", NULL},
        {"{\"// discont\": 1}", NULL},
        {"{\"discont\": 1}",
         "m.json:1:2: /discont: unknown member \"discont\"; did you mean \"discount\"?"},
        {"{\"name\": 1,\n \"renego\": 1}",
         "m.json:2:2: /renego: unknown member \"renego\"; did you mean \"renegotiation\"?"},
        {"{\"x\": 1}",
         "m.json:1:2: /x: unknown member \"x\"; known here: name, players, discount, renegotiation"},
        {"{\"a\\nb/\": 1}",
         "m.json:1:2: /a\nb~1: unknown member \"a?b/\"; known here: name, players, discount, renegotiation"},
        {"[1]", "m.json:1:1: /: wanted an object, found a list"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ent_doc *doc = read_text(ctx, cases[k].text);
        const ent_status st = ent_json_known(ctx, doc, ent_doc_root(doc), keys);
        CHECK(st == (cases[k].message ? ENT_E_MODEL : ENT_OK));
        if (cases[k].message) CHECK_TEXT(ent_message(ctx), cases[k].message);
        ent_doc_free(doc);
    }
}

static void changes(ent_ctx *ctx)
{
    static const struct {
        const char *text, *pointer, *value, *answer;
        ent_status status;
    } cases[] = {
        {"{\"a\": 1, \"b\": 2}", "a", "3", "{\"a\":3,\"b\":2}", ENT_OK},
        {"{\"a\": 1, \"b\": 2}", "a", "1/2", "{\"a\":\"1/2\",\"b\":2}", ENT_OK},
        {"{\"a\": 1, \"b\": 2}", "/b", "[1, {\"c\": \"}\"}]", "{\"a\":1,\"b\":[1,{\"c\":\"}\"}]}",
         ENT_OK},
        {"{\"a\": {\"x\": \"]}\\\"\"}, \"b\": 2}", "a", "equal", "{\"a\":\"equal\",\"b\":2}",
         ENT_OK},
        {"{\"a\": {\"x\": \"]}\\\"\"}, \"b\": 2}", "a/x", "\"q\\\"\"",
         "{\"a\":{\"x\":\"q\\\"\"},\"b\":2}", ENT_OK},
        {"{\"p\": [{\"name\": \"U.S.\", \"size\": 1}]}", "p/U.S./size", "7",
         "{\"p\":[{\"name\":\"U.S.\",\"size\":7}]}", ENT_OK},
        {"{\"p\": [{\"name\": \"A\", \"size\": 1}]}", "p.A.size", "7",
         "{\"p\":[{\"name\":\"A\",\"size\":7}]}", ENT_OK},
        {"{\"p\": [[1, 2], [3, 4]]}", "p/1/0", "-5e1", "{\"p\":[[1,2],[-5e1,4]]}", ENT_OK},
        {"{}", "new", "true", "{\"new\":true}", ENT_OK},
        {"{\"a\": 1 }", "new", "null", "{\"a\":1,\"new\":null}", ENT_OK},
        {"{\"a\": {\"// only\": 1}}", "a/b", "1", "{\"a\":{\"b\":1}}", ENT_OK},
        {"{\"a\": {}}", "a/x~1y~0", "1", "{\"a\":{\"x/y~\":1}}", ENT_OK},
        {"{\"a\": 1, \"b\": 2}", "", "1",
         "a change wants a place such as discount or players/A/size", ENT_E_ARG},
        {"{\"discount\": 1}", "discont/x", "1",
         "m.json: no place is called discont/x: nothing is called \"discont\" there; did you mean \"discount\"?",
         ENT_E_UNKNOWN},
        {"{\"p\": [{\"name\": \"Alpha\"}]}", "p/Alpa/size", "1",
         "m.json: no place is called p/Alpa/size: nothing is called \"Alpa\" there; did you mean \"Alpha\"?",
         ENT_E_UNKNOWN},
        {"{\"p\": [1]}", "p/1", "1",
         "m.json: no place is called p/1: nothing is called \"1\" there", ENT_E_UNKNOWN},
        {"{\"a\": 1}", "a/b", "1", "m.json: no place is called a/b: nothing is called \"b\" there",
         ENT_E_UNKNOWN},
        {"{\"a\": 1}", "a", "[1", "a:1:3: wanted ',' or ']', found the end of the document",
         ENT_E_PARSE},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        ent_doc *doc = read_text(ctx, cases[k].text), *changed = NULL;
        ent_text out;
        ent_text_init(ctx, &out);
        CHECK(ent_doc_override(ctx, doc, cases[k].pointer, cases[k].value, &changed) ==
              cases[k].status);
        if (changed) ent_json_write(&out, ent_doc_root(changed), false);
        CHECK_TEXT(changed ? out.data : ent_message(ctx), cases[k].answer);
        ent_text_release(&out);
        ent_doc_free(changed);
        ent_doc_free(doc);
    }
}

/* A change does not move what stands on other lines. */
static void positions_after_change(ent_ctx *ctx, const ent_doc *doc)
{
    ent_doc *changed = NULL;
    CHECK(ent_doc_override(ctx, doc, "players/A/size", "\"a long text instead\"", &changed) ==
          ENT_OK);
    CHECK(ask(ctx, changed, ent_json_at(ent_doc_root(changed), "/flag"), REAL) == ENT_E_MODEL);
    CHECK_TEXT(ent_message(ctx), "m.json:4:10: /flag: wanted a number, found true");
    ent_doc_free(changed);
}

/* Every allocation of a change and of a message fails in turn. */
static void no_memory(ent_ctx *ctx, const ent_doc *doc)
{
    static const char *const keys[] = {"players", NULL};
    const ent_json *root = ent_doc_root(doc);
    brutal change = {.ctx = ctx}, message = {.ctx = ctx};
    while (brutal_goes_on(&change)) {
        ent_doc *changed = NULL;
        brutal_on(&change);
        const ent_status st = ent_doc_override(ctx, doc, "weights/A", "1/2", &changed);
        brutal_off(&change, st);
        CHECK((st == ENT_OK) == (changed != NULL));
        ent_doc_free(changed);
    }
    brutal_end(&change, 5);
    while (brutal_goes_on(&message)) {
        brutal_on(&message);
        const ent_status refused = ent_json_known(ctx, doc, root, keys);
        brutal_off(&message, refused);
    }
    CHECK(message.st == ENT_E_MODEL && message.failures > 0);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is installed, nothing may change */
    ent_doc *doc = read_text(ctx, model);
    pointers(ctx, doc);
    reals(ctx);
    setlocale(LC_ALL, "C"); /* strtod is the reference below */
    reals_at_random(ctx);
    refusals(ctx, doc);
    large_numbers(ctx);
    whole_numbers(ctx);
    known_members(ctx);
    changes(ctx);
    positions_after_change(ctx, doc);
    no_memory(ctx, doc);
    ent_doc_free(doc);
    ent_ctx_free(ctx);
    return check_end();
}
