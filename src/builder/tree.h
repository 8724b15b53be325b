/* SPDX-License-Identifier: Apache-2.0 */
/* tree.h - a JSON text that can be changed: read, edited, written again. Members are written in one
 * order whatever was done before, so that two texts that say the same are the same text, and two
 * versions differ only where they say something else. Pure. */
#pragma once
#include "core/json.h"

struct tree {
	enum json_type type;
	str key;  /* of a member */
	str text; /* of JSON_TEXT; of a number, true, false, null: as JSON writes it */
	VEC(struct tree *) items;
};

struct tree *tree_new(struct arena *a, enum json_type type);
struct tree *tree_of(struct arena *a, const struct json *NULLABLE j);
/* INVALID as json_parse, TOO_LARGE beyond LIMIT_DEFINITION. */
MUST_USE err tree_parse(struct arena *a, str text, struct tree **ret);
struct tree *tree_copy(struct arena *a, const struct tree *t);
/* Members in any order. */
bool tree_equal(const struct tree *NULLABLE x, const struct tree *NULLABLE y);

/* --- looking ---------------------------------------------------------------- */
/* path: "form.pages", one member after another; "" is t itself. */
struct tree *NULLABLE tree_find(const struct tree *NULLABLE t, str path);
struct tree *NULLABLE tree_get(const struct tree *NULLABLE t, const char *path);
str tree_get_text(const struct tree *NULLABLE t, const char *path);
bool tree_is_true(const struct tree *NULLABLE t);
static inline size_t tree_count(const struct tree *NULLABLE t) { return t ? t->items.n : 0; }
/* How people write it: texts as they are, the rest as JSON. */
str tree_shown(struct arena *a, const struct tree *NULLABLE t);

/* --- changing --------------------------------------------------------------- */
/* Puts or replaces; the maps on the way are made. NULL takes the member away, and maps on the way
 * that are then empty. */
void tree_put(struct arena *a, struct tree *t, str path, struct tree *NULLABLE value);
/* "" takes the member away. */
void tree_put_text(struct arena *a, struct tree *t, const char *path, str text);
struct tree *tree_text_of(struct arena *a, str text);
struct tree *tree_int_of(struct arena *a, int64_t n);
struct tree *tree_true(struct arena *a);
void tree_insert(struct arena *a, struct tree *list, size_t at, struct tree *item);
void tree_remove(struct tree *list, size_t at);

/* --- writing ---------------------------------------------------------------- */
/* For people: what fits on a line stands on one. TOO_LARGE beyond LIMIT_DEFINITION. */
MUST_USE err tree_text(struct arena *a, const struct tree *t, str *ret);
/* On one line. */
str tree_line(struct arena *a, const struct tree *t);
