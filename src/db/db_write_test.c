/* SPDX-License-Identifier: Apache-2.0 */
/* Acts: all or nothing, durable together, and apart from their neighbours. */
#include "db/db_test.h"
#include "tests/database.h"

#include <pthread.h>
#include <stdatomic.h>

static err add_and_refuse(struct conn *c, struct arena *a, void *name)
{
	TRY(add_act(c, a, name));
	return FAIL(a, NOT_ALLOWED, "changed my mind");
}

TEST("an act that fails leaves no trace, and its err is the caller's")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		str name = S("one");

		CHECK_ERR(db_write(db, a, add_and_refuse, &name), "NOT_ALLOWED");
		CHECK_INT(count_people(db), 0);
		CHECK_OK(add_person(db, a, name));
		CHECK_INT(count_people(db), 1);
	}
}

static err add_with_parent(struct conn *c, struct arena *a, void *arg)
{
	int64_t id;
	return db_number(c, a,
		BIND(person_add, .name = V(S("child")), .age = V((struct opt_int){ 0 }),
			.active = V((bool)true), .parent_id = V(*(struct opt_int *)arg)),
		&id);
}

TEST("unique, check and foreign key constraints are CONFLICT")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct opt_int nobody = { true, 4711 };

		CHECK_OK(add_person(db, a, S("one")));
		CHECK_ERR(add_person(db, a, S("one")), "CONFLICT");
		CHECK_ERR(add_person(db, a, S("nobody")), "CONFLICT");
		CHECK_ERR(db_write(db, a, add_with_parent, &nobody), "CONFLICT");
		CHECK_INT(count_people(db), 1);
	}
}

static err attempt_twice(struct conn *c, struct arena *a, void *ret_refused)
{
	struct opt_int none = { 0 };
	bool *refused = ret_refused;

	TRY(db_attempt(c, a,
		BIND(person_add, .name = V(S("taken")), .age = V(none), .active = V((bool)true),
			.parent_id = V(none)),
		&refused[0]));
	TRY(db_attempt(c, a,
		BIND(person_add, .name = V(S("free")), .age = V(none), .active = V((bool)true),
			.parent_id = V(none)),
		&refused[1]));
	str name = S("after");
	return add_act(c, a, &name);
}

TEST("an act goes on after an attempt that a constraint refused")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		bool refused[2] = { false, true };

		CHECK_OK(add_person(db, a, S("taken")));
		CHECK_OK(db_write(db, a, attempt_twice, refused));
		CHECK(refused[0]);
		CHECK(!refused[1]);
		CHECK_INT(count_people(db), 3);
	}
}

/* Waits for the answer, unlike add_act. */
static err add_at_once(struct conn *c, struct arena *a, str name)
{
	struct opt_int none = { 0 };
	int64_t added;

	return db_count_changed(c, a,
		BIND(person_add, .name = V(name), .age = V(none), .active = V((bool)true),
			.parent_id = V(none)),
		&added);
}

static err swallow(struct conn *c, struct arena *a, void *arg)
{
	TRY(add_at_once(c, a, S("one")));
	err second = add_at_once(c, a, S("one"));
	(void)second;
	return NULL;
}

static err go_on(struct conn *c, struct arena *a, void *arg)
{
	int64_t n;
	TRY(swallow(c, a, NULL));
	return db_number(c, a, BIND(person_count), &n);
}

TEST("an act that hides the failure of a statement is INTERNAL and leaves no trace")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);

		CHECK_ERR(db_write(db, a, swallow, NULL), "INTERNAL");
		CHECK_ERR(db_write(db, a, go_on, NULL), "INTERNAL");
		CHECK_INT(count_people(db), 0);
		CHECK_OK(add_person(db, a, S("one")));
	}
}

/* What the act said to do, and was told too late that it could not be done. */
static err add_twice(struct conn *c, struct arena *a, void *arg)
{
	str name = S("one"), other = S("two");
	TRY(add_act(c, a, &name));
	TRY(add_act(c, a, &name));
	return add_act(c, a, &other);
}

static err add_twice_and_count(struct conn *c, struct arena *a, void *ret_n)
{
	TRY(add_twice(c, a, NULL));
	return db_number(c, a, BIND(person_count), ret_n);
}

static err add_twice_and_attempt(struct conn *c, struct arena *a, void *ret_refused)
{
	TRY(add_twice(c, a, NULL));
	return attempt_twice(c, a, ret_refused);
}

static err add_twice_and_refuse(struct conn *c, struct arena *a, void *arg)
{
	TRY(add_twice(c, a, NULL));
	return FAIL(a, CONFLICT, "changed my mind");
}

TEST("a statement that is refused fails its act, however late the act hears of it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		bool refused[2] = { 0 };
		int64_t n = -1;

		CHECK_ERR(db_write(db, a, add_twice, NULL), "CONFLICT");
		CHECK_ERR(db_write(db, a, add_twice_and_count, &n), "CONFLICT");
		CHECK_ERR(db_write(db, a, add_twice_and_attempt, refused), "CONFLICT");
		CHECK_ERR(db_write(db, a, add_twice_and_refuse, NULL), "CONFLICT");
		CHECK_INT(n, -1);
		CHECK_INT(count_people(db), 0);
		CHECK_OK(add_person(db, a, S("one")));
	}
}

/* Statements that wait and that do not, in turn; more than a connection lets go unread. */
enum { MANY = 200 };

static err add_many(struct conn *c, struct arena *a, void *arg)
{
	bool refused[2];
	for (int64_t i = 0; i < MANY; i++) {
		int64_t n = -1;
		str name = arena_printf(a, "%lld", (long long)i);
		TRY(add_act(c, a, &name));
		if (i % 50 == 7)
			TRY(db_number(c, a, BIND(person_count), &n));
		CHECK(n == -1 || n == i + 1);
	}
	return attempt_twice(c, a, refused);
}

TEST("an act of many statements sees what it wrote, and all of it lands")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);

		CHECK_OK(db_write(db, a, add_many, NULL));
		CHECK_INT(count_people(db), MANY + 3);
	}
}

static err write_inside(struct conn *c, struct arena *a, void *db)
{
	str name = S("inner");
	return db_write(db, a, add_act, &name);
}

TEST("a db_write inside an act is refused, not waited for")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);

		CHECK_ERR(db_write(db, a, write_inside, db), "INTERNAL");
		CHECK_OK(add_person(db, a, S("after")));
	}
}

static err rename_all(struct conn *c, struct arena *a, void *arg)
{
	int64_t *changed = arg;
	TRY(db_count_changed(c, a, BIND(person_age_all, .years = V(1)), &changed[0]));
	return db_count_changed(
		c, a, BIND(person_rename, .id = V(1), .name = V(S("new"))), &changed[1]);
}

TEST("rows that a statement touched are counted")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		int64_t changed[2] = { -1, -1 };

		CHECK_OK(add_person(db, a, S("one")));
		CHECK_OK(add_person(db, a, S("two")));
		CHECK_OK(db_write(db, a, rename_all, changed));
		CHECK_INT(changed[0], 0);
		CHECK_INT(changed[1], 1);
	}
}

/* --- many threads -------------------------------------------------------- */

enum { CALLERS = 32, ACTS = 15 };

struct caller {
	pthread_t thread;
	struct db *db;
	int number;
	int refused, landed, unseen, others;
};

/* Every third act refuses after it has written. */
static void *call(void *arg)
{
	struct caller *caller = arg;

	for (int i = 0; i < ACTS; i++) {
		ARENA a = arena_new();
		str name = arena_printf(a, "%d of %d", i, caller->number);
		struct person got;
		struct conn *c;
		err e = db_write(caller->db, a, i % 3 ? add_act : add_and_refuse, &name);
		caller->landed += !e;
		caller->refused += e && e->kind == ERR_NOT_ALLOWED;
		caller->others += e && e->kind != ERR_NOT_ALLOWED;
		/* Whoever was told "done" finds it at once. */
		if (!e) {
			e = db_reader(caller->db, a, &c);
			if (!e)
				e = db_one(c, a, BIND(person_by_name, .name = V(name)), &person_row,
					&got);
			caller->unseen += e != NULL;
		}
	}
	return NULL;
}

TEST("many callers at once: each act lands or leaves no trace, and they share commits")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct caller callers[CALLERS];
		struct db_stats before = db_stats(db);
		int landed = 0;

		for (int i = 0; i < CALLERS; i++) {
			callers[i] = (struct caller){ .db = db, .number = i };
			pthread_create(&callers[i].thread, NULL, call, &callers[i]);
		}
		for (int i = 0; i < CALLERS; i++) {
			pthread_join(callers[i].thread, NULL);
			CHECK_INT(callers[i].landed, ACTS / 3 * 2);
			CHECK_INT(callers[i].refused, ACTS / 3);
			CHECK_INT(callers[i].unseen, 0);
			CHECK_INT(callers[i].others, 0);
			landed += callers[i].landed;
		}
		struct db_stats after = db_stats(db);
		CHECK_INT(count_people(db), landed);
		CHECK_INT(after.acts - before.acts, landed);
		CHECK_INT(after.waiting, 0);
		CHECK_INT(after.failures, 0);
		if (engine == DB_SQLITE)
			CHECK(after.commits - before.commits < CALLERS * ACTS / 2);
	}
}

/* --- one group, arranged ------------------------------------------------- */

static pthread_barrier_t both_inside;

static err meet(struct conn *c, struct arena *a, void *arg)
{
	pthread_barrier_wait(&both_inside);
	pthread_barrier_wait(&both_inside);
	return NULL;
}

static void *hold_the_writer(void *db)
{
	ARENA a = arena_new();
	err e = db_write(db, a, meet, NULL);
	return (void *)e;
}

TEST("acts that came while the writer was busy are committed with it, in one commit")
{
	ARENA a = arena_new();
	struct db *db = test_database(a, DB_SQLITE, person_folders);
	struct caller callers[4];
	pthread_t holder;
	struct db_stats before = db_stats(db);

	pthread_barrier_init(&both_inside, NULL, 2);
	pthread_create(&holder, NULL, hold_the_writer, db);
	pthread_barrier_wait(&both_inside);
	for (int i = 0; i < 4; i++) {
		callers[i] = (struct caller){ .db = db, .number = i };
		pthread_create(&callers[i].thread, NULL, call, &callers[i]);
	}
	while (db_stats(db).waiting < 5)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK_INT(db_stats(db).commits, before.commits);
	pthread_barrier_wait(&both_inside);
	pthread_join(holder, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(callers[i].thread, NULL);
	pthread_barrier_destroy(&both_inside);
	CHECK_INT(count_people(db), 4 * ACTS / 3 * 2);
	CHECK(db_stats(db).commits - before.commits < 4 * ACTS);
}
