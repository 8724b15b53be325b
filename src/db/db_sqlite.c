/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite: readers see the last commit (WAL) while the writer's thread works. */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Memory for pages, in KiB: the readers' share a limit of 64 MiB with the rest of the process. */
#define READER_CACHE 400
#define WRITER_CACHE 2500
/* The log is cut back to this after a burst. */
#define LOG_MOST (32 * MIB)

/* --- failures ------------------------------------------------------------ */

static enum err_kind kind_of(int status)
{
	switch (status) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
	case SQLITE_CONSTRAINT_CHECK: return ERR_CONFLICT;
	default: break;
	}
	switch (status & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_NOMEM:
	case SQLITE_IOERR:
	case SQLITE_FULL:
	case SQLITE_CANTOPEN:
	case SQLITE_PROTOCOL:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return ERR_UNAVAILABLE;
	default: return ERR_INTERNAL;
	}
}

/* What went wrong just now on the connection, and what that means for its act. */
static err failure(struct conn *c, struct arena *a, const char *what)
{
	sqlite3 *handle = handle_of(c);
	int status = sqlite3_extended_errcode(handle);

	if (c->in_act)
		c->fate = sqlite3_get_autocommit(handle) ? FATE_LOST : FATE_REFUSED;
	return err_make(a, kind_of(status), __FILE__, __LINE__, "%s: %s (%d)", what,
		sqlite3_errmsg(handle), status);
}

/* --- statements ---------------------------------------------------------- */

/* SQLite takes $1::bigint for a name, and a parameter that nobody sets for NULL. */
static err check_parameters(struct arena *a, const struct sql *q, sqlite3_stmt *s)
{
	for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
		const char *name = sqlite3_bind_parameter_name(s, i);
		int64_t number;
		if (!name || name[0] != '$' ||
			!str_to_int(str_from(name + 1), 1, q->n_params, &number))
			return FAIL(
				a, INTERNAL, "%s: the parameter %s", q->name, name ? name : "?");
	}
	return NULL;
}

static err prepare(
	struct conn *c, struct arena *a, const struct sql *q, unsigned flags, sqlite3_stmt **ret)
{
	sqlite3_stmt *s = NULL;
	const char *rest;

	if (sqlite3_prepare_v3(handle_of(c), q->text[DB_SQLITE], -1, flags, &s, &rest))
		return failure(c, a, q->name);
	if (!s || *rest) {
		sqlite3_finalize(s);
		return FAIL(a, INTERNAL, "%s is not one statement", q->name);
	}
	err e = check_parameters(a, q, s);
	if (e) {
		sqlite3_finalize(s);
		return e;
	}
	*ret = s;
	return NULL;
}

static err find_or_prepare(struct cursor *cursor, struct arena *a, sqlite3_stmt **ret)
{
	struct conn *c = cursor->conn;

	*ret = prepared_find(&c->prepared, cursor->statement);
	if (!*ret) {
		TRY(prepare(c, a, cursor->statement, SQLITE_PREPARE_PERSISTENT, ret));
		prepared_add(&c->prepared, c->arena, cursor->statement, *ret);
	} else if (sqlite3_stmt_busy(*ret)) { /* it runs further up, in a db_each */
		TRY(prepare(c, a, cursor->statement, 0, ret));
		cursor->own_handle = true;
	}
	return NULL;
}

static int bind(sqlite3_stmt *s, int i, const struct value *v)
{
	if (v->is_null)
		return sqlite3_bind_null(s, i);
	if (v->kind == VALUE_TEXT)
		return sqlite3_bind_text64(
			s, i, v->text.p ? v->text.p : "", v->text.n, SQLITE_STATIC, SQLITE_UTF8);
	return sqlite3_bind_int64(s, i, v->number);
}

static err start(struct cursor *cursor, struct arena *a, const struct value *args)
{
	sqlite3_stmt *s;

	TRY(find_or_prepare(cursor, a, &s));
	cursor->handle = s;
	cursor->n_columns = sqlite3_column_count(s);
	cursor->unfinished = !sqlite3_stmt_readonly(s);
	for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
		int64_t number = 0;
		bool named = str_to_int(str_from(sqlite3_bind_parameter_name(s, i) + 1), 1,
			cursor->statement->n_params, &number);
		assert(named);
		if (bind(s, i, &args[number - 1]))
			return failure(cursor->conn, a, cursor->statement->name);
	}
	return NULL;
}

static err next(struct cursor *cursor, struct arena *a, bool *ret_row)
{
	int status = sqlite3_step(cursor->handle);

	if (status != SQLITE_ROW && status != SQLITE_DONE)
		return failure(cursor->conn, a, cursor->statement->name);
	*ret_row = status == SQLITE_ROW;
	if (*ret_row)
		return NULL;
	if (cursor->unfinished)
		cursor->changed = sqlite3_changes64(handle_of(cursor->conn));
	cursor->unfinished = false;
	return NULL;
}

static void finish(struct cursor *cursor)
{
	if (!cursor->handle)
		return;
	/* Their results repeat what step said. */
	if (cursor->own_handle) {
		(void)sqlite3_finalize(cursor->handle);
	} else {
		(void)sqlite3_reset(cursor->handle);
		(void)sqlite3_clear_bindings(cursor->handle);
	}
	cursor->handle = NULL;
}

static const char *column(const struct cursor *cursor, int i)
{
	return sqlite3_column_name(cursor->handle, i);
}

static bool field(const struct cursor *cursor, int i, enum value_kind kind, struct value *ret)
{
	sqlite3_stmt *s = cursor->handle;
	int type = sqlite3_column_type(s, i);

	ret->is_null = type == SQLITE_NULL;
	if (ret->is_null)
		return true;
	if (kind == VALUE_TEXT) {
		ret->text.p = (const char *)sqlite3_column_text(s, i);
		ret->text.n = (size_t)sqlite3_column_bytes(s, i);
		return type == SQLITE_TEXT;
	}
	ret->number = sqlite3_column_int64(s, i);
	return type == SQLITE_INTEGER;
}

static err execute(struct conn *c, struct arena *a, const char *text)
{
	if (sqlite3_exec(handle_of(c), text, NULL, NULL, NULL))
		return failure(c, a, "executing");
	return NULL;
}

static err steady(struct conn *c, struct arena *a, bool on)
{
	return execute(c, a, on ? "BEGIN" : "COMMIT");
}

static err check(struct conn *c, struct arena *a, const struct sql *q)
{
	sqlite3_stmt *s = NULL;

	TRY(prepare(c, a, q, 0, &s));
	(void)sqlite3_finalize(s);
	return NULL;
}

/* --- connections --------------------------------------------------------- */

static void close_handle(void *conn)
{
	struct sqlite_conn *s = conn;
	const struct prepared *p = &s->conn.prepared;

	for (size_t i = 0; i < p->cap; i++)
		(void)sqlite3_finalize(p->slots[i].handle);
	int status = sqlite3_close(s->handle);
	assert(status == SQLITE_OK);
	(void)status;
}

static void disconnect(struct conn *c) { arena_free(c->arena); }

/* A file that only we may read; what SQLite puts beside it gets the same rights. */
static err make_file(struct arena *a, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST)
		return FAIL(a, UNAVAILABLE, "%s: %s", path, strerrordesc_np(errno));
	return NULL;
}

/* Done once in the life of a file. SQLite does not wait by itself for another process that is doing
 * it at the same moment. */
static err turn_on_log(struct conn *c, struct arena *a)
{
	const struct timespec pause = { 0, 10000000 };

	for (int waited = 0;; waited += 10) {
		err e = execute(c, a, "PRAGMA journal_mode = WAL");
		if (!e || waited >= LIMIT_DB_BUSY_MS ||
			sqlite3_errcode(handle_of(c)) != SQLITE_BUSY)
			return e;
		nanosleep(&pause, NULL);
	}
}

static err set_up(struct conn *c, struct arena *a, bool writes)
{
	ARENA scratch = arena_new();
	sqlite3 *handle = handle_of(c);

	(void)sqlite3_extended_result_codes(handle, 1);
	(void)sqlite3_busy_timeout(handle, LIMIT_DB_BUSY_MS);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
	/* As in PostgreSQL, "x" is a name and never a text. */
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
	/* As in PostgreSQL, LIKE tells A from a. */
	TRY(execute(c, a, "PRAGMA case_sensitive_like = ON"));
	str cache = arena_printf(
		scratch, "PRAGMA cache_size = -%d", writes ? WRITER_CACHE : READER_CACHE);
	TRY(execute(c, a, str_z(scratch, cache)));
	if (!writes)
		return execute(c, a, "PRAGMA query_only = ON");
	str log = arena_printf(
		scratch, "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = %d", LOG_MOST);
	TRY(execute(c, a, str_z(scratch, log)));
	return turn_on_log(c, a);
}

/* Not every file system can have it: the shared memory beside the file must work. */
static err check_journal(struct conn *c, struct arena *a)
{
	static const struct sql journal = { "journal_mode", { "PRAGMA journal_mode", "" }, 0,
		NULL };
	struct cursor cursor = { .conn = c, .statement = &journal };
	const struct value none = { 0 };
	struct value mode = { 0 };
	bool row = false;

	err e = start(&cursor, a, &none);
	if (!e)
		e = next(&cursor, a, &row);
	if (!e && (!row || !field(&cursor, 0, VALUE_TEXT, &mode) || !str_eq(mode.text, S("wal"))))
		e = FAIL(a, UNAVAILABLE, "the file system cannot hold a write-ahead log");
	finish(&cursor);
	return e;
}

static err connect(struct db *db, struct arena *a, bool writes, struct conn **ret)
{
	const char *path = ((const struct sqlite_db *)db)->path;
	struct arena *own = arena_new();
	struct sqlite_conn *s = arena_make(own, struct sqlite_conn);
	int flags = SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);

	s->conn = (struct conn){ .db = db, .arena = own };
	int status = sqlite3_open_v2(path, &s->handle, flags, NULL);
	arena_defer(own, close_handle, s);
	err e = status ? failure(&s->conn, a, path) : set_up(&s->conn, a, writes);
	if (!e && writes)
		e = check_journal(&s->conn, a);
	if (e) {
		disconnect(&s->conn);
		return e;
	}
	*ret = &s->conn;
	return NULL;
}

/* --- the database -------------------------------------------------------- */

static err run(struct db *db, struct arena *a, db_act act, void *arg)
{
	return writer_run(&((struct sqlite_db *)db)->writer, a, act, arg);
}

static void remove_temporary(const struct sqlite_db *s)
{
	if (!s->folder)
		return;
	(void)unlink(s->path);
	(void)rmdir(s->folder);
}

/* The writer is the last to close: it brings the log back into the file and removes it. */
static void close_database(struct db *db)
{
	struct sqlite_db *s = (struct sqlite_db *)db;

	pool_done(&db->readers);
	writer_stop(&s->writer);
	remove_temporary(s);
}

/* "sqlite::memory:" behaves like any other database, so it is a file, in a folder of its own. */
static err make_temporary(struct arena *a, struct sqlite_db *s)
{
	const char *base = getenv("TMPDIR");
	str name = arena_printf(a, "%s/motcua-XXXXXX", base ? base : "/tmp");
	char *folder = (char *)str_z(a, name); /* made just now, so ours to write */

	if (!mkdtemp(folder))
		return FAIL(a, UNAVAILABLE, "%s: %s", folder, strerrordesc_np(errno));
	s->folder = folder;
	s->path = str_z(a, arena_printf(a, "%s/db", folder));
	return NULL;
}

/* Its count of all memory is a lock that every allocation of every thread would take. */
static void configure(void) { (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static const struct driver sqlite_driver = {
	.connect = connect,
	.disconnect = disconnect,
	.write = run,
	.close = close_database,
	.execute = execute,
	.check = check,
	.steady = steady,
	.start = start,
	.next = next,
	.finish = finish,
	.column = column,
	.field = field,
};

err sqlite_open(struct arena *a, str path, int readers, struct db **ret)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_db *s = arena_make(a, struct sqlite_db);

	pthread_once(&once, configure);
	s->db = (struct db){ .engine = DB_SQLITE, .driver = &sqlite_driver };
	s->path = str_z(a, path);
	if (str_eq(path, S(":memory:")))
		TRY(make_temporary(a, s));
	err e = make_file(a, s->path);
	if (!e)
		e = writer_start(&s->writer, &s->db, a);
	if (e) {
		remove_temporary(s);
		return e;
	}
	pool_init(&s->db.readers, &s->db, false, readers);
	*ret = &s->db;
	return NULL;
}
