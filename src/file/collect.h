/* SPDX-License-Identifier: Apache-2.0 */
/* collect.h - what nobody needs any more. */
#pragma once
#include "file/file.h"

/* Rows that nothing refers to, content that no row names, uploads that nobody goes on with; each a
 * day old at least, so that nothing that is under way is touched. */
MUST_USE err file_collect(
	struct file_store *s, struct db *db, struct arena *a, instant now, int64_t *ret_forgotten);
