/* SPDX-License-Identifier: Apache-2.0 */
/* form_lint.c - advice on a definition that is right: what a person who fills it in would miss. */
#include "forms/lint_parts.h"

#define QUESTIONS_A_PAGE 7
#define WORDS_OF_HINT 30
#define START_LEAST 3

void lint_say(struct linting *x, const struct form_page *p, str id, const char *what)
{
	*VEC_PUSH(x->a, &x->remarks) = arena_printf(x->a, "page " STR_FMT "%s" STR_FMT ": %s",
		STR_ARG(p->id), id.n ? ", " : "", STR_ARG(id), what);
}

void lint_say_at(struct linting *x, str where, const char *what)
{
	*VEC_PUSH(x->a, &x->remarks) = arena_printf(x->a, STR_FMT ": %s", STR_ARG(where), what);
}

static bool is_asked(const struct form_field *f)
{
	return f->kind != FIELD_NOTE && f->kind != FIELD_COMPUTED;
}

static bool is_personal(enum field_kind kind)
{
	return kind == FIELD_PERSON_ID || kind == FIELD_PHONE || kind == FIELD_EMAIL ||
		kind == FIELD_COMMUNE;
}

static size_t words_in(str s)
{
	size_t n = 0;
	str word;

	while (s.n) {
		str_cut(s, ' ', &word, &s);
		n += word.n > 0;
	}
	return n;
}

static void lint_words(struct linting *x, const struct form_page *p, const struct form_question *q)
{
	if (!q->label_en.n)
		lint_say(x, p, q->id, "no English label");
	if (q->hint.n && !q->hint_en.n)
		lint_say(x, p, q->id, "no English hint");
	if (q->explain.n && !q->explain_en.n)
		lint_say(x, p, q->id, "no English explanation");
	if (words_in(q->hint) > WORDS_OF_HINT)
		lint_say(x, p, q->id, "a hint of more than thirty words: explain it instead");
}

static void lint_field(struct linting *x, const struct form_page *p, const struct form_field *f)
{
	bool chosen_or_typed =
		is_asked(f) && f->kind != FIELD_PAPER && f->kind != FIELD_DECLARATION;

	if (f->group)
		return;
	lint_words(x, p, &f->question);
	if (chosen_or_typed && !f->question.hint.n && f->kind != FIELD_YES_NO)
		lint_say(x, p, f->id, "no hint: how to answer, or an example");
	if (chosen_or_typed && !f->error.n)
		lint_say(x, p, f->id, "no error sentence");
	if (f->error.n && !f->error_en.n)
		lint_say(x, p, f->id, "no English error sentence");
	if (is_personal(f->kind) && !f->question.purpose.n)
		lint_say(x, p, f->id, "about a person, but without purpose");
}

static void lint_group(struct linting *x, const struct form_page *p, const struct form_group *g)
{
	lint_words(x, p, &g->question);
	if (g->kind == GROUP_PERSON && !g->question.purpose.n)
		lint_say(x, p, g->question.id, "about a person, but without purpose");
}

static void lint_page(struct linting *x, const struct form_page *p)
{
	size_t questions = p->groups.n;

	for (size_t i = 0; i < p->fields.n; i++) {
		questions += !p->fields.items[i].group && is_asked(&p->fields.items[i]);
		lint_field(x, p, &p->fields.items[i]);
	}
	for (size_t i = 0; i < p->groups.n; i++)
		lint_group(x, p, &p->groups.items[i]);
	if (questions > QUESTIONS_A_PAGE)
		lint_say(x, p, S(""), "more than seven questions");
	if (!p->title_en.n || (p->intro.n && !p->intro_en.n) ||
		(p->repeat.on && !p->repeat.item_en.n))
		lint_say(x, p, S(""), "no English title, introduction or item");
	if (!map_find(x->seen, p->id))
		lint_say(x, p, S(""), "no sample reaches it: can it be reached?");
}

void form_lint(struct arena *a, const struct form *f, form_remarks *ret)
{
	struct linting x = { .a = a, .form = f, .seen = map_new(a, 16) };

	lint_reach(&x);
	if (!f->title_en.n || !f->declaration_en.n)
		*VEC_PUSH(a, &x.remarks) = S("form: no English title or declaration");
	if (f->start.n > 0 && f->start.n < START_LEAST)
		lint_say_at(&x, S("form.start"), "three to six questions before one starts");
	for (size_t i = 0; i < f->pages.n; i++)
		lint_page(&x, &f->pages.items[i]);
	lint_unreached(&x);
	lint_english(&x);
	lint_never(&x);
	lint_twice(&x);
	lint_known(&x);
	*ret = (form_remarks){ x.remarks.items, x.remarks.n };
}
