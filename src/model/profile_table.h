/** profile_table.h - finite games as tables: the actions of the players and one payoff row a
 * profile. A profile is numbered with the last player's action varying fastest.
 */
#ifndef ENT_PROFILE_TABLE_H
#define ENT_PROFILE_TABLE_H

#include "model/names.h"
#include "model/reals.h"

/** ENT_ACTIONS_MAX - the most actions of one player; ENT_PROFILES_MAX - the most profiles of a
 * stored table. */
enum { ENT_ACTIONS_MAX = 1000000 };
#define ENT_PROFILES_MAX ((int64_t)1 << 31)

/** ent_i_actions_read - the actions of one player: a list of names, or a count m, which names them
 * "0" to "m-1".
 * Returned  names  out  [*count] free with ent_i_names_free
 */
ent_status ent_i_actions_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, int *count,
                              char ***names);

/** ent_i_profiles - the number of profiles; INT64_MAX when it is that or more. */
int64_t ent_i_profiles(int n, const int *actions);

/** ent_i_payoff_rows_read - one row of n payoffs a profile.
 * Returned  out  [n][profiles], player-major: payoff of player i at profile p is out->value[i *
 *                profiles + p]
 * Status    ENT_E_MODEL wrong number of rows or columns, no number; ENT_E_LIMIT more than
 *           ENT_PROFILES_MAX profiles
 */
ent_status ent_i_payoff_rows_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *rows, int n,
                                  int64_t profiles, ent_reals *out);

/** ent_i_profile_actions - the actions of profile number p into action[n]; ent_i_profile_number -
 * and back. */
void ent_i_profile_actions(int n, const int *actions, int64_t p, int *action);
int64_t ent_i_profile_number(int n, const int *actions, const int *action);

#endif
