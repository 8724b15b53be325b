/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder share. */
#pragma once
#include "notify/notify.h"

struct notice_row {
	int64_t id, at;
	str kind, title, text, link;
	struct opt_int read_at;
};
MUST_USE err notice_list(struct conn *c, struct arena *a, int64_t account, int64_t offset,
	int64_t limit, struct notice_row **ret, size_t *ret_n, int64_t *ret_total);
/* All of one person's notices have been seen. */
MUST_USE err notice_read(struct conn *c, struct arena *a, int64_t account, instant now);

struct mail {
	str to, subject, text;
	str id; /* plain letters and digits; the same for every try, so that doubles can be told */
	instant at;
	const _Atomic bool *NULLABLE stop; /* gives up when it is set */
};
/* The mail as it goes over the wire [RFC 5322, 2045, 2047]: UTF-8 in base64, no header made of a
 * stranger's line breaks. INVALID when an address is not a plain one. */
MUST_USE err mail_compose(struct arena *a, str from, const struct mail *m, str *ret);
/* "x@y" of "Name <x@y>". */
str mail_address(str from);

/* How a try to send ended; names are kept in the table. */
enum mail_outcome {
	MAIL_SENT,
	MAIL_KEPT,    /* no way for mail is configured: the notice stays in the portal */
	MAIL_REFUSED, /* for good: no such receiver */
	MAIL_FAILED,  /* another try may help; comes with an err */
};
MUST_USE err mail_send(struct arena *a, const struct mail *m, enum mail_outcome *ret);
