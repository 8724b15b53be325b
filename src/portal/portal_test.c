/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/portal_test.h"

#include "core/map.h"
#include "dossier/records.h"
#include "portal/home.html.h"
#include "portal/statistics.h"

const struct migration *const portal_folders[] = { job_migrations, file_migrations,
	calendar_migrations, identity_migrations, catalogue_migrations, notify_migrations,
	forms_migrations, dossier_migrations, portal_migrations, NULL };

static void close_catalogue(void *catalogue) { catalogue_close(catalogue); }

void portal_furnish(struct services *s, struct arena *a)
{
	day today = day_of(instant_now());
	CHECK_OK(file_store_open(a, str_from(tap_folder()), &s->files));
	CHECK_OK(catalogue_import_starter(s->db, a, starter_files, NULL, TEST_NOW));
	CHECK_OK(calendar_import_starter(s->db, a, starter_files, TEST_NOW));
	CHECK_OK(catalogue_open(s->db, a, today, &s->catalogue));
	arena_defer(a, close_catalogue, s->catalogue);
}

void portal_live(struct services *s, struct arena *a, instant now)
{
	test_account(s, a, "nguoidan@lamgiang.test", ROLE_CITIZEN);
	test_account(s, a, "motcua@lamgiang.test", ROLE_CLERK);
	test_account(s, a, "chuyenvien@lamgiang.test", ROLE_OFFICER);
	test_account(s, a, "lanhdao@lamgiang.test", ROLE_LEADER);
	CHECK_OK(dossier_demo(s, a, now));
}

const struct catalogue_index *portal_index(struct services *s, struct arena *a)
{
	return catalogue_snapshot(s->catalogue, a);
}

static struct services *furnished(struct arena *a, enum db_engine engine)
{
	static const struct site site = { .name = S("Cổng thử"), .phone = S("19000000") };
	struct services *s = test_services(a, engine, portal_folders);
	page_source_set(&(struct page_source){ NULL, &site });
	portal_furnish(s, a);
	return s;
}

static struct home_page home_at(struct services *s, struct out *o, instant now)
{
	struct home_page m = { 0 };
	CHECK_OK(home_page_of(o, test_reader(s, o->a), portal_index(s, o->a), now, &m));
	return m;
}

TEST("the home page of an empty portal says so kindly instead of drawing nothing")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = furnished(a, engine);
		struct out o = out_in(a, VIETNAMESE, NULL);
		struct home_page m = home_at(s, &o, TEST_NOW);
		CHECK(!m.results.any && !m.results.has_share);
		CHECK_STR(m.results.satisfied, "–");
		CHECK_INT(m.popular.n, 4);
		home_html(&o, &m);
		str page = out_html(&o).safe;
		CHECK(str_has(page, S("Chưa có hồ sơ nào.")));
		CHECK(!str_has(page, S("<svg class=\"chart\"")));
		CHECK(str_has(page, S("action=\"/tim\"")));
		CHECK(str_has(page, S("action=\"/tra-cuu\"")));
	}
}

TEST("the figures of the home page are those of the database")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = furnished(a, engine);
		portal_live(s, a, TEST_NOW);
		struct out o = out_in(a, VIETNAMESE, NULL);
		struct home_page m = home_at(s, &o, TEST_NOW);
		struct month_figures *months;
		struct open_figures open;
		int64_t month = month_of(TEST_NOW);
		struct conn *c = test_reader(s, a);
		REQUIRE(CHECK_OK(month_series(c, a, month - 5, month, &months)));
		REQUIRE(CHECK_OK(figures_now(c, a, day_of(TEST_NOW), &open)));
		CHECK(m.results.any && months[0].received > 0 && open.open > 0);
		CHECK_STR(m.results.received, number_text(a, VIETNAMESE, months[5].received));
		REQUIRE(m.results.chart.bars.n == 6);
		const struct bar *first = &m.results.chart.bars.items[0];
		const struct bar *last = &m.results.chart.bars.items[5];
		CHECK_INT(first->values[0], months[0].on_time);
		CHECK_INT(first->values[1], 0);
		CHECK_INT(last->values[1] + last->values[2] - months[5].late, open.open);
		home_html(&o, &m);
		CHECK(str_has(out_html(&o).safe, S("<svg class=\"chart\"")));
	}
}

TEST("shares are rounded to a tenth of a percent, and unknown without a number to divide by")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct month_figures m = {
		.received = 9, .online = 7, .on_time = 2, .late = 1, .minutes = 3 * 1008
	};
	struct ratings r = { .given = { [RATING_OVERALL] = { 0, 1, 2, 5 } } };
	CHECK_INT(on_time_share(&m), 667);
	CHECK_INT(online_share(&m), 778);
	CHECK_STR(mean_time_text(&o, &m), "2,1 ngày làm");
	m.minutes = 3 * 90;
	CHECK_STR(mean_time_text(&o, &m), "1,5 giờ làm");
	CHECK_INT(satisfied_share(&r, RATING_OVERALL), 875);
	CHECK_INT(ratings_given(&r, RATING_OVERALL), 8);
	CHECK_INT(satisfied_share(&r, RATING_ATTITUDE), -1);
	CHECK_STR(share_text(&o, -1), "–");
	m = (struct month_figures){ 0 };
	CHECK_INT(on_time_share(&m), -1);
	CHECK_STR(mean_time_text(&o, &m), "–");
}

TEST("the next days off are told as one, with the day on which offices open again [CAL-1]")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	day today = day_from(2026, 2, 10);
	struct day_off off;
	struct calendar *k = calendar_new(a, today, today, NULL, 0, office_hours_usual);
	day_off_next(&o, k, today, &off);
	REQUIRE(off.any);
	CHECK_STR(off.title, "Tết Nguyên đán");
	CHECK(off.draft && off.last.n > 0);
	CHECK_STR(off.back, "thứ Hai, 23/02/2026");
	day_off_next(&o, k, day_from(2026, 11, 24), &off);
	CHECK_STR(off.first, "thứ Ba, 24/11/2026");
	CHECK_STR(off.back, "thứ Tư, 25/11/2026");
	CHECK_STR(off.last, "");
}

TEST("an event in a life leads to its procedures, the ones needed first, none twice")
{
	ARENA a = arena_new();
	struct services *s = furnished(a, DB_SQLITE);
	const struct catalogue_index *x = portal_index(s, a);
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct event_tile tiles[LIFE_EVENTS];
	size_t n = event_tiles(&o, x, tiles);
	CHECK_INT(n, 11);
	for (size_t i = 0; i < LIFE_EVENTS; i++) {
		struct entry_list found = life_event_entries(&life_events[i], x, a, 10);
		for (size_t k = 1; k < found.n; k++)
			CHECK(found.items[k] != found.items[0]);
	}
	const struct life_event *child = life_event_find(S("co-con-nho"));
	REQUIRE(child);
	struct entry_list found = life_event_entries(child, x, a, 10);
	REQUIRE(found.n >= 1);
	CHECK_STR(found.items[0]->code, "1.001193");
	CHECK(!life_event_find(S("khong-co")));
}

/* Every address once, tags balanced, nothing that XML would refuse. */
static size_t check_map(struct arena *a, str xml)
{
	struct map *seen = map_new(a, 64);
	str rest = xml;
	size_t n = 0;
	CHECK(str_is_utf8(xml) && !str_has(xml, S("&")));
	CHECK(str_starts(xml, S("<?xml ")) && str_ends(xml, S("</urlset>\n")));
	for (size_t at; (at = str_find(rest, S("<loc>"))) < rest.n; n++) {
		rest = str_from_at(rest, at + strlen("<loc>"));
		str address = str_part(rest, 0, str_find(rest, S("</loc>")));
		CHECK(str_starts(address, S("https://lamgiang.test/")));
		CHECK(!map_find(seen, address));
		map_put(seen, address, seen);
	}
	return n;
}

TEST("the map for search engines has every section, sector and procedure in two languages "
     "[C32-16.6] [C32-11.4]")
{
	ARENA a = arena_new();
	struct services *s = furnished(a, DB_SQLITE);
	str xml;
	REQUIRE(CHECK_OK(site_map_xml(a, portal_index(s, a), S("https://lamgiang.test"), &xml)));
	size_t n = check_map(a, xml);
	CHECK(n % 2 == 0 && n > 40);
	CHECK(str_has(xml, S("<loc>https://lamgiang.test/thu-tuc</loc>")));
	CHECK(str_has(xml, S("<loc>https://lamgiang.test/en/thong-ke</loc>")));
	CHECK(str_has(xml, S("/thu-tuc/1.001193-")));
	CHECK(!str_has(xml, S("/dang-nhap")));
}

TEST("display settings become known words, and lead back within this site [C32-18.1] [C32-18.6]")
{
	ARENA a = arena_new();
	str here = S("https://lamgiang.test");
	CHECK_STR(display_value(a, S("rat-lon"), true, false), "rat-lon.tuong-phan");
	CHECK_STR(display_value(a, S("\r\nx"), false, true), "khong-anh");
	CHECK_STR(display_value(a, S("thuong"), false, false), "");
	CHECK_STR(display_back(a, S("https://lamgiang.test/en/tim?q=a"), here), "/tim?q=a");
	CHECK_STR(display_back(a, S("https://lamgiang.test/en"), here), "/");
	CHECK_STR(display_back(a, S("https://lamgiang.test//evil.test"), here), "/");
	CHECK_STR(display_back(a, S("https://lamgiang.test.evil.test/"), here), "/");
	CHECK_STR(display_back(a, S("https://lamgiang.test/hien-thi"), here), "/");
	CHECK_STR(display_back(a, S(""), here), "/");
}

TEST("the table of services is a file that spreadsheets read and no formula hides in [C32-11.11]")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct service_row row = { .code = S("=1+1"), .name = S("Một \"hai\", ba") };
	str csv;
	REQUIRE(CHECK_OK(statistics_csv(&o, &row, 1, &csv)));
	CHECK(str_starts(csv, S("\xef\xbb\xbf\"Mã\",\"Dịch vụ\",")));
	CHECK(str_has(csv, S("\r\n\"'=1+1\",\"Một \"\"hai\"\", ba\",")));
}
