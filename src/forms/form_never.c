/* SPDX-License-Identifier: Apache-2.0 */
/* form_never.c - comparisons that no answer makes hold: a number beyond its least or most, two
 * values at once of a question with one. Each comparison of a question with what is written in the
 * rule is a span of values; an "and" is never true when the spans of one question have nothing in
 * common. What is more than that is not known, and said nothing of. */
#include <math.h>

#include "core/civil.h"
#include "forms/lint_parts.h"

#define VALUES_MOST 64

struct span {
	const struct form_field *field;
	double least, most; /* in units of the field's decimals, days */
	bool chosen;        /* one of values */
	str values[VALUES_MOST];
	size_t n;
};
struct spans {
	struct span items[VALUES_MOST];
	size_t n;
};
struct searching {
	struct linting *x;
	const struct form_page *NULLABLE item; /* inside of a repeated page */
	str where;
};

/* --- one comparison ------------------------------------------------------------------ */
static const struct form_field *NULLABLE field_on(const struct form_page *p, str name)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (str_eq(p->fields.items[i].name, name))
			return &p->fields.items[i];
	return NULL;
}

static const struct form_field *NULLABLE field_named(const struct searching *s, str name)
{
	const struct form *f = s->x->form;
	const struct form_field *field = s->item ? field_on(s->item, name) : NULL;

	for (size_t i = 0; !field && i < f->pages.n; i++)
		if (!f->pages.items[i].repeat.on)
			field = field_on(&f->pages.items[i], name);
	return field;
}

static const struct json *NULLABLE operation(const struct json *NULLABLE rule, str *ret_word)
{
	const struct json *args = NULL;

	*ret_word = S("");
	if (json_type(rule) == JSON_MAP && json_count(rule) == 1)
		(void)json_member(rule, 0, ret_word, &args);
	return args;
}

static const struct form_field *NULLABLE field_of(
	const struct searching *s, const struct json *NULLABLE operand)
{
	str word;
	const struct json *args = operation(operand, &word);

	if (!str_eq(word, S("var")))
		return NULL;
	return field_named(s, json_text(json_type(args) == JSON_LIST ? json_at(args, 0) : args));
}

static bool is_number(const struct form_field *f)
{
	return f->kind == FIELD_INTEGER || f->kind == FIELD_NUMBER || f->kind == FIELD_MONEY;
}

static double units_of(const struct form_field *f, const struct json *NULLABLE literal)
{
	day d;

	if (is_number(f) && (json_type(literal) == JSON_INT || json_type(literal) == JSON_DOUBLE))
		return json_double(literal, NAN) * pow(10, f->decimals);
	if (f->kind == FIELD_DATE && day_parse(json_text(literal), &d))
		return (double)d;
	return NAN;
}

static struct span whole_of(const struct form_field *f)
{
	return (struct span){ .field = f,
		.least = f->has_least ? (double)f->least : -INFINITY,
		.most = f->has_most ? (double)f->most : INFINITY };
}

/* field word literal, "<" and its like */
static bool bound_by(struct span *s, str word, double at)
{
	bool less = str_starts(word, S("<")), equal = str_ends(word, S("="));

	if (isnan(at))
		return false;
	if (less)
		s->most = fmin(s->most, equal ? floor(at) : ceil(at) - 1);
	else
		s->least = fmax(s->least, equal ? ceil(at) : floor(at) + 1);
	return true;
}

static str turned(str word)
{
	return str_eq(word, S("<"))     ? S(">")
		: str_eq(word, S("<=")) ? S(">=")
		: str_eq(word, S(">"))  ? S("<")
					: S("<=");
}

static bool span_of_order(
	const struct searching *s, str word, const struct json *args, struct span *ret)
{
	size_t n = json_count(args), at = 0;

	while (at < n && !field_of(s, json_at(args, at)))
		at++;
	if (at == n)
		return false;
	*ret = whole_of(field_of(s, json_at(args, at)));
	bool known = false;
	if (at > 0)
		known = bound_by(ret, turned(word), units_of(ret->field, json_at(args, at - 1)));
	if (at + 1 < n)
		known = bound_by(ret, word, units_of(ret->field, json_at(args, at + 1))) || known;
	return known;
}

static bool is_choice(const struct form_field *f)
{
	return f->kind == FIELD_ONE || f->kind == FIELD_YES_NO;
}

static bool span_of_equal(const struct searching *s, const struct json *args, struct span *ret)
{
	bool second = !field_of(s, json_at(args, 0));
	const struct form_field *f = field_of(s, json_at(args, second));
	const struct json *literal = json_at(args, !second);

	if (!f || json_count(args) != 2)
		return false;
	*ret = whole_of(f);
	if (is_choice(f) && json_type(literal) == JSON_TEXT) {
		ret->chosen = true;
		ret->values[ret->n++] = json_text(literal);
		return true;
	}
	double at = units_of(f, literal);
	if (isnan(at))
		return false;
	ret->least = fmax(ret->least, at);
	ret->most = fmin(ret->most, at);
	return true;
}

static bool span_of_in(const struct searching *s, const struct json *args, struct span *ret)
{
	const struct form_field *f = field_of(s, json_at(args, 0));
	const struct json *list = json_at(args, 1);

	if (!f || !is_choice(f) || json_type(list) != JSON_LIST || json_count(list) > VALUES_MOST)
		return false;
	*ret = whole_of(f);
	ret->chosen = true;
	for (size_t i = 0; i < json_count(list); i++)
		ret->values[ret->n++] = json_text(json_at(list, i));
	return true;
}

static bool has_value(const struct span *s, str value)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->values[i], value))
			return true;
	return false;
}

static void add_value(struct span *s, str value)
{
	if (s->n < COUNT(s->values) && !has_value(s, value))
		s->values[s->n++] = value;
}

/* Every other choice; those of a code list are not written here. */
static bool span_of_others(struct span *s)
{
	static const char *const answers[] = { "yes", "no" };
	const struct form_field *f = s->field;
	struct span others = { .field = f, .chosen = true };

	if (!s->chosen || f->list.n || f->options.n > VALUES_MOST)
		return false;
	for (size_t i = 0; i < f->options.n; i++)
		if (!has_value(s, f->options.items[i].value))
			add_value(&others, f->options.items[i].value);
	for (size_t i = 0; f->kind == FIELD_YES_NO && i < COUNT(answers); i++)
		if (!has_value(s, str_from(answers[i])))
			add_value(&others, str_from(answers[i]));
	*s = others;
	return true;
}

static bool span_of(
	const struct searching *s, const struct json *rule, struct span *ret, int depth);

/* Choices of one question, whichever of the rules holds. */
static bool span_of_any(
	const struct searching *s, const struct json *args, struct span *ret, int depth)
{
	struct span next;

	*ret = (struct span){ 0 };
	for (struct json_each e = { .of = args }; json_next(&e);) {
		if (!span_of(s, e.value, &next, depth + 1) || !next.chosen ||
			(ret->field && ret->field != next.field))
			return false;
		ret->field = next.field;
		ret->chosen = true;
		for (size_t i = 0; i < next.n; i++)
			add_value(ret, next.values[i]);
	}
	return ret->field != NULL;
}

static bool span_of(const struct searching *s, const struct json *rule, struct span *ret, int depth)
{
	str word;
	const struct json *args = operation(rule, &word);

	if (depth > LIMIT_FORM_LOGIC)
		return false;
	if (str_eq(word, S("==")) || str_eq(word, S("===")))
		return span_of_equal(s, args, ret);
	if (str_eq(word, S("!=")) || str_eq(word, S("!==")))
		return span_of_equal(s, args, ret) && span_of_others(ret);
	if (str_eq(word, S("!")))
		return span_of(s, json_type(args) == JSON_LIST ? json_at(args, 0) : args, ret,
			       depth + 1) &&
			span_of_others(ret);
	if (str_eq(word, S("or")))
		return span_of_any(s, args, ret, depth);
	if (str_eq(word, S("in")))
		return span_of_in(s, args, ret);
	if (str_eq(word, S("<")) || str_eq(word, S("<=")) || str_eq(word, S(">")) ||
		str_eq(word, S(">=")))
		return span_of_order(s, word, args, ret);
	return false;
}

/* --- several at once ------------------------------------------------------------------ */
/* What both allow, in *a. */
static void narrow(struct span *a, const struct span *b)
{
	size_t n = 0;

	if (!a->chosen) {
		a->least = fmax(a->least, b->least);
		a->most = fmin(a->most, b->most);
		return;
	}
	for (size_t i = 0; i < a->n; i++)
		if (has_value(b, a->values[i]))
			a->values[n++] = a->values[i];
	a->n = n;
}

static bool is_empty(const struct span *s) { return s->chosen ? !s->n : s->least > s->most; }

static void gather(const struct searching *s, const struct json *rule, struct spans *all, int depth)
{
	struct span span;
	str word;
	const struct json *args = operation(rule, &word);

	if (str_eq(word, S("and")) && depth < LIMIT_FORM_LOGIC) {
		for (struct json_each e = { .of = args }; json_next(&e);)
			gather(s, e.value, all, depth + 1);
		return;
	}
	/* What cannot hold alone is told of on its own. */
	if (!span_of(s, rule, &span, 0) || is_empty(&span))
		return;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].field == span.field && all->items[i].chosen == span.chosen) {
			narrow(&all->items[i], &span);
			return;
		}
	if (all->n < COUNT(all->items))
		all->items[all->n++] = span;
}

static void say_never(const struct searching *s, const struct form_field *f)
{
	lint_say_at(s->x, s->where,
		str_z(s->x->a,
			arena_printf(s->x->a, "no answer to " STR_FMT " makes its condition hold",
				STR_ARG(f->name))));
}

static void find_conflict(const struct searching *s, const struct json *rule)
{
	struct spans *all = arena_make(s->x->a, struct spans);

	gather(s, rule, all, 0);
	for (size_t i = 0; i < all->n; i++)
		if (is_empty(&all->items[i]))
			say_never(s, all->items[i].field);
}

/* Inside of these a name is one of an element. */
static bool makes_elements(str word)
{
	static const char *const words[] = { "map", "filter", "reduce", "all", "some", "none" };

	return is_one_of(word, words, COUNT(words));
}

static void search(const struct searching *s, const struct json *rule, bool within_and, int depth)
{
	struct span span;
	str word;
	const struct json *args = operation(rule, &word);
	bool both = str_eq(word, S("and"));

	if (depth > LIMIT_FORM_LOGIC || makes_elements(word))
		return;
	if (span_of(s, rule, &span, 0) && is_empty(&span))
		say_never(s, span.field);
	if (both && !within_and)
		find_conflict(s, rule);
	if (json_type(args) == JSON_MAP)
		search(s, args, false, depth + 1);
	for (struct json_each e = { .of = args }; json_type(args) == JSON_LIST && json_next(&e);)
		search(s, e.value, both, depth + 1);
}

/* A rule, and that it does not hold. */
static bool is_negation(struct arena *a, const struct json *rule, const struct json *NULLABLE of)
{
	str word;
	const struct json *args = operation(rule, &word);

	if (!of || !str_eq(word, S("!")))
		return false;
	args = json_type(args) == JSON_LIST ? json_at(args, 0) : args;
	return str_eq(rule_text(a, args), rule_text(a, of));
}

static bool has_negation(struct arena *a, const struct json *NULLABLE const *rules, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; rules[i] && k < n; k++)
			if (is_negation(a, rules[i], rules[k]))
				return true;
	return false;
}

bool rules_exclude(struct linting *x, const struct json *NULLABLE const *rules, size_t n)
{
	struct searching s = { .x = x };
	struct spans *all = arena_make(x->a, struct spans);

	for (size_t i = 0; i < n; i++)
		if (rules[i])
			gather(&s, rules[i], all, 0);
	for (size_t i = 0; i < all->n; i++)
		if (is_empty(&all->items[i]))
			return true;
	return has_negation(x->a, rules, n);
}

/* --- all rules of a form ----------------------------------------------------------------- */
static void search_at(struct linting *x, const struct form_page *NULLABLE item,
	const struct json *NULLABLE rule, str where)
{
	struct searching s = { x, item, where };

	if (rule)
		search(&s, rule, false, 0);
}

static str where_of(struct linting *x, const struct form_page *p, str id)
{
	return arena_printf(
		x->a, "page " STR_FMT "%s" STR_FMT, STR_ARG(p->id), id.n ? ", " : "", STR_ARG(id));
}

static void search_question(
	struct linting *x, const struct form_page *p, const struct form_question *q)
{
	const struct form_page *item = p->repeat.on ? p : NULL;
	str where = where_of(x, p, q->id);

	search_at(x, item, q->when, where);
	search_at(x, item, q->required_when, where);
}

static void search_page(struct linting *x, const struct form_page *p)
{
	search_at(x, NULL, p->when, where_of(x, p, S("")));
	for (size_t i = 0; i < p->groups.n; i++)
		search_question(x, p, &p->groups.items[i].question);
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (f->group || f->kind == FIELD_PAPER)
			continue;
		search_question(x, p, &f->question);
		search_at(x, p->repeat.on ? p : NULL, f->value, where_of(x, p, f->id));
	}
}

static void search_fees(struct linting *x, const struct procedure_channel *c, size_t at)
{
	for (size_t k = 0; k < c->fees.n; k++) {
		const struct fee *fee = &c->fees.items[k];
		str where = arena_printf(x->a, "channels[%zu].fees[%zu]", at, k);
		search_at(x, NULL, fee->when, where);
		search_at(x, NULL, fee->count, where);
		for (size_t i = 0; i < fee->free.n; i++)
			search_at(x, NULL, fee->free.items[i].when, where);
	}
}

void lint_never(struct linting *x)
{
	const struct procedure *p = x->form->procedure;
	struct arena *a = x->a;

	for (size_t i = 0; i < x->form->pages.n; i++)
		search_page(x, &x->form->pages.items[i]);
	for (size_t i = 0; i < x->form->checks.n; i++)
		search_at(x, NULL, x->form->checks.items[i].when,
			arena_printf(a, "form.checks[%zu]", i));
	for (size_t i = 0; i < p->components.n; i++)
		search_at(x, NULL, p->components.items[i].when,
			arena_printf(a, "components[%zu]", i));
	for (size_t i = 0; i < p->cases.n; i++)
		search_at(x, NULL, p->cases.items[i].when, arena_printf(a, "cases[%zu]", i));
	for (size_t i = 0; i < p->channels.n; i++)
		search_fees(x, &p->channels.items[i], i);
}
