/* SPDX-License-Identifier: Apache-2.0 */
/* form_english.c - what an English page of a form would show in Vietnamese. A form without an
 * English title is for Vietnamese readers, and told of as a whole; one that has it is to have all
 * of it. */
#include "forms/lint_parts.h"

#define SYMBOL_MOST 3 /* characters of a unit that is the same in every language: m², kg, % */

static bool lacks(str vietnamese, str english) { return vietnamese.n && !english.n; }

static void say_unless(struct linting *x, bool good, str where, const char *what)
{
	if (!good)
		lint_say_at(x, where, what);
}

/* --- questions ------------------------------------------------------------------------ */
static bool lacks_choice(const struct form_field *f)
{
	for (size_t i = 0; i < f->options.n; i++)
		if (lacks(f->options.items[i].label, f->options.items[i].label_en) ||
			lacks(f->options.items[i].hint, f->options.items[i].hint_en))
			return true;
	return false;
}

static void lint_field(struct linting *x, const struct form_page *p, const struct form_field *f)
{
	str id = f->group ? f->group->question.id : f->id;

	if (lacks_choice(f))
		lint_say(x, p, id, "a choice without English");
	if (lacks(f->unit, f->unit_en) && str_length(f->unit) > SYMBOL_MOST)
		lint_say(x, p, id, "no English unit");
	if (lacks(f->pattern_error, f->pattern_error_en))
		lint_say(x, p, id, "no English error sentence of its pattern");
	if (lacks(f->text, f->text_en))
		lint_say(x, p, id, "no English text");
}

static void lint_pages(struct linting *x)
{
	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		for (size_t k = 0; k < p->fields.n; k++)
			lint_field(x, p, &p->fields.items[k]);
	}
}

/* --- beside the questions ---------------------------------------------------------------- */
static void lint_lists(struct linting *x)
{
	const struct form *f = x->form;
	struct arena *a = x->a;

	for (size_t i = 0; i < f->sections.n; i++)
		say_unless(x, f->sections.items[i].title_en.n > 0,
			arena_printf(a, "form.sections[%zu]", i), "no English title");
	for (size_t i = 0; i < f->purposes.n; i++) {
		const struct form_purpose *p = &f->purposes.items[i];
		say_unless(x,
			!lacks(p->why, p->why_en) && !lacks(p->who, p->who_en) &&
				!lacks(p->keep, p->keep_en),
			arena_printf(a, "form.purposes[%zu]", i),
			"a purpose that is not said in English");
	}
	for (size_t i = 0; i < f->checks.n; i++)
		say_unless(x, f->checks.items[i].message_en.n > 0,
			arena_printf(a, "form.checks[%zu]", i), "no English message");
}

static bool fee_is_whole(const struct fee *fee)
{
	bool whole = !lacks(fee->name, fee->name_en) && !lacks(fee->note, fee->note_en);

	for (size_t i = 0; i < fee->free.n; i++)
		whole = whole && !lacks(fee->free.items[i].why, fee->free.items[i].why_en);
	return whole;
}

static void lint_procedure(struct linting *x)
{
	const struct procedure *p = x->form->procedure;
	struct arena *a = x->a;

	say_unless(
		x, !lacks(p->name, p->name_en), S("name_en"), "the procedure has no English name");
	for (size_t i = 0; i < p->components.n; i++)
		say_unless(x, p->components.items[i].name_en.n > 0,
			arena_printf(a, "components[%zu]", i), "no English name");
	for (size_t i = 0; i < p->cases.n; i++)
		say_unless(x, !lacks(p->cases.items[i].name, p->cases.items[i].name_en),
			arena_printf(a, "cases[%zu]", i), "no English name");
	for (size_t i = 0; i < p->channels.n; i++)
		for (size_t k = 0; k < p->channels.items[i].fees.n; k++)
			say_unless(x, fee_is_whole(&p->channels.items[i].fees.items[k]),
				arena_printf(a, "channels[%zu].fees[%zu]", i, k),
				"a name, note or reason without English");
}

void lint_english(struct linting *x)
{
	if (!x->form->title_en.n)
		return;
	lint_pages(x);
	lint_lists(x);
	lint_procedure(x);
}
