/* SPDX-License-Identifier: Apache-2.0 */
/* events_page.c - the way to procedures by what happens in a life. */
#include "portal/event.html.h"
#include "portal/events.html.h"

#include "portal/pages.h"

size_t event_tiles(struct out *o, const struct catalogue_index *x, struct event_tile *ret)
{
	size_t n = 0;
	for (size_t i = 0; i < LIFE_EVENTS; i++) {
		const struct life_event *e = &life_events[i];
		if (!life_event_entries(e, x, o->a, 1).n)
			continue;
		ret[n++] = (struct event_tile){
			.to = URL(o, "/su-kien/{}", str_from(e->slug)),
			.icon = e->icon,
			.title = tr(o->language, e->title),
			.about = tr(o->language, e->about),
		};
	}
	return n;
}

err show_events(struct req *r)
{
	struct out o = page_out(r);
	struct event_tile tiles[LIFE_EVENTS];
	struct events_page m = { .events = { tiles, 0 } };
	m.events.n =
		event_tiles(&o, catalogue_snapshot(services_of(r)->catalogue, r->arena), tiles);
	events_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, TR("Sự kiện trong cuộc sống")),
			.description = tr(o.language,
				TR("Chọn việc đang xảy ra với bạn để thấy các thủ tục "
				   "cần làm.")),
			.here = NAV_SERVICES,
			.main = out_html(&o),
		});
}

static struct event_row row_of(struct out *o, const struct entry *e)
{
	struct time_limit limit;
	return (struct event_row){
		.to = URL(o, "/thu-tuc/{}", e->slug),
		.name = entry_name(o->language, e),
		.code = e->code,
		.sector = named_in(o->language, e->sector, e->sector_en),
		.limit = limit_parse(e->limit, &limit) ? limit_text(o->a, o->language, limit)
						       : S(""),
		.level = tr(o->language, service_level_name(e->level)),
		.online = e->online,
	};
}

err show_event(struct req *r)
{
	struct out o = page_out(r);
	const struct life_event *e = life_event_find(req_param(r, S("slug")));
	if (!e)
		return FAIL(r->arena, NOT_FOUND, "no such event");
	const struct catalogue_index *x = catalogue_snapshot(services_of(r)->catalogue, r->arena);
	struct entry_list found = life_event_entries(e, x, r->arena, LIFE_EVENT_MOST);
	struct event_page m = { .title = tr(o.language, e->title),
		.about = tr(o.language, e->about) };
	m.rows.items = arena_array(r->arena, struct event_row, found.n);
	for (size_t i = 0; i < found.n; i++)
		m.rows.items[m.rows.n++] = row_of(&o, found.items[i]);
	event_html(&o, &m);
	struct link crumb = { tr(o.language, TR("Sự kiện trong cuộc sống")), URL(&o, "/su-kien") };
	return page_reply(r, 200,
		&(struct page){
			.title = m.title,
			.description = m.about,
			.here = NAV_SERVICES,
			.crumbs = { &crumb, 1 },
			.main = out_html(&o),
		});
}
