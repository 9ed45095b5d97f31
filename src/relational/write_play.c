#include "relational/solve.h"

void ent_i_write_play(ent_writer *w, const char *key, const ent_relational *model,
                      const int *action)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < model->n; i++)
        ent_write_string(w, model->player[i], model->action[i][action[i]]);
    ent_write_end(w);
}

void ent_i_write_effort(ent_writer *w, const char *key, const ent_relational *model,
                        const double *effort, const ent_rat *exact)
{
    ent_write_object(w, key, true);
    for (int i = 0; i < model->n; i++)
        ent_write_number(w, model->player[i], effort[i], exact ? ent_lift_known(&exact[i]) : NULL);
    ent_write_end(w);
}
