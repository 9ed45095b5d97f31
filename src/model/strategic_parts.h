/** strategic_parts.h - the readers of the kinds of strategic models; only strategic_*.c include
 * this. Each fills the members of its kind; after a failure the caller frees the whole model.
 */
#ifndef ENT_STRATEGIC_PARTS_H
#define ENT_STRATEGIC_PARTS_H

#include "model/profile_table.h"
#include "model/strategic_model.h"

ent_status ent_i_read_game(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                           ent_strategic *m);
ent_status ent_i_read_bargaining(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                 ent_strategic *m);
ent_status ent_i_read_worth(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_strategic *m);
ent_status ent_i_read_worth_file(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                                 ent_strategic *m);
ent_status ent_i_read_voting(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_strategic *m);

/** ent_i_read_sparse - the payoffs of a game from "default" and "outcomes"; players and actions are
 * there. */
ent_status ent_i_read_sparse(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_strategic *m);

/** ent_i_read_names - m->player and m->n from "players": names, or objects with nothing but a
 * "name". */
ent_status ent_i_read_names(ent_ctx *ctx, const ent_doc *doc, const ent_json *list, int most,
                            ent_strategic *m);

/** ent_i_read_by_player - n numbers, as a list or as an object by the players' names, into
 * out[from..from+n), of the wanted sign. */
ent_status ent_i_read_by_player(ent_ctx *ctx, const ent_doc *doc, const ent_json *node,
                                const ent_strategic *m, ent_i_sign_wanted sign, ent_reals *out,
                                size_t from);

#endif
