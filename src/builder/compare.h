/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - what differs between two texts of a procedure, in words, question by question and
 * member by member; and two texts that began as one, put together again. Pure. */
#pragma once
#include "builder/condition.h"
#include "builder/edit.h"

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MOVED, CHANGE_CHANGED };
struct change {
	enum change_kind kind;
	const struct thing *NULLABLE thing; /* NULL: the procedure itself */
	str key;                            /* where it is now; "" when it is gone */
	str place;         /* "Trang “Giấy tờ”, câu hỏi “Số bản”" */
	str member;        /* a message; of CHANGE_CHANGED */
	str before, after; /* of CHANGE_MOVED: behind what it stood and stands */
};
typedef VEC(struct change) change_list;
struct side {
	struct tree *root;
	const struct form *NULLABLE form; /* for the words of rules; NULL when it cannot be read */
};
void compare(
	struct arena *a, enum language l, struct side before, struct side after, change_list *ret);
/* A member's value in words. */
str member_words(struct arena *a, enum language l, const struct form *NULLABLE f, str page,
	const struct tree *NULLABLE value);

/* --- three ways ------------------------------------------------------------------ */
/* Both sides changed the same member of the same thing, or one deleted what the other changed. */
struct merge_conflict {
	str path; /* "form.pages[giay-to].fields[so-ban].label" */
	str place, member;
	str base, ours, theirs; /* in words; "" absent */
};
typedef VEC(struct merge_conflict) conflict_list;
struct merge {
	key_list taken;          /* paths for which theirs was chosen; ours is kept else */
	conflict_list conflicts; /* all, chosen or not */
};
/* Members of things that only one side changed are that side's; things with ids are told apart by
 * those, whatever their order. The result need not be a form that can be read. */
struct tree *merge_trees(struct arena *a, enum language l, const struct tree *base,
	const struct tree *ours, const struct tree *theirs, struct merge *m);
