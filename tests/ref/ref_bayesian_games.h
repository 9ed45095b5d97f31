/** ref_bayesian_games.h - random games with private information, by number and class. */
#ifndef REF_BAYESIAN_GAMES_H
#define REF_BAYESIAN_GAMES_H

#include "base/rng.h"
#include "base/text.h"

typedef enum ref_bayesian_class {
    REF_BAYESIAN_PRIVATE,        /* utilities depend on the player's own type */
    REF_BAYESIAN_INTERDEPENDENT, /* on the types of all members */
    REF_BAYESIAN_OUTSIDE,        /* players have decisions of their own, worth something */
    REF_BAYESIAN_COMPLETE,       /* one type each */
    REF_BAYESIAN_TIES,           /* utilities 0 and 1 */
    /* on the types of two players, members or not: outside options reveal something */
    REF_BAYESIAN_MIXED,
    REF_BAYESIAN_CLASSES
} ref_bayesian_class;

const char *ref_bayesian_class_name(ref_bayesian_class kind);

/** ref_bayesian_game - a model document: 2 to 4 players of 1 to 3 types, 1 to 4 own decisions a
 * coalition, small integers. */
void ref_bayesian_game(uint64_t number, ref_bayesian_class kind, ent_text *out);

#endif
