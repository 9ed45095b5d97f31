#include "io/nfg.h"

#include "io/nfg_scan.h"

#include <string.h>

/* Games with more numbers than this are given memory only when the file is long enough to hold
 * them. */
enum { TRUSTED_MAX = 1 << 16 };

bool ent_nfg_is(size_t len, const char *text)
{
    size_t k = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (k < len && strchr(" \t\r\n", text[k]) && text[k]) k++;
    return len - k >= 4 && memcmp(text + k, "NFG", 3) == 0 && strchr(" \t\r\n", text[k + 3]) &&
           text[k + 3];
}

void ent_nfg_free(ent_nfg *game)
{
    if (!game) return;
    for (int i = 0; i < game->n; i++) {
        for (int k = 0; game->action && game->action[i] && k < game->actions[i]; k++)
            ent_free(game->action[i][k]);
        if (game->action) ent_free(game->action[i]);
        if (game->player) ent_free(game->player[i]);
    }
    ent_rats_free(game->payoff, game->payoff ? (size_t)game->profiles * (size_t)game->n : 0);
    ent_free(game->action);
    ent_free(game->actions);
    ent_free(game->player);
    ent_free(game->title);
    ent_free(game->comment);
    ent_free(game);
}

ent_status ent_nfg_new(ent_ctx *ctx, int n, const int *actions, ent_nfg **out)
{
    ent_status st = ENT_OK;
    ent_nfg *game = NULL;
    ENT_REQUIRE(ctx, n >= 1);
    ENT_ALLOC(ctx, game, 1);
    game->n = n;
    game->profiles = 1;
    ENT_ALLOC(ctx, game->player, n);
    ENT_ALLOC(ctx, game->actions, n);
    ENT_ALLOC(ctx, game->action, n);
    for (int i = 0; i < n; i++) {
        game->actions[i] = actions[i];
        ENT_ALLOC(ctx, game->action[i], actions[i]);
        if (game->profiles > ENT_NFG_PAYOFFS_MAX / n / actions[i])
            ENT_FAIL(ctx, ENT_E_LIMIT, "the game has more than %lld payoffs",
                     (long long)ENT_NFG_PAYOFFS_MAX);
        game->profiles *= actions[i];
    }
    game->payoff = ent_rats_new(ctx, (size_t)game->profiles * (size_t)n, &st);
    if (!game->payoff) goto done;
    *out = game;
    game = NULL;
done:
    ent_nfg_free(game);
    return st;
}

/* What is known before the number of strategies of every player is: labels in order, one list for
 * all players. */
typedef struct head {
    ent_nfg_scan s;
    char *title, *comment;
    int n;
    char *player[ENT_NFG_PLAYERS_MAX];
    int actions[ENT_NFG_PLAYERS_MAX];
    size_t labels, room;
    char **label; /* [labels]; empty when the file only counts strategies */
} head;

static void release_head(head *h)
{
    for (int i = 0; i < h->n; i++) ent_free(h->player[i]);
    for (size_t k = 0; k < h->labels; k++) ent_free(h->label[k]);
    ent_free(h->label);
    ent_free(h->title);
    ent_free(h->comment);
}

static ent_status take(head *h, ent_nfg_token token, const char *wanted)
{
    if (h->s.token != token) return ent_nfg_fail(&h->s, ENT_E_PARSE, "%s", wanted);
    return ent_nfg_next(&h->s);
}

static bool is_word(const ent_nfg_scan *s, const char *word)
{
    return s->token == ENT_NFG_WORD && s->to - s->from == strlen(word) &&
           memcmp(s->text + s->from, word, s->to - s->from) == 0;
}

static ent_status read_title(head *h)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_nfg_next(&h->s));
    if (!is_word(&h->s, "NFG")) return ent_nfg_fail(&h->s, ENT_E_PARSE, "the word NFG");
    ENT_TRY(ent_nfg_next(&h->s));
    if (!is_word(&h->s, "1")) return ent_nfg_fail(&h->s, ENT_E_PARSE, "the version, 1");
    ENT_TRY(ent_nfg_next(&h->s));
    if (!is_word(&h->s, "R") && !is_word(&h->s, "D"))
        return ent_nfg_fail(&h->s, ENT_E_PARSE, "R or D");
    ENT_TRY(ent_nfg_next(&h->s));
    if (h->s.token != ENT_NFG_QUOTED)
        return ent_nfg_fail(&h->s, ENT_E_PARSE, "the game's title in quotes");
    h->title = ent_nfg_label(&h->s, &st);
    if (!h->title) goto done;
    ENT_TRY(ent_nfg_next(&h->s));
done:
    return st;
}

static ent_status read_players(head *h)
{
    ent_status st = ENT_OK;
    ENT_TRY(take(h, ENT_NFG_OPEN, "{ before the players"));
    while (h->s.token == ENT_NFG_QUOTED) {
        if (h->n == ENT_NFG_PLAYERS_MAX)
            return ent_nfg_fail_at(&h->s, h->s.from, ENT_E_LIMIT, "wanted at most %d players",
                                   ENT_NFG_PLAYERS_MAX);
        h->player[h->n] = ent_nfg_label(&h->s, &st);
        if (!h->player[h->n]) goto done;
        h->n++;
        ENT_TRY(ent_nfg_next(&h->s));
    }
    if (h->n == 0) return ent_nfg_fail(&h->s, ENT_E_PARSE, "a player's name in quotes");
    ENT_TRY(take(h, ENT_NFG_CLOSE, "a player's name in quotes, or }"));
done:
    return st;
}

/* A whole number in [least, most] at the current token. */
static ent_status read_whole(head *h, int64_t least, int64_t most, const char *wanted, int64_t *out)
{
    int64_t value = 0;
    const ent_nfg_scan *s = &h->s;
    bool good = s->token == ENT_NFG_WORD;
    for (size_t k = s->from; good && k < s->to; k++) {
        const char c = s->text[k];
        good = c >= '0' && c <= '9' && value <= most;
        if (good) value = 10 * value + (c - '0');
    }
    if (!good || value < least || value > most)
        return ent_nfg_fail(s, ENT_E_PARSE, "%s, %lld to %lld", wanted, (long long)least,
                            (long long)most);
    *out = value;
    return ent_nfg_next(&h->s);
}

static ent_status read_counts(head *h)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < h->n; i++) {
        int64_t count = 0;
        ENT_TRY(read_whole(h, 1, ENT_NFG_ACTIONS_MAX, "a number of strategies", &count));
        h->actions[i] = (int)count;
    }
done:
    return st;
}

static ent_status add_label(head *h)
{
    ent_status st = ENT_OK;
    if (h->labels == h->room) {
        const size_t room = h->room ? 2 * h->room : 16;
        char **label = ent_i_realloc(h->s.ctx, h->label, room, sizeof *label, &st);
        if (!label) goto done;
        h->label = label;
        h->room = room;
    }
    h->label[h->labels] = ent_nfg_label(&h->s, &st);
    if (h->label[h->labels]) h->labels++;
done:
    return st;
}

static ent_status read_labels(head *h)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < h->n; i++) {
        ENT_TRY(take(h, ENT_NFG_OPEN, "{ before the strategies of the next player"));
        while (h->s.token == ENT_NFG_QUOTED && h->actions[i] < ENT_NFG_ACTIONS_MAX) {
            ENT_TRY(add_label(h));
            h->actions[i]++;
            ENT_TRY(ent_nfg_next(&h->s));
        }
        if (h->s.token == ENT_NFG_QUOTED)
            return ent_nfg_fail_at(&h->s, h->s.from, ENT_E_LIMIT,
                                   "wanted at most %d strategies of a player", ENT_NFG_ACTIONS_MAX);
        if (h->actions[i] == 0)
            return ent_nfg_fail(&h->s, ENT_E_PARSE, "a strategy's name in quotes");
        ENT_TRY(take(h, ENT_NFG_CLOSE, "a strategy's name in quotes, or }"));
    }
done:
    return st;
}

static ent_status read_strategies(head *h)
{
    ent_status st = ENT_OK;
    ENT_TRY(take(h, ENT_NFG_OPEN, "{ before the strategies"));
    if (h->s.token == ENT_NFG_OPEN) ENT_TRY(read_labels(h));
    else ENT_TRY(read_counts(h));
    ENT_TRY(take(h, ENT_NFG_CLOSE, "} after the strategies of the last player"));
    if (h->s.token != ENT_NFG_QUOTED) return st;
    h->comment = ent_nfg_label(&h->s, &st);
    if (!h->comment) goto done;
    ENT_TRY(ent_nfg_next(&h->s));
done:
    return st;
}

static ent_status read_number(head *h, const char *wanted, ent_rat *out)
{
    const ent_nfg_scan *s = &h->s;
    size_t len = s->to - s->from;
    if (len > 1 && s->text[s->to - 1] == '.') len--; /* "3." is 3 */
    if (s->token != ENT_NFG_WORD || !ent_rat_parse(out, s->text + s->from, len))
        return ent_nfg_fail(s, ENT_E_PARSE, "%s", wanted);
    return ent_nfg_next(&h->s);
}

/* The next profile in the file's order, player 1 fastest; returns its number in ours, last player
 * fastest. */
static int64_t next_profile(const ent_nfg *game, int *action)
{
    int64_t index = 0;
    for (int i = 0; i < game->n; i++) {
        if (++action[i] < game->actions[i]) break;
        action[i] = 0;
    }
    for (int i = 0; i < game->n; i++) index = index * game->actions[i] + action[i];
    return index;
}

static ent_status read_payoffs(head *h, ent_nfg *game)
{
    ent_status st = ENT_OK;
    int action[ENT_NFG_PLAYERS_MAX] = {0};
    int64_t row = 0;
    for (int64_t p = 0; p < game->profiles; p++, row = next_profile(game, action)) {
        for (int i = 0; i < game->n; i++) {
            if (h->s.token == ENT_NFG_END)
                return ent_nfg_fail(&h->s, ENT_E_PARSE, "%lld payoffs, %lld of them",
                                    (long long)(game->profiles * game->n),
                                    (long long)(p * game->n + i));
            ENT_TRY(read_number(h, "a payoff", &game->payoff[row * game->n + i]));
        }
    }
    if (h->s.token != ENT_NFG_END)
        return ent_nfg_fail(&h->s, ENT_E_PARSE, "the end of the file after %lld payoffs",
                            (long long)(game->profiles * game->n));
done:
    return st;
}

/* The list of outcomes: [outcomes][n] payoffs in *payoff. */
static ent_status read_outcomes(head *h, int64_t *outcomes, size_t *room, ent_rat **payoff)
{
    ent_status st = ENT_OK;
    const size_t n = (size_t)h->n;
    ENT_TRY(ent_nfg_next(&h->s));
    while (h->s.token == ENT_NFG_OPEN) {
        if ((size_t)*outcomes == *room) {
            ent_rat *more = ent_rats_new(h->s.ctx, (2 * *room + 16) * n, &st);
            if (!more) goto done;
            for (size_t k = 0; k < *room * n; k++) ent_rat_swap(&more[k], &(*payoff)[k]);
            ent_rats_free(*payoff, *room * n);
            *payoff = more;
            *room = 2 * *room + 16;
        }
        ENT_TRY(ent_nfg_next(&h->s));
        ENT_TRY(take(h, ENT_NFG_QUOTED, "an outcome's name in quotes"));
        for (size_t i = 0; i < n; i++)
            ENT_TRY(read_number(h, "one payoff of the outcome for every player",
                                &(*payoff)[(size_t)*outcomes * n + i]));
        ENT_TRY(take(h, ENT_NFG_CLOSE, "} after one payoff for every player"));
        ++*outcomes;
    }
    ENT_TRY(take(h, ENT_NFG_CLOSE, "{ before the next outcome, or } after the last"));
done:
    return st;
}

static ent_status read_outcome_body(head *h, ent_nfg *game)
{
    ent_status st = ENT_OK;
    int action[ENT_NFG_PLAYERS_MAX] = {0};
    int64_t outcomes = 0, row = 0;
    size_t room = 0;
    ent_rat *payoff = NULL;
    ENT_TRY(read_outcomes(h, &outcomes, &room, &payoff));
    for (int64_t p = 0; p < game->profiles; p++, row = next_profile(game, action)) {
        int64_t outcome = 0;
        if (h->s.token == ENT_NFG_END) {
            st = ent_nfg_fail(&h->s, ENT_E_PARSE, "%lld outcomes of profiles, %lld of them",
                              (long long)game->profiles, (long long)p);
            goto done;
        }
        ENT_TRY(read_whole(h, 0, outcomes, "the number of an outcome", &outcome));
        for (int i = 0; outcome > 0 && i < game->n; i++)
            ent_rat_set(&game->payoff[row * game->n + i], &payoff[(outcome - 1) * game->n + i]);
    }
    if (h->s.token != ENT_NFG_END)
        st = ent_nfg_fail(&h->s, ENT_E_PARSE,
                          "the end of the file after the outcomes of %lld profiles",
                          (long long)game->profiles);
done:
    ent_rats_free(payoff, room * (size_t)game->n);
    return st;
}

/* A number takes at least two bytes with the space behind it; a shorter body cannot be whole,
 * whatever it says. */
static ent_status check_length(const head *h)
{
    const int64_t room = (int64_t)(h->s.len - h->s.from) / 2 + 1;
    int64_t numbers = h->s.token == ENT_NFG_OPEN ? 1 : h->n;
    for (int i = 0; i < h->n; i++) {
        numbers *= h->actions[i];
        if (numbers > TRUSTED_MAX && numbers > room)
            return ent_nfg_fail_at(
                &h->s, h->s.len, ENT_E_PARSE,
                "wanted %lld or more numbers after the strategies, found the end of the file",
                (long long)numbers);
    }
    return ENT_OK;
}

/* Labels pass from the head into the game; missing ones stay NULL for ent_nfg_mend_labels. */
static ent_status game_of(head *h, ent_nfg **out)
{
    ent_status st = ENT_OK;
    ENT_TRY(ent_nfg_new(h->s.ctx, h->n, h->actions, out));
    ent_nfg *game = *out;
    game->title = h->title;
    game->comment = h->comment;
    h->title = h->comment = NULL;
    size_t label = 0;
    for (int i = 0; i < h->n; i++) {
        game->player[i] = h->player[i];
        h->player[i] = NULL;
        for (int k = 0; k < h->actions[i] && h->labels; k++) {
            game->action[i][k] = h->label[label];
            h->label[label++] = NULL;
        }
    }
    ENT_TRY(ent_nfg_mend_labels(h->s.ctx, game));
done:
    return st;
}

ent_status ent_nfg_read(ent_ctx *ctx, const char *name, size_t len, const char *text, ent_nfg **out)
{
    ent_status st = ENT_OK;
    head h = {.s = {.ctx = ctx, .name = name, .text = text, .len = len}};
    ent_nfg *game = NULL;
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) h.s.end = 3;
    ENT_TRY(read_title(&h));
    ENT_TRY(read_players(&h));
    ENT_TRY(read_strategies(&h));
    ENT_TRY(check_length(&h));
    ENT_TRY(game_of(&h, &game));
    if (h.s.token == ENT_NFG_OPEN) ENT_TRY(read_outcome_body(&h, game));
    else ENT_TRY(read_payoffs(&h, game));
    *out = game;
    game = NULL;
done:
    ent_nfg_free(game);
    release_head(&h);
    return st;
}
