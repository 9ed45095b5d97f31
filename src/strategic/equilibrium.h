/** equilibrium.h - equilibria as the methods hand them to the document: found, exact where possible, sorted, written. */
#ifndef ENT_EQUILIBRIUM_H
#define ENT_EQUILIBRIUM_H

#include "strategic/coco_exact.h"
#include "strategic/strategic_solve.h"

/** ent_equilibrium - one line of solution.equilibria with its evidence. */
typedef struct ent_equilibrium {
    ent_point point;       /* in units of the model; utilities of players at price 0 are the limits of their claims */
    ent_exact_point exact; /* known or not */
    ent_rat *approach;     /* [n] a boundary point: prices near it, and the conflicts there */
    ent_exact_threats near;
    int digits;            /* > 0: enclosed to so many digits, within radius */
    double radius;
} ent_equilibrium;

/** ent_equilibria - the list of a game; release accepts {0}. */
typedef struct ent_equilibria {
    int n, room;
    ent_equilibrium *list;
    int players;
    bool enumerated; /* the normal fan was searched and the indices sum to 1 */
} ent_equilibria;
void ent_i_equilibria_release(ent_equilibria *all);

/** ent_i_equilibria_add - append a point given in scaled units, unless its utilities are already there; made exact when the
 * model allows. direction: of a boundary point, else NULL. */
ent_status ent_i_equilibria_add(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                const ent_strategic_settings *settings, const ent_point *point, const double *direction,
                                ent_equilibria *all);

/** ent_i_equilibria_find - all that the starts of the settings lead to, in increasing order of utilities; boundary points only
 * when there is nothing else. Outcome ENT_SOLVED, ENT_BOUNDARY or ENT_LIMIT. */
ent_status ent_i_equilibria_find(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model,
                                 const ent_strategic_settings *settings, ent_equilibria *all, ent_outcome *outcome);

/** The members of one equilibrium in an open object of the solution, and its evidence in an open object of the certificate. */
void ent_i_write_agreement(ent_writer *w, const ent_strategic *model, const ent_equilibrium *e); /* without status, index */
void ent_i_write_equilibrium(ent_writer *w, const ent_strategic *model, const ent_equilibrium *e, bool indexed);
void ent_i_write_evidence(ent_writer *w, const ent_strategic *model, ent_grand *grand, const ent_equilibrium *e);

/** ent_i_write_coverage - the members that say how complete the list is. */
void ent_i_write_coverage(ent_writer *w, const ent_strategic *model, const ent_strategic_settings *settings,
                          const ent_equilibria *all, ent_outcome outcome);

/** ent_i_transferable - the same notions when payments are open to every coalition: one equilibrium, at equal prices. */
typedef enum ent_transferable { ENT_TRANSFERABLE_COCO, ENT_TRANSFERABLE_PERFECT, ENT_TRANSFERABLE_HARSANYI } ent_transferable;
ent_status ent_i_transferable(ent_ctx *ctx, const ent_strategic *model, const ent_strategic_settings *settings,
                              ent_transferable notion, ent_solution *out);

/** ent_i_write_secures - two players, a boundary point: the member "secures", when such a strategy exists. */
ent_status ent_i_write_secures(ent_ctx *ctx, ent_writer *w, const ent_strategic *model, const ent_equilibrium *e);

/** ent_i_write_prices_range - two players, utilities of one play: "prices_range" into the open object of the solution and "range" into
 * that of the certificate, where more than one price carries them and both ends are known exactly. */
ent_status ent_i_write_prices_range(ent_ctx *ctx, ent_grand *grand, const ent_strategic *model, const ent_equilibrium *e,
                                    ent_solution *out);

#endif
