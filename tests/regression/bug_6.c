/* One player who counts in millions and one who counts in millionths: a weight of 1e-13 was taken
 * for vanishing, and a stand-alone utility of 1e-5 for nothing, so that the checker refused the
 * answers. Floors and tolerances are parts of each player's own scale. */
#include "check.h"

#include "entente/entente.h"

static const char *const models[] = {
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": {\"a\": \"1/2"
    "\", \"b\": \"1/2\"}}, {\"name\": \"P1\"}, {\"name\": \"P2\"}], \"coalitions\": [{\"members\": [\"P2"
    "\", \"P0\"], \"decisions\": {\"d020\": {\"P0\": {\"on\": [\"P0\"], \"u\": [\"117/1000000000\", \"-56"
    "9/500000000\"]}, \"P2\": \"-727000\"}, \"d021\": {\"P2\": {\"on\": [\"P2\"], \"u\": [\"9024000\"]}},"
    " \"d022\": {\"P2\": {\"on\": [\"P2\"], \"u\": [\"-704000\"]}}, \"d023\": {\"P0\": {\"on\": [\"P2\"],"
    " \"u\": [\"1911/1000000000\"]}, \"P2\": {\"on\": [\"P2\"], \"u\": [\"3558000\"]}}}}], \"coalition\":"
    " [\"P0\", \"P2\"]}",
    "{\"entente\": 1, \"family\": \"bayesian\", \"players\": [{\"name\": \"P0\", \"types\": {\"a\": \"20/"
    "22\", \"b\": \"2/22\"}}, {\"name\": \"P1\"}, {\"name\": \"P2\", \"types\": {\"a\": \"1/2\", \"b\": "
    "\"1/2\"}}, {\"name\": \"P3\", \"types\": {\"a\": \"5/6\", \"b\": \"1/6\"}}], \"coalitions\": [{\"mem"
    "bers\": [\"P0\"], \"decisions\": {\"d00\": {\"P0\": {\"on\": [\"P0\"], \"u\": [\"1678000\", \"-40270"
    "00\"]}}, \"d01\": {\"P0\": {\"on\": [\"P2\", \"P3\", \"P1\"], \"u\": [[[\"7641000\"], [\"-4978000\"]"
    "], [[\"2064000\"], [\"8598000\"]]]}}, \"d02\": {\"P0\": \"3057000\"}}}, {\"members\": [\"P3\"], \"de"
    "cisions\": {\"d30\": {\"P3\": {\"on\": [\"P0\", \"P3\", \"P1\"], \"u\": [[[\"-637/250000000\"], [\"-"
    "447/125000000\"]], [[\"-859/250000000\"], [\"4791/500000000\"]]]}}, \"d31\": {\"P3\": \"2933/5000000"
    "00\"}}}, {\"members\": [\"P3\", \"P0\"], \"decisions\": {\"d030\": {\"P0\": {\"on\": [\"P0\"], \"u\""
    ": [\"-4196000\", \"5194000\"]}, \"P3\": {\"on\": [\"P3\"], \"u\": [\"4413/500000000\", \"-997/100000"
    "0000\"]}}}}], \"coalition\": [\"P0\", \"P3\"]}"};

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof models / sizeof *models; k++) {
        const ent_request request = {.source = "test",
                                     .text = models[k],
                                     .len = strlen(models[k]),
                                     .method = "neutral-procedural"};
        char *reply = NULL;
        int refused = -1;
        CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
        CHECK(reply &&
              ent_verify_text(ctx, "reply", reply, strlen(reply), &refused, NULL) == ENT_OK &&
              refused == 0);
        ent_free(reply);
    }
    ent_ctx_free(ctx);
    return check_end();
}
