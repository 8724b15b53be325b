/* SPDX-License-Identifier: Apache-2.0 */
/* memory.h - what a person answered before, by the word that a question remembers by: offered to
 * choose from in later applications, of any procedure [C32-8.2, C32-11.5]. Only the person's own;
 * the newest of each word stay. */
#pragma once
#include "forms/form.h"

/* Persons that were named in forms, all parts at once. */
#define MEMORY_PERSON S("nguoi")

struct memory {
	int64_t id;
	str word, value, label;
};
/* In the submitting transaction. */
MUST_USE err memory_keep(struct conn *c, struct arena *a, const struct form *f,
	const struct answers *applying, int64_t owner, instant now);
MUST_USE err memory_list(
	struct conn *c, struct arena *a, int64_t owner, struct memory **ret, size_t *ret_n);
/* The parts of a remembered person put into a question of the page; false when it has none such. */
bool memory_fill_person(struct arena *a, const struct form_page *p, str question,
	const struct memory *person, struct answers *s);
