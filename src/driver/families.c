#include "driver/family.h"

#include <string.h>

#define FAMILY(symbol) extern const ent_family symbol;
#include "driver/families.def"
#undef FAMILY

static const ent_family *const families[] = {
#define FAMILY(symbol) &symbol,
#include "driver/families.def"
#undef FAMILY
};

int ent_i_family_count(void) { return (int)(sizeof families / sizeof *families); }

const ent_family *ent_i_family_at(int k) { return families[k]; }

const ent_family *ent_i_family_find(const char *name)
{
    for (int k = 0; k < ent_i_family_count(); k++)
        if (strcmp(families[k]->name, name) == 0) return families[k];
    return NULL;
}

const ent_method *ent_i_method_find(const ent_family *family, const char *name)
{
    for (int k = 0; k < family->methods_n; k++)
        if (!name || strcmp(family->methods[k].name, name) == 0) return &family->methods[k];
    return NULL;
}
