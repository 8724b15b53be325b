/* SPDX-License-Identifier: Apache-2.0 */
/* moving.h - a draft and newer versions of its procedure [ERA-1]: it stays with the version it
 * began with until one that came after is in force; then it moves over by itself when nothing typed
 * would be lost, else its owner is told what changed, and what has no place any more is kept to
 * read. */
#pragma once
#include "forms/draft.h"

struct left_over {
	str label, value;
	bool again; /* still asked, in a way that cannot read this answer */
};
struct move {
	struct procedure procedure; /* the version to move to */
	const struct form *form;
	LIST(struct left_over) lost; /* answers that have no place in it */
	LIST(str) added;             /* labels of questions that it asks anew */
	str answers;                 /* as it has them */
};
/* The answer to `before` as one to `after`, the same question of another version; "" when that
 * cannot read it. answers: of form_applying, with the first. */
MUST_USE err answer_carried(struct arena *a, const struct form_source *x,
	const struct form_field *before, const struct form_field *after, str value,
	const struct answers *answers, str *ret);
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
