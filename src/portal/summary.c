/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/summary.h"

#define MINUTES_OF_A_DAY 480 /* of office work */

err month_series(
	struct conn *c, struct arena *a, int64_t from, int64_t to, struct month_figures **ret)
{
	struct month_figures *known;
	size_t n;
	TRY(figures_by_month(c, a, from, to, &known, &n));
	struct month_figures *all = arena_array(a, struct month_figures, (size_t)(to - from + 1));
	for (int64_t month = from; month <= to; month++)
		all[month - from].month = month;
	for (size_t i = 0; i < n; i++)
		all[known[i].month - from] = known[i];
	*ret = all;
	return NULL;
}

struct month_figures month_sum(const struct month_figures *months, size_t n)
{
	struct month_figures sum = { 0 };
	for (size_t i = 0; i < n; i++) {
		sum.received += months[i].received;
		sum.online += months[i].online;
		sum.on_time += months[i].on_time;
		sum.late += months[i].late;
		sum.minutes += months[i].minutes;
	}
	return sum;
}

/* --- shares ---------------------------------------------------------------------- */

static int64_t share(int64_t part, int64_t whole)
{
	return whole > 0 ? (part * 1000 + whole / 2) / whole : -1;
}

int64_t on_time_share(const struct month_figures *m)
{
	return share(m->on_time, m->on_time + m->late);
}

int64_t online_share(const struct month_figures *m) { return share(m->online, m->received); }

int64_t ratings_given(const struct ratings *r, enum rating_content content)
{
	return r->given[content][GRADE_NOT_YET] + r->given[content][GRADE_SATISFIED] +
		r->given[content][GRADE_VERY];
}

int64_t satisfied_share(const struct ratings *r, enum rating_content content)
{
	return share(r->given[content][GRADE_SATISFIED] + r->given[content][GRADE_VERY],
		ratings_given(r, content));
}

str share_text(struct out *o, int64_t of)
{
	return of < 0 ? S("–") : percent_text(o->a, o->language, of);
}

str mean_time_text(struct out *o, const struct month_figures *m)
{
	int64_t finished = m->on_time + m->late;
	if (!finished)
		return S("–");
	bool days = m->minutes >= finished * MINUTES_OF_A_DAY;
	int64_t tenths = m->minutes * 10 / (finished * (days ? MINUTES_OF_A_DAY : 60));
	str number = arena_printf(o->a, "%lld%c%lld", (long long)(tenths / 10),
		language_info(o->language)->tenths, (long long)(tenths % 10));
	return FILL(
		o->a, o->language, days ? TR("{n} ngày làm") : TR("{n} giờ làm"), S("n"), number);
}

/* --- months ------------------------------------------------------------------------ */

str month_text(struct out *o, int64_t month)
{
	return FILL(o->a, o->language, TR("tháng {thang} năm {nam}"), S("thang"),
		arena_printf(o->a, "%lld", (long long)(month % 12 + 1)), S("nam"),
		arena_printf(o->a, "%lld", (long long)(month / 12)));
}

static str finding(struct out *o, const struct month_figures *months, size_t n)
{
	struct month_figures sum = month_sum(months, n);
	return FILL(o->a, o->language,
		TR("Từ {dau} đến {cuoi}: tiếp nhận {nhan} hồ sơ, giải quyết xong {xong}, trong đó "
		   "đúng hạn {dung}."),
		S("dau"), month_text(o, months[0].month), S("cuoi"),
		month_text(o, months[n - 1].month), S("nhan"),
		number_text(o->a, o->language, sum.received), S("xong"),
		number_text(o->a, o->language, sum.on_time + sum.late), S("dung"),
		number_text(o->a, o->language, sum.on_time));
}

struct bar_chart month_chart(
	struct out *o, const struct month_figures *months, size_t n, const struct open_figures *now)
{
	struct bar *bars = arena_array(o->a, struct bar, n);
	for (size_t i = 0; i < n; i++) {
		bool last = i + 1 == n;
		bars[i] = (struct bar){
			.label = FILL(o->a, o->language, TR("T{thang}"), S("thang"),
				arena_printf(o->a, "%lld", (long long)(months[i].month % 12 + 1))),
			.values = { months[i].on_time, last ? now->open - now->overdue : 0,
				months[i].late + (last ? now->overdue : 0) },
		};
	}
	return (struct bar_chart){
		.title = tr(o->language, TR("Hồ sơ theo tháng giải quyết")),
		.description = finding(o, months, n),
		.axis = tr(o->language, TR("Tháng")),
		.legends = { tr(o->language, TR("Đúng hạn")), tr(o->language, TR("Đang xử lý")),
			tr(o->language, TR("Quá hạn")) },
		.unit = tr(o->language, TR("hồ sơ")),
		.bars = { bars, n },
	};
}
