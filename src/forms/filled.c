/* SPDX-License-Identifier: Apache-2.0 */
/* filled.c - what a filled form shows, whichever way it is kept; and as data. */
#include "forms/filled.h"

#include "core/json.h"
#include "forms/print.html.h"
#include "http/reply.h"
#include "view/page.h"

struct viewing {
	struct arena *a;
	const struct form_source *source;
	const struct filled_form *filled;
	struct filled_view *view;
	const struct form_page *NULLABLE last; /* whose heading was given last */
	size_t number;
	VEC(struct filled_part) parts;
	VEC(struct filled_paper) papers;
};

/* --- papers --------------------------------------------------------------------------- */
static void add_paper(
	struct viewing *x, const struct summary_page *p, const struct summary_row *row)
{
	struct filled_paper paper = { row->label, row->value };

	if (p->row.n)
		paper.label = arena_printf(
			x->a, STR_FMT ": " STR_FMT, STR_ARG(p->title), STR_ARG(row->label));
	if (!row->value.n)
		paper.files = tr(x->source->language, TR("Không kèm"));
	*VEC_PUSH(x->a, &x->papers) = paper;
}

/* --- pages ---------------------------------------------------------------------------- */
static const struct form_page *NULLABLE page_of(const struct form *f, str id)
{
	for (size_t i = 0; i < f->pages.n; i++)
		if (str_eq(f->pages.items[i].id, id))
			return &f->pages.items[i];
	return NULL;
}

static str section_title(struct viewing *x, str id)
{
	const struct form *f = x->filled->form;

	for (size_t i = 0; i < f->sections.n; i++)
		if (str_eq(f->sections.items[i].id, id))
			return form_text(x->source->language, f->sections.items[i].title,
				f->sections.items[i].title_en);
	return S("");
}

/* A section's heading before its first page, a page's once before its items. */
static void add_headings(struct viewing *x, const struct summary_page *p, struct filled_part *part)
{
	const struct form_page *page = page_of(x->filled->form, p->id);

	if (!page || page == x->last)
		return;
	if (!x->last || !str_eq(x->last->section, page->section))
		part->section = section_title(x, page->section);
	part->page = arena_printf(x->a, "%zu. " STR_FMT, ++x->number,
		STR_ARG(form_text(x->source->language, page->title, page->title_en)));
	x->last = page;
}

static void add_page(struct viewing *x, const struct summary_page *p)
{
	struct filled_part part = { .id = p->id, .row = p->row };
	bool papers = false;

	part.rows.items = arena_array(x->a, struct summary_row, p->rows.n + 1);
	for (size_t i = 0; i < p->rows.n; i++) {
		struct summary_row row = p->rows.items[i];
		papers = papers || row.paper;
		if (row.paper) {
			add_paper(x, p, &row);
			continue;
		}
		part.rows.items[part.rows.n++] = row;
	}
	if (papers && !part.rows.n)
		return;
	add_headings(x, p, &part);
	part.title = p->row.n ? p->title : S("");
	if (!part.rows.n)
		part.rows.items[part.rows.n++] = (struct summary_row){ .label = p->title };
	*VEC_PUSH(x->a, &x->parts) = part;
}

/* --- around them ------------------------------------------------------------------------ */
static str day_signed(struct arena *a, enum language l, const struct filled_form *f)
{
	struct date d = date_of(day_of(f->sent_at));

	/* Filled in by hand on what is printed before it is sent. */
	if (!f->sent)
		return tr(l, TR("………………, ngày …… tháng …… năm ………"));
	return FILL(a, l, TR("{noi}, ngày {ngay} tháng {thang} năm {nam}"), S("noi"), f->place,
		S("ngay"), arena_printf(a, "%02d", d.day), S("thang"),
		arena_printf(a, "%02d", d.month), S("nam"), arena_printf(a, "%d", d.year));
}

static void add_frame(struct viewing *x)
{
	const struct filled_form *f = x->filled;
	const struct procedure *p = f->form->procedure;
	enum language l = x->source->language;

	*x->view = (struct filled_view){
		.state = f->sent ? S("") : tr(l, TR("BẢN NHÁP, CHƯA NỘP")),
		.country = tr(l, TR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
		.motto = tr(l, TR("Độc lập – Tự do – Hạnh phúc")),
		.title = form_text(l, f->form->title, f->form->title_en),
		.procedure = form_text(l, p->name, p->name_en),
		.to = FILL(x->a, l, TR("Kính gửi: {noi}"), S("noi"), f->agency),
		.declaration = form_text(l, f->form->declaration, f->form->declaration_en),
		.none = tr(l, TR("Không khai")),
		.signer = tr(l, TR("NGƯỜI KHAI")),
		.how = f->sent ? tr(l, TR("(Đã xác nhận trực tuyến)"))
			       : tr(l, TR("(Ký, ghi rõ họ tên)")),
		.applicant = f->applicant,
		.day = day_signed(x->a, l, f),
		.code_label = f->sent ? tr(l, TR("Mã hồ sơ")) : tr(l, TR("Mã bản nháp")),
		.code = f->code,
		.sent_label = tr(l, TR("Nộp lúc")),
		.sent = f->sent ? moment_long_text(x->a, l, f->sent_at) : S(""),
		.verify = f->verify,
	};
}

err filled_view_of(struct arena *a, const struct form_source *source, const struct filled_form *f,
	struct filled_view *ret)
{
	struct viewing x = { .a = a, .source = source, .filled = f, .view = ret };
	form_summary_pages pages;

	TRY(form_summary(a, source, f->form, f->answers, &pages));
	form_summary_name(a, &pages, f->files, f->n_files);
	add_frame(&x);
	for (size_t i = 0; i < pages.n; i++)
		add_page(&x, &pages.items[i]);
	ret->parts.items = x.parts.items;
	ret->parts.n = x.parts.n;
	ret->papers.items = x.papers.items;
	ret->papers.n = x.papers.n;
	return NULL;
}

str filled_name(struct arena *a, const struct filled_form *f, const char *ending)
{
	return arena_printf(
		a, "%s-" STR_FMT ".%s", f->sent ? "to-khai" : "ban-nhap", STR_ARG(f->code), ending);
}

/* --- as data ----------------------------------------------------------------------------- */
static void put_row(struct json_out *o, const struct filled_form *f, const struct answers *applying,
	const struct summary_row *row)
{
	json_open(o, '{');
	json_pair(o, S("id"), row->field);
	json_pair(o, S("label"), row->label);
	json_pair(o, S("value"), row->paper ? S("") : answer(applying, row->field));
	json_pair(o, S("shown"), row->value);
	if (row->paper) {
		json_key(o, S("files"));
		json_open(o, '[');
		for (size_t i = 0; i < f->n_files; i++)
			if (str_eq(f->files[i].field, row->field))
				json_put_text(o, f->files[i].name);
		json_close(o, ']');
	}
	json_close(o, '}');
}

static void put_pages(struct json_out *o, const struct filled_form *f,
	const struct answers *applying, const form_summary_pages *pages)
{
	json_key(o, S("pages"));
	json_open(o, '[');
	for (size_t i = 0; i < pages->n; i++) {
		const struct summary_page *p = &pages->items[i];
		json_open(o, '{');
		json_pair(o, S("id"), p->id);
		if (p->row.n)
			json_pair(o, S("item"), p->row);
		json_pair(o, S("title"), p->title);
		json_key(o, S("answers"));
		json_open(o, '[');
		for (size_t k = 0; k < p->rows.n; k++)
			put_row(o, f, applying, &p->rows.items[k]);
		json_close(o, ']');
		json_close(o, '}');
	}
	json_close(o, ']');
}

err form_file(
	struct arena *a, const struct form_source *x, const struct filled_form *f, str *ret_json)
{
	const struct procedure *p = f->form->procedure;
	struct answers *applying = form_applying(a, f->form, f->answers, x->today);
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };
	form_summary_pages pages;

	TRY(form_summary(a, x, f->form, f->answers, &pages));
	json_open(&o, '{');
	json_pair(&o, S("title"), form_text(x->language, f->form->title, f->form->title_en));
	json_pair(&o, S("procedure"), p->code);
	json_pair(&o, S("procedure_name"), form_text(x->language, p->name, p->name_en));
	json_key(&o, S("version"));
	json_put_int(&o, p->version);
	json_pair(&o, S("agency"), f->agency);
	json_pair(&o, S("state"), f->sent ? S("submitted") : S("draft"));
	json_pair(&o, S("code"), f->code);
	if (f->sent)
		json_pair(&o, S("submitted_at"), instant_iso(a, f->sent_at));
	put_pages(&o, f, applying, &pages);
	json_close(&o, '}');
	if (b.overflow)
		return FAIL(a, INTERNAL, "answers with labels over %d bytes", LIMIT_JSON);
	*ret_json = buf_str(&b);
	return NULL;
}

/* --- as answers to a request ---------------------------------------------------------------- */
err filled_print(struct req *r, const struct form_source *x, const struct filled_form *f, url back)
{
	struct out o = page_out(r);
	struct filled_view m;

	TRY(filled_view_of(r->arena, x, f, &m));
	m.back = back;
	print_html(&o, &m);
	struct page page = {
		.title = m.title, .kind = PAGE_PRINT, .main = out_html(&o), .no_index = true
	};
	return page_reply(r, 200, &page);
}

err filled_pdf(struct req *r, const struct form_source *x, const struct filled_form *f)
{
	str bytes;

	TRY(form_pdf(r->arena, x, f, &bytes));
	return reply_download(
		r, bytes, S("application/pdf"), filled_name(r->arena, f, "pdf"), true);
}

err filled_data(struct req *r, const struct form_source *x, const struct filled_form *f)
{
	str json;

	TRY(form_file(r->arena, x, f, &json));
	return reply_download(
		r, json, S("application/json"), filled_name(r->arena, f, "json"), false);
}
