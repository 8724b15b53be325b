/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tap.h"
#include "view/test_site.h"

static const struct site site = {
	.name = S("Cổng Dịch vụ công tỉnh Lam Giang"),
	.name_en = S("Lam Giang Public Services"),
	.owner = S("Trung tâm Phục vụ hành chính công"),
	.address = S("Số 01 đường Trần Hưng Đạo"),
	.hours = S("Thứ Hai đến thứ Sáu"),
	.responsible = S("Lê Quang Vinh, Giám đốc"),
	.phone = S("19000000"),
	.email = S("ttpvhcc@lamgiang.test"),
	.demo = true,
	.origin = S("https://lamgiang.test"),
};
static struct visitor visitor;

static struct visitor who(struct req *r) { return visitor; }

static void begin(struct visitor v)
{
	visitor = v;
	page_source_set(&(struct page_source){ who, &site });
}

/* The body of a page, flattened. */
static str page_of(struct arena *a, struct req *r, const struct page *p)
{
	CHECK(!page_reply(r, 200, p));
	CHECK_INT(test_status, 200);
	return test_flat(a, test_body);
}

TEST("a public page has its name, language, metadata and its other language [ND43-14.1]")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/thu-tuc"), S("q=a%26b&trang=2"));
	struct page p = {
		.title = S("Thủ tục"), .here = NAV_SERVICES, .description = S("Mọi <thủ tục>")
	};

	begin((struct visitor){ 0 });
	str body = page_of(a, r, &p);
	CHECK(str_starts(body, S("<!doctype html><html lang=\"vi\"><head>")));
	CHECK_HAS(body, S("<title>Thủ tục – Cổng Dịch vụ công tỉnh Lam Giang</title>"));
	CHECK_HAS(
		body, S("<link rel=\"canonical\" href=\"https://lamgiang.test/thu-tuc?trang=2\">"));
	CHECK_HAS(body, S("hreflang=\"en\" href=\"https://lamgiang.test/en/thu-tuc?trang=2\">"));
	CHECK_HAS(body,
		S("<a href=\"/en/thu-tuc?q=a%26b&amp;trang=2\" lang=\"en\" hreflang=\"en\">"));
	CHECK_HAS(body, S("<meta name=\"description\" content=\"Mọi &lt;thủ tục&gt;\">"));
	static const str mandatory[] = { S("title"), S("creator"), S("date"), S("description"),
		S("publisher"), S("identifier") };
	for (size_t i = 0; i < COUNT(mandatory); i++) {
		str start = arena_printf(
			a, "<meta name=\"DC." STR_FMT "\" content=\"", STR_ARG(mandatory[i]));
		CHECK_HAS(body, start);
		CHECK_LACKS(body, arena_printf(a, STR_FMT "\"", STR_ARG(start)));
	}
	CHECK_HAS(body, S("content=\"2026-11-23\""));
}

TEST("the head, the menu and the foot hold what the circular asks [C32-16.2] [C32-16.3] [C32-16.5]")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/"), S(""));
	struct page p = { .here = NAV_HOME, .wide = true };

	begin((struct visitor){ 0 });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("<title>Cổng Dịch vụ công tỉnh Lam Giang</title>"));
	CHECK_HAS(body, S("<a href=\"/\" aria-current=\"page\">Trang chủ</a>"));
	CHECK_HAS(body, S("<a href=\"/gioi-thieu\">Giới thiệu</a>"));
	CHECK_HAS(body, S("<a href=\"/thu-tuc\">Dịch vụ công trực tuyến</a>"));
	CHECK_HAS(body, S("<a href=\"/so-do\">Sơ đồ cổng</a>"));
	CHECK_HAS(body, S("<main id=\"noi-dung\">"));
	CHECK_HAS(body, S("Chịu trách nhiệm chính: Lê Quang Vinh, Giám đốc"));
	CHECK_HAS(body, S("<a href=\"tel:19000000\">Tổng đài 1900 0000</a>"));
	CHECK_HAS(body, S("<a href=\"mailto:ttpvhcc@lamgiang.test\">"));
	CHECK_HAS(body, S("Bản quyền © 2026 Trung tâm Phục vụ hành chính công"));
	CHECK_HAS(body, S("Bản thử nghiệm"));
	CHECK_LACKS(body, S("breadcrumb"));
	CHECK_LACKS(body, S("Đăng xuất"));
	CHECK_LACKS(body, S("csrf"));
}

TEST("the privacy policy is reachable from the home page [C25-11.1]")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/"), S(""));
	struct page p = { .here = NAV_HOME, .wide = true };

	begin((struct visitor){ 0 });
	CHECK_HAS(page_of(a, r, &p), S("<a href=\"/bao-mat\">Bảo vệ dữ liệu cá nhân</a>"));
}

TEST("only pages with a form to fill in load the script")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/"), S(""));
	struct page p = { .wide = true };

	begin((struct visitor){ 0 });
	CHECK_LACKS(page_of(a, r, &p), S("<script"));
	p.script = "ui.js";
	CHECK_HAS(page_of(a, r, &p), S("<script src=\"/a/ui.js\" defer></script>"));
	p.script = "form.js";
	CHECK_HAS(page_of(a, r, &p), S("<script src=\"/a/form.js\" defer></script>"));
	CHECK_LACKS(page_of(a, r, &p), S("ui.js"));
	p.script = NULL;
	p.kind = PAGE_OFFICER;
	CHECK_HAS(page_of(a, r, &p), S("<script src=\"/a/officer.js\" defer></script>"));
}

TEST("the English page has English words and addresses")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, ENGLISH, S("/thu-tuc"), S(""));
	struct page p = { .title = S("Services"), .error = true };

	begin((struct visitor){ 0 });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("<html lang=\"en\">"));
	CHECK_HAS(body, S("<title>Error: Services – Lam Giang Public Services</title>"));
	CHECK_HAS(body, S("<a href=\"/en/so-do\">Site map</a>"));
	CHECK_HAS(body, S("<a href=\"/thu-tuc\" lang=\"vi\" hreflang=\"vi\">"));
	CHECK_HAS(body, S("Tiếng Việt</a>"));
}

TEST("a page with errors says so first in its title")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/x"), S(""));
	struct page p = { .title = S("Khai sinh"), .error = true, .no_index = true };

	begin((struct visitor){ 0 });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("<title>Lỗi: Khai sinh – "));
	CHECK_HAS(body, S("<meta name=\"robots\" content=\"noindex\">"));
	CHECK_LACKS(body, S("canonical"));
}

TEST("who is signed in sees the name, the notices and the way out, which is a POST")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/"), S(""));
	struct page p = { 0 };

	begin((struct visitor){ .signed_in = true, .name = S("Hạnh <b>"), .unread = 2 });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("Hạnh &lt;b&gt;"));
	CHECK_HAS(body, S("2<span class=\"visually-hidden\"> thông báo mới</span>"));
	CHECK_HAS(body,
		S("<form method=\"post\" action=\"/dang-xuat\"><input type=\"hidden\" "
		  "name=\"csrf\" value=\"token\">"));
	CHECK_HAS(body, S("<a href=\"/ca-nhan\">Hồ sơ của bạn</a>"));
	CHECK_LACKS(body, S("/dang-nhap"));
}

TEST("text size, contrast and images are as the visitor chose [C32-18.1] [C32-18.6]")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/"), S(""));
	struct page p = { 0 };

	begin((struct visitor){ 0 });
	test_cookie(r, DISPLAY_COOKIE, S("rat-lon.tuong-phan.khong-anh"));
	CHECK_HAS(page_of(a, r, &p),
		S("<html lang=\"vi\" class=\"text-larger high-contrast no-images\">"));
	test_cookie(r, DISPLAY_COOKIE, S("\" onload=\"x.lon.lon..lon.lon.lon.lon"));
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("class=\"text-large text-large text-large text-large\">"));
	CHECK_LACKS(body, S("onload"));
}

TEST("the breadcrumb begins at home")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/thu-tuc/1"), S(""));
	struct out o = page_out(r);
	struct link crumbs[] = { { S("Thủ tục"), URL(&o, "/thu-tuc") } };
	struct page p = { .title = S("x"), .crumbs = { crumbs, 1 } };

	begin((struct visitor){ 0 });
	CHECK_HAS(page_of(a, r, &p),
		S("<nav class=\"breadcrumb container\" aria-label=\"Vị trí\"><ol>"
		  "<li><a href=\"/\">Trang chủ</a></li><li><a href=\"/thu-tuc\">Thủ tục</a></li>"
		  "</ol></nav><main id=\"noi-dung\" class=\"container\">"));
}

TEST("an officer's page has the officer's bar and the queues")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/can-bo"), S(""));
	struct out main = page_out(r), side = page_out(r);
	struct page p = { .title = S("Hộp việc"), .kind = PAGE_OFFICER };

	put_raw(&main, "<h1>x</h1>", 10);
	put_raw(&side, "<ul></ul>", 9);
	p.main = out_html(&main);
	p.side = out_html(&side);
	begin((struct visitor){ .signed_in = true,
		.officer = true,
		.name = S("Trần Văn Minh"),
		.agency = S("UBND phường Trung Tâm") });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("<title>Hộp việc – Một cửa điện tử</title>"));
	CHECK_HAS(body, S("<link rel=\"stylesheet\" href=\"/a/officer.css\">"));
	CHECK_HAS(body, S("<body class=\"officer\">"));
	CHECK_HAS(body,
		S("<form class=\"search-box\" method=\"post\" action=\"/can-bo/tim\" "
		  "role=\"search\">"));
	CHECK_HAS(body, S("<div class=\"officer-menu-wide\"><ul></ul></div>"));
	CHECK_HAS(body, S("<main id=\"noi-dung\" class=\"officer-main\"><h1>x</h1></main></div>"));
	CHECK_HAS(body, S("bản thử nghiệm"));
	CHECK_HAS(body, S("content=\"noindex\""));
}

TEST("a slip stands alone")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/x"), S(""));
	struct page p = { .title = S("Giấy hẹn"), .kind = PAGE_PRINT };

	begin((struct visitor){ 0 });
	str body = page_of(a, r, &p);
	CHECK_HAS(body, S("/a/slip.css"));
	CHECK_LACKS(body, S("<nav"));
	CHECK_LACKS(body, S("portal.css"));
}

TEST("a page over the limit is refused, not cut")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/x"), S(""));
	struct out main = page_out(r);

	while (!main.b->overflow)
		put_raw(&main, "0123456789", 10);
	begin((struct visitor){ 0 });
	err e = page_reply(r, 200, &(struct page){ .main = out_html(&main) });
	CHECK(e && e->kind == ERR_INTERNAL);
}

/* --- errors --------------------------------------------------------------- */
static str error_of_kind(struct arena *a, struct req *r, enum err_kind kind)
{
	err e = err_make(a, kind, __FILE__, __LINE__, "secret detail");

	begin((struct visitor){ 0 });
	test_redirect = S("");
	page_error(r, e);
	CHECK_INT(
		test_status, kind == ERR_UNAUTHENTICATED && test_redirect.n ? 303 : err_status(e));
	return test_flat(a, test_body);
}

/* tests/languages.test.py builds this with one language more. */
TEST("a language of the table has its address, its texts and its name on every page")
{
	begin((struct visitor){ 0 });
	for (int l = 0; l < LANGUAGE_COUNT; l++) {
		ARENA a = arena_new();
		struct req *r = test_request(a, l, S("/thu-tuc"), S(""));
		str body = page_of(a, r, &(struct page){ .title = S("x"), .here = NAV_SERVICES });
		const struct language_info *own = language_info(l);
		CHECK_HAS(body, arena_printf(a, "<html lang=\"%s\">", own->code));
		CHECK_HAS(body,
			arena_printf(a, "href=\"" STR_FMT "/tra-cuu\"", STR_ARG(own->prefix)));
		CHECK_STR(language_codes[l], own->code);
		CHECK_INT(language_of(str_from(own->code)), l);
		CHECK(l == VIETNAMESE ||
			!str_eq(day_long_text(a, l, 0), day_long_text(a, VIETNAMESE, 0)));
		for (int other = 0; other < LANGUAGE_COUNT; other++) {
			const struct language_info *i = language_info(other);
			str link = arena_printf(a,
				"<a href=\"" STR_FMT "/thu-tuc\" lang=\"%s\" hreflang=\"%s\">",
				STR_ARG(i->prefix), i->code, i->code);
			CHECK(str_has(body, link) == (other != l));
			CHECK_HAS(body,
				arena_printf(a,
					"<link rel=\"alternate\" hreflang=\"%s\" "
					"href=\"https://lamgiang.test" STR_FMT "/thu-tuc\">",
					i->code, STR_ARG(i->prefix)));
		}
	}
	CHECK(!language_codes[LANGUAGE_COUNT]);
	CHECK_INT(language_of(S("none")), VIETNAMESE);
}

TEST("every kind of error has a page that says what to do and whom to call")
{
	static const enum err_kind kinds[] = {
#define X(name, status) ERR_##name,
		ERR_KINDS(X)
#undef X
	};

	for (int l = VIETNAMESE; l < LANGUAGE_COUNT; l++)
		for (size_t i = 0; i < COUNT(kinds); i++) {
			ARENA a = arena_new();
			struct req *r = test_request(a, l, S("/x"), S(""));
			r->method = S("POST");
			str body = error_of_kind(a, r, kinds[i]);
			CHECK_HAS(body, S("<div class=\"sheet message-page\">"));
			CHECK_HAS(body, S("tel:19000000"));
			CHECK_HAS(body, S("noindex"));
			CHECK_LACKS(body, S("<h1></h1>"));
			CHECK_LACKS(body, S("secret"));
			if (l == ENGLISH)
				CHECK_LACKS(body, S("Cổng "));
		}
}

TEST("a 500 shows the request id, a 404 does not")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/x"), S(""));

	CHECK_HAS(error_of_kind(a, r, ERR_INTERNAL), S("<span class=\"number\">7f3a19c2</span>"));
	CHECK_LACKS(error_of_kind(a, r, ERR_NOT_FOUND), S("7f3a19c2"));
}

TEST("who must sign in comes back to the same place")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, ENGLISH, S("/ca-nhan"), S("a=1&b=2"));

	(void)error_of_kind(a, r, ERR_UNAUTHENTICATED);
	CHECK_INT(test_status, 303);
	CHECK_STR(test_redirect, "/dang-nhap?tiep=%2Fca-nhan%3Fa%3D1%26b%3D2");
	r->method = S("POST");
	str body = error_of_kind(a, r, ERR_UNAUTHENTICATED);
	CHECK_INT(test_status, 401);
	CHECK_HAS(body, S("href=\"/en/dang-nhap?tiep=%2Fca-nhan%3Fa%3D1%26b%3D2\""));
}

TEST("an officer's error stays in the officer's frame")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/can-bo/x"), S(""));

	begin((struct visitor){ .signed_in = true, .officer = true });
	page_error(r, FAIL(a, NOT_FOUND, "x"));
	CHECK_HAS(test_body, S("officer-main"));
}

TEST("a form that is too large is told its limits, and the way back to what was typed")
{
	ARENA a = arena_new();
	struct req *r = test_request(a, VIETNAMESE, S("/ca-nhan/ho-so/x/rut"), S(""));
	static const struct route form = { .method = "POST" }, uploads = { .uploads = true };
	r->method = S("POST");
	r->route = &form;
	test_referer = S("https://h99.example.vn/ca-nhan/ho-so/x/rut");
	page_error(r, FAIL(a, TOO_LARGE, "x"));
	CHECK_INT(test_status, 413);
	CHECK_HAS(test_body, S("nhiều nhất 64 kB, mỗi ô nhiều nhất 32 kB"));
	CHECK_HAS(test_body, S("href=\"/ca-nhan/ho-so/x/rut\" data-back"));
	r->route = &uploads;
	test_referer = S("https://evil.example/x");
	page_error(r, FAIL(a, TOO_LARGE, "x"));
	CHECK_HAS(test_body, S("href=\"/\" data-back"));
	CHECK_LACKS(test_body, S("evil"));
	CHECK_LACKS(test_body, S(" 64 kB"));
	test_referer = S("");
}
