/* SPDX-License-Identifier: Apache-2.0 */
#include "core/core.h"

#include <inttypes.h>

#define FIRST_CAP 512

struct buf buf_in(struct arena *a, size_t max) { return (struct buf){ .a = a, .max = max }; }

/* Room for n more bytes. False, and overflow, when the ceiling forbids it; once over, a buf takes
 * nothing more, or its text would go on behind a hole. */
static bool make_room(struct buf *b, size_t n)
{
	if (b->overflow || n > b->max - b->n) {
		b->overflow = true;
		return false;
	}
	if (n <= b->cap - b->n)
		return true;
	size_t cap = b->cap ? b->cap : FIRST_CAP;
	while (cap < b->n + n)
		cap *= 2;
	if (cap > b->max)
		cap = b->max;
	char *moved = arena_bytes(b->a, cap, 1);
	if (b->n)
		memcpy(moved, b->p, b->n);
	b->p = moved;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, str s)
{
	if (!make_room(b, s.n) || !s.n)
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
	if (make_room(b, 1))
		b->p[b->n++] = c;
}

void buf_int(struct buf *b, int64_t n)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%" PRId64, n);
	buf_add(b, (str){ digits, (size_t)length });
}

void buf_printf(struct buf *b, const char *format, ...)
{
	char small[256];
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(small, sizeof small, format, args);
	assert(n >= 0);
	if ((size_t)n < sizeof small)
		buf_add(b, (str){ small, (size_t)n });
	else if ((size_t)n <= b->max)
		buf_add(b, arena_vprintf(b->a, format, again));
	else
		b->overflow = true;
	va_end(again);
	va_end(args);
}
