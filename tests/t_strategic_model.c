/* links: verify */
/* Models of the strategic family: every form read, every refusal with its place, no memory. */
#include "brutal.h"
#include "check.h"

#include "model/strategic_model.h"

#include <stdio.h>
#include <stdlib.h>

static ent_ctx *ctx;

static ent_status read_model(const char *text, ent_strategic **model)
{
    ent_doc *doc = NULL;
    ent_status st = ent_doc_read(ctx, "m.json", strlen(text), text, &doc);
    if (st == ENT_OK) st = ent_strategic_read(ctx, doc, ent_doc_root(doc), model);
    ent_doc_free(doc);
    return st;
}

static ent_strategic *must_read(const char *text)
{
    ent_strategic *m = NULL;
    const ent_status st = read_model(text, &m);
    if (st != ENT_OK) printf("unexpected: %s\n", ent_message(ctx));
    CHECK(st == ENT_OK && m);
    return m;
}

/* `at` is where the complaint points: the first place in the text that reads so; NULL is the
 * beginning. */
static void refused(const char *text, const char *at, const char *rest)
{
    ent_strategic *m = NULL;
    char message[600];
    snprintf(message, sizeof message, "m.json:1:%td: %s", at ? strstr(text, at) - text + 1 : 1,
             rest);
    CHECK(read_model(text, &m) != ENT_OK && !m);
    CHECK_TEXT(ent_message(ctx), message);
    ent_strategic_free(m);
}

static double payoff(const ent_strategic *m, int i, int64_t p)
{
    return m->payoff.value[i * m->profiles + p];
}

#define HEAD "{\"entente\": 1, \"family\": \"strategic\", "
#define TWO \
    "\"players\": [{\"name\": \"A\", \"actions\": [\"x\", \"y\"]}, {\"name\": \"B\", \"actions\": 3}], "
#define THREE \
    "\"players\": [{\"name\": \"A\", \"actions\": [\"B\",\"C\"]}, {\"name\": \"B\", \"actions\": [\"A\",\"C\"]}, {\"name\": " \
    "\"C\", \"actions\": [\"A\",\"B\"]}], "

static void test_dense(void)
{
    ent_strategic *m = must_read(
        HEAD TWO "\"name\": \"t\", \"transferable\": true, \"prices\": {\"B\": 2, \"A\": \"1/3\"}, "
                 "\"payoffs\": [[1,10],[2,20],[3,30],[4,40],[5,50],[\"1/3\",60]]}");
    if (!m) return;
    CHECK(m->kind == ENT_STRATEGIC_GAME && m->n == 2 && m->profiles == 6 && m->transferable &&
          m->outcomes == 0);
    CHECK_TEXT(m->title, "t");
    CHECK_TEXT(m->action[1][2], "2");
    CHECK_NEAR(payoff(m, 0, 4), 5, 0);
    CHECK_NEAR(payoff(m, 1, 5), 60, 0);
    CHECK(m->payoff.exact[5].num == 1 && m->payoff.exact[5].den == 3);
    CHECK(m->price.n == 2 && m->price.exact[0].den == 3 && m->price.exact[1].num == 2);
    int action[2];
    ent_strategic_profile(m, 5, action);
    CHECK(action[0] == 1 && action[1] == 2 && ent_strategic_profile_index(m, action) == 5);
    ent_text name;
    ent_text_init(ctx, &name);
    ent_strategic_coal_name(&name, m, 3);
    CHECK_TEXT(name.data, "A,B");
    ent_text_release(&name);
    ent_strategic_free(m);
}

/* The example: naming a partner. */
static void test_sparse(void)
{
    ent_strategic *m = must_read(
        HEAD THREE
        "\"default\": [0,0,0], \"outcomes\": [{\"profile\": [\"B\",\"A\",\"*\"], \"payoff\": [1,1,0]}, "
        "{\"profile\": {\"A\": \"C\", \"C\": \"A\"}, \"payoff\": {\"C\": 1, \"B\": 0, \"A\": 1}}, "
        "{\"profile\": [\"*\",\"C\",\"B\"], \"payoff\": [0,1,2]}]}");
    if (!m) return;
    const double u[3][8] = {
        {1, 1, 0, 0, 1, 0, 1, 0}, {1, 1, 0, 1, 0, 0, 0, 1}, {0, 0, 0, 2, 1, 0, 1, 2}};
    for (int i = 0; i < 3; i++)
        for (int p = 0; p < 8; p++) CHECK_NEAR(payoff(m, i, p), u[i][p], 0);
    ent_strategic_free(m);
    /* the row that names more actions holds, whatever the order; equal rows may agree */
    m = must_read(
        HEAD TWO
        "\"outcomes\": [{\"profile\": [\"x\", 1], \"payoff\": [7,7]}, {\"profile\": [\"x\", \"*\"], \"payoff\": [1,2]}, "
        "{\"profile\": {}, \"payoff\": [3,4]}, {\"profile\": [\"*\", 0], \"payoff\": [1,2]}]}");
    if (!m) return;
    const double want[6] = {1, 7, 1, 1, 3, 3};
    for (int p = 0; p < 6; p++) CHECK_NEAR(payoff(m, 0, p), want[p], 0);
    ent_strategic_free(m);
}

static void test_bargaining(void)
{
    ent_strategic *m = must_read(
        HEAD "\"players\": [\"A\", \"B\", \"C\"], \"disagreement\": [0, 0, \"-1/2\"], "
             "\"outcomes\": [{\"payoff\": [6,1,1]}, {\"name\": \"second\", \"payoff\": [1,6,2]}]}");
    if (!m) return;
    CHECK(m->kind == ENT_STRATEGIC_GAME && m->outcomes == 2 && m->profiles == 12 &&
          m->actions[0] == 3 && m->actions[2] == 2);
    CHECK_TEXT(m->action[0][0], "outcome 1");
    CHECK_TEXT(m->action[0][1], "second");
    CHECK_TEXT(m->action[0][2], "refuse");
    CHECK_TEXT(m->action[1][0], "accept");
    CHECK_NEAR(payoff(m, 0, 0), 6, 0);
    CHECK_NEAR(payoff(m, 1, 4), 6, 0);
    for (int p = 0; p < 12; p++)
        if (p != 0 && p != 4) CHECK_NEAR(payoff(m, 2, p), -0.5, 0);
    CHECK_NEAR(m->outcome_payoff.value[5], 2, 0);
    CHECK_NEAR(m->disagreement.value[2], -0.5, 0);
    ent_strategic_free(m);
}

static void test_worth(void)
{
    ent_strategic *m =
        must_read(HEAD "\"worth\": {\"A,B\": 3, \"C,A\": \"1/3\", \"A\": 1, \"\": 0}}");
    if (m) CHECK(m->kind == ENT_STRATEGIC_WORTH && m->n == 3 && m->worth.n == 8);
    if (m) CHECK_NEAR(m->worth.value[3], 3, 0);
    if (m) CHECK(m->worth.exact[5].den == 3 && m->worth.value[7] == 0.0);
    ent_strategic_free(m);
    m = must_read(HEAD
                  "\"players\": [{\"name\": \"B\"}, {\"name\": \"A\"}], \"worth\": [0, 1, 2, 5]}");
    if (m)
        CHECK(m->n == 2 && m->worth.value[1] == 1.0 && m->worth.value[2] == 2.0 &&
              m->worth.value[3] == 5.0);
    if (m) CHECK_TEXT(m->player[0], "B");
    ent_strategic_free(m);
}

static void put_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    CHECK(file && fwrite(bytes, 1, len, file) == len);
    if (file) fclose(file);
}

static void test_worth_file(void)
{
    /* 0 1 2 2.5 */
    static const unsigned char raw[32] = {
        [14] = 0xf0, [15] = 0x3f, [23] = 0x40, [30] = 0x04, [31] = 0x40};
    put_file("t_strategic_table.txt", "0 1\n1/3\t-2.5\n", 13);
    put_file("t_strategic_table.f64", raw, sizeof raw);
    ent_strategic *m =
        must_read(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.txt\"}");
    if (m) CHECK(m->worth.exact[2].den == 3 && m->worth.value[3] == -2.5);
    ent_strategic_free(m);
    m = must_read(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.f64\"}");
    if (m)
        CHECK(!m->worth.exact && m->worth.value[1] == 1.0 && m->worth.value[2] == 2.0 &&
              m->worth.value[3] == 2.5);
    ent_strategic_free(m);
    put_file("t_strategic_table.txt", "0 1 2", 5);
    refused(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.txt\"}",
            "\"t_strategic_table",
            "/worth_file: wanted 4 numbers in the table, found the end at number 4");
    put_file("t_strategic_table.txt", "0 1 2 3 4", 9);
    refused(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.txt\"}",
            "\"t_strategic_table",
            "/worth_file: wanted 4 numbers in the table, found more at number 5");
    put_file("t_strategic_table.txt", "0 1 x 3", 7);
    refused(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.txt\"}",
            "\"t_strategic_table",
            "/worth_file: wanted 4 numbers in the table, found no number at number 3");
    put_file("t_strategic_table.f64", raw, 24);
    refused(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.f64\"}",
            "\"t_strategic_table",
            "/worth_file: wanted 4 numbers in the table, found the end at number 4");
    remove("t_strategic_table.txt");
    remove("t_strategic_table.f64");
    refused(HEAD "\"players\": [\"A\", \"B\"], \"worth_file\": \"t_strategic_table.f64\"}",
            "\"t_strategic_table",
            "/worth_file: wanted a file that can be read, found: No such file or directory");
}

static void test_voting(void)
{
    ent_strategic *m =
        must_read(HEAD "\"quota\": \"5/2\", \"votes\": {\"A\": 1, \"B\": 1.5, \"C\": 0}}");
    if (m)
        CHECK(m->kind == ENT_STRATEGIC_VOTING && m->n == 3 && m->quota == 5 && m->vote[0] == 2 &&
              m->vote[1] == 3 && m->vote[2] == 0);
    ent_strategic_free(m);
    m = must_read(HEAD
                  "\"players\": [\"X\", \"Y\"], \"quota\": 3, \"votes\": {\"Y\": 1, \"X\": 2}}");
    if (m) CHECK(m->quota == 3 && m->vote[0] == 2 && m->vote[1] == 1);
    ent_strategic_free(m);
    m = must_read(HEAD "\"players\": [\"X\", \"Y\"], \"quota\": 3, \"votes\": [2, 1]}");
    if (m) CHECK(m->vote[0] == 2 && m->vote[1] == 1);
    ent_strategic_free(m);
}

static void test_refusals_of_games(void)
{
    refused(HEAD "\"payoffs\": []}", NULL, "/: the member \"players\" is missing");
    refused(HEAD TWO "\"payoff\": []}", "\"payoff\"",
            "/payoff: unknown member \"payoff\"; did you mean \"payoffs\"?");
    refused(HEAD "\"players\": [{\"name\": \"A\"}], \"payoffs\": [[1]]}", "{\"name\": \"A\"}",
            "/players/0: the member \"actions\" is missing");
    refused(HEAD TWO "\"payoffs\": [[1,1]]}", "[[1,1]",
            "/payoffs: wanted 6 payoff rows, one an action profile, found 1");
    refused(HEAD TWO "\"payoffs\": [[1,1],[1,1],[1,1],[1,1],[1,1],[1]]}", "[1]]}",
            "/payoffs/5: wanted 2 payoffs, one a player, found 1");
    refused(HEAD TWO "\"payoffs\": [], \"default\": [0,0]}", "\"default\"",
            "/default: wanted either \"payoffs\" or \"default\" with \"outcomes\", found both");
    refused(HEAD TWO "\"outcomes\": [{\"profile\": [\"x\", \"*\"], \"payoff\": [1,1]}]}",
            "[{\"profile",
            "/outcomes: wanted payoffs for every profile or a \"default\", found none for y, 0");
    refused(
        HEAD TWO
        "\"default\": [0,0], \"outcomes\": [{\"profile\": [\"x\", \"*\"], \"payoff\": [1,1]}, "
        "{\"profile\": [\"*\", 1], \"payoff\": [2,1]}]}",
        "{\"profile\": [\"*\", 1]",
        "/outcomes/1: wanted rows that agree or differ in how many actions they name, found that /outcomes/0 "
        "matches the same profile with other payoffs");
    refused(HEAD TWO
            "\"default\": [0,0], \"outcomes\": [{\"profile\": [\"z\", \"*\"], \"payoff\": [1,1]}]}",
            "\"z\"", "/outcomes/0/profile/0: wanted the name of an action (x, y), found \"z\"");
    refused(HEAD TWO
            "\"default\": [0,0], \"outcomes\": [{\"profile\": [\"x\"], \"payoff\": [1,1]}]}",
            "[\"x\"],", "/outcomes/0/profile: wanted 2 actions or \"*\", one a player, found 1");
    refused(HEAD TWO "\"default\": [0]}", "[0]}",
            "/default: wanted 2 numbers, one a player, found 1");
    refused(HEAD TWO "\"prices\": {\"A\": 0, \"B\": 0}, \"default\": [0,0]}", "{\"A\": 0",
            "/prices: wanted a price above 0, found none");
    refused(HEAD TWO "\"prices\": {\"A\": 1}, \"default\": [0,0]}", "{\"A\": 1}",
            "/prices: wanted a number for every player, found none for \"B\"");
}

static void test_refusals_of_others(void)
{
    refused(HEAD "\"players\": [\"A\"], \"outcomes\": [], \"disagreement\": [0]}", "[]",
            "/outcomes: wanted at least one outcome, found none");
    refused(
        HEAD
        "\"players\": [\"A\"], \"outcomes\": [{\"payoff\": [1]}, {\"name\": \"outcome 1\", \"payoff\": [1]}], \"disagreement\": [0]}",
        "\"outcome 1\"",
        "/outcomes/1/name: wanted a name that no other outcome has and that is not \"refuse\", found \"outcome 1\"");
    refused(HEAD "\"worth\": {\"A,B\": 3, \"B,A\": 3}}", "\"B,A\"",
            "/worth/B,A: wanted the worth of each coalition once, found that of \"B,A\" again");
    refused(HEAD "\"worth\": {\"\": 1, \"A\": 3}}", "1, \"A\": 3",
            "/worth/: wanted 0 as the worth of the empty coalition, found 1");
    refused(HEAD "\"worth\": [0, 1]}", NULL, "/: the member \"players\" is missing");
    refused(
        HEAD "\"players\": [\"A\"], \"worth\": [0, 1, 2]}", "[0, 1, 2]",
        "/worth: wanted 2^1 numbers, one a coalition in the order of the masks (first player: 1, second: 2, both: 3), found 3");
    refused(HEAD "\"quota\": 0, \"votes\": {\"A\": 1}}", "0, \"votes",
            "/quota: wanted a number > 0, found 0");
    refused(HEAD "\"quota\": 1, \"votes\": {\"A\": -1}}", "-1}",
            "/votes/A: wanted a number >= 0, found -1");
    refused(HEAD "\"quota\": 1}", NULL, "/: the member \"votes\" is missing");
    refused(HEAD "\"quota\": 1, \"votes\": {\"A\": 1e30, \"B\": 1}}", "{\"A\": 1e30",
            "/votes: wanted votes that, brought to a common denominator, sum to at most 2^62");
}

static const char *const brutal_texts[] = {
    HEAD TWO
    "\"name\": \"t\", \"prices\": [1, 2], \"payoffs\": [[1,10],[2,20],[3,30],[4,40],[5,50],[\"1/3\",60]]}",
    HEAD TWO
    "\"outcomes\": [{\"profile\": [\"x\", \"*\"], \"payoff\": [1,2]}, {\"profile\": {}, \"payoff\": [3,4]}]}",
    HEAD
    "\"players\": [\"A\", \"B\"], \"disagreement\": [0, 0], \"outcomes\": [{\"payoff\": [6,1]}]}",
    HEAD "\"worth\": {\"A,B\": 3, \"A\": 1}}",
    HEAD "\"quota\": 2, \"votes\": {\"A\": 1, \"B\": 1}}"};

static void test_brutal(void)
{
    for (size_t k = 0; k < sizeof brutal_texts / sizeof *brutal_texts; k++) {
        brutal b = {.ctx = ctx};
        while (brutal_goes_on(&b)) {
            ent_strategic *m = NULL;
            brutal_on(&b);
            brutal_off(&b, read_model(brutal_texts[k], &m));
            CHECK((b.st == ENT_OK) == (m != NULL));
            ent_strategic_free(m);
        }
        brutal_end(&b, 3);
    }
}

int main(void)
{
    ctx = ent_ctx_new();
    test_dense();
    test_sparse();
    test_bargaining();
    test_worth();
    test_worth_file();
    test_voting();
    test_refusals_of_games();
    test_refusals_of_others();
    test_brutal();
    ent_ctx_free(ctx);
    return check_end();
}
