/* Members by key. Small objects are searched from the front; large ones keep their members sorted,
 * which also finds duplicates in O(n log n) comparisons whatever the keys are: a hash table could
 * be filled with collisions on purpose. */
#include "io/json_i.h"

#include <string.h>

/* Merge the sorted halves from[lo..mid) and from[mid..hi) into to; stable. */
static void merge(const ent_json **from, const ent_json **to, size_t lo, size_t mid, size_t hi)
{
    size_t a = lo, b = mid;
    for (size_t k = lo; k < hi; k++) {
        const bool left = a < mid && (b >= hi || strcmp(from[a]->key, from[b]->key) <= 0);
        to[k] = left ? from[a++] : from[b++];
    }
}

/* Sorts list[n] with work[n]; returns whichever of the two holds the sorted members. */
static const ent_json **sort(size_t n, const ent_json **list, const ent_json **work)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * width) {
            const size_t mid = lo + width < n ? lo + width : n,
                         hi = lo + 2 * width < n ? lo + 2 * width : n;
            merge(list, work, lo, mid, hi);
        }
        const ent_json **swap = list;
        list = work;
        work = swap;
    }
    return list;
}

static ent_status refuse(ent_i_json_reader *r, const ent_json *again)
{
    char shown[ENT_JSON_QUOTE];
    ent_i_json_quote(shown, again->key, strlen(again->key));
    return ent_i_json_stop(r, again->key_offset, ENT_E_PARSE,
                           "the key %s stands twice in this object", shown);
}

static ent_status seal_small(ent_i_json_reader *r, const ent_json *object)
{
    for (const ent_json *b = object->first; b; b = b->next)
        for (const ent_json *a = object->first; a != b; a = a->next)
            if (strcmp(a->key, b->key) == 0) return refuse(r, b);
    return ENT_OK;
}

ent_status ent_i_json_seal(ent_i_json_reader *r, ent_json *object)
{
    if (object->count <= ENT_JSON_MANY) return seal_small(r, object);
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(r->ctx);
    const size_t n = object->count;
    const ent_json **work = NULL, **twice = NULL;
    const ent_json **kept = ent_i_doc_take(r->ctx, r->doc, n * sizeof *kept, &st);
    if (!kept) goto done;
    ENT_SCRATCH(r->ctx, work, n);
    size_t k = 0;
    for (const ent_json *m = object->first; m; m = m->next) kept[k++] = m;
    const ent_json **sorted = sort(n, kept, work);
    for (k = 1; k < n; k++)
        if (strcmp(sorted[k - 1]->key, sorted[k]->key) == 0)
            if (!twice || sorted[k]->key_offset < (*twice)->key_offset) twice = &sorted[k];
    if (twice) {
        st = refuse(r, *twice);
        goto done;
    }
    if (sorted != kept) memcpy(kept, sorted, n * sizeof *kept);
    object->sorted = kept;
done:
    ent_scratch_reset(r->ctx, mark);
    return st;
}

const ent_json *ent_json_get(const ent_json *object, const char *key)
{
    if (!object || object->kind != ENT_JSON_OBJECT) return NULL;
    if (!object->sorted) {
        for (const ent_json *m = object->first; m; m = m->next)
            if (strcmp(m->key, key) == 0) return m;
        return NULL;
    }
    size_t lo = 0, hi = object->count;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        const int order = strcmp(object->sorted[mid]->key, key);
        if (order == 0) return object->sorted[mid];
        if (order < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}
