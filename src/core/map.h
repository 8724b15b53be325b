/* SPDX-License-Identifier: Apache-2.0 */
/* map.h - text to pointer, in an arena: open addressing, keys borrowed, nothing is ever removed. */
#pragma once
#include "core/arena.h"

struct map;

/* room: how many entries are expected; it grows when there are more. */
struct map *map_new(struct arena *a, size_t room);
/* Puts or replaces. The key must live as long as the map. */
void map_put(struct map *m, str key, void *value);
void *NULLABLE map_find(const struct map *m, str key);
size_t map_count(const struct map *m);
