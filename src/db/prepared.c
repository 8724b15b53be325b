/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing on the address of the statement: looked up for each statement that runs. */
#include "db/driver.h"

static struct prepared_slot *slot_of(const struct prepared *p, const struct sql *statement)
{
	uint64_t hash = (uint64_t)(uintptr_t)statement * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)(hash >> 32) & (p->cap - 1);

	while (p->slots[i].statement && p->slots[i].statement != statement)
		i = (i + 1) & (p->cap - 1);
	return &p->slots[i];
}

void *prepared_find(const struct prepared *p, const struct sql *statement)
{
	return p->cap ? slot_of(p, statement)->handle : NULL;
}

void prepared_add(struct prepared *p, struct arena *a, const struct sql *statement, void *handle)
{
	if (p->n * 2 >= p->cap) {
		struct prepared old = *p;
		p->cap = old.cap ? old.cap * 2 : 64;
		p->slots = arena_array(a, struct prepared_slot, p->cap);
		for (size_t i = 0; i < old.cap; i++)
			if (old.slots[i].statement)
				*slot_of(p, old.slots[i].statement) = old.slots[i];
	}
	*slot_of(p, statement) = (struct prepared_slot){ statement, handle };
	p->n++;
}

void prepared_clear(struct prepared *p)
{
	for (size_t i = 0; i < p->cap; i++)
		p->slots[i] = (struct prepared_slot){ 0 };
	p->n = 0;
}
