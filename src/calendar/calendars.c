/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/calendars.h"

#include <pthread.h>
#include <stdatomic.h>

#define SLOTS 256 /* agencies whose calendar is kept */

/* Immutable once shared; freed by the last who lets it go. */
struct shared {
	struct arena *arena; /* its own; it lives in it */
	atomic_int holders;
	str agency;
	instant loaded;
	struct calendar *calendar;
};

struct calendars {
	pthread_mutex_t lock;
	struct shared *NULLABLE slots[SLOTS]; /* an agency has one slot; the last to come stays */
};

static void let_go(void *arg)
{
	struct shared *s = arg;
	if (atomic_fetch_sub(&s->holders, 1) == 1)
		arena_free(s->arena);
}

static void close_all(void *calendars)
{
	struct calendars *k = calendars;
	for (size_t i = 0; i < SLOTS; i++)
		if (k->slots[i])
			let_go(k->slots[i]);
	pthread_mutex_destroy(&k->lock);
}

struct calendars *calendars_new(struct arena *a)
{
	struct calendars *k = arena_make(a, struct calendars);
	pthread_mutex_init(&k->lock, NULL);
	arena_defer(a, close_all, k);
	return k;
}

static struct shared *NULLABLE *slot_of(struct calendars *k, str agency)
{
	uint32_t sum = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < agency.n; i++)
		sum = (sum ^ (unsigned char)agency.p[i]) * 16777619u;
	return &k->slots[sum % SLOTS];
}

/* What is there and fresh, held for the arena. */
static struct shared *NULLABLE find(struct calendars *k, struct arena *a, str agency, instant now)
{
	pthread_mutex_lock(&k->lock);
	struct shared *s = *slot_of(k, agency);
	bool good = s && str_eq(s->agency, agency) && now >= s->loaded &&
		now - s->loaded < CALENDARS_SECONDS * INSTANT_SECOND &&
		day_of(now) == day_of(s->loaded);
	if (good)
		atomic_fetch_add(&s->holders, 1);
	pthread_mutex_unlock(&k->lock);
	if (!good)
		return NULL;
	arena_defer(a, let_go, s);
	return s;
}

static void put(struct calendars *k, struct arena *a, struct shared *s)
{
	atomic_store(&s->holders, 2); /* the slot and this arena */
	pthread_mutex_lock(&k->lock);
	struct shared **slot = slot_of(k, s->agency), *before = *slot;
	*slot = s;
	pthread_mutex_unlock(&k->lock);
	arena_defer(a, let_go, s);
	if (before)
		let_go(before);
}

err calendars_get(struct calendars *NULLABLE k, struct conn *c, struct arena *a, str agency,
	instant now, const struct calendar **ret)
{
	struct shared *s = k ? find(k, a, agency, now) : NULL;
	struct calendar *loaded;
	if (s) {
		*ret = s->calendar;
		return NULL;
	}
	struct arena *own = k ? arena_new() : a;
	err e = calendar_load(c, own, agency, day_of(now), &loaded);
	*ret = loaded;
	if (!k)
		return e;
	if (e) {
		e = err_given(err_make(a, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail)));
		arena_free(own);
		return e;
	}
	s = arena_make(own, struct shared);
	*s = (struct shared){
		.arena = own, .agency = str_copy(own, agency), .loaded = now, .calendar = loaded
	};
	put(k, a, s);
	return NULL;
}
