/** lattice.h - sums over all coalitions, for games with worth v[S], S a bit mask: Shapley and
 * Banzhaf values, dividends.
 *
 * Source  Shapley (1953), Banzhaf (1965), Harsanyi (1963), Hart and Mas-Colell (1989)
 */
#ifndef ENT_LATTICE_H
#define ENT_LATTICE_H

#include "base/memory.h"
#include "entente/coal.h"
#include "exact/rat.h"

/** ent_shapley - phi_i = sum over S without i of s!(n-s-1)!/n! (v(S and i) - v(S)).
 * Given     n  in  1..ENT_DENSE_MAX;  v  in  [2^n], v[0] = 0;  threads  in  >= 1; the result does
 *           not depend on it
 * Returned  phi  out [n]
 * Cost      one pass over v, read only: phi_i is sum over S with i of (s-1)!(n-s-1)!/(n-1)! v(S),
 *           less a constant that follows from the sum of all phi; the sums are formed by a tree
 *           over the bits of S
 */
ent_status ent_shapley(ent_ctx *ctx, int n, const double *v, int threads, double *phi);

/** ent_banzhaf - beta_i = 2^(1-n) sum over S without i of (v(S and i) - v(S)). As ent_shapley. */
ent_status ent_banzhaf(ent_ctx *ctx, int n, const double *v, int threads, double *beta);

/** ent_dividends - v becomes the Harsanyi dividends: d(S) = sum over R in S of (-1)^(s-r) v(R). In
 * place, no other memory.
 * Cost  five passes for n = 24: twelve bits inside blocks that fit the cache, then three bits a
 *       pass
 */
ent_status ent_dividends(ent_ctx *ctx, int n, double *v, int threads);

/** ent_subset_sums - the inverse: every entry becomes the sum over its subsets. */
ent_status ent_subset_sums(ent_ctx *ctx, int n, double *v, int threads);

/** The same exactly. ent_exact_shapley, ent_exact_banzhaf: value [n] initialised. In place:
 * ent_exact_dividends, ent_exact_potential (from worths: P(S) = (v(S) + sum_{i in S} P(S\i)) /
 * s). */
ent_status ent_exact_shapley(ent_ctx *ctx, int n, const ent_rat *v, ent_rat *value);
ent_status ent_exact_banzhaf(ent_ctx *ctx, int n, const ent_rat *v, ent_rat *value);
void ent_exact_dividends(int n, ent_rat *v);
void ent_exact_potential(int n, ent_rat *v);

#endif
