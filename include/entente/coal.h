/** coal.h - coalitions as bit masks: bit i is player i, counted from 0. */
#ifndef ENT_COAL_H
#define ENT_COAL_H

#include <stdbool.h>
#include <stdint.h>

/** ENT_PLAYERS_MAX - the largest number of players of any model. */
#define ENT_PLAYERS_MAX 64

/** ENT_DENSE_MAX - the largest number of players for a table with one entry a coalition (2^n
 * entries). */
#define ENT_DENSE_MAX 28

/** ent_coal - a set of players. */
typedef uint64_t ent_coal;

/** ent_coal_single - {i}, 0 <= i < 64. */
static inline ent_coal ent_coal_single(int i) { return (ent_coal)1 << i; }

/** ent_coal_all - {0, ..., n-1}, 0 <= n <= 64. */
static inline ent_coal ent_coal_all(int n)
{
    return n >= 64 ? ~(ent_coal)0 : ((ent_coal)1 << n) - 1;
}

/** ent_coal_has - is player i in s? */
static inline bool ent_coal_has(ent_coal s, int i) { return (s >> i & 1) != 0; }

/** ent_coal_size - the number of players in s. */
static inline int ent_coal_size(ent_coal s)
{
    int size = 0;
    for (; s; s &= s - 1) size++;
    return size;
}

/** ent_coal_first - the lowest player of s, or -1 when s is empty. */
static inline int ent_coal_first(ent_coal s)
{
    if (!s) return -1;
    int i = 0;
    while (!(s >> i & 1)) i++;
    return i;
}

#endif
