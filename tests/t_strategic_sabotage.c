/* Every number, text and boolean of every result is changed in turn, in the solution and in the
 * evidence, and the checker must refuse. */
#include "check.h"
#include "sabotage.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"strategic\", "
#define TWO \
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"B\", \"actions\": [\"p\", \"q\"]}], "
#define THREE \
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"B\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"C\", \"actions\": [\"p\", \"q\"]}], "

static const char pennies[] = HEAD TWO "\"payoffs\": [[\"1/3\",-1],[-1,2],[-2,1],[1,-1]]}";
static const char vendors[] = HEAD TWO "\"payoffs\": [[40,20],[80,100],[100,40],[50,50]]}";
static const char partners[] = HEAD THREE
    "\"default\": [0,0,0], \"outcomes\": [{\"profile\": [\"p\",\"p\",\"*\"], \"payoff\": [1,1,0]}, "
    "{\"profile\": [\"q\",\"*\",\"p\"], \"payoff\": [1,0,1]}, {\"profile\": [\"*\",\"q\",\"q\"], \"payoff\": [0,1,2]}]}";
static const char random_game[] =
    HEAD THREE "\"payoffs\": [[8,3,7],[6,6,9],[8,0,7],[5,6,0],[3,9,2],[7,8,3],[0,7,8],[9,7,5]]}";

/* Three equilibria (docs/nonuniqueness.md 1); irrational ones; a vertex with a range of prices; no
 * positive prices. */
static const char bystander[] = HEAD
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"B\", \"actions\": [\"p\", \"q\"]}, {\"name\": "
    "\"C\", \"actions\": [\"p\"]}], \"payoffs\": [[0,0,4],[4,0,1],[2,4,1],[3,3,0]]}";
static const char irrational[] =
    HEAD THREE "\"payoffs\": [[1,2,9],[9,1,3],[4,7,2],[6,5,8],[3,9,4],[8,2,7],[2,6,5],[7,8,1]]}";
static const char vertex[] = HEAD TWO "\"payoffs\": [[5,2],[1,6],[0,-4],[-1,-5]]}";
static const char dummy[] = HEAD
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"B\", \"actions\": [\"p\"]}], \"payoffs\": [[1,0],[1,1]]}";
static const char limit[] = HEAD
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\"]}, {\"name\": \"B\", \"actions\": [\"p\"]}, {\"name\": \"C\", \"actions\": [\"p\"]}], "
    "\"payoffs\": [[1,0,2],[1,1,2]]}";
static const char secured[] = HEAD TWO "\"payoffs\": [[3,3],[0,0],[3,0],[3,0]]}";
/* Irrational prices of two players, enclosed and between two that prove them; no positive prices,
 * proved in steps. */
#define SIX \
    "\"players\": [{\"name\": \"A\", \"actions\": [\"p\", \"q\", \"r\"]}, {\"name\": \"B\", \"actions\": [\"p\", \"q\", \"r\"]}], "
static const char mixed[] =
    HEAD SIX "\"payoffs\": [[9,9],[1,3],[4,7],[6,5],[3,9],[8,2],[2,6],[7,8],[0,1]]}";
static const char in_steps[] =
    HEAD SIX "\"payoffs\": [[3,2],[3,3],[3,3],[0,3],[3,2],[3,3],[0,3],[0,3],[3,2]]}";
static const char paying[] =
    HEAD TWO "\"transferable\": true, \"payoffs\": [[40,20],[80,100],[100,40],[50,50]]}";
static const char shares[] = HEAD
    "\"players\": [\"A\", \"B\", \"C\"], \"disagreement\": [0,0,0], \"outcomes\": [{\"payoff\": [6,1,1]}, "
    "{\"payoff\": [1,6,2]}, {\"payoff\": [2,2,6]}]}";
static const char stuck[] = HEAD
    "\"players\": [\"A\", \"B\", \"C\"], \"disagreement\": [0,1,0], \"outcomes\": [{\"payoff\": [4,1,0]}, "
    "{\"payoff\": [0,1,3]}, {\"payoff\": [9,0,9]}, {\"payoff\": [1,1,1]}]}";

/* Two coalition-perfect equilibria (docs/nonuniqueness.md 2). */
static const char perfect[] =
    HEAD THREE "\"payoffs\": [[1,2,9],[0,0,0],[0,6,7],[0,0,0],[0,0,4],[2,0,8],[0,6,7],[6,0,0]]}";

static const char gloves[] = HEAD
    "\"players\": [\"L\", \"R1\", \"R2\"], \"worth\": {\"L,R1\": 1, \"L,R2\": 1, \"L,R1,R2\": 1}}";
static const char worths[] = HEAD
    "\"worth\": {\"A\": \"1/3\", \"B\": -2, \"A,B\": 1.5, \"C\": 0, \"B,C\": 4, \"A,C,D\": 7, \"A,B,C,D\": 10}}";
static const char council[] =
    HEAD "\"quota\": 5, \"votes\": {\"A\": 4, \"B\": 3, \"C\": 2, \"D\": 1, \"E\": 0}}";

static const struct {
    const char *model, *method;
} cases[] = {{pennies, "threats"},
             {random_game, "threats"},
             {vendors, "tu-value"},
             {partners, "tu-value"},
             {random_game, "tu-value"},
             {vendors, "coco"},
             {vertex, "coco"},
             {pennies, "coco"},
             {partners, "coco"},
             {random_game, "coco"},
             {bystander, "coco"},
             {irrational, "coco"},
             {dummy, "coco"},
             {limit, "coco"},
             {secured, "coco"},
             {mixed, "coco"},
             {in_steps, "coco"},
             {mixed, "nash"},
             {in_steps, "nash"},
             {mixed, "harsanyi"},
             {in_steps, "harsanyi"},
             {vertex, "harsanyi"},
             {paying, "coco"},
             {shares, "coco"},
             {vendors, "nash"},
             {vertex, "nash"},
             {pennies, "nash"},
             {secured, "nash"},
             {shares, "nash"},
             {stuck, "nash"},
             {perfect, "coalition-perfect"},
             {partners, "coalition-perfect"},
             {random_game, "coalition-perfect"},
             {irrational, "coalition-perfect"},
             {bystander, "coalition-perfect"},
             {vendors, "coalition-perfect"},
             {shares, "coalition-perfect"},
             {paying, "coalition-perfect"},
             {gloves, "shapley"},
             {worths, "shapley"},
             {council, "shapley"},
             {gloves, "banzhaf"},
             {worths, "banzhaf"},
             {council, "banzhaf"},
             {gloves, "dividends"},
             {worths, "dividends"},
             {vendors, "harsanyi"},
             {pennies, "harsanyi"},
             {partners, "harsanyi"},
             {random_game, "harsanyi"},
             {irrational, "harsanyi"},
             {shares, "harsanyi"},
             {paying, "harsanyi"},
             {bystander, "harsanyi"},
             {perfect, "coco"},
             {perfect, "harsanyi"}};

/* What must have been there to be changed. */
static const char *const kinds[] = {"\"enclosure\"", "\"between\"",  "\"secures\"", "\"then\"",
                                    "\"range\"",     "\"approach\"", "\"index\"",   "\"bound\""};
enum { KINDS = sizeof kinds / sizeof *kinds };
static int seen[KINDS];

static void change_all(const char *model, const char *method)
{
    const ent_request request = {
        .source = method, .text = model, .len = strlen(model), .method = method};
    sabotage s = {.ctx = ctx, .name = method};
    char *json = sabotage_solve(ctx, &request);
    if (!json) return;
    for (int k = 0; k < KINDS; k++) seen[k] += strstr(json, kinds[k]) != NULL;
    sabotage_all(&s, json);
    ent_free(json);
}

int main(void)
{
    ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        change_all(cases[k].model, cases[k].method);
    for (int k = 0; k < KINDS; k++) {
        if (seen[k] == 0) printf("no document holds %s\n", kinds[k]);
        CHECK(seen[k] > 0);
    }
    ent_ctx_free(ctx);
    return check_end();
}
