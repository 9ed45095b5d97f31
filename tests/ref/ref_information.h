/** ref_information.h - [ITA] from its definitions, slowly: best replies in turn until nobody moves,
 * theta integrated by Gauss-Legendre, all signals of the babblers listed. In doubles; shares no
 * code with the library. */
#ifndef REF_INFORMATION_H
#define REF_INFORMATION_H

enum { REF_INFORMATION_MAX = 6 };

typedef struct ref_information {
    int n;
    double eta, bias[REF_INFORMATION_MAX], low[REF_INFORMATION_MAX], high[REF_INFORMATION_MAX];
    unsigned truthful; /* bit i: player i tells the truth */
    /* found by ref_information_solve: policies by number of ones among the messages, player, own
     * signal */
    double x[REF_INFORMATION_MAX + 1][REF_INFORMATION_MAX][2];
    double last_move; /* of the last round of best replies */
} ref_information;

void ref_information_solve(ref_information *r);
double ref_information_welfare(const ref_information *r, int i);
double ref_information_gain(const ref_information *r, int i, int signal);

#endif
