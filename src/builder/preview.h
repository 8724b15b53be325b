/* SPDX-License-Identifier: Apache-2.0 */
/* preview.h - pieces that several pages of the builder are made of. */
#pragma once
#include "builder/bench.h"

/* The page as a citizen sees it, with every question that could be asked. */
MUST_USE err preview_of(struct req *r, const struct bench *b, const struct form_page *p, html *ret);
MUST_USE err preview_beside(struct req *r, const struct bench *b, str page, struct thing_page *m);
void list_fill(struct out *o, const struct bench *b, const struct thing *t, str parent,
	struct list_part *ret);
void tasks_fill(struct out *o, const struct bench *b, const remark_list *remarks,
	struct task_row **ret, size_t *ret_n, size_t *ret_stops);
