/* SPDX-License-Identifier: Apache-2.0 */
/* edit.h - adding, moving, duplicating, deleting. Pure: each changes a tree that is written and
 * read again before it is kept, so that what would break the form never is. Ids never change; what
 * is new gets an id of its own, made from its words. */
#pragma once
#include "builder/things.h"

/* Reads the text as publishing would: INVALID with the path of the fault. */
struct reading_of {
	struct procedure procedure;
	struct form form;
	bool has_form;
};
MUST_USE err edit_check(struct arena *a, str text, struct reading_of *ret);

struct newcomer {
	str title;    /* words: label, name, title */
	str kind;     /* of a question, or of the first one of a page */
	str question; /* words of the first question of a page */
	str field;    /* of a check: the question it speaks of */
};
/* Gives a question what its kind cannot be without. */
void edit_furnish(struct arena *a, const struct tree *root, struct tree *question, str kind);
/* A working form for a procedure that has none. */
void edit_begin(struct arena *a, struct tree *root);
/* After the one with that key; when there is none such, at the end. False when the list is not
 * there. Some ids no form can have: number asks for the next best one, from 0. */
bool edit_add(struct arena *a, struct tree *root, const struct thing *t, str after,
	const struct newcomer *n, int number, str *ret_key);
bool edit_duplicate(
	struct arena *a, struct tree *root, const struct spot_of *s, int number, str *ret_key);
/* After another of its kind; a question to the end of a page, "nguoi-yeu-cau.". False when there is
 * no such place. */
bool edit_move(
	struct arena *a, struct tree *root, const struct spot_of *s, str after, str *ret_key);
/* One place up or down; a question over the edge of its page to the next one. */
bool edit_shift(struct arena *a, struct tree *root, const struct spot_of *s, int by, str *ret_key);

/* Who names it: rules, samples apart. */
struct use {
	const struct thing *thing;
	str key, title;
};
typedef VEC(struct use) use_list;
void edit_uses(struct arena *a, struct tree *root, const struct spot_of *s, use_list *ret);
/* With what samples answered to it. edit_uses says whether anything is in the way. */
void edit_delete(struct arena *a, struct tree *root, const struct spot_of *s);
/* Keys of all of a kind, in their order. */
typedef VEC(str) key_list;
void thing_keys(struct arena *a, struct tree *root, const struct thing *t, key_list *ret);
