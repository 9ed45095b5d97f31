/* Coalitions as bit masks: the inline functions, at all 64 players. */
#include "check.h"

#include "entente/coal.h"

int main(void)
{
    CHECK(ent_coal_all(0) == 0 && ent_coal_all(1) == 1 && ent_coal_all(31) == 0x7FFFFFFFu);
    CHECK(ent_coal_all(32) == 0xFFFFFFFFu && ent_coal_all(63) == (UINT64_MAX >> 1) &&
          ent_coal_all(64) == UINT64_MAX);
    CHECK(ent_coal_first(0) == -1 && ent_coal_size(0) == 0);
    for (int i = 0; i < 64; i++) {
        const ent_coal s = ent_coal_single(i);
        CHECK(ent_coal_size(s) == 1 && ent_coal_first(s) == i && ent_coal_has(s, i));
        CHECK(!ent_coal_has(~s, i) && ent_coal_size(~s) == 63 &&
              ent_coal_size(ent_coal_all(i)) == i);
        CHECK(ent_coal_all(i + 1) == (ent_coal_all(i) | s));
        CHECK(ent_coal_first(~ent_coal_all(i)) == i);
        for (int j = 0; j < 64; j++) CHECK(ent_coal_has(s, j) == (i == j));
    }
    /* inclusion and exclusion of sizes, over all pairs of subsets of six players */
    for (ent_coal s = 0; s <= ent_coal_all(6); s++)
        for (ent_coal t = 0; t <= ent_coal_all(6); t++)
            CHECK(ent_coal_size(s | t) + ent_coal_size(s & t) ==
                  ent_coal_size(s) + ent_coal_size(t));
    return check_end();
}
