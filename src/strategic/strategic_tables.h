/** strategic_tables.h - what the tables of several methods share. Everything shown is read from the
 * document. */
#ifndef ENT_STRATEGIC_TABLES_H
#define ENT_STRATEGIC_TABLES_H

#include "report/cells.h"
#include "strategic/strategic_solve.h"

/** ent_i_strategic_begin - a table titled "<model's name>: what". */
void ent_i_strategic_begin(ent_tables *out, const ent_json *result, const char *what,
                           const char *heads);

/** ent_i_mix_text - append "A: sign, B: refuse", or for a mixed strategy "1/2 (A: L, B: R), 1/2 (A:
 * R, B: R)". */
void ent_i_mix_text(ent_text *out, const ent_json *mix);
void ent_i_mix_cell(ent_tables *out, const ent_json *mix);

/** ent_i_payoffs_cell - "A 2, B 3/2, C 0" from {NAME: num}. */
void ent_i_payoffs_cell(ent_tables *out, const ent_json *vector);

#endif
