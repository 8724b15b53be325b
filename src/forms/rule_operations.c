/* SPDX-License-Identifier: Apache-2.0 */
/* rule_operations.c - what each operation of a rule takes, and the type of what it gives. */
#include "forms/rules.h"

/* --- operations ----------------------------------------------------------------------- */
#define OPERANDS_MOST 64
struct operands {
	struct type types[OPERANDS_MOST];
	size_t n;
};

static const struct json *NULLABLE operand_at(const struct json *NULLABLE args, size_t i)
{
	return json_type(args) == JSON_LIST ? json_at(args, i) : i ? NULL : args;
}

static err infer_all(struct check x, const struct json *NULLABLE args, const struct place *p,
	size_t least, size_t most, struct operands *ret)
{
	size_t n = json_type(args) == JSON_LIST ? json_count(args) : 1;

	if (n < least || n > most || n > OPERANDS_MOST)
		return FAULT(x.a, p, "takes %zu to %zu operands", least,
			most < OPERANDS_MOST ? most : OPERANDS_MOST);
	ret->n = n;
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = p, .at = i };
		TRY(infer(x, operand_at(args, i), &at, &ret->types[i]));
	}
	return NULL;
}

static err infer_equal(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 2, 2, &o));
	*ret = (struct type){ TYPE_BOOL };
	return fit(x, &o.types[0], &o.types[1], p);
}

static err infer_order(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 2, 3, &o));
	*ret = (struct type){ TYPE_BOOL };
	for (size_t i = 0; i + 1 < o.n; i++) {
		TRY(fit(x, &o.types[i], &o.types[i + 1], p));
		enum type_kind kind = o.types[i].kind;
		if (kind != TYPE_NUMBER && kind != TYPE_DATE && kind != TYPE_TIME &&
			kind != TYPE_ANY)
			return FAULT(x.a, p, "%s has no order", words_of(kind));
	}
	return NULL;
}

static err infer_numbers(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	for (size_t i = 0; i < o.n; i++)
		if (o.types[i].kind != TYPE_NUMBER && o.types[i].kind != TYPE_ANY)
			return FAULT(x.a, p, "calculates with %s", words_of(o.types[i].kind));
	*ret = (struct type){ TYPE_NUMBER };
	return NULL;
}

static err infer_dates(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 2, 2, &o));
	for (size_t i = 0; i < 2; i++) {
		TRY(fit_literal(x, &o.types[i], (struct type){ TYPE_DATE }, p));
		if (o.types[i].kind != TYPE_DATE && o.types[i].kind != TYPE_ANY)
			return FAULT(
				x.a, p, "counts between dates, not %s", words_of(o.types[i].kind));
	}
	*ret = (struct type){ TYPE_NUMBER };
	return NULL;
}

static err infer_truths(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	for (size_t i = 0; i < o.n; i++)
		TRY(check_truth(x, o.types[i], p));
	*ret = (struct type){ TYPE_BOOL };
	return NULL;
}

/* The type of all results, when they agree. */
static struct type joined(struct type a, struct type b)
{
	if (a.kind == TYPE_NULL)
		return b;
	if (b.kind == TYPE_NULL || a.kind == b.kind)
		return a;
	return (struct type){ TYPE_ANY };
}

static err infer_if(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	*ret = (struct type){ TYPE_NULL };
	for (size_t i = 0; i < o.n; i++)
		if (i + 1 < o.n && i % 2 == 0)
			TRY(check_truth(x, o.types[i], p));
		else
			*ret = joined(*ret, o.types[i]);
	ret->literal = NULL;
	return NULL;
}

static err infer_in(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	const struct json *list = operand_at(args, 1);
	struct operands o;

	TRY(infer_all(x, args, p, 2, 2, &o));
	*ret = (struct type){ TYPE_BOOL };
	if (o.types[1].kind == TYPE_CHOICES)
		return fit_literal(x, &o.types[0], o.types[1], p);
	if (json_type(list) != JSON_LIST)
		return is_many(o.types[1]) || o.types[1].kind == TYPE_TEXT ||
				o.types[1].kind == TYPE_ANY
			? NULL
			: FAULT(x.a, p, "%s has one value only", words_of(o.types[1].kind));
	for (size_t i = 0; i < json_count(list); i++) {
		struct type item;
		struct place at = { .up = p, .at = i };
		TRY(infer(x, json_at(list, i), &at, &item));
		TRY(fit(x, &o.types[0], &item, &at));
	}
	return NULL;
}

static err infer_texts(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	for (size_t i = 0; i < o.n; i++)
		if (is_many(o.types[i]))
			return FAULT(x.a, p, "%s is no text", words_of(o.types[i].kind));
	*ret = (struct type){ TYPE_TEXT };
	return NULL;
}

static err infer_list(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	*ret = (struct type){ TYPE_LIST };
	return infer_all(x, args, p, 0, OPERANDS_MOST, &o);
}

/* missing: names; each must be there. */
static err infer_missing(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct type unused;

	*ret = (struct type){ TYPE_LIST };
	for (size_t i = 0; i < (json_type(args) == JSON_LIST ? json_count(args) : 1); i++)
		if (json_type(operand_at(args, i)) == JSON_TEXT)
			TRY(infer_var(x, operand_at(args, i), p, &unused));
		else
			return FAULT(x.a, p, "missing takes ids of questions");
	return NULL;
}

static err infer_missing_some(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	if (json_count(args) != 2 || json_type(json_at(args, 0)) != JSON_INT)
		return FAULT(x.a, p, "missing_some takes a number and a list of ids");
	return infer_missing(x, json_at(args, 1), p, ret);
}

static err infer_same(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, 1, &o));
	*ret = o.types[0];
	return NULL;
}

/* --- operations on lists ----------------------------------------------------------------- */
static err element_of(struct check x, struct type list, const struct place *p, struct type *ret)
{
	*ret = (struct type){ TYPE_ANY };
	if (list.kind == TYPE_ITEMS)
		*ret = (struct type){ TYPE_ITEMS, .page = list.page };
	else if (list.kind == TYPE_CHOICES)
		*ret = (struct type){ TYPE_CHOICE, .field = list.field };
	else if (list.kind != TYPE_LIST && list.kind != TYPE_ANY)
		return FAULT(x.a, p, "%s is no list", words_of(list.kind));
	return NULL;
}

static err infer_each(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret_list, struct type *ret_body)
{
	struct frame inside = { .kind = FRAME_ELEMENT };
	struct place list = { .up = p }, body = { .up = p, .at = 1 };

	if (json_type(args) != JSON_LIST || json_count(args) != 2)
		return FAULT(x.a, p, "takes a list and a rule");
	TRY(infer(x, json_at(args, 0), &list, ret_list));
	TRY(element_of(x, *ret_list, &list, &inside.element));
	x.frame = &inside;
	return infer(x, json_at(args, 1), &body, ret_body);
}

static err infer_quantifier(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct type list, body;

	TRY(infer_each(x, args, p, &list, &body));
	*ret = (struct type){ TYPE_BOOL };
	return check_truth(x, body, p);
}

static err infer_filter(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct type body;

	TRY(infer_each(x, args, p, ret, &body));
	return check_truth(x, body, p);
}

static err infer_map(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct type list, body;

	*ret = (struct type){ TYPE_LIST };
	return infer_each(x, args, p, &list, &body);
}

static err infer_reduce(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
{
	struct frame inside = { .kind = FRAME_REDUCE };
	struct place at = { .up = p };
	struct type list;

	if (json_type(args) != JSON_LIST || json_count(args) != 3)
		return FAULT(x.a, p, "takes a list, a rule and a first value");
	TRY(infer(x, json_at(args, 0), &at, &list));
	TRY(element_of(x, list, &at, &inside.element));
	at.at = 2;
	TRY(infer(x, json_at(args, 2), &at, &inside.accumulator));
	inside.accumulator.literal = NULL;
	x.frame = &inside;
	at.at = 1;
	TRY(infer(x, json_at(args, 1), &at, ret));
	*ret = joined(*ret, inside.accumulator);
	ret->literal = NULL;
	return NULL;
}

static const struct {
	const char *word;
	err (*infer)(
		struct check, const struct json *NULLABLE, const struct place *, struct type *);
} operations[] = {
	{ "var", infer_var },
	{ "missing", infer_missing },
	{ "missing_some", infer_missing_some },
	{ "if", infer_if },
	{ "?:", infer_if },
	{ "and", infer_truths },
	{ "or", infer_truths },
	{ "!", infer_truths },
	{ "!!", infer_truths },
	{ "==", infer_equal },
	{ "===", infer_equal },
	{ "!=", infer_equal },
	{ "!==", infer_equal },
	{ "<", infer_order },
	{ "<=", infer_order },
	{ ">", infer_order },
	{ ">=", infer_order },
	{ "+", infer_numbers },
	{ "-", infer_numbers },
	{ "*", infer_numbers },
	{ "/", infer_numbers },
	{ "%", infer_numbers },
	{ "min", infer_numbers },
	{ "max", infer_numbers },
	{ "map", infer_map },
	{ "filter", infer_filter },
	{ "reduce", infer_reduce },
	{ "all", infer_quantifier },
	{ "some", infer_quantifier },
	{ "none", infer_quantifier },
	{ "merge", infer_list },
	{ "in", infer_in },
	{ "cat", infer_texts },
	{ "substr", infer_texts },
	{ "log", infer_same },
	{ "years_between", infer_dates },
	{ "days_between", infer_dates },
};

err infer_operation(struct check x, str word, const struct json *NULLABLE args,
	const struct place *p, struct type *ret, bool *ret_known)
{
	*ret_known = false;
	for (size_t i = 0; i < COUNT(operations); i++) {
		if (!str_eq(word, str_from(operations[i].word)))
			continue;
		*ret_known = true;
		return operations[i].infer(x, args, p, ret);
	}
	return NULL;
}
