/* SPDX-License-Identifier: Apache-2.0 */
/* What a client sees of the server, over real sockets. */
#include "tests/live.h"

#include <sys/socket.h>
#include <unistd.h>

#define HOST "Host: localhost\r\n"
#define ORIGIN "Origin: http://localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

TEST("a page comes with its language, its security headers and nothing to guess [D4]")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str answer = live_ask(l->arena, l, "GET /hello?q=a%20b HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 200);
	CHECK_STR(live_body(answer), "GET 0 a b");
	CHECK_STR(live_header(answer, "Content-Language"), "vi");
	CHECK_STR(live_header(answer, "Cache-Control"), "no-store");
	CHECK_STR(live_header(answer, "X-Content-Type-Options"), "nosniff");
	CHECK_STR(live_header(answer, "Referrer-Policy"), "same-origin");
	CHECK_STR(live_header(answer, "Cross-Origin-Opener-Policy"), "same-origin");
	CHECK_STR(live_header(answer, "Strict-Transport-Security"), "");
	CHECK_STR(live_header(answer, "Content-Security-Policy"),
		"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
		"frame-ancestors 'none'");
	live_stop(l);
}

TEST("/en answers in English, HEAD without a body, a slash at the end is led away")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str answer = live_ask(l->arena, l, "GET /en/hello HTTP/1.1\r\n" HOST "\r\n");
	CHECK_STR(live_body(answer), "GET 1 ");
	CHECK_STR(live_header(answer, "Content-Language"), "en");
	answer = live_ask(l->arena, l, "HEAD /hello HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 200);
	CHECK_STR(live_header(answer, "Content-Length"), "7");
	CHECK_STR(live_body(answer), "");
	answer = live_ask(l->arena, l, "GET /en/hello/?q=1 HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 308);
	CHECK_STR(live_header(answer, "Location"), "/en/hello?q=1");
	answer = live_ask(l->arena, l, "GET //evil.vn/ HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 404);
	live_stop(l);
}

TEST("what is not there is 404, a wrong method 405 with Allow, bad text 400")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str answer = live_ask(l->arena, l, "GET /none HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 404);
	CHECK_STR(live_body(answer), "<h1>NOT_FOUND</h1>");
	answer = live_ask(l->arena, l, "DELETE /form HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 405);
	CHECK_STR(live_header(answer, "Allow"), "GET, HEAD, POST");
	answer = live_ask(l->arena, l,
		"POST /hello HTTP/1.1\r\n" HOST ORIGIN FORM "Content-Length: 3\r\n\r\na=b");
	CHECK_INT(live_status(answer), 405);
	CHECK_STR(live_header(answer, "Allow"), "GET, HEAD");
	const char *const bad[] = { "/%00", "/%ff", "/hello?q=%zz", "/hello?q=%C4" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		str request = arena_printf(l->arena, "GET %s HTTP/1.1\r\n" HOST "\r\n", bad[i]);
		CHECK_INT(live_status(live_ask(l->arena, l, request.p)), 400);
	}
	live_stop(l);
}

TEST("an err takes back what the handler had begun to answer")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str answer = live_ask(l->arena, l, "GET /broken HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 409);
	CHECK_STR(live_header(answer, "X-Half"), "");
	CHECK_STR(live_body(answer), "<h1>CONFLICT</h1>");
	live_stop(l);
}

static atomic_int reported, status_sum;

static void report(const struct req *r, int status, int64_t micros)
{
	CHECK(micros >= 0 && micros < 10 * INSTANT_SECOND);
	CHECK(str_starts(r->path, S("/")) && r->method.n > 0 && str_starts(r->peer, S("127.")));
	atomic_fetch_add(&reported, 1);
	atomic_fetch_add(&status_sum, status);
}

static void with_report(struct server_config *c) { c->done = report; }

TEST("every request is reported once, with its status, wherever it was answered")
{
	struct live *l = live_start_with("127.0.0.1:0", with_report);
	REQUIRE(l);
	static const char *const asked[] = { "GET /hello", "GET /", "GET /", "GET /none",
		"GET /a/portal.0123456789.css" };
	for (size_t i = 0; i < COUNT(asked); i++) {
		str request = arena_printf(l->arena, "%s HTTP/1.1\r\n" HOST "\r\n", asked[i]);
		(void)live_ask(l->arena, l, request.p);
	}
	(void)live_ask(l->arena, l, "GET / HTTP/1.1\r\n\r\n");
	live_stop(l);
	CHECK_INT(atomic_load(&reported), 6);
	CHECK_INT(atomic_load(&status_sum), 200 + 200 + 200 + 404 + 200 + 400);
}

TEST("a cached page is rendered once, revalidated by its tag, and compressed")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str first = live_ask(l->arena, l, "GET /long HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(server_stats(l->server).cached, 0);
	str second = live_ask(l->arena, l, "GET /long HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(server_stats(l->server).cached, 1);
	CHECK_STR(live_body(first), live_body(second));
	CHECK_STR(live_header(second, "Cache-Control"), "no-cache");
	str tag = live_header(second, "ETag");
	CHECK(tag.n > 4);
	str again = arena_printf(l->arena,
		"GET /long HTTP/1.1\r\n" HOST "If-None-Match: " STR_FMT "\r\n\r\n", STR_ARG(tag));
	str answer = live_ask(l->arena, l, again.p);
	CHECK_INT(live_status(answer), 304);
	CHECK_STR(live_body(answer), "");
	answer = live_ask(
		l->arena, l, "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n");
	CHECK_STR(live_header(answer, "Content-Encoding"), "gzip");
	CHECK(live_body(answer).n < 200);
	live_stop(l);
}

TEST("the cache forgets with content version and age, and visitors with a session bypass it")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	const char *ask = "GET /fresh HTTP/1.1\r\n" HOST "\r\n";
	str first = live_body(live_ask(l->arena, l, ask));
	CHECK_STR(live_body(live_ask(l->arena, l, ask)), first);
	server_content_version(l->server, 2);
	str second = live_body(live_ask(l->arena, l, ask));
	CHECK(!str_eq(first, second));
	usleep(1100 * 1000);
	str third = live_body(live_ask(l->arena, l, ask));
	CHECK(!str_eq(second, third));
	str mine = live_ask(l->arena, l, "GET /fresh HTTP/1.1\r\n" HOST "Cookie: phien=1\r\n\r\n");
	CHECK(!str_eq(third, live_body(mine)));
	CHECK_STR(live_header(mine, "Cache-Control"), "no-store");
	CHECK_STR(live_body(live_ask(l->arena, l, ask)), third);
	live_stop(l);
}

TEST("a huge page is cached under its address, not under each query that somebody adds")
{
	static const struct {
		const char *path;
		int cached; /* answered from there so far */
	} cases[] = { { "/huge?1", 0 }, { "/huge?1", 0 }, { "/huge", 0 }, { "/huge", 1 },
		{ "/long?1", 1 }, { "/long?1", 2 } };
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	for (size_t i = 0; i < COUNT(cases); i++) {
		str request =
			arena_printf(l->arena, "GET %s HTTP/1.1\r\n" HOST "\r\n", cases[i].path);
		CHECK_INT(live_status(live_ask(l->arena, l, request.p)), 200);
		CHECK_INT(server_stats(l->server).cached, cases[i].cached);
	}
	live_stop(l);
}

TEST("an asset is cached for ever; a file carries its name and a closed policy")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	CHECK_STR(asset_path(S("portal.css")), "/a/portal.0123456789.css");
	str answer = live_ask(l->arena, l,
		"GET /a/portal.0123456789.css HTTP/1.1\r\n" HOST "Cookie: phien=1\r\n\r\n");
	CHECK_STR(live_header(answer, "Content-Type"), "text/css");
	CHECK_STR(live_header(answer, "Cache-Control"), "public, max-age=31536000, immutable");
	CHECK_STR(live_body(answer), "body{color:#000}");
	answer = live_ask(l->arena, l, "GET /file HTTP/1.1\r\n" HOST "\r\n");
	CHECK_STR(live_body(answer), "noi dung");
	CHECK_STR(live_header(answer, "Cache-Control"), "no-store");
	CHECK_STR(live_header(answer, "Content-Disposition"),
		"attachment; filename=\"gi_y khai sinh.pdf\"; "
		"filename*=UTF-8''gi%E1%BA%A5y%20khai%20sinh.pdf");
	CHECK(str_starts(live_header(answer, "Content-Security-Policy"), S("default-src 'none'")));
	CHECK(str_ends(live_header(answer, "Content-Security-Policy"), S("; sandbox")));
	live_stop(l);
}

/* The token and the Cookie header of a visitor who has opened the form. */
static void visit(struct live *l, str *ret_token, str *ret_cookie)
{
	str answer = live_ask(l->arena, l, "GET /form HTTP/1.1\r\n" HOST "\r\n"), rest;
	str cookie = live_header(answer, "Set-Cookie");
	CHECK(str_starts(cookie, S("__Host-k=")));
	CHECK(str_ends(cookie, S("; Path=/; HttpOnly; SameSite=Lax; Secure")));
	(void)str_cut(cookie, ';', ret_cookie, &rest);
	*ret_token = live_body(answer);
}

TEST("a POST needs our token and our Origin, else 403")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str token, cookie;
	visit(l, &token, &cookie);
	str body = arena_printf(l->arena, "csrf=" STR_FMT "&a=xin+ch%%C3%%A0o", STR_ARG(token));
	static const struct {
		const char *origin;
		bool with_cookie, with_token;
		int status;
	} cases[] = {
		{ ORIGIN, true, true, 200 },
		{ "Referer: http://localhost/form\r\n", true, true, 200 },
		{ "Sec-Fetch-Site: same-origin\r\n", true, true, 200 },
		{ "", true, true, 403 },
		{ "Origin: http://evil.vn\r\n", true, true, 403 },
		{ "Origin: null\r\n", true, true, 403 },
		{ ORIGIN, false, true, 403 },
		{ ORIGIN, true, false, 403 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		str sent = cases[i].with_token ? body : S("a=b");
		str request = arena_printf(l->arena,
			"POST /form HTTP/1.1\r\n" HOST FORM "%s"
			"Cookie: " STR_FMT "\r\nContent-Length: %zu\r\n\r\n" STR_FMT,
			cases[i].origin, STR_ARG(cases[i].with_cookie ? cookie : S("x=y")), sent.n,
			STR_ARG(sent));
		str answer = live_ask(l->arena, l, request.p);
		if (!CHECK_INT(live_status(answer), cases[i].status))
			printf("# case %zu\n", i);
		if (cases[i].status == 200)
			CHECK_STR(live_body(answer), "xin chào");
	}
	live_stop(l);
}

TEST("a single field or query with two values is 400; one that says the same twice is read")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	static const struct {
		const char *fields;
		int status;
	} cases[] = { { "a=x&a=y", 400 }, { "a=x&b=1&a=x", 200 }, { "b=1&b=2&a=x", 200 },
		{ "a=&a=x", 400 } };
	str token, cookie;
	visit(l, &token, &cookie);
	for (size_t i = 0; i < COUNT(cases); i++) {
		str sent = arena_printf(
			l->arena, "csrf=" STR_FMT "&%s", STR_ARG(token), cases[i].fields);
		str request = arena_printf(l->arena,
			"POST /form HTTP/1.1\r\n" HOST FORM ORIGIN "Cookie: " STR_FMT
			"\r\nContent-Length: %zu\r\n\r\n" STR_FMT,
			STR_ARG(cookie), sent.n, STR_ARG(sent));
		str answer = live_ask(l->arena, l, request.p);
		if (!CHECK_INT(live_status(answer), cases[i].status))
			printf("# %s\n", cases[i].fields);
		CHECK_STR(live_body(answer), cases[i].status == 200 ? "x" : "<h1>BAD_REQUEST</h1>");
	}
	str answer = live_ask(l->arena, l, "GET /hello?q=a&q=b HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 400);
	answer = live_ask(l->arena, l, "GET /hello?q=a&p=b&p=c HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(live_status(answer), 200);
	live_stop(l);
}

#define PART "\r\n--b\r\nContent-Disposition: form-data; "

static str upload_request(struct live *l, const char *path, size_t file_size, const char *more)
{
	str token, cookie;
	visit(l, &token, &cookie);
	struct buf body = buf_in(l->arena, 16 * MIB);
	buf_printf(&body, "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" STR_FMT,
		STR_ARG(token));
	buf_add(&body, S(PART "name=\"tep\"; filename=\"a.pdf\"\r\n\r\n"));
	for (size_t i = 0; i < file_size; i++)
		buf_char(&body, (char)('a' + i % 26));
	buf_add(&body, S("\r\n--b--\r\n"));
	str head = arena_printf(l->arena,
		"POST %s HTTP/1.1\r\n" HOST ORIGIN "%sCookie: " STR_FMT
		"\r\nContent-Type: multipart/form-data; boundary=b\r\n",
		path, more, STR_ARG(cookie));
	return arena_printf(l->arena, STR_FMT "Content-Length: %zu\r\n\r\n" STR_FMT, STR_ARG(head),
		body.n, STR_ARG(buf_str(&body)));
}

static str send_all(struct live *l, str request)
{
	int fd = live_connect(l);
	(void)live_send(fd, request);
	str answer = live_receive(l->arena, fd, false);
	close(fd);
	return answer;
}

TEST("an upload is streamed, and its file is gone when the answer comes")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str answer = send_all(l, upload_request(l, "/upload", 3 * MIB, ""));
	CHECK_INT(live_status(answer), 200);
	CHECK_STR(live_body(answer), "1 3145728");
	CHECK_INT(live_leftovers(), 0);
	live_stop(l);
}

TEST("an upload cut off half-way leaves no file")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str request = upload_request(l, "/upload", 2 * MIB, "");
	for (int i = 0; i < 8; i++) {
		int fd = live_connect(l);
		CHECK(live_send(fd, str_part(request, 0, request.n / 2)));
		usleep(20 * 1000);
		close(fd);
	}
	live_stop(l);
	CHECK_INT(live_leftovers(), 0);
}

TEST("who may not upload is told before the body is read")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	str request = upload_request(l, "/members", 3 * MIB, "Expect: 100-continue\r\n");
	int fd = live_connect(l);
	CHECK(live_send(fd, str_part(request, 0, str_find(request, S("\r\n\r\n")) + 4)));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 401);
	CHECK(live_closed(fd));
	close(fd);
	CHECK_INT(live_status(send_all(l, upload_request(l, "/members", 1000, ""))), 401);
	request = upload_request(l, "/upload", 1000, "Expect: 100-continue\r\n");
	fd = live_connect(l);
	size_t headers = str_find(request, S("\r\n\r\n")) + 4;
	CHECK(live_send(fd, str_part(request, 0, headers)));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 100);
	CHECK(live_send(fd, str_from_at(request, headers)));
	CHECK_STR(live_body(live_receive(l->arena, fd, false)), "1 1000");
	close(fd);
	live_stop(l);
}

TEST("a body over the limit is 413: read past when small, cut off when large")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	struct buf request = buf_in(l->arena, MIB);
	buf_printf(&request,
		"POST /form HTTP/1.1\r\n" HOST ORIGIN FORM "Content-Length: %d\r\n\r\n",
		LIMIT_HTTP_BODY + 1);
	for (int i = 0; i <= LIMIT_HTTP_BODY; i++)
		buf_char(&request, 'a');
	int fd = live_connect(l);
	CHECK(live_send(fd, buf_str(&request)));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 413);
	CHECK(live_send(fd, S("GET /hello HTTP/1.1\r\n" HOST "\r\n")));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 200);
	close(fd);
	fd = live_connect(l);
	CHECK(live_send(fd,
		S("POST /form HTTP/1.1\r\n" HOST ORIGIN FORM
		  "Content-Length: 100000000\r\n\r\nabc")));
	str answer = live_receive(l->arena, fd, false);
	CHECK_INT(live_status(answer), 413);
	CHECK_STR(live_header(answer, "Connection"), "close");
	CHECK(live_closed(fd));
	close(fd);
	live_stop(l);
}

TEST("a connection goes on after an error")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	int fd = live_connect(l);
	const char *const paths[] = { "/none", "/hello", "/broken", "/a/none", "/", "/hello?q=%zz",
		"/", "/slow", "/hello" };
	const int statuses[] = { 404, 200, 409, 404, 200, 400, 200, 303, 200 };
	for (size_t i = 0; i < COUNT(paths); i++) {
		str request = arena_printf(l->arena, "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[i]);
		CHECK(live_send(fd, request));
		CHECK_INT(live_status(live_receive(l->arena, fd, false)), statuses[i]);
	}
	CHECK(live_send(fd, S("POST /form HTTP/1.1\r\n" HOST FORM "Content-Length: 3\r\n\r\na=b")));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 403);
	CHECK(live_send(fd, S("GET /hello HTTP/1.1\r\n" HOST "\r\n")));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 200);
	close(fd);
	live_stop(l);
}

TEST("an answer that nobody reads yet holds its bytes and nothing that they were made of")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	int fds[8], before = live_turns();
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = live_connect(l);
		CHECK(live_send(fds[i], S("GET /large HTTP/1.1\r\n" HOST "\r\n")));
	}
	for (int waited = 0; live_turns() < before + (int)COUNT(fds) && waited < 500; waited++)
		usleep(10 * 1000);
	CHECK_INT(live_turns(), before + (int)COUNT(fds));
	for (size_t i = 0; i < COUNT(fds); i++) {
		ARENA a = arena_new();
		str body = live_body(live_receive(a, fds[i], false));
		CHECK_INT(body.n, 8 * MIB);
		CHECK(str_starts(body, S("0123456789abcdef")) &&
			str_ends(body, S("0123456789abcdef")));
		close(fds[i]);
	}
	live_stop(l);
}

TEST("a refusal that waits for a body which does not come holds its bytes and nothing else")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	int fd = live_connect(l), before = live_turns();
	CHECK(live_send(
		fd, S("POST /none HTTP/1.1\r\n" HOST ORIGIN FORM "Content-Length: 1\r\n\r\n")));
	for (int waited = 0; live_turns() == before && waited < 500; waited++)
		usleep(10 * 1000);
	CHECK_INT(live_turns(), before + 1);
	CHECK(live_send(fd, S("x")));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 404);
	close(fd);
	live_stop(l);
}

TEST("who asks too often gets 429 with the seconds to wait")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	const char *ask = "GET /en/often HTTP/1.1\r\n" HOST "\r\n";
	for (int i = 0; i < 3; i++)
		CHECK_INT(live_status(live_ask(l->arena, l, ask)), 200);
	str answer = live_ask(l->arena, l, ask);
	CHECK_INT(live_status(answer), 429);
	CHECK_STR(live_header(answer, "Retry-After"), "30");
	CHECK_STR(live_header(answer, "Content-Language"), "en");
	CHECK_STR(live_body(answer), "<h1>TOO_MANY</h1>");
	live_stop(l);
}

static void trust_proxy(struct server_config *c) { c->trusted_proxy = S("X-Forwarded-For"); }

TEST("a proxy's word counts only when it is trusted")
{
	struct live *l = live_start_with("127.0.0.1:0", trust_proxy);
	REQUIRE(l);
	for (int i = 0; i < 5; i++) {
		str ask = arena_printf(l->arena,
			"GET /often HTTP/1.1\r\nHost: a.vn\r\n"
			"X-Forwarded-Proto: https\r\nX-Forwarded-For: 1.1.1.1, 192.0.2.%d\r\n\r\n",
			i);
		str answer = live_ask(l->arena, l, ask.p);
		CHECK_INT(live_status(answer), 200);
		CHECK(live_header(answer, "Strict-Transport-Security").n > 0);
	}
	static const char *const doubled[] = { "X-Forwarded-For: 192.0.2.9",
		"X-Forwarded-Proto: http" };
	for (size_t i = 0; i < COUNT(doubled); i++) {
		str ask = arena_printf(l->arena,
			"GET /hello HTTP/1.1\r\nHost: a.vn\r\nX-Forwarded-Proto: https\r\n"
			"X-Forwarded-For: 192.0.2.1\r\n%s\r\n\r\n",
			doubled[i]);
		CHECK_INT(live_status(live_ask(l->arena, l, ask.p)), 400);
	}
	live_stop(l);
	l = live_start("127.0.0.1:0");
	REQUIRE(l);
	for (int i = 0; i < 4; i++) {
		str ask = arena_printf(l->arena,
			"GET /often HTTP/1.1\r\n" HOST "X-Forwarded-For: 192.0.2.%d\r\n\r\n", i);
		CHECK_INT(live_status(live_ask(l->arena, l, ask.p)), i < 3 ? 200 : 429);
	}
	live_stop(l);
}
