/** information_i.h - what the parts of the checker of the `information` family share; only
 * src/verify/information_*.c include this.
 *
 * Everything is recomputed from the definitions of docs/information.md 1: policies by complementary
 * pivoting (everybody truthful: by the breakpoints of a piecewise linear equation), both accepted
 * only when the first-order conditions of every player and signal hold exactly; losses by the
 * moments of the posterior. In rationals, except that sets of truthful players beyond
 * ENT_IV_EXACT_SETS are looked at in doubles first.
 */
#ifndef ENT_VERIFY_INFORMATION_I_H
#define ENT_VERIFY_INFORMATION_I_H

#include "model/information_model.h"
#include "verify/result_parts.h"
#include "verify/verify.h"

/** ENT_IV_EXACT_SETS - `partial`: up to so many sets all of them are decided in rationals. */
enum { ENT_IV_EXACT_SETS = 512 };

/** ent_ivgame - the policy game in rationals: the model's, or the one between the bounds of a
 * commitment. Arrays are borrowed. */
typedef struct ent_ivgame {
    ent_ctx *ctx;
    int n;
    ent_rat eta, rest, a;      /* rest = 1 - eta, a = 1 + (n-1) eta: owned */
    const ent_rat *bias;       /* [n] */
    const ent_rat *low, *high; /* [n] */
    const bool *has_low, *has_high;
} ent_ivgame;

/** ent_ivdoc - a document being checked. */
typedef struct ent_ivdoc {
    ent_ctx *ctx;
    ent_ledger claims;
    const ent_json *result, *solution, *certificate, *settings;
    ent_information *m;
    int n;
    ent_ivgame game;
    ent_rat *beta; /* [n] */
    double zero;   /* the setting: smaller gains in doubles were taken for 0 */
    int64_t plays; /* the setting */
} ent_ivdoc;

/** ent_iv_game_init - of a model; the bounds may be replaced afterwards. ent_iv_game_release - what
 * it owns. */
void ent_iv_game_init(ent_ctx *ctx, const ent_information *m, ent_ivgame *game);
void ent_iv_game_release(ent_ivgame *game);

/** ent_ivstage - the policies after k ones among t messages.
 * Source [ITA] section 3; docs/information.md 3 */
typedef struct ent_ivstage {
    int n, t, k;
    ent_coal truthful;
    ent_rat e[3]; /* means of theta after k ones, and with one more signal 0, 1 */
    ent_rat *x;   /* [n][2] policy after signal 0 and 1, the same for truthful players */
    /* Sums over everybody: truthful policies; the babblers' after signal 0; differences x_1 - x_0,
     * their squares. */
    ent_rat told, babbled, spread, spread2;
} ent_ivstage;

/** ent_iv_stages_new - the equilibrium of every k = 0..t of a truthful set; each one is the only
 * one, and proved.
 * Status  ENT_E_BUG the first-order conditions do not hold: never seen */
ent_status ent_iv_stages_new(const ent_ivgame *game, ent_coal truthful, ent_ivstage **out);
void ent_iv_stages_free(ent_ivstage *stages, int count);

/** ent_iv_common - everybody's policies at a common estimate of theta, into x[n], initialised by
 * the caller; before[n], if not NULL, becomes the policies before they were moved into the
 * bounds. */
ent_status ent_iv_common(const ent_ivgame *game, const ent_rat *estimate, ent_rat *x,
                         ent_rat *before);

/** ent_ivbound - where a policy is. */
typedef enum ent_ivbound { ENT_IV_FREE, ENT_IV_LOW, ENT_IV_HIGH } ent_ivbound;

/** ent_iv_pivot - a stage with babblers by complementary pivoting; stage->x and its sums are
 * filled.
 * Given  at  in/out  [n][2] where to begin, for instance at the bounds of the stage before; and
 *                    where it ended */
ent_status ent_iv_pivot(const ent_ivgame *game, ent_ivstage *stage, ent_ivbound *at);

/** ent_iv_add_up - the sums of a stage from its policies. */
void ent_iv_add_up(ent_ivstage *stage);

/** ent_iv_slack - -d(loss)/dx of a player after a signal, up to a positive factor, at the stage's
 * policies; from the definition. */
void ent_iv_slack(const ent_ivgame *game, const ent_ivstage *stage, int i, int signal,
                  ent_rat *out);

/** ent_iv_gain - what i of the truthful set gains by lying about `signal`, and the expected losses
 * it is a difference of. */
void ent_iv_gain(const ent_ivgame *game, const ent_ivstage *stages, int i, int signal,
                 ent_rat *gain, ent_rat *size);

/** ent_iv_welfare - expected utility of i before signals, without costs. */
void ent_iv_welfare(const ent_ivgame *game, const ent_ivstage *stages, int i, ent_rat *out);

/** ent_iv_is_truthful - does no member of the set gain? most: the largest gain relative to its
 * size; may be NULL, and then the first positive gain ends the search. */
bool ent_iv_is_truthful(const ent_ivgame *game, const ent_ivstage *stages, double *most);

/** ent_ivquick - the same in doubles, for many sets of one model; free with ent_iv_quick_free. */
typedef struct ent_ivquick ent_ivquick;
ent_status ent_iv_quick_new(ent_ctx *ctx, const ent_information *m, ent_ivquick **out);
void ent_iv_quick_free(ent_ivquick *quick);
/** ent_iv_quick - the largest gain of a member of the set relative to its size (0: none is
 * positive); `welfare` [n]. */
double ent_iv_quick(ent_ivquick *quick, ent_coal truthful, double *welfare);

/* One group of claims each. */
void ent_iv_check_gains(ent_ivdoc *v, const ent_ivgame *game, const ent_ivstage *stages);
void ent_iv_check_names(ent_ivdoc *v, const ent_json *list, ent_coal s);
bool ent_iv_read_names(ent_ivdoc *v, const ent_json *list, ent_coal *s);
/** ent_iv_by_player - {NAME: num} of everybody against truth[n]. */
void ent_iv_by_player(ent_ivdoc *v, const ent_json *object, const ent_rat *truth);
/** ent_iv_only_players - an object has members of players of s only. */
void ent_iv_only_players(ent_ivdoc *v, const ent_json *object, ent_coal s);

ent_status ent_iv_revelation(ent_ivdoc *v);
ent_status ent_iv_critical(ent_ivdoc *v);
void ent_iv_conditions(ent_ivdoc *v);
ent_status ent_iv_policies(ent_ivdoc *v);
ent_status ent_iv_partial(ent_ivdoc *v);
ent_status ent_iv_commitment(ent_ivdoc *v);
ent_status ent_iv_simulate(ent_ivdoc *v);

#endif
