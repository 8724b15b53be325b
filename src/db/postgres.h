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
/* Connects again when the connection is dead. */
MUST_USE err postgres_revive(struct conn *c, struct arena *a);
/* Was the failure of a kind that running the act again may cure? */
bool postgres_may_run_again(const PGresult *r);
/* The err of a failed result, which is freed; sets the fate of the act it failed in. */
MUST_USE err postgres_failure(struct conn *c, struct arena *a, const char *what, PGresult *r);

MUST_USE err postgres_write(struct db *db, struct arena *a, db_act act, void *arg);
