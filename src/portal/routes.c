/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/admin.h"
#include "portal/calendar_pages.h"
#include "portal/statistics.h"

const struct migration portal_migrations[] = { { 0 } };
const struct sql *const portal_statements[] = { NULL };

#define PUBLIC(at, handler)                                                             \
	{                                                                               \
		.method = "GET", .path = (at), .run = (handler), .guard = PERMIT_PUBLIC \
	}
/* The same until the content version changes. */
#define PUBLISHED(at, handler)                                                           \
	{                                                                                \
		.method = "GET", .path = (at), .run = (handler), .guard = PERMIT_PUBLIC, \
		.cached = true                                                           \
	}
/* With figures or hours that change with every act: a minute old at most. */
#define COUNTED(at, handler)                                                             \
	{                                                                                \
		.method = "GET", .path = (at), .run = (handler), .guard = PERMIT_PUBLIC, \
		.cached = true, .fresh = 60                                              \
	}
#define ADMIN(how, at, handler)                                                              \
	{                                                                                    \
		.method = (how), .path = (at), .run = (handler), .guard = PERMIT_ADMINISTER, \
		.rate = (how)[0] == 'P' ? RATE_WRITE : RATE_READ                             \
	}
const struct route portal_routes[] = {
	COUNTED("/", show_home),
	PUBLISHED("/su-kien", show_events),
	PUBLISHED("/su-kien/:slug", show_event),
	PUBLISHED("/so-do", show_site_map),
	PUBLISHED("/sitemap.xml", show_site_map_xml),
	PUBLISHED("/robots.txt", show_robots),
	PUBLISHED("/du-lieu/thu-tuc.schema.json", show_schema),
	PUBLISHED("/gioi-thieu", show_text),
	PUBLISHED("/huong-dan", show_text),
	PUBLISHED("/tiep-can", show_text),
	PUBLISHED("/bao-mat", show_text),
	PUBLISHED("/dieu-khoan", show_text),
	COUNTED("/lien-he", show_places),
	COUNTED("/thong-ke", show_statistics),
	PUBLIC("/thong-ke.csv", show_statistics_csv),
	PUBLIC("/lich-nghi", show_holidays),
	PUBLIC("/hien-thi", show_display),
	{ .method = "POST",
		.path = "/hien-thi",
		.run = take_display,
		.guard = PERMIT_PUBLIC,
		.rate = RATE_WRITE },
	ADMIN("GET", "/quan-tri", show_admin),
	ADMIN("GET", "/quan-tri/viec-ton", show_dead),
	ADMIN("POST", "/quan-tri/viec-ton/:id/gui-lai", take_resend),
	ADMIN("GET", "/quan-tri/lich", show_calendar),
	ADMIN("POST", "/quan-tri/lich", take_day),
	ADMIN("GET", "/quan-tri/lich/xac-nhan", show_confirm),
	ADMIN("POST", "/quan-tri/lich/xac-nhan", take_confirm),
	ADMIN("GET", "/quan-tri/lich/:id/rut", show_withdraw_day),
	ADMIN("POST", "/quan-tri/lich/:id/rut", take_withdraw_day),
	ADMIN("GET", "/quan-tri/lich/gio", show_hours),
	ADMIN("POST", "/quan-tri/lich/gio", take_hours),
	{ 0 },
};
