/** nfg.h - finite games in Gambit's .nfg text format, read from and written to memory.
 *
 *   NFG 1 R "title" { "Ann" "Bob" } { 2 2 }                 payoff body:  1 1  0 2  2 0  0 0 NFG 1
 *   R "title" { "Ann" "Bob" } { {"a" "b"} {"c" "d"} } outcome body: { {"" 1, 1} {"" 0, 2} } 1 2 0 0
 *
 * Profiles come with player 1's strategy fastest. A quoted comment may stand before the body.
 * Commas count as white space between numbers. Numbers are integers, decimals (also with an
 * exponent) and fractions, read exactly. Outcome 0 is the null outcome, which pays nothing.
 */
#ifndef ENT_NFG_H
#define ENT_NFG_H

#include "base/text.h"
#include "exact/rat.h"

/** ENT_NFG_PLAYERS_MAX, ENT_NFG_ACTIONS_MAX (of one player), ENT_NFG_PAYOFFS_MAX - larger games are
 * refused with ENT_E_LIMIT. */
enum { ENT_NFG_PLAYERS_MAX = 64, ENT_NFG_ACTIONS_MAX = 4096 };
#define ENT_NFG_PAYOFFS_MAX ((int64_t)1 << 25)

/** ent_nfg - a game as the file tells it, with labels made usable as names: valid UTF-8 (other
 * bytes are taken as Latin-1), not empty ("Player 2", "3"), different from each other ("stay (2)"),
 * no spaces at their ends, at most 200 bytes, ';' and '-' for ',' and '/' in players' names. */
typedef struct ent_nfg {
    char *title, *comment; /* "" when absent */
    int n;
    char **player;  /* [n] */
    int *actions;   /* [n] */
    char ***action; /* [n][actions[i]] */
    int64_t profiles;
    /* [profiles][n], the last player's action fastest: our order, not the file's */
    ent_rat *payoff;
} ent_nfg;

/** ent_nfg_is - does a text begin like an .nfg file, so that it should be read as one? */
bool ent_nfg_is(size_t len, const char *text);

/** ent_nfg_read - parse a whole file.
 * Given     name  in  what messages call the source
 * Returned  out   free with ent_nfg_free; untouched on error
 * Status    ENT_E_PARSE  "name:line:column: what was wanted, what was found": also for payoffs or
 *                        outcome indices that are missing or too many; ENT_E_LIMIT; ENT_E_MEMORY
 */
ent_status ent_nfg_read(ent_ctx *ctx, const char *name, size_t len, const char *text,
                        ent_nfg **out);
void ent_nfg_free(ent_nfg *game);

/** ent_nfg_new - an empty game of this shape, texts NULL, payoffs 0: for those who fill one in. */
ent_status ent_nfg_new(ent_ctx *ctx, int n, const int *actions, ent_nfg **out);

/** ent_nfg_write - append the game as an .nfg file with labels and payoff body; errors are sticky
 * in the text. */
void ent_nfg_write(ent_text *out, const ent_nfg *game);

/** ent_nfg_write_model - append the game as a model document of the family `strategic`. */
void ent_nfg_write_model(ent_text *out, const ent_nfg *game);

#endif
