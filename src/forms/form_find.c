/* SPDX-License-Identifier: Apache-2.0 */
/* form_find.c - what is amiss between answers: shown to the applicant before sending, and to the
 * officer after. The form's own checks, and what holds for every form: a personal number tells sex
 * and year of birth, one number has one name, a paper past its day is worth nothing. */
#include "core/civil.h"
#include "core/fold.h"
#include "forms/parts.h"

struct person_named {
	str number, name;
};
struct finder {
	struct arena *a;
	const struct form_source *source;
	const struct answers *answers;
	VEC(struct form_finding) found;
	VEC(struct person_named) people;
};

static void add(struct finder *x, const char *id, str field, str message)
{
	*VEC_PUSH(x->a, &x->found) = (struct form_finding){ str_from(id), field, message, false };
}

static void run_checks(struct finder *x, const struct form *f)
{
	for (size_t i = 0; i < f->checks.n; i++) {
		const struct form_rule_check *c = &f->checks.items[i];
		if (form_holds(c->when, x->answers, NULL))
			*VEC_PUSH(x->a, &x->found) = (struct form_finding){ c->id, c->field,
				form_text(x->source->language, c->message, c->message_en),
				c->stops };
	}
}

/* --- persons ------------------------------------------------------------------------- */
static const struct form_field *NULLABLE part_of(
	const struct form_page *p, const struct form_group *g, const char *part)
{
	for (size_t i = g->first; i < g->first + g->n; i++) {
		str head, tail;
		str_cut(p->fields.items[i].name, '.', &head, &tail);
		if (str_eq(tail, str_from(part)))
			return &p->fields.items[i];
	}
	return NULL;
}

static str value_of(struct finder *x, const struct form_field *NULLABLE f)
{
	return f ? answer(x->answers, f->id) : S("");
}

static str who(struct finder *x, const struct form_group *g)
{
	return form_text(x->source->language, g->question.label, g->question.label_en);
}

/* Sex and century in the fourth digit, then the year [Decree 70/2024, Art. 10]. */
static void check_number(struct finder *x, const struct form_page *p, const struct form_group *g,
	const struct form_field *number_field, str number)
{
	enum language l = x->source->language;
	str sex = value_of(x, part_of(p, g, "gioi-tinh"));
	str birth = value_of(x, part_of(p, g, "ngay-sinh"));
	int digit = number.p[3] - '0';
	int year = 1900 + digit / 2 * 100 + (number.p[4] - '0') * 10 + number.p[5] - '0';
	day first, last;

	if (date_span(birth, &first, &last) && date_of(first).year != year)
		add(x, "nam-sinh", number_field->id,
			FILL(x->a, l,
				TR("{ai}: số định danh cho biết sinh năm {nam}, khác ngày sinh"),
				S("ai"), who(x, g), S("nam"), arena_printf(x->a, "%d", year)));
	if ((str_eq(sex, S("nam")) && digit % 2 == 1) || (str_eq(sex, S("nu")) && digit % 2 == 0))
		add(x, "gioi-tinh", number_field->id,
			FILL(x->a, l, TR("{ai}: số định danh và giới tính đã khai không khớp"),
				S("ai"), who(x, g)));
}

static void check_name(struct finder *x, const struct form_group *g,
	const struct form_field *number_field, str number, str name)
{
	str folded = text_fold(x->a, name);

	for (size_t i = 0; i < x->people.n; i++) {
		if (!str_eq(x->people.items[i].number, number))
			continue;
		if (!str_eq(x->people.items[i].name, folded))
			add(x, "hai-ten", number_field->id,
				FILL(x->a, x->source->language,
					TR("{ai}: số định danh này đã khai với tên khác ở trên"),
					S("ai"), who(x, g)));
		return;
	}
	*VEC_PUSH(x->a, &x->people) = (struct person_named){ number, folded };
}

static void check_person(struct finder *x, const struct form_page *p, const struct form_group *g)
{
	const struct form_field *number_field = part_of(p, g, "so-dinh-danh");
	str number = value_of(x, number_field);
	str name = value_of(x, part_of(p, g, "ho-ten"));

	if (!number_field || number.n != 12 || !digits_only(number))
		return;
	check_number(x, p, g, number_field, number);
	if (name.n)
		check_name(x, g, number_field, number, name);
}

/* --- papers and their days ---------------------------------------------------------------- */
static void check_expiry(struct finder *x, const struct form_field *f)
{
	day first, last;

	if (f->expires && date_span(answer(x->answers, f->id), &first, &last) &&
		last < x->source->today)
		add(x, "het-han", f->id,
			FILL(x->a, x->source->language,
				TR("“{nhan}” đã qua: giấy tờ này hết giá trị từ {ngay}"), S("nhan"),
				form_full_label(x->a, x->source->language, f), S("ngay"),
				day_text(x->a, last)));
}

static void check_page(struct finder *x, const struct form_page *p)
{
	for (size_t i = 0; i < p->groups.n; i++)
		if (p->groups.items[i].kind == GROUP_PERSON)
			check_person(x, p, &p->groups.items[i]);
	for (size_t i = 0; i < p->fields.n; i++)
		check_expiry(x, &p->fields.items[i]);
}

void form_find(struct arena *a, const struct form_source *source, const struct form *f,
	const struct answers *s, form_findings *ret)
{
	struct finder x = { a, source, s };
	form_page_list pages = form_pages_asked(a, f, s);

	run_checks(&x, f);
	for (size_t i = 0; i < pages.n; i++)
		check_page(&x, &pages.items[i]);
	*ret = (form_findings){ x.found.items, x.found.n };
}
