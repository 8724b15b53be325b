/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "app/health.h"
#include "app/modules.h"
#include "core/log.h"
#include "http/server.h"
#include "identity/identity.h"

static err show_alive(struct req *r)
{
	return reply_text(r, 200, S("text/plain; charset=utf-8"), S("ok\n"));
}

static str folder = S("."); /* set before the first request is taken, then only read */

void health_configure(str data) { folder = data; }

/* Without a name, so that nothing is left and nobody is met. Room is promised when it is written,
 * not when it is synced. */
static err check_folder(struct arena *a)
{
	static const char block[4 * KIB];
	int fd = open(str_z(a, folder), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT))
		return access(str_z(a, folder), W_OK | X_OK) == 0
			? NULL
			: FAIL(a, UNAVAILABLE, "data folder: %s", strerror(errno));
	bool written = fd >= 0 && write(fd, block, sizeof block) == (ssize_t)sizeof block;
	int why = errno;
	if (fd >= 0)
		close(fd);
	return written ? NULL : FAIL(a, UNAVAILABLE, "data folder: %s", strerror(why));
}

static err show_ready(struct req *r)
{
	int pending = 0;
	TRY(check_folder(r->arena));
	TRY(db_pending(services_of(r)->db, r->arena, all_migrations, &pending));
	if (pending)
		return FAIL(r->arena, UNAVAILABLE, "%d migrations are pending", pending);
	return reply_text(r, 200, S("text/plain; charset=utf-8"), S("ready\n"));
}

/* Counted by status class, with the time spent; process-wide by nature. */
static struct {
	atomic_llong count[6];
	atomic_llong micros;
} served;

static void metric(struct buf *b, const char *name, const char *kind, int64_t value)
{
	buf_printf(b, "# TYPE motcua_%s %s\nmotcua_%s %lld\n", name, kind, name, (long long)value);
}

/* Counters are the machine's own business: a proxy in front marks what it passes on. */
static bool from_this_machine(const struct req *r)
{
	bool passed_on = req_header(r, "X-Forwarded-For").n || req_header(r, "Forwarded").n;
	bool here = !r->peer.n || str_eq(r->peer, S("127.0.0.1")) || str_eq(r->peer, S("::1"));
	return here && !passed_on;
}

static err show_metrics(struct req *r)
{
	if (!from_this_machine(r))
		return FAIL(r->arena, NOT_FOUND, "metrics asked for from outside");
	const struct services *s = services_of(r);
	struct buf b = buf_in(r->arena, LIMIT_PAGE);
	buf_add(&b, S("# TYPE motcua_requests_total counter\n"));
	for (int i = 1; i < 6; i++)
		buf_printf(&b, "motcua_requests_total{status=\"%dxx\"} %lld\n", i,
			(long long)atomic_load(&served.count[i]));
	metric(&b, "request_micros_total", "counter", atomic_load(&served.micros));
	struct server_stats h = server_stats(s->server);
	metric(&b, "http_connections", "gauge", h.connections);
	metric(&b, "http_cached_total", "counter", h.cached);
	metric(&b, "http_refused_total", "counter", h.refused);
	metric(&b, "http_queue", "gauge", h.queue);
	struct db_stats d = db_stats(s->db);
	metric(&b, "db_acts_total", "counter", d.acts);
	metric(&b, "db_commits_total", "counter", d.commits);
	metric(&b, "db_retries_total", "counter", d.retries);
	metric(&b, "db_failures_total", "counter", d.failures);
	metric(&b, "db_waiting", "gauge", d.waiting);
	struct conn *c;
	TRY(reader_of(r, &c));
	struct job_counts j;
	TRY(job_counts(c, r->arena, &j));
	metric(&b, "jobs_waiting", "gauge", j.waiting);
	metric(&b, "jobs_dead", "gauge", j.dead);
	return reply_text(r, 200, S("text/plain; version=0.0.4; charset=utf-8"), buf_str(&b));
}

const struct route health_routes[] = {
	{ .method = "GET",
		.path = "/healthz",
		.run = show_alive,
		.guard = PERMIT_PUBLIC,
		.rate = RATE_NONE },
	{ .method = "GET",
		.path = "/readyz",
		.run = show_ready,
		.guard = PERMIT_PUBLIC,
		.rate = RATE_NONE },
	{ .method = "GET",
		.path = "/metrics",
		.run = show_metrics,
		.guard = PERMIT_PUBLIC,
		.rate = RATE_NONE },
	{ 0 },
};

void health_error_page(struct req *r, err e)
{
	if (err_status(e) >= 500 && r->id.n) /* pages that are rendered at start belong to nobody */
		log_err(LOG_ERROR_, "http.failed", r->id, e);
	identity_error_page(r, e);
}

void health_done(const struct req *r, int status, int64_t micros)
{
	if (status >= 100 && status < 600)
		atomic_fetch_add(&served.count[status / 100], 1);
	atomic_fetch_add(&served.micros, micros);
	LOG(INFO, "http", LOG_TEXT("id", r->id), LOG_TEXT("method", r->method),
		LOG_TEXT("route", r->route ? str_from(r->route->path) : S("")),
		LOG_INT("status", status), LOG_INT("micros", micros));
}
