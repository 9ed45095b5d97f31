/* links: verify */
/* Gambit's .nfg files: both bodies, orders, numerals, labels, comments, everything malformed, round
 * trip, no memory. */
#include "brutal.h"
#include "check.h"

#include "io/nfg.h"

#include <stdlib.h>

static ent_ctx *ctx;

static ent_nfg *read_text(const char *text)
{
    ent_nfg *game = NULL;
    const ent_status st = ent_nfg_read(ctx, "g.nfg", strlen(text), text, &game);
    if (st != ENT_OK) printf("unexpected: %s\n", ent_message(ctx));
    return st == ENT_OK ? game : NULL;
}

static double at(const ent_nfg *game, int64_t profile, int player)
{
    return ent_rat_double(&game->payoff[profile * game->n + player]);
}

static void refused(const char *text, const char *message)
{
    ent_nfg *game = NULL;
    CHECK(ent_nfg_read(ctx, "g.nfg", strlen(text), text, &game) != ENT_OK && !game);
    CHECK_TEXT(ent_message(ctx), message);
    ent_nfg_free(game);
}

/* By hand: player 1 fastest in the file, last player fastest in memory. */
static void test_payoff_body(void)
{
    ent_nfg *g =
        read_text("NFG 1 R \"t\" { \"A\" \"B\" } { 2 3 }\n\n1 10  2 20  3 30  4 40  5 50  6 60\n");
    if (!g) {
        CHECK(g);
        return;
    }
    CHECK(g->n == 2 && g->actions[0] == 2 && g->actions[1] == 3 && g->profiles == 6);
    CHECK_TEXT(g->title, "t");
    CHECK_TEXT(g->action[1][2], "3");
    const double want[6] = {1, 3, 5, 2, 4, 6}; /* (1,1) (1,2) (1,3) (2,1) (2,2) (2,3) */
    for (int p = 0; p < 6; p++) CHECK_NEAR(at(g, p, 0), want[p], 0);
    CHECK_NEAR(at(g, 3, 1), 20, 0);
    ent_nfg_free(g);
}

static void test_outcome_body(void)
{
    ent_nfg *g = read_text(
        "\xef\xbb\xbfNFG 1 D \"say \\\"hi\\\"\"\n{ \"Ann\" \"\" \"Ann\" } {{\"up\" \"up\"}{\"x\"} {\"l\" \"r\"}} \"a comment\"\n"
        "{ { \"first\" 1/2, -.25 1e2 } {\"\" 3. +4 , 5,} } 1 0\n2 2");
    if (!g) {
        CHECK(g);
        return;
    }
    CHECK_TEXT(g->title, "say \"hi\"");
    CHECK_TEXT(g->comment, "a comment");
    CHECK_TEXT(g->player[1], "Player 2");
    CHECK_TEXT(g->player[2], "Ann (3)");
    CHECK_TEXT(g->action[0][1], "up (2)");
    /* profiles of the file: (up,x,l) 1, (up2,x,l) 0, (up,x,r) 2, (up2,x,r) 2 */
    CHECK_NEAR(at(g, 0, 0), 0.5, 0);
    CHECK_NEAR(at(g, 0, 1), -0.25, 0);
    CHECK_NEAR(at(g, 0, 2), 100, 0);
    CHECK_NEAR(at(g, 1, 0), 3, 0);
    CHECK_NEAR(at(g, 2, 0), 0, 0);
    CHECK_NEAR(at(g, 3, 2), 5, 0);
    ent_nfg_free(g);
}

static void test_labels(void)
{
    ent_nfg *g = read_text(
        "NFG 1 R \"\" { \"a,b/c\" \" M\xfcller \" } {{\"//x\" \" \" } {\"a\\\\b\" \"\xc3\xbc\"}} 1 1 1 1 1 1 1 1");
    if (!g) {
        CHECK(g);
        return;
    }
    CHECK_TEXT(g->player[0], "a;b-c");
    CHECK_TEXT(g->player[1], "M\xc3\xbcller");
    CHECK_TEXT(g->action[0][0], "/x");
    CHECK_TEXT(g->action[0][1], "2");
    CHECK_TEXT(g->action[1][0], "a\\b");
    CHECK_TEXT(g->action[1][1], "\xc3\xbc");
    ent_nfg_free(g);
}

static void test_refusals(void)
{
    refused("", "g.nfg:1:1: wanted the word NFG, found the end of the file");
    refused("NFG 2 R", "g.nfg:1:5: wanted the version, 1, found 2");
    refused("NFG 1 X", "g.nfg:1:7: wanted R or D, found X");
    refused("NFG 1 R t", "g.nfg:1:9: wanted the game's title in quotes, found t");
    refused("NFG 1 R \"t", "g.nfg:1:9: wanted a closing quote, found the end of the file");
    refused("NFG 1 R \"t\" \"A\"", "g.nfg:1:13: wanted { before the players, found \"A\"");
    refused("NFG 1 R \"t\" { }", "g.nfg:1:15: wanted a player's name in quotes, found }");
    refused("NFG 1 R \"t\" { \"A\" B }",
            "g.nfg:1:19: wanted a player's name in quotes, or }, found B");
    refused("NFG 1 R \"t\" { \"A\" } { 0 }",
            "g.nfg:1:23: wanted a number of strategies, 1 to 4096, found 0");
    refused("NFG 1 R \"t\" { \"A\" } { 2 2 }",
            "g.nfg:1:25: wanted } after the strategies of the last player, found 2");
    refused("NFG 1 R \"t\" { \"A\" \"B\" }\n{ 2 }",
            "g.nfg:2:5: wanted a number of strategies, 1 to 4096, found }");
    refused("NFG 1 R \"t\" { \"A\" } {{ }}",
            "g.nfg:1:24: wanted a strategy's name in quotes, found }");
    refused("NFG 1 R \"t\" { \"A\" } { 2 }\n1",
            "g.nfg:2:2: wanted 2 payoffs, 1 of them, found the end of the file");
    refused("NFG 1 R \"t\" { \"A\" } { 2 }\n1\n2 3",
            "g.nfg:3:3: wanted the end of the file after 2 payoffs, found 3");
    refused("NFG 1 R \"t\" { \"A\" } { 2 }\n1 x", "g.nfg:2:3: wanted a payoff, found x");
    refused("NFG 1 R \"t\" { \"A\" } { 2 }\n1 1/0", "g.nfg:2:3: wanted a payoff, found 1/0");
    refused("NFG 1 R \"t\" { \"A\" } { 1 }\nnan", "g.nfg:2:1: wanted a payoff, found nan");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { 1 } } 1",
            "g.nfg:1:31: wanted an outcome's name in quotes, found 1");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { \"o\" } } 1",
            "g.nfg:1:35: wanted one payoff of the outcome for every player, found }");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { \"o\" 1 2 } } 1",
            "g.nfg:1:37: wanted } after one payoff for every player, found 2");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { \"o\" 1 } } 2",
            "g.nfg:1:41: wanted the number of an outcome, 0 to 1, found 2");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { \"o\" 1 } } -1",
            "g.nfg:1:41: wanted the number of an outcome, 0 to 1, found -1");
    refused("NFG 1 R \"t\" { \"A\" } { 2 } { { \"o\" 1 } } 1",
            "g.nfg:1:42: wanted 2 outcomes of profiles, 1 of them, found the end of the file");
    refused("NFG 1 R \"t\" { \"A\" } { 1 } { { \"o\" 1 } } 1 1",
            "g.nfg:1:43: wanted the end of the file after the outcomes of 1 profiles, found 1");
    refused(
        "NFG 1 R \"t\" { \"A\" \"B\" } { 4096 4096 } 1 1 1",
        "g.nfg:1:44: wanted 33554432 or more numbers after the strategies, found the end of the file");
    CHECK(ent_nfg_is(6, "NFG 1 ") && ent_nfg_is(7, " \nNFG 1") && !ent_nfg_is(3, "NFG") &&
          !ent_nfg_is(7, "{\"NFG\":"));
    ent_nfg *game = NULL;
    CHECK(ent_nfg_read(ctx, "g", 14, "NFG 1 R \"t\" \0{", &game) == ENT_E_PARSE);
}

/* What is written reads back as the same game, in every number and label. */
static void test_round_trip(void)
{
    ent_nfg *g = read_text(
        "NFG 1 R \"round \\\\ \\\"trip\\\"\" { \"A\" \"B\" \"C\" } { {\"a\" \"b\"} {\"c\" \"d\" \"e\"} {\"f\" \"g\"} } \"why\"\n"
        "1 2 3 -1/3 0.125 1e-3 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 -36");
    if (!g) {
        CHECK(g);
        return;
    }
    ent_text out;
    ent_text_init(ctx, &out);
    ent_nfg_write(&out, g);
    CHECK(out.status == ENT_OK);
    ent_nfg *again = read_text(out.data);
    if (!again) {
        CHECK(again);
        return;
    }
    CHECK_TEXT(again->title, g->title);
    CHECK_TEXT(again->comment, "why");
    CHECK_TEXT(again->action[1][2], "e");
    CHECK(again->profiles == 12);
    for (int k = 0; k < 36; k++) CHECK(ent_rat_equal(&again->payoff[k], &g->payoff[k]));
    ent_text_release(&out);
    ent_nfg_free(again);
    ent_nfg_free(g);
}

static const char brutal_text[] =
    "NFG 1 R \"t\" { \"A\" \"\" } { {\"x\" \"x\"} {\"y\" \"\"} } \"c\" { {\"\" 1 1/3} } 1 0 1 1";

/* Every allocation fails in turn: the right status, and the next call works. */
static void test_brutal(void)
{
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        ent_nfg *game = NULL;
        ent_text out;
        ent_text_init(ctx, &out);
        brutal_on(&b);
        ent_status st = ent_nfg_read(ctx, "g", sizeof brutal_text - 1, brutal_text, &game);
        CHECK((st == ENT_OK) == (game != NULL));
        if (st == ENT_OK) {
            ent_nfg_write_model(&out, game);
            st = out.status;
        }
        brutal_off(&b, st);
        ent_text_release(&out);
        ent_nfg_free(game);
    }
    brutal_end(&b, 10);
}

static void test_model(void)
{
    ent_nfg *g = read_text("NFG 1 R \"Two\" { \"A\" \"B\" } { 2 1 } 1 -1/3 0.50 2");
    if (!g) {
        CHECK(g);
        return;
    }
    ent_text out;
    ent_text_init(ctx, &out);
    ent_nfg_write_model(&out, g);
    CHECK(out.status == ENT_OK && strstr(out.data, "\"strategic\"") &&
          strstr(out.data, "\"-1/3\"") && strstr(out.data, "0.5,"));
    ent_text_release(&out);
    ent_nfg_free(g);
}

int main(void)
{
    ctx = ent_ctx_new();
    test_payoff_body();
    test_outcome_body();
    test_labels();
    test_refusals();
    test_round_trip();
    test_model();
    test_brutal();
    ent_ctx_free(ctx);
    return check_end();
}
