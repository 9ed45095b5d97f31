/* [ITA] Section 2. The reader of information models: every form, every message, every allocation
 * failing. */
#include "brutal.h"
#include "check.h"

#include "model/information_model.h"

static ent_ctx *ctx;

#define HEAD "{\"entente\": 1, \"family\": \"information\", "
#define TWO \
    "\"players\": [{\"name\": \"A\", \"bias\": \"1/20\"}, {\"name\": \"B\", \"bias\": 0.1}], "
#define FULL \
    HEAD \
        "\"name\": \"Two\", \"players\": [{\"name\": \"A\", \"bias\": \"1/20\", \"policy\": [\"1/4\", null]}, {\"name\": \"B\", " \
        "\"bias\": 0.1}], \"interdependence\": \"1/3\", \"policy\": [-1, \"3/2\"], \"truthful\": [\"B\"], \"commitment\": " \
        "{\"cost\": \"1/7\"}, \"critical\": {\"parameter\": \"B\", \"from\": -1, \"to\": 2}}"

static ent_status read(const char *text, ent_information **model)
{
    ent_doc *doc = NULL;
    ent_status st = ent_doc_read(ctx, "m", strlen(text), text, &doc);
    if (st == ENT_OK) st = ent_information_read(ctx, doc, ent_doc_root(doc), model);
    ent_doc_free(doc);
    return st;
}

static void forms(void)
{
    ent_information *m = NULL;
    CHECK(read(FULL, &m) == ENT_OK);
    if (!m) return;
    CHECK(m->n == 2 && m->truthful == 2 && m->varied == 1 && m->from == -1.0 && m->to == 2.0 &&
          m->has_commitment);
    CHECK(m->eta_exact.num == 1 && m->eta_exact.den == 3 && m->cost_exact.den == 7);
    CHECK(m->bias.exact[1].num == 1 && m->bias.exact[1].den == 10 && m->bias.value[0] == 0.05);
    CHECK(m->has_low[0] && !m->has_high[0] && m->low.value[0] == 0.25);
    CHECK(m->has_low[1] && m->has_high[1] && m->low.value[1] == -1.0 && m->high.exact[1].num == 3);
    CHECK_TEXT(m->title, "Two");
    ent_information_free(m);
    m = NULL;
    CHECK(read(HEAD TWO "\"interdependence\": 0}", &m) == ENT_OK);
    if (!m) return;
    CHECK(m->truthful == 3 && m->varied == ENT_VARY_NOTHING && !m->has_commitment && m->eta == 0.0);
    CHECK(m->has_low[0] && m->has_high[1] && m->low.value[0] == 0.0 && m->high.value[1] == 1.0);
    CHECK_TEXT(m->title, "");
    ent_information_free(m);
    m = NULL;
    CHECK(
        read(
            HEAD TWO
            "\"interdependence\": 0.5, \"policy\": null, \"truthful\": [], \"critical\": {\"parameter\": \"interdependence\", "
            "\"from\": 0, \"to\": 0.99}}",
            &m) == ENT_OK);
    if (!m) return;
    CHECK(m->truthful == 0 && m->varied == ENT_VARY_INTERDEPENDENCE && !m->has_low[0] &&
          !m->has_high[1]);
    ent_information_free(m);
    m = NULL;
    CHECK(
        read(
            HEAD
            "\"players\": [{\"name\": \"A\", \"bias\": 0, \"policy\": [2, 2]}], \"interdependence\": \"1/2\"}",
            &m) == ENT_OK);
    ent_information_free(m);
    ent_information_free(NULL);
}

/* One wrong thing each, and a part of what is said of it. */
static const struct {
    const char *model, *message;
    ent_status status;
} wrong[] = {
    {HEAD TWO "\"interdependence\": 0, \"polcy\": [0,1]}", "polcy", ENT_E_MODEL},
    {HEAD "\"interdependence\": 0}", "players", ENT_E_MODEL},
    {HEAD "\"players\": [], \"interdependence\": 0}", "/players", ENT_E_MODEL},
    {HEAD "\"players\": [{\"name\": \"A\"}], \"interdependence\": 0}", "bias", ENT_E_MODEL},
    {HEAD "\"players\": [{\"bias\": 0}], \"interdependence\": 0}", "name", ENT_E_MODEL},
    {HEAD "\"players\": [{\"name\": \"A\", \"bias\": \"x\"}], \"interdependence\": 0}",
     "/players/0/bias", ENT_E_MODEL},
    {HEAD "\"players\": [{\"name\": \"A\", \"bias\": 1e200}], \"interdependence\": 0}",
     "/players/0/bias", ENT_E_LIMIT},
    {HEAD "\"players\": [{\"name\": \"A\", \"bias\": 0, \"size\": 1}], \"interdependence\": 0}",
     "size", ENT_E_MODEL},
    {HEAD
     "\"players\": [{\"name\": \"A\", \"bias\": 0}, {\"name\": \"A\", \"bias\": 0}], \"interdependence\": 0}",
     "/players/1", ENT_E_MODEL},
    {HEAD "\"players\": [{\"name\": \"A\", \"bias\": 0, \"policy\": 1}], \"interdependence\": 0}",
     "/players/0/policy", ENT_E_MODEL},
    {HEAD "\"players\": [{\"name\": \"A\", \"bias\": 0, \"policy\": [1]}], \"interdependence\": 0}",
     "wanted [lowest, highest] policy (null: no bound), found 1 values", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"policy\": [1, 0]}",
     "wanted lowest <= highest, found 1 and 0", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"policy\": [\"x\", 0]}", "/policy/0", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"policy\": [0, true]}", "/policy/1", ENT_E_MODEL},
    {HEAD TWO "\"policy\": [0, 1]}", "interdependence", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 1}", "wanted an interdependence in [0,1), found 1",
     ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": \"-1/10\"}", "wanted an interdependence in [0,1), found -1/10",
     ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": []}", "/interdependence", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"name\": 3}", "/name", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"truthful\": \"A\"}", "/truthful", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"truthful\": [\"C\"]}", "/truthful/0", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"truthful\": [\"A\", \"A\"]}", "/truthful/1", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"commitment\": 1}", "/commitment", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"commitment\": {}}", "cost", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"commitment\": {\"cost\": -1}}", "/commitment/cost",
     ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"commitment\": {\"cost\": 1, \"fee\": 2}}", "fee",
     ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"critical\": {\"from\": 0, \"to\": 1}}", "parameter",
     ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"critical\": {\"parameter\": 1, \"from\": 0, \"to\": 1}}",
     "/critical/parameter", ENT_E_MODEL},
    {HEAD TWO
     "\"interdependence\": 0, \"critical\": {\"parameter\": \"C\", \"from\": 0, \"to\": 1}}",
     "/critical/parameter", ENT_E_MODEL},
    {HEAD TWO "\"interdependence\": 0, \"critical\": {\"parameter\": \"A\", \"to\": 1}}", "from",
     ENT_E_MODEL},
    {HEAD TWO
     "\"interdependence\": 0, \"critical\": {\"parameter\": \"A\", \"from\": 1, \"to\": 1}}",
     "wanted from < to", ENT_E_MODEL},
    {HEAD TWO
     "\"interdependence\": 0, \"critical\": {\"parameter\": \"interdependence\", \"from\": 0, \"to\": 1}}",
     "within [0,1)", ENT_E_MODEL},
    {HEAD TWO
     "\"interdependence\": 0, \"critical\": {\"parameter\": \"interdependence\", \"from\": -1, \"to\": 0.5}}",
     "within [0,1)", ENT_E_MODEL},
};

static void refusals(void)
{
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ent_information *m = NULL;
        const ent_status st = read(wrong[k].model, &m);
        const bool good = st == wrong[k].status && !m &&
                          strstr(ent_message(ctx), wrong[k].message) &&
                          strncmp(ent_message(ctx), "m:1:", 4) == 0;
        if (!good) printf("%s\n  %s: %s\n", wrong[k].model, ent_status_text(st), ent_message(ctx));
        CHECK(good);
        ent_information_free(m);
    }
}

static void no_memory(void)
{
    ent_information *m = NULL;
    brutal b = {.ctx = ctx};
    while (brutal_goes_on(&b)) {
        brutal_on(&b);
        brutal_off(&b, read(FULL, &m));
        CHECK((b.st == ENT_OK) == (m != NULL));
    }
    brutal_end(&b, 5);
    ent_information_free(m);
}

int main(void)
{
    ctx = ent_ctx_new();
    forms();
    refusals();
    no_memory();
    ent_ctx_free(ctx);
    return check_end();
}
