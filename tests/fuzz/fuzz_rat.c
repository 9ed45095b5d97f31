/* links: verify. Any bytes as a numeral: what is read is printed and read again as the same number,
 * and a decimal rounds as strtod rounds it. */
#include "fuzz.h"

#include "exact/rat.h"

#include <string.h>

const int fuzz_rounds = 20000;

static void reads_back(const ent_rat *value)
{
    ent_status st = ENT_OK;
    ent_rat again = ENT_RAT_ZERO;
    char *text = ent_rat_format(NULL, value, &st);
    FUZZ_CHECK(text && ent_rat_parse(&again, text, strlen(text)));
    FUZZ_CHECK(ent_rat_equal(value, &again) && ent_rat_cmp(value, &again) == 0);
    ent_free(text);
    ent_rat_release(&again);
}

static void rounds(const ent_rat *value, const char *data, size_t size)
{
    char *text = malloc(size + 1);
    FUZZ_CHECK(text);
    memcpy(text, data, size);
    text[size] = '\0';
    const double want = strtod(text, NULL), got = ent_rat_double(value);
    FUZZ_CHECK(got == want);
    free(text);
}

static void encloses(const ent_rat *value)
{
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO, simple = ENT_RAT_ZERO;
    ent_rat_floor_dyadic(&lo, value, 20);
    ent_rat_ceil_dyadic(&hi, value, 20);
    FUZZ_CHECK(ent_rat_cmp(&lo, value) <= 0 && ent_rat_cmp(value, &hi) <= 0);
    ent_rat_simplest(&simple, &lo, &hi);
    FUZZ_CHECK(ent_rat_cmp(&lo, &simple) <= 0 && ent_rat_cmp(&simple, &hi) <= 0);
    ent_rat_release(&lo);
    ent_rat_release(&hi);
    ent_rat_release(&simple);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ent_rat value = ENT_RAT_ZERO;
    const char *text = (const char *)data;
    ent_rat_set_ratio(&value, 7, 3);
    if (ent_rat_parse(&value, text, size)) {
        reads_back(&value);
        encloses(&value);
        if (!memchr(text, '/', size)) rounds(&value, text, size);
    } else {
        FUZZ_CHECK(value.num == 7 && value.den == 3 && !value.big);
    }
    ent_rat_release(&value);
    return 0;
}
