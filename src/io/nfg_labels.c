/* Labels made usable as names: there, not empty, and different from each other. */
#include "io/nfg.h"
#include "io/nfg_scan.h"

#include <string.h>

enum { LABEL_MAX = 180 }; /* bytes; names of models have at most 200, and a number may be added */

/* Is text[k] the same as an earlier one? */
static bool repeats(char *const *text, int k)
{
    for (int j = 0; j < k; j++)
        if (text[j] && strcmp(text[j], text[k]) == 0) return true;
    return false;
}

static ent_status rename_label(ent_ctx *ctx, char **label, const char *stem, int number)
{
    ent_status st = ENT_OK;
    ent_text text;
    char *fresh = NULL;
    ent_text_init(ctx, &text);
    if (**label) ent_text_printf(&text, "%s (%d)", *label, number);
    else ent_text_printf(&text, "%s%d", stem, number);
    ENT_TRY(ent_text_take(&text, &fresh, NULL));
    ent_free(*label);
    *label = fresh;
done:
    ent_text_release(&text);
    return st;
}

/* Empty labels get their number; then repeated ones get the first number behind them that makes
 * them new. */
static ent_status mend(ent_ctx *ctx, int n, char **label, const char *stem)
{
    ent_status st = ENT_OK;
    for (int k = 0; k < n; k++) {
        if (!label[k]) label[k] = ent_i_strdup(ctx, "", 0, &st);
        if (!label[k]) goto done;
        if (!*label[k]) ENT_TRY(rename_label(ctx, &label[k], stem, k + 1));
    }
    for (int k = 0; k < n; k++)
        while (repeats(label, k)) ENT_TRY(rename_label(ctx, &label[k], stem, k + 1));
done:
    return st;
}

/* Names of models have no spaces at their ends, are not longer than LABEL_MAX, do not begin like a
 * comment and, those of players, have no commas and slashes, which are for coalitions and
 * places. */
static void tidy(char *label, bool player)
{
    if (!label) return;
    size_t from = 0, len = strlen(label);
    while (label[from] == ' ' || (label[from] == '/' && label[from + 1] == '/')) from++;
    if (len - from > LABEL_MAX) len = from + LABEL_MAX;
    /* not inside a character */
    while (len > from && ((unsigned char)label[len] & 0xc0) == 0x80) len--;
    while (len > from && label[len - 1] == ' ') len--;
    memmove(label, label + from, len - from);
    label[len - from] = '\0';
    for (char *c = label; player && *c; c++) {
        if (*c == ',') *c = ';';
        if (*c == '/') *c = '-';
    }
}

ent_status ent_nfg_mend_labels(ent_ctx *ctx, ent_nfg *game)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < game->n; i++) {
        tidy(game->player[i], true);
        for (int k = 0; k < game->actions[i]; k++) tidy(game->action[i][k], false);
    }
    ENT_TRY(mend(ctx, game->n, game->player, "Player "));
    for (int i = 0; i < game->n; i++) ENT_TRY(mend(ctx, game->actions[i], game->action[i], ""));
done:
    return st;
}
