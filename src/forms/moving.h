/* SPDX-License-Identifier: Apache-2.0 */
/* moving.h - a draft and newer versions of its procedure [ERA-1]: it stays with the version it
 * began with until one that came after is in force; then it moves over by itself when nothing typed
 * would be lost, else its owner is told what changed, and what has no place any more is kept to
 * read. */
#pragma once
#include "forms/draft.h"

struct left_over {
	str label, value;
};
struct move {
	struct procedure procedure; /* the version to move to */
	const struct form *form;
	LIST(struct left_over) lost; /* answered questions that it does not have any more */
	LIST(str) added;             /* labels of questions that it asks anew */
};
/* *ret_due: another version is in force than the draft's. */
MUST_USE err move_find(struct conn *c, struct arena *a, const struct draft *d,
	const struct form *now, const struct answers *given, const struct form_source *x,
	struct move *ret, bool *ret_due);
/* Moves it; what is lost is kept beside the answers. CONFLICT when the draft moved on. */
MUST_USE err move_draft(
	struct conn *c, struct arena *a, const struct draft *d, const struct move *m);
/* What an earlier move left over. */
MUST_USE err move_left_over(
	struct arena *a, const struct draft *d, struct left_over **ret, size_t *ret_n);
