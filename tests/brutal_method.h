/** brutal_method.h - a method called directly, with every allocation made to fail in turn. */
#ifndef BRUTAL_METHOD_H
#define BRUTAL_METHOD_H

#include "brutal.h"
#include "driver/family.h"

static inline void brutal_method(ent_solve_fn *solve, const void *model, const void *settings,
                                 int64_t least)
{
    brutal b = {.ctx = ent_ctx_new()};
    while (brutal_goes_on(&b)) {
        ent_text solution, certificate;
        ent_writer w, v;
        ent_text_init(b.ctx, &solution);
        ent_text_init(b.ctx, &certificate);
        ent_write_init(&w, &solution);
        ent_write_init(&v, &certificate);
        ent_write_object(&w, NULL, false);
        ent_write_object(&v, NULL, false);
        ent_solution out = {.solution = &w, .certificate = &v};
        brutal_on(&b);
        ent_status st = solve(b.ctx, model, settings, &out);
        if (st == ENT_OK) st = solution.status != ENT_OK ? solution.status : certificate.status;
        brutal_off(&b, st);
        ent_text_release(&solution);
        ent_text_release(&certificate);
    }
    brutal_end(&b, least);
    ent_ctx_free(b.ctx);
}

#endif
