/* SPDX-License-Identifier: Apache-2.0 */
/* postgres.h - what db_postgres.c and its transactions share. */
#pragma once
#include "db/driver.h"

#include <libpq-fe.h>

struct postgres_db {
	struct db db;
	const char *url;
	struct pool writers; /* as many as readers: who writes is not reading */
};

struct postgres_conn {
	struct conn conn;
	PGconn *handle;
	struct arena *scratch; /* empty between statements */
	bool writes;
	/* Names of the statements whose answers are not read yet. */
	const char *posted[64];
	size_t n_posted;
};

static inline struct postgres_db *postgres_db_of(struct db *db) { return (struct postgres_db *)db; }
static inline struct postgres_conn *postgres_conn_of(struct conn *c)
{
	return (struct postgres_conn *)c;
}
static inline PGconn *handle_of(const struct conn *c)
{
	return ((const struct postgres_conn *)c)->handle;
}

bool postgres_dead(const struct conn *c);
/* Connects again when the connection is dead, or its last act did not come to its end. */
MUST_USE err postgres_revive(struct conn *c, struct arena *a);
/* Was the failure of a kind that running the act again may cure? */
bool postgres_may_run_again(const PGresult *r);
/* The err of a failed result, which is freed; sets the fate of the act it failed in. */
MUST_USE err postgres_failure(
	struct conn *c, struct arena *a, const char *what, PGresult *NULLABLE r);

/* An act enters, sends statements, and settles: libpq's pipeline mode. */
MUST_USE err postgres_enter(struct conn *c, struct arena *a);
/* The statement that was just sent is not waited for. */
MUST_USE err postgres_posted(struct conn *c, struct arena *a, const char *what);
/* The answer to the statement that was just sent, after those to all before it. */
MUST_USE err postgres_answer(struct conn *c, struct arena *a, const char *what, PGresult **ret);
/* Waits for whatever was posted, and leaves; nothing when not entered. */
MUST_USE err postgres_settle(struct conn *c, struct arena *a);

MUST_USE err postgres_write(struct db *db, struct arena *a, db_act act, void *arg);
