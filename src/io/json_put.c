#include "io/json_i.h"

#include <string.h>

/* Does a JSON number look like this? Fractions, and numerals such as ".5" and "+1", are texts. */
static bool is_json_number(size_t len, const char *text)
{
    const size_t sign = text[0] == '-', digits = strspn(text + sign, "0123456789");
    if (digits == 0 || (digits > 1 && text[sign] == '0') || memchr(text, '/', len)) return false;
    return text[len - 1] != '.';
}

void ent_doc_put(ent_doc *doc, const ent_json *node, size_t len, const char *text)
{
    (void)doc; /* what gives the right to change the node */
    ent_json *mine = (ent_json *)(uintptr_t)node;
    mine->kind = is_json_number(len, text) ? ENT_JSON_NUMBER : ENT_JSON_STRING;
    mine->text = text;
    mine->text_len = (uint32_t)len;
    mine->first = NULL;
    mine->count = 0;
}
