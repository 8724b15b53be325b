/* SPDX-License-Identifier: Apache-2.0 */
/* definition_field.c - one question of a definition. */
#include <math.h>

#include "forms/definition.h"

/* clang-format off */
static const struct member field_members[] = {
	QUESTION_MEMBERS(form_field),
	{ AT(form_field, error), JSON_TEXT },
	{ AT(form_field, error_en), JSON_TEXT },
	{ AT(form_field, autocomplete), JSON_TEXT },
	{ AT(form_field, width), JSON_TEXT },
	{ S("least"), ELSEWHERE, JSON_ABSENT },
	{ S("most"), ELSEWHERE, JSON_ABSENT },
	{ S("decimals"), ELSEWHERE, JSON_INT },
	{ AT(form_field, unit), JSON_TEXT },
	{ AT(form_field, unit_en), JSON_TEXT },
	{ AT(form_field, past), JSON_BOOL },
	{ AT(form_field, future), JSON_BOOL },
	{ AT(form_field, partial), JSON_BOOL },
	{ AT(form_field, expires), JSON_BOOL },
	{ AT(form_field, history), JSON_BOOL },
	{ S("pattern"), ELSEWHERE, JSON_TEXT },
	{ AT(form_field, pattern_error), JSON_TEXT },
	{ AT(form_field, pattern_error_en), JSON_TEXT },
	{ AT(form_field, prefill), JSON_TEXT },
	{ AT(form_field, remember), JSON_TEXT },
	{ AT(form_field, list), JSON_TEXT },
	{ S("options"), ELSEWHERE, JSON_LIST },
	{ AT(form_field, linked), JSON_TEXT },
	{ AT(form_field, component), JSON_TEXT },
	{ AT(form_field, value), JSON_MAP },
	{ S("as"), ELSEWHERE, JSON_TEXT },
	{ AT(form_field, text), JSON_TEXT },
	{ AT(form_field, text_en), JSON_TEXT },
};
static const struct member option_members[] = {
	{ AT(form_option, value), JSON_TEXT, true },
	{ AT(form_option, label), JSON_TEXT, true },
	{ AT(form_option, label_en), JSON_TEXT },
	{ AT(form_option, hint), JSON_TEXT },
	{ AT(form_option, hint_en), JSON_TEXT },
	{ S("of"), ELSEWHERE, JSON_LIST },
};
/* clang-format on */

#define KIND(name) (1u << FIELD_##name)
#define NUMBERS (KIND(INTEGER) | KIND(NUMBER) | KIND(MONEY))
#define TEXTS (KIND(TEXT) | KIND(LONG_TEXT))
#define CHOICES (KIND(ONE) | KIND(MANY))
#define ANSWERED (~(KIND(COMPUTED) | KIND(NOTE)))
#define TYPED (ANSWERED & ~(KIND(PAPER) | KIND(DECLARATION)))
/* Members that mean something for some kinds only. */
static const struct {
	const char *name;
	unsigned kinds;
} special_members[] = {
	{ "least", TEXTS | NUMBERS | KIND(DATE) | KIND(MANY) },
	{ "most", TEXTS | NUMBERS | KIND(DATE) | KIND(MANY) },
	{ "decimals", KIND(NUMBER) },
	{ "unit", KIND(INTEGER) | KIND(NUMBER) },
	{ "unit_en", KIND(INTEGER) | KIND(NUMBER) },
	{ "past", KIND(DATE) },
	{ "future", KIND(DATE) },
	{ "partial", KIND(DATE) },
	{ "expires", KIND(DATE) },
	{ "history", KIND(COMMUNE) },
	{ "pattern", TEXTS },
	{ "pattern_error", TEXTS },
	{ "pattern_error_en", TEXTS },
	{ "options", CHOICES },
	{ "list", CHOICES },
	{ "linked", CHOICES },
	{ "component", KIND(PAPER) },
	{ "value", KIND(COMPUTED) },
	{ "as", KIND(COMPUTED) },
	{ "text", KIND(NOTE) },
	{ "text_en", KIND(NOTE) },
	{ "error", ANSWERED },
	{ "error_en", ANSWERED },
	{ "required", ANSWERED },
	{ "required_when", ANSWERED },
	{ "prefill", TYPED },
	{ "remember", TYPED },
	{ "autocomplete", TYPED },
	{ "width", TYPED },
};
static const char *const kind_words[FIELD_KIND_COUNT] = {
#define X(name, code) [FIELD_##name] = code,
	FIELD_KINDS(X)
#undef X
};
static const char *const widths[] = { "", "full", "2", "4", "12", "24" };
static const char *const prefills[] = { "", "account.name", "account.person_id", "account.birth",
	"account.gender", "account.phone", "account.email", "account.commune", "account.address" };

static enum field_kind kind_of(str word)
{
	int kind = 0;

	while (kind < FIELD_KIND_COUNT && !str_eq(word, str_from(kind_words[kind])))
		kind++;
	return (enum field_kind)kind;
}

static err read_kind(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	str word = json_get_text(j, "kind");
	struct place at = { .up = p, .name = S("kind") };

	f->kind = kind_of(word);
	if (f->kind == FIELD_KIND_COUNT)
		return FAULT(x->a, &at, "\"" STR_FMT "\" is no kind of question", STR_ARG(word));
	for (size_t i = 0; i < COUNT(special_members); i++) {
		struct place member = { .up = p, .name = str_from(special_members[i].name) };
		if (json_get(j, special_members[i].name) &&
			!(special_members[i].kinds & 1u << f->kind))
			return FAULT(x->a, &member, "means nothing for this kind");
	}
	return NULL;
}

/* --- options ------------------------------------------------------------------ */
static bool offers(const struct form_field *f, str value)
{
	for (size_t i = 0; i < f->options.n; i++)
		if (str_eq(f->options.items[i].value, value))
			return true;
	return f->list.n > 0;
}

static err read_of(const struct reader *x, const struct json *NULLABLE j, const struct place *p,
	const struct form_field *NULLABLE linked, struct form_option *o)
{
	struct place at = { .up = p, .name = S("of") };

	if ((linked != NULL) != (json_count(j) > 0))
		return FAULT(x->a, &at,
			linked ? "missing: for which answers it is offered"
			       : "means nothing without linked");
	o->of.items = arena_array(x->a, str, json_count(j));
	for (size_t i = 0; i < json_count(j); i++) {
		str value = json_text(json_at(j, i));
		if (linked && !offers(linked, value))
			return FAULT(x->a, &at, "\"" STR_FMT "\" is no value of " STR_FMT,
				STR_ARG(value), STR_ARG(linked->name));
		o->of.items[o->of.n++] = value;
	}
	return NULL;
}

static err find_linked(const struct reader *x, const struct place *p, const struct form_field *f,
	const struct form_field *NULLABLE *ret)
{
	const struct form_field *linked = x->item ? map_find(x->item, f->linked) : NULL;

	if (!linked && f->linked.n)
		linked = map_find(x->fields, f->linked);
	if (f->linked.n && (!linked || linked->kind != FIELD_ONE))
		return FAULT_IN(
			x->a, p, "linked", "linked names no earlier question with one choice");
	*ret = linked;
	return NULL;
}

err read_options(const struct reader *x, const struct json *NULLABLE j, const struct place *up,
	struct form_field *f)
{
	struct place p = { .up = up, .name = S("options") };
	const struct form_field *linked = NULL;
	size_t n = json_count(j);

	if ((n > 0) == (f->list.n > 0))
		return FAULT(x->a, &p, "either options or a list");
	if (n > LIMIT_FORM_OPTIONS)
		return FAULT(x->a, &p, "more than %d", LIMIT_FORM_OPTIONS);
	TRY(find_linked(x, up, f, &linked));
	f->options.items = arena_array(x->a, struct form_option, n);
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = &p, .at = i };
		const struct json *item = json_at(j, i);
		struct form_option *o = &f->options.items[i];
		TRY(read_members(x->a, item, &at, option_members, COUNT(option_members), o));
		TRY(read_of(x, json_get(item, "of"), &at, linked, o));
		if (offers(f, o->value))
			return FAULT_IN(x->a, &at, "value", "the same value twice");
		if (str_has(o->value, S("\n")) || !str_eq(str_trim(o->value), o->value))
			return FAULT_IN(x->a, &at, "value",
				"a value has no white space around it nor lines");
		f->options.n++;
	}
	return NULL;
}

/* --- bounds ------------------------------------------------------------------- */
/* Beyond this a whole number is surely a slip; it also keeps sums in range. */
#define NUMBER_MOST ((int64_t)1000 * 1000 * 1000 * 1000 * 1000)
#define DECIMALS_MOST 6

static err read_decimals(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	struct place at = { .up = p, .name = S("decimals") };

	f->decimals = f->kind == FIELD_NUMBER ? (int)json_int(json_get(j, "decimals"), 2) : 0;
	if (f->decimals < (f->kind == FIELD_NUMBER) || f->decimals > DECIMALS_MOST)
		return FAULT(x->a, &at, "from 1 to %d", DECIMALS_MOST);
	return NULL;
}

static err read_number_bound(const struct reader *x, const struct json *value,
	const struct place *p, const struct form_field *f, int64_t *ret)
{
	double n = json_double(value, NAN), unit = pow(10, f->decimals);
	bool text = f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT || f->kind == FIELD_MANY;
	double least = text ? 0 : (double)-NUMBER_MOST;
	double most = text ? LIMIT_ANSWER_TEXT : (double)NUMBER_MOST;

	if (!(n * unit >= least && n * unit <= most) || round(n * unit) != n * unit)
		return FAULT(x->a, p, "expected a number within limits");
	*ret = (int64_t)(n * unit);
	return NULL;
}

static err read_bound(const struct reader *x, const struct json *j, const struct place *up,
	const char *name, const struct form_field *f, bool *ret_has, int64_t *ret)
{
	struct place p = { .up = up, .name = str_from(name) };
	const struct json *value = json_get(j, name);
	day d;

	if (!value)
		return NULL;
	*ret_has = true;
	if (f->kind != FIELD_DATE)
		return read_number_bound(x, value, &p, f, ret);
	if (!day_parse(json_text(value), &d))
		return FAULT(x->a, &p, "expected a date, \"2026-11-23\"");
	*ret = d;
	return NULL;
}

err read_bounds(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	TRY(read_decimals(x, j, p, f));
	TRY(read_bound(x, j, p, "least", f, &f->has_least, &f->least));
	TRY(read_bound(x, j, p, "most", f, &f->has_most, &f->most));
	if ((f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT) && !f->has_most) {
		f->has_most = true;
		f->most = f->kind == FIELD_TEXT ? 200 : 4000;
	}
	if (f->has_least && f->has_most && f->least > f->most)
		return FAULT_IN(x->a, p, "least", "least is more than most");
	if (f->past && f->future)
		return FAULT_IN(x->a, p, "past", "either past or future");
	return NULL;
}

/* --- the rest of a field ---------------------------------------------------------- */
/* A paper is asked for, and needed, as its component says, unless the field says otherwise. */
static err read_component(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	struct place at = { .up = p, .name = S("component") };

	if (x->item)
		return FAULT(x->a, &at, "papers are not asked for on a repeated page");
	for (size_t i = 0; i < x->procedure->components.n; i++) {
		const struct component *c = &x->procedure->components.items[i];
		if (!f->component.n || !str_eq(c->id, f->component))
			continue;
		if (c->note)
			return FAULT(x->a, &at, "is a remark, not a paper");
		if (!json_get(j, "required"))
			f->question.required = c->required;
		if (!f->question.when)
			f->question.when = c->when;
		f->most = (c->most_mb ? c->most_mb : LIMIT_FILE_USUAL_MIB) * MIB;
		return NULL;
	}
	return FAULT(x->a, &at, "no component \"" STR_FMT "\"", STR_ARG(f->component));
}

static err read_pattern(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	struct place at = { .up = p, .name = S("pattern") };
	str expression = json_get_text(j, "pattern");

	if (!expression.n)
		return NULL;
	err e = pattern_compile(x->a, expression, &f->pattern);
	if (e)
		return FAULT(x->a, &at, STR_FMT, STR_ARG(e->detail));
	if (!f->pattern_error.n)
		return FAULT_IN(
			x->a, p, "pattern_error", "a pattern needs its pattern_error, for people");
	return NULL;
}

static err read_value(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	static const enum field_kind kinds[] = { FIELD_INTEGER, FIELD_NUMBER, FIELD_MONEY,
		FIELD_TEXT, FIELD_DATE };
	struct place value = { .up = p, .name = S("value") }, as = { .up = p, .name = S("as") };
	struct rule_scope scope = { x->fields, x->pages, x->item };
	str word = json_get_text(j, "as");

	f->as = kind_of(word);
	bool known = false;
	for (size_t i = 0; i < COUNT(kinds); i++)
		known = known || kinds[i] == f->as;
	if (!known)
		return FAULT(x->a, &as, "one of integer, number, money, text, date");
	if (!f->value)
		return FAULT(x->a, &value, "missing");
	f->decimals = f->as == FIELD_NUMBER ? 2 : 0;
	if (f->as == FIELD_TEXT || f->as == FIELD_DATE)
		return rule_check(x->a, f->value, &value, &scope);
	return rule_check_number(x->a, f->value, &value, &scope);
}

static err check_words(const struct reader *x, const struct place *p, const struct form_field *f)
{
	if (!is_one_of(f->width, widths, COUNT(widths)))
		return FAULT_IN(x->a, p, "width", "width is one of full, 2, 4, 12, 24");
	if (!is_one_of(f->prefill, prefills, COUNT(prefills)))
		return FAULT_IN(
			x->a, p, "prefill", "no prefill \"" STR_FMT "\"", STR_ARG(f->prefill));
	if (f->list.n && !id_valid(f->list))
		return FAULT_IN(
			x->a, p, "list", "\"" STR_FMT "\" cannot be a list", STR_ARG(f->list));
	if (f->remember.n && !id_valid(f->remember))
		return FAULT_IN(x->a, p, "remember", "\"" STR_FMT "\" cannot be remembered under",
			STR_ARG(f->remember));
	return NULL;
}

err check_rules(const struct reader *x, const struct place *p, const struct form_question *q)
{
	struct place when = { .up = p, .name = S("when") };
	struct place required = { .up = p, .name = S("required_when") };
	struct rule_scope scope = { x->fields, x->pages, x->item };

	if (q->when)
		TRY(rule_check(x->a, q->when, &when, &scope));
	return q->required_when ? rule_check(x->a, q->required_when, &required, &scope) : NULL;
}

/* A paper without a condition of its own has that of its component, which is written there. */
static err check_paper_rules(const struct reader *x, const struct json *j, const struct place *p,
	const struct form_field *f)
{
	struct place components = { .name = S("components") };
	size_t i = 0;

	if (json_get(j, "when"))
		return check_rules(x, p, &f->question);
	while (!str_eq(x->procedure->components.items[i].id, f->component))
		i++;
	struct place at = { .up = &components, .at = i };
	struct form_question own = f->question;
	own.when = NULL;
	TRY(check_rules(x, &at, &(struct form_question){ .when = f->question.when }));
	return check_rules(x, p, &own);
}

err add_field(struct reader *x, const struct place *p, struct form_page *page, struct form_field f)
{
	struct form_field *kept = &page->fields.items[page->fields.n];

	if (++x->n_fields > LIMIT_FORM_FIELDS)
		return FAULT(x->a, p, "more than %d fields", LIMIT_FORM_FIELDS);
	f.id = f.name;
	if (!f.remember.n && f.prefill.n)
		f.remember = f.prefill;
	*kept = f;
	page->fields.n++;
	map_put(x->item ? x->item : x->fields, kept->name, kept);
	return NULL;
}

err read_question(struct reader *x, const struct json *NULLABLE j, const struct place *p,
	struct form_page *page)
{
	struct form_field f = { 0 };
	enum group_kind group = group_kind_of(json_get_text(j, "kind"));

	TRY(take_id(x, p, json_get_text(j, "id")));
	if (group != GROUP_KIND_COUNT)
		return read_group(x, group, j, p, page);
	TRY(read_members(x->a, j, p, field_members, COUNT(field_members), &f));
	TRY(read_kind(x, j, p, &f));
	f.name = f.question.id;
	TRY(check_words(x, p, &f));
	TRY(read_bounds(x, j, p, &f));
	TRY(read_pattern(x, j, p, &f));
	if (f.kind == FIELD_ONE || f.kind == FIELD_MANY)
		TRY(read_options(x, json_get(j, "options"), p, &f));
	if (f.kind == FIELD_PAPER)
		TRY(read_component(x, j, p, &f));
	if (f.kind == FIELD_COMPUTED)
		TRY(read_value(x, j, p, &f));
	TRY(check_purpose(x, p, f.question.purpose));
	TRY(f.kind == FIELD_PAPER ? check_paper_rules(x, j, p, &f)
				  : check_rules(x, p, &f.question));
	return add_field(x, p, page, f);
}
