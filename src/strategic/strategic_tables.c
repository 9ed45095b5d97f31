#include "strategic/strategic_tables.h"

#include <string.h>

void ent_i_strategic_begin(ent_tables *out, const ent_json *result, const char *what,
                           const char *heads)
{
    ent_text title;
    ent_text_init(out->ctx, &title);
    const ent_json *name = ent_json_get(ent_json_get(result, "model"), "name");
    if (name && name->text && *name->text) ent_text_printf(&title, "%s: ", name->text);
    ent_text_puts(&title, what);
    if (title.status != ENT_OK) out->status = title.status;
    else ent_table_begin(out, title.data, heads);
    ent_text_release(&title);
}

static void play_text(ent_text *out, const ent_json *play)
{
    for (const ent_json *action = play ? play->first : NULL; action; action = action->next)
        ent_text_printf(out, "%s%s: %s", action == play->first ? "" : ", ", action->key,
                        action->text);
}

/* A number as a person writes it in a sentence: the fraction when it is short, else four digits. */
static void brief(ent_text *out, const ent_json *number)
{
    enum { SHORT = 9 };
    const ent_json *exact = ent_json_get(number, "exact");
    if (exact && exact->text_len <= SHORT) ent_text_puts(out, exact->text);
    else ent_text_printf(out, "%.4g", ent_number_value(number) + 0.0);
}

void ent_i_mix_text(ent_text *out, const ent_json *mix)
{
    if (!mix || !mix->first) return;
    if (mix->count == 1) {
        play_text(out, ent_json_get(mix->first, "play"));
        return;
    }
    for (const ent_json *part = mix->first; part; part = part->next) {
        if (part != mix->first) ent_text_puts(out, ", ");
        brief(out, ent_json_get(part, "weight"));
        ent_text_puts(out, " (");
        play_text(out, ent_json_get(part, "play"));
        ent_text_puts(out, ")");
    }
}

static void cell_of(ent_tables *out, ent_text *text)
{
    if (text->status != ENT_OK) out->status = text->status;
    else ent_table_cell(out, "%s", text->data ? text->data : "-");
    ent_text_release(text);
}

void ent_i_mix_cell(ent_tables *out, const ent_json *mix)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    ent_i_mix_text(&text, mix);
    cell_of(out, &text);
}

void ent_i_payoffs_cell(ent_tables *out, const ent_json *vector)
{
    ent_text text;
    ent_text_init(out->ctx, &text);
    for (const ent_json *value = vector ? vector->first : NULL; value; value = value->next) {
        ent_text_printf(&text, "%s%s ", value == vector->first ? "" : ", ", value->key);
        brief(&text, value);
    }
    cell_of(out, &text);
}
