/* SPDX-License-Identifier: Apache-2.0 */
/* statistics.c - what is published of the year so far [C32-11.11, C32-12]: in all and service by
 * service, as a page and as a file. */
#include "portal/statistics.html.h"

#include "http/reply.h"
#include "portal/statistics.h"

static const str content_names[RATING_CONTENTS] = {
	[RATING_OVERALL] = TR("Hài lòng chung"),
	[RATING_CONVENIENCE] = TR("Thuận tiện"),
	[RATING_TIMELINESS] = TR("Kịp thời"),
	[RATING_ATTITUDE] = TR("Thái độ"),
};

/* January of the year of a moment. */
static int64_t first_month(instant now) { return month_of(now) - month_of(now) % 12; }

/* --- one service ------------------------------------------------------------------------- */

err service_row_of(
	struct out *o, struct conn *c, const struct entry *e, instant now, struct service_row *ret)
{
	struct month_figures m;
	struct ratings ratings;
	TRY(figures_procedure(c, o->a, e->code, first_month(now), month_of(now), &m));
	TRY(figures_satisfaction(c, o->a, e->code, first_month(now), &ratings));
	*ret = (struct service_row){
		.to = URL(o, "/thu-tuc/{}", e->slug),
		.code = e->code,
		.name = entry_name(o->language, e),
		.online = number_text(o->a, o->language, m.online),
		.finished = number_text(o->a, o->language, m.on_time + m.late),
		.on_time = share_text(o, on_time_share(&m)),
		.received = number_text(o->a, o->language, m.received),
		.given = number_text(o->a, o->language, ratings_given(&ratings, RATING_OVERALL)),
	};
	for (int i = 0; i < RATING_CONTENTS; i++)
		ret->satisfied[i] =
			share_text(o, satisfied_share(&ratings, (enum rating_content)i));
	return NULL;
}

/* Services that can be applied for here come first in the catalogue. */
static err add_services(struct req *r, struct conn *c, int64_t offset, int64_t most,
	struct service_row **ret, size_t *ret_n)
{
	struct out o = page_out(r);
	struct catalogue_page page;
	const struct catalogue_filter f = {
		.level = -1, .service_level = -1, .fee = -1, .offset = offset, .limit = most
	};
	catalogue_list(
		catalogue_snapshot(services_of(r)->catalogue, r->arena), r->arena, &f, &page);
	*ret = arena_array(r->arena, struct service_row, page.entries.n);
	*ret_n = page.entries.n;
	for (size_t i = 0; i < page.entries.n; i++)
		TRY(service_row_of(&o, c, page.entries.items[i], r->now, &(*ret)[i]));
	return NULL;
}

/* --- in all --------------------------------------------------------------------------------- */

static void fill_contents(struct out *o, const struct ratings *r, struct statistics_page *m)
{
	m->contents.items = arena_array(o->a, struct content_row, RATING_CONTENTS);
	m->contents.n = RATING_CONTENTS;
	for (int i = 0; i < RATING_CONTENTS; i++) {
		enum rating_content content = (enum rating_content)i;
		const int64_t *given = r->given[content];
		m->contents.items[i] = (struct content_row){
			.name = tr(o->language, content_names[content]),
			.very = number_text(o->a, o->language, given[GRADE_VERY]),
			.satisfied = number_text(o->a, o->language, given[GRADE_SATISFIED]),
			.not_yet = number_text(o->a, o->language, given[GRADE_NOT_YET]),
			.given = number_text(o->a, o->language, ratings_given(r, content)),
			.share = share_text(o, satisfied_share(r, content)),
		};
	}
}

static void fill_sums(struct out *o, const struct month_figures *sum,
	const struct open_figures *open, struct statistics_page *m)
{
	m->share = on_time_share(sum);
	m->has_share = m->share >= 0;
	m->share_label = FILL(o->a, o->language, TR("{phan-tram} hồ sơ được giải quyết đúng hạn"),
		S("phan-tram"), share_text(o, m->share));
	m->any = sum->received || open->open || m->has_share;
	m->received = number_text(o->a, o->language, sum->received);
	m->online = share_text(o, online_share(sum));
	m->finished = number_text(o->a, o->language, sum->on_time + sum->late);
	m->open = number_text(o->a, o->language, open->open);
	m->overdue = number_text(o->a, o->language, open->overdue);
	m->mean_time = mean_time_text(o, sum);
}

static err fill_year(struct out *o, struct conn *c, instant now, struct statistics_page *m)
{
	int64_t from = first_month(now), to = month_of(now);
	struct month_figures *months;
	struct open_figures open;
	struct ratings ratings;
	size_t n = (size_t)(to - from + 1);
	TRY(month_series(c, o->a, from, to, &months));
	TRY(figures_now(c, o->a, day_of(now), &open));
	TRY(figures_satisfaction(c, o->a, S(""), from, &ratings));
	struct month_figures sum = month_sum(months, n);
	fill_sums(o, &sum, &open, m);
	fill_contents(o, &ratings, m);
	m->chart = month_chart(o, months, n, &open);
	m->updated = moment_text(o->a, o->language, now);
	m->period = FILL(o->a, o->language, TR("Từ 01/01 đến {ngay}"), S("ngay"),
		day_text(o->a, day_of(now)));
	return NULL;
}

err show_statistics(struct req *r)
{
	struct conn *c;
	int64_t all, online;
	struct out o = page_out(r);
	struct statistics_page m = { .csv = URL(&o, "/thong-ke.csv") };
	TRY(reader_of(r, &c));
	TRY(fill_year(&o, c, r->now, &m));
	catalogue_counts(catalogue_snapshot(services_of(r)->catalogue, r->arena), &all, &online);
	m.paging = paging_of(r, online, LIMIT_PAGE_ROWS, tr(o.language, TR("dịch vụ")));
	if (online)
		TRY(add_services(r, c, m.paging.first - 1, m.paging.last - m.paging.first + 1,
			&m.services.items, &m.services.n));
	statistics_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, TR("Thống kê giải quyết hồ sơ")),
			.description = tr(o.language,
				TR("Số hồ sơ tiếp nhận, nộp trực tuyến, đúng hạn và mức "
				   "hài lòng từ đầu năm.")),
			.here = NAV_STATISTICS,
			.main = out_html(&o),
		});
}

/* --- as a file -------------------------------------------------------------------------------- */

/* Quoted always; a leading sign that a spreadsheet would take for a formula gets an apostrophe. */
static void put_cell(struct buf *b, str s, bool last)
{
	buf_char(b, '"');
	if (s.n && strchr("=+-@", s.p[0]))
		buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_add(b, last ? S("\"\r\n") : S("\","));
}

static void put_line(struct buf *b, const str *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_cell(b, cells[i], i + 1 == n);
}

err statistics_csv(struct out *o, const struct service_row *rows, size_t n, str *ret)
{
	enum language l = o->language;
	struct buf b = buf_in(o->a, LIMIT_SITE_MAP);
	const str head[] = { tr(l, TR("Mã")), tr(l, TR("Dịch vụ")), tr(l, TR("Nộp trực tuyến")),
		tr(l, TR("Đã giải quyết")), tr(l, TR("Đúng hạn")), tr(l, TR("Tổng tiếp nhận")),
		tr(l, TR("Lượt đánh giá")), tr(l, content_names[RATING_OVERALL]),
		tr(l, content_names[RATING_CONVENIENCE]), tr(l, content_names[RATING_TIMELINESS]),
		tr(l, content_names[RATING_ATTITUDE]) };
	buf_add(&b, S("\xef\xbb\xbf"));
	put_line(&b, head, COUNT(head));
	for (size_t i = 0; i < n; i++) {
		const struct service_row *row = &rows[i];
		const str cells[COUNT(head)] = { row->code, row->name, row->online, row->finished,
			row->on_time, row->received, row->given, row->satisfied[RATING_OVERALL],
			row->satisfied[RATING_CONVENIENCE], row->satisfied[RATING_TIMELINESS],
			row->satisfied[RATING_ATTITUDE] };
		put_line(&b, cells, COUNT(cells));
	}
	if (b.overflow)
		return FAIL(o->a, INTERNAL, "the statistics are over their limit");
	*ret = buf_str(&b);
	return NULL;
}

err show_statistics_csv(struct req *r)
{
	struct conn *c;
	struct service_row *rows = NULL;
	size_t n = 0;
	int64_t all, online;
	str bytes;
	struct out o = page_out(r);
	TRY(reader_of(r, &c));
	catalogue_counts(catalogue_snapshot(services_of(r)->catalogue, r->arena), &all, &online);
	if (online)
		TRY(add_services(r, c, 0, online, &rows, &n));
	TRY(statistics_csv(&o, rows, n, &bytes));
	str name = arena_printf(
		r->arena, "thong-ke-" STR_FMT ".csv", STR_ARG(day_iso(r->arena, day_of(r->now))));
	return reply_download(r, bytes, S("text/csv; charset=utf-8"), name, false);
}
