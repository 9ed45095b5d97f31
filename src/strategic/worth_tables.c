/* Tables of `shapley`, `banzhaf` and `dividends`. */
#include "strategic/strategic_tables.h"

static void values(const ent_json *result, const char *what, ent_tables *out)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *shares = ent_json_get(solution, "normalized");
    const ent_json *votes = ent_json_get(ent_json_get(result, "model"), "votes");
    ent_i_strategic_begin(out, result, what,
                          votes    ? shares ? "player|>votes|>value|>share" : "player|>votes|>value"
                          : shares ? "player|>value|>share"
                                   : "player|>value");
    for (const ent_json *u = ent_json_get(solution, "utilities")->first; u; u = u->next) {
        ent_table_cell(out, "%s", u->key);
        if (votes) ent_cell_plain(out, ent_json_get(votes, u->key));
        ent_cell_number(out, u);
        if (shares) ent_cell_number(out, ent_json_get(shares, u->key));
    }
    ent_table_note(out, "Sum: %.7g.", ent_number_value(ent_json_get(solution, "total")));
}

ent_status ent_i_shapley_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    values(result, "the Shapley value", out);
    return out->status;
}

ent_status ent_i_banzhaf_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    values(result, "the Banzhaf value", out);
    return out->status;
}

ent_status ent_i_dividends_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution"),
                   *dividends = ent_json_get(solution, "dividends");
    ent_i_strategic_begin(out, result, "dividends and potential", "coalition|>dividend|>potential");
    for (const ent_json *p = ent_json_get(solution, "potential")->first; p; p = p->next) {
        ent_table_cell(out, "%s", p->key);
        ent_cell_number(out, ent_json_get(dividends, p->key));
        ent_cell_number(out, p);
    }
    ent_table_note(
        out,
        "A player's Shapley value is what the potential of all exceeds that of all others by, and the sum of its parts in the "
        "dividends of its coalitions.");
    return out->status;
}
