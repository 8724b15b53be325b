/* SPDX-License-Identifier: Apache-2.0 */
/* db.h - one interface over SQLite (embedded, the default) and PostgreSQL 15.
 *
 * What it promises:
 *  - Statements come only from .sql files (tools/sqlc): one text for both engines, parameters bound
 *    by name. There is no way to run text made at run time.
 *  - db_write runs an act in one transaction and returns NULL only when it is durable: on SQLite
 *    one writer thread commits a group of acts at once with synchronous=FULL; PostgreSQL commits by
 *    itself and acts that met a serialization failure or a deadlock are run again.
 *  - An act that returns an err leaves no trace, whatever its neighbours in the group do.
 *  - The library neither logs nor exits; every failure is an err.
 * Columns are never NULL unless read into struct opt_int; text that is absent is ''. */
#pragma once
#include "db/values.h"

struct db;   /* the database, shared by all threads */
struct conn; /* one connection: a reader, or the act's own inside db_write */

/* url: "sqlite:/path/file.db", or a libpq URL "postgresql://…". readers: connections that may be
 * held at once. UNAVAILABLE when it cannot be opened. */
MUST_USE err db_open(struct arena *a, str url, int readers, struct db **ret);
/* Waits for the acts under way. The readers must have been given back before. */
void db_close(struct db *NULLABLE db);
enum db_engine db_engine_of(const struct db *db);

/* A connection for reading, given back when the arena is freed. Each statement sees the newest
 * committed state. Waits while all are held; UNAVAILABLE after LIMIT_DB_BUSY_MS of that. */
MUST_USE err db_reader(struct db *db, struct arena *a, struct conn **ret);
/* As db_reader, but given back when the scope is freed, before the arena that an err is made in. */
MUST_USE err db_reader_in(struct db *db, struct arena *a, struct arena *scope, struct conn **ret);
/* A page of many statements: from the first of them until db_fresh, or until it is given back, a
 * reader may see one state, which costs SQLite less. Nothing long is done meanwhile, and nothing
 * written whose result is to be seen. */
MUST_USE err db_steady(struct conn *c, struct arena *a);
MUST_USE err db_fresh(struct conn *c, struct arena *a);

/* Runs act in a transaction and waits until it is durable. The act may run again after a
 * serialization failure, and on another thread than the caller's: it must be repeatable, touch
 * nothing but conn, arena and arg, and send nothing (the outbox does, src/job). CONFLICT when the
 * act says so; UNAVAILABLE when the disk is full or the database is away.
 * On SQLite acts run one after another. On PostgreSQL they run side by side at READ COMMITTED: what
 * an act decides on, it guards in the statement that writes (UPDATE … WHERE version = :version, a
 * counter taken by UPDATE … RETURNING, a unique key), never by having read it before. */
typedef err (*db_act)(struct conn *c, struct arena *a, void *arg);
MUST_USE err db_write(struct db *db, struct arena *a, db_act act, void *arg);

/* --- running statements -------------------------------------------------- */
/* Exactly the first row into *ret; NOT_FOUND when there is none. Text is copied into the arena. */
MUST_USE err db_one(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret);
/* As db_one, but no row is *ret_found = false, and ret untouched. */
MUST_USE err db_find(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret, bool *ret_found);
/* All rows, at most LIMIT_DB_ROWS (more is INTERNAL: the statement lacks a LIMIT). */
MUST_USE err db_list(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret_items, size_t *ret_n);
/* Reads into a LIST: DB_LIST(c, a, &page->rows, &row_type, BIND(…)) */
#define DB_LIST(c, a, list, type, ...) \
	db_list((c), (a), __VA_ARGS__, (type), &(list)->items, &(list)->n)
/* Calls each for every row, whose text lives until each returns; stops at the first err. PostgreSQL
 * holds all rows in memory: long tables go by pages. */
MUST_USE err db_each(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *row, err (*each)(void *arg), void *arg);
/* For statements without rows, and those whose RETURNING row is not wanted. In an act, PostgreSQL
 * need not have answered yet: what it refuses is the err of a later statement of the act then, or
 * of db_write. An act that has to know at once asks how many rows were touched. */
MUST_USE err db_do(struct conn *c, struct arena *a, const struct sql *q, const struct value *args);
/* As db_do; how many rows it touched. */
MUST_USE err db_count_changed(struct conn *c, struct arena *a, const struct sql *q,
	const struct value *args, int64_t *ret);
/* The one number of the one row: SELECT count(*), RETURNING id. NOT_FOUND without a row. */
MUST_USE err db_number(struct conn *c, struct arena *a, const struct sql *q,
	const struct value *args, int64_t *ret);

/* A statement that a unique, foreign key or check constraint refuses is a CONFLICT, and its act can
 * only return that err: after a failure nothing more runs. Attempted like this, a refusal is
 * *ret_refused = true, and the act goes on. */
MUST_USE err db_attempt(struct conn *c, struct arena *a, const struct sql *q,
	const struct value *args, bool *ret_refused);

/* Prepares a statement without running it: for the test that walks all of them. */
MUST_USE err db_check(struct conn *c, struct arena *a, const struct sql *q);
/* Counters for /metrics. acts: durable; failures: UNAVAILABLE; waiting: right now. */
struct db_stats {
	int64_t acts, commits, retries, failures, waiting;
};
struct db_stats db_stats(struct db *db);
