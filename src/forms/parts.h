/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder share and no other folder includes. */
#pragma once
#include "core/map.h"
#include "forms/form.h"

/* --- where in the definition a fault lies --------------------------------- */
/* Lives on the stack of the reader, so that a path is only written when something is wrong. */
struct place {
	const struct place *NULLABLE up;
	str name;  /* of a member … */
	size_t at; /* … or, when name is empty, the place in a list */
};
/* INVALID: "form.pages[2].fields[0].kind: what is wrong" */
err fault_at(struct arena *a, const struct place *p, str what);
#define FAULT(a, p, ...) fault_at((a), (p), arena_printf((a), __VA_ARGS__))

/* A condition: only known operations, only fields of `earlier` (id → struct form_field), compared
 * with values that they can have. */
MUST_USE err logic_check(
	struct arena *a, const struct json *rule, const struct place *p, const struct map *earlier);

/* --- texts ----------------------------------------------------------------- */
/* The English text on English pages, where there is one. */
str form_text(enum language l, str vietnamese, str english);
str form_label(enum language l, const struct form_field *f);

/* --- answers --------------------------------------------------------------- */
/* The pieces of a many-valued answer, one after another: while (answer_next(&rest, &piece)). */
bool answer_next(str *rest, str *ret_piece);
/* The choices of a field, from the definition or its code list. */
typedef LIST(struct form_option) form_options;
MUST_USE err form_options_of(struct arena *a, const struct form_source *x,
	const struct form_field *f, form_options *ret);
const struct form_option *NULLABLE form_option_find(const form_options *options, str value);
/* One choice, without reading the rest of its list; *ret NULL when the field has none such. */
MUST_USE err form_option_get(struct arena *a, const struct form_source *x,
	const struct form_field *f, str value, const struct form_option *NULLABLE *ret);
/* One field, when it applies; appends what is wrong with it. */
MUST_USE err form_check_field(struct arena *a, const struct form_source *x,
	const struct form_field *f, const struct answers *s, field_errors *errors);
void form_error_add(struct arena *a, field_errors *errors, str field, str message);
bool form_field_required(const struct form_field *f, const struct answers *s);

/* Day, month and year as they stand in the boxes, from a date or from what was typed. */
struct date_typed {
	str day, month, year;
};
struct date_typed date_typed_of(struct arena *a, str value);

/* A commune's answer is its code; while only the province is chosen, "province/". */
#define COMMUNE_OPEN '/'
bool commune_open(str value, str *ret_province);
