/* links: verify. The reader of JSON documents: grammar, limits, messages word by word, and every
 * allocation failing. */
#include "brutal.h"
#include "check.h"

#include "io/json.h"

#include <stdlib.h>

typedef struct text_case {
    const char *text, *answer; /* the compact text of the document, or the message of its refusal */
} text_case;

static const text_case accepted[] = {
    {"null", "null"},
    {" [ ] ", "[]"},
    {"\t{\r\n}\n", "{}"},
    {"\xef\xbb\xbf[true]", "[true]"},
    {"[true,false,null]", "[true,false,null]"},
    {"-0", "-0"},
    {"[0,-1,10,0.5,1e5,1E+05,-2.50e-3]", "[0,-1,10,0.5,1e5,1E+05,-2.50e-3]"},
    {"123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"},
    {"\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "\"a\\\"b\\\\c/d\\b\\f\\n\\r\\t\""},
    {"\"\\u0041\\u00e9\\u20AC\\ud83D\\uDE00\\u001f\"",
     "\"A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\\u001f\""},
    {"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\"",
     "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\""},
    {"{\"a\":{\"b\":[1,{\"c\":[]}]},\"d\":\"\"}", "{\"a\":{\"b\":[1,{\"c\":[]}]},\"d\":\"\"}"},
    {"{\"//\":\"first\",\"a\":1,\"//\":{\"x\":[1,2]},\"// why\":null}", "{\"a\":1}"},
    {"{\"//\":{\"//\":1,\"//\":2}}", "{}"},
    {"[{\"/\":1}]", "[{\"/\":1}]"},
    {"{\"\":1,\" \":2}", "{\"\":1,\" \":2}"},
};

static const text_case refused[] = {
    {"", "t:1:1: wanted a value, found the end of the document"},
    {"   \n ", "t:2:2: wanted a value, found the end of the document"},
    {"\xef\xbb\xbf]", "t:1:1: wanted a value, found ']'"},
    {"[1,2,]", "t:1:6: wanted a value, found ']'"},
    {"[1,,2]", "t:1:4: wanted a value, found ','"},
    {"[1 2]", "t:1:4: wanted ',' or ']', found 2"},
    {"[1", "t:1:3: wanted ',' or ']', found the end of the document"},
    {"[1}", "t:1:3: wanted ',' or ']', found '}'"},
    {"{\"a\":1]", "t:1:7: wanted ',' or '}', found ']'"},
    {"{\"a\":1,}", "t:1:8: wanted a key in double quotes, found '}'"},
    {"{\"a\" 1}", "t:1:6: wanted ':' after the key, found 1"},
    {"{\"a\":}", "t:1:6: wanted a value, found '}'"},
    {"{a:1}", "t:1:2: wanted a key in double quotes, found a; texts stand in double quotes"},
    {"{1:1}", "t:1:2: wanted a key in double quotes, found 1"},
    {"1 2", "t:1:3: wanted nothing after the document, found 2"},
    {"{}}", "t:1:3: wanted nothing after the document, found '}'"},
    {"tru", "t:1:1: wanted a value, found tru; texts stand in double quotes"},
    {"nulls", "t:1:1: wanted a value, found nulls; texts stand in double quotes"},
    {"True", "t:1:1: wanted a value, found True; JSON writes true"},
    {"[None]", "t:1:2: wanted a value, found None; JSON writes null"},
    {"[NaN]", "t:1:2: wanted a value, found NaN; every number must be finite"},
    {"[\n  Infinity]", "t:2:3: wanted a value, found Infinity; every number must be finite"},
    {"[-Infinity]", "t:1:2: wanted a value, found -Infinity; every number must be finite"},
    {"[1/2]", "t:1:2: a fraction stands in quotes: \"1/2\""},
    {"[1 /2]",
     "t:1:4: wanted ',' or ']', found '/'; a comment is a member whose key begins with \"//\""},
    {"[01]", "t:1:2: a number has no leading zeros"},
    {"[-]", "t:1:2: wanted a value, found -"},
    {"[1.]", "t:1:3: wanted a digit after the decimal point"},
    {"[1e]", "t:1:3: wanted a digit in the exponent"},
    {"[1.5e+]", "t:1:5: wanted a digit in the exponent"},
    {"[.5]", "t:1:2: wanted a value, found .5; a number begins with a digit"},
    {"[+1]", "t:1:2: wanted a value, found +1; a number has no plus sign in front"},
    {"[1x]", "t:1:3: wanted ',' or ']', found x; texts stand in double quotes"},
    {"['x']", "t:1:2: wanted a value, found '''; texts stand in double quotes"},
    {"# note\n1",
     "t:1:1: wanted a value, found '#'; a comment is a member whose key begins with \"//\""},
    {"[\xff]", "t:1:2: wanted a value, found the byte 0xff"},
    {"[\x01]", "t:1:2: wanted a value, found the byte 0x01"},
    {"\"abc", "t:1:1: the text that begins here has no closing quote"},
    {"\"abc\\", "t:1:1: the text that begins here has no closing quote"},
    {"\"abc\\\"", "t:1:1: the text that begins here has no closing quote"},
    {"\"abc\ndef\"", "t:1:5: wanted the closing quote of a text, found the end of the line"},
    {"\"a\tb\"", "t:1:3: the control character 0x09 must be written as an escape in a text"},
    {"\"\\x41\"", "t:1:2: \\x is no escape of JSON; a backslash is written \\\\"},
    {"\"\\\xc3\xa9\"", "t:1:2: \\? is no escape of JSON; a backslash is written \\\\"},
    {"\"\\u12g4\"", "t:1:2: wanted four hexadecimal digits after \\u"},
    {"\"\\u12\"", "t:1:2: wanted four hexadecimal digits after \\u"},
    {"\"\\u0000\"", "t:1:2: the character U+0000 is not accepted in texts"},
    {"\"\\ud83d\"", "t:1:2: \\ud83d is half a surrogate pair, and the other half is missing"},
    {"\"\\ud83d\\u0041\"",
     "t:1:2: \\ud83d is half a surrogate pair, and the other half is missing"},
    {"\"\\ude00\"", "t:1:2: \\ude00 is half a surrogate pair, and the other half is missing"},
    {"\"\xc3\xa9\xc3\"", "t:1:3: the byte 0xc3 is not UTF-8 here"},
    {"\"\x80\"", "t:1:2: the byte 0x80 is not UTF-8 here"},
    {"\"\xc0\xaf\"", "t:1:2: the byte 0xc0 is not UTF-8 here"},
    {"\"\xe0\x80\xaf\"", "t:1:2: the byte 0xe0 is not UTF-8 here"},
    {"\"\xed\xa0\x80\"", "t:1:2: the byte 0xed is not UTF-8 here"},
    {"\"\xf0\x80\x80\x80\"", "t:1:2: the byte 0xf0 is not UTF-8 here"},
    {"\"\xf4\x90\x80\x80\"", "t:1:2: the byte 0xf4 is not UTF-8 here"},
    {"\"\xf5\x80\x80\x80\"", "t:1:2: the byte 0xf5 is not UTF-8 here"},
    {"{\"a\":1,\n \"a\":2}", "t:2:2: the key \"a\" stands twice in this object"},
    {"{\"a\":1,\"b\":{\"c\":0,\"c\":0}}", "t:1:19: the key \"c\" stands twice in this object"},
    {"{\"\\u0061\":1,\"a\":2}", "t:1:13: the key \"a\" stands twice in this object"},
    {"{\"//\":{\"a\":1,\"a\":2}}", "t:1:14: the key \"a\" stands twice in this object"},
    {"{\"//\":NaN}", "t:1:7: wanted a value, found NaN; every number must be finite"},
    {"[0,\n\"\xc3\xa9\xe2\x82\xac\", x]",
     "t:2:7: wanted a value, found x; texts stand in double quotes"},
};

static void grammar(ent_ctx *ctx)
{
    for (size_t k = 0; k < sizeof accepted / sizeof *accepted; k++) {
        ent_doc *doc = NULL;
        ent_text out;
        ent_text_init(ctx, &out);
        CHECK(ent_doc_read(ctx, "t", strlen(accepted[k].text), accepted[k].text, &doc) == ENT_OK);
        if (!doc) printf("refused: %s: %s\n", accepted[k].text, ent_message(ctx));
        else ent_json_write(&out, ent_doc_root(doc), false);
        CHECK_TEXT(out.data, accepted[k].answer);
        ent_text_release(&out);
        ent_doc_free(doc);
    }
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        ent_doc *doc = NULL;
        CHECK(ent_doc_read(ctx, "t", strlen(refused[k].text), refused[k].text, &doc) ==
              ENT_E_PARSE);
        CHECK(!doc);
        CHECK_TEXT(ent_message(ctx), refused[k].answer);
    }
}

/* The text is not NUL-terminated, and a NUL inside it is no end. */
static void bytes(ent_ctx *ctx)
{
    ent_doc *doc = NULL;
    const char text[] = {'[', '1', ']', '2'};
    CHECK(ent_doc_read(ctx, "t", 3, text, &doc) == ENT_OK);
    ent_doc_free(doc);
    doc = NULL;
    CHECK(ent_doc_read(ctx, "t", 0, NULL, &doc) == ENT_E_PARSE);
    CHECK(ent_doc_read(ctx, "t", 3, "1\0002", &doc) == ENT_E_PARSE);
    CHECK_TEXT(ent_message(ctx), "t:1:2: wanted nothing after the document, found the byte 0x00");
    CHECK(ent_doc_read(ctx, "t", 4, "\"a\0\"", &doc) == ENT_E_PARSE);
    CHECK_TEXT(ent_message(ctx),
               "t:1:3: the control character 0x00 must be written as an escape in a text");
    CHECK(!doc);
}

static void limits(ent_ctx *ctx)
{
    ent_doc *doc = NULL;
    char deep[2 * ENT_JSON_DEPTH_MAX + 4];
    const int most = ENT_JSON_DEPTH_MAX;
    memset(deep, '[', (size_t)most + 1);
    memset(deep + most, ']', (size_t)most);
    CHECK(ent_doc_read(ctx, "t", 2 * (size_t)most, deep, &doc) == ENT_OK);
    ent_doc_free(doc);
    doc = NULL;
    memset(deep, '[', (size_t)most + 2);
    CHECK(ent_doc_read(ctx, "t", 2 * (size_t)most, deep, &doc) == ENT_E_LIMIT);
    CHECK_TEXT(ent_message(ctx), "t:1:65: objects and arrays are nested more than 64 deep");
    CHECK(ent_doc_read(ctx, "t", ENT_JSON_BYTES_MAX + 1, "1", &doc) == ENT_E_LIMIT);
    CHECK_TEXT(ent_message(ctx),
               "t: the document has 1073741825 bytes, and at most 1073741824 are read");
    CHECK(!doc);
}

/* Many members: found by key, duplicates refused where the first one stands. */
static void many_members(ent_ctx *ctx)
{
    enum { N = 20000 };
    ent_doc *doc = NULL;
    ent_text text;
    ent_text_init(ctx, &text);
    for (int k = 0; k < N; k++)
        ent_text_printf(&text, "%s\"k%d\": %d", k ? ",\n" : "{", k * 7919 % N, k);
    ent_text_puts(&text, "}");
    CHECK(ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_OK);
    const ent_json *root = doc ? ent_doc_root(doc) : NULL;
    int right = 0;
    for (int k = 0; k < N; k++) {
        char key[16], value[16];
        snprintf(key, sizeof key, "k%d", k * 7919 % N);
        snprintf(value, sizeof value, "%d", k);
        const ent_json *member = ent_json_get(root, key);
        right += member && strcmp(member->text, value) == 0;
    }
    CHECK(right == N);
    CHECK(!ent_json_get(root, "k") && !ent_json_get(root, "k20000") && !ent_json_get(root, ""));
    ent_doc_free(doc);
    doc = NULL;
    text.data[text.len - 1] = ' ';
    ent_text_puts(&text, ",\"k6\": 0, \"k5\": 0}");
    CHECK(ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_E_PARSE);
    CHECK_TEXT(ent_message(ctx), "t:20000:18: the key \"k6\" stands twice in this object");
    CHECK(!doc);
    ent_text_release(&text);
}

/* 10^6 numbers; the time is printed, not judged. */
static void many_numbers(ent_ctx *ctx)
{
    enum { N = 1000000 };
    ent_doc *doc = NULL;
    ent_text text;
    ent_text_init(ctx, &text);
    for (int k = 0; k < N; k++) {
        char number[16];
        const int len = snprintf(number, sizeof number, "%c%d.%d", k ? ',' : '[', k, k % 10);
        ent_text_add(&text, number, (size_t)len);
    }
    ent_text_putc(&text, ']');
    CHECK(ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_OK);
    CHECK(doc && ent_doc_root(doc)->count == N);
    double sum = 0.0, x = 0.0;
    for (const ent_json *m = doc ? ent_doc_root(doc)->first : NULL; m; m = m->next)
        if (ent_json_real(ctx, doc, m, &x) == ENT_OK) sum += x;
    CHECK_NEAR(sum, 0.5 * N * (N - 1.0) + 0.45 * N, 1e-12); /* hand: sum of k and of the tenths */
    ent_doc_free(doc);
    ent_text_release(&text);
}

/* Random bytes and broken documents: an answer, whatever it is. */
static void nonsense(ent_ctx *ctx)
{
    const char whole[] =
        "{\"a\": [1, -2.5e3, \"\\u00e9\\ud83d\\ude00\", true, null], \"// c\": {\"b\": {}}, \"d\": \"x\"}";
    unsigned state = 12345;
    int answers = 0;
    for (int round = 0; round < 20000; round++) {
        char text[sizeof whole];
        memcpy(text, whole, sizeof whole);
        size_t len = sizeof whole - 1;
        for (int k = 0; k < 3; k++) {
            state = state * 1664525u + 1013904223u;
            text[(state >> 8) % len] =
                (state & 1) != 0 ? (char)(state >> 24) : "[]{}\",:\\u0"[(state >> 20) % 10];
        }
        if (round % 3 == 0) len = (state >> 4) % len;
        ent_doc *doc = NULL;
        const ent_status st = ent_doc_read(ctx, "t", len, text, &doc);
        answers += (st == ENT_OK) == (doc != NULL);
        ent_doc_free(doc);
    }
    CHECK(answers == 20000);
}

static void no_memory(ent_ctx *ctx)
{
    ent_text text;
    ent_text_init(ctx, &text);
    for (int k = 0; k < 400; k++)
        ent_text_printf(&text, "%s\"a\\u0062%d\": [%d.5, \"x\"]", k ? "," : "{", k, k);
    ent_text_putc(&text, '}');
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_doc *doc = NULL;
        brutal_on(&b);
        const ent_status st = ent_doc_read(ctx, "t", text.len, text.data, &doc);
        brutal_off(&b, st);
        CHECK((st == ENT_OK) == (doc != NULL));
        ent_doc_free(doc);
    }
    brutal_end(&b, 6);
    ent_doc *doc = NULL;
    CHECK(ent_doc_read(ctx, "t", text.len, text.data, &doc) == ENT_OK);
    ent_doc_free(doc);
    ent_text_release(&text);
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    grammar(ctx);
    bytes(ctx);
    limits(ctx);
    many_members(ctx);
    many_numbers(ctx);
    nonsense(ctx);
    no_memory(ctx);
    ent_ctx_free(ctx);
    return check_end();
}
