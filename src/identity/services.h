/* SPDX-License-Identifier: Apache-2.0 */
/* services.h - what a handler reaches through its request: the database, the file store, the jobs,
 * and who calls. app/ fills it once at start; there are no globals. */
#pragma once
#include "db/db.h"
#include "file/file.h"
#include "http/req.h"
#include "identity/permission.h"
#include "job/job.h"
#include "view/page.h"

struct calendars; /* calendar/calendars.h: when offices work, for lists */
struct catalogue; /* catalogue/catalogue.h: the published procedures, in memory */

/* Is there such an agency? The catalogue, which knows, stands above this folder. */
typedef err (*agency_check)(struct conn *c, struct arena *a, str code, bool *ret_known);

struct services {
	struct db *db;
	struct file_store *files;
	struct jobs *NULLABLE jobs;
	struct catalogue *NULLABLE catalogue;
	struct calendars *NULLABLE calendars;
	struct server *NULLABLE server;
	const struct site *site;
	struct reads *NULLABLE reads;       /* identity/reads.h; NULL: every read is noted */
	bool mails;                         /* a server is configured: what is mailed arrives */
	agency_check NULLABLE agency_known; /* NULL: every code is */
	unsigned char key[KEY_BYTES];       /* for codes in links; never the database's */
};
static inline struct services *services_of(const struct req *r) { return r->app; }

/* Who calls. Filled by the admit hook; never NULL in a handler. */
struct caller {
	enum role role;
	int64_t account_id; /* 0 for anonymous */
	int64_t session_id;
	str name, identifier, agency;
	int64_t unread;
	struct conn *NULLABLE reader; /* reader_of's own */
};
static inline const struct caller *caller_of(const struct req *r) { return r->user; }

static inline bool caller_is_officer(const struct caller *c) { return c->role > ROLE_CITIZEN; }

/* The request's reading connection, taken on first use. It goes back when the worker is done,
 * before the body of an upload comes and before the answer goes out: a client takes its time. */
MUST_USE err reader_of(struct req *r, struct conn **ret);
/* db_write on the request's arena; wakes the jobs after the commit. */
MUST_USE err write_of(struct req *r, db_act act, void *arg);
