/* One claim: both sides evaluated, the relation judged, the verdict compared with what the
 * catalogue says. */
#include "catalog/catalog_i.h"

#include <math.h>
#include <string.h>

/* Computed doubles are compared to this, relative to the numbers that entered, unless a claim says
 * otherwise. */
static const double relative = 1e-9;

typedef struct sides {
    ent_i_value left, right;
    bool has_tolerance;
    ent_rat tolerance;
} sides;

ent_status ent_i_text_member(ent_ctx *ctx, const ent_doc *doc, const ent_json *object,
                             const char *key, const char *standard, const char **out)
{
    ent_status st = ENT_OK;
    const ent_json *member = ent_json_get(object, key);
    if (!member && standard) {
        *out = standard;
        return ENT_OK;
    }
    ENT_TRY(ent_json_member(ctx, doc, object, key, &member));
    ENT_TRY(ent_json_expect(ctx, doc, member, ENT_JSON_STRING));
    *out = member->text;
done:
    return st;
}

/* Half a unit of the last digit of a numeral with a decimal point, such as 2.385 or 1.5e-3; false
 * for other numerals. */
static bool half_unit(const ent_json *node, ent_rat *half)
{
    if (node->kind != ENT_JSON_STRING && node->kind != ENT_JSON_NUMBER) return false;
    const char *point = strchr(node->text, '.'), *exponent = strpbrk(node->text, "eE");
    if (!point) return false;
    const size_t places = strspn(point + 1, "0123456789");
    ent_rat ten = ENT_RAT_ZERO, power = ENT_RAT_ZERO;
    ent_rat_set_ratio(half, 1, 2);
    ent_rat_set_int(&ten, 10);
    for (size_t k = 0; k < places; k++) ent_rat_div(half, half, &ten);
    if (exponent) { /* "1" and the exponent's own text are a numeral */
        char text[16] = "1";
        strncat(text, exponent, sizeof text - 2);
        if (ent_rat_parse(&power, text, strlen(text))) ent_rat_mul(half, half, &power);
    }
    ent_rat_release(&power);
    ent_rat_release(&ten);
    return true;
}

/* left - right against 0: -1, 0 or 1, numbers within the tolerance being equal. */
static int compare(const sides *s)
{
    int order = 0;
    if (s->left.is_exact && s->right.is_exact) {
        ent_rat gap = ENT_RAT_ZERO, size = ENT_RAT_ZERO;
        ent_rat_sub(&gap, &s->left.exact, &s->right.exact);
        order = ent_rat_sign(&gap);
        ent_rat_set(&size, &gap);
        if (order < 0) ent_rat_neg(&size, &gap);
        if (s->has_tolerance && ent_rat_cmp(&size, &s->tolerance) <= 0) order = 0;
        ent_rat_release(&size);
        ent_rat_release(&gap);
        return order;
    }
    const double gap = s->left.real - s->right.real,
                 noise = relative * fmax(s->left.scale, s->right.scale);
    const double tolerance =
        s->has_tolerance ? ent_rat_double(&s->tolerance) + 1e-3 * noise : noise;
    if (fabs(gap) <= tolerance) return 0;
    return gap > 0.0 ? 1 : -1;
}

static bool is_one_of(const char *word, const char *const *list)
{
    while (*list && strcmp(*list, word) != 0) list++;
    return *list != NULL;
}

static bool relation_holds(const char *relation, int order)
{
    if (strcmp(relation, "=") == 0) return order == 0;
    if (strcmp(relation, "!=") == 0) return order != 0;
    const bool may_equal = relation[1] == '=';
    if (order == 0) return may_equal;
    return relation[0] == '<' ? order < 0 : order > 0;
}

static ent_status judge_words(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                              const sides *s, ent_claim *claim)
{
    const bool equal = s->left.word && s->right.word && strcmp(s->left.word, s->right.word) == 0;
    if (strcmp(claim->relation, "=") == 0) claim->holds = equal;
    else if (strcmp(claim->relation, "!=") == 0) claim->holds = !equal;
    else return ent_json_fail(ctx, doc, node, ENT_E_MODEL, "words can only be = or !=");
    return ENT_OK;
}

static ent_status read_tolerance(ent_ctx *ctx, const ent_doc *doc, const ent_json *node, sides *s)
{
    ent_status st = ENT_OK;
    const ent_json *tolerance = ent_json_get(node, "tolerance"),
                   *right = ent_json_get(node, "right");
    if (tolerance) {
        ENT_TRY(ent_json_rat(ctx, doc, tolerance, &s->tolerance));
        if (ent_rat_sign(&s->tolerance) < 0)
            st = ent_json_fail(ctx, doc, tolerance, ENT_E_MODEL, "a tolerance is at least 0");
    }
    s->has_tolerance =
        tolerance != NULL || (s->right.is_numeral && half_unit(right, &s->tolerance));
done:
    return st;
}

/* The left side, and the right one where it says more than `printed` does. */
static void put_computed(ent_text *out, const sides *s, const ent_claim *claim)
{
    const bool is_given = s->right.is_numeral || s->right.word,
               equal = strcmp(claim->relation, "=") == 0;
    ent_i_value_text(out, &s->left);
    if (is_given && equal && claim->holds) return;
    ent_text_puts(out, is_given ? " (claimed: " : " against ");
    if (is_given && !equal) ent_text_printf(out, "%s ", claim->relation);
    ent_i_value_text(out, &s->right);
    if (is_given) ent_text_putc(out, ')');
}

static ent_status evaluate(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                           const ent_json *node, sides *s, ent_claim *claim)
{
    ent_status st = ENT_OK;
    ent_text text;
    const ent_json *left = NULL, *right = NULL;
    ent_text_init(ctx, &text);
    ENT_TRY(ent_json_member(ctx, doc, node, "left", &left));
    ENT_TRY(ent_json_member(ctx, doc, node, "right", &right));
    ENT_TRY(ent_i_term(ctx, doc, runs, left, &s->left));
    ENT_TRY(ent_i_term(ctx, doc, runs, right, &s->right));
    ENT_TRY(read_tolerance(ctx, doc, node, s));
    if (s->left.word || s->right.word) ENT_TRY(judge_words(ctx, doc, node, s, claim));
    else claim->holds = relation_holds(claim->relation, compare(s));
    put_computed(&text, s, claim);
    ENT_TRY(ent_text_take(&text, &claim->computed, NULL));
done:
    ent_text_release(&text);
    return st;
}

static ent_status read_words(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                             ent_claim *claim)
{
    static const char *const keys[] = {"what",      "where",   "left", "right",   "relation",
                                       "tolerance", "printed", "says", "erratum", NULL};
    static const char *const relations[] = {"=", "<", ">", "<=", ">=", "!=", NULL};
    static const char *const verdicts[] = {"agrees", "misprint", "false", "true", NULL};
    ent_status st = ENT_OK;
    ENT_TRY(ent_json_known(ctx, doc, node, keys));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "what", NULL, &claim->what));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "where", "", &claim->where));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "printed", "", &claim->printed));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "relation", "=", &claim->relation));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "says", NULL, &claim->says));
    ENT_TRY(ent_i_text_member(ctx, doc, node, "erratum", "", &claim->erratum));
    if (!is_one_of(claim->relation, relations))
        return ent_json_fail(ctx, doc, ent_json_get(node, "relation"), ENT_E_MODEL,
                             "wanted one of = < > <= >= !=, found \"%s\"", claim->relation);
    if (!is_one_of(claim->says, verdicts))
        return ent_json_fail(ctx, doc, ent_json_get(node, "says"), ENT_E_MODEL,
                             "wanted agrees, misprint, false or true, found \"%s\"", claim->says);
    if ((strcmp(claim->says, "misprint") == 0 || strcmp(claim->says, "false") == 0) &&
        !*claim->erratum)
        return ent_json_fail(ctx, doc, node, ENT_E_MODEL,
                             "what is wrong needs its entry of the errata, \"erratum\"");
done:
    return st;
}

ent_status ent_i_claim_judge(ent_ctx *ctx, const ent_doc *doc, const ent_i_runs *runs,
                             const ent_json *node, ent_claim *claim)
{
    ent_status st = ENT_OK;
    sides s = {.has_tolerance = false};
    ent_i_value_init(&s.left);
    ent_i_value_init(&s.right);
    ent_rat_init(&s.tolerance);
    ENT_TRY(read_words(ctx, doc, node, claim));
    ENT_TRY(evaluate(ctx, doc, runs, node, &s, claim));
    const bool should_hold = strcmp(claim->says, "agrees") == 0 || strcmp(claim->says, "true") == 0;
    claim->as_said = claim->holds == should_hold;
done:
    ent_rat_release(&s.tolerance);
    ent_i_value_release(&s.right);
    ent_i_value_release(&s.left);
    return st;
}
