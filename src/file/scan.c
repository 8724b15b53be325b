/* SPDX-License-Identifier: Apache-2.0 */
#include "file/scan.h"

#include <errno.h>
#include <netdb.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "file/file.sql.h"
#include "file/store.h"

#define PIECE (64 * KIB)
#define ANSWER_MOST 1024 /* bytes: a name of what was found is short */
#define CONNECT_SECONDS 10

void file_scanner(struct file_store *s, str address) { s->scanner = address; }

bool file_scans(const struct file_store *s) { return s->scanner.n > 0; }

/* --- the connection --------------------------------------------------------------- */
static bool set_patience(int fd, int which, time_t seconds)
{
	struct timeval patience = { .tv_sec = seconds };
	return setsockopt(fd, SOL_SOCKET, which, &patience, sizeof patience) == 0;
}

/* Once connected it waits a second at most at a time: see may_wait. */
static int connected(int family, const struct sockaddr *to, socklen_t n)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && set_patience(fd, SO_SNDTIMEO, CONNECT_SECONDS) && connect(fd, to, n) == 0 &&
		set_patience(fd, SO_SNDTIMEO, 1) && set_patience(fd, SO_RCVTIMEO, 1))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static int connect_unix(str path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	if (path.n >= sizeof to.sun_path)
		return -1;
	memcpy(to.sun_path, path.p, path.n);
	return connected(AF_UNIX, (const struct sockaddr *)&to, sizeof to);
}

static int connect_host(struct arena *a, str address)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	size_t colon = address.n;
	int fd = -1;

	while (colon > 0 && address.p[colon - 1] != ':')
		colon--;
	if (!colon ||
		getaddrinfo(str_z(a, str_part(address, 0, colon - 1)),
			str_z(a, str_from_at(address, colon)), &wanted, &found) != 0)
		return -1;
	for (const struct addrinfo *i = found; i && fd < 0; i = i->ai_next)
		fd = connected(i->ai_family, i->ai_addr, i->ai_addrlen);
	freeaddrinfo(found);
	return fd;
}

/* --- what is spoken ----------------------------------------------------------------- */
struct talk {
	int fd;
	instant until;
	const _Atomic bool *NULLABLE stop;
};

/* After a call that moved nothing. */
static bool may_wait(const struct talk *t)
{
	bool failed = errno != EINTR && errno != EAGAIN;
	return !failed && instant_monotonic() < t->until && !(t->stop && atomic_load(t->stop));
}

static bool send_all(const struct talk *t, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(t->fd, p, n, MSG_NOSIGNAL);
		if (sent < 0 && may_wait(t))
			continue;
		if (sent <= 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static bool send_piece(const struct talk *t, const char *p, size_t n)
{
	unsigned char size[] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16),
		(unsigned char)(n >> 8), (unsigned char)n };

	return send_all(t, (const char *)size, sizeof size) && send_all(t, p, n);
}

/* Clamd says that a file is too large in the middle of it, and hangs up: sending fails then, but
 * its answer is there. */
static bool send_content(const struct talk *t, int content)
{
	char piece[PIECE];
	ssize_t n;

	if (!send_all(t, "zINSTREAM", sizeof "zINSTREAM"))
		return false;
	while ((n = read(content, piece, sizeof piece)) > 0)
		if (!send_piece(t, piece, (size_t)n))
			return false;
	return n == 0 && send_piece(t, "", 0);
}

static str read_answer(struct arena *a, const struct talk *t)
{
	struct buf b = buf_in(a, ANSWER_MOST);
	char piece[ANSWER_MOST];
	ssize_t n = 1;

	while (!b.overflow && (n > 0 || (n < 0 && may_wait(t))) && instant_monotonic() < t->until) {
		n = recv(t->fd, piece, sizeof piece, 0);
		if (n > 0)
			buf_add(&b, (str){ piece, (size_t)n });
		if (b.n > 0 && b.p[b.n - 1] == 0)
			return str_part(buf_str(&b), 0, b.n - 1);
	}
	return S("");
}

static bool understand(struct arena *a, str said, enum scan_answer *ret, str *ret_name)
{
	const str found = S(" FOUND"), stream = S("stream: ");

	if (str_eq(said, S("stream: OK"))) {
		*ret = SCAN_CLEAN;
	} else if (str_starts(said, stream) && str_ends(said, found) &&
		said.n > stream.n + found.n) {
		*ret = SCAN_FOUND;
		*ret_name = str_copy(a, str_part(said, stream.n, said.n - stream.n - found.n));
	} else if (str_starts(said, S("INSTREAM size limit exceeded"))) {
		*ret = SCAN_TOO_LARGE;
	} else {
		return false;
	}
	return true;
}

err file_scan(struct file_store *s, struct arena *a, str sha256, const _Atomic bool *NULLABLE stop,
	enum scan_answer *ret, str *ret_name)
{
	struct talk t = { .until = instant_monotonic() + LIMIT_SCAN_SECONDS * INSTANT_SECOND,
		.stop = stop };
	int content;

	TRY(file_open(s, a, sha256, &content));
	t.fd = str_starts(s->scanner, S("/")) ? connect_unix(s->scanner)
					      : connect_host(a, s->scanner);
	if (t.fd < 0)
		return FAIL(a, UNAVAILABLE, "clamd: %s", strerror(errno));
	(void)send_content(&t, content);
	str said = read_answer(a, &t);
	close(t.fd);
	if (!understand(a, said, ret, ret_name))
		return FAIL(a, UNAVAILABLE, "clamd gave no answer that is one");
	return NULL;
}

err file_scan_set(struct conn *c, struct arena *a, int64_t id, str scan)
{
	return db_do(c, a, BIND(file_scanned, .id = V(id), .scan = V(scan)));
}
