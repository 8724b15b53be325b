/* SPDX-License-Identifier: Apache-2.0 */
/* The queue on both engines: what is put is run until it succeeds or a human has to look. */
#include "job/job_test.h"

#include <pthread.h>
#include <time.h>

static err note(struct job *j)
{
	struct seen *s = j->app;
	atomic_fetch_add(&s->runs, 1);
	atomic_store(&s->attempt, j->attempt);
	atomic_fetch_add(&s->sum, json_int(json_get(j->payload, "n"), 0));
	return NULL;
}

static err fail(struct job *j)
{
	struct seen *s = j->app;
	atomic_fetch_add(&s->failures, 1);
	return FAIL(j->arena, UNAVAILABLE, "the server is away");
}

static err fail_in_words(struct job *j)
{
	struct buf b = buf_in(j->arena, 4 * KIB);
	buf_add(&b, S("x"));
	for (int i = 0; i < 400; i++)
		buf_add(&b, S("ế"));
	return FAIL(j->arena, UNAVAILABLE, STR_FMT, STR_ARG(buf_str(&b)));
}

static err fail_in_bytes(struct job *j) { return FAIL(j->arena, UNAVAILABLE, "\xff\xfe"); }

/* Runs on after its lease: meanwhile another worker takes the row, and this one fails late. */
static err overstay(struct job *j)
{
	struct seen *s = j->app;
	if (j->attempt > 1)
		return note(j);
	int ran = -1;
	CHECK_OK(jobs_run_due(j->arena, j->db, test_jobs, s, j->now + 9 * INSTANT_MINUTE, &ran));
	CHECK_INT(ran, 0);
	CHECK_OK(jobs_run_due(j->arena, j->db, test_jobs, s, j->now + 10 * INSTANT_MINUTE, &ran));
	CHECK_INT(ran, 1);
	return fail(j);
}

/* How many rows are held while one is run. */
static err count_held(struct job *j)
{
	struct seen *s = j->app;
	struct job_counts n;
	struct conn *c;
	TRY(db_reader(j->db, j->arena, &c));
	TRY(job_counts(c, j->arena, &n));
	atomic_fetch_add(&s->sum, n.running);
	return note(j);
}

/* As a mail to a server that says nothing. */
static err linger(struct job *j)
{
	struct seen *s = j->app;
	atomic_fetch_add(&s->runs, 1);
	for (int i = 0; i < 800 && j->stop && !atomic_load(j->stop); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 5 * 1000 * 1000 }, NULL);
	return FAIL(j->arena, UNAVAILABLE, "given up");
}

static const struct job_kind kinds[] = {
	{ .name = "note", .run = note },
	{ .name = "fail", .run = fail },
	{ .name = "words", .run = fail_in_words },
	{ .name = "bytes", .run = fail_in_bytes },
	{ .name = "overstay", .run = overstay },
	{ .name = "count", .run = count_held },
	{ .name = "linger", .run = linger },
	{ 0 },
};
const struct job_tables test_jobs = {
	.kinds = (const struct job_kind *const[]){ kinds, NULL },
	.schedules = (const struct job_schedule *const[]){ NULL },
};

const struct migration *const job_folders[] = { job_migrations, NULL };

struct put {
	str kind, key, payload;
	instant due;
	bool fails;
};

static err run_put(struct conn *c, struct arena *a, void *arg)
{
	const struct put *p = arg;
	TRY(job_put(c, a, p->kind, p->key, p->payload, p->due));
	return p->fails ? FAIL(a, NOT_ALLOWED, "the act fails") : NULL;
}

err put_job(struct db *db, struct arena *a, const char *kind, str key)
{
	struct put p = { str_from(kind), key, S("{\"n\":1}"), NOON, false };
	return db_write(db, a, run_put, &p);
}

int run_due(struct db *db, struct arena *a, struct seen *s, instant now)
{
	int ran = -1;
	CHECK_OK(jobs_run_due(a, db, test_jobs, s, now, &ran));
	return ran;
}

struct row {
	int64_t id, attempts, due_at;
	str state, last_error;
};
ROW_TYPE(row_type, struct row, COLUMN(struct row, id), COLUMN(struct row, attempts),
	COLUMN(struct row, due_at), COLUMN(struct row, state), COLUMN(struct row, last_error));

static struct row row_of(struct db *db, struct arena *a, const char *kind, str key)
{
	ARENA look = arena_new();
	struct conn *c;
	struct row row = { 0 };
	CHECK_OK(db_reader(db, look, &c));
	CHECK_OK(db_one(c, a, BIND(job_test_row, .kind = V(str_from(kind)), .key = V(key)),
		&row_type, &row));
	return row;
}

static struct job_counts counts_of(struct db *db)
{
	ARENA a = arena_new();
	struct conn *c;
	struct job_counts counts = { 0 };
	CHECK_OK(db_reader(db, a, &c));
	CHECK_OK(job_counts(c, a, &counts));
	return counts;
}

static int64_t rows(struct db *db)
{
	ARENA a = arena_new();
	struct conn *c;
	int64_t n = -1;
	CHECK_OK(db_reader(db, a, &c));
	CHECK_OK(db_number(c, a, BIND(job_test_count), &n));
	return n;
}

TEST("a key is put once for its kind, however often it is put")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "note", S("one")));
		CHECK_OK(put_job(db, a, "note", S("one")));
		CHECK_OK(put_job(db, a, "fail", S("one")));
		CHECK_INT(rows(db), 2);
		CHECK_INT(run_due(db, a, &s, NOON), 2);
		CHECK_INT(s.runs, 1);
		CHECK_OK(put_job(db, a, "note", S("one")));
		CHECK_INT(run_due(db, a, &s, NOON), 0);
	}
}

TEST("a job is lost with the act that put it, and kept with it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct put p = { S("note"), S("one"), S("{}"), NOON, true };
		CHECK_ERR(db_write(db, a, run_put, &p), "NOT_ALLOWED");
		CHECK_INT(rows(db), 0);
		p.fails = false;
		CHECK_OK(db_write(db, a, run_put, &p));
		CHECK_INT(rows(db), 1);
	}
}

TEST("a payload over its limit is refused with its act")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		str large = { arena_bytes(a, LIMIT_JOB_PAYLOAD + 1, 1), LIMIT_JOB_PAYLOAD + 1 };
		struct put p = { S("note"), S("one"), large, NOON, false };
		CHECK_ERR(db_write(db, a, run_put, &p), "INTERNAL");
		CHECK_INT(rows(db), 0);
	}
}

TEST("a job runs when it is due, once, and not before")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "note", S("one")));
		CHECK_INT(run_due(db, a, &s, NOON - 1), 0);
		CHECK_INT(run_due(db, a, &s, NOON), 1);
		CHECK_INT(run_due(db, a, &s, NOON + INSTANT_DAY), 0);
		CHECK_INT(s.runs, 1);
		CHECK_INT(s.attempt, 1);
		CHECK_INT(s.sum, 1);
		CHECK_STR(row_of(db, a, "note", S("one")).state, "done");
	}
}

TEST("a failure is tried again after 2, 4, 8 … seconds, give or take a quarter; then it is dead")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		instant now = NOON;
		CHECK_OK(put_job(db, a, "fail", S("one")));
		for (int attempt = 1; attempt < LIMIT_JOB_ATTEMPTS; attempt++) {
			CHECK_INT(run_due(db, a, &s, now), 1);
			struct row r = row_of(db, a, "fail", S("one"));
			CHECK_STR(r.state, "waiting");
			CHECK_INT(r.attempts, attempt);
			CHECK_STR(r.last_error, "the server is away");
			instant wait = ((instant)1 << attempt) * INSTANT_SECOND;
			CHECK(r.due_at >= now + wait / 4 * 3);
			CHECK(r.due_at <= now + wait / 4 * 5);
			CHECK_INT(run_due(db, a, &s, r.due_at - 1), 0);
			now = r.due_at;
		}
		CHECK_INT(run_due(db, a, &s, now), 1);
		CHECK_STR(row_of(db, a, "fail", S("one")).state, "dead");
		CHECK_INT(run_due(db, a, &s, now + 365 * INSTANT_DAY), 0);
		CHECK_INT(s.failures, LIMIT_JOB_ATTEMPTS);
		CHECK_INT(counts_of(db).dead, 1);
	}
}

struct resend {
	int64_t id;
};
static err run_resend(struct conn *c, struct arena *a, void *arg)
{
	const struct resend *r = arg;
	return job_resend(c, a, r->id, NOON);
}

TEST("a dead letter is sent again with fresh attempts; only a dead one can be")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "fail", S("one")));
		struct resend r = { row_of(db, a, "fail", S("one")).id };
		CHECK_ERR(db_write(db, a, run_resend, &r), "NOT_FOUND");
		for (int i = 1; i <= LIMIT_JOB_ATTEMPTS; i++)
			run_due(db, a, &s, NOON + i * INSTANT_DAY);
		CHECK_INT(counts_of(db).dead, 1);
		CHECK_OK(db_write(db, a, run_resend, &r));
		CHECK_INT(counts_of(db).dead, 0);
		CHECK_INT(run_due(db, a, &s, NOON), 1);
		CHECK_INT(row_of(db, a, "fail", S("one")).attempts, 1);
		CHECK_ERR(db_write(db, a, run_resend, &r), "NOT_FOUND");
	}
}

TEST("one that fails, is unknown or has a broken payload does not stop the others")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		struct put broken = { S("note"), S("broken"), S("{"), NOON, false };
		CHECK_OK(put_job(db, a, "fail", S("one")));
		CHECK_OK(put_job(db, a, "nobody's", S("two")));
		CHECK_OK(db_write(db, a, run_put, &broken));
		CHECK_OK(put_job(db, a, "note", S("three")));
		CHECK_INT(run_due(db, a, &s, NOON), 4);
		CHECK_INT(s.runs, 1);
		CHECK_INT(counts_of(db).waiting, 3);
		CHECK_INT(counts_of(db).running, 0);
	}
}

TEST("an error that is long, or no text at all, can still be kept")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "words", S("one")));
		CHECK_OK(put_job(db, a, "bytes", S("two")));
		CHECK_INT(run_due(db, a, &s, NOON), 2);
		struct row words = row_of(db, a, "words", S("one"));
		CHECK_STR(words.state, "waiting");
		CHECK(str_is_utf8(words.last_error) && words.last_error.n > 300);
		CHECK_STR(row_of(db, a, "bytes", S("two")).state, "waiting");
	}
}

TEST("a row whose worker died is taken again when its lease is over")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "overstay", S("one")));
		CHECK_INT(run_due(db, a, &s, NOON), 1);
		CHECK_INT(s.runs, 1);
		CHECK_INT(s.attempt, 2);
		CHECK_INT(s.failures, 1);
		/* The late failure of the first worker does not undo what the second one did. */
		CHECK_STR(row_of(db, a, "overstay", S("one")).state, "done");
	}
}

TEST("a row is taken right before it is run: nobody holds what others could run meanwhile")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		for (int i = 0; i < 5; i++)
			CHECK_OK(put_job(db, a, "count", arena_printf(a, "%d", i)));
		CHECK_INT(run_due(db, a, &s, NOON), 5);
		CHECK_INT(s.runs, 5);
		CHECK_INT(s.sum, 5 * (1 + 1)); /* each saw itself alone, and has n = 1 */
	}
}

TEST("at the stop no further row is begun, and what gave up is due again as if never taken")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		struct jobs *j;
		CHECK_OK(put_job(db, a, "linger", S("one")));
		CHECK_OK(put_job(db, a, "linger", S("two")));
		CHECK_OK(jobs_start(a, db, test_jobs, 1, &s, &j));
		for (int i = 0; i < 800 && atomic_load(&s.runs) == 0; i++)
			nanosleep(&(struct timespec){ .tv_nsec = 5 * 1000 * 1000 }, NULL);
		jobs_stop(j);
		CHECK_INT(s.runs, 1);
		CHECK_INT(counts_of(db).running, 0);
		CHECK_STR(row_of(db, a, "linger", S("one")).state, "waiting");
		CHECK_INT(row_of(db, a, "linger", S("one")).attempts, 0);
		CHECK_INT(row_of(db, a, "linger", S("two")).attempts, 0);
	}
}

static err lose(struct conn *c, struct arena *a, void *arg)
{
	(void)arg;
	return db_do(c, a,
		BIND(job_test_lost, .kind = V(S("note")), .key = V(S("one")), .until = V(NOON)));
}

TEST("a row that takes its worker down every time becomes a dead letter too")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		CHECK_OK(put_job(db, a, "note", S("one")));
		for (int i = 0; i < LIMIT_JOB_ATTEMPTS; i++)
			CHECK_OK(db_write(db, a, lose, NULL));
		CHECK_INT(run_due(db, a, &s, NOON), 1);
		CHECK_INT(s.runs, 0);
		CHECK_STR(row_of(db, a, "note", S("one")).state, "dead");
	}
}

struct worker {
	struct db *db;
	struct seen *seen;
};

static void *work_off(void *arg)
{
	const struct worker *w = arg;
	int ran;
	do {
		ARENA a = arena_new();
		ran = run_due(w->db, a, w->seen, NOON);
	} while (ran > 0);
	return NULL;
}

TEST("workers share what is due: 60 jobs, 4 workers, each job once")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		for (int i = 0; i < 60; i++)
			CHECK_OK(put_job(db, a, "note", arena_printf(a, "%d", i)));
		struct worker w = { db, &s };
		pthread_t threads[4];
		for (size_t i = 0; i < COUNT(threads); i++)
			REQUIRE(pthread_create(&threads[i], NULL, work_off, &w) == 0);
		for (size_t i = 0; i < COUNT(threads); i++)
			pthread_join(threads[i], NULL);
		/* A worker that saw all due rows locked by another may leave; none is lost. */
		while (run_due(db, a, &s, NOON) > 0)
			;
		CHECK_INT(s.runs, 60);
		CHECK_INT(counts_of(db).waiting + counts_of(db).running, 0);
	}
}

static err forget(struct conn *c, struct arena *a, void *arg)
{
	return job_purge(c, a, NOON + INSTANT_HOUR, arg);
}

TEST("what is done is forgotten after a while, what is not stays")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		int64_t forgotten = 0;
		struct job_row *list;
		size_t n;
		CHECK_OK(put_job(db, a, "note", S("old")));
		CHECK_OK(put_job(db, a, "fail", S("old")));
		CHECK_INT(run_due(db, a, &s, NOON), 2);
		CHECK_OK(put_job(db, a, "note", S("new")));
		CHECK_INT(run_due(db, a, &s, NOON + INSTANT_HOUR), 2);
		CHECK_OK(db_write(db, a, forget, &forgotten));
		CHECK_INT(forgotten, 1);
		struct conn *c;
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(job_list(c, a, S("done"), 0, 10, &list, &n));
		CHECK_INT(n, 1);
		CHECK_OK(job_list(c, a, S("waiting"), 0, 10, &list, &n));
		REQUIRE(n == 1);
		CHECK_STR(list[0].kind, "fail");
		CHECK_INT(list[0].attempts, 2);
	}
}
