/* Rationals against GMP used directly, against __int128, and correct rounding against strtod. */
#include "check.h"

#include "base/rng.h"
#include "exact/rat.h"

#include <float.h>
#include <gmp.h>
#include <stdlib.h>

static ent_rat parsed(const char *text)
{
    ent_rat r = ENT_RAT_ZERO;
    if (!ent_rat_parse(&r, text, strlen(text))) printf("cannot parse '%s'\n", text);
    return r;
}

/* Does r print as `want`? */
static void check_prints(const ent_rat *r, const char *want)
{
    ent_status st = ENT_OK;
    char *text = ent_rat_format(NULL, r, &st);
    CHECK_TEXT(text, want);
    ent_free(text);
}

static void check_parse(const char *text, const char *want)
{
    ent_rat r = parsed(text);
    check_prints(&r, want);
    ent_rat_release(&r);
}

static void parses(void)
{
    check_parse("0", "0");
    check_parse("-0", "0");
    check_parse("-0.000e5", "0");
    check_parse("12", "12");
    check_parse("+12", "12");
    check_parse("007", "7");
    check_parse("0.48", "12/25");
    check_parse("-2.385", "-477/200");
    check_parse(".5", "1/2");
    check_parse("-.5e-1", "-1/20");
    check_parse("1E3", "1000");
    check_parse("1e+3", "1000");
    check_parse("25e-2", "1/4");
    check_parse("2/5", "2/5");
    check_parse("-4/10", "-2/5");
    check_parse("4/-10", "-2/5");
    check_parse("9223372036854775807", "9223372036854775807");
    check_parse("-9223372036854775808", "-9223372036854775808");
    check_parse("9223372036854775808", "9223372036854775808");
    check_parse("18446744073709551616/2", "9223372036854775808");
    check_parse("123456789012345678901234567890/3", "41152263004115226300411522630");
    check_parse("12345678901234567890.5", "24691357802469135781/2");
    check_parse("1e20", "100000000000000000000");
    check_parse("0.3000000000000000444", "750000000000000111/2500000000000000000");
    check_parse("1e-20", "1/100000000000000000000");
}

static void refuses(void)
{
    const char *const bad[] = {"",
                               "-",
                               "+",
                               ".",
                               "1.",
                               "e5",
                               "1e",
                               "1e+",
                               "1/",
                               "/2",
                               "1/0",
                               "0/0",
                               "1//2",
                               "1/2.5",
                               "1.5/2",
                               "1 ",
                               " 1",
                               "0x10",
                               "nan",
                               "inf",
                               "1e401",
                               "1e-401",
                               "1e99999999999999999999",
                               "--1",
                               "+-1",
                               "1,5",
                               "1e5.0",
                               "1/2/3",
                               "1/2e3",
                               "1.2.3",
                               "1-1",
                               "12345678901234567890/0"};
    ent_rat r = parsed("7/3");
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        if (ent_rat_parse(&r, bad[k], strlen(bad[k]))) printf("accepted '%s'\n", bad[k]);
        check_prints(&r, "7/3");
    }
    CHECK(!ent_rat_parse(&r, "12", 0));
    char digits[ENT_RAT_INTEGER_DIGITS_MAX + 2];
    memset(digits, '7', sizeof digits);
    CHECK(!ent_rat_parse(&r, digits, ENT_RAT_INTEGER_DIGITS_MAX + 1));
    CHECK(ent_rat_parse(&r, digits, ENT_RAT_INTEGER_DIGITS_MAX));
    digits[1] = '.';
    CHECK(!ent_rat_parse(&r, digits, ENT_RAT_DIGITS_MAX + 2));
    CHECK(ent_rat_parse(&r, digits, ENT_RAT_DIGITS_MAX + 1));
    CHECK(ent_rat_parse(&r, "12 and more", 2));
    check_prints(&r, "12");
    CHECK(ent_rat_parse(&r, "1e400", 5) && ent_rat_is_integer(&r));
    ent_rat_release(&r);
}

/* A number whose bits, and whose place among the edges of the 63-bit range, vary. */
static int64_t some_word(ent_rng *rng)
{
    const int64_t edges[] = {0,
                             1,
                             -1,
                             2,
                             INT64_MAX,
                             -INT64_MAX,
                             INT64_MIN,
                             INT64_MAX - 1,
                             (int64_t)1 << 62,
                             (int64_t)1 << 32};
    if (ent_rng_below(rng, 8) == 0) return edges[ent_rng_below(rng, 10)];
    const int cut = 1 + (int)ent_rng_below(rng, 63);
    const int64_t value = (int64_t)(ent_rng_next(rng) >> cut);
    return ent_rng_below(rng, 2) ? -value : value;
}

/* A random rational, now and then a large one. */
static void some_rat(ent_rng *rng, ent_rat *r, mpq_ptr q)
{
    const int64_t num = some_word(rng);
    int64_t den = ent_rng_below(rng, 3) ? some_word(rng) : 1;
    if (den == 0) den = 1;
    ent_rat_set_ratio(r, num, den);
    mpz_set_si(mpq_numref(q), num);
    mpz_set_si(mpq_denref(q), den);
    mpq_canonicalize(q);
    if (ent_rng_below(rng, 4) != 0) return;
    ent_rat factor = ENT_RAT_ZERO;
    ent_rat_set_ratio(&factor, INT64_MAX - 24, den);
    mpq_t f;
    mpq_init(f);
    mpz_set_si(mpq_numref(f), INT64_MAX - 24);
    mpz_set_si(mpq_denref(f), den);
    mpq_canonicalize(f);
    ent_rat_mul(r, r, &factor);
    mpq_mul(q, q, f);
    mpq_clear(f);
    ent_rat_release(&factor);
}

/* Equal values, and in the form the header promises: in place exactly when both parts fit. */
static int same(const ent_rat *r, mpq_srcptr q)
{
    ent_status st = ENT_OK;
    char *got = ent_rat_format(NULL, r, &st), *want = mpq_get_str(NULL, 10, q);
    const int fits = mpz_fits_slong_p(mpq_numref(q)) && mpz_fits_slong_p(mpq_denref(q)) &&
                     mpz_cmp_si(mpq_numref(q), INT64_MIN) != 0;
    const int equal = strcmp(got, want) == 0 && fits == !r->big;
    if (!equal) printf("got %s, want %s\n", got, want);
    free(want);
    ent_free(got);
    return equal;
}

static void against_gmp(void)
{
    ent_rng rng = ent_rng_stream(20261124, 1, 1);
    ent_rat a, b, r;
    mpq_t x, y, z;
    ent_rat_init(&a), ent_rat_init(&b), ent_rat_init(&r);
    mpq_inits(x, y, z, NULL);
    for (int k = 0; k < 20000; k++) {
        some_rat(&rng, &a, x);
        some_rat(&rng, &b, y);
        CHECK(same(&a, x) && same(&b, y));
        ent_rat_add(&r, &a, &b), mpq_add(z, x, y);
        CHECK(same(&r, z));
        ent_rat_submul(&r, &a, &b), mpq_mul(x, x, y), mpq_sub(z, z, x);
        CHECK(same(&r, z));
        some_rat(&rng, &a, x);
        ent_rat_sub(&r, &a, &b), mpq_sub(z, x, y);
        CHECK(same(&r, z));
        ent_rat_addmul(&r, &a, &b);
        mpq_t product;
        mpq_init(product);
        mpq_mul(product, x, y), mpq_add(z, z, product);
        CHECK(same(&r, z));
        ent_rat_mul(&r, &a, &b);
        CHECK(same(&r, product));
        mpq_clear(product);
        if (mpq_sgn(y) != 0) {
            ent_rat_div(&r, &a, &b), mpq_div(z, x, y);
            CHECK(same(&r, z));
        }
        ent_rat_neg(&r, &a), mpq_neg(z, x);
        CHECK(same(&r, z));
        const int order = mpq_cmp(x, y), found = ent_rat_cmp(&a, &b);
        CHECK((order > 0) == (found > 0) && (order < 0) == (found < 0));
        CHECK(ent_rat_equal(&a, &b) == (order == 0));
        CHECK(ent_rat_sign(&a) == mpq_sgn(x));
        CHECK(ent_rat_is_integer(&a) == (mpz_cmp_ui(mpq_denref(x), 1) == 0));
        ent_rat_set(&r, &a), ent_rat_swap(&r, &b);
        CHECK(same(&b, x) && same(&r, y));
    }
    mpq_clears(x, y, z, NULL);
    ent_rat_release(&a), ent_rat_release(&b), ent_rat_release(&r);
}

/* r may be a, b or both, in every form. */
static void aliases(void)
{
    typedef void operation(ent_rat *, const ent_rat *, const ent_rat *);
    operation *const all[] = {ent_rat_add, ent_rat_sub, ent_rat_mul, ent_rat_div};
    const char *const value[] = {"3", "-2/7", "123456789123456789123456789/2",
                                 "9223372036854775807", "1/9223372036854775807"};
    for (int o = 0; o < 4; o++)
        for (int i = 0; i < 25; i++) {
            ent_rat a = parsed(value[i / 5]), b = parsed(value[i % 5]), want = ENT_RAT_ZERO,
                    twice = ENT_RAT_ZERO;
            all[o](&want, &a, &b);
            all[o](&twice, &a, &a);
            ent_rat left = ENT_RAT_ZERO, right = ENT_RAT_ZERO, both = ENT_RAT_ZERO;
            ent_rat_set(&left, &a), ent_rat_set(&right, &b), ent_rat_set(&both, &a);
            all[o](&left, &left, &b);
            all[o](&right, &a, &right);
            all[o](&both, &both, &both);
            CHECK(ent_rat_equal(&left, &want));
            CHECK(ent_rat_equal(&right, &want));
            CHECK(ent_rat_equal(&both, &twice));
            ent_rat_set(&left, &left);
            CHECK(ent_rat_equal(&left, &want));
            ent_rat_release(&a), ent_rat_release(&b), ent_rat_release(&want),
                ent_rat_release(&twice);
            ent_rat_release(&left), ent_rat_release(&right), ent_rat_release(&both);
        }
}

/* Identities that need no other arithmetic: (a+b)c = ac+bc, a/b*b = a, a-a = 0, sum of 1/(k(k+1)) =
 * n/(n+1). */
static void laws(void)
{
    ent_rng rng = ent_rng_stream(20261124, 2, 1);
    ent_rat v[6];
    mpq_t unused;
    mpq_init(unused);
    for (int k = 0; k < 6; k++) ent_rat_init(&v[k]);
    for (int k = 0; k < 3000; k++) {
        for (int j = 0; j < 3; j++) some_rat(&rng, &v[j], unused);
        ent_rat_add(&v[3], &v[0], &v[1]);
        ent_rat_mul(&v[3], &v[3], &v[2]);
        ent_rat_mul(&v[4], &v[0], &v[2]);
        ent_rat_addmul(&v[4], &v[1], &v[2]);
        CHECK(ent_rat_equal(&v[3], &v[4]));
        ent_rat_sub(&v[5], &v[3], &v[4]);
        CHECK(ent_rat_sign(&v[5]) == 0 && ent_rat_is_integer(&v[5]));
        if (ent_rat_sign(&v[1]) != 0) {
            ent_rat_div(&v[5], &v[0], &v[1]);
            ent_rat_mul(&v[5], &v[5], &v[1]);
            CHECK(ent_rat_equal(&v[5], &v[0]));
        }
    }
    ent_rat_set_int(&v[0], 0);
    for (int64_t k = 1; k <= 500; k++) {
        ent_rat_set_ratio(&v[1], 1, k * (k + 1));
        ent_rat_add(&v[0], &v[0], &v[1]);
    }
    check_prints(&v[0], "500/501");
    for (int k = 0; k < 6; k++) ent_rat_release(&v[k]);
    mpq_clear(unused);
}

/* strtod rounds decimal strings correctly: every string must give the same double. */
static void check_rounds(const char *text)
{
    ent_rat r = parsed(text), back = ENT_RAT_ZERO;
    const double want = strtod(text, NULL), got = ent_rat_double(&r);
    if (!(got == want)) printf("%s: got %.17g, want %.17g\n", text, got, want);
    CHECK(got == want);
    if (isfinite(want)) {
        ent_rat_set_double(&back, want);
        CHECK(ent_rat_double(&back) == want);
    }
    ent_rat_release(&r), ent_rat_release(&back);
}

static void rounds_decimals(void)
{
    const char *const text[] = {"0",
                                "0.1",
                                "-0.3",
                                "1e-323",
                                "4.9e-324",
                                "2.4703282292062327e-324",
                                "2.4703282292062328e-324",
                                "2.47e-324",
                                "1e-400",
                                "1e308",
                                "1.7976931348623157e308",
                                "1.7976931348623158e308",
                                "1.7976931348623159e308",
                                "1e309",
                                "-1e400",
                                "2.2250738585072014e-308",
                                "2.2250738585072011e-308",
                                "2.225073858507201e-308",
                                "9007199254740993",
                                "9007199254740992.5",
                                "9007199254740993.0000000000000000000000000001",
                                "9007199254740995",
                                "9223372036854775807",
                                "9223372036854775295.5",
                                "7.4109846876186982e-324",
                                "7.41098468761869816e-324",
                                "0.1000000000000000055511151231257827021181583404541015625"};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) check_rounds(text[k]);
    ent_rng rng = ent_rng_stream(20261124, 3, 1);
    for (int k = 0; k < 20000; k++) {
        char buffer[64];
        const int exponent = (int)ent_rng_below(&rng, 660) - 345,
                  digits = 1 + (int)ent_rng_below(&rng, 19);
        const int cut = 1 + (int)ent_rng_below(&rng, 60);
        const uint64_t mantissa = ent_rng_next(&rng) >> cut;
        snprintf(buffer, sizeof buffer, "%s%.*llue%d", k % 2 ? "-" : "", digits,
                 (unsigned long long)mantissa, k % 3 ? exponent : 0);
        check_rounds(buffer);
    }
}

/* Ties between neighbouring doubles go to the even one, and one unit in a distant digit breaks
 * them. */
static void rounds_ties(void)
{
    ent_rng rng = ent_rng_stream(20261124, 4, 1);
    ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO, middle = ENT_RAT_ZERO, bit = ENT_RAT_ZERO;
    ent_rat two = parsed("2"), tiny = parsed("1e-400");
    for (int k = 0; k < 4000; k++) {
        const double scale = ldexp(1.0, (int)ent_rng_below(&rng, 2040) - 1074);
        const double a = k % 5 == 0 ? ldexp((double)ent_rng_below(&rng, 1000), -1074)
                                    : scale * (1.0 + ent_rng_uniform(&rng));
        const double b = nextafter(a, HUGE_VAL);
        if (!isfinite(b)) continue;
        ent_rat_set_double(&lo, a);
        ent_rat_set_double(&hi, b);
        ent_rat_add(&middle, &lo, &hi);
        ent_rat_div(&middle, &middle, &two);
        const double tie = ent_rat_double(&middle);
        int exponent = 0;
        const int64_t mantissa = (int64_t)ldexp(frexp(a, &exponent), DBL_MANT_DIG);
        const bool is_subnormal = a < DBL_MIN;
        const int64_t last = is_subnormal ? (int64_t)ldexp(a, 1074) : mantissa;
        CHECK(tie == (last % 2 == 0 ? a : b));
        ent_rat_add(&bit, &middle, &tiny);
        CHECK(ent_rat_double(&bit) == b);
        ent_rat_sub(&bit, &middle, &tiny);
        CHECK(ent_rat_double(&bit) == a);
        ent_rat_neg(&bit, &bit);
        CHECK(ent_rat_double(&bit) == -a);
    }
    ent_rat_release(&lo), ent_rat_release(&hi), ent_rat_release(&middle), ent_rat_release(&bit);
    ent_rat_release(&two), ent_rat_release(&tiny);
}

/* Small fractions against the x87 or quad quotient: the nearest double is within half a unit in the
 * last place. */
static void rounds_ratios(void)
{
    ent_rng rng = ent_rng_stream(20261124, 5, 1);
    ent_rat r = ENT_RAT_ZERO, near = ENT_RAT_ZERO, other = ENT_RAT_ZERO, d = ENT_RAT_ZERO,
            e = ENT_RAT_ZERO;
    for (int k = 0; k < 4000; k++) {
        const int64_t num = some_word(&rng), den = some_word(&rng);
        if (den == 0 || num == 0) continue;
        ent_rat_set_ratio(&r, num, den);
        const double x = ent_rat_double(&r);
        ent_rat_set_double(&near, x);
        ent_rat_sub(&d, &r, &near);
        ent_rat_set_double(&other, nextafter(x, ent_rat_sign(&d) > 0 ? HUGE_VAL : -HUGE_VAL));
        ent_rat_sub(&e, &r, &other);
        if (ent_rat_sign(&d) < 0) ent_rat_neg(&d, &d);
        if (ent_rat_sign(&e) < 0) ent_rat_neg(&e, &e);
        CHECK(ent_rat_cmp(&d, &e) <= 0);
    }
    ent_rat_release(&r), ent_rat_release(&near), ent_rat_release(&other), ent_rat_release(&d),
        ent_rat_release(&e);
}

static void roots(void)
{
    const char *const square[] = {"0",
                                  "1",
                                  "4/9",
                                  "1/4",
                                  "152415787532388367501905199875019052100",
                                  "85070591730234615847396907784232501249",
                                  "4/85070591730234615847396907784232501249"};
    const char *const root[] = {"0",
                                "1",
                                "2/3",
                                "1/2",
                                "12345678901234567890",
                                "9223372036854775807",
                                "2/9223372036854775807"};
    ent_rat r = parsed("5/3");
    for (int k = 0; k < 7; k++) {
        ent_rat a = parsed(square[k]);
        CHECK(ent_rat_sqrt(&r, &a));
        check_prints(&r, root[k]);
        ent_rat_release(&a);
    }
    const char *const none[] = {"2",
                                "-4",
                                "1/2",
                                "8/18000000000000000001",
                                "152415787532388367501905199875019052101",
                                "-152415787532388367501905199875019052100"};
    for (int k = 0; k < 6; k++) {
        ent_rat a = parsed(none[k]);
        ent_rat_set_int(&r, 77);
        CHECK(!ent_rat_sqrt(&r, &a));
        check_prints(&r, "77");
        ent_rat_release(&a);
    }
    ent_rat_release(&r);
}

/* Is |a| = m 2^e with m <= 2^bits? */
static int is_dyadic(const ent_rat *a, int bits)
{
    ent_rat m = ENT_RAT_ZERO, two = parsed("2"), limit = ENT_RAT_ZERO, half = ENT_RAT_ZERO;
    ent_rat_set(&m, a);
    if (ent_rat_sign(&m) < 0) ent_rat_neg(&m, &m);
    ent_rat_set_int(&limit, (int64_t)1 << bits);
    for (int k = 0; k < 4000 && !ent_rat_is_integer(&m); k++) ent_rat_mul(&m, &m, &two);
    for (int k = 0; k < 4000 && ent_rat_cmp(&m, &limit) > 0; k++) {
        ent_rat_div(&half, &m, &two);
        if (!ent_rat_is_integer(&half)) break;
        ent_rat_swap(&m, &half);
    }
    const int yes = ent_rat_is_integer(&m) && ent_rat_cmp(&m, &limit) <= 0;
    ent_rat_release(&m), ent_rat_release(&two), ent_rat_release(&limit), ent_rat_release(&half);
    return yes;
}

/* hi - lo is one unit of the last of `bits` bits: hi <= lo (1 + 2^(1-bits)) for positive numbers,
 * when they differ. */
static int is_tight(const ent_rat *lo, const ent_rat *hi, int bits)
{
    ent_rat d = ENT_RAT_ZERO, scale = ENT_RAT_ZERO;
    ent_rat_sub(&d, hi, lo);
    ent_rat_set_int(&scale, (int64_t)1 << (bits - 1));
    ent_rat_mul(&d, &d, &scale);
    const int yes = ent_rat_cmp(&d, lo) <= 0;
    ent_rat_release(&d), ent_rat_release(&scale);
    return yes;
}

static void dyadics(void)
{
    ent_rng rng = ent_rng_stream(20261124, 6, 1);
    ent_rat a = ENT_RAT_ZERO, lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO, down = ENT_RAT_ZERO,
            up = ENT_RAT_ZERO;
    mpq_t unused;
    mpq_init(unused);
    for (int k = 0; k < 3000; k++) {
        const int bits = 1 + (int)ent_rng_below(&rng, 60);
        some_rat(&rng, &a, unused);
        if (ent_rat_sign(&a) < 0) ent_rat_neg(&a, &a);
        ent_rat_floor_dyadic(&lo, &a, bits), ent_rat_ceil_dyadic(&hi, &a, bits);
        CHECK(ent_rat_cmp(&lo, &a) <= 0 && ent_rat_cmp(&a, &hi) <= 0);
        CHECK(is_dyadic(&lo, bits) && is_dyadic(&hi, bits) && is_tight(&lo, &hi, bits));
        CHECK(ent_rat_equal(&lo, &hi) == (is_dyadic(&a, bits) != 0));
        ent_rat_neg(&down, &a);
        ent_rat_floor_dyadic(&down, &down, bits), ent_rat_neg(&down, &down);
        CHECK(ent_rat_equal(&down, &hi));
        ent_rat_sqrt_lo(&lo, &a, bits), ent_rat_sqrt_hi(&hi, &a, bits);
        CHECK(is_dyadic(&lo, bits) && is_dyadic(&hi, bits) && is_tight(&lo, &hi, bits));
        ent_rat_mul(&down, &lo, &lo), ent_rat_mul(&up, &hi, &hi);
        CHECK(ent_rat_cmp(&down, &a) <= 0 && ent_rat_cmp(&a, &up) <= 0);
        CHECK(ent_rat_equal(&lo, &hi) == ent_rat_equal(&down, &a));
    }
    ent_rat_set_ratio(&a, 9, 16);
    ent_rat_sqrt_lo(&a, &a, 2);
    check_prints(&a, "3/4");
    ent_rat_set_int(&a, 2);
    ent_rat_sqrt_hi(&lo, &a, 8);
    check_prints(&lo, "91/64"); /* hand: 181 < sqrt(2) 128 < 182 */
    ent_rat_set_int(&a, -7);
    ent_rat_floor_dyadic(&lo, &a, 2);
    ent_rat_ceil_dyadic(&hi, &a, 2);
    check_prints(&lo, "-8");
    check_prints(&hi, "-6");
    mpq_clear(unused);
    ent_rat_release(&a), ent_rat_release(&lo), ent_rat_release(&hi), ent_rat_release(&down),
        ent_rat_release(&up);
}

static void check_simplest(const char *lo, const char *hi, const char *want)
{
    ent_rat a = parsed(lo), b = parsed(hi), r = ENT_RAT_ZERO;
    ent_rat_simplest(&r, &a, &b);
    check_prints(&r, want);
    ent_rat_simplest(&a, &a, &b);
    CHECK(ent_rat_equal(&a, &r));
    ent_rat_release(&a), ent_rat_release(&b), ent_rat_release(&r);
}

static void simplest(void)
{
    check_simplest("0.3", "0.4", "1/3");
    check_simplest("-0.4", "-0.3", "-1/3");
    check_simplest("-1/2", "3", "0");
    check_simplest("0", "3", "0");
    check_simplest("2.5", "7", "3");
    check_simplest("-7", "-2.5", "-3");
    check_simplest("2/7", "2/7", "2/7");
    check_simplest("3.14159", "3.1416", "355/113");
    check_simplest("1e-30", "2e-30", "1/500000000000000000000000000000");
    check_simplest("100000000000000000000.2", "100000000000000000000.4", "300000000000000000001/3");
    /* two ways: try every denominator in turn */
    ent_rng rng = ent_rng_stream(20261124, 7, 1);
    for (int k = 0; k < 2000; k++) {
        const int64_t d = 1 + ent_rng_below(&rng, 300), n = ent_rng_below(&rng, 900),
                      m = n + ent_rng_below(&rng, 4);
        int64_t p = 0, q = 1;
        for (;; q++) {
            p = (n * q + d - 1) / d;
            if (p * d <= m * q) break;
        }
        ent_rat lo = ENT_RAT_ZERO, hi = ENT_RAT_ZERO, want = ENT_RAT_ZERO;
        ent_rat_set_ratio(&lo, n, d), ent_rat_set_ratio(&hi, m, d), ent_rat_set_ratio(&want, p, q);
        ent_rat_simplest(&lo, &lo, &hi);
        CHECK(ent_rat_equal(&lo, &want));
        ent_rat_release(&lo), ent_rat_release(&hi), ent_rat_release(&want);
    }
}

static void arrays(void)
{
    ent_status st = ENT_OK;
    ent_rat *r = ent_rats_new(NULL, 5, &st), unit = ENT_RAT_ZERO;
    CHECK(r && ent_rat_sign(&r[4]) == 0);
    ent_rat_set_ratio(&r[0], 1, 6), ent_rat_set_ratio(&r[1], -3, 4), ent_rat_set_int(&r[2], 9);
    ent_rats_common_denominator(5, r, &unit);
    check_prints(&unit, "1/12");
    ent_rat_set_ratio(&r[3], 1, INT64_MAX), ent_rat_parse(&r[4], "1/18446744073709551616", 22);
    ent_rats_common_denominator(5, r, &unit);
    check_prints(
        &unit,
        "1/510423550381407695139721678926523662336"); /* 3 (2^63 - 1) 2^64, since 3 does not divide 2^63-1 */
    for (int k = 0; k < 5; k++) {
        ent_rat quotient = ENT_RAT_ZERO;
        ent_rat_div(&quotient, &r[k], &unit);
        CHECK(ent_rat_is_integer(&quotient));
        ent_rat_release(&quotient);
    }
    ent_rats_common_denominator(0, NULL, &unit);
    check_prints(&unit, "1");
    ent_rat_release(&unit);
    ent_rats_free(r, 5);
    ent_rats_free(NULL, 3);
    r = ent_rats_new(NULL, 0, &st);
    CHECK(r && st == ENT_OK);
    ent_rats_free(r, 0);
    ent_ctx *ctx = ent_ctx_new();
    ent_ctx_fail_after(ctx, 0);
    CHECK(!ent_rats_new(ctx, 3, &st) && st == ENT_E_MEMORY);
    st = ENT_OK;
    ent_ctx_fail_after(ctx, 0);
    unit = parsed("1/3");
    CHECK(!ent_rat_format(ctx, &unit, &st) && st == ENT_E_MEMORY);
    ent_ctx_free(ctx);
}

int main(void)
{
    parses();
    refuses();
    against_gmp();
    aliases();
    laws();
    rounds_decimals();
    rounds_ties();
    rounds_ratios();
    roots();
    dyadics();
    simplest();
    arrays();
    return check_end();
}
