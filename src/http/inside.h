/* SPDX-License-Identifier: Apache-2.0 */
/* inside.h - what the files of this folder share: a server, its loops, a connection, the exchange
 * of one request and its answer. Nobody else includes it.
 *
 * Who touches what: a connection and its exchange belong to their event loop, except while the
 * exchange is suspended: then it is one worker's alone. The sweeper reads the atomic fields. */
#pragma once
#include "http/cache.h"
#include "http/parse.h"
#include "http/rate.h"
#include "http/server.h"
#include "http/workers.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#define LANGUAGES_MOST 8
#define HEADERS_MOST 100 /* nobody sends more; browsers send about 20 */

/* Where a connection is; each waits for something else, and has its own deadline. */
enum stage {
	STAGE_IDLE,    /* for a request line */
	STAGE_HEADERS, /* for the rest of the headers */
	STAGE_ADMIT,   /* a worker decides whether the body may come */
	STAGE_BODY,
	STAGE_READY,   /* the answer is known; a small body is read past, to be polite */
	STAGE_WORK,    /* a worker has it */
	STAGE_ANSWER,  /* for the client to take the answer */
};

struct connection {
	struct connection *next, *previous; /* of its loop; under the loop's lock */
	struct loop *loop;
	int fd;
	bool counted; /* among the connections of its address */
	struct address address;
	char peer[48];
	_Atomic enum stage stage;
	_Atomic instant since; /* monotonic: when the stage began */
	_Atomic int64_t received;

	/* the request under way */
	bool active;
	struct MHD_Connection *mhd;
	char *NULLABLE target; /* as sent; kept for the next request */
	size_t target_n, target_room;
	instant began;
	int status;                       /* of the answer; 0: none yet */
	struct prebuilt *NULLABLE ready;  /* the answer, when it needs no exchange, */
	struct MHD_Response *NULLABLE response; /* in this form */
	struct exchange *NULLABLE x;      /* once there is work for a worker */
	struct req brief;                 /* what `done` is told when there is no exchange */
};

struct loop {
	struct server *server;
	struct MHD_Daemon *NULLABLE daemon;
	int fd; /* listening */
	pthread_mutex_t lock;
	struct connection *NULLABLE connections;
};

struct deadlines {
	instant header, body, body_grace, idle, tick;
};

/* Answers the loops give themselves, rendered once at start by the error_page hook. */
enum refusal {
	REFUSE_MALFORMED,
	REFUSE_LONG_TARGET,
	REFUSE_BUSY,
	REFUSE_RATE, /* + enum rate */
	REFUSALS = REFUSE_RATE + RATE_NONE,
};

struct server {
	struct server_config config;
	struct arena *arena;
	struct router *router;
	struct rates *rates;
	struct page_cache *cache;
	struct workers *workers;
	struct prebuilt *refusals[REFUSALS][LANGUAGES_MOST];
	struct asset_table *assets;
	int n_languages;
	str address;
	int n_loops;
	struct loop *loops;
	pthread_t sweeper;
	pthread_mutex_t sweeper_lock;
	pthread_cond_t sweeper_wake;
	struct deadlines deadlines;
	bool sweeper_stop;
	_Atomic bool stopping;
	_Atomic int64_t version, under_way, connections, requests, refused, cached;
};

enum reply_kind { REPLY_NONE, REPLY_TEXT, REPLY_REDIRECT, REPLY_FILE, REPLY_BYTES };
struct reply {
	enum reply_kind kind;
	int status;
	str mime, body;    /* of a redirect: the path */
	int fd;            /* of a file */
	int64_t size;
	str file_name;
	bool inline_ok;
	VEC(struct field) headers, cookies; /* cookies outlive an err, headers do not */
};

/* The life of one request that needs a worker. In its own arena. */
struct exchange {
	struct req r;
	struct server *server;
	struct connection *connection;
	struct reply reply;
	struct raw_header *headers;
	size_t n_headers;
	bool head;            /* a HEAD */
	bool https;
	bool polite;          /* see opening.h */
	int64_t length;
	int64_t most;         /* bytes the body may have */
	bool admitted;
	bool anonymous;       /* the page may be kept for others */
	bool token_used;      /* the page carries a CSRF token */
	int64_t version;      /* the content version when it began */
	str visitor;          /* cookie `k`; "" until needed */
	bool visitor_is_new;
	err failed;           /* decided before the handler ran */
	struct buf body;
	struct multipart *NULLABLE multipart;
	int64_t received;
	struct MHD_Response *NULLABLE response;
	struct prebuilt *NULLABLE page; /* instead of response: just put in the cache */
};

/* exchange.c, on the loops */
enum MHD_Result exchange_run(void *cls, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *data, size_t *n_data, void **state);
void exchange_end(struct connection *c);
void stage_set(struct connection *c, enum stage stage);
/* handle.c, on the workers: the next step of an exchange, then its connection resumes. */
void handle_step(void *exchange);
/* Renders an err by the hook, or as plain text. */
void handle_error(struct exchange *x, err e);
/* respond.c: the response of what the handler said; close: the last on its connection. */
void respond(struct exchange *x, bool close);
/* refuse.c */
void refusals_make(struct server *s);
void refusals_free(struct server *s);
/* sweeper.c */
MUST_USE bool sweeper_start(struct server *s);
void sweeper_stop(struct server *s);
/* Other deadlines than those of limits.h: tests cannot wait ten seconds. */
void server_deadlines(struct server *s, const struct deadlines *d);
