/** strong_write.h - the forms of strong solutions in documents, shared by `strong` and
 * `random-dictator`. */
#ifndef ENT_STRONG_WRITE_H
#define ENT_STRONG_WRITE_H

#include "bayesian/neutral.h"
#include "bayesian/strong.h"
#include "bayesian/write_bayes.h"

/** ent_strong_writing - where to write, and about whom. */
typedef struct ent_strong_writing {
    const ent_bayesian *model;
    const ent_bayes_coal *coal;
    ent_writer *solution, *certificate;
    int dictator; /* place in coal */
    bool exact;   /* are the threats known exactly? */
} ent_strong_writing;

/** ent_i_strong_write_found - utilities, mechanism, weights, multipliers of a strong solution. */
void ent_i_strong_write_found(const ent_strong_writing *o, const ent_strong *s);

/** ent_i_strong_write - the members of an *answer*; ent_i_strong_write_proof - of its
 * certificate. */
void ent_i_strong_write(const ent_strong_writing *o, const ent_strong *s);
void ent_i_strong_write_proof(const ent_strong_writing *o, const ent_strong *s);

/** ent_i_write_neutral_evidence - certificate.neutral: the solutions of smaller coalitions that are
 * threats, with their proofs; nothing when all threats are what players get alone. */
void ent_i_write_neutral_evidence(const ent_bayes_game *g, ent_writer *w);

/** ent_i_write_plain - an interim, a mechanism, multipliers: with fractions only when `exact`. */
void ent_i_write_plain_interim(ent_writer *w, const char *key, const ent_bayesian *model,
                               const ent_bayes_coal *s, const ent_twin *twin, bool exact, int only);
void ent_i_write_plain_mechanism(ent_writer *w, const char *key, const ent_bayesian *model,
                                 const ent_bayes_coal *s, const ent_bayes_mechanism *mechanism,
                                 bool exact);

#endif
