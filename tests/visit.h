/* SPDX-License-Identifier: Apache-2.0 */
/* visit.h - for tests: a browser without pictures. It keeps cookies, finds the token of a form on
 * the page it was shown last, and posts like a form does. */
#pragma once
#include "identity/identity.h"
#include "tests/live.h"

struct visit {
	struct arena *arena;
	struct live *live;
	struct services *services;
	LIST(struct field) cookies;
	str page; /* the last answer */
	int address;
};

/* A server with the routes of this folder over an empty database on that engine; more: a further
 * table of routes, or NULL. NULL when it cannot start. */
struct visit *NULLABLE visit_new(
	struct arena *a, enum db_engine engine, const struct route *NULLABLE more);
/* Another browser at the same server. */
struct visit *visit_other(struct visit *v);
void visit_done(struct visit *v);

/* The status. The address that calls is another one each time, so that no rate is in the way. */
int visit_get(struct visit *v, const char *path);
/* fields: "a=b&c=d", encoded; the token of the last page is added. */
int visit_post(struct visit *v, const char *path, const char *fields);
/* Where the last answer leads; "" when nowhere. */
str visit_location(const struct visit *v);
bool visit_shows(const struct visit *v, const char *text);
void visit_sign_in(struct visit *v, const char *identifier, const char *password);
/* The cookie of the session. */
str visit_session(const struct visit *v);
/* Runs text made by a test on the database behind the pages. */
void visit_sql(struct visit *v, const char *text);
/* Does the audit trail know of such an act? */
bool visit_audited(struct visit *v, const char *act);
