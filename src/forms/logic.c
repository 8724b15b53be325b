/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions: a part of JSONLogic in which every rule has one meaning.
 *
 * A condition is {"and": [c, …]}, {"or": [c, …]}, {"!": c}, a comparison of two operands, {"in":
 * [operand, [literal, …]]}, {"in": [operand, {"var": field with many values}]}, or {"var": field},
 * which holds when the field was answered. An operand is a literal text or whole number, or
 * {"var": field}. Dates and whole numbers have an order; other texts have none. */
#include "core/civil.h"
#include "forms/parts.h"

enum operation {
	OP_VAR,
	OP_NOT,
	OP_AND,
	OP_OR,
	OP_IN,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_AT_MOST,
	OP_MORE,
	OP_AT_LEAST,
	OP_COUNT
};

static const char *const words[OP_COUNT] = {
	[OP_VAR] = "var",
	[OP_NOT] = "!",
	[OP_AND] = "and",
	[OP_OR] = "or",
	[OP_IN] = "in",
	[OP_EQUAL] = "==",
	[OP_UNEQUAL] = "!=",
	[OP_LESS] = "<",
	[OP_AT_MOST] = "<=",
	[OP_MORE] = ">",
	[OP_AT_LEAST] = ">=",
};

/* OP_COUNT for anything else than a map of one known member. */
static enum operation operation_of(
	const struct json *rule, str *ret_word, const struct json *NULLABLE *ret_args)
{
	*ret_word = S("");
	if (json_type(rule) != JSON_MAP || json_count(rule) != 1 ||
		!json_member(rule, 0, ret_word, ret_args))
		return OP_COUNT;
	for (int op = 0; op < OP_COUNT; op++)
		if (str_eq(*ret_word, str_from(words[op])))
			return (enum operation)op;
	return OP_COUNT;
}

/* {"!": x} and {"!": [x]} say the same. */
static const struct json *NULLABLE only(const struct json *NULLABLE args)
{
	return json_type(args) == JSON_LIST && json_count(args) == 1 ? json_at(args, 0) : args;
}

/* --- do they hold? ---------------------------------------------------------- */
struct operand {
	str text;
	bool is_number; /* written as a number in the rule */
	int64_t number;
};

static struct operand operand_of(const struct json *NULLABLE j, const struct answers *s)
{
	if (json_type(j) == JSON_MAP)
		return (struct operand){ .text = answer(s, json_get_text(j, "var")) };
	if (json_type(j) == JSON_INT)
		return (struct operand){ .is_number = true, .number = json_int(j, 0) };
	return (struct operand){ .text = json_text(j) };
}

static bool number_of(struct operand o, int64_t *ret)
{
	if (!o.is_number)
		return str_to_int(o.text, INT64_MIN, INT64_MAX, ret);
	*ret = o.number;
	return true;
}

static bool equal(struct operand a, struct operand b)
{
	int64_t x, y;

	if (!a.is_number && !b.is_number)
		return str_eq(a.text, b.text);
	return number_of(a, &x) && number_of(b, &y) && x == y;
}

/* False when the two have no order: nothing holds of what was not answered. */
static bool order(struct operand a, struct operand b, int *ret)
{
	int64_t x, y;
	day d, e;

	if (number_of(a, &x) && number_of(b, &y))
		*ret = (x > y) - (x < y);
	else if (day_parse(a.text, &d) && day_parse(b.text, &e))
		*ret = (d > e) - (d < e);
	else
		return false;
	return true;
}

static bool is_in(struct operand a, const struct json *NULLABLE in, const struct answers *s)
{
	str rest = operand_of(in, s).text, piece;

	if (json_type(in) == JSON_LIST) {
		for (size_t i = 0; i < json_count(in); i++)
			if (equal(a, operand_of(json_at(in, i), s)))
				return true;
		return false;
	}
	while (answer_next(&rest, &piece))
		if (str_eq(a.text, piece))
			return true;
	return false;
}

static bool compares(enum operation op, struct operand a, struct operand b)
{
	int by = 0;

	if (op == OP_EQUAL || op == OP_UNEQUAL)
		return equal(a, b) == (op == OP_EQUAL);
	if (!order(a, b, &by))
		return false;
	return op == OP_LESS       ? by < 0
		: op == OP_AT_MOST ? by <= 0
		: op == OP_MORE    ? by > 0
				   : by >= 0;
}

static bool all_or_any(const struct json *NULLABLE args, const struct answers *s, bool all)
{
	for (size_t i = 0; i < json_count(args); i++)
		if (logic_holds(json_at(args, i), s) != all)
			return !all;
	return all;
}

bool logic_holds(const struct json *NULLABLE rule, const struct answers *s)
{
	const struct json *args = NULL;
	str word;

	if (!rule)
		return true;
	enum operation op = operation_of(rule, &word, &args);
	if (op == OP_VAR)
		return answer(s, json_text(args)).n > 0;
	if (op == OP_NOT)
		return !logic_holds(only(args), s);
	if (op == OP_AND || op == OP_OR)
		return all_or_any(args, s, op == OP_AND);
	if (op == OP_IN)
		return is_in(operand_of(json_at(args, 0), s), json_at(args, 1), s);
	return compares(op, operand_of(json_at(args, 0), s), operand_of(json_at(args, 1), s));
}

/* --- are they right? ---------------------------------------------------------- */
struct check {
	struct arena *a;
	const struct map *earlier;
};

static err field_named(const struct check *x, const struct json *NULLABLE name,
	const struct place *p, const struct form_field **ret)
{
	const struct form_field *f = map_find(x->earlier, json_text(name));

	if (json_type(name) != JSON_TEXT)
		return FAULT(x->a, p, "var takes the id of a field");
	if (!f)
		return FAULT(
			x->a, p, "\"" STR_FMT "\" is no earlier field", STR_ARG(json_text(name)));
	*ret = f;
	return NULL;
}

/* *ret_field is NULL for a literal. */
static err check_operand(const struct check *x, const struct json *NULLABLE j,
	const struct place *p, const struct form_field *NULLABLE *ret_field)
{
	const struct json *args = NULL;
	str word;

	*ret_field = NULL;
	if (json_type(j) == JSON_TEXT || json_type(j) == JSON_INT)
		return NULL;
	if (json_type(j) != JSON_MAP || operation_of(j, &word, &args) != OP_VAR)
		return FAULT(x->a, p, "expected a text, a whole number or {\"var\": field}");
	return field_named(x, args, p, ret_field);
}

/* A choice compared with something that cannot be chosen never holds: a slip of the pen. */
static err check_literal(const struct check *x, const struct form_field *NULLABLE f,
	const struct json *NULLABLE literal, const struct place *p)
{
	str value = json_text(literal);

	if (!f || json_type(literal) == JSON_MAP)
		return NULL;
	form_options options = { f->options.items, f->options.n };
	bool known = f->kind == FIELD_YES_NO ? str_eq(value, S("yes")) || str_eq(value, S("no"))
					     : !options.n || form_option_find(&options, value);
	if (known)
		return NULL;
	return FAULT(
		x->a, p, "\"" STR_FMT "\" is no value of " STR_FMT, STR_ARG(value), STR_ARG(f->id));
}

static err check_comparison(const struct check *x, enum operation op,
	const struct json *NULLABLE args, const struct place *p)
{
	const struct form_field *left = NULL, *right = NULL;
	struct place first = { .up = p }, second = { .up = p, .at = 1 };

	if (json_type(args) != JSON_LIST || json_count(args) != 2)
		return FAULT(x->a, p, "expected two operands");
	TRY(check_operand(x, json_at(args, 0), &first, &left));
	TRY(check_operand(x, json_at(args, 1), &second, &right));
	if (!left && !right)
		return FAULT(x->a, p, "compares no field");
	if ((left && left->kind == FIELD_MANY) || (right && right->kind == FIELD_MANY))
		return FAULT(x->a, p, "a field with many values is asked with \"in\"");
	if (op != OP_EQUAL && op != OP_UNEQUAL)
		return NULL;
	TRY(check_literal(x, left, json_at(args, 1), &second));
	return check_literal(x, right, json_at(args, 0), &first);
}

static err check_in(const struct check *x, const struct json *NULLABLE args, const struct place *p)
{
	const struct form_field *one = NULL, *many = NULL;
	struct place first = { .up = p }, second = { .up = p, .at = 1 };
	const struct json *in = json_at(args, 1);

	if (json_type(args) != JSON_LIST || json_count(args) != 2)
		return FAULT(x->a, p, "expected two operands");
	TRY(check_operand(x, json_at(args, 0), &first, &one));
	if (json_type(in) == JSON_MAP) {
		TRY(check_operand(x, in, &second, &many));
		assert(many); /* an operand that is a map names a field, or is refused above */
		return many->kind == FIELD_MANY ? check_literal(x, many, json_at(args, 0), &first)
						: FAULT(x->a, &second, "has one value only");
	}
	if (!one || json_type(in) != JSON_LIST || !json_count(in))
		return FAULT(x->a, p, "expected a field and a list of values");
	for (size_t i = 0; i < json_count(in); i++) {
		struct place at = { .up = &second, .at = i };
		if (json_type(json_at(in, i)) != JSON_TEXT && json_type(json_at(in, i)) != JSON_INT)
			return FAULT(x->a, &at, "expected a text or a whole number");
		TRY(check_literal(x, one, json_at(in, i), &at));
	}
	return NULL;
}

static err check_rule(
	const struct check *x, const struct json *NULLABLE rule, const struct place *p, int depth);

static err check_all(
	const struct check *x, const struct json *NULLABLE args, const struct place *p, int depth)
{
	if (json_type(args) != JSON_LIST || !json_count(args))
		return FAULT(x->a, p, "expected a list of conditions");
	for (size_t i = 0; i < json_count(args); i++) {
		struct place at = { .up = p, .at = i };
		TRY(check_rule(x, json_at(args, i), &at, depth));
	}
	return NULL;
}

static err check_rule(
	const struct check *x, const struct json *NULLABLE rule, const struct place *p, int depth)
{
	const struct json *args = NULL;
	const struct form_field *f = NULL;
	str word;
	enum operation op = operation_of(rule, &word, &args);
	struct place inside = { .up = p, .name = word };

	if (depth == LIMIT_FORM_LOGIC)
		return FAULT(x->a, p, "more than %d conditions in each other", LIMIT_FORM_LOGIC);
	if (op == OP_COUNT)
		return FAULT(x->a, p, "expected one of var == != ! and or in < <= > >=");
	if (op == OP_NOT)
		return check_rule(x, only(args), &inside, depth + 1);
	if (op == OP_AND || op == OP_OR)
		return check_all(x, args, &inside, depth + 1);
	if (op == OP_IN)
		return check_in(x, args, &inside);
	if (op != OP_VAR)
		return check_comparison(x, op, args, &inside);
	TRY(field_named(x, args, &inside, &f));
	assert(f);
	if (f->kind == FIELD_YES_NO)
		return FAULT(x->a, &inside, "compare " STR_FMT " with yes or no", STR_ARG(f->id));
	return NULL;
}

err logic_check(
	struct arena *a, const struct json *rule, const struct place *p, const struct map *earlier)
{
	struct check x = { a, earlier };

	return check_rule(&x, rule, p, 0);
}
