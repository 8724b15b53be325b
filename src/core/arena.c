/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks double from 8 KiB to 256 KiB, so that a small page costs one malloc and a long job few.
 * Under AddressSanitizer the unused rest of a chunk is poisoned and allocations are kept apart,
 * so that an overflow is seen although malloc knows only of chunks. */
#include "core/core.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#if defined(ARENA_POISONS)
#include <sanitizer/asan_interface.h>
#define GAP 16
#define LEAST_ALIGN 8 /* the grain of AddressSanitizer */
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define GAP 0
#define LEAST_ALIGN 1
#endif

#define CHUNK_LEAST (8 * (size_t)KIB)
#define CHUNK_MOST (256 * (size_t)KIB)
/* Anything bigger has a chunk of its own, so that it wastes no half-filled one. */
#define SHARED_MOST (CHUNK_MOST / 4)

struct chunk {
	struct chunk *next;
	size_t size, used;
	_Alignas(max_align_t) char bytes[];
};

struct deferred {
	void (*run)(void *);
	void *arg;
	struct deferred *next;
};

struct arena {
	struct chunk *chunks; /* the first is being filled */
	struct deferred *deferred;
	const struct err_info *NULLABLE spoilt;
	size_t next_size;
};

void arena_spoil(struct arena *a, const struct err_info *why)
{
	if (!a->spoilt)
		a->spoilt = why;
}

const struct err_info *NULLABLE arena_spoilt(const struct arena *a) { return a->spoilt; }

static void *or_abort(void *p)
{
	if (!p) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return p;
}

struct arena *arena_new(void)
{
	struct arena *a = or_abort(calloc(1, sizeof *a));
	a->next_size = CHUNK_LEAST;
	return a;
}

static struct chunk *chunk_new(size_t size)
{
	size_t whole;
	if (__builtin_add_overflow(sizeof(struct chunk), size, &whole))
		or_abort(NULL);
	struct chunk *c = or_abort(malloc(whole));
	*c = (struct chunk){ .size = size };
	ASAN_POISON_MEMORY_REGION(c->bytes, size);
	return c;
}

static void run_deferred(struct arena *a)
{
	/* What runs may allocate and defer again. */
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->next;
		d->run(d->arg);
	}
}

static void free_chunks(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;
		ASAN_UNPOISON_MEMORY_REGION(c->bytes, c->size);
		free(c);
		c = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	run_deferred(a);
	free_chunks(a->chunks);
	free(a);
}

void arena_reset(struct arena *a)
{
	run_deferred(a);
	a->spoilt = NULL; /* what it says is memory of the arena */
	struct chunk *kept = a->chunks;
	if (!kept)
		return;
	free_chunks(kept->next);
	kept->next = NULL;
	kept->used = 0;
	ASAN_POISON_MEMORY_REGION(kept->bytes, kept->size);
	if (kept->size > CHUNK_MOST) {
		free_chunks(kept);
		a->chunks = NULL;
	}
}

/* The place for size bytes in the chunk, or NULL when it does not fit. */
static void *chunk_take(struct chunk *c, size_t size, size_t align)
{
	uintptr_t free_from = (uintptr_t)c->bytes + c->used;
	size_t skip = (size_t)(-free_from & (align - 1));

	if (skip + GAP > c->size - c->used || size > c->size - c->used - skip - GAP)
		return NULL;
	char *p = c->bytes + c->used + skip;
	c->used += skip + size + GAP;
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	return memset(p, 0, size);
}

/* A chunk with room for the whole of the next allocation. */
static struct chunk *add_chunk(struct arena *a, size_t whole)
{
	bool alone = whole > SHARED_MOST;
	while (!alone && a->next_size < whole)
		a->next_size *= 2;
	struct chunk *c = chunk_new(alone ? whole : a->next_size);
	if (!alone && a->next_size < CHUNK_MOST)
		a->next_size *= 2;

	/* Behind the first, which goes on being filled. */
	struct chunk **link = alone && a->chunks ? &a->chunks->next : &a->chunks;
	c->next = *link;
	*link = c;
	return c;
}

void *arena_bytes(struct arena *a, size_t size, size_t align)
{
	assert(align && (align & (align - 1)) == 0);
	if (align < LEAST_ALIGN)
		align = LEAST_ALIGN;

	void *p = a->chunks ? chunk_take(a->chunks, size, align) : NULL;
	if (p)
		return p;
	size_t whole;
	if (__builtin_add_overflow(size, align + GAP, &whole))
		or_abort(NULL);
	return chunk_take(add_chunk(a, whole), size, align);
}

void *arena_many(struct arena *a, size_t n, size_t size, size_t align)
{
	size_t whole;
	if (__builtin_mul_overflow(n, size, &whole))
		or_abort(NULL);
	return arena_bytes(a, whole, align);
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size, size_t align)
{
	if (n >= *cap) {
		size_t grown;
		if (__builtin_mul_overflow(n ? n : 4, 2, &grown))
			or_abort(NULL);
		char *moved = arena_many(a, grown, size, align);
		if (n)
			memcpy(moved, items, n * size);
		*cap = grown;
		return moved;
	}
	/* The room may have been used before its owner set n back. */
	memset((char *)items + n * size, 0, size);
	return items;
}

void arena_defer(struct arena *a, void (*run)(void *), void *arg)
{
	struct deferred *d = arena_make(a, struct deferred);
	*d = (struct deferred){ .run = run, .arg = arg, .next = a->deferred };
	a->deferred = d;
}

str arena_vprintf(struct arena *a, const char *format, va_list args)
{
	char small[256];
	va_list again;

	va_copy(again, args);
	int n = vsnprintf(small, sizeof small, format, args);
	assert(n >= 0);
	char *p = arena_bytes(a, (size_t)n + 1, 1);
	if ((size_t)n < sizeof small)
		memcpy(p, small, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return (str){ p, (size_t)n };
}

str arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str s = arena_vprintf(a, format, args);
	va_end(args);
	return s;
}
