/* SPDX-License-Identifier: Apache-2.0 */
/* Starting and stopping: one libmicrohttpd daemon a loop, each with its own listening socket and
 * no thread pool of its own (measured: half the tail latency of a shared listener). */
#include "http/assets.h"
#include "http/opening.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define FILES_KEPT 256 /* descriptors that are not connections: database, uploads, files */
#define THREAD_STACK (256 * KIB)
#define WORKERS_UNASKED 32 /* PostgreSQL's usual 100 connections are enough for them */
/* What libmicrohttpd has for one connection: the headers at their limit, what it notes about each
 * line, the head of the answer. It zeroes all of it between two requests of a connection, so more
 * would be resident memory, not only addresses. */
#define POOL (2 * LIMIT_HTTP_HEADERS)

/* --- connections, told by libmicrohttpd ------------------------------------ */

static void print_address(const struct sockaddr *NULLABLE a, char *out, size_t n)
{
	const void *bytes = NULL;
	if (a && a->sa_family == AF_INET)
		bytes = &((const struct sockaddr_in *)a)->sin_addr;
	else if (a && a->sa_family == AF_INET6)
		bytes = &((const struct sockaddr_in6 *)a)->sin6_addr;
	int family = bytes ? a->sa_family : AF_UNSPEC;
	/* Whoever comes by IPv4 to a socket of both kinds is known by that address. */
	if (family == AF_INET6 && IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)bytes)) {
		bytes = (const char *)bytes + 12;
		family = AF_INET;
	}
	if (!bytes || !inet_ntop(family, bytes, out, (socklen_t)n))
		out[0] = 0;
}

static void open_connection(struct loop *loop, struct MHD_Connection *mhd, void **context)
{
	struct server *s = loop->server;
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	const struct sockaddr *peer =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	c->loop = loop;
	c->mhd = mhd;
	c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	c->address = address_of(peer);
	print_address(peer, c->peer, sizeof c->peer);
	stage_set(c, STAGE_HEADERS);
	/* Behind a proxy every connection is the proxy's. */
	c->counted = s->config.trusted_proxy.n == 0 &&
		rates_connect(s->rates, c->address, instant_monotonic());
	if (!c->counted && s->config.trusted_proxy.n == 0) {
		atomic_fetch_add(&s->refused, 1);
		shutdown(c->fd, SHUT_RDWR);
	}
	atomic_fetch_add(&s->connections, 1);
	pthread_mutex_lock(&loop->lock);
	c->next = loop->connections;
	if (c->next)
		c->next->previous = c;
	loop->connections = c;
	pthread_mutex_unlock(&loop->lock);
	*context = c;
}

static void close_connection(struct loop *loop, struct connection *c)
{
	pthread_mutex_lock(&loop->lock);
	*(c->previous ? &c->previous->next : &loop->connections) = c->next;
	if (c->next)
		c->next->previous = c->previous;
	pthread_mutex_unlock(&loop->lock);
	atomic_fetch_sub(&loop->server->connections, 1);
	if (c->counted)
		rates_disconnect(loop->server->rates, c->address);
	free(c->target);
	free(c);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		open_connection(cls, mhd, context);
	else
		close_connection(cls, *context);
}

/* libmicrohttpd copies and parses the first Cookie header by itself, which nothing can switch off:
 * a long one would leave no memory for the answer, and one that ends in an open quote is refused
 * without a page of ours [0.9.75]. So the first it finds is this one, put before all others. */
static void leave_cookies(struct MHD_Connection *mhd)
{
	MHD_set_connection_value_n(mhd, MHD_HEADER_KIND, no_cookie, strlen(no_cookie), "", 0);
}

/* The request line has come. This is the only place where the address is still as it was sent. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
	(void)cls;
	struct connection *c =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	size_t n = strlen(target);
	if (n > c->target_room || !c->target) {
		free(c->target);
		c->target = malloc(n + 1);
		if (!c->target)
			abort();
		c->target_room = n;
	}
	memcpy(c->target, target, n);
	c->target_n = n;
	leave_cookies(mhd);
	c->began = instant_monotonic();
	stage_set(c, STAGE_HEADERS);
	return c;
}

static void on_completed(
	void *cls, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode code)
{
	struct connection *c = *state;
	(void)cls, (void)mhd, (void)code;
	if (!c)
		return;
	exchange_end(c);
	stage_set(c, STAGE_IDLE);
}

/* Decoding is ours: libmicrohttpd's is lenient. */
static size_t leave_encoded(void *cls, struct MHD_Connection *mhd, char *s)
{
	(void)cls, (void)mhd;
	return strlen(s);
}

/* --- start ------------------------------------------------------------------ */

/* Connections a loop may hold, by what the system allows. */
static unsigned connection_limit(int loops)
{
	struct rlimit files;
	rlim_t most = LIMIT_HTTP_CONNECTIONS;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
		rlim_t room = files.rlim_max > 2 * FILES_KEPT ? files.rlim_max - FILES_KEPT
							      : files.rlim_max / 2;
		most = room < most ? room : most;
	}
	return (unsigned)(most / (rlim_t)loops + 1);
}

/* Without MHD_OPTION_STRICT_FOR_CLIENT: what it refuses the guard refuses too, with a page of ours,
 * while the library's own refusals have their headers sent twice [0.9.75]. */
static struct MHD_Daemon *NULLABLE start_daemon(struct loop *loop)
{
	struct server *s = loop->server;
	/* clang-format off */
	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0,
		NULL, NULL, exchange_run, loop,
		MHD_OPTION_LISTEN_SOCKET, loop->fd,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
		MHD_OPTION_CONNECTION_LIMIT, connection_limit(s->n_loops),
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_HTTP_IDLE_SECONDS,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, loop,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, loop,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, loop,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
		MHD_OPTION_THREAD_STACK_SIZE, (size_t)THREAD_STACK,
		MHD_OPTION_END);
	/* clang-format on */
}

static bool start_threads(struct server *s)
{
	if (!sweeper_start(s))
		return false;
	for (int i = 0; i < s->n_loops; i++) {
		s->loops[i].daemon = start_daemon(&s->loops[i]);
		if (!s->loops[i].daemon)
			return false;
	}
	return true;
}

int server_loops(int configured)
{
	return configured > 0 ? configured : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

/* More than there are cores, since a worker that writes sleeps until the disk has it: the more of
 * them wait, the more share one commit. But each costs connections to the database, and memory. */
int server_workers(int configured)
{
	int by_cores = 6 * (int)sysconf(_SC_NPROCESSORS_ONLN);

	if (configured > 0)
		return configured;
	return by_cores < WORKERS_UNASKED ? by_cores : WORKERS_UNASKED;
}

static err open_loops(struct arena *a, struct server *s)
{
	if (s->config.listening)
		s->listening = *s->config.listening;
	else
		TRY(listen_open(a, s->config.listen, server_loops(s->config.loops), &s->listening));
	s->n_loops = s->listening.n;
	s->loops = arena_array(a, struct loop, (size_t)s->n_loops);
	for (int i = 0; i < s->n_loops; i++) {
		s->loops[i] = (struct loop){ .server = s, .fd = s->listening.fds[i] };
		pthread_mutex_init(&s->loops[i].lock, NULL);
	}
	return NULL;
}

static err check_config(struct arena *a, const struct server_config *c)
{
	int n = 0;
	while (c->languages[n])
		n++;
	if (n == 0 || n > LANGUAGES_MOST)
		return FAIL(a, INTERNAL, "%d languages", n);
	return NULL;
}

err server_start(struct arena *a, const struct server_config *c, struct server **ret)
{
	struct server *s = arena_make(a, struct server);
	TRY(check_config(a, c));
	s->config = *c;
	while (c->languages[s->n_languages])
		s->n_languages++;
	s->deadlines = (struct deadlines){
		.header = LIMIT_HTTP_HEADER_SECONDS * INSTANT_SECOND,
		.body = LIMIT_HTTP_BODY_SECONDS * INSTANT_SECOND,
		.body_grace = LIMIT_HTTP_BODY_GRACE_SECONDS * INSTANT_SECOND,
		.idle = LIMIT_HTTP_IDLE_SECONDS * INSTANT_SECOND,
		.tick = INSTANT_SECOND,
	};
	TRY(router_new(a, c->tables, &s->router));
	TRY(open_loops(a, s));
	/* A client that goes away in the middle of a file is an error code, not a signal. */
	signal(SIGPIPE, SIG_IGN);
	s->rates = rates_new();
	s->cache = cache_new(LIMIT_HTTP_CACHE);
	s->assets = assets_new(a);
	refusals_make(s);
	s->workers = workers_new(server_workers(c->workers), LIMIT_HTTP_QUEUE, handle_step);
	/* Signals belong to the main thread. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool started = s->workers && start_threads(s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!started)
		return FAIL(a, UNAVAILABLE, "threads: %s", strerror(errno));
	*ret = s;
	return NULL;
}

str server_address(const struct server *s, struct arena *a)
{
	return str_copy(a, s->listening.address);
}

void server_content_version(struct server *s, int64_t version)
{
	atomic_store(&s->version, version);
}

struct server_stats server_stats(const struct server *s)
{
	return (struct server_stats){
		.connections = atomic_load(&s->connections),
		.requests = atomic_load(&s->requests),
		.refused = atomic_load(&s->refused),
		.cached = atomic_load(&s->cached),
		.queue = s->workers ? (int64_t)workers_waiting(s->workers) : 0,
	};
}

/* --- stop ------------------------------------------------------------------- */

static bool wait_for_requests(struct server *s, instant patience)
{
	instant until = instant_monotonic() + patience;
	const struct timespec moment = { .tv_nsec = 5 * 1000 * 1000 };
	while (atomic_load(&s->under_way) > 0 && instant_monotonic() < until)
		nanosleep(&moment, NULL);
	return atomic_load(&s->under_way) == 0;
}

bool server_stop(struct server *s)
{
	atomic_store(&s->stopping, true);
	for (int i = 0; i < s->n_loops; i++) {
		MHD_socket fd = MHD_quiesce_daemon(s->loops[i].daemon);
		if (fd != MHD_INVALID_SOCKET)
			close(fd);
	}
	listen_forget(&s->listening);
	if (!wait_for_requests(s, LIMIT_HTTP_STOP_SECONDS * INSTANT_SECOND))
		sweeper_cut(s);
	/* libmicrohttpd cannot be stopped while a connection is suspended. When a handler hangs,
	 * everything stays as it is for the end of the process. */
	if (!wait_for_requests(s, INSTANT_SECOND))
		return false;
	for (int i = 0; i < s->n_loops; i++)
		MHD_stop_daemon(s->loops[i].daemon);
	sweeper_stop(s);
	workers_free(s->workers);
	s->workers = NULL;
	refusals_free(s);
	assets_free(s->assets);
	cache_free(s->cache);
	rates_free(s->rates);
	for (int i = 0; i < s->n_loops; i++)
		pthread_mutex_destroy(&s->loops[i].lock);
	return true;
}
