/* SPDX-License-Identifier: Apache-2.0 */
/* summary.h - the published figures made ready to be shown: on the home page for six months, on the
 * page of statistics for the year so far. */
#pragma once
#include "dossier/figures.h"
#include "view/component.h"

/* Every month of [from, to], those without a dossier too: to - from + 1 of them. */
MUST_USE err month_series(
	struct conn *c, struct arena *a, int64_t from, int64_t to, struct month_figures **ret);
struct month_figures month_sum(const struct month_figures *months, size_t n);
/* Months as bars: finished on time, being handled (only in the last month, as of now), late. */
struct bar_chart month_chart(struct out *o, const struct month_figures *months, size_t n,
	const struct open_figures *now);

/* Shares in tenths of a percent; -1 when there is nothing to divide by. */
int64_t on_time_share(const struct month_figures *m);
int64_t online_share(const struct month_figures *m);
/* Of those who answered about one content: satisfied or very satisfied. */
int64_t satisfied_share(const struct ratings *r, enum rating_content content);
int64_t ratings_given(const struct ratings *r, enum rating_content content);
/* "99,3%", or a dash when unknown. */
str share_text(struct out *o, int64_t share);
/* "2,1 ngày làm" of 8 working hours, on average, or "3,5 giờ làm" when it is less than one; a dash
 * when nothing is finished. */
str mean_time_text(struct out *o, const struct month_figures *m);
/* "tháng 11 năm 2026" */
str month_text(struct out *o, int64_t month);
