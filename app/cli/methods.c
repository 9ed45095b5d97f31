/* entente methods: what can be solved. */
#include "cli.h"

#include "driver/family.h"

#include <stdio.h>

static void list(const ent_family *family)
{
    printf("%s: %s\n", family->name, family->help);
    for (int k = 0; k < family->methods_n; k++)
        printf("  %-16s %s%s\n", family->methods[k].name, family->methods[k].help, k == 0 ? " (the default)" : "");
}

int ent_cli_methods(int argc, char **argv)
{
    const ent_cli_option table[] = {{.name = NULL}};
    ent_cli_list words;
    int code = ENT_EXIT_FAILURE;
    if (!ent_cli_parse(argc, argv, table, &words, &code)) return code;
    if (words.n > 1) return ent_cli_complain("methods wants at most one family, found %zu words", words.n);
    if (words.n == 1) {
        const ent_family *family = ent_i_family_find(words.value[0]);
        if (!family) return ent_cli_complain("no family is called \"%s\"; see `entente methods`", words.value[0]);
        list(family);
        return ENT_EXIT_DONE;
    }
    for (int k = 0; k < ent_i_family_count(); k++) list(ent_i_family_at(k));
    return ENT_EXIT_DONE;
}
