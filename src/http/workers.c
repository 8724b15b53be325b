/* SPDX-License-Identifier: Apache-2.0 */
#include "http/workers.h"

#include <pthread.h>
#include <signal.h>

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	void (*run)(void *job);
	bool stopping;
	size_t first, n, room;
	void **jobs; /* a ring */
	int n_threads;
	pthread_t threads[];
};

static void *work(void *arg)
{
	struct workers *w = arg;
	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->n == 0 && !w->stopping)
			pthread_cond_wait(&w->wake, &w->lock);
		if (w->n == 0)
			break;
		void *job = w->jobs[w->first];
		w->first = (w->first + 1) % w->room;
		w->n--;
		pthread_mutex_unlock(&w->lock);
		w->run(job);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct workers *NULLABLE workers_new(int threads, size_t room, void (*run)(void *job))
{
	struct workers *w = calloc(1, sizeof *w + (size_t)threads * sizeof w->threads[0]);
	void **jobs = calloc(room, sizeof *jobs);
	if (!w || !jobs)
		abort();
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	w->run = run;
	w->room = room;
	w->jobs = jobs;
	/* Signals belong to the main thread. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (w->n_threads < threads &&
		pthread_create(&w->threads[w->n_threads], NULL, work, w) == 0)
		w->n_threads++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (w->n_threads > 0)
		return w;
	workers_free(w);
	return NULL;
}

bool workers_add(struct workers *w, void *job)
{
	pthread_mutex_lock(&w->lock);
	bool room = w->n < w->room && !w->stopping;
	if (room)
		w->jobs[(w->first + w->n++) % w->room] = job;
	pthread_mutex_unlock(&w->lock);
	if (room)
		pthread_cond_signal(&w->wake);
	return room;
}

size_t workers_waiting(struct workers *w)
{
	pthread_mutex_lock(&w->lock);
	size_t n = w->n;
	pthread_mutex_unlock(&w->lock);
	return n;
}

void workers_free(struct workers *NULLABLE w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->wake);
	pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < w->n_threads; i++)
		pthread_join(w->threads[i], NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w->jobs);
	free(w);
}
