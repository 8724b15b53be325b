/* SPDX-License-Identifier: Apache-2.0 */
/* A paper is one cursor that moves down a page. Everything is a row of columns whose lines flow
 * from page to page; text is a row of one column, a table many rows with lines around. */
#include "view/pdf_parts.h"
#include "view/qr.h"

#include <cairo-pdf.h>

/* The first of these that is installed and has the letters of Vietnamese. Liberation has the
 * measures of the Times New Roman of official papers, but these letters only since its version 2;
 * without this choice words would mix the letters of two fonts. */
static const char *const fonts[] = { "Liberation Serif", "Times New Roman", "Noto Serif",
	"DejaVu Serif" };
#define MM (72 / 25.4)
#define LINE 0.6
/* Space between text and the QR code beside it. */
#define GAP 10.0
/* Room that a heading has below itself: some lines of what it is the heading of. */
#define HEADED 48.0
#define FOOT_SIZE 8.5
/* Of letters made smaller to fit: their widths do not shrink by quite the same part. */
#define FIT 0.99

/* Asked by the leak sanitizer alone: fontconfig keeps what it has read until the process ends, in
 * a form that the sanitizer cannot follow. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig\n"; }
/* … and says nothing about it: the last line of the log is the program's. */
const char *__lsan_default_options(void);
const char *__lsan_default_options(void) { return "print_suppressions=0"; }

static void release(void *pdf)
{
	struct pdf *p = pdf;

	g_object_unref(p->context);
	cairo_destroy(p->cr);
	cairo_surface_destroy(p->surface);
}

static cairo_status_t write_bytes(void *pdf, const unsigned char *bytes, unsigned n)
{
	struct pdf *p = pdf;

	buf_add(&p->bytes, (str){ (const char *)bytes, n });
	return p->bytes.overflow ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* False too when fontconfig has put another family in its place. */
static bool speaks_vietnamese(PangoContext *context, const char *family)
{
	PangoFontDescription *wanted = pango_font_description_from_string(family), *found;
	PangoFont *font = pango_context_load_font(context, wanted);
	bool speaks = false;

	pango_font_description_free(wanted);
	if (!font)
		return false;
	found = pango_font_describe(font);
	speaks = str_eq(str_from(pango_font_description_get_family(found)), str_from(family)) &&
		pango_font_has_char(font, 0x1ea7) && pango_font_has_char(font, 0x1eee);
	pango_font_description_free(found);
	g_object_unref(font);
	return speaks;
}

static const char *NULLABLE find_font(PangoContext *context)
{
	for (size_t i = 0; i < COUNT(fonts); i++)
		if (speaks_vietnamese(context, fonts[i]))
			return fonts[i];
	return NULL;
}

const char *NULLABLE pdf_family(void)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	const char *family = find_font(context);

	g_object_unref(context);
	return family;
}

struct pdf *pdf_new(struct arena *a, enum pdf_paper paper, str title, str language)
{
	static const struct {
		double width, height, margin;
	} papers[] = {
		[PDF_A5] = { 148 * MM, 210 * MM, 11 * MM },
		[PDF_A4] = { 210 * MM, 297 * MM, 20 * MM },
	};
	double margin = papers[paper].margin;
	struct pdf *p = arena_make(a, struct pdf);

	*p = (struct pdf){
		.a = a,
		.bytes = buf_in(a, LIMIT_FILE),
		.left = margin,
		.right = papers[paper].width - margin,
		.top = margin,
		.bottom = papers[paper].height - margin,
		.y = margin,
		.page = 1,
	};
	p->surface = cairo_pdf_surface_create_for_stream(
		write_bytes, p, papers[paper].width, papers[paper].height);
	p->cr = cairo_create(p->surface);
	p->context = pango_cairo_create_context(p->cr);
	p->font = find_font(p->context);
	if (!p->font)
		p->font = "serif";
	arena_defer(a, release, p);
	cairo_set_line_width(p->cr, LINE);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_z(a, title));
	/* Cairo would ask the clock. The paper says its date in its text; here the era's first day
	 * stands for "none". */
	cairo_pdf_surface_set_metadata(
		p->surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
	pango_context_set_language(p->context, pango_language_from_string(str_z(a, language)));
	pango_context_set_round_glyph_positions(p->context, FALSE);
	return p;
}

/* --- text ----------------------------------------------------------------- */
static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from)
{
	attribute->start_index = (unsigned)from;
	pango_attr_list_insert(list, attribute);
}

static void set_size(PangoLayout *layout, PangoFontDescription *font, double size)
{
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
}

/* As wide as its longest line, were there room. */
static double natural_width(PangoLayout *layout)
{
	PangoRectangle logical;
	int width = pango_layout_get_width(layout);

	pango_layout_set_width(layout, -1);
	pango_layout_get_extents(layout, NULL, &logical);
	pango_layout_set_width(layout, width);
	return (double)logical.width / PANGO_SCALE;
}

/* bold_from: where bold begins, for the value of a pair. */
PangoLayout *pdf_layout(
	struct pdf *p, str text, const struct pdf_style *style, double width, size_t bold_from)
{
	static const PangoAlignment aligns[] = {
		[PDF_LEFT] = PANGO_ALIGN_LEFT,
		[PDF_CENTER] = PANGO_ALIGN_CENTER,
		[PDF_RIGHT] = PANGO_ALIGN_RIGHT,
	};
	PangoLayout *layout = pango_layout_new(p->context);
	PangoFontDescription *font = pango_font_description_from_string(p->font);
	PangoAttrList *list = pango_attr_list_new();

	double size = style->size > 0 ? style->size : PDF_SIZE;

	set_size(layout, font, size);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, aligns[style->align]);
	pango_layout_set_text(layout, text.p, (int)text.n);
	if (style->bold)
		add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), bold_from);
	if (style->italic)
		add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), 0);
	if (style->underline)
		add_attribute(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), 0);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
	if (style->fit && natural_width(layout) > width)
		set_size(layout, font, size * FIT * width / natural_width(layout));
	pango_font_description_free(font);
	return layout;
}

static double height_of(PangoLayout *layout)
{
	PangoRectangle logical;

	pango_layout_get_extents(layout, NULL, &logical);
	return (double)logical.height / PANGO_SCALE;
}

/* Draws the lines of a column that fit into `room` below y; returns the height they took. */
static double draw_lines(
	struct pdf *p, struct pdf_column *c, double y, double room, bool at_least_one)
{
	PangoLayoutIter *i = pango_layout_get_iter(c->layout);
	double height = 0;
	bool more = true;

	for (int line = 0; more; line++, more = pango_layout_iter_next_line(i)) {
		PangoRectangle logical;
		if (line < c->next)
			continue;
		pango_layout_iter_get_line_extents(i, NULL, &logical);
		double line_height = (double)logical.height / PANGO_SCALE;
		bool forced = at_least_one && height == 0;
		if (height + line_height > room && !forced)
			break;
		int ascent = pango_layout_iter_get_baseline(i) - logical.y;
		cairo_move_to(p->cr, c->x + (double)logical.x / PANGO_SCALE,
			y + height + (double)ascent / PANGO_SCALE);
		pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(i));
		height += line_height;
		c->next++;
	}
	pango_layout_iter_free(i);
	return height;
}

/* --- rows ----------------------------------------------------------------- */
static double page_height(const struct pdf *p) { return p->bottom - p->top; }

static void draw_foot_part(struct pdf *p, str text, enum pdf_align align, double part)
{
	struct pdf_style style = { .size = FOOT_SIZE, .align = align };
	PangoLayout *layout = pdf_layout(p, text, &style, (p->right - p->left) * part, 0);

	pango_layout_set_height(layout, -1);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	struct pdf_column c = { layout,
		align == PDF_RIGHT ? p->right - (p->right - p->left) * part : p->left, 0 };
	draw_lines(p, &c, p->bottom + 2 * FOOT_SIZE, 2 * FOOT_SIZE, true);
	g_object_unref(layout);
}

static void draw_foot(struct pdf *p)
{
	str before, after, rest;

	if (!p->foot_page.n)
		return;
	str_cut(p->foot_page, '{', &before, &rest);
	str_cut(rest, '}', &rest, &after);
	draw_foot_part(p, p->foot, PDF_LEFT, 0.8);
	draw_foot_part(p,
		arena_printf(p->a, STR_FMT "%zu" STR_FMT, STR_ARG(before), p->page, STR_ARG(after)),
		PDF_RIGHT, 0.2);
}

static void new_page(struct pdf *p)
{
	draw_foot(p);
	cairo_show_page(p->cr);
	p->page++;
	p->y = p->top;
	p->beside_bottom = 0;
}

/* What the QR code leaves free where the cursor is. */
double pdf_right(const struct pdf *p)
{
	return p->y < p->beside_bottom ? p->right - p->beside_width : p->right;
}

void pdf_move_down(struct pdf *p, double by)
{
	/* Space is for between things, not for the top of a page. */
	if (p->y > p->top)
		p->y += by;
}

static void draw_frame(struct pdf *p, const struct pdf_row *r, double height)
{
	for (size_t i = 0; i < r->n; i++)
		cairo_rectangle(p->cr, r->edges[i], p->y, r->edges[i + 1] - r->edges[i], height);
	cairo_stroke(p->cr);
}

/* One page's part of a row; true when all of it has been drawn. */
static bool draw_part(struct pdf *p, struct pdf_row *r)
{
	double room = p->bottom - p->y - 2 * r->padding, height = 0;
	bool fresh = p->y <= p->top, done = true;

	if (r->in_table)
		cairo_tag_begin(p->cr, "TR", NULL);
	for (size_t i = 0; i < r->n; i++) {
		struct pdf_column *c = &r->columns[i];
		cairo_tag_begin(p->cr, r->tag, NULL);
		double taken = draw_lines(p, c, p->y + r->padding, room, fresh);
		cairo_tag_end(p->cr, r->tag);
		height = taken > height ? taken : height;
		done = done && c->next >= pango_layout_get_line_count(c->layout);
	}
	if (r->in_table)
		cairo_tag_end(p->cr, "TR");
	if (height > 0 && r->framed)
		draw_frame(p, r, height + 2 * r->padding);
	if (height > 0)
		p->y += height + 2 * r->padding;
	return done;
}

double pdf_row_height(const struct pdf_row *r)
{
	double most = 0;

	for (size_t i = 0; i < r->n; i++) {
		double height = height_of(r->columns[i].layout);
		most = height > most ? height : most;
	}
	return most + 2 * r->padding;
}

static void begin_page_of(struct pdf *p, const struct pdf_row *r)
{
	new_page(p);
	/* A head that leaves no room for its table is not repeated. */
	if (!r->head || pdf_row_height(r->head) > page_height(p) / 2)
		return;
	struct pdf_row head = *r->head;
	draw_part(p, &head);
}

void pdf_row_draw(struct pdf *p, struct pdf_row *r)
{
	double height = pdf_row_height(r);

	if (r->together && p->y + height > p->bottom && height <= page_height(p))
		begin_page_of(p, r);
	while (!draw_part(p, r))
		begin_page_of(p, r);
}

void pdf_row_release(struct pdf_row *r)
{
	for (size_t i = 0; i < r->n; i++)
		g_object_unref(r->columns[i].layout);
}

static void draw_block(struct pdf *p, str text, const struct pdf_style *style, size_t bold_from)
{
	static const char *const tags[] = { "P", "H1", "H2", "H3" };

	pdf_move_down(p, style->before);
	double width = pdf_right(p) - p->left;
	struct pdf_row r = {
		.columns = { { pdf_layout(p, text, style, width, bold_from), p->left, 0 } },
		.n = 1,
		.tag = tags[style->heading],
	};
	if (style->heading)
		pdf_room(p, pdf_row_height(&r) + HEADED);
	pdf_row_draw(p, &r);
	pdf_row_release(&r);
	pdf_move_down(p, style->after);
}

/* --- blocks --------------------------------------------------------------- */
void pdf_text(struct pdf *p, str text, const struct pdf_style *style)
{
	draw_block(p, text, style, 0);
}

void pdf_pair(struct pdf *p, str label, str value, bool bold)
{
	str text = arena_printf(p->a, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(value));
	struct pdf_style style = { .bold = bold, .after = 2 };

	draw_block(p, text, &style, label.n + 2);
}

void pdf_columns(struct pdf *p, int left_part, str left, const struct pdf_style *left_style,
	str right, const struct pdf_style *right_style)
{
	double before =
		left_style->before > right_style->before ? left_style->before : right_style->before;
	pdf_move_down(p, before);
	double width = pdf_right(p) - p->left, split = width * left_part / 100;
	struct pdf_row r = {
		.columns = {
			{ pdf_layout(p, left, left_style, split, 0), p->left, 0 },
			{ pdf_layout(p, right, right_style, width - split, 0), p->left + split, 0 },
		},
		.n = 2,
		.together = true,
		.tag = "P",
	};
	pdf_row_draw(p, &r);
	pdf_row_release(&r);
	pdf_move_down(
		p, left_style->after > right_style->after ? left_style->after : right_style->after);
}

void pdf_boxed(struct pdf *p, str text, const struct pdf_style *style)
{
	const double padding = 2 * PDF_PADDING;

	pdf_move_down(p, style->before);
	const double edges[] = { p->left, pdf_right(p) };
	double width = edges[1] - edges[0] - 2 * padding;
	struct pdf_row r = {
		.columns = { { pdf_layout(p, text, style, width, 0), p->left + padding, 0 } },
		.n = 1,
		.padding = padding,
		.framed = true,
		.together = true,
		.tag = "P",
		.edges = edges,
	};
	pdf_row_draw(p, &r);
	pdf_row_release(&r);
	pdf_move_down(p, style->after);
}

void pdf_room(struct pdf *p, double height)
{
	if (p->y > p->top && p->y + height > p->bottom)
		new_page(p);
}

void pdf_foot(struct pdf *p, str text, str page)
{
	p->foot = text;
	p->foot_page = page;
}

size_t pdf_pages(const struct pdf *p) { return p->page; }

void pdf_below_qr(struct pdf *p)
{
	if (p->y < p->beside_bottom)
		p->y = p->beside_bottom;
}

void pdf_qr(struct pdf *p, str text, double side)
{
	struct qr q;
	struct qr_run run = { 0 };

	/* A text too long for a code stands on the paper in words anyway. */
	if (qr_make(p->a, text, &q))
		return;
	if (p->y + side > p->bottom)
		new_page(p);
	double module = side / (double)(q.side + 2 * QR_QUIET);
	double x = p->right - side + module * QR_QUIET, y = p->y + module * QR_QUIET;
	while (qr_next(&q, &run))
		cairo_rectangle(p->cr, x + module * (double)run.x, y + module * (double)run.y,
			module * (double)run.n, module);
	cairo_fill(p->cr);
	p->beside_width = side + GAP;
	p->beside_bottom = p->y + side;
}

err pdf_end(struct pdf *p, str *ret_bytes)
{
	draw_foot(p);
	cairo_status_t drawn = cairo_status(p->cr);

	cairo_surface_finish(p->surface);
	cairo_status_t written = cairo_surface_status(p->surface);
	if (drawn || written)
		return FAIL(
			p->a, INTERNAL, "pdf: %s", cairo_status_to_string(drawn ? drawn : written));
	*ret_bytes = buf_str(&p->bytes);
	return NULL;
}
