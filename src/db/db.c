/* SPDX-License-Identifier: Apache-2.0 */
#include "db/driver.h"

/* Set while this thread runs an act: a db_write inside would wait for itself. */
static _Thread_local bool acting;

err db_open(struct arena *a, str url, int readers, struct db **ret)
{
	str scheme, rest;

	if (readers < 1)
		return FAIL(a, INTERNAL, "%d connections for reading", readers);
	if (!str_cut(url, ':', &scheme, &rest))
		return FAIL(a, UNAVAILABLE, "the database address has no scheme");
	if (str_eq(scheme, S("sqlite")))
		return sqlite_open(a, rest, readers, ret);
	if (str_eq(scheme, S("postgresql")) || str_eq(scheme, S("postgres")))
		return postgres_open(a, url, readers, ret);
	return FAIL(a, UNAVAILABLE, "no database engine is called " STR_FMT, STR_ARG(scheme));
}

void db_close(struct db *db)
{
	if (db)
		db->driver->close(db);
}

enum db_engine db_engine_of(const struct db *db) { return db->engine; }

static err keep_state(struct conn *c, struct arena *a, bool steady)
{
	const struct driver *driver = c->db->driver;

	if (!driver->steady || c->steady == steady)
		return NULL;
	TRY(driver->steady(c, a, steady));
	c->steady = steady;
	return NULL;
}

err db_steady(struct conn *c, struct arena *a) { return keep_state(c, a, true); }

err db_fresh(struct conn *c, struct arena *a) { return keep_state(c, a, false); }

static void give_back(void *conn)
{
	struct conn *c = conn;
	ARENA scratch = arena_new();

	/* A disk that could not be read leaves a state that does not end as others do. */
	if (db_fresh(c, scratch))
		pool_drop(c);
	else
		pool_give(c);
}

err db_reader_in(struct db *db, struct arena *a, struct arena *scope, struct conn **ret)
{
	TRY(pool_take(&db->readers, a, ret));
	arena_defer(scope, give_back, *ret);
	return NULL;
}

err db_reader(struct db *db, struct arena *a, struct conn **ret)
{
	return db_reader_in(db, a, a, ret);
}

err db_write(struct db *db, struct arena *a, db_act act, void *arg)
{
	if (acting)
		return FAIL(a, INTERNAL, "db_write inside an act");
	TRY(arena_spoilt(a));
	atomic_fetch_add(&db->waiting, 1);
	err e = db->driver->write(db, a, act, arg);
	atomic_fetch_sub(&db->waiting, 1);
	if (!e)
		atomic_fetch_add(&db->acts, 1);
	return e;
}

err act_run(struct conn *c, struct arena *a, db_act act, void *arg)
{
	c->fate = FATE_FINE;
	c->in_act = acting = true;
	err e = act(c, a, arg);
	if (c->db->driver->settle) {
		err late = c->db->driver->settle(c, a);
		e = e ? e : late;
	}
	c->in_act = acting = false;
	if (!e && c->fate != FATE_FINE)
		return FAIL(a, INTERNAL, "an act went on after one of its statements had failed");
	return e;
}

struct db_stats db_stats(struct db *db)
{
	return (struct db_stats){
		.acts = atomic_load(&db->acts),
		.commits = atomic_load(&db->commits),
		.retries = atomic_load(&db->retries),
		.failures = atomic_load(&db->failures),
		.waiting = atomic_load(&db->waiting),
	};
}
