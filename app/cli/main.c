#include "entente/base.h"

#include <stdio.h>

int main(void)
{
    printf("entente %s\n", ent_version());
    return 0;
}
