/* SPDX-License-Identifier: Apache-2.0 */
#include "http/parse.h"
#include "http/target.h"
#include "tests/tap.h"

TEST("percent escapes are decoded into UTF-8, and nothing else")
{
	ARENA a = arena_new();
	str s;
	CHECK(!url_decode(a, S("khai+sinh%20%C4%91%C6%B0%E1%BB%A3c"), true, &s));
	CHECK_STR(s, "khai sinh được");
	CHECK(!url_decode(a, S("a+b"), false, &s));
	CHECK_STR(s, "a+b");
	const char *const broken[] = { "%", "%4", "a%", "%zz", "%4g", "%00", "%ff", "%C4", "\xc4",
		"%C0%80", "%ED%A0%80" };
	for (size_t i = 0; i < COUNT(broken); i++) {
		err e = url_decode(a, str_from(broken[i]), true, &s);
		if (!CHECK(e && e->kind == ERR_BAD_REQUEST))
			printf("# accepted: %s\n", broken[i]);
	}
}

TEST("a form is pairs in order; names may repeat and line ends become LF")
{
	ARENA a = arena_new();
	struct field *fields;
	size_t n;
	CHECK(!pairs_parse(a, S("a=1&a=2&&b&c=x%0D%0Ay%0D%0D%0Az&=e"), &fields, &n));
	REQUIRE(n == 5);
	CHECK_STR(fields[0].value, "1");
	CHECK_STR(fields[1].value, "2");
	CHECK_STR(fields[2].name, "b");
	CHECK_STR(fields[2].value, "");
	CHECK_STR(fields[3].value, "x\ny\n\nz");
	CHECK_STR(fields[4].value, "e");
	CHECK(!pairs_parse(a, S(""), &fields, &n));
	CHECK_INT(n, 0);
}

TEST("a form beyond the limits is too large, not a crash")
{
	ARENA a = arena_new();
	struct field *fields;
	size_t n;
	struct buf many = buf_in(a, MIB), longest = buf_in(a, MIB);
	for (int i = 0; i <= LIMIT_HTTP_FIELDS; i++)
		buf_add(&many, S("a=b&"));
	for (int i = 0; i <= LIMIT_HTTP_FIELD; i++)
		buf_char(&longest, 'x');
	err e = pairs_parse(a, buf_str(&many), &fields, &n);
	CHECK(e && e->kind == ERR_TOO_LARGE);
	e = pairs_parse(a, buf_str(&longest), &fields, &n);
	CHECK(e && e->kind == ERR_TOO_LARGE);
}

TEST("cookies: good pairs are taken, broken ones skipped")
{
	ARENA a = arena_new();
	struct field *cookies;
	size_t n;
	cookies_parse(a,
		S("k=abc; broken; =x; q=\"quoted\"; bad=a\x01"
		  "b; phien=1=2;;"),
		&cookies, &n);
	REQUIRE(n == 3);
	CHECK_STR(cookies[0].name, "k");
	CHECK_STR(cookies[0].value, "abc");
	CHECK_STR(cookies[1].value, "quoted");
	CHECK_STR(cookies[2].name, "phien");
	CHECK_STR(cookies[2].value, "1=2");
	struct buf many = buf_in(a, MIB);
	for (int i = 0; i < 100; i++)
		buf_add(&many, S("a=b;"));
	cookies_parse(a, buf_str(&many), &cookies, &n);
	CHECK_INT(n, LIMIT_HTTP_COOKIES);
}

#define HOST                                   \
	{                                      \
		S("Host"), S("localhost:8080") \
	}
static const struct {
	const char *why;
	bool http_1_0, good;
	struct raw_header headers[4];
} framings[] = {
	{ "plain", .good = true, .headers = { HOST } },
	{ "length", .good = true, .headers = { HOST, { S("content-length"), S("5") } } },
	{ "chunked", .good = true, .headers = { HOST, { S("Transfer-Encoding"), S("Chunked") } } },
	{ "1.0 without host", .http_1_0 = true, .good = true, .headers = { { S("A"), S("b") } } },
	{ "continue", .good = true, .headers = { HOST, { S("Expect"), S("100-Continue") } } },
	{ "two lengths",
		.headers = { HOST, { S("Content-Length"), S("5") },
			{ S("content-length"), S("5") } } },
	{ "length and chunked",
		.headers = { HOST, { S("Content-Length"), S("5") },
			{ S("Transfer-Encoding"), S("chunked") } } },
	{ "xchunked", .headers = { HOST, { S("Transfer-Encoding"), S("xchunked") } } },
	{ "gzip, chunked", .headers = { HOST, { S("Transfer-Encoding"), S("gzip, chunked") } } },
	{ "two encodings",
		.headers = { HOST, { S("Transfer-Encoding"), S("chunked") },
			{ S("Transfer-Encoding"), S("chunked") } } },
	{ "1.0 chunked", .http_1_0 = true,
		.headers = { HOST, { S("Transfer-Encoding"), S("chunked") } } },
	{ "+5", .headers = { HOST, { S("Content-Length"), S("+5") } } },
	{ "-5", .headers = { HOST, { S("Content-Length"), S("-5") } } },
	{ "5,5", .headers = { HOST, { S("Content-Length"), S("5,5") } } },
	{ "0x5", .headers = { HOST, { S("Content-Length"), S("0x5") } } },
	{ "empty length", .headers = { HOST, { S("Content-Length"), S("") } } },
	{ "huge length", .headers = { HOST, { S("Content-Length"), S("9999999999999999999") } } },
	{ "space before colon", .headers = { HOST, { S("X "), S("a") } } },
	{ "empty name", .headers = { HOST, { S(""), S("a") } } },
	{ "control in name", .headers = { HOST, { S("X\x01"), S("a") } } },
	{ "bare CR", .headers = { HOST, { S("X"), S("a\rb") } } },
	{ "NUL", .headers = { HOST, { S("X"), S("a\0b") } } },
	{ "no host", .headers = { { S("X"), S("a") } } },
	{ "two hosts", .headers = { HOST, HOST } },
	{ "empty host", .headers = { { S("Host"), S("") } } },
	{ "host with path", .headers = { { S("Host"), S("a/b") } } },
	{ "two cookies",
		.headers = { HOST, { S("Cookie"), S("a=b") }, { S("Cookie"), S("c=d") } } },
	{ "other expectation", .headers = { HOST, { S("Expect"), S("200-ok") } } },
};

TEST("ambiguous framing is refused [RFC 9112 6.3, 11.2]")
{
	for (size_t i = 0; i < COUNT(framings); i++) {
		ARENA a = arena_new();
		size_t n = 0;
		while (n < 4 && framings[i].headers[n].name.p)
			n++;
		err e = guard_headers(a, framings[i].headers, n, !framings[i].http_1_0);
		if (!CHECK(framings[i].good ? !e : e && e->kind == ERR_BAD_REQUEST))
			printf("# %s\n", framings[i].why);
	}
}

TEST("a Host is a name or an address, with a port or without")
{
	const char *const good[] = { "localhost", "dichvucong.lamgiang.gov.vn", "127.0.0.1:8080",
		"[::1]", "[2001:db8::1]:443", "a_b.vn", "xn--a.vn" };
	const char *const wrong[] = { "", ":80", "a:", "a:x", "a:0", "a:65536", "a b", "a@b",
		"[::1", "[]x", "[g::]", "::1", "a/b", "a:80:80", "\xc4\x91.vn" };
	for (size_t i = 0; i < COUNT(good); i++)
		CHECK(host_valid(str_from(good[i])));
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (!CHECK(!host_valid(str_from(wrong[i]))))
			printf("# accepted: %s\n", wrong[i]);
}

static const char *const languages[] = { "vi", "en", NULL };

TEST("/en is the same address in English")
{
	struct target t;
	CHECK(target_parse(S("/en/thu-tuc?q=a?b"), languages, &t));
	CHECK_STR(t.path, "/thu-tuc");
	CHECK_STR(t.query, "q=a?b");
	CHECK_INT(t.language, 1);
	CHECK(target_parse(S("/en"), languages, &t) && t.language == 1);
	CHECK_STR(t.path, "/");
	CHECK(target_parse(S("/english"), languages, &t) && t.language == 0);
	CHECK_STR(t.path, "/english");
	CHECK(target_parse(S("/vi/a"), languages, &t) && t.language == 0);
	CHECK_STR(t.path, "/vi/a");
	CHECK(target_parse(S("/?"), languages, &t));
	CHECK_STR(t.query, "");
}

TEST("an absolute address is taken apart, every other form refused")
{
	struct target t;
	CHECK(target_parse(S("HTTP://a.vn:80/x?y"), languages, &t));
	CHECK_STR(t.authority, "a.vn:80");
	CHECK_STR(t.path, "/x");
	CHECK(target_parse(S("http://a.vn"), languages, &t));
	CHECK_STR(t.path, "/");
	const char *const wrong[] = { "", "*", "a.vn:80", "x", "?q", "http://", "http:///x", "/a#b",
		"/a b", "/a\tb", "/\\a", "ftp://a/b", "/a\x7f" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (!CHECK(!target_parse(str_from(wrong[i]), languages, &t)))
			printf("# accepted: %s\n", wrong[i]);
}
