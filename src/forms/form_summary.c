/* SPDX-License-Identifier: Apache-2.0 */
/* The answers as a person reads them: the same rows for the applicant who checks them, on the
 * receipt, in the PDF and for the officer. */
#include "forms/parts.h"

/* --- one value ------------------------------------------------------------------- */
/* Years and house numbers are not grouped. */
static str number_shown(struct arena *a, enum language l, const struct form_field *f,
	enum field_kind kind, str value)
{
	str unit = form_text(l, f->unit, f->unit_en);
	int64_t n;

	if (!decimal_units(value, f->decimals, &n))
		return value;
	if (kind == FIELD_MONEY)
		return money_text(a, l, n);
	bool small = !f->decimals && n > -10000 && n < 10000;
	str number = small ? value : decimal_shown(a, l, value);
	return unit.n ? arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(number), STR_ARG(unit))
		      : number;
}

static err choices_shown(struct arena *a, const struct form_source *x, const struct form_field *f,
	str value, str *ret)
{
	const struct form_option *o;
	struct buf b = buf_in(a, LIMIT_PAGE);
	str rest = value, piece;

	while (answer_next(&rest, &piece)) {
		TRY(form_option_get(a, x, f, piece, &o));
		if (b.n)
			buf_add(&b, S("; "));
		buf_add(&b, o ? form_text(x->language, o->label, o->label_en) : piece);
	}
	*ret = buf_str(&b);
	return NULL;
}

static str yes_no_shown(enum language l, str value)
{
	if (str_eq(value, S("yes")))
		return tr(l, TR("Có"));
	return str_eq(value, S("no")) ? tr(l, TR("Không")) : value;
}

static size_t count_files(str value)
{
	size_t n = value.n > 0;

	for (size_t i = 0; i < value.n; i++)
		n += value.p[i] == ',';
	return n;
}

err form_value_shown(struct arena *a, const struct form_source *x, const struct form_field *f,
	str value, str *ret)
{
	enum field_kind kind = f->kind == FIELD_COMPUTED ? f->as : f->kind;

	*ret = value;
	if (!value.n)
		return NULL;
	switch (kind) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_MONEY: *ret = number_shown(a, x->language, f, kind, value); return NULL;
	case FIELD_DATE: *ret = date_shown(a, value); return NULL;
	case FIELD_YES_NO:
	case FIELD_DECLARATION: *ret = yes_no_shown(x->language, value); return NULL;
	case FIELD_ONE:
	case FIELD_MANY: return choices_shown(a, x, f, value, ret);
	case FIELD_COMMUNE: return commune_shown(a, x, value, ret);
	case FIELD_PHONE: *ret = phone_text(a, value); return NULL;
	case FIELD_PAPER:
		*ret = tr_n(a, x->language, TRN("{n} tệp"), (int64_t)count_files(value));
		return NULL;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_TIME:
	case FIELD_PERSON_ID:
	case FIELD_TAX_CODE:
	case FIELD_EMAIL:
	case FIELD_COMPUTED:
	case FIELD_NOTE:
	case FIELD_KIND_COUNT: return NULL;
	}
	return NULL;
}

/* --- pages ------------------------------------------------------------------------- */
struct summing {
	struct arena *a;
	const struct form_source *source;
	const struct form *form;
	const struct answers *answers;
};

static void list_files(struct arena *a, str value, struct summary_row *row)
{
	str rest = value, piece;

	row->files.items = arena_array(a, int64_t, count_files(value));
	while (rest.n) {
		str_cut(rest, ',', &piece, &rest);
		if (str_to_int(piece, 1, INT64_MAX, &row->files.items[row->files.n]))
			row->files.n++;
	}
}

static err sum_row(struct summing *x, const struct form_field *f, struct summary_row *row)
{
	str value = answer(x->answers, f->id);

	*row = (struct summary_row){
		.field = f->id,
		.input = form_input_id(x->a, f),
		.label = form_full_label(x->a, x->source->language, f),
		.long_text = f->kind == FIELD_LONG_TEXT,
		.paper = f->kind == FIELD_PAPER,
		.digits = f->kind == FIELD_PERSON_ID || f->kind == FIELD_TAX_CODE ||
			f->kind == FIELD_PHONE,
	};
	if (f->kind == FIELD_PAPER)
		list_files(x->a, value, row);
	return form_value_shown(x->a, x->source, f, value, &row->value);
}

static err sum_page(struct summing *x, const struct form_page *p, struct summary_page *ret)
{
	ret->rows.items = arena_array(x->a, struct summary_row, p->fields.n);
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (f->kind != FIELD_NOTE && form_field_applies(f, x->answers))
			TRY(sum_row(x, f, &ret->rows.items[ret->rows.n++]));
	}
	return NULL;
}

static err sum_items(struct summing *x, const struct form_page *p, form_summary_pages *ret)
{
	enum language l = x->source->language;
	form_row_ids rows = form_rows(x->a, p, x->answers);

	for (size_t i = 0; i < rows.n; i++) {
		struct form_page item = form_page_of_row(x->a, p, rows.items[i]);
		struct summary_page *page = &ret->items[ret->n++];
		*page = (struct summary_page){ .id = p->id, .row = rows.items[i] };
		page->title = arena_printf(x->a, STR_FMT " %zu",
			STR_ARG(form_text(l, p->repeat.item, p->repeat.item_en)), i + 1);
		TRY(sum_page(x, &item, page));
	}
	if (rows.n)
		return NULL;
	ret->items[ret->n++] =
		(struct summary_page){ .id = p->id, .title = form_text(l, p->title, p->title_en) };
	return NULL;
}

static size_t count_pages(struct summing *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		n += p->repeat.on ? form_rows(x->a, p, x->answers).n + 1 : 1;
	}
	return n;
}

err form_summary(struct arena *a, const struct form_source *source, const struct form *f,
	const struct answers *s, form_summary_pages *ret)
{
	struct summing x = { a, source, f, form_applying(a, f, s, source->today) };
	enum language l = source->language;

	*ret = (form_summary_pages){ .items =
					     arena_array(a, struct summary_page, count_pages(&x)) };
	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		if (!form_page_applies(f, p, x.answers))
			continue;
		if (p->repeat.on) {
			TRY(sum_items(&x, p, ret));
			continue;
		}
		struct summary_page *page = &ret->items[ret->n++];
		*page = (struct summary_page){ .id = p->id,
			.title = form_text(l, p->title, p->title_en) };
		TRY(sum_page(&x, p, page));
	}
	return NULL;
}

static void name_paper(
	struct arena *a, struct summary_row *row, const struct filled_file *files, size_t n)
{
	str *names = arena_array(a, str, n);
	size_t n_names = 0;

	for (size_t i = 0; i < n; i++)
		if (str_eq(files[i].field, row->field))
			names[n_names++] = files[i].name;
	if (n_names)
		row->value = arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(row->value),
			STR_ARG(str_join(a, names, n_names, S("; "))));
}

void form_summary_name(
	struct arena *a, form_summary_pages *pages, const struct filled_file *files, size_t n)
{
	for (size_t i = 0; i < pages->n; i++)
		for (size_t k = 0; k < pages->items[i].rows.n; k++) {
			struct summary_row *row = &pages->items[i].rows.items[k];
			if (row->paper && row->value.n)
				name_paper(a, row, files, n);
		}
}
