/* SPDX-License-Identifier: Apache-2.0 */
/* reading.h - a JSON text read strictly: what is missing, of another type or unknown is an error
 * that says where it stands ("channels[0].fees[1].amount: must be a number"). The first error
 * sticks, so a reader goes on to its end without checks and asks once. */
#pragma once
#include "core/json.h"

struct reading {
	struct arena *a;
	err failed; /* the first fault, or NULL */
};
/* A place in the text, linked to the place around it; lives on the stack of its reader. */
struct spot {
	const struct spot *NULLABLE up;
	const char *NULLABLE key; /* of a member; NULL for an element */
	size_t index;
	const struct json *NULLABLE j;
};

void reading_wrong(struct reading *r, const struct spot *s, const char *what);
struct spot spot_member(const struct spot *up, const char *key);
struct spot spot_element(const struct spot *list, size_t i);
/* An object that has no members but these; the list ends with NULL. */
void reading_object(struct reading *r, const struct spot *s, const char *const *known);

/* A member that must be there, and be text that is not empty. */
str reading_need(struct reading *r, const struct spot *up, const char *key);
/* A member that may be absent: "" then. */
str reading_text(struct reading *r, const struct spot *up, const char *key);
bool reading_bool(struct reading *r, const struct spot *up, const char *key, bool fallback);
int64_t reading_int(struct reading *r, const struct spot *up, const char *key, int64_t least,
	int64_t most, int64_t fallback);
/* Number of elements of a list that may be absent; another type is wrong. */
size_t reading_count(struct reading *r, const struct spot *list);
/* A list of texts, none of them empty. */
void reading_texts(
	struct reading *r, const struct spot *up, const char *key, str **ret_items, size_t *ret_n);
#define READING_TEXTS(r, up, key, list) reading_texts((r), (up), (key), &(list)->items, &(list)->n)
