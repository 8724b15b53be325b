/* SPDX-License-Identifier: Apache-2.0 */
/* form_check.c - which answers of a page, and of all pages, are to be mended. */
#include "forms/parts.h"

void form_error_add(struct arena *a, field_errors *errors, str field, str message)
{
	struct field_error *items = arena_array(a, struct field_error, errors->n + 1);

	if (errors->n)
		memcpy(items, errors->items, errors->n * sizeof *items);
	items[errors->n++] = (struct field_error){ field, message };
	errors->items = items;
}

err form_check_field(struct arena *a, const struct form_source *source, const struct form_field *f,
	const struct answers *s, field_errors *errors)
{
	struct checking x = { a, source, s };
	struct finding found = { S(""), S("") };
	str value = answer(s, f->id), input = f->id;

	if (f->kind == FIELD_NOTE || f->kind == FIELD_COMPUTED || !form_field_applies(f, s))
		return NULL;
	if (value.n)
		TRY(check_value(&x, f, value, &found));
	else if (form_field_required(f, s))
		found = when_missing(&x, f);
	if (found.part.n)
		input = arena_printf(a, STR_FMT "-" STR_FMT, STR_ARG(f->id), STR_ARG(found.part));
	if (found.message.n)
		form_error_add(a, errors, input, found.message);
	return NULL;
}

err form_check_page(struct arena *a, const struct form_source *source, const struct form_page *p,
	const struct answers *s, field_errors *errors)
{
	for (size_t i = 0; i < p->fields.n; i++)
		TRY(form_check_field(a, source, &p->fields.items[i], s, errors));
	return NULL;
}

static void check_row_count(struct arena *a, const struct form_source *x, const struct form_page *p,
	size_t n, field_errors *errors)
{
	if (n >= (size_t)p->repeat.least)
		return;
	form_error_add(a, errors, p->id,
		FILL(a, x->language, TR("Thêm ít nhất {n} mục: {muc}"), S("n"),
			number_text(a, x->language, p->repeat.least), S("muc"),
			form_text(x->language, p->repeat.item, p->repeat.item_en)));
}

err form_check_whole_page(struct arena *a, const struct form_source *source,
	const struct form_page *p, const struct answers *s, field_errors *errors)
{
	if (!p->repeat.on)
		return form_check_page(a, source, p, s, errors);
	form_row_ids rows = form_rows(a, p, s);
	for (size_t i = 0; i < rows.n; i++) {
		struct form_page item = form_page_of_row(a, p, rows.items[i]);
		TRY(form_check_page(a, source, &item, s, errors));
	}
	check_row_count(a, source, p, rows.n, errors);
	return NULL;
}

err form_check(struct arena *a, const struct form_source *source, const struct form *f,
	const struct answers *s, field_errors *errors, size_t *ret_first_bad_page)
{
	const struct answers *applying = form_applying(a, f, s, source->today);
	size_t before = errors->n;

	for (size_t i = 0; i < f->pages.n; i++) {
		if (!form_page_applies(f, &f->pages.items[i], applying))
			continue;
		size_t so_far = errors->n;
		TRY(form_check_whole_page(a, source, &f->pages.items[i], applying, errors));
		if (so_far == before && errors->n > before)
			*ret_first_bad_page = i;
	}
	return NULL;
}
