/* JSON pointers (RFC 6901), and names instead of indices. */
#include "io/json_i.h"

#include <string.h>

/* Does one step of a pointer, with ~0 for ~ and ~1 for /, spell this word? */
static bool spells(size_t len, const char *step, const char *word)
{
    for (size_t k = 0; k < len; k++, word++) {
        char c = step[k];
        if (c == '~' && k + 1 < len && (step[k + 1] == '0' || step[k + 1] == '1'))
            c = step[++k] == '0' ? '~' : '/';
        if (*word == '\0' || *word != c) return false;
    }
    return *word == '\0';
}

/* The index that step[len] writes without leading zeros, or -1. */
static int64_t index_of(size_t len, const char *step)
{
    int64_t index = 0;
    if (len == 0 || len > 10 || (len > 1 && step[0] == '0')) return -1;
    for (size_t k = 0; k < len; k++) {
        if (step[k] < '0' || step[k] > '9') return -1;
        index = 10 * index + (step[k] - '0');
    }
    return index;
}

static const ent_json *step_into_array(const ent_json *array, size_t len, const char *step)
{
    const int64_t index = index_of(len, step);
    const ent_json *child = array->first;
    if (index >= 0 && index < array->count) {
        for (int64_t k = 0; k < index; k++) child = child->next;
        return child;
    }
    for (; child; child = child->next) {
        const ent_json *name = ent_json_get(child, "name");
        if (name && name->kind == ENT_JSON_STRING && spells(len, step, name->text)) return child;
    }
    return NULL;
}

const ent_json *ent_i_json_step(const ent_json *node, size_t len, const char *step)
{
    if (node->kind == ENT_JSON_ARRAY) return step_into_array(node, len, step);
    if (node->kind != ENT_JSON_OBJECT) return NULL;
    for (const ent_json *m = node->first; m; m = m->next)
        if (spells(len, step, m->key)) return m;
    return NULL;
}

const ent_json *ent_json_at(const ent_json *node, const char *pointer)
{
    if (strcmp(pointer, "/") == 0) return node;
    while (node && *pointer) {
        if (*pointer == '/') pointer++;
        const size_t len = strcspn(pointer, "/");
        node = ent_i_json_step(node, len, pointer);
        pointer += len;
    }
    return node;
}
