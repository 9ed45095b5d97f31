/* links: verify. Doubles as texts: the fast way against printing and reading back by the C
 * library. */
#include "check.h"

#include "base/text.h"

#include <stdlib.h>

/* The slow way, written again: the fewest digits from 15 to 17 that read back. */
static void slowly(char out[40], double x)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 40, "%.*g", digits, x);
        if (strtod(out, NULL) == x) break;
    }
}

static int same(double x)
{
    char fast[32], slow[40];
    const int len = ent_i_format_double(fast, x);
    slowly(slow, x);
    const int equal = strcmp(fast, slow) == 0 && len == (int)strlen(fast);
    if (!equal) printf("%a: %s, and not %s\n", x, fast, slow);
    return equal;
}

static void chosen(void)
{
    static const double list[] = {1.0,
                                  0.1,
                                  0.3,
                                  2.385,
                                  12.0 / 25.0,
                                  1.0 / 3.0,
                                  2.0 / 3.0,
                                  100.0,
                                  1e14,
                                  999999999999999.0,
                                  1e15,
                                  1e16,
                                  1e22,
                                  1e-4,
                                  0.00012345,
                                  9.9999e-5,
                                  0.1 + 0.2,
                                  5e-324,
                                  1.7976931348623157e308,
                                  0.5,
                                  0.25,
                                  1024.0,
                                  123456789.125,
                                  9.999999999999999,
                                  9.9999999999999982,
                                  99.999999999999986,
                                  999999999999999.88,
                                  0.00099999999999999998,
                                  4503599627370497.5,
                                  562949953421312.0,
                                  562949953421312.06,
                                  8.41,
                                  1e-5,
                                  7e-10};
    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        CHECK(same(list[k]));
        CHECK(same(-list[k]));
    }
    char text[32];
    CHECK(ent_i_format_double(text, 0.0) == 1 && strcmp(text, "0") == 0);
    CHECK(ent_i_format_double(text, -0.0) == 1 && strcmp(text, "0") == 0);
    CHECK(ent_i_format_double(text, 0.1) == 3 && strcmp(text, "0.1") == 0);
}

/* Full mantissas, short decimals and their neighbours, over all sizes of the fast way and a little
 * beyond. */
static void random_ones(void)
{
    uint64_t state = 99;
    int right = 0;
    enum { N = 60000 };
    for (int k = 0; k < N; k++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double x = (double)(state >> 11) * 0x1p-53 * pow(10.0, (double)(k % 22) - 5.0);
        if (k % 3 == 1) x = (double)(state % 100000u) / pow(10.0, (double)(k % 9));
        if (k % 3 == 2)
            x = nextafter((double)(state % 1000000u) / pow(10.0, (double)(k % 9)),
                          (state >> 63) != 0 ? 1e30 : -1e30);
        right += same(x);
    }
    CHECK(right == N);
    for (int e = -20; e < 60; e++)
        CHECK(same(ldexp(1.0, e)) && same(nextafter(ldexp(1.0, e), 0.0)) &&
              same(nextafter(ldexp(1.0, e), 1e300)));
}

int main(void)
{
    chosen();
    random_ones();
    return check_end();
}
