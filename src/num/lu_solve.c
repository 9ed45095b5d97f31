/* Compiled for both precisions of num/real.h. */
#include "num/linear.h"

void ent_i_lu_solve(int n, const ent_real *a, const int *pivot, ent_real *b)
{
    for (int k = 0; k < n; k++) {
        const ent_real t = b[pivot[k]];
        b[pivot[k]] = b[k];
        b[k] = t;
    }
    for (int i = 1; i < n; i++) {
        const ent_real *row = a + (size_t)i * (size_t)n;
        ent_real sum = b[i];
        for (int j = 0; j < i; j++) sum -= row[j] * b[j];
        b[i] = sum;
    }
    for (int i = n - 1; i >= 0; i--) {
        const ent_real *row = a + (size_t)i * (size_t)n;
        ent_real sum = b[i];
        for (int j = i + 1; j < n; j++) sum -= row[j] * b[j];
        b[i] = sum / row[i];
    }
}
