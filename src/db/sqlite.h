/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h - what db_sqlite.c and its writer thread share. */
#pragma once
#include "db/driver.h"

#include <semaphore.h>
#include <sqlite3.h>

/* One thread does all writing: SQLite has one writer at a time anyway, and acts that wait for the
 * same commit cost one fsync together. */
struct writer {
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct ticket *NULLABLE first, *NULLABLE last; /* acts that wait */
	int n_waiting;
	bool stopping;
	struct conn *NULLABLE conn; /* of the thread alone; NULL: to be opened again */
};

struct sqlite_db {
	struct db db;
	const char *path;
	const char *NULLABLE folder; /* of a database that ends with the process */
	struct writer writer;
};

struct sqlite_conn {
	struct conn conn;
	sqlite3 *handle;
};

static inline sqlite3 *handle_of(const struct conn *c)
{
	return ((const struct sqlite_conn *)c)->handle;
}

MUST_USE err writer_start(struct writer *w, struct db *db, struct arena *a);
/* Runs what waits, then ends the thread. */
void writer_stop(struct writer *w);
MUST_USE err writer_run(struct writer *w, struct arena *a, db_act act, void *arg);
