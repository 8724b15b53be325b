/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines. libmicrohttpd only knows "nothing came for so long": a client that sends one byte a
 * second would hold its connection for ever. This thread looks at all connections every second and
 * shuts down those whose stage has lasted too long; their loop then sees the end and cleans up. */
#include "http/inside.h"

#include <sys/socket.h>

static bool too_slow(const struct connection *c, const struct deadlines *d, instant age)
{
	switch (atomic_load(&c->stage)) {
	case STAGE_IDLE: return age > d->idle;
	case STAGE_HEADERS: return age > d->header;
	case STAGE_BODY:
	case STAGE_READY:
		return age > d->body ||
			(age > d->body_grace &&
				atomic_load(&c->received) <
					age / INSTANT_SECOND * LIMIT_HTTP_BODY_RATE);
	case STAGE_ANSWER: return age > d->body;
	case STAGE_ADMIT:
	case STAGE_WORK: break;
	}
	return false;
}

static void sweep(struct loop *loop, const struct deadlines *d)
{
	instant now = instant_monotonic();
	/* A connection leaves the list before its socket is closed, so under the lock every
	 * descriptor is still the one we mean. */
	pthread_mutex_lock(&loop->lock);
	for (struct connection *c = loop->connections; c; c = c->next)
		if (too_slow(c, d, now - atomic_load(&c->since)))
			shutdown(c->fd, SHUT_RDWR);
	pthread_mutex_unlock(&loop->lock);
}

void sweeper_cut(struct server *s)
{
	static const struct deadlines now = { 0 };
	for (int i = 0; i < s->n_loops; i++)
		sweep(&s->loops[i], &now);
}

static void *run(void *arg)
{
	struct server *s = arg;
	pthread_mutex_lock(&s->sweeper_lock);
	while (!s->sweeper_stop) {
		instant tick = s->deadlines.tick;
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		instant at = until.tv_sec * INSTANT_SECOND + until.tv_nsec / 1000 + tick;
		until.tv_sec = at / INSTANT_SECOND;
		until.tv_nsec = at % INSTANT_SECOND * 1000;
		pthread_cond_timedwait(&s->sweeper_wake, &s->sweeper_lock, &until);
		struct deadlines d = s->deadlines;
		pthread_mutex_unlock(&s->sweeper_lock);
		for (int i = 0; i < s->n_loops; i++)
			sweep(&s->loops[i], &d);
		pthread_mutex_lock(&s->sweeper_lock);
	}
	pthread_mutex_unlock(&s->sweeper_lock);
	return NULL;
}

bool sweeper_start(struct server *s)
{
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->sweeper_wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_mutex_init(&s->sweeper_lock, NULL);
	return pthread_create(&s->sweeper, NULL, run, s) == 0;
}

void sweeper_stop(struct server *s)
{
	pthread_mutex_lock(&s->sweeper_lock);
	s->sweeper_stop = true;
	pthread_cond_signal(&s->sweeper_wake);
	pthread_mutex_unlock(&s->sweeper_lock);
	pthread_join(s->sweeper, NULL);
	pthread_cond_destroy(&s->sweeper_wake);
	pthread_mutex_destroy(&s->sweeper_lock);
}

void server_deadlines(struct server *s, const struct deadlines *d)
{
	pthread_mutex_lock(&s->sweeper_lock);
	s->deadlines = *d;
	pthread_cond_signal(&s->sweeper_wake);
	pthread_mutex_unlock(&s->sweeper_lock);
}
