/** grid.h - the profiles of a game as one row of numbers, with payoffs stored or by callback, and
 * everybody's best-reply payoffs in tables over the others' actions. Both kinds share every
 * algorithm, slab by slab.
 */
#ifndef ENT_GRID_H
#define ENT_GRID_H

#include "relational/aims.h"

typedef struct ent_i_grid {
    ent_i_source source; /* first, so that a source is a grid */
    int n;
    int actions[ENT_PLAYERS_MAX];
    int64_t stride[ENT_PLAYERS_MAX]; /* the product of the later players' actions */
    int64_t profiles;
    const double *payoff; /* stored: [n][profiles]; NULL: by callback */
    ent_payoff_fn *callback;
    void *user;
    double *reply[ENT_PLAYERS_MAX]; /* [profiles / actions[i]], i's own action left out */
} ent_i_grid;

/** ent_i_grid_new - checks the shape, allocates the tables (in the same slab) and fills in nothing
 * else.
 * Status  ENT_E_ARG, ENT_E_LIMIT for more than `most` profiles, ENT_E_MEMORY
 */
ent_status ent_i_grid_new(ent_ctx *ctx, int n, const int *actions, int64_t most, ent_i_grid **out);

/** ENT_I_PARTS_PROFILES - the maximal parts of the value set are looked for in games of at most
 * this size: there can be as many as profiles, and each is compared with all others. */
enum { ENT_I_SLAB = 256, ENT_I_PARTS_PROFILES = 1 << 14 };

/** ent_i_slab - payoffs and best-reply payoffs of consecutive profiles, one row a player. */
typedef struct ent_i_slab {
    int64_t first;
    int count;
    double *room; /* [2n][ENT_I_SLAB] */
    int *action;  /* [n], callbacks only */
    const double *payoff[ENT_PLAYERS_MAX], *reply[ENT_PLAYERS_MAX];
} ent_i_slab;

ent_status ent_i_slab_new(ent_ctx *ctx, const ent_i_grid *grid, ent_i_slab *out); /* scratch */
/** ent_i_slab_load - profiles first .. first + count - 1; count <= ENT_I_SLAB. */
void ent_i_slab_load(const ent_i_grid *grid, int64_t first, int count, ent_i_slab *slab);
/** ent_i_slab_payoffs - the payoff rows alone. */
void ent_i_slab_payoffs(const ent_i_grid *grid, int64_t first, int count, ent_i_slab *slab);

void ent_i_grid_unpack(const ent_i_source *source, int64_t number, int *play);

/** The four questions of ent_i_source, for grids. */
ent_status ent_i_grid_scan(ent_ctx *ctx, const ent_i_source *source, int threads, ent_i_found *out);
ent_status ent_i_grid_best(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                           int aim, const ent_i_edge *edge, int *play);
ent_status ent_i_grid_detail(ent_ctx *ctx, const ent_i_source *source, int threads,
                             const ent_i_found *found, const ent_i_edge *edge, ent_i_detail *out);
ent_status ent_i_grid_contenders(ent_ctx *ctx, const ent_i_source *source, const ent_i_found *found,
                                 double slack, int64_t *count, int64_t **play);

/** ent_i_grid_coalitions - every coalition of a game with stored payoffs; see
 * ent_all_coalitions. */
ent_status ent_i_grid_coalitions(ent_ctx *ctx, const ent_stage *stage, ent_weight_fn *weight,
                                 void *user, double discount, double renegotiation,
                                 const ent_contract_settings *settings, ent_union *out,
                                 double *payoff);

/** ent_i_grid_chunks - how many parts a game is scanned in: a function of its size only.
 * ent_i_grid_chunk - part k. */
int64_t ent_i_grid_chunks(const ent_i_grid *grid);
void ent_i_grid_chunk(const ent_i_grid *grid, int64_t k, int64_t *from, int64_t *to);

#endif
