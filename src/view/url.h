/* SPDX-License-Identifier: Apache-2.0 */
/* url.h - percent-encoding, shared by the files of view/. */
#pragma once
#include "view/out.h"

/* Appends s so that it stays one piece of a path or one value of a query: only the unreserved
 * characters of RFC 3986 2.3 stay as they are, which are also harmless in HTML. */
void url_encode(struct buf *b, str s);
