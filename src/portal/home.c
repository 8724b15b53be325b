/* SPDX-License-Identifier: Apache-2.0 */
/* home.c - the home page: every figure on it is read from the database when it is drawn. */
#include "portal/home.html.h"

#include "portal/pages.h"

#define HOME_MONTHS 6
#define HOME_POPULAR 4

/* --- the next day off --------------------------------------------------------------------- */

static bool is_off(const struct day_rule *rule) { return rule && rule->kind != DAY_SWAP_WORK; }

void day_off_next(struct out *o, const struct calendar *k, day today, struct day_off *ret)
{
	const day farthest = today + 366;
	day first = today;
	*ret = (struct day_off){ 0 };
	while (first < farthest && !is_off(calendar_rule(k, first)))
		first++;
	if (first == farthest)
		return;
	const struct day_rule *rule = calendar_rule(k, first);
	day back = calendar_after(k, first, 1), last = first;
	for (day d = first; d < back; d++) {
		if (!is_off(calendar_rule(k, d)))
			continue;
		last = d;
		ret->draft |= calendar_rule(k, d)->draft;
	}
	ret->any = true;
	ret->title = tr(o->language, rule->title);
	ret->first_iso = day_iso(o->a, first);
	ret->first = day_long_text(o->a, o->language, first);
	ret->last = last > first ? day_long_text(o->a, o->language, last) : S("");
	ret->back = day_long_text(o->a, o->language, back);
}

/* --- results ------------------------------------------------------------------------------- */

static err results_of(struct out *o, struct conn *c, instant now, struct result_figures *ret)
{
	int64_t month = month_of(now);
	struct month_figures *months;
	struct open_figures open;
	struct ratings ratings;
	TRY(month_series(c, o->a, month - HOME_MONTHS + 1, month, &months));
	TRY(figures_now(c, o->a, day_of(now), &open));
	TRY(figures_satisfaction(c, o->a, S(""), month - month % 12, &ratings));
	struct month_figures sum = month_sum(months, HOME_MONTHS);
	const struct month_figures *latest = &months[HOME_MONTHS - 1];
	int64_t share = on_time_share(latest);
	*ret = (struct result_figures){
		.any = sum.received || open.open || sum.on_time || sum.late,
		.has_share = share >= 0,
		.share = share,
		.month = month_text(o, month),
		.updated = moment_text(o->a, o->language, now),
		.chart = month_chart(o, months, HOME_MONTHS, &open),
		.received = number_text(o->a, o->language, latest->received),
		.online = share_text(o, online_share(latest)),
		.satisfied = share_text(o, satisfied_share(&ratings, RATING_OVERALL)),
		.mean_time = mean_time_text(o, latest),
	};
	if (ret->has_share)
		ret->share_label =
			FILL(o->a, o->language, TR("{phan-tram} hồ sơ được giải quyết đúng hạn"),
				S("phan-tram"), share_text(o, share));
	return NULL;
}

/* --- the whole ------------------------------------------------------------------------------ */

static void add_popular(
	struct out *o, const struct catalogue_index *x, int64_t online, struct home_page *m)
{
	struct catalogue_page page;
	const struct catalogue_filter first = { .level = -1,
		.service_level = -1,
		.fee = -1,
		.limit = online < HOME_POPULAR ? online : HOME_POPULAR };
	catalogue_list(x, o->a, &first, &page);
	m->popular.items = arena_array(o->a, struct link, HOME_POPULAR);
	for (size_t i = 0; i < page.entries.n; i++) {
		const struct entry *e = page.entries.items[i];
		m->popular.items[m->popular.n++] =
			(struct link){ entry_name(o->language, e), URL(o, "/thu-tuc/{}", e->slug) };
	}
}

static err add_help(struct out *o, struct conn *c, struct home_page *m)
{
	const struct site *site = page_site();
	struct agency *places;
	size_t n;
	TRY(agency_receiving(c, o->a, &places, &n));
	m->places = tr_n(o->a, o->language, TRN("{n} nơi tiếp nhận"), (int64_t)n);
	m->phone = phone_text(o->a, site->phone);
	m->call = phone_url(o->a, site->phone);
	m->hours = o->language == ENGLISH && site->hours_en.n ? site->hours_en : site->hours;
	return NULL;
}

err home_page_of(struct out *o, struct conn *c, const struct catalogue_index *x, instant now,
	struct home_page *ret)
{
	struct calendar *k;
	int64_t all, online;
	*ret = (struct home_page){ 0 };
	TRY(calendar_load(c, o->a, S(""), day_of(now), &k));
	catalogue_counts(x, &all, &online);
	ret->procedures = number_text(o->a, o->language, all);
	ret->online = number_text(o->a, o->language, online);
	add_popular(o, x, online, ret);
	ret->events.items = arena_array(o->a, struct event_tile, LIFE_EVENTS);
	ret->events.n = event_tiles(o, x, ret->events.items);
	TRY(results_of(o, c, now, &ret->results));
	day_off_next(o, k, day_of(now), &ret->off);
	return add_help(o, c, ret);
}

err show_home(struct req *r)
{
	struct conn *c;
	struct home_page m;
	struct out o = page_out(r);
	TRY(reader_of(r, &c));
	TRY(home_page_of(
		&o, c, catalogue_snapshot(services_of(r)->catalogue, r->arena), r->now, &m));
	home_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.description = tr(o.language,
				TR("Tìm thủ tục, nộp hồ sơ tại nhà, tra cứu và theo dõi "
				   "từng bước.")),
			.here = NAV_HOME,
			.main = out_html(&o),
			.wide = true,
		});
}
