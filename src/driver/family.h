/** family.h - what a family hands to the driver: one table. Families are listed once, in
 * families.def.
 *
 * A method's solver writes the members of "solution" and of "certificate" into the result document;
 * everything after it (tables, CSV, plots, verification) reads that document, so what is shown is
 * what is checked.
 */
#ifndef ENT_FAMILY_H
#define ENT_FAMILY_H

#include "base/text.h"
#include "driver/setting.h"
#include "io/json.h"
#include "io/write.h"
#include "report/plot.h"
#include "report/table.h"

/** ent_solution - what a solver fills: the outcome and two objects, opened and closed by the
 * driver. */
typedef struct ent_solution {
    ent_outcome outcome;
    ent_writer *solution;    /* inside the object "solution" */
    ent_writer *certificate; /* inside the object "certificate" */
} ent_solution;

/** ent_row - one sweep point as numbers: value[k] belongs to column k of the method; NAN where
 * there is none. */
typedef struct ent_row {
    ent_outcome outcome;
    size_t n;
    double *value;   /* [n] */
    double residual; /* of the defining equations, relative to the payoff scale */
} ent_row;

/** The functions behind a method; `model` and `settings` are the family's own. ent_solve_fn - fills
 * the document.
 * ent_columns_fn, ent_row_fn - sweeps: the column names for a model, tab-separated, and one row.
 * ent_tables_fn - tables of a result document, for text and CSV. ent_picture_fn - its picture
 * (`entente plot RESULT.json`). */
typedef ent_status ent_solve_fn(ent_ctx *ctx, const void *model, const void *settings,
                                ent_solution *out);
typedef ent_status ent_columns_fn(ent_ctx *ctx, const void *model, const void *settings,
                                  ent_text *names);
typedef ent_status ent_row_fn(ent_ctx *ctx, const void *model, const void *settings, ent_row *out);
typedef ent_status ent_tables_fn(ent_ctx *ctx, const ent_json *result, ent_tables *out);
typedef ent_status ent_picture_fn(ent_ctx *ctx, const ent_json *result, ent_plot *out);

typedef struct ent_method {
    const char *name;       /* "contractual" */
    const char *source;     /* "[MW25] Thm 5, p. 21; docs/relational.md 3" */
    const char *help;       /* one line */
    const char *definition; /* paragraphs for `entente explain` */
    const char *cost;       /* one line */
    ent_solve_fn *solve;
    ent_columns_fn *columns; /* both NULL when a method cannot be swept */
    ent_row_fn *row;
    ent_tables_fn *tables;
    ent_picture_fn *picture; /* NULL when it has none */
    /* a model to start from, where the family's is of another kind; NULL: the family's */
    const char *example;
} ent_method;

typedef struct ent_family {
    const char *name, *help, *source;
    ent_status (*read)(ent_ctx *ctx, const ent_doc *doc, const ent_json *root, void **model);
    void (*free)(void *model);
    size_t settings_size;        /* of the settings struct */
    const ent_setting *settings; /* [settings_n], generated from the family's settings.def */
    int settings_n;
    const ent_method *methods; /* [methods_n]; the first is the default */
    int methods_n;
    const char *example; /* text of `entente new`, for methods without their own */
    const char *schema;  /* text of `entente schema` */
} ent_family;

/** The families in the order of families.def. */
int ent_i_family_count(void);
const ent_family *ent_i_family_at(int k);

/** ent_i_family_find - by name; NULL when there is none. ent_i_method_find - the same; a NULL name
 * is the default. */
const ent_family *ent_i_family_find(const char *name);
const ent_method *ent_i_method_find(const ent_family *family, const char *name);

#endif
