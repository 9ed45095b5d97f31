#include "ref/ref_bayesian_games.h"

#include <stdbool.h>

enum { SEED = 20261124, PLAYERS_MAX = 4 };

const char *ref_bayesian_class_name(ref_bayesian_class kind)
{
    static const char *const names[] = {"private values",
                                        "interdependent values",
                                        "outside decisions",
                                        "complete information",
                                        "ties",
                                        "mixed"};
    return names[kind];
}

typedef struct drawing {
    ent_rng rng;
    ref_bayesian_class kind;
    int n, types[PLAYERS_MAX];
    ent_text *out;
} drawing;

static int below(drawing *x, int n) { return (int)ent_rng_below(&x->rng, n); }

static int utility(drawing *x)
{
    return x->kind == REF_BAYESIAN_TIES ? below(x, 2) : below(x, 16) - 4;
}

/* On whose types a member's utility depends. */
static unsigned depends(drawing *x, unsigned coalition, int i)
{
    if (x->kind == REF_BAYESIAN_INTERDEPENDENT) return coalition;
    if (x->kind == REF_BAYESIAN_MIXED) return 1u << i | 1u << below(x, x->n);
    return 1u << i;
}

static void nested(drawing *x, unsigned on, int i)
{
    while (i < x->n && !(on >> i & 1)) i++;
    if (i == x->n) {
        ent_text_printf(x->out, "%d", utility(x));
        return;
    }
    for (int t = 0; t < x->types[i]; t++) {
        ent_text_puts(x->out, t ? ", " : "[");
        nested(x, on, i + 1);
    }
    ent_text_puts(x->out, "]");
}

static void names(drawing *x, unsigned s)
{
    bool comma = false;
    for (int i = 0; i < x->n; i++)
        if (s >> i & 1) {
            ent_text_printf(x->out, "%s\"P%d\"", comma ? ", " : "", i);
            comma = true;
        }
}

static void coalition(drawing *x, unsigned s, bool comma)
{
    const bool single = (s & (s - 1)) == 0;
    const int decisions = single ? 1 + below(x, 2) : 1 + below(x, 4);
    ent_text_printf(x->out, "%s{\"members\": [", comma ? ", " : "");
    names(x, s);
    ent_text_puts(x->out, "], \"decisions\": {");
    for (int d = 0; d < decisions; d++) {
        bool more = false;
        ent_text_printf(x->out, "%s\"d%u_%d\": {", d ? ", " : "", s, d);
        for (int i = 0; i < x->n; i++) {
            if (!(s >> i & 1)) continue;
            const unsigned on = depends(x, s, i);
            ent_text_printf(x->out, "%s\"P%d\": {\"on\": [", more ? ", " : "", i);
            names(x, on);
            ent_text_puts(x->out, "], \"u\": ");
            nested(x, on, 0);
            ent_text_puts(x->out, "}");
            more = true;
        }
        ent_text_puts(x->out, "}");
    }
    ent_text_puts(x->out, "}}");
}

static void players(drawing *x)
{
    for (int i = 0; i < x->n; i++) {
        int parts[3], sum = 0;
        ent_text_printf(x->out, "%s{\"name\": \"P%d\", \"types\": {", i ? ", " : "", i);
        for (int t = 0; t < x->types[i]; t++) sum += parts[t] = 1 + below(x, 4);
        for (int t = 0; t < x->types[i]; t++)
            ent_text_printf(x->out, "%s\"t%d\": \"%d/%d\"", t ? ", " : "", t, parts[t], sum);
        ent_text_puts(x->out, "}}");
    }
}

void ref_bayesian_game(uint64_t number, ref_bayesian_class kind, ent_text *out)
{
    drawing x = {.rng = ent_rng_stream(SEED, number, (uint64_t)kind), .kind = kind, .out = out};
    const bool alone = kind == REF_BAYESIAN_OUTSIDE || kind == REF_BAYESIAN_MIXED;
    bool comma = false;
    x.n = 2 + below(&x, number % 8 ? 2 : 3);
    for (int i = 0; i < x.n; i++)
        x.types[i] = kind == REF_BAYESIAN_COMPLETE ? 1 : 1 + below(&x, x.n == 4 ? 2 : 3);
    ent_text_reset(out);
    ent_text_puts(out, "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [");
    players(&x);
    ent_text_puts(out, "], \"coalitions\": [");
    for (unsigned s = 1; s < 1u << x.n; s++) {
        if (!alone && (s & (s - 1)) == 0) continue;
        coalition(&x, s, comma);
        comma = true;
    }
    ent_text_puts(out, "]}");
}
