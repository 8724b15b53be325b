/* SPDX-License-Identifier: Apache-2.0 */
/* form_pdf.c - the filled form on A4, as it would lie on the counter. */
#include "forms/filled.h"
#include "view/pdf.h"

#define QR_SIDE 82.0
/* Signing needs the date, the words and the space for a name on one page. */
#define SIGNING 150.0
/* Items are a table when its columns are so many at most, else a block each. */
#define TABLE_COLUMNS 5

struct drawing {
	struct arena *a;
	struct pdf *pdf;
	const struct filled_view *view;
	enum language language;
};

static void draw_head(struct drawing *x)
{
	const struct filled_view *v = x->view;
	struct pdf_style line = { .size = 12, .align = PDF_CENTER, .bold = true };
	struct pdf_style motto = line, title = line, to = line;

	motto.underline = true;
	title = (struct pdf_style){
		.size = 15, .align = PDF_CENTER, .bold = true, .before = 18, .heading = 1
	};
	to.before = 8;
	to.after = 8;
	pdf_text(x->pdf, v->country, &line);
	pdf_text(x->pdf, v->motto, &motto);
	pdf_text(x->pdf, v->title, &title);
	pdf_text(x->pdf, v->procedure,
		&(struct pdf_style){ .align = PDF_CENTER, .italic = true, .before = 2 });
	pdf_text(x->pdf, v->to, &to);
}

static void draw_state(struct drawing *x)
{
	const struct filled_view *v = x->view;

	if (v->state.n)
		pdf_boxed(x->pdf, v->state,
			&(struct pdf_style){
				.size = 13, .align = PDF_CENTER, .bold = true, .after = 6 });
	if (v->verify.n)
		pdf_qr(x->pdf, v->verify, QR_SIDE);
	pdf_pair(x->pdf, v->code_label, v->code, true);
	if (v->sent.n)
		pdf_pair(x->pdf, v->sent_label, v->sent, false);
	if (v->applicant.n)
		pdf_pair(x->pdf, tr(x->language, TR("Người nộp")), v->applicant, false);
	if (v->verify.n)
		pdf_pair(x->pdf, tr(x->language, TR("Kiểm tra tại")), v->verify, false);
	pdf_below_qr(x->pdf);
}

/* --- answers ------------------------------------------------------------------------------- */
static bool same_questions(const struct filled_part *p, const struct filled_part *q)
{
	if (!str_eq(p->id, q->id) || !q->row.n || p->rows.n != q->rows.n)
		return false;
	for (size_t i = 0; i < p->rows.n; i++)
		if (!str_eq(p->rows.items[i].label, q->rows.items[i].label))
			return false;
	return true;
}

/* How many items from here on are rows of one table; 0: none is. */
static size_t table_rows(const struct filled_view *v, size_t at)
{
	const struct filled_part *first = &v->parts.items[at];
	size_t n = 1, all = 1;

	if (!first->row.n || first->rows.n < 2 || first->rows.n >= TABLE_COLUMNS)
		return 0;
	for (size_t i = 0; i < first->rows.n; i++)
		if (first->rows.items[i].long_text)
			return 0;
	while (at + all < v->parts.n && str_eq(v->parts.items[at + all].id, first->id))
		all++;
	while (n < all && same_questions(first, &v->parts.items[at + n]))
		n++;
	return n == all ? n : 0;
}

static void draw_table(struct drawing *x, const struct filled_part *parts, size_t n)
{
	size_t questions = parts->rows.n, columns = questions + 1;
	str *cells = arena_array(x->a, str, (n + 1) * columns);
	int widths[TABLE_COLUMNS] = { 6 };

	assert(questions && columns <= TABLE_COLUMNS);
	cells[0] = tr(x->language, TR("TT"));
	for (size_t k = 0; k < questions; k++) {
		widths[k + 1] = 94 / (int)questions;
		cells[k + 1] = parts->rows.items[k].label;
	}
	widths[questions] += 94 % (int)questions;
	for (size_t i = 0; i < n; i++) {
		cells[(i + 1) * columns] = arena_printf(x->a, "%zu", i + 1);
		for (size_t k = 0; k < questions; k++)
			cells[(i + 1) * columns + k + 1] = parts[i].rows.items[k].value.n
				? parts[i].rows.items[k].value
				: x->view->none;
	}
	pdf_table(x->pdf, widths, columns, cells, n + 1);
}

static void draw_rows(struct drawing *x, const struct filled_part *part)
{
	str *cells = arena_array(x->a, str, 2 * part->rows.n);

	for (size_t i = 0; i < part->rows.n; i++) {
		cells[2 * i] = part->rows.items[i].label;
		cells[2 * i + 1] = part->rows.items[i].value;
	}
	pdf_answers(x->pdf, 40, cells, part->rows.n, x->view->none);
}

static void draw_headings(struct drawing *x, const struct filled_part *part, bool title)
{
	if (part->section.n)
		pdf_text(x->pdf, part->section,
			&(struct pdf_style){ .size = 13, .bold = true, .before = 8, .heading = 2 });
	if (part->page.n)
		pdf_text(x->pdf, part->page,
			&(struct pdf_style){ .size = 11.5,
				.bold = true,
				.before = 6,
				.after = 3,
				.heading = part->section.n ? 3 : 2 });
	if (title && part->title.n)
		pdf_text(x->pdf, part->title,
			&(struct pdf_style){ .italic = true,
				.bold = true,
				.before = 2,
				.after = 2,
				.heading = 3 });
}

static void draw_parts(struct drawing *x)
{
	const struct filled_view *v = x->view;

	for (size_t i = 0, n; i < v->parts.n; i += n ? n : 1) {
		n = table_rows(v, i);
		draw_headings(x, &v->parts.items[i], n == 0);
		if (n)
			draw_table(x, &v->parts.items[i], n);
		else
			draw_rows(x, &v->parts.items[i]);
	}
}

/* --- what stands below ------------------------------------------------------------------------ */
static void draw_papers(struct drawing *x)
{
	size_t n = x->view->papers.n;
	str *cells = arena_array(x->a, str, (n + 1) * 3);

	if (!n)
		return;
	cells[0] = tr(x->language, TR("TT"));
	cells[1] = tr(x->language, TR("Giấy tờ"));
	cells[2] = tr(x->language, TR("Tệp đính kèm"));
	for (size_t i = 0; i < n; i++) {
		cells[3 * i + 3] = arena_printf(x->a, "%zu", i + 1);
		cells[3 * i + 4] = x->view->papers.items[i].label;
		cells[3 * i + 5] = x->view->papers.items[i].files;
	}
	pdf_text(x->pdf, tr(x->language, TR("Giấy tờ kèm theo")),
		&(struct pdf_style){
			.size = 11.5, .bold = true, .before = 6, .after = 3, .heading = 2 });
	pdf_table(x->pdf, (const int[]){ 6, 47, 47 }, 3, cells, n + 1);
}

static void draw_signature(struct drawing *x)
{
	const struct filled_view *v = x->view;
	const struct pdf_style date = { .align = PDF_CENTER, .italic = true, .before = 10 };
	const struct pdf_style bold = { .align = PDF_CENTER, .bold = true };
	const struct pdf_style plain = { .align = PDF_CENTER, .italic = true, .after = 30 };

	pdf_room(x->pdf, SIGNING);
	pdf_text(x->pdf, v->declaration, &(struct pdf_style){ .before = 6 });
	pdf_columns(x->pdf, 30, S(""), &date, v->day, &date);
	pdf_columns(x->pdf, 30, S(""), &bold, v->signer, &bold);
	pdf_columns(x->pdf, 30, S(""), &plain, v->how, &plain);
	pdf_columns(x->pdf, 30, S(""), &bold, v->applicant, &bold);
}

/* of: "" while the pages are being counted. */
static err draw(struct drawing *x, str of, size_t *ret_pages, str *ret_bytes)
{
	const struct filled_view *v = x->view;
	const char *mark = v->state.n ? " · " : "";
	str foot = arena_printf(x->a, STR_FMT "%s" STR_FMT " · " STR_FMT, STR_ARG(v->state), mark,
		STR_ARG(v->code), STR_ARG(v->title));

	x->pdf = pdf_new(x->a, PDF_A4, v->title, str_from(language_info(x->language)->code));
	pdf_foot(x->pdf, foot, FILL(x->a, x->language, TR("Trang {n}/{tong}"), S("tong"), of));
	draw_head(x);
	draw_state(x);
	draw_parts(x);
	draw_papers(x);
	draw_signature(x);
	*ret_pages = pdf_pages(x->pdf);
	return pdf_end(x->pdf, ret_bytes);
}

err form_pdf(struct arena *a, const struct form_source *source, const struct filled_form *f,
	str *ret_bytes)
{
	ARENA counting = arena_new();
	struct filled_view v;
	size_t pages;
	str unused;

	TRY(filled_view_of(a, source, f, &v));
	struct drawing x = { .a = counting, .view = &v, .language = source->language };
	err e = draw(&x, S("1"), &pages, &unused);
	if (e)
		return FAIL(a, INTERNAL, "form: " STR_FMT, STR_ARG(e->detail));
	x.a = a;
	return draw(&x, arena_printf(a, "%zu", pages), &pages, ret_bytes);
}
