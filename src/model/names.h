/** names.h - names of players and actions: reading, checking, finding, and coalitions written as
 * lists of names.
 *
 * A player's name is not empty, has no comma and no slash (coalitions are keys such as "A,B",
 * places are "/players/A"), no control character, no white space at its ends, and at most
 * ENT_NAME_BYTES_MAX bytes. An action's name is the same, but may have commas and slashes ("1/2"),
 * only not begin with "//", which marks comments. Names in one list differ.
 */
#ifndef ENT_NAMES_H
#define ENT_NAMES_H

#include "entente/coal.h"
#include "io/json.h"

enum { ENT_NAME_BYTES_MAX = 200 };

typedef enum ent_i_named { ENT_I_A_PLAYER, ENT_I_AN_ACTION } ent_i_named;

/** ent_i_name_read - a JSON string that may name a player or an action; *out on the heap
 * (ent_free). */
ent_status ent_i_name_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, ent_i_named what,
                           char **out);

/** ent_i_names_read - a JSON array of different names, lo to hi of them. Free with
 * ent_i_names_free. */
ent_status ent_i_names_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list,
                            ent_i_named what, int lo, int hi, int *n, char ***names);

/** ent_i_players_read - the `players` of a model: 1 to `hi` objects (hi <= ENT_PLAYERS_MAX), each
 * with a "name". The other members of the objects are the caller's business. Free with
 * ent_i_names_free.
 */
ent_status ent_i_players_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int hi,
                              int *n, char ***names);

/** ent_i_names_free - accepts NULL, and NULL entries. */
void ent_i_names_free(int n, char **names);

/** ent_i_name_find - the place of `text` among n names, or -1. */
int ent_i_name_find(int n, char *const *names, const char *text);

/** ent_i_name_index - the place of the name that a JSON string holds; fails with ENT_E_MODEL,
 * listing the names. */
ent_status ent_i_name_index(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                            ent_i_named what, int n, char *const *names, int *out);

/** ent_i_key_index - the same for the key of a member of an object. */
ent_status ent_i_key_index(ent_ctx *ctx, const ent_doc *doc, const ent_json *member,
                           ent_i_named what, int n, char *const *names, int *out);

/** ent_i_coalition_read - a JSON array of names of players into a set; refuses an empty one and
 * repeated names. */
ent_status ent_i_coalition_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int n,
                                char *const *names, ent_coal *out);

/** ent_i_coalition_key - a member's key "A,B", in any order, into a set; refuses repeated names. */
ent_status ent_i_coalition_key(ent_ctx *ctx, const ent_doc *doc, const ent_json *member, int n,
                               char *const *names, ent_coal *out);

/** ent_i_coalition_name - append "A,B", in the order of the players. */
void ent_i_coalition_name(ent_text *out, char *const *names, ent_coal s);

#endif
