/* SPDX-License-Identifier: Apache-2.0 */
#include "http/cache.h"

#include "core/crypto.h"

#include <pthread.h>

#define SLOTS 4096 /* chains of the hash table */

struct entry {
	struct entry *chain;         /* of its slot */
	struct entry *newer, *older; /* by last use */
	struct prebuilt *page;
	int64_t version;
	instant until;
	uint64_t hash;
	struct cache_key key;
	char text[]; /* host, path and query of the key */
};

struct page_cache {
	pthread_mutex_t lock;
	size_t bytes, bytes_most;
	uint64_t seed; /* so that nobody can choose addresses that share a slot */
	struct entry *newest, *oldest;
	struct entry *slots[SLOTS];
};

struct page_cache *cache_new(size_t bytes_most)
{
	struct page_cache *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	pthread_mutex_init(&c->lock, NULL);
	c->bytes_most = bytes_most;
	random_bytes(&c->seed, sizeof c->seed);
	return c;
}

static uint64_t hash_of(const struct page_cache *c, const struct cache_key *key)
{
	uint64_t hash = c->seed + (uint64_t)key->language * 2 + key->https;
	hash = (hash ^ str_hash(key->path)) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ (hash >> 32) ^ str_hash(key->query)) * 0x9e3779b97f4a7c15u;
	return (hash ^ (hash >> 32) ^ str_hash(key->host)) * 0x9e3779b97f4a7c15u >> 20;
}

static bool same(const struct cache_key *a, const struct cache_key *b)
{
	return a->https == b->https && a->language == b->language && str_eq(a->path, b->path) &&
		str_eq(a->query, b->query) && str_eq(a->host, b->host);
}

static size_t size_of(const struct entry *e)
{
	return sizeof *e + e->key.host.n + e->key.path.n + e->key.query.n + prebuilt_size(e->page);
}

static void unlink_use(struct page_cache *c, struct entry *e)
{
	*(e->newer ? &e->newer->older : &c->newest) = e->older;
	*(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct page_cache *c, struct entry *e)
{
	e->newer = NULL;
	e->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
}

static void drop(struct page_cache *c, struct entry *e)
{
	struct entry **place = &c->slots[e->hash % SLOTS];
	while (*place != e)
		place = &(*place)->chain;
	*place = e->chain;
	unlink_use(c, e);
	c->bytes -= size_of(e);
	prebuilt_release(e->page);
	free(e);
}

void cache_free(struct page_cache *NULLABLE c)
{
	if (!c)
		return;
	while (c->newest)
		drop(c, c->newest);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct entry *find(struct page_cache *c, const struct cache_key *key, uint64_t hash)
{
	struct entry *e = c->slots[hash % SLOTS];
	while (e && (e->hash != hash || !same(&e->key, key)))
		e = e->chain;
	return e;
}

struct prebuilt *NULLABLE cache_find(
	struct page_cache *c, const struct cache_key *key, int64_t version, instant now)
{
	struct prebuilt *found = NULL;
	uint64_t hash = hash_of(c, key);
	pthread_mutex_lock(&c->lock);
	struct entry *e = find(c, key, hash);
	if (e && (e->version != version || (e->until && e->until <= now))) {
		drop(c, e);
	} else if (e) {
		if (e != c->newest) {
			unlink_use(c, e);
			link_newest(c, e);
		}
		found = prebuilt_keep(e->page);
	}
	pthread_mutex_unlock(&c->lock);
	return found;
}

/* The entry owns its key's bytes. */
static struct entry *entry_new(const struct cache_key *key)
{
	struct entry *e = calloc(1, sizeof *e + key->host.n + key->path.n + key->query.n + 1);
	if (!e)
		abort();
	e->key = *key;
	char *p = e->text;
	str *const parts[] = { &e->key.host, &e->key.path, &e->key.query };
	for (size_t i = 0; i < COUNT(parts); i++) {
		memcpy(p, parts[i]->p, parts[i]->n);
		parts[i]->p = p;
		p += parts[i]->n;
	}
	return e;
}

void cache_put(struct page_cache *c, const struct cache_key *key, int64_t version, instant until,
	struct prebuilt *p)
{
	struct entry *e = entry_new(key);
	e->hash = hash_of(c, key);
	e->version = version;
	e->until = until;
	e->page = prebuilt_keep(p);
	pthread_mutex_lock(&c->lock);
	struct entry *before = find(c, key, e->hash);
	if (before)
		drop(c, before);
	c->bytes += size_of(e);
	for (struct entry *old = c->oldest, *newer; old && c->bytes > c->bytes_most; old = newer) {
		newer = old->newer;
		drop(c, old);
	}
	e->chain = c->slots[e->hash % SLOTS];
	c->slots[e->hash % SLOTS] = e;
	link_newest(c, e);
	pthread_mutex_unlock(&c->lock);
}

bool cache_bypassed(str cookie_header)
{
	str name, value;
	while (cookie_next(&cookie_header, &name, &value)) {
		if (str_starts(name, S("__Host-")))
			name = str_from_at(name, 7);
		if (str_eq(name, S("phien")) || str_eq(name, S("hien-thi")))
			return true;
	}
	return false;
}
