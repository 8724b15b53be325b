/* SPDX-License-Identifier: Apache-2.0 */
/* buf.h - a growing byte string that knows its ceiling. There is no unlimited buffer: the
 * ceiling comes from core/limits.h. Overflow is sticky and tested once, at the end. */
#pragma once
#include "core/arena.h"

struct buf {
	char *p;
	size_t n, cap, max;
	bool overflow;
	struct arena *a;
};

struct buf buf_in(struct arena *a, size_t max);
/* Appends all of s, or nothing and sets overflow. */
void buf_add(struct buf *b, str s);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
/* Valid until the next append. */
static inline str buf_str(const struct buf *b) { return (str){ b->p ? b->p : "", b->n }; }
