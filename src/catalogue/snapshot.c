/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot.c - the current index, changed for a newer one under the eyes of its readers: each holds
 * the one it began with until its arena is freed. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/index.h"

#include <pthread.h>

struct catalogue {
	struct db *db;
	pthread_mutex_t lock; /* of the pointer and of the counts of its readers */
	struct catalogue_index *current;
};

static void let_go(void *arg)
{
	struct catalogue_index *x = arg;

	if (atomic_fetch_sub(&x->readers, 1) == 1)
		index_free(x);
}

static err build(struct db *db, struct arena *a, day today, struct catalogue_index **ret)
{
	ARENA scratch = arena_new();
	struct conn *c;

	err e = db_reader(db, scratch, &c);
	if (!e)
		e = index_build(c, scratch, today, ret);
	/* The error must outlive the scratch arena. */
	return e ? err_given(err_make(a, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail)))
		 : NULL;
}

err catalogue_open(struct db *db, struct arena *a, day today, struct catalogue **ret)
{
	struct catalogue_index *x;

	TRY(build(db, a, today, &x));
	atomic_store(&x->readers, 1);
	struct catalogue *k = arena_make(a, struct catalogue);
	k->db = db;
	k->current = x;
	pthread_mutex_init(&k->lock, NULL);
	*ret = k;
	return NULL;
}

static void replace(struct catalogue *k, struct catalogue_index *x)
{
	atomic_store(&x->readers, 1);
	pthread_mutex_lock(&k->lock);
	struct catalogue_index *before = k->current;
	k->current = x;
	pthread_mutex_unlock(&k->lock);
	let_go(before);
}

err catalogue_refresh(struct catalogue *k, struct arena *a, day today, int64_t *ret_version)
{
	ARENA look = arena_new();
	const struct catalogue_index *now = catalogue_snapshot(k, look);
	struct conn *c;
	int64_t version;

	TRY(db_reader(k->db, a, &c));
	TRY(db_number(c, a, BIND(content_version_now), &version));
	if (version != now->version || today != now->on) {
		struct catalogue_index *x;
		TRY(build(k->db, a, today, &x));
		version = x->version;
		replace(k, x);
	}
	/* A new day is news too: pages show what is in force. */
	*ret_version = version + (int64_t)today * ((int64_t)1 << 40);
	return NULL;
}

void catalogue_close(struct catalogue *NULLABLE k)
{
	if (!k)
		return;
	let_go(k->current);
	pthread_mutex_destroy(&k->lock);
}

const struct catalogue_index *catalogue_snapshot(struct catalogue *k, struct arena *a)
{
	pthread_mutex_lock(&k->lock);
	struct catalogue_index *x = k->current;
	atomic_fetch_add(&x->readers, 1);
	pthread_mutex_unlock(&k->lock);
	arena_defer(a, let_go, x);
	return x;
}

const struct record *NULLABLE index_record(const struct catalogue_index *x, str code)
{
	size_t from = 0, to = x->records.n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct record *r = &x->records.items[x->by_code[middle]];
		int order = str_compare(r->entry.code, code);
		if (order == 0)
			return r;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

const struct entry *NULLABLE catalogue_entry(const struct catalogue_index *x, str code)
{
	const struct record *r = index_record(x, code);
	return r ? &r->entry : NULL;
}

void catalogue_counts(const struct catalogue_index *x, int64_t *ret_all, int64_t *ret_online)
{
	*ret_all = (int64_t)x->records.n;
	*ret_online = x->online;
}

const struct index_sector *NULLABLE index_sector_by(
	const struct catalogue_index *x, str slug_or_code)
{
	for (size_t i = 0; i < x->sectors.n; i++)
		if (str_eq(x->sectors.items[i].slug, slug_or_code) ||
			str_eq(x->sectors.items[i].code, slug_or_code))
			return &x->sectors.items[i];
	return NULL;
}

const struct index_agency *NULLABLE index_agency_by(
	const struct catalogue_index *x, str slug_or_code)
{
	for (size_t i = 0; i < x->agencies.n; i++)
		if (str_eq(x->agencies.items[i].slug, slug_or_code) ||
			str_eq(x->agencies.items[i].code, slug_or_code))
			return &x->agencies.items[i];
	return NULL;
}

str catalogue_agency_name(const struct catalogue_index *x, str code)
{
	const struct index_agency *g = index_agency_by(x, code);
	return g ? g->name : S("");
}
