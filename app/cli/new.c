/* entente new and entente schema: texts that a family brings along. */
#include "cli.h"

#include "driver/family.h"

#include <stdio.h>

/* The family named by the only word, or NULL with the exit code set. */
static const ent_family *only_family(int argc, char **argv, int *code)
{
    const ent_cli_option table[] = {{.name = NULL}};
    ent_cli_list words;
    if (!ent_cli_parse(argc, argv, table, &words, code)) return NULL;
    *code = ENT_EXIT_FAILURE;
    if (words.n != 1) {
        ent_cli_complain("%s wants the name of one family, found %zu words", argv[0], words.n);
        return NULL;
    }
    const ent_family *family = ent_i_family_find(words.value[0]);
    if (!family) ent_cli_complain("no family is called \"%s\"; see `entente methods`", words.value[0]);
    return family;
}

int ent_cli_new(int argc, char **argv)
{
    int code = ENT_EXIT_FAILURE;
    const ent_family *family = only_family(argc, argv, &code);
    if (!family) return code;
    fputs(family->example, stdout);
    return ENT_EXIT_DONE;
}

int ent_cli_schema(int argc, char **argv)
{
    int code = ENT_EXIT_FAILURE;
    const ent_family *family = only_family(argc, argv, &code);
    if (!family) return code;
    fputs(family->schema, stdout);
    return ENT_EXIT_DONE;
}
