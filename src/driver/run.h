/** run.h - the steps of the corridor, for those who walk it in parts: the command line, sweeps, the
 * catalogue. */
#ifndef ENT_DRIVER_RUN_H
#define ENT_DRIVER_RUN_H

#include "driver/family.h"
#include "entente/run.h"

/** ent_task - a request that was read and understood: family, method, settings, model. */
typedef struct ent_task {
    ent_doc *doc; /* the model document after every change */
    const ent_family *family;
    const ent_method *method;
    void *settings; /* family->settings_size bytes */
    void *model;    /* of family->read */
} ent_task;

/** ent_i_read_document - a text as a document: JSON as it is, an .nfg file as the model document
 * that it stands for.
 * Status  as ent_doc_read and ent_nfg_read: "source:line:column: ..."
 */
ent_status ent_i_read_document(ent_ctx *ctx, const char *source, size_t len, const char *text,
                               ent_doc **out);

/** ent_i_task_prepare - read a request. On failure *task is released. */
ent_status ent_i_task_prepare(ent_ctx *ctx, const ent_request *request, ent_task *task);
void ent_i_task_release(ent_task *task);

/** ent_i_task_solve - solve and certify. Returned: the result document; free with ent_doc_free and
 * ent_free. text is its pretty JSON, doc the same as a tree. */
ent_status ent_i_task_solve(ent_ctx *ctx, const ent_task *task, ent_outcome *outcome, char **text,
                            ent_doc **doc);

/** ent_i_result_tables - the tables of a result document, by the method named in it. */
ent_status ent_i_result_tables(ent_ctx *ctx, const ent_doc *doc, ent_tables *out);

#endif
