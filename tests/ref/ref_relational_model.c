#include "ref/ref_relational_model.h"

ref_relational ref_relational_random(ent_rng *rng)
{
    ref_relational g = {.denominator = 1};
    static const int64_t rhos[][2] = {{0, 1}, {3, 10}, {1, 1}, {1, 1}};
    static const int64_t deltas[][2] = {{0, 1}, {1, 2},    {1, 3},  {2, 3},
                                        {3, 5}, {99, 100}, {1, 10}, {7, 10}};
    g.n = 1 + (int)ent_rng_below(rng, 4);
    g.profiles = 1;
    for (int i = 0; i < g.n; i++) {
        g.actions[i] = 1 + (int)ent_rng_below(rng, g.n <= 2 ? 4 : 3);
        g.profiles *= g.actions[i];
    }
    const int spread = 1 + (int)ent_rng_below(rng, 12);
    if (ent_rng_below(rng, 4) == 0) g.denominator = 1 + ent_rng_below(rng, 12);
    for (int i = 0; i < g.n; i++)
        for (int a = 0; a < g.profiles; a++)
            g.payoff[i][a] = ent_rng_below(rng, 2 * spread + 1) - spread;
    g.coalition = 1 + (uint64_t)ent_rng_below(rng, (1 << g.n) - 1);
    int64_t total = 0, w[REF_PLAYERS] = {0};
    for (int i = 0; i < g.n; i++) {
        if (!(g.coalition >> i & 1)) continue;
        w[i] = ent_rng_below(rng, 4);
        total += w[i];
    }
    for (int i = 0; i < g.n; i++) {
        if (total == 0)
            g.weight[i] =
                g.coalition >> i & 1 ? ref_q_of(1, ent_coal_size(g.coalition)) : ref_q_of(0, 1);
        else g.weight[i] = ref_q_of(w[i], total);
    }
    const int64_t *delta = deltas[ent_rng_below(rng, 8)], *rho = rhos[ent_rng_below(rng, 4)];
    g.discount = ref_q_of(delta[0], delta[1]);
    g.renegotiation = ref_q_of(rho[0], rho[1]);
    g.literal_ties = ent_rng_below(rng, 5) == 0;
    return g;
}

static void put(ent_text *text, ref_q a)
{
    ent_text_printf(text, "\"%lld/%lld\"", (long long)a.num, (long long)a.den);
}

static void write_game(ent_text *text, const ref_relational *g)
{
    ent_text_puts(text, "{\"entente\":1,\"family\":\"relational\",\"players\":[");
    for (int i = 0; i < g->n; i++) {
        ent_text_printf(text, "%s{\"name\":\"%c\",\"actions\":[", i ? "," : "", 'A' + i);
        for (int a = 0; a < g->actions[i]; a++) ent_text_printf(text, "%s\"%d\"", a ? "," : "", a);
        ent_text_puts(text, "]}");
    }
    ent_text_puts(text, "],\"payoffs\":[");
    for (int a = 0; a < g->profiles; a++) {
        ent_text_puts(text, a ? ",[" : "[");
        for (int i = 0; i < g->n; i++) {
            if (i) ent_text_puts(text, ",");
            put(text, ref_q_of(g->payoff[i][a], g->denominator));
        }
        ent_text_puts(text, "]");
    }
    ent_text_puts(text, "],\"coalition\":[");
    bool first = true;
    for (int i = 0; i < g->n; i++) {
        if (!(g->coalition >> i & 1)) continue;
        ent_text_printf(text, "%s\"%c\"", first ? "" : ",", 'A' + i);
        first = false;
    }
    ent_text_puts(text, "],\"weights\":{");
    first = true;
    for (int i = 0; i < g->n; i++) {
        if (!(g->coalition >> i & 1)) continue;
        ent_text_printf(text, "%s\"%c\":", first ? "" : ",", 'A' + i);
        put(text, g->weight[i]);
        first = false;
    }
    ent_text_puts(text, "},\"discount\":");
    put(text, g->discount);
    ent_text_puts(text, ",\"renegotiation\":");
    put(text, g->renegotiation);
    ent_text_puts(text, "}");
}

ent_status ref_relational_model(ent_ctx *ctx, const ref_relational *game, ent_relational **out)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_text text;
    ent_text_init(ctx, &text);
    write_game(&text, game);
    ENT_TRY(text.status);
    ENT_TRY(ent_doc_read(ctx, "game", text.len, text.data, &doc));
    ENT_TRY(ent_relational_read(ctx, doc, ent_doc_root(doc), out));
done:
    ent_doc_free(doc);
    ent_text_release(&text);
    return st;
}

bool ref_relational_is(const ent_rat *r, ref_q want)
{
    return r && !r->big && r->den && r->num == (int64_t)want.num && r->den == (int64_t)want.den;
}
