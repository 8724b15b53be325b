/* SPDX-License-Identifier: Apache-2.0 */
/* pages_test.c - the pages as a browser gets them, and the way to every procedure. */
#include "catalogue/catalogue_test.h"
#include "identity/identity.h"
#include "tests/live.h"
#include "view/page.h"

#include <stdio.h>

/* HTML of one page, gzip'd (ux.md section 11). */
#define PAGE_WEIGHT (10 * KIB + 512)

static const struct site site = {
	.name = S("Cổng Dịch vụ công tỉnh Lam Giang"),
	.name_en = S("Lam Giang Public Service Portal"),
	.owner = S("Trung tâm Phục vụ hành chính công"),
	.owner_en = S("Public Administrative Service Centre"),
	.address = S("Số 01"),
	.hours = S("7 giờ 30 – 17 giờ"),
	.responsible = S("Lê Quang Vinh"),
	.phone = S("19000000"),
	.email = S("ttpvhcc@lamgiang.test"),
	.address_en = S("01"),
	.hours_en = S("7:30 – 17:00"),
	.responsible_en = S("Lê Quang Vinh"),
	.origin = S("https://lamgiang.test"),
};
static struct services services;

static void with_catalogue(struct server_config *c)
{
	static const struct route *const tables[] = { catalogue_routes, NULL };

	c->tables = tables;
	c->app = &services;
	c->admit = identity_admit;
	c->error_page = page_error;
	c->unlimited = true;
}

static struct live *start(struct arena *a, struct db *db)
{
	services = (struct services){ .db = db, .site = &site };
	CHECK_OK(catalogue_open(db, a, day_of(instant_now()), &services.catalogue));
	page_source_set(&(struct page_source){ identity_visitor, &site });
	return live_start_with("127.0.0.1:0", with_catalogue);
}

static void stop(struct live *l)
{
	live_stop(l);
	catalogue_close(services.catalogue);
}

static struct db *small(struct arena *a)
{
	struct db *db = test_catalogue(a, DB_SQLITE);
	struct import m;

	CHECK_OK(test_import(a, db, import_starter, test_folder(a, "starter"), &m));
	CHECK_OK(test_import(a, db, import_catalogue, test_folder(a, ""), &m));
	return db;
}

static str ask(struct arena *a, const struct live *l, str path, const char *headers)
{
	str request = arena_printf(
		a, "GET " STR_FMT " HTTP/1.1\r\nHost: localhost\r\n%s\r\n", STR_ARG(path), headers);
	return live_ask(a, l, request.p);
}

static str page_of(struct arena *a, const struct live *l, const char *path)
{
	str answer = ask(a, l, str_from(path), "");
	if (!CHECK_INT(live_status(answer), 200))
		printf("#   %s\n", path);
	return live_body(answer);
}

#define HAS(body, part) tap_check(str_has((body), S(part)), __FILE__, __LINE__, "has " part)
#define LACKS(body, part) tap_check(!str_has((body), S(part)), __FILE__, __LINE__, "lacks " part)

/* --- single pages ------------------------------------------------------------- */

TEST("a procedure shows its eleven items, its level and the way to apply [C32-5.1, C32-11.4]")
{
	ARENA a = arena_new();
	struct live *l = start(a, small(a));
	REQUIRE(l);

	str body = page_of(a, l, "/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh");
	HAS(body, "<title>Thủ tục đăng ký khai sinh – Cổng Dịch vụ công tỉnh Lam Giang</title>");
	HAS(body,
		"<link rel=\"canonical\" "
		"href=\"https://lamgiang.test/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh\">");
	HAS(body, "<meta name=\"description\"");
	HAS(body, "<h1>Thủ tục đăng ký khai sinh</h1>");
	HAS(body, "Nhận Giấy khai sinh.");
	HAS(body, "Trực tuyến");
	HAS(body, "Giấy chứng sinh");
	HAS(body, "Lưu ý: xuất trình căn cước");
	HAS(body, "1 bộ");
	HAS(body, "Công dân Việt Nam");
	HAS(body, "Ủy ban nhân dân cấp xã");
	HAS(body, "60/2014/QH13");
	HAS(body, "163/QĐ-BTP");
	HAS(body, "Toàn trình");
	HAS(body, "href=\"/nop/1.001193\"");
	HAS(body, "class=\"qr\"");
	LACKS(body, "Còn thiếu");

	body = page_of(a, l, "/en/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh");
	HAS(body, "<h1>Birth registration</h1>");
	HAS(body, "Receive the certificate.");
	HAS(body, "href=\"/en/nop/1.001193\"");

	/* Without a form it cannot be applied for here, and what is missing is named. */
	body = page_of(a, l, "/thu-tuc/1.900001-dang-ky-lo-nung");
	LACKS(body, "href=\"/nop/");
	HAS(body, "Trình tự thực hiện</li>");
	HAS(body, "Theo quy định của Hội đồng nhân dân cấp tỉnh");
	HAS(body, "Nguồn công bố ghi là toàn trình");
	stop(l);
}

TEST("old and short addresses of a procedure lead to the one it has")
{
	static const char *const from[] = { "/thu-tuc/1.001193", "/thu-tuc/1.001193-khai-sinh",
		"/thu-tuc/khai-sinh", "/thu-tuc/dang-ky-khai-sinh" };
	ARENA a = arena_new();
	struct live *l = start(a, small(a));
	REQUIRE(l);

	for (size_t i = 0; i < COUNT(from); i++) {
		str answer = ask(a, l, str_from(from[i]), "");
		CHECK_INT(live_status(answer), 303);
		CHECK_STR(live_header(answer, "Location"),
			"/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh");
	}
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/9.999999-khong-co"), "")), 404);
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/9.999999-dang-ky"), "")), 404);
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/dang-ki-khai-shin"), "")), 404);
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/khai-sinh-cho-con-voi"), "")), 404);
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/%00"), "")) / 100, 4);
	/* A code with a dash is not cut at it. */
	CHECK_INT(live_status(ask(a, l, S("/thu-tuc/1.900006-Xoa-thu-tuc-dong-lo-nung"), "")), 200);
	stop(l);
}

TEST("the catalogue is filtered, paged, searched and downloaded [C32-6.1, C32-6.2]")
{
	ARENA a = arena_new();
	struct live *l = start(a, small(a));
	REQUIRE(l);

	str body = page_of(a, l, "/thu-tuc");
	HAS(body, "<h1>Dịch vụ công trực tuyến</h1>");
	HAS(body, ">5 thủ tục</p>");
	HAS(body, "<option value=\"G15-TP07\">Hộ tịch (1)</option>");
	HAS(body, "<option value=\"toan-trinh\">Toàn trình (1)</option>");
	LACKS(body, "Bỏ tất cả bộ lọc");
	body = page_of(a, l, "/thu-tuc?linh-vuc=nghe-gom&cap=xa&q=l%C3%B2");
	HAS(body, ">2 thủ tục</p>");
	HAS(body, "<mark>lò</mark>");
	HAS(body, "Lĩnh vực: Nghề gốm");
	HAS(body, "<option value=\"G15-TT01\" selected>");
	body = page_of(a, l, "/thu-tuc?linh-vuc=khong-co&cap=sai&trang=99");
	HAS(body, "Không có thủ tục nào khớp");
	HAS(body,
		"href=\"/thu-tuc?cap=sai&amp;trang=99\"><span class=\"visually-hidden\">Bỏ lọc "
		"</span>Lĩnh vực: khong-co (không có)");
	HAS(body, "Cấp thực hiện: sai (không có)");
	body = page_of(a, l, "/thu-tuc?phi=9");
	HAS(body, "Phí: 9 (không có)");
	HAS(body, "Bỏ tất cả bộ lọc");
	body = page_of(a, l, "/thu-tuc?phi=2");
	HAS(body, "Phí: Chưa công bố phí");
	HAS(body, ">2 thủ tục</p>");
	body = page_of(a, l, "/thu-tuc?q=%3Cscript%3E");
	LACKS(body, "<script>");

	str answer = ask(a, l, S("/thu-tuc.csv?linh-vuc=ho-tich"), "");
	CHECK_INT(live_status(answer), 200);
	HAS(live_header(answer, "Content-Type"), "text/csv");
	HAS(live_header(answer, "ETag"), "\""); /* kept like its neighbours */
	HAS(live_body(answer),
		"\"1.001193\",\"Thủ tục đăng ký khai sinh\",\"Hộ tịch\",\"Cấp xã\","
		"\"Toàn trình\"");

	body = page_of(a, l, "/tim?q=dang+ki+khai+shin");
	HAS(body, "Ý bạn là");
	HAS(body, "đăng ký khai sinh</a>?");
	body = page_of(a, l, "/tim?q=zzzzz");
	HAS(body, "Không tìm thấy thủ tục nào");
	body = page_of(a, l, "/tim");
	LACKS(body, "result-count");
	stop(l);
}

TEST("sectors and agencies have pages of their own [REF-2, CODE-1]")
{
	ARENA a = arena_new();
	struct live *l = start(a, small(a));
	REQUIRE(l);

	HAS(page_of(a, l, "/linh-vuc"), "href=\"/linh-vuc/nghe-gom\"");
	HAS(page_of(a, l, "/linh-vuc/nghe-gom"), "1.900006-Xoa");
	HAS(page_of(a, l, "/en/linh-vuc"), "Civil status");
	CHECK_INT(live_status(ask(a, l, S("/linh-vuc/nghe-gom?phan=2"), "")), 404);
	CHECK_INT(live_status(ask(a, l, S("/linh-vuc/khong-co"), "")), 404);

	str english = page_of(a, l, "/en/co-quan/h99-002-ubnd-xa-dong-xanh");
	HAS(english, "Civil status");
	CHECK(!str_has(english, S("Hộ tịch")));
	HAS(page_of(a, l, "/en/thu-tuc.csv"), "Civil status");
	HAS(page_of(a, l, "/co-quan"), "UBND xã Đồng Xanh");
	str body = page_of(a, l, "/co-quan/h99-009-ubnd-huyen-lam");
	HAS(body, "Cơ quan này đã ngừng hoạt động");
	HAS(body, "30/06/2025");
	HAS(body, "UBND xã Đồng Xanh");
	str answer = ask(a, l, S("/co-quan/000.00.002.H99"), "");
	CHECK_INT(live_status(answer), 303);
	CHECK_STR(live_header(answer, "Location"), "/co-quan/h99-002-ubnd-xa-dong-xanh");
	HAS(page_of(a, l, "/co-quan/h99-002-ubnd-xa-dong-xanh"), "1 thủ tục");
	CHECK_INT(live_status(ask(a, l, S("/co-quan/khong-co"), "")), 404);
	stop(l);
}

/* --- the way to every procedure -------------------------------------------------- */

struct crawl {
	struct arena *a;
	struct live *live;
	struct map *seen; /* addresses of procedures */
	size_t pages, heaviest;
};

/* The next address of that kind; *at moves behind it. */
static bool next_link(str body, const char *prefix, size_t *at, str *ret)
{
	str mark = S("href=\"");

	for (;;) {
		size_t found = str_find(str_from_at(body, *at), mark);
		if (*at + found >= body.n)
			return false;
		*at += found + mark.n;
		str rest = str_from_at(body, *at);
		*ret = str_part(rest, 0, str_find(rest, S("\"")));
		if (str_starts(*ret, str_from(prefix)))
			return true;
	}
}

static void weigh(struct crawl *c, str path)
{
	ARENA a = arena_new();
	str answer = ask(a, c->live, path, "Accept-Encoding: gzip\r\n");
	size_t n = live_body(answer).n;

	if (!CHECK(live_status(answer) == 200 && n <= PAGE_WEIGHT))
		printf("#   " STR_FMT " weighs %zu\n", STR_ARG(path), n);
	c->heaviest = n > c->heaviest ? n : c->heaviest;
	c->pages++;
}

static void open_sector(struct crawl *c, str path)
{
	str body = live_body(ask(c->a, c->live, path, "")), link;

	weigh(c, path);
	for (size_t at = 0; next_link(body, "/thu-tuc/", &at, &link);)
		map_put(c->seen, link, c);
}

static void open_sectors(struct crawl *c)
{
	str body = live_body(ask(c->a, c->live, S("/linh-vuc"), "")), link;
	struct map *opened = map_new(c->a, 1024);

	for (size_t at = 0; next_link(body, "/linh-vuc/", &at, &link);) {
		if (map_find(opened, link))
			continue;
		map_put(opened, link, c);
		open_sector(c, link);
	}
}

/* The home page links to /linh-vuc: one click to it, one to a sector or a part of one, one to the
 * procedure. */
TEST("every procedure of the country is within three clicks, on light pages [C32-11.3]")
{
	ARENA a = arena_new();
	const char *folder = shared_data(a);
	struct crawl c = { .a = a, .seen = map_new(a, 8192) };
	struct import m;

	if (!folder)
		return;
	struct db *db = test_catalogue(a, DB_SQLITE);
	CHECK_OK(test_import(a, db, import_catalogue, folder, &m));
	c.live = start(a, db);
	REQUIRE(c.live);
	weigh(&c, S("/linh-vuc"));
	weigh(&c, S("/thu-tuc"));
	open_sectors(&c);
	CHECK_INT(map_count(c.seen), 5665);
	const struct catalogue_index *x = catalogue_snapshot(services.catalogue, a);
	for (size_t i = 0; i < x->records.n; i++) {
		str slug = x->records.items[i].entry.slug;
		str path = arena_printf(a, "/thu-tuc/" STR_FMT, STR_ARG(slug));
		CHECK(map_find(c.seen, path));
		if (i % 50 == 0)
			CHECK_INT(live_status(ask(a, c.live, path, "")), 200);
	}
	printf("# %zu pages, the heaviest %zu bytes\n", c.pages, c.heaviest);
	stop(c.live);
}
