/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h - memory with one lifetime: a request, a job, a command, a test. What a function
 * returns lives in the arena it was given; nobody frees single things. Foreign resources join by
 * arena_defer. Running out of memory aborts: the supervisor restarts the process and the
 * database, not memory, holds the truth. Not thread-safe: one owner at a time. */
#pragma once
#include "core/str.h"

struct arena;
struct err_info;

struct arena *arena_new(void);
/* Runs what was deferred, newest first, then gives all memory back. */
void arena_free(struct arena *NULLABLE a);
/* As a fresh arena, keeping one chunk: for loops over many rows. Runs what was deferred. */
void arena_reset(struct arena *a);
/* Zeroed memory. */
void *arena_bytes(struct arena *a, size_t size, size_t align);
void arena_defer(struct arena *a, void (*run)(void *), void *arg);
/* What the arena is for has turned out not to be understood, for this reason (the first counts): it
 * must end without an effect, so nothing is written with this arena any more (db_write). */
void arena_spoil(struct arena *a, const struct err_info *why);
const struct err_info *NULLABLE arena_spoilt(const struct arena *a);
str arena_printf(struct arena *a, const char *format, ...) PRINTF(2, 3);
str arena_vprintf(struct arena *a, const char *format, va_list args) PRINTF(2, 0);

#define arena_make(a, type) ((type *)arena_bytes((a), sizeof(type), _Alignof(type)))
/* n zeroed elements; aborts when n * size overflows. */
void *arena_many(struct arena *a, size_t n, size_t size, size_t align);
#define arena_array(a, type, n) ((type *)arena_many((a), (n), sizeof(type), _Alignof(type)))

static inline void arena_done(struct arena **a) { arena_free(*a); }
/* ARENA a = arena_new(); is freed at the end of the scope. */
#define ARENA CLEANUP(arena_done) struct arena *

/* Room for one more element of a VEC; call it through VEC_PUSH. */
void *arena_grow(
	struct arena *a, void *NULLABLE items, size_t n, size_t *cap, size_t size, size_t align);
/* A growable array. VEC_PUSH(a, &vec) makes room and returns the new, zeroed element. It can be
 * copied into a LIST of the same type by its items and n. */
#define VEC(type)            \
	struct {             \
		type *items; \
		size_t n;    \
		size_t cap;  \
	}
#define VEC_PUSH(a, vec)                                                                           \
	((vec)->items = arena_grow((a), (vec)->items, (vec)->n, &(vec)->cap, sizeof *(vec)->items, \
		 _Alignof(__typeof__(*(vec)->items))),                                             \
		&(vec)->items[(vec)->n++])
