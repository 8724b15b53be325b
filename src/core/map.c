/* SPDX-License-Identifier: Apache-2.0 */
#include "core/map.h"
#include "core/core.h"

struct slot {
	str key;
	uint64_t hash;
	void *value;
	bool taken;
};

struct map {
	struct arena *a;
	struct slot *slots;
	size_t cap, n; /* cap is a power of two, n at most three quarters of it */
};

static void make_slots(struct map *m, size_t room)
{
	size_t cap = 8;
	while (cap / 4 * 3 < room)
		cap *= 2;
	m->slots = arena_array(m->a, struct slot, cap);
	m->cap = cap;
}

struct map *map_new(struct arena *a, size_t room)
{
	struct map *m = arena_make(a, struct map);
	m->a = a;
	make_slots(m, room);
	return m;
}

/* The slot that holds the key, else the free one where it belongs. */
static struct slot *slot_of(const struct map *m, str key, uint64_t hash)
{
	size_t i = (hash ^ hash >> 32) & (m->cap - 1);
	while (m->slots[i].taken && (m->slots[i].hash != hash || !str_eq(m->slots[i].key, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct map *m)
{
	struct slot *old = m->slots;
	size_t old_cap = m->cap;

	make_slots(m, m->n * 2);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].taken)
			*slot_of(m, old[i].key, old[i].hash) = old[i];
}

void map_put(struct map *m, str key, void *value)
{
	if (m->n >= m->cap / 4 * 3)
		grow(m);
	uint64_t hash = str_hash(key);
	struct slot *s = slot_of(m, key, hash);
	m->n += !s->taken;
	*s = (struct slot){ .key = key, .hash = hash, .value = value, .taken = true };
}

void *map_find(const struct map *m, str key) { return slot_of(m, key, str_hash(key))->value; }

size_t map_count(const struct map *m) { return m->n; }
