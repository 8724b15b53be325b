/* SPDX-License-Identifier: Apache-2.0 */
#include "view/qr.h"

#include "view/parts.h"

#include "view/qr_code.html.h"

#include <qrencode.h>

err qr_make(struct arena *a, str text, struct qr *ret)
{
	QRcode *code = NULL;

	if (text.n && text.n <= INT32_MAX)
		code = QRcode_encodeData(
			(int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	if (!code)
		return FAIL(a, INVALID, "no QR code for %zu bytes", text.n);
	size_t side = (size_t)code->width;
	unsigned char *dark = arena_array(a, unsigned char, side *side);
	for (size_t i = 0; i < side * side; i++)
		dark[i] = code->data[i] & 1;
	QRcode_free(code);
	*ret = (struct qr){ side, dark };
	return NULL;
}

bool qr_next(const struct qr *q, struct qr_run *at)
{
	size_t from = at->y * q->side + at->x + at->n, all = q->side * q->side;

	while (from < all && !q->dark[from])
		from++;
	if (from == all)
		return false;
	*at = (struct qr_run){ .x = from % q->side, .y = from / q->side };
	while (at->x + at->n < q->side && q->dark[from + at->n])
		at->n++;
	return true;
}

void qr_code(struct out *o, str text, str alt)
{
	struct qr q;
	struct qr_run run = { 0 };
	struct buf path = buf_in(o->a, LIMIT_PAGE);

	if (qr_make(o->a, text, &q)) {
		/* Nothing to scan, but still what it would have said. */
		put_text_str(o, text);
		return;
	}
	while (qr_next(&q, &run))
		buf_printf(&path, "M%zu %zuh%zuv1h-%zuz", run.x + QR_QUIET, run.y + QR_QUIET, run.n,
			run.n);
	struct qr_part part = { q.side + 2 * QR_QUIET, alt, buf_str(&path) };
	qr_code_html(o, &part);
}
