/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/moving.h"

#include "forms/forms.sql.h"
#include "forms/parts.h"

struct comparing {
	struct arena *a;
	const struct form_source *source;
	const struct form *now, *next;
	const struct answers *answers; /* of form_applying on the form as it is now */
	VEC(struct left_over) lost;
	VEC(str) added;
};

/* A choice keeps its place only where it can still be chosen. */
static err still_fits(struct comparing *x, const struct form_field *before,
	const struct form_field *NULLABLE after, str value, bool *ret)
{
	const struct form_option *chosen = NULL;
	str piece;

	*ret = after && after->kind == before->kind;
	while (*ret && (after->kind == FIELD_ONE || after->kind == FIELD_MANY) &&
		answer_next(&value, &piece)) {
		TRY(form_option_get(x->a, x->source, after, piece, &chosen));
		*ret = chosen != NULL;
	}
	return NULL;
}

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

static err compare_field(struct comparing *x, const struct form_field *f)
{
	str value = answer(x->answers, f->id), shown;
	bool fits;

	if (!value.n || f->kind == FIELD_COMPUTED || f->kind == FIELD_NOTE)
		return NULL;
	TRY(still_fits(x, f, same_field(x, f), value, &fits));
	if (fits)
		return NULL;
	TRY(form_value_shown(x->a, x->source, f, value, &shown));
	*VEC_PUSH(x->a, &x->lost) =
		(struct left_over){ form_full_label(x->a, x->source->language, f), shown };
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
		.answers = form_applying(a, now, given, source->today) };
	form_page_list pages = form_pages_asked(a, now, x.answers);
	for (size_t i = 0; i < pages.n; i++)
		for (size_t k = 0; k < pages.items[i].fields.n; k++)
			TRY(compare_field(&x, &pages.items[i].fields.items[k]));
	list_added(&x);
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
		json_close(&o, '}');
	}
	json_close(&o, ']');
	return buf_str(&b);
}

err move_draft(struct conn *c, struct arena *a, const struct draft *d, const struct move *m)
{
	str left = m->lost.n ? written(a, m) : d->left_over;
	int64_t changed = 0;

	TRY(db_count_changed(c, a,
		BIND(draft_move, .id = V(d->id), .version = V(d->version),
			.version_id = V(m->procedure.version_id), .answers = V(d->answers),
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
		};
	return NULL;
}
