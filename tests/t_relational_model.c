/* links: verify. [MW25] Section 2. The reader of relational models: what it reads, and every way in
 * which it refuses. */
#include "base/ctx.h"
#include "model/relational_model.h"

#include "brutal.h"
#include "check.h"

#include <stdlib.h>

#define DILEMMA_PLAYERS \
    "\"players\":[{\"name\":\"Row\",\"actions\":[\"work\",\"shirk\"]},{\"name\":\"Column\",\"actions\":[\"work\"," \
    "\"shirk\"]}]"
#define DILEMMA_ROWS "\"payoffs\":[[2,2],[-1,3],[3,-1],[0,0]]"
#define HEAD "\"entente\":1,\"family\":\"relational\""
#define TERMS "\"coalition\":[\"Row\",\"Column\"],\"discount\":\"3/5\""
#define NATIONS \
    "\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":1,\"cost\":1},{\"name\":\"B\",\"size\":2," \
    "\"cost\":\"1/2\"},{\"name\":\"C\",\"size\":0,\"cost\":3}]"

static ent_status read_text(ent_ctx *ctx, const char *text, ent_relational **out)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ENT_TRY(ent_doc_read(ctx, "m", strlen(text), text, &doc));
    ENT_TRY(ent_relational_read(ctx, doc, ent_doc_root(doc), out));
done:
    ent_doc_free(doc);
    return st;
}

static ent_relational *must_read(ent_ctx *ctx, const char *text)
{
    ent_relational *model = NULL;
    const ent_status st = read_text(ctx, text, &model);
    if (st != ENT_OK) printf("%s\n", ent_message(ctx));
    CHECK(st == ENT_OK);
    if (!model) exit(check_end());
    return model;
}

static int is_ratio(const ent_rat *r, int64_t num, int64_t den)
{
    ent_rat want = ENT_RAT_ZERO;
    ent_rat_set_ratio(&want, num, den);
    const int same = ent_rat_equal(r, &want);
    ent_rat_release(&want);
    return same;
}

/* The binding example of a finite game, defaults, and the order of payoffs. */
static void reads_finite(ent_ctx *ctx)
{
    ent_relational *m =
        must_read(ctx, "{" HEAD ",\"name\":\"PD\"," DILEMMA_PLAYERS "," DILEMMA_ROWS "," TERMS
                       ",\"weights\":{\"Row\":\"1/2\",\"Column\":\"1/2\"},\"renegotiation\":0.25}");
    CHECK_TEXT(m->title, "PD");
    CHECK(m->n == 2 && m->stage == ENT_STAGE_FINITE && m->profiles == 4 && m->actions[1] == 2);
    CHECK_TEXT(m->player[1], "Column");
    CHECK_TEXT(m->action[0][1], "shirk");
    const double row[] = {2, -1, 3, 0}, column[] = {2, 3, -1, 0};
    for (int p = 0; p < 4; p++) {
        CHECK(m->payoff.value[p] == row[p] && m->payoff.value[4 + p] == column[p]);
        CHECK(is_ratio(&m->payoff.exact[4 + p], (int64_t)column[p], 1));
        int action[2];
        ent_relational_profile(m, p, action);
        CHECK(action[0] == p / 2 && action[1] == p % 2 &&
              ent_relational_profile_index(m, action) == p);
    }
    CHECK(m->coalition == 3 && is_ratio(&m->discount_exact, 3, 5) && m->discount == 0.6);
    CHECK(is_ratio(&m->renegotiation_exact, 1, 4));
    ent_relational_free(m);

    m = must_read(ctx, "{" HEAD ",\"players\":[{\"name\":\"A\",\"actions\":3}],\"payoffs\":[[\"1/"
                       "3\"],[1e-6],[0.1]],\"coalition\":[\"A\"],\"discount\":0,\"// x\":1}");
    CHECK_TEXT(m->title, "");
    CHECK_TEXT(m->action[0][2], "2");
    CHECK(m->rule == ENT_WEIGHTS_EQUAL && m->renegotiation == 1.0 &&
          is_ratio(&m->renegotiation_exact, 1, 1));
    CHECK(is_ratio(&m->payoff.exact[0], 1, 3) && is_ratio(&m->payoff.exact[1], 1, 1000000) &&
          is_ratio(&m->payoff.exact[2], 1, 10));
    ent_relational_free(m);
}

static void reads_separable(ent_ctx *ctx)
{
    ent_relational *m = must_read(
        ctx, "{" HEAD "," DILEMMA_PLAYERS "," TERMS
             ",\"separable\":{\"Row\":{\"Row\":[-1,0],\"Column\":{\"shirk\":0,\"work\":\"7/"
             "2\"}},\"Column\":{\"Row\":[3,0.5]}}}");
    CHECK(m->stage == ENT_STAGE_SEPARABLE && m->profiles == 4);
    CHECK(is_ratio(&m->part[0][1].exact[0], 7, 2) && m->part[0][1].value[1] == 0.0 &&
          m->part[0][0].value[0] == -1.0);
    CHECK(m->part[1][0].value[1] == 0.5 && m->part[1][1].n == 2 && m->part[1][1].value[0] == 0.0);
    ent_relational_free(m);

    /* 1000^22 profiles overflow 63 bits: the count saturates. */
    ent_text text;
    ent_text_init(ctx, &text);
    ent_text_puts(&text, "{" HEAD ",\"discount\":0.5,\"coalition\":[\"p0\"],\"players\":[");
    for (int i = 0; i < 22; i++)
        ent_text_printf(&text, "%s{\"name\":\"p%d\",\"actions\":1000}", i ? "," : "", i);
    ent_text_puts(&text, "],\"separable\":{");
    for (int i = 0; i < 22; i++) ent_text_printf(&text, "%s\"p%d\":{}", i ? "," : "", i);
    ent_text_puts(&text, "}}");
    CHECK(text.status == ENT_OK);
    m = must_read(ctx, text.data);
    CHECK(m->profiles == INT64_MAX && m->part[21][21].n == 1000);
    ent_relational_free(m);
    ent_text_release(&text);
}

static void weights_are(ent_ctx *ctx, const ent_relational *m, ent_coal s, const int (*want)[2])
{
    ent_status st = ENT_OK;
    ent_rat *w = ent_rats_new(ctx, (size_t)m->n, &st);
    CHECK(ent_relational_weights(ctx, m, s, w) == ENT_OK);
    for (int i = 0; i < m->n; i++) CHECK(is_ratio(&w[i], want[i][0], want[i][1]));
    ent_rats_free(w, (size_t)m->n);
}

static void reads_public_good_and_weights(ent_ctx *ctx)
{
    ent_relational *m = must_read(
        ctx, "{" HEAD "," NATIONS
             ",\"coalition\":[\"B\",\"A\"],\"discount\":\"3/10\",\"weights\":\"proportional\"}");
    CHECK(m->stage == ENT_STAGE_PUBLIC_GOOD && m->coalition == 3 && m->size.value[1] == 2.0 &&
          is_ratio(&m->cost.exact[1], 1, 2));
    weights_are(ctx, m, 3, (const int[3][2]){{1, 3}, {2, 3}, {0, 1}});
    weights_are(ctx, m, 7, (const int[3][2]){{1, 3}, {2, 3}, {0, 1}});
    ent_status st = ENT_OK;
    ent_rat *w = ent_rats_new(ctx, 3, &st);
    CHECK(ent_relational_weights(ctx, m, 4, w) == ENT_OK); /* of size 0: alone it has all weight */
    CHECK(is_ratio(&w[2], 1, 1) && ent_rat_sign(&w[0]) == 0);
    ent_relational_free(m);

    m = must_read(
        ctx, "{" HEAD "," NATIONS
             ",\"coalition\":[\"A\",\"B\"],\"discount\":0.3,\"weights\":{\"A\":3,\"B\":\"3/2\"}}");
    weights_are(ctx, m, 3, (const int[3][2]){{2, 3}, {1, 3}, {0, 1}});
    weights_are(ctx, m, 2, (const int[3][2]){{0, 1}, {1, 1}, {0, 1}});
    CHECK(ent_relational_weights(ctx, m, 5, w) == ENT_E_MODEL);
    CHECK_TEXT(ent_message(ctx),
               "/weights: wanted a weight for C in the coalition A,C, found none");
    ent_relational_free(m);

    m = must_read(
        ctx,
        "{" HEAD "," NATIONS
        ",\"coalition\":[\"A\",\"B\"],\"discount\":0.3,\"weights\":{\"B,A\":{\"A\":1,\"B\":0},\"C\":{\"C\":9}}}");
    CHECK(m->rule == ENT_WEIGHTS_TABLE && m->rows == 2);
    weights_are(ctx, m, 3, (const int[3][2]){{1, 1}, {0, 1}, {0, 1}});
    weights_are(ctx, m, 4, (const int[3][2]){{0, 1}, {0, 1}, {1, 1}});
    weights_are(ctx, m, 7, (const int[3][2]){{1, 3}, {1, 3}, {1, 3}});
    ent_text name;
    ent_text_init(ctx, &name);
    ent_relational_coal_name(&name, m, 5);
    CHECK_TEXT(name.data, "A,C");
    ent_text_release(&name);
    ent_relational_free(m);
    ent_rats_free(w, 3);
}

typedef struct refusal {
    ent_status status;
    const char *text, *message;
} refusal;

#define PUBLIC(rest) "{" HEAD "," NATIONS ",\"coalition\":[\"A\"],\"discount\":0.3" rest "}"
#define FINITE(players, rows, rest) \
    "{" HEAD ",\"players\":" players ",\"payoffs\":" rows \
    ",\"coalition\":[\"A\"],\"discount\":0.5" rest "}"
#define PD(rest) "{" HEAD "," DILEMMA_PLAYERS "," DILEMMA_ROWS "," rest "}"
#define SEPARABLE(table) "{" HEAD "," DILEMMA_PLAYERS "," TERMS ",\"separable\":" table "}"
#define ONE "[{\"name\":\"A\",\"actions\":[\"x\",\"y\"]}]"
#define NAMED(name) FINITE("[{\"name\":" name ",\"actions\":[\"x\"]}]", "[[1]]", "")

static const refusal refusals[] = {
    {ENT_E_MODEL, "[1]", "/: wanted an object, found a list"},
    {ENT_E_MODEL, "{\"family\":\"relational\",\"players\":[]}",
     "/: the member \"entente\" is missing"},
    {ENT_E_MODEL, "{\"entente\":2,\"family\":\"relational\"}", "/entente: wanted"},
    {ENT_E_MODEL, "{\"entente\":1,\"family\":\"outside\"}",
     "/family: wanted \"relational\", found \"outside\""},
    {ENT_E_MODEL, "{\"entente\":1,\"family\":7}", "/family: wanted a text"},
    {ENT_E_MODEL, "{" HEAD ",\"name\":1}", "/name: wanted a text"},
    {ENT_E_MODEL, "{" HEAD "}", "/: the member \"players\" is missing"},
    {ENT_E_MODEL, "{" HEAD ",\"discont\":1}", "/discont:"},
    {ENT_E_MODEL, "{" HEAD ",\"players\":{}}", "/players: wanted a list"},
    {ENT_E_MODEL, "{" HEAD ",\"players\":[]}", "/players: wanted at least 1 player, found 0"},
    {ENT_E_MODEL, "{" HEAD ",\"players\":[3]}", "/players/0: wanted an object"},
    {ENT_E_MODEL, "{" HEAD ",\"players\":[{}]}", "/players/0: the member \"name\" is missing"},
    {ENT_E_MODEL, NAMED("3"), "/players/0/name: wanted a text"},
    {ENT_E_MODEL, NAMED("\"\""),
     "/players/0/name: wanted the name of a player, found an empty text"},
    {ENT_E_MODEL, NAMED("\"A,B\""),
     "/players/0/name: wanted the name of a player, found a comma in it"},
    {ENT_E_MODEL, NAMED("\"A/B\""),
     "/players/0/name: wanted the name of a player, found a slash in it"},
    {ENT_E_MODEL, NAMED("\"A \""),
     "/players/0/name: wanted the name of a player, found a space at its beginning or end"},
    {ENT_E_MODEL, NAMED("\"A\\tB\""),
     "/players/0/name: wanted the name of a player, found a control character in it"},
    {ENT_E_MODEL,
     FINITE("[{\"name\":\"A\",\"actions\":1},{\"name\":\"A\",\"actions\":1}]", "[[1,1]]", ""),
     "/players/1/name: wanted different names, found a second player \"A\""},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\"}]", "[[1]]", ""),
     "/players/0: the member \"actions\" is missing"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":1,\"size\":1}]", "[[1]]", ""),
     "/players/0/size:"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":0}]", "[[1]]", ""),
     "/players/0/actions: wanted"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":1.5}]", "[[1]]", ""),
     "/players/0/actions: wanted"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":2000000}]", "[[1]]", ""),
     "/players/0/actions: wanted"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":\"x\"}]", "[[1]]", ""),
     "/players/0/actions: wanted a list"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":[]}]", "[[1]]", ""),
     "/players/0/actions: wanted at least 1 action, found 0"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":[\"x\",\"x\"]}]", "[[1],[1]]", ""),
     "/players/0/actions/1: wanted different names, found a second action \"x\""},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":[\"//x\"]}]", "[[1]]", ""),
     "/players/0/actions/0: wanted the name of an action, found // at its beginning"},
    {ENT_E_MODEL, FINITE("[{\"name\":\"A\",\"actions\":[7]}]", "[[1]]", ""),
     "/players/0/actions/0: wanted a text"},
    {ENT_E_MODEL, "{" HEAD ",\"players\":" ONE "}", "/: the member \"payoffs\" is missing"},
    {ENT_E_MODEL, FINITE(ONE, "7", ""), "/payoffs: wanted a list"},
    {ENT_E_MODEL, FINITE(ONE, "[[1]]", ""),
     "/payoffs: wanted 2 payoff rows, one an action profile, found 1"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2],[3]]", ""),
     "/payoffs: wanted 2 payoff rows, one an action profile, found 3"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],2]", ""), "/payoffs/1: wanted a list"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2,3]]", ""),
     "/payoffs/1: wanted 1 payoff, one a player, found 2"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[\"x\"]]", ""), "/payoffs/1/0: wanted a number"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[\"1/0\"]]", ""), "/payoffs/1/0: wanted a number"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[null]]", ""), "/payoffs/1/0: wanted a number"},
    {ENT_E_LIMIT, FINITE(ONE, "[[1],[1e101]]", ""),
     "/payoffs/1/0: wanted 0 or a number between 1e-100 and 1e100 in magnitude, found 1e101"},
    {ENT_E_LIMIT, FINITE(ONE, "[[1],[-1e-101]]", ""),
     "/payoffs/1/0: wanted 0 or a number between 1e-100 and 1e100 in magnitude, found -1e-101"},
    {ENT_E_LIMIT,
     FINITE("[{\"name\":\"A\",\"actions\":50000},{\"name\":\"B\",\"actions\":50000}]", "[[1]]", ""),
     "/payoffs: wanted at most 2^31 action profiles, the actions give more"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2]]", ",\"stage\":3"), "/stage: wanted a text"},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2]]", ",\"stage\":\"infinite\""),
     "/stage: wanted \"finite\", \"separable\" or \"public-good\", found \"infinite\""},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2]]", ",\"stage\":\"finite\",\"separable\":{}"),
     "/separable: wanted no \"separable\" beside \"stage\": \"finite\""},
    {ENT_E_MODEL, FINITE(ONE, "[[1],[2]]", ",\"separable\":{}"),
     "/payoffs: wanted no \"payoffs\" in a separable stage game"},
    {ENT_E_MODEL, "{" HEAD ",\"stage\":\"separable\"," DILEMMA_PLAYERS "," TERMS "}",
     "/: the member \"separable\" is missing"},
    {ENT_E_MODEL, SEPARABLE("[]"), "/separable: wanted an object"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{}}"), "/separable: the member \"Column\" is missing"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{},\"Column\":{},\"Third\":{}}"),
     "/separable/Third: wanted the name of a player (Row, Column), found \"Third\""},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":[],\"Column\":{}}"), "/separable/Row: wanted an object"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"row\":[1,2]},\"Column\":{}}"),
     "/separable/Row/row: wanted the name of a player (Row, Column), found \"row\""},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"Row\":[1]},\"Column\":{}}"),
     "/separable/Row/Row: wanted 2 numbers, one an action, found 1"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"Row\":7},\"Column\":{}}"),
     "/separable/Row/Row: wanted a list"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"Row\":[1,true]},\"Column\":{}}"),
     "/separable/Row/Row/1: wanted a number"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"Row\":{\"work\":1}},\"Column\":{}}"),
     "/separable/Row/Row: wanted 2 numbers, one an action of \"Row\", found 1"},
    {ENT_E_MODEL, SEPARABLE("{\"Row\":{\"Row\":{\"work\":1,\"shrik\":2}},\"Column\":{}}"),
     "/separable/Row/Row/shrik: wanted the name of an action (work, shirk), found \"shrik\""},
    {ENT_E_MODEL, PUBLIC(",\"payoffs\":[]"), "/payoffs: wanted no \"payoffs\" for a public good"},
    {ENT_E_MODEL, PUBLIC(",\"separable\":{}"),
     "/separable: wanted no \"separable\" for a public good"},
    {ENT_E_MODEL, "{" HEAD ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":1}]}",
     "/players/0: the member \"cost\" is missing"},
    {ENT_E_MODEL, "{" HEAD ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"cost\":1}]}",
     "/players/0: the member \"size\" is missing"},
    {ENT_E_MODEL,
     "{" HEAD ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":-1,\"cost\":1}]}",
     "/players/0/size: wanted a number >= 0, found -1"},
    {ENT_E_MODEL,
     "{" HEAD ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":1,\"cost\":0}]}",
     "/players/0/cost: wanted a number > 0, found 0"},
    {ENT_E_MODEL,
     "{" HEAD
     ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":1,\"cost\":1,\"actions\":2}]}",
     "/players/0/actions:"},
    {ENT_E_MODEL, PD("\"discount\":0.5"), "/: the member \"coalition\" is missing"},
    {ENT_E_MODEL, PD("\"discount\":0.5,\"coalition\":\"Row\""), "/coalition: wanted a list"},
    {ENT_E_MODEL, PD("\"discount\":0.5,\"coalition\":[]"),
     "/coalition: wanted at least one player, found none"},
    {ENT_E_MODEL, PD("\"discount\":0.5,\"coalition\":[\"Row\",\"Row\"]"),
     "/coalition/1: wanted each player once, found \"Row\" again"},
    {ENT_E_MODEL, PD("\"discount\":0.5,\"coalition\":[\"row\"]"),
     "/coalition/0: wanted the name of a player (Row, Column), found \"row\""},
    {ENT_E_MODEL, PD("\"discount\":0.5,\"coalition\":[1]"), "/coalition/0: wanted a text"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"]"), "/: the member \"discount\" is missing"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"],\"discount\":1"),
     "/discount: wanted a number in [0,1), found 1"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"],\"discount\":0.99999999999999999999"),
     "/discount: wanted a number in [0,1), found 0.99999999999999999999"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"],\"discount\":\"-1/5\""),
     "/discount: wanted a number in [0,1), found -1/5"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"],\"discount\":0.5,\"renegotiation\":1.5"),
     "/renegotiation: wanted a number in [0,1], found 1.5"},
    {ENT_E_MODEL, PD("\"coalition\":[\"Row\"],\"discount\":0.5,\"renegotiation\":-0.5"),
     "/renegotiation: wanted a number in [0,1], found -0.5"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":7"), "/weights: wanted an object"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":\"fair\""),
     "/weights: wanted \"equal\", \"proportional\" or an object, found \"fair\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":\"proportional\""),
     "/weights: wanted another word than \"proportional\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{}"),
     "/weights: wanted a weight for every insider, found none for \"Row\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":1}"),
     "/weights: wanted a weight for every insider, found none for \"Column\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":0,\"Column\":0}"),
     "/weights: wanted a weight > 0 for some insider, found none"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":-1,\"Column\":2}"),
     "/weights/Row: wanted a number >= 0, found -1"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":1,\"Col\":2}"),
     "/weights/Col: wanted the name of a player (Row, Column), found \"Col\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":1,\"Column\":{}}"),
     "/weights/Column: wanted a number"},
    {ENT_E_MODEL,
     PD(TERMS
        ",\"weights\":{\"Row,Column\":{\"Row\":1,\"Column\":1},\"Column,Row\":{\"Row\":1,\"Column\":1}}"),
     "/weights/Column,Row: wanted each coalition once, found this one again"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row,Row\":{\"Row\":1}}"),
     "/weights/Row,Row: wanted each player once, found \"Row\" again"},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row,\":{\"Row\":1}}"),
     "/weights/Row,: wanted the name of a player (Row, Column), found \"\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":{\"Row\":1,\"Column\":1}}"),
     "/weights/Row/Column: wanted a member of this coalition, found \"Column\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row,Column\":{\"Row\":1}}"),
     "/weights/Row,Column: wanted a weight for every insider, found none for \"Column\""},
    {ENT_E_MODEL, PD(TERMS ",\"weights\":{\"Row\":{\"Row\":1},\"Column\":2}"),
     "/weights/Column: wanted an object"},
    {ENT_E_MODEL,
     "{" HEAD
     ",\"stage\":\"public-good\",\"players\":[{\"name\":\"A\",\"size\":0,\"cost\":1}],\"coalition\":[\"A\"],"
     "\"discount\":0.5,\"weights\":\"proportional\"}",
     "/weights: wanted a weight > 0 for some insider, found none"},
};

static void refuses(ent_ctx *ctx)
{
    for (size_t k = 0; k < sizeof refusals / sizeof *refusals; k++) {
        const refusal *r = &refusals[k];
        ent_relational *untouched = NULL;
        CHECK(read_text(ctx, r->text, &untouched) == r->status);
        CHECK(untouched == NULL);
        const char *place = strstr(ent_message(ctx), ": /");
        const int fits = place && strncmp(place + 2, r->message, strlen(r->message)) == 0 &&
                         strncmp(ent_message(ctx), "m:1:", 4) == 0;
        if (!fits) printf("got  %s\nwant %s\n", ent_message(ctx), r->message);
        CHECK(fits);
    }
}

/* Limits that need long documents. */
static void refuses_long(ent_ctx *ctx)
{
    ent_relational *untouched = NULL;
    ent_text text;
    ent_text_init(ctx, &text);
    ent_text_puts(&text, "{" HEAD ",\"players\":[");
    for (int i = 0; i < 65; i++) ent_text_printf(&text, "%s{\"name\":\"p%d\"}", i ? "," : "", i);
    ent_text_puts(&text, "]}");
    CHECK(read_text(ctx, text.data, &untouched) == ENT_E_LIMIT);
    CHECK(strstr(ent_message(ctx), "/players: wanted at most 64 players, found 65") != NULL);
    ent_text_reset(&text);
    ent_text_puts(&text, "{" HEAD ",\"players\":[{\"name\":\"");
    for (int i = 0; i <= ENT_NAME_BYTES_MAX; i++) ent_text_putc(&text, 'a');
    ent_text_puts(&text, "\"}]}");
    CHECK(read_text(ctx, text.data, &untouched) == ENT_E_MODEL);
    CHECK(strstr(ent_message(ctx),
                 "/players/0/name: wanted the name of a player, found more than 200 bytes") !=
          NULL);
    ent_text_reset(&text);
    ent_text_puts(&text, PD(TERMS ",\"weights\":{"));
    text.len -= 1; /* the closing brace of the macro */
    for (int i = 0; i <= ENT_WEIGHT_ROWS_MAX; i++)
        ent_text_printf(&text, "%s\"r%d\":{}", i ? "," : "", i);
    ent_text_puts(&text, "}}");
    CHECK(read_text(ctx, text.data, &untouched) == ENT_E_LIMIT);
    CHECK(strstr(ent_message(ctx), "/weights: wanted at most 20000 coalitions, found 20001") !=
          NULL);
    ent_text_release(&text);
}

/* Every allocation made to fail in turn: the right status, nothing leaked, and the next call
 * works. */
static void no_memory(ent_ctx *ctx)
{
    static const char *const texts[] = {
        PD(TERMS ",\"weights\":{\"Row\":1,\"Column\":2}"),
        SEPARABLE("{\"Row\":{\"Row\":[1,2]},\"Column\":{\"Row\":{\"work\":1,\"shirk\":2}}}"),
        PUBLIC(",\"weights\":{\"A,B\":{\"A\":1,\"B\":0}}"),
        PD(TERMS ",\"weights\":{\"Row\":1,\"Col\":2}")};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        brutal b = {.ctx = ctx};
        while (brutal_goes_on(&b)) {
            ent_relational *m = NULL;
            brutal_on(&b);
            brutal_off(&b, read_text(ctx, texts[k], &m));
            CHECK((m != NULL) == (b.st == ENT_OK));
            ent_relational_free(m);
        }
        CHECK(b.st == (k == 3 ? ENT_E_MODEL : ENT_OK));
        CHECK(b.failures > 4);
    }
}

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    if (!ctx) return 1;
    reads_finite(ctx);
    reads_separable(ctx);
    reads_public_good_and_weights(ctx);
    refuses(ctx);
    refuses_long(ctx);
    no_memory(ctx);
    ent_relational_free(NULL);
    ent_ctx_free(ctx);
    return check_end();
}
