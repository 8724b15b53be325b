/* SPDX-License-Identifier: Apache-2.0 */
/* rules.h - types of what rules read and give: for form_rules.c and rule_operations.c alone. */
#pragma once
#include "forms/definition.h"

enum type_kind {
	TYPE_ANY, /* nothing is known of it */
	TYPE_NULL,
	TYPE_BOOL,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_CHOICE, /* one of a field's options, "yes" or "no" */
	TYPE_CHOICES,
	TYPE_ITEMS, /* of a repeated page */
	TYPE_LIST,
};
struct type {
	enum type_kind kind;
	const struct form_field *NULLABLE field; /* of choices */
	const struct form_page *NULLABLE page;   /* of items */
	const struct json *NULLABLE literal;
};

/* What names mean at a place in a rule. Inside of map and its like data is the element alone. */
enum frame_kind { FRAME_FORM, FRAME_ELEMENT, FRAME_REDUCE };
struct frame {
	enum frame_kind kind;
	struct type element, accumulator;
};
struct check {
	struct arena *a;
	const struct rule_scope *scope;
	const struct frame *frame;
	int depth;
};

/* The type of what a rule gives, or why it is wrong. */
MUST_USE err infer(
	struct check x, const struct json *NULLABLE rule, const struct place *p, struct type *ret);
/* {"word": args}; *ret_known false when there is no such operation. */
MUST_USE err infer_operation(struct check x, str word, const struct json *NULLABLE args,
	const struct place *p, struct type *ret, bool *ret_known);
MUST_USE err infer_var(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret);
/* "yes" and "no" are both true as texts: who writes only {"var": …} means something else. */
MUST_USE err check_truth(struct check x, struct type t, const struct place *p);
/* Two operands that may be compared; literals take the type of the other. */
MUST_USE err fit(struct check x, struct type *a, struct type *b, const struct place *p);
MUST_USE err fit_literal(struct check x, struct type *t, struct type other, const struct place *p);
bool is_many(struct type t);
const char *words_of(enum type_kind kind);
