/* SPDX-License-Identifier: Apache-2.0 */
/* visit.h - for tests: people, and a browser without pictures. It keeps cookies, finds the token of a form on
 * the page it was shown last, and posts like a form does. */
#pragma once
#include "identity/identity.h"
#include "tests/live.h"

#define TEST_PASSWORD "trời mưa sân trơn"
#define TEST_NOW (instant_at(day_from(2026, 11, 23), 9 * 3600))

/* Services over an empty database with those folders. */
struct services *test_services(
	struct arena *a, enum db_engine engine, const struct migration *const *folders);
/* An account with TEST_PASSWORD; its id. */
int64_t test_account(struct services *s, struct arena *a, const char *identifier, enum role role);
struct conn *test_reader(struct services *s, struct arena *a);
/* What only somebody with the database in his hands can do: runs text made by the test. */
MUST_USE err test_sql(struct services *s, struct arena *a, const char *text);
/* What "SELECT count(*) AS n …" gives. */
int64_t test_count(struct services *s, struct arena *a, const char *text);

struct visit {
	struct arena *arena;
	struct live *live;
	struct services *services;
	LIST(struct field) cookies;
	str page; /* the last answer */
	int address;
	bool stays; /* calls from the same address every time */
};

/* A server with the routes of this folder over an empty database with those folders; more: a further
 * table of routes, or NULL. NULL when it cannot start. */
struct visit *NULLABLE visit_new(struct arena *a, enum db_engine engine,
	const struct migration *const *folders, const struct route *NULLABLE more);
/* Another browser at the same server. */
struct visit *visit_other(struct visit *v);
void visit_done(struct visit *v);

/* The status. The address that calls is another one each time, unless it stays, so that no rate is
 * in the way. */
int visit_get(struct visit *v, const char *path);
/* fields: "a=b&c=d", encoded; the token of the last page is added. */
int visit_post(struct visit *v, const char *path, const char *fields);
/* Any body; the token of the last page is the caller's to add. */
int visit_send(struct visit *v, const char *path, const char *type, str body);
/* "" when the last page has no form to post. */
str visit_token(const struct visit *v);
/* Where the last answer leads; "" when nowhere. */
str visit_location(const struct visit *v);
bool visit_shows(const struct visit *v, const char *text);
void visit_sign_in(struct visit *v, const char *identifier, const char *password);
/* The cookie of the session. */
str visit_session(const struct visit *v);
/* Does the audit trail know of such an act? */
bool visit_audited(struct visit *v, const char *act);
