/* SPDX-License-Identifier: Apache-2.0 */
/* form_rules.c - are the rules of a definition right? Every operation is known, every name is that of
 * an earlier question, every operand of a type that fits: what core/logic.c would turn into some
 * other value at run time is refused here, before anybody fills in. */
#include "core/civil.h"
#include "forms/definition.h"

enum type_kind {
	TYPE_ANY, /* nothing is known of it */
	TYPE_NULL,
	TYPE_BOOL,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_CHOICE, /* one of a field's options, "yes" or "no" */
	TYPE_CHOICES,
	TYPE_ITEMS, /* of a repeated page */
	TYPE_LIST,
};
struct type {
	enum type_kind kind;
	const struct form_field *NULLABLE field; /* of choices */
	const struct form_page *NULLABLE page;   /* of items */
	const struct json *NULLABLE literal;
};

/* What names mean at a place in a rule. Inside of map and its like data is the element alone. */
enum frame_kind { FRAME_FORM, FRAME_ELEMENT, FRAME_REDUCE };
struct frame {
	enum frame_kind kind;
	struct type element, accumulator;
};
struct check {
	struct arena *a;
	const struct rule_scope *scope;
	const struct frame *frame;
	int depth;
};

static err infer(struct check x, const struct json *NULLABLE rule, const struct place *p,
	struct type *ret);

/* --- names ---------------------------------------------------------------------- */
static enum type_kind type_of_kind(enum field_kind kind)
{
	switch (kind) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_PAPER: return TYPE_NUMBER;
	case FIELD_DATE: return TYPE_DATE;
	case FIELD_TIME: return TYPE_TIME;
	case FIELD_YES_NO:
	case FIELD_DECLARATION:
	case FIELD_ONE: return TYPE_CHOICE;
	case FIELD_MANY: return TYPE_CHOICES;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_COMMUNE:
	case FIELD_PERSON_ID:
	case FIELD_TAX_CODE:
	case FIELD_PHONE:
	case FIELD_EMAIL:
	case FIELD_COMPUTED:
	case FIELD_NOTE:
	case FIELD_KIND_COUNT: break;
	}
	return TYPE_TEXT;
}

static struct type type_of_field(const struct form_field *f)
{
	return (struct type){ type_of_kind(f->kind == FIELD_COMPUTED ? f->as : f->kind), .field = f };
}

static const struct form_field *NULLABLE field_of_item(const struct form_page *page, str name)
{
	for (size_t i = 0; i < page->fields.n; i++)
		if (str_eq(page->fields.items[i].name, name))
			return &page->fields.items[i];
	return NULL;
}

static err name_of_element(
	struct check x, struct type element, str name, const struct place *p, struct type *ret)
{
	const struct form_field *f = element.page ? field_of_item(element.page, name) : NULL;

	if (!name.n) {
		*ret = element;
		return NULL;
	}
	if (element.kind == TYPE_ANY) {
		*ret = (struct type){ TYPE_ANY };
		return NULL;
	}
	if (!f)
		return FAULT(x.a, p, "\"" STR_FMT "\" is no question of an item", STR_ARG(name));
	*ret = type_of_field(f);
	return NULL;
}

static err name_of_reduce(struct check x, str name, const struct place *p, struct type *ret)
{
	if (str_eq(name, S("accumulator"))) {
		*ret = x.frame->accumulator;
		return NULL;
	}
	if (str_eq(name, S("current")))
		return name_of_element(x, x.frame->element, S(""), p, ret);
	if (str_starts(name, S("current.")))
		return name_of_element(
			x, x.frame->element, str_from_at(name, strlen("current.")), p, ret);
	return FAULT(x.a, p, "inside of reduce there are current and accumulator");
}

static err name_of_form(struct check x, str name, const struct place *p, struct type *ret)
{
	const struct form_field *f = x.scope->item ? map_find(x.scope->item, name) : NULL;
	const struct form_page *page = map_find(x.scope->pages, name);

	if (!f)
		f = map_find(x.scope->fields, name);
	if (str_eq(name, S("hom-nay")))
		*ret = (struct type){ TYPE_DATE };
	else if (f && f->kind != FIELD_NOTE)
		*ret = type_of_field(f);
	else if (page)
		*ret = (struct type){ TYPE_ITEMS, .page = page };
	else
		return FAULT(x.a, p, "\"" STR_FMT "\" is no earlier question", STR_ARG(name));
	return NULL;
}

static err infer_var(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	bool with_default = json_type(args) == JSON_LIST;
	const struct json *name = with_default ? json_at(args, 0) : args;

	if (json_type(name) != JSON_TEXT || (with_default && json_count(args) > 2))
		return FAULT(x.a, p, "var takes the id of a question");
	if (x.frame->kind == FRAME_ELEMENT)
		return name_of_element(x, x.frame->element, json_text(name), p, ret);
	if (x.frame->kind == FRAME_REDUCE)
		return name_of_reduce(x, json_text(name), p, ret);
	return name_of_form(x, json_text(name), p, ret);
}

/* --- what may be compared ---------------------------------------------------------- */
static bool is_yes_no(const struct form_field *f)
{
	return f->kind == FIELD_YES_NO || f->kind == FIELD_DECLARATION;
}

static bool is_choice_of(const struct form_field *f, str value)
{
	if (is_yes_no(f))
		return str_eq(value, S("yes")) || str_eq(value, S("no"));
	for (size_t i = 0; i < f->options.n; i++)
		if (str_eq(f->options.items[i].value, value))
			return true;
	return f->list.n > 0;
}

/* A text written in the rule becomes what it is compared with, or is a slip of the pen. */
static err fit_literal(struct check x, struct type *t, struct type other, const struct place *p)
{
	str text = json_text(t->literal);
	day d;

	if (json_type(t->literal) != JSON_TEXT)
		return NULL;
	if (other.kind == TYPE_DATE && !day_parse(text, &d))
		return FAULT(x.a, p, "\"" STR_FMT "\" is no date like \"2026-11-23\"", STR_ARG(text));
	if ((other.kind == TYPE_CHOICE || other.kind == TYPE_CHOICES) && other.field &&
		!is_choice_of(other.field, text))
		return FAULT(x.a, p, "\"" STR_FMT "\" is no value of " STR_FMT, STR_ARG(text),
			STR_ARG(other.field->name));
	if (other.kind == TYPE_DATE || other.kind == TYPE_TIME || other.kind == TYPE_CHOICE)
		t->kind = other.kind;
	return NULL;
}

static const char *words_of(enum type_kind kind)
{
	static const char *const words[] = { [TYPE_ANY] = "something", [TYPE_NULL] = "nothing",
		[TYPE_BOOL] = "true or false", [TYPE_NUMBER] = "a number", [TYPE_TEXT] = "a text",
		[TYPE_DATE] = "a date", [TYPE_TIME] = "a time of day", [TYPE_CHOICE] = "a choice",
		[TYPE_CHOICES] = "several choices", [TYPE_ITEMS] = "a list of items",
		[TYPE_LIST] = "a list" };

	return words[kind];
}

static bool are_alike(struct type a, struct type b)
{
	bool texts = (a.kind == TYPE_TEXT && b.kind == TYPE_CHOICE) ||
		(a.kind == TYPE_CHOICE && b.kind == TYPE_TEXT);

	return a.kind == TYPE_ANY || b.kind == TYPE_ANY || a.kind == TYPE_NULL ||
		b.kind == TYPE_NULL || a.kind == b.kind || texts;
}

static bool is_many(struct type t)
{
	return t.kind == TYPE_CHOICES || t.kind == TYPE_ITEMS || t.kind == TYPE_LIST;
}

static err fit(struct check x, struct type *a, struct type *b, const struct place *p)
{
	TRY(fit_literal(x, a, *b, p));
	TRY(fit_literal(x, b, *a, p));
	if (is_many(*a) || is_many(*b))
		return FAULT(x.a, p, "%s is asked with \"in\", \"some\" or \"all\"",
			words_of(is_many(*a) ? a->kind : b->kind));
	if (!are_alike(*a, *b))
		return FAULT(x.a, p, "compares %s with %s", words_of(a->kind), words_of(b->kind));
	if (a->literal && b->literal)
		return FAULT(x.a, p, "compares no question");
	return NULL;
}

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

static err infer_equal(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 2, 2, &o));
	*ret = (struct type){ TYPE_BOOL };
	return fit(x, &o.types[0], &o.types[1], p);
}

static err infer_order(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_numbers(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	for (size_t i = 0; i < o.n; i++)
		if (o.types[i].kind != TYPE_NUMBER && o.types[i].kind != TYPE_ANY)
			return FAULT(
				x.a, p, "calculates with %s", words_of(o.types[i].kind));
	*ret = (struct type){ TYPE_NUMBER };
	return NULL;
}

static err infer_dates(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 2, 2, &o));
	for (size_t i = 0; i < 2; i++) {
		TRY(fit_literal(x, &o.types[i], (struct type){ TYPE_DATE }, p));
		if (o.types[i].kind != TYPE_DATE && o.types[i].kind != TYPE_ANY)
			return FAULT(x.a, p, "counts between dates, not %s",
				words_of(o.types[i].kind));
	}
	*ret = (struct type){ TYPE_NUMBER };
	return NULL;
}

/* "yes" and "no" are both true as texts: who writes only {"var": …} means something else. */
static err check_truth(struct check x, struct type t, const struct place *p)
{
	if (t.field && is_yes_no(t.field) && t.kind == TYPE_CHOICE)
		return FAULT(x.a, p, "compare " STR_FMT " with \"yes\" or \"no\"",
			STR_ARG(t.field->name));
	return NULL;
}

static err infer_truths(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_if(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_in(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_texts(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct operands o;

	TRY(infer_all(x, args, p, 1, OPERANDS_MOST, &o));
	for (size_t i = 0; i < o.n; i++)
		if (is_many(o.types[i]))
			return FAULT(x.a, p, "%s is no text", words_of(o.types[i].kind));
	*ret = (struct type){ TYPE_TEXT };
	return NULL;
}

static err infer_list(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct operands o;

	*ret = (struct type){ TYPE_LIST };
	return infer_all(x, args, p, 0, OPERANDS_MOST, &o);
}

/* missing: names; each must be there. */
static err infer_missing(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_missing_some(struct check x, const struct json *NULLABLE args,
	const struct place *p, struct type *ret)
{
	if (json_count(args) != 2 || json_type(json_at(args, 0)) != JSON_INT)
		return FAULT(x.a, p, "missing_some takes a number and a list of ids");
	return infer_missing(x, json_at(args, 1), p, ret);
}

static err infer_same(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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

static err infer_quantifier(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct type list, body;

	TRY(infer_each(x, args, p, &list, &body));
	*ret = (struct type){ TYPE_BOOL };
	return check_truth(x, body, p);
}

static err infer_filter(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct type body;

	TRY(infer_each(x, args, p, ret, &body));
	return check_truth(x, body, p);
}

static err infer_map(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
{
	struct type list, body;

	*ret = (struct type){ TYPE_LIST };
	return infer_each(x, args, p, &list, &body);
}

static err infer_reduce(struct check x, const struct json *NULLABLE args, const struct place *p,
	struct type *ret)
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
	err (*infer)(struct check, const struct json *NULLABLE, const struct place *, struct type *);
} operations[] = {
	{ "var", infer_var }, { "missing", infer_missing }, { "missing_some", infer_missing_some },
	{ "if", infer_if }, { "?:", infer_if }, { "and", infer_truths }, { "or", infer_truths },
	{ "!", infer_truths }, { "!!", infer_truths }, { "==", infer_equal },
	{ "===", infer_equal }, { "!=", infer_equal }, { "!==", infer_equal },
	{ "<", infer_order }, { "<=", infer_order }, { ">", infer_order }, { ">=", infer_order },
	{ "+", infer_numbers }, { "-", infer_numbers }, { "*", infer_numbers },
	{ "/", infer_numbers }, { "%", infer_numbers }, { "min", infer_numbers },
	{ "max", infer_numbers }, { "map", infer_map }, { "filter", infer_filter },
	{ "reduce", infer_reduce }, { "all", infer_quantifier }, { "some", infer_quantifier },
	{ "none", infer_quantifier }, { "merge", infer_list }, { "in", infer_in },
	{ "cat", infer_texts }, { "substr", infer_texts }, { "log", infer_same },
	{ "years_between", infer_dates }, { "days_between", infer_dates },
};

static struct type type_of_literal(const struct json *NULLABLE j)
{
	struct type t = { TYPE_ANY, .literal = j };

	switch (json_type(j)) {
	case JSON_ABSENT:
	case JSON_NULL_: t.kind = TYPE_NULL; break;
	case JSON_BOOL: t.kind = TYPE_BOOL; break;
	case JSON_INT:
	case JSON_DOUBLE: t.kind = TYPE_NUMBER; break;
	case JSON_TEXT: t.kind = TYPE_TEXT; break;
	case JSON_LIST: t.kind = TYPE_LIST; break;
	case JSON_MAP: break;
	}
	return t;
}

static err infer(struct check x, const struct json *NULLABLE rule, const struct place *p,
	struct type *ret)
{
	const struct json *args = NULL;
	str word = S("");

	if (++x.depth > LIMIT_FORM_LOGIC)
		return FAULT(x.a, p, "more than %d rules in each other", LIMIT_FORM_LOGIC);
	if (json_type(rule) != JSON_MAP) {
		*ret = type_of_literal(rule);
		return NULL;
	}
	if (json_count(rule) != 1 || !json_member(rule, 0, &word, &args))
		return FAULT(x.a, p, "a rule has one operator");
	struct place inside = { .up = p, .name = word };
	for (size_t i = 0; i < COUNT(operations); i++)
		if (str_eq(word, str_from(operations[i].word)))
			return operations[i].infer(x, args, &inside, ret);
	return FAULT(x.a, p, "\"" STR_FMT "\" is no operator", STR_ARG(word));
}

/* --- whole rules ------------------------------------------------------------------------ */
static err infer_rule(struct arena *a, const struct json *rule, const struct place *p,
	const struct rule_scope *scope, struct type *ret)
{
	const struct frame form = { .kind = FRAME_FORM };
	struct check x = { a, scope, &form, 0 };

	TRY(infer(x, rule, p, ret));
	return check_truth(x, *ret, p);
}

err rule_check(struct arena *a, const struct json *rule, const struct place *p,
	const struct rule_scope *scope)
{
	struct type t;

	return infer_rule(a, rule, p, scope, &t);
}

err rule_check_number(struct arena *a, const struct json *rule, const struct place *p,
	const struct rule_scope *scope)
{
	struct type t;

	TRY(infer_rule(a, rule, p, scope, &t));
	if (t.kind != TYPE_NUMBER && t.kind != TYPE_ANY)
		return FAULT(a, p, "gives %s, not a number", words_of(t.kind));
	return NULL;
}

bool names_have(const name_list *names, str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->items[i], name))
			return true;
	return false;
}

static void collect(struct arena *a, const struct json *NULLABLE j, name_list *into, int depth)
{
	const struct json *args = NULL;
	str word;

	if (depth > LIMIT_FORM_LOGIC)
		return;
	if (json_type(j) == JSON_MAP && json_count(j) == 1 && json_member(j, 0, &word, &args) &&
		str_eq(word, S("var"))) {
		str name = json_text(json_type(args) == JSON_LIST ? json_at(args, 0) : args);
		if (name.n && !names_have(into, name))
			*VEC_PUSH(a, into) = name;
	}
	for (struct json_each e = { .of = j }; json_next(&e);)
		collect(a, e.value, into, depth + 1);
}

void rule_names(struct arena *a, const struct json *NULLABLE rule, name_list *into)
{
	collect(a, rule, into, 0);
}
