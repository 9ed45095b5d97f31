#include "cert/check.h"

#include "io/write.h"

/* The report as the last members of a certificate: "words" counts, "checks" lists. */
void ent_i_report_write(ent_text *out, const ent_report *report)
{
    ent_text object;
    ent_writer w;
    ent_text_init(out->ctx, &object);
    ent_write_init(&w, &object);
    ent_write_object(&w, NULL, true);
    ent_write_object(&w, "words", true);
    for (int word = ENT_EXACT; word <= ENT_APPROXIMATE; word++)
        ent_write_int(&w, ent_word_name((ent_word)word), report->count[word]);
    ent_write_end(&w);
    ent_write_array(&w, "checks", true);
    for (int k = 0; k < report->n; k++) {
        const ent_check *check = &report->check[k];
        ent_write_object(&w, NULL, true);
        ent_write_string(&w, "path", check->path);
        ent_write_string(&w, "word", ent_word_name(check->word));
        if (check->word != ENT_EXACT) ent_write_real(&w, "residual", check->residual);
        ent_write_string(&w, "how", check->what);
        ent_write_end(&w);
    }
    ent_write_end(&w);
    ent_write_end(&w);
    /* The caller's object is already open: hand over the members without the braces. */
    if (object.status != ENT_OK) out->status = object.status;
    else ent_text_add(out, object.data + 1, object.len - 2);
    ent_text_release(&object);
}
