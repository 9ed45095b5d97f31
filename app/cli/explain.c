/* entente explain: a method in words. */
#include "cli.h"

#include "driver/family.h"

#include <stdio.h>

static void print_settings(const ent_family *family)
{
    printf("\nSettings of the family (--set name=value)\n");
    for (int k = 0; k < family->settings_n; k++) {
        const ent_setting *s = &family->settings[k];
        printf("  %-17s %s%s%s; %g to %g, default %g\n", s->name, s->help,
               *s->unit ? ", in units: " : "", s->unit, s->lo, s->hi, s->default_value);
    }
}

static void explain(const ent_family *family, const ent_method *method)
{
    printf("%s (family %s): %s\n\n%s\n\nSource: %s\nCost:   %s\n", method->name, family->name,
           method->help, method->definition, method->source, method->cost);
    print_settings(family);
}

int ent_cli_explain(int argc, char **argv)
{
    const ent_cli_option table[] = {{.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE, found = 0;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n != 1) return ent_cli_complain("explain wants one method, found %zu", words.n);
    for (int k = 0; k < ent_i_family_count(); k++) {
        const ent_method *method = ent_i_method_find(ent_i_family_at(k), words.value[0]);
        if (!method) continue;
        if (found++) putchar('\n');
        explain(ent_i_family_at(k), method);
    }
    if (!found)
        return ent_cli_complain("no method is called \"%s\"; see `entente methods`",
                                words.value[0]);
    return ENT_EXIT_DONE;
}
