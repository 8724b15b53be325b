/* SPDX-License-Identifier: Apache-2.0 */
/* The answers as a person reads them: the same rows for the applicant who checks them, on the
 * receipt and for the officer. */
#include "forms/parts.h"

struct summing {
	struct arena *a;
	const struct form_source *source;
	const struct answers *answers;
};

/* Years and house numbers are not grouped. */
static str number_shown(struct summing *x, const struct form_field *f, str value)
{
	enum language l = x->source->language;
	int64_t n;

	if (!str_to_int(value, INT64_MIN, INT64_MAX, &n))
		return value;
	if (f->kind == FIELD_MONEY)
		return money_text(x->a, l, n);
	return n > -10000 && n < 10000 ? value : number_text(x->a, l, n);
}

static str date_shown(struct summing *x, str value)
{
	struct date_typed t;
	day d;

	if (day_parse(value, &d))
		return day_text(x->a, d);
	t = date_typed_of(x->a, value);
	return str_join(x->a, (const str[]){ t.day, t.month, t.year }, 3, S("/"));
}

static err choices_shown(struct summing *x, const struct form_field *f, str value, str *ret)
{
	const struct form_option *o;
	struct buf b = buf_in(x->a, LIMIT_PAGE);
	str rest = value, piece;

	while (answer_next(&rest, &piece)) {
		TRY(form_option_get(x->a, x->source, f, piece, &o));
		if (b.n)
			buf_add(&b, S("; "));
		buf_add(&b, o ? form_text(x->source->language, o->label, o->label_en) : piece);
	}
	*ret = buf_str(&b);
	return NULL;
}

static str yes_no_shown(struct summing *x, str value)
{
	enum language l = x->source->language;

	if (str_eq(value, S("yes")))
		return tr(l, TR("Có"));
	return str_eq(value, S("no")) ? tr(l, TR("Không")) : value;
}

/* An answer that cannot be a commune's code is not looked up. */
static err commune_shown(struct summing *x, str value, str *ret)
{
	str province;

	*ret = S("");
	if (commune_open(value, &province))
		return NULL;
	return unit_full_name(x->source->conn, x->a, value, ret);
}

static str files_shown(struct summing *x, struct summary_row *row, str value)
{
	str rest = value, piece;
	size_t n = 1;

	for (size_t i = 0; i < value.n; i++)
		n += value.p[i] == ',';
	row->files.items = arena_array(x->a, int64_t, n);
	while (rest.n) {
		str_cut(rest, ',', &piece, &rest);
		if (str_to_int(piece, 1, INT64_MAX, &row->files.items[row->files.n]))
			row->files.n++;
	}
	return tr_n(x->a, x->source->language, TRN("{n} tệp"), (int64_t)row->files.n);
}

static err show(struct summing *x, const struct form_field *f, str value, struct summary_row *row)
{
	row->value = value;
	if (!value.n)
		return NULL;
	switch (f->kind) {
	case FIELD_INTEGER:
	case FIELD_MONEY: row->value = number_shown(x, f, value); return NULL;
	case FIELD_DATE: row->value = date_shown(x, value); return NULL;
	case FIELD_YES_NO: row->value = yes_no_shown(x, value); return NULL;
	case FIELD_ONE:
	case FIELD_MANY: return choices_shown(x, f, value, &row->value);
	case FIELD_COMMUNE: return commune_shown(x, value, &row->value);
	case FIELD_PHONE: row->value = phone_text(x->a, value); return NULL;
	case FIELD_PAPER: row->value = files_shown(x, row, value); return NULL;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_PERSON_ID:
	case FIELD_EMAIL:
	case FIELD_KIND_COUNT: return NULL;
	}
	return NULL;
}

static err sum_page(struct summing *x, const struct form_page *p, struct summary_page *ret)
{
	enum language l = x->source->language;

	*ret = (struct summary_page){ .id = p->id, .title = form_text(l, p->title, p->title_en) };
	ret->rows.items = arena_array(x->a, struct summary_row, p->fields.n);
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		if (!form_field_applies(f, x->answers))
			continue;
		struct summary_row *row = &ret->rows.items[ret->rows.n++];
		*row = (struct summary_row){ .field = f->id,
			.label = form_label(l, f),
			.long_text = f->kind == FIELD_LONG_TEXT };
		TRY(show(x, f, answer(x->answers, f->id), row));
	}
	return NULL;
}

err form_summary(struct arena *a, const struct form_source *source, const struct form *f,
	const struct answers *s, form_summary_pages *ret)
{
	struct summing x = { a, source, form_applying(a, f, s) };

	*ret = (form_summary_pages){ .items = arena_array(a, struct summary_page, f->pages.n) };
	for (size_t i = 0; i < f->pages.n; i++)
		if (form_page_applies(&f->pages.items[i], x.answers))
			TRY(sum_page(&x, &f->pages.items[i], &ret->items[ret->n++]));
	return NULL;
}
