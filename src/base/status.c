#include "entente/base.h"

static const char *const status_words[] = {
#define ENT_STATUS(code, word, text) [code] = word,
#include "entente/status.def"
#undef ENT_STATUS
};

static const char *const status_texts[] = {
#define ENT_STATUS(code, word, text) [code] = text,
#include "entente/status.def"
#undef ENT_STATUS
};

static const char *const outcome_words[] = {
#define ENT_OUTCOME(code, word, text) [code] = word,
#include "entente/outcome.def"
#undef ENT_OUTCOME
};

const char *ent_status_word(ent_status status)
{
    const size_t k = (size_t)status;
    return k < sizeof status_words / sizeof *status_words ? status_words[k] : "unknown status";
}

const char *ent_status_text(ent_status status)
{
    const size_t k = (size_t)status;
    return k < sizeof status_texts / sizeof *status_texts ? status_texts[k]
                                                          : "This is not a status of Entente.";
}

const char *ent_outcome_word(ent_outcome outcome)
{
    const size_t k = (size_t)outcome;
    return k < sizeof outcome_words / sizeof *outcome_words ? outcome_words[k] : "unknown outcome";
}

const char *ent_version(void) { return ENT_VERSION; }
