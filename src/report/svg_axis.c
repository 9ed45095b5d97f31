#include "report/svg_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* larger coordinates are not drawn: their differences could overflow */
static const double LARGEST = 1e300;
/* of a step: a tick that rounding puts just outside still counts */
static const double SLIP = 1e-9;

double ent_i_svg_place(const svg_axis *axis, double value)
{
    if (!(fabs(value) <= LARGEST) || (axis->is_log && !(value > 0.0))) return (double)NAN;
    const double v = axis->is_log ? log10(value) : value;
    return axis->from + (v - axis->lo) / (axis->hi - axis->lo) * (axis->to - axis->from);
}

static double power_of_ten(int e) { return e < 0 ? 1.0 / pow(10.0, -e) : pow(10.0, e); }

static void append(char label[SVG_LABEL_MAX], const char *text)
{
    const size_t used = strlen(label);
    snprintf(label + used, SVG_LABEL_MAX - used, "%s", text);
}

static void append_superscript(char label[SVG_LABEL_MAX], int n)
{
    static const char *const digit[] = {
        "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",     "\xE2\x81\xB4",
        "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7", "\xE2\x81\xB8", "\xE2\x81\xB9"};
    char plain[16];
    snprintf(plain, sizeof plain, "%d", n);
    for (const char *p = plain; *p; p++)
        append(label, *p == '-' ? "\xE2\x81\xBB" : digit[*p - '0']);
}

/* m x 10^e, "10^e" when m = 1; with `is_factor`, "x10^e". */
static void label_scientific(char label[SVG_LABEL_MAX], int m, int e, bool is_factor)
{
    label[0] = '\0';
    if (m != 1) snprintf(label, SVG_LABEL_MAX, "%d", m);
    if (m != 1 || is_factor) append(label, "\xC3\x97");
    append(label, "10");
    append_superscript(label, e);
}

void ent_i_svg_power(char label[SVG_LABEL_MAX], int power)
{
    label_scientific(label, 1, power, true);
}

/* k * 10^e in plain decimals, with a true minus sign. */
static void label_decimal(char label[SVG_LABEL_MAX], int64_t k, int e)
{
    char digits[SVG_LABEL_MAX];
    const int64_t magnitude = k < 0 ? -k : k;
    const char *minus = k < 0 ? "\xE2\x88\x92" : "";
    if (k == 0) snprintf(label, SVG_LABEL_MAX, "0");
    else if (e >= 0)
        snprintf(label, SVG_LABEL_MAX, "%s%lld%.*s", minus, (long long)magnitude, e > 12 ? 12 : e,
                 "000000000000");
    else {
        const int places = e < -18 ? 18 : -e;
        snprintf(digits, sizeof digits, "%0*lld", places + 1, (long long)magnitude);
        const int whole = (int)strlen(digits) - places;
        snprintf(label, SVG_LABEL_MAX, "%s%.*s.%s", minus, whole, digits, digits + whole);
    }
}

static svg_tick *add_tick(svg_axis *axis, double value)
{
    enum { LAST = SVG_TICKS_MAX - 1 };
    svg_tick *tick = &axis->tick[axis->ticks < LAST ? axis->ticks++ : LAST];
    *tick = (svg_tick){.value = value};
    return tick;
}

/* Labels of 1e5 and more, or below 1e-3, are given in units of a power of a thousand. */
static int common_power(double largest)
{
    if (!(largest > 0.0)) return 0;
    const int order = (int)floor(log10(largest) + SLIP);
    if (order < 5 && order >= -3) return 0;
    return (order >= 0 ? order / 3 : -((2 - order) / 3)) * 3;
}

/* Steps of 1, 2 or 5 times a power of ten, at most about `most` of them. */
static void linear_ticks(svg_axis *axis, double lo, double hi, int most)
{
    const double raw = (hi - lo) / most;
    int e = (int)floor(log10(raw)), m = 1;
    const int mantissas[] = {1, 2, 5};
    bool found = false;
    for (int k = 0; k < 6 && !found; k++) {
        m = mantissas[k % 3];
        if (k == 3) e++;
        found = m * power_of_ten(e) >= raw * (1.0 - SLIP);
    }
    const double step = m * power_of_ten(e);
    const int64_t first = (int64_t)ceil(lo / step - SLIP), last = (int64_t)floor(hi / step + SLIP);
    axis->power = common_power(fmax(fabs(lo), fabs(hi)));
    for (int64_t k = first; k <= last && axis->ticks < SVG_TICKS_MAX; k++) {
        const double mark = (double)(k * m);
        svg_tick *tick = add_tick(axis, e < 0 ? mark / pow(10.0, -e) : mark * pow(10.0, e));
        label_decimal(tick->label, k * m, e - axis->power);
    }
}

static bool is_inside(const svg_axis *axis, double value)
{
    const double v = log10(value);
    return v >= axis->lo - SLIP && v <= axis->hi + SLIP;
}

/* Multiples 1, .., 9 of a power of ten; those in the list `labelled` carry labels. */
static void decade_ticks(svg_axis *axis, int e, const char *labelled, bool is_plain)
{
    for (int m = 1; m <= 9; m++) {
        const double value = m * power_of_ten(e);
        if (!is_inside(axis, value)) continue;
        svg_tick *tick = add_tick(axis, value);
        if (!strchr(labelled, '0' + m)) continue;
        if (is_plain) label_decimal(tick->label, m, e);
        else label_scientific(tick->label, m, e, false);
    }
}

/* Labels at powers of ten when there are enough, else at 1, 2, 5; within half a decade, steps as on
 * a linear axis. */
static void log_ticks(svg_axis *axis, int most)
{
    enum { DECADES_WITH_SMALL_TICKS = 6 };
    const int first = (int)ceil(axis->lo - SLIP), last = (int)floor(axis->hi + SLIP);
    const bool is_plain = axis->lo >= -4.0 - SLIP && axis->hi <= 5.0 + SLIP;
    const double span = axis->hi - axis->lo;
    if (span < 0.5) {
        linear_ticks(axis, pow(10.0, axis->lo), pow(10.0, axis->hi), most);
        return;
    }
    if (last - first + 1 <= DECADES_WITH_SMALL_TICKS) {
        for (int e = first - 1; e <= last; e++)
            decade_ticks(axis, e, last - first >= 2 ? "1" : "125", is_plain);
        return;
    }
    const int every = (last - first) / most + 1;
    for (int e = first; e <= last; e++) {
        svg_tick *tick = add_tick(axis, power_of_ten(e));
        if (e % every != 0) continue;
        if (is_plain) label_decimal(tick->label, 1, e);
        else label_scientific(tick->label, 1, e, false);
    }
}

/* Do neighbouring labels stand clear of each other? */
static bool is_clear(const svg_axis *axis)
{
    double end = -(double)INFINITY;
    for (int k = 0; k < axis->ticks; k++) {
        const char *label = axis->tick[k].label;
        if (!*label) continue;
        const double at = ent_i_svg_place(axis, axis->tick[k].value);
        const double half = ent_i_svg_text_width(label, strlen(label), SVG_TEXT_SIZE) / 2;
        if (at - half < end) return false;
        end = at + half + SVG_TEXT_SIZE / 2.0;
    }
    return true;
}

void ent_i_svg_ticks(svg_axis *axis, bool is_horizontal)
{
    const double room = is_horizontal ? 75.0 : 42.0; /* a label wants so much of the axis */
    int most = (int)(fabs(axis->to - axis->from) / room);
    if (most < 2) most = 2;
    for (; most >= 1; most--) {
        axis->ticks = 0;
        axis->power = 0;
        if (axis->is_words) return;
        if (axis->is_log) log_ticks(axis, most);
        else linear_ticks(axis, axis->lo, axis->hi, most);
        if (!is_horizontal || is_clear(axis)) return;
    }
}
