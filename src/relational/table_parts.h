/** table_parts.h - what the tables of all relational methods have in common. Everything shown is
 * read from the document. */
#ifndef ENT_TABLE_PARTS_H
#define ENT_TABLE_PARTS_H

#include "relational/solve.h"

/** ent_i_table_begin - a table whose title is the model's name and `what`. */
void ent_i_table_begin(ent_tables *out, const ent_json *result, const char *what,
                       const char *heads);

/** ent_i_table_terms - a note: who negotiates, how patient, how often. */
void ent_i_table_terms(ent_tables *out, const ent_json *model);

/** ent_i_table_fact - one line of a table of main numbers; nothing when there is no such number. */
void ent_i_table_fact(ent_tables *out, const char *what, const ent_json *number,
                      const char *meaning);

/** ent_i_table_none - the answer "there is none", with its evidence; ent_i_table_solved - is there
 * another? */
void ent_i_table_none(ent_tables *out, const ent_json *result);
bool ent_i_table_solved(const ent_json *result);

/** ent_i_table_plays - a table with one column a player, after the columns of `first`; the heads
 * name the players.
 * ent_i_table_action - a cell: an action's name, or an effort in four digits. */
void ent_i_table_plays(ent_tables *out, const char *title, const char *first,
                       const ent_json *players);
void ent_i_table_action(ent_tables *out, const ent_json *action);

/** ent_i_table_names - append "A, B" from a list of names; "all players" when there is no list. */
void ent_i_table_names(ent_text *out, const ent_json *list);

#endif
