/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions of PostgreSQL. They are READ COMMITTED: what acts contend for are single rows (the
 * version of a dossier, a counter, the head of the audit chain), which a compare-and-set or an
 * UPDATE … RETURNING takes in turn. At a stricter level each of those who wait would fail and run
 * again instead of going on with the newest row. */
#include "db/postgres.h"

#include "core/crypto.h"

#define BACK_OFF_MOST_MS 64

static err execute(struct conn *c, struct arena *a, const char *text)
{
	return c->db->driver->execute(c, a, text);
}

/* The connection may have died while it was idle. */
static err begin(struct conn *c, struct arena *a)
{
	static const char text[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

	TRY(postgres_revive(c, a));
	err e = execute(c, a, text);
	if (!e || !postgres_dead(c))
		return e;
	TRY(postgres_revive(c, a));
	return execute(c, a, text);
}

static err commit(struct conn *c, struct arena *a, bool *ret_again)
{
	PGresult *r = PQexec(handle_of(c), "COMMIT");

	if (PQresultStatus(r) == PGRES_COMMAND_OK) {
		/* The server says so when it rolled back instead. */
		bool committed = strcmp(PQcmdStatus(r), "COMMIT") == 0;
		PQclear(r);
		if (!committed)
			return FAIL(a, INTERNAL, "the transaction had failed before COMMIT");
		return NULL;
	}
	if (postgres_dead(c)) {
		PQclear(r);
		return FAIL(a, UNAVAILABLE,
			"the connection was lost in COMMIT: whether it was done is not known");
	}
	*ret_again = postgres_may_run_again(r);
	return postgres_failure(c, a, "COMMIT", r);
}

static err run_once(struct conn *c, struct arena *a, db_act act, void *arg, bool *ret_again)
{
	*ret_again = false;
	TRY(begin(c, a));
	TRY(postgres_enter(c, a));
	err e = act_run(c, a, act, arg);
	if (!e)
		return commit(c, a, ret_again);
	*ret_again = c->fate == FATE_AGAIN;
	/* A rollback that fails means that the connection is dead, and the transaction with it. */
	PQclear(PQexec(handle_of(c), "ROLLBACK"));
	return e;
}

/* Those who met must not meet again: doubling, with jitter. */
static void back_off(int tries)
{
	uint32_t ms = tries < 6 ? 1u << tries : BACK_OFF_MOST_MS;
	int64_t ns = (int64_t)(ms + random_below(ms)) * 1000000;
	struct timespec pause = { ns / 1000000000, ns % 1000000000 };

	nanosleep(&pause, NULL);
}

err postgres_write(struct db *db, struct arena *a, db_act act, void *arg)
{
	struct pool *writers = &postgres_db_of(db)->writers;

	for (int tries = 0;; tries++) {
		struct conn *c;
		bool again;
		TRY(pool_take(writers, a, &c));
		err e = run_once(c, a, act, arg, &again);
		pool_give(c);
		if (!again || tries == LIMIT_DB_RETRIES) {
			bool away = e && e->kind == ERR_UNAVAILABLE;
			atomic_fetch_add(&db->commits, !e);
			atomic_fetch_add(&db->failures, away);
			return e;
		}
		atomic_fetch_add(&db->retries, 1);
		back_off(tries);
	}
}
