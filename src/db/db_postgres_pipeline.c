/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of an act that travel together. What returns no rows is posted: it goes out with the
 * next statement that waits for its answer, so that an act holds its locks for as many round trips
 * as it has questions, not statements. Each time it waits both sides agree (a Sync, which within
 * BEGIN commits nothing): after a failure the server skips what follows up to there, and only from
 * there on it counts how long the transaction stands idle. */
#include "db/postgres.h"

static bool succeeded(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The answer to one statement, which libpq ends with a NULL. */
static PGresult *NULLABLE take_result(PGconn *handle)
{
	PGresult *r = PQgetResult(handle), *more = r;

	while (more && (more = PQgetResult(handle)))
		PQclear(more);
	return r;
}

/* The first failure; of those after it the server only says that it skipped them. */
static err take_posted(struct conn *c, struct arena *a)
{
	struct postgres_conn *p = postgres_conn_of(c);
	err e = NULL;

	for (size_t i = 0; i < p->n_posted; i++) {
		PGresult *r = take_result(p->handle);
		if (succeeded(r) || e)
			PQclear(r);
		else
			e = postgres_failure(c, a, p->posted[i], r);
	}
	p->n_posted = 0;
	return e;
}

/* Reads up to where both sides agree. */
static err take_sync(struct conn *c, struct arena *a, const char *what)
{
	while (!postgres_dead(c)) {
		PGresult *r = PQgetResult(handle_of(c));
		bool synced = PQresultStatus(r) == PGRES_PIPELINE_SYNC;
		PQclear(r);
		if (synced)
			return NULL;
	}
	return postgres_failure(c, a, what, NULL);
}

static bool entered(const struct conn *c)
{
	return PQpipelineStatus(handle_of(c)) != PQ_PIPELINE_OFF;
}

err postgres_answer(struct conn *c, struct arena *a, const char *what, PGresult **ret)
{
	PGconn *handle = handle_of(c);

	if (entered(c) && !PQpipelineSync(handle))
		return postgres_failure(c, a, what, NULL);
	err e = take_posted(c, a);
	PGresult *r = take_result(handle);
	if (!e && !succeeded(r)) {
		e = postgres_failure(c, a, what, r);
		r = NULL;
	}
	err late = entered(c) ? take_sync(c, a, what) : NULL;
	e = e ? e : late;
	if (e)
		PQclear(r);
	else
		*ret = r;
	return e;
}

/* Waits for what was posted, and for nothing else. */
static err catch_up(struct conn *c, struct arena *a)
{
	if (!PQpipelineSync(handle_of(c)))
		return postgres_failure(c, a, "settling", NULL);
	err e = take_posted(c, a);
	err late = take_sync(c, a, "settling");
	return e ? e : late;
}

err postgres_posted(struct conn *c, struct arena *a, const char *what)
{
	struct postgres_conn *p = postgres_conn_of(c);

	p->posted[p->n_posted++] = what;
	return p->n_posted < COUNT(p->posted) ? NULL : catch_up(c, a);
}

err postgres_enter(struct conn *c, struct arena *a)
{
	if (!PQenterPipelineMode(handle_of(c)))
		return FAIL(a, INTERNAL, "the connection was not idle");
	return NULL;
}

err postgres_settle(struct conn *c, struct arena *a)
{
	err e = NULL;

	if (entered(c) && postgres_conn_of(c)->n_posted)
		e = catch_up(c, a);
	if (!PQexitPipelineMode(handle_of(c)) && !e)
		return postgres_failure(c, a, "settling", NULL);
	return e;
}
