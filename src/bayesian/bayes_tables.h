/** bayes_tables.h - what the tables of the bayesian methods share. Everything shown is read from
 * the result document. */
#ifndef ENT_BAYES_TABLES_H
#define ENT_BAYES_TABLES_H

#include "driver/family.h"
#include "report/cells.h"

/** ent_i_bayes_table - begin a table titled "MODEL: what". */
void ent_i_bayes_table(ent_tables *out, const ent_json *result, const char *what,
                       const char *heads);

/** ent_i_bayes_utility_table - one row a coalition, one column a player and type ("buyer strong");
 * "-" for outsiders.
 * Given  coalitions  in  {S: {...}}
 *        member      in  path inside a coalition's object to an interim, "utilities" or
 *                        "recursive/utilities"
 *        status      in  a member with a word for the last column, or NULL
 */
void ent_i_bayes_utility_table(ent_tables *out, const ent_json *result, const char *title,
                               const ent_json *coalitions, const char *member, const char *status);

/** ent_i_bayes_heads - append "|>buyer strong|>buyer weak|>seller" for the players of the model. */
void ent_i_bayes_heads(ent_text *heads, const ent_json *model);

/** ent_i_bayes_interim_cells - the cells of an interim in the order of those heads. */
void ent_i_bayes_interim_cells(ent_tables *out, const ent_json *model, const ent_json *interim,
                               bool fraction);

/** ent_i_bayes_mechanism_table - what a coalition does, profile by profile: decisions with their
 * probabilities. */
void ent_i_bayes_mechanism_table(ent_tables *out, const ent_json *result, const char *title,
                                 const ent_json *mechanism, const ent_json *prices);

#endif
