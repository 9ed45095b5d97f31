#include "driver/run.h"

#include "cert/hash.h"
#include "report/certificate_table.h"
#include "verify/verify.h"

#include <string.h>

/* The family that a document names, or a failure that says what is wrong with its head. */
static ent_status family_of(ent_ctx *ctx, const ent_doc *doc, const ent_family **out)
{
    ent_status st = ENT_OK;
    const ent_json *root = ent_doc_root(doc), *version = NULL, *name = NULL;
    int64_t number = 0;
    ENT_TRY(ent_json_expect(ctx, doc, root, ENT_JSON_OBJECT));
    ENT_TRY(ent_json_member(ctx, doc, root, "entente", &version));
    ENT_TRY(ent_json_int(ctx, doc, version, 1, 1, &number));
    ENT_TRY(ent_json_member(ctx, doc, root, "family", &name));
    ENT_TRY(ent_json_expect(ctx, doc, name, ENT_JSON_STRING));
    const ent_family *family = ent_i_family_find(name->text);
    if (!family) {
        st = ent_json_fail(ctx, doc, name, ENT_E_UNKNOWN,
                           "wanted the name of a family (see `entente methods`), found \"%s\"",
                           name->text);
        goto done;
    }
    *out = family;
done:
    return st;
}

/* One "name=value": a setting of the family when it has one of this name, else a place in the
 * model. */
static ent_status change(ent_ctx *ctx, ent_task *task, const char *set)
{
    ent_status st = ENT_OK;
    const ent_mark mark = ent_scratch_mark(ctx);
    const ent_family *family = task->family;
    const char *equals = strchr(set, '=');
    char *name = NULL;
    if (!equals || equals == set)
        ENT_FAIL(ctx, ENT_E_ARG, "--set wants name=value, found \"%s\"", set);
    const size_t len = (size_t)(equals - set);
    ENT_SCRATCH(ctx, name, len + 1);
    memcpy(name, set, len);
    name[len] = '\0';
    if (ent_settings_find(family->settings, family->settings_n, name)) {
        ENT_TRY(ent_settings_set(ctx, family->settings, family->settings_n, task->settings, name,
                                 equals + 1));
    } else {
        ent_doc *changed = NULL;
        ENT_TRY(ent_doc_override(ctx, task->doc, name, equals + 1, &changed));
        ent_doc_free(task->doc);
        task->doc = changed;
    }
done:
    ent_scratch_reset(ctx, mark);
    return st;
}

ent_status ent_i_task_prepare(ent_ctx *ctx, const ent_request *request, ent_task *task)
{
    ent_status st = ENT_OK;
    *task = (ent_task){0};
    const char *source = request->source ? request->source : "-";
    ENT_TRY(ent_i_read_document(ctx, source, request->len, request->text, &task->doc));
    ENT_TRY(family_of(ctx, task->doc, &task->family));
    const ent_family *family = task->family;
    task->settings = ent_i_alloc(ctx, 1, family->settings_size, &st);
    if (!task->settings) goto done;
    ent_settings_default(family->settings, family->settings_n, task->settings);
    for (size_t k = 0; k < request->changes; k++) ENT_TRY(change(ctx, task, request->set[k]));
    task->method = ent_i_method_find(family, request->method);
    if (!task->method)
        ENT_FAIL(ctx, ENT_E_UNKNOWN, "family %s has no method \"%s\" (see `entente methods`)",
                 family->name, request->method);
    ENT_TRY(family->read(ctx, task->doc, ent_doc_root(task->doc), &task->model));
done:
    if (st != ENT_OK) ent_i_task_release(task);
    return st;
}

void ent_i_task_release(ent_task *task)
{
    if (task->model) task->family->free(task->model);
    ent_free(task->settings);
    ent_doc_free(task->doc);
    *task = (ent_task){0};
}

/* Everything of the result document but the end of its certificate, which the checker writes. */
static ent_status write_head(ent_ctx *ctx, const ent_task *task, ent_outcome *outcome,
                             ent_text *solution, ent_text *certificate)
{
    ent_status st = ENT_OK;
    char hash[ENT_HASH_TEXT];
    ent_writer in_solution, in_certificate;
    ent_write_init(&in_solution, solution);
    ent_write_init(&in_certificate, certificate);
    ent_write_object(&in_solution, NULL, true);
    ent_write_object(&in_certificate, NULL, true);
    ENT_TRY(ent_i_model_hash(ctx, ent_doc_root(task->doc), hash));
    ent_write_string(&in_certificate, "model_sha256", hash);
    ent_solution out = {
        .outcome = ENT_SOLVED, .solution = &in_solution, .certificate = &in_certificate};
    ENT_TRY(task->method->solve(ctx, task->model, task->settings, &out));
    ent_write_end(&in_solution);
    *outcome = out.outcome;
    ENT_TRY(solution->status);
    ENT_TRY(certificate->status);
done:
    return st;
}

/* The document; `checks` is NULL while the checker has not spoken. */
static void write_document(const ent_task *task, ent_outcome outcome, const ent_text *solution,
                           const ent_text *certificate, const ent_report *checks, ent_text *out)
{
    ent_writer w;
    ent_write_init(&w, out);
    ent_write_object(&w, NULL, true);
    ent_write_int(&w, "entente", 1);
    ent_write_string(&w, "family", task->family->name);
    ent_write_string(&w, "method", task->method->name);
    ent_write_string(&w, "outcome", ent_outcome_word(outcome));
    ent_text model;
    ent_text_init(out->ctx, &model);
    ent_json_write(&model, ent_doc_root(task->doc), false);
    if (model.status != ENT_OK) out->status = model.status;
    else ent_write_raw(&w, "model", model.data, model.len);
    ent_text_release(&model);
    ent_write_raw(&w, "solution", solution->data, solution->len);
    ent_text whole;
    ent_text_init(out->ctx, &whole);
    ent_text_add(&whole, certificate->data, certificate->len);
    if (checks) {
        ent_text_puts(&whole, ", ");
        ent_i_report_write(&whole, checks);
    }
    ent_text_putc(&whole, '}');
    if (whole.status != ENT_OK) out->status = whole.status;
    else ent_write_raw(&w, "certificate", whole.data, whole.len);
    ent_text_release(&whole);
    ent_write_object(&w, "settings", true);
    ent_settings_write(&w, task->family->settings, task->family->settings_n, task->settings);
    ent_write_end(&w);
    ent_write_string(&w, "version", ent_version());
    ent_write_end(&w);
}

/* Has the user switched the checker off for this call? */
static bool wants_check(const ent_task *task)
{
    const ent_setting *check =
        ent_settings_find(task->family->settings, task->family->settings_n, "check");
    bool wanted = true;
    if (check) memcpy(&wanted, (const char *)task->settings + check->offset, sizeof wanted);
    return wanted;
}

/* Run the checker on the document without its opinion. A refusal here is our own mistake, and
 * nothing is handed out. The document counts as one beside its model, which may name files
 * there. */
static ent_status check(ent_ctx *ctx, const char *model, const ent_text *provisional,
                        ent_report *report)
{
    ent_status st = ENT_OK;
    ent_doc *doc = NULL;
    ent_text name;
    ent_text_init(ctx, &name);
    ent_text_beside(&name, model, "result");
    ENT_TRY(name.status);
    ENT_TRY(ent_doc_read(ctx, name.data, provisional->len, provisional->data, &doc));
    ENT_TRY(ent_verify(ctx, doc, ent_doc_root(doc), report));
    for (int k = 0; k < report->n; k++)
        if (report->check[k].word == ENT_REFUSED)
            ENT_FAIL(ctx, ENT_E_BUG, "the checker refused %s: %s; please report this model",
                     report->check[k].path, report->check[k].what);
done:
    ent_text_release(&name);
    ent_doc_free(doc);
    return st;
}

ent_status ent_i_task_solve(ent_ctx *ctx, const ent_task *task, ent_outcome *outcome, char **text,
                            ent_doc **doc)
{
    ent_status st = ENT_OK;
    ent_text solution, certificate, plain, pretty;
    ent_report report;
    ent_doc *result = NULL;
    char *final = NULL;
    ent_text_init(ctx, &solution);
    ent_text_init(ctx, &certificate);
    ent_text_init(ctx, &plain);
    ent_text_init(ctx, &pretty);
    ent_report_init(ctx, &report);
    const bool checked = wants_check(task);

    ENT_TRY(write_head(ctx, task, outcome, &solution, &certificate));
    if (checked) {
        write_document(task, *outcome, &solution, &certificate, NULL, &plain);
        ENT_TRY(plain.status);
        ENT_TRY(check(ctx, ent_doc_name(task->doc), &plain, &report));
        ent_text_reset(&plain);
    }
    write_document(task, *outcome, &solution, &certificate, checked ? &report : NULL, &plain);
    ENT_TRY(plain.status);
    ENT_TRY(ent_doc_read(ctx, "result", plain.len, plain.data, &result));
    ent_json_write(&pretty, ent_doc_root(result), true);
    ent_text_putc(&pretty, '\n');
    ENT_TRY(ent_text_take(&pretty, &final, NULL));
    *text = final;
    *doc = result;
    result = NULL;
done:
    ent_doc_free(result);
    ent_report_release(&report);
    ent_text_release(&pretty);
    ent_text_release(&plain);
    ent_text_release(&certificate);
    ent_text_release(&solution);
    return st;
}

ent_status ent_run(ent_ctx *ctx, const ent_request *request, char **reply, ent_outcome *outcome)
{
    ent_status st = ENT_OK;
    ent_task task = {0};
    ent_doc *doc = NULL;
    ent_outcome answer = ENT_NONE;
    ENT_REQUIRE(ctx, request && reply && request->text);
    ENT_TRY(ent_i_task_prepare(ctx, request, &task));
    ENT_TRY(ent_i_task_solve(ctx, &task, &answer, reply, &doc));
    if (outcome) *outcome = answer;
done:
    ent_doc_free(doc);
    ent_i_task_release(&task);
    return st;
}

ent_status ent_i_result_tables(ent_ctx *ctx, const ent_doc *doc, ent_tables *out)
{
    ent_status st = ENT_OK;
    const ent_json *root = ent_doc_root(doc), *name = NULL;
    const ent_family *family = NULL;
    ENT_TRY(family_of(ctx, doc, &family));
    ENT_TRY(ent_json_member(ctx, doc, root, "method", &name));
    ENT_TRY(ent_json_expect(ctx, doc, name, ENT_JSON_STRING));
    const ent_method *method = ent_i_method_find(family, name->text);
    if (!method)
        ENT_FAIL(ctx, ENT_E_UNKNOWN, "family %s has no method \"%s\"", family->name, name->text);
    ENT_TRY(method->tables(ctx, root, out));
    ent_certificate_table(out, root);
    ENT_TRY(out->status);
done:
    return st;
}
