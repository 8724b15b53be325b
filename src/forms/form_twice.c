/* SPDX-License-Identifier: Apache-2.0 */
/* form_twice.c - the same asked again, and what is typed though the account knows it. Whose data a
 * question asks for is told by its label and by what it is filled in from; items of a repeated page
 * are somebody else each time. */
#include "core/fold.h"
#include "forms/lint_parts.h"

/* A question as people see it; a part of one stands for the whole. */
struct asked {
	const struct form_page *page;
	const struct form_question *question;
	str key;      /* equal keys ask for the same */
	bool certain; /* they do even where one of them is asked in some cases only */
};
typedef VEC(struct asked) asked_list;
/* Two in a row of these are told of in these words. */
struct twice {
	struct linting *x;
	asked_list seen;
	const char *what;
	bool on_one_page; /* elsewhere the page says of whom it is */
};

static const struct json *NULLABLE section_when(const struct form *f, str id)
{
	for (size_t i = 0; i < f->sections.n; i++)
		if (str_eq(f->sections.items[i].id, id))
			return f->sections.items[i].when;
	return NULL;
}

static bool is_always_asked(const struct form *f, const struct asked *q)
{
	return !section_when(f, q->page->section) && !q->page->when && !q->question->when;
}

static bool at_once(const struct twice *t, const struct asked *one, const struct asked *other)
{
	const struct form *f = t->x->form;
	const struct json *NULLABLE const rules[] = {
		section_when(f, one->page->section),
		one->page->when,
		one->question->when,
		section_when(f, other->page->section),
		other->page->when,
		other->question->when,
	};

	if (one->question == other->question)
		return false;
	if (is_always_asked(f, one) && is_always_asked(f, other))
		return true;
	return one->certain && other->certain && (!t->on_one_page || one->page == other->page) &&
		!rules_exclude(t->x, rules, COUNT(rules));
}

static bool was_told(const struct twice *t, const struct asked *q)
{
	return t->seen.n && t->seen.items[t->seen.n - 1].question == q->question;
}

static void add(struct twice *t, struct asked q)
{
	struct arena *a = t->x->a;
	bool again = was_told(t, &q);

	for (size_t i = 0; !again && i < t->seen.n; i++) {
		const struct asked *before = &t->seen.items[i];
		if (!str_eq(before->key, q.key) || !at_once(t, before, &q))
			continue;
		lint_say(t->x, q.page, q.question->id,
			str_z(a,
				arena_printf(
					a, "%s " STR_FMT, t->what, STR_ARG(before->question->id))));
		break;
	}
	*VEC_PUSH(a, &t->seen) = q;
}

static bool is_told(const struct form_field *f)
{
	return f->kind != FIELD_NOTE && f->kind != FIELD_COMPUTED && f->kind != FIELD_DECLARATION;
}

static void twice_in_words(struct twice *t, const struct form_page *p)
{
	struct arena *a = t->x->a;

	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (!f->group && is_told(f))
			add(t,
				(struct asked){ p, &f->question, text_fold(a, f->question.label),
					f->kind != FIELD_PAPER });
	}
	for (size_t i = 0; i < p->groups.n; i++) {
		const struct form_group *g = &p->groups.items[i];
		if (g->kind != GROUP_QUANTITY)
			add(t,
				(struct asked){
					p, &g->question, text_fold(a, g->question.label), true });
	}
}

/* One value of the account for two answers. Persons may be two, of whom the applicant is one in
 * this case and the other in that; so may places. */
static void twice_in_values(struct twice *t, const struct form_page *p)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		bool place = f->kind == FIELD_COMMUNE || str_eq(f->prefill, S("account.address"));
		if (f->prefill.n)
			add(t,
				(struct asked){ p, f->group ? &f->group->question : &f->question,
					f->prefill, !f->group && !place });
	}
}

void lint_twice(struct linting *x)
{
	struct twice words = { .x = x, .what = "asks in the same words as", .on_one_page = true };
	struct twice values = { .x = x, .what = "is filled in with the same as" };

	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		if (p->repeat.on)
			continue;
		twice_in_words(&words, p);
		twice_in_values(&values, p);
	}
}

/* --- what the account knows ------------------------------------------------------------ */
/* Of the part of a person, and of a question of its own where the kind tells it. Born on what day,
 * of which sex, living where: a person with a name brings them along. */
static const struct {
	const char *prefill;
	enum field_kind kind;
	const char *part;
} known[] = {
	{ "account.person_id", FIELD_PERSON_ID, "" },
	{ "account.phone", FIELD_PHONE, "" },
	{ "account.email", FIELD_EMAIL, "" },
	{ "account.name", FIELD_TEXT, ".ho-ten" },
};

static bool asks_known(const struct form_field *f, size_t k)
{
	bool person = f->group && f->group->kind == GROUP_PERSON;

	if (f->kind != known[k].kind)
		return false;
	return person ? str_ends(f->name, str_from(known[k].part)) : !*known[k].part && !f->group;
}

/* Asked somewhere and filled in nowhere: of whoever it is, one of them applies. */
static void lint_known_value(struct linting *x, size_t k)
{
	const struct form_field *first = NULL;
	const struct form_page *on = NULL;

	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		for (size_t n = 0; n < p->fields.n && !p->repeat.on; n++) {
			const struct form_field *f = &p->fields.items[n];
			if (str_eq(f->prefill, str_from(known[k].prefill)))
				return;
			if (!first && asks_known(f, k)) {
				first = f;
				on = p;
			}
		}
	}
	if (first && on)
		lint_say(x, on, first->group ? first->group->question.id : first->id,
			str_z(x->a,
				arena_printf(x->a, "the account knows it: fill it in from %s",
					known[k].prefill)));
}

void lint_known(struct linting *x)
{
	for (size_t k = 0; k < COUNT(known); k++)
		lint_known_value(x, k);
}
