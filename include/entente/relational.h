/** relational.h - repeated games with transfers that a coalition negotiates and renegotiates: the
 * typed interface.
 * Source [MW25] Miller and Watson, "Coalitions and Recurrent Negotiation in Multilateral Relational
 * Contracts" (2025); the mathematics as computed here, with the paper's errors and the extensions,
 * is in docs/relational.md.
 *
 * Payoffs are (1 - discount)-normalised. Doubles throughout; the JSON interface (run.h) adds exact
 * numbers and certificates. Indices count from 0; the last player's action varies fastest in
 * profile tables.
 */
#ifndef ENT_RELATIONAL_H
#define ENT_RELATIONAL_H

#include "entente/base.h"
#include "entente/coal.h"

#ifdef __cplusplus
extern "C" {
#endif

/** ent_stage - a stage game prepared for solving: best replies and deviation gains are computed
 * once, and serve every coalition, discount factor and renegotiation probability. Read-only after
 * construction: threads may share it.
 */
typedef struct ent_stage ent_stage;

/** ent_stage_finite - stored payoffs.
 * Given     n        in  players, 1..ENT_PLAYERS_MAX
 *           actions  in  [n] numbers of actions, each >= 1
 *           payoff   in  [n][profiles], finite; borrowed for the whole life of the stage
 * Returned  stage    out free with ent_stage_free; on error untouched
 * Status    ENT_E_ARG, ENT_E_LIMIT (more than 2^31 profiles), ENT_E_MEMORY
 * Cost      time O(n profiles), memory one double a profile and player besides the payoffs
 */
ENT_API ENT_MUST_USE ent_status ent_stage_finite(ent_ctx *ctx, int n, const int *actions,
                                                 const double *payoff, ent_stage **stage);

/** ent_stage_finite_threads - the same stage, its best replies computed on several threads.
 * Given     threads  in  0: all cores
 * Status    as ent_stage_finite
 */
ENT_API ENT_MUST_USE ent_status ent_stage_finite_threads(ent_ctx *ctx, int threads, int n,
                                                         const int *actions, const double *payoff,
                                                         ent_stage **stage);

/** ent_payoff_fn - the payoffs of all n players at one profile; must be pure, and callable from
 * several threads. */
typedef void ent_payoff_fn(void *user, const int *action, double *payoff);

/** ent_stage_stream - payoffs by callback, visited profile by profile in bounded memory (10^8
 * profiles and more).
 * Given     threads  in  0: all cores
 * Status    as ent_stage_finite; up to 2^40 profiles
 * Cost      two passes of the callback a solve; memory sum_i profiles/actions[i] doubles for best
 *           replies
 */
ENT_API ENT_MUST_USE ent_status ent_stage_stream(ent_ctx *ctx, int n, const int *actions,
                                                 ent_payoff_fn *payoff, void *user, int threads,
                                                 ent_stage **stage);

/** ent_stage_separable - u_i(a) = sum_j f_ij(a_j): no table of profiles is ever formed.
 * Given     part  in  [n*n] pointers; part[i*n + j] has [actions[j]] numbers f_ij; borrowed for the
 *                     life of the stage
 * Cost      that of merging Pareto staircases of (deviation gain, objective), player by player
 */
ENT_API ENT_MUST_USE ent_status ent_stage_separable(ent_ctx *ctx, int n, const int *actions,
                                                    const double *const *part, ent_stage **stage);

/** ent_stage_public_good - u_i(a) = size_i sum_j size_j a_j - cost_i size_i a_i^2 with efforts a_i
 * >= 0.
 * Given     size  in  [n] theta_i >= 0;  cost  in  [n] psi_i > 0; copied
 * Source    [MW25] Section 5
 */
ENT_API ENT_MUST_USE ent_status ent_stage_public_good(ent_ctx *ctx, int n, const double *size,
                                                      const double *cost, ent_stage **stage);
ENT_API void ent_stage_free(ent_stage *stage);

/** ent_terms - who negotiates, with which power, how patient, how often. */
typedef struct ent_terms {
    ent_coal coalition; /* not empty */
    /* [n] bargaining weights pi_i >= 0, used for members and normalised; NULL: equal */
    const double *weight;
    double discount;      /* delta in [0,1) */
    double renegotiation; /* rho in [0,1] */
} ent_terms;

/** ent_step - from this discount factor up (to the next step), the contract has this span and
 * level. When renegotiation < 1 the level (and for a lone insider the span) also varies between
 * steps: the step gives it at this very discount factor. */
typedef struct ent_step {
    double discount, span, level;
} ent_step;

/** ent_simplex - a part of the insiders' exact value set: {v : v_i >= corner_i, sum v = level}. */
typedef struct ent_simplex {
    double size;    /* level - sum of corner over insiders, >= 0 */
    double *corner; /* [n], insiders only */
    int *play;      /* [n] the disagreement play it comes from */
} ent_simplex;

/** ent_contract - a coalition-directed contractual equilibrium, or the evidence that there is none.
 * Plays are action indices (finite, separable) or efforts (public good); the other pointer is NULL.
 */
typedef struct ent_contract {
    /* ENT_SOLVED or ENT_NONE; after ENT_NONE only n, margin, the steps and the bounds mean
       anything */
    ent_outcome outcome;
    int n;
    double span;  /* d*, the largest fixed point */
    double level; /* L^C, the insiders' total at agreement */
    /* M, max of K over enforceable plays; equal to level when renegotiation = 1 */
    double on_path_value;
    double joint; /* L^N, everybody's total */
    /* least distance |(1-delta) G(a) - delta span| from a knife edge over plays a with G(a) > 0, in
       payoff units; INFINITY: there is none, or a separable game has too many sums of gains to
       look. After ENT_NONE: what the span that a set of plays gives is short of enforcing that set,
       at least */
    double margin;
    double tie_spread; /* tau: how far ties on the path move the outsiders' values */
    int *play;         /* [n] on path, or NULL */
    double *effort;    /* [n] on path, or NULL */
    /* other on-path plays with the same value (finite); at most the setting `ties_listed` */
    int ties;
    int *tie;       /* [ties][n] */
    double *lowest; /* [n] zeta_i */
    /* [n] insiders: most over the exact value set; outsiders: equal to payoff */
    double *highest;
    double *gamma;        /* [n] insiders: gamma_i(d*) */
    double *payoff;       /* [n] outsiders: value at agreement */
    double *payoff_least; /* [n] outsiders: least and most over on-path ties */
    double *payoff_most;
    double *payment;           /* [n] outsiders: what they are paid on path, P_j */
    int *punishment;           /* [n][n] row i: disagreement play against insider i, or NULL */
    double *punishment_effort; /* [n][n], or NULL */
    /* [n][n] renegotiation < 1: row i holds i to its least best-reply payoff in a period without
       negotiation, for insiders and outsiders; undefined when renegotiation = 1; or NULL */
    int *quiet_punishment;
    double *quiet_punishment_effort; /* [n][n], or NULL */
    /* [n+1] public good: lambda_i for insiders, [n] is mu; INFINITY where nothing is enforceable */
    double *multiplier;
    double extortion_level; /* E(d*): if outsiders could be made to pay in the transfer phase */
    int *extortion_play;    /* [n] argmax of U, or NULL */
    double *extortion_effort;
    double *extortion_payoff; /* [n] outsiders: least best-reply value over enforceable plays */
    /* the whole path d*(delta) (finite, separable); 0 for a public good, and with literal_ties */
    int steps;
    ent_step *step; /* [steps] in increasing discount */
    /* after ENT_NONE: d0 > d1 > ..., each above every fixed point; the last is negative or enforces
       no play */
    int bounds;
    double *bound;                      /* [bounds] */
    int simplices, simplices_total;     /* maximal parts of the value set: listed, and counted */
    ent_simplex *simplex;               /* [simplices] */
    struct ent_contract_memory *memory; /* private: owns all arrays above */
} ent_contract;

/** ent_contract_settings - limits and tolerances; fill with ent_contract_settings_default. */
typedef struct ent_contract_settings {
    /* relative to max |u|: knife edges closer than this count as enforced; 1e-12 */
    double tolerance;
    int64_t ties_listed;      /* 16 */
    int64_t simplices_listed; /* 64 */
    int64_t threads;          /* 0: all cores; 1 */
    /* true: outsiders may be rewarded by selection among ties, docs/errata.md E4 */
    bool literal_ties;
} ent_contract_settings;
ENT_API ent_contract_settings ent_contract_settings_default(void);

/** ent_contractual - the coalition-directed contractual equilibrium of maximal level.
 *     d* = largest fixed point of  rho Gamma^C(d) + (1 - rho) Gamma_GK(d)
 * Given     settings  in   NULL: the defaults
 * Returned  out       out  initialise with {0}; reused memory is kept; release with
 *                          ent_contract_release; untouched on error
 * Status    ENT_E_ARG, ENT_E_LIMIT, ENT_E_MEMORY, ENT_E_CANCEL
 * Outcome   ENT_SOLVED; ENT_NONE when no pure equilibrium exists
 * Cost      finite: a few passes over the profiles; public good: O(|C| n log n) and a handful of
 *           Newton steps
 * Source    [MW25] Thm 5; extensions to rho < 1 in docs/relational.md 4 (Propositions A, B, C)
 * Differs   Corollary 1 of the paper is wrong for three or more insiders: see docs/errata.md E1
 * Checked   src/verify/relational_contractual.c, src/verify/public_good_check.c; tests/t_finite.c,
 *           tests/t_separable.c, tests/t_public_good.c
 */
ENT_API ENT_MUST_USE ent_status ent_contractual(ent_ctx *ctx, const ent_stage *stage,
                                                const ent_terms *terms,
                                                const ent_contract_settings *settings,
                                                ent_contract *out);
ENT_API void ent_contract_release(ent_contract *contract);

/** ent_benchmark - subgame-perfect payoffs with transfers, without renegotiation (rho = 0). */
typedef struct ent_benchmark {
    ent_outcome outcome;
    int n;
    double span;            /* d = joint - sum of lowest */
    double joint;           /* L^N(V), max of U over enforceable plays */
    double coalition_value; /* Theorem 1: joint - sum over outsiders of lowest */
    double margin;
    int *play; /* [n] on path, or NULL */
    double *effort;
    double *lowest;  /* [n] least subgame-perfect payoff */
    int *punishment; /* [n][n] row i: the play that holds i to lowest_i, or NULL */
    double *punishment_effort;
    int steps;
    ent_step *step;                     /* level = joint here */
    struct ent_contract_memory *memory; /* private: owns all arrays above */
} ent_benchmark;

/** ent_subgame_perfect - the no-renegotiation benchmark. Arguments as ent_contractual; weight and
 * renegotiation of the terms are ignored. Source [MW25] Thm 1.
 */
ENT_API ENT_MUST_USE ent_status ent_subgame_perfect(ent_ctx *ctx, const ent_stage *stage,
                                                    const ent_terms *terms,
                                                    const ent_contract_settings *settings,
                                                    ent_benchmark *out);
ENT_API void ent_benchmark_release(ent_benchmark *benchmark);

/** ent_weight_fn - bargaining weights of coalition s into weight[n], summing to 1 over s, zero
 * outside. */
typedef void ent_weight_fn(void *user, ent_coal s, double *weight);

/** ent_union - what one coalition achieves: a line of the coalition table. */
typedef struct ent_union {
    ent_coal coalition;
    ent_outcome outcome;
    double span, level;
} ent_union;

/** ent_all_coalitions - every coalition of one stage game, best replies and sort done once.
 * Returned  table   out  [2^n] indexed by mask, entry 0 unused
 *           payoff  out  [2^n][n] outsiders' payoffs at agreement (NAN for insiders and where there
 *                        is no equilibrium)
 * Status    ENT_E_LIMIT when n > 20
 */
ENT_API ENT_MUST_USE ent_status ent_all_coalitions(ent_ctx *ctx, const ent_stage *stage,
                                                   ent_weight_fn *weight, void *user,
                                                   double discount, double renegotiation,
                                                   const ent_contract_settings *settings,
                                                   ent_union *table, double *payoff);

#ifdef __cplusplus
}
#endif
#endif
