/* SPDX-License-Identifier: Apache-2.0 */
/* form_reach.c - what the samples come to, and what none of them does: a condition that holds for
 * nobody looks like one that was never tried. */
#include "forms/lint_parts.h"

struct reach {
	bool *fields[LIMIT_FORM_PAGES]; /* asked in some sample */
	bool *components, *cases, **fees;
};

static struct reach *reach_new(struct arena *a, const struct form *f)
{
	const struct procedure *p = f->procedure;
	struct reach *r = arena_make(a, struct reach);

	for (size_t i = 0; i < f->pages.n; i++)
		r->fields[i] = arena_array(a, bool, f->pages.items[i].fields.n + 1);
	r->components = arena_array(a, bool, p->components.n + 1);
	r->cases = arena_array(a, bool, p->cases.n + 1);
	r->fees = arena_array(a, bool *, p->channels.n + 1);
	for (size_t i = 0; i < p->channels.n; i++)
		r->fees[i] = arena_array(a, bool, p->channels.items[i].fees.n + 1);
	return r;
}

static void mark_page(const struct form_page *p, const struct answers *applying, bool *asked)
{
	for (size_t k = 0; k < p->fields.n; k++)
		asked[k] = asked[k] || form_field_applies(&p->fields.items[k], applying);
}

static void mark_form(struct linting *x, struct reach *r, const struct answers *applying)
{
	for (size_t i = 0; i < x->form->pages.n; i++) {
		struct form_page *p = &x->form->pages.items[i];
		if (!form_page_applies(x->form, p, applying))
			continue;
		map_put(x->seen, p->id, p);
		form_row_ids rows =
			p->repeat.on ? form_rows(x->a, p, applying) : (form_row_ids){ 0 };
		if (!p->repeat.on)
			mark_page(p, applying, r->fields[i]);
		for (size_t k = 0; k < rows.n; k++) {
			struct form_page item = form_page_of_row(x->a, p, rows.items[k]);
			mark_page(&item, applying, r->fields[i]);
		}
	}
}

static void mark_procedure(
	const struct procedure *p, struct reach *r, const struct answers *applying)
{
	for (size_t i = 0; i < p->components.n; i++)
		r->components[i] =
			r->components[i] || form_holds(p->components.items[i].when, applying, NULL);
	for (size_t i = 0; i < p->cases.n; i++)
		r->cases[i] = r->cases[i] || form_holds(p->cases.items[i].when, applying, NULL);
	for (size_t i = 0; i < p->channels.n; i++)
		for (size_t k = 0; k < p->channels.items[i].fees.n; k++)
			r->fees[i][k] = r->fees[i][k] ||
				form_holds(p->channels.items[i].fees.items[k].when, applying, NULL);
}

void lint_reach(struct linting *x)
{
	struct reach *r = x->reach = reach_new(x->a, x->form);

	for (size_t i = 0; i < form_sample_count(x->form); i++) {
		struct form_sample s;
		err e = form_sample_read(x->a, x->form, i, &s);
		if (e)
			continue;
		struct answers *applying = form_applying(x->a, x->form, s.answers, s.today);
		mark_form(x, r, applying);
		mark_procedure(x->form->procedure, r, applying);
	}
}

/* --- what none came to -------------------------------------------------------------- */
static bool group_asked(const struct form_group *g, const bool *asked)
{
	for (size_t i = 0; i < g->n; i++)
		if (asked[g->first + i])
			return true;
	return false;
}

/* A paper that is asked as its component says is told of there. */
static bool has_own_condition(const struct linting *x, const struct form_field *f)
{
	const struct procedure *p = x->form->procedure;

	for (size_t i = 0; f->kind == FIELD_PAPER && i < p->components.n; i++)
		if (p->components.items[i].when == f->question.when)
			return false;
	return f->question.when && !f->group;
}

static void say_unasked(struct linting *x, const struct form_page *p, const bool *asked)
{
	static const char words[] = "no sample asks it: can its condition hold?";

	for (size_t k = 0; k < p->fields.n; k++)
		if (!asked[k] && has_own_condition(x, &p->fields.items[k]))
			lint_say(x, p, p->fields.items[k].id, words);
	for (size_t k = 0; k < p->groups.n; k++)
		if (p->groups.items[k].question.when && !group_asked(&p->groups.items[k], asked))
			lint_say(x, p, p->groups.items[k].question.id, words);
}

void lint_unreached(struct linting *x)
{
	const struct procedure *p = x->form->procedure;
	const struct reach *r = x->reach;
	struct arena *a = x->a;

	for (size_t i = 0; i < x->form->pages.n; i++)
		if (map_find(x->seen, x->form->pages.items[i].id))
			say_unasked(x, &x->form->pages.items[i], r->fields[i]);
	for (size_t i = 0; i < p->components.n; i++)
		if (p->components.items[i].when && !r->components[i])
			lint_say_at(x, arena_printf(a, "components[%zu]", i),
				"no sample needs it: can its condition hold?");
	for (size_t i = 0; i < p->cases.n; i++)
		if (p->cases.items[i].when && !r->cases[i])
			lint_say_at(x, arena_printf(a, "cases[%zu]", i),
				"no sample is this case: can its condition hold?");
	for (size_t i = 0; i < p->channels.n; i++)
		for (size_t k = 0; k < p->channels.items[i].fees.n; k++)
			if (p->channels.items[i].fees.items[k].when && !r->fees[i][k])
				lint_say_at(x, arena_printf(a, "channels[%zu].fees[%zu]", i, k),
					"no sample pays it: can its condition hold?");
}
