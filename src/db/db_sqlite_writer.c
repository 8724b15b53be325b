/* SPDX-License-Identifier: Apache-2.0 */
/* Group commit. Acts wait in a queue; the writer's thread takes all that are there, runs each in a
 * savepoint of one transaction, commits once, and only then tells the callers. While it commits,
 * the next group gathers: nobody waits for a group to fill, and under load groups are large. */
#include "db/sqlite.h"

/* An act that waits. It lies on the stack of its caller, who sleeps until `done`. */
struct ticket {
	db_act act;
	void *arg;
	struct arena *a;
	err result;
	sem_t done;
	struct ticket *NULLABLE next;
};

/* --- the queue ----------------------------------------------------------- */

static bool put(struct writer *w, struct ticket *t)
{
	pthread_mutex_lock(&w->lock);
	bool room = w->n_waiting < LIMIT_DB_WAITING;
	if (room) {
		if (w->last)
			w->last->next = t;
		else
			w->first = t;
		w->last = t;
		w->n_waiting++;
		pthread_cond_signal(&w->work);
	}
	pthread_mutex_unlock(&w->lock);
	return room;
}

static struct ticket *NULLABLE take(struct writer *w, bool wait)
{
	pthread_mutex_lock(&w->lock);
	while (wait && !w->first && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	struct ticket *t = w->first;
	if (t) {
		w->first = t->next;
		if (!w->first)
			w->last = NULL;
		t->next = NULL;
		w->n_waiting--;
	}
	pthread_mutex_unlock(&w->lock);
	return t;
}

/* --- one group ----------------------------------------------------------- */

static err execute(const struct writer *w, struct arena *a, const char *text)
{
	return w->db->driver->execute(w->conn, a, text);
}

static void drop_connection(struct writer *w)
{
	if (w->conn)
		w->db->driver->disconnect(w->conn);
	w->conn = NULL;
}

/* IMMEDIATE waits for another process that writes, for instance an import by the command line. */
static err begin(struct writer *w, struct arena *a)
{
	if (!w->conn)
		TRY(w->db->driver->connect(w->db, a, true, &w->conn));
	err e = execute(w, a, "BEGIN IMMEDIATE");
	if (e && sqlite3_errcode(handle_of(w->conn)) != SQLITE_BUSY)
		drop_connection(w);
	return e;
}

/* Fails only when the whole transaction is lost; what the act itself says is its result. */
static err run_act(struct writer *w, struct arena *a, struct ticket *t)
{
	TRY(execute(w, a, "SAVEPOINT act"));
	t->result = act_run(w->conn, t->a, t->act, t->arg);
	if (w->conn->fate == FATE_LOST)
		return FAIL(a, UNAVAILABLE, STR_FMT, STR_ARG(t->result->detail));
	if (t->result)
		TRY(execute(w, a, "ROLLBACK TO act"));
	return execute(w, a, "RELEASE act");
}

/* A commit that failed may have failed at any point, yet SQLite has forgotten it: the next one is
 * written over it. The connection stays, so that nobody reads the log again before that. */
static void abandon(struct writer *w, struct arena *a)
{
	if (!w->conn || sqlite3_get_autocommit(handle_of(w->conn)))
		return;
	if (execute(w, a, "ROLLBACK"))
		drop_connection(w);
}

/* Whatever an act answered, it may have answered for what a neighbour wrote: when that is lost, so
 * is its answer, a refusal too. */
static void tell(struct writer *w, struct ticket *first, err trouble)
{
	for (struct ticket *t = first, *next; t; t = next) {
		next = t->next; /* its caller takes it away at once */
		if (trouble)
			atomic_fetch_add(&w->db->failures, 1);
		if (trouble)
			t->result = FAIL(t->a, UNAVAILABLE, "not committed: " STR_FMT,
				STR_ARG(trouble->detail));
		sem_post(&t->done);
	}
}

static void run_group(struct writer *w, struct ticket *first)
{
	ARENA a = arena_new();
	struct ticket *last = first;
	err trouble = begin(w, a);

	for (int n = 1;; n++) {
		if (!trouble)
			trouble = run_act(w, a, last);
		struct ticket *more = n < LIMIT_DB_GROUP ? take(w, false) : NULL;
		if (!more)
			break;
		last = last->next = more;
	}
	if (!trouble)
		trouble = execute(w, a, "COMMIT");
	if (trouble)
		abandon(w, a);
	else
		atomic_fetch_add(&w->db->commits, 1);
	tell(w, first, trouble);
}

static void *run(void *writer)
{
	struct writer *w = writer;

	for (struct ticket *t; (t = take(w, true));)
		run_group(w, t);
	return NULL;
}

/* --- for the driver ------------------------------------------------------ */

err writer_start(struct writer *w, struct db *db, struct arena *a)
{
	w->db = db;
	TRY(db->driver->connect(db, a, true, &w->conn));
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	if (pthread_create(&w->thread, NULL, run, w)) {
		drop_connection(w);
		return FAIL(a, UNAVAILABLE, "no thread for the writer");
	}
	return NULL;
}

void writer_stop(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->work);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	drop_connection(w);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
}

err writer_run(struct writer *w, struct arena *a, db_act act, void *arg)
{
	struct ticket t = { .act = act, .arg = arg, .a = a };

	sem_init(&t.done, 0, 0);
	if (!put(w, &t)) {
		sem_destroy(&t.done);
		return FAIL(a, UNAVAILABLE, "%d acts wait already", LIMIT_DB_WAITING);
	}
	while (sem_wait(&t.done)) /* a signal woke it */
		;
	sem_destroy(&t.done);
	return t.result;
}
