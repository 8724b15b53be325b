/* SPDX-License-Identifier: Apache-2.0 */
/* about.c - pages of text: what this portal is, how to use it, what it promises. Their words are in
 * the templates, their facts come from the configuration. */
#include "portal/about.html.h"
#include "portal/accessibility.html.h"
#include "portal/guide.html.h"
#include "portal/places.html.h"
#include "portal/privacy.html.h"
#include "portal/terms.html.h"

#include "portal/pages.h"

static const struct text {
	const char *path;
	void (*draw)(struct out *o, const struct about_page *m);
	str title, description;
	enum nav_item here;
} texts[] = {
	{ "/gioi-thieu", about_html, TR("Giới thiệu"),
		TR("Cổng này của ai, làm được gì, ai chịu trách nhiệm."), NAV_ABOUT },
	{ "/huong-dan", guide_html, TR("Hướng dẫn từng bước"),
		TR("Cách tìm thủ tục, nộp hồ sơ, theo dõi, nhận kết quả; câu hỏi thường gặp."),
		NAV_NONE },
	{ "/tiep-can", accessibility_html, TR("Cam kết dễ tiếp cận"),
		TR("Ai cũng dùng được cổng này: bàn phím, trình đọc màn hình, chữ lớn."),
		NAV_NONE },
	{ "/bao-mat", privacy_html, TR("Bảo vệ dữ liệu cá nhân"),
		TR("Cổng thu thập gì, để làm gì, ai được xem, bạn có quyền gì."), NAV_NONE },
	{ "/dieu-khoan", terms_html, TR("Điều khoản sử dụng"),
		TR("Quyền và trách nhiệm khi dùng cổng này."), NAV_NONE },
};

static struct about_page about_of(struct out *o)
{
	const struct site *s = page_site();
	bool english = o->language == ENGLISH;
	return (struct about_page){
		.name = english && s->name_en.n ? s->name_en : s->name,
		.owner = english && s->owner_en.n ? s->owner_en : s->owner,
		.address = english && s->address_en.n ? s->address_en : s->address,
		.hours = english && s->hours_en.n ? s->hours_en : s->hours,
		.responsible = english && s->responsible_en.n ? s->responsible_en : s->responsible,
		.phone = phone_text(o->a, s->phone),
		.email = s->email,
		.call = phone_url(o->a, s->phone),
		.mail = mail_url(o->a, s->email),
		.demo = s->demo,
	};
}

err show_text(struct req *r)
{
	struct out o = page_out(r);
	struct about_page m = about_of(&o);
	const struct text *text = texts;
	while (!str_eq(r->path, str_from(text->path)))
		text++; /* only routes of the table lead here */
	text->draw(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, text->title),
			.description = tr(o.language, text->description),
			.here = text->here,
			.main = out_html(&o),
		});
}

/* --- places that receive --------------------------------------------------------------------- */

static str span_text(struct out *o, const struct office_hours *h)
{
	str spans[COUNT(h->spans)];
	for (int i = 0; i < h->span_n; i++) {
		instant from = instant_at(0, h->spans[i].from), to = instant_at(0, h->spans[i].to);
		spans[i] = arena_printf(o->a, STR_FMT " – " STR_FMT,
			STR_ARG(time_text(o->a, o->language, from)),
			STR_ARG(time_text(o->a, o->language, to)));
	}
	return str_join(o->a, spans, (size_t)h->span_n, S(", "));
}

/* The hours of each weekday, on the first such day that no rule touches. */
static void usual_week(struct out *o, const struct calendar *k, day today, str ret[7])
{
	const day farthest = today + 70;
	for (int i = 0; i < 7; i++)
		ret[i] = S("");
	for (day d = today; d < farthest; d++)
		if (!calendar_rule(k, d) && !ret[weekday_of(d)].n)
			ret[weekday_of(d)] = span_text(o, calendar_hours(k, d));
}

void week_hours(struct out *o, const struct calendar *k, day today, struct place *p)
{
	static const str names[7] = { TR("thứ Hai"), TR("thứ Ba"), TR("thứ Tư"), TR("thứ Năm"),
		TR("thứ Sáu"), TR("thứ Bảy"), TR("Chủ nhật") };
	str week[7];
	usual_week(o, k, today, week);
	p->hours.items = arena_array(o->a, str, COUNT(week));
	for (size_t from = 0, to; from < COUNT(week); from = to) {
		for (to = from + 1; to < COUNT(week) && str_eq(week[to], week[from]);)
			to++;
		if (!week[from].n)
			continue;
		str first = tr(o->language, names[from]), last = tr(o->language, names[to - 1]);
		str days = to - from > 1
			? arena_printf(o->a, STR_FMT " – " STR_FMT, STR_ARG(first), STR_ARG(last))
			: first;
		p->hours.items[p->hours.n++] = arena_printf(
			o->a, STR_FMT ": " STR_FMT, STR_ARG(days), STR_ARG(week[from]));
	}
}

static err place_of(
	struct out *o, struct conn *c, const struct agency *g, day today, struct place *ret)
{
	struct calendar *k;
	TRY(calendar_load(c, o->a, g->code, today, &k));
	*ret = (struct place){
		.name = o->language == ENGLISH && g->name_en.n ? g->name_en : g->name,
		.address = g->address,
		.phone = phone_text(o->a, g->phone),
		.call = phone_url(o->a, g->phone),
	};
	week_hours(o, k, today, ret);
	return NULL;
}

err show_places(struct req *r)
{
	struct conn *c;
	struct agency *agencies;
	size_t n;
	struct out o = page_out(r);
	TRY(reader_of(r, &c));
	TRY(agency_receiving(c, r->arena, &agencies, &n));
	struct places_page m = { .site = about_of(&o) };
	m.paging = paging_of(r, (int64_t)n, LIMIT_PAGE_ROWS, tr(o.language, TR("nơi tiếp nhận")));
	m.places.items = arena_array(r->arena, struct place, LIMIT_PAGE_ROWS);
	for (int64_t i = m.paging.first; i > 0 && i <= m.paging.last; i++)
		TRY(place_of(
			&o, c, &agencies[i - 1], day_of(r->now), &m.places.items[m.places.n++]));
	places_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, TR("Nơi tiếp nhận hồ sơ")),
			.description = tr(o.language,
				TR("Địa chỉ, điện thoại và giờ làm việc của các nơi tiếp "
				   "nhận hồ sơ.")),
			.main = out_html(&o),
		});
}
