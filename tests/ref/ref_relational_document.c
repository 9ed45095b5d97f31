#include "ref_relational_document.h"

static int below(ent_rng *rng, int n) { return (int)ent_rng_below(rng, n); }

/* A payoff: small and whole, so that ties abound; sometimes a half, a third or a decimal. */
static void payoff(ent_rng *rng, ent_text *out)
{
    const int k = below(rng, 9) - 4;
    switch (below(rng, 12)) {
    case 0: ent_text_printf(out, "\"%d/2\"", k); break;
    case 1: ent_text_printf(out, "\"%d/3\"", k); break;
    case 2: ent_text_printf(out, "%d.%d", k, below(rng, 100)); break;
    default: ent_text_printf(out, "%d", k);
    }
}

static void table(ent_rng *rng, int n, const int *actions, ent_text *out)
{
    int profiles = 1;
    for (int i = 0; i < n; i++) profiles *= actions[i];
    ent_text_puts(out, ",\"payoffs\":[");
    for (int p = 0; p < profiles; p++) {
        ent_text_puts(out, p ? ",[" : "[");
        for (int i = 0; i < n; i++) {
            if (i) ent_text_putc(out, ',');
            payoff(rng, out);
        }
        ent_text_putc(out, ']');
    }
    ent_text_putc(out, ']');
}

static void parts(ent_rng *rng, int n, const int *actions, ent_text *out)
{
    ent_text_puts(out, ",\"separable\":{");
    for (int i = 0; i < n; i++) {
        ent_text_printf(out, "%s\"%c\":{", i ? "," : "", 'A' + i);
        for (int j = 0; j < n; j++) {
            ent_text_printf(out, "%s\"%c\":[", j ? "," : "", 'A' + j);
            for (int a = 0; a < actions[j]; a++) {
                if (a) ent_text_putc(out, ',');
                payoff(rng, out);
            }
            ent_text_putc(out, ']');
        }
        ent_text_putc(out, '}');
    }
    ent_text_putc(out, '}');
}

static void players(ent_rng *rng, ref_relational_kind kind, int n, int *actions, ent_text *out)
{
    ent_text_puts(out, ",\"players\":[");
    for (int i = 0; i < n; i++) {
        ent_text_printf(out, "%s{\"name\":\"%c\"", i ? "," : "", 'A' + i);
        actions[i] = 1 + below(rng, n > 3 ? 2 : 3);
        if (kind == REF_PUBLIC_GOOD)
            ent_text_printf(out, ",\"size\":%d.%d,\"cost\":\"%d/%d\"", below(rng, 3),
                            below(rng, 10), 1 + below(rng, 5), 1 + below(rng, 3));
        else ent_text_printf(out, ",\"actions\":%d", actions[i]);
        ent_text_putc(out, '}');
    }
    ent_text_putc(out, ']');
}

static void terms(ent_rng *rng, int n, ent_text *out)
{
    static const char *const discounts[] = {"0",    "0.5",  "\"1/3\"", "\"2/3\"", "\"3/5\"",
                                            "0.25", "0.75", "0.8",     "0.4",     "0.99"};
    static const char *const rhos[] = {"1", "1", "1", "0", "\"1/2\"", "0.1", "\"2/3\""};
    const int insiders = 1 + below(rng, (1 << n) - 1);
    ent_text_puts(out, ",\"coalition\":[");
    for (int i = 0, first = 1; i < n; i++)
        if (insiders >> i & 1) {
            ent_text_printf(out, "%s\"%c\"", first ? "" : ",", 'A' + i);
            first = 0;
        }
    ent_text_printf(out, "],\"discount\":%s,\"renegotiation\":%s", discounts[below(rng, 10)],
                    rhos[below(rng, 7)]);
    const int rule = below(rng, 4);
    if (rule == 0) {
        ent_text_puts(out, ",\"weights\":{");
        for (int i = 0; i < n; i++)
            ent_text_printf(out, "%s\"%c\":%d", i ? "," : "", 'A' + i, 1 + below(rng, 3));
        ent_text_putc(out, '}');
    } else if (rule == 1) {
        /* The model's own coalition: its first member has everything. */
        ent_text_puts(out, ",\"weights\":{\"");
        for (int i = 0, first = 1; i < n; i++)
            if (insiders >> i & 1) {
                ent_text_printf(out, "%s%c", first ? "" : ",", 'A' + i);
                first = 0;
            }
        ent_text_puts(out, "\":{");
        for (int i = 0, first = 1; i < n; i++)
            if (insiders >> i & 1) {
                ent_text_printf(out, "%s\"%c\":%d", first ? "" : ",", 'A' + i, first);
                first = 0;
            }
        ent_text_puts(out, "}}");
    }
}

void ref_relational_document(ent_rng *rng, ref_relational_kind kind, ent_text *out)
{
    int actions[4] = {0};
    const int n = 1 + below(rng, 4);
    ent_text_puts(out, "{\"entente\":1,\"family\":\"relational\"");
    if (kind == REF_PUBLIC_GOOD) ent_text_puts(out, ",\"stage\":\"public-good\"");
    players(rng, kind, n, actions, out);
    if (kind == REF_FINITE) table(rng, n, actions, out);
    if (kind == REF_SEPARABLE) parts(rng, n, actions, out);
    terms(rng, n, out);
    ent_text_putc(out, '}');
}
