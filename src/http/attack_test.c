/* SPDX-License-Identifier: Apache-2.0 */
/* What hostile and unlucky clients do: ambiguous framing, slowness, crowds, and leaving. */
#include "tests/live.h"

#include <unistd.h>

#define HOST "Host: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

/* Each must be answered with 400, or what the library says by itself, and the end of the
 * connection, whatever follows it: a second answer would be the smuggled request's. */
static const struct {
	const char *why;
	str request;
	int library;
} attacks[] = {
	{ "two Content-Length",
		S("POST /form HTTP/1.1\r\n" HOST
		  "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc") },
	{ "Content-Length and chunked",
		S("POST /form HTTP/1.1\r\n" HOST
		  "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") },
	{ "xchunked", S("POST /form HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n") },
	{ "Content-Length: +5",
		S("POST /form HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nabcde") },
	{ "a length beyond 64 bits",
		S("POST /form HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\nabc"),
		.library = 413 },
	{ "HTTP/2 without a word", S("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .library = 505 },
	{ "Host :", S("GET /hello HTTP/1.1\r\nHost : localhost\r\n\r\n") },
	{ "no Host", S("GET /hello HTTP/1.1\r\n\r\n") },
	{ "two Hosts", S("GET /hello HTTP/1.1\r\n" HOST HOST "\r\n") },
	{ "NUL in a value", S("GET /hello HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n") },
	{ "NULs in the last value", S("GET /hello HTTP/1.1\r\n" HOST "X: a\0\0\0\0b\r\n\r\n") },
	{ "NUL in Host", S("GET /hello HTTP/1.1\r\nHost: localhost\0.evil.vn\r\n\r\n") },
	{ "NUL in a name", S("GET /hello HTTP/1.1\r\n" HOST "X\0: a\r\n\r\n") },
	{ "NUL in the target", S("GET /hello\0x HTTP/1.1\r\n" HOST "\r\n") },
	{ "folded line", S("GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n") },
	{ "folded line before others",
		S("GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\nY: c\r\n\r\n") },
	{ "folded length",
		S("POST /form HTTP/1.1\r\n" HOST "Content-Length: 1\r\n 0\r\n\r\n"
		  "0123456789") },
	{ "bare LF", S("GET /hello HTTP/1.1\n" HOST "\r\n") },
	{ "bare LF between headers", S("GET /hello HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n") },
	{ "bare LF at the end", S("GET /hello HTTP/1.1\r\n" HOST "X: y\r\n\n") },
	{ "bare CR", S("GET /hello HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n") },
	{ "header without a name",
		S("POST /form HTTP/1.1\r\n" HOST ": x\r\nContent-Length: 3\r\n\r\nabc") },
	{ "header without a colon", S("GET /hello HTTP/1.1\r\n" HOST "garbage\r\n\r\n") },
	{ "space before the first header", S("GET /hello HTTP/1.1\r\n X: y\r\n" HOST "\r\n") },
	{ "two spaces", S("GET  /hello HTTP/1.1\r\n" HOST "\r\n") },
	{ "space in the target", S("GET /hel lo HTTP/1.1\r\n" HOST "\r\n") },
	{ "GET with a body", S("GET /hello HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc") },
	{ "foreign absolute target", S("GET http://evil.vn/ HTTP/1.1\r\n" HOST "\r\n") },
	{ "asterisk", S("OPTIONS * HTTP/1.1\r\n" HOST "\r\n") },
	{ "CONNECT", S("CONNECT evil.vn:443 HTTP/1.1\r\n" HOST "\r\n") },
	{ "HTTP/1.2", S("GET /hello HTTP/1.2\r\n" HOST "\r\n") },
	{ "HTTP/0.9", S("GET /hello\r\n\r\n") },
	{ "chunked in HTTP/1.0", S("POST /form HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") },
};

TEST("requests that two parsers could read differently are 400 and the end [RFC 9112 11.2]")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	for (size_t i = 0; i < COUNT(attacks); i++) {
		int fd = live_connect(l);
		REQUIRE(fd >= 0);
		CHECK(live_send(fd, attacks[i].request));
		(void)live_send(fd, S("GET /hello?q=smuggled HTTP/1.1\r\n" HOST "\r\n"));
		str answer = live_receive(l->arena, fd, false);
		bool refused = CHECK_INT(
			live_status(answer), attacks[i].library ? attacks[i].library : 400);
		refused = CHECK(!str_has(answer, S("smuggled"))) && refused;
		if (!(CHECK(live_closed(fd)) && refused))
			printf("# %s\n", attacks[i].why);
		close(fd);
	}
	live_stop(l);
}

TEST("headers that come byte by byte, up to the limit, are read as any others")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	struct buf request = buf_in(l->arena, MIB);
	buf_add(&request, S("GET /hello?q=x HTTP/1.1\r\nX-Long: "));
	for (int i = 0; i < 9000; i++)
		buf_char(&request, 'y');
	buf_add(&request, S("\r\nX-Empty:\r\nX-Spaces:   a  \r\n" HOST "\r\n"));
	int fd = live_connect(l);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < request.n; i++)
			REQUIRE(live_send(fd, str_part(buf_str(&request), i, 1)));
		CHECK_STR(live_body(live_receive(l->arena, fd, false)), "GET 0 x");
	}
	close(fd);
	live_stop(l);
}

TEST("too much of anything is refused: target, headers, their number")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	struct buf request = buf_in(l->arena, MIB);
	buf_add(&request, S("GET /hello?q="));
	for (int i = 0; i < LIMIT_HTTP_TARGET; i++)
		buf_char(&request, 'y');
	buf_add(&request, S(" HTTP/1.1\r\n" HOST "\r\n"));
	buf_char(&request, 0);
	CHECK_INT(live_status(live_ask(l->arena, l, request.p)), 414);
	request = buf_in(l->arena, MIB);
	buf_add(&request, S("GET /hello HTTP/1.1\r\n" HOST "X: "));
	for (int i = 0; i < LIMIT_HTTP_HEADERS; i++)
		buf_char(&request, 'y');
	buf_add(&request, S("\r\n\r\n"));
	buf_char(&request, 0);
	CHECK_INT(live_status(live_ask(l->arena, l, request.p)), 431);
	request = buf_in(l->arena, MIB);
	buf_add(&request, S("GET /hello HTTP/1.1\r\n" HOST));
	for (int i = 0; i < LIMIT_HTTP_HEADER_LINES; i++)
		buf_add(&request, S("X: y\r\n"));
	buf_add(&request, S("\r\n"));
	buf_char(&request, 0);
	CHECK_INT(live_status(live_ask(l->arena, l, request.p)), 400);
	live_stop(l);
}

/* A request whose head is n bytes long, filled by a header that begins as told. */
static str head_of(struct arena *a, const char *begins, size_t n)
{
	struct buf request = buf_in(a, 4 * LIMIT_HTTP_HEADERS);
	buf_printf(&request, "GET /hello?q=x HTTP/1.1\r\n" HOST "%s", begins);
	while (request.n < n - 4)
		buf_char(&request, 'y');
	buf_add(&request, S("\r\n\r\n"));
	return buf_str(&request);
}

static bool is_whole_answer(str answer, int status)
{
	str once = str_from_at(answer, str_find(answer, S("HTTP/1.1 ")) + 1);
	return CHECK_INT(live_status(answer), status) && CHECK(!str_has(once, S("HTTP/1.1 "))) &&
		CHECK(live_header(answer, "Content-Security-Policy").n > 0);
}

TEST("headers are answered by us up to their limit and beyond it, cookies or not")
{
	static const char *const begins[] = { "X: ", "Cookie: a=", "Cookie: a=\"",
		"Cookie: phien=1; b=", "Cookie: a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;b=" };
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	for (size_t i = 0; i < COUNT(begins); i++)
		for (size_t n = 7 * KIB; n <= 20 * KIB; n += n < 15 * KIB ? KIB : 61) {
			ARENA a = arena_new();
			bool fits = n <= LIMIT_HTTP_HEADERS;
			int fd = live_connect(l);
			CHECK(live_send(fd, head_of(a, begins[i], n)));
			str answer = live_receive(a, fd, false);
			if (!is_whole_answer(answer, fits ? 200 : 431) ||
				(!fits && !CHECK(live_closed(fd))))
				printf("# %s, %zu bytes\n", begins[i], n);
			close(fd);
		}
	live_stop(l);
}

TEST("a cookie that libmicrohttpd cannot read is one that we pass over")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	struct buf many = buf_in(l->arena, LIMIT_HTTP_HEADERS);
	buf_add(&many, S("GET /hello?q=x HTTP/1.1\r\n" HOST "Cookie: "));
	while (many.n < LIMIT_HTTP_HEADERS - 10)
		buf_add(&many, S("a;"));
	buf_add(&many, S("\r\n\r\n"));
	const str asked[] = { buf_str(&many),
		S("GET /hello?q=x HTTP/1.1\r\n" HOST "Cookie: a=\"\r\n\r\n"),
		S("GET /hello?q=x HTTP/1.1\r\nCookie: \"\r\n" HOST "\r\n"),
		S("GET /hello?q=x HTTP/1.1\r\nCookie:\r\n" HOST "\r\n"),
		S("GET /hello?q=x HTTP/1.1\r\n" HOST "\r\n") };
	int fd = live_connect(l);
	for (size_t i = 0; i < COUNT(asked); i++) {
		CHECK(live_send(fd, asked[i]));
		str answer = live_receive(l->arena, fd, false);
		CHECK(is_whole_answer(answer, 200));
		CHECK_STR(live_body(answer), "GET 0 x");
	}
	close(fd);
	live_stop(l);
}

static void hurry(struct live *l)
{
	server_deadlines(l->server,
		&(struct deadlines){ .header = 200 * 1000,
			.body = 400 * 1000,
			.body_grace = 10 * INSTANT_SECOND,
			.idle = 400 * 1000,
			.tick = 20 * 1000 });
}

/* Sends one byte every 20 ms; the milliseconds until the server hangs up. */
static int64_t drip(struct live *l, const char *opening, const char *bytes)
{
	int fd = live_connect(l);
	instant began = instant_monotonic();
	bool open = live_send(fd, str_from(opening));
	for (size_t i = 0; open && i < 100; i++) {
		usleep(20 * 1000);
		open = live_send(fd, (str){ &bytes[i % strlen(bytes)], 1 });
	}
	close(fd);
	return open ? INT64_MAX : (instant_monotonic() - began) / 1000;
}

TEST("clients that drip headers or bodies are cut off at their deadline")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	hurry(l);
	CHECK(drip(l, "", "GET /") < 1000);
	CHECK(drip(l, "GET / HTTP/1.1\r\n", "X: y\r\n") < 1000);
	CHECK(drip(l, "POST /form HTTP/1.1\r\n" HOST FORM "Content-Length: 5000\r\n\r\n", "a") <
		1500);
	int fd = live_connect(l);
	CHECK(live_send(fd, S("GET /hello HTTP/1.1\r\n" HOST "\r\n")));
	CHECK_INT(live_status(live_receive(l->arena, fd, false)), 200);
	CHECK(live_closed(fd)); /* idle */
	close(fd);
	CHECK_INT(live_status(live_ask(l->arena, l, "GET /slow HTTP/1.1\r\n" HOST "\r\n")), 303);
	live_stop(l);
}

TEST("one address may not hold every connection")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	int fds[LIMIT_HTTP_CONNECTIONS_PER_ADDRESS + 1];
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = live_connect(l);
		CHECK(fds[i] >= 0);
	}
	int closed = 0, answered = 0;
	for (size_t i = 0; i < COUNT(fds); i++) {
		(void)live_send(fds[i], S("GET /hello HTTP/1.1\r\n" HOST "\r\n"));
		int status = live_status(live_receive(l->arena, fds[i], false));
		answered += status == 200;
		closed += status == 0;
	}
	for (size_t i = 0; i < COUNT(fds); i++)
		close(fds[i]);
	CHECK_INT(closed, 1);
	CHECK_INT(answered, LIMIT_HTTP_CONNECTIONS_PER_ADDRESS);
	live_stop(l);
}

struct client {
	const struct live *live;
	pthread_t thread;
	int requests, good;
	const char *const *paths;
	size_t n_paths;
};

static void *ask_often(void *arg)
{
	struct client *c = arg;
	int fd = live_connect(c->live);
	for (int i = 0; i < c->requests && fd >= 0; i++) {
		ARENA a = arena_new();
		str request = arena_printf(
			a, "GET %s HTTP/1.1\r\n" HOST "\r\n", c->paths[(size_t)i % c->n_paths]);
		if (!live_send(fd, request))
			break;
		str answer = live_receive(a, fd, false);
		c->good += live_status(answer) == 200 || live_status(answer) == 303;
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

static int crowd(
	const struct live *l, int clients, int requests, const char *const *paths, size_t n_paths)
{
	struct client all[64] = { 0 };
	int good = 0;
	for (int i = 0; i < clients; i++) {
		all[i] = (struct client){
			.live = l, .requests = requests, .paths = paths, .n_paths = n_paths
		};
		pthread_create(&all[i].thread, NULL, ask_often, &all[i]);
	}
	for (int i = 0; i < clients; i++) {
		pthread_join(all[i].thread, NULL);
		good += all[i].good;
	}
	return good;
}

TEST("64 clients at once are all answered, from cache, worker and assets")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	static const char *const paths[] = { "/", "/hello", "/long", "/form",
		"/a/portal.0123456789.css", "/hello?q=1" };
	CHECK_INT(crowd(l, 64, 30, paths, COUNT(paths)), 64 * 30);
	live_stop(l);
}

TEST("20,000 requests that are suspended and resumed: none is lost")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	static const char *const paths[] = { "/hello" };
	CHECK_INT(crowd(l, 16, 1250, paths, 1), 16 * 1250);
	live_stop(l);
}

static void *stop_soon(void *arg)
{
	usleep(100 * 1000);
	CHECK(server_stop(((struct live *)arg)->server));
	return NULL;
}

TEST("a server that stops finishes what is under way and takes nothing new")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	pthread_t thread;
	int idle = live_connect(l), fd = live_connect(l);
	pthread_create(&thread, NULL, stop_soon, l);
	CHECK(live_send(fd, S("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
	str answer = live_receive(l->arena, fd, false);
	CHECK_INT(live_status(answer), 303);
	CHECK_STR(live_header(answer, "Connection"), "close");
	pthread_join(thread, NULL);
	CHECK_INT(live_connect(l), -1);
	CHECK(live_closed(idle));
	close(idle);
	close(fd);
	CHECK_INT(server_stats(l->server).connections, 0);
	arena_free(l->arena);
}

/* Asks again and again on one connection, as a browser that stays does. */
static void *stay(void *arg)
{
	struct live *l = arg;
	ARENA a = arena_new();
	int fd = live_connect(l), answers = 0;
	str answer = S("x");
	while (answer.n && !str_eq(live_header(answer, "Connection"), S("close")) &&
		live_send(fd, S("GET / HTTP/1.1\r\n" HOST "\r\n"))) {
		answer = live_receive(a, fd, false);
		answers++;
	}
	CHECK(answers > 1);
	CHECK_STR(live_body(answer), "<p>trang chủ</p>");
	CHECK_STR(live_header(answer, "Connection"), "close");
	close(fd);
	return NULL;
}

TEST("who stays with cached pages is sent away with the last of them: the stop waits for nobody")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	pthread_t threads[3];
	for (size_t i = 0; i < COUNT(threads); i++)
		pthread_create(&threads[i], NULL, stay, l);
	int slow = live_connect(l); /* so that the stop lasts for 300 ms */
	CHECK(live_send(slow, S("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
	usleep(100 * 1000);
	instant before = instant_monotonic();
	CHECK(server_stop(l->server));
	CHECK(instant_monotonic() - before < 2 * INSTANT_SECOND);
	close(slow);
	for (size_t i = 0; i < COUNT(threads); i++)
		pthread_join(threads[i], NULL);
	arena_free(l->arena);
}

TEST("an upload of no announced length is not read past for ever when nobody can take it")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	workers_free(l->server->workers);
	l->server->workers = workers_new(1, 1, handle_step);
	int slow[2], fd = live_connect(l);
	for (size_t i = 0; i < COUNT(slow); i++) {
		slow[i] = live_connect(l);
		CHECK(live_send(slow[i], S("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
		usleep(30 * 1000);
	}
	CHECK(live_send(fd,
		S("POST /upload HTTP/1.1\r\n" HOST "Origin: http://localhost\r\n"
		  "Content-Type: multipart/form-data; boundary=b\r\n"
		  "Transfer-Encoding: chunked\r\n\r\n")));
	str chunk = arena_printf(l->arena, "4000\r\n%16384d\r\n", 0);
	int sent = 0;
	while (sent < 1000 && live_send(fd, chunk))
		sent++;
	CHECK(sent < 1000);
	close(fd);
	for (size_t i = 0; i < COUNT(slow); i++)
		close(slow[i]);
	live_stop(l);
}

TEST("an overloaded server says so at once, with the time to come back")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	workers_free(l->server->workers);
	l->server->workers = workers_new(1, 1, handle_step);
	int fds[5], busy = 0, served = 0;
	for (size_t i = 0; i < COUNT(fds); i++) {
		fds[i] = live_connect(l);
		CHECK(live_send(fds[i], S("GET /slow HTTP/1.1\r\n" HOST "\r\n")));
		usleep(30 * 1000);
	}
	for (size_t i = 0; i < COUNT(fds); i++) {
		str answer = live_receive(l->arena, fds[i], false);
		served += live_status(answer) == 303;
		busy += live_status(answer) == 503 &&
			str_eq(live_header(answer, "Retry-After"), S("5"));
		close(fds[i]);
	}
	CHECK_INT(served, 2);
	CHECK_INT(busy, 3);
	live_stop(l);
}
