/* SPDX-License-Identifier: Apache-2.0 */
/* database.h - each test has databases of its own: empty, migrated, gone when the arena is freed.
 *
 *	TEST("a draft is found again")
 *	{
 *		FOR_EACH_ENGINE(engine) {
 *			ARENA a = arena_new();
 *			struct db *db = test_database(a, engine, folders);
 *			…
 *		}
 *	}
 *
 * PostgreSQL takes part when MOTCUA_TEST_POSTGRES holds the address of a server where schemas may
 * be made; without it the test runs on SQLite alone and its line says that the other was skipped. */
#pragma once
#include "db/command.h"
#include "db/migrate.h"
#include "tests/tap.h"

/* The first engine, then each next one; DB_ENGINE_COUNT after the last that can be tested here. */
enum db_engine test_engine_first(void);
enum db_engine test_engine_next(enum db_engine e);
#define FOR_EACH_ENGINE(e) \
	for (enum db_engine e = test_engine_first(); e != DB_ENGINE_COUNT; e = test_engine_next(e))

/* Opens with 8 readers and runs the migrations; folders as for db_migrate, or NULL for none.
 * Exits the program, saying why, when that fails. */
struct db *test_database(
	struct arena *a, enum db_engine engine, const struct migration *const *NULLABLE folders);

/* The address of a new, empty database, for tests that open it themselves. It is dropped when the
 * arena is freed: close what was opened before that. */
str test_database_url(struct arena *a, enum db_engine engine);

/* For commands: a door behind which the database stands open already. */
struct database_door test_door(struct db *db);

/* No err; else its kind and detail are shown. */
#define CHECK_OK(call)                                      \
	__extension__({                                     \
		err given_ = (call);                        \
		test_ok(given_, __FILE__, __LINE__, #call); \
		!given_;                                    \
	})
/* An err of the kind: CHECK_ERR(submit(…), "CONFLICT"). */
#define CHECK_ERR(call, kind) CHECK_STR(err_name(call), kind)

bool test_ok(err e, const char *file, int line, const char *expression);
