/* SPDX-License-Identifier: Apache-2.0 */
#include "db/driver.h"

#include <errno.h>

void pool_init(struct pool *p, struct db *db, bool writes, int most)
{
	*p = (struct pool){ .db = db, .writes = writes, .most = most };
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, NULL);
}

static struct timespec deadline(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += LIMIT_DB_BUSY_MS / 1000;
	return t;
}

/* An idle connection, or NULL: then one may be opened, and is counted already. */
static err take_or_count(struct pool *p, struct arena *a, struct conn **ret)
{
	struct timespec until = deadline();
	int status = 0;

	pthread_mutex_lock(&p->lock);
	while (!p->idle && p->n_open == p->most && status != ETIMEDOUT)
		status = pthread_cond_clockwait(&p->given, &p->lock, CLOCK_MONOTONIC, &until);
	bool got = p->idle || p->n_open < p->most;
	*ret = p->idle;
	if (p->idle) {
		p->idle = p->idle->next;
		p->n_idle--;
	} else if (got) {
		p->n_open++;
	}
	pthread_mutex_unlock(&p->lock);
	if (!got)
		return FAIL(a, UNAVAILABLE, "all %d connections are held", p->most);
	return NULL;
}

/* There is room for one more. */
static void uncount(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->n_open--;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

err pool_take(struct pool *p, struct arena *a, struct conn **ret)
{
	struct conn *c;

	TRY(take_or_count(p, a, &c));
	if (!c) {
		err e = p->db->driver->connect(p->db, a, p->writes, &c);
		if (e) {
			uncount(p);
			return e;
		}
		c->pool = p;
	}
	*ret = c;
	return NULL;
}

void pool_give(struct conn *c)
{
	struct pool *p = c->pool;

	pthread_mutex_lock(&p->lock);
	c->next = p->idle;
	p->idle = c;
	p->n_idle++;
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

void pool_drop(struct conn *c)
{
	struct pool *p = c->pool;

	p->db->driver->disconnect(c);
	uncount(p);
}

void pool_done(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	assert(p->n_idle == p->n_open); /* else a connection outlives its database */
	for (struct conn *c = p->idle, *next; c; c = next) {
		next = c->next;
		p->db->driver->disconnect(c);
	}
	pthread_mutex_unlock(&p->lock);
	pthread_cond_destroy(&p->given);
	pthread_mutex_destroy(&p->lock);
}
