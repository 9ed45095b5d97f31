/** vector.h - four doubles at a time, by the vector extension of GCC and clang, and code compiled
 * twice: for every processor, and for those with AVX2. Element by element the operations are those
 * of plain loops, so that the version that runs changes no bit.
 */
#ifndef ENT_VECTOR_H
#define ENT_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#if !defined(__GNUC__)
#error "this library needs the vector extension of GCC or clang"
#endif

typedef double ent_four __attribute__((vector_size(32), aligned(8), may_alias));
/* what comparing two of them gives: 0 or -1 each */
typedef long long ent_four_mask __attribute__((vector_size(32)));

/** ENT_INLINE - code that both versions share is always inlined into them. */
#define ENT_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define ENT_AVX2 __attribute__((target("avx2")))
static inline bool ent_has_avx2(void) { return __builtin_cpu_supports("avx2"); }
#else
#define ENT_AVX2
static inline bool ent_has_avx2(void) { return false; }
#endif

/** ent_at - the vector at p + j; any alignment. */
ENT_INLINE ent_four *ent_at(double *p, size_t j) { return (ent_four *)(void *)(p + j); }
ENT_INLINE const ent_four *ent_read_at(const double *p, size_t j)
{
    return (const ent_four *)(const void *)(p + j);
}

#endif
