/* SPDX-License-Identifier: Apache-2.0 */
/* notify_pages.h - what the page of notices draws. */
#pragma once
#include "view/component.h"

struct notice_item {
	str title, iso, when;
	LIST(str) lines;
	url open;
	bool has_link, unread;
};
struct notices_page {
	int64_t unread;
	LIST(struct notice_item) rows;
	struct paging paging;
};
