/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping, addresses, translations, formats. */
#include "tests/tap.h"
#include "view/test_site.h"

static const str nasty = { "<b>\"O'Neil\" & Đỗ</b>", sizeof("<b>\"O'Neil\" & Đỗ</b>") - 1 };

TEST("text is escaped")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	PUT_TEXT(&o, nasty);
	CHECK_STR(out_html(&o).safe, "&lt;b&gt;&#34;O&#39;Neil&#34; &amp; Đỗ&lt;/b&gt;");
}

TEST("the value of an attribute is escaped")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	PUT_ATTR(&o, nasty);
	CHECK_STR(out_html(&o).safe, "&lt;b&gt;&#34;O&#39;Neil&#34; &amp; Đỗ&lt;/b&gt;");
}

TEST("text in an address stays one piece of it")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	PUT_URL(&o, S("a/b?c=d&e#f %\"<đ~x-y_z."));
	CHECK_STR(out_html(&o).safe, "a%2Fb%3Fc%3Dd%26e%23f%20%25%22%3C%C4%91~x-y_z.");
}

TEST("a script address given as text cannot run")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	PUT_URL(&o, S("javascript:alert(1)"));
	CHECK_STR(out_html(&o).safe, "javascript%3Aalert%281%29");
}

TEST("only html goes out as it is; numbers are plain digits")
{
	ARENA a = arena_new();
	struct out inner = out_in(a, VIETNAMESE, NULL), o = out_in(a, VIETNAMESE, NULL);

	put_raw(&inner, "<i>", 3);
	PUT_TEXT(&inner, S("<"));
	html part = out_html(&inner);
	PUT_TEXT(&o, part);
	PUT_TEXT(&o, (int64_t)-12345);
	PUT_ATTR(&o, (size_t)7);
	CHECK_STR(out_html(&o).safe, "<i>&lt;-123457");
}

TEST("a part that did not fit makes the whole not fit")
{
	ARENA a = arena_new();
	struct out inner = out_in(a, VIETNAMESE, NULL), o = out_in(a, VIETNAMESE, NULL);

	while (!inner.b->overflow)
		PUT_TEXT(&inner, S("một đoạn văn khá dài, lặp lại rất nhiều lần"));
	html part = out_html(&inner);
	PUT_TEXT(&o, part);
	CHECK(o.b->overflow);
}

TEST("an address is built from its pieces, in the language of the page")
{
	ARENA a = arena_new();
	struct out vi = out_in(a, VIETNAMESE, NULL), en = out_in(a, ENGLISH, NULL);

	CHECK_STR(URL(&vi, "/thu-tuc/{}-{}", S("1.001193"), S("đăng/ký")).safe,
		"/thu-tuc/1.001193-%C4%91%C4%83ng%2Fk%C3%BD");
	CHECK_STR(URL(&en, "/tim?q={}", S("a&b")).safe, "/en/tim?q=a%26b");
	CHECK_STR(URL(&en, "/").safe, "/en/");
}

TEST("one value of a query is replaced, the others stay")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	str path = S("/thu-tuc"), query = S("q=khai+sinh&trang=3&cap=xa&trong=");

	CHECK_STR(url_with(&o, path, query, S("trang"), S("4")).safe,
		"/thu-tuc?q=khai%20sinh&cap=xa&trang=4");
	CHECK_STR(url_with(&o, path, query, S("q"), S("")).safe, "/thu-tuc?trang=3&cap=xa");
	CHECK_STR(url_with(&o, path, S(""), S("q"), S("")).safe, "/thu-tuc");
	CHECK_STR(url_with(&o, path, S("%zz"), S("q"), S("x")).safe, "/thu-tuc?q=x");
}

TEST("a foreign path cannot lead to another site")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	str none = S("");

	CHECK_STR(url_with(&o, S("//evil.example/x"), none, none, none).safe, "/evil.example/x");
	CHECK_STR(url_with(&o, S("evil"), none, none, none).safe, "/");
	CHECK_STR(url_with(&o, S("/\\evil\"<"), none, none, none).safe, "/%5Cevil%22%3C");
}

TEST("an asset keeps its fragment")
{
	ARENA a = arena_new();
	struct out o = out_in(a, ENGLISH, NULL);

	CHECK_STR(url_asset(&o, "icons.svg#clock").safe, "/a/icons.svg#clock");
	CHECK_STR(url_asset(&o, "portal.css").safe, "/a/portal.css");
}

TEST("a POST form carries its token")
{
	ARENA a = arena_new();
	struct out o = page_out(test_request(a, VIETNAMESE, S("/"), S("")));

	put_csrf(&o);
	CHECK_STR(out_html(&o).safe, "<input type=\"hidden\" name=\"csrf\" value=\"token\">");
}

TEST("a message is Vietnamese, English, or Vietnamese when nobody translated it")
{
	CHECK_STR(tr(VIETNAMESE, S("Đăng nhập")), "Đăng nhập");
	CHECK_STR(tr(ENGLISH, S("Đăng nhập")), "Sign in");
	CHECK_STR(
		tr(ENGLISH, S("câu này không có trong từ điển")), "câu này không có trong từ điển");
}

TEST("placeholders are filled in any order; unknown ones stay")
{
	ARENA a = arena_new();

	CHECK_STR(FILL(a, VIETNAMESE, S("{b} rồi {a} {c} {"), S("a"), S("{b}"), S("b"), S("hai")),
		"hai rồi {b} {c} {");
	CHECK_STR(FILL(a, ENGLISH, S("Mỗi tệp tối đa {size}"), S("size"), S("10 MB")),
		"At most 10 MB a file");
}

TEST("English counts one and many")
{
	ARENA a = arena_new();
	str id = S("Cần sửa {n} chỗ để tiếp tục");

	CHECK_STR(tr_n(a, VIETNAMESE, id, 1), "Cần sửa 1 chỗ để tiếp tục");
	CHECK_STR(tr_n(a, ENGLISH, id, 1), "There is one thing to correct before you go on");
	CHECK_STR(tr_n(a, ENGLISH, id, 1200), "There are 1,200 things to correct before you go on");
}

TEST("numbers")
{
	ARENA a = arena_new();

	CHECK_STR(number_text(a, VIETNAMESE, 0), "0");
	CHECK_STR(number_text(a, VIETNAMESE, 999), "999");
	CHECK_STR(number_text(a, VIETNAMESE, 1296), "1.296");
	CHECK_STR(number_text(a, ENGLISH, -1234567), "-1,234,567");
	CHECK_STR(number_text(a, VIETNAMESE, INT64_MIN), "-9.223.372.036.854.775.808");
}

TEST("money, shares and sizes")
{
	ARENA a = arena_new();

	CHECK_STR(money_text(a, VIETNAMESE, 8000), "8.000 đồng");
	CHECK_STR(money_text(a, ENGLISH, 8000), "8,000 dong");
	CHECK_STR(percent_text(a, VIETNAMESE, 993), "99,3%");
	CHECK_STR(percent_text(a, ENGLISH, 993), "99.3%");
	CHECK_STR(percent_text(a, VIETNAMESE, 780), "78%");
	CHECK_STR(percent_text(a, VIETNAMESE, -5), "-0,5%");
	CHECK_STR(size_text(a, VIETNAMESE, 0), "0 kB");
	CHECK_STR(size_text(a, VIETNAMESE, 1), "1 kB");
	CHECK_STR(size_text(a, VIETNAMESE, 80 * 1024), "80 kB");
	CHECK_STR(size_text(a, VIETNAMESE, 1200 * 1024), "1,2 MB");
	CHECK_STR(size_text(a, ENGLISH, 10 * 1024 * 1024), "10 MB");
	CHECK_STR(size_text(a, VIETNAMESE, 10 * 1024 * 1024 + 1), "10,1 MB");
	CHECK_STR(size_text(a, VIETNAMESE, (int64_t)3 << 30), "3 GB");
}

TEST("days and hours")
{
	ARENA a = arena_new();
	day d = day_from(2026, 12, 1);
	instant half_past = instant_at(d, 16 * 3600 + 30 * 60);

	CHECK_STR(day_text(a, d), "01/12/2026");
	CHECK_STR(day_long_text(a, VIETNAMESE, d), "thứ Ba, 01/12/2026");
	CHECK_STR(day_long_text(a, ENGLISH, d), "Tuesday, 01/12/2026");
	CHECK_STR(day_long_text(a, VIETNAMESE, d - 2), "Chủ nhật, 29/11/2026");
	CHECK_STR(time_text(a, VIETNAMESE, instant_at(d, 7 * 3600 + 30 * 60)), "7 giờ 30");
	CHECK_STR(time_text(a, ENGLISH, instant_at(d, 7 * 3600 + 30 * 60)), "7:30");
	CHECK_STR(time_text(a, VIETNAMESE, instant_at(d, 9 * 3600 + 59)), "9 giờ 00");
	CHECK_STR(moment_text(a, VIETNAMESE, half_past), "16 giờ 30, 01/12/2026");
	CHECK_STR(moment_long_text(a, VIETNAMESE, half_past), "16 giờ 30, thứ Ba, 01/12/2026");
}

TEST("telephone numbers")
{
	ARENA a = arena_new();

	CHECK_STR(phone_text(a, S("0912345678")), "0912 345 678");
	CHECK_STR(phone_text(a, S("19000000")), "1900 0000");
	CHECK_STR(phone_text(a, S("02438251234")), "024 3825 1234");
	CHECK_STR(phone_text(a, S("113")), "113");
	CHECK_STR(phone_text(a, S("+84912345678")), "+84912345678");
}
