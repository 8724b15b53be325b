/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/reads.h"

#include "core/crypto.h"

#include <pthread.h>

#define SLOTS LIMIT_AUDIT_READS

struct noted {
	struct read_mark mark;
	instant at;
};

/* A mark has one slot; the newest that comes to it stays. */
struct reads {
	pthread_mutex_t lock;
	struct noted *slots;
};

static void let_go(void *reads)
{
	struct reads *r = reads;
	pthread_mutex_destroy(&r->lock);
}

struct reads *reads_new(struct arena *a)
{
	struct reads *r = arena_make(a, struct reads);
	r->slots = arena_array(a, struct noted, SLOTS);
	pthread_mutex_init(&r->lock, NULL);
	arena_defer(a, let_go, r);
	return r;
}

struct read_mark read_mark_of(
	struct arena *a, struct audit_actor who, str act, str subject, str detail)
{
	struct read_mark m;
	str whole = arena_printf(a, "%lld\n" STR_FMT "\n" STR_FMT "\n" STR_FMT, (long long)who.id,
		STR_ARG(act), STR_ARG(subject), STR_ARG(detail));
	memcpy(m.digest, sha256_of(a, whole).p, sizeof m.digest);
	return m;
}

static struct noted *slot_of(struct reads *r, const struct read_mark *m)
{
	uint64_t place;
	memcpy(&place, m->digest, sizeof place);
	/* Of hexadecimal digits the low bits are few: they are mixed. */
	return &r->slots[(place * 0x9e3779b97f4a7c15u >> 32) % SLOTS];
}

bool reads_has(struct reads *r, const struct read_mark *m, instant now)
{
	pthread_mutex_lock(&r->lock);
	const struct noted *s = slot_of(r, m);
	bool has = memcmp(s->mark.digest, m->digest, sizeof m->digest) == 0 && now >= s->at &&
		now - s->at < READS_SECONDS * INSTANT_SECOND;
	pthread_mutex_unlock(&r->lock);
	return has;
}

void reads_add(struct reads *r, const struct read_mark *m, instant now)
{
	pthread_mutex_lock(&r->lock);
	*slot_of(r, m) = (struct noted){ *m, now };
	pthread_mutex_unlock(&r->lock);
}
