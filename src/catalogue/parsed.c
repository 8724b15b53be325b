/* SPDX-License-Identifier: Apache-2.0 */
/* parsed.c - definitions as they were parsed. Nearly every page of a dossier needs its procedure,
 * and reading the text costs more than all else on such a page. A published text never changes, so
 * what was parsed once is kept under the hash of the text: the same for every database, hence one
 * memory for the process. The LIMIT_PARSED_PROCEDURES used last stay; readers hold what they have
 * found until their arena is freed. */
#include "catalogue/parts.h"

#include <pthread.h>
#include <stdatomic.h>

struct derived {
	struct arena *a; /* of the definition */
	pthread_mutex_t lock;
	const void *NULLABLE made;
};

struct parsed {
	struct arena *a;
	struct derived derived;
	str sha256;
	struct procedure procedure;
	atomic_int holders; /* the memory below, and readers */
	uint64_t used;
};

static struct {
	pthread_mutex_t lock;
	struct parsed *kept[LIMIT_PARSED_PROCEDURES];
	uint64_t uses;
} memory = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void let_go(void *parsed)
{
	struct parsed *x = parsed;

	if (atomic_fetch_sub(&x->holders, 1) == 1)
		arena_free(x->a);
}

/* Under the lock. */
static struct parsed *NULLABLE look(str sha256)
{
	for (size_t i = 0; i < COUNT(memory.kept); i++)
		if (memory.kept[i] && str_eq(memory.kept[i]->sha256, sha256))
			return memory.kept[i];
	return NULL;
}

static struct parsed **place_for_new(void)
{
	struct parsed **place = &memory.kept[0];

	for (size_t i = 0; i < COUNT(memory.kept) && *place; i++)
		if (!memory.kept[i] || memory.kept[i]->used < (*place)->used)
			place = &memory.kept[i];
	return place;
}

bool parsed_find(struct arena *a, str sha256, struct procedure *ret)
{
	pthread_mutex_lock(&memory.lock);
	struct parsed *x = look(sha256);
	if (x) {
		x->used = ++memory.uses;
		atomic_fetch_add(&x->holders, 1);
	}
	pthread_mutex_unlock(&memory.lock);
	if (!x)
		return false;
	arena_defer(a, let_go, x);
	*ret = x->procedure;
	return true;
}

static void keep(struct parsed *x)
{
	struct parsed *before = NULL;

	pthread_mutex_lock(&memory.lock);
	if (!look(x->sha256)) { /* else another thread was quicker */
		struct parsed **place = place_for_new();
		before = *place;
		*place = x;
		x->used = ++memory.uses;
		atomic_fetch_add(&x->holders, 1);
	}
	pthread_mutex_unlock(&memory.lock);
	if (before)
		let_go(before);
}

err parsed_add(struct arena *a, str sha256, str definition, struct procedure *ret)
{
	struct arena *own = arena_new();
	struct parsed *x = arena_make(own, struct parsed);

	*x = (struct parsed){ .a = own,
		.sha256 = str_copy(own, sha256),
		.derived = { .a = own, .lock = PTHREAD_MUTEX_INITIALIZER } };
	atomic_init(&x->holders, 1);
	arena_defer(a, let_go, x);
	/* The error lives in that arena, as long as this one. */
	TRY(procedure_parse(own, str_copy(own, definition), &x->procedure));
	x->procedure.derived = &x->derived;
	*ret = x->procedure;
	keep(x);
	return NULL;
}

err procedure_derived(struct arena *a, const struct procedure *p,
	err (*make)(struct arena *a, const struct procedure *p, const void **ret), const void **ret)
{
	struct derived *d = p->derived;
	err e = NULL;

	if (!d)
		return make(a, p, ret);
	pthread_mutex_lock(&d->lock);
	if (!d->made)
		e = make(d->a, p, &d->made);
	*ret = d->made;
	pthread_mutex_unlock(&d->lock);
	return e;
}
