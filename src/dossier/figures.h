/* SPDX-License-Identifier: Apache-2.0 */
/* figures.h - numbers that are published [C32-11.11, C32-12]: by month, open now, satisfaction by
 * content. They are sums kept with each act, never a scan of the dossiers. */
#pragma once
#include "dossier/dossier.h"

/* Year * 12 + month - 1 of a moment. */
int64_t month_of(instant t);

struct month_figures {
	int64_t month, received, online, on_time, late;
	int64_t minutes; /* working minutes spent on those finished */
};
MUST_USE err figures_by_month(struct conn *c, struct arena *a, int64_t from, int64_t to,
	struct month_figures **ret, size_t *ret_n);
struct open_figures {
	int64_t open, overdue;
};
MUST_USE err figures_now(struct conn *c, struct arena *a, day today, struct open_figures *ret);
MUST_USE err figures_procedure(struct conn *c, struct arena *a, str procedure, int64_t from,
	int64_t to, struct month_figures *ret);

/* Contents of C32-12.1 and grades of C32-12.2. */
enum rating_content {
	RATING_OVERALL,
	RATING_CONVENIENCE,
	RATING_TIMELINESS,
	RATING_ATTITUDE,
	RATING_CONTENTS
};
enum rating_grade { GRADE_NONE, GRADE_NOT_YET, GRADE_SATISFIED, GRADE_VERY, GRADES };
struct ratings {
	int64_t given[RATING_CONTENTS][GRADES];
};
/* procedure "" for all; from a month on. */
MUST_USE err figures_satisfaction(
	struct conn *c, struct arena *a, str procedure, int64_t from, struct ratings *ret);

struct rating {
	int64_t overall, convenience, timeliness, attitude, at;
	str comment;
};
MUST_USE err rating_find(
	struct conn *c, struct arena *a, int64_t dossier, struct rating *ret, bool *ret_found);
/* Once for a dossier that is closed or has its result; only `overall` is required [C32-12.3].
 * FORBIDDEN for another's dossier, CONFLICT when too early or given already. */
MUST_USE err rating_give(struct db *db, struct arena *a, const struct dossier *d, int64_t account,
	const struct rating *given, instant now);
