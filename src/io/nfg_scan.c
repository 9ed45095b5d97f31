#include "io/nfg_scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FOUND_MAX = 40 }; /* bytes of the input quoted in a message */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == ',';
}

static bool ends_word(char c) { return is_space(c) || c == '{' || c == '}' || c == '"'; }

static ent_status quoted(ent_nfg_scan *scan)
{
    size_t at = scan->from + 1;
    while (at < scan->len && scan->text[at] != '"')
        at += scan->text[at] == '\\' && at + 1 < scan->len ? 2 : 1;
    if (at >= scan->len)
        return ent_nfg_fail_at(scan, scan->from, ENT_E_PARSE,
                               "wanted a closing quote, found the end of the file");
    scan->token = ENT_NFG_QUOTED;
    scan->from++;
    scan->to = at;
    scan->end = at + 1;
    return ENT_OK;
}

ent_status ent_nfg_next(ent_nfg_scan *scan)
{
    size_t at = scan->end;
    while (at < scan->len && is_space(scan->text[at])) at++;
    scan->from = scan->to = scan->end = at;
    scan->token = ENT_NFG_END;
    if (at >= scan->len) return ENT_OK;
    const char c = scan->text[at];
    if (c == '"') return quoted(scan);
    if (c == '{' || c == '}') {
        scan->token = c == '{' ? ENT_NFG_OPEN : ENT_NFG_CLOSE;
        scan->to = scan->end = at + 1;
        return ENT_OK;
    }
    scan->token = ENT_NFG_WORD;
    while (scan->to < scan->len && !ends_word(scan->text[scan->to])) {
        if (scan->text[scan->to] == '\0')
            return ent_nfg_fail_at(scan, scan->to, ENT_E_PARSE, "wanted text, found a NUL byte");
        scan->to++;
    }
    scan->end = scan->to;
    return ENT_OK;
}

ent_status ent_nfg_fail_at(const ent_nfg_scan *scan, size_t offset, ent_status code,
                           const char *message, ...)
{
    char text[256];
    size_t line = 1, column = 1;
    for (size_t k = 0; k < offset && k < scan->len; k++) {
        column = scan->text[k] == '\n' ? 1 : column + 1;
        line += scan->text[k] == '\n';
    }
    va_list arguments;
    va_start(arguments, message);
    vsnprintf(text, sizeof text, message, arguments);
    va_end(arguments);
    return ent_i_fail(scan->ctx, code, "%s:%zu:%zu: %s", scan->name, line, column, text);
}

/* The current token in words, for messages. */
static void describe(const ent_nfg_scan *scan, char found[FOUND_MAX + 16])
{
    const size_t len = scan->to - scan->from;
    const int shown = len > FOUND_MAX ? FOUND_MAX : (int)len;
    const char *dots = len > FOUND_MAX ? "..." : "";
    if (scan->token == ENT_NFG_END) snprintf(found, FOUND_MAX + 16, "the end of the file");
    else if (scan->token == ENT_NFG_QUOTED)
        snprintf(found, FOUND_MAX + 16, "\"%.*s%s\"", shown, scan->text + scan->from, dots);
    else snprintf(found, FOUND_MAX + 16, "%.*s%s", shown, scan->text + scan->from, dots);
}

ent_status ent_nfg_fail(const ent_nfg_scan *scan, ent_status code, const char *wanted, ...)
{
    char text[160], found[FOUND_MAX + 16];
    va_list arguments;
    va_start(arguments, wanted);
    vsnprintf(text, sizeof text, wanted, arguments);
    va_end(arguments);
    describe(scan, found);
    const size_t at = scan->token == ENT_NFG_QUOTED ? scan->from - 1 : scan->from;
    return ent_nfg_fail_at(scan, at, code, "wanted %s, found %s", text, found);
}

/* The length of the UTF-8 sequence at text[0..len), or 0 when it is none: the first byte tells the
 * length and, with overlong forms, surrogates and what lies beyond U+10FFFF left out, the range of
 * the second. */
static size_t sequence(const unsigned char *text, size_t len)
{
    static const struct {
        unsigned char from, to, second_from, second_to, length;
    } forms[] = {
        {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (text[0] < forms[f].from || text[0] > forms[f].to) continue;
        if (forms[f].length > len) return 0;
        if (forms[f].length > 1 && (text[1] < forms[f].second_from || text[1] > forms[f].second_to))
            return 0;
        for (size_t k = 2; k < forms[f].length; k++)
            if ((text[k] & 0xc0) != 0x80) return 0;
        return forms[f].length;
    }
    return 0;
}

static bool is_utf8(const char *text, size_t len)
{
    for (size_t k = 0; k < len;) {
        const size_t step = sequence((const unsigned char *)text + k, len - k);
        if (step == 0) return false;
        k += step;
    }
    return true;
}

char *ent_nfg_label(const ent_nfg_scan *scan, ent_status *st)
{
    const bool utf8 = is_utf8(scan->text + scan->from, scan->to - scan->from);
    char *out = NULL;
    ent_text text;
    ent_text_init(scan->ctx, &text);
    ent_text_puts(&text, "");
    for (size_t k = scan->from; k < scan->to; k++) {
        unsigned char c = (unsigned char)scan->text[k];
        const char next = k + 1 < scan->to ? scan->text[k + 1] : '\0';
        if (c == '\\' && (next == '"' || next == '\\')) c = (unsigned char)scan->text[++k];
        if (c < 0x20 || c == 0x7f) c = ' ';
        if (c < 0x80 || utf8) {
            ent_text_putc(&text, (char)c);
        } else {
            ent_text_putc(&text, (char)(0xc0 | c >> 6));
            ent_text_putc(&text, (char)(0x80 | (c & 0x3f)));
        }
    }
    *st = ent_text_take(&text, &out, NULL);
    ent_text_release(&text);
    return out;
}
