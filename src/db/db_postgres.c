/* SPDX-License-Identifier: Apache-2.0 */
/* PostgreSQL by libpq. Statements are prepared once a connection; all values travel as text, whose
 * types the server infers. libpq itself keeps SIGPIPE from the process. */
#include "db/postgres.h"

#include <inttypes.h>

/* --- failures ------------------------------------------------------------ */

/* By SQLSTATE; a shorter text stands for its whole class. */
/* clang-format off */
static const struct {
	const char *state;
	enum err_kind kind;
} kinds[] = {
	{ "23505", ERR_CONFLICT },    /* unique_violation */
	{ "23503", ERR_CONFLICT },    /* foreign_key_violation */
	{ "23001", ERR_CONFLICT },    /* restrict_violation */
	{ "23514", ERR_CONFLICT },    /* check_violation */
	{ "40",    ERR_UNAVAILABLE }, /* serialization failure, deadlock */
	{ "08",    ERR_UNAVAILABLE }, /* connection */
	{ "53",    ERR_UNAVAILABLE }, /* disk full, too many connections */
	{ "57",    ERR_UNAVAILABLE }, /* time is up, shutting down, starting up */
	{ "58",    ERR_UNAVAILABLE }, /* I/O error */
	{ "55P03", ERR_UNAVAILABLE }, /* a lock was not to be had */
	{ "25P03", ERR_UNAVAILABLE }, /* the act was idle for too long */
};
/* clang-format on */

static enum err_kind kind_of(const char *state)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strncmp(state, kinds[i].state, strlen(kinds[i].state)) == 0)
			return kinds[i].kind;
	return ERR_INTERNAL;
}

bool postgres_dead(const struct conn *c) { return PQstatus(handle_of(c)) != CONNECTION_OK; }

bool postgres_may_run_again(const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	return state && (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0);
}

/* Ended by the server: what it said last is here before the end of the connection is. */
static bool is_farewell(const PGresult *NULLABLE r)
{
	const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
	return severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
}

/* The server's DETAIL is left out, and so is its message about a value of a wrong form: they
 * repeat what a person typed. */
err postgres_failure(struct conn *c, struct arena *a, const char *what, PGresult *NULLABLE r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	bool dead = postgres_dead(c) || is_farewell(r);
	err e;

	if (dead)
		e = FAIL(a, UNAVAILABLE, "%s: the connection is lost", what);
	else if (!state || !message)
		e = FAIL(a, INTERNAL, "%s: failed", what);
	else
		e = err_make(a, kind_of(state), __FILE__, __LINE__, "%s: %s (%s)", what,
			strncmp(state, "22", 2) == 0 ? "a value of a wrong form" : message, state);
	if (c->in_act && c->fate == FATE_FINE)
		c->fate = dead || postgres_may_run_again(r) ? FATE_AGAIN : FATE_REFUSED;
	PQclear(r);
	return e;
}

/* --- connections --------------------------------------------------------- */

/* Text of several statements does not go through a pipeline. */
static err execute(struct conn *c, struct arena *a, const char *text)
{
	bool entered = PQpipelineStatus(handle_of(c)) != PQ_PIPELINE_OFF;

	TRY(postgres_settle(c, a));
	PGresult *r = PQexec(handle_of(c), text);
	ExecStatusType status = PQresultStatus(r);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return postgres_failure(c, a, "executing", r);
	PQclear(r);
	return entered ? postgres_enter(c, a) : NULL;
}

/* A server that confirms before the disk has it would break the promise of db_write; one that
 * also waits for its stand-bys may go on doing so. */
static const char session[] =
	"SET client_encoding = 'UTF8'; SET timezone = 'UTC'; SET standard_conforming_strings = on;"
	"SET client_min_messages = error; SET default_transaction_read_only = %s;"
	"SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d;"
	"SELECT set_config('synchronous_commit', 'on', FALSE)"
	" WHERE current_setting('synchronous_commit') = 'off'";

static err set_up(struct conn *c, struct arena *a)
{
	struct postgres_conn *p = postgres_conn_of(c);
	const char *read_only = p->writes ? "off" : "on";

	if (postgres_dead(c))
		return FAIL(a, UNAVAILABLE, "no connection: " STR_FMT,
			STR_ARG(str_trim(str_from(PQerrorMessage(p->handle)))));
	str text = arena_printf(
		p->scratch, session, read_only, LIMIT_DB_STATEMENT_MS, 2 * LIMIT_DB_STATEMENT_MS);
	err e = execute(c, a, str_z(p->scratch, text));
	arena_reset(p->scratch);
	return e;
}

err postgres_revive(struct conn *c, struct arena *a)
{
	if (!postgres_dead(c) && PQpipelineStatus(handle_of(c)) == PQ_PIPELINE_OFF)
		return NULL;
	prepared_clear(&c->prepared);
	postgres_conn_of(c)->n_posted = 0;
	PQreset(handle_of(c));
	return set_up(c, a);
}

/* What the server remarks is nobody's to read: this library does not log. */
static void ignore_notice(void *arg, const char *message) { (void)arg, (void)message; }

static void close_handle(void *conn)
{
	struct postgres_conn *p = conn;

	PQfinish(p->handle);
	arena_free(p->scratch);
}

static void disconnect(struct conn *c) { arena_free(c->arena); }

static err connect(struct db *db, struct arena *a, bool writes, struct conn **ret)
{
	/* What stands before dbname, the address, may be overruled by it. */
	const char *const keywords[] = { "connect_timeout", "tcp_user_timeout",
		"fallback_application_name", "dbname", NULL };
	const char *const values[] = { "10", "30000", "motcua", postgres_db_of(db)->url, NULL };
	struct arena *own = arena_new();
	struct postgres_conn *p = arena_make(own, struct postgres_conn);

	*p = (struct postgres_conn){
		.conn = { .db = db, .arena = own },
		.writes = writes,
		.scratch = arena_new(),
		.handle = PQconnectdbParams(keywords, values, 1),
	};
	arena_defer(own, close_handle, p);
	PQsetNoticeProcessor(p->handle, ignore_notice, NULL);
	err e = set_up(&p->conn, a);
	if (e) {
		disconnect(&p->conn);
		return e;
	}
	*ret = &p->conn;
	return NULL;
}

/* --- statements ---------------------------------------------------------- */

static err find_or_prepare(struct conn *c, struct arena *a, const struct sql *q, const char **ret)
{
	const char *name = prepared_find(&c->prepared, q);

	if (!name) {
		name = str_z(c->arena, arena_printf(c->arena, "s%zu", c->prepared.n));
		if (!PQsendPrepare(handle_of(c), name, q->text[DB_POSTGRES], 0, NULL))
			return postgres_failure(c, a, q->name, NULL);
		PGresult *r = NULL;
		TRY(postgres_answer(c, a, q->name, &r));
		PQclear(r);
		prepared_add(&c->prepared, c->arena, q, (void *)name);
	}
	*ret = name;
	return NULL;
}

static const char *NULLABLE as_text(struct arena *a, const struct value *v)
{
	if (v->is_null)
		return NULL;
	if (v->kind == VALUE_TEXT)
		return str_z(a, v->text);
	if (v->kind == VALUE_BOOL)
		return v->number ? "t" : "f";
	return str_z(a, arena_printf(a, "%" PRId64, v->number));
}

static err send(struct conn *c, struct arena *a, const struct sql *q, const struct value *args)
{
	struct postgres_conn *p = postgres_conn_of(c);
	const char *texts[LIMIT_DB_PARAMS], *name = NULL;

	TRY(find_or_prepare(c, a, q, &name));
	for (int i = 0; i < q->n_params; i++)
		texts[i] = as_text(p->scratch, &args[i]);
	bool sent = PQsendQueryPrepared(p->handle, name, q->n_params, texts, NULL, NULL, 0);
	arena_reset(p->scratch);
	return sent ? NULL : postgres_failure(c, a, q->name, NULL);
}

static err post(struct conn *c, struct arena *a, const struct sql *q, const struct value *args)
{
	TRY(send(c, a, q, args));
	return postgres_posted(c, a, q->name);
}

static err run(struct cursor *cursor, struct arena *a, const struct value *args)
{
	struct conn *c = cursor->conn;
	PGresult *r = NULL;

	TRY(send(c, a, cursor->statement, args));
	TRY(postgres_answer(c, a, cursor->statement->name, &r));
	cursor->handle = r;
	cursor->n_columns = PQnfields(r);
	cursor->row = -1;
	if (strncmp(PQcmdStatus(r), "SELECT", 6) != 0)
		(void)str_to_int(str_from(PQcmdTuples(r)), 0, INT64_MAX, &cursor->changed);
	return NULL;
}

/* A connection that died while it was idle is noticed by the first who uses it; a statement for
 * reading is then run again on a new one. */
static err start(struct cursor *cursor, struct arena *a, const struct value *args)
{
	struct conn *c = cursor->conn;

	if (c->in_act)
		return run(cursor, a, args);
	TRY(postgres_revive(c, a));
	err e = run(cursor, a, args);
	if (!e || !postgres_dead(c))
		return e;
	TRY(postgres_revive(c, a));
	return run(cursor, a, args);
}

/* The result is here as a whole: other statements may run between its rows. */
static err next(struct cursor *cursor, struct arena *a, bool *ret_row)
{
	*ret_row = ++cursor->row < PQntuples(cursor->handle);
	return NULL;
}

static void finish(struct cursor *cursor)
{
	PQclear(cursor->handle);
	cursor->handle = NULL;
}

static const char *column(const struct cursor *cursor, int i) { return PQfname(cursor->handle, i); }

static bool field(const struct cursor *cursor, int i, enum value_kind kind, struct value *ret)
{
	const PGresult *r = cursor->handle;
	str text = { PQgetvalue(r, cursor->row, i), (size_t)PQgetlength(r, cursor->row, i) };

	ret->is_null = PQgetisnull(r, cursor->row, i);
	if (ret->is_null)
		return true;
	switch (kind) {
	case VALUE_TEXT: ret->text = text; return true;
	case VALUE_BOOL:
		ret->number = str_eq(text, S("t"));
		return ret->number || str_eq(text, S("f"));
	case VALUE_INT:
	case VALUE_OPT_INT: return str_to_int(text, INT64_MIN, INT64_MAX, &ret->number);
	case VALUE_UNSET: break;
	}
	return false;
}

static err check(struct conn *c, struct arena *a, const struct sql *q)
{
	TRY(postgres_revive(c, a));
	PGresult *r = PQprepare(handle_of(c), "", q->text[DB_POSTGRES], 0, NULL);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return postgres_failure(c, a, q->name, r);
	PQclear(r);
	return NULL;
}

/* --- the database -------------------------------------------------------- */

static void close_database(struct db *db)
{
	pool_done(&db->readers);
	pool_done(&postgres_db_of(db)->writers);
}

static const struct driver postgres_driver = {
	.connect = connect,
	.disconnect = disconnect,
	.write = postgres_write,
	.close = close_database,
	.execute = execute,
	.check = check,
	.start = start,
	.next = next,
	.finish = finish,
	.post = post,
	.settle = postgres_settle,
	.column = column,
	.field = field,
};

err postgres_open(struct arena *a, str url, int readers, struct db **ret)
{
	struct postgres_db *p = arena_make(a, struct postgres_db);
	struct conn *first;

	p->db = (struct db){ .engine = DB_POSTGRES, .driver = &postgres_driver };
	p->url = str_z(a, url);
	pool_init(&p->db.readers, &p->db, false, readers);
	pool_init(&p->writers, &p->db, true, readers);
	err e = pool_take(&p->writers, a, &first);
	if (e) {
		close_database(&p->db);
		return e;
	}
	pool_give(first);
	*ret = &p->db;
	return NULL;
}
