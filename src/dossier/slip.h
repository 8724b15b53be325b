/* SPDX-License-Identifier: Apache-2.0 */
/* slip.h - slip 01, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" [requirements section 4]. Its data is
 * frozen at issue and hashed; the A5 PDF is drawn from the frozen data whenever it is asked for,
 * the same bytes each time [FORM-1, FORM-5]. */
#pragma once
#include "dossier/store.h"

/* In the transaction of receipt. */
MUST_USE err slip_issue_receipt(struct conn *c, struct arena *a, const struct dossier *d,
	const struct procedure *p, const struct act_actor *by, instant now);
/* verify: address that the QR opens. trial: of a demonstration, which it then says first of all. */
MUST_USE err slip_receipt_pdf(
	struct arena *a, const struct slip *s, str verify, bool trial, str *ret_bytes);
/* Where the portal was when the slip was issued; "" for slips of before that was kept. */
str slip_origin(struct arena *a, const struct slip *s);
/* Does the frozen data still have its hash? */
bool slip_intact(struct arena *a, const struct slip *s);
