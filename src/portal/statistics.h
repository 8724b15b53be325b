/* SPDX-License-Identifier: Apache-2.0 */
/* statistics.h - the figures of the year so far [C32-11.11, C32-12]. */
#pragma once
#include "portal/pages.h"

struct content_row {
	str name, very, satisfied, not_yet, given, share;
};
struct service_row {
	url to;
	str code, name, online, finished, on_time, received, given;
	str satisfied[RATING_CONTENTS]; /* shares */
};
struct statistics_page {
	str period, updated;
	bool any, has_share;
	int64_t share;
	str share_label, received, online, finished, open, overdue, mean_time;
	struct bar_chart chart;
	LIST(struct content_row) contents;
	LIST(struct service_row) services;
	struct paging paging;
	url csv;
};
/* One service this year [C32-11.11]. */
MUST_USE err service_row_of(
	struct out *o, struct conn *c, const struct entry *e, instant now, struct service_row *ret);
/* The table of services as CSV for spreadsheets (UTF-8 with its mark). */
MUST_USE err statistics_csv(struct out *o, const struct service_row *rows, size_t n, str *ret);

err show_statistics(struct req *r);
err show_statistics_csv(struct req *r);
