/* Trees back to text: compact, on one line with spaces, or laid out for reading. */
#include "io/json_i.h"

#include <string.h>

enum { LINE = 110 }; /* columns that a pretty line should not exceed */

void ent_i_json_put_string(ent_text *out, const char *text, size_t len)
{
    static const char plain[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
    size_t start = 0;
    ent_text_putc(out, '"');
    for (size_t k = 0; k < len; k++) {
        const char c = text[k];
        if ((unsigned char)c >= 0x20 && c != '"' && c != '\\') continue;
        ent_text_add(out, text + start, k - start);
        start = k + 1;
        const char *known = c ? strchr(plain, c) : NULL;
        if (known) ent_text_printf(out, "\\%c", letter[known - plain]);
        else ent_text_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    }
    ent_text_add(out, text + start, len - start);
    ent_text_putc(out, '"');
}

static bool is_container(const ent_json *node)
{
    return node->kind == ENT_JSON_ARRAY || node->kind == ENT_JSON_OBJECT;
}

static void put_scalar(ent_text *out, const ent_json *node)
{
    if (node->kind == ENT_JSON_STRING) ent_i_json_put_string(out, node->text, node->text_len);
    else if (node->kind == ENT_JSON_NUMBER) ent_text_add(out, node->text, node->text_len);
    else if (node->kind == ENT_JSON_BOOL) ent_text_puts(out, node->truth ? "true" : "false");
    else ent_text_puts(out, "null");
}

/* How a document is laid out, and where the writing stands. */
typedef struct layout {
    ent_text *out;
    bool spaced; /* after commas and colons */
    bool pretty; /* lines; containers that fit stand on one */
    int depth;
    size_t line_start; /* in out */
    size_t limit;      /* stop early when out has grown beyond */
} layout;

static void put_key(layout *l, const ent_json *node, const ent_json *top)
{
    if (!node->key || node == top) return;
    ent_i_json_put_string(l->out, node->key, strlen(node->key));
    ent_text_puts(l->out, l->spaced ? ": " : ":");
}

static void new_line(layout *l)
{
    ent_text_putc(l->out, '\n');
    l->line_start = l->out->len;
    for (int k = 0; k < l->depth; k++) ent_text_puts(l->out, "  ");
}

static void walk(layout *l, const ent_json *top);

/* Does the container fit on the rest of the line? Then it is written. */
static bool put_inline(layout *l, const ent_json *node)
{
    const size_t start = l->out->len;
    layout flat = {.out = l->out, .spaced = true, .limit = l->line_start + LINE};
    if (start > flat.limit || node->count > LINE) return false;
    walk(&flat, node);
    if (l->out->status != ENT_OK || l->out->len <= flat.limit) return true;
    l->out->len = start;
    l->out->data[start] = '\0';
    return false;
}

/* Between two values: a line each, but scalars of a list fill the lines. */
static void separate(layout *l, const ent_json *next)
{
    ent_text_putc(l->out, ',');
    if (!l->pretty) {
        if (l->spaced) ent_text_putc(l->out, ' ');
        return;
    }
    const bool fills = !next->key && !is_container(next) &&
                       l->out->len + next->text_len < l->line_start + LINE - 4;
    if (fills) ent_text_putc(l->out, ' ');
    else new_line(l);
}

/* One value, or the opening of one; true when its children follow. */
static bool enter(layout *l, const ent_json *node, const ent_json *top)
{
    put_key(l, node, top);
    if (!is_container(node)) {
        put_scalar(l->out, node);
        return false;
    }
    const bool is_object = node->kind == ENT_JSON_OBJECT;
    if (!node->first) {
        ent_text_puts(l->out, is_object ? "{}" : "[]");
        return false;
    }
    if (l->pretty && put_inline(l, node)) return false;
    ent_text_putc(l->out, is_object ? '{' : '[');
    l->depth++;
    if (l->pretty) new_line(l);
    return true;
}

static void leave(layout *l, const ent_json *node)
{
    l->depth--;
    if (l->pretty) new_line(l);
    ent_text_putc(l->out, node->kind == ENT_JSON_OBJECT ? '}' : ']');
}

/* Down and up along first, next and parent: no recursion, but for the one-line attempts, which try
 * no further ones. */
static void walk(layout *l, const ent_json *top)
{
    const ent_json *node = top;
    while (l->out->status == ENT_OK && (l->limit == 0 || l->out->len <= l->limit)) {
        if (enter(l, node, top)) {
            node = node->first;
            continue;
        }
        while (node != top && !node->next) leave(l, node = node->parent);
        if (node == top) return;
        node = node->next;
        separate(l, node);
    }
}

void ent_json_write(ent_text *out, const ent_json *node, bool pretty)
{
    layout l = {.out = out, .spaced = pretty, .pretty = pretty, .line_start = out->len};
    walk(&l, node);
}
