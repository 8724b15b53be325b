/* SPDX-License-Identifier: Apache-2.0 */
/* pdf.h - official papers as PDF by cairo and pango: blocks that flow down a page, Vietnamese with
 * all marks, fonts subset. Same input, same bytes: no clock, no random ids. */
#pragma once
#include "core/core.h"

enum pdf_paper { PDF_A5, PDF_A4 };
enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };

struct pdf;
/* The family that papers are set in; NULL when none installed has the letters of Vietnamese. */
const char *NULLABLE pdf_family(void);
struct pdf *pdf_new(struct arena *a, enum pdf_paper paper, str title, str language);
struct pdf_style {
	double size; /* points; 0 = 10.5 */
	enum pdf_align align;
	bool bold, italic, underline;
	bool fit;             /* letters as small as no line of the text needs to be broken */
	double before, after; /* points */
	/* 1, 2, 3: a heading in the structure of the document; never the last line of a page. */
	int heading;
};
void pdf_text(struct pdf *p, str text, const struct pdf_style *style);
/* Two columns side by side, widths in parts of 100; lines split at '\n'. */
void pdf_columns(struct pdf *p, int left_part, str left, const struct pdf_style *left_style,
	str right, const struct pdf_style *right_style);
/* "Label: value" with the value in bold when asked. */
void pdf_pair(struct pdf *p, str label, str value, bool bold);
/* Boxed line, for what must be seen first: the appointment. */
void pdf_boxed(struct pdf *p, str text, const struct pdf_style *style);
/* cells: rows × columns; widths in parts of 100. The head row repeats on every page. */
void pdf_table(struct pdf *p, const int *widths, size_t columns, const str *cells, size_t rows);
/* Questions and answers: rows of two cells, what is asked in left_part of 100, what was answered in
 * bold, or `none` where nothing was. No head; a row is cut only when no page could hold it. */
void pdf_answers(struct pdf *p, int left_part, const str *cells, size_t rows, str none);
/* The next page unless so much of this one is left. */
void pdf_room(struct pdf *p, double height);
/* At the foot of every page; "{n}" in `page` is its number. */
void pdf_foot(struct pdf *p, str text, str page);
size_t pdf_pages(const struct pdf *p);
/* QR at the right edge beside the next blocks, side in points. */
void pdf_qr(struct pdf *p, str text, double side);
/* Goes on below the QR code, over the whole width. */
void pdf_below_qr(struct pdf *p);
/* Bytes of the finished document; INTERNAL when cairo reports a fault. */
MUST_USE err pdf_end(struct pdf *p, str *ret_bytes);
