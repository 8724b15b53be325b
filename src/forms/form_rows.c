/* SPDX-License-Identifier: Apache-2.0 */
/* form_rows.c - items of repeated pages. An item has an id that no other has had, so that two
 * windows can add and remove at once and never mean another item. */
#include "core/crypto.h"
#include "forms/parts.h"

#define ROW_ID 6 /* characters */

form_row_ids form_rows(struct arena *a, const struct form_page *p, const struct answers *s)
{
	VEC(str) ids = { 0 };
	str rest = answer(s, p->id), piece;

	while (ids.n < (size_t)p->repeat.most && answer_next(&rest, &piece))
		*VEC_PUSH(a, &ids) = piece;
	return (form_row_ids){ ids.items, ids.n };
}

static str of_row(struct arena *a, const struct form_row *row, str id)
{
	return arena_printf(a, STR_FMT "/" STR_FMT "/" STR_FMT, STR_ARG(row->page),
		STR_ARG(row->id), STR_ARG(id));
}

struct form_page form_page_of_row(struct arena *a, const struct form_page *p, str row)
{
	struct form_page item = *p;
	struct form_row *at = arena_make(a, struct form_row);

	*at = (struct form_row){ p->id, row };
	item.repeat.on = false;
	item.groups.items = arena_array(a, struct form_group, p->groups.n);
	item.fields.items = arena_array(a, struct form_field, p->fields.n);
	for (size_t i = 0; i < p->groups.n; i++) {
		item.groups.items[i] = p->groups.items[i];
		item.groups.items[i].question.id = of_row(a, at, p->groups.items[i].question.id);
	}
	for (size_t i = 0; i < p->fields.n; i++) {
		struct form_field *f = &item.fields.items[i];
		*f = p->fields.items[i];
		f->id = of_row(a, at, f->name);
		f->row = at;
		if (f->group)
			f->group = &item.groups.items[f->group - p->groups.items];
	}
	return item;
}

static void set_rows(
	struct arena *a, const struct form_page *p, struct answers *s, const str *ids, size_t n)
{
	answer_set(s, p->id, str_join(a, ids, n, S("\n")));
}

err form_row_add(struct arena *a, const struct form_page *p, struct answers *s, str *ret_row)
{
	form_row_ids rows = form_rows(a, p, s);
	str *ids = arena_array(a, str, rows.n + 1);

	if (rows.n >= (size_t)p->repeat.most)
		return FAIL(a, TOO_MANY, "%zu items of " STR_FMT, rows.n, STR_ARG(p->id));
	if (rows.n)
		memcpy(ids, rows.items, rows.n * sizeof *ids);
	ids[rows.n] = str_part(random_text(a, ROW_ID), 0, ROW_ID);
	set_rows(a, p, s, ids, rows.n + 1);
	*ret_row = ids[rows.n];
	return NULL;
}

void form_row_remove(struct arena *a, const struct form_page *p, struct answers *s, str row)
{
	form_row_ids rows = form_rows(a, p, s);
	struct form_page item = form_page_of_row(a, p, row);
	size_t kept = 0;

	for (size_t i = 0; i < rows.n; i++)
		if (!str_eq(rows.items[i], row))
			rows.items[kept++] = rows.items[i];
	set_rows(a, p, s, rows.items, kept);
	for (size_t i = 0; i < item.fields.n; i++)
		answer_set(s, item.fields.items[i].id, S(""));
}

form_page_list form_pages_asked(struct arena *a, const struct form *f, const struct answers *s)
{
	VEC(struct form_page) pages = { 0 };

	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		if (!form_page_applies(f, p, s))
			continue;
		if (!p->repeat.on) {
			*VEC_PUSH(a, &pages) = *p;
			continue;
		}
		form_row_ids rows = form_rows(a, p, s);
		for (size_t k = 0; k < rows.n; k++)
			*VEC_PUSH(a, &pages) = form_page_of_row(a, p, rows.items[k]);
	}
	return (form_page_list){ pages.items, pages.n };
}
