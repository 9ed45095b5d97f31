#include "io/nfg.h"

#include "io/numeral.h"
#include "io/write.h"

static void put_quoted(ent_text *out, const char *label)
{
    ent_text_putc(out, '"');
    for (const char *c = label ? label : ""; *c; c++) {
        if (*c == '"' || *c == '\\') ent_text_putc(out, '\\');
        ent_text_putc(out, *c);
    }
    ent_text_putc(out, '"');
}

/* The next profile in the file's order, player 1 fastest; returns its number in ours, last player
 * fastest. */
static int64_t step(const ent_nfg *game, int *action)
{
    int64_t index = 0;
    for (int i = 0; i < game->n; i++) {
        if (++action[i] < game->actions[i]) break;
        action[i] = 0;
    }
    for (int i = 0; i < game->n; i++) index = index * game->actions[i] + action[i];
    return index;
}

void ent_nfg_write(ent_text *out, const ent_nfg *game)
{
    int action[ENT_NFG_PLAYERS_MAX] = {0};
    int64_t row = 0;
    ent_text_puts(out, "NFG 1 R ");
    put_quoted(out, game->title);
    ent_text_puts(out, "\n{");
    for (int i = 0; i < game->n; i++) {
        ent_text_putc(out, ' ');
        put_quoted(out, game->player[i]);
    }
    ent_text_puts(out, " }\n{\n");
    for (int i = 0; i < game->n; i++) {
        ent_text_puts(out, "  {");
        for (int k = 0; k < game->actions[i]; k++) {
            ent_text_putc(out, ' ');
            put_quoted(out, game->action[i][k]);
        }
        ent_text_puts(out, " }\n");
    }
    ent_text_puts(out, "}\n");
    put_quoted(out, game->comment);
    ent_text_puts(out, "\n\n");
    for (int64_t p = 0; p < game->profiles; p++, row = step(game, action)) {
        for (int i = 0; i < game->n; i++) {
            if (i) ent_text_putc(out, ' ');
            ent_numeral(out, &game->payoff[row * game->n + i]);
        }
        ent_text_putc(out, '\n');
    }
}

static void write_number(ent_writer *w, ent_text *numeral, const ent_rat *value)
{
    ent_text_reset(numeral);
    const bool plain = ent_numeral(numeral, value);
    if (numeral->status != ENT_OK)
        w->out->status = w->out->status == ENT_OK ? numeral->status : w->out->status;
    else if (plain) ent_write_raw(w, NULL, numeral->data, numeral->len);
    else ent_write_string(w, NULL, numeral->data);
}

void ent_nfg_write_model(ent_text *out, const ent_nfg *game)
{
    ent_writer w;
    ent_text numeral;
    ent_text_init(out->ctx, &numeral);
    ent_write_init(&w, out);
    ent_write_object(&w, NULL, false);
    ent_write_int(&w, "entente", 1);
    ent_write_string(&w, "family", "strategic");
    if (game->title && *game->title) ent_write_string(&w, "name", game->title);
    if (game->comment && *game->comment) ent_write_string(&w, "//", game->comment);
    ent_write_array(&w, "players", false);
    for (int i = 0; i < game->n; i++) {
        ent_write_object(&w, NULL, true);
        ent_write_string(&w, "name", game->player[i]);
        ent_write_array(&w, "actions", true);
        for (int k = 0; k < game->actions[i]; k++) ent_write_string(&w, NULL, game->action[i][k]);
        ent_write_end(&w);
        ent_write_end(&w);
    }
    ent_write_end(&w);
    ent_write_array(&w, "payoffs", false);
    for (int64_t p = 0; p < game->profiles; p++) {
        ent_write_array(&w, NULL, true);
        for (int i = 0; i < game->n; i++)
            write_number(&w, &numeral, &game->payoff[p * game->n + i]);
        ent_write_end(&w);
    }
    ent_write_end(&w);
    ent_write_end(&w);
    ent_text_release(&numeral);
}
