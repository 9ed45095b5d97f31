/** gauss.h - Gauss and Legendre's rule on [-1,1]. */
#ifndef ENT_GAUSS_H
#define ENT_GAUSS_H

enum { ENT_GAUSS = 16 };

typedef struct ent_gauss {
    double z[ENT_GAUSS], weight[ENT_GAUSS]; /* the weights sum to 2 */
} ent_gauss;

void ent_gauss_init(ent_gauss *g);

#endif
