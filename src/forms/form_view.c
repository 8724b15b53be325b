/* SPDX-License-Identifier: Apache-2.0 */
/* The questions of a page: which are there, which wait for scripts, what stands around them. */
#include "forms/group.html.h"
#include "forms/page_parts.h"
#include "forms/question.html.h"
#include "forms/question_later.html.h"
#include "forms/viewing.h"

/* --- questions -------------------------------------------------------------------------- */
static const char *const kind_words[FIELD_KIND_COUNT] = {
#define X(name, code) [FIELD_##name] = code,
	FIELD_KINDS(X)
#undef X
};

/* Does the rule rest on an answer of this very page? Then scripts show and hide the question while
 * somebody types; else it is there or not, once and for all. */
static bool rests_on(struct arena *a, const struct form_page *p, const struct json *NULLABLE rule)
{
	name_list names = { 0 };

	rule_names(a, rule, &names);
	for (size_t i = 0; i < p->fields.n; i++)
		if (names_have(&names, p->fields.items[i].name))
			return true;
	return false;
}

static bool turns_here(struct viewing *x, const struct json *NULLABLE rule)
{
	return rests_on(x->o->a, x->page, rule);
}

bool form_page_moves(struct arena *a, const struct form_page *p)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.items[i].kind == FIELD_COMPUTED ||
			rests_on(a, p, p->fields.items[i].question.when))
			return true;
	for (size_t i = 0; i < p->groups.n; i++)
		if (rests_on(a, p, p->groups.items[i].question.when))
			return true;
	return false;
}

static struct question_part question_of(struct viewing *x, const struct form_question *q)
{
	enum language l = x->source->language;

	return (struct question_part){
		.id = q->id,
		.explain = form_text(l, q->explain, q->explain_en),
		.rule = turns_here(x, q->when) ? rule_text(x->o->a, q->when) : S(""),
	};
}

/* What does not apply, but may while somebody types, waits in a <template>. */
static bool put_question(
	struct viewing *x, struct question_part *q, const struct out *inner, bool applies)
{
	q->inputs = out_html(inner);
	if (applies)
		question_html(x->o, q);
	else if (q->rule.n)
		question_later_html(x->o, q);
	return true;
}

static bool shown_at_all(struct viewing *x, const struct form_question *q, bool applies)
{
	return applies || turns_here(x, q->when);
}

static err view_field(struct viewing *x, const struct form_field *f)
{
	struct out inner = out_in(x->o->a, x->o->language, x->o->r);
	struct viewing inside = *x;
	struct question_part q = question_of(x, &f->question);
	bool applies = form_holds(f->question.when, x->answers, f->row);

	if (!shown_at_all(x, &f->question, applies))
		return NULL;
	inside.o = &inner;
	TRY(view_input(&inside, f));
	q.id = f->id;
	q.name = f->name;
	q.kind = str_from(kind_words[f->kind]);
	q.linked = f->linked;
	q.decimals = f->decimals;
	q.partial = f->partial;
	put_question(x, &q, &inner, applies);
	return NULL;
}

static void fill_people(struct viewing *x, const struct form_group *g, struct group_part *part)
{
	const struct form_showing *w = x->showing;

	part->people.items = arena_array(x->o->a, struct person_offer, w->n_people);
	for (size_t i = 0; i < w->n_people && g->kind == GROUP_PERSON; i++)
		part->people.items[part->people.n++] = (struct person_offer){
			.label = w->people[i].label,
			.value = arena_printf(x->o->a, STR_FMT ":%lld", STR_ARG(g->question.id),
				(long long)w->people[i].id),
		};
}

static err view_group(struct viewing *x, const struct form_group *g)
{
	enum language l = x->source->language;
	struct out fields = out_in(x->o->a, x->o->language, x->o->r), inner = fields;
	struct viewing inside = *x;
	const struct form_field *first = &x->page->fields.items[g->first];
	struct question_part q = question_of(x, &g->question);
	struct group_part part = { .id = g->question.id,
		.label = form_text(l, g->question.label, g->question.label_en),
		.hint = form_text(l, g->question.hint, g->question.hint_en),
		.optional = !form_field_required(first, x->answers) && !g->question.required };
	bool applies = form_holds(g->question.when, x->answers, first->row);

	if (!shown_at_all(x, &g->question, applies))
		return NULL;
	fields = out_in(x->o->a, x->o->language, x->o->r);
	inner = out_in(x->o->a, x->o->language, x->o->r);
	inside.o = &fields;
	for (size_t i = 0; i < g->n; i++)
		TRY(view_field(&inside, &x->page->fields.items[g->first + i]));
	part.fields = out_html(&fields);
	fill_people(x, g, &part);
	group_html(&inner, &part);
	put_question(x, &q, &inner, applies);
	return NULL;
}

err form_page_view(struct out *o, const struct form_source *source, const struct form_page *p,
	const struct answers *s, const field_errors *errors, const struct form_showing *showing)
{
	struct viewing x = { o, source, showing, p, s, errors };
	const struct form_group *seen = NULL;

	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (!f->group)
			TRY(view_field(&x, f));
		else if (f->group != seen)
			TRY(view_group(&x, f->group));
		seen = f->group;
	}
	return NULL;
}

/* --- for scripts ------------------------------------------------------------------------- */
str rule_text(struct arena *a, const struct json *rule)
{
	struct buf b = buf_in(a, LIMIT_PAGE);
	struct json_out o = { .b = &b };

	if (!rule)
		return S("");
	json_put(&o, rule);
	return buf_str(&b);
}

static name_list names_on(struct arena *a, const struct form_page *p)
{
	name_list names = { 0 };

	for (size_t i = 0; i < p->fields.n; i++) {
		rule_names(a, p->fields.items[i].question.when, &names);
		rule_names(a, p->fields.items[i].value, &names);
	}
	for (size_t i = 0; i < p->groups.n; i++)
		rule_names(a, p->groups.items[i].question.when, &names);
	return names;
}

static str head_of(str name)
{
	str head, rest;

	str_cut(name, '.', &head, &rest);
	return head;
}

/* Answers of other pages that the rules of this one name. */
str form_page_facts(struct arena *a, const struct form_page *p, const struct answers *s)
{
	const struct form_row *row = p->fields.n ? p->fields.items[0].row : NULL;
	struct logic_value facts = answers_facts_at(s, row);
	name_list names = names_on(a, p), said = { 0 };
	struct buf b = buf_in(a, LIMIT_PAGE);
	struct json_out o = { .b = &b };

	for (size_t i = 0; i < p->fields.n; i++)
		*VEC_PUSH(a, &said) = head_of(p->fields.items[i].name);
	json_open(&o, '{');
	for (size_t i = 0; i < names.n; i++) {
		str head = head_of(names.items[i]);
		struct logic_value v = logic_member(a, facts, head);
		if (names_have(&said, head) || v.type == LOGIC_ABSENT)
			continue;
		*VEC_PUSH(a, &said) = head;
		json_key(&o, head);
		logic_put(&o, v);
	}
	json_close(&o, '}');
	return buf_str(&b);
}
