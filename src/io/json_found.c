/* What was found instead of what was wanted, in words that help. */
#include "io/json_i.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN = 48 }; /* bytes of a text that a message repeats */

void ent_i_json_quote(char out[ENT_JSON_QUOTE], const char *text, size_t len)
{
    const bool cut = len > SHOWN;
    size_t n = cut ? SHOWN : len, used = 0;
    /* never half a character */
    while (cut && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80) n--;
    out[used++] = '"';
    for (size_t k = 0; k < n; k++)
        out[used++] = (unsigned char)text[k] < 0x20 || text[k] == 0x7f ? '?' : text[k];
    snprintf(out + used, ENT_JSON_QUOTE - used, "%s\"", cut ? "..." : "");
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+' || c == '.';
}

/* The length of the word at s: letters, digits and signs. */
static size_t word_length(const char *s)
{
    size_t n = 0;
    while (is_word(s[n])) n++;
    return n;
}

/* What people write who know other languages, and what JSON wants of them. */
static const char *advice(const char *word, size_t len)
{
    static const struct {
        const char *word, *advice;
    } known[] = {
        {"NaN", "; every number must be finite"},
        {"nan", "; every number must be finite"},
        {"Infinity", "; every number must be finite"},
        {"-Infinity", "; every number must be finite"},
        {"inf", "; every number must be finite"},
        {"-inf", "; every number must be finite"},
        {"Inf", "; every number must be finite"},
        {"-Inf", "; every number must be finite"},
        {"True", "; JSON writes true"},
        {"False", "; JSON writes false"},
        {"TRUE", "; JSON writes true"},
        {"FALSE", "; JSON writes false"},
        {"None", "; JSON writes null"},
        {"nil", "; JSON writes null"},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strlen(known[k].word) == len && strncmp(known[k].word, word, len) == 0)
            return known[k].advice;
    if (word[0] == '+') return "; a number has no plus sign in front";
    if (word[0] == '.') return "; a number begins with a digit";
    const bool is_letter = (word[0] >= 'a' && word[0] <= 'z') || (word[0] >= 'A' && word[0] <= 'Z');
    return is_letter ? "; texts stand in double quotes" : "";
}

static const char *sign_advice(char c)
{
    if (c == '\'') return "; texts stand in double quotes";
    if (c == '/' || c == '#') return "; a comment is a member whose key begins with \"//\"";
    return "";
}

ent_status ent_i_json_wanted(ent_i_json_reader *r, const char *what)
{
    const char *s = r->source + r->at;
    const unsigned char c = (unsigned char)*s;
    char shown[ENT_JSON_QUOTE];
    if (r->at >= r->doc->len)
        return ent_i_json_stop(r, r->at, ENT_E_PARSE, "wanted %s, found the end of the document",
                               what);
    if (is_word((char)c)) {
        const size_t len = word_length(s);
        ent_i_json_quote(shown, s, len);
        shown[strlen(shown) - 1] = '\0';
        return ent_i_json_stop(r, r->at, ENT_E_PARSE, "wanted %s, found %s%s", what, shown + 1,
                               advice(s, len));
    }
    if (c < 0x20 || c >= 0x7f)
        return ent_i_json_stop(r, r->at, ENT_E_PARSE, "wanted %s, found the byte 0x%02x", what,
                               (unsigned)c);
    return ent_i_json_stop(r, r->at, ENT_E_PARSE, "wanted %s, found '%c'%s", what, c,
                           sign_advice((char)c));
}
