#include "report/certificate_table.h"

#include "report/cells.h"

#include <string.h>

enum { CHECKS_SHOWN = 6 };

/* A place without "/solution/" in front, which most places have. */
static const char *short_path(const char *path)
{
    static const char front[] = "/solution/";
    return strncmp(path, front, sizeof front - 1) == 0 ? path + sizeof front - 1 : path;
}

void ent_certificate_table(ent_tables *out, const ent_json *result)
{
    const ent_json *certificate = ent_json_get(result, "certificate");
    const ent_json *words = ent_json_get(certificate, "words"),
                   *checks = ent_json_get(certificate, "checks");
    if (!checks) return;
    ent_table_begin(out, "What is certified, and how", "number|word|checked by");
    const ent_json *line = checks->first;
    for (int shown = 0; line && shown < CHECKS_SHOWN; line = line->next, shown++) {
        const ent_json *path = ent_json_get(line, "path"), *word = ent_json_get(line, "word"),
                       *how = ent_json_get(line, "how");
        ent_table_cell(out, "%s", path ? short_path(path->text) : "");
        ent_table_cell(out, "%s", word ? word->text : "");
        ent_table_cell(out, "%s", how ? how->text : "");
    }
    ent_table_note(
        out,
        "%d checks: %g exact, %g verified, %g approximate; all of them with --json. Recheck with `entente verify`.",
        (int)checks->count, ent_number_value(ent_json_get(words, "exact")),
        ent_number_value(ent_json_get(words, "verified")),
        ent_number_value(ent_json_get(words, "approximate")));
}
