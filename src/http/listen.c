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

struct place {
	struct sockaddr_storage address;
	socklen_t n;
};

static err resolve(struct arena *a, str where, struct place *ret)
{
	size_t colon = where.n;
	while (colon > 0 && where.p[colon - 1] != ':')
		colon--;
	if (colon == 0)
		return FAIL(a, INVALID, "listen address " STR_FMT " has no port", STR_ARG(where));
	str host = str_part(where, 0, colon - 1), port = str_from_at(where, colon);
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
		return FAIL(a, INVALID, "listen address " STR_FMT, STR_ARG(where));
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

static err listen_tcp(struct arena *a, str where, int *fds, int n, str *ret_address)
{
	struct place p;
	TRY(resolve(a, where, &p));
	if (port_of(&p) != 0 && !is_free(&p))
		return FAIL(
			a, UNAVAILABLE, "listen " STR_FMT ": %s", STR_ARG(where), strerror(errno));
	for (int i = 0; i < n; i++) {
		fds[i] = bind_one(&p, true);
		/* The port that the first one got is the port of all. */
		if (fds[i] >= 0 &&
			(listen(fds[i], BACKLOG) != 0 ||
				getsockname(fds[i], (struct sockaddr *)&p.address, &p.n) != 0)) {
			close(fds[i]);
			fds[i] = -1;
		}
		if (fds[i] >= 0)
			continue;
		err e = FAIL(
			a, UNAVAILABLE, "listen " STR_FMT ": %s", STR_ARG(where), strerror(errno));
		while (i-- > 0)
			close(fds[i]);
		return e;
	}
	str host = str_part(where, 0, where.n);
	while (host.n > 0 && host.p[host.n - 1] != ':')
		host.n--;
	host.n -= host.n > 0;
	if (host.n == 0 || str_eq(host, S("[::]")) || str_eq(host, S("0.0.0.0")))
		host = S("localhost");
	*ret_address = arena_printf(a, "http://" STR_FMT ":%u", STR_ARG(host), port_of(&p));
	return NULL;
}

/* Every loop closes its own copy. */
static err copies(struct arena *a, int fd, int *fds, int n)
{
	fds[0] = fd;
	for (int i = 1; i < n; i++) {
		fds[i] = fcntl(fd, F_DUPFD_CLOEXEC, 0);
		if (fds[i] >= 0)
			continue;
		err e = FAIL(a, UNAVAILABLE, "listening socket: %s", strerror(errno));
		while (i-- > 0)
			close(fds[i]);
		return e;
	}
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

static err listen_unix(struct arena *a, str path, int *fds, int n, str *ret_address)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (path.n >= sizeof address.sun_path)
		return FAIL(a, INVALID, "the path of the socket is too long");
	memcpy(address.sun_path, path.p, path.n);
	remove_stale(&address);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* Nobody can connect before listen, so the mode is right from the first moment. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
		chmod(address.sun_path, 0660) != 0 || listen(fd, BACKLOG) != 0) {
		err e = FAIL(
			a, UNAVAILABLE, "listen " STR_FMT ": %s", STR_ARG(path), strerror(errno));
		if (fd >= 0)
			close(fd);
		return e;
	}
	*ret_address = arena_printf(a, "unix:" STR_FMT, STR_ARG(path));
	return copies(a, fd, fds, n);
}

/* The protocol of sd_listen_fds(3), which needs no library. */
static bool handed_over(void)
{
	int64_t pid, n;
	return str_to_int(str_from(getenv("LISTEN_PID")), 1, INT32_MAX, &pid) && pid == getpid() &&
		str_to_int(str_from(getenv("LISTEN_FDS")), 1, 64, &n);
}

static err listen_handed_over(struct arena *a, int *fds, int n, str *ret_address)
{
	int fd = FIRST_HANDED_OVER;
	int flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
		fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
		return FAIL(a, UNAVAILABLE, "socket from systemd: %s", strerror(errno));
	/* A second server in this process, and its children, must not take it again. */
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	(void)set_on(fd, IPPROTO_TCP, TCP_NODELAY, 1); /* refused by unix sockets: nothing lost */
	*ret_address = S("the socket of systemd");
	return copies(a, fd, fds, n);
}

err listen_open(struct arena *a, str where, int *fds, int n, str *ret_address)
{
	if (handed_over())
		return listen_handed_over(a, fds, n, ret_address);
	if (str_starts(where, S("/")))
		return listen_unix(a, where, fds, n, ret_address);
	return listen_tcp(a, where, fds, n, ret_address);
}
