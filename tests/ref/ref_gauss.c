#include "ref/ref_gauss.h"

static ent_rat *at(ent_rat *a, int columns, int i, int j)
{
    return &a[(size_t)i * (size_t)columns + (size_t)j];
}

static void swap_rows(ent_rat *a, int columns, int i, int k)
{
    for (int j = 0; j < columns; j++) ent_rat_swap(at(a, columns, i, j), at(a, columns, k, j));
}

int ref_gauss(int rows, int columns, int pivotable, const ent_rat *a, ent_rat *out, ent_rat *det)
{
    int rank = 0;
    ent_rat factor = ENT_RAT_ZERO, minus = ENT_RAT_ZERO;
    ent_rat_set_int(&minus, -1);
    ent_rat_set_int(det, 1);
    for (int k = 0; k < rows * columns; k++) ent_rat_set(&out[k], &a[k]);
    for (int c = 0; c < pivotable && rank < rows; c++) {
        int p = rank;
        while (p < rows && ent_rat_sign(at(out, columns, p, c)) == 0) p++;
        if (p == rows) {
            ent_rat_set_int(det, 0);
            continue;
        }
        if (p != rank) {
            swap_rows(out, columns, p, rank);
            ent_rat_mul(det, det, &minus);
        }
        ent_rat_set(&factor, at(out, columns, rank, c));
        ent_rat_mul(det, det, &factor);
        for (int j = 0; j < columns; j++)
            ent_rat_div(at(out, columns, rank, j), at(out, columns, rank, j), &factor);
        for (int i = 0; i < rows; i++) {
            if (i == rank) continue;
            ent_rat_set(&factor, at(out, columns, i, c));
            for (int j = 0; j < columns; j++)
                ent_rat_submul(at(out, columns, i, j), &factor, at(out, columns, rank, j));
        }
        rank++;
    }
    ent_rat_release(&factor);
    ent_rat_release(&minus);
    return rank;
}
