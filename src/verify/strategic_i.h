/** strategic_i.h - what the parts of the checker of the `strategic` family share; only
 * src/verify/strategic*.c include this.
 *
 * Exact claims are proved in rationals. Where the prices of an equilibrium are doubles, payoffs
 * weighted with them are doubles too, and what follows from them has an error of rounding of 1e-15
 * or so, far below what "verified" asks. Enclosures are proved in rationals in any case.
 */
#ifndef ENT_VERIFY_STRATEGIC_I_H
#define ENT_VERIFY_STRATEGIC_I_H

#include "model/names.h"
#include "model/strategic_model.h"
#include "verify/claims.h"
#include "verify/result_parts.h"
#include "verify/verify.h"

/** ent_sv - a document being checked. */
typedef struct ent_sv {
    ent_ledger c;
    ent_ctx *ctx;
    const ent_json *result, *solution, *certificate;
    const char *outcome;
    ent_strategic *m;
    int n;
    /* At the prices of ent_sv_set_prices, games only: */
    bool prices_exact;
    /* set before ent_sv_set_prices: rationals also for prices that are doubles */
    bool rigorous;
    bool fast;         /* weighted payoffs are in doubles */
    ent_rat *price;    /* [n] */
    ent_rat *weighted; /* [n][profiles] a_i u_i(x), unless fast */
    ent_rat *total;    /* [profiles] sum over i, unless fast */
    double *fast_weighted, *fast_total;
    /* [n] max u_i - min u_i, or the size of u_i when it is constant: not a price's business */
    ent_rat *range;
    /* sum of a_i range_i, positive: what payoffs at these prices are measured against */
    ent_rat scale;
    ent_rat joint; /* D_N = max total */
} ent_sv;

/** ent_sv_set_prices - prepare the weighted payoffs; `price` is copied. */
ent_status ent_sv_set_prices(ent_sv *v, const ent_rat *price, bool exact);
void ent_sv_prices_release(ent_sv *v);

/** ent_sv_total - a.u at a profile; ent_sv_weighted - a_i u_i there. */
void ent_sv_total(const ent_sv *v, int64_t profile, ent_rat *out);
void ent_sv_weighted(const ent_sv *v, int i, int64_t profile, ent_rat *out);

/** ent_sv_by_player - an object {NAME: num} with exactly the players of s, into claim[n] (others
 * untouched). The claims are initialised by the caller. */
ent_status ent_sv_by_player(ent_sv *v, const ent_json *object, ent_coal s, ent_claim *claim);

/** ent_sv_mix - a mix of plays of a coalition: a play is the part of a profile's number that its
 * members decide, so that the numbers of the plays of a coalition and of its complement add up to a
 * profile. */
typedef struct ent_sv_mix {
    const ent_json *node;
    int n;
    int64_t *play;   /* [n] increasing */
    ent_rat *weight; /* [n] positive, sum 1: checked when read */
    double *share;   /* [n] the same as doubles */
    bool exact;      /* all weights are */
} ent_sv_mix;
ent_status ent_sv_mix_read(ent_sv *v, const ent_json *node, ent_coal s, ent_sv_mix *mix);
void ent_sv_mix_release(ent_sv_mix *mix);

/** ent_sv_plays - the numbers of all plays of a coalition, increasing; free with ent_free. */
ent_status ent_sv_plays(ent_sv *v, ent_coal s, int64_t *count, int64_t **play);

/** ent_sv_play_read - one play {NAME: action} of the players of s as its number. */
ent_status ent_sv_play_read(ent_sv *v, const ent_json *node, ent_coal s, int64_t *play);

/** ent_sv_mean_payoff - the mean of u_i when s plays `mine` and the others play `theirs`;
 * ent_sv_mean_weighted - of a_i u_i. */
void ent_sv_mean_payoff(const ent_sv *v, int i, const ent_sv_mix *mine, const ent_sv_mix *theirs,
                        ent_rat *out);
void ent_sv_mean_weighted(const ent_sv *v, int i, const ent_sv_mix *mine, const ent_sv_mix *theirs,
                          ent_rat *out);

/** ent_sv_against - the mean of the zero-sum payoff of s (its weighted payoffs less those of the
 * others) when one side plays `mix` and the other side `play`. */
void ent_sv_against(const ent_sv *v, ent_coal s, const ent_sv_mix *mix, int64_t play, ent_rat *out);

/** ent_sv_conflict - a conflict of s proved by its strategies: [CoCo] condition 3.
 * Given     node      in   {"value", "strategy", "against"}
 * Returned  value     out  D_s as claimed (initialised); exact  out  proved exactly
 */
ent_status ent_sv_conflict(ent_sv *v, const ent_json *node, ent_coal s, ent_rat *value,
                           bool *exact);
/** ent_sv_saddle - the same when the mixes are read already. */
ent_status ent_sv_saddle(ent_sv *v, ent_coal s, const ent_claim *value, const ent_sv_mix *strategy,
                         const ent_sv_mix *against);

/** ent_sv_conflicts - an object of conflicts for all proper coalitions with the first player: all
 * of D[2^n] (rationals of ent_rats_new), with D[N] = the joint payoff. */
ent_status ent_sv_conflicts(ent_sv *v, const ent_json *object, ent_rat *d, bool *exact);

/** ent_sv_psi - psi_i(a) = sum over S with i in S of (s-1)!(n-s)!/n! D_S. psi[n] are
 * initialised. */
ent_status ent_sv_psi(ent_sv *v, const ent_rat *d, ent_rat *psi);

/** ent_sv_key - the coalition that the key of a member names, in the model's order. */
ent_status ent_sv_key(ent_sv *v, const ent_json *member, ent_coal *s);

/** ent_sv_member_of - the member of an object for a coalition; fails when it is missing. */
ent_status ent_sv_member_of(ent_sv *v, const ent_json *object, ent_coal s, const ent_json **out);

/** ent_sv_equilibrium - an equilibrium of the document with its evidence, as far as all notions
 * share it. */
typedef struct ent_sv_equilibrium {
    const ent_json *node, *proof; /* solution.equilibria[k], certificate.equilibria[k] */
    int number;                   /* k */
    /* the members stand in the solution and the certificate themselves (nash) */
    bool single;
    bool examined; /* node and proof are certificate.examined[k] */
    bool boundary;
    ent_claim *price, *utility; /* [n] */
    /* [2^n] values of all conflicts; proved when `conflicts` are in the evidence */
    ent_rat *d;
    bool d_exact;
    bool exact; /* prices and utilities */
} ent_sv_equilibrium;
ent_status ent_sv_equilibrium_new(ent_sv *v, const ent_json *node, const ent_json *proof,
                                  int number, ent_sv_equilibrium *e);
void ent_sv_equilibrium_release(ent_sv *v, ent_sv_equilibrium *e);

/** ent_sv_prices_and_joint - prices are positive (0 allowed on the boundary) and sum to 1; joint;
 * makes them the prices of v. */
ent_status ent_sv_prices_and_joint(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_lottery - its plays attain the joint payoff, its mean (plus `payments`, in games with
 * transferable utility) is `utilities`. */
ent_status ent_sv_lottery(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_claims_fulfilled - conflicts prove D, and a_i u_i = psi_i. */
ent_status ent_sv_claims_fulfilled(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_boundary - the evidence of a limit. */
ent_status ent_sv_boundary(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_secures - two players: the proof of a limit and that there are no positive prices. */
ent_status ent_sv_secures(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_ends - two players: the prices between which the utilities stay the equilibrium, or
 * between which there is one. */
ent_status ent_sv_ends(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_index - three players: the index printed is that of the derivatives, where the
 * equilibrium is regular. */
ent_status ent_sv_index(ent_sv *v, ent_sv_equilibrium *e);
/** ent_sv_enclosure - the proof that a true equilibrium is near the numbers printed; nothing when
 * there is none. */
ent_status ent_sv_enclosure(ent_sv *v, ent_sv_equilibrium *e);

/** ent_sv_each_equilibrium - runs `check` on every equilibrium of the solution with its evidence;
 * counts those solved. */
typedef ent_status ent_sv_check_fn(ent_sv *v, ent_sv_equilibrium *e);
ent_status ent_sv_each_equilibrium(ent_sv *v, ent_sv_check_fn *check, int *solved, int *boundaries);

/** ent_sv_coverage - what is said about there being others; `whole`: the list is that of `coco`, so
 * that enumerated indices sum to 1. ent_sv_outcome - the outcome fits the list. */
ent_status ent_sv_coverage(ent_sv *v, int solved, bool whole);
void ent_sv_outcome(ent_sv *v, int solved, int boundaries);

/** ent_sv_examined - there is no coalition-perfect equilibrium: the evidence at every equilibrium
 * of `coco`. */
ent_status ent_sv_examined(ent_sv *v);

/** ent_sv_path - "/solution/equilibria/2/prices" for messages, in the buffer; ent_sv_proof_path -
 * the same in its evidence. */
enum { ENT_SV_PATH = 96 };
const char *ent_sv_path(char buffer[ENT_SV_PATH], const ent_sv_equilibrium *e, const char *member);
const char *ent_sv_proof_path(char buffer[ENT_SV_PATH], const ent_sv_equilibrium *e,
                              const char *member);

/** ent_sv_votes_value - Shapley or Banzhaf value of a voting game, into the open group. */
ent_status ent_sv_votes_value(ent_sv *v, bool banzhaf, const ent_claim *utility);

/* The methods. */
ent_status ent_sv_threats(ent_sv *v);
ent_status ent_sv_tu_value(ent_sv *v);
ent_status ent_sv_coco(ent_sv *v);
ent_status ent_sv_coalition_perfect(ent_sv *v);
ent_status ent_sv_harsanyi(ent_sv *v);
ent_status ent_sv_nash(ent_sv *v);
ent_status ent_sv_shapley(ent_sv *v);
ent_status ent_sv_banzhaf(ent_sv *v);
ent_status ent_sv_dividends(ent_sv *v);

#endif
