/* SPDX-License-Identifier: Apache-2.0 */
/* What was declared, as it was frozen: to be kept or printed by the applicant [C32-8.4] and read by
 * the office; and what is amiss in it, which the applicant was told before sending. */
#include "dossier/citizen.h"
#include "dossier/filled.h"
#include "dossier/officer.h"

/* The form and its answers as they counted on the day of submission. */
static err open_form(struct conn *c, struct arena *a, enum language l, const struct dossier *d,
	struct form_source *ret_source, const struct form **ret_form, struct answers **ret_answers)
{
	struct procedure p;

	TRY(procedure_version(c, a, d->version_id, &p));
	if (!p.form)
		return FAIL(a, NOT_FOUND, "a procedure without a form");
	TRY(form_of(a, &p, ret_form));
	*ret_source =
		(struct form_source){ .conn = c, .language = l, .today = day_of(d->submitted_at) };
	return answers_parse(a, d->answers, ret_answers);
}

/* --- what is amiss -------------------------------------------------------------------------- */
/* The question that a finding is about, where the page shows its answer. */
static const struct summary_row *NULLABLE row_of(const form_summary_pages *pages, str field)
{
	for (size_t i = 0; i < pages->n; i++)
		for (size_t k = 0; k < pages->items[i].rows.n; k++) {
			const struct summary_row *row = &pages->items[i].rows.items[k];
			if (str_eq(row->field, field) && row->value.n)
				return row;
		}
	return NULL;
}

err findings_view_of(
	struct out *o, struct conn *c, const struct dossier *d, struct findings_view *ret)
{
	struct form_source source;
	const struct form *f;
	struct answers *s;
	form_findings found;
	form_summary_pages pages;

	*ret = (struct findings_view){ 0 };
	err e = open_form(c, o->a, o->language, d, &source, &f, &s);
	if (e)
		return e->kind == ERR_NOT_FOUND ? NULL : e;
	form_find(o->a, &source, f, form_applying(o->a, f, s, source.today), &found);
	if (!found.n)
		return NULL;
	TRY(form_summary(o->a, &source, f, s, &pages));
	ret->items.items = arena_array(o->a, struct finding_item, found.n);
	for (size_t i = 0; i < found.n; i++) {
		const struct summary_row *row = row_of(&pages, found.items[i].field);
		struct finding_item *item = &ret->items.items[ret->items.n++];
		*item = (struct finding_item){ .message = found.items[i].message };
		if (!row)
			continue;
		item->label = row->label;
		item->value = row->value;
		item->open = URL(o, "/can-bo/ho-so/{}#khai-{}", d->code, row->field);
	}
	return NULL;
}

/* --- to keep and to print --------------------------------------------------------------------- */
static err office_name(struct conn *c, struct arena *a, enum language l, str code, str *ret)
{
	struct agency g;
	bool found;

	TRY(agency_find(c, a, code, &g, &found));
	*ret = found ? form_text(l, g.name, g.name_en) : code;
	return NULL;
}

err dossier_filled(struct conn *c, struct arena *a, enum language l, const struct dossier *d,
	str verify, struct form_source *ret_source, struct filled_form *ret)
{
	const struct site *site = page_site();
	struct answers *s;

	*ret = (struct filled_form){
		.code = d->code,
		.sent = true,
		.sent_at = d->submitted_at,
		.applicant = d->applicant,
		.verify = verify,
	};
	TRY(open_form(c, a, l, d, ret_source, &ret->form, &s));
	ret->answers = s;
	TRY(office_name(c, a, l, d->agency, &ret->agency));
	/* Where it was handed in: the portal, or the counter. */
	ret->place = d->channel == CHANNEL_ONLINE && site ? form_text(l, site->name, site->name_en)
							  : ret->agency;
	struct filled_file *files;
	TRY(dossier_papers(c, a, d, &files, &ret->n_files));
	ret->files = files;
	return NULL;
}

struct filled_dossier {
	struct dossier d;
	struct form_source source;
	struct filled_form form;
};

static err fill_in(struct req *r, struct conn *c, struct filled_dossier *x)
{
	return dossier_filled(c, r->arena, req_language(r), &x->d,
		verify_address(r, x->d.code, NULL), &x->source, &x->form);
}

static err open_mine(struct req *r, struct filled_dossier *x)
{
	struct conn *c;

	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &x->d));
	return fill_in(r, c, x);
}

err show_my_form(struct req *r)
{
	struct filled_dossier x;

	TRY(open_mine(r, &x));
	return filled_pdf(r, &x.source, &x.form);
}

err show_my_form_file(struct req *r)
{
	struct filled_dossier x;

	TRY(open_mine(r, &x));
	return filled_data(r, &x.source, &x.form);
}

err show_my_form_print(struct req *r)
{
	struct filled_dossier x;
	struct out o = page_out(r);

	TRY(open_mine(r, &x));
	return filled_print(r, &x.source, &x.form, URL(&o, "/ca-nhan/ho-so/{}", x.d.code));
}

err show_officer_form(struct req *r)
{
	struct filled_dossier x;
	struct conn *c;

	TRY(reader_of(r, &c));
	TRY(officer_dossier(r, c, &x.d));
	TRY(note_read(r, S("dossier.form"), x.d.code, S("")));
	TRY(fill_in(r, c, &x));
	return filled_pdf(r, &x.source, &x.form);
}
