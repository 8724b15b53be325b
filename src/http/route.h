/* SPDX-License-Identifier: Apache-2.0 */
/* route.h - which address runs what, and who may. The table is the documentation: `motcua routes`
 * prints it; the site map and the test "every route answers every role as the table says" read
 * it. */
#pragma once
#include "core/core.h"

struct req;
typedef err (*page_run)(struct req *r);

/* How often one address may call; buckets refill steadily. */
#define RATES(X)                               \
	/* name, burst, refilled per minute */ \
	X(READ, 120, 600)                      \
	X(WRITE, 40, 120)                      \
	X(SIGN_IN, 10, 10)                     \
	X(SEND_CODE, 3, 2)                     \
	X(NONE, 0, 0)
enum rate {
#define X(name, burst, per_minute) RATE_##name,
	RATES(X)
#undef X
		RATE_COUNT
};

struct route {
	const char *method; /* "GET" (which answers HEAD too) or "POST" */
	const char *path;   /* "/nop/:draft/:step"; a piece that begins with ':' is a parameter */
	page_run run;
	/* What the caller must be allowed to do; 0 = nobody decided: refused at start. The numbers
	 * belong to identity/permission.h. */
	int guard;
	/* GET only: the same for every anonymous visitor until the content version changes or
	 * `fresh` seconds pass. */
	bool cached;
	int fresh;      /* 0: until the content version changes */
	bool uploads;   /* POST only: multipart bodies are accepted, admitted before read */
	enum rate rate; /* default by zero: RATE_READ; POST routes say RATE_WRITE */
};

/* A table of tables: routes end with an empty element, the list with NULL. */
typedef const struct route *const *routes;

struct router;
/* INTERNAL when a route has no guard, two routes clash, a POST is cached, a path is malformed. */
MUST_USE err router_new(struct arena *a, routes tables, struct router **ret);

#define ROUTE_PARAMS 4
struct route_match {
	const struct route *route; /* NULL when nothing matches */
	bool other_method;         /* the path exists, with another method */
	int n_params;
	str names[ROUTE_PARAMS], values[ROUTE_PARAMS]; /* values still percent-encoded */
};
/* Fixed pieces win over parameters. O(pieces), no allocation. */
struct route_match router_find(const struct router *r, str method, str path);
