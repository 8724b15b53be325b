/* SPDX-License-Identifier: Apache-2.0 */
/* Where a server listens, and who is seen to come there. */
#include "tests/live.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define HOST "Host: localhost\r\n"

static int connect_to(const void *address, socklen_t n, int family)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, address, n) == 0)
		return fd;
	close(fd);
	return -1;
}

TEST("one socket serves IPv4 and IPv6")
{
	struct live *l = live_start("[::]:0");
	REQUIRE(l);
	struct sockaddr_in6 to = { .sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)l->port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int fd = connect_to(&to, sizeof to, AF_INET6);
	if (fd >= 0) {
		CHECK(live_send(fd, S("GET /hello HTTP/1.1\r\nHost: [::1]\r\n\r\n")));
		CHECK_INT(live_status(live_receive(l->arena, fd, false)), 200);
		close(fd);
	}
	CHECK_INT(live_status(live_ask(l->arena, l, "GET /hello HTTP/1.1\r\n" HOST "\r\n")), 200);
	live_stop(l);
}

TEST("a unix socket is for its group, and a stale one is replaced")
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	snprintf(to.sun_path, sizeof to.sun_path, "%s/s", tap_folder());
	int stale = socket(AF_UNIX, SOCK_STREAM, 0);
	CHECK(bind(stale, (struct sockaddr *)&to, sizeof to) == 0);
	close(stale);
	struct live *l = live_start(to.sun_path);
	REQUIRE(l);
	struct stat info;
	CHECK(stat(to.sun_path, &info) == 0 && (info.st_mode & 0777) == 0660);
	int fd = connect_to(&to, sizeof to, AF_UNIX);
	REQUIRE(fd >= 0);
	for (int i = 0; i < 5; i++) {
		CHECK(live_send(fd, S("GET /often HTTP/1.1\r\n" HOST "\r\n")));
		CHECK_INT(live_status(live_receive(l->arena, fd, false)), 200);
	}
	close(fd);
	live_stop(l);
	CHECK(access(to.sun_path, F_OK) != 0);
}

static int bound(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(bind(fd, (struct sockaddr *)&any, sizeof any) == 0 && listen(fd, 5) == 0);
	return fd;
}

/* As systemd does it: they lie from 3 on. What was there is put into kept. */
static void hand_over(struct arena *a, int n, int *kept)
{
	for (int i = 0; i < n; i++) {
		int fd = bound();
		kept[i] = dup(3 + i);
		CHECK(dup2(fd, 3 + i) == 3 + i);
		if (fd != 3 + i)
			close(fd);
	}
	setenv("LISTEN_FDS", arena_printf(a, "%d", n).p, 1);
	setenv("LISTEN_PID", arena_printf(a, "%d", (int)getpid()).p, 1);
}

static void take_back(int n, const int *kept)
{
	for (int i = 0; i < n; i++)
		if (kept[i] >= 0) {
			dup2(kept[i], 3 + i);
			close(kept[i]);
		}
}

static bool is_listening(int fd)
{
	int listening = 0;
	socklen_t n = sizeof listening;
	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) == 0 && listening;
}

TEST("a socket that systemd hands over is used instead of the address, and its file is left")
{
	ARENA a = arena_new();
	struct listening l;
	int kept[1];
	const char *file = str_z(a, arena_printf(a, "%s/s", tap_folder()));
	close(creat(file, 0600));
	hand_over(a, 1, kept);
	CHECK(!listen_open(a, str_from(file), 2, &l));
	CHECK_INT(l.n, 2);
	CHECK_INT(l.fds[0], 3);
	CHECK(is_listening(l.fds[1]));
	CHECK(!getenv("LISTEN_FDS"));
	listen_close(&l);
	CHECK(access(file, F_OK) == 0);
	take_back(1, kept);
	err e = listen_open(a, S("not:an address"), 1, &l);
	CHECK(e && e->kind == ERR_INVALID);
}

TEST("each of several sockets that systemd hands over has loops; too many are refused with words")
{
	ARENA a = arena_new();
	struct listening l;
	int kept[9];
	hand_over(a, 2, kept);
	CHECK(!listen_open(a, S("not:an address"), 2, &l));
	CHECK_INT(l.n, 4);
	for (int i = 0; i < l.n; i++)
		CHECK(is_listening(l.fds[i]));
	listen_close(&l);
	take_back(2, kept);
	setenv("LISTEN_FDS", "9", 1);
	setenv("LISTEN_PID", arena_printf(a, "%d", (int)getpid()).p, 1);
	err e = listen_open(a, S("not:an address"), 2, &l);
	CHECK(e && str_has(e->detail, S("9 sockets")));
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_PID");
}

TEST("an address is an address with a port up to 65535, or the path of a socket")
{
	static const struct {
		const char *where, *why;
	} refused[] = {
		{ "127.0.0.1:99999", "a port is a number from 0 to 65535" },
		{ "127.0.0.1:-1", "a port is a number from 0 to 65535" },
		{ "127.0.0.1:http", "a port is a number from 0 to 65535" },
		{ "127.0.0.1:", "a port is a number from 0 to 65535" },
		{ "8080", "write [::]:8080" },
		{ "example:80", "not an address" },
		{ "no/such/folder/s", "No such file" },
	};
	ARENA a = arena_new();
	struct listening l;
	for (size_t i = 0; i < COUNT(refused); i++) {
		err e = listen_open(a, str_from(refused[i].where), 1, &l);
		if (!CHECK(e && str_has(e->detail, str_from(refused[i].why))))
			printf("# %s: " STR_FMT "\n", refused[i].where,
				STR_ARG(e ? e->detail : S("taken")));
	}
	REQUIRE(chdir(tap_folder()) == 0);
	static const char *const paths[] = { "motcua.sock", "./a:b", "s/../s2" };
	REQUIRE(mkdir("s", 0700) == 0);
	for (size_t i = 0; i < COUNT(paths); i++) {
		CHECK(!listen_open(a, str_from(paths[i]), 1, &l));
		CHECK(access(paths[i], F_OK) == 0);
		listen_close(&l);
		CHECK(access(paths[i], F_OK) != 0);
	}
	REQUIRE(chdir("/") == 0);
}

static err show_peer(struct req *r) { return reply_html(r, 200, r->peer); }
static const struct route peer_routes[] = {
	{ "GET", "/peer", show_peer, .guard = 1, .rate = RATE_NONE },
	{ 0 },
};
static const struct route *const peer_tables[] = { peer_routes, NULL };
static void show_peers(struct server_config *c) { c->tables = peer_tables; }

TEST("who comes by IPv4 to a socket of both kinds is known by the IPv4 address")
{
	struct live *l = live_start_with("[::]:0", show_peers);
	REQUIRE(l);
	CHECK_STR(live_body(live_ask(l->arena, l, "GET /peer HTTP/1.1\r\n" HOST "\r\n")),
		"127.0.0.1");
	live_stop(l);
}

TEST("a second server on the same port is refused, not given half of the requests")
{
	struct live *l = live_start("127.0.0.1:0");
	REQUIRE(l);
	struct server_config config = l->config;
	str where = arena_printf(l->arena, "127.0.0.1:%d", l->port);
	config.listen = where;
	struct server *second;
	err e = server_start(l->arena, &config, &second);
	CHECK(e && e->kind == ERR_UNAVAILABLE);
	live_stop(l);
}
