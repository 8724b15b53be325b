/* SPDX-License-Identifier: Apache-2.0 */
/* What only a server can do to us: refuse two transactions that cross, and go away. */
#include "db/db_test.h"
#include "tests/database.h"

#include <pthread.h>

#define WITH_POSTGRES(a, db, folders)                    \
	if (test_engine_next(DB_SQLITE) != DB_POSTGRES)  \
		SKIP("MOTCUA_TEST_POSTGRES is not set"); \
	ARENA a = arena_new();                           \
	struct db *db = test_database(a, DB_POSTGRES, folders)

/* Two acts that cross at their first try: each waits until the other has read, or has locked. */
struct crossing {
	pthread_t thread;
	struct db *db;
	pthread_barrier_t *middle;
	int64_t first, second;
	bool serializable;
	int tries;
};

static err cross(struct conn *c, struct arena *a, void *arg)
{
	struct crossing *x = arg;
	int64_t n;

	x->tries++;
	if (x->serializable) {
		TRY(db_do(c, a, BIND(isolation)));
		TRY(db_number(c, a, BIND(person_count), &n));
	} else {
		TRY(db_count_changed(c, a, BIND(person_touch, .id = V(x->first)), &n));
	}
	if (x->tries == 1)
		pthread_barrier_wait(x->middle);
	if (!x->serializable)
		return db_do(c, a, BIND(person_touch, .id = V(x->second)));
	str name = arena_printf(a, "%d after %d", (int)x->first, (int)n);
	return add_act(c, a, &name);
}

static void *run_crossing(void *arg)
{
	struct crossing *x = arg;
	ARENA a = arena_new();

	CHECK_OK(db_write(x->db, a, cross, x));
	return NULL;
}

static void check_crossing(struct db *db, bool serializable)
{
	pthread_barrier_t middle;
	struct crossing x[2] = { { .first = 1, .second = 2 }, { .first = 2, .second = 1 } };

	pthread_barrier_init(&middle, NULL, 2);
	for (int i = 0; i < 2; i++) {
		x[i].db = db;
		x[i].middle = &middle;
		x[i].serializable = serializable;
		pthread_create(&x[i].thread, NULL, run_crossing, &x[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(x[i].thread, NULL);
	pthread_barrier_destroy(&middle);
	/* PostgreSQL promises that one of them fails, not that its second try meets nobody. */
	CHECK(db_stats(db).retries >= 1);
	CHECK_INT(x[0].tries + x[1].tries, 2 + db_stats(db).retries);
}

TEST("PostgreSQL: an act that met a serialization failure is run again")
{
	WITH_POSTGRES(a, db, person_folders);
	check_crossing(db, true);
	CHECK_INT(count_people(db), 2);
}

TEST("PostgreSQL: an act that met a deadlock is run again")
{
	WITH_POSTGRES(a, db, person_folders);
	CHECK_OK(add_person(db, a, S("one")));
	CHECK_OK(add_person(db, a, S("two")));
	check_crossing(db, false);
}

/* Ends the connection that it runs on, once. */
static err die_once(struct conn *c, struct arena *a, void *tries)
{
	str name = S("survivor");

	TRY(add_act(c, a, &name));
	if ((*(int *)tries)++ == 0)
		TRY(db_do(c, a, BIND(backend_end)));
	return NULL;
}

TEST("PostgreSQL: an act whose connection dies before COMMIT is run again on a new one")
{
	WITH_POSTGRES(a, db, person_folders);
	int tries = 0;

	CHECK_OK(db_write(db, a, die_once, &tries));
	CHECK_INT(tries, 2);
	CHECK_INT(count_people(db), 1);
}

/* Ends its connection in the middle of what is on its way. */
static err die_between(struct conn *c, struct arena *a, void *tries)
{
	str before = S("before"), after = S("after");
	int64_t n;

	TRY(add_act(c, a, &before));
	if ((*(int *)tries)++ == 0)
		TRY(db_do(c, a, BIND(backend_end)));
	TRY(add_act(c, a, &after));
	return db_number(c, a, BIND(person_count), &n);
}

TEST("PostgreSQL: an act whose connection dies between its statements is run again")
{
	WITH_POSTGRES(a, db, person_folders);
	int tries = 0;

	CHECK_OK(db_write(db, a, die_between, &tries));
	CHECK_INT(tries, 2);
	CHECK_INT(count_people(db), 2);
}

/* As a machine that froze while others wait for what its act holds. */
static err stall_once(struct conn *c, struct arena *a, void *tries)
{
	str name = S("late");
	int64_t n;

	TRY(add_act(c, a, &name));
	if ((*(int *)tries)++ == 0) {
		TRY(db_do(c, a, BIND(idle_not_long)));
		TRY(db_number(c, a, BIND(person_count), &n));
		nanosleep(&(struct timespec){ .tv_nsec = 700000000 }, NULL);
	}
	return db_number(c, a, BIND(person_count), &n);
}

TEST("PostgreSQL: an act that stood idle for too long lost its locks, and is run again")
{
	WITH_POSTGRES(a, db, person_folders);
	int tries = 0;

	CHECK_OK(db_write(db, a, stall_once, &tries));
	CHECK_INT(tries, 2);
	CHECK_INT(count_people(db), 1);
}

static err end_others(struct conn *c, struct arena *a, void *unused)
{
	return db_do(c, a, BIND(backends_end));
}

TEST("PostgreSQL: connections that died while idle are replaced, and nobody notices")
{
	WITH_POSTGRES(a, db, person_folders);

	CHECK_OK(add_person(db, a, S("one")));
	CHECK_INT(count_people(db), 1);
	/* The writer's own connection ends the reader's, then a reader's all others. */
	CHECK_OK(db_write(db, a, end_others, NULL));
	CHECK_INT(count_people(db), 1);
	struct conn *c;
	CHECK_OK(db_reader(db, a, &c));
	CHECK_OK(db_do(c, a, BIND(backends_end)));
	CHECK_OK(add_person(db, a, S("two")));
	CHECK_INT(count_people(db), 2);
	CHECK_INT(db_stats(db).failures, 0);
}

/* A trigger that runs at COMMIT and ends the connection that commits. */
static const struct migration trap[] = {
	{ "trap", 1, "trap",
		"CREATE TABLE trap (id $ID);\n"
		"CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$\n"
		"BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;\n"
		"CREATE CONSTRAINT TRIGGER spring AFTER INSERT ON trap\n"
		"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spring();\n" },
	{ 0 },
};
static const struct migration *const trap_folders[] = { trap, NULL };

static err step_into_trap(struct conn *c, struct arena *a, void *tries)
{
	static const struct sql q = { "trap_add", { "", "INSERT INTO trap DEFAULT VALUES" } };

	++*(int *)tries;
	return db_do(c, a, &q, NULL);
}

TEST("PostgreSQL: when the connection is lost in COMMIT, nobody claims to know the outcome")
{
	WITH_POSTGRES(a, db, trap_folders);
	int tries = 0;

	err e = db_write(db, a, step_into_trap, &tries);
	CHECK_ERR(e, "UNAVAILABLE");
	CHECK(e && str_has(e->detail, S("not known")));
	CHECK_INT(tries, 1);
}
