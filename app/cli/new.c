/* entente new and entente schema: texts that a family brings along. */
#include "cli.h"

#include "driver/family.h"

#include <stdio.h>

/* The family named by the first of at least one and at most `most` words, and the last word of two;
 * or NULL with the exit code set. */
static const ent_family *find_family(int argc, char **argv, size_t most, const char **method,
                                     int *code)
{
    const ent_cli_option table[] = {{.name = NULL}};
    ent_cli_list words;
    if (!ent_cli_parse(argc, argv, table, &words, code)) return NULL;
    *code = ENT_EXIT_FAILURE;
    if (words.n < 1 || words.n > most) {
        ent_cli_complain("%s wants the name of one family%s, found %zu words", argv[0],
                         most > 1 ? " and perhaps of a method" : "", words.n);
        return NULL;
    }
    const ent_family *family = ent_i_family_find(words.value[0]);
    if (!family)
        ent_cli_complain("no family is called \"%s\"; see `entente methods`", words.value[0]);
    *method = words.n > 1 ? words.value[1] : NULL;
    return family;
}

int ent_cli_new(int argc, char **argv)
{
    int code = ENT_EXIT_FAILURE;
    const char *name = NULL;
    const ent_family *family = find_family(argc, argv, 2, &name, &code);
    if (!family) return code;
    const ent_method *method = ent_i_method_find(family, name);
    if (!method) {
        ent_cli_complain("the family %s has no method \"%s\"; see `entente methods %s`",
                         family->name, name, family->name);
        return ENT_EXIT_FAILURE;
    }
    fputs(name && method->example ? method->example : family->example, stdout);
    return ENT_EXIT_DONE;
}

int ent_cli_schema(int argc, char **argv)
{
    int code = ENT_EXIT_FAILURE;
    const char *none = NULL;
    const ent_family *family = find_family(argc, argv, 1, &none, &code);
    if (!family) return code;
    fputs(family->schema, stdout);
    return ENT_EXIT_DONE;
}
