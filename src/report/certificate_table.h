/** certificate_table.h - the last table of every answer: how its numbers are backed. The driver
 * adds it; families do not. */
#ifndef ENT_CERTIFICATE_TABLE_H
#define ENT_CERTIFICATE_TABLE_H

#include "io/json.h"
#include "report/table.h"

/** ent_certificate_table - the first checks of a result document with their words, and the counts
 * of the words. Adds nothing when the document was not checked.
 */
void ent_certificate_table(ent_tables *out, const ent_json *result);

#endif
