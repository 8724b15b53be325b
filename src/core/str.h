/* SPDX-License-Identifier: Apache-2.0 */
/* str.h - a borrowed view of text. Never NULL, not NUL-terminated; whoever made the bytes owns
 * them, usually an arena. NUL-terminated strings exist only at the edge of system calls. */
#pragma once
#include "core/base.h"

struct arena;

typedef struct str {
	const char *p;
	size_t n;
} str;

#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

/* View of a NUL-terminated string; the empty view for NULL. */
str str_from(const char *NULLABLE z);
/* Copy into the arena. str_z also terminates it, for system calls: what reads it stops at a NUL
 * inside. */
str str_copy(struct arena *a, str s);
const char *str_z(struct arena *a, str s);

bool str_eq(str a, str b);
/* ASCII letters compared without case: header names, e-mail domains. Not for Vietnamese. */
bool str_eq_nocase(str a, str b);
/* Byte order, as strcmp: <0, 0, >0. */
int str_compare(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Offset of the first occurrence, or s.n when there is none. */
size_t str_find(str s, str what);
bool str_has(str s, str what);

/* Part of s from `at`, at most n bytes; clipped to s. */
str str_part(str s, size_t at, size_t n);
str str_from_at(str s, size_t at);
/* Without ASCII white space at both ends. */
str str_trim(str s);
/* Splits at the first separator: head before, tail after. False, with head = s and an empty tail,
 * when there is none. */
bool str_cut(str s, char separator, str *ret_head, str *ret_tail);

/* Decimal, optional minus, nothing else, within [least, most]; false otherwise and ret
 * untouched. */
bool str_to_int(str s, int64_t least, int64_t most, int64_t *ret);

/* One digit or more, nothing else. */
bool str_is_digits(str s);

/* ASCII lower case copy. */
str str_lower(struct arena *a, str s);
/* Joins with a separator. */
str str_join(struct arena *a, const str *parts, size_t n, str separator);
/* FNV-1a, for maps and ETags; not a secure hash. */
uint64_t str_hash(str s);

/* Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool str_is_utf8(str s);
/* Number of code points of well-formed UTF-8. */
size_t str_length(str s);
/* The first n code points of well-formed UTF-8. */
str str_head(str s, size_t n);
