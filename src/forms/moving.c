/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/moving.h"

#include "forms/forms.sql.h"
#include "forms/parts.h"

struct comparing {
	struct arena *a;
	const struct form_source *source;
	const struct form *now, *next;
	const struct answers *answers; /* of form_applying on the form as it is now */
	struct answers *moved;         /* all that are kept, as the next form has them */
	VEC(struct left_over) lost;
	VEC(str) added;
};

static const struct form_page *NULLABLE page_named(const struct form *f, str id)
{
	for (size_t i = 0; i < f->pages.n; i++)
		if (str_eq(f->pages.items[i].id, id))
			return &f->pages.items[i];
	return NULL;
}

/* The question of the same id; of an item, the one of the same name on the same page. */
static const struct form_field *NULLABLE same_field(
	const struct comparing *x, const struct form_field *f)
{
	if (!f->row)
		return form_field_named(x->next, f->id);
	const struct form_page *p = page_named(x->next, f->row->page);
	for (size_t i = 0; p && p->repeat.on && i < p->fields.n; i++)
		if (str_eq(p->fields.items[i].name, f->name))
			return &p->fields.items[i];
	return NULL;
}

static bool is_answered(const struct form_field *f)
{
	return f->kind != FIELD_COMPUTED && f->kind != FIELD_NOTE;
}

static err compare_field(struct comparing *x, const struct form_field *f)
{
	const struct form_field *after = same_field(x, f);
	str value = answer(x->answers, f->id), carried = S(""), shown;
	bool again = after && is_answered(after);

	if (!value.n || !is_answered(f))
		return NULL;
	if (again)
		TRY(answer_carried(x->a, x->source, f, after, value, x->answers, &carried));
	if (carried.n) {
		answer_set(x->moved, f->id, carried);
		return NULL;
	}
	TRY(form_value_shown(x->a, x->source, f, value, &shown));
	*VEC_PUSH(x->a, &x->lost) =
		(struct left_over){ form_full_label(x->a, x->source->language, f), shown, again };
	/* It would stand in a box that it was not written for. */
	if (again && after->kind != f->kind)
		answer_set(x->moved, f->id, S(""));
	return NULL;
}

static void list_added(struct comparing *x)
{
	for (size_t i = 0; i < x->next->pages.n; i++)
		for (size_t k = 0; k < x->next->pages.items[i].fields.n; k++) {
			const struct form_field *f = &x->next->pages.items[i].fields.items[k];
			if (f->kind != FIELD_NOTE && !form_field_named(x->now, f->id))
				*VEC_PUSH(x->a, &x->added) =
					form_full_label(x->a, x->source->language, f);
		}
}

static struct answers *copy_of(struct arena *a, const struct answers *s)
{
	struct answers *copy = answers_new(a);
	const void *at = NULL;
	str id, value;

	while (answers_next(s, &at, &id, &value))
		answer_set(copy, id, value);
	return copy;
}

err move_find(struct conn *c, struct arena *a, const struct draft *d, const struct form *now,
	const struct answers *given, const struct form_source *source, struct move *ret,
	bool *ret_due)
{
	struct move m = { 0 };

	*ret_due = false;
	err e = procedure_on(c, a, d->procedure, source->today, &m.procedure);
	/* Taken out of force altogether: the draft stays as it is. */
	if (e && e->kind == ERR_NOT_FOUND)
		return NULL;
	TRY(e);
	if (m.procedure.version_id == d->version_id || !m.procedure.form)
		return NULL;
	TRY(form_of(a, &m.procedure, &m.form));
	struct comparing x = { .a = a,
		.source = source,
		.now = now,
		.next = m.form,
		.answers = form_applying(a, now, given, source->today),
		.moved = copy_of(a, given) };
	form_page_list pages = form_pages_asked(a, now, x.answers);
	for (size_t i = 0; i < pages.n; i++)
		for (size_t k = 0; k < pages.items[i].fields.n; k++)
			TRY(compare_field(&x, &pages.items[i].fields.items[k]));
	list_added(&x);
	m.answers = answers_json(a, x.moved);
	m.lost.items = x.lost.items;
	m.lost.n = x.lost.n;
	m.added.items = x.added.items;
	m.added.n = x.added.n;
	*ret = m;
	*ret_due = true;
	return NULL;
}

static str written(struct arena *a, const struct move *m)
{
	struct buf b = buf_in(a, LIMIT_ANSWERS);
	struct json_out o = { .b = &b };

	if (!m->lost.n)
		return S("");
	json_open(&o, '[');
	for (size_t i = 0; i < m->lost.n; i++) {
		json_open(&o, '{');
		json_pair(&o, S("label"), m->lost.items[i].label);
		json_pair(&o, S("value"), m->lost.items[i].value);
		json_key(&o, S("again"));
		json_put_bool(&o, m->lost.items[i].again);
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return buf_str(&b);
}

err move_draft(struct conn *c, struct arena *a, const struct draft *d, const struct move *m)
{
	str left = m->lost.n ? written(a, m) : d->left_over;
	int64_t changed = 0;

	/* Labels are longer than what is chosen by them. */
	if (m->answers.n > LIMIT_ANSWERS)
		return FAIL(a, TOO_LARGE, "answers of %zu bytes", m->answers.n);
	TRY(db_count_changed(c, a,
		BIND(draft_move, .id = V(d->id), .version = V(d->version),
			.version_id = V(m->procedure.version_id), .answers = V(m->answers),
			.left_over = V(left)),
		&changed));
	return changed ? NULL : FAIL(a, CONFLICT, "draft %lld moved on", (long long)d->id);
}

err move_left_over(struct arena *a, const struct draft *d, struct left_over **ret, size_t *ret_n)
{
	const struct json *list = NULL;

	*ret_n = 0;
	if (!d->left_over.n)
		return NULL;
	TRY(json_parse(a, d->left_over, &list));
	*ret = arena_array(a, struct left_over, json_count(list));
	for (; *ret_n < json_count(list); ++*ret_n)
		(*ret)[*ret_n] = (struct left_over){
			json_get_text(json_at(list, *ret_n), "label"),
			json_get_text(json_at(list, *ret_n), "value"),
			json_bool(json_get(json_at(list, *ret_n), "again"), false),
		};
	return NULL;
}
