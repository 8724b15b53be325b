/* SPDX-License-Identifier: Apache-2.0 */
/* dialect.h - the text of a migration, in the words of one engine. */
#pragma once
#include "db/db.h"

/* Replaces $ID $INT $TIME $BOOL $TEXT and $STRICT, and leaves out the lines of the other engine;
 * quoted text and comments stay as they are. INVALID when there is another $word. */
MUST_USE err dialect_expand(struct arena *a, str text, enum db_engine engine, str *ret);
