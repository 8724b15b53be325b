/* SPDX-License-Identifier: Apache-2.0 */
/* Check your answers: everything once more, each with a way to change it that comes straight back;
 * then the declaration and the button, which dossier/ answers. */
#include "forms/draft_pages.h"
#include "forms/review_parts.h"

#include "forms/review.html.h"

/* The page of an input, at the input, which leads back here. Inputs of items name their place:
 * "thanh-vien/3/ho-ten". */
static url edit_url(struct out *o, const struct work *w, str page, str input)
{
	str of, row, id;

	if (str_cut(input, '/', &of, &row) && str_cut(row, '/', &row, &id))
		return URL(o, "/nop/{}/{}/{}?ve=xem-lai#{}", w->draft.code, of, row, input);
	return input.n ? URL(o, "/nop/{}/{}?ve=xem-lai#{}", w->draft.code, page, input)
		       : URL(o, "/nop/{}/{}?ve=xem-lai", w->draft.code, page);
}

static void fill_section(struct out *o, const struct work *w, const struct summary_page *p,
	struct review_section *ret)
{
	*ret = (struct review_section){ .title = p->title,
		.edit = p->row.n ? URL(o, "/nop/{}/{}/{}?ve=xem-lai", w->draft.code, p->id, p->row)
				 : edit_url(o, w, p->id, S("")),
		.rows = { arena_array(o->a, struct review_row, p->rows.n), p->rows.n } };
	for (size_t i = 0; i < p->rows.n; i++) {
		ret->rows.items[i] = (struct review_row){
			.label = p->rows.items[i].label,
			.value = p->rows.items[i].value,
			.number = p->rows.items[i].digits,
			.edit = edit_url(o, w, p->id, p->rows.items[i].input),
		};
		if (p->rows.items[i].paper)
			papers_review(o, w, p->rows.items[i].field, &ret->rows.items[i]);
	}
}

static err fill_sections(struct out *o, const struct work *w, struct review_page *m)
{
	struct filled_file *files = arena_array(o->a, struct filled_file, w->n_files);
	form_summary_pages pages;

	TRY(form_summary(o->a, &w->source, w->form, w->given, &pages));
	form_summary_name(o->a, &pages, files, work_sent_files(w, files));
	m->sections.items = arena_array(o->a, struct review_section, pages.n);
	for (; m->sections.n < pages.n; m->sections.n++)
		fill_section(o, w, &pages.items[m->sections.n], &m->sections.items[m->sections.n]);
	return NULL;
}

/* The page that asks it; a repeated page is named by its own id. */
static str page_of_field(const struct form *f, str name)
{
	for (size_t i = 0; i < f->pages.n; i++) {
		if (str_eq(f->pages.items[i].id, name))
			return name;
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (str_eq(f->pages.items[i].fields.items[k].id, name))
				return f->pages.items[i].id;
	}
	return f->pages.items[0].id;
}

static err fill_missing(struct out *o, const struct work *w, struct review_page *m)
{
	VEC(struct missing_item) items = { 0 };

	for (size_t i = 0; i < w->form->pages.n; i++) {
		const struct form_page *p = &w->form->pages.items[i];
		field_errors errors = { 0 };
		if (!form_page_applies(w->form, p, w->applying))
			continue;
		TRY(form_check_whole_page(o->a, &w->source, p, w->applying, &errors));
		for (size_t k = 0; k < errors.n; k++)
			*VEC_PUSH(o->a, &items) = (struct missing_item){
				.message = errors.items[k].message,
				.open = edit_url(o, w, p->id, errors.items[k].field),
			};
	}
	m->missing.items = items.items;
	m->missing.n = items.n;
	return NULL;
}

/* Shown before sending, so that nobody is sent back for it [ND61-15.3]. */
static void fill_findings(struct out *o, const struct work *w, struct review_page *m)
{
	form_findings found;

	form_find(o->a, &w->source, w->form, w->applying, &found);
	m->findings.items = arena_array(o->a, struct missing_item, found.n);
	for (size_t i = 0; i < found.n; i++) {
		const struct form_field *f = form_field_named(w->form, found.items[i].field);
		str input = f ? form_input_id(o->a, f) : found.items[i].field;
		str page = page_of_field(w->form, found.items[i].field);
		m->findings.items[m->findings.n++] = (struct missing_item){ found.items[i].message,
			edit_url(o, w, page, input) };
		m->stopped = m->stopped || found.items[i].stops;
	}
}

static err reply_review(struct req *r, bool changed)
{
	struct work w;
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	struct out o = page_out(r);
	enum language l = o.language;
	struct field_error unsaid = { S("cam-doan"),
		tr(l, TR("Đánh dấu vào ô cam đoan trước khi nộp")) };
	struct review_page m = {
		.declaration = form_text(l, w.form->declaration, w.form->declaration_en),
		.changed = changed,
		.version = arena_printf(r->arena, "%lld", (long long)w.draft.version),
		.post = URL(&o, "/nop/{}/nop", w.draft.code),
		.tasks = URL(&o, "/nop/{}", w.draft.code),
		.print = URL(&o, "/nop/{}/in", w.draft.code),
		.pdf = URL(&o, "/nop/{}/to-khai.pdf", w.draft.code),
		.file = URL(&o, "/nop/{}/to-khai.json", w.draft.code),
	};
	TRY(steps_of(r->arena, &w, NULL, &m.steps));
	TRY(aside_of(r->arena, &w, &m.aside));
	TRY(fill_sections(&o, &w, &m));
	TRY(fill_missing(&o, &w, &m));
	fill_findings(&o, &w, &m);
	if (!m.missing.n && str_eq(req_query(r, S("thieu")), S("cam-doan")))
		m.errors = (field_errors){ .items = &unsaid, .n = 1 };
	review_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){ .title = tr(l, TR("Xem lại trước khi nộp")),
			.status = changed    ? 409
				: m.errors.n ? 422
					     : 200,
			.error = m.errors.n > 0,
			.work = &w });
}

err show_review(struct req *r) { return reply_review(r, false); }

err show_review_again(struct req *r) { return reply_review(r, true); }
