/* Tables of the methods `threats` and `tu-value`. */
#include "strategic/strategic_tables.h"

#include <string.h>

/* The key of the complement of a coalition, in model order, into text. */
static const char *others(ent_text *text, const ent_json *prices, const char *key)
{
    ent_text_reset(text);
    for (const ent_json *player = prices->first; player; player = player->next) {
        const size_t len = strlen(player->key);
        bool member = false;
        for (const char *at = key; *at && !member; at += *at == ',') {
            const size_t here = strcspn(at, ",");
            member = here == len && strncmp(at, player->key, len) == 0;
            at += here;
        }
        if (!member) ent_text_printf(text, "%s%s", text->len ? "," : "", player->key);
    }
    return text->data ? text->data : "";
}

/* "If A and B fight C" */
static void fight(ent_tables *out, const char *key, const char *other)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    for (int side = 0; side < 2; side++) {
        const char *names = side == 0 ? key : other;
        if (side == 1) ent_text_puts(&text, strchr(key, ',') ? " fight " : " fights ");
        for (const char *at = names; *at; at++) {
            const bool last = !strchr(at + 1, ',');
            if (*at == ',')
                ent_text_puts(&text, strchr(at + 1, ',') ? ", " : last ? " and " : ", ");
            else ent_text_putc(&text, *at);
        }
    }
    if (text.status != ENT_OK) out->status = text.status;
    else ent_table_cell(out, "%s", text.data);
    ent_text_release(&text);
}

ent_status ent_i_threats_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *prices = ent_json_get(solution, "prices");
    const ent_json *coalitions = ent_json_get(solution, "coalitions");
    ent_text key;
    ent_text_init(ctx, &key);
    ent_i_strategic_begin(out, result, "what every coalition can threaten",
                          "if|it plays|the others play|everybody gets|>value");
    for (const ent_json *c = coalitions ? coalitions->first : NULL; c; c = c->next) {
        const char *other = others(&key, prices, c->key);
        fight(out, c->key, other);
        ent_i_mix_cell(out, ent_json_get(c, "strategy"));
        ent_i_mix_cell(out, ent_json_get(ent_json_get(coalitions, other), "strategy"));
        ent_i_payoffs_cell(out, ent_json_get(c, "payoff"));
        ent_cell_number(out, ent_json_get(c, "value"));
    }
    ent_table_note(
        out,
        "The value is what the coalition's payoffs exceed those of the others by, weighted with the prices; each side does "
        "its best against the other. A coalition may correlate what its members do.");
    ent_table_begin(out, "Everybody together", "player|>price");
    for (const ent_json *price = prices->first; price; price = price->next) {
        ent_table_cell(out, "%s", price->key);
        ent_cell_number(out, price);
    }
    ent_table_note(out, "The most that all together make of weighted payoffs: %.7g.",
                   ent_number_value(ent_json_get(solution, "joint")));
    ent_text_release(&key);
    return out->status;
}

ent_status ent_i_tu_value_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    const ent_json *utilities = ent_json_get(solution, "utilities"),
                   *payments = ent_json_get(solution, "payments");
    const ent_json *split = ent_json_get(solution, "split");
    ent_i_strategic_begin(out, result, "the CoCo value, with side payments",
                          split ? "player|plays|is paid|>gets|>team's half|>against the other"
                                : "player|plays|>is paid|>gets");
    for (const ent_json *u = utilities->first; u; u = u->next) {
        ent_table_cell(out, "%s", u->key);
        ent_table_cell(out, "%s", ent_json_get(ent_json_get(solution, "play"), u->key)->text);
        ent_cell_number(out, ent_json_get(payments, u->key));
        ent_cell_number(out, u);
        if (!split) continue;
        ent_cell_number(out, ent_json_get(split, "cooperative"));
        ent_cell_number(out, ent_json_get(ent_json_get(split, "competitive"), u->key));
    }
    ent_table_note(out, "Together they make %.7g. Negative payments are paid.",
                   ent_number_value(ent_json_get(solution, "joint")));
    ent_table_begin(
        out,
        "Threat powers: what a coalition's payoffs exceed those of the others by, each side at its best",
        "coalition|>value");
    for (const ent_json *v = ent_json_get(solution, "values")->first; v; v = v->next) {
        ent_table_cell(out, "%s", v->key);
        ent_cell_number(out, v);
    }
    return out->status;
}
