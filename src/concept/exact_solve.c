#include "concept/exact_solve.h"

/* The first row at or below k with a pivot; -1 when there is none. */
static int pivot_row(int n, int wide, const ent_rat *a, int k)
{
    for (int i = k; i < n; i++)
        if (ent_rat_sign(&a[i * wide + k]) != 0) return i;
    return -1;
}

/* a[i] = (pivot a[i] - a[i][k] a[k]) / previous pivot: an exact division for integers. */
static void eliminate(int wide, ent_rat *row, const ent_rat *pivot_row_, int k, const ent_rat *previous)
{
    const ent_rat *pivot = &pivot_row_[k];
    ent_rat f = ENT_RAT_ZERO;
    ent_rat_set(&f, &row[k]);
    for (int j = 0; j < wide; j++) {
        if (ent_rat_sign(&row[j]) != 0) ent_rat_mul(&row[j], &row[j], pivot);
        if (ent_rat_sign(&f) != 0) ent_rat_submul(&row[j], &f, &pivot_row_[j]);
        if (ent_rat_sign(&row[j]) != 0) ent_rat_div(&row[j], &row[j], previous);
    }
    ent_rat_release(&f);
}

bool ent_i_exact_solve(int n, int sides, ent_rat *a, ent_rat *z)
{
    const int wide = n + sides;
    ent_rat previous = {1, 1, NULL};
    bool regular = true;
    for (int k = 0; k < n && regular; k++) {
        const int r = pivot_row(n, wide, a, k);
        regular = r >= 0;
        for (int j = 0; regular && r != k && j < wide; j++) ent_rat_swap(&a[r * wide + j], &a[k * wide + j]);
        for (int i = 0; regular && i < n; i++)
            if (i != k) eliminate(wide, &a[i * wide], &a[k * wide], k, &previous);
        if (regular) ent_rat_set(&previous, &a[k * wide + k]);
    }
    for (int s = 0; regular && s < sides; s++)
        for (int i = 0; i < n; i++) ent_rat_div(&z[s * n + i], &a[i * wide + n + s], &a[i * wide + i]);
    ent_rat_release(&previous);
    return regular;
}
