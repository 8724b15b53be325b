/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - what the templates of this folder draw. No other folder includes it. */
#pragma once
#include "portal/events.h"
#include "portal/portal.h"
#include "portal/summary.h"

/* --- home ---------------------------------------------------------------------------- */
struct event_tile {
	url to;
	const char *icon;
	str title, about;
};
struct result_figures {
	bool any;       /* something was received, is open or was finished */
	bool has_share; /* something was finished this month */
	int64_t share;
	str share_label, month, updated;
	struct bar_chart chart;
	str received, online, satisfied, mean_time;
};
/* The next day off, or run of days off, of all offices. */
struct day_off {
	bool any, draft;
	str title, first_iso, first, last, back; /* last: "" for a single day */
};
struct home_page {
	LIST(struct link) popular; /* a few that can be applied for here */
	LIST(struct event_tile) events;
	str procedures, online; /* counts */
	struct result_figures results;
	struct day_off off;
	str phone, hours, places;
	url call;
};
/* What the home page says at a moment; nothing but the site is read from outside the arguments. */
MUST_USE err home_page_of(struct out *o, struct conn *c, const struct catalogue_index *x,
	instant now, struct home_page *ret);
/* off: from today on, as far as the calendar reaches. */
void day_off_next(struct out *o, const struct calendar *k, day today, struct day_off *ret);

/* --- events in a life ----------------------------------------------------------------- */
struct event_row {
	url to;
	str name, code, sector, limit, level;
	bool online;
};
struct events_page {
	LIST(struct event_tile) events;
};
struct event_page {
	str title, about;
	LIST(struct event_row) rows;
};
/* Those with a procedure, in the order of the table. */
size_t event_tiles(struct out *o, const struct catalogue_index *x, struct event_tile *ret);

/* --- site map --------------------------------------------------------------------------- */
struct section_links {
	str title;
	LIST(struct link) links;
};
struct sector_link {
	str name;
	url to;
	str count;
};
struct site_map_page {
	struct section_links groups[SECTION_GROUPS];
	LIST(struct sector_link) sectors;
};
/* Sections, events, sectors and every procedure, in both languages. INTERNAL over
 * LIMIT_SITE_MAP. */
MUST_USE err site_map_xml(struct arena *a, const struct catalogue_index *x, str origin, str *ret);

/* --- what the site says of itself --------------------------------------------------------- */
struct about_page {
	str name, owner, address, hours, responsible, phone, email;
	url call, mail;
	bool demo;
};
struct place {
	str name, address, phone;
	url call;
	LIST(str) hours; /* "thứ Hai – thứ Sáu: 7 giờ 30 – 11 giờ 30, …" */
};
struct places_page {
	struct about_page site;
	LIST(struct place) places;
	struct paging paging;
};
/* The office hours of a week, days with the same hours together. Holidays do not count. */
void week_hours(struct out *o, const struct calendar *k, day today, struct place *p);

/* --- display preferences -------------------------------------------------------------------- */
struct display_page {
	struct choice_input size, more;
	str back; /* path within this site */
};
/* The value of the cookie: known words joined by dots. */
str display_value(struct arena *a, str size, bool contrast, bool no_images);
/* Where the person came from: a path of this site without its language, or "/". */
str display_back(struct arena *a, str referer, str origin);

/* A name in the page's language, Vietnamese where there is no other. */
static inline str named_in(enum language l, str vietnamese, str english)
{
	return l == ENGLISH && english.n ? english : vietnamese;
}
static inline str entry_name(enum language l, const struct entry *e)
{
	return named_in(l, e->name, e->name_en);
}

/* --- handlers ---------------------------------------------------------------------------- */
err show_home(struct req *r);
err show_events(struct req *r);
err show_event(struct req *r);
err show_site_map(struct req *r);
err show_site_map_xml(struct req *r);
err show_robots(struct req *r);
err show_schema(struct req *r);
err show_text(struct req *r);
err show_places(struct req *r);
err show_display(struct req *r);
err take_display(struct req *r);
