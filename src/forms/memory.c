/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/memory.h"

#include "forms/forms.sql.h"
#include "forms/parts.h"

ROW_TYPE(memory_row, struct memory, COLUMN(struct memory, id), COLUMN(struct memory, word),
	COLUMN(struct memory, value), COLUMN(struct memory, label));

struct keeping {
	struct conn *c;
	struct arena *a;
	const struct answers *answers;
	int64_t owner;
	instant now;
};

static err keep(const struct keeping *x, str word, str value, str label)
{
	if (!value.n || value.n > LIMIT_MEMORY_VALUE)
		return NULL;
	TRY(db_do(x->c, x->a,
		BIND(memory_put, .owner = V(x->owner), .word = V(word), .value = V(value),
			.label = V(label), .now = V(x->now))));
	return db_do(x->c, x->a,
		BIND(memory_trim, .owner = V(x->owner), .word = V(word),
			.most = V((int64_t)LIMIT_MEMORY_OF_WORD)));
}

static str part_name(const struct form_field *f)
{
	str head, tail;

	str_cut(f->name, '.', &head, &tail);
	return tail;
}

/* "Trần Thị Mai, 27/03/1990" */
static str person_label(struct arena *a, str name, str birth)
{
	return birth.n ? arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(name),
				 STR_ARG(date_shown(a, birth)))
		       : name;
}

static err keep_person(
	const struct keeping *x, const struct form_page *p, const struct form_group *g)
{
	struct buf b = buf_in(x->a, LIMIT_MEMORY_VALUE);
	struct json_out o = { .b = &b };
	str name = S(""), birth = S("");

	json_open(&o, '{');
	for (size_t i = g->first; i < g->first + g->n; i++) {
		const struct form_field *f = &p->fields.items[i];
		str value = answer(x->answers, f->id), part = part_name(f);
		if (!value.n)
			continue;
		json_pair(&o, part, value);
		name = str_eq(part, S("ho-ten")) ? value : name;
		birth = str_eq(part, S("ngay-sinh")) ? value : birth;
	}
	json_close(&o, '}');
	/* Too long to remember is no fault of the application. */
	if (!name.n || b.overflow)
		return NULL;
	return keep(x, MEMORY_PERSON, buf_str(&b), person_label(x->a, name, birth));
}

err memory_keep(struct conn *c, struct arena *a, const struct form *f, const struct answers *s,
	int64_t owner, instant now)
{
	struct keeping x = { c, a, s, owner, now };
	form_page_list pages = form_pages_asked(a, f, s);

	for (size_t i = 0; i < pages.n; i++) {
		const struct form_page *p = &pages.items[i];
		for (size_t k = 0; k < p->groups.n; k++)
			if (p->groups.items[k].kind == GROUP_PERSON)
				TRY(keep_person(&x, p, &p->groups.items[k]));
		for (size_t k = 0; k < p->fields.n; k++)
			if (p->fields.items[k].remember.n)
				TRY(keep(&x, p->fields.items[k].remember,
					answer(s, p->fields.items[k].id), S("")));
	}
	return NULL;
}

err memory_list(struct conn *c, struct arena *a, int64_t owner, struct memory **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(memory_of, .owner = V(owner), .most = V((int64_t)LIMIT_MEMORY)),
		&memory_row, ret, ret_n);
}

bool memory_fill_person(struct arena *a, const struct form_page *p, str question,
	const struct memory *person, struct answers *s)
{
	const struct json *parts = NULL;
	bool filled = false;

	if (json_parse(a, person->value, &parts))
		return false;
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (!f->group || !str_eq(f->group->question.id, question))
			continue;
		str value = json_text(json_find(parts, part_name(f)));
		if (value.n)
			answer_set(s, f->id, value);
		filled = true;
	}
	return filled;
}
