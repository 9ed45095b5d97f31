/** public_good_bounds.h - rational proofs about the problem P(h, w, B) of docs/relational.md 5:
 *     the most of h.e - w sum g e^2 over e >= -ahat with sum g e^2 <= B,
 * from two numbers lo <= hi between which its multiplier lies (docs/results.md,
 * certificate.enclosure).
 */
#ifndef ENT_PUBLIC_GOOD_BOUNDS_H
#define ENT_PUBLIC_GOOD_BOUNDS_H

#include "model/relational_model.h"
#include "verify/ledger.h"
#include "verify/interval.h"

/** ent_pg - the game at everybody's own best reply. */
typedef struct ent_pg {
    int n;
    const ent_rat *size, *cost; /* [n] theta, psi */
    ent_rat *reply_effort;      /* [n] ahat = theta / (2 psi) */
    ent_rat *g;                 /* [n] psi theta */
    ent_rat *payoff;            /* [n] u_i(ahat) = uhat_i(ahat) */
    ent_rat all;                /* sum of theta */
} ent_pg;

ent_status ent_pg_new(ent_ctx *ctx, const ent_relational *model, ent_pg **out);
void ent_pg_free(ent_pg *pg);

/** ent_pg_problem - one P(h, w, B), and what was proved about it. */
typedef struct ent_pg_problem {
    int n;
    ent_rat *h; /* [n] */
    ent_rat w;
    bool idle; /* B = 0: e = 0, no multiplier */
    ent_interval multiplier;
    ent_interval worth;   /* of P at the span */
    ent_interval *effort; /* [n] a = ahat + e */
} ent_pg_problem;

ent_status ent_pg_problem_new(ent_ctx *ctx, int n, ent_pg_problem **out);
void ent_pg_problem_free(ent_pg_problem *problem);

/** The problems by name: h and w of the table in docs/relational.md 5. `weight` is [n], zero
 * outside the coalition. */
void ent_pg_on_path(const ent_pg *pg, ent_coal coalition, ent_pg_problem *out);
void ent_pg_joint(const ent_pg *pg, ent_pg_problem *out);
void ent_pg_punishment(const ent_pg *pg, ent_coal coalition, const ent_rat *weight, int i,
                       ent_pg_problem *out);
void ent_pg_quiet(const ent_pg *pg, int i, ent_pg_problem *out);
void ent_pg_highest(const ent_pg *pg, ent_coal coalition, const ent_rat *weight, int i,
                    ent_pg_problem *out);
void ent_pg_highest_quiet(const ent_pg *pg, int i, ent_pg_problem *out);

/** ent_pg_prove - read the pair of multipliers at `node` and prove with it: feasible, dual,
 * located, narrow (1., 2., 3., 6. of results.md) for budgets between least = kappa span lo and most
 * = kappa span hi. False, and refused, when it does not. */
bool ent_pg_prove(ent_ledger *c, const ent_pg *pg, const ent_rat *least, const ent_rat *most,
                  const ent_json *node, ent_pg_problem *problem);

/** ent_pg_bounds - read a pair ["lo", "hi"] of numerals, lo <= hi. */
bool ent_pg_bounds(ent_ledger *c, const ent_json *node, ent_interval *out);

/** ENT_PG_NARROW - the widest enclosure that is accepted, relative (results.md, 6.): 1e-10. */
#define ENT_PG_NARROW_DIGITS "1e-10"

/** ent_pg_is_narrow - hi - lo <= 1e-10 * size. */
bool ent_pg_is_narrow(const ent_interval *a, const ent_rat *size);

#endif
