/** perturb.h - how certificates are sabotaged: the leaves of a document, and the document with one
 * of them changed. */
#ifndef PERTURB_H
#define PERTURB_H

#include "base/text.h"
#include "exact/rat.h"
#include "io/json.h"

/* The next node of a document in reading order, NULL behind the last. */
static inline const ent_json *after(const ent_json *node, const ent_json *root)
{
    if (node->first) return node->first;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

/* How a number is changed: by a millionth of itself, and by one. */
typedef enum change { A_LITTLE, BY_ONE, CHANGES } change;

static inline bool parse(const ent_json *node, ent_rat *number)
{
    return (node->kind == ENT_JSON_NUMBER || node->kind == ENT_JSON_STRING) &&
           ent_rat_parse(number, node->text, node->text_len);
}

static inline void change_number(const ent_json *node, ent_rat *number, change how)
{
    ent_rat by = ENT_RAT_ZERO;
    const bool whole = node->kind == ENT_JSON_NUMBER && ent_rat_is_integer(number);
    if (how == BY_ONE || whole) ent_rat_set_int(&by, 1);
    else ent_rat_set_ratio(&by, 1, 1000000);
    if (how == A_LITTLE && !whole && ent_rat_sign(number) != 0) ent_rat_mul(&by, &by, number);
    ent_rat_add(number, number, &by);
    ent_rat_release(&by);
}

/* The document with one leaf replaced: a number by another, a text by a longer one, true by false.
 * Numerals that do not end are written as texts. */
static inline void perturbed(ent_ctx *ctx, const char *json, const ent_json *node, change how,
                             ent_text *out)
{
    ent_rat number = ENT_RAT_ZERO;
    ent_text_reset(out);
    ent_text_add(out, json, node->offset);
    size_t length = node->kind == ENT_JSON_BOOL ? (node->truth ? 4 : 5) : node->text_len;
    if (node->kind == ENT_JSON_STRING) length += 2;
    if (node->kind == ENT_JSON_BOOL) {
        ent_text_puts(out, node->truth ? "false" : "true");
    } else if (parse(node, &number)) {
        ent_status st = ENT_OK;
        change_number(node, &number, how);
        char *text = ent_rat_format(ctx, &number, &st);
        if (node->kind == ENT_JSON_STRING) ent_text_printf(out, "\"%s\"", text);
        else ent_text_double(out, ent_rat_double(&number));
        ent_free(text);
    } else {
        ent_text_printf(out, "\"%s~\"", node->text);
    }
    ent_text_puts(out, json + node->offset + length);
    ent_rat_release(&number);
}

static inline bool is_leaf(const ent_json *node)
{
    return node->kind == ENT_JSON_NUMBER || node->kind == ENT_JSON_STRING ||
           node->kind == ENT_JSON_BOOL;
}

/* Where the value after a node's own begins: the rest of the list. */
static inline size_t end_of(const char *json, const ent_json *node)
{
    size_t at = node->offset;
    int depth = 0;
    bool quoted = false;
    for (;; at++) {
        const char c = json[at];
        if (c == '"' && json[at - 1] != '\\') quoted = !quoted;
        if (quoted) continue;
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && depth-- == 0) return at;
        if (c == ',' && depth == 0) return at;
    }
}

/* The document without one member of a list. */
static inline void without(const char *json, const ent_json *node, ent_text *out)
{
    const size_t end = end_of(json, node);
    size_t begin = node->offset;
    ent_text_reset(out);
    if (json[end] != ',') /* the last one: the comma before it goes */
        while (json[begin] != ',' && json[begin] != '[') begin--;
    ent_text_add(out, json, json[begin] == '[' ? begin + 1 : begin);
    ent_text_puts(out, json + (json[end] == ',' ? end + 1 : end));
}

#endif
