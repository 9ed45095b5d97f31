#include "model/relational_model.h"

#include <string.h>

/* The head of the document: version, family, title. */
static ent_status read_head(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                            ent_relational *model)
{
    ent_status st = ENT_OK;
    const ent_json *version = NULL, *family = NULL, *title = ent_json_get(root, "name");
    int64_t number = 0;
    ENT_TRY(ent_json_member(ctx, doc, root, "entente", &version));
    ENT_TRY(ent_json_int(ctx, doc, version, 1, 1, &number));
    ENT_TRY(ent_json_member(ctx, doc, root, "family", &family));
    ENT_TRY(ent_json_expect(ctx, doc, family, ENT_JSON_STRING));
    if (strcmp(family->text, "relational") != 0)
        return ent_json_fail(ctx, doc, family, ENT_E_MODEL, "wanted \"relational\", found \"%s\"",
                             family->text);
    if (title) ENT_TRY(ent_json_expect(ctx, doc, title, ENT_JSON_STRING));
    model->title = ent_i_strdup(ctx, title ? title->text : "", title ? title->text_len : 0, &st);
done:
    return st;
}

/* Who negotiates, how patient, how often, with which power. */
static ent_status read_terms(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                             ent_relational *model)
{
    ent_status st = ENT_OK;
    const ent_json *coalition = NULL, *discount = NULL, *rho = ent_json_get(root, "renegotiation");
    ENT_TRY(ent_json_member(ctx, doc, root, "coalition", &coalition));
    ENT_TRY(ent_i_coalition_read(ctx, doc, coalition, model->n, model->player, &model->coalition));
    ENT_TRY(ent_json_member(ctx, doc, root, "discount", &discount));
    ENT_TRY(ent_i_discount_read(ctx, doc, discount, &model->discount, &model->discount_exact));
    model->renegotiation = 1.0;
    ent_rat_set_int(&model->renegotiation_exact, 1);
    if (rho)
        ENT_TRY(ent_i_probability_read(ctx, doc, rho, &model->renegotiation,
                                       &model->renegotiation_exact));
    ENT_TRY(ent_i_relational_weights_read(ctx, doc, ent_json_get(root, "weights"), model));
done:
    return st;
}

ent_status ent_relational_read(ent_ctx *ctx, const ent_doc *doc, const ent_json *root,
                               ent_relational **out)
{
    static const char *const known[] = {"entente", "family",   "name",          "stage",
                                        "players", "payoffs",  "separable",     "coalition",
                                        "weights", "discount", "renegotiation", NULL};
    ent_status st = ENT_OK;
    const ent_json *players = NULL;
    ent_relational *model = NULL;
    ENT_TRY(ent_json_expect(ctx, doc, root, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_known(ctx, doc, root, known));
    ENT_ALLOC(ctx, model, 1);
    ent_rat_init(&model->discount_exact);
    ent_rat_init(&model->renegotiation_exact);
    ENT_TRY(read_head(ctx, doc, root, model));
    ENT_TRY(ent_json_member(ctx, doc, root, "players", &players));
    ENT_TRY(ent_i_players_read(ctx, doc, players, ENT_PLAYERS_MAX, &model->n, &model->player));
    ENT_TRY(ent_i_relational_stage_read(ctx, doc, root, model));
    ENT_TRY(read_terms(ctx, doc, root, model));
    *out = model;
    model = NULL;
done:
    ent_relational_free(model);
    return st;
}

static void free_parts(ent_relational *model)
{
    for (int i = 0; model->part && i < model->n; i++) {
        for (int j = 0; model->part[i] && j < model->n; j++)
            ent_i_reals_release(&model->part[i][j]);
        ent_free(model->part[i]);
    }
    ent_free(model->part);
}

void ent_relational_free(ent_relational *model)
{
    if (!model) return;
    free_parts(model);
    for (int i = 0; model->action && i < model->n; i++)
        ent_i_names_free(model->actions[i], model->action[i]);
    for (int k = 0; k < model->rows; k++) ent_i_reals_release(&model->row[k].weight);
    ent_free(model->row);
    ent_free(model->action);
    ent_free(model->actions);
    ent_i_reals_release(&model->payoff);
    ent_i_reals_release(&model->size);
    ent_i_reals_release(&model->cost);
    ent_i_reals_release(&model->fixed);
    ent_rat_release(&model->discount_exact);
    ent_rat_release(&model->renegotiation_exact);
    ent_i_names_free(model->n, model->player);
    ent_free(model->title);
    ent_free(model);
}

void ent_relational_profile(const ent_relational *model, int64_t p, int *action)
{
    ent_i_profile_actions(model->n, model->actions, p, action);
}

int64_t ent_relational_profile_index(const ent_relational *model, const int *action)
{
    return ent_i_profile_number(model->n, model->actions, action);
}

void ent_relational_coal_name(ent_text *out, const ent_relational *model, ent_coal s)
{
    ent_i_coalition_name(out, model->player, s);
}
