/* SPDX-License-Identifier: Apache-2.0 */
/* logic_ops.c - the operations that take their arguments evaluated. */
#include "core/civil.h"
#include "core/logic_parts.h"

#include <math.h>

static struct logic_value arg(const struct logic_call *c, size_t i)
{
	return i < c->n ? c->items[i] : (struct logic_value){ 0 };
}

static bool is_given(const struct logic_call *c, size_t i)
{
	return arg(c, i).type != LOGIC_ABSENT;
}

/* --- data ----------------------------------------------------------------------- */

/* "a.b.0" is walked part by part; a part may be empty. */
static err look_up(struct logic_run *x, struct logic_value data, str path, struct logic_value *ret)
{
	bool more = true;
	str key;

	while (more && data.type > LOGIC_NULL) {
		more = str_cut(path, '.', &key, &path);
		TRY(logic_spend(x, 1 + key.n / 64));
		if (data.type == LOGIC_TEXT)
			TRY(logic_spend_text(x, data.text));
		data = logic_member(x->a, data, key);
	}
	/* null is what was looked for, or what the rest of the path was looked for in */
	*ret = more ? (struct logic_value){ 0 } : data;
	return NULL;
}

static err op_var(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	struct logic_value name = arg(c, 0);
	str path;

	*ret = c->data;
	if (name.type <= LOGIC_NULL || (name.type == LOGIC_TEXT && !name.text.n))
		return NULL;
	TRY(logic_text_of(x, name, &path));
	TRY(look_up(x, c->data, path, ret));
	if (ret->type == LOGIC_ABSENT)
		*ret = is_given(c, 1) ? arg(c, 1) : logic_null();
	return NULL;
}

/* A name that is a list is the arguments of var: a name and what stands for it. */
static err is_missing(
	struct logic_run *x, struct logic_value data, struct logic_value name, bool *ret)
{
	struct logic_call c = { .items = &name, .n = 1, .data = data };
	struct logic_value found;

	if (name.type == LOGIC_LIST) {
		c.items = name.list->items;
		c.n = name.list->n;
	}
	TRY(logic_spend(x, 1));
	TRY(op_var(x, &c, &found));
	*ret = found.type == LOGIC_NULL || (found.type == LOGIC_TEXT && !found.text.n);
	return NULL;
}

static err op_missing(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	struct logic_value first = arg(c, 0);
	bool listed = first.type == LOGIC_LIST, is;
	const struct logic_value *names = listed ? first.list->items : c->items;
	size_t n = listed ? first.list->n : c->n;
	VEC(struct logic_value) found = { 0 };

	for (size_t i = 0; i < n; i++) {
		TRY(is_missing(x, c->data, names[i], &is));
		if (is)
			*VEC_PUSH(x->a, &found) = names[i];
	}
	return logic_make_list(x, found.items, found.n, ret);
}

static err op_missing_some(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	struct logic_value names = arg(c, 1), missing = logic_null();
	struct logic_call inner = { .items = &names, .n = 1, .data = c->data };
	double n, least;

	if (names.type <= LOGIC_NULL)
		return FAIL(x->a, INVALID, "missing_some takes a number and a list of names");
	if (names.type == LOGIC_LIST) {
		inner.items = names.list->items;
		inner.n = names.list->n;
	}
	if (names.type == LOGIC_TEXT)
		TRY(logic_spend_text(x, names.text));
	TRY(op_missing(x, &inner, &missing));
	TRY(logic_number_of(x, logic_member(x->a, names, S("length")), &n));
	TRY(logic_number_of(x, arg(c, 0), &least));
	if (n - (double)missing.list->n >= least)
		return logic_make_list(x, NULL, 0, ret);
	*ret = missing;
	return NULL;
}

/* --- comparing ------------------------------------------------------------------ */

/* how: whether it asks that they differ. */
static err op_equal(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	bool is;

	TRY(logic_equal(x, arg(c, 0), arg(c, 1), &is));
	*ret = logic_bool(is == !c->how);
	return NULL;
}

static err op_same(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	bool is;

	TRY(logic_same(x, arg(c, 0), arg(c, 1), &is));
	*ret = logic_bool(is == !c->how);
	return NULL;
}

/* how: the bits of logic_order that it asks for. */
static err op_order(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	int order;

	TRY(logic_order(x, arg(c, 0), arg(c, 1), &order));
	*ret = logic_bool(order & c->how);
	return NULL;
}

/* A third argument makes it a between. */
static err op_rising(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	int order;

	TRY(op_order(x, c, ret));
	if (!ret->yes || !is_given(c, 2))
		return NULL;
	TRY(logic_order(x, arg(c, 1), arg(c, 2), &order));
	*ret = logic_bool(order & c->how);
	return NULL;
}

static err op_truth(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	*ret = logic_bool(logic_truth(arg(c, 0)) == !c->how);
	return NULL;
}

/* --- numbers ---------------------------------------------------------------------- */

static err op_plus(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	double sum = 0, n;

	for (size_t i = 0; i < c->n; i++) {
		TRY(logic_float_of(x, c->items[i], &n));
		sum += n;
	}
	*ret = logic_number(sum);
	return NULL;
}

/* One argument stays what it is, a text too. */
static err op_times(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	double n;

	if (!c->n)
		return FAIL(x->a, INVALID, "* takes at least one argument");
	struct logic_value product = c->items[0];
	for (size_t i = 1; i < c->n; i++) {
		double so_far;
		TRY(logic_float_of(x, product, &so_far));
		TRY(logic_float_of(x, c->items[i], &n));
		product = logic_number(so_far * n);
	}
	*ret = product;
	return NULL;
}

/* how: the sign. */
static err op_arithmetic(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	double a, b;

	TRY(logic_number_of(x, arg(c, 0), &a));
	TRY(logic_number_of(x, arg(c, 1), &b));
	if (c->how == '-')
		*ret = logic_number(is_given(c, 1) ? a - b : -a);
	else
		*ret = logic_number(c->how == '/' ? a / b : fmod(a, b));
	return NULL;
}

/* how: 1 for the greatest, -1 for the least. */
static err op_extreme(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	double best = -c->how * INFINITY, n;

	for (size_t i = 0; i < c->n; i++) {
		TRY(logic_number_of(x, c->items[i], &n));
		/* Zero is above -0, here alone. */
		bool better = n == best
			? signbit(n) != signbit(best) && signbit(best) == (c->how > 0)
			: c->how * n > c->how * best;
		if (isnan(n) || better)
			best = isnan(best) ? best : n;
	}
	*ret = logic_number(best);
	return NULL;
}

/* --- texts ------------------------------------------------------------------------ */

static err op_cat(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	struct buf b = buf_in(x->a, LIMIT_LOGIC_TEXT);

	for (size_t i = 0; i < c->n; i++)
		TRY(logic_join(x, &b, c->items[i]));
	*ret = logic_text(buf_str(&b));
	return NULL;
}

/* Whole, within what there is, and 0 for what is not a number. */
static size_t clamp(double n, double most)
{
	n = trunc(n);
	return n >= most ? (size_t)most : n > 0 ? (size_t)n : 0;
}

/* How many units of those that are left a length means. Below 0 it leaves out as many from the
 * end; but a text then adds its digits to those of the count, which is never a number. */
static err units_taken(struct logic_run *x, struct logic_value length, double left, size_t *ret)
{
	double n;

	if (length.type == LOGIC_ABSENT) {
		*ret = (size_t)left;
		return NULL;
	}
	TRY(logic_number_of(x, length, &n));
	if (n < 0)
		n = length.type == LOGIC_NUMBER ? left + n : 0;
	*ret = clamp(n, left);
	return NULL;
}

static err op_substr(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	double from;
	size_t n;
	str text;

	TRY(logic_text_of(x, arg(c, 0), &text));
	TRY(logic_spend_text(x, text));
	TRY(logic_number_of(x, arg(c, 1), &from));
	double units = (double)logic_units(text);
	size_t at = clamp(from <= -1 ? units + trunc(from) : from, units);
	TRY(units_taken(x, arg(c, 2), units - (double)at, &n));
	*ret = logic_text(logic_slice(x->a, text, at, n));
	return NULL;
}

static err in_list(
	struct logic_run *x, struct logic_value v, const struct logic_list *list, bool *ret)
{
	*ret = false;
	TRY(logic_spend(x, list->n));
	for (size_t i = 0; i < list->n && !*ret; i++)
		TRY(logic_same(x, list->items[i], v, ret));
	return NULL;
}

static err op_in(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	struct logic_value in = arg(c, 1);
	bool is = false;
	str what;

	if (in.type == LOGIC_LIST) {
		TRY(in_list(x, arg(c, 0), in.list, &is));
	} else if (in.type == LOGIC_TEXT && in.text.n) {
		TRY(logic_text_of(x, arg(c, 0), &what));
		TRY(logic_spend_text(x, in.text));
		is = str_has(in.text, what);
	}
	*ret = logic_bool(is);
	return NULL;
}

static err op_log(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	*ret = arg(c, 0);
	return NULL;
}

/* --- lists ------------------------------------------------------------------------ */

static err op_merge(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	VEC(struct logic_value) all = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		struct logic_value v = c->items[i];
		bool listed = v.type == LOGIC_LIST;
		size_t n = listed ? v.list->n : 1;
		TRY(logic_spend(x, n));
		for (size_t k = 0; k < n; k++)
			*VEC_PUSH(x->a, &all) = listed ? v.list->items[k] : v;
	}
	return logic_make_list(x, all.items, all.n, ret);
}

/* --- dates ------------------------------------------------------------------------ */

static bool two_dates(const struct logic_call *c, day *ret_from, day *ret_to)
{
	struct logic_value from = arg(c, 0), to = arg(c, 1);

	return from.type == LOGIC_TEXT && to.type == LOGIC_TEXT && day_parse(from.text, ret_from) &&
		day_parse(to.text, ret_to);
}

static int years(day from, day to)
{
	struct date a = date_of(from), b = date_of(to);

	if (from > to)
		return -years(to, from);
	return b.year - a.year - (b.month < a.month || (b.month == a.month && b.day < a.day));
}

/* how: whether it counts years. */
static err op_between(struct logic_run *x, const struct logic_call *c, struct logic_value *ret)
{
	day from, to;

	if (!two_dates(c, &from, &to))
		*ret = logic_null();
	else
		*ret = logic_number(c->how ? years(from, to) : to - from);
	return NULL;
}

/* The most usual first. */
static const struct logic_operation operations[] = {
	{ S("var"), op_var, 0 },
	{ S("=="), op_equal, false },
	{ S("in"), op_in, 0 },
	{ S("!="), op_equal, true },
	{ S("!"), op_truth, true },
	{ S("==="), op_same, false },
	{ S("!=="), op_same, true },
	{ S("!!"), op_truth, false },
	{ S("<"), op_rising, LOGIC_LESS },
	{ S("<="), op_rising, LOGIC_LESS | LOGIC_LEVEL },
	{ S(">"), op_order, LOGIC_MORE },
	{ S(">="), op_order, LOGIC_MORE | LOGIC_LEVEL },
	{ S("+"), op_plus, 0 },
	{ S("-"), op_arithmetic, '-' },
	{ S("*"), op_times, 0 },
	{ S("/"), op_arithmetic, '/' },
	{ S("%"), op_arithmetic, '%' },
	{ S("min"), op_extreme, -1 },
	{ S("max"), op_extreme, 1 },
	{ S("missing"), op_missing, 0 },
	{ S("missing_some"), op_missing_some, 0 },
	{ S("merge"), op_merge, 0 },
	{ S("cat"), op_cat, 0 },
	{ S("substr"), op_substr, 0 },
	{ S("log"), op_log, 0 },
	{ S("years_between"), op_between, true },
	{ S("days_between"), op_between, false },
};

const struct logic_operation *logic_operation_find(str word)
{
	for (size_t i = 0; i < COUNT(operations); i++)
		if (str_eq(operations[i].word, word))
			return &operations[i];
	return NULL;
}
