/* entente reproduce: the papers' numbers, recomputed on this machine. */
#include "cli.h"

#include "base/parallel.h"
#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

/* One item that the user wants, its answer, and why there is none. */
typedef struct wanted {
    const ent_catalog_file *file;
    ent_item item;
    char *failure;
} wanted;

typedef struct totals {
    int claims, agree, wrong, added, differ;
} totals;

static ent_status run(ent_ctx *ctx, void *user, int64_t task)
{
    ent_status st = ENT_OK;
    wanted *w = &((wanted *)user)[task];
    const ent_status ran = ent_i_item_run(ctx, &w->item);
    if (ran == ENT_OK) return ENT_OK;
    if (ran == ENT_E_MEMORY || ran == ENT_E_CANCEL) return ran;
    const char *message = ent_message(ctx);
    w->failure = ent_i_strdup(ctx, message, strlen(message), &st);
    return st;
}

static void count(const ent_item *item, totals *t)
{
    for (int k = 0; k < item->claims; k++) {
        const ent_claim *c = &item->claim[k];
        t->claims++;
        if (!c->as_said) t->differ++;
        else if (strcmp(c->says, "agrees") == 0) t->agree++;
        else if (strcmp(c->says, "true") == 0) t->added++;
        else t->wrong++;
    }
}

/* "agrees", "false, E2", "instead, E2" (what holds instead), or a cry. */
static void verdict(const ent_claim *c, size_t room, char *out)
{
    if (!c->as_said) snprintf(out, room, "DIFFERS");
    else if (strcmp(c->says, "true") == 0)
        snprintf(out, room, *c->erratum ? "instead, %s" : "holds", c->erratum);
    else if (*c->erratum) snprintf(out, room, "%s, %s", c->says, c->erratum);
    else snprintf(out, room, "%s", c->says);
}

/* Two lines a claim: the verdict and what is claimed, then what is printed and what is computed. */
static void put_claim(ent_text *out, const ent_claim *c)
{
    char word[80];
    verdict(c, sizeof word, word);
    ent_text_printf(out, "  %-17s %s%s%s%s\n", word, c->what, *c->where ? " [" : "", c->where,
                    *c->where ? "]" : "");
    ent_text_printf(out, "  %-17s ", "");
    if (*c->printed) ent_text_printf(out, "printed: %s   ", c->printed);
    ent_text_printf(out, "computed: %s", c->computed ? c->computed : "-");
    if (!c->as_said) ent_text_printf(out, "   the catalogue says: %s", c->says);
    ent_text_putc(out, '\n');
}

static void put_item(ent_text *out, const wanted *w)
{
    const ent_item *item = &w->item;
    const bool colour = ent_cli_colour();
    ent_text_printf(out, "%s[%s] %s%s%s%s%s%s\n", colour ? "\033[1m" : "", item->key, item->item,
                    *item->page ? ", p. " : "", item->page, *item->title ? ": " : "", item->title,
                    colour ? "\033[0m" : "");
    for (int k = 0; k < item->claims; k++) put_claim(out, &item->claim[k]);
    if (w->failure) ent_text_printf(out, "  FAILED            %s\n", w->failure);
    ent_text_putc(out, '\n');
}

static void write_claim(ent_writer *w, const ent_claim *c)
{
    ent_write_object(w, NULL, true);
    ent_write_string(w, "what", c->what);
    ent_write_string(w, "where", c->where);
    ent_write_string(w, "printed", c->printed);
    ent_write_string(w, "relation", c->relation);
    if (c->computed) ent_write_string(w, "computed", c->computed);
    else ent_write_null(w, "computed");
    ent_write_bool(w, "holds", c->holds);
    ent_write_string(w, "says", c->says);
    ent_write_bool(w, "as_said", c->as_said);
    if (*c->erratum) ent_write_string(w, "erratum", c->erratum);
    ent_write_end(w);
}

static void write_json(ent_text *out, size_t n, const wanted *list, const totals *t)
{
    ent_writer w;
    ent_write_init(&w, out);
    ent_write_object(&w, NULL, false);
    ent_write_int(&w, "entente", 1);
    ent_write_array(&w, "items", false);
    for (size_t k = 0; k < n; k++) {
        const ent_item *item = &list[k].item;
        ent_write_object(&w, NULL, false);
        ent_write_string(&w, "file", list[k].file->path);
        ent_write_string(&w, "key", item->key);
        ent_write_string(&w, "item", item->item);
        ent_write_string(&w, "page", item->page);
        ent_write_string(&w, "title", item->title);
        if (list[k].failure) ent_write_string(&w, "failure", list[k].failure);
        ent_write_array(&w, "claims", false);
        for (int c = 0; c < item->claims; c++) write_claim(&w, &item->claim[c]);
        ent_write_end(&w);
        ent_write_end(&w);
    }
    ent_write_end(&w);
    ent_write_int(&w, "claims", t->claims);
    ent_write_int(&w, "differ", t->differ);
    ent_write_end(&w);
    ent_text_putc(out, '\n');
}

static void lay_out(size_t n, const wanted *list, bool json, const totals *t, ent_text *out)
{
    if (json) {
        write_json(out, n, list, t);
        return;
    }
    for (size_t k = 0; k < n; k++) put_item(out, &list[k]);
    ent_text_printf(
        out,
        "%d claims of %zu items: %d agree, %d are wrong in print (docs/errata.md), %d hold instead, %d differ\n",
        t->claims, n, t->agree, t->wrong, t->added, t->differ);
}

/* Reads the files that the word means, all of them without one. */
static ent_status choose(ent_ctx *ctx, const char *word, wanted *list, size_t *n)
{
    ent_status st = ENT_OK;
    for (const ent_catalog_file *file = ent_embed_catalog; file->path; file++) {
        ent_item item = {0};
        st = ent_i_item_read(ctx, file->path, strlen(file->text), file->text, &item);
        if (st != ENT_OK || (word && !ent_i_catalog_selects(word, file->path, &item)))
            ent_i_item_release(&item);
        else list[(*n)++] = (wanted){.file = file, .item = item};
        if (st != ENT_OK) break;
    }
    return st;
}

static int reproduce(ent_ctx *ctx, const char *word, bool json)
{
    size_t files = 0, n = 0;
    int code = ENT_EXIT_FAILURE;
    totals t = {0};
    ent_text out;
    while (ent_embed_catalog[files].path) files++;
    wanted *list = calloc(files + 1, sizeof *list);
    if (!list) return ent_cli_complain("no memory");
    ent_text_init(ctx, &out);
    ent_status st = choose(ctx, word, list, &n);
    if (st == ENT_OK && n == 0) {
        ent_cli_complain("the catalogue has nothing called \"%s\"; try mw25, fr, sal, ita or coco",
                         word ? word : "");
        goto done;
    }
    if (st == ENT_OK) st = ent_i_parallel(ctx, ent_i_threads(0), (int64_t)n, run, list, "items");
    for (size_t k = 0; k < n; k++) {
        count(&list[k].item, &t);
        t.differ += list[k].failure != NULL;
    }
    if (st == ENT_OK) lay_out(n, list, json, &t, &out);
    if (st == ENT_OK) st = out.status;
    if (st != ENT_OK) ent_cli_failed(ctx, st);
    else if (ent_cli_write("-", out.data, out.len)) code = t.differ ? ENT_EXIT_NO : ENT_EXIT_DONE;
done:
    for (size_t k = 0; k < n; k++) {
        ent_i_item_release(&list[k].item);
        ent_free(list[k].failure);
    }
    ent_text_release(&out);
    free(list);
    return code;
}

int ent_cli_reproduce(int argc, char **argv)
{
    bool json = false;
    const ent_cli_option table[] = {{.name = "--json", .flag = &json}, {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n > 1)
        return ent_cli_complain("reproduce wants at most one paper or item, found %zu words",
                                words.n);
    ent_ctx *ctx = ent_cli_ctx();
    if (ctx) code = reproduce(ctx, words.n ? words.value[0] : NULL, json);
    ent_cli_ctx_free(ctx);
    return code;
}
