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

/* One mail as it goes over the wire [RFC 5322, 2045, 2047]: UTF-8, base64, no header made of a
 * stranger's line breaks. INVALID when `to` is not one plain address. */
MUST_USE err mail_compose(struct arena *a, str from, str to, str subject, str text, str message_id,
	instant now, str *ret);
