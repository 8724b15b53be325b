/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/live.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static const unsigned char asset_bytes[] = "body{color:#000}";
/* Weak: tests of pages bring the assets of web/. */
__attribute__((weak)) const struct asset assets[] = {
	{ "portal.css", "/a/portal.0123456789.css", "text/css", asset_bytes, sizeof asset_bytes - 1,
		NULL, 0 },
	{ 0 },
};

static atomic_int turns_over;
static void count_turn(void *unused) { atomic_fetch_add(&turns_over, 1); }
int live_turns(void) { return atomic_load(&turns_over); }

/* --- handlers --------------------------------------------------------------- */

static err home(struct req *r) { return reply_html(r, 200, S("<p>trang chủ</p>")); }

static err long_page(struct req *r)
{
	struct buf b = buf_in(r->arena, LIMIT_PAGE);
	for (int i = 0; i < 1000; i++)
		buf_add(&b, S("<p></p>"));
	return reply_html(r, 200, buf_str(&b));
}

static err huge_page(struct req *r)
{
	size_t n = 512 * KIB;
	return reply_html(r, 200, (str){ arena_bytes(r->arena, n, 1), n });
}

static err fresh(struct req *r)
{
	static atomic_int n;
	return reply_html(r, 200, arena_printf(r->arena, "%d", atomic_fetch_add(&n, 1)));
}

static err hello(struct req *r)
{
	return reply_html(r, 200,
		arena_printf(r->arena, STR_FMT " %d " STR_FMT, STR_ARG(r->method), r->language,
			STR_ARG(req_query(r, S("q")))));
}

static err form(struct req *r) { return reply_html(r, 200, req_csrf(r)); }

static err form_sent(struct req *r)
{
	reply_cookie(r, S("phien"), S("abc"), 60);
	return reply_html(r, 200, req_field(r, S("a")));
}

static err uploaded(struct req *r)
{
	const struct upload *u = req_upload(r, S("tep"), 0);
	return reply_html(r, 200,
		arena_printf(r->arena, "%zu %lld", r->uploads.n, (long long)(u ? u->size : 0)));
}

static err slow(struct req *r)
{
	usleep(300 * 1000);
	return reply_redirect(r, S("/hello"));
}

static err file(struct req *r)
{
	FILE *f = tmpfile();
	fputs("noi dung", f);
	fflush(f);
	err e = reply_file(r, fileno(f), 8, S("application/pdf"), S("giấy khai sinh.pdf"), true);
	fclose(f);
	return e;
}

static err large(struct req *r)
{
	struct buf b = buf_in(r->arena, 8 * MIB);
	while (b.n < 8 * MIB)
		buf_add(&b, S("0123456789abcdef"));
	arena_defer(r->arena, count_turn, NULL);
	return reply_download(r, buf_str(&b), S("application/pdf"), S("a.pdf"), false);
}

static err broken(struct req *r)
{
	reply_header(r, "X-Half", S("yes"));
	(void)reply_html(r, 200, S("half"));
	return FAIL(r->arena, CONFLICT, "no");
}

static const struct route routes_[] = {
	{ "GET", "/", home, .guard = 1, .cached = true },
	{ "GET", "/long", long_page, .guard = 1, .cached = true },
	{ "GET", "/huge", huge_page, .guard = 1, .cached = true },
	{ "GET", "/fresh", fresh, .guard = 1, .cached = true, .fresh = 1 },
	{ "GET", "/hello", hello, .guard = 1, .rate = RATE_NONE },
	{ "GET", "/form", form, .guard = 1, .rate = RATE_NONE },
	{ "POST", "/form", form_sent, .guard = 1, .rate = RATE_NONE },
	{ "POST", "/upload", uploaded, .guard = 1, .uploads = true, .rate = RATE_NONE },
	{ "POST", "/members", uploaded, .guard = 2, .uploads = true, .rate = RATE_NONE },
	{ "GET", "/slow", slow, .guard = 1, .rate = RATE_NONE },
	{ "GET", "/file", file, .guard = 1, .rate = RATE_NONE },
	{ "GET", "/large", large, .guard = 1, .rate = RATE_NONE },
	{ "GET", "/often", hello, .guard = 1, .rate = RATE_SEND_CODE },
	{ "GET", "/broken", broken, .guard = 1 },
	{ 0 },
};
static const struct route *const tables[] = { routes_, NULL };
static const char *const languages[] = { "vi", "en", NULL };

static err admit(struct req *r)
{
	return r->route->guard == 1 ? NULL : FAIL(r->arena, UNAUTHENTICATED, "members only");
}

static void error_page(struct req *r, err e)
{
	arena_defer(r->arena, count_turn, NULL);
	(void)reply_html(r, err_status(e), arena_printf(r->arena, "<h1>%s</h1>", err_name(e)));
}

/* --- a sink: files in the test's own folder ------------------------------------ */

struct stored {
	char path[512];
	int fd;
	int64_t size;
};

static void stored_drop(void *arg)
{
	struct stored *s = arg;
	close(s->fd);
	unlink(s->path);
}

static void *stored_begin(void *store, struct arena *a)
{
	struct stored *s = arena_make(a, struct stored);
	(void)store;
	snprintf(s->path, sizeof s->path, "%s/upload-XXXXXX", tap_folder());
	s->fd = mkstemp(s->path);
	if (s->fd < 0)
		return NULL;
	arena_defer(a, stored_drop, s);
	return s;
}

static bool stored_write(void *file_, const char *p, size_t n)
{
	struct stored *s = file_;
	s->size += (int64_t)n;
	return write(s->fd, p, n) == (ssize_t)n;
}

static bool stored_end(void *file_, struct upload *u)
{
	struct stored *s = file_;
	u->size = s->size;
	u->path = str_from(s->path);
	u->sha256 = S("");
	return true;
}

int live_leftovers(void)
{
	int n = 0;
	DIR *d = opendir(tap_folder());
	struct dirent *entry;
	while (d && (entry = readdir(d)))
		n += strncmp(entry->d_name, "upload-", 7) == 0;
	if (d)
		closedir(d);
	return n;
}

/* --- starting and stopping ------------------------------------------------------ */

struct live *NULLABLE live_start_with(const char *where, void (*change)(struct server_config *c))
{
	struct arena *a = arena_new();
	struct live *l = arena_make(a, struct live);
	crypto_init();
	tap_folder();
	l->arena = a;
	l->config = (struct server_config){ .listen = str_from(where),
		.loops = 2,
		.workers = 4,
		.tables = tables,
		.languages = languages,
		.key = { 1, 2, 3 },
		.trusted_proxy = S(""),
		.upload_file_most = 4 * MIB,
		.sink = { stored_begin, stored_write, stored_end, NULL },
		.admit = admit,
		.error_page = error_page };
	if (change)
		change(&l->config);
	err e = server_start(a, &l->config, &l->server);
	if (!CHECK(!e)) {
		printf("# " STR_FMT "\n", STR_ARG(e->detail));
		arena_free(a);
		return NULL;
	}
	str address = server_address(l->server, a);
	size_t colon = address.n;
	while (colon > 0 && address.p[colon - 1] != ':')
		colon--;
	int64_t port = 0;
	(void)str_to_int(str_from_at(address, colon), 1, 65535, &port);
	l->port = (int)port;
	return l;
}

struct live *NULLABLE live_start(const char *where) { return live_start_with(where, NULL); }

void live_stop(struct live *l)
{
	CHECK(server_stop(l->server));
	CHECK_INT(server_stats(l->server).connections, 0);
	arena_free(l->arena);
}

/* --- the client ------------------------------------------------------------------ */

int live_connect(const struct live *l)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)l->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

bool live_send(int fd, str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes = str_from_at(bytes, (size_t)n);
	}
	return true;
}

static bool readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	return poll(&p, 1, 5000) == 1;
}

static bool complete(str answer, bool head)
{
	size_t end = str_find(answer, S("\r\n\r\n"));
	int64_t length = 0;
	if (end == answer.n)
		return false;
	(void)str_to_int(live_header(answer, "Content-Length"), 0, INT32_MAX, &length);
	if (head || live_status(answer) == 304 || live_status(answer) == 100)
		length = 0;
	return answer.n >= end + 4 + (size_t)length;
}

str live_receive(struct arena *a, int fd, bool head)
{
	struct buf b = buf_in(a, 16 * MIB);
	char piece[4096];
	while (!complete(buf_str(&b), head) && readable(fd)) {
		/* One byte at a time up to the end of the headers would be exact; answers are
		 * read one after another here, so taking more never takes from the next. */
		ssize_t n = recv(fd, piece, sizeof piece, 0);
		if (n <= 0)
			break;
		buf_add(&b, (str){ piece, (size_t)n });
	}
	return buf_str(&b);
}

bool live_closed(int fd)
{
	char piece[4096];
	while (readable(fd))
		if (recv(fd, piece, sizeof piece, 0) <= 0)
			return true;
	return false;
}

str live_ask(struct arena *a, const struct live *l, const char *request)
{
	int fd = live_connect(l);
	str answer = S("");
	if (CHECK(fd >= 0) && CHECK(live_send(fd, str_from(request))))
		answer = live_receive(a, fd, strncmp(request, "HEAD", 4) == 0);
	if (fd >= 0)
		close(fd);
	return answer;
}

int live_status(str answer)
{
	int64_t status = 0;
	(void)str_to_int(str_part(answer, 9, 3), 100, 599, &status);
	return (int)status;
}

str live_header(str answer, const char *name)
{
	str headers = str_part(answer, 0, str_find(answer, S("\r\n\r\n")));
	while (headers.n > 0) {
		size_t end = str_find(headers, S("\r\n"));
		str line = str_part(headers, 0, end), label, value;
		headers = str_from_at(headers, end + 2);
		if (str_cut(line, ':', &label, &value) && str_eq_nocase(label, str_from(name)))
			return str_trim(value);
	}
	return S("");
}

str live_body(str answer) { return str_from_at(answer, str_find(answer, S("\r\n\r\n")) + 4); }
