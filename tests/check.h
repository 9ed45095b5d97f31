/** check.h - the whole test framework: CHECK counts, `return check_end();` reports. Comparisons
 * fail on NaN. */
#ifndef CHECK_H
#define CHECK_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int check_passed, check_failed;

static inline void check_note(int ok, const char *file, int line, const char *what)
{
    if (ok) {
        check_passed++;
        return;
    }
    check_failed++;
    if (check_failed <= 50) printf("%s:%d: failed: %s\n", file, line, what);
}

static inline void check_near(double got, double want, double tolerance, const char *file, int line,
                              const char *what)
{
    const double scale = fabs(want) > 1.0 ? fabs(want) : 1.0;
    const int ok = !(!(fabs(got - want) <= tolerance * scale));
    if (!ok && check_failed < 50)
        printf("%s:%d: %s = %.17g, want %.17g\n", file, line, what, got, want);
    check_note(ok, file, line, what);
}

static inline void check_text(const char *got, const char *want, const char *file, int line,
                              const char *what)
{
    const int ok = got && want && strcmp(got, want) == 0;
    if (!ok && check_failed < 50)
        printf("%s:%d: got  '%s'\n want '%s'\n", file, line, got ? got : "(null)", want);
    check_note(ok, file, line, what);
}

#define CHECK(condition) check_note((condition) ? 1 : 0, __FILE__, __LINE__, #condition)
/** CHECK_NEAR - |got - want| <= tolerance * max(1, |want|). */
#define CHECK_NEAR(got, want, tolerance) \
    check_near((got), (want), (tolerance), __FILE__, __LINE__, #got)
#define CHECK_TEXT(got, want) check_text((got), (want), __FILE__, __LINE__, #got)

static inline int check_end(void)
{
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed != 0 || check_passed == 0;
}

#endif
