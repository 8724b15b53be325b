/* SPDX-License-Identifier: Apache-2.0 */
/* server.h - the HTTP façade over libmicrohttpd: one event loop a core, each with its own listening
 * socket; loops answer assets and cached pages, everything else is suspended, done by a worker,
 * resumed. Promises: no handler runs on a loop; ambiguous framing is refused (guard.h); every
 * size, count and time of limits.h is enforced; SIGTERM lets requests under way finish. */
#pragma once
#include "core/crypto.h"
#include "http/asset.h"
#include "http/listen.h"
#include "http/req.h"
#include "http/reply.h"

/* Where file parts go while they arrive (file/ provides it). write is called on an event loop: it
 * must not wait for the disk. */
struct upload_sink {
	void *(*begin)(void *store, struct arena *a);       /* NULL: no room */
	bool (*write)(void *file, const char *p, size_t n); /* false: disk full or broken */
	bool (*end)(void *file, struct upload *u);          /* fills size, sha256, path */
	void *store;
};

struct server_config {
	/* "[::]:8080", "127.0.0.1:9000", "/run/motcua.sock"; ignored under systemd's activation. */
	str listen;
	/* What was opened before, instead of listen: the server closes it. */
	const struct listening *NULLABLE listening;
	int loops, workers; /* 0: by the number of cores */
	routes tables;
	const char *const *languages; /* {"vi", "en", NULL}: the first has no prefix */
	unsigned char key[KEY_BYTES]; /* for CSRF tokens */
	str trusted_proxy;            /* header that names the client, or "" */
	bool plain_cookies;           /* networks without HTTPS: no Secure, no __Host- */
	bool unlimited;               /* benchmarks: nobody asks too often */
	int64_t upload_file_most;     /* bytes of one file */
	struct upload_sink sink;
	void *app;
	/* Sets r->user and says whether the route's guard lets the caller in: NULL, UNAUTHENTICATED
	 * or FORBIDDEN. Runs on a worker, before a multipart body is read. */
	err (*admit)(struct req *r);
	/* Renders the page of an err. Must not fail: reply_* or nothing (a plain text then). Also
	 * called by server_start, for a request without user and turn, for the pages of 400, 429,
	 * 503. */
	void (*error_page)(struct req *r, err e);
	/* After each request: for the log and the metrics. On an event loop, so it must not wait.
	 * What a loop answered itself has no id; nothing has an arena, a user, fields or cookies.
	 * status 0: none was sent. */
	void (*done)(const struct req *r, int status, int64_t micros);
};

/* How many there will be when so many are configured. */
int server_loops(int configured);
int server_workers(int configured);

struct server;
MUST_USE err server_start(struct arena *a, const struct server_config *c, struct server **ret);
/* Where it listens, for people: "http://localhost:8080". */
str server_address(const struct server *s, struct arena *a);
/* Refuses new connections, waits at most LIMIT_HTTP_STOP_SECONDS for requests under way, then cuts
 * slow clients off. False when a handler still hangs: nothing was freed, the process should end. */
bool server_stop(struct server *s);
/* Public pages rendered before this version are not served again. */
void server_content_version(struct server *s, int64_t version);

struct server_stats {
	int64_t connections, requests, refused, cached, queue;
};
struct server_stats server_stats(const struct server *s);
