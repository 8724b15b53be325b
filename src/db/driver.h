/* SPDX-License-Identifier: Apache-2.0 */
/* driver.h - what an engine brings, and what the engines share. Only this folder sees it. */
#pragma once
#include "db/db.h"

#include <pthread.h>
#include <stdatomic.h>

struct cursor;

/* What became of the transaction that an act runs in. */
enum fate {
	FATE_FINE,
	FATE_REFUSED, /* a statement failed: nothing more may run but a rollback */
	FATE_AGAIN, /* lost to another transaction, or with its connection: the act may run again */
	FATE_LOST,  /* the engine threw the transaction away: disk full, I/O error */
};

/* Statements prepared on one connection; the key is the statement itself. */
struct prepared {
	struct prepared_slot {
		const struct sql *statement;
		void *handle;
	} * slots;
	size_t n, cap;
};
void *NULLABLE prepared_find(const struct prepared *p, const struct sql *statement);
void prepared_add(struct prepared *p, struct arena *a, const struct sql *statement, void *handle);
void prepared_clear(struct prepared *p);

/* One connection; the engines' own begin with it. One thread at a time has it. */
struct conn {
	struct db *db;
	struct arena *arena; /* its own: it lives as long as the connection */
	struct prepared prepared;
	bool in_act, steady;
	enum fate fate;
	struct pool *pool; /* where it goes back to */
	struct conn *next; /* idle in the same pool */
};

struct driver {
	/* For reading only, unless writes is set. */
	err (*connect)(struct db *db, struct arena *a, bool writes, struct conn **ret);
	void (*disconnect)(struct conn *c);
	err (*write)(struct db *db, struct arena *a, db_act act, void *arg);
	void (*close)(struct db *db);

	/* Runs text of this folder's own, or of a migration: one or more statements, no rows. */
	err (*execute)(struct conn *c, struct arena *a, const char *text);
	err (*check)(struct conn *c, struct arena *a, const struct sql *statement);
	/* Begins or ends one state for several statements; NULL where that saves nothing. */
	err (*steady)(struct conn *c, struct arena *a, bool on);

	/* One statement: start, next until there is no row, finish. The arguments live until then.
	 * finish may be called in any state, also when start failed. */
	err (*start)(struct cursor *cursor, struct arena *a, const struct value *args);
	err (*next)(struct cursor *cursor, struct arena *a, bool *ret_row);
	void (*finish)(struct cursor *cursor);
	/* Sends a statement of an act whose rows nobody wants, and does not wait: its failure is
	 * that of a later start, or of settle. NULL where waiting costs nothing. */
	err (*post)(struct conn *c, struct arena *a, const struct sql *statement,
		const struct value *args);
	/* Waits, at the end of an act, for what was posted. NULL where nothing is. */
	err (*settle)(struct conn *c, struct arena *a);
	/* Name and value of a column; text is valid until next or finish. False when the value is
	 * neither NULL nor of that kind. */
	const char *(*column)(const struct cursor *cursor, int column);
	bool (*field)(
		const struct cursor *cursor, int column, enum value_kind kind, struct value *ret);
};

/* A statement that is being run. */
struct cursor {
	struct conn *conn;
	const struct sql *statement;
	void *NULLABLE handle;
	bool own_handle; /* not from conn->prepared: it was already running */
	bool unfinished; /* it writes, and is checked only when it has come to its end */
	int n_columns;
	int row;         /* that next gives */
	int64_t changed; /* rows, once there is no next */
};

/* Connections that are opened when needed, kept, and lent one at a time to each who asks. */
struct pool {
	struct db *db;
	bool writes;
	pthread_mutex_t lock;
	pthread_cond_t given;
	struct conn *NULLABLE idle; /* the last used first: its cache is warm */
	int n_idle, n_open, most;
};
void pool_init(struct pool *p, struct db *db, bool writes, int most);
/* UNAVAILABLE when none was given back within LIMIT_DB_BUSY_MS, or a new one cannot be opened. */
MUST_USE err pool_take(struct pool *p, struct arena *a, struct conn **ret);
void pool_give(struct conn *c);
/* Closes it instead: what it has seen is not for the next one. */
void pool_drop(struct conn *c);
/* All must have been given back. */
void pool_done(struct pool *p);

/* The engines' own begin with it. */
struct db {
	enum db_engine engine;
	const struct driver *driver;
	struct pool readers;
	_Atomic int64_t acts, commits, retries, failures, waiting;
};

MUST_USE err sqlite_open(struct arena *a, str path, int readers, struct db **ret);
MUST_USE err postgres_open(struct arena *a, str url, int readers, struct db **ret);

/* Runs the act on a connection that is in a transaction. An act that swallowed the err of a
 * statement is INTERNAL: PostgreSQL could not commit it. */
MUST_USE err act_run(struct conn *c, struct arena *a, db_act act, void *arg);
