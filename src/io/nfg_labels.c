/* Labels made usable as names: there, not empty, and different from each other. */
#include "io/nfg.h"
#include "io/nfg_scan.h"

#include <string.h>

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

/* Empty labels get their number; then repeated ones get the first number behind them that makes them new. */
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

ent_status ent_nfg_mend_labels(ent_ctx *ctx, ent_nfg *game)
{
    ent_status st = ENT_OK;
    for (int i = 0; i < game->n; i++)
        for (char *c = game->player[i]; c && *c; c++)
            if (*c == ',') *c = ' '; /* commas join the names of a coalition */
    ENT_TRY(mend(ctx, game->n, game->player, "Player "));
    for (int i = 0; i < game->n; i++) ENT_TRY(mend(ctx, game->actions[i], game->action[i], ""));
done:
    return st;
}
