/* SPDX-License-Identifier: Apache-2.0 */
/* form_rules.c - are the rules of a definition right? Every operation is known, every name is that
 * of an earlier question, every operand of a type that fits: what core/logic.c would turn into some
 * other value at run time is refused here, before anybody fills in. */
#include "core/civil.h"
#include "forms/rules.h"

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
	return (struct type){ type_of_kind(f->kind == FIELD_COMPUTED ? f->as : f->kind),
		.field = f };
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

err infer_var(
	struct check x, const struct json *NULLABLE args, const struct place *p, struct type *ret)
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
err fit_literal(struct check x, struct type *t, struct type other, const struct place *p)
{
	str text = json_text(t->literal);
	day d;

	if (json_type(t->literal) != JSON_TEXT)
		return NULL;
	if (other.kind == TYPE_DATE && !day_parse(text, &d))
		return FAULT(
			x.a, p, "\"" STR_FMT "\" is no date like \"2026-11-23\"", STR_ARG(text));
	if ((other.kind == TYPE_CHOICE || other.kind == TYPE_CHOICES) && other.field &&
		!is_choice_of(other.field, text))
		return FAULT(x.a, p, "\"" STR_FMT "\" is no value of " STR_FMT, STR_ARG(text),
			STR_ARG(other.field->name));
	if (other.kind == TYPE_DATE || other.kind == TYPE_TIME || other.kind == TYPE_CHOICE)
		t->kind = other.kind;
	return NULL;
}

const char *words_of(enum type_kind kind)
{
	static const char *const words[] = { [TYPE_ANY] = "something",
		[TYPE_NULL] = "nothing",
		[TYPE_BOOL] = "true or false",
		[TYPE_NUMBER] = "a number",
		[TYPE_TEXT] = "a text",
		[TYPE_DATE] = "a date",
		[TYPE_TIME] = "a time of day",
		[TYPE_CHOICE] = "a choice",
		[TYPE_CHOICES] = "several choices",
		[TYPE_ITEMS] = "a list of items",
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

bool is_many(struct type t)
{
	return t.kind == TYPE_CHOICES || t.kind == TYPE_ITEMS || t.kind == TYPE_LIST;
}

err fit(struct check x, struct type *a, struct type *b, const struct place *p)
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

err check_truth(struct check x, struct type t, const struct place *p)
{
	if (t.field && is_yes_no(t.field) && t.kind == TYPE_CHOICE)
		return FAULT(x.a, p, "compare " STR_FMT " with \"yes\" or \"no\"",
			STR_ARG(t.field->name));
	return NULL;
}

/* --- any rule ------------------------------------------------------------------------ */
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

err infer(struct check x, const struct json *NULLABLE rule, const struct place *p, struct type *ret)
{
	const struct json *args = NULL;
	str word = S("");
	bool known;

	if (++x.depth > LIMIT_FORM_LOGIC)
		return FAULT(x.a, p, "more than %d rules in each other", LIMIT_FORM_LOGIC);
	if (json_type(rule) != JSON_MAP) {
		*ret = type_of_literal(rule);
		return NULL;
	}
	if (json_count(rule) != 1 || !json_member(rule, 0, &word, &args))
		return FAULT(x.a, p, "a rule has one operator");
	struct place inside = { .up = p, .name = word };
	TRY(infer_operation(x, word, args, &inside, ret, &known));
	if (known)
		return NULL;
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

static void add_name(struct arena *a, const struct json *NULLABLE name, name_list *into)
{
	str text = json_text(name);

	if (text.n && !names_have(into, text))
		*VEC_PUSH(a, into) = text;
}

/* missing: the names, or a list of them; missing_some: a number, then such a list. */
static void add_missing(struct arena *a, const struct json *NULLABLE args, name_list *into)
{
	add_name(a, args, into);
	for (struct json_each e = { .of = args }; json_next(&e);) {
		add_name(a, e.value, into);
		for (struct json_each inner = { .of = e.value }; json_next(&inner);)
			add_name(a, inner.value, into);
	}
}

static void collect(struct arena *a, const struct json *NULLABLE j, name_list *into, int depth)
{
	const struct json *args = NULL;
	str word;

	if (depth > LIMIT_JSON_DEPTH)
		return;
	bool operation =
		json_type(j) == JSON_MAP && json_count(j) == 1 && json_member(j, 0, &word, &args);
	if (operation && str_eq(word, S("var")))
		add_name(a, json_type(args) == JSON_LIST ? json_at(args, 0) : args, into);
	else if (operation && str_starts(word, S("missing")))
		add_missing(a, args, into);
	for (struct json_each e = { .of = j }; json_next(&e);)
		collect(a, e.value, into, depth + 1);
}

void rule_names(struct arena *a, const struct json *NULLABLE rule, name_list *into)
{
	collect(a, rule, into, 0);
}
