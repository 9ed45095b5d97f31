/** ref_relational_document.h - random models of the relational family as documents: small games
 * with many ties, all kinds of terms. */
#ifndef REF_RELATIONAL_DOCUMENT_H
#define REF_RELATIONAL_DOCUMENT_H

#include "base/rng.h"
#include "base/text.h"

typedef enum ref_relational_kind { REF_FINITE, REF_SEPARABLE, REF_PUBLIC_GOOD } ref_relational_kind;

/** ref_relational_document - append one model document. Payoffs are small whole numbers, halves or
 * decimals; coalitions from one player to all; weights equal, given, with zeros, or by table;
 * discount factors from 0 to .99, many of them critical; all renegotiation probabilities. */
void ref_relational_document(ent_rng *rng, ref_relational_kind kind, ent_text *out);

#endif
