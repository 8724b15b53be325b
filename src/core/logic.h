/* SPDX-License-Identifier: Apache-2.0 */
/* logic.h - rules of JSONLogic over values, with the meaning that the reference implementation in
 * JavaScript (json-logic-js 2) gives them; web/logic.js is its twin for browsers and
 * tests/logic/ keeps the two together.
 *
 * A rule is JSON. A map of one member is an operation, named by its key; a list is the list of what
 * its rules give; anything else stands for itself. The operations are
 *
 *	var missing missing_some   if ?: and or ! !!   == === != !== < <= > >=   + - * / % min max
 *	map filter reduce all none some merge in   cat substr log
 *
 * and two of our own, each of two dates as "YYYY-MM-DD", null unless both are: years_between counts
 * whole years as birthdays do (who was born on 29 February turns a year older on 1 March), and
 * days_between counts days. Both are negative when the second date is the earlier one.
 *
 * Where the reference lets the language show through, this does not: a name finds own members only
 * ("constructor" finds nothing), data is never taken for a rule (which missing does with a name
 * that is a map), log prints nothing, and half of a surrogate pair is U+FFFD.
 *
 * An evaluation takes no more steps and makes no longer texts and lists than the LIMIT_LOGIC_
 * ceilings allow, whatever rule and data are; with them end its time, memory and stack. */
#pragma once
#include "core/json.h"

/* LOGIC_ABSENT is what JavaScript calls undefined: an argument or a member that is not there. */
enum logic_type {
	LOGIC_ABSENT,
	LOGIC_NULL,
	LOGIC_BOOL,
	LOGIC_NUMBER,
	LOGIC_TEXT,
	LOGIC_LIST,
	LOGIC_MAP,
};

struct logic_list;
struct logic_map;

/* Lists and maps are shared, not copied; two are the same only when they are one. */
struct logic_value {
	enum logic_type type;
	union {
		bool yes;
		double number;
		str text; /* well-formed UTF-8 */
		const struct logic_list *list;
		const struct logic_map *map;
	};
};

static inline struct logic_value logic_null(void)
{
	return (struct logic_value){ .type = LOGIC_NULL };
}
static inline struct logic_value logic_bool(bool yes)
{
	return (struct logic_value){ .type = LOGIC_BOOL, .yes = yes };
}
static inline struct logic_value logic_number(double n)
{
	return (struct logic_value){ .type = LOGIC_NUMBER, .number = n };
}
/* Borrowed, as everything that a value holds. */
static inline struct logic_value logic_text(str s)
{
	return (struct logic_value){ .type = LOGIC_TEXT, .text = s };
}
struct logic_value logic_list(struct arena *a, const struct logic_value *items, size_t n);

/* A map is filled, then used: nothing may be put into one that is in a list or in another map. */
struct logic_map *logic_map_new(struct arena *a);
/* What it has not, it has from `outer`, whose members are not written with it. */
struct logic_map *logic_map_within(struct arena *a, const struct logic_map *outer);
/* Puts or replaces. The key must live as long as the map. */
void logic_map_put(struct logic_map *m, str key, struct logic_value v);
static inline struct logic_value logic_map(const struct logic_map *m)
{
	return (struct logic_value){ .type = LOGIC_MAP, .map = m };
}

/* Texts are borrowed from the JSON. */
struct logic_value logic_of_json(struct arena *a, const struct json *NULLABLE j);
/* False, null, 0, NaN, "" and the empty list are false; "0" and every map are true. */
bool logic_truth(struct logic_value v);
/* The member of a map, the element or "length" of a list, the UTF-16 unit or "length" of a text;
 * absent when there is no such part. */
struct logic_value logic_member(struct arena *a, struct logic_value of, str key);

/* INVALID for an operation that is not known, arguments that it cannot take, or a ceiling that was
 * reached. The value may borrow from the rule and from the data. */
MUST_USE err logic_apply(struct arena *a, const struct json *NULLABLE rule, struct logic_value data,
	struct logic_value *ret);
/* As JavaScript writes it: a number in its shortest form, null for what JSON has no word for. */
void logic_put(struct json_out *o, struct logic_value v);
