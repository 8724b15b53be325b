/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and binding, on both engines. */
#include "db/db_test.h"
#include "tests/database.h"

#include "db/db.sql.h"

static const struct migration people[] = {
	{ "people", 1, "person",
		"CREATE TABLE person (\n"
		"	id $ID,\n"
		"	name $TEXT NOT NULL UNIQUE CHECK (name <> 'nobody'),\n"
		"	age $INT,\n"
		"	active $BOOL NOT NULL,\n"
		"	parent_id $INT REFERENCES person (id)\n"
		") $STRICT;\n" },
	{ 0 },
};
const struct migration *const person_folders[] = { people, NULL };

static const struct column person_columns[] = {
	COLUMN(struct person, id),
	COLUMN(struct person, name),
	COLUMN(struct person, age),
	COLUMN(struct person, active),
	COLUMN(struct person, parent_id),
};
const struct row_type person_row = { sizeof(struct person), person_columns, COUNT(person_columns) };

err add_act(struct conn *c, struct arena *a, void *arg)
{
	const str *name = arg;
	struct opt_int none = { 0 };

	return db_do(c, a,
		BIND(person_add, .parent_id = V(none), .active = V((bool)true), .name = V(*name),
			.age = V(none)));
}

err add_person(struct db *db, struct arena *a, str name) { return db_write(db, a, add_act, &name); }

int64_t count_people(struct db *db)
{
	ARENA a = arena_new();
	struct conn *c;
	int64_t n;

	err e = db_reader(db, a, &c);
	if (!e)
		e = db_number(c, a, BIND(person_count), &n);
	return e ? -1 : n;
}

static err add_whole(struct conn *c, struct arena *a, void *arg)
{
	struct person *p = arg;
	return db_number(c, a,
		BIND(person_add, .name = V(p->name), .age = V(p->age), .active = V(p->active),
			.parent_id = V(p->parent_id)),
		&p->id);
}

TEST("a row comes back as it was written: marks, quotes, NULL, false and 64 bits")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct person p = { .name = S("Nguyễn Thị 'Ân' \"đ\" 𐐷\n$1 :name"),
			.age = { true, INT64_MIN } },
			      got = { 0 };
		struct conn *c;

		CHECK_OK(db_write(db, a, add_whole, &p));
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(db_one(c, a, BIND(person_by_name, .name = V(p.name)), &person_row, &got));
		CHECK_INT(got.id, p.id);
		CHECK_STR(got.name, p.name);
		CHECK(got.age.set && got.age.value == INT64_MIN);
		CHECK(!got.active);
		CHECK(!got.parent_id.set);
	}
}

TEST("nothing is written with an arena that was spoilt")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		ARENA spoilt = arena_new();
		struct db *db = test_database(a, engine, person_folders);

		arena_spoil(spoilt, FAIL(spoilt, BAD_REQUEST, "two values"));
		CHECK_ERR(add_person(db, spoilt, S("x")), "BAD_REQUEST");
		CHECK_INT(count_people(db), 0);
		CHECK_OK(add_person(db, a, S("x")));
	}
}

TEST("numbers keep their 64 bits at both ends, and empty text is not NULL")
{
	static const int64_t numbers[] = { INT64_MAX, INT64_MIN, 0, -1, 9007199254740993 };

	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct person got = { .name = S("x") };
		struct conn *c;
		int64_t n;

		CHECK_OK(db_reader(db, a, &c));
		for (size_t i = 0; i < COUNT(numbers); i++) {
			CHECK_OK(db_number(c, a, BIND(number_echo, .number = V(numbers[i])), &n));
			CHECK_INT(n, numbers[i]);
		}
		CHECK_OK(add_person(db, a, (str){ 0 }));
		CHECK_OK(db_one(c, a, BIND(person_by_name, .name = V(S(""))), &person_row, &got));
		CHECK_INT((int64_t)got.name.n, 0);
	}
}

TEST("arguments are bound by name, whatever their order, and used more than once")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct person p[] = { { .name = S("a"), .age = { true, 10 }, .active = true },
			{ .name = S("b"), .age = { true, 20 }, .active = true },
			{ .name = S("c"), .age = { true, 30 }, .active = true },
			{ .name = S("d"), .age = { true, 40 } } };
		ROW_TYPE(name_row, struct person, COLUMN(struct person, name));
		LIST(struct person) found;
		struct person joined;
		struct conn *c;

		for (size_t i = 0; i < COUNT(p); i++)
			CHECK_OK(db_write(db, a, add_whole, &p[i]));
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(DB_LIST(c, a, &found, &name_row,
			BIND(person_older, .active = V((bool)true), .but = V(S("c")),
				.least = V(10))));
		REQUIRE(found.n == 1);
		CHECK_STR(found.items[0].name, "b");
		CHECK_OK(db_one(c, a, BIND(person_joined, .first = V(S("1")), .second = V(S("2"))),
			&name_row, &joined));
		CHECK_STR(joined.name, "2-1");
	}
}

TEST("a list has every row, in order, and grows past its first room")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		LIST(struct person) found;
		struct conn *c;

		for (int i = 0; i < 40; i++)
			CHECK_OK(add_person(db, a, arena_printf(a, "person %02d", i)));
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(DB_LIST(c, a, &found, &person_row, BIND(person_list, .most = V(33))));
		REQUIRE(found.n == 33);
		CHECK_STR(found.items[32].name, "person 32");
		CHECK(found.items[7].active);
		CHECK_OK(DB_LIST(c, a, &found, &person_row, BIND(person_list, .most = V(0))));
		CHECK_INT((int64_t)found.n, 0);
	}
}

struct walk {
	struct conn *c;
	struct arena *a;
	struct person row;
	int seen, inner, stop_at;
};

static err walk_inner(void *arg)
{
	struct walk *w = arg;
	w->inner++;
	return NULL;
}

/* The same statement again, while its own rows are being walked. */
static err walk_outer(void *arg)
{
	struct walk *w = arg;
	struct walk again = { 0 };

	if (++w->seen == w->stop_at)
		return FAIL(w->a, CONFLICT, "enough");
	TRY(db_each(w->c, w->a, BIND(person_list, .most = V(9)), &person_row, &again.row,
		walk_inner, &again));
	w->inner += again.inner;
	return NULL;
}

TEST("rows are walked, also within a walk, and the first err stops it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct walk w = { .a = a };

		for (int i = 0; i < 3; i++)
			CHECK_OK(add_person(db, a, arena_printf(a, "person %d", i)));
		CHECK_OK(db_reader(db, a, &w.c));
		CHECK_OK(db_each(w.c, a, BIND(person_list, .most = V(9)), &person_row, &w.row,
			walk_outer, &w));
		CHECK_INT(w.seen, 3);
		CHECK_INT(w.inner, 9);
		w.stop_at = 5;
		CHECK_ERR(db_each(w.c, a, BIND(person_list, .most = V(9)), &person_row, &w.row,
				  walk_outer, &w),
			"CONFLICT");
		CHECK_INT(w.seen, 5);
	}
}

TEST("no row is NOT_FOUND for one, false for find, and touches nothing")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct person got = { .id = 77 };
		struct conn *c;
		int64_t n = 5;
		bool found = true;

		CHECK_OK(db_reader(db, a, &c));
		CHECK_ERR(db_one(c, a, BIND(person_by_name, .name = V(S("x"))), &person_row, &got),
			"NOT_FOUND");
		CHECK_OK(db_find(
			c, a, BIND(person_by_name, .name = V(S("x"))), &person_row, &got, &found));
		CHECK(!found);
		CHECK_INT(got.id, 77);
		CHECK_ERR(
			db_number(c, a, BIND(person_by_name, .name = V(S("x"))), &n), "NOT_FOUND");
		CHECK_INT(n, 5);
	}
}

TEST("a missing argument, an unknown column, NULL or a wrong type is our bug: INTERNAL")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		ROW_TYPE(name_row, struct person, COLUMN(struct person, name));
		ROW_TYPE(age_row, struct person, COLUMN(struct person, age));
		struct person got;
		struct conn *c;
		LIST(struct person) found;

		CHECK_OK(db_reader(db, a, &c));
		err e = db_one(c, a, BIND(person_older, .but = V(S("b")), .active = V((bool)true)),
			&name_row, &got);
		CHECK_ERR(e, "INTERNAL");
		CHECK(e && str_has(e->detail, S(":least")));
		e = DB_LIST(c, a, &found, &person_row, BIND(person_unknown_column));
		CHECK_ERR(e, "INTERNAL");
		CHECK(e && str_has(e->detail, S("parent_id")));
		CHECK_ERR(db_one(c, a, BIND(null_text), &name_row, &got), "INTERNAL");
		CHECK_ERR(db_one(c, a, BIND(text_number), &age_row, &got), "INTERNAL");
	}
}

TEST("text that one of the engines could not hold is INVALID on both")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		str nul = { "a\0b", 3 };

		CHECK_ERR(add_person(db, a, nul), "INVALID");
		CHECK_ERR(add_person(db, a, S("\xc3\x28")), "INVALID");
		CHECK_INT(count_people(db), 0);
	}
}

TEST("LIKE tells upper from lower case on both engines")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct conn *c;
		int64_t n;

		CHECK_OK(add_person(db, a, S("abc")));
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(db_number(c, a, BIND(person_like, .pattern = V(S("AB%"))), &n));
		CHECK_INT(n, 0);
		CHECK_OK(db_number(c, a, BIND(person_like, .pattern = V(S("ab%"))), &n));
		CHECK_INT(n, 1);
	}
}

TEST("a steady reader sees the newest state when it is fresh again, and when it is given back")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		REQUIRE(db);
		for (int turn = 0; turn < 2; turn++) {
			struct arena *page = arena_new();
			struct conn *c;
			int64_t before = -1, during = -1, after = -1;
			CHECK_OK(db_reader(db, page, &c));
			CHECK_OK(db_steady(c, page));
			CHECK_OK(db_number(c, page, BIND(person_count), &before));
			CHECK_OK(add_person(db, a, turn ? S("Hai") : S("Một")));
			CHECK_OK(db_number(c, page, BIND(person_count), &during));
			if (engine == DB_SQLITE)
				CHECK_INT(during, before);
			CHECK_OK(turn ? NULL : db_fresh(c, page));
			if (!turn) {
				CHECK_OK(db_number(c, page, BIND(person_count), &after));
				CHECK_INT(after, before + 1);
			}
			arena_free(page);
			CHECK_INT(count_people(db), before + 1);
		}
	}
}

TEST("a reader cannot write")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct conn *c;

		CHECK_OK(db_reader(db, a, &c));
		CHECK_ERR(db_do(c, a, BIND(person_rename, .id = V(1), .name = V(S("x")))),
			"INTERNAL");
	}
}

TEST("every statement of this folder can be prepared")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct conn *c;

		CHECK_OK(db_reader(db, a, &c));
		for (const struct sql *const *q = db_statements; *q; q++)
			if (*q != &migration_book_create)
				CHECK_OK(db_check(c, a, *q));
		for (const struct sql *const *q = db_test_statements; *q; q++)
			CHECK_OK(db_check(c, a, *q));
	}
}

TEST("db_check refuses what does not parse, and on SQLite a parameter that is not $1, $2")
{
	static const struct sql broken = { "broken", { "SELEC 1", "SELEC 1" }, 0, NULL };
	static const struct sql two = { "two", { "SELECT 1; SELECT 2", "SELECT 1; SELECT 2" } };
	static const char *const number[] = { "number" };
	static const struct sql cast = { "cast",
		{ "SELECT $1::bigint", "SELECT CAST($1 AS BIGINT)" }, 1, number };
	static const struct sql beyond = { "beyond", { "SELECT $2", "SELECT $2 + $1" }, 1, number };

	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, person_folders);
		struct conn *c;

		CHECK_OK(db_reader(db, a, &c));
		CHECK(db_check(c, a, &broken) != NULL);
		CHECK(db_check(c, a, &two) != NULL);
		CHECK((db_check(c, a, &cast) != NULL) == (engine == DB_SQLITE));
		if (engine == DB_SQLITE)
			CHECK_ERR(db_check(c, a, &beyond), "INTERNAL");
	}
}

TEST("an address that names no database is UNAVAILABLE")
{
	static const char *const urls[] = { "", "sqlite", "oracle:x", "sqlite:/nowhere/at/all.db",
		"sqlite:/proc/version", "postgresql:///x?host=/nowhere" };
	ARENA a = arena_new();
	struct db *db;

	for (size_t i = 0; i < COUNT(urls); i++)
		CHECK_ERR(db_open(a, str_from(urls[i]), 1, &db), "UNAVAILABLE");
}

TEST("sqlite::memory: is an empty database that leaves no file behind")
{
	ARENA a = arena_new();
	struct db *db;
	int applied;

	CHECK_OK(db_open(a, S("sqlite::memory:"), 2, &db));
	CHECK_OK(db_migrate(db, a, person_folders, &applied));
	CHECK_OK(add_person(db, a, S("x")));
	CHECK_INT(count_people(db), 1);
	db_close(db);
}
