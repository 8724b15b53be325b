/* SPDX-License-Identifier: Apache-2.0 */
/* workers.c - the threads that run jobs. They look when woken by a commit and every few seconds
 * for what became due by itself or was put by another node. */
#include <pthread.h>

#include "core/log.h"
#include "job/job.sql.h"
#include "job/run.h"

#define LOOK_SECONDS 5
#define KEEP_DONE (7 * INSTANT_DAY)

struct jobs {
	struct db *db;
	struct job_tables tables;
	void *app;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool work, stop;
	int n_threads;
	pthread_t *threads;
};

static struct timespec deadline_of(instant from_now)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += from_now / INSTANT_SECOND;
	return t;
}

/* False when the threads are to end. */
static bool wait_for_work(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	struct timespec until = deadline_of(LOOK_SECONDS * INSTANT_SECOND);
	while (!j->work && !j->stop)
		if (pthread_cond_timedwait(&j->woken, &j->lock, &until) != 0)
			break;
	j->work = false;
	bool go = !j->stop;
	pthread_mutex_unlock(&j->lock);
	return go;
}

static err purge(struct conn *c, struct arena *a, void *arg)
{
	const instant *now = arg;
	int64_t forgotten = 0;
	return job_purge(c, a, *now - KEEP_DONE, &forgotten);
}

static err pass(struct jobs *j, struct arena *a, instant *last_purge)
{
	instant now = instant_now();
	int ran = 0;
	do {
		TRY(jobs_run_due(a, j->db, j->tables, j->app, now, &ran));
	} while (ran == LIMIT_JOB_BATCH);
	TRY(job_run_schedules(a, j->db, j->tables, j->app, now));
	if (now - *last_purge < INSTANT_HOUR)
		return NULL;
	*last_purge = now;
	return db_write(j->db, a, purge, &now);
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
	for (const struct job_schedule *const *table = j->tables.schedules; *table; table++)
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
	*j = (struct jobs){ .db = db, .tables = t, .app = app };
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

void jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->stop = true;
	pthread_cond_broadcast(&j->woken);
	pthread_mutex_unlock(&j->lock);
	for (int i = 0; i < j->n_threads; i++)
		pthread_join(j->threads[i], NULL);
	pthread_cond_destroy(&j->woken);
	pthread_mutex_destroy(&j->lock);
}
