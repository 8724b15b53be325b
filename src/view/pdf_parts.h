/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_parts.h - what the files of pdf.h share: a paper under way, and rows of columns whose lines
 * flow from page to page. */
#pragma once
#include "view/pdf.h"

#include <pango/pangocairo.h>

#define PDF_SIZE 10.5
#define PDF_PADDING 3.0

struct pdf {
	struct arena *a;
	struct buf bytes;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	const char *font;
	double left, right, top, bottom;
	double y;
	double beside_width, beside_bottom; /* the QR code */
	size_t page;
	str foot, foot_page;
};

/* A column of a row under way: its lines from `next` on are not drawn yet. */
struct pdf_column {
	PangoLayout *layout;
	double x;
	int next;
};
#define PDF_COLUMNS 12

struct pdf_row {
	struct pdf_column columns[PDF_COLUMNS];
	size_t n;
	double padding;
	bool framed, together, in_table;
	const char *tag;            /* of each column, in the structure of the document */
	const double *edges;        /* of a framed row: n + 1 */
	const struct pdf_row *head; /* drawn again at the top of each page */
};

/* bold_from: where bold begins, for the value of a pair. */
PangoLayout *pdf_layout(
	struct pdf *p, str text, const struct pdf_style *style, double width, size_t bold_from);
/* What the QR code leaves free where the cursor is. */
double pdf_right(const struct pdf *p);
void pdf_move_down(struct pdf *p, double by);
double pdf_row_height(const struct pdf_row *r);
void pdf_row_draw(struct pdf *p, struct pdf_row *r);
void pdf_row_release(struct pdf_row *r);
