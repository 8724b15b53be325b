/* SPDX-License-Identifier: Apache-2.0 */
/* version_pages.h - differences as pages show them. */
#pragma once
#include "builder/bench.h"

/* after: of the bench, so that what is there can be opened. */
void changes_fill(struct out *o, const struct bench *b, struct side before, struct side after,
	struct changes_part *m);
/* The text of a published version as a side. */
MUST_USE err side_published(struct arena *a, struct conn *c, int64_t version_id, struct side *ret);
