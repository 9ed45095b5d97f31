/** write_bayes.h - the forms of docs/results.md "bayesian: common parts": interims, multipliers,
 * mechanisms; with numbers in solutions, with fractions in quotes in certificates.
 */
#ifndef ENT_WRITE_BAYES_H
#define ENT_WRITE_BAYES_H

#include "bayesian/answer.h"
#include "io/write.h"

/** ent_i_write_fraction - "21/104". */
void ent_i_write_fraction(ent_writer *w, const char *key, const ent_rat *value);

/** ent_i_write_interim - {NAME: num or {TYPE: num}}; NAN is written as null. Only member `only`
 * when it is >= 0. */
void ent_i_write_interim(ent_writer *w, const char *key, const ent_bayesian *model,
                         const ent_bayes_coal *s, const ent_twin *numbers, int only);
void ent_i_write_interim_proof(ent_writer *w, const char *key, const ent_bayesian *model,
                               const ent_bayes_coal *s, const ent_rat *numbers);

/** ent_i_write_multipliers - the positive ones, {NAME: {"REPORT|TYPE": num}}; pairs are numbered as
 * in bargain.h. */
void ent_i_write_multipliers(ent_writer *w, const char *key, const ent_bayesian *model,
                             const ent_bayes_coal *s, const ent_twin *numbers);
void ent_i_write_multipliers_proof(ent_writer *w, const char *key, const ent_bayesian *model,
                                   const ent_bayes_coal *s, const ent_rat *numbers);

/** ent_i_write_mechanism - {"TYPES": {DECISION: num}}; with fractions in quotes when `proof`. */
void ent_i_write_mechanism(ent_writer *w, const char *key, const ent_bayesian *model,
                           const ent_bayes_coal *s, const ent_bayes_mechanism *mechanism,
                           bool proof);

/** ent_i_write_prices - {"TYPES": {"probability", "price"}}, when decisions of S have prices; else
 * nothing. */
void ent_i_write_prices(ent_writer *w, const char *key, const ent_bayesian *model,
                        const ent_bayes_coal *s, const ent_bayes_mechanism *mechanism);

/** ent_i_open_coalition - begin the object of a coalition: key "A,B". */
void ent_i_open_coalition(ent_writer *w, const ent_bayesian *model, ent_coal s);

/** ent_i_write_alone - "alone": what each player inside the focus gets by itself. by_mask: answers
 * of single players. */
void ent_i_write_alone(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *by_mask);

/** ent_i_write_answer - the members of a solution from "status" to "prices";
 * ent_i_write_answer_proof - its certificate. */
void ent_i_write_answer(ent_writer *w, const ent_bayesian *model, const ent_bayes_answer *answer);
void ent_i_write_answer_proof(ent_writer *w, const ent_bayesian *model,
                              const ent_bayes_answer *answer);

#endif
