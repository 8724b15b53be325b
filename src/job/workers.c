/* SPDX-License-Identifier: Apache-2.0 */
/* workers.c - the threads that run jobs. They look when woken by a commit and every few seconds
 * for what became due by itself or was put by another node. */
#include <pthread.h>
#include <stdatomic.h>

#include "core/log.h"
#include "job/job.sql.h"
#include "job/run.h"

#define LOOK_SECONDS 5
#define KEEP_DONE (7 * INSTANT_DAY)

struct jobs {
	struct runner runner;
	_Atomic bool stop;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool work;
	int n_threads;
	pthread_t *threads;
};

/* False when the threads are to end. */
static bool wait_for_work(struct jobs *j)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_SECONDS;
	pthread_mutex_lock(&j->lock);
	while (!j->work && !atomic_load(&j->stop))
		if (pthread_cond_clockwait(&j->woken, &j->lock, CLOCK_MONOTONIC, &until) != 0)
			break;
	j->work = false;
	pthread_mutex_unlock(&j->lock);
	return !atomic_load(&j->stop);
}

static err purge(struct conn *c, struct arena *a, void *arg)
{
	const instant *now = arg;
	int64_t forgotten = 0;
	return job_purge(c, a, *now - KEEP_DONE, &forgotten);
}

/* One after another, each at its own time: what takes a minute must not run under a lease that
 * began with the first of them. */
static bool run_one(struct jobs *j)
{
	ARENA a = arena_new();
	bool ran = false;
	err e = job_run_next(a, &j->runner, instant_now(), &ran);
	if (e)
		log_err(LOG_ERROR_, "jobs.next", S(""), e);
	return !e && ran;
}

static err run_due(struct jobs *j, struct arena *a)
{
	bool more;
	TRY(jobs_look(a, &j->runner, instant_now(), &more));
	while (more && !atomic_load(&j->stop))
		more = run_one(j);
	return NULL;
}

static err pass(struct jobs *j, struct arena *a, instant *last_purge)
{
	TRY(run_due(j, a));
	instant now = instant_now();
	TRY(job_run_schedules(a, &j->runner, now));
	if (now - *last_purge < INSTANT_HOUR)
		return NULL;
	*last_purge = now;
	return db_write(j->runner.db, a, purge, &now);
}

static void *work(void *arg)
{
	struct jobs *j = arg;
	instant last_purge = 0;
	do {
		ARENA a = arena_new();
		err e = pass(j, a, &last_purge);
		if (e)
			log_err(LOG_ERROR_, "jobs.pass", S(""), e);
	} while (wait_for_work(j));
	return NULL;
}

/* Every schedule has its row, so that whoever is first when its time comes takes the turn. */
static err add_schedules(struct conn *c, struct arena *a, void *arg)
{
	const struct jobs *j = arg;
	for (const struct job_schedule *const *table = j->runner.tables.schedules; *table; table++)
		for (const struct job_schedule *s = *table; s->name; s++)
			TRY(db_do(c, a,
				BIND(job_schedule_add, .name = V(str_from(s->name)),
					.next = V(instant_now()))));
	return NULL;
}

err jobs_start(struct arena *a, struct db *db, struct job_tables t, int threads, void *app,
	struct jobs **ret)
{
	struct jobs *j = arena_make(a, struct jobs);
	*j = (struct jobs){ .runner = { .db = db, .tables = t, .app = app, .stop = &j->stop } };
	TRY(db_write(db, a, add_schedules, j));
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->woken, NULL);
	j->threads = arena_array(a, pthread_t, (size_t)threads);
	for (; j->n_threads < threads; j->n_threads++) {
		if (pthread_create(&j->threads[j->n_threads], NULL, work, j) != 0) {
			jobs_stop(j);
			return FAIL(a, UNAVAILABLE, "cannot start job thread %d", j->n_threads);
		}
	}
	*ret = j;
	return NULL;
}

void jobs_wake(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->work = true;
	pthread_cond_signal(&j->woken);
	pthread_mutex_unlock(&j->lock);
}

void jobs_ask_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	atomic_store(&j->stop, true);
	pthread_cond_broadcast(&j->woken);
	pthread_mutex_unlock(&j->lock);
}

void jobs_stop(struct jobs *j)
{
	jobs_ask_stop(j);
	for (int i = 0; i < j->n_threads; i++)
		pthread_join(j->threads[i], NULL);
	pthread_cond_destroy(&j->woken);
	pthread_mutex_destroy(&j->lock);
}
