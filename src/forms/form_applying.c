/* SPDX-License-Identifier: Apache-2.0 */
/* form_applying.c - which questions apply, and what rules see of the answers. Rules look back only,
 * so that one pass in the order of the form settles them: what a hidden field held counts for none
 * of the later ones. */
#include <math.h>

#include "core/civil.h"
#include "forms/answers_inside.h"
#include "forms/parts.h"

/* --- an answer as rules see it ------------------------------------------------------ */
/* "-12.5": what strtod takes beside that ("0x1F", "1e3") nobody meant as a number. */
static bool is_decimal(str value)
{
	str whole, part;
	bool pointed = str_cut(str_from_at(value, str_starts(value, S("-"))), '.', &whole, &part);

	return digits_only(whole) && (!pointed || digits_only(part));
}

/* What could not be read, and is kept to be mended, is no number. */
static bool is_number(const struct form_field *f, str value)
{
	int64_t units;

	if (f->kind == FIELD_NUMBER)
		return decimal_units(value, f->decimals, &units);
	return is_decimal(value) && (f->kind == FIELD_COMPUTED || !str_has(value, S(".")));
}

static struct logic_value number_fact(const struct form_field *f, str value)
{
	char text[64];

	if (value.n >= sizeof text || !is_number(f, value))
		return logic_null();
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	return logic_number(strtod(text, NULL));
}

static struct logic_value choices_fact(struct arena *a, str value)
{
	VEC(struct logic_value) items = { 0 };
	str piece;

	while (answer_next(&value, &piece))
		*VEC_PUSH(a, &items) = logic_text(piece);
	return logic_list(a, items.items, items.n);
}

static struct logic_value count_fact(str files)
{
	double n = files.n > 0;

	for (size_t i = 0; i < files.n; i++)
		n += files.p[i] == ',';
	return logic_number(n);
}

static struct logic_value fact_of(struct arena *a, const struct form_field *f, str value)
{
	str province;

	switch (f->kind == FIELD_COMPUTED ? f->as : f->kind) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_MONEY: return number_fact(f, value);
	case FIELD_MANY: return choices_fact(a, value);
	case FIELD_PAPER: return count_fact(value);
	case FIELD_DATE: return date_readable(value) ? logic_text(value) : logic_null();
	case FIELD_COMMUNE:
		return value.n && !commune_open(value, &province) ? logic_text(value)
								  : logic_null();
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_TIME:
	case FIELD_YES_NO:
	case FIELD_ONE:
	case FIELD_PERSON_ID:
	case FIELD_TAX_CODE:
	case FIELD_PHONE:
	case FIELD_EMAIL:
	case FIELD_COMPUTED:
	case FIELD_DECLARATION:
	case FIELD_NOTE:
	case FIELD_KIND_COUNT: break;
	}
	return value.n ? logic_text(value) : logic_null();
}

/* "cha.noi-cu-tru.xa" is a member of a member of a member. */
static void put_fact(struct arena *a, struct logic_map *into, str name, struct logic_value v)
{
	str head, tail;

	if (!str_cut(name, '.', &head, &tail)) {
		logic_map_put(into, name, v);
		return;
	}
	struct logic_value before = logic_member(a, logic_map(into), head);
	struct logic_map *below =
		before.type == LOGIC_MAP ? (struct logic_map *)before.map : logic_map_new(a);
	put_fact(a, below, tail, v);
	logic_map_put(into, head, logic_map(below));
}

/* --- rules ------------------------------------------------------------------------------- */
static struct logic_value evaluate(
	struct arena *a, const struct json *rule, const struct logic_map *facts)
{
	struct logic_value v = logic_null();

	/* Rules were checked with their form; what is left is a ceiling, and it answers nothing. */
	err e = logic_apply(a, rule, logic_map(facts), &v);
	return e ? logic_null() : v;
}

static str row_key(struct arena *a, const struct form_row *row)
{
	return arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(row->page), STR_ARG(row->id));
}

static const struct logic_map *facts_at(
	const struct answers *s, const struct form_row *NULLABLE row)
{
	const struct logic_map *item =
		row && s->items ? map_find(s->items, row_key(s->a, row)) : NULL;

	assert(s->facts); /* answers of form_applying only */
	return item ? item : s->facts;
}

bool form_holds(const struct json *rule, const struct answers *s, const struct form_row *row)
{
	return !rule || logic_truth(evaluate(s->a, rule, facts_at(s, row)));
}

struct logic_value answers_facts_at(const struct answers *s, const struct form_row *row)
{
	return logic_map(facts_at(s, row));
}

bool form_field_applies(const struct form_field *f, const struct answers *s)
{
	if (f->group && !form_holds(f->group->question.when, s, f->row))
		return false;
	return form_holds(f->question.when, s, f->row);
}

static bool question_required(
	const struct form_question *q, const struct answers *s, const struct form_row *row)
{
	return q->required || (q->required_when && form_holds(q->required_when, s, row));
}

/* A part is needed when its question is and the part is none of those that may be left out; what
 * the part itself is required for narrows that. */
bool form_field_required(const struct form_field *f, const struct answers *s)
{
	if (!f->group)
		return question_required(&f->question, s, f->row);
	return question_required(&f->group->question, s, f->row) && f->question.required &&
		form_holds(f->question.required_when, s, f->row);
}

static bool section_applies(const struct form *f, str id, const struct answers *s)
{
	for (size_t i = 0; i < f->sections.n; i++)
		if (str_eq(f->sections.items[i].id, id))
			return form_holds(f->sections.items[i].when, s, NULL);
	return true;
}

static bool page_asked(const struct form *f, const struct form_page *p, const struct answers *s)
{
	return section_applies(f, p->section, s) && form_holds(p->when, s, NULL);
}

/* A page of which no question applies would be an empty one. */
bool form_page_applies(const struct form *f, const struct form_page *p, const struct answers *s)
{
	if (!page_asked(f, p, s) || p->repeat.on)
		return page_asked(f, p, s);
	for (size_t i = 0; i < p->fields.n; i++)
		if (form_field_applies(&p->fields.items[i], s))
			return true;
	return false;
}

bool form_paper_applies(const struct component *c, const struct answers *s)
{
	return !c->note && form_holds(c->when, s, NULL);
}

/* --- computed values --------------------------------------------------------------------- */
static str computed_text(struct arena *a, const struct form_field *f, struct logic_value v)
{
	double unit = pow(10, f->decimals);

	if (v.type == LOGIC_TEXT)
		return v.text;
	if (v.type != LOGIC_NUMBER || !isfinite(v.number) || fabs(v.number * unit) > 1e15)
		return S("");
	if (f->as == FIELD_TEXT || f->as == FIELD_DATE)
		return S("");
	return decimal_text(a, (int64_t)llround(v.number * unit), f->decimals);
}

/* --- the pass over the form ------------------------------------------------------------------ */
struct pass {
	const struct answers *given;
	struct answers *kept;
};

static void keep_field(struct pass *x, const struct form_field *f, struct logic_map *facts)
{
	struct arena *a = x->kept->a;
	str value = answer(x->given, f->id);

	if (f->kind == FIELD_NOTE || !form_field_applies(f, x->kept))
		return;
	if (f->kind == FIELD_COMPUTED)
		value = computed_text(a, f, evaluate(a, f->value, facts_at(x->kept, f->row)));
	answer_set(x->kept, f->id, value);
	put_fact(a, facts, f->name, fact_of(a, f, value));
}

/* Rules of an item see its own answers first, then those of the form. */
static struct logic_value keep_item(struct pass *x, const struct form_page *p, str id)
{
	struct arena *a = x->kept->a;
	struct form_page item = form_page_of_row(a, p, id);
	struct logic_map *own = logic_map_within(a, x->kept->facts);

	map_put(x->kept->items, row_key(a, &(struct form_row){ p->id, id }), own);
	for (size_t i = 0; i < item.fields.n; i++)
		keep_field(x, &item.fields.items[i], own);
	return logic_map(own);
}

static void keep_items(struct pass *x, const struct form_page *p)
{
	struct arena *a = x->kept->a;
	form_row_ids rows = form_rows(a, p, x->given);
	struct logic_value *items = arena_array(a, struct logic_value, rows.n);

	answer_set(x->kept, p->id, answer(x->given, p->id));
	for (size_t i = 0; i < rows.n; i++)
		items[i] = keep_item(x, p, rows.items[i]);
	logic_map_put(x->kept->facts, p->id, logic_list(a, items, rows.n));
}

struct answers *form_applying(
	struct arena *a, const struct form *f, const struct answers *s, day today)
{
	struct pass x = { s, answers_new(a) };

	x.kept->facts = logic_map_new(a);
	x.kept->items = map_new(a, 16);
	logic_map_put(x.kept->facts, S("hom-nay"), logic_text(day_iso(a, today)));
	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		if (!page_asked(f, p, x.kept))
			continue;
		if (p->repeat.on)
			keep_items(&x, p);
		for (size_t k = 0; !p->repeat.on && k < p->fields.n; k++)
			keep_field(&x, &p->fields.items[k], x.kept->facts);
	}
	return x.kept;
}
