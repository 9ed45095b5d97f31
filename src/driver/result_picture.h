/** result_picture.h - the picture that a method draws of its own result documents. */
#ifndef ENT_RESULT_PICTURE_H
#define ENT_RESULT_PICTURE_H

#include "driver/family.h"

/** ent_i_result_picture - with the model's hash in the caption. Returned plot: initialised by the
 * caller.
 * Status  ENT_E_MODEL the document is no result; ENT_E_UNKNOWN its method is not known; ENT_E_ARG
 *         the method has no picture */
ent_status ent_i_result_picture(ent_ctx *ctx, const ent_doc *doc, ent_plot *plot);

#endif
