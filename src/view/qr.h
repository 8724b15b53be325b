/* SPDX-License-Identifier: Apache-2.0 */
/* qr.h - the squares of a QR code, for the pictures of qr.c and the papers of pdf.c. */
#pragma once
#include "core/core.h"

/* White modules around the code, as its standard asks. */
#define QR_QUIET 4

struct qr {
	size_t side;               /* modules, without the quiet zone */
	const unsigned char *dark; /* side * side, row by row; 1 is dark */
};
/* Error correction M: a folded or stained slip still opens. INVALID when the text is too long
 * for a QR code (over 2,331 bytes). */
MUST_USE err qr_make(struct arena *a, str text, struct qr *ret);

/* A horizontal run of dark modules. */
struct qr_run {
	size_t x, y, n;
};
/* The next run behind `at`, row by row; start with { 0 }. False when there is none. */
bool qr_next(const struct qr *q, struct qr_run *at);
