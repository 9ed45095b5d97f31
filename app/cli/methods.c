/* entente methods: what can be solved. With --man, the same as a manual page, so that the page
 * always tells the truth. */
#include "cli.h"

#include "driver/family.h"

#include <stdio.h>
#include <string.h>

static void list(const ent_family *family)
{
    printf("%s: %s\n", family->name, family->help);
    for (int k = 0; k < family->methods_n; k++)
        printf("  %-18s %s%s\n", family->methods[k].name, family->methods[k].help,
               k == 0 ? " (the default)" : "");
}

/* One line for roff: it does not begin with a control character, and backslashes and hyphens are
 * themselves. */
static void man_line(const char *line, size_t len)
{
    if (len && (line[0] == '.' || line[0] == '\'')) fputs("\\&", stdout);
    for (size_t k = 0; k < len; k++) {
        if (line[k] == '\\') fputs("\\e", stdout);
        else if (line[k] == '-') fputs("\\-", stdout);
        else putchar(line[k]);
    }
}

/* A text for roff; lines that begin with a space are formulas and stay as they are. */
static void man_text(const char *text)
{
    while (*text) {
        const size_t len = strcspn(text, "\n");
        const bool formula = text[0] == ' ';
        if (formula) fputs(".nf\n", stdout);
        man_line(text, len);
        if (formula) fputs("\n.fi", stdout);
        text += len;
        if (*text) putchar(*text++);
    }
}

static void man_method(const ent_method *method)
{
    printf(".SS %s\n", method->name);
    man_text(method->help);
    fputs(".\n.PP\n", stdout);
    man_text(method->definition);
    fputs("\n.PP\nSource: ", stdout);
    man_text(method->source);
    fputs(".\n.br\nCost: ", stdout);
    man_text(method->cost);
    fputs(".\n", stdout);
}

static void man_settings(const ent_family *family)
{
    printf(".SS Settings of %s\n", family->name);
    for (int k = 0; k < family->settings_n; k++) {
        const ent_setting *s = &family->settings[k];
        fputs(".TP\n.B ", stdout);
        man_text(s->name);
        printf(" (%g to %g, default %g%s%s)\n", s->lo, s->hi, s->default_value,
               *s->unit ? ", in " : "", s->unit);
        man_text(s->help);
        putchar('\n');
    }
}

static void manual(void)
{
    printf(
        ".TH ENTENTE\\-METHODS 7 \"\" \"Entente %s\" \"Entente\"\n.SH NAME\nentente\\-methods \\- the families, methods and "
        "settings of entente(1)\n",
        ent_version());
    for (int k = 0; k < ent_i_family_count(); k++) {
        const ent_family *family = ent_i_family_at(k);
        printf(".SH FAMILY %s\n", family->name);
        man_text(family->help);
        fputs(".\n.br\nSource: ", stdout);
        man_text(family->source);
        fputs(".\n", stdout);
        for (int m = 0; m < family->methods_n; m++) man_method(&family->methods[m]);
        man_settings(family);
    }
    fputs(".SH SEE ALSO\n.BR entente (1),\n.BR libentente (3)\n", stdout);
}

int ent_cli_methods(int argc, char **argv)
{
    bool man = false;
    const ent_cli_option table[] = {{.name = "--man", .flag = &man}, {.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n > 1)
        return ent_cli_complain("methods wants at most one family, found %zu words", words.n);
    if (man) {
        manual();
        return ENT_EXIT_DONE;
    }
    if (words.n == 1) {
        const ent_family *family = ent_i_family_find(words.value[0]);
        if (!family)
            return ent_cli_complain("no family is called \"%s\"; see `entente methods`",
                                    words.value[0]);
        list(family);
        return ENT_EXIT_DONE;
    }
    for (int k = 0; k < ent_i_family_count(); k++) list(ent_i_family_at(k));
    return ENT_EXIT_DONE;
}
