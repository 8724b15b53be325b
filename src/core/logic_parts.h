/* SPDX-License-Identifier: Apache-2.0 */
/* logic_parts.h - what the files behind logic.h share. */
#pragma once
#include "core/logic.h"

/* weight and depth are those of the value written out, where what is shared counts as often as it
 * is met: 30 lists of two make a billion elements. */
struct logic_list {
	const struct logic_value *items;
	size_t n, weight;
	unsigned depth;
};

/* One evaluation. */
struct logic_run {
	struct arena *a;
	size_t steps; /* taken so far */
};

/* An operation at work on arguments that are evaluated. */
struct logic_call {
	const struct logic_value *items;
	size_t n;
	struct logic_value data;
	int how; /* tells apart the operations of one function */
};
typedef err logic_function(
	struct logic_run *x, const struct logic_call *c, struct logic_value *ret);
struct logic_operation {
	str word;
	logic_function *run;
	int how;
};
/* NULL when there is none, or it evaluates its arguments itself. */
const struct logic_operation *NULLABLE logic_operation_find(str word);

/* An operation, an element or 64 bytes of text that are looked at cost a step, a number that is
 * written two. */
MUST_USE err logic_spend(struct logic_run *x, size_t steps);
MUST_USE err logic_spend_text(struct logic_run *x, str s);
MUST_USE err logic_too_deep(struct logic_run *x);
/* Refuses a list that would be too heavy or too deep. */
MUST_USE err logic_make_list(
	struct logic_run *x, const struct logic_value *items, size_t n, struct logic_value *ret);

/* --- values ----------------------------------------------------------------- */
size_t logic_weight(struct logic_value v);
unsigned logic_depth(struct logic_value v);
/* The same map, or read from the same place of a rule. */
bool logic_map_same(const struct logic_map *a, const struct logic_map *b);
/* === */
MUST_USE err logic_same(struct logic_run *x, struct logic_value a, struct logic_value b, bool *ret);
/* == */
MUST_USE err logic_equal(
	struct logic_run *x, struct logic_value a, struct logic_value b, bool *ret);
/* How two values lie to each other: one bit, or none when they have no order. */
enum { LOGIC_LESS = 1, LOGIC_LEVEL = 2, LOGIC_MORE = 4 };
MUST_USE err logic_order(struct logic_run *x, struct logic_value a, struct logic_value b, int *ret);
/* String(v), Number(v) and parseFloat(v) */
MUST_USE err logic_text_of(struct logic_run *x, struct logic_value v, str *ret);
MUST_USE err logic_number_of(struct logic_run *x, struct logic_value v, double *ret);
MUST_USE err logic_float_of(struct logic_run *x, struct logic_value v, double *ret);
/* Appends what Array.join makes of an element: nothing of what is null. */
MUST_USE err logic_join(struct logic_run *x, struct buf *b, struct logic_value v);

/* --- numbers and texts -------------------------------------------------------- */
str logic_number_text(struct arena *a, double n);
double logic_text_number(struct arena *a, str s);
/* The number that a text begins with; NaN when it begins with none. */
double logic_text_float(struct arena *a, str s);
/* Lengths and places count UTF-16 units, as in JavaScript. */
size_t logic_units(str s);
str logic_slice(struct arena *a, str s, size_t from, size_t n);
/* By UTF-16 units: <0, 0, >0. */
int logic_text_compare(str a, str b);
