/* SPDX-License-Identifier: Apache-2.0 */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <fcntl.h>

#define BACKLOG 1024
#define FIRST_HANDED_OVER 3 /* SD_LISTEN_FDS_START */
#define HANDED_OVER_MOST 8

struct place {
	struct sockaddr_storage address;
	socklen_t n;
};

static bool is_path(str where)
{
	int64_t port;
	return str_has(where, S("/")) ||
		(!str_has(where, S(":")) && !str_to_int(where, 0, INT32_MAX, &port));
}

static err resolve(struct arena *a, str where, struct place *ret)
{
	int64_t number;
	size_t colon = where.n;
	while (colon > 0 && where.p[colon - 1] != ':')
		colon--;
	str host = str_part(where, 0, colon - 1), port = str_from_at(where, colon);
	if (colon == 0)
		return FAIL(a, INVALID,
			"listen " STR_FMT ": a port without an address; write [::]:" STR_FMT,
			STR_ARG(where), STR_ARG(where));
	if (!str_to_int(port, 0, UINT16_MAX, &number))
		return FAIL(a, INVALID, "listen " STR_FMT ": a port is a number from 0 to 65535",
			STR_ARG(where));
	if (str_starts(host, S("[")) && str_ends(host, S("]")))
		host = str_part(host, 1, host.n - 2);
	struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo *found;
	if (str_eq(host, S("localhost")))
		host = S("127.0.0.1");
	if (host.n == 0)
		host = S("::");
	if (getaddrinfo(str_z(a, host), str_z(a, port), &hints, &found) != 0)
		return FAIL(a, INVALID, "listen " STR_FMT ": not an address", STR_ARG(where));
	memcpy(&ret->address, found->ai_addr, found->ai_addrlen);
	ret->n = found->ai_addrlen;
	freeaddrinfo(found);
	return NULL;
}

static bool set_on(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof value) == 0;
}

/* A bound socket, or -1 with errno. */
static int bind_one(const struct place *p, bool shared)
{
	int fd = socket(p->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	bool ready = set_on(fd, SOL_SOCKET, SO_REUSEADDR, 1) &&
		(!shared || set_on(fd, SOL_SOCKET, SO_REUSEPORT, 1)) &&
		set_on(fd, IPPROTO_TCP, TCP_NODELAY, 1) &&
		(p->address.ss_family != AF_INET6 || set_on(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0)) &&
		bind(fd, (const struct sockaddr *)&p->address, p->n) == 0;
	if (ready)
		return fd;
	int saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

/* With SO_REUSEPORT a second server on the same port would start without a word and take half
 * of the requests, so a socket without it tries first. */
static bool is_free(const struct place *p)
{
	int fd = bind_one(p, false);
	if (fd < 0)
		return false;
	bool free_now = listen(fd, 1) == 0;
	close(fd);
	return free_now;
}

static unsigned port_of(const struct place *p)
{
	if (p->address.ss_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)&p->address)->sin6_port);
	return ntohs(((const struct sockaddr_in *)&p->address)->sin_port);
}

/* "[::]" means every address of this machine; where IPv6 is switched off, those of IPv4. */
static void without_ipv6(struct place *p)
{
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&p->address;
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = six->sin6_port };
	if (six->sin6_family != AF_INET6 || !IN6_IS_ADDR_UNSPECIFIED(&six->sin6_addr))
		return;
	int fd = bind_one(p, true);
	bool absent = fd < 0 && (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL);
	if (fd >= 0)
		close(fd);
	if (!absent)
		return;
	memcpy(&p->address, &four, sizeof four);
	p->n = sizeof four;
}

static err failed(struct arena *a, str where)
{
	return FAIL(a, UNAVAILABLE, "listen " STR_FMT ": %s", STR_ARG(where), strerror(errno));
}

static err listen_tcp(struct arena *a, str where, struct listening *l)
{
	struct place p;
	TRY(resolve(a, where, &p));
	without_ipv6(&p);
	if (port_of(&p) != 0 && !is_free(&p))
		return failed(a, where);
	for (int i = 0; i < l->n; i++) {
		l->fds[i] = bind_one(&p, true);
		/* The port that the first one got is the port of all. */
		if (l->fds[i] < 0 || listen(l->fds[i], BACKLOG) != 0 ||
			getsockname(l->fds[i], (struct sockaddr *)&p.address, &p.n) != 0)
			return failed(a, where);
	}
	str host = where;
	while (host.n > 0 && host.p[host.n - 1] != ':')
		host.n--;
	host.n -= host.n > 0;
	if (host.n == 0 || str_eq(host, S("[::]")) || str_eq(host, S("0.0.0.0")))
		host = S("localhost");
	l->address = arena_printf(a, "http://" STR_FMT ":%u", STR_ARG(host), port_of(&p));
	return NULL;
}

/* A socket file that nobody answers on is left over from a crash. */
static void remove_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct stat info;
	if (fd < 0)
		return;
	if (lstat(address->sun_path, &info) == 0 && S_ISSOCK(info.st_mode) &&
		connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
		errno == ECONNREFUSED)
		(void)unlink(address->sun_path);
	close(fd);
}

/* Every loop closes a copy of its own of the first n. */
static err copy_rest(struct arena *a, struct listening *l, int n)
{
	for (int i = n; i < l->n; i++) {
		l->fds[i] = fcntl(l->fds[i % n], F_DUPFD_CLOEXEC, 0);
		if (l->fds[i] < 0)
			return failed(a, l->address);
	}
	return NULL;
}

static err listen_unix(struct arena *a, str path, struct listening *l)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (path.n >= sizeof address.sun_path)
		return FAIL(a, INVALID, "the path of the socket is too long");
	memcpy(address.sun_path, path.p, path.n);
	remove_stale(&address);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	l->fds[0] = fd;
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
		return failed(a, path);
	l->made = path;
	/* Nobody can connect before listen, so the mode is right from the first moment. */
	if (chmod(address.sun_path, 0660) != 0 || listen(fd, BACKLOG) != 0)
		return failed(a, path);
	l->address = arena_printf(a, "unix:" STR_FMT, STR_ARG(path));
	return copy_rest(a, l, 1);
}

/* The protocol of sd_listen_fds(3), which needs no library. How many; 0 when none was meant for
 * this process. */
static int handed_over(void)
{
	int64_t pid, n;
	if (!str_to_int(str_from(getenv("LISTEN_PID")), 1, INT32_MAX, &pid) || pid != getpid() ||
		!str_to_int(str_from(getenv("LISTEN_FDS")), 1, INT16_MAX, &n))
		return 0;
	return (int)n;
}

static err take_over(struct arena *a, int fd)
{
	int flags = fcntl(fd, F_GETFL), listening = 0;
	socklen_t n = sizeof listening;
	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) != 0 || !listening)
		return FAIL(a, INVALID, "systemd hands over %d, which is no listening socket", fd);
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
		fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
		return FAIL(a, UNAVAILABLE, "socket from systemd: %s", strerror(errno));
	(void)set_on(fd, IPPROTO_TCP, TCP_NODELAY, 1); /* refused by unix sockets: nothing lost */
	return NULL;
}

/* loops each, for several: a loop has one socket. */
static err listen_handed_over(struct arena *a, int given, struct listening *l)
{
	for (int i = 0; i < given; i++) {
		TRY(take_over(a, FIRST_HANDED_OVER + i));
		l->fds[i] = FIRST_HANDED_OVER + i;
	}
	/* A second server in this process, and its children, must not take them again. */
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	l->address = given == 1 ? S("the socket of systemd")
				: arena_printf(a, "the %d sockets of systemd", given);
	return copy_rest(a, l, given);
}

err listen_open(struct arena *a, str where, int loops, struct listening *ret)
{
	int given = handed_over();
	if (given > HANDED_OVER_MOST)
		return FAIL(a, INVALID, "systemd hands over %d sockets; at most %d are served",
			given, HANDED_OVER_MOST);
	struct listening l = { .n = given ? given * loops : loops, .made = S("") };
	l.fds = arena_array(a, int, (size_t)l.n);
	memset(l.fds, -1, (size_t)l.n * sizeof *l.fds);
	err e = given            ? listen_handed_over(a, given, &l)
		: is_path(where) ? listen_unix(a, where, &l)
				 : listen_tcp(a, where, &l);
	if (e)
		listen_close(&l);
	else
		*ret = l;
	return e;
}

void listen_forget(struct listening *l)
{
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)] = { 0 };
	if (!l->made.n)
		return;
	memcpy(path, l->made.p, l->made.n);
	(void)unlink(path);
	l->made = S("");
}

bool listen_is_unix(const struct listening *l)
{
	for (int i = 0; i < l->n; i++) {
		struct sockaddr_storage at = { 0 };
		socklen_t size = sizeof at;
		if (getsockname(l->fds[i], (struct sockaddr *)&at, &size) == 0 &&
			at.ss_family == AF_UNIX)
			return true;
	}
	return false;
}

void listen_close(struct listening *l)
{
	for (int i = 0; i < l->n; i++)
		if (l->fds[i] >= 0)
			close(l->fds[i]);
	l->n = 0;
	listen_forget(l);
}
