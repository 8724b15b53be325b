/* SPDX-License-Identifier: Apache-2.0 */
/* pdf.h - official papers as PDF by cairo and pango: blocks that flow down a page, Vietnamese with
 * all marks, fonts subset. Same input, same bytes: no clock, no random ids. */
#pragma once
#include "core/core.h"

enum pdf_paper { PDF_A5, PDF_A4 };
enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };

struct pdf;
struct pdf *pdf_new(struct arena *a, enum pdf_paper paper, str title, str language);
struct pdf_style {
	double size; /* points; 0 = 10.5 */
	enum pdf_align align;
	bool bold, italic, underline;
	double before, after; /* points */
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
/* QR at the right edge beside the next blocks, side in points. */
void pdf_qr(struct pdf *p, str text, double side);
/* Bytes of the finished document; INTERNAL when cairo reports a fault. */
MUST_USE err pdf_end(struct pdf *p, str *ret_bytes);
