/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder that work with a form share. */
#pragma once
#include "core/map.h"
#include "forms/form.h"

/* --- rules ------------------------------------------------------------------ */
/* Names that a rule reads, each once, onto the list. */
typedef VEC(str) name_list;
void rule_names(struct arena *a, const struct json *NULLABLE rule, name_list *into);
bool names_have(const name_list *names, str name);
/* As JSON, for an attribute; "" for NULL. */
str rule_text(struct arena *a, const struct json *NULLABLE rule);

/* --- choices --------------------------------------------------------------- */
typedef LIST(struct form_option) form_options;
/* The choices of a field, from the definition or its code list; of one that depends on another
 * answer those that it offers. */
MUST_USE err form_options_of(struct arena *a, const struct form_source *x,
	const struct form_field *f, const struct answers *s, form_options *ret);
const struct form_option *NULLABLE form_option_find(const form_options *options, str value);
/* One choice, without reading the rest of its list, offered or not; *ret NULL when the field has
 * none such. */
MUST_USE err form_option_get(struct arena *a, const struct form_source *x,
	const struct form_field *f, str value, const struct form_option *NULLABLE *ret);
/* Is it offered for these answers? */
bool form_option_offered(
	const struct form_field *f, const struct form_option *o, const struct answers *s);

/* --- checks ----------------------------------------------------------------- */
/* What one kind finds: no message, no fault. part: the box of the field that is to be mended. */
struct finding {
	str message, part;
};
struct checking {
	struct arena *a;
	const struct form_source *source;
	const struct answers *answers;
};
/* A value that is there; check_values.c. */
MUST_USE err check_value(
	struct checking *x, const struct form_field *f, str value, struct finding *ret);
struct finding when_missing(struct checking *x, const struct form_field *f);
MUST_USE err form_check_field(struct arena *a, const struct form_source *x,
	const struct form_field *f, const struct answers *s, field_errors *errors);
void form_error_add(struct arena *a, field_errors *errors, str field, str message);

/* --- values ------------------------------------------------------------------ */
/* Day, month and year as they stand in the boxes, from a date or from what was typed. */
struct date_typed {
	str day, month, year;
};
struct date_typed date_typed_of(struct arena *a, str value);
/* "2026-11-23", "2026-11" or "2026", of days that exist. */
bool date_readable(str value);
/* First and last day that a whole or partial date can mean. False when it is none. */
bool date_span(str value, day *ret_first, day *ret_last);
/* 125 and 1 decimal: "12.5"; trailing zeros go. */
str decimal_text(struct arena *a, int64_t units, int decimals);
/* "12.5" as people write it: 12,5. */
str decimal_shown(struct arena *a, enum language l, str value);
/* As people write it: 27/03/1990, 03/1990, 1990. */
str date_shown(struct arena *a, str value);
/* "12.5" and 1 decimal: 125. False when it is none, or finer. */
bool decimal_units(str text, int decimals, int64_t *ret);
bool digits_only(str s);

/* A commune's answer is its reference (unit_find); before it is chosen, "province/". */
#define COMMUNE_OPEN '/'
bool commune_open(str value, str *ret_province);
/* What is kept of a province and a commune below it that were posted. */
MUST_USE err commune_kept(
	struct arena *a, const struct form_source *x, str province, str chosen, str *ret);
MUST_USE err commune_shown(struct arena *a, const struct form_source *x, str value, str *ret);
/* One value as people read it; the answer's kind says how. */
MUST_USE err form_value_shown(struct arena *a, const struct form_source *x,
	const struct form_field *f, str value, str *ret);
