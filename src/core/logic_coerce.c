/* SPDX-License-Identifier: Apache-2.0 */
/* logic_coerce.c - values as texts and numbers, and how two of them compare: the abstract
 * operations of ECMAScript that have these names. */
#include "core/logic_parts.h"

#include <math.h>

#define TEXT_STEP 64
#define NUMBER_STEPS 2 /* to find the shortest digits */

err logic_spend(struct logic_run *x, size_t steps)
{
	if (steps > LIMIT_LOGIC_STEPS - x->steps)
		return FAIL(x->a, INVALID, "more than %d steps", LIMIT_LOGIC_STEPS);
	x->steps += steps;
	return NULL;
}

err logic_spend_text(struct logic_run *x, str s) { return logic_spend(x, s.n / TEXT_STEP); }

err logic_too_deep(struct logic_run *x)
{
	return FAIL(x->a, INVALID, "more than %d lists and maps in each other", LIMIT_LOGIC_DEPTH);
}

err logic_make_list(
	struct logic_run *x, const struct logic_value *items, size_t n, struct logic_value *ret)
{
	struct logic_value v = logic_list(x->a, items, n);

	if (v.list->weight > LIMIT_LOGIC_ITEMS)
		return FAIL(x->a, INVALID, "a list of more than %d elements", LIMIT_LOGIC_ITEMS);
	if (v.list->depth > LIMIT_LOGIC_DEPTH)
		return logic_too_deep(x);
	*ret = v;
	return NULL;
}

static bool is_nothing(struct logic_value v) { return v.type <= LOGIC_NULL; }

static bool is_object(struct logic_value v) { return v.type >= LOGIC_LIST; }

/* --- as text and as number ------------------------------------------------------ */

err logic_join(struct logic_run *x, struct buf *b, struct logic_value v)
{
	str text;

	TRY(logic_spend(x, 1));
	if (is_nothing(v))
		return NULL;
	if (v.type != LOGIC_LIST) {
		TRY(logic_text_of(x, v, &text));
		buf_add(b, text);
		return b->overflow ? FAIL(x->a, INVALID, "a text of more than %zu bytes", b->max)
				   : logic_spend_text(x, text);
	}
	for (size_t i = 0; i < v.list->n; i++) {
		if (i)
			buf_char(b, ',');
		TRY(logic_join(x, b, v.list->items[i]));
	}
	return NULL;
}

static err map_text(struct logic_run *x, struct logic_value map, str *ret)
{
	/* It hides the function that would be called. */
	if (logic_member(x->a, map, S("toString")).type != LOGIC_ABSENT)
		return FAIL(x->a, INVALID, "a map that has no text");
	*ret = S("[object Object]");
	return NULL;
}

err logic_text_of(struct logic_run *x, struct logic_value v, str *ret)
{
	struct buf b;

	switch (v.type) {
	case LOGIC_ABSENT: *ret = S("undefined"); break;
	case LOGIC_NULL: *ret = S("null"); break;
	case LOGIC_BOOL: *ret = v.yes ? S("true") : S("false"); break;
	case LOGIC_NUMBER:
		*ret = logic_number_text(x->a, v.number);
		return logic_spend(x, NUMBER_STEPS);
	case LOGIC_TEXT: *ret = v.text; break;
	case LOGIC_LIST:
		b = buf_in(x->a, LIMIT_LOGIC_TEXT);
		TRY(logic_join(x, &b, v));
		*ret = buf_str(&b);
		break;
	case LOGIC_MAP: return map_text(x, v, ret);
	}
	return NULL;
}

/* As the first half of every conversion: lists and maps become their texts. */
static err primitive(struct logic_run *x, struct logic_value v, struct logic_value *ret)
{
	str text;

	*ret = v;
	if (!is_object(v))
		return NULL;
	TRY(logic_text_of(x, v, &text));
	*ret = logic_text(text);
	return NULL;
}

err logic_number_of(struct logic_run *x, struct logic_value v, double *ret)
{
	TRY(primitive(x, v, &v));
	if (v.type == LOGIC_TEXT) {
		TRY(logic_spend_text(x, v.text));
		*ret = logic_text_number(x->a, v.text);
		return NULL;
	}
	*ret = v.type == LOGIC_NUMBER  ? v.number
		: v.type == LOGIC_BOOL ? v.yes
		: v.type == LOGIC_NULL ? 0
				       : NAN;
	return NULL;
}

err logic_float_of(struct logic_run *x, struct logic_value v, double *ret)
{
	str text;

	if (v.type == LOGIC_NUMBER) {
		*ret = v.number == 0 ? 0 : v.number; /* -0 is written without its sign */
		return NULL;
	}
	TRY(logic_text_of(x, v, &text));
	TRY(logic_spend_text(x, text));
	*ret = logic_text_float(x->a, text);
	return NULL;
}

/* --- comparing -------------------------------------------------------------------- */

static err same_text(struct logic_run *x, str a, str b, bool *ret)
{
	if (a.n == b.n)
		TRY(logic_spend_text(x, a));
	*ret = str_eq(a, b);
	return NULL;
}

err logic_same(struct logic_run *x, struct logic_value a, struct logic_value b, bool *ret)
{
	*ret = false;
	if (a.type != b.type)
		return NULL;
	switch (a.type) {
	case LOGIC_ABSENT:
	case LOGIC_NULL: *ret = true; break;
	case LOGIC_BOOL: *ret = a.yes == b.yes; break;
	case LOGIC_NUMBER: *ret = a.number == b.number; break;
	case LOGIC_TEXT: return same_text(x, a.text, b.text, ret);
	case LOGIC_LIST: *ret = a.list == b.list; break;
	case LOGIC_MAP: *ret = logic_map_same(a.map, b.map); break;
	}
	return NULL;
}

err logic_equal(struct logic_run *x, struct logic_value a, struct logic_value b, bool *ret)
{
	double m, n;

	if (is_nothing(a) || is_nothing(b)) {
		*ret = is_nothing(a) && is_nothing(b);
		return NULL;
	}
	if (is_object(a) && is_object(b))
		return logic_same(x, a, b, ret);
	TRY(primitive(x, a, &a));
	TRY(primitive(x, b, &b));
	if (a.type == b.type)
		return logic_same(x, a, b, ret);
	TRY(logic_number_of(x, a, &m));
	TRY(logic_number_of(x, b, &n));
	*ret = m == n;
	return NULL;
}

err logic_order(struct logic_run *x, struct logic_value a, struct logic_value b, int *ret)
{
	double m, n;

	TRY(primitive(x, a, &a));
	TRY(primitive(x, b, &b));
	if (a.type == LOGIC_TEXT && b.type == LOGIC_TEXT) {
		TRY(logic_spend_text(x, a.text.n < b.text.n ? a.text : b.text));
		int by = logic_text_compare(a.text, b.text);
		*ret = by < 0 ? LOGIC_LESS : by > 0 ? LOGIC_MORE : LOGIC_LEVEL;
		return NULL;
	}
	TRY(logic_number_of(x, a, &m));
	TRY(logic_number_of(x, b, &n));
	*ret = m < n ? LOGIC_LESS : m > n ? LOGIC_MORE : m == n ? LOGIC_LEVEL : 0;
	return NULL;
}
