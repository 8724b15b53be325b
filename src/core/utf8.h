/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - one code point at a time, strictly: no overlong forms, no surrogates, nothing above
 * U+10FFFF. For the files of core; the rest of the house asks str.h and fold.h. */
#pragma once
#include "core/str.h"

#define UTF8_BAD UINT32_MAX
#define UTF8_MOST 4

/* The code point at *at, which must be inside s; moves *at behind it. UTF8_BAD for a byte that
 * does not begin a well-formed sequence, and then *at moves by that one byte. */
static inline uint32_t utf8_next(str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	size_t left = s.n - *at;
	uint32_t c = *p;

	*at += 1;
	if (c < 0x80)
		return c;
	size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
	if (c < 0xc2 || c > 0xf4 || left <= more)
		return UTF8_BAD;
	c &= 0x3fu >> more;
	for (size_t i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		c = c << 6 | (p[i] & 0x3f);
	}
	if ((more == 2 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) ||
		(more == 3 && (c < 0x10000 || c > 0x10ffff)))
		return UTF8_BAD;
	*at += more;
	return c;
}

/* Writes a valid code point, at most UTF8_MOST bytes; returns how many. */
static inline size_t utf8_put(char *p, uint32_t c)
{
	if (c < 0x80) {
		p[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; --i > 0; c >>= 6)
		p[i] = (char)(0x80 | (c & 0x3f));
	p[0] = (char)((0xf00u >> n & 0xff) | c);
	return n;
}
