/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a paper: rows with lines around, whose cells are cut only when no page holds them. */
#include "view/pdf_parts.h"

static struct pdf_column cell_of(
	struct pdf *p, str text, const struct pdf_style *style, const double *edge)
{
	double width = edge[1] - edge[0] - 2 * PDF_PADDING;

	return (struct pdf_column){ pdf_layout(p, text, style, width, 0), edge[0] + PDF_PADDING,
		0 };
}

static struct pdf_row empty_row(const double *edges, size_t columns, const char *tag)
{
	return (struct pdf_row){
		.n = columns,
		.padding = PDF_PADDING,
		.framed = true,
		.together = true,
		.in_table = true,
		.tag = tag,
		.edges = edges,
	};
}

static struct pdf_row table_row(
	struct pdf *p, const double *edges, size_t columns, const str *cells, bool head)
{
	struct pdf_style style = { .size = PDF_SIZE - 1, .bold = head };
	struct pdf_row r = empty_row(edges, columns, head ? "TH" : "TD");

	for (size_t i = 0; i < columns; i++)
		r.columns[i] = cell_of(p, cells[i], &style, edges + i);
	return r;
}

void pdf_table(struct pdf *p, const int *widths, size_t columns, const str *cells, size_t rows)
{
	double edges[PDF_COLUMNS + 1] = { p->left };

	assert(columns && columns <= PDF_COLUMNS && rows);
	double width = pdf_right(p) - p->left;
	for (size_t i = 0; i < columns; i++)
		edges[i + 1] = edges[i] + width * widths[i] / 100;
	cairo_tag_begin(p->cr, "Table", NULL);
	struct pdf_row head = table_row(p, edges, columns, cells, true);
	struct pdf_row first = head;
	pdf_row_draw(p, &first);
	for (size_t i = 1; i < rows; i++) {
		struct pdf_row r = table_row(p, edges, columns, cells + i * columns, false);
		r.head = &head;
		pdf_row_draw(p, &r);
		pdf_row_release(&r);
	}
	pdf_row_release(&head);
	cairo_tag_end(p->cr, "Table");
	pdf_move_down(p, 2 * PDF_PADDING);
}

void pdf_answers(struct pdf *p, int left_part, const str *cells, size_t rows, str none)
{
	static const struct pdf_style asked = { .size = PDF_SIZE - 0.5 };
	static const struct pdf_style answered = { .bold = true };
	static const struct pdf_style not_answered = { .size = PDF_SIZE - 0.5, .italic = true };
	double width = pdf_right(p) - p->left;
	const double edges[] = { p->left, p->left + width * left_part / 100, p->left + width };

	cairo_tag_begin(p->cr, "Table", NULL);
	for (size_t i = 0; i < rows; i++) {
		struct pdf_row r = empty_row(edges, 2, "TD");
		str value = cells[2 * i + 1];
		r.columns[0] = cell_of(p, cells[2 * i], &asked, edges);
		r.columns[1] = value.n ? cell_of(p, value, &answered, edges + 1)
				       : cell_of(p, none, &not_answered, edges + 1);
		pdf_row_draw(p, &r);
		pdf_row_release(&r);
	}
	cairo_tag_end(p->cr, "Table");
	pdf_move_down(p, 2 * PDF_PADDING);
}
