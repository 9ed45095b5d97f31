/* String literals: escapes decoded, UTF-8 checked (RFC 3629: shortest form, no surrogates, at most
 * U+10FFFF). */
#include "io/json_i.h"

#include <string.h>

/* The bytes of a character that begins with this one; 0: none does. */
static size_t utf8_bytes(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead < 0xc2) return 0; /* a continuation, or a long form of ASCII */
    if (lead < 0xe0) return 2;
    if (lead < 0xf0) return 3;
    return lead < 0xf5 ? 4 : 0;
}

/* The length of the character at s, or 0 when these bytes are not UTF-8; s is NUL-terminated. The
 * second byte has less room after some first ones, so that long forms, surrogates and what lies
 * beyond U+10FFFF are left out. */
static size_t utf8_length(const unsigned char *s)
{
    const size_t n = utf8_bytes(s[0]);
    for (size_t k = 1; k < n; k++)
        if ((s[k] & 0xc0) != 0x80) return 0;
    const unsigned char least = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
    const unsigned char most = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
    return n > 1 && (s[1] < least || s[1] > most) ? 0 : n;
}

static size_t utf8_put(char *out, unsigned code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

/* Four hexadecimal digits; -1 when they are not. */
static int hex4(const char *s)
{
    int value = 0;
    for (int k = 0; k < 4; k++) {
        const char c = s[k];
        int digit = 0;
        if (c >= '0' && c <= '9') digit = c - '0';
        else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        else return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* The escape \uXXXX at `at`, perhaps with the second half of a surrogate pair. */
static ent_status unicode(ent_i_json_reader *r, unsigned *code)
{
    const char *s = r->source + r->at;
    const int high = hex4(s + 2);
    if (high < 0)
        return ent_i_json_stop(r, r->at, ENT_E_PARSE, "wanted four hexadecimal digits after \\u");
    if (high == 0)
        return ent_i_json_stop(r, r->at, ENT_E_PARSE,
                               "the character U+0000 is not accepted in texts");
    *code = (unsigned)high;
    r->at += 6;
    if (high < 0xd800 || high > 0xdfff) return ENT_OK;
    const int low = high < 0xdc00 && s[6] == '\\' && s[7] == 'u' ? hex4(s + 8) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return ent_i_json_stop(r, r->at - 6, ENT_E_PARSE,
                               "\\u%.4s is half a surrogate pair, and the other half is missing",
                               s + 2);
    *code = 0x10000u + (((unsigned)high - 0xd800u) << 10) + ((unsigned)low - 0xdc00u);
    r->at += 6;
    return ENT_OK;
}

static ent_status escape(ent_i_json_reader *r, char **out)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char c = r->source[r->at + 1];
    unsigned code = 0;
    if (c == 'u') {
        const ent_status st = unicode(r, &code);
        if (st == ENT_OK) *out += utf8_put(*out, code);
        return st;
    }
    const char *known = c ? strchr(letters, c) : NULL;
    if (!known)
        return ent_i_json_stop(r, r->at, ENT_E_PARSE,
                               "\\%c is no escape of JSON; a backslash is written \\\\",
                               c >= 0x20 && c < 0x7f ? c : '?');
    *(*out)++ = meant[known - letters];
    r->at += 2;
    return ENT_OK;
}

/* The closing quote of the string that begins at `at`, refusing what may not stand in between. */
static ent_status find_end(ent_i_json_reader *r, size_t *end)
{
    const char *s = r->source;
    size_t k = r->at + 1;
    for (; s[k] != '"'; k++) {
        if ((unsigned char)s[k] >= 0x20) {
            if (s[k] == '\\' && s[k + 1]) k++;
            continue;
        }
        if (k >= r->doc->len)
            return ent_i_json_stop(r, r->at, ENT_E_PARSE,
                                   "the text that begins here has no closing quote");
        if (s[k] == '\n' || s[k] == '\r')
            return ent_i_json_stop(r, k, ENT_E_PARSE,
                                   "wanted the closing quote of a text, found the end of the line");
        return ent_i_json_stop(
            r, k, ENT_E_PARSE,
            "the control character 0x%02x must be written as an escape in a text",
            (unsigned)(unsigned char)s[k]);
    }
    *end = k;
    return ENT_OK;
}

ent_status ent_i_json_string(ent_i_json_reader *r, const char **text, size_t *len)
{
    ent_status st = ENT_OK;
    size_t end = 0;
    ENT_TRY(find_end(r, &end));
    /* without quotes, with a NUL, never longer */
    char *decoded = ent_i_doc_take(r->ctx, r->doc, end - r->at, &st);
    if (!decoded) goto done;
    char *out = decoded;
    r->at++;
    while (r->at < end) {
        const char *s = r->source + r->at;
        if (*s == '\\') {
            ENT_TRY(escape(r, &out));
            continue;
        }
        const size_t n = utf8_length((const unsigned char *)s);
        if (n == 0) {
            st = ent_i_json_stop(r, r->at, ENT_E_PARSE, "the byte 0x%02x is not UTF-8 here",
                                 (unsigned)(unsigned char)*s);
            goto done;
        }
        for (size_t k = 0; k < n; k++) *out++ = s[k];
        r->at += n;
    }
    *out = '\0';
    r->at = end + 1;
    *text = decoded;
    *len = (size_t)(out - decoded);
done:
    return st;
}
