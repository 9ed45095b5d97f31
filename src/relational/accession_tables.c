/* Accession documents as tables: the path, who would rather leave, and the coalitions, one by one
 * or counted by size.
 */
#include "relational/table_parts.h"

#include "report/cells.h"

#include <math.h>
#include <string.h>

static void path_lines(ent_tables *out, const ent_json *result)
{
    const ent_json *solution = ent_json_get(result, "solution"),
                   *steps = ent_json_get(solution, "steps");
    const ent_json *start =
        steps->first ? ent_json_get(steps->first, "coalition") : ent_json_get(solution, "final");
    ent_text names;
    ent_i_table_begin(out, result, "who joins, one by one",
                      "joins|>members|>payoff outside|>net gain|>level|>span");
    ent_table_cell(out, "(the founders)");
    ent_table_cell(out, "%u", start->count);
    ent_table_cell(out, "%s", "");
    ent_table_cell(out, "%s", "");
    for (const ent_json *step = steps->first; step; step = step->next) {
        ent_cell_plain(out, ent_json_get(step, "level"));
        ent_cell_plain(out, ent_json_get(step, "span"));
        ent_table_cell(out, "%s", ent_json_get(step, "joins")->text);
        ent_table_cell(out, "%u", ent_json_get(step, "coalition")->count + 1);
        ent_cell_plain(out, ent_json_get(step, "fee"));
        ent_cell_plain(out, ent_json_get(step, "gain"));
    }
    ent_cell_plain(out, ent_json_get(solution, "final_level"));
    ent_cell_plain(out, ent_json_get(solution, "final_span"));
    ent_text_init(out->ctx, &names);
    ent_i_table_names(&names, start);
    if (names.status != ENT_OK) out->status = names.status;
    else
        ent_table_note(
            out,
            "Founders: %s. A joiner must be left with its payoff outside, which fixes its initiation fee; "
            "the net gain is what "
            "the members gain beyond that, per period. Level and span are those after joining.",
            names.data);
    ent_text_release(&names);
}

/* The line of the coalition that `members` leave when `who` goes; NULL when it is not in the
 * document. */
static const ent_json *line_without(ent_tables *out, const ent_json *coalitions,
                                    const ent_json *members, const ent_json *who)
{
    const ent_json *line = NULL;
    ent_text key;
    ent_text_init(out->ctx, &key);
    for (const ent_json *name = members->first; name; name = name->next)
        if (name != who) ent_text_printf(&key, "%s%s", key.len ? "," : "", name->text);
    if (key.status != ENT_OK) out->status = key.status;
    else if (key.len) line = ent_json_get(coalitions, key.data);
    ent_text_release(&key);
    return line;
}

/* Does the final coalition hold without fees? What each member would get by leaving it alone. */
static void leaving_lines(ent_tables *out, const ent_json *solution)
{
    const ent_json *coalitions = ent_json_get(solution, "coalitions"),
                   *final = ent_json_get(solution, "final");
    double sum = 0.0;
    for (const ent_json *name = final->first; name; name = name->next) {
        const ent_json *line = line_without(out, coalitions, final, name);
        sum += ent_number_value(ent_json_get(ent_json_get(line, "outsiders"), name->text));
    }
    if (isnan(sum)) return;
    ent_table_begin(out, "What a member of the final coalition would get by leaving it",
                    "member|>if it leaves|>level without it");
    for (const ent_json *name = final->first; name; name = name->next) {
        const ent_json *line = line_without(out, coalitions, final, name);
        ent_table_cell(out, "%s", name->text);
        ent_cell_plain(out, ent_json_get(ent_json_get(line, "outsiders"), name->text));
        ent_cell_plain(out, ent_json_get(line, "level"));
    }
    const double level = ent_number_value(ent_json_get(solution, "final_level"));
    ent_table_note(
        out, "Together %.7g, against a level of %.7g: the final coalition %s.", sum, level,
        level >= sum
            ? "could hold by itself, if it is divided well"
            : "holds because fees are sunk and members are bound; if leaving were free somebody would leave");
}

static void coalition_lines(ent_tables *out, const ent_json *coalitions)
{
    ent_table_begin(out, "Coalitions", "coalition|>span|>level|inside|outside");
    for (const ent_json *line = coalitions->first; line; line = line->next) {
        const ent_json *inside = ent_json_get(line, "internally_stable"),
                       *outside = ent_json_get(line, "externally_stable");
        ent_table_cell(out, "%s", line->key);
        ent_cell_plain(out, ent_json_get(line, "span"));
        ent_cell_plain(out, ent_json_get(line, "level"));
        if (!inside) ent_table_cell(out, "no equilibrium");
        else if (inside->kind == ENT_JSON_NULL) ent_table_cell(out, "unknown");
        else ent_table_cell(out, inside->truth ? "stable" : "somebody leaves");
        ent_table_cell(out, "%s", !outside ? "" : outside->truth ? "stable" : "somebody joins");
    }
}

/* What a count by size keeps of the coalitions of one size. */
typedef struct size_count {
    int coalitions, solved, inside, outside;
    double total;         /* the greatest total of everybody among the internally stable */
    const ent_json *best; /* that coalition */
} size_count;

enum { SIZES_MAX = 64, COALITIONS_SHOWN = 40 };

/* Totals closer than this, relatively, are rounding: the first coalition is shown. */
static const double tie = 1e-12;

static void count_coalition(const ent_json *line, size_count *at)
{
    const ent_json *inside = ent_json_get(line, "internally_stable"),
                   *outside = ent_json_get(line, "externally_stable");
    double total = ent_number_value(ent_json_get(line, "level"));
    at->coalitions++;
    if (!inside) return;
    at->solved++;
    at->outside += outside && outside->truth;
    if (inside->kind != ENT_JSON_BOOL || !inside->truth) return;
    at->inside++;
    for (const ent_json *other = ent_json_get(line, "outsiders")->first; other; other = other->next)
        total += ent_number_value(other);
    if (at->best && !(total > at->total + tie * fabs(at->total))) return;
    at->total = total;
    at->best = line;
}

/* Too many coalitions to read: counts by size, and the best of the stable ones. */
static void size_lines(ent_tables *out, const ent_json *coalitions)
{
    size_count count[SIZES_MAX + 1] = {{0}};
    for (const ent_json *line = coalitions->first; line; line = line->next) {
        int size = 1;
        for (const char *c = line->key; *c; c++) size += *c == ',';
        if (size <= SIZES_MAX) count_coalition(line, &count[size]);
    }
    ent_table_begin(
        out, "Coalitions by size",
        ">members|>coalitions|>stable inside|>stable outside|>best total|the stable one of greatest total");
    for (int size = 1; size <= SIZES_MAX; size++) {
        if (!count[size].coalitions) continue;
        ent_table_cell(out, "%d", size);
        ent_table_cell(out, "%d", count[size].coalitions);
        ent_table_cell(out, "%d", count[size].inside);
        ent_table_cell(out, "%d", count[size].outside);
        if (count[size].best) ent_table_cell(out, "%.7g", count[size].total);
        else ent_table_cell(out, "-");
        ent_table_cell(out, "%s", count[size].best ? count[size].best->key : "-");
    }
    ent_table_note(
        out,
        "Stable inside: the level covers what every member would get by leaving alone. Stable outside: nobody can join "
        "without "
        "loss. Total: what everybody gets together, insiders and outsiders. All %u coalitions with --json or --csv.",
        coalitions->count);
}

ent_status ent_i_accession_tables(ent_ctx *ctx, const ent_json *result, ent_tables *out)
{
    (void)ctx;
    const ent_json *solution = ent_json_get(result, "solution");
    if (!ent_i_table_solved(result)) {
        ent_i_table_none(out, result);
        return out->status;
    }
    const ent_json *coalitions = ent_json_get(solution, "coalitions");
    path_lines(out, result);
    leaving_lines(out, solution);
    if (coalitions->count <= COALITIONS_SHOWN) coalition_lines(out, coalitions);
    else size_lines(out, coalitions);
    return out->status;
}
