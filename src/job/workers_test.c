/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that run jobs by themselves, and schedules that many nodes share. */
#include "job/job_test.h"
#include "job/run.h"

#include <pthread.h>
#include <time.h>

static atomic_int hourly, broken;

static err every_hour(struct job *j)
{
	(void)j;
	atomic_fetch_add(&hourly, 1);
	return NULL;
}

static err always_broken(struct job *j)
{
	atomic_fetch_add(&broken, 1);
	return FAIL(j->arena, UNAVAILABLE, "broken");
}

static const struct job_schedule schedules[] = {
	{ .name = "a-broken", .every = 3600, .run = always_broken },
	{ .name = "hourly", .every = 3600, .run = every_hour },
	{ 0 },
};

static struct job_tables tables(void)
{
	static const struct job_schedule *const list[] = { schedules, NULL };
	return (struct job_tables){ .kinds = test_jobs.kinds, .schedules = list };
}

/* At most 4 s. */
static bool reaches(atomic_int *value, int wanted)
{
	for (int i = 0; i < 800 && atomic_load(value) < wanted; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 5 * 1000 * 1000 }, NULL);
	return atomic_load(value) >= wanted;
}

struct node {
	struct db *db;
	instant now;
};

static void *turn(void *arg)
{
	const struct node *n = arg;
	ARENA a = arena_new();
	CHECK_OK(job_run_schedules(a, &(struct runner){ .db = n->db, .tables = tables() }, n->now));
	return NULL;
}

TEST("a schedule runs once when its time comes, among two programs and eight threads")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct jobs *one, *two;
		hourly = broken = 0;
		CHECK_OK(jobs_start(a, db, tables(), 2, NULL, &one));
		CHECK_OK(jobs_start(a, db, tables(), 2, NULL, &two));
		CHECK(reaches(&hourly, 1));
		jobs_stop(one);
		jobs_stop(two);
		/* A program that starts later does not begin the hour anew. */
		CHECK_OK(jobs_start(a, db, tables(), 1, NULL, &one));
		jobs_stop(one);
		CHECK_INT(hourly, 1);
		/* Its failing neighbour had its one turn as well, and is due again like itself. */
		CHECK_INT(broken, 1);

		struct node n = { db, instant_now() + INSTANT_HOUR };
		pthread_t threads[8];
		for (size_t i = 0; i < COUNT(threads); i++)
			REQUIRE(pthread_create(&threads[i], NULL, turn, &n) == 0);
		for (size_t i = 0; i < COUNT(threads); i++)
			pthread_join(threads[i], NULL);
		CHECK_INT(hourly, 2);
		CHECK_INT(broken, 2);
	}
}

TEST("a worker that is woken runs what was just put")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, job_folders);
		struct seen s = { 0 };
		struct jobs *j;
		CHECK_OK(jobs_start(a, db, test_jobs, 2, &s, &j));
		for (int i = 1; i <= 20; i++) {
			CHECK_OK(put_job(db, a, "note", arena_printf(a, "%d", i)));
			jobs_wake(j);
			CHECK(reaches(&s.runs, i));
		}
		jobs_stop(j);
		CHECK_INT(s.runs, 20);
	}
}
