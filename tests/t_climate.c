/* The real example: its players follow from the figures of RICE-2013 by the formulas of
 * examples/climate/README.md, and what that page says about the treaty holds. */
#include "check.h"

#include "entente/entente.h"
#include "ref/ref_public_good.h"
#include "relational/accession.h"

#include <stdlib.h>

enum { REGIONS = 12, TEXT_MAX = 20000 };

static ent_ctx *ctx;

static ent_relational *read_example(void)
{
    static char text[TEXT_MAX];
    ent_doc *doc = NULL;
    ent_relational *model = NULL;
    FILE *file = fopen(ENT_SOURCE_DIR "/examples/climate/rice2013.json", "r");
    CHECK(file != NULL);
    const size_t len = file ? fread(text, 1, sizeof text, file) : 0;
    if (file) fclose(file);
    CHECK(ent_doc_read(ctx, "rice2013.json", len, text, &doc) == ENT_OK);
    CHECK(ent_relational_read(ctx, doc, ent_doc_root(doc), &model) == ENT_OK);
    ent_doc_free(doc);
    return model;
}

/* key,region,gdp,emissions,backstop,d1,d2 */
static void calibration(const ent_relational *m)
{
    char line[256];
    FILE *file = fopen(ENT_SOURCE_DIR "/examples/climate/regions.csv", "r");
    CHECK(file != NULL);
    if (!file) return;
    CHECK(fgets(line, sizeof line, file) != NULL);
    for (int i = 0; i < REGIONS; i++) {
        CHECK(fgets(line, sizeof line, file) != NULL);
        char *at = strchr(line, ',') + 1, *end = strchr(at, ',');
        CHECK(strncmp(at, m->player[i], (size_t)(end - at)) == 0 &&
              strlen(m->player[i]) == (size_t)(end - at));
        double figure[5];
        for (int k = 0; k < 5; k++) figure[k] = strtod(end + 1, &end);
        const double gdp = figure[0], emissions = figure[1], backstop = figure[2];
        /* US$ per tC for ever at 2 % a year, 2 degrees, 1.65 degrees per 1000 GtC */
        const double damage = 1e3 * gdp * (figure[3] + 2 * figure[4] * 2.0) / 100 * 1.65e-3 / 0.02;
        /* the quadratic that costs what 1000 backstop E / 2.8 m^2.8 costs at m = 1/5, E in MtC */
        const double x = 0.2 * 1e3 * emissions,
                     cost = 1e3 * backstop * 1e3 * emissions / 2.8 * pow(0.2, 2.8);
        CHECK(fabs(m->size.value[i] / damage - 1) <= 5.1e-4);
        CHECK(fabs(m->cost.value[i] / (damage * cost / (x * x)) - 1) <= 5.1e-4);
        CHECK(fabs(m->fixed.value[i] - gdp) <= 0.0051);
    }
    fclose(file);
}

/* The founders' treaty against the slow reference, and the numbers that the page quotes. */
static void treaty(const ent_relational *m)
{
    ref_public_good r = {
        .n = REGIONS, .coalition = m->coalition, .discount = m->discount, .renegotiation = 1.0};
    ref_public_good_answer want;
    ent_contract c = {0};
    ent_stage *stage = NULL;
    double abated = 0.0, alone = 0.0;
    CHECK(ent_i_model_weights(ctx, m, m->coalition, r.weight) == ENT_OK);
    for (int i = 0; i < REGIONS; i++) r.size[i] = m->size.value[i], r.cost[i] = m->cost.value[i];
    ref_public_good_solve(&r, &want);
    CHECK(ent_stage_public_good(ctx, REGIONS, r.size, r.cost, &stage) == ENT_OK);
    const ent_terms terms = {m->coalition, r.weight, m->discount, 1.0};
    CHECK(ent_contractual(ctx, stage, &terms, NULL, &c) == ENT_OK);
    CHECK_NEAR(c.span, want.span, 1e-13);
    CHECK_NEAR(c.level, want.level, 1e-13);
    for (int i = 0; i < REGIONS; i++) {
        CHECK_NEAR(c.lowest[i], want.lowest[i], 1e-12);
        CHECK_NEAR(c.effort[i], want.effort[i], 1e-9);
        abated += r.size[i] * c.effort[i];
        alone += r.size[i] * r.size[i] / (2 * r.cost[i]);
    }
    CHECK(fabs(c.level - 4157.486) < 5e-4 && fabs(c.joint - 8210.968) < 5e-4 &&
          fabs(c.multiplier[REGIONS] - 1.47) < 5e-3);
    CHECK(fabs(100 * alone / 7971 - 1.4) < 0.05 && fabs(100 * abated / 7971 - 4.0) < 0.05);
    /* Against the EU: it abates more, the other founders nothing. */
    const double *eu = c.punishment_effort + 1 * REGIONS;
    CHECK(eu[1] > c.effort[1] && eu[0] == 0.0 && eu[2] == 0.0 && eu[10] == 0.0);
    ent_contract_release(&c);
    ent_stage_free(stage);
}

static void accession(const ent_relational *m)
{
    const ent_relational_settings s = {
        .tolerance = 1e-12, .exact_payoffs = 2000000, .table_players = 12, .threads = 1};
    ent_i_accession *a = NULL;
    ent_i_step step[ENT_PLAYERS_MAX];
    ent_coal final = 0;
    int steps = 0, stable = 0, largest = 0;
    CHECK(ent_i_accession_new(ctx, m, &s, &a) == ENT_OK);
    CHECK(ent_i_accession_path(ctx, a, step, &steps, &final) == ENT_OK);
    CHECK(steps == 8 && final == ent_coal_all(REGIONS));
    for (int k = 0; k < steps; k++) CHECK(step[k].gain > 0.0);
    CHECK(strcmp(m->player[step[0].joiner], "China") == 0 &&
          strcmp(m->player[step[7].joiner], "Eurasia") == 0);
    for (ent_coal c = 1; c <= ent_coal_all(REGIONS); c++) {
        int yes = 0;
        CHECK(ent_i_internally_stable(ctx, a, c, &yes) == ENT_OK);
        stable += yes == 1;
        if (yes == 1 && ent_coal_size(c) > largest) largest = ent_coal_size(c);
    }
    CHECK(stable == 2930 && largest == 9);
    ent_i_accession_free(a);
}

int main(void)
{
    ctx = ent_ctx_new();
    ent_relational *m = read_example();
    if (m) {
        CHECK(m->n == REGIONS);
        calibration(m);
        treaty(m);
        accession(m);
    }
    ent_relational_free(m);
    ent_ctx_free(ctx);
    return check_end();
}
