/* SPDX-License-Identifier: Apache-2.0 */
/* inside.h - what the files of this folder share: a server, its loops, its connections.
 * Nobody else includes it.
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

/* Where a connection is; each waits for something else, and has its own deadline. */
enum stage {
	STAGE_IDLE,    /* for a request line */
	STAGE_HEADERS, /* for the rest of the headers */
	STAGE_ADMIT,   /* a worker decides whether the body may come */
	STAGE_BODY,
	STAGE_READY,  /* the answer is known; a small body is read past, to be polite */
	STAGE_WORK,   /* a worker has it */
	STAGE_ANSWER, /* for the client to take the answer */
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
	int status;                             /* of the answer; 0: none yet */
	struct prebuilt *NULLABLE ready;        /* the answer, when it needs no exchange, */
	struct MHD_Response *NULLABLE response; /* in this form */
	struct exchange *NULLABLE x;            /* once there is work for a worker */
	struct req brief; /* what `done` is told, and an exchange begins with */
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
	REFUSE_LONG_HEADERS,
	REFUSE_BUSY,
	REFUSE_RATE, /* + enum rate */
	REFUSALS = REFUSE_RATE + RATE_NONE,
};

struct server {
	struct server_config config;
	struct router *router;
	struct rates *rates;
	struct page_cache *cache;
	struct workers *workers;
	struct prebuilt *refusals[REFUSALS][LANGUAGES_MOST];
	struct asset_table *assets;
	int n_languages;
	struct listening listening;
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

/* refuse.c */
void refusals_make(struct server *s);
void refusals_free(struct server *s);
/* sweeper.c */
MUST_USE bool sweeper_start(struct server *s);
void sweeper_stop(struct server *s);
/* Ends every connection that no worker holds. */
void sweeper_cut(struct server *s);
/* Other deadlines than those of limits.h: tests cannot wait ten seconds. */
void server_deadlines(struct server *s, const struct deadlines *d);
