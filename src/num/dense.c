#include "num/dense.h"

#include <math.h>

static void swap(double *a, double *b)
{
    const double keep = *a;
    *a = *b;
    *b = keep;
}

/* Bring the largest entry of the rest to place k; false when it is not above `least`. */
static bool bring(int n, double *m, double *v, double least, int *order, int k)
{
    int r = k, q = k;
    for (int i = k; i < n; i++)
        for (int j = k; j < n; j++)
            if (fabs(m[i * n + j]) > fabs(m[r * n + q])) r = i, q = j;
    if (!(fabs(m[r * n + q]) > least)) return false;
    for (int j = 0; j < n; j++) swap(&m[k * n + j], &m[r * n + j]);
    swap(&v[k], &v[r]);
    for (int i = 0; i < n; i++) swap(&m[i * n + k], &m[i * n + q]);
    const int name = order[k];
    order[k] = order[q];
    order[q] = name;
    return true;
}

static void eliminate(int n, double *m, double *v, int k)
{
    for (int i = k + 1; i < n; i++) {
        const double f = m[i * n + k] / m[k * n + k];
        if (f == 0.0) continue;
        for (int j = k; j < n; j++) m[i * n + j] -= f * m[k * n + j];
        v[i] -= f * v[k];
    }
}

int ent_dense_solve(int n, double *m, double *v, double least, int *order)
{
    int rank = 0;
    for (int j = 0; j < n; j++) order[j] = j;
    for (; rank < n && bring(n, m, v, least, order, rank); rank++) eliminate(n, m, v, rank);
    for (int i = rank - 1; i >= 0; i--) {
        for (int j = i + 1; j < rank; j++) v[i] -= m[i * n + j] * v[j];
        v[i] /= m[i * n + i];
    }
    for (int i = rank; i < n; i++) v[i] = 0.0;
    /* back to the order of the unknowns, cycle by cycle */
    for (int i = 0; i < n; i++)
        while (order[i] != i) {
            const int to = order[i];
            swap(&v[i], &v[to]);
            order[i] = order[to];
            order[to] = to;
        }
    return rank;
}
