/* Terms: numerals, places in results, and weighted sums of both. */
#include "catalog/catalog_i.h"

#include "report/cells.h"

#include <math.h>
#include <string.h>

void ent_i_value_init(ent_i_value *value)
{
    *value = (ent_i_value){.is_exact = true};
    ent_rat_init(&value->exact);
}

void ent_i_value_release(ent_i_value *value) { ent_rat_release(&value->exact); }

/* value = a numeral; false when the text is none. */
static bool set_numeral(ent_i_value *value, const ent_json *node)
{
    if (node->kind != ENT_JSON_STRING && node->kind != ENT_JSON_NUMBER) return false;
    if (!ent_rat_parse(&value->exact, node->text, node->text_len)) return false;
    value->real = ent_rat_double(&value->exact);
    value->scale = fabs(value->real);
    value->is_numeral = true;
    return true;
}

static ent_status not_a_number(ent_ctx *ctx, const ent_doc *doc, const ent_json *term,
                               const ent_json *found)
{
    return ent_json_fail(ctx, doc, term, ENT_E_MODEL, "%s is %s, and no number", term->text,
                         ent_json_kind_name(found->kind));
}

/* value = what stands at a place of a result */
static ent_status set_place(ent_ctx *ctx, const ent_doc *doc, const ent_doc *result,
                            const ent_json *term, const ent_json *found, ent_i_value *value)
{
    ent_status st = ENT_OK;
    const ent_json *exact = ent_json_get(found, "exact"),
                   *scale = ent_json_at(ent_doc_root(result), "/certificate/scale");
    value->is_exact = false;
    if (found->kind == ENT_JSON_STRING &&
        !ent_rat_parse(&value->exact, found->text, found->text_len)) {
        value->word = found->text;
        return ENT_OK;
    }
    if (found->kind == ENT_JSON_BOOL) {
        ent_rat_set_int(&value->exact, found->truth);
        value->is_exact = true;
    } else if (exact && exact->kind == ENT_JSON_STRING) {
        if (!ent_rat_parse(&value->exact, exact->text, exact->text_len))
            return not_a_number(ctx, doc, term, exact);
        value->is_exact = true;
    } else if (found->kind == ENT_JSON_STRING) {
        value->is_exact = true;
    } else if (found->kind == ENT_JSON_NUMBER) {
        ENT_TRY(ent_json_real(ctx, result, found, &value->real));
    } else {
        return not_a_number(ctx, doc, term, found);
    }
    if (value->is_exact) value->real = ent_rat_double(&value->exact);
    value->scale = fabs(value->real);
    if (scale && isfinite(ent_number_value(scale)))
        value->scale = fmax(value->scale, 1e-3 * ent_number_value(scale));
done:
    return st;
}

/* "run/solution/..." */
static ent_status place(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                        const ent_json *term, ent_i_value *value)
{
    const size_t len = strcspn(term->text, "/");
    for (int k = 0; k < runs->n; k++) {
        const ent_doc *result = runs->run[k].result;
        const char *name = runs->run[k].node->key;
        if (strlen(name) != len || strncmp(name, term->text, len) != 0) continue;
        const ent_json *found = ent_json_at(ent_doc_root(result), term->text + len);
        if (found) return set_place(ctx, doc, result, term, found, value);
        return ent_json_fail(ctx, doc, term, ENT_E_MODEL, "the result of \"%s\" has no place %s",
                             name, term->text + len);
    }
    return ent_json_fail(ctx, doc, term, ENT_E_MODEL,
                         "wanted a numeral or a place of a run, found \"%s\"", term->text);
}

/* value += coefficient * part */
static void add(ent_i_value *value, const ent_rat *coefficient, const ent_i_value *part)
{
    const double c = ent_rat_double(coefficient);
    value->is_exact = value->is_exact && part->is_exact;
    if (value->is_exact) ent_rat_addmul(&value->exact, coefficient, &part->exact);
    value->real = value->is_exact ? ent_rat_double(&value->exact) : value->real + c * part->real;
    value->scale += fabs(c) * part->scale;
    value->is_numeral = false;
}

static ent_status simple(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                         const ent_json *term, ent_i_value *value)
{
    if (set_numeral(value, term)) return ENT_OK;
    if (term->kind == ENT_JSON_STRING) return place(ctx, doc, runs, term, value);
    return ent_json_fail(ctx, doc, term, ENT_E_MODEL,
                         "wanted a numeral, a place or a list of pairs, found %s",
                         ent_json_kind_name(term->kind));
}

static ent_status pair(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                       const ent_json *node, ent_i_value *sum)
{
    ent_status st = ENT_OK;
    ent_rat coefficient = ENT_RAT_ZERO;
    ent_i_value part;
    ent_i_value_init(&part);
    ENT_TRY(ent_json_expect(ctx, doc, node, ENT_JSON_ARRAY));
    if (node->count != 2) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                           "wanted a pair [coefficient, term], found %u items", node->count);
        goto done;
    }
    ENT_TRY(ent_json_rat(ctx, doc, node->first, &coefficient));
    ENT_TRY(simple(ctx, doc, runs, node->first->next, &part));
    if (part.word) {
        st = ent_json_fail(ctx, doc, node, ENT_E_MODEL, "\"%s\" is a word, and no number",
                           part.word);
        goto done;
    }
    add(sum, &coefficient, &part);
done:
    ent_i_value_release(&part);
    ent_rat_release(&coefficient);
    return st;
}

ent_status ent_i_term(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                      const ent_json *term, ent_i_value *value)
{
    ent_status st = ENT_OK;
    const ent_json *word = ent_json_get(term, "word");
    if (word) {
        ENT_TRY(ent_json_expect(ctx, doc, word, ENT_JSON_STRING));
        value->word = word->text;
        return ENT_OK;
    }
    if (term->kind != ENT_JSON_ARRAY) return simple(ctx, doc, runs, term, value);
    for (const ent_json *p = term->first; p; p = p->next) ENT_TRY(pair(ctx, doc, runs, p, value));
done:
    return st;
}

void ent_i_value_text(ent_text *out, const ent_i_value *value)
{
    if (value->word) {
        ent_text_puts(out, value->word);
        return;
    }
    ent_text_printf(out, "%.7g", value->real);
    if (!value->is_exact || ent_rat_is_integer(&value->exact)) return;
    char *fraction = ent_rat_format(out->ctx, &value->exact, &out->status);
    if (fraction && strlen(fraction) <= 24) ent_text_printf(out, " = %s", fraction);
    ent_free(fraction);
}
