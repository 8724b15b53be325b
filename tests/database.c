/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/database.h"

#include "core/crypto.h"

#include <stdatomic.h>
#include <unistd.h>

static const char *postgres_url(void)
{
	const char *url = getenv("MOTCUA_TEST_POSTGRES");
	return url && url[0] ? url : NULL;
}

enum db_engine test_engine_first(void) { return DB_SQLITE; }

enum db_engine test_engine_next(enum db_engine e)
{
	if (e == DB_SQLITE && postgres_url())
		return DB_POSTGRES;
	if (e == DB_SQLITE)
		tap_skip("on PostgreSQL, MOTCUA_TEST_POSTGRES is not set; SQLite was tested");
	return DB_ENGINE_COUNT;
}

static void die(const char *what, str why)
{
	printf("Bail out! %s: " STR_FMT "\n", what, STR_ARG(why));
	exit(1);
}

/* --- a schema of PostgreSQL for each database ---------------------------- */

/* Text made at run time, which only a test may do. */
static err run_text(struct conn *c, struct arena *a, void *text)
{
	const struct sql q = { .name = "schema", .text = { [DB_POSTGRES] = text } };
	return db_do(c, a, &q, NULL);
}

static void on_server(const char *text)
{
	ARENA a = arena_new();
	struct db *server;

	err e = db_open(a, str_from(postgres_url()), 1, &server);
	if (!e)
		e = db_write(server, a, run_text, (void *)text);
	if (e)
		die(text, e->detail);
	db_close(server);
}

static void drop_schema(void *statement) { on_server(statement); }

static str schema_url(struct arena *a)
{
	static atomic_int count;
	str name = arena_printf(a, "test_%d_%d", (int)getpid(), atomic_fetch_add(&count, 1));
	str url = str_from(postgres_url());

	on_server(str_z(a, arena_printf(a, "CREATE SCHEMA " STR_FMT, STR_ARG(name))));
	str drop = arena_printf(a, "DROP SCHEMA " STR_FMT " CASCADE", STR_ARG(name));
	arena_defer(a, drop_schema, (char *)str_z(a, drop));
	return arena_printf(a,
		STR_FMT "%soptions=-csearch_path%%3D" STR_FMT "&application_name=" STR_FMT,
		STR_ARG(url), str_has(url, S("?")) ? "&" : "?", STR_ARG(name), STR_ARG(name));
}

str test_database_url(struct arena *a, enum db_engine engine)
{
	static atomic_int count;

	if (engine == DB_POSTGRES)
		return schema_url(a);
	return arena_printf(a, "sqlite:%s/test-%d.db", tap_folder(), atomic_fetch_add(&count, 1));
}

/* --- an open database ---------------------------------------------------- */

static void close_database(void *db) { db_close(db); }

struct db *test_database(
	struct arena *a, enum db_engine engine, const struct migration *const *folders)
{
	struct db *db;
	int applied;

	crypto_init();
	err e = db_open(a, test_database_url(a, engine), 8, &db);
	if (e)
		die("opening a database", e->detail);
	arena_defer(a, close_database, db);
	e = folders ? db_migrate(db, a, folders, &applied) : NULL;
	if (e)
		die("migrating", e->detail);
	return db;
}

bool test_ok(err e, const char *file, int line, const char *expression)
{
	tap_check(!e, file, line, expression);
	if (!e)
		return true;
	printf("#   %s: " STR_FMT "\n", err_name(e), STR_ARG(e->detail));
	return false;
}

static err give_open(void *db, struct db **ret)
{
	*ret = db;
	return NULL;
}

struct database_door test_door(struct db *db) { return (struct database_door){ give_open, db }; }
