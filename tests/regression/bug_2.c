/* Public goods whose answers the checker refused: enclosures that a slope of 1/2 left no room for,
 * multipliers of spans that lost digits to cancellation, 1 - delta and stability decided to the
 * digits of a scale that levels exceed by far. */
#include "check.h"

#include "entente/entente.h"

#include <stdlib.h>

static const struct {
    const char *method, *model;
} models[] = {
    {"contractual",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 0, \"cost\": 1}, {\"name\": \"P1\", \"size\": 2006591.3928545464, \"cost\": "
     "1244.7738305880187}, {\"name\": \"P2\", \"size\": 2.5172231932323803, \"cost\": 1.84943595736484"
     "96}], \"coalition\": [\"P1\", \"P2\"], \"discount\": 1e-09, \"renegotiation\": 0.779597154255807"
     "1, \"weights\": {\"P0\": 1, \"P1\": 0, \"P2\": 1}}"},
    {"contractual",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 1, \"cost\": 0.002464778868690401}, {\"name\": \"P1\", \"size\": 1, \"cost\""
     ": 0.02240310602392337}, {\"name\": \"P2\", \"size\": 74702.44798560526, \"cost\": 0.004426535500"
     "414833}, {\"name\": \"P3\", \"size\": 0.007193217631085482, \"cost\": 2804.49492895298}, {\"name"
     "\": \"P4\", \"size\": 1728173.6792403047, \"cost\": 5495.090550497203}, {\"name\": \"P5\", \"siz"
     "e\": 107.2019903995089, \"cost\": 1}], \"coalition\": [\"P1\", \"P3\", \"P4\"], \"discount\": 0."
     "5, \"renegotiation\": 1, \"weights\": {\"P0\": 0, \"P1\": 0, \"P2\": 0, \"P3\": 0, \"P4\": 2, \""
     "P5\": \"1/3\"}}"},
    {"accession",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 0, \"cost\": 163.48794758939107}, {\"name\": \"P1\", \"size\": 2.69522793553"
     "6003e-06, \"cost\": 3.5696278531929614e-07}, {\"name\": \"P2\", \"size\": 19.91070484411836, \"c"
     "ost\": 243904.20244881694}], \"coalition\": [\"P1\"], \"discount\": 0.7458710530381119, \"renego"
     "tiation\": 1, \"weights\": {\"P0\": 1, \"P1\": 2, \"P2\": 0}}"},
    {"accession",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 0, \"cost\": 0.2803109971734304}, {\"name\": \"P1\", \"size\": 2.76421621646"
     "6241e-05, \"cost\": 0.002928230749126411}, {\"name\": \"P2\", \"size\": 88.64803560472258, \"cos"
     "t\": 866489.5666770051}, {\"name\": \"P3\", \"size\": 0.03436788735875364, \"cost\": 0.201022859"
     "97960873}, {\"name\": \"P4\", \"size\": 0.00015992916309630996, \"cost\": 1}], \"coalition\": [\""
     "P2\", \"P3\", \"P4\"], \"discount\": \"999999999/1000000000\", \"renegotiation\": 0.645607788201"
     "9481, \"weights\": {\"P0\": \"1/3\", \"P1\": \"1/3\", \"P2\": 1, \"P3\": 2, \"P4\": 0}}"},
    {"contractual",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"A\", \"size\": 1e-09, \"cost\": 1}, {\"name\": \"B\", \"size\": 1e-09, \"cost\": 1}, {\"name"
     "\": \"C\", \"size\": 1e-09, \"cost\": 1}], \"coalition\": [\"A\", \"B\"], \"discount\": \".33333"
     "33333333333\", \"renegotiation\": 0}"},
    {"subgame-perfect",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"A\", \"size\": 1e-09, \"cost\": 1}, {\"name\": \"B\", \"size\": 1e-09, \"cost\": 1}, {\"name"
     "\": \"C\", \"size\": 1e-09, \"cost\": 1}], \"coalition\": [\"A\", \"B\"], \"discount\": \".33333"
     "33333333333\", \"renegotiation\": 0}"},
    {"contractual",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 0, \"cost\": 178775.8693846221}, {\"name\": \"P1\", \"size\": 1.617157014126"
     "5757e-05, \"cost\": 1}, {\"name\": \"P2\", \"size\": 0, \"cost\": 1}, {\"name\": \"P3\", \"size\""
     ": 0.012193466704216028, \"cost\": 1}, {\"name\": \"P4\", \"size\": 244216.61253652922, \"cost\":"
     " 179041.16817103582}, {\"name\": \"P5\", \"size\": 1, \"cost\": 1}, {\"name\": \"P6\", \"size\":"
     " 6.321601355251974e-05, \"cost\": 279201.6304461475}, {\"name\": \"P7\", \"size\": 1, \"cost\": "
     "2.010074375275415e-05}, {\"name\": \"P8\", \"size\": 1, \"cost\": 2.5177134115937143e-06}, {\"na"
     "me\": \"P9\", \"size\": 0, \"cost\": 9267.43746996455}, {\"name\": \"P10\", \"size\": 0, \"cost\""
     ": 289900.3141676945}], \"coalition\": [\"P2\", \"P3\", \"P4\", \"P8\", \"P9\", \"P10\"], \"disco"
     "unt\": 0.3, \"renegotiation\": 1, \"weights\": {\"P0\": 0, \"P1\": 0, \"P2\": 1, \"P3\": 0, \"P4"
     "\": 0.39703017106785243, \"P5\": 2, \"P6\": 1, \"P7\": 1, \"P8\": 0, \"P9\": 1, \"P10\": 2}}"},
    {"accession",
     "{\"entente\": 1, \"family\": \"relational\", \"stage\": \"public-good\", \"players\": [{\"name\""
     ": \"P0\", \"size\": 2030793.0724498325, \"cost\": 1}, {\"name\": \"P1\", \"size\": 0.02492373290"
     "771139, \"cost\": 20.714922203639922}, {\"name\": \"P2\", \"size\": 0, \"cost\": 0.0002218434813"
     "7821355}, {\"name\": \"P3\", \"size\": 0.01720887700742526, \"cost\": 28.568924947988567}, {\"na"
     "me\": \"P4\", \"size\": 0.0001587163158928138, \"cost\": 1}, {\"name\": \"P5\", \"size\": 410898"
     ".88169789856, \"cost\": 1}, {\"name\": \"P6\", \"size\": 0, \"cost\": 0.00029176213278472857}, {"
     "\"name\": \"P7\", \"size\": 1227.5481703185246, \"cost\": 5.752719854707484}, {\"name\": \"P8\","
     " \"size\": 0.018464047613716866, \"cost\": 1}], \"coalition\": [\"P1\", \"P4\", \"P5\", \"P6\", "
     "\"P7\"], \"discount\": \"999999999/1000000000\", \"renegotiation\": 0.5, \"weights\": {\"P0\": \""
     "1/3\", \"P1\": 0.45975380842750346, \"P2\": 2, \"P3\": \"1/3\", \"P4\": \"1/3\", \"P5\": 0.70781"
     "71021906782, \"P6\": \"1/3\", \"P7\": 0, \"P8\": 1}}"}};

int main(void)
{
    ent_ctx *ctx = ent_ctx_new();
    for (size_t k = 0; k < sizeof models / sizeof *models; k++) {
        char *reply = NULL;
        int refused = -1;
        const ent_request request = {.source = models[k].method,
                                     .text = models[k].model,
                                     .len = strlen(models[k].model),
                                     .method = models[k].method};
        CHECK(ent_run(ctx, &request, &reply, NULL) == ENT_OK);
        if (!reply) continue;
        CHECK(strstr(reply, "\"approximate\": 0") != NULL);
        CHECK(ent_verify_text(ctx, "reply", reply, strlen(reply), &refused, NULL) == ENT_OK &&
              refused == 0);
        ent_free(reply);
    }
    ent_ctx_free(ctx);
    return check_end();
}
